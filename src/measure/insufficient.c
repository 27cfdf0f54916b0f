/* SPDX-License-Identifier: EUPL-1.2 */
/* Residents where livability is insufficient: class 1 to 3, counted by the smallest parts that are known
 * (docs/methods/onvoldoende.md). */
#include "measure/measure.h"

#include <math.h>

static const double MARGIN = 0.02;

static bool told(double people)
{
    return people >= 0 && !isinf(people); /* NAN is not */
}

/* What one part adds to its group. */
static void add(const struct wijk_insufficient_in *in, const struct wijk_insufficient *s, size_t i)
{
    size_t g = in->group[i];
    double people = in->residents[i], margin = in->margin > 0 ? in->margin : MARGIN;
    s->residents[g] += people;
    if (!in->class_[i]) {
        s->high[g] += people;
        return;
    }
    bool below = in->class_[i] <= WIJK_INSUFFICIENT_CLASS;
    double x = in->deviation ? in->deviation[i] : (double)NAN;
    bool near_limit = !isnan(x) && !isnan(in->limit) && fabs(x - in->limit) <= margin;
    s->known[g] += people;
    if (below) s->people[g] += people;
    if (below && !near_limit) s->low[g] += people;
    if (below || near_limit) s->high[g] += people;
}

enum wijk_err wijk_insufficient_of(struct wijk_cx *cx, const struct wijk_insufficient_in *in,
                                   const struct wijk_insufficient **out)
{
    struct wijk_insufficient *s = WIJK_NEW(cx, struct wijk_insufficient, 1);
    double **const part[] = {&s->residents, &s->known, &s->people, &s->share, &s->low, &s->high};
    s->n = in->n_group;
    for (size_t k = 0; k < sizeof part / sizeof *part; k++) *part[k] = WIJK_NEW(cx, double, s->n);
    s->lack = WIJK_NEW(cx, uint8_t, s->n);
    for (size_t i = 0; i < in->n; i++) {
        if (in->class_[i] > WIJK_CLASSES)
            return wijk_fail(cx, WIJK_EDATA, "Klasse %u bestaat niet.", in->class_[i]);
        if (in->residents[i] < 0)
            return wijk_fail(cx, WIJK_EDATA, "Een aantal inwoners kan niet onder nul zijn.");
        if (in->group[i] < s->n && told(in->residents[i])) add(in, s, i);
    }
    for (size_t g = 0; g < s->n; g++) {
        s->lack[g] = !(s->residents[g] > 0) ? WIJK_LACK_FEW_RESIDENTS
                     : !(s->known[g] > 0)   ? WIJK_LACK_NO_VALUE
                                            : WIJK_LACK_NONE;
        s->share[g] = s->people[g] / s->known[g];
        if (s->lack[g] != WIJK_LACK_NONE) s->people[g] = s->share[g] = s->low[g] = s->high[g] = NAN;
    }
    *out = s;
    return WIJK_OK;
}

void wijk_insufficient_count(const struct wijk_insufficient *s, const size_t *whole, size_t n_whole,
                             size_t *count)
{
    for (size_t w = 0; w < n_whole; w++) count[w] = 0;
    for (size_t g = 0; g < s->n; g++)
        if (whole[g] < n_whole && s->people[g] >= WIJK_INSUFFICIENT_RESIDENTS) count[whole[g]]++;
}
