/* SPDX-License-Identifier: EUPL-1.2 */
/* How many signals, for those who may not read them. All buurten of the gemeente, their wijken, all themes
 * and their total go through the rules together, so that no total minus what is shown gives what is hidden.
 */
#include "flow/flow_int.h"
#include "flow/signal_flow.h"

#include <math.h>
#include <string.h>

enum wijk_err wijk_flow_signal_others(struct wijk_cx *cx, struct wijk_store *store,
                                      const struct wijk_signal *signal, struct wijk_disclosed *out)
{
    size_t n;
    WIJK_TRY(wijk_store_count_others(cx, store, signal, &n));
    struct wijk_disclosure_rule rule = wijk_disclosure_rule("count", 0);
    *out = wijk_disclose_one(&rule, (struct wijk_true_figure){(double)n, WIJK_STATUS_OK, NAN, NAN});
    return WIJK_OK;
}

/* The areas of one gemeente in one list: its buurten, its wijken, itself. */
struct tree {
    const char *gemeente;
    size_t n, n_buurt;
    const char **code;
    size_t *parent;
    size_t n_theme, n_kind; /* themes, those that defs no longer have, all together */
};

static void take_level(struct wijk_cx *cx, struct tree *t, size_t *cap, const struct wijk_snapshot *s,
                       enum wijk_level level)
{
    const struct wijk_snapshot_division *d = wijk_snapshot_division(s, level, 0);
    for (size_t k = 0; d && k < d->areas.n; k++) {
        char of[WIJK_CODE_MAX];
        const char *code = d->areas.v[k].code;
        if (!wijk_code_gemeente(code, of) || strcmp(of, t->gemeente) != 0) continue;
        t->code = wijk_grow(cx, t->code, t->n, cap, sizeof *t->code);
        t->code[t->n++] = code;
    }
}

static size_t place_of(const struct tree *t, const char *code)
{
    for (size_t k = 0; k < t->n; k++)
        if (strcmp(t->code[k], code) == 0) return k;
    return SIZE_MAX;
}

/* Parents by code: a buurt whose wijk is not there lies in the gemeente. */
static struct tree tree_of(struct wijk_cx *cx, const struct wijk_snapshot *s, const char *gemeente)
{
    struct tree t = {.gemeente = gemeente, .n_theme = s->defs->n_theme, .n_kind = s->defs->n_theme + 2};
    size_t cap = 0;
    take_level(cx, &t, &cap, s, WIJK_LEVEL_BUURT);
    t.n_buurt = t.n;
    take_level(cx, &t, &cap, s, WIJK_LEVEL_WIJK);
    t.code = wijk_grow(cx, t.code, t.n, &cap, sizeof *t.code);
    t.code[t.n++] = gemeente;
    t.parent = WIJK_NEW(cx, size_t, t.n);
    for (size_t k = 0; k < t.n; k++) {
        char up[WIJK_CODE_MAX];
        t.parent[k] = SIZE_MAX;
        if (k + 1 == t.n) continue;
        if (k < t.n_buurt && wijk_code_parent(t.code[k], up)) t.parent[k] = place_of(&t, up);
        if (t.parent[k] == SIZE_MAX) t.parent[k] = t.n - 1;
    }
    return t;
}

static size_t theme_of(const struct wijk_snapshot *s, const char *id)
{
    const struct wijk_theme *t = wijk_defs_theme(s->defs, id);
    return t ? (size_t)(t - s->defs->theme) : s->defs->n_theme;
}

/* Cells by kind, quarter, area, each count also in every sum it is a part of. */
static double *fill(struct wijk_cx *cx, const struct wijk_snapshot *s, const struct tree *t,
                    const int *quarter, const struct wijk_signal_count *v, size_t n)
{
    double *cell = WIJK_NEW(cx, double, t->n_kind *WIJK_SIGNAL_QUARTERS * t->n);
    size_t at = 0;
    for (size_t k = 0; k < n; k++) {
        size_t q = 0;
        while (q < WIJK_SIGNAL_QUARTERS && quarter[q] != v[k].quarter) q++;
        if (at >= t->n || strcmp(t->code[at], v[k].buurt) != 0) at = place_of(t, v[k].buurt); /* by buurt */
        if (q == WIJK_SIGNAL_QUARTERS || at == SIZE_MAX) continue;
        const size_t kind[] = {theme_of(s, v[k].theme), t->n_kind - 1};
        for (size_t a = at; a != SIZE_MAX; a = t->parent[a])
            for (size_t i = 0; i < 2; i++)
                cell[(kind[i] * WIJK_SIGNAL_QUARTERS + q) * t->n + a] += (double)v[k].n;
    }
    return cell;
}

static enum wijk_err disclose(struct wijk_cx *cx, const struct tree *t, const double *cell,
                              struct wijk_disclosed **out)
{
    size_t n = t->n_kind * WIJK_SIGNAL_QUARTERS * t->n;
    size_t *total = WIJK_NEW(cx, size_t, t->n_kind);
    uint8_t *status = WIJK_NEW(cx, uint8_t, n);
    for (size_t k = 0; k < t->n_kind; k++) total[k] = k + 1 < t->n_kind ? t->n_kind - 1 : SIZE_MAX;
    memset(status, WIJK_STATUS_OK, n);
    *out = WIJK_NEW(cx, struct wijk_disclosed, n);
    struct wijk_disclosure_rule rule = wijk_disclosure_rule("count", 0);
    const struct wijk_disclose_table table = {.n_area = t->n,
                                              .n_kind = t->n_kind,
                                              .n_period = WIJK_SIGNAL_QUARTERS,
                                              .parent = t->parent,
                                              .kind_total = total,
                                              .value = cell,
                                              .status = status};
    return wijk_disclose_table(cx, &rule, &table, *out);
}

enum wijk_err wijk_flow_signal_counts(struct wijk_cx *cx, struct wijk_store *store,
                                      const struct wijk_snapshot *s, const char *code, int64_t now,
                                      struct wijk_signal_counts *out)
{
    enum wijk_level level;
    char gemeente[WIJK_CODE_MAX];
    *out = (struct wijk_signal_counts){.n_theme = s->defs->n_theme};
    if (wijk_code_level(wijk_str(code), &level)) out->division = wijk_snapshot_division(s, level, 0);
    if (out->division) out->area = wijk_area_find(out->division->index, code);
    if (!out->division || out->area == SIZE_MAX || !wijk_code_gemeente(code, gemeente))
        return wijk_fail(cx, WIJK_ENOTFOUND,
                         "Van %s zijn geen signalen te tellen: kies een buurt, wijk of gemeente.", code);
    int q = wijk_signal_quarter(now);
    for (size_t k = WIJK_SIGNAL_QUARTERS; k-- > 0; q = q % 10 == 1 ? q - 10 + 3 : q - 1) out->quarter[k] = q;
    const struct wijk_signal_count *v;
    size_t n;
    WIJK_TRY(wijk_store_count_signals(cx, store, gemeente, out->quarter[0],
                                      out->quarter[WIJK_SIGNAL_QUARTERS - 1], &v, &n));
    struct tree t = tree_of(cx, s, gemeente);
    struct wijk_disclosed *all,
        *mine = WIJK_NEW(cx, struct wijk_disclosed, (out->n_theme + 1) * WIJK_SIGNAL_QUARTERS);
    WIJK_TRY(disclose(cx, &t, fill(cx, s, &t, out->quarter, v, n), &all));
    size_t at = place_of(&t, code);
    for (size_t k = 0; k <= out->n_theme; k++)
        for (size_t p = 0; p < WIJK_SIGNAL_QUARTERS; p++) {
            size_t kind = k < out->n_theme ? k : t.n_kind - 1;
            mine[k * WIJK_SIGNAL_QUARTERS + p] = all[(kind * WIJK_SIGNAL_QUARTERS + p) * t.n + at];
        }
    out->count = mine;
    return WIJK_OK;
}
