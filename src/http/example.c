/* SPDX-License-Identifier: EUPL-1.2 */
/* The examples of openapi.json: a request for each route, made of what the store really has, and the server's
 * own answer to it. So an example cannot differ from what the server does, and every address in it can be
 * tried. */
#include "http/handlers.h"

#include <math.h>
#include <string.h>

enum { VALUES = 96, ITEMS_MAX = 2, TEXT_MAX = 160 };
struct http_example {
    size_t n;
    const char *name[VALUES], *value[VALUES];
};

static void set(struct http_example *e, const char *name, const char *value)
{
    if (!value || !*value || e->n == VALUES) return;
    e->name[e->n] = name;
    e->value[e->n++] = value;
}

const char *wijk__example_of(const struct http_example *e, const char *parameter)
{
    for (size_t i = 0; i < e->n; i++)
        if (strcmp(e->name[i], parameter) == 0) return e->value[i];
    return NULL;
}

/* A weighing that has areas here. */
static void set_weighing(struct wijk_cx *cx, const struct wijk_snapshot *s, struct http_example *e,
                         const struct wijk_snapshot_division *d)
{
    for (size_t k = 0; k < s->defs->n_recipe; k++)
        for (size_t i = 0; i < d->areas.n; i++)
            if (wijk_recipe_is_of(s, &s->defs->recipe[k], d, i)) {
                set(e, "weging", s->defs->recipe[k].id);
                set(e, "gewichten", wijk_sprintf(cx, "%s:2", s->defs->recipe[k].input[0].indicator));
                return;
            }
}

/* Years between which courses can be told: the first and the last of the newest score. */
static void set_years(struct wijk_cx *cx, const struct wijk_snapshot *s, struct http_example *e,
                      const struct wijk_snapshot_division *d)
{
    const struct wijk_scores *last = d->n_scores ? d->scores[d->n_scores - 1] : NULL, *first = last;
    for (size_t i = d->n_scores; i-- > 0 && d->scores[i]->method == last->method;) first = d->scores[i];
    if (s->defs->n_trajectory) set(e, "regels", s->defs->trajectory[0].id);
    if (s->defs->n_peers) set(e, "recept", s->defs->peers[0].id);
    if (!last || first->period.year == last->period.year) return;
    const char *from = wijk_sprintf(cx, "%d", first->period.year),
               *to = wijk_sprintf(cx, "%d", last->period.year);
    set(e, "basisjaar", from);
    set(e, "recentJaar", from);
    set(e, "sinds", from);
    set(e, "van", from);
    set(e, "tot", to);
    set(e, "jaar", to);
    set(e, "wat", "klassen");
    set(e, "uitgave", last->release);
}

static const struct wijk_snapshot_division *richest(const struct wijk_snapshot *s)
{
    const struct wijk_snapshot_division *best = NULL;
    for (size_t i = 0; i < s->n_division; i++) {
        const struct wijk_snapshot_division *d = &s->division[i];
        bool better = !best || (d->n_scores && !best->n_scores) || (d->n_series && !best->n_series);
        if (d->areas.n && better) best = d;
    }
    return best;
}

/* The last period with scores, and an indicator measured in it; without scores the first series there is. */
static void set_values(struct wijk_cx *cx, struct http_example *e, const struct wijk_snapshot_division *d)
{
    const struct wijk_scores *last = d->n_scores ? d->scores[d->n_scores - 1] : NULL;
    const struct wijk_series *series = NULL, *group = NULL;
    char *period = WIJK_NEW(cx, char, 16);
    for (size_t i = 0; i < d->n_series; i++) {
        if (last && wijk_period_key(d->series[i]->key.period) != wijk_period_key(last->period)) continue;
        if (!series) series = d->series[i];
        if (d->indicator[i]->composition && strcmp(d->indicator[i]->unit_nl, "%") == 0) group = d->series[i];
    }
    if (last) set(e, "methode", last->method->id);
    if (!last && !series) return;
    wijk_period_write(last ? last->period : series->key.period, period);
    set(e, "periode", period);
    if (!series) return;
    set(e, "id", series->key.indicator);
    set(e, "indicator", series->key.indicator);
    if (group) set(e, "groep", group->key.indicator);
    set(e, "naast", series->key.indicator);
    set(e, "spoor",
        wijk_trace_id(cx, &(struct wijk_trace_key){.code = d->areas.v[0].code,
                                                   .name = series->key.indicator,
                                                   .period = series->key.period,
                                                   .division_year = series->key.division_year,
                                                   .release = series->key.release}));
}

/* A tile in the middle of the division (Web Mercator). */
static void set_tile(struct wijk_cx *cx, struct http_example *e, const struct wijk_snapshot_division *d)
{
    enum { ZOOM = 10 };
    const double pi = 3.14159265358979323846;
    double lon = (d->box.min_x + d->box.max_x) / 2, lat = (d->box.min_y + d->box.max_y) / 2 * pi / 180;
    double x = (lon + 180) / 360 * (1 << ZOOM), y = (1 - asinh(tan(lat)) / pi) / 2 * (1 << ZOOM);
    if (!(x >= 0 && y >= 0)) return;
    set(e, "laag", wijk_sprintf(cx, "%s-%d", wijk_level_id(d->areas.level), d->areas.division_year));
    set(e, "z", wijk_sprintf(cx, "%d", ZOOM));
    set(e, "x", wijk_sprintf(cx, "%d", (int)x));
    set(e, "y", wijk_sprintf(cx, "%d", (int)y));
}

const struct http_example *wijk__example_new(struct wijk_cx *cx, const struct wijk_snapshot *s)
{
    struct http_example *e = WIJK_NEW(cx, struct http_example, 1);
    const struct wijk_snapshot_division *d = richest(s);
    set(e, "import", "0123456789abcdef0123456789abcdef");
    set(e, "naam", "telling.csv");
    set(e, "vanaf", "0");
    set(e, "hoeveel", "5");
    set(e, "aantal", "100");
    set(e, "soort", "csv");
    set(e, "vorm", "json");
    set(e, "verklaring", "privacy");
    set(e, "algoritme", "kloof");
    set(e, "limit", "2");
    set(e, "hoeveel", "5");
    set(e, "buren", "nearest");
    set(e, "reikt", "2");
    set(e, "partner", "linde-wonen"); /* of the demo, as are the numbers */
    set(e, "aanbod", "2");
    set(e, "voorstel", "1");
    set(e, "nr", "1");
    set(e, "account", "1");
    set(e, "na", "1");
    set(e, "verder", "GM9901.a");
    set(e, "achter", "GM9901:gas_m3");
    set(e, "normgebied", "GM9901");
    set(e, "normcijfer", "gas_m3");
    set(e, "met", "aanbod");
    set(e, "voor", "100");
    set(e, "alle", "ja");
    set(e, "thema", "ontmoeten");
    set(e, "leeftijd", "12-18");
    if (d)
        set(e, "collectionId",
            wijk_sprintf(cx, "%s-%d", wijk_level_id(d->areas.level), d->areas.division_year));
    if (d && d->areas.n) set(e, "featureId", d->areas.v[0].code);
    set(e, "versie", s->version);
    if (s->n_load) {
        set(e, "bron", s->load[0].source);
        set(e, "lading", wijk_sprintf(cx, "%lld", (long long)s->load[0].id));
    }
    if (!d) return e;
    set(e, "niveau", wijk_level_id(d->areas.level));
    set(e, "indelingsjaar", wijk_sprintf(cx, "%d", d->areas.division_year));
    set(e, "code", d->areas.v[0].code);
    set(e, "gebied", d->areas.v[0].code);
    set(e, "feed", wijk_sprintf(cx, "%s.json", d->areas.v[0].code));
    set(e, "afmeldsleutel", "0123456789012345678901234567890123456789012");
    char gemeente[WIJK_CODE_MAX];
    bool coded = wijk_code_gemeente(d->areas.v[0].code, gemeente);
    if (coded) set(e, "gemeente", wijk_sprintf(cx, "%s", gemeente));
    set(e, "gebied", d->areas.v[0].code);
    set(e, "binnen", coded ? wijk_sprintf(cx, "%s", gemeente) : d->areas.v[0].parent);
    set(e, "q", d->areas.v[0].name);
    set_values(cx, e, d);
    set_weighing(cx, s, e, d);
    set_years(cx, s, e, d);
    for (size_t i = 0; i < s->n_division && !d->tiles; i++) d = &s->division[i];
    if (d->tiles) set_tile(cx, e, d);
    return e;
}

/* ---- the answer ---- */

/* As it stands in an address: everything but letters, digits and - _ . ~ as %XX. */
static void put_encoded(struct wijk_buf *b, const char *text)
{
    for (; *text; text++) {
        char c = *text, low = (char)(c | 32);
        if ((low >= 'a' && low <= 'z') || (c >= '0' && c <= '9') || strchr("-_.~", c))
            wijk_buf_char(b, c);
        else
            wijk_buf_printf(b, "%%%02X", (unsigned char)c);
    }
}

static bool path_of(struct wijk_buf *b, const struct http_example *e, const struct http_route *r)
{
    for (const char *p = r->path; *p;) {
        if (*p != '{') {
            wijk_buf_char(b, *p++);
            continue;
        }
        size_t n = strcspn(p, "}");
        const char *name = wijk_sprintf(b->cx, "%.*s", (int)n - 1, p + 1);
        const char *value =
            wijk__example_of(e, strcmp(r->id, "findings") == 0 && *name == 'i' ? "lading" : name);
        if (!value) return false;
        put_encoded(b, value);
        p += n + 1;
    }
    return true;
}

static bool query_of(struct wijk_buf *b, const struct http_example *e, const struct http_route *r)
{
    for (size_t k = 0; k < HTTP_QUERY_MAX && r->query[k].name; k++) {
        const char *value = wijk__example_of(e, r->query[k].name);
        if (!value && r->query[k].required) return false;
        if (!value) continue;
        wijk_buf_printf(b, "%s%s=", b->n ? "&" : "", r->query[k].name);
        put_encoded(b, value);
    }
    return true;
}

static void scalar(struct wijk_json_out *w, const struct wijk_json_token *t)
{
    if (t->kind == WIJK_JSON_STRING)
        wijk_json_str(w, t->text.n > TEXT_MAX && (unsigned char)t->text.p[TEXT_MAX] < 128
                             ? (struct wijk_str){t->text.p, TEXT_MAX}
                             : t->text);
    else if (t->kind == WIJK_JSON_NUMBER)
        wijk_json_num(w, t->number);
    else if (t->kind == WIJK_JSON_NULL)
        wijk_json_null(w);
    else
        wijk_json_bool(w, t->kind == WIJK_JSON_TRUE);
}

/* Copies a document; of every list the first two, but four of a bare list of numbers: a box must stay a box.
 */
static enum wijk_err copy_short(struct wijk_cx *cx, struct wijk_json *in, struct wijk_json_out *w)
{
    bool list[WIJK_LIMIT_DEPTH + 1] = {false};
    size_t n[WIJK_LIMIT_DEPTH + 1] = {0};
    int depth = 0;
    for (struct wijk_json_token t;;) {
        WIJK_TRY(wijk_json_next(in, &t));
        bool closes = t.kind == WIJK_JSON_OBJECT_END || t.kind == WIJK_JSON_ARRAY_END;
        if (t.kind == WIJK_JSON_END) return WIJK_OK;
        if (t.kind == WIJK_JSON_KEY) {
            wijk_json_key(w, wijk_str_dup(cx, t.text));
        } else if (!closes && list[depth] &&
                   n[depth]++ >= (t.kind == WIJK_JSON_NUMBER ? 2 * ITEMS_MAX : ITEMS_MAX)) {
            WIJK_TRY(wijk_json_skip(in, t));
        } else if (t.kind == WIJK_JSON_OBJECT || t.kind == WIJK_JSON_ARRAY) {
            depth++;
            list[depth] = t.kind == WIJK_JSON_ARRAY;
            n[depth] = 0;
            (list[depth] ? wijk_json_begin_array : wijk_json_begin_object)(w);
        } else if (closes) {
            (list[depth--] ? wijk_json_end_array : wijk_json_end_object)(w);
        } else {
            scalar(w, &t);
        }
    }
}

bool wijk__example_write(struct http_call *c, const struct http_example *e, const struct http_route *r)
{
    struct wijk_buf path = wijk_buf(c->cx, 0), query = wijk_buf(c->cx, 0);
    if (r->handle == c->route->handle) { /* of this document itself: its first line */
        wijk_json_key(&c->json, "example");
        wijk_json_begin_object(&c->json);
        wijk_json_kv_str(&c->json, "openapi", "3.0.3");
        wijk_json_end_object(&c->json);
        return true;
    }
    if (!path_of(&path, e, r) || !query_of(&query, e, r)) return false;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_http_request request = {
        .method = "GET", .path = wijk_buf_cstr(&path), .query = wijk_buf_cstr(&query)};
    struct wijk_http_answer answer;
    struct wijk_json *json;
    struct wijk_in_mem mem;
    wijk_http_answer(cx, c->s, &request, &answer);
    bool good = answer.status == 200 &&
                wijk_json_open(cx, wijk_in_mem(&mem, answer.body, "example"), &json) == WIJK_OK;
    if (good) {
        wijk_json_key(&c->json, "example");
        good = copy_short(cx, json, &c->json) == WIJK_OK;
    }
    wijk_cx_end(cx);
    return good;
}
