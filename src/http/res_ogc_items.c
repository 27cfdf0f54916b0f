/* SPDX-License-Identifier: EUPL-1.2 */
/* OGC API Features: the areas of a collection as GeoJSON, by box, code, gemeente and moment, page by page, in
 * CRS84 or RD. The boxes of all areas stand ready in the snapshot, so finding what meets a box is one pass
 * over a plain list; only areas on the edge of the box are looked at point by point. */
#include "http/handlers.h"

#include <math.h>
#include <string.h>

#define GEOJSON "application/geo+json"
enum { LIMIT = 100, LIMIT_MAX = 1000, OFFSET_MAX = 1000000000 };
enum { Q_LIMIT, Q_OFFSET, Q_BBOX, Q_BBOX_CRS, Q_CRS, Q_DATETIME, Q_CODE, Q_GEMEENTE }; /* as in routes.h */

struct want {
    size_t limit, offset;
    bool boxed;
    size_t n_box; /* two when it runs over the date line */
    struct wijk_box box[2];
    enum wijk_crs box_crs, crs;
    bool timed;
    int64_t from, to; /* days as yyyymmdd */
    const char *code, *gemeente;
};

/* ---- the question ---- */

static void wrong(struct http_call *c, const char *name, const char *reason)
{
    wijk__http_fault(c, name, wijk_tr(c->cx, reason));
}

static enum wijk_crs crs_of(struct http_call *c, const char *name, const char *text)
{
    static const enum wijk_crs KNOWN[] = {WIJK_CRS_WGS84, WIJK_CRS_RD};
    for (size_t k = 0; text && k < 2; k++)
        if (strcmp(text, wijk__ogc_crs_name(KNOWN[k])) == 0) return KNOWN[k];
    if (text)
        wrong(c, name,
              WIJK_T("Kies http://www.opengis.net/def/crs/OGC/1.3/CRS84 of "
                     "http://www.opengis.net/def/crs/EPSG/0/28992."));
    return WIJK_CRS_WGS84;
}

static size_t count_of(struct http_call *c, const char *name, const char *text, int64_t least, int64_t most,
                       size_t otherwise)
{
    int64_t v;
    if (!text) return otherwise;
    if (wijk_int_parse(wijk_str(text), least, INT64_MAX, &v)) return (size_t)(v < most ? v : most);
    wrong(c, name,
          least ? WIJK_T("Geef een geheel getal van 1 of meer.")
                : WIJK_T("Geef een geheel getal van 0 of meer."));
    return otherwise;
}

/* Four numbers, or six with heights, which areas do not have. */
static void box_of(struct http_call *c, struct want *q, const char *text)
{
    double v[6] = {0};
    size_t n = 0;
    bool good = true;
    for (const char *at = text; good; n++) {
        size_t k = strcspn(at, ",");
        good = n < 6 && wijk_num_parse((struct wijk_str){at, k}, WIJK_NUM_POINT, &v[n]);
        if (!at[k]) {
            n++;
            break;
        }
        at += k + 1;
    }
    struct wijk_box b = {v[0], v[1], n == 6 ? v[3] : v[2], n == 6 ? v[4] : v[3]};
    bool over = q->box_crs == WIJK_CRS_WGS84 && b.min_x > b.max_x;
    if (!good || (n != 4 && n != 6) || b.min_y > b.max_y || (b.min_x > b.max_x && !over)) {
        wrong(c, "bbox", WIJK_T("Geef vier getallen: minx,miny,maxx,maxy."));
        return;
    }
    q->boxed = true;
    q->n_box = over ? 2 : 1;
    q->box[0] = q->box[1] = b;
    if (over) q->box[0].max_x = 180, q->box[1].min_x = -180;
}

/* "2024-03-01" or "2024-03-01T12:00:00Z" as 20240301. */
static bool day_of(struct wijk_str s, int64_t *day)
{
    int64_t unused, y, m, d;
    bool moment = s.n > 10 && (s.p[10] == 'T' || s.p[10] == 't' || s.p[10] == ' ');
    if (s.n < 10 || (s.n > 10 && (!moment || s.n < 20))) return false;
    if (!wijk_date_parse((struct wijk_str){s.p, 10}, &unused)) return false;
    if (!wijk_int_parse((struct wijk_str){s.p, 4}, 0, 9999, &y) ||
        !wijk_int_parse((struct wijk_str){s.p + 5, 2}, 1, 12, &m) ||
        !wijk_int_parse((struct wijk_str){s.p + 8, 2}, 1, 31, &d))
        return false;
    *day = y * 10000 + m * 100 + d;
    return true;
}

static void moment_of(struct http_call *c, struct want *q, const char *text)
{
    const char *slash = strchr(text, '/');
    struct wijk_str a = {text, slash ? (size_t)(slash - text) : strlen(text)},
                    b = wijk_str(slash ? slash + 1 : text);
    bool open_a = slash && (!a.n || wijk_str_eq(a, WIJK_STR(".."))),
         open_b = slash && (!b.n || wijk_str_eq(b, WIJK_STR("..")));
    q->timed = true;
    q->from = 0, q->to = INT64_MAX;
    bool good = (open_a || day_of(a, &q->from)) && (open_b || day_of(b, &q->to)) && q->from <= q->to;
    if (!good) wrong(c, "datetime", WIJK_T("Geef een dag (2024-01-01), een moment, of twee met / ertussen."));
}

static struct want want_of(struct http_call *c)
{
    struct want q = {.crs = crs_of(c, "crs", c->text[Q_CRS]),
                     .box_crs = crs_of(c, "bbox-crs", c->text[Q_BBOX_CRS]),
                     .limit = count_of(c, "limit", c->text[Q_LIMIT], 1, LIMIT_MAX, LIMIT),
                     .offset = count_of(c, "offset", c->text[Q_OFFSET], 0, OFFSET_MAX, 0),
                     .code = c->text[Q_CODE],
                     .gemeente = c->text[Q_GEMEENTE]};
    if (c->text[Q_BBOX]) box_of(c, &q, c->text[Q_BBOX]);
    if (c->text[Q_DATETIME]) moment_of(c, &q, c->text[Q_DATETIME]);
    return q;
}

/* ---- which areas ---- */

static bool apart(struct wijk_box a, struct wijk_box b)
{
    return a.min_x > b.max_x || a.max_x < b.min_x || a.min_y > b.max_y || a.max_y < b.min_y;
}

static bool within(struct wijk_box a, struct wijk_box b)
{
    return a.min_x >= b.min_x && a.max_x <= b.max_x && a.min_y >= b.min_y && a.max_y <= b.max_y;
}

static bool meets(struct wijk_cx *cx, const struct want *q, const struct wijk_snapshot_division *d, size_t a)
{
    const struct wijk_box *own = q->box_crs == WIJK_CRS_RD ? d->area_rd : d->area_wgs84;
    if (!own || own[a].min_x > own[a].max_x) return false;
    for (size_t k = 0; k < q->n_box; k++) {
        if (apart(own[a], q->box[k])) continue;
        if (within(own[a], q->box[k])) return true;
        const struct wijk_geom *g = d->areas.v[a].geom;
        struct wijk_mark mark = wijk_cx_mark(cx);
        if (q->box_crs != WIJK_CRS_RD) g = wijk_geom_to_wgs84(cx, g);
        bool found = wijk_geom_meets(g, q->box[k]);
        wijk_cx_rewind(cx, mark);
        if (found) return true;
    }
    return false;
}

static bool same_code(const char *a, const char *b)
{
    for (; *a && *b; a++, b++) {
        char x = *a >= 'a' && *a <= 'z' ? (char)(*a - 32) : *a,
             y = *b >= 'a' && *b <= 'z' ? (char)(*b - 32) : *b;
        if (x != y) return false;
    }
    return *a == *b;
}

static bool fits(struct wijk_cx *cx, const struct want *q, const struct wijk_snapshot_division *d, size_t a)
{
    char gemeente[WIJK_CODE_MAX];
    const struct wijk_area *area = &d->areas.v[a];
    if (q->code && !same_code(area->code, q->code)) return false;
    if (q->gemeente && (!wijk_code_gemeente(area->code, gemeente) || !same_code(gemeente, q->gemeente)))
        return false;
    return !q->boxed || meets(cx, q, d, a);
}

/* ---- which figures ---- */

/* Does the period, a year or a month, touch the days asked for? */
static bool in_time(const struct want *q, struct wijk_period p)
{
    int64_t first = p.year * 10000 + (p.month ? p.month : 1) * 100 + 1,
            last = p.year * 10000 + (p.month ? p.month : 12) * 100 + 31;
    return !q->timed || (first <= q->to && last >= q->from);
}

/* The newest of each kind within the time asked for. */
struct figures {
    const struct wijk_scores *scores;
    size_t n;
    const struct wijk_series **series;
    bool any; /* the division has figures at all */
};

static struct figures figures_of(struct http_call *c, const struct want *q,
                                 const struct wijk_snapshot_division *d)
{
    struct figures f = {.series = WIJK_NEW(c->cx, const struct wijk_series *, d->n_series),
                        .any = d->n_series || d->n_scores};
    for (size_t i = 0; i < d->n_scores; i++) {
        const struct wijk_scores *s = d->scores[i];
        bool newer = !f.scores || wijk_period_key(s->period) >= wijk_period_key(f.scores->period);
        if (newer && in_time(q, s->period)) f.scores = s;
    }
    for (size_t i = 0; i < d->n_series; i++) {
        if (!in_time(q, d->series[i]->key.period) || *d->indicator[i]->method) continue;
        bool same = f.n && strcmp(f.series[f.n - 1]->key.indicator, d->series[i]->key.indicator) == 0;
        f.series[f.n - same] = d->series[i];
        f.n += !same;
    }
    return f;
}

static void put_scores(struct http_call *c, const struct wijk_scores *s, size_t a)
{
    struct wijk_json_out *w = &c->json;
    if (!s || a >= s->n) return;
    size_t k = s->class_[a] <= WIJK_CLASSES ? s->class_[a] : 0;
    bool en = wijk_cx_lang(c->cx) == WIJK_EN;
    wijk_json_kv_str(w, "score_method", s->method->id);
    wijk_json_key(w, "score_period");
    wijk__res_period(w, s->period);
    wijk_json_kv_num(w, "deviation", s->total[a]);
    wijk_json_key(w, "class");
    if (k)
        wijk_json_int(w, (int64_t)k);
    else
        wijk_json_null(w);
    wijk_json_kv_str(w, "class_name",
                     !k   ? NULL
                     : en ? s->method->class_en[k - 1]
                          : s->method->class_nl[k - 1]);
    for (size_t i = 0; i < s->method->n_dimension; i++)
        wijk_json_kv_num(w, wijk_sprintf(c->cx, "dim_%s", s->method->dimension[i].id), s->dimension[i][a]);
}

/* A figure that is null may be hidden or not known: not_shown names the hidden ones, with their reason. */
static void put_figures(struct http_call *c, const struct figures *f, size_t a)
{
    struct wijk_json_out *w = &c->json;
    struct wijk_buf hidden = wijk_buf(c->cx, 0);
    for (size_t i = 0; i < f->n; i++) {
        const struct wijk_series *v = f->series[i];
        wijk_json_kv_num(w, v->key.indicator, a < v->n ? v->value[a] : (double)NAN);
        if (a < v->n && v->status[a] == WIJK_STATUS_SUPPRESSED)
            wijk_buf_printf(&hidden, "%s%s", hidden.n ? ", " : "", v->key.indicator);
    }
    const char *why = wijk_tr(c->cx, wijk_status_text(WIJK_STATUS_SUPPRESSED));
    wijk_json_kv_str(w, "not_shown",
                     hidden.n ? wijk_sprintf(c->cx, "%s: %s", why, wijk_buf_cstr(&hidden)) : NULL);
}

static void feature(struct http_call *c, const struct wijk_snapshot_division *d, const struct figures *f,
                    size_t a, enum wijk_crs crs)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_area *area = &d->areas.v[a];
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "type", "Feature");
    wijk_json_kv_str(w, "id", area->code);
    wijk_json_key(w, "geometry");
    wijk_geojson_geometry(w, area->geom, crs);
    wijk_json_key(w, "properties");
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "code", area->code);
    wijk_json_kv_str(w, "name", area->name);
    wijk_json_kv_str(w, "level", wijk_level_id(d->areas.level));
    wijk_json_kv_int(w, "division_year", d->areas.division_year);
    wijk_json_kv_str(w, "parent", area->parent);
    put_scores(c, f->scores, a);
    put_figures(c, f, a);
    wijk_json_end_object(w);
}

/* ---- answers ---- */

static void put_encoded(struct wijk_buf *b, const char *text)
{
    for (; *text; text++) {
        char k = *text, low = (char)(k | 32);
        if ((low >= 'a' && low <= 'z') || (k >= '0' && k <= '9') || strchr("-_.~,/:", k))
            wijk_buf_char(b, k);
        else
            wijk_buf_printf(b, "%%%02X", (unsigned char)k);
    }
}

/* The address of another page of the same question. */
static const char *page(struct http_call *c, size_t offset)
{
    struct wijk_buf b = wijk_buf(c->cx, 0);
    put_encoded(&b, c->path);
    char sign = '?';
    for (size_t k = 0; k < HTTP_QUERY_MAX && c->route->query[k].name; k++) {
        if (!c->text[k] || k == Q_OFFSET) continue;
        wijk_buf_printf(&b, "%c%s=", sign, c->route->query[k].name);
        put_encoded(&b, c->text[k]);
        sign = '&';
    }
    if (offset) wijk_buf_printf(&b, "%coffset=%zu", sign, offset);
    return wijk_buf_cstr(&b);
}

static void content(struct http_call *c, enum wijk_crs crs)
{
    c->out->content_type = GEOJSON;
    wijk__http_header(c->out, "Content-Crs", wijk_sprintf(c->cx, "<%s>", wijk__ogc_crs_name(crs)));
}

static void links(struct http_call *c, const struct want *q, const struct wijk_snapshot_division *d,
                  size_t matched)
{
    wijk__res_list(&c->json, "links");
    wijk__ogc_link(c, page(c, q->offset), "self", GEOJSON, wijk_tr(c->cx, "Dit antwoord"));
    if (q->offset + q->limit < matched)
        wijk__ogc_link(c, page(c, q->offset + q->limit), "next", GEOJSON,
                       wijk_tr(c->cx, "Het volgende deel"));
    if (q->offset)
        wijk__ogc_link(c, page(c, q->offset > q->limit ? q->offset - q->limit : 0), "prev", GEOJSON,
                       wijk_tr(c->cx, "Het vorige deel"));
    wijk__ogc_link(c, wijk_sprintf(c->cx, "/ogc/collections/%s", wijk__ogc_id(c, d)), "collection",
                   "application/json", wijk_tr(c->cx, "De collectie"));
    wijk_json_end_array(&c->json);
}

void wijk__res_ogc_items(struct http_call *c)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_snapshot_division *d = wijk__ogc_find(c, c->arg[0]);
    if (!d) return;
    struct want q = want_of(c);
    if (c->n_fault) {
        wijk__http_bad(c);
        return;
    }
    struct figures f = figures_of(c, &q, d);
    bool none = q.timed && f.any && !f.scores && !f.n; /* nothing of that time */
    int64_t matched = 0, returned = 0;
    content(c, q.crs);
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "type", "FeatureCollection");
    wijk__res_list(w, "features");
    for (size_t a = 0; a < d->areas.n && !none; a++) {
        if (!fits(c->cx, &q, d, a)) continue;
        if ((size_t)matched++ < q.offset || (size_t)returned == q.limit) continue;
        feature(c, d, &f, a, q.crs);
        wijk_json_end_object(w);
        returned++;
    }
    wijk_json_end_array(w);
    wijk_json_kv_int(w, "numberMatched", matched);
    wijk_json_kv_int(w, "numberReturned", returned);
    links(c, &q, d, (size_t)matched);
    wijk_json_end_object(w);
}

void wijk__res_ogc_item(struct http_call *c)
{
    const struct wijk_snapshot_division *d = wijk__ogc_find(c, c->arg[0]);
    if (!d) return;
    struct want q = {.crs = crs_of(c, "crs", c->text[0])};
    if (c->n_fault) {
        wijk__http_bad(c);
        return;
    }
    size_t a = 0;
    while (a < d->areas.n && !same_code(d->areas.v[a].code, c->arg[1])) a++;
    if (a == d->areas.n) {
        wijk__http_not_found(c, wijk_tr(c->cx, "Dit gebied is niet in deze collectie."));
        return;
    }
    struct figures f = figures_of(c, &q, d);
    const char *up = wijk_sprintf(c->cx, "/ogc/collections/%s", wijk__ogc_id(c, d));
    content(c, q.crs);
    feature(c, d, &f, a, q.crs);
    wijk__res_list(&c->json, "links");
    wijk__ogc_link(c, wijk_sprintf(c->cx, "%s/items/%s", up, d->areas.v[a].code), "self", GEOJSON,
                   wijk_tr(c->cx, "Dit antwoord"));
    wijk__ogc_link(c, up, "collection", "application/json", wijk_tr(c->cx, "De collectie"));
    wijk__res_list_end(&c->json);
}
