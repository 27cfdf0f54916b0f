/* SPDX-License-Identifier: EUPL-1.2 */
/* What the store keeps of texts that were taken away, and the one way to take them out of every table they
 * stand in. Writes leave data_version as it is. Moments are seconds since 1970 (UTC). */
#ifndef WIJK_STORE_MODERATION_STORE_H
#define WIJK_STORE_MODERATION_STORE_H

#include "people/moderation.h"
#include "store/people_store.h"

/* ---- texts people wrote (sqlite_said.c) ---- */

/* One piece of it, in one edition, row and column of its own. */
struct wijk_said_text {
    const char *place, *text;
};
struct wijk_said {
    enum wijk_said_kind kind;
    const char *gemeente, *object; /* the object as in the log */
};
/* Who wrote it and who sees it. */
struct wijk_said_about {
    bool known;                /* false: there is no such thing */
    int64_t maker;             /* of the text; 0 nobody's */
    const char *partner;       /* whose text it is; "" none */
    struct wijk_object object; /* for who may see it */
};
WIJK_API enum wijk_err wijk_store_said_about(struct wijk_cx *cx, struct wijk_store *store,
                                             const struct wijk_said *of, struct wijk_said_about *out);
/* Every piece that is not empty, in all editions. */
WIJK_API enum wijk_err wijk_store_said_read(struct wijk_cx *cx, struct wijk_store *store,
                                            const struct wijk_said *of, const struct wijk_said_text **out,
                                            size_t *n);
/* Those pieces are empty from now on, and what was changed meanwhile is a conflict for who was changing it.
 */
WIJK_API enum wijk_err wijk_store_said_wipe(struct wijk_cx *cx, struct wijk_store *store,
                                            const struct wijk_said *of, const struct wijk_said_text *text,
                                            size_t n);
/* Only where nothing was written in their place since. */
WIJK_API enum wijk_err wijk_store_said_put(struct wijk_cx *cx, struct wijk_store *store,
                                           const struct wijk_said *of, const struct wijk_said_text *text,
                                           size_t n);

/* ---- what was taken away (sqlite_moderation.c) ---- */

enum { WIJK_MOD_NAME = 22 };
struct wijk_moderation {
    int64_t id;       /* given when added; never told outside */
    const char *name; /* WIJK_MOD_NAME URL-safe signs */
    struct wijk_said of;
    enum wijk_mod_reason reason;
    const char *words; /* "" none */
    const char *role;  /* id; "" who has the machine */
    int64_t made_by, made_at;
    int quarter;         /* year x 10 + 1..4 */
    int64_t maker;       /* 0 none */
    const char *partner; /* "" none */
    enum wijk_mod_state state;
    int64_t ends_at, proposal, seen_at;
};
/* Gives m->id. text: what may come back; n 0: nothing is kept. */
WIJK_API enum wijk_err wijk_store_add_moderation(struct wijk_cx *cx, struct wijk_store *store,
                                                 struct wijk_moderation *m, const struct wijk_said_text *text,
                                                 size_t n);
/* State, proposal and seen_at. Nothing is kept any more once it is UPHELD, BACK or WRONGLY. */
WIJK_API enum wijk_err wijk_store_save_moderation(struct wijk_cx *cx, struct wijk_store *store,
                                                  const struct wijk_moderation *m);
/* NULL: none of that name. */
WIJK_API enum wijk_err wijk_store_find_moderation(struct wijk_cx *cx, struct wijk_store *store,
                                                  const char *name, const struct wijk_moderation **out);
/* The last one of that text that still holds; NULL: it is there. */
WIJK_API enum wijk_err wijk_store_moderation_of(struct wijk_cx *cx, struct wijk_store *store,
                                                const struct wijk_said *of,
                                                const struct wijk_moderation **out);
WIJK_API enum wijk_err wijk_store_moderation_kept(struct wijk_cx *cx, struct wijk_store *store, int64_t id,
                                                  const struct wijk_said_text **out, size_t *n);
/* What is kept apart of that text is erased, however often it was taken away. */
WIJK_API enum wijk_err wijk_store_forget_kept(struct wijk_cx *cx, struct wijk_store *store,
                                              const struct wijk_said *of);
struct wijk_moderation_ask {
    const char *gemeente; /* NULL: of every one, with maker only */
    int64_t maker;        /* 0 any */
    const char *partner;  /* with a maker: also what is of this organisation, in that gemeente; NULL none */
    const char *before;   /* a name; NULL: from the end */
    size_t n_max;
};
/* Newest first. */
WIJK_API enum wijk_err wijk_store_list_moderations(struct wijk_cx *cx, struct wijk_store *store,
                                                   const struct wijk_moderation_ask *ask,
                                                   const struct wijk_moderation **out, size_t *n);
/* True counts of one gemeente, also of what was put back: by quarter, kind, reason. */
struct wijk_moderation_count {
    int quarter;
    enum wijk_said_kind kind;
    enum wijk_mod_reason reason;
    size_t n, n_back;
};
WIJK_API enum wijk_err wijk_store_count_moderations(struct wijk_cx *cx, struct wijk_store *store,
                                                    const char *gemeente, int from_quarter, int to_quarter,
                                                    const struct wijk_moderation_count **out, size_t *n);

#endif
