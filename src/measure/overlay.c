/* SPDX-License-Identifier: EUPL-1.2 */
/* A crosswalk from the borders of two divisions: areas in common, and who lives there.
 *
 *   share of area = common / all that is kept of the old area
 *
 * Publishers draw one border anew each year, so a border that did not move still leaves slivers. What counts
 * as one is stated and kept beside the result. docs/methods/omrekenen.md */
#include "measure/measure.h"

#include <math.h>
#include <string.h>

struct draft {
    struct wijk_cx *cx;
    const struct wijk_areas *from, *to;
    struct wijk_overlay_opt opt;
    const struct wijk_overlay *o;
    const struct wijk_geom **geom_from, **geom_to;
    bool *kept;                  /* o->n */
    size_t *same_from, *same_to; /* the area with the same border on the other side; SIZE_MAX none */
    double *residents;           /* o->n: people in the area in common */
    double *known;               /* from->n: people in it by the points, in kept overlaps */
    struct wijk_crosswalk_derived *out;
};

static const struct wijk_geom **shapes(struct wijk_cx *cx, const struct wijk_areas *a, size_t *without)
{
    const struct wijk_geom **g = WIJK_NEW(cx, const struct wijk_geom *, a->n);
    for (size_t i = 0; i < a->n; i++) {
        g[i] = a->v[i].geom && a->v[i].geom->n_point ? a->v[i].geom : NULL;
        *without += !g[i];
    }
    return g;
}

static double likeness(const struct draft *d, const struct wijk_overlap *v)
{
    return v->area_m2 / (d->o->a_m2[v->a] + d->o->b_m2[v->b] - v->area_m2);
}

/* An area can be like one other only: above a half there is room for no second. */
static void find_same(struct draft *d)
{
    d->same_from = WIJK_NEW(d->cx, size_t, d->from->n);
    d->same_to = WIJK_NEW(d->cx, size_t, d->to->n);
    for (size_t i = 0; i < d->from->n; i++) d->same_from[i] = SIZE_MAX;
    for (size_t k = 0; k < d->to->n; k++) d->same_to[k] = SIZE_MAX;
    for (size_t i = 0; i < d->o->n; i++) {
        const struct wijk_overlap *v = &d->o->v[i];
        if (likeness(d, v) < fmax(d->opt.same, 0.5)) continue;
        d->same_from[v->a] = v->b;
        d->same_to[v->b] = v->a;
    }
}

static bool is_sliver(const struct draft *d, const struct wijk_overlap *v)
{
    double least = fmin(d->o->a_m2[v->a], d->o->b_m2[v->b]);
    if (v->area_m2 < d->opt.sliver_share * least) return true;
    return v->area_m2 < d->opt.sliver_m2 && v->area_m2 < 0.5 * least;
}

static void choose(struct draft *d)
{
    d->kept = WIJK_NEW(d->cx, bool, d->o->n);
    for (size_t i = 0; i < d->o->n; i++) {
        const struct wijk_overlap *v = &d->o->v[i];
        bool settled = d->same_from[v->a] != SIZE_MAX || d->same_to[v->b] != SIZE_MAX;
        d->kept[i] = settled ? d->same_from[v->a] == v->b : !is_sliver(d, v);
        if (d->kept[i]) continue;
        d->out->slivers++;
        d->out->sliver_m2 += v->area_m2;
    }
}

/* ---- people ---- */

static size_t overlap_of(const struct draft *d, const size_t *first, size_t from, size_t to)
{
    for (size_t i = first[from]; i < first[from + 1]; i++)
        if (d->o->v[i].b == to) return i;
    return SIZE_MAX;
}

static enum wijk_err count_people(struct draft *d, const struct wijk_overlay_people *people)
{
    d->residents = WIJK_NEW(d->cx, double, d->o->n);
    d->known = WIJK_NEW(d->cx, double, d->from->n);
    if (!people || !people->n) return WIJK_OK;
    size_t *in_from = WIJK_NEW(d->cx, size_t, people->n), *in_to = WIJK_NEW(d->cx, size_t, people->n),
           *first = WIJK_NEW(d->cx, size_t, d->from->n + 1);
    WIJK_TRY(wijk_geom_locate(d->cx, d->geom_from, d->from->n, people->point, people->n, in_from));
    WIJK_TRY(wijk_geom_locate(d->cx, d->geom_to, d->to->n, people->point, people->n, in_to));
    for (size_t i = 0; i < d->o->n; i++) first[d->o->v[i].a + 1]++;
    for (size_t i = 0; i < d->from->n; i++) first[i + 1] += first[i];
    for (size_t p = 0; p < people->n; p++) {
        if (in_from[p] == SIZE_MAX || in_to[p] == SIZE_MAX || !(people->residents[p] > 0)) continue;
        size_t i = overlap_of(d, first, in_from[p], in_to[p]);
        if (i == SIZE_MAX || !d->kept[i]) continue;
        d->residents[i] += people->residents[p];
        d->known[in_from[p]] += people->residents[p];
    }
    return WIJK_OK;
}

/* Points that miss most people (cells too small to publish) would tell where the rest lives. */
static bool goes_by_people(const struct draft *d, size_t from)
{
    double lives = d->from->v[from].residents;
    return d->known[from] > 0 && !(d->known[from] < 0.5 * lives);
}

/* ---- the result ---- */

static const char **codes(struct wijk_cx *cx, const struct wijk_areas *a)
{
    const char **v = WIJK_NEW(cx, const char *, a->n);
    for (size_t i = 0; i < a->n; i++) v[i] = a->v[i].code;
    return v;
}

static const double *sizes(const struct draft *d)
{
    double *size = WIJK_NEW(d->cx, double, d->from->n);
    for (size_t i = 0; i < d->from->n; i++) size[i] = d->from->v[i].residents;
    for (size_t i = 0; i < d->from->n; i++)
        if (!(size[i] >= 0) || isinf(size[i])) return d->o->a_m2;
    return size;
}

static enum wijk_err finish(struct draft *d)
{
    struct wijk_cross_link *link = WIJK_NEW(d->cx, struct wijk_cross_link, d->o->n);
    double *kept_m2 = WIJK_NEW(d->cx, double, d->from->n), *in_from = WIJK_NEW(d->cx, double, d->from->n),
           *in_to = WIJK_NEW(d->cx, double, d->to->n);
    bool *has_to = WIJK_NEW(d->cx, bool, d->to->n);
    size_t n = 0;
    for (size_t i = 0; i < d->o->n; i++) {
        const struct wijk_overlap *v = &d->o->v[i];
        if (!d->kept[i]) continue;
        in_from[v->a] += v->area_m2 / d->o->a_m2[v->a];
        in_to[v->b] += v->area_m2 / d->o->b_m2[v->b];
        kept_m2[v->a] += v->area_m2;
        has_to[v->b] = true;
    }
    for (size_t i = 0; i < d->o->n; i++) {
        const struct wijk_overlap *v = &d->o->v[i];
        if (!d->kept[i]) continue;
        bool people = goes_by_people(d, v->a);
        link[n++] = (struct wijk_cross_link){v->a, v->b, v->area_m2 / kept_m2[v->a],
                                             people ? d->residents[i] / d->known[v->a] : NAN, 0};
    }
    for (size_t i = 0; i < d->from->n; i++) {
        d->out->gone += d->geom_from[i] && !(kept_m2[i] > 0);
        d->out->by_people += goes_by_people(d, i);
        in_from[i] = fmin(in_from[i], 1);
    }
    for (size_t k = 0; k < d->to->n; k++) {
        d->out->new_ += d->geom_to[k] && !has_to[k];
        in_to[k] = fmin(in_to[k], 1);
    }
    struct wijk_crosswalk_in in = {.level = d->from->level,
                                   .from_year = d->from->division_year,
                                   .to_year = d->to->division_year,
                                   .method = d->out->by_people ? WIJK_CROSS_BY_RESIDENTS : WIJK_CROSS_BY_AREA,
                                   .n_from = d->from->n,
                                   .n_to = d->to->n,
                                   .n = n,
                                   .link = link,
                                   .from_code = codes(d->cx, d->from),
                                   .to_code = codes(d->cx, d->to),
                                   .covered_from = in_from,
                                   .covered_to = in_to,
                                   .size = sizes(d),
                                   .same = d->opt.same};
    WIJK_TRY(wijk_crosswalk_of(d->cx, &in, &d->out->crosswalk));
    for (size_t k = 0; k < d->to->n; k++) d->out->unchanged += d->out->crosswalk->moved[k] == 0;
    return WIJK_OK;
}

enum wijk_err wijk_crosswalk_derive(struct wijk_cx *cx, const struct wijk_areas *from,
                                    const struct wijk_areas *to, const struct wijk_overlay_people *people,
                                    struct wijk_overlay_opt opt, const struct wijk_crosswalk_derived **out)
{
    if (from->level != to->level)
        return wijk_fail(cx, WIJK_ESHAPE, "Alleen twee indelingen van één niveau zijn om te rekenen.");
    struct wijk_crosswalk_derived *r = WIJK_NEW(cx, struct wijk_crosswalk_derived, 1);
    struct draft d = {.cx = cx, .from = from, .to = to, .opt = opt, .out = r};
    if (!(d.opt.sliver_share > 0)) d.opt.sliver_share = 0.005;
    if (!(d.opt.sliver_m2 > 0)) d.opt.sliver_m2 = 1000;
    if (!(d.opt.same > 0)) d.opt.same = 0.995;
    d.geom_from = shapes(cx, from, &r->no_shape);
    d.geom_to = shapes(cx, to, &r->no_shape);
    WIJK_TRY(wijk_geom_overlay(cx, d.geom_from, from->n, d.geom_to, to->n, 0.01, &d.o));
    find_same(&d);
    choose(&d);
    WIJK_TRY(count_people(&d, people));
    WIJK_TRY(finish(&d));
    *out = r;
    return WIJK_OK;
}
