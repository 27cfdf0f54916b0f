/* SPDX-License-Identifier: EUPL-1.2 */
/* Figures of one division brought to another:
 *
 *   count  new = sum over old areas of share x count
 *   mean   new = sum of share x residents x value / sum of share x residents
 *
 * where share is the part of the old area that went to the new one. docs/methods/omrekenen.md */
#include "measure/measure.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double SAME = 0.995, MIN_KNOWN = 0.95;
/* What is lost in adding up shares that were written with a dozen digits. */
static const double WHOLE = 1 - 1e-9, MORE_THAN_WHOLE = 1 + 1e-6;

static const struct {
    const char *id, *text;
} KIND[] =
    {
#define X(name, id, text) {id, text},
        WIJK_CROSS_KINDS(X)
#undef X
},
  METHOD[] = {
#define X(name, id, text) {id, text},
      WIJK_CROSS_METHODS(X)
#undef X
};

const char *wijk_cross_kind_id(enum wijk_cross_kind k)
{
    assert((unsigned)k < WIJK_CROSS_KIND_COUNT);
    return KIND[k].id;
}

const char *wijk_cross_kind_text(enum wijk_cross_kind k)
{
    assert((unsigned)k < WIJK_CROSS_KIND_COUNT);
    return KIND[k].text;
}

const char *wijk_cross_method_id(enum wijk_cross_method m)
{
    assert((unsigned)m < WIJK_CROSS_METHOD_COUNT);
    return METHOD[m].id;
}

const char *wijk_cross_method_text(enum wijk_cross_method m)
{
    assert((unsigned)m < WIJK_CROSS_METHOD_COUNT);
    return METHOD[m].text;
}

bool wijk_cross_method_parse(struct wijk_str id, enum wijk_cross_method *out)
{
    for (unsigned i = 0; i < WIJK_CROSS_METHOD_COUNT; i++)
        if (wijk_str_eq(id, wijk_str(METHOD[i].id))) return *out = (enum wijk_cross_method)i, true;
    return false;
}

double wijk_cross_share(const struct wijk_cross_link *l)
{
    return isnan(l->share_residents) ? l->share_area : l->share_residents;
}

/* ---- making one ---- */

static int by_to(const void *a, const void *b)
{
    const struct wijk_cross_link *p = a, *q = b;
    if (p->to != q->to) return p->to < q->to ? -1 : 1;
    return (p->from > q->from) - (p->from < q->from);
}

static bool is_share(double v)
{
    return v > 0 && v <= MORE_THAN_WHOLE;
}

static enum wijk_err check_links(struct wijk_cx *cx, const struct wijk_crosswalk_in *in)
{
    for (size_t i = 0; i < in->n; i++) {
        const struct wijk_cross_link *l = &in->link[i];
        if (l->from >= in->n_from || l->to >= in->n_to)
            return wijk_fail(cx, WIJK_ESHAPE, "Een omrekening noemt een gebied dat er niet is.");
        bool good = isnan(l->share_residents)
                        ? is_share(l->share_area)
                        : l->share_residents >= 0 && l->share_residents <= MORE_THAN_WHOLE;
        if (!good || !(isnan(l->share_area) || is_share(l->share_area)))
            return wijk_fail(cx, WIJK_EDATA, "Een deel in een omrekening ligt niet tussen 0 en 1.");
    }
    return WIJK_OK;
}

/* An old area of which not every share of residents is known goes by area: a mix would not add up. */
static enum wijk_err one_measure(struct wijk_cx *cx, const struct wijk_crosswalk_in *in,
                                 struct wijk_cross_link *link)
{
    bool *by_area = WIJK_NEW(cx, bool, in->n_from);
    double *sum = WIJK_NEW(cx, double, in->n_from);
    for (size_t i = 0; i < in->n; i++)
        if (isnan(link[i].share_residents)) by_area[link[i].from] = true;
    for (size_t i = 0; i < in->n; i++) {
        if (by_area[link[i].from]) link[i].share_residents = NAN;
        double share = wijk_cross_share(&link[i]);
        if (isnan(share)) return wijk_fail(cx, WIJK_EDATA, "Een omrekening mist een deel.");
        sum[link[i].from] += share;
        if (sum[link[i].from] > MORE_THAN_WHOLE)
            return wijk_fail(cx, WIJK_EDATA, "De delen van een gebied zijn samen meer dan het geheel.");
    }
    return WIJK_OK;
}

/* Common area over joint area of one old and one new area that have only each other. */
static double likeness(const struct wijk_crosswalk *x, const struct wijk_cross_link *l)
{
    double from = x->covered_from[l->from], to = x->covered_to[l->to];
    return from > 0 && to > 0 ? 1 / (1 / from + 1 / to - 1) : 0;
}

static enum wijk_cross_kind kind_of(const struct wijk_crosswalk *x, const struct wijk_crosswalk_in *in,
                                    const size_t *links_from, size_t to)
{
    size_t first = x->first[to], end = x->first[to + 1];
    const struct wijk_cross_link *l = &x->link[first];
    bool all_whole = true;
    for (size_t i = first; i < end; i++)
        all_whole = all_whole && links_from[x->link[i].from] == 1 && wijk_cross_share(&x->link[i]) >= WHOLE;
    if (end - first > 1) return all_whole ? WIJK_CROSS_MERGED : WIJK_CROSS_OVERLAY;
    if (!all_whole) return WIJK_CROSS_SPLIT;
    if (likeness(x, l) < (in->same > 0 ? in->same : SAME)) return WIJK_CROSS_OVERLAY;
    bool same_code = !in->from_code || !in->to_code || strcmp(in->from_code[l->from], in->to_code[to]) == 0;
    return same_code ? WIJK_CROSS_EXACT : WIJK_CROSS_RENAMED;
}

static bool unchanged(enum wijk_cross_kind kind)
{
    return kind == WIJK_CROSS_EXACT || kind == WIJK_CROSS_RENAMED;
}

/* One minus common over joint, of the new area and the old one it is most like. */
static double moved_of(const struct wijk_crosswalk *x, size_t to)
{
    size_t first = x->first[to], end = x->first[to + 1];
    if (first == end) return NAN;
    if (unchanged(x->link[first].kind)) return 0;
    double all = 0, alike = 0;
    for (size_t i = first; i < end; i++) all += wijk_cross_share(&x->link[i]) * x->size[x->link[i].from];
    for (size_t i = first; i < end; i++) {
        double size = x->size[x->link[i].from], common = wijk_cross_share(&x->link[i]) * size;
        double joint = all + size - common;
        if (joint > 0) alike = fmax(alike, common / joint);
    }
    if (end - first == 1) alike = fmin(alike, likeness(x, &x->link[first]));
    return 1 - fmin(alike, 1);
}

static const double *ones(struct wijk_cx *cx, const double *given, size_t n)
{
    double *v = WIJK_NEW(cx, double, n);
    for (size_t i = 0; i < n; i++) v[i] = given && given[i] >= 0 ? given[i] : 1;
    return v;
}

/* Sizes can be compared only when each is known; else every old area counts as one. */
static const double *sizes(struct wijk_cx *cx, const double *given, size_t n)
{
    for (size_t i = 0; given && i < n; i++)
        if (!(given[i] >= 0) || isinf(given[i])) given = NULL;
    return ones(cx, given, n);
}

enum wijk_err wijk_crosswalk_of(struct wijk_cx *cx, const struct wijk_crosswalk_in *in,
                                const struct wijk_crosswalk **out)
{
    WIJK_TRY(check_links(cx, in));
    struct wijk_crosswalk *x = WIJK_NEW(cx, struct wijk_crosswalk, 1);
    struct wijk_cross_link *link = WIJK_NEW(cx, struct wijk_cross_link, in->n);
    size_t *first = WIJK_NEW(cx, size_t, in->n_to + 1), *links_from = WIJK_NEW(cx, size_t, in->n_from);
    double *moved = WIJK_NEW(cx, double, in->n_to);
    if (in->n) memcpy(link, in->link, in->n * sizeof *link);
    if (in->n) qsort(link, in->n, sizeof *link, by_to);
    for (size_t i = 0; i < in->n; i++) {
        if (i && by_to(&link[i - 1], &link[i]) == 0)
            return wijk_fail(cx, WIJK_EDATA, "Een omrekening noemt twee gebieden meer dan eens samen.");
        first[link[i].to + 1]++;
        links_from[link[i].from]++;
    }
    WIJK_TRY(one_measure(cx, in, link));
    for (size_t t = 0; t < in->n_to; t++) first[t + 1] += first[t];
    *x = (struct wijk_crosswalk){.level = in->level,
                                 .from_year = in->from_year,
                                 .to_year = in->to_year,
                                 .method = in->method,
                                 .n_from = in->n_from,
                                 .n_to = in->n_to,
                                 .n = in->n,
                                 .link = link,
                                 .first = first,
                                 .covered_from = ones(cx, in->covered_from, in->n_from),
                                 .covered_to = ones(cx, in->covered_to, in->n_to),
                                 .size = sizes(cx, in->size, in->n_from),
                                 .moved = moved};
    for (size_t t = 0; t < in->n_to; t++) {
        enum wijk_cross_kind kind =
            first[t] < first[t + 1] ? kind_of(x, in, links_from, t) : WIJK_CROSS_OVERLAY;
        for (size_t i = first[t]; i < first[t + 1]; i++) link[i].kind = kind;
        moved[t] = moved_of(x, t);
    }
    *out = x;
    return WIJK_OK;
}

/* ---- one after another ---- */

struct product { /* shares of old areas in the new one at hand */
    double *area, *residents;
    bool *seen;
    uint32_t *from;
    size_t n;
};

static void multiply(const struct wijk_crosswalk *a, const struct wijk_cross_link *second, struct product *p)
{
    for (size_t i = a->first[second->from]; i < a->first[second->from + 1]; i++) {
        const struct wijk_cross_link *l = &a->link[i];
        if (!p->seen[l->from]) {
            p->seen[l->from] = true;
            p->area[l->from] = p->residents[l->from] = 0;
            p->from[p->n++] = l->from;
        }
        p->area[l->from] += l->share_area * second->share_area; /* NAN stays NAN */
        p->residents[l->from] += wijk_cross_share(l) * wijk_cross_share(second);
    }
}

/* What of an area still lies in the last division is no more than its least covered step. */
static void cover(const struct wijk_crosswalk *a, const struct wijk_crosswalk *b, double *from, double *to)
{
    for (size_t i = 0; i < a->n_from; i++) from[i] = a->covered_from[i];
    for (size_t k = 0; k < b->n_to; k++) {
        to[k] = b->covered_to[k];
        for (size_t j = b->first[k]; j < b->first[k + 1]; j++) {
            size_t mid = b->link[j].from;
            to[k] = fmin(to[k], a->covered_to[mid] * b->covered_to[k]);
            for (size_t i = a->first[mid]; i < a->first[mid + 1]; i++) {
                size_t f = a->link[i].from;
                from[f] = fmin(from[f], a->covered_from[f] * b->covered_from[mid]);
            }
        }
    }
}

static bool counts_people(const struct wijk_crosswalk *x)
{
    for (size_t i = 0; i < x->n; i++)
        if (!isnan(x->link[i].share_residents)) return true;
    return false;
}

static enum wijk_cross_method both_methods(enum wijk_cross_method a, enum wijk_cross_method b)
{
    if (a == b || b == WIJK_CROSS_BY_CODES) return a;
    return a == WIJK_CROSS_BY_CODES ? b : WIJK_CROSS_BY_AREA;
}

enum wijk_err wijk_crosswalk_compose(struct wijk_cx *cx, const struct wijk_crosswalk *a,
                                     const struct wijk_crosswalk *b, const struct wijk_crosswalk **out)
{
    if (a->level != b->level || a->to_year != b->from_year || a->n_to != b->n_from)
        return wijk_fail(cx, WIJK_ESHAPE, "Deze omrekeningen sluiten niet op elkaar aan.");
    struct product p = {WIJK_NEW(cx, double, a->n_from), WIJK_NEW(cx, double, a->n_from),
                        WIJK_NEW(cx, bool, a->n_from), WIJK_NEW(cx, uint32_t, a->n_from), 0};
    double *from = WIJK_NEW(cx, double, a->n_from), *to = WIJK_NEW(cx, double, b->n_to);
    struct wijk_cross_link *link = NULL;
    size_t n = 0, cap = 0;
    bool people = counts_people(a) || counts_people(b);
    for (size_t k = 0; k < b->n_to; k++) {
        p.n = 0;
        for (size_t j = b->first[k]; j < b->first[k + 1]; j++) multiply(a, &b->link[j], &p);
        for (size_t i = 0; i < p.n; i++) {
            uint32_t f = p.from[i];
            p.seen[f] = false;
            if (!(p.residents[f] > 0) && !(p.area[f] > 0)) continue;
            link = wijk_grow(cx, link, n, &cap, sizeof *link);
            double area = p.area[f] > 1 ? 1 : p.area[f]; /* NAN stays NAN */
            link[n++] =
                (struct wijk_cross_link){f, (uint32_t)k, area, people ? fmin(p.residents[f], 1) : NAN, 0};
        }
    }
    cover(a, b, from, to);
    return wijk_crosswalk_of(cx,
                             &(struct wijk_crosswalk_in){.level = a->level,
                                                         .from_year = a->from_year,
                                                         .to_year = b->to_year,
                                                         .method = both_methods(a->method, b->method),
                                                         .n_from = a->n_from,
                                                         .n_to = b->n_to,
                                                         .n = n,
                                                         .link = link,
                                                         .covered_from = from,
                                                         .covered_to = to,
                                                         .size = a->size},
                             out);
}

/* ---- figures ---- */

static enum wijk_status status_at(const struct wijk_cross_figures *f, size_t from)
{
    return from < f->n ? (enum wijk_status)f->status[from] : WIJK_STATUS_MISSING;
}

/* Adds up what an area is made of, one input at a time. */
struct mix {
    double value, weight, known, low, high; /* weight of all inputs; of those with a value */
    size_t n, valued, not_applicable;
    bool hidden, unknown_weight;
};

static void add_input(struct mix *m, enum wijk_status status, double value, double weight)
{
    if (weight == 0) return; /* nobody came along */
    m->n++;
    if (isnan(weight)) m->unknown_weight = true;
    m->weight += weight;
    if (status == WIJK_STATUS_SUPPRESSED) m->hidden = true;
    m->not_applicable += status == WIJK_STATUS_NOT_APPLICABLE;
    if (!wijk_status_valued(status)) return;
    m->known += weight;
    m->low = m->valued ? fmin(m->low, value) : value;
    m->high = m->valued ? fmax(m->high, value) : value;
    m->value = m->valued++ ? m->value + (value - m->value) * (weight / m->known) : value;
}

static struct wijk_cross_value no_value(enum wijk_status status, double moved)
{
    return (struct wijk_cross_value){NAN, status, moved, 0};
}

static struct wijk_cross_value summed(const struct wijk_crosswalk *x, const struct wijk_cross_figures *f,
                                      size_t to, double least)
{
    double sum = 0, moved = x->moved[to];
    size_t n = 0, valued = 0, never = 0;
    for (size_t i = x->first[to]; i < x->first[to + 1]; i++) {
        if (!(wijk_cross_share(&x->link[i]) > 0)) continue; /* nobody came along */
        n++;
        enum wijk_status status = status_at(f, x->link[i].from);
        if (status == WIJK_STATUS_SUPPRESSED) return no_value(status, moved);
        never += status == WIJK_STATUS_NOT_APPLICABLE;
        if (!wijk_status_valued(status)) continue;
        valued++;
        sum += wijk_cross_share(&x->link[i]) * f->value[x->link[i].from];
    }
    if (n && never == n) return no_value(WIJK_STATUS_NOT_APPLICABLE, moved);
    if (!n || valued < n || x->covered_to[to] < least) return no_value(WIJK_STATUS_MISSING, moved);
    return (struct wijk_cross_value){sum, WIJK_STATUS_ESTIMATED, moved, 1};
}

static struct wijk_cross_value averaged(const struct wijk_crosswalk *x, const struct wijk_cross_figures *f,
                                        size_t to, double least)
{
    struct mix m = {0};
    double moved = x->moved[to];
    size_t first = x->first[to], end = x->first[to + 1];
    for (size_t i = first; i < end; i++) {
        size_t from = x->link[i].from;
        double people = f->residents ? f->residents[from] : NAN;
        /* one source: its figure holds for each part of it, however many live there */
        double weight = end - first == 1 ? 1 : wijk_cross_share(&x->link[i]) * people;
        add_input(&m, status_at(f, from), from < f->n ? f->value[from] : NAN, weight);
    }
    if (m.hidden) return no_value(WIJK_STATUS_SUPPRESSED, moved);
    if (m.n && m.not_applicable == m.n) return no_value(WIJK_STATUS_NOT_APPLICABLE, moved);
    bool enough = m.valued && !m.unknown_weight && m.known >= least * m.weight;
    if (!enough || x->covered_to[to] < least) return no_value(WIJK_STATUS_MISSING, moved);
    double mean = fmin(fmax(m.value, m.low), m.high);
    return (struct wijk_cross_value){mean, WIJK_STATUS_ESTIMATED, moved, m.known / m.weight};
}

struct wijk_cross_value wijk_crosswalk_value(const struct wijk_crosswalk *x,
                                             const struct wijk_cross_figures *f, size_t to)
{
    size_t first = x->first[to], end = x->first[to + 1];
    if (first == end) return no_value(WIJK_STATUS_MISSING, NAN);
    const struct wijk_cross_link *l = &x->link[first];
    if (unchanged(l->kind)) {
        enum wijk_status status = status_at(f, l->from);
        bool valued = wijk_status_valued(status);
        return (struct wijk_cross_value){valued ? f->value[l->from] : NAN, status, 0, valued};
    }
    double least = f->min_known > 0 ? f->min_known : MIN_KNOWN;
    if (f->how == WIJK_AGGREGATE_SUM) return summed(x, f, to, least);
    if (f->how == WIJK_AGGREGATE_RESIDENTS) return averaged(x, f, to, least);
    return no_value(WIJK_STATUS_MISSING, x->moved[to]);
}

void wijk_crosswalk_convert(const struct wijk_crosswalk *x, const struct wijk_cross_figures *f, double *value,
                            uint8_t *status)
{
    for (size_t t = 0; t < x->n_to; t++) {
        struct wijk_cross_value v = wijk_crosswalk_value(x, f, t);
        value[t] = v.value;
        status[t] = (uint8_t)v.status;
    }
}
