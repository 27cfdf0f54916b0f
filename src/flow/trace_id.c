/* SPDX-License-Identifier: EUPL-1.2 */
/* The name of one number, made of what the number is, so that it is the same after every restart and on every
 * server with the same data:
 *
 *   BU99010101~residents~2025~2025~demo            code, indicator, period, year of the division, release
 *   BU99010101~lbm3~2025~2025~demo~klasse          method, and which part of its score
 *   BU99010101~lbm3.deviation~2012..2025~2025~demo~verandering
 *
 * Behind the part stand the parameters of an analysis that are not as usual, each as name.value. A release
 * may be empty. Signs other than letters, digits and - _ . are written *XX, so that an id needs no
 * quoting in an address or a spreadsheet. */
#include "flow/trace_int.h"

#include <string.h>

enum { FIELDS = 6, PARAMS = 8, FIELD_MAX = 128, USUAL = 200 };

enum periods { ONE, TWO, EITHER };
static const struct {
    const char *word;
    enum wijk__trace_of of;
    enum periods periods;
} PART[WIJK_TRACE_PARTS] = {
#define X(name, word, of, periods) {word, WIJK__TRACE_OF_##of, periods},
    WIJK_TRACE_PART_LIST(X)
#undef X
};

enum wijk__trace_of wijk__trace_of(enum wijk_trace_part part)
{
    return PART[part].of;
}

static bool plain(char c)
{
    char low = (char)(c | 32);
    return (low >= 'a' && low <= 'z') || (c >= '0' && c <= '9') || (c && strchr("-_.{}", c));
}

static void put_field(struct wijk_buf *b, const char *text)
{
    size_t n = 0;
    while (plain(text[n])) n++;
    wijk_buf_put(b, text, n); /* nearly always all of it */
    text += n;
    for (; *text; text++) {
        if (plain(*text))
            wijk_buf_char(b, *text);
        else
            wijk_buf_printf(b, "*%02X", (unsigned char)*text);
    }
}

const char *wijk_trace_id(struct wijk_cx *cx, const struct wijk_trace_key *k)
{
    const struct wijk_mark mark = wijk_cx_mark(cx);
    struct wijk_buf b = wijk_buf(cx, 0);
    char period[16] = "{periode}", usual[USUAL];
    put_field(&b, k->code);
    wijk_buf_char(&b, '~');
    put_field(&b, k->name);
    wijk_buf_char(&b, '~');
    if (k->from.year) {
        wijk_period_write(k->from, period);
        wijk_buf_str(&b, period);
        wijk_buf_str(&b, "..");
    }
    if (k->period.year) wijk_period_write(k->period, period);
    char year[32];
    wijk_buf_str(&b, period);
    wijk_buf_char(&b, '~');
    wijk_buf_put(&b, year, wijk_num_write(k->division_year, year));
    const char *release = k->release ? k->release : "";
    if (*release || k->part != WIJK_TRACE_VALUE) wijk_buf_char(&b, '~');
    put_field(&b, release);
    if (k->part != WIJK_TRACE_VALUE) wijk_buf_printf(&b, "~%s", PART[k->part].word);
    if (k->part != WIJK_TRACE_VALUE && k->param && *k->param) wijk_buf_printf(&b, "~%s", k->param);
    if (b.n >= sizeof usual) return wijk_buf_cstr(&b);
    /* Some traces hold a thousand of these: the room of a growing text goes back. */
    memcpy(usual, b.p, b.n);
    wijk_cx_rewind(cx, mark);
    return wijk_str_dup(cx, (struct wijk_str){usual, b.n});
}

const char *wijk_trace_param(struct wijk_cx *cx, const char *before, const char *name, const char *value)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    if (before && *before) wijk_buf_printf(&b, "%s~", before);
    wijk_buf_printf(&b, "%s.", name);
    put_field(&b, value);
    return wijk_buf_cstr(&b);
}

const char *wijk_value_id(struct wijk_cx *cx, const struct wijk_profile *p, const struct wijk_flow_value *v)
{
    /* What came over from an earlier division is a number of today's area; else it is that division's own. */
    bool crossed = v->joined.join == WIJK_JOIN_CROSSED;
    return wijk_trace_id(cx,
                         &(struct wijk_trace_key){.code = p->self->code,
                                                  .name = v->indicator->id,
                                                  .period = v->period,
                                                  .division_year = crossed ? p->division->areas.division_year
                                                                           : v->series->key.division_year,
                                                  .release = v->series->key.release});
}

const char *wijk_scores_id(struct wijk_cx *cx, const struct wijk_scores *s, const char *code)
{
    return wijk_trace_id(cx, &(struct wijk_trace_key){.code = code,
                                                      .name = s->method->total,
                                                      .period = s->period,
                                                      .division_year = s->division_year,
                                                      .release = s->release});
}

static int hex(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* One field as it was; NULL when it is not written as we do. */
static const char *field_of(struct wijk_cx *cx, struct wijk_str s)
{
    char *out = WIJK_NEW(cx, char, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        int high = s.p[i] == '*' && i + 2 < s.n ? hex(s.p[i + 1]) : -1;
        int low = high >= 0 ? hex(s.p[i + 2]) : -1;
        if (low > 0 || (low == 0 && high > 0)) {
            out[n++] = (char)(high * 16 + low);
            i += 2;
        } else if (plain(s.p[i])) {
            out[n++] = s.p[i];
        } else {
            return NULL;
        }
    }
    return out;
}

static bool parse_periods(const char *text, struct wijk_trace_key *k)
{
    const char *dots = strstr(text, "..");
    k->from = (struct wijk_period){0};
    if (!dots) return wijk_period_parse(wijk_str(text), &k->period);
    return wijk_period_parse((struct wijk_str){text, (size_t)(dots - text)}, &k->from) &&
           wijk_period_parse(wijk_str(dots + 2), &k->period);
}

const char *wijk_trace_param_of(struct wijk_cx *cx, const char *param, const char *name,
                                const char *otherwise)
{
    size_t n = strlen(name);
    for (const char *p = param; p && *p;) {
        size_t len = strcspn(p, "~");
        if (len > n && strncmp(p, name, n) == 0 && p[n] == '.')
            return field_of(cx, (struct wijk_str){p + n + 1, len - n - 1});
        p += len + (p[len] == '~');
    }
    return otherwise;
}

static bool parse_part(const char *word, struct wijk_trace_key *k)
{
    for (size_t i = 0; i < WIJK_TRACE_PARTS; i++) {
        if (strcmp(word, PART[i].word) != 0) continue;
        k->part = (enum wijk_trace_part)i;
        return PART[i].periods == EITHER || (PART[i].periods == TWO) == (k->from.year != 0);
    }
    return false;
}

/* What stands behind the part, as it is written; NULL when it is not a list of name.value. */
static const char *parse_params(struct wijk_cx *cx, const char *text)
{
    size_t n = 0;
    for (const char *p = text;; n++) {
        size_t len = strcspn(p, "~"), dot = strcspn(p, ".");
        if (n == PARAMS || len > FIELD_MAX || dot == 0 || dot + 1 >= len ||
            !field_of(cx, (struct wijk_str){p, len}))
            return NULL;
        p += len;
        if (!*p++) return text;
    }
}

bool wijk_trace_key_parse(struct wijk_cx *cx, const char *id, struct wijk_trace_key *out)
{
    const char *field[FIELDS] = {"", "", "", "", "", ""}, *p = id;
    size_t n = 0;
    int64_t year;
    for (; n < FIELDS; n++) {
        size_t len = strcspn(p, "~");
        if (len > FIELD_MAX) return false;
        field[n] = field_of(cx, (struct wijk_str){p, len});
        if (!field[n]) return false;
        p += len;
        if (!*p) break;
        p++;
    }
    *out = (struct wijk_trace_key){.code = field[0], .name = field[1], .release = field[4]};
    if (n < 3 || !*field[0] || !*field[1] || !parse_periods(field[2], out)) return false;
    if (!wijk_int_parse(wijk_str(field[3]), 1900, 2200, &year)) return false;
    out->division_year = (int)year;
    if (!parse_part(field[5], out)) return false;
    if (n < FIELDS) return true;
    out->param = out->part == WIJK_TRACE_VALUE ? NULL : parse_params(cx, p);
    return out->param != NULL;
}
