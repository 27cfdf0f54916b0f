/* SPDX-License-Identifier: EUPL-1.2 */
/* Who asks. Two doors: /api for programs, with a bearer token and no memory; /sessie for a browser, with a
 * cookie that it sends by itself, so there a change also needs our own page as origin and a word that only
 * our page knows. */
#include "http/desk.h"

#include <string.h>
#include <strings.h>

static const char BEARER[] = "Bearer ";

/* ---- what came along ---- */

bool wijk__door_foreign(const struct wijk_http_request *q)
{
    const char *site = q->fetch_site;
    if (site && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0) return true;
    if (!q->origin) return false;
    const char *host = strstr(q->origin, "://");
    return !host || !q->host || strcasecmp(host + 3, q->host) != 0;
}

/* The value of a cookie of ours; NULL none, twice, or no secret. */
static const char *cookie_of(struct wijk_cx *cx, const char *cookies, const char *name)
{
    const char *found = NULL;
    size_t named = strlen(name);
    for (const char *at = cookies; at && *at;) {
        size_t n = strcspn(at, ";");
        if (strncmp(at, name, named) == 0 && at[named] == '=') {
            if (found) return NULL;
            found = wijk_str_dup(cx, wijk_str_trim((struct wijk_str){at + named + 1, n - named - 1}));
        }
        at += n + (at[n] == ';');
        at += strspn(at, " ");
    }
    return found && strlen(found) == WIJK_SECRET_TEXT - 1 ? found : NULL;
}

const char *wijk__door_cookie(const struct http_call *c, const char *name)
{
    return cookie_of(c->cx, c->request->cookie, name);
}

static const char *bearer_of(const struct wijk_http_request *q)
{
    bool is = q->authorization && strncasecmp(q->authorization, BEARER, sizeof BEARER - 1) == 0;
    return is && strlen(q->authorization) == sizeof BEARER - 1 + WIJK_SECRET_TEXT - 1
               ? q->authorization + sizeof BEARER - 1
               : NULL;
}

bool wijk__door_same(const char *a, const char *b)
{
    size_t n = strlen(a);
    unsigned char differ = strlen(b) != n;
    for (size_t i = 0; i < n && b[i]; i++) differ = (unsigned char)(differ | (a[i] ^ b[i]));
    return !differ;
}

/* ---- looking up ---- */

struct look {
    const char *cookie, *bearer;
    struct wijk_flow_who *who;
};

static enum wijk_err look_up(struct wijk_cx *cx, struct wijk_store *store, const struct look *l)
{
    if (l->cookie) return wijk_flow_session(cx, store, l->cookie, wijk__clock_s(), l->who);
    if (l->bearer) return wijk_flow_bearer(cx, store, l->bearer, wijk__clock_s(), l->who);
    return WIJK_OK;
}

static enum wijk_err look_call(struct http_call *c, struct wijk_store *store, void *arg)
{
    return look_up(c->cx, store, arg);
}

static enum wijk_err seen(struct http_call *c, struct wijk_store *store, void *arg)
{
    return wijk_flow_session_seen(c->cx, store, arg, wijk__clock_s());
}

static bool refuse(struct http_call *c, int status, const char *title, const char *detail)
{
    c->live = true;
    if (status == 401) wijk__http_header(c->out, "WWW-Authenticate", "Bearer");
    wijk__http_problem(c, status, wijk_tr(c->cx, title), wijk_tr(c->cx, detail));
    return false;
}

static const char NOT_SO[] = WIJK_T("Dit mag niet");

static bool changes(const struct http_call *c)
{
    return strcmp(c->route->method, "GET") != 0;
}

/* A change by a browser comes from our own page, and says so. */
static bool own_page(struct http_call *c)
{
    const struct wijk_http_request *q = c->request;
    if (!changes(c)) return true;
    if (wijk__door_foreign(q) || (!q->origin && !q->fetch_site))
        return refuse(c, 403, NOT_SO, WIJK_T("Dit verzoek komt van een andere website."));
    if (!c->who.account || (q->guard && c->who.guard && wijk__door_same(q->guard, c->who.guard))) return true;
    return refuse(c, 403, NOT_SO, WIJK_T("Deze pagina is te oud. Laad haar opnieuw."));
}

bool wijk__door_enter(struct http_call *c)
{
    const struct wijk_http_request *q = c->request;
    bool browser = q->door || c->route->who == HTTP_ENTERS || c->route->who == HTTP_SITS;
    struct look l = {browser ? cookie_of(c->cx, q->cookie, HTTP_COOKIE) : NULL, browser ? NULL : bearer_of(q),
                     &c->who};
    if ((l.cookie || l.bearer) && c->world->desk) {
        wijk__desk_read(c, look_call, &l);
        if (c->out->status != 200) return false;
    }
    if (q->authorization && !browser && !c->who.account &&
        (c->route->who == HTTP_KNOWN || c->route->who == HTTP_SEES))
        return refuse(c, 401, WIJK_T("Aanmelden is nodig"),
                      WIJK_T("Deze sleutel is er niet, of geldt niet meer."));
    if (browser && !own_page(c)) return false;
    if (c->route->who != HTTP_ENTERS && c->route->who != HTTP_SEES && !c->who.account)
        return refuse(c, 401, WIJK_T("Aanmelden is nodig"), WIJK_T("Meld u eerst aan."));
    if (l.cookie && c->who.account) {
        wijk__desk_write_quietly(c, seen, (void *)(uintptr_t)l.cookie);
        if (c->out->status != 200) return false;
    }
    c->live = true;
    return true;
}

struct wijk_deed wijk__door_deed(const struct http_call *c, const char *why)
{
    bool browser = c->request->door || c->route->who == HTTP_ENTERS || c->route->who == HTTP_SITS;
    return (struct wijk_deed){&c->who.actor, browser ? "web" : "api", wijk__clock_s(), why};
}

bool wijk__door_loads(struct http_desk *d, const struct wijk_http_request *q)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_flow_who who = {0};
    struct look l = {q->door ? cookie_of(cx, q->cookie, HTTP_COOKIE) : NULL, q->door ? NULL : bearer_of(q),
                     &who};
    struct wijk_object all = {.gemeente = ""};
    bool may = false;
    if (d && (l.cookie || l.bearer)) {
        struct wijk_store *store = wijk__desk_take(d);
        if (store && look_up(cx, store, &l) == WIJK_OK && who.account)
            may = wijk_may(&who.actor, WIJK_RIGHT_DATA_LOAD, &all) == WIJK_MAY_YES &&
                  (!q->door || (q->guard && who.guard && wijk__door_same(q->guard, who.guard)));
        wijk__desk_give(d, store);
    }
    wijk_cx_end(cx);
    return may;
}

static void set_cookie(struct http_call *c, const char *name, const char *token, const char *site,
                       int64_t seconds)
{
    wijk__http_header(c->out, "Set-Cookie",
                      wijk_sprintf(c->cx, "%s=%s; Path=/; Secure; HttpOnly; SameSite=%s; Max-Age=%lld", name,
                                   token, site, (long long)seconds));
}

void wijk__door_set_cookie(struct http_call *c, const char *token, int64_t seconds)
{
    set_cookie(c, HTTP_COOKIE, token, "Strict", seconds);
}

void wijk__door_set_known(struct http_call *c, const char *token, int64_t seconds)
{
    set_cookie(c, HTTP_COOKIE_KNOWN, token, "Strict", seconds);
}

void wijk__door_set_away(struct http_call *c, const char *token, int64_t seconds)
{
    set_cookie(c, HTTP_COOKIE_AWAY, token, "Lax", seconds);
}
