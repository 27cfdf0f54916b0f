/* SPDX-License-Identifier: EUPL-1.2 */
/* The web app out of the program itself: its files, and its one page for every address that is a page. */
#include "base/embedded.h"
#include "http/http_int.h"

#include <string.h>

/* Absent when the web app was left out of this build. */
extern const struct wijk_embedded wijk_web_files[] __attribute__((weak));

static const char NO_APP[] =
    "<!doctype html><html lang=\"nl\"><meta charset=\"utf-8\"><title>Wijkregie</title><h1>Wijkregie</h1>"
    "<p>De server werkt. De schermen zijn bij het bouwen weggelaten; de gegevens staan onder "
    "<a href=\"/api/v1\">/api/v1</a>.</p></html>";

static const char *type_of(const char *name)
{
    static const char *const TYPES[][2] = {{".html", "text/html; charset=utf-8"},
                                           {".js", "text/javascript; charset=utf-8"},
                                           {".mjs", "text/javascript; charset=utf-8"},
                                           {".css", "text/css; charset=utf-8"},
                                           {".json", "application/json"},
                                           {".svg", "image/svg+xml"},
                                           {".png", "image/png"},
                                           {".ico", "image/x-icon"},
                                           {".woff2", "font/woff2"},
                                           {".pbf", "application/x-protobuf"},
                                           {".txt", "text/plain; charset=utf-8"},
                                           {".webmanifest", "application/manifest+json"}};
    size_t n = strlen(name);
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++) {
        size_t e = strlen(TYPES[i][0]);
        if (n > e && strcmp(name + n - e, TYPES[i][0]) == 0) return TYPES[i][1];
    }
    return "application/octet-stream";
}

static const struct wijk_embedded *file_of(const char *name)
{
    for (const struct wijk_embedded *f = wijk_web_files; f && f->name; f++)
        if (strcmp(f->name, name) == 0) return f;
    return NULL;
}

/* Pages have no dot and no trailing slash; what belongs to the server is never a page. */
static bool is_page(const char *path)
{
    static const char *const OURS[] = {"/api", "/tegels", "/gezond", "/metrics", "/assets"};
    for (size_t i = 0; i < sizeof OURS / sizeof *OURS; i++) {
        size_t n = strlen(OURS[i]);
        if (strncmp(path, OURS[i], n) == 0 && (!path[n] || path[n] == '/')) return false;
    }
    size_t n = strlen(path);
    return path[0] == '/' && !strchr(path, '.') && (n == 1 || path[n - 1] != '/');
}

bool wijk__http_static(struct http_call *c)
{
    bool page = is_page(c->path);
    const struct wijk_embedded *f = page                ? file_of("index.html")
                                    : c->path[0] == '/' ? file_of(c->path + 1)
                                                        : NULL;
    if (!page && !f) return false;
    c->out->body = f ? (struct wijk_str){(const char *)f->bytes, f->n} : wijk_str(NO_APP);
    c->out->content_type = f ? type_of(f->name) : "text/html; charset=utf-8";
    c->fixed = strncmp(c->path, "/assets/", 8) == 0;
    c->out->etag = wijk_sprintf(c->cx, "\"%016llx\"",
                                (unsigned long long)wijk_hash64(c->out->body.p, c->out->body.n, 7));
    return true;
}
