/* SPDX-License-Identifier: EUPL-1.2 */
/* Shared among the recipes about organisations, offers and what becomes public. */
#ifndef WIJK_FLOW_PARTNER_INT_H
#define WIJK_FLOW_PARTNER_INT_H

#include "flow/partner_flow.h"
#include "flow/people_int.h"

struct wijk_object wijk__partner_object(const struct wijk_partner *p);
struct wijk_object wijk__offer_object(const struct wijk_offer *o);
bool wijk__deed_sees(const struct wijk_deed *d, const struct wijk_object *o);
bool wijk__deed_could(const struct wijk_deed *d, enum wijk_right right, const struct wijk_object *o);

/* ---- publish.c ---- */

/* What can be made public: how it is looked up, and how a version of it becomes what everybody sees. */
struct wijk__public_kind {
    const char *kind;
    /* The object, its version now, and how people call it. Fails WIJK_ENOTFOUND. */
    enum wijk_err (*look)(struct wijk_cx *cx, struct wijk_store *store, const char *gemeente,
                          const char *object, struct wijk_object *o, int64_t *version, const char **name);
    enum wijk_err (*publish)(struct wijk_cx *cx, struct wijk_store *store, const char *gemeente,
                             const char *object, int64_t version, int64_t now);
};
extern const struct wijk__public_kind wijk__public_partner, wijk__public_offer;
/* What was proposed about an earlier version does not hold for this one: it is withdrawn. */
enum wijk_err wijk__proposals_lapse(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                    const char *gemeente, const char *kind, const char *object);

/* ---- what is checked of a text (partner.c) ---- */

/* Not empty when needed, at most max bytes, nobody named but `own` (NULL: it is itself the name of an
 * organisation). `what` is Dutch: "de naam". */
enum wijk_err wijk__text_check(struct wijk_cx *cx, const char *text, const char *what, size_t max,
                               bool needed, const char *own);
/* Codes of buurten, wijken or the gemeente itself that the store knows, all of that gemeente; at least one.
 */
enum wijk_err wijk__areas_check(struct wijk_cx *cx, struct wijk_store *store, const char *gemeente,
                                const char *const *area, size_t n);
/* Its name in the newest division; its code where the store has no areas of that level. */
enum wijk_err wijk__area_name(struct wijk_cx *cx, struct wijk_store *store, const char *code,
                              const char **out);
/* How a thing is shared after a change: PUBLIC is what was agreed to, so what is worked on is shared with
 * partners. */
enum wijk_err wijk__edited_next(struct wijk_cx *cx, const struct wijk_deed *d,
                                const struct wijk_edited *given, const struct wijk_edited *before,
                                bool withdraw, struct wijk_edited *out);
const char *wijk__edited_json(struct wijk_cx *cx, const struct wijk_edited *e, const char *const *area,
                              size_t n_area, const char *more);

#endif
