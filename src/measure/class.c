/* SPDX-License-Identifier: EUPL-1.2 */
/* From a deviation to a class of 1 to 9 and back: docs/methods/klassen.md. */
#include "measure/measure.h"

#include <math.h>
#include <string.h>

int wijk_class_of(const struct wijk_class_limits *limits, double deviation)
{
    if (isnan(deviation)) return 0;
    int passed = 0;
    while (passed < WIJK_CLASSES - 1 && limits->limit[passed] < deviation) passed++;
    return passed + 1;
}

const struct wijk_class_limits *wijk_class_limits_of(const struct wijk_method *m, const char *release)
{
    for (size_t i = 0; i < m->n_limits; i++)
        if (strcmp(m->limits[i].release, release) == 0) return &m->limits[i];
    return NULL;
}

void wijk_class_limits_seen(const double *deviation, const uint8_t *class_, size_t n,
                            double below[WIJK_CLASSES - 1], double above[WIJK_CLASSES - 1])
{
    double least[WIJK_CLASSES], most[WIJK_CLASSES];
    for (size_t k = 0; k < WIJK_CLASSES; k++) least[k] = most[k] = NAN;
    for (size_t i = 0; i < n; i++) {
        if (class_[i] < 1 || class_[i] > WIJK_CLASSES || isnan(deviation[i])) continue;
        size_t k = (size_t)class_[i] - 1;
        least[k] = fmin(least[k], deviation[i]); /* fmin and fmax pass over NAN */
        most[k] = fmax(most[k], deviation[i]);
    }
    for (size_t k = 0; k < WIJK_CLASSES - 1; k++) {
        below[k] = most[k];
        above[k] = least[k + 1];
    }
}
