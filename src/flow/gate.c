/* SPDX-License-Identifier: EUPL-1.2 */
/* Every series through the disclosure gate, once, when a snapshot is made. What comes out is all there is to
 * read afterwards: the true vectors are not kept. Open statistics pass as they are, without being copied.
 *
 * Indicators that are parts of one total, all periods, and buurten, wijken and gemeenten of one division make
 * one table, so that what is hidden in one place is not told by another. Of a figure that was delivered twice
 * (a newer release, or an older division of areas) only the newest goes out: two rounded versions of one
 * count say more than one. */
#include "flow/flow_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PLACE_LEVELS = 3 };

struct gate {
    struct wijk_cx *cx;
    const struct wijk__gate_in *in;
    struct wijk_series *out;
    bool *done;                        /* by series                                 */
    struct wijk_disclosure_rule *rule; /* by indicator of defs                      */
    size_t *first, *end;               /* series of an indicator of defs, by place  */
    size_t *top;                       /* the total an indicator is a part of, at last */
};
/* The areas of one table: a level by itself, or buurt, wijk and gemeente of one division. */
struct place {
    size_t n_level, n_area;
    const struct wijk__layer *layer[PLACE_LEVELS];
    size_t offset[PLACE_LEVELS];
    size_t *parent;
};
/* One table: which series gives which kind, period and level; SIZE_MAX none. */
struct sheet {
    size_t n_kind, n_period;
    const size_t *kind; /* indicators of defs */
    struct wijk_period *period;
    size_t *kind_total, *period_total;
    size_t *series; /* (kind x n_period + period) x PLACE_LEVELS + level */
};

static bool given(const char *id)
{
    return id && *id;
}

static size_t indicator_at(const struct gate *g, const char *id)
{
    const struct wijk_indicator *i = given(id) ? wijk_defs_indicator(g->in->defs, id) : NULL;
    return i ? (size_t)(i - g->in->defs->indicator) : SIZE_MAX;
}

/* ---- rules ---- */

/* The indicator's own rule, and that of every source its cells came from. */
static struct wijk_disclosure_rule rule_of(const struct gate *g, size_t i)
{
    const struct wijk_indicator *ind = &g->in->defs->indicator[i];
    struct wijk_disclosure_rule rule =
        wijk_disclosure_rule(given(ind->disclosure) ? ind->disclosure : "open", ind->min_base);
    for (size_t l = 0; l < g->in->n_load; l++) {
        const char *word =
            wijk_source_disclosure(wijk_defs_source(g->in->defs, g->in->load[l].source), ind->id);
        if (strcmp(word, "open") == 0) continue;
        bool used = false;
        for (size_t s = g->first[i]; s < g->end[i] && !used; s++) {
            const struct wijk_series *v = &g->in->series[s];
            for (size_t a = 0; v->load && a < v->n && !used; a++) used = v->load[a] == g->in->load[l].id;
        }
        if (used) rule = wijk_disclosure_both(rule, wijk_disclosure_rule(word, ind->min_base));
    }
    return rule;
}

/* Parts and their total follow one rule, else the open ones would tell the rest. */
static void rules(struct gate *g)
{
    size_t n = g->in->defs->n_indicator;
    for (size_t i = 0; i < n; i++) {
        const struct wijk_indicator *ind = &g->in->defs->indicator[i];
        g->first[i] = wijk__series_first(g->in->series, g->in->n_series, ind->id);
        g->end[i] = g->first[i];
        while (g->end[i] < g->in->n_series && strcmp(g->in->series[g->end[i]].key.indicator, ind->id) == 0)
            g->end[i]++;
        g->rule[i] = rule_of(g, i);
        g->top[i] = i;
        for (size_t up = i, deep = 0; up != SIZE_MAX && deep < 16; deep++) {
            g->top[i] = up;
            up = indicator_at(g, g->in->defs->indicator[up].part_of);
        }
    }
    for (size_t i = 0; i < n; i++)
        if (g->top[i] != i) g->rule[g->top[i]] = wijk_disclosure_both(g->rule[g->top[i]], g->rule[i]);
    for (size_t i = 0; i < n; i++) g->rule[i] = wijk_disclosure_both(g->rule[g->top[i]], g->rule[i]);
}

/* ---- places ---- */

static const struct wijk__layer *layer_of(const struct gate *g, enum wijk_level level, int year)
{
    for (size_t i = 0; i < g->in->n_layer; i++)
        if (g->in->layer[i].areas.level == level && g->in->layer[i].areas.division_year == year)
            return &g->in->layer[i];
    return NULL;
}

/* The area above in this table; over a level that is not there (a store with buurten and a gemeente only) the
 * code tells the gemeente. */
static size_t above_in(const struct place *p, size_t k, size_t a)
{
    const struct wijk__layer *layer = p->layer[k];
    char code[WIJK_CODE_MAX];
    if (k + 1 == p->n_level) return SIZE_MAX;
    const struct wijk__layer *next = p->layer[k + 1], *last = p->layer[p->n_level - 1];
    if (next->areas.level == layer->areas.level + 1 && layer->parent[a] != SIZE_MAX)
        return p->offset[k + 1] + layer->parent[a];
    if (!wijk_code_gemeente(layer->areas.v[a].code, code)) return SIZE_MAX;
    size_t up = wijk_area_find(last->index, code);
    return up == SIZE_MAX ? SIZE_MAX : p->offset[p->n_level - 1] + up;
}

static struct place place_of(const struct gate *g, enum wijk_level level, int year)
{
    struct place p = {0};
    bool nested = level <= WIJK_LEVEL_GEMEENTE;
    for (enum wijk_level l = nested ? WIJK_LEVEL_BUURT : level; l <= (nested ? WIJK_LEVEL_GEMEENTE : level);
         l++) {
        const struct wijk__layer *layer = layer_of(g, l, year);
        if (!layer) continue;
        p.layer[p.n_level] = layer;
        p.offset[p.n_level++] = p.n_area;
        p.n_area += layer->areas.n;
    }
    p.parent = WIJK_NEW(g->cx, size_t, p.n_area);
    for (size_t k = 0; k < p.n_level; k++)
        for (size_t a = 0; a < p.layer[k]->areas.n; a++) p.parent[p.offset[k] + a] = above_in(&p, k, a);
    return p;
}

static size_t level_in(const struct place *p, const struct wijk_series *s)
{
    for (size_t k = 0; k < p->n_level; k++)
        if (p->layer[k]->areas.level == s->key.level &&
            p->layer[k]->areas.division_year == s->key.division_year)
            return k;
    return SIZE_MAX;
}

/* ---- sheets ---- */

static int by_period(const void *a, const void *b)
{
    int32_t x = wijk_period_key(*(const struct wijk_period *)a),
            y = wijk_period_key(*(const struct wijk_period *)b);
    return (x > y) - (x < y);
}

static size_t period_at(const struct sheet *t, struct wijk_period p)
{
    const struct wijk_period *at = bsearch(&p, t->period, t->n_period, sizeof p, by_period);
    return at ? (size_t)(at - t->period) : SIZE_MAX;
}

/* Is there a newer one of this figure: the next release, or another division of areas? */
static bool outdated(const struct gate *g, size_t i, size_t s)
{
    const struct wijk_series_key *k = &g->in->series[s].key;
    for (size_t o = g->first[i]; o < g->end[i]; o++) {
        const struct wijk_series_key *x = &g->in->series[o].key;
        if (x->level != k->level || wijk_period_key(x->period) != wijk_period_key(k->period)) continue;
        if (x->division_year > k->division_year || (x->division_year == k->division_year && o > s))
            return true;
    }
    return false;
}

static void link_periods(struct gate *g, struct sheet *t)
{
    t->period_total = WIJK_NEW(g->cx, size_t, t->n_period);
    for (size_t p = 0; p < t->n_period; p++) {
        struct wijk_period year = {t->period[p].year, 0};
        t->period_total[p] = t->period[p].month ? period_at(t, year) : SIZE_MAX;
    }
}

/* All series of the kinds in a place that are not outdated. */
static struct sheet sheet_of(struct gate *g, const struct place *p, const size_t *kind, size_t n_kind)
{
    struct sheet t = {.n_kind = n_kind, .kind = kind};
    size_t most = 0;
    for (size_t k = 0; k < n_kind; k++) most += g->end[kind[k]] - g->first[kind[k]];
    t.period = WIJK_NEW(g->cx, struct wijk_period, most);
    for (size_t k = 0; k < n_kind; k++)
        for (size_t s = g->first[kind[k]]; s < g->end[kind[k]]; s++)
            if (level_in(p, &g->in->series[s]) != SIZE_MAX)
                t.period[t.n_period++] = g->in->series[s].key.period;
    if (t.n_period) qsort(t.period, t.n_period, sizeof *t.period, by_period);
    size_t n = 0;
    for (size_t i = 0; i < t.n_period; i++)
        if (!n || by_period(&t.period[n - 1], &t.period[i]) != 0) t.period[n++] = t.period[i];
    t.n_period = n;
    link_periods(g, &t);
    t.kind_total = WIJK_NEW(g->cx, size_t, n_kind);
    t.series = WIJK_NEW(g->cx, size_t, n_kind * n * PLACE_LEVELS);
    memset(t.series, 0xff, n_kind * n * PLACE_LEVELS * sizeof *t.series); /* SIZE_MAX */
    for (size_t k = 0; k < n_kind; k++) {
        size_t up = indicator_at(g, g->in->defs->indicator[kind[k]].part_of);
        t.kind_total[k] = SIZE_MAX;
        for (size_t o = 0; o < n_kind; o++)
            if (kind[o] == up) t.kind_total[k] = o;
        for (size_t s = g->first[kind[k]]; s < g->end[kind[k]]; s++) {
            size_t level = level_in(p, &g->in->series[s]);
            if (level == SIZE_MAX || outdated(g, kind[k], s)) continue;
            t.series[(k * n + period_at(&t, g->in->series[s].key.period)) * PLACE_LEVELS + level] = s;
        }
    }
    return t;
}

/* Room for what goes out: vectors of one series, hidden until told otherwise. */
static void open_out(struct gate *g, size_t s)
{
    const struct wijk_series *from = &g->in->series[s];
    double *value = WIJK_NEW(g->cx, double, from->n);
    uint8_t *status = WIJK_NEW(g->cx, uint8_t, from->n);
    uint32_t *row = from->row ? WIJK_NEW(g->cx, uint32_t, from->n) : NULL;
    for (size_t a = 0; a < from->n; a++) {
        bool figure = wijk_status_valued((enum wijk_status)from->status[a]);
        value[a] = NAN;
        status[a] = figure ? (uint8_t)WIJK_STATUS_SUPPRESSED : from->status[a];
        if (row && !figure) row[a] = from->row[a];
    }
    g->out[s].value = value;
    g->out[s].status = status;
    g->out[s].row = row;
    g->done[s] = true;
}

/* The series of an indicator beside another one: same place and period, a month's year where there is no
 * month. */
static size_t beside(const struct gate *g, size_t i, const struct wijk_series_key *key)
{
    size_t found = SIZE_MAX;
    for (size_t s = i == SIZE_MAX ? 0 : g->first[i]; i != SIZE_MAX && s < g->end[i]; s++) {
        const struct wijk_series_key *k = &g->in->series[s].key;
        if (k->level != key->level || k->division_year != key->division_year) continue;
        if (k->period.year != key->period.year || (k->period.month && k->period.month != key->period.month))
            continue;
        found = s; /* years stand before their months, older releases before newer */
    }
    return found;
}

struct cells {
    double *value, *base;
    uint8_t *status, *hide;
    struct wijk_disclosed *out;
};

static void fill(const struct gate *g, const struct sheet *t, size_t slot, size_t at, struct cells *c)
{
    const struct wijk_series *v = &g->in->series[t->series[slot]];
    const struct wijk_indicator *ind = wijk_defs_indicator(g->in->defs, v->key.indicator);
    size_t base = beside(g, indicator_at(g, ind->base), &v->key),
           count = beside(g, indicator_at(g, ind->count_of), &v->key);
    for (size_t a = 0; a < v->n; a++) {
        c->value[at + a] = v->value[a];
        c->status[at + a] = v->status[a];
        if (base != SIZE_MAX && a < g->in->series[base].n) c->base[at + a] = g->in->series[base].value[a];
        if (count != SIZE_MAX && a < g->out[count].n)
            c->hide[at + a] = g->out[count].status[a] == WIJK_STATUS_SUPPRESSED;
    }
}

static void put_back(struct gate *g, size_t s, const struct wijk_disclosed *v)
{
    const struct wijk_series *from = &g->in->series[s];
    double *value = (double *)(uintptr_t)g->out[s].value;
    uint8_t *status = (uint8_t *)(uintptr_t)g->out[s].status;
    uint32_t *row = (uint32_t *)(uintptr_t)g->out[s].row;
    for (size_t a = 0; a < from->n; a++) {
        value[a] = v[a].value;
        status[a] = (uint8_t)v[a].status;
        if (row && v[a].reason == WIJK_SHOWN) row[a] = from->row[a];
    }
}

static enum wijk_err pass_place(struct gate *g, const struct place *p, const struct sheet *t,
                                const struct wijk_disclosure_rule *rule)
{
    size_t n = t->n_kind * t->n_period * p->n_area, slots = t->n_kind * t->n_period * PLACE_LEVELS;
    for (size_t s = 0; s < slots; s++)
        if (t->series[s] != SIZE_MAX) open_out(g, t->series[s]);
    struct wijk_mark here = wijk_cx_mark(g->cx);
    struct cells c = {WIJK_NEW(g->cx, double, n), WIJK_NEW(g->cx, double, n), WIJK_NEW(g->cx, uint8_t, n),
                      WIJK_NEW(g->cx, uint8_t, n), WIJK_NEW(g->cx, struct wijk_disclosed, n)};
    for (size_t i = 0; i < n; i++) c.value[i] = c.base[i] = NAN;
    for (size_t s = 0; s < slots; s++)
        if (t->series[s] != SIZE_MAX)
            fill(g, t, s, s / PLACE_LEVELS * p->n_area + p->offset[s % PLACE_LEVELS], &c);
    struct wijk_disclose_table table = {
        .n_area = p->n_area,
        .n_kind = t->n_kind,
        .n_period = t->n_period,
        .parent = p->parent,
        .kind_total = t->n_kind > 1 ? t->kind_total : NULL,
        .period_total = t->period_total,
        .value = c.value,
        .base = c.base,
        .status = c.status,
        .hide = c.hide,
    };
    WIJK_TRY(wijk_disclose_table(g->cx, rule, &table, c.out));
    for (size_t s = 0; s < slots; s++)
        if (t->series[s] != SIZE_MAX)
            put_back(g, t->series[s], c.out + s / PLACE_LEVELS * p->n_area + p->offset[s % PLACE_LEVELS]);
    wijk_cx_rewind(g->cx, here);
    return WIJK_OK;
}

/* All tables of one family of indicators: one for each place it has figures in. */
static enum wijk_err pass_family(struct gate *g, const size_t *kind, size_t n_kind)
{
    for (size_t k = 0; k < n_kind; k++) {
        for (size_t s = g->first[kind[k]]; s < g->end[kind[k]]; s++) {
            if (g->done[s] || outdated(g, kind[k], s)) continue;
            const struct wijk_series_key *key = &g->in->series[s].key;
            struct place p = place_of(g, key->level, key->division_year);
            struct sheet t = sheet_of(g, &p, kind, n_kind);
            WIJK_TRY(pass_place(g, &p, &t, &g->rule[kind[0]]));
        }
        for (size_t s = g->first[kind[k]]; s < g->end[kind[k]]; s++)
            if (!g->done[s]) open_out(g, s); /* outdated: nothing of it goes out */
    }
    return WIJK_OK;
}

/* Counts first: a share asks whether its count is hidden. */
static enum wijk_err pass_all(struct gate *g, bool counts)
{
    size_t n = g->in->defs->n_indicator, *kind = WIJK_NEW(g->cx, size_t, n);
    for (size_t top = 0; top < n; top++) {
        size_t n_kind = 0;
        if (g->top[top] != top || g->rule[top].kind == WIJK_DISCLOSE_OPEN) continue;
        if ((g->rule[top].kind == WIJK_DISCLOSE_COUNT) != counts) continue;
        for (size_t i = 0; i < n; i++)
            if (g->top[i] == top && g->end[i] > g->first[i]) kind[n_kind++] = i;
        WIJK_TRY(pass_family(g, kind, n_kind));
    }
    return WIJK_OK;
}

/* An indicator that no definition knows has no rule: nothing of it goes out. */
static void hide_unknown(struct gate *g)
{
    const char *last = NULL;
    bool known = false;
    for (size_t s = 0; s < g->in->n_series; s++) {
        const char *id = g->in->series[s].key.indicator;
        if (!last || strcmp(last, id) != 0) known = wijk_defs_indicator(g->in->defs, id) != NULL;
        last = id;
        if (!known) open_out(g, s);
    }
}

enum wijk_err wijk__gate_series(struct wijk_cx *cx, const struct wijk__gate_in *in,
                                const struct wijk_series **out, const double **round_to)
{
    size_t n = in->defs->n_indicator;
    struct gate g = {cx,
                     in,
                     WIJK_NEW(cx, struct wijk_series, in->n_series),
                     WIJK_NEW(cx, bool, in->n_series),
                     WIJK_NEW(cx, struct wijk_disclosure_rule, n),
                     WIJK_NEW(cx, size_t, n),
                     WIJK_NEW(cx, size_t, n),
                     WIJK_NEW(cx, size_t, n)};
    for (size_t s = 0; s < in->n_series; s++) g.out[s] = in->series[s];
    rules(&g);
    hide_unknown(&g);
    WIJK_TRY(pass_all(&g, true));
    WIJK_TRY(pass_all(&g, false));
    double *step = WIJK_NEW(cx, double, n);
    for (size_t i = 0; i < n; i++) step[i] = g.rule[i].kind == WIJK_DISCLOSE_OPEN ? 0 : g.rule[i].round_to;
    *round_to = step;
    *out = g.out;
    return WIJK_OK;
}

/* What another source said of a figure follows the rule of that figure and, like it, that of its own source.
 */
void wijk__gate_others(struct wijk_cx *cx, const struct wijk__gate_in *in, const struct wijk_other *other,
                       size_t n, const struct wijk_other **out)
{
    size_t n_rule = in->defs->n_indicator;
    struct gate g = {.cx = cx,
                     .in = in,
                     .rule = WIJK_NEW(cx, struct wijk_disclosure_rule, n_rule),
                     .first = WIJK_NEW(cx, size_t, n_rule),
                     .end = WIJK_NEW(cx, size_t, n_rule),
                     .top = WIJK_NEW(cx, size_t, n_rule)};
    struct wijk_other *v = WIJK_NEW(cx, struct wijk_other, n);
    if (n) rules(&g);
    for (size_t k = 0; k < n; k++) {
        size_t i = indicator_at(&g, other[k].s.key.indicator);
        const char *word =
            wijk_source_disclosure(wijk_defs_source(in->defs, other[k].source), other[k].s.key.indicator);
        v[k] = other[k];
        if (i != SIZE_MAX && g.rule[i].kind == WIJK_DISCLOSE_OPEN && strcmp(word, "open") == 0) continue;
        struct wijk_series *s = &v[k].s;
        double *value = WIJK_NEW(cx, double, s->n);
        uint8_t *status = WIJK_NEW(cx, uint8_t, s->n);
        for (size_t a = 0; a < s->n; a++) value[a] = NAN, status[a] = WIJK_STATUS_SUPPRESSED;
        s->value = value;
        s->status = status;
        s->row = WIJK_NEW(cx, uint32_t, s->n);
    }
    *out = v;
}

void wijk__gate_residents(struct wijk_cx *cx, const struct wijk_series *before,
                          const struct wijk_series *after, size_t n_series, struct wijk_areas *areas)
{
    const struct wijk_series *newest = NULL;
    bool gated = false;
    for (size_t s = wijk__series_first(after, n_series, "residents");
         s < n_series && strcmp(after[s].key.indicator, "residents") == 0; s++) {
        if (after[s].key.level != areas->level || after[s].key.division_year != areas->division_year)
            continue;
        gated = gated || after[s].value != before[s].value;
        newest = &after[s];
    }
    if (!gated) return;
    struct wijk_area *v = WIJK_NEW(cx, struct wijk_area, areas->n);
    for (size_t a = 0; a < areas->n; a++) {
        v[a] = areas->v[a];
        v[a].residents = a < newest->n ? newest->value[a] : (double)NAN;
    }
    areas->v = v;
}
