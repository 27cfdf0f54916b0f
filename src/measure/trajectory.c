/* SPDX-License-Identifier: EUPL-1.2 */
/* The four types of RIGO (Kwetsbare wijken in beeld, 2017) for areas with two or more measurements, with
 * every limit from the rules: defs/trajectories/, docs/methods/verlopen.md. */
#include "measure/measure.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *id, *label, *why;
} TYPE[] = {
#define X(name, id, label, why) {id, label, why},
    WIJK_TRAJECTORIES(X)
#undef X
};

const char *wijk_trajectory_id(enum wijk_trajectory_type t)
{
    return TYPE[t].id;
}

const char *wijk_trajectory_label(enum wijk_trajectory_type t)
{
    return TYPE[t].label;
}

const char *wijk_trajectory_why(enum wijk_trajectory_type t)
{
    return TYPE[t].why;
}

double wijk_trajectory_sd(const struct wijk_trajectory_rules *r, const char *method)
{
    for (size_t k = 0; k < r->n_scale; k++)
        if (strcmp(r->scale[k].method, method) == 0) return r->scale[k].sd;
    return NAN;
}

enum { AVERAGE_CLASS = 6 }; /* holds a total of 0 */

/* The figures of one area that the rules look at. */
struct view {
    double base, recent, now;
    int class_base, class_recent, class_now;
};

static int class_at(const struct wijk_trajectory_in *in, size_t at)
{
    if (in->class_) return in->class_[at];
    return in->limits ? wijk_class_of(in->limits, in->total[at]) : 0;
}

static struct view view_of(const struct wijk_trajectory_in *in, size_t area)
{
    size_t row = area * in->n_period;
    return (struct view){in->total[row + in->base],      in->total[row + in->recent],
                         in->total[row + in->now],       class_at(in, row + in->base),
                         class_at(in, row + in->recent), class_at(in, row + in->now)};
}

/* How far something moved: 1 a step up or more, -1 a step down or more, 0 less; 2 not known. */
static int moved(const struct wijk_trajectory_rules *r, double change, double step, int from, int to)
{
    if (!isnan(change)) return change >= step ? 1 : change <= -step ? -1 : 0;
    if (!from || !to) return 2;
    return to - from >= r->class_steps ? 1 : from - to >= r->class_steps ? -1 : 0;
}

static bool below_average(const struct view *v)
{
    return isnan(v->now) ? v->class_now <= AVERAGE_CLASS : v->now < 0;
}

static bool not_up(const struct wijk_trajectory_in *in, const struct view *v)
{
    double change = v->now - v->recent;
    return isnan(change) ? v->class_now <= v->class_recent : change <= in->rules->flat_sd * in->sd;
}

static enum wijk_trajectory_type type_of(const struct wijk_trajectory_in *in, const struct view *v)
{
    const struct wijk_trajectory_rules *r = in->rules;
    int since_base = moved(r, v->now - v->base, r->improved_sd * in->sd, v->class_base, v->class_now);
    int lately = moved(r, v->now - v->recent, r->worse_sd * in->sd, v->class_recent, v->class_now);
    if (!v->class_now || since_base == 2 || lately == 2) return WIJK_TRAJECTORY_NONE;
    bool good = v->class_now >= r->good_from_class;
    if (lately < 0) return WIJK_TRAJECTORY_RELAPSE;
    if (since_base == 1 && v->class_base && v->class_base <= r->start_to_class)
        return good ? WIJK_TRAJECTORY_SUCCESS : WIJK_TRAJECTORY_STEADY_RECOVERY;
    if (good && below_average(v) && not_up(in, v)) return WIJK_TRAJECTORY_EARLY_SIGNAL;
    return WIJK_TRAJECTORY_OTHER;
}

/* Is the type the same when the last figure is `by` higher or lower? */
static bool stays(const struct wijk_trajectory_in *in, const struct view *v, enum wijk_trajectory_type type,
                  double by)
{
    struct view other = *v;
    other.now += by;
    if (in->limits && !isnan(other.now)) other.class_now = wijk_class_of(in->limits, other.now);
    return type_of(in, &other) == type;
}

static enum wijk_lack lack_of(const struct wijk_trajectory_in *in, size_t area)
{
    const size_t at[] = {in->now, in->recent, in->base};
    for (size_t k = 0; in->lack && k < sizeof at / sizeof *at; k++) {
        enum wijk_lack lack = in->lack[area * in->n_period + at[k]];
        if (lack != WIJK_LACK_NONE) return lack;
    }
    return WIJK_LACK_NO_VALUE;
}

static int development_of(const struct wijk_trajectory_in *in, double change)
{
    int k = 1;
    if (isnan(change)) return 0;
    while (k < WIJK_CLASSES && change > in->rules->development_sd[k - 1] * in->sd) k++;
    return k;
}

static struct wijk_trajectory one(const struct wijk_trajectory_in *in, size_t area)
{
    /* Two figures differ by chance as much as sqrt(2) times one; 1.96 leaves 5% outside. */
    double by = 1.959963984540054 * M_SQRT2 * in->noise;
    struct view v = view_of(in, area);
    struct wijk_trajectory t = {.type = type_of(in, &v),
                                .change = v.now - v.base,
                                .recent = v.now - v.recent,
                                .class_from = v.class_base,
                                .class_now = v.class_now};
    if (t.type == WIJK_TRAJECTORY_NONE) {
        t.lack = lack_of(in, area);
        t.change = t.recent = NAN;
        t.class_from = t.class_now = 0;
        return t;
    }
    if (v.class_base && v.class_now) t.steps = v.class_now - v.class_base;
    if (v.class_recent && v.class_now) t.recent_steps = v.class_now - v.class_recent;
    t.by_class = isnan(t.change);
    t.recent_by_class = isnan(t.recent);
    t.development = development_of(in, t.change);
    t.sure = !isnan(in->noise) && !t.by_class && !t.recent_by_class && stays(in, &v, t.type, by) &&
             stays(in, &v, t.type, -by);
    return t;
}

enum wijk_err wijk_trajectory_of(struct wijk_cx *cx, const struct wijk_trajectory_in *in,
                                 struct wijk_trajectory *out)
{
    if (!(in->base < in->now) || !(in->recent < in->now) || in->now >= in->n_period)
        return wijk_fail(cx, WIJK_ESHAPE, "Een verloop gaat van een eerder jaar naar een later jaar.");
    if (!(in->sd > 0))
        return wijk_fail(cx, WIJK_EDATA, "Het recept %s heeft geen schaal voor deze methode.", in->rules->id);
    for (size_t i = 0; i < in->n_area; i++) out[i] = one(in, i);
    return WIJK_OK;
}

const struct wijk_transition *wijk_transition_of(struct wijk_cx *cx, const uint8_t *from, const uint8_t *to,
                                                 const double *weight, size_t n, size_t n_kind)
{
    struct wijk_transition *t = WIJK_NEW(cx, struct wijk_transition, 1);
    uint32_t *count = WIJK_NEW(cx, uint32_t, n_kind * n_kind);
    double *sum = WIJK_NEW(cx, double, n_kind *n_kind);
    t->n_kind = n_kind;
    for (size_t i = 0; i < n; i++) {
        if (!from[i] || !to[i] || from[i] > n_kind || to[i] > n_kind) {
            t->n_left_out++;
            continue;
        }
        size_t at = (size_t)(from[i] - 1) * n_kind + (size_t)(to[i] - 1);
        t->n++;
        count[at]++;
        if (!weight || weight[i] > 0) sum[at] += weight ? weight[i] : 1;
    }
    t->count = count;
    t->weight = sum;
    return t;
}
