/* SPDX-License-Identifier: EUPL-1.2 */
/* Addresses of who asked to be told of an area: a file of their own beside the store (STORE.adressen),
 * readable by its owner only, so that no export, copy or answer of the store ever holds one. An address
 * counts after its owner confirmed it, and one step takes it out. The secret in a link stands here as it is:
 * who can read it can read the address. */
#ifndef WIJK_STORE_ADDRESS_STORE_H
#define WIJK_STORE_ADDRESS_STORE_H

#include "store/store.h"

enum { WIJK_ADDRESS_WAIT_S = 7 * 86400, WIJK_ADDRESS_OPEN_MAX = 5, WIJK_ADDRESS_AREAS_MAX = 50 };
struct wijk_addresses;
/* Made when it is not there. Fails WIJK_EIO, WIJK_ESTORE it is no such file. */
WIJK_API enum wijk_err wijk_addresses_open(struct wijk_cx *cx, const char *store_path,
                                           struct wijk_addresses **out);
WIJK_API void wijk_addresses_close(struct wijk_addresses *a); /* NULL allowed */

struct wijk_follower {
    int64_t id;
    const char *mail, *code, *secret;
    enum wijk_lang lang;
    bool confirmed;
    int64_t asked_at, told_at; /* told: 0 not yet */
};
/* Waits to be confirmed; what is there already stays as it is, and so does it when the address asked too
 * often: whoever asks cannot learn which. Forgets what was not confirmed in time. secret: new, for this one.
 */
WIJK_API enum wijk_err wijk_addresses_ask(struct wijk_cx *cx, struct wijk_addresses *a,
                                          const struct wijk_follower *f, int64_t now);
/* *known: there was one with that secret. */
WIJK_API enum wijk_err wijk_addresses_confirm(struct wijk_cx *cx, struct wijk_addresses *a,
                                              const char *secret, int64_t now, bool *known);
WIJK_API enum wijk_err wijk_addresses_drop(struct wijk_cx *cx, struct wijk_addresses *a, const char *secret,
                                           bool *known);
/* By id. */
WIJK_API enum wijk_err wijk_addresses_list(struct wijk_cx *cx, struct wijk_addresses *a,
                                           const struct wijk_follower **out, size_t *n);
WIJK_API enum wijk_err wijk_addresses_told(struct wijk_cx *cx, struct wijk_addresses *a, int64_t id,
                                           int64_t now);

/* An address as it is kept: in small letters where that is the same address. NULL: it is none. */
WIJK_API const char *wijk_mail_address(struct wijk_cx *cx, struct wijk_str given);

#endif
