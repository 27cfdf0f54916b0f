/* SPDX-License-Identifier: EUPL-1.2 */
/* A score as it was told earlier: by a release that was replaced, or by the method that came before. */
#include "flow/flow_int.h"

#include <math.h>
#include <string.h>

/* The last series of that place and year before a release; NULL none. */
static const struct wijk_series *replaced(const struct wijk_snapshot *s, const char *indicator,
                                          const struct wijk_scores *now, const char *release, size_t area)
{
    const struct wijk_series *found = NULL;
    if (!*indicator) return NULL;
    for (size_t i = wijk__series_first(s->series, s->n_series, indicator);
         i < s->n_series && strcmp(s->series[i].key.indicator, indicator) == 0; i++) {
        const struct wijk_series *v = &s->series[i];
        if (v->key.level != now->level || v->key.division_year != now->division_year ||
            wijk_period_key(v->key.period) != wijk_period_key(now->period) ||
            wijk_release_order(v->key.release, now->release) >= 0 || area >= v->n || isnan(v->value[area]))
            continue;
        if (!release || strcmp(v->key.release, release) == 0)
            found = v; /* of several the newest stands last */
    }
    return found;
}

static const char *series_id(struct wijk_cx *cx, const struct wijk_profile *p, const struct wijk_series *v)
{
    return wijk_trace_id(cx, &(struct wijk_trace_key){.code = p->self->code,
                                                      .name = v->key.indicator,
                                                      .period = v->key.period,
                                                      .division_year = v->key.division_year,
                                                      .release = v->key.release});
}

/* Of a year: the release before, with its class as published or by its own limits. */
static bool by_release(struct wijk_cx *cx, const struct wijk_snapshot *s, const struct wijk_profile *p,
                       const struct wijk_scores *now, struct wijk_score_before *out)
{
    const struct wijk_method *m = now->method;
    const struct wijk_series *total = replaced(s, m->total, now, NULL, p->area),
                             *klass = replaced(s, m->delivered_class, now, total ? total->key.release : NULL,
                                               p->area);
    const struct wijk_series *told = total ? total : klass;
    if (!told) return false;
    const struct wijk_class_limits *limits = wijk_class_limits_of(m, told->key.release);
    *out = (struct wijk_score_before){.now = now,
                                      .method = m,
                                      .release = told->key.release,
                                      .value = total ? total->value[p->area] : (double)NAN,
                                      .id = series_id(cx, p, told)};
    if (klass && klass->value[p->area] >= 1 && klass->value[p->area] <= WIJK_CLASSES)
        out->class_ = (int)klass->value[p->area];
    else if (total && limits)
        out->class_ = wijk_class_of(limits, out->value);
    return true;
}

static bool tells(const struct wijk_scores *s, const struct wijk_profile *p)
{
    return p->area < s->n && (!isnan(s->total[p->area]) || s->class_[p->area]);
}

/* Of a year: the method before, of which the score is still the newest of its own. */
static bool by_method(struct wijk_cx *cx, const struct wijk_profile *p, const struct wijk_scores *now,
                      struct wijk_score_before *out)
{
    const char *earlier = now->method->earlier;
    for (size_t i = 0; earlier && *earlier && i < p->n_scores; i++) {
        const struct wijk_scores *s = p->scores[i];
        if (strcmp(s->method->id, earlier) != 0 || !tells(s, p) ||
            wijk_period_key(s->period) != wijk_period_key(now->period))
            continue;
        *out =
            (struct wijk_score_before){now, s->method, s->release, s->total[p->area], s->class_[p->area], ""};
        out->id = isnan(out->value)
                      ? wijk_trace_id(cx, &(struct wijk_trace_key){.code = p->self->code,
                                                                   .part = WIJK_TRACE_CLASS,
                                                                   .name = earlier,
                                                                   .period = s->period,
                                                                   .division_year = s->division_year,
                                                                   .release = s->release})
                      : wijk_scores_id(cx, s, p->self->code);
        return true;
    }
    return false;
}

size_t wijk_flow_score_before(struct wijk_cx *cx, const struct wijk_snapshot *s, const struct wijk_profile *p,
                              const struct wijk_method *method,
                              struct wijk_score_before out[WIJK_SCORE_BEFORE_MAX])
{
    struct wijk_score_before release, other;
    bool has_release = false, has_other = false;
    for (size_t i = p->n_scores; i-- > 0 && !(has_release && has_other);) { /* the newest year last */
        const struct wijk_scores *now = p->scores[i];
        if (now->method != method || !tells(now, p)) continue;
        has_release = has_release || by_release(cx, s, p, now, &release);
        has_other = has_other || by_method(cx, p, now, &other);
    }
    size_t n = 0;
    if (has_release) out[n++] = release;
    if (has_other) out[n++] = other;
    return n;
}

const char *wijk_score_before_words(struct wijk_cx *cx, const struct wijk_score_before *b, size_t area)
{
    int k = b->now->class_[area];
    bool same = k && k == b->class_, both = k && b->class_;
    if (b->method != b->now->method)
        return wijk_tr(cx,
                       "De twee versies meten leefbaarheid elk met eigen onderdelen. Daarom trekken wij het "
                       "ene getal niet van het andere af. Een andere klasse zegt dus niet dat er in het "
                       "gebied iets veranderde.");
    if (same)
        return wijk_tr(cx,
                       "De klasse bleef gelijk. Het verschil komt door de nieuwe uitgave van de bron, niet "
                       "door wat er in het gebied gebeurde.");
    if (both)
        return wijk_tr(cx,
                       "De klasse werd een andere. Dat komt door de nieuwe uitgave van de bron, niet door "
                       "wat er in het gebied gebeurde.");
    return wijk_tr(cx,
                   "Beide gaan over hetzelfde jaar. Het verschil komt door de nieuwe uitgave van de bron, "
                   "niet door wat er in het gebied gebeurde.");
}
