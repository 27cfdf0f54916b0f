/* SPDX-License-Identifier: EUPL-1.2 */
/* Well-known text (OGC 06-103r4, 7.2) of polygons, as a column of a CSV may hold it, with the SRID= that
 * PostGIS puts in front. */
#include "import/mapper.h"

#include <string.h>

struct wkt {
    const char *p, *end;
    struct wijk_geom_builder *b;
    const char *why;
};

static bool wrong(struct wkt *w, const char *why)
{
    w->why = why;
    return false;
}

static void blanks(struct wkt *w)
{
    while (w->p < w->end && (*w->p == ' ' || *w->p == '\t' || *w->p == '\n' || *w->p == '\r')) w->p++;
}

static bool sign(struct wkt *w, char c)
{
    blanks(w);
    if (w->p == w->end || *w->p != c) return false;
    w->p++;
    return true;
}

/* One of our words, in any case, that ends there. */
static bool word(struct wkt *w, const char *upper)
{
    size_t n = strlen(upper);
    blanks(w);
    if ((size_t)(w->end - w->p) < n) return false;
    for (size_t i = 0; i < n; i++) {
        char c = w->p[i];
        if ((c >= 'a' && c <= 'z' ? (char)(c - 32) : c) != upper[i]) return false;
    }
    w->p += n;
    return true;
}

static bool number(struct wkt *w, double *out)
{
    blanks(w);
    const char *from = w->p;
    while (w->p < w->end && strchr("+-.eE0123456789", *w->p)) w->p++;
    return wijk_num_parse((struct wijk_str){from, (size_t)(w->p - from)}, WIJK_NUM_POINT, out);
}

static bool point(struct wkt *w)
{
    struct wijk_xy xy;
    double height;
    if (!number(w, &xy.x) || !number(w, &xy.y)) return wrong(w, WIJK_T("hier hoort een coördinaat"));
    for (int more = 0; more < 2; more++) { /* Z and M are let go */
        blanks(w);
        if (w->p == w->end || *w->p == ',' || *w->p == ')') break;
        if (!number(w, &height)) return wrong(w, WIJK_T("hier hoort een coördinaat"));
    }
    wijk_geom_add_point(w->b, xy);
    return true;
}

static bool ring(struct wkt *w)
{
    size_t n = 0;
    if (!sign(w, '(')) return wrong(w, WIJK_T("hier hoort een ring"));
    wijk_geom_add_ring(w->b);
    do {
        if (++n > WIJK_LIMIT_POINTS) return wrong(w, WIJK_T("te veel punten"));
        if (!point(w)) return false;
    } while (sign(w, ','));
    return sign(w, ')') || wrong(w, WIJK_T("een haakje sluit niet"));
}

static bool polygon(struct wkt *w)
{
    if (!sign(w, '(')) return wrong(w, WIJK_T("hier hoort een vlak"));
    wijk_geom_add_polygon(w->b);
    do
        if (!ring(w)) return false;
    while (sign(w, ','));
    return sign(w, ')') || wrong(w, WIJK_T("een haakje sluit niet"));
}

static bool multipolygon(struct wkt *w)
{
    if (!sign(w, '(')) return wrong(w, WIJK_T("hier hoort een vlak"));
    do
        if (!polygon(w)) return false;
    while (sign(w, ','));
    return sign(w, ')') || wrong(w, WIJK_T("een haakje sluit niet"));
}

static bool srid(struct wkt *w, enum wijk_crs *crs)
{
    double code;
    if (!word(w, "SRID=")) return true;
    if (!number(w, &code) || !sign(w, ';') || (code != WIJK_CRS_RD && code != WIJK_CRS_WGS84))
        return wrong(w, WIJK_T("SRID hoort 28992 of 4326 te zijn"));
    *crs = code == WIJK_CRS_RD ? WIJK_CRS_RD : WIJK_CRS_WGS84;
    return true;
}

static bool shape(struct wkt *w)
{
    bool many = word(w, "MULTIPOLYGON");
    if (!many && !word(w, "POLYGON")) return wrong(w, WIJK_T("de vorm is geen vlak"));
    if (!word(w, "ZM") && !word(w, "Z")) (void)word(w, "M");
    if (word(w, "EMPTY")) return true;
    return many ? multipolygon(w) : polygon(w);
}

bool wijk__wkt_read(struct wijk_cx *cx, struct wijk_str text, const struct wijk_geom **out,
                    enum wijk_crs *crs, const char **why)
{
    struct wkt w = {text.p, text.p + text.n, wijk_geom_build(cx), NULL};
    bool good = srid(&w, crs) && shape(&w);
    blanks(&w);
    if (good && w.p != w.end) good = wrong(&w, WIJK_T("achter de vorm staat nog tekst"));
    const struct wijk_geom *geom = NULL;
    if (good && wijk_geom_done(w.b, &geom) != WIJK_OK)
        good = wrong(&w, WIJK_T("een coördinaat is geen getal, of er zijn er te veel"));
    *why = w.why;
    *out = good && geom->n_poly ? geom : NULL;
    return good;
}
