/* SPDX-License-Identifier: EUPL-1.2 */
/* Recipes about signals: what a professional sees in a neighbourhood, in one sentence, and what was done with
 * it. Faults as in people_flow.h; what the actor may not see is WIJK_ENOTFOUND. Of others nobody gets a count
 * below five, and the public gets no text at all. docs/methods/signalen.md */
#ifndef WIJK_FLOW_SIGNAL_FLOW_H
#define WIJK_FLOW_SIGNAL_FLOW_H

#include "flow/people_flow.h"
#include "store/moderation_store.h"
#include "store/signal_store.h"

enum { WIJK_SIGNAL_WORDS_MIN = 10, WIJK_SIGNAL_WORDS_MAX = 280, WIJK_SIGNAL_QUARTERS = 4 };

/* What in a text points at a person; names of areas in the snapshot do not. */
WIJK_API size_t wijk_flow_text_check(struct wijk_cx *cx, const struct wijk_snapshot *s, struct wijk_str text,
                                     struct wijk_personal_place out[WIJK_PERSONAL_PLACES]);

struct wijk_flow_signal_in {
    const char *buurt;     /* code in the newest division; "" or NULL with a circle */
    struct wijk_xy centre; /* RD; goes to the nearest point of the grid of 100 m */
    int radius;            /* metres; 0: no circle but the whole buurt */
    const char *theme, *sentence;
    enum wijk_sureness sure;
    enum wijk_sharing sharing; /* not PUBLIC */
};
/* A signal as one actor may see it. */
struct wijk_signal_view {
    struct wijk_signal signal;
    const char *buurt_name;   /* never NULL */
    const char *partner_name; /* as it is public; else its id, "" for the gemeente */
    size_t n_reply;
    const struct wijk_signal_reply *reply;
    const struct wijk_moderation *taken;              /* its sentence was taken away; NULL not */
    const struct wijk_moderation *const *reply_taken; /* n_reply; NULL where the reply is there */
    bool mine, may_change, may_answer, may_moderate;
};
/* Fails WIJK_EPERSONAL with the advice of the first thing that was found; WIJK_EDATA otherwise. */
WIJK_API enum wijk_err wijk_flow_signal_place(struct wijk_cx *cx, struct wijk_store *store,
                                              const struct wijk_snapshot *s, const struct wijk_deed *d,
                                              const struct wijk_flow_signal_in *in,
                                              struct wijk_signal_view *out);
struct wijk_flow_signal_change {
    int64_t version;
    bool withdraw;                /* its sentence is wiped */
    const char *theme, *sentence; /* NULL: as they were */
    enum wijk_sureness sure;      /* WIJK_SURE_COUNT: as it was */
    enum wijk_sharing sharing;    /* WIJK_SHARING_COUNT: as it was */
};
/* Of its maker. Fails WIJK_ECONFLICT another version by now; WIJK_EDATA after an answer only withdrawing is
 * left. */
WIJK_API enum wijk_err wijk_flow_signal_change(struct wijk_cx *cx, struct wijk_store *store,
                                               const struct wijk_snapshot *s, const struct wijk_deed *d,
                                               const char *name, const struct wijk_flow_signal_change *in,
                                               struct wijk_signal_view *out);
/* What was done with it; its maker sees it. */
WIJK_API enum wijk_err wijk_flow_signal_answer(struct wijk_cx *cx, struct wijk_store *store,
                                               const struct wijk_snapshot *s, const struct wijk_deed *d,
                                               const char *name, enum wijk_signal_end end, const char *words,
                                               struct wijk_signal_view *out);
WIJK_API enum wijk_err wijk_flow_signal(struct wijk_cx *cx, struct wijk_store *store,
                                        const struct wijk_snapshot *s, const struct wijk_deed *d,
                                        const char *name, struct wijk_signal_view *out);
struct wijk_flow_signals_in {
    bool mine;                            /* only those the actor made, withdrawn ones too */
    const char *gemeente, *buurt, *theme; /* gemeente NULL: that of the actor's first role */
    const char *before;                   /* name of the last one of the page before; NULL: the newest */
    size_t n_max;
};
/* Newest first. */
WIJK_API enum wijk_err wijk_flow_signals(struct wijk_cx *cx, struct wijk_store *store,
                                         const struct wijk_snapshot *s, const struct wijk_deed *d,
                                         const struct wijk_flow_signals_in *in,
                                         const struct wijk_signal_view **out, size_t *n);
/* How many colleagues reported that theme there in that quarter too: hidden below five, else rounded. */
WIJK_API enum wijk_err wijk_flow_signal_others(struct wijk_cx *cx, struct wijk_store *store,
                                               const struct wijk_signal *signal, struct wijk_disclosed *out);

/* Signals in one area of the newest division, for anyone: by theme (the order of defs, then all together) and
 * quarter, oldest first. Hidden and none are told alike: «minder dan 5». */
struct wijk_signal_counts {
    const struct wijk_snapshot_division *division;
    size_t area, n_theme;
    int quarter[WIJK_SIGNAL_QUARTERS];
    const struct wijk_disclosed *count; /* (n_theme + 1) x WIJK_SIGNAL_QUARTERS */
};
/* Fails WIJK_ENOTFOUND no buurt, wijk or gemeente of that code. */
WIJK_API enum wijk_err wijk_flow_signal_counts(struct wijk_cx *cx, struct wijk_store *store,
                                               const struct wijk_snapshot *s, const char *code, int64_t now,
                                               struct wijk_signal_counts *out);

#endif
