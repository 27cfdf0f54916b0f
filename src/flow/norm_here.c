/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading local norms: all of them, one with its history, and what holds in an area beside the figure as the
 * gate lets it out and the national value. */
#include "flow/flow_int.h"
#include "flow/moderation_flow.h"
#include "flow/norm_flow.h"

#include <math.h>
#include <string.h>

enum { DAY = 24, HERE_MAX = 1000 };

/* ---- versions into norms ---- */

static bool same_norm(const struct wijk_norm *a, const struct wijk_norm *b)
{
    return strcmp(a->gemeente, b->gemeente) == 0 && strcmp(a->area, b->area) == 0 &&
           strcmp(a->indicator, b->indicator) == 0;
}

static size_t holds(struct wijk_cx *cx, const struct wijk_norm *v, size_t n, const char *day)
{
    struct wijk_norm_terms *t = WIJK_NEW(cx, struct wijk_norm_terms, n);
    for (size_t k = 0; k < n; k++) t[k] = v[k].terms;
    return wijk_norm_holds(t, n, day);
}

/* Why reasons are empty; of each version. */
static enum wijk_err tell_taken(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_norm *v,
                                size_t n, const struct wijk_moderation *const **out)
{
    const struct wijk_moderation **taken = WIJK_NEW(cx, const struct wijk_moderation *, n);
    for (size_t k = 0; k < n; k++)
        WIJK_TRY(wijk_flow_taken_away(cx, store, WIJK_SAID_PROPOSAL, v[k].gemeente,
                                      wijk_sprintf(cx, "%lld", (long long)v[k].proposal), v[k].why,
                                      &taken[k]));
    *out = taken;
    return WIJK_OK;
}

static enum wijk_err grouped(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_defs *defs,
                             const struct wijk_norm *v, size_t n, int64_t now,
                             const struct wijk_flow_norm **norm, size_t *n_norm)
{
    struct wijk_flow_norm *out = WIJK_NEW(cx, struct wijk_flow_norm, n);
    const struct wijk_moderation *const *taken;
    WIJK_TRY(tell_taken(cx, store, v, n, &taken));
    char day[DAY];
    wijk_date_write(wijk_day_nl(now), day);
    *n_norm = 0;
    for (size_t at = 0, end; at < n; at = end) {
        for (end = at + 1; end < n && same_norm(&v[at], &v[end]);) end++;
        out[(*n_norm)++] = (struct wijk_flow_norm){wijk_defs_indicator(defs, v[at].indicator), end - at,
                                                   &v[at], holds(cx, &v[at], end - at, day), &taken[at]};
    }
    *norm = out;
    return WIJK_OK;
}

/* Nothing holds, and nothing that was decided is still to begin. */
static bool is_past(const struct wijk_flow_norm *f)
{
    return f->holds == SIZE_MAX && f->version[f->n - 1].terms.withdrawn;
}

/* ---- all, and one ---- */

static enum wijk_err after_of(struct wijk_cx *cx, const char *text, struct wijk_norm *out)
{
    const char *mark = strchr(text, ':');
    char *gemeente = WIJK_NEW(cx, char, WIJK_CODE_MAX);
    *out = (struct wijk_norm){.gemeente = gemeente, .indicator = mark ? mark + 1 : ""};
    if (mark) out->area = wijk_str_dup(cx, (struct wijk_str){text, (size_t)(mark - text)});
    if (mark && wijk_code_gemeente(out->area, gemeente)) return WIJK_OK;
    return wijk_fail(cx, WIJK_EDATA, "«%s» is niet waar een bladzijde ophield.", text);
}

enum wijk_err wijk_flow_norms(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_defs *defs,
                              const struct wijk_flow_norms_in *in, int64_t now,
                              const struct wijk_flow_norm **out, size_t *n, const char **more)
{
    struct wijk_norm_ask ask = {.gemeente = in->gemeente,
                                .indicator = in->indicator,
                                .n_area = in->area != NULL,
                                .area = {in->area},
                                .n_max = in->n_max};
    struct wijk_norm after;
    const struct wijk_norm *v;
    size_t n_version, n_all;
    if (in->after) {
        WIJK_TRY(after_of(cx, in->after, &after));
        ask.after = &after;
    }
    WIJK_TRY(wijk_store_list_norms(cx, store, &ask, &v, &n_version));
    const struct wijk_flow_norm *all;
    WIJK_TRY(grouped(cx, store, defs, v, n_version, now, &all, &n_all));
    struct wijk_flow_norm *shown = WIJK_NEW(cx, struct wijk_flow_norm, n_all);
    *n = 0;
    *more = NULL;
    for (size_t k = 0; k < n_all; k++)
        if (in->all || !is_past(&all[k])) shown[(*n)++] = all[k];
    if (n_all && n_all == in->n_max) {
        const struct wijk_norm *last = all[n_all - 1].version;
        *more = wijk_sprintf(cx, "%s:%s", last->area, last->indicator);
    }
    *out = shown;
    return WIJK_OK;
}

enum wijk_err wijk_flow_norm(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_defs *defs,
                             const char *area, const char *indicator, int64_t now, struct wijk_flow_norm *out)
{
    const struct wijk_norm_ask one = {.indicator = indicator, .n_area = 1, .area = {area}, .n_max = 1};
    const struct wijk_norm *v;
    size_t n, n_norm;
    WIJK_TRY(wijk_store_list_norms(cx, store, &one, &v, &n));
    const struct wijk_flow_norm *found;
    WIJK_TRY(grouped(cx, store, defs, v, n, now, &found, &n_norm));
    if (n_norm == 0) return wijk_fail(cx, WIJK_ENOTFOUND, "Hierover is nooit een lokale norm besloten.");
    *out = found[0];
    return WIJK_OK;
}

/* ---- what holds here ---- */

/* The newest figure of the indicator in the area: a year that nothing is known of is passed over. */
static void newest_value(struct wijk_cx *cx, const struct wijk_profile *p, struct wijk_flow_norm_here *out)
{
    const struct wijk_flow_value *v = NULL;
    for (size_t k = 0; k < p->n_value; k++)
        if (p->value[k].indicator == out->indicator &&
            (!v || v->status == WIJK_STATUS_MISSING || p->value[k].status != WIJK_STATUS_MISSING))
            v = &p->value[k];
    if (!v) return;
    out->now = v->value;
    out->status = v->status;
    out->period = v->period;
    out->trace = wijk_value_id(cx, p, v);
}

/* Of a wijk or gemeente a score is made of its buurten, and is no series of its own. */
static void newest_score(struct wijk_cx *cx, const struct wijk_profile *p, struct wijk_flow_norm_here *out)
{
    for (size_t k = p->n_scores; k-- > 0 && !out->trace;) {
        const struct wijk_scores *s = p->scores[k];
        const double *v = wijk_scores_part(s, out->indicator->id);
        if (!v || p->area >= s->n || isnan(v[p->area])) continue;
        out->now = v[p->area];
        out->status = WIJK_STATUS_OK;
        out->period = s->period;
        out->trace = wijk_trace_id(cx, &(struct wijk_trace_key){.code = p->self->code,
                                                                .name = out->indicator->id,
                                                                .period = s->period,
                                                                .division_year = s->division_year,
                                                                .release = s->release});
    }
}

/* M of score - deviation, of the newest year that has both. */
static double reference(struct wijk_cx *cx, const struct wijk_profile *p, const struct wijk_method *m)
{
    double found = NAN, spread;
    for (size_t k = p->n_scores; k-- > 0 && isnan(found);) {
        const struct wijk_scores *s = p->scores[k];
        if (s->method == m) wijk_score_reference(cx, s->score, s->total, s->n, &found, &spread);
    }
    return found;
}

/* Known of a score only: its deviation is from the national mean, so that there nought is the nation. */
static void national(struct wijk_cx *cx, const struct wijk_snapshot *s, const struct wijk_profile *p,
                     struct wijk_flow_norm_here *out)
{
    const char *id = out->indicator->id;
    out->national = NAN;
    for (size_t k = 0; k < s->defs->n_method && isnan(out->national); k++) {
        const struct wijk_method *m = &s->defs->method[k];
        bool part = strcmp(id, m->total) == 0;
        for (size_t d = 0; d < m->n_dimension && !part; d++)
            part = strcmp(id, m->dimension[d].indicator) == 0;
        if (part) out->national = 0;
        if (!part && *m->score && strcmp(id, m->score) == 0) out->national = reference(cx, p, m);
    }
    out->national_words =
        isnan(out->national) ? wijk_tr(cx, "Het landelijke cijfer staat niet in dit bestand.")
        : out->national == 0
            ? wijk_tr(cx, "Dit cijfer is het verschil met het landelijk gemiddelde; dat is dus nul.")
            : wijk_tr(cx, "Het landelijk gemiddelde waarmee deze score vergelijkt.");
}

static void compare(struct wijk_cx *cx, const struct wijk_snapshot *s, const struct wijk_profile *p,
                    struct wijk_flow_norm_here *out)
{
    out->now = NAN;
    newest_value(cx, p, out);
    if (!out->trace) newest_score(cx, p, out);
    out->state = wijk_norm_compare(&out->norm->terms, out->now, &out->apart);
    out->words = wijk_norm_apart_words(cx, out->indicator, &out->norm->terms, out->now);
    if (!out->trace && wijk__published_indicator(cx, s, out->indicator) != WIJK_OK)
        out->words = wijk_fault(cx);
    if (out->trace && isnan(out->now))
        out->words = wijk_sprintf(cx, wijk_tr(cx, "Het cijfer is hier niet te noemen: %s."),
                                  wijk_tr(cx, wijk_status_text(out->status)));
    national(cx, s, p, out);
}

/* The norm of the area itself goes before that of its wijk, and that before the gemeente's. */
static const struct wijk_flow_norm *nearest(const struct wijk_flow_norm *v, size_t n,
                                            const struct wijk_indicator *i, const struct wijk_norm_ask *ask,
                                            enum wijk_level own, enum wijk_level *level)
{
    for (size_t a = 0; a < ask->n_area; a++)
        for (size_t k = 0; k < n; k++) {
            if (v[k].indicator != i || v[k].holds == SIZE_MAX ||
                strcmp(v[k].version->area, ask->area[a]) != 0)
                continue;
            if (!wijk_code_level(wijk_str(ask->area[a]), level)) continue;
            if (*level == own || wijk_norm_passes_down(i)) return &v[k];
        }
    return NULL;
}

enum wijk_err wijk_flow_norms_here(struct wijk_cx *cx, struct wijk_store *store,
                                   const struct wijk_snapshot *s, const char *code, int64_t now,
                                   struct wijk_flow_norms_here *out)
{
    char wijk[WIJK_CODE_MAX], gemeente[WIJK_CODE_MAX];
    *out = (struct wijk_flow_norms_here){0};
    WIJK_TRY(wijk_flow_profile(cx, s, code, 0, &out->profile));
    const struct wijk_profile *p = out->profile;
    const enum wijk_level own = p->division->areas.level;
    struct wijk_norm_ask ask = {.n_max = HERE_MAX};
    if (own > WIJK_LEVEL_GEMEENTE || !wijk_code_gemeente(p->self->code, gemeente))
        return wijk_fail(cx, WIJK_ENOTFOUND, "Van %s zijn er geen normen: kies een buurt, wijk of gemeente.",
                         code);
    ask.area[ask.n_area++] = p->self->code;
    if (own == WIJK_LEVEL_BUURT && wijk_code_parent(p->self->code, wijk)) ask.area[ask.n_area++] = wijk;
    if (own != WIJK_LEVEL_GEMEENTE) ask.area[ask.n_area++] = gemeente;
    const struct wijk_norm *v;
    size_t n, n_norm;
    WIJK_TRY(wijk_store_list_norms(cx, store, &ask, &v, &n));
    const struct wijk_flow_norm *norm;
    WIJK_TRY(grouped(cx, store, s->defs, v, n, now, &norm, &n_norm));
    struct wijk_flow_norm_here *here = WIJK_NEW(cx, struct wijk_flow_norm_here, n_norm);
    for (size_t k = 0; n_norm && k < s->defs->n_indicator; k++) {
        struct wijk_flow_norm_here h = {.indicator = &s->defs->indicator[k]};
        const struct wijk_flow_norm *f = nearest(norm, n_norm, h.indicator, &ask, own, &h.level);
        if (!f) continue;
        h.norm = &f->version[f->holds];
        h.taken = f->taken[f->holds];
        compare(cx, s, p, &h);
        here[out->n++] = h;
    }
    out->norm = here;
    return WIJK_OK;
}
