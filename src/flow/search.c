/* SPDX-License-Identifier: EUPL-1.2 */
/* Areas by name, code or postcode. Ranks: 0 exact, 1 starts so, 2 a word starts so, 3 contains, 4 alike. */
#include "flow/flow_int.h"

#include <ctype.h>
#include <string.h>

enum { RANK_EXACT, RANK_START, RANK_WORD, RANK_CONTAINS, RANK_ALIKE, RANK_NONE };
struct found {
    int rank;
    const struct wijk_snapshot_name *name;
};

static int rank_of(const struct wijk_snapshot_name *name, const char *text, size_t n)
{
    if (strcmp(name->folded, text) == 0 || strcmp(name->code, text) == 0) return RANK_EXACT;
    if (strncmp(name->folded, text, n) == 0 || strncmp(name->code, text, n) == 0) return RANK_START;
    int rank = RANK_NONE;
    for (const char *at = strstr(name->folded, text); at; at = strstr(at + 1, text)) {
        if (at[-1] == ' ') return RANK_WORD;
        rank = RANK_CONTAINS;
    }
    return rank;
}

static int rank_alike(const struct wijk_snapshot_name *name, struct wijk_str text)
{
    struct wijk_str other = wijk_str(name->folded);
    size_t edits = text.n < 4 ? 0 : text.n < 8 ? 1 : 2;
    size_t apart = text.n > other.n ? text.n - other.n : other.n - text.n;
    if (!edits || apart > edits) return RANK_NONE;
    return wijk_str_distance(text, other) <= edits ? RANK_ALIKE : RANK_NONE;
}

/* Gemeente before wijk before buurt, the rest after; the list's own order within a level. */
static int level_rank(const struct wijk_snapshot *s, const struct wijk_snapshot_name *name)
{
    enum wijk_level level = s->division[name->division].areas.level;
    return level <= WIJK_LEVEL_GEMEENTE ? WIJK_LEVEL_GEMEENTE - (int)level : (int)level;
}

static bool before(const struct wijk_snapshot *s, struct found a, struct found b)
{
    if (a.rank != b.rank) return a.rank < b.rank;
    int x = level_rank(s, a.name), y = level_rank(s, b.name);
    return x != y ? x < y : a.name < b.name;
}

/* Keeps the best `max`, in order. */
static void put(const struct wijk_snapshot *s, struct found *list, size_t *n, size_t max, struct found f)
{
    size_t at = *n;
    while (at > 0 && before(s, f, list[at - 1])) at--;
    if (at >= max) return;
    if (*n < max) (*n)++;
    memmove(list + at + 1, list + at, (*n - at - 1) * sizeof *list);
    list[at] = f;
}

/* "1234 ab" asks for the area of 1234. */
static void postcode_only(char *text)
{
    for (size_t i = 0; i < 4; i++)
        if (!isdigit((unsigned char)text[i])) return;
    const char *rest = text + 4 + (text[4] == ' ');
    if (isalpha((unsigned char)rest[0]) && isalpha((unsigned char)rest[1]) && !rest[2]) text[4] = '\0';
}

size_t wijk_flow_search(struct wijk_cx *cx, const struct wijk_snapshot *s, const char *text, size_t max,
                        struct wijk_hit *hits)
{
    char *want = wijk_str_dup(cx, wijk_str_trim(wijk_str_fold(cx, wijk_str(text))));
    postcode_only(want);
    size_t length = strlen(want), n = 0;
    if (!length || !max) return 0;
    struct found *list = WIJK_NEW(cx, struct found, max);
    for (size_t i = 0; i < s->n_name; i++) {
        int rank = rank_of(&s->name[i], want, length);
        if (rank != RANK_NONE) put(s, list, &n, max, (struct found){rank, &s->name[i]});
    }
    bool fits = n > 0; /* names that look alike are offered only when nothing fits */
    for (size_t i = 0; !fits && i < s->n_name; i++)
        if (rank_alike(&s->name[i], wijk_str(want)) == RANK_ALIKE)
            put(s, list, &n, max, (struct found){RANK_ALIKE, &s->name[i]});
    for (size_t i = 0; i < n; i++)
        hits[i] = (struct wijk_hit){&s->division[list[i].name->division], list[i].name->area};
    return n;
}
