/* SPDX-License-Identifier: EUPL-1.2 */
/* Recipes of moderation: a text that others see is taken away with a reason, its maker is told and may
 * object once, someone else decides; how often that happened; and what waits for somebody. Faults as in
 * people_flow.h. docs/methods/modereren.md */
#ifndef WIJK_FLOW_MODERATION_FLOW_H
#define WIJK_FLOW_MODERATION_FLOW_H

#include "flow/partner_flow.h"
#include "store/moderation_store.h"

/* ---- taking away (moderation.c) ---- */

enum { WIJK_MOD_WORDS_MAX = 280 };
struct wijk_flow_moderate_in {
    struct wijk_said of;
    enum wijk_mod_reason reason;
    const char *words; /* a sentence for the maker, with OTHER; NULL none */
};
/* Of the role by which it was done, as the store keeps it; also of none. */
WIJK_API const char *wijk_moderator_words(struct wijk_cx *cx, const char *role);
/* A text taken away, as one actor may see it. */
struct wijk_moderation_view {
    const struct wijk_moderation *m;
    const char *role_words; /* of who took it away */
    bool mine;              /* the actor wrote it, or changes it for the organisation whose it is */
    bool may_object, may_back;
    const char *why_not; /* when mine and it may not object: a sentence; else NULL */
};
/* From every place where it stands, and from what is kept under keys. Fails WIJK_ENOTFOUND there is no such
 * thing, or the actor does not see it; WIJK_EDATA there is no text any more, or the reason asks for words. */
WIJK_API enum wijk_err wijk_flow_moderate(struct wijk_cx *cx, struct wijk_store *store,
                                          const struct wijk_deed *d, const struct wijk_flow_moderate_in *in,
                                          struct wijk_moderation_view *out);
/* By who may take away, while it is kept and nobody objected. Fails WIJK_EDATA it cannot come back. */
WIJK_API enum wijk_err wijk_flow_moderation_back(struct wijk_cx *cx, struct wijk_store *store,
                                                 const struct wijk_deed *d, const char *name,
                                                 struct wijk_moderation_view *out);
/* By the maker, once; d->why: the words. Gives the proposal on which someone else decides. */
WIJK_API enum wijk_err wijk_flow_object(struct wijk_cx *cx, struct wijk_store *store,
                                        const struct wijk_deed *d, const char *name, int64_t *proposal);
struct wijk_flow_moderations_in {
    const char *gemeente;
    bool mine;          /* else all of the gemeente, for who may take away */
    const char *before; /* name of the last one of the page before; NULL: the newest */
    size_t n_max;
};
/* Newest first. */
WIJK_API enum wijk_err wijk_flow_moderations(struct wijk_cx *cx, struct wijk_store *store,
                                             const struct wijk_deed *d,
                                             const struct wijk_flow_moderations_in *in,
                                             const struct wijk_moderation_view **out, size_t *n);
/* All of a gemeente as a list to take along, for who reads the log: never a text. */
WIJK_API enum wijk_err wijk_flow_moderation_list(struct wijk_cx *cx, struct wijk_store *store,
                                                 const struct wijk_deed *d, const char *gemeente,
                                                 const struct wijk_moderation **out, size_t *n);
/* Leaves the row of the log of who does so. */
WIJK_API enum wijk_err wijk_flow_moderation_take(struct wijk_cx *cx, struct wijk_store *store,
                                                 const struct wijk_deed *d, const char *gemeente);
/* May this text be taken away by who asks, as far as the right goes. */
WIJK_API bool wijk_flow_may_moderate(const struct wijk_deed *d, const char *gemeente);
/* Of a text that is empty: why. *out NULL: nobody took it away. */
WIJK_API enum wijk_err wijk_flow_taken_away(struct wijk_cx *cx, struct wijk_store *store,
                                            enum wijk_said_kind kind, const char *gemeente,
                                            const char *object, const char *text,
                                            const struct wijk_moderation **out);

/* ---- counts for anyone ---- */

enum { WIJK_MOD_QUARTERS = 4 };
struct wijk_moderation_counts {
    int quarter[WIJK_MOD_QUARTERS]; /* oldest first */
    /* About signals: hidden below five, else rounded. Other texts: as many as there were, and how many of
     * those were put back. */
    struct wijk_disclosed signals[WIJK_MOD_REASON_COUNT][WIJK_MOD_QUARTERS];
    size_t others[WIJK_MOD_REASON_COUNT][WIJK_MOD_QUARTERS], back[WIJK_MOD_QUARTERS];
};
WIJK_API enum wijk_err wijk_flow_moderation_counts(struct wijk_cx *cx, struct wijk_store *store,
                                                   const char *gemeente, int64_t now,
                                                   struct wijk_moderation_counts *out);

/* ---- what waits for somebody (questions.c) ---- */

#define WIJK_QUESTIONS(X)                                                                                    \
    X(PROPOSAL, "voorstel", WIJK_T("een voorstel waarover u besluit"))                                       \
    X(OBJECTION, "bezwaar", WIJK_T("een bezwaar waarover u besluit"))                                        \
    X(TAKEN, "moderatie", WIJK_T("iets van u is weggehaald of teruggezet"))                                  \
    X(REPLY, "terugkoppeling", WIJK_T("een antwoord op uw signaal"))
enum wijk_question_kind {
#define X(name, id, words) WIJK_QUESTION_##name,
    WIJK_QUESTIONS(X)
#undef X
        WIJK_QUESTION_COUNT
};
WIJK_API const char *wijk_question_id(enum wijk_question_kind k);
WIJK_API const char *wijk_question_words(enum wijk_question_kind k); /* Dutch */

struct wijk_question {
    enum wijk_question_kind kind;
    const char *object; /* of wijk_flow_question_seen(); of a proposal its number */
    const char *what;   /* a sentence */
    const char *path;   /* of the page where it can be answered */
    bool ends;          /* it is gone when it was seen; else when it was decided on */
    int64_t at;
};
/* Of who asks, in its first gemeente and of its own texts everywhere; newest first within a kind. */
WIJK_API enum wijk_err wijk_flow_questions(struct wijk_cx *cx, struct wijk_store *store,
                                           const struct wijk_snapshot *s, const struct wijk_deed *d,
                                           const struct wijk_question **out, size_t *n);
/* Seen by who asks. Fails WIJK_EDATA a kind that ends by a decision. */
WIJK_API enum wijk_err wijk_flow_question_seen(struct wijk_cx *cx, struct wijk_store *store,
                                               const struct wijk_deed *d, const char *kind,
                                               const char *object);

#endif
