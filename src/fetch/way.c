/* SPDX-License-Identifier: EUPL-1.2 */
/* The `fetch:` part of a source definition: a list of ways to get it, every key checked. docs/sources.md
 * explains them. */
#include "fetch/fetch_int.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *id;
    wijk__protocol_fn *run;
} PROTOCOL[] = {
#define X(id, run) {id, run},
#include "fetch/protocols.h"
#undef X
};

enum kind { TEXT, LIST, NUMBER, YEARS };
static const struct key {
    const char *name;
    enum kind kind;
    size_t at;
} KEY[] = {
#define AT(member) offsetof(struct wijk__way, member)
    {"way", TEXT, AT(name)},
    {"protocol", TEXT, AT(protocol)},
    {"url", TEXT, AT(url)},
    {"region", TEXT, AT(region)},
    {"gemeente", TEXT, AT(gemeente)},
    {"layer", TEXT, AT(layer)},
    {"prefix", TEXT, AT(prefix)},
    {"period", TEXT, AT(period)},
    {"kinds", LIST, AT(kinds)},
    {"skip_newest", NUMBER, AT(skip_newest)},
    {"take_years", NUMBER, AT(take_years)},
    {"dimension", TEXT, AT(dimension)},
    {"values", LIST, AT(values)},
    {"titles", TEXT, AT(titles)},
    {"members", LIST, AT(members)},
    {"page", NUMBER, AT(page)},
    {"years", YEARS, 0},
#undef AT
};
enum { KEYS = sizeof KEY / sizeof *KEY, WAYS_MAX = 16 };

struct reader {
    struct wijk_cx *cx;
    const struct wijk_source *source;
};

static enum wijk_err bad(const struct reader *r, const struct wijk_yaml *at, const char *what,
                         const char *text)
{
    return wijk_fail(r->cx, WIJK_EDEF, "Bron %s, regel %zu: %s (%s).", r->source->id, at->line,
                     wijk_tr(r->cx, what), text);
}

/* Names that stand in an address or a filter: no sign in them that means something there. */
static bool is_plain(const char *text)
{
    size_t n = strlen(text);
    return n && n < 200 &&
           strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:- ") == n;
}

static enum wijk_err read_list(const struct reader *r, const struct wijk_yaml *v, const char *key,
                               struct wijk__list *out)
{
    if (v->kind != WIJK_YAML_LIST || !v->n || v->n > WIJK__WAY_LIST)
        return bad(r, v, WIJK_T("hier hoort een lijst"), key);
    for (size_t i = 0; i < v->n; i++) {
        if (v->child[i]->kind != WIJK_YAML_SCALAR || !is_plain(v->child[i]->text))
            return bad(r, v->child[i], WIJK_T("hier hoort een naam zonder leestekens"), key);
        out->v[out->n++] = v->child[i]->text;
    }
    return WIJK_OK;
}

/* [2025, 2024], or {2025: 86165NED, 2024: 85984NED}; kept newest first. */
static enum wijk_err read_years(const struct reader *r, const struct wijk_yaml *v, struct wijk__way *way)
{
    if (v->kind == WIJK_YAML_SCALAR || !v->n || v->n > WIJK__WAY_YEARS)
        return bad(r, v, WIJK_T("hier hoort een lijst van jaren"), "years");
    for (size_t i = 0; i < v->n; i++) {
        bool map = v->kind == WIJK_YAML_MAP;
        const struct wijk_yaml *one = v->child[i];
        int64_t year;
        if (one->kind != WIJK_YAML_SCALAR ||
            !wijk_int_parse(wijk_str(map ? v->key[i] : one->text), 1990, 2100, &year))
            return bad(r, one, WIJK_T("dit is geen jaar"), map ? v->key[i] : one->text);
        if (map && !is_plain(one->text))
            return bad(r, one, WIJK_T("hier hoort een naam zonder leestekens"), one->text);
        size_t at = way->n_year++;
        for (; at && way->year[at - 1] < (int)year; at--) {
            way->year[at] = way->year[at - 1];
            way->table[at] = way->table[at - 1];
        }
        way->year[at] = (int)year;
        way->table[at] = map ? one->text : "";
    }
    return WIJK_OK;
}

static enum wijk_err read_key(const struct reader *r, const struct wijk_yaml *v, const struct key *key,
                              struct wijk__way *way)
{
    void *at = (char *)way + key->at;
    int64_t number;
    switch (key->kind) {
    case TEXT:
        if (v->kind != WIJK_YAML_SCALAR || !*v->text)
            return bad(r, v, WIJK_T("hier hoort een tekst"), key->name);
        if (strcmp(key->name, "url") != 0 && strcmp(key->name, "layer") != 0 && !is_plain(v->text))
            return bad(r, v, WIJK_T("hier hoort een naam zonder leestekens"), key->name);
        *(const char **)at = v->text;
        return WIJK_OK;
    case LIST: return read_list(r, v, key->name, at);
    case NUMBER:
        if (v->kind != WIJK_YAML_SCALAR || !wijk_int_parse(wijk_str(v->text), 1, 100000, &number))
            return bad(r, v, WIJK_T("hier hoort een getal"), key->name);
        *(int *)at = (int)number;
        return WIJK_OK;
    default: return read_years(r, v, way);
    }
}

/* What one protocol cannot do without. */
static const char *lacks(const struct wijk__way *w)
{
    bool odata = strncmp(w->protocol, "odata", 5) == 0;
    if (odata && !w->region) return "region";
    if (strcmp(w->protocol, "wfs") == 0 && !w->layer) return "layer";
    if (w->prefix && !w->region) return "region";
    if (strcmp(w->protocol, "zip") == 0 && !w->members.n) return "members";
    if (w->dimension && !w->values.n) return "values";
    if (w->period && !w->kinds.n) return "kinds";
    if ((strstr(w->url, "{year}") || strstr(w->url, "{yy}") || strstr(w->url, "{table}")) && !w->n_year)
        return "years";
    return NULL;
}

static enum wijk_err read_way(const struct reader *r, const struct wijk_yaml *v, struct wijk__way *way)
{
    if (v->kind != WIJK_YAML_MAP)
        return bad(r, v, WIJK_T("hier hoort een lijst van sleutels met waarden"), "fetch");
    for (size_t i = 0; i < v->n; i++) {
        size_t k = 0;
        while (k < KEYS && strcmp(KEY[k].name, v->key[i]) != 0) k++;
        if (k == KEYS) return bad(r, v->child[i], WIJK_T("deze sleutel bestaat niet"), v->key[i]);
        WIJK_TRY(read_key(r, v->child[i], &KEY[k], way));
    }
    if (!way->name || !way->protocol || !way->url)
        return bad(r, v, WIJK_T("deze sleutel ontbreekt"),
                   !way->name       ? "way"
                   : !way->protocol ? "protocol"
                                    : "url");
    for (size_t k = 0; k < sizeof PROTOCOL / sizeof *PROTOCOL; k++)
        if (strcmp(PROTOCOL[k].id, way->protocol) == 0) way->run = PROTOCOL[k].run;
    if (!way->run)
        return bad(r, wijk_yaml_get(v, "protocol"), WIJK_T("dit protocol bestaat niet"), way->protocol);
    if (strncmp(way->url, "https://", 8) != 0 && strncmp(way->url, "http://127.0.0.1:", 17) != 0)
        return bad(r, wijk_yaml_get(v, "url"), WIJK_T("hier hoort een adres met https"), way->url);
    const char *missing = lacks(way);
    return missing ? bad(r, v, WIJK_T("deze sleutel ontbreekt"), missing) : WIJK_OK;
}

enum wijk_err wijk__ways_read(struct wijk_cx *cx, const struct wijk_source *source,
                              const struct wijk__way **out, size_t *n)
{
    struct reader r = {cx, source};
    const struct wijk_yaml *list = source->yaml ? wijk_yaml_get(source->yaml, "fetch") : NULL;
    *n = 0;
    *out = NULL;
    if (!list) return WIJK_OK;
    if (list->kind != WIJK_YAML_LIST || !list->n || list->n > WAYS_MAX)
        return bad(&r, list, WIJK_T("hier hoort een lijst"), "fetch");
    struct wijk__way *way = WIJK_NEW(cx, struct wijk__way, list->n);
    for (size_t i = 0; i < list->n; i++) WIJK_TRY(read_way(&r, list->child[i], &way[i]));
    *out = way;
    *n = list->n;
    return WIJK_OK;
}

enum wijk_err wijk_fetch_ways(struct wijk_cx *cx, const struct wijk_source *source, const char **out)
{
    const struct wijk__way *way;
    struct wijk_buf b = wijk_buf(cx, 0);
    size_t n;
    WIJK_TRY(wijk__ways_read(cx, source, &way, &n));
    for (size_t i = 0; i < n; i++) wijk_buf_printf(&b, "%s%s", i ? ", " : "", way[i].name);
    *out = wijk_buf_cstr(&b);
    return WIJK_OK;
}

const char *wijk__way_url(struct wijk_cx *cx, const struct wijk__way *way, int year)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    const char *table = "";
    for (size_t i = 0; i < way->n_year; i++)
        if (way->year[i] == year) table = way->table[i];
    for (const char *p = way->url; *p; p++) {
        if (strncmp(p, "{year}", 6) == 0)
            wijk_buf_printf(&b, "%d", year), p += 5;
        else if (strncmp(p, "{yy}", 4) == 0)
            wijk_buf_printf(&b, "%02d", year % 100), p += 3;
        else if (strncmp(p, "{table}", 7) == 0)
            wijk_buf_str(&b, table), p += 6;
        else
            wijk_buf_char(&b, *p);
    }
    return wijk_buf_cstr(&b);
}

enum wijk_err wijk__way_gemeente(struct wijk_cx *cx, const struct wijk_fetch_in *in, char code[WIJK_CODE_MAX])
{
    if (!in->gemeente)
        return wijk_fail(cx, WIJK_EUSAGE, "Zeg met --gemeente van welke gemeente, bijvoorbeeld GM0344.");
    if (wijk_code_normalise(wijk_str(in->gemeente), WIJK_LEVEL_GEMEENTE, code)) return WIJK_OK;
    return wijk_fail(cx, WIJK_EUSAGE, "«%.40s» is geen code van een gemeente; die ziet eruit als GM0344.",
                     in->gemeente);
}

static bool has_year(const struct wijk__way *way, int year)
{
    for (size_t i = 0; i < way->n_year; i++)
        if (way->year[i] == year) return true;
    return !way->n_year;
}

enum wijk_err wijk_fetch_source(struct wijk_cx *cx, struct wijk_fetch *f, struct wijk_fetch_in in,
                                struct wijk_fetch_out *out)
{
    const struct wijk__way *way, *chosen = NULL;
    const char *names;
    size_t n;
    WIJK_TRY(wijk__ways_read(cx, in.source, &way, &n));
    WIJK_TRY(wijk_fetch_ways(cx, in.source, &names));
    if (!n)
        return wijk_fail(cx, WIJK_ENOTFOUND,
                         "De bron %s kan niet worden opgehaald; laad een bestand met wijk import.",
                         in.source->id);
    for (size_t i = 0; i < n && !chosen; i++)
        if (!in.way || strcmp(in.way, way[i].name) == 0) chosen = &way[i];
    if (!chosen)
        return wijk_fail(cx, WIJK_ENOTFOUND, "De bron %s kan niet via %.40s; wel via: %s.", in.source->id,
                         in.way, names);
    if (in.year && !has_year(chosen, in.year))
        return wijk_fail(cx, WIJK_ENOTFOUND, "De bron %s heeft via %s geen %d; het nieuwste jaar is %d.",
                         in.source->id, chosen->name, in.year, chosen->year[0]);
    *out = (struct wijk_fetch_out){.way = chosen->name};
    if (in.gemeente) {
        char code[WIJK_CODE_MAX];
        WIJK_TRY(wijk__way_gemeente(cx, &in, code));
        in.gemeente = out->gemeente = wijk_str_dup(cx, wijk_str(code));
    }
    out->year = in.year ? in.year : chosen->n_year ? chosen->year[0] : 0;
    f->requests = f->unchanged = 0;
    f->bytes = 0;
    WIJK_TRY(chosen->run(cx, f, chosen, &in, out));
    out->requests = f->requests;
    out->unchanged = f->unchanged;
    out->bytes = f->bytes;
    return WIJK_OK;
}
