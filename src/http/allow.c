/* SPDX-License-Identifier: EUPL-1.2 */
/* Who may bring something: a file only with the key or as analist, a question about a drawn area by anyone,
 * and what people make only by who is known (door.c). */
#include "http/desk.h"
#include "http/handlers.h"

#include <string.h>
#include <strings.h>

enum { KEY_MAX = 200, QUESTION_MAX = 64 << 10, HTTP_TEXT_BODY_MAX = 64 << 10 };
static const char BEARER[] = "Bearer ";

static bool is_type(const char *given, const char *type)
{
    size_t n = strlen(type);
    return given && strncasecmp(given, type, n) == 0 && (!given[n] || given[n] == ';' || given[n] == ' ');
}

static int refuse_body(const struct http_route *r, const struct wijk_http_request *q, uint64_t most,
                       const char **detail)
{
    const bool other = wijk__body_is_file(r) || wijk__body_is_other(r);
    if (!is_type(q->content_type, other ? r->body + 1 : "application/json")) {
        *detail = wijk__body_is_file(r) ? WIJK_T("Stuur het bestand als application/octet-stream.")
                                        : WIJK_T("Stuur de vraag als application/json.");
        return 415;
    }
    if (!q->has_length) {
        *detail = WIJK_T("Zeg met Content-Length hoe groot de inhoud is.");
        return 411;
    }
    if (q->length <= most) return 0;
    *detail = WIJK_T("Dit is te groot.");
    return 413;
}

bool wijk__http_has_key(const struct http_keeper *k, const struct wijk_http_request *q)
{
    const char *key = wijk__keeper_key(k);
    return key && q->authorization && strncasecmp(q->authorization, BEARER, sizeof BEARER - 1) == 0 &&
           wijk__door_same(q->authorization + sizeof BEARER - 1, key);
}

static int refuse_key(const char **detail)
{
    *detail = WIJK_T("Hier is de sleutel nodig die de server bij het starten toonde.");
    return 401;
}

/* Without the key a question is small; who shows a key shows the right one. */
static int refuse_question(const struct http_keeper *k, const struct http_route *r,
                           const struct wijk_http_request *q, const char **detail)
{
    bool known = wijk__http_has_key(k, q);
    if (q->authorization && !known) return refuse_key(detail);
    if (known || wijk__keeper_answers(k))
        return refuse_body(r, q, known ? HTTP_BODY_MAX : QUESTION_MAX, detail);
    *detail = WIJK_T("Deze server beantwoordt geen vragen over getekende gebieden.");
    return 403;
}

/* Who it is, is seen when a worker answers; here only what is brought. */
static int refuse_known(const struct http_route *r, const struct wijk_http_request *q, const char **detail)
{
    return r->body && *r->body ? refuse_body(r, q, HTTP_TEXT_BODY_MAX, detail) : 0;
}

int wijk__http_refuses(const struct http_world *world, const struct http_route *r,
                       const struct wijk_http_request *q, const char **detail)
{
    const struct http_keeper *k = world->keeper;
    if (r->who == HTTP_READS) return 0;
    if (r->who >= HTTP_ENTERS) return refuse_known(r, q, detail);
    if (r->who == HTTP_KEY && !wijk__keeper_key(k)) {
        *detail = WIJK_T("Deze server laadt geen bestanden. Start hem met --import.");
        return 403;
    }
    if (wijk__door_foreign(q)) {
        *detail = WIJK_T("Dit verzoek komt van een andere website.");
        return 403;
    }
    if (r->who == HTTP_ASKS) return refuse_question(k, r, q, detail);
    if (!wijk__http_has_key(k, q) && !wijk__door_loads(world->desk, q)) return refuse_key(detail);
    if (q->idempotency_key && (!*q->idempotency_key || strlen(q->idempotency_key) > KEY_MAX)) {
        *detail = WIJK_T("De Idempotency-Key is leeg of te lang.");
        return 400;
    }
    return r->body && *r->body
               ? refuse_body(r, q, wijk__body_is_file(r) ? q->file_max : HTTP_BODY_MAX, detail)
               : 0;
}
