/* SPDX-License-Identifier: EUPL-1.2 */
/* What the store keeps of signals: short reports of professionals, and what was done with them. Writes leave
 * data_version as it is. Moments are seconds since 1970 (UTC). */
#ifndef WIJK_STORE_SIGNAL_STORE_H
#define WIJK_STORE_SIGNAL_STORE_H

#include "store/people_store.h"

/* How sure the maker is: id, Dutch words. */
#define WIJK_SURENESSES(X)                                                                                   \
    X(HEARD, "gehoord", WIJK_T("gehoord"))                                                                   \
    X(SEEN, "zelf-gezien", WIJK_T("zelf gezien"))                                                            \
    X(OFTEN, "vaker-gezien", WIJK_T("vaker gezien"))
enum wijk_sureness {
#define X(name, id, words) WIJK_SURE_##name,
    WIJK_SURENESSES(X)
#undef X
        WIJK_SURE_COUNT
};
WIJK_API const char *wijk_sureness_id(enum wijk_sureness s);
WIJK_API const char *wijk_sureness_words(enum wijk_sureness s); /* Dutch */
WIJK_API bool wijk_sureness_parse(struct wijk_str id, enum wijk_sureness *out) WIJK_MUST_USE;

#define WIJK_SIGNAL_STATES(X)                                                                                \
    X(OPEN, "open", WIJK_T("nog geen terugkoppeling"))                                                       \
    X(ANSWERED, "teruggekoppeld", WIJK_T("teruggekoppeld"))                                                  \
    X(WITHDRAWN, "ingetrokken", WIJK_T("ingetrokken"))
enum wijk_signal_state {
#define X(name, id, words) WIJK_SIGNAL_##name,
    WIJK_SIGNAL_STATES(X)
#undef X
        WIJK_SIGNAL_STATE_COUNT
};
WIJK_API const char *wijk_signal_state_id(enum wijk_signal_state s);
WIJK_API const char *wijk_signal_state_words(enum wijk_signal_state s); /* Dutch */

/* What was done with it. */
#define WIJK_SIGNAL_ENDS(X)                                                                                  \
    X(USED, "gebruikt-in", WIJK_T("gebruikt in"))                                                            \
    X(LED, "leidde-tot", WIJK_T("leidde tot"))                                                               \
    X(LEFT, "niet-opgepakt", WIJK_T("niet opgepakt, omdat"))
enum wijk_signal_end {
#define X(name, id, words) WIJK_SIGNAL_END_##name,
    WIJK_SIGNAL_ENDS(X)
#undef X
        WIJK_SIGNAL_END_COUNT
};
WIJK_API const char *wijk_signal_end_id(enum wijk_signal_end e);
WIJK_API const char *wijk_signal_end_words(enum wijk_signal_end e); /* Dutch */
WIJK_API bool wijk_signal_end_parse(struct wijk_str id, enum wijk_signal_end *out) WIJK_MUST_USE;

enum { WIJK_SIGNAL_NAME = 22, WIJK_SIGNAL_RADIUS_MIN = 100, WIJK_SIGNAL_RADIUS_MAX = 2000 };
struct wijk_signal {
    int64_t id;       /* given when added; never told outside */
    const char *name; /* WIJK_SIGNAL_NAME URL-safe signs; how the outside knows it */
    const char *gemeente, *buurt, *theme, *sentence, *partner;
    int x, y, radius; /* metres RD; radius 0: the whole buurt */
    enum wijk_sureness sure;
    int64_t made_by, made_at, version;
    int quarter; /* year x 10 + 1..4 */
    enum wijk_sharing sharing;
    enum wijk_signal_state state;
};
struct wijk_signal_reply {
    int64_t id, signal, made_by, made_at;
    enum wijk_signal_end end;
    const char *words; /* "" it was taken away */
    int64_t seen_at;   /* by who gave the signal; 0 not yet */
};
/* year x 10 + the quarter of that moment. */
WIJK_API int wijk_signal_quarter(int64_t at);

/* Gives s->id; its version is 1, its quarter that of made_at. */
WIJK_API enum wijk_err wijk_store_add_signal(struct wijk_cx *cx, struct wijk_store *store,
                                             struct wijk_signal *s);
/* Theme, sentence, sureness, sharing and state, of that version. Fails WIJK_ECONFLICT when it has another
 * version by now. */
WIJK_API enum wijk_err wijk_store_save_signal(struct wijk_cx *cx, struct wijk_store *store,
                                              const struct wijk_signal *s);
/* NULL: none of that name. */
WIJK_API enum wijk_err wijk_store_find_signal(struct wijk_cx *cx, struct wijk_store *store, const char *name,
                                              const struct wijk_signal **out);
struct wijk_signal_ask {
    const char *gemeente; /* NULL: of every one, with made_by only */
    const char *buurt, *theme;
    int64_t made_by; /* 0 any */
    /* What may be seen: what is shared with partners, what is of that organisation, everything (for the
     * auditor). Withdrawn ones only of made_by. */
    bool shared, all;
    const char *partner; /* NULL none */
    int64_t before;      /* an id; 0: from the end */
    size_t n_max;
};
/* Newest first. */
WIJK_API enum wijk_err wijk_store_list_signals(struct wijk_cx *cx, struct wijk_store *store,
                                               const struct wijk_signal_ask *ask,
                                               const struct wijk_signal **out, size_t *n);
/* True counts: only for recipes that round and hide. Shared with partners, not withdrawn, by buurt, theme and
 * quarter, increasing. */
struct wijk_signal_count {
    const char *buurt, *theme;
    int quarter;
    size_t n;
};
WIJK_API enum wijk_err wijk_store_count_signals(struct wijk_cx *cx, struct wijk_store *store,
                                                const char *gemeente, int from_quarter, int to_quarter,
                                                const struct wijk_signal_count **out, size_t *n);
/* How many accounts other than `account` reported that theme there in that quarter. */
WIJK_API enum wijk_err wijk_store_count_others(struct wijk_cx *cx, struct wijk_store *store,
                                               const struct wijk_signal *s, size_t *n);

WIJK_API enum wijk_err wijk_store_add_signal_reply(struct wijk_cx *cx, struct wijk_store *store,
                                                   struct wijk_signal_reply *r);
/* Of n signals, in their order, oldest first within each. */
WIJK_API enum wijk_err wijk_store_list_signal_replies(struct wijk_cx *cx, struct wijk_store *store,
                                                      const struct wijk_signal *s, size_t n_signal,
                                                      const struct wijk_signal_reply **out, size_t *n);

/* Replies to signals of that account that it has not seen, newest first: of each the signal, and its place
 * among the replies of that signal, from 1. */
struct wijk_signal_unseen {
    const char *signal, *gemeente, *buurt, *theme;
    int nr;
    struct wijk_signal_reply reply;
};
WIJK_API enum wijk_err wijk_store_unseen_replies(struct wijk_cx *cx, struct wijk_store *store,
                                                 int64_t account, size_t n_max,
                                                 const struct wijk_signal_unseen **out, size_t *n);
/* Only where the signal is of that account. */
WIJK_API enum wijk_err wijk_store_reply_seen(struct wijk_cx *cx, struct wijk_store *store, int64_t account,
                                             const char *signal, int64_t nr, int64_t now);

#endif
