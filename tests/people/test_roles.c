/* SPDX-License-Identifier: EUPL-1.2 */
/* The table of docs/roles.md is the table of the program; `test_roles` alone prints it, with a path it
 * compares. */
#include "people/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *table(struct wijk_cx *cx)
{
    static const char *const REACH[] = {"-", "eigen", "organisatie", "gemeente"};
    struct wijk_buf b = wijk_buf(cx, 0);
    wijk_buf_str(&b, "| recht | wat | doel van een sleutel |");
    for (int r = 0; r < WIJK_ROLE_COUNT; r++)
        wijk_buf_printf(&b, " %s |", wijk_role_words((enum wijk_role)r));
    wijk_buf_str(&b, "\n|---|---|---|");
    for (int r = 0; r < WIJK_ROLE_COUNT; r++) wijk_buf_str(&b, "---|");
    wijk_buf_char(&b, '\n');
    for (int k = 0; k < WIJK_RIGHT_COUNT; k++) {
        enum wijk_right right = (enum wijk_right)k;
        wijk_buf_printf(&b, "| `%s` | %s | %s |", wijk_right_id(right), wijk_right_words(right),
                        wijk_scope_id(wijk_right_scope(right)));
        for (int r = 0; r < WIJK_ROLE_COUNT; r++)
            wijk_buf_printf(&b, " %s |", REACH[wijk_right_reach(right, (enum wijk_role)r)]);
        wijk_buf_char(&b, '\n');
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

int main(int argc, char **argv)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const char *want = table(cx);
    bool same = true;
    if (argc < 2) {
        printf("%s", want);
    } else {
        char *text = read_all(argv[1]);
        same = strstr(text, want) != NULL;
        free(text);
        if (!same) printf("docs/roles.md has another table than this:\n%s", want);
    }
    wijk_cx_end(cx);
    return same ? 0 : 1;
}
