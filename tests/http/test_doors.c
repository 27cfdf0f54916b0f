/* SPDX-License-Identifier: EUPL-1.2 */
/* The table of routes in docs/roles.md is that of the program; `test_doors` alone prints it, with a path it
 * compares. */
#include "http/http_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *who_of(const struct http_route *r)
{
    switch (r->who) {
    case HTTP_READS: return "iedereen";
    case HTTP_ASKS: return "iedereen, met maat";
    case HTTP_KEY: return "analist, of de sleutel van de server";
    case HTTP_ENTERS: return "iedereen, in een browser op deze site";
    case HTTP_SEES: return "iedereen, wie bekend is ziet meer";
    case HTTP_SITS: return "aangemeld in de browser";
    case HTTP_KNOWN: return "aangemeld, of met een sleutel";
    }
    return "";
}

static const char *table(struct wijk_cx *cx)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    wijk_buf_str(&b, "| vraag | adres | wie | recht |\n|---|---|---|---|\n");
    for (size_t k = 0; k < wijk__n_routes; k++) {
        const struct http_route *r = &wijk__routes[k];
        bool loads = r->who == HTTP_KEY;
        wijk_buf_printf(&b, "| %s | `%s` | %s | %s%s%s |\n", r->method, r->path, who_of(r),
                        r->right || loads ? "`" : "-",
                        r->right ? r->right
                        : loads  ? "data-load"
                                 : "",
                        r->right || loads ? "`" : "");
    }
    return wijk_buf_cstr(&b);
}

static char *read_all(const char *path)
{
    FILE *f = fopen(path, "rb");
    char *text = calloc(1, 1 << 20);
    if (!f || !text || !fread(text, 1, (1 << 20) - 1, f)) exit(1);
    fclose(f);
    return text;
}

/* A right that a route names is one of the program's. */
static bool rights_are_known(void)
{
    for (size_t k = 0; k < wijk__n_routes; k++) {
        const char *right = wijk__routes[k].right;
        int r = 0;
        while (right && r < WIJK_RIGHT_COUNT && strcmp(wijk_right_id((enum wijk_right)r), right) != 0) r++;
        if (!right || r < WIJK_RIGHT_COUNT) continue;
        printf("%s names a right that is not there: %s\n", wijk__routes[k].path, right);
        return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const char *want = table(cx);
    bool same = rights_are_known();
    if (argc < 2) {
        printf("%s", want);
    } else {
        char *text = read_all(argv[1]);
        if (!strstr(text, want)) {
            printf("docs/roles.md has another table of routes than this:\n%s", want);
            same = false;
        }
        free(text);
    }
    wijk_cx_end(cx);
    return same ? 0 : 1;
}
