/* SPDX-License-Identifier: EUPL-1.2 */
/* Where the figures of a comparison come from: what is expected of a score, by characteristics and by similar
 * areas; what is expected to be said; and a score that is estimated before it is published. */
#include "flow/trace_int.h"

#include <math.h>
#include <string.h>

static const char *number(struct wijk_cx *cx, double v)
{
    char text[32];
    return wijk_str_dup(cx, (struct wijk_str){text, wijk_num_write(round(v * 1e4) / 1e4, text)});
}

static void set(struct wijk_trace_setting *v, size_t *n, const char *name, const char *value)
{
    v[(*n)++] = (struct wijk_trace_setting){name, value};
}

static struct wijk_trace *begin(const struct wijk__tracer *r, const struct wijk_snapshot_division *d,
                                size_t area, const struct wijk_trace_key *key, const char *release)
{
    struct wijk_trace_key own = *key;
    own.release = release;
    own.param = NULL;
    return wijk__trace_begin(r, d, area, own);
}

/* The figure, or the reason why there is none. */
static void finish(struct wijk_cx *cx, struct wijk_trace *t, double value, enum wijk_status status,
                   enum wijk_lack lack, const char *words)
{
    t->value = value;
    t->status = !isnan(value)              ? status
                : lack == WIJK_LACK_HIDDEN ? WIJK_STATUS_SUPPRESSED
                                           : WIJK_STATUS_MISSING;
    t->way = isnan(value) ? WIJK_WAY_NONE : WIJK_WAY_ANALYSIS;
    t->words = isnan(value) && lack != WIJK_LACK_NONE ? wijk_tr(cx, wijk_lack_text(lack)) : words;
}

/* ---- what is expected of a score ---- */

/* any_year: also of a year before the newest. */
static const struct wijk_compare *compare(const struct wijk__tracer *r,
                                          const struct wijk_snapshot_division *d,
                                          const struct wijk_trace_key *key, bool any_year)
{
    const struct wijk_compare *c;
    const struct wijk_flow_compare_in in = {.division = d, .method = key->name};
    if (wijk_flow_compare(r->cx, r->s, &in, &c) != WIJK_OK) {
        wijk_fault_clear(r->cx);
        return NULL;
    }
    if (!c->expected) return NULL;
    if (!any_year && wijk_period_key(c->key.period) != wijk_period_key(key->period)) return NULL;
    return wijk__right_release(key->release, c->key.release) ? c : NULL;
}

static void compare_settings(struct wijk_cx *cx, struct wijk_trace *t, const struct wijk_compare *c)
{
    struct wijk_trace_setting *v = WIJK_NEW(cx, struct wijk_trace_setting, 6);
    size_t n = 0;
    const bool en = wijk_cx_lang(cx) == WIJK_EN;
    set(v, &n, wijk_tr(cx, "recept"), en ? c->recipe->label_en : c->recipe->label_nl);
    set(v, &n, wijk_tr(cx, "kenmerken die meededen"), wijk_sprintf(cx, "%zu", c->alike->n_used));
    set(v, &n, wijk_tr(cx, "vergelijkbare gebieden"), wijk_sprintf(cx, "%zu", c->k));
    set(v, &n, wijk_tr(cx, "gebieden waarvan is geleerd"), wijk_sprintf(cx, "%zu", c->expected->ridge->used));
    set(v, &n, wijk_tr(cx, "R2 op weggelaten gebieden"), number(cx, c->expected->r2));
    set(v, &n, wijk_tr(cx, "gewone fout op weggelaten gebieden"), number(cx, c->expected->rmse));
    t->setting = v;
    t->n_setting = n;
    t->method = c->method;
    t->unit = wijk_indicator_unit(c->figure, wijk_cx_lang(cx));
}

static const char *method_label(struct wijk_cx *cx, const struct wijk_method *m)
{
    return wijk_cx_lang(cx) == WIJK_EN ? m->label_en : m->label_nl;
}

const struct wijk_trace *wijk__trace_expected(const struct wijk__tracer *r,
                                              const struct wijk_snapshot_division *d, size_t area,
                                              const struct wijk_trace_key *key)
{
    const struct wijk_compare *c = compare(r, d, key, false);
    if (!c) return NULL;
    struct wijk_trace *t = begin(r, d, area, key, c->key.release);
    const struct wijk_expected *e = c->expected;
    const enum wijk_lack lack = (enum wijk_lack)e->lack[area];
    compare_settings(r->cx, t, c);
    t->label =
        wijk_sprintf(r->cx, wijk_tr(r->cx, "%s: verwacht uit de kenmerken"), method_label(r->cx, t->method));
    t->definition = wijk_tr(r->cx, "Wat een rekenregel verwacht uit wonen en ligging, die dit gebied en zijn "
                                   "omgeving niet gezien heeft.");
    t->symbols = "a + Σ bⱼ zⱼ";
    finish(r->cx, t, lack == WIJK_LACK_NONE ? e->by_inputs[area] : NAN, WIJK_STATUS_ESTIMATED, lack,
           wijk_tr(r->cx, "Elk kenmerk als aantal gewone spreidingen van het midden, maal wat het bij andere "
                          "gebieden met de score te maken heeft, bij elkaar opgeteld."));
    if (isnan(t->value)) return t;
    t->low = t->value - e->half_inputs;
    t->high = t->value + e->half_inputs;
    for (size_t i = 0; i < c->n_input; i++) {
        if (c->input[i].used == SIZE_MAX) continue;
        const struct wijk_trace_key input = {.name = c->input[i].indicator->id,
                                             .period = c->input[i].series->key.period,
                                             .release = c->input[i].series->key.release};
        wijk__trace_input(r, t, d, area, &input, NAN, NULL);
    }
    return t;
}

/* What was seen in a year, in area order: of the newest what was compared, of one before the totals of the
 * same release. NULL none. */
static const double *seen_in(const struct wijk_compare *c, const struct wijk_snapshot_division *d,
                             struct wijk_period when)
{
    if (wijk_period_key(c->key.period) == wijk_period_key(when)) return c->seen;
    for (size_t i = 0; strcmp(c->figure->id, c->method->total) == 0 && i < d->n_scores; i++) {
        const struct wijk_scores *s = d->scores[i];
        if (s->method == c->method && strcmp(s->release, c->key.release) == 0 && s->n == d->areas.n &&
            wijk_period_key(s->period) == wijk_period_key(when))
            return s->total;
    }
    return NULL;
}

const struct wijk_trace *wijk__trace_alike(const struct wijk__tracer *r,
                                           const struct wijk_snapshot_division *d, size_t area,
                                           const struct wijk_trace_key *key)
{
    const struct wijk_compare *c = compare(r, d, key, true);
    const double *seen = c ? seen_in(c, d, key->period) : NULL;
    struct wijk_peer peer[WIJK_PEERS_MAX];
    if (!seen) return NULL;
    struct wijk_trace *t = begin(r, d, area, key, c->key.release);
    const struct wijk_expected *e = c->expected;
    const size_t n = wijk_compare_peers(r->cx, c, area, peer);
    const enum wijk_lack lack = n ? WIJK_LACK_NONE : (enum wijk_lack)c->alike->lack[area];
    double sum = 0;
    size_t known = 0;
    for (size_t k = 0; k < n; k++)
        if (!isnan(seen[peer[k].area])) sum += seen[peer[k].area], known++;
    const bool told = known && 2 * known >= n; /* of fewer than half it would be a mean of others */
    compare_settings(r->cx, t, c);
    t->label = wijk_sprintf(r->cx, wijk_tr(r->cx, "%s: gemiddeld in vergelijkbare gebieden"),
                            method_label(r->cx, t->method));
    t->definition =
        wijk_tr(r->cx, "Het gemiddelde van de gebieden die er in wonen en ligging het meest op lijken.");
    t->symbols = "Σ xᵢ ÷ n";
    finish(r->cx, t, told ? sum / (double)known : NAN, WIJK_STATUS_ESTIMATED, lack,
           wijk_tr(r->cx, "Het gemiddelde van de invoer: de score van elk vergelijkbaar gebied."));
    if (isnan(t->value)) return t;
    if (seen == c->seen) {
        t->low = t->value - e->half_peers;
        t->high = t->value + e->half_peers;
    }
    for (size_t k = 0; k < n; k++) {
        const struct wijk_trace_key input = {
            .name = c->figure->id, .period = key->period, .release = c->key.release};
        if (isnan(seen[peer[k].area])) continue;
        wijk__trace_input(r, t, d, peer[k].area, &input, 1 / (double)known, NULL);
    }
    return t;
}

/* ---- what is expected to be said ---- */

const struct wijk_trace *wijk__trace_felt(const struct wijk__tracer *r,
                                          const struct wijk_snapshot_division *d, size_t area,
                                          const struct wijk_trace_key *key)
{
    const struct wijk_feeling *f;
    const size_t n = wijk_flow_perception(r->cx, r->s, d, &f);
    size_t k = 0;
    while (k < n && strcmp(f[k].said->id, key->name) != 0) k++;
    if (k == n || !f[k].perception) return NULL;
    f += k;
    const struct wijk_series_key *said = &f->said_series->key, *fact = &f->fact_series->key;
    if (wijk_period_key(said->period) != wijk_period_key(key->period) ||
        !wijk__right_release(key->release, said->release))
        return NULL;
    const struct wijk_perception *p = f->perception;
    const enum wijk_lack lack = (enum wijk_lack)p->lack[area];
    struct wijk_trace *t = begin(r, d, area, key, said->release);
    struct wijk_trace_setting *v = WIJK_NEW(r->cx, struct wijk_trace_setting, 2);
    size_t n_set = 0;
    set(v, &n_set, wijk_tr(r->cx, "R2 op weggelaten gebieden"), number(r->cx, p->r2));
    set(v, &n_set, wijk_tr(r->cx, "helling van de lijn"), number(r->cx, p->slope));
    t->setting = v;
    t->n_setting = n_set;
    t->unit = wijk_indicator_unit(f->said, wijk_cx_lang(r->cx));
    t->label = wijk_sprintf(r->cx, wijk_tr(r->cx, "%s: gebruikelijk bij zulke feiten"),
                            wijk_indicator_label(f->said, wijk_cx_lang(r->cx)));
    t->definition = wijk_tr(r->cx, "Wat inwoners van andere gebieden gewoonlijk zeggen waar het feit zo is.");
    t->symbols = "a + b x₁";
    finish(r->cx, t, lack == WIJK_LACK_NONE ? p->expected[area] : NAN, WIJK_STATUS_ESTIMATED, lack,
           wijk_tr(r->cx,
                   "Van een lijn over alle gebieden, die dit gebied en zijn omgeving niet gezien heeft."));
    if (isnan(t->value)) return t;
    t->low = t->value - p->half;
    t->high = t->value + p->half;
    const struct wijk_trace_key input = {
        .name = f->fact->id, .period = fact->period, .release = fact->release};
    wijk__trace_input(r, t, d, area, &input, NAN, NULL);
    return t;
}

/* ---- a score before it is published ---- */

const struct wijk_trace *wijk__trace_nowcast(const struct wijk__tracer *r,
                                             const struct wijk_snapshot_division *d, size_t area,
                                             const struct wijk_trace_key *key)
{
    const struct wijk_flow_nowcast *o;
    const struct wijk_flow_nowcast_in in = {.division = d, .method = key->name, .year = key->period.year};
    if (wijk_flow_nowcast(r->cx, r->s, &in, &o) != WIJK_OK) {
        wijk_fault_clear(r->cx);
        return NULL;
    }
    const struct wijk_nowcast *n = o->nowcast;
    if (o->known || !n->last_year || !wijk__right_release(key->release, o->release)) return NULL;
    struct wijk_trace *t = begin(r, d, area, key, o->release);
    struct wijk_trace_setting *v = WIJK_NEW(r->cx, struct wijk_trace_setting, 4);
    size_t n_set = 0;
    set(v, &n_set, wijk_tr(r->cx, "oordeel"), wijk_tr(r->cx, wijk_nowcast_verdict_text(n->verdict)));
    set(v, &n_set, wijk_tr(r->cx, "fout in de toets"), number(r->cx, n->rmse));
    set(v, &n_set, wijk_tr(r->cx, "fout bij stilstaan"), number(r->cx, n->rmse_last));
    set(v, &n_set, wijk_tr(r->cx, "viel binnen de marge"), number(r->cx, n->inside));
    t->setting = v;
    t->n_setting = n_set;
    t->method = o->method;
    t->unit = wijk_indicator_unit(o->figure, wijk_cx_lang(r->cx));
    t->label = wijk_sprintf(r->cx, wijk_tr(r->cx, "%s: geschat"), method_label(r->cx, o->method));
    t->definition = wijk_tr(r->cx, "Een schatting van een score die nog niet bekend is.");
    t->symbols = "y(s) + a + Σ bⱼ zⱼ(t) + Σ cⱼ (zⱼ(t) − zⱼ(s)) + d y(s) + e v(s)";
    finish(r->cx, t, n->value[area], WIJK_STATUS_ESTIMATED, (enum wijk_lack)n->lack[area],
           wijk_tr(r->cx, "De laatst bekende score, met de verandering die de kenmerken doen verwachten."));
    t->low = n->low[area];
    t->high = n->high[area];
    const struct wijk_trace_key last = {
        .name = o->figure->id, .period = {(int16_t)n->last_year, 0}, .release = o->release};
    wijk__trace_input(r, t, d, area, &last, NAN, NULL);
    for (size_t u = 0; u < n->n_used; u++) {
        const struct wijk_series *s = wijk__newest_of(d, o->recipe->input[n->used[u]], n->year);
        if (!s) continue;
        const struct wijk_trace_key input = {
            .name = s->key.indicator, .period = s->key.period, .release = s->key.release};
        wijk__trace_input(r, t, d, area, &input, NAN, NULL);
    }
    return t;
}
