/* SPDX-License-Identifier: EUPL-1.2 */
/* The name of one number, made of what the number is, so that it is the same after every restart and on every
 * server with the same data:
 *
 *   BU99010101~residents~2025~2025~demo            code, indicator, period, year of the division, release
 *   BU99010101~lbm3~2025~2025~demo~klasse          method, and which part of its score
 *   BU99010101~lbm3.deviation~2012..2025~2025~demo~verandering
 *
 * A release may be empty. Signs other than letters, digits and - _ . are written *XX, so that an id needs no
 * quoting in an address or a spreadsheet. */
#include "flow/flow_int.h"

#include <string.h>

enum { FIELDS = 6, FIELD_MAX = 128 };

static const char *const PART[] = {"", "klasse", "gedekt", "verandering", "rest"};
_Static_assert(sizeof PART / sizeof *PART == WIJK_TRACE_PARTS, "each part has a name");

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
    struct wijk_buf b = wijk_buf(cx, 0);
    char period[16] = "{periode}";
    put_field(&b, k->code);
    wijk_buf_char(&b, '~');
    put_field(&b, k->name);
    wijk_buf_char(&b, '~');
    if (k->from.year) {
        wijk_period_write(k->from, period);
        wijk_buf_printf(&b, "%s..", period);
    }
    if (k->period.year) wijk_period_write(k->period, period);
    char year[32];
    wijk_buf_str(&b, period);
    wijk_buf_char(&b, '~');
    wijk_buf_put(&b, year, wijk_num_write(k->division_year, year));
    const char *release = k->release ? k->release : "";
    if (*release || k->part != WIJK_TRACE_VALUE) wijk_buf_char(&b, '~');
    put_field(&b, release);
    if (k->part != WIJK_TRACE_VALUE) wijk_buf_printf(&b, "~%s", PART[k->part]);
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

bool wijk_trace_key_parse(struct wijk_cx *cx, const char *id, struct wijk_trace_key *out)
{
    const char *field[FIELDS] = {"", "", "", "", "", ""};
    size_t n = 0;
    int64_t year;
    for (const char *p = id;; n++) {
        size_t len = strcspn(p, "~");
        if (n == FIELDS || len > FIELD_MAX) return false;
        field[n] = field_of(cx, (struct wijk_str){p, len});
        if (!field[n]) return false;
        p += len;
        if (!*p++) break;
    }
    *out = (struct wijk_trace_key){.code = field[0], .name = field[1], .release = field[4]};
    if (n < 3 || !*field[0] || !*field[1] || !parse_periods(field[2], out)) return false;
    if (!wijk_int_parse(wijk_str(field[3]), 1900, 2200, &year)) return false;
    out->division_year = (int)year;
    for (size_t k = 0; k < WIJK_TRACE_PARTS; k++)
        if (strcmp(field[5], PART[k]) == 0) {
            out->part = (enum wijk_trace_part)k;
            bool two = out->part == WIJK_TRACE_CHANGE || out->part == WIJK_TRACE_REST;
            return two == (out->from.year != 0);
        }
    return false;
}
