/* SPDX-License-Identifier: EUPL-1.2 */
/* Series of one indicator side by side: areas down, periods across. */
#include "domain/domain.h"

#include <math.h>
#include <string.h>

int wijk_release_order(const char *a, const char *b)
{
    bool dated_a = *a >= '0' && *a <= '9', dated_b = *b >= '0' && *b <= '9';
    return dated_a != dated_b ? (int)dated_a - (int)dated_b : strcmp(a, b);
}

static bool same_kind(const struct wijk_series_key *a, const struct wijk_series_key *b)
{
    return strcmp(a->indicator, b->indicator) == 0 && a->level == b->level &&
           a->division_year == b->division_year;
}

/* The place of a period in the increasing list, or where it belongs; *there says which. */
static size_t place_of(const struct wijk_period *period, size_t n, struct wijk_period p, bool *there)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (wijk_period_key(period[mid]) < wijk_period_key(p))
            low = mid + 1;
        else
            high = mid;
    }
    *there = low < n && wijk_period_key(period[low]) == wijk_period_key(p);
    return low;
}

static void lay_column(const struct wijk_series *s, size_t n_area, size_t n_period, size_t p, double *value,
                       uint8_t *status)
{
    for (size_t a = 0; a < n_area; a++) {
        bool has = a < s->n;
        value[a * n_period + p] = has ? s->value[a] : (double)NAN;
        status[a * n_period + p] = has ? s->status[a] : (uint8_t)WIJK_STATUS_MISSING;
    }
}

enum wijk_err wijk_panel_of(struct wijk_cx *cx, const struct wijk_series *const *series, size_t n,
                            size_t n_area, const struct wijk_panel **out)
{
    struct wijk_panel *panel = WIJK_NEW(cx, struct wijk_panel, 1);
    struct wijk_period *period = WIJK_NEW(cx, struct wijk_period, n);
    bool there;
    for (size_t i = 0; i < n; i++) {
        if (!same_kind(&series[i]->key, &series[0]->key))
            return wijk_fail(cx, WIJK_ESHAPE, "De reeksen %s en %s horen niet naast elkaar.",
                             series[0]->key.indicator, series[i]->key.indicator);
        if (series[i]->n > n_area)
            return wijk_fail(cx, WIJK_ESHAPE, "De reeks %s heeft meer gebieden (%zu) dan de indeling (%zu).",
                             series[i]->key.indicator, series[i]->n, n_area);
        size_t at = place_of(period, panel->n_period, series[i]->key.period, &there);
        if (there) continue;
        memmove(period + at + 1, period + at, (panel->n_period - at) * sizeof *period);
        period[at] = series[i]->key.period;
        panel->n_period++;
    }
    double *value = wijk_alloc_n(cx, n_area, panel->n_period * sizeof *value);
    uint8_t *status = wijk_alloc_n(cx, n_area, panel->n_period);
    for (size_t i = 0; i < n; i++) {
        size_t p = place_of(period, panel->n_period, series[i]->key.period, &there);
        lay_column(series[i], n_area, panel->n_period, p, value, status);
    }
    panel->indicator = n ? series[0]->key.indicator : "";
    panel->n_area = n_area;
    panel->period = period;
    panel->value = value;
    panel->status = status;
    *out = panel;
    return WIJK_OK;
}
