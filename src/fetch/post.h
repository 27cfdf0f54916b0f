/* SPDX-License-Identifier: EUPL-1.2 */
/* post: a letter to one address by SMTP, through the server that the settings name. It stands beside fetch
 * because this is the only module that opens a line to another machine; docs/decisions/0008-post.md. */
#ifndef WIJK_FETCH_POST_H
#define WIJK_FETCH_POST_H

#include "fetch/fetch.h"

/* From a settings file (YAML): server, from, name, base; user and password-file, ca when there are. */
struct wijk_post {
    const char *server; /* "smtps://mail.lindewaard.example:465" or "smtp://..": always with TLS, but for a
                           loopback address */
    const char *from, *name;          /* name: how the sender is shown */
    const char *base;                 /* "https://wijkregie.lindewaard.example": where links lead */
    const char *user, *password, *ca; /* NULL none */
};
/* Fails WIJK_EDEF with file and line, WIJK_EIO the password file. */
WIJK_API enum wijk_err wijk_post_read(struct wijk_cx *cx, const char *path, const struct wijk_post **out);

struct wijk_letter {
    const char *to, *subject, *text;
    const char *leave; /* address that a mail program may post to, to unsubscribe in one step; NULL none */
    const char *id;    /* for this letter, once */
    int64_t now;
};
/* Fails WIJK_EIO; the sentence holds no address. */
WIJK_API enum wijk_err wijk_post_send(struct wijk_cx *cx, const struct wijk_post *p,
                                      const struct wijk_letter *l);
/* As it is sent; for tests. */
WIJK_API const char *wijk_letter_text(struct wijk_cx *cx, const struct wijk_post *p,
                                      const struct wijk_letter *l);

#endif
