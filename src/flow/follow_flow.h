/* SPDX-License-Identifier: EUPL-1.2 */
/* Following an area: what is new there, of what is public, as a feed and as a letter now and then. */
#ifndef WIJK_FLOW_FOLLOW_FLOW_H
#define WIJK_FLOW_FOLLOW_FLOW_H

#include "fetch/post.h"
#include "flow/partner_flow.h"
#include "store/address_store.h"

/* ---- feeds (feed.c) ---- */

enum { WIJK_FEED_MAX = 100 }; /* entries; older ones fall out */
struct wijk_feed_entry {
    const char *id;           /* "urn:wijkregie:...": the same for ever */
    int64_t at;               /* seconds since 1970 */
    const char *title, *text; /* in the language of the context */
    const char *path;         /* of the page: "/buurt/BU99010101" */
};
struct wijk_feed {
    const char *code, *name, *title;
    int64_t updated; /* of the newest entry; 0 there is none */
    size_t n;
    const struct wijk_feed_entry *entry; /* newest first */
};
/* Files that brought figures of the area, breaks in its series, and what organisations offer there. Fails
 * WIJK_ENOTFOUND. */
WIJK_API enum wijk_err wijk_flow_feed(struct wijk_cx *cx, struct wijk_store *store,
                                      const struct wijk_snapshot *s, const char *code,
                                      const struct wijk_feed **out);
/* RFC 4287, and jsonfeed.org version 1.1. base: "https://..."; self: path of the feed itself. */
WIJK_API const char *wijk_feed_atom(struct wijk_cx *cx, const struct wijk_feed *f, const char *base,
                                    const char *self);
WIJK_API const char *wijk_feed_json(struct wijk_cx *cx, const struct wijk_feed *f, const char *base,
                                    const char *self);

/* ---- letters (digest.c) ---- */

/* Asks to be told of an area; nothing is sent before the owner of the address confirmed. Fails WIJK_EDATA no
 * address, WIJK_ENOTFOUND no such area. */
WIJK_API enum wijk_err wijk_flow_follow(struct wijk_cx *cx, const char *store_path,
                                        const struct wijk_snapshot *s, const char *code, struct wijk_str mail,
                                        int64_t now);
/* *known: there was such a link. */
WIJK_API enum wijk_err wijk_flow_follow_confirm(struct wijk_cx *cx, const char *store_path,
                                                const char *secret, int64_t now, bool *known);
WIJK_API enum wijk_err wijk_flow_follow_leave(struct wijk_cx *cx, const char *store_path, const char *secret,
                                              bool *known);

struct wijk_flow_digest_in {
    const char *store_path;
    const struct wijk_post *post; /* NULL: nothing is sent, only counted */
    int days;                     /* at least so many between two letters to one follower */
    int64_t now;
};
struct wijk_flow_digest {
    size_t followers, waiting;     /* confirmed; not yet */
    size_t confirmations, letters; /* due now */
    size_t sent, failed;
};
/* Asks for confirmation where that was not asked yet, and tells what is new since the last letter. A follower
 * who was written to is not written to again, also when the program is killed between two letters. */
WIJK_API enum wijk_err wijk_flow_digest(struct wijk_cx *cx, struct wijk_store *store,
                                        const struct wijk_snapshot *s, const struct wijk_flow_digest_in *in,
                                        struct wijk_flow_digest *out);

#endif
