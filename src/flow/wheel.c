/* SPDX-License-Identifier: EUPL-1.2 */
/* Recipe: what is measured beside the parts of a score, and how far it lies from what is usual around here.
 */
#include "flow/flow_int.h"

#include <math.h>
#include <string.h>

/* The values of the areas of one gemeente (NULL: of all), packed. */
static size_t known(const struct wijk_snapshot_division *d, const double *v, const char *gemeente,
                    double *out)
{
    size_t n = 0;
    char code[WIJK_CODE_MAX];
    for (size_t i = 0; i < d->areas.n; i++) {
        if (isnan(v[i])) continue;
        if (gemeente && (!wijk_code_gemeente(d->areas.v[i].code, code) || strcmp(code, gemeente) != 0))
            continue;
        out[n++] = v[i];
    }
    return n;
}

static void set_against(struct wijk_cx *cx, const struct wijk_profile *p, struct wijk_wheel_figure *f)
{
    const struct wijk_snapshot_division *d = p->division;
    const double *v = wijk__values_of(cx, f->series, d->areas.n);
    double *some = WIJK_NEW(cx, double, d->areas.n), *work = WIJK_NEW(cx, double, d->areas.n), spread;
    char own[WIJK_CODE_MAX];
    const bool inside = d->areas.level < WIJK_LEVEL_GEMEENTE && wijk_code_gemeente(p->self->code, own);
    f->n = inside ? known(d, v, own, some) : 0;
    if (f->n < WIJK_WHEEL_LEAST) {
        f->n = known(d, v, NULL, some);
        f->all = true;
    }
    f->apart = NAN;
    if (f->n < WIJK_WHEEL_LEAST) return;
    const double middle = wijk_robust(some, f->n, work, &spread);
    if (spread > 0) f->apart = (f->value - middle) / spread;
}

static bool figure_of(struct wijk_cx *cx, const struct wijk_snapshot *s, const struct wijk_profile *p,
                      const char *indicator, struct wijk_wheel_figure *f)
{
    const struct wijk_series *v = wijk__newest_of(p->division, indicator, 0);
    if (!v) return false;
    const bool there = p->area < v->n;
    f->indicator = wijk_defs_indicator(s->defs, indicator);
    f->series = v;
    f->status = there ? (enum wijk_status)v->status[p->area] : WIJK_STATUS_MISSING;
    f->value = there && wijk_status_valued(f->status) ? v->value[p->area] : NAN;
    f->id = wijk_trace_id(cx, &(struct wijk_trace_key){.code = p->self->code,
                                                       .name = indicator,
                                                       .period = v->key.period,
                                                       .division_year = v->key.division_year,
                                                       .release = v->key.release});
    set_against(cx, p, f);
    return true;
}

enum wijk_err wijk_flow_wheel(struct wijk_cx *cx, const struct wijk_snapshot *s, const struct wijk_profile *p,
                              const char *method, struct wijk_wheel *out)
{
    const struct wijk_method *m = method        ? wijk_defs_method(s->defs, method)
                                  : p->n_scores ? p->scores[p->n_scores - 1]->method
                                                : NULL;
    if (method && !m) return wijk_fail(cx, WIJK_ENOTFOUND, "De methode %s bestaat niet.", method);
    struct wijk_wheel_figure *f =
        WIJK_NEW(cx, struct wijk_wheel_figure, (size_t)WIJK_DIMENSIONS_MAX * (size_t)WIJK_BESIDE_MAX);
    *out = (struct wijk_wheel){.method = m, .figure = f};
    for (size_t k = 0; m && k < m->n_dimension; k++)
        for (size_t i = 0; i < m->dimension[k].n_beside; i++) {
            f[out->n] = (struct wijk_wheel_figure){.dimension = k};
            if (figure_of(cx, s, p, m->dimension[k].beside[i], &f[out->n])) out->n++;
        }
    return WIJK_OK;
}
