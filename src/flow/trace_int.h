/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of the trace share: finding a figure in the snapshot, and beginning the trace of one. */
#ifndef WIJK_TRACE_INT_H
#define WIJK_TRACE_INT_H

#include "flow/flow_int.h"

/* What is kept while one number is traced, because its inputs come from the same computation. */
struct wijk__trace_memo {
    struct wijk_flow_lived_in in;
    const struct wijk_flow_gap *gap;        /* of `in`; NULL none yet */
    const struct wijk_snapshot_division *d; /* the place that is asked about; NULL: all areas together */
    size_t area;
    const struct wijk_drawn_answer *answer; /* of a part DRAWN; NULL: none was read */
};
struct wijk__tracer {
    struct wijk_cx *cx;
    const struct wijk_snapshot *s;
    struct wijk__trace_memo *memo;
};
/* Where an indicator of one division and period is kept: a delivered series, or a score; both NULL: nowhere.
 */
struct wijk__place {
    const struct wijk_snapshot_division *d;
    const struct wijk_indicator *indicator;
    struct wijk_period period;
    const struct wijk_series *series;
    const struct wijk_scores *scores;
};

/* ---- trace_id.c: what a part is of ---- */

enum wijk__trace_of { WIJK__TRACE_OF_INDICATOR, WIJK__TRACE_OF_METHOD, WIJK__TRACE_OF_ANY };
enum wijk__trace_of wijk__trace_of(enum wijk_trace_part part);

/* ---- trace_value.c ---- */

bool wijk__right_release(const char *wanted, const char *is); /* wanted NULL: any */
/* release NULL: the newest. */
bool wijk__place_find(const struct wijk__tracer *r, const struct wijk_snapshot_division *d,
                      const char *indicator, struct wijk_period period, const char *release,
                      struct wijk__place *out);
const struct wijk_scores *wijk__trace_scores(const struct wijk_snapshot_division *d, const char *method,
                                             struct wijk_period period, const char *release);
/* Nothing known yet. d NULL: of all areas together, or of a gemeente that is no area of the store. */
struct wijk_trace *wijk__trace_begin(const struct wijk__tracer *r, const struct wijk_snapshot_division *d,
                                     size_t area, struct wijk_trace_key key);
struct wijk_trace_input *wijk__trace_room(const struct wijk__tracer *r, struct wijk_trace *t, size_t most);
void wijk__trace_add(struct wijk_trace *t, struct wijk_trace_input *room, const struct wijk_trace *of);
struct wijk_trace *wijk__trace_value(const struct wijk__tracer *r, const struct wijk__place *p, size_t area);
const struct wijk_trace *wijk__trace_earlier(const struct wijk__tracer *r,
                                             const struct wijk_snapshot_division *d, size_t area,
                                             const struct wijk_trace_key *key);
/* Fills the inputs of a mean, or (all) of the share of residents that it speaks for. */
void wijk__trace_put_parts(const struct wijk__tracer *r, struct wijk_trace *t, const struct wijk_scores *high,
                           const char *indicator, size_t area, bool all);

/* ---- trace.c: for handlers of an analysis ---- */

/* One input more: the figure of that key at a place, with its weight (NAN none) and what the weight is
 * (NULL: no figure). Only the first WIJK_TRACE_INPUTS_MAX are kept, all are counted; false when there is no
 * such figure. The inputs of one trace come all from here or all from wijk__trace_room(). */
bool wijk__trace_input(const struct wijk__tracer *r, struct wijk_trace *t,
                       const struct wijk_snapshot_division *d, size_t area, const struct wijk_trace_key *key,
                       double weight, const struct wijk_trace_key *weight_key);

/* ---- the handlers: NULL when there is no such figure ---- */

#define WIJK__TRACE_HANDLER(name)                                                                            \
    const struct wijk_trace *name(const struct wijk__tracer *r, const struct wijk_snapshot_division *d,      \
                                  size_t area, const struct wijk_trace_key *key)
WIJK__TRACE_HANDLER(wijk__trace_class);
WIJK__TRACE_HANDLER(wijk__trace_covered);
WIJK__TRACE_HANDLER(wijk__trace_change);
WIJK__TRACE_HANDLER(wijk__trace_rest);
WIJK__TRACE_HANDLER(wijk__trace_expected);
WIJK__TRACE_HANDLER(wijk__trace_alike);
WIJK__TRACE_HANDLER(wijk__trace_felt);
WIJK__TRACE_HANDLER(wijk__trace_nowcast);
WIJK__TRACE_HANDLER(wijk__trace_weighing);
WIJK__TRACE_HANDLER(wijk__trace_slope);
WIJK__TRACE_HANDLER(wijk__trace_course);

WIJK__TRACE_HANDLER(wijk__trace_insufficient);
WIJK__TRACE_HANDLER(wijk__trace_gap);
WIJK__TRACE_HANDLER(wijk__trace_cluster); /* the snapshot has geometry, or it says that it cannot tell */
WIJK__TRACE_HANDLER(wijk__trace_concentration);
WIJK__TRACE_HANDLER(wijk__trace_smoothed);
WIJK__TRACE_HANDLER(wijk__trace_transition);
WIJK__TRACE_HANDLER(wijk__trace_drawn);
/* trace_course.c: the trends a key of two periods stands for; NULL: they are of other periods. */
const struct wijk_flow_trends *wijk__trace_trends(const struct wijk__tracer *r,
                                                  const struct wijk_snapshot_division *d,
                                                  const struct wijk_trace_key *key);
/* trace_cluster.c: an input by its id, of whatever division. */
void wijk__trace_input_id(const struct wijk__tracer *r, struct wijk_trace *t, const char *id, double weight);
const char *wijk__trace_number(struct wijk_cx *cx, double v);
/* A setting in words; t->setting grows. */
void wijk__trace_set(const struct wijk__tracer *r, struct wijk_trace *t, const char *name, const char *value);

#endif
