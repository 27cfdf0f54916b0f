/* SPDX-License-Identifier: EUPL-1.2 */
/* Recipe: the 100 m cells inside one buurt or wijk with their newest score. */
#include "flow/flow_int.h"

#include <math.h>
#include <string.h>

/* The newest division of cells that has scores of the method (NULL: of any), and its newest scores. */
static const struct wijk_scores *newest(const struct wijk_snapshot *s, const struct wijk_method *m,
                                        const struct wijk_snapshot_division **of)
{
    for (size_t i = 0; i < s->n_division; i++) {
        const struct wijk_snapshot_division *d = &s->division[i];
        const struct wijk_scores *best = NULL;
        if (d->areas.level != WIJK_LEVEL_RASTER) continue;
        for (size_t k = 0; k < d->n_scores; k++) {
            if (m && d->scores[k]->method != m) continue;
            if (!best || wijk_period_key(d->scores[k]->period) >= wijk_period_key(best->period))
                best = d->scores[k];
        }
        if (best) return *of = d, best;
    }
    return NULL;
}

/* By the buurt that its source says a cell is of, when that is of the same division; else by its middle. */
static bool lies_in(const struct wijk_profile *p, const struct wijk_snapshot_division *d, size_t cell)
{
    const struct wijk_area *a = &d->areas.v[cell];
    char wijk[WIJK_CODE_MAX];
    if (a->parent && *a->parent && d->areas.division_year == p->division->areas.division_year)
        return strcmp(a->parent, p->self->code) == 0 ||
               (p->division->areas.level == WIJK_LEVEL_WIJK && wijk_code_parent(a->parent, wijk) &&
                strcmp(wijk, p->self->code) == 0);
    if (!p->self->geom || !d->area_rd || !p->division->area_rd) return false;
    const struct wijk_box b = d->area_rd[cell], all = p->division->area_rd[p->area];
    const struct wijk_xy middle = {(b.min_x + b.max_x) / 2, (b.min_y + b.max_y) / 2};
    return b.min_x <= b.max_x && middle.x >= all.min_x && middle.x <= all.max_x && middle.y >= all.min_y &&
           middle.y <= all.max_y && wijk_geom_contains(p->self->geom, middle);
}

/* Why a cell has no class. */
static enum wijk_status status_of(const struct wijk_scores *s, const struct wijk_series *total, size_t cell)
{
    const bool known = !isnan(s->total[cell]) || s->class_[cell];
    const enum wijk_status said =
        total && cell < total->n ? (enum wijk_status)total->status[cell] : WIJK_STATUS_MISSING;
    if (!known) return wijk_status_valued(said) ? WIJK_STATUS_MISSING : said;
    return said == WIJK_STATUS_PROVISIONAL || said == WIJK_STATUS_ESTIMATED ? said : WIJK_STATUS_OK;
}

static struct wijk_scores *picked(struct wijk_cx *cx, const struct wijk_scores *s, const size_t *cell,
                                  size_t n)
{
    struct wijk_scores *one = WIJK_NEW(cx, struct wijk_scores, 1);
    *one = *s;
    one->n = n;
    one->total = WIJK_NEW(cx, double, n);
    one->class_ = WIJK_NEW(cx, uint8_t, n);
    one->class_origin = WIJK_NEW(cx, uint8_t, n);
    one->score = NULL, one->flag = NULL, one->covered = NULL;
    for (size_t d = 0; d < WIJK_DIMENSIONS_MAX; d++) one->dimension[d] = NULL;
    for (size_t i = 0; i < n; i++) {
        one->total[i] = s->total[cell[i]];
        one->class_[i] = s->class_[cell[i]];
        one->class_origin[i] = s->class_origin[cell[i]];
    }
    return one;
}

enum wijk_err wijk_flow_cells(struct wijk_cx *cx, const struct wijk_snapshot *s, const struct wijk_profile *p,
                              const char *method, const struct wijk_cells **out)
{
    const struct wijk_method *m = method ? wijk_defs_method(s->defs, method) : NULL;
    const enum wijk_level level = p->division->areas.level;
    if (method && !m) return wijk_fail(cx, WIJK_ENOTFOUND, "De methode %s bestaat niet.", method);
    if (level != WIJK_LEVEL_BUURT && level != WIJK_LEVEL_WIJK)
        return wijk_fail(cx, WIJK_EDATA, "Vakken van 100 meter zijn er voor een buurt of een wijk.");
    struct wijk_cells *c = WIJK_NEW(cx, struct wijk_cells, 1);
    const struct wijk_scores *scores = newest(s, m, &c->division);
    *out = c;
    if (!scores) return WIJK_OK;
    size_t *cell = WIJK_NEW(cx, size_t, c->division->areas.n);
    for (size_t i = 0; i < c->division->areas.n && i < scores->n; i++)
        if (lies_in(p, c->division, i)) cell[c->n++] = i;
    const struct wijk_series *total =
        wijk_snapshot_series(s, scores->method->total, scores->level, scores->division_year, scores->period);
    uint8_t *status = WIJK_NEW(cx, uint8_t, c->n);
    for (size_t i = 0; i < c->n; i++) status[i] = (uint8_t)status_of(scores, total, cell[i]);
    c->cell = cell;
    c->status = status;
    c->scores = picked(cx, scores, cell, c->n);
    return WIJK_OK;
}
