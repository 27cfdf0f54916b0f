/* SPDX-License-Identifier: EUPL-1.2 */
/* norm: what a gemeente agreed with itself about one figure in one of its areas: at least or at most so much,
 * since a day, for as long as no later version replaces it. Always beside the national value, never instead
 * of it. docs/methods/normen.md */
#ifndef WIJK_PEOPLE_NORM_H
#define WIJK_PEOPLE_NORM_H

#include "domain/domain.h"

#define WIJK_NORM_KINDS(X)                                                                                   \
    X(LEAST, "minstens", WIJK_T("ten minste"))                                                               \
    X(MOST, "hoogstens", WIJK_T("ten hoogste"))
enum wijk_norm_kind {
#define X(name, id, words) WIJK_NORM_##name,
    WIJK_NORM_KINDS(X)
#undef X
        WIJK_NORM_KIND_COUNT
};
WIJK_API const char *wijk_norm_kind_id(enum wijk_norm_kind k);
WIJK_API const char *wijk_norm_kind_words(enum wijk_norm_kind k); /* Dutch */
WIJK_API bool wijk_norm_kind_parse(struct wijk_str id, enum wijk_norm_kind *out) WIJK_MUST_USE;

/* One version of a norm. Withdrawing is a version too: from its day on there is none. */
struct wijk_norm_terms {
    enum wijk_norm_kind kind;
    double value;     /* in the unit of the indicator */
    int target_year;  /* by when; 0 not told */
    const char *from; /* first day it holds, yyyy-mm-dd; "" the day it is decided */
    bool withdrawn;
};
/* NULL when these can be agreed on for that figure today (yyyy-mm-dd); else a Dutch sentence. There is no
 * norm for who lives somewhere. Of a withdrawal only the day counts. */
WIJK_API const char *wijk_norm_refused(struct wijk_cx *cx, const struct wijk_indicator *i,
                                       const struct wijk_norm_terms *t, const char *today);
/* Which of n versions, oldest first, holds on that day: the newest that has begun, unless it withdraws.
 * SIZE_MAX none. */
WIJK_API size_t wijk_norm_holds(const struct wijk_norm_terms *v, size_t n, const char *day);
/* Does the norm of a wijk or gemeente hold for what lies in it? Not of a number that adds up. */
WIJK_API bool wijk_norm_passes_down(const struct wijk_indicator *i);

enum wijk_norm_state { WIJK_NORM_UNKNOWN, WIJK_NORM_MET, WIJK_NORM_NOT_MET };
WIJK_API const char *wijk_norm_state_id(enum wijk_norm_state s); /* "onbekend", "gehaald", "niet-gehaald" */
/* *apart: value - norm, without the dust of a binary fraction; NAN: the value is not known. */
WIJK_API enum wijk_norm_state wijk_norm_compare(const struct wijk_norm_terms *t, double value, double *apart);
/* Decimals that show both the figure and the norm. */
WIJK_API int wijk_norm_decimals(const struct wijk_indicator *i, double value);
/* «ten minste 40% in 2030»; «ingetrokken». unit in the language of cx. */
WIJK_API const char *wijk_norm_words(struct wijk_cx *cx, const struct wijk_norm_terms *t, int decimals,
                                     const char *unit);
/* «Nog 3 procentpunt omhoog tot de norm.», without judgement of the place. */
WIJK_API const char *wijk_norm_apart_words(struct wijk_cx *cx, const struct wijk_indicator *i,
                                           const struct wijk_norm_terms *t, double value);

#endif
