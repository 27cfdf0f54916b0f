/* SPDX-License-Identifier: EUPL-1.2 */
/* An area that somebody drew: which whole areas it stands for, whether those may be answered after all that
 * was answered before, and the answer. It is made of figures that went out already (gate.c), so it cannot
 * tell what they do not; the refusals keep small groups from being pointed at all the same. An answer is kept
 * with the question, in one transaction, and never given in another form. docs/methods/getekend-gebied.md */
#include "flow/flow_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Official areas whose figures are out as well: of which one is each area a part? */
struct above {
    size_t n;
    const size_t *of; /* by area of the division; SIZE_MAX none */
};
struct drawn {
    struct wijk_cx *cx;
    struct wijk_store *store;
    const struct wijk_snapshot *s;
    const struct wijk_flow_drawn_limits *limits;
    const struct wijk_snapshot_division *d;
    struct wijk_areas areas; /* with geometry */
    size_t n_member;
    const size_t *member;
    struct above above;
    double *persons; /* by area of the division */
    const struct wijk_drawn_answer *told;
    size_t n_told;
};

/* ---- members ---- */

/* The geometry of a division: the snapshot's own, or read from the store when it was made without. */
static enum wijk_err with_shapes(struct wijk_cx *cx, struct wijk_store *store,
                                 const struct wijk_snapshot_division *d, struct wijk_areas *out)
{
    const struct wijk_areas *read;
    *out = d->areas;
    for (size_t i = 0; i < d->areas.n; i++)
        if (d->areas.v[i].geom) return WIJK_OK;
    WIJK_TRY(wijk_store_read_areas(cx, store, d->areas.level, d->areas.division_year, true, &read));
    if (read->n != d->areas.n)
        return wijk_fail(cx, WIJK_EIO, "De gegevens zijn intussen vernieuwd; vraag het opnieuw.");
    struct wijk_area *v = WIJK_NEW(cx, struct wijk_area, read->n);
    for (size_t i = 0; i < read->n; i++) {
        v[i] = d->areas.v[i]; /* residents as they may leave */
        v[i].geom = read->v[i].geom;
    }
    out->v = v;
    return WIJK_OK;
}

static enum wijk_err members_at(struct drawn *w, enum wijk_level level, const struct wijk_geom *shape)
{
    const struct wijk_snapshot_division *d = wijk_snapshot_division(w->s, level, 0);
    w->n_member = 0;
    if (!d) return WIJK_OK;
    w->d = d;
    WIJK_TRY(with_shapes(w->cx, w->store, d, &w->areas));
    return wijk_members_of(w->cx, &w->areas, shape, &w->member, &w->n_member);
}

/* In the order of the division, so that the outline is the same one. */
static void take_marked(struct drawn *w, const bool *marked)
{
    size_t *member = WIJK_NEW(w->cx, size_t, w->areas.n);
    for (size_t i = 0; i < w->areas.n; i++)
        if (marked[i]) member[w->n_member++] = i;
    w->member = member;
}

/* Areas that were chosen one by one instead of drawn. */
static enum wijk_err find_named(struct drawn *w, const struct wijk_flow_drawn_in *in)
{
    enum wijk_level level = in->level == WIJK_LEVEL_COUNT ? WIJK_LEVEL_BUURT : in->level;
    w->d = wijk_snapshot_division(w->s, level, 0);
    if (!w->d || !in->n_code)
        return wijk_fail(w->cx, WIJK_ENOTFOUND, "Kies eerst een of meer buurten, of teken een gebied.");
    WIJK_TRY(with_shapes(w->cx, w->store, w->d, &w->areas));
    bool *chosen = WIJK_NEW(w->cx, bool, w->areas.n);
    for (size_t i = 0; i < in->n_code; i++) {
        size_t at = wijk_area_find(w->d->index, in->code[i]);
        if (at == SIZE_MAX)
            return wijk_fail(w->cx, WIJK_ENOTFOUND, "Het gebied %s is er niet in de indeling van %d.",
                             wijk_str_plain(w->cx, wijk_str(in->code[i])).p, w->areas.division_year);
        chosen[at] = true;
    }
    take_marked(w, chosen);
    return WIJK_OK;
}

/* Grid cells where there are some, else buurten. */
static enum wijk_err find_drawn(struct drawn *w, const struct wijk_flow_drawn_in *in)
{
    const struct wijk_geom *shape;
    WIJK_TRY(wijk_members_shape(w->cx, in->shape, &shape));
    if (in->level != WIJK_LEVEL_BUURT) WIJK_TRY(members_at(w, WIJK_LEVEL_RASTER, shape));
    if (!w->n_member && in->level != WIJK_LEVEL_RASTER) WIJK_TRY(members_at(w, WIJK_LEVEL_BUURT, shape));
    if (!w->n_member)
        return wijk_fail(
            w->cx, WIJK_ENOTFOUND,
            "In het getekende gebied ligt geen bewoond rastervak en geen buurt voor ten minste de "
            "helft.");
    return WIJK_OK;
}

static enum wijk_err find_members(struct drawn *w, const struct wijk_flow_drawn_in *in)
{
    if (in->level != WIJK_LEVEL_COUNT && in->level != WIJK_LEVEL_BUURT && in->level != WIJK_LEVEL_RASTER)
        return wijk_fail(w->cx, WIJK_EUSAGE, "Een getekend gebied bestaat uit rastervakken of uit buurten.");
    WIJK_TRY(in->shape ? find_drawn(w, in) : find_named(w, in));
    if (!in->limits.member_max || w->n_member <= in->limits.member_max) return WIJK_OK;
    return wijk_fail(w->cx, WIJK_ELIMIT,
                     "Dit gebied is te groot: er liggen %zu delen in, en %zu is het meeste.", w->n_member,
                     in->limits.member_max);
}

static int by_code(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The same area has one name, whoever draws it and in whatever order. */
static void name_it(struct drawn *w, struct wijk_drawn_answer *a)
{
    struct wijk_sha256 h;
    char *key = WIJK_NEW(w->cx, char, 65);
    const char **code = WIJK_NEW(w->cx, const char *, w->n_member);
    for (size_t i = 0; i < w->n_member; i++) code[i] = w->areas.v[w->member[i]].code;
    qsort(code, w->n_member, sizeof *code, by_code);
    const char *head = wijk_sprintf(w->cx, "%s %d %s\n", wijk_level_id(w->areas.level),
                                    w->areas.division_year, w->s->version);
    wijk_sha256_begin(&h);
    wijk_sha256_add(&h, head, strlen(head));
    for (size_t i = 0; i < w->n_member; i++) wijk_sha256_add(&h, code[i], strlen(code[i]) + 1);
    wijk_sha256_end(&h, key);
    *a = (struct wijk_drawn_answer){.key = key,
                                    .level = w->areas.level,
                                    .division_year = w->areas.division_year,
                                    .n_member = w->n_member,
                                    .member = code,
                                    .data_version = w->s->version};
    for (size_t i = 0; i < w->n_member; i++) a->persons += w->persons[w->member[i]];
}

/* ---- what is out already ---- */

/* Grid cells lie in buurten by their middle; buurten in the wijk, or gemeente, above. */
static enum wijk_err find_above(struct drawn *w)
{
    if (w->areas.level == WIJK_LEVEL_BUURT) {
        const struct wijk_snapshot_division *up =
            wijk_snapshot_division(w->s, WIJK_LEVEL_WIJK, w->areas.division_year);
        w->above = (struct above){up ? up->areas.n : 0, w->d->parent};
        if (up) return WIJK_OK;
        up = wijk_snapshot_division(w->s, WIJK_LEVEL_GEMEENTE, w->areas.division_year);
        if (!up) return WIJK_OK;
        size_t *of = WIJK_NEW(w->cx, size_t, w->areas.n);
        char code[WIJK_CODE_MAX];
        for (size_t i = 0; i < w->areas.n; i++)
            of[i] = wijk_code_gemeente(w->areas.v[i].code, code) ? wijk_area_find(up->index, code) : SIZE_MAX;
        w->above = (struct above){up->areas.n, of};
        return WIJK_OK;
    }
    const struct wijk_snapshot_division *b = wijk_snapshot_division(w->s, WIJK_LEVEL_BUURT, 0);
    struct wijk_areas buurt;
    if (!b) return WIJK_OK;
    WIJK_TRY(with_shapes(w->cx, w->store, b, &buurt));
    const struct wijk_geom **geom = WIJK_NEW(w->cx, const struct wijk_geom *, buurt.n);
    struct wijk_xy *middle = WIJK_NEW(w->cx, struct wijk_xy, w->areas.n);
    size_t *of = WIJK_NEW(w->cx, size_t, w->areas.n);
    for (size_t i = 0; i < buurt.n; i++) geom[i] = buurt.v[i].geom;
    for (size_t i = 0; i < w->areas.n; i++) {
        struct wijk_box x = wijk_geom_box(w->areas.v[i].geom);
        bool lived = w->persons[i] > 0 && x.min_x <= x.max_x;
        middle[i] = lived ? (struct wijk_xy){(x.min_x + x.max_x) / 2, (x.min_y + x.max_y) / 2}
                          : (struct wijk_xy){NAN, NAN};
    }
    WIJK_TRY(wijk_geom_locate(w->cx, geom, buurt.n, middle, w->areas.n, of));
    w->above = (struct above){buurt.n, of};
    return WIJK_OK;
}

static enum wijk_err set_of(struct drawn *w, const struct wijk_drawn_answer *a, struct wijk_drawn_set *out)
{
    uint32_t *cell = WIJK_NEW(w->cx, uint32_t, a->n_member);
    double *part = WIJK_NEW(w->cx, double, a->n_member);
    for (size_t i = 0; i < a->n_member; i++) {
        size_t at = wijk_area_find(w->d->index, a->member[i]);
        if (at == SIZE_MAX)
            return wijk_fail(
                w->cx, WIJK_ESTORE,
                "Een eerder beantwoord gebied noemt %s, dat niet meer bestaat; daarom krijgt geen "
                "nieuw gebied antwoord.",
                a->member[i]);
        cell[i] = (uint32_t)at;
        part[i] = 1;
    }
    *out = (struct wijk_drawn_set){a->n_member, cell, part};
    return WIJK_OK;
}

/* Marks every official area that a set touches; false when it touches none that was marked before. */
static bool touches(const struct drawn *w, const struct wijk_drawn_set *set, const bool *cell,
                    const bool *official)
{
    for (size_t i = 0; i < set->n; i++) {
        size_t up = w->above.n ? w->above.of[set->cell[i]] : SIZE_MAX;
        if (cell[set->cell[i]] || (up != SIZE_MAX && official[up])) return true;
    }
    return false;
}

static void mark(const struct drawn *w, const struct wijk_drawn_set *set, bool *cell, bool *official)
{
    for (size_t i = 0; i < set->n; i++) {
        size_t up = w->above.n ? w->above.of[set->cell[i]] : SIZE_MAX;
        cell[set->cell[i]] = true;
        if (up != SIZE_MAX) official[up] = true;
    }
}

static struct wijk_drawn_set official_set(struct drawn *w, size_t which, size_t n)
{
    uint32_t *cell = WIJK_NEW(w->cx, uint32_t, n);
    double *part = WIJK_NEW(w->cx, double, n);
    size_t k = 0;
    for (size_t i = 0; i < w->areas.n && k < n; i++)
        if (w->above.of[i] == which) cell[k] = (uint32_t)i, part[k++] = 1;
    return (struct wijk_drawn_set){k, cell, part};
}

/* Only what hangs together with the question can be added to it or taken from it: answers that share an area
 * with it, or an official area, and so on from those. */
static enum wijk_err weigh(struct drawn *w, const struct wijk_drawn_answer *asked,
                           enum wijk_drawn_verdict *verdict)
{
    struct wijk_drawn_set set, *told = WIJK_NEW(w->cx, struct wijk_drawn_set, w->n_told),
                               *known = WIJK_NEW(w->cx, struct wijk_drawn_set, WIJK_DRAWN_SETS_MAX + 1);
    bool *cell = WIJK_NEW(w->cx, bool, w->areas.n), *official = WIJK_NEW(w->cx, bool, w->above.n),
         *in = WIJK_NEW(w->cx, bool, w->n_told);
    size_t *count = WIJK_NEW(w->cx, size_t, w->above.n), n = 0;
    WIJK_TRY(set_of(w, asked, &set));
    for (size_t i = 0; i < w->n_told; i++) WIJK_TRY(set_of(w, &w->told[i], &told[i]));
    mark(w, &set, cell, official);
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < w->n_told; i++) {
            if (in[i] || !touches(w, &told[i], cell, official)) continue;
            in[i] = more = true;
            mark(w, &told[i], cell, official);
            if (n <= WIJK_DRAWN_SETS_MAX) known[n++] = told[i];
        }
    }
    for (size_t i = 0; w->above.n && i < w->areas.n; i++)
        if (w->above.of[i] != SIZE_MAX) count[w->above.of[i]]++;
    for (size_t o = 0; o < w->above.n && n <= WIJK_DRAWN_SETS_MAX; o++)
        if (official[o]) known[n++] = official_set(w, o, count[o]);
    if (w->limits->known_max && n > w->limits->known_max) {
        *verdict = WIJK_DRAWN_TOO_MANY;
        return WIJK_OK;
    }
    *verdict = wijk_drawn_ask(w->cx, w->persons, w->areas.n, known, n, &set);
    return WIJK_OK;
}

/* ---- figures ---- */

static struct wijk_disclosed part_of(const struct wijk_series *v, size_t area)
{
    enum wijk_status status = area < v->n ? (enum wijk_status)v->status[area] : WIJK_STATUS_MISSING;
    if (wijk_status_valued(status)) return (struct wijk_disclosed){v->value[area], status, WIJK_SHOWN, 0};
    return (struct wijk_disclosed){
        NAN, status, status == WIJK_STATUS_SUPPRESSED ? WIJK_HIDDEN_SUPPLIER : WIJK_HIDDEN_ABSENT, 0};
}

static struct wijk_drawn_figure figure_of(struct drawn *w, const struct wijk_indicator *ind,
                                          const struct wijk_series *v, double persons)
{
    struct wijk_mark here = wijk_cx_mark(w->cx);
    struct wijk_disclosed *part = WIJK_NEW(w->cx, struct wijk_disclosed, w->n_member), out;
    double *weight = WIJK_NEW(w->cx, double, w->n_member), covered = 0;
    struct wijk_drawn_figure f = {.indicator = ind->id, .period = v->key.period};
    for (size_t i = 0; i < w->n_member; i++) {
        part[i] = part_of(v, w->member[i]);
        weight[i] = w->persons[w->member[i]];
        f.known += part[i].reason == WIJK_SHOWN;
    }
    struct wijk_disclosure_rule rule =
        wijk_disclosure_rule(*ind->disclosure ? ind->disclosure : "open", ind->min_base);
    out = ind->aggregation == WIJK_AGGREGATE_SUM ? wijk_disclosed_sum(part, w->n_member)
                                                 : wijk_disclosed_mean(part, weight, w->n_member, &covered);
    bool hidden = !wijk_status_valued(out.status) && out.reason != WIJK_HIDDEN_ABSENT;
    if (ind->aggregation == WIJK_AGGREGATE_SUM || (hidden && rule.kind == WIJK_DISCLOSE_OPEN)) {
        /* Suppliers hide percentages of the smallest areas: a mean over the others tells nothing of these. */
        for (size_t i = 0; i < w->n_member; i++)
            if (part[i].reason != WIJK_SHOWN) part[i].reason = WIJK_HIDDEN_ABSENT;
        struct wijk_disclosed rest = wijk_disclosed_mean(part, weight, w->n_member, &covered);
        if (ind->aggregation != WIJK_AGGREGATE_SUM && rest.reason == WIJK_SHOWN) out = rest;
    }
    if (rule.kind != WIJK_DISCLOSE_OPEN && wijk_status_valued(out.status) && persons < rule.min_base)
        out = (struct wijk_disclosed){NAN, WIJK_STATUS_SUPPRESSED, WIJK_HIDDEN_BASE, 0};
    f.value = rule.kind == WIJK_DISCLOSE_SHARE ? round(out.value) : out.value;
    f.status = out.reason == WIJK_SHOWN           ? out.status
               : out.reason == WIJK_HIDDEN_ABSENT ? WIJK_STATUS_MISSING
                                                  : WIJK_STATUS_SUPPRESSED;
    f.covered = covered;
    wijk_cx_rewind(w->cx, here);
    return f;
}

/* Everything that adds up or has a mean, in its newest year; in its newest month where there are no years. */
static void fill(struct drawn *w, struct wijk_drawn_answer *a)
{
    struct wijk_drawn_figure *f = WIJK_NEW(w->cx, struct wijk_drawn_figure, w->d->n_series);
    for (size_t k = 0, end; k < w->d->n_series; k = end) {
        const struct wijk_indicator *ind = w->d->indicator[k];
        size_t newest = k;
        for (end = k; end < w->d->n_series && w->d->indicator[end] == ind; end++)
            if (!w->d->series[end]->key.period.month || w->d->series[newest]->key.period.month) newest = end;
        if (ind->aggregation == WIJK_AGGREGATE_NONE) continue;
        f[a->n_figure++] = figure_of(w, ind, w->d->series[newest], a->persons);
    }
    a->figure = f;
}

/* ---- the question ---- */

static enum wijk_err same_data(struct drawn *w)
{
    struct wijk_store_info info;
    WIJK_TRY(wijk_store_info(w->cx, w->store, &info));
    if (strcmp(info.data_version, w->s->info.data_version) != 0)
        return wijk_fail(w->cx, WIJK_EIO, "De gegevens zijn intussen vernieuwd; vraag het opnieuw.");
    return WIJK_OK;
}

struct question {
    struct drawn *w;
    struct wijk_drawn_answer *answer;
    struct wijk_flow_drawn *out;
    int64_t now;
};

/* Only what is new costs the store anything. */
static enum wijk_err spend(struct question *q)
{
    const struct wijk_flow_drawn_limits *l = q->w->limits;
    size_t n = 0;
    char yesterday[24];
    if (l->no_new) {
        q->out->spent = WIJK_DRAWN_NO_NEW;
        return WIJK_OK;
    }
    if (l->keep_max) WIJK_TRY(wijk_store_count_drawn(q->w->cx, q->w->store, "", &n));
    if (l->keep_max && n >= l->keep_max) q->out->spent = WIJK_DRAWN_STORE;
    wijk_time_write(q->now - 86400, yesterday);
    if (l->day_max) WIJK_TRY(wijk_store_count_drawn(q->w->cx, q->w->store, yesterday, &n));
    if (l->day_max && n >= l->day_max) q->out->spent = WIJK_DRAWN_DAY;
    return WIJK_OK;
}

/* Between looking at what was told and telling more nobody else can come. */
static enum wijk_err decide(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    struct question *q = arg;
    struct drawn *w = q->w;
    char *at = WIJK_NEW(cx, char, 24);
    WIJK_TRY(same_data(w));
    WIJK_TRY(wijk_store_find_drawn(cx, store, q->answer->key, &q->out->answer));
    q->out->before = q->out->answer != NULL;
    if (q->out->before) return WIJK_OK;
    WIJK_TRY(spend(q));
    if (q->out->spent != WIJK_DRAWN_ROOM) return WIJK_OK;
    q->out->answer = q->answer;
    WIJK_TRY(find_above(w));
    WIJK_TRY(
        wijk_store_read_drawn(cx, store, q->answer->level, q->answer->division_year, &w->told, &w->n_told));
    WIJK_TRY(weigh(w, q->answer, &q->out->verdict));
    if (q->out->verdict != WIJK_DRAWN_ALLOWED) return WIJK_OK;
    fill(w, q->answer);
    wijk_time_write(q->now, at);
    q->answer->asked_at = at;
    return wijk_store_save_drawn(cx, store, q->answer);
}

static enum wijk_err read_only(struct question *q)
{
    struct drawn *w = q->w;
    WIJK_TRY(same_data(w));
    WIJK_TRY(wijk_store_find_drawn(w->cx, w->store, q->answer->key, &q->out->answer));
    q->out->before = q->out->answer != NULL;
    if (q->out->before) return WIJK_OK;
    return wijk_fail(w->cx, WIJK_EIO,
                     "Een antwoord over een nieuw gebied moet bewaard worden, en hier kan niet geschreven "
                     "worden. Alleen een gebied dat al antwoord kreeg, krijgt het hier weer.");
}

static enum wijk_err outline(struct drawn *w, const struct wijk_geom **out)
{
    const struct wijk_geom **g = WIJK_NEW(w->cx, const struct wijk_geom *, w->n_member);
    for (size_t i = 0; i < w->n_member; i++) g[i] = w->areas.v[w->member[i]].geom;
    return wijk_geom_union(w->cx, g, w->n_member, out);
}

enum wijk_err wijk_flow_drawn(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_snapshot *s,
                              const struct wijk_flow_drawn_in *in, struct wijk_flow_drawn *out)
{
    struct drawn w = {.cx = cx, .store = store, .s = s, .limits = &in->limits};
    struct wijk_drawn_answer *answer = WIJK_NEW(cx, struct wijk_drawn_answer, 1);
    *out = (struct wijk_flow_drawn){.verdict = WIJK_DRAWN_ALLOWED};
    WIJK_TRY(find_members(&w, in));
    w.persons = WIJK_NEW(cx, double, w.areas.n);
    for (size_t i = 0; i < w.areas.n; i++)
        w.persons[i] = w.areas.v[i].residents > 0 ? w.areas.v[i].residents : 0;
    name_it(&w, answer);
    struct question q = {&w, answer, out, in->now};
    const enum wijk_store_health health = wijk_store_health(store);
    if (health == WIJK_STORE_READ_ONLY || health == WIJK_STORE_BROKEN)
        WIJK_TRY(read_only(&q));
    else
        WIJK_TRY(wijk_store_in_transaction(cx, store, decide, &q));
    if (out->answer) wijk__publish_drawn(cx, s, &out->answer);
    return out->spent == WIJK_DRAWN_ROOM ? outline(&w, &out->outline) : WIJK_OK;
}

enum wijk_err wijk_flow_drawn_again(struct wijk_cx *cx, struct wijk_store *store,
                                    const struct wijk_snapshot *s, const char *key,
                                    struct wijk_flow_drawn *out)
{
    struct drawn w = {.cx = cx, .store = store, .s = s};
    *out = (struct wijk_flow_drawn){.verdict = WIJK_DRAWN_ALLOWED, .before = true};
    WIJK_TRY(wijk_store_find_drawn(cx, store, key, &out->answer));
    const struct wijk_drawn_answer *a = out->answer;
    if (!a) return wijk_fail(cx, WIJK_ENOTFOUND, "Onder deze sleutel is geen antwoord bewaard.");
    wijk__publish_drawn(cx, s, &out->answer);
    a = out->answer;
    w.d = wijk_snapshot_division(s, a->level, a->division_year);
    if (!w.d) return WIJK_OK;
    WIJK_TRY(with_shapes(cx, store, w.d, &w.areas));
    bool *in = WIJK_NEW(cx, bool, w.areas.n);
    for (size_t i = 0; i < a->n_member; i++) {
        size_t at = wijk_area_find(w.d->index, a->member[i]);
        if (at == SIZE_MAX) return WIJK_OK;
        in[at] = true;
    }
    take_marked(&w, in);
    return outline(&w, &out->outline);
}
