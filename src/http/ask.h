/* SPDX-License-Identifier: EUPL-1.2 */
/* The bodies of what is asked of the keeper: JSON, every key checked. */
#ifndef WIJK_HTTP_ASK_H
#define WIJK_HTTP_ASK_H

#include "http/keeper.h"

/* {bron | indeling, jaar, gemeente, koppelingen}; *out in a context of its own.
 * Fails WIJK_EUSAGE or WIJK_EPARSE with the sentence in cx. */
enum wijk_err wijk__ask_read(struct wijk_cx *cx, const struct wijk_snapshot *s, const struct http_import *i,
                             struct wijk_str body, struct http_ask **out);
/* {id, titel, uitgever, licentie}: the same ask, its source under that name. */
enum wijk_err wijk__ask_named(struct wijk_cx *cx, const struct wijk_defs *defs, const struct http_ask *ask,
                              struct wijk_str body, struct http_ask **out);
/* {keuze}: "alles" or "goedeRegels". */
enum wijk_err wijk__ask_choice(struct wijk_cx *cx, struct wijk_str body, const char **out);

#endif
