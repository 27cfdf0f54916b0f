/* SPDX-License-Identifier: EUPL-1.2 */
/* The cells of a file laid over what the store has. Of two sources that tell one figure differently the one
 * that goes before is shown (`precedence` of its definition; of equals the one loaded last) and the other is
 * kept beside it; how often that happened is told with the load. Nothing delivered never takes the place of a
 * figure of another source. */
#include "flow/flow_int.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { TOLD_MOST = 500, ASIDE_MOST = 64 };
enum way { WON, NEWER, LOST, CORRECTED };
struct told {
    const struct wijk_indicator *indicator;
    const char *source;
    enum way way;
    size_t n;
    char code[WIJK_CODE_MAX]; /* the first one */
    struct wijk_period period;
};
struct wijk__lay {
    const struct wijk_defs *defs;
    const struct wijk_load *load; /* those before this one */
    size_t n_load;
    const char *source;
    int precedence, *rank; /* rank: by load */
    bool *own;             /* by load: of this source */
    size_t n_told, untold;
    struct told told[TOLD_MOST];
};

/* Vectors under work, in area order. */
struct cells {
    size_t n;
    double *value;
    uint8_t *status;
    uint32_t *row, *load;
};
struct aside {
    const char *source;
    struct cells c;
    bool changed;
};
struct over {
    struct wijk_cx *cx;
    struct wijk__lay *lay;
    const struct wijk__lay_in *in;
    struct cells shown;
    size_t n_aside;
    struct aside aside[ASIDE_MOST];
};

static int rank_of(const struct wijk_defs *defs, const char *source)
{
    const struct wijk_source *s = wijk_defs_source(defs, source);
    return s ? s->precedence : WIJK_PRECEDENCE;
}

enum wijk_err wijk__lay_open(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_defs *defs,
                             const char *source, struct wijk__lay **out)
{
    struct wijk__lay *l = WIJK_NEW(cx, struct wijk__lay, 1);
    l->defs = defs;
    l->source = source;
    l->precedence = rank_of(defs, source);
    WIJK_TRY(wijk_store_read_loads(cx, store, &l->load, &l->n_load));
    l->rank = WIJK_NEW(cx, int, l->n_load);
    l->own = WIJK_NEW(cx, bool, l->n_load);
    for (size_t i = 0; i < l->n_load; i++) {
        l->rank[i] = rank_of(defs, l->load[i].source);
        l->own[i] = strcmp(l->load[i].source, source) == 0;
    }
    *out = l;
    return WIJK_OK;
}

/* ---- vectors ---- */

static struct cells spread(struct wijk_cx *cx, size_t n, const struct wijk_series *from)
{
    struct cells c = {n, WIJK_NEW(cx, double, n), WIJK_NEW(cx, uint8_t, n), WIJK_NEW(cx, uint32_t, n),
                      WIJK_NEW(cx, uint32_t, n)};
    for (size_t i = 0; i < n; i++) {
        bool had = from && i < from->n;
        c.value[i] = had ? from->value[i] : NAN;
        c.status[i] = had ? from->status[i] : WIJK_STATUS_MISSING;
        c.row[i] = had && from->row ? from->row[i] : 0;
        c.load[i] = had && from->load ? from->load[i] : 0;
    }
    return c;
}

static struct wijk_series series_of(const struct wijk_series_key *key, const struct cells *c)
{
    return (struct wijk_series){*key, c->n, c->value, c->status, c->row, c->load};
}

static void put(struct cells *c, size_t at, const struct cells *from, size_t i)
{
    c->value[at] = from->value[i];
    c->status[at] = from->status[i];
    c->row[at] = from->row[i];
    c->load[at] = from->load[i];
}

static void clear(struct aside *a, size_t at)
{
    if (!a->c.load[at]) return;
    a->c.value[at] = NAN;
    a->c.status[at] = WIJK_STATUS_MISSING;
    a->c.row[at] = a->c.load[at] = 0;
    a->changed = true;
}

/* The same to a reader: what factors of a definition leave behind the last digit is no difference. */
static bool alike(const struct cells *a, size_t i, const struct cells *b, size_t k)
{
    if (a->status[i] != b->status[k]) return false;
    if (isnan(a->value[i])) return true;
    return fabs(a->value[i] - b->value[k]) <= 1e-9 * fmax(1, fabs(a->value[i]));
}

/* ---- what stands aside ---- */

/* What a source has aside; NULL when that is nothing and it may not begin. */
static struct aside *aside_of(struct over *o, const char *source, bool begin)
{
    for (size_t k = 0; k < o->n_aside; k++)
        if (strcmp(o->aside[k].source, source) == 0) return &o->aside[k];
    if (!begin || o->n_aside == ASIDE_MOST) return NULL;
    o->aside[o->n_aside] = (struct aside){source, spread(o->cx, o->shown.n, NULL), false};
    return &o->aside[o->n_aside++];
}

static void put_aside(struct over *o, const char *source, size_t at, const struct cells *from, size_t i)
{
    struct aside *a = aside_of(o, source, true);
    if (!a) return;
    put(&a->c, at, from, i);
    a->changed = true;
}

/* A source took its figure back: the best of what stands aside is shown. */
static void promote(struct over *o, size_t at)
{
    struct aside *best = NULL;
    for (size_t k = 0; k < o->n_aside; k++) {
        struct aside *a = &o->aside[k];
        if (!a->c.load[at]) continue;
        int more = best ? rank_of(o->lay->defs, a->source) - rank_of(o->lay->defs, best->source) : 1;
        if (more > 0 || (more == 0 && a->c.load[at] > best->c.load[at])) best = a;
    }
    if (!best) return;
    put(&o->shown, at, &best->c, at);
    clear(best, at);
}

/* ---- one cell ---- */

static void tell(struct over *o, const char *source, enum way way, size_t i)
{
    struct wijk__lay *l = o->lay;
    const struct wijk_indicator *indicator = wijk_defs_indicator(l->defs, o->in->s->key.indicator);
    for (size_t k = 0; k < l->n_told; k++) {
        struct told *t = &l->told[k];
        if (t->indicator != indicator || t->way != way || strcmp(t->source, source) != 0) continue;
        t->n++;
        return;
    }
    if (l->n_told == TOLD_MOST || !indicator) {
        l->untold++;
        return;
    }
    struct told *t = &l->told[l->n_told++];
    *t = (struct told){
        .indicator = indicator, .source = source, .way = way, .n = 1, .period = o->in->s->key.period};
    snprintf(t->code, sizeof t->code, "%s", o->in->areas->v[i].code);
}

static void take(struct over *o, const struct cells *file, size_t i, size_t at)
{
    put(&o->shown, at, file, i);
    for (size_t k = 0; k < o->n_aside; k++)
        if (strcmp(o->aside[k].source, o->lay->source) == 0 || alike(&o->aside[k].c, at, file, i))
            clear(&o->aside[k], at);
    if (o->shown.status[at] == WIJK_STATUS_MISSING) promote(o, at);
}

static void lay_cell(struct over *o, const struct cells *file, size_t i, size_t at)
{
    struct wijk__lay *l = o->lay;
    uint32_t load = o->shown.load[at];
    bool known = load && load <= l->n_load, same = known && l->own[load - 1];
    bool had = known && o->shown.status[at] != WIJK_STATUS_MISSING,
         differs = had && !alike(&o->shown, at, file, i);
    if (had && !same && file->status[i] == WIJK_STATUS_MISSING) return;
    if (!had || same) {
        if (differs) tell(o, l->source, CORRECTED, i);
        take(o, file, i, at);
        return;
    }
    const char *other = l->load[load - 1].source;
    int more = l->precedence - l->rank[load - 1];
    if (more < 0) {
        struct aside *mine = aside_of(o, l->source, false);
        if (differs)
            tell(o, other, LOST, i), put_aside(o, l->source, at, file, i);
        else if (mine)
            clear(mine, at);
        return;
    }
    if (differs) tell(o, other, more ? WON : NEWER, i), put_aside(o, other, at, &o->shown, at);
    take(o, file, i, at);
}

/* ---- a series ---- */

static enum wijk_err read_over(struct wijk_store *store, struct over *o, const struct wijk_series *old)
{
    const struct wijk_other *other;
    size_t n;
    WIJK_TRY(wijk_store_read_others(o->cx, store, &o->in->s->key, &other, &n));
    o->shown = spread(o->cx, o->in->n_store, old);
    for (; o->n_aside < n && o->n_aside < ASIDE_MOST; o->n_aside++)
        o->aside[o->n_aside] = (struct aside){other[o->n_aside].source,
                                              spread(o->cx, o->in->n_store, &other[o->n_aside].s), false};
    return WIJK_OK;
}

static enum wijk_err save_over(struct wijk_store *store, const struct over *o)
{
    struct wijk_series s = series_of(&o->in->s->key, &o->shown);
    for (size_t k = 0; k < o->n_aside; k++) {
        struct wijk_other other = {o->aside[k].source, series_of(&o->in->s->key, &o->aside[k].c)};
        if (o->aside[k].changed) WIJK_TRY(wijk_store_save_other(o->cx, store, &other));
    }
    return wijk_store_save_series(o->cx, store, &s);
}

/* Is the order of the file that of the store, and did every area have a row? */
static bool takes_place(const struct wijk__lay_in *in)
{
    bool same = in->n_store == in->s->n;
    for (size_t i = 0; i < in->s->n && same; i++) same = in->place[i] == i && in->s->row[i];
    return same;
}

/* Does the store show, cell by cell, what the file says? Then there is nothing to tell of it. */
static bool shows(const struct wijk_series *old, const struct wijk_series *s)
{
    return old->n == s->n && memcmp(old->value, s->value, s->n * sizeof *s->value) == 0 &&
           memcmp(old->status, s->status, s->n * sizeof *s->status) == 0;
}

/* The store has nothing of this series, and its order is that of the file. */
static enum wijk_err save_first(struct wijk_cx *cx, struct wijk_store *store, const struct wijk__lay_in *in)
{
    uint32_t *load = WIJK_NEW(cx, uint32_t, in->s->n);
    for (size_t i = 0; i < in->s->n; i++) load[i] = in->load;
    struct wijk_series whole = *in->s;
    whole.load = load;
    return wijk_store_save_series(cx, store, &whole);
}

enum wijk_err wijk__lay_series(struct wijk_cx *cx, struct wijk_store *store, struct wijk__lay *lay,
                               const struct wijk__lay_in *in)
{
    const struct wijk_series *s = in->s, *old;
    WIJK_TRY(wijk_store_read_series(cx, store, &s->key, &old));
    const bool in_place = takes_place(in);
    if (in->dry_run && (!old || (in_place && shows(old, s)))) return WIJK_OK;
    if (!old && in_place) return save_first(cx, store, in); /* so there is nothing aside either */

    struct over *o = WIJK_NEW(cx, struct over, 1);
    *o = (struct over){.cx = cx, .lay = lay, .in = in};
    WIJK_TRY(read_over(store, o, old));
    struct cells file = spread(cx, s->n, s);
    for (size_t i = 0; i < s->n; i++) file.load[i] = in->load;
    for (size_t i = 0; i < s->n; i++)
        if (in->place[i] < in->n_store && (s->row[i] || s->status[i] != WIJK_STATUS_MISSING))
            lay_cell(o, &file, i, in->place[i]);
    return in->dry_run ? WIJK_OK : save_over(store, o);
}

/* ---- told ---- */

static const char *what_holds(struct wijk_cx *cx, enum way way)
{
    switch (way) {
    case WON: return wijk_tr(cx, "Deze bron gaat voor.");
    case NEWER: return wijk_tr(cx, "Wat het laatst geladen is, wordt getoond.");
    case LOST: return wijk_tr(cx, "Die bron gaat voor: haar cijfer blijft staan.");
    case CORRECTED: return wijk_tr(cx, "Het nieuwe cijfer komt in de plaats van dat van een eerdere lading.");
    }
    return "";
}

static const char *sentence(struct wijk_cx *cx, const struct told *t)
{
    char when[16];
    wijk_period_write(t->period, when);
    return wijk_sprintf(
        cx, wijk_tr(cx, "%s: %zu keer een ander cijfer dan bron %s al leverde (bijvoorbeeld %s, %s). %s"),
        wijk_indicator_label(t->indicator, wijk_cx_lang(cx)), t->n, t->source, t->code, when,
        what_holds(cx, t->way));
}

const struct wijk_finding *wijk__lay_findings(struct wijk_cx *cx, const struct wijk__lay *lay, size_t *n)
{
    struct wijk_finding *v = WIJK_NEW(cx, struct wijk_finding, lay->n_told + 1);
    *n = 0;
    for (size_t k = 0; k < lay->n_told; k++) {
        const struct told *t = &lay->told[k];
        v[(*n)++] = (struct wijk_finding){
            WIJK_FINDING_FLAGGED, 0, "", sentence(cx, t),
            t->way == CORRECTED
                ? ""
                : wijk_tr(
                      cx,
                      WIJK_T("Het andere cijfer is bewaard en staat bij de herkomst. Welke bron voorgaat, "
                             "zegt `precedence` in de brondefinitie."))};
    }
    if (lay->untold)
        v[(*n)++] = (struct wijk_finding){
            WIJK_FINDING_FLAGGED, 0, "",
            wijk_sprintf(cx, wijk_tr(cx, "Nog %zu cijfers verschillen van die van een andere bron."),
                         lay->untold),
            ""};
    return v;
}
