/* SPDX-License-Identifier: EUPL-1.2 */
/* What the answers about organisations, offers and proposals have alike. */
#ifndef WIJK_HTTP_PARTNER_JSON_H
#define WIJK_HTTP_PARTNER_JSON_H

#include "http/desk.h"

/* The gemeente that is meant: as given; else that of who asks; else the only one here. NULL after noting a
 * fault. */
const char *wijk__call_gemeente(struct http_call *c, const char *given);
/* The same for a list: *out NULL, all of them, where none is meant. false: answered with a fault. */
bool wijk__call_any_gemeente(struct http_call *c, const char *given, const char **out);
/* [{code, naam}]; an area that is not there any more is named by its code. */
void wijk__json_areas(struct http_call *c, const char *const *area, size_t n);
/* delen, delenNaam, versie, openbareVersie, werkversie, magWijzigen, gewijzigdOp */
void wijk__json_edited(struct http_call *c, const struct wijk_edited *e, bool work, bool may_change);
void wijk__json_offer(struct http_call *c, const struct wijk_flow_offer *f);
/* From the body: delen and versie; notes faults. */
void wijk__body_edited(struct http_call *c, struct wijk_edited *out);
const char *const *wijk__body_areas(struct http_call *c, size_t *n);
/* A word of a list that the body has to name. */
#define WIJK_BODY_WORD(c, name, parse, out)                                                                  \
    do {                                                                                                     \
        const char *word_ = wijk__body_need(c, name, HTTP_WORD_MAX);                                         \
        if (*word_ && !parse(wijk_str(word_), out))                                                          \
            wijk__http_fault(c, name, wijk_tr((c)->cx, "Dit woord staat niet in de lijst."));                \
    } while (0)
enum { HTTP_WORD_MAX = 60 };
/* true: there are faults, and they were answered. */
bool wijk__call_faulty(struct http_call *c);
/* A problem 409 that also shows, as `nu`, what somebody else made of it. */
void wijk__call_conflict(struct http_call *c, void (*write)(struct http_call *c, const void *now),
                         const void *now);
/* A list page by page: how many at most, 1 to 1000, of itself 100; and after which one, as `volgende` told
 * it: gemeente, organisation and, of an offer, its number. They note faults. */
size_t wijk__query_page(struct http_call *c, size_t key);
struct http_after {
    const char *gemeente, *partner; /* NULL: from the start */
    int64_t id;
};
struct http_after wijk__query_after(struct http_call *c, size_t key);
/* Theme and age of the query; notes faults. */
void wijk__query_offers(struct http_call *c, size_t theme, size_t age, struct wijk_flow_offer_ask *out);
/* `volgende`: after this one; id 0 none. */
void wijk__json_next(struct http_call *c, const char *gemeente, const char *partner, int64_t id);
/* A whole number from the query, 1 or more; notes a fault. */
int64_t wijk__query_number(struct http_call *c, size_t key, const char *name);

#endif
