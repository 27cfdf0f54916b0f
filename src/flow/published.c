/* SPDX-License-Identifier: EUPL-1.2 */
/* What the register of algorithms lets out: decided once, when a snapshot is made, for the day it is made on.
 * Figures of a national score that is shut leave the snapshot here; a computation or a weighing that is shut
 * asks here before it computes. */
#include "flow/flow_int.h"

#include <string.h>

static bool shuts(const struct wijk_snapshot *s, const char *id)
{
    for (size_t i = 0; i < s->defs->n_algorithm; i++)
        if (strcmp(s->defs->algorithm[i].id, id) == 0) return s->shut[i];
    return !s->unpublished;
}

/* The version people and caches see is another one while something is shut: an answer that was kept under it
 * must not come back. */
static const char *version_of(struct wijk_cx *cx, const struct wijk_snapshot *s)
{
    uint64_t h = 1469598103934665603u; /* FNV-1a */
    bool any = false;
    for (size_t i = 0; i < s->defs->n_algorithm; i++) {
        if (!s->shut[i]) continue;
        any = true;
        for (const char *p = s->defs->algorithm[i].id;; p++) {
            h = (h ^ (unsigned char)*p) * 1099511628211u;
            if (!*p) break;
        }
    }
    if (!any) return s->info.data_version;
    return wijk_sprintf(cx, "%s-%08x", s->info.data_version, (unsigned)(h >> 32));
}

void wijk__publish(struct wijk_cx *cx, struct wijk_snapshot *s)
{
    const struct wijk_defs *d = s->defs;
    bool *shut = WIJK_NEW(cx, bool, d->n_algorithm);
    for (size_t i = 0; i < d->n_algorithm && !s->unpublished; i++)
        shut[i] = wijk_algorithm_shut(d, d->algorithm[i].id, s->now, NULL) != WIJK_SHUT_OPEN;
    s->shut = shut;
    s->version = version_of(cx, s);
}

bool wijk_snapshot_stale(const struct wijk_snapshot *s, int64_t now)
{
    for (size_t i = 0; i < s->defs->n_algorithm && !s->unpublished; i++)
        if (s->shut[i] !=
            (wijk_algorithm_shut(s->defs, s->defs->algorithm[i].id, now, NULL) != WIJK_SHUT_OPEN))
            return true;
    return false;
}

const char *wijk_snapshot_shut(struct wijk_cx *cx, const struct wijk_snapshot *s, const char *id)
{
    return shuts(s, id) ? wijk_algorithm_shut_words(cx, s->defs, id, s->now) : NULL;
}

enum wijk_err wijk__published(struct wijk_cx *cx, const struct wijk_snapshot *s, const char *id)
{
    const char *why = wijk_snapshot_shut(cx, s, id);
    return why ? wijk_fail(cx, WIJK_ENOTFOUND, "%s", why) : WIJK_OK;
}

enum wijk_err wijk__published_analysis(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                       enum wijk_analysis a)
{
    return wijk__published(cx, s, wijk_analysis_id(a));
}

enum wijk_err wijk__published_indicator(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                        const struct wijk_indicator *i)
{
    return *i->method ? wijk__published(cx, s, i->method) : WIJK_OK;
}

enum wijk_err wijk__published_scores(struct wijk_cx *cx, const struct wijk_snapshot *s)
{
    for (size_t i = 0; i < s->defs->n_algorithm; i++)
        if (s->held[i]) return wijk__published(cx, s, s->defs->algorithm[i].id);
    return WIJK_OK;
}

/* ---- figures of a score that is shut ---- */

static bool of_shut_method(const struct wijk_snapshot *s, const char *indicator)
{
    const struct wijk_indicator *i = wijk_defs_indicator(s->defs, indicator);
    return i && *i->method && shuts(s, i->method);
}

static void hold(const struct wijk_snapshot *s, bool *held, const char *indicator)
{
    const char *id = wijk_defs_indicator(s->defs, indicator)->method;
    for (size_t i = 0; i < s->defs->n_algorithm; i++)
        if (strcmp(s->defs->algorithm[i].id, id) == 0) held[i] = true;
}

void wijk__publish_series(struct wijk_cx *cx, struct wijk_snapshot *s)
{
    struct wijk_series *v = WIJK_NEW(cx, struct wijk_series, s->n_series);
    struct wijk_other *other = WIJK_NEW(cx, struct wijk_other, s->n_other);
    bool *held = WIJK_NEW(cx, bool, s->defs->n_algorithm);
    const char *last = NULL;
    bool shut = false;
    size_t n = 0, n_other = 0;
    for (size_t k = 0; k < s->n_series; k++) {
        const char *id = s->series[k].key.indicator;
        if (!last || strcmp(last, id) != 0) shut = of_shut_method(s, id);
        last = id;
        if (shut)
            hold(s, held, id);
        else
            v[n++] = s->series[k];
    }
    for (size_t k = 0; k < s->n_other; k++)
        if (!of_shut_method(s, s->other[k].s.key.indicator)) other[n_other++] = s->other[k];
    s->series = v, s->n_series = n;
    s->other = other, s->n_other = n_other;
    s->held = held;
}

void wijk__publish_drawn(struct wijk_cx *cx, const struct wijk_snapshot *s,
                         const struct wijk_drawn_answer **answer)
{
    struct wijk_drawn_answer *a = WIJK_NEW(cx, struct wijk_drawn_answer, 1);
    *a = **answer;
    struct wijk_drawn_figure *v = WIJK_NEW(cx, struct wijk_drawn_figure, a->n_figure);
    size_t n = 0;
    for (size_t k = 0; k < a->n_figure; k++)
        if (!of_shut_method(s, a->figure[k].indicator)) v[n++] = a->figure[k];
    a->figure = v, a->n_figure = n;
    *answer = a;
}
