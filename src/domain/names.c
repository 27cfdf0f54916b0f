/* SPDX-License-Identifier: EUPL-1.2 */
/* Names of areas, for files that have no codes: one normal form, one measure of likeness, and the rule that
 * only a name that is the same and unique joins. docs/methods/naammatching.md gives the reasons.
 *
 *   score = max( 1 - edits / longer,  2 x words in common / words,  0.7 when all words of one are in the
 * other )
 *
 * edits: insert, delete, replace, swap of neighbours (Damerau 1964) between the normal forms; words: the
 * coefficient of Dice (1945). */
#include "domain/domain.h"

#include <assert.h>
#include <string.h>

enum { WORDS_MAX = 16, COMPARED_MAX = 200 };
static const double SCORE_MIN = 0.6; /* below it a proposal is more often wrong than right */
static const double WITHIN = 0.7;    /* «Tippe» for «Tippe bij de IJssel» */

static const struct {
    const char *id, *text;
} WAY[WIJK_NAME_WAY_COUNT] = {
#define X(name, id, text) {id, text},
    WIJK_NAME_WAYS(X)
#undef X
};

const char *wijk_name_way_id(enum wijk_name_way way)
{
    assert((unsigned)way < WIJK_NAME_WAY_COUNT);
    return WAY[way].id;
}

const char *wijk_name_way_text(enum wijk_name_way way)
{
    assert((unsigned)way < WIJK_NAME_WAY_COUNT);
    return WAY[way].text;
}

/* ---- the normal form ---- */

struct words {
    size_t n;
    struct wijk_str v[WORDS_MAX];
};

static bool is_word(struct wijk_str s, const char *word)
{
    return wijk_str_eq(s, wijk_str(word));
}

static bool is_number(struct wijk_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9') return false;
    return s.n > 0;
}

/* A Roman number up to 39 in lower case; 0 when it is none. Longer ones are words more often than numbers. */
static int roman(struct wijk_str s)
{
    static const char *const TEN[] = {"", "x", "xx", "xxx"};
    static const char *const ONE[] = {"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"};
    for (int t = 0; t < 4; t++)
        for (int o = 0; o < 10; o++) {
            size_t n = strlen(TEN[t]), m = strlen(ONE[o]);
            if (s.n && s.n == n + m && memcmp(s.p, TEN[t], n) == 0 && memcmp(s.p + n, ONE[o], m) == 0)
                return t * 10 + o;
        }
    return 0;
}

static struct wijk_str plain_number(struct wijk_cx *cx, struct wijk_str s)
{
    int v = roman(s);
    if (v) return wijk_str(wijk_sprintf(cx, "%d", v));
    while (is_number(s) && s.n > 1 && s.p[0] == '0') s.p++, s.n--;
    return s;
}

/* Without what stands in brackets at the end: "Beek (L.)", "Groningen (gemeente)". */
static struct wijk_str without_brackets(struct wijk_str s)
{
    s = wijk_str_trim(s);
    if (!s.n || s.p[s.n - 1] != ')') return s;
    size_t n = s.n;
    while (n && s.p[n - 1] != '(') n--;
    return n > 1 ? wijk_str_trim((struct wijk_str){s.p, n - 1}) : s;
}

static void split(struct wijk_str folded, struct words *w)
{
    for (size_t at = 0; at < folded.n && w->n < WORDS_MAX;) {
        size_t end = at;
        while (end < folded.n && folded.p[end] != ' ') end++;
        w->v[w->n++] = (struct wijk_str){folded.p + at, end - at};
        at = end + 1;
    }
}

/* «e.o.» and «en omgeving» at the end, an article or «Wijk 03» in front; never the last word left. */
static struct words meaningful(struct words all)
{
    struct words w = {0};
    size_t from = 0, to = all.n;
    if (to > 2 && is_word(all.v[to - 2], "e") && is_word(all.v[to - 1], "o")) to -= 2;
    if (to > 2 && is_word(all.v[to - 2], "en") && is_word(all.v[to - 1], "omgeving")) to -= 2;
    if (to > 1 && is_word(all.v[to - 1], "eo")) to--;
    if (to > 2 && is_word(all.v[0], "wijk") && is_number(all.v[1])) from = 2;
    if (to > from + 1 &&
        (is_word(all.v[from], "de") || is_word(all.v[from], "het") || is_word(all.v[from], "t")))
        from++;
    for (size_t i = from; i < to; i++) w.v[w.n++] = all.v[i];
    return w;
}

static struct words words_of(struct wijk_cx *cx, struct wijk_str name)
{
    struct words all = {0};
    struct wijk_str text = without_brackets(name);
    if (text.n > COMPARED_MAX) text.n = COMPARED_MAX;
    split(wijk_str_fold(cx, text), &all);
    struct words w = meaningful(all);
    for (size_t i = 0; i < w.n; i++) w.v[i] = plain_number(cx, w.v[i]);
    return w;
}

static struct wijk_str joined(struct wijk_cx *cx, const struct words *w)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    for (size_t i = 0; i < w->n; i++) wijk_buf_put(&b, w->v[i].p, w->v[i].n);
    return wijk_str(wijk_buf_cstr(&b));
}

struct wijk_str wijk_name_normalise(struct wijk_cx *cx, struct wijk_str name)
{
    struct words w = words_of(cx, name);
    return joined(cx, &w);
}

/* ---- likeness ---- */

static double score_of(const struct words *a, struct wijk_str a_joined, const struct words *b,
                       struct wijk_str b_joined)
{
    size_t longer = a_joined.n > b_joined.n ? a_joined.n : b_joined.n, common = 0;
    bool taken[WORDS_MAX] = {false};
    if (!a_joined.n || !b_joined.n) return 0;
    for (size_t i = 0; i < a->n; i++)
        for (size_t k = 0; k < b->n; k++) {
            if (taken[k] || !wijk_str_eq(a->v[i], b->v[k])) continue;
            taken[k] = true;
            common++;
            break;
        }
    size_t edits = wijk_str_distance(a_joined, b_joined);
    double by_sign = edits >= longer ? 0 : 1 - (double)edits / (double)longer;
    double by_word = 2 * (double)common / (double)(a->n + b->n);
    double within = common == a->n || common == b->n ? WITHIN : 0;
    double best = by_sign > by_word ? by_sign : by_word;
    return best > within ? best : within;
}

double wijk_name_score(struct wijk_cx *cx, struct wijk_str a, struct wijk_str b)
{
    struct words wa = words_of(cx, a), wb = words_of(cx, b);
    return score_of(&wa, joined(cx, &wa), &wb, joined(cx, &wb));
}

/* ---- searching ---- */

struct entry {
    const struct wijk_area *area;
    enum wijk_level level;
    struct words words;
    struct wijk_str joined;
};
struct wijk_names {
    size_t n;
    struct entry *v;
};

struct wijk_names *wijk_names_build(struct wijk_cx *cx, const struct wijk_areas *const *areas, size_t n,
                                    const char *gemeente)
{
    struct wijk_names *names = WIJK_NEW(cx, struct wijk_names, 1);
    size_t most = 0;
    for (size_t k = 0; k < n; k++) most += areas[k]->n;
    names->v = WIJK_NEW(cx, struct entry, most);
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < areas[k]->n; i++) {
            const struct wijk_area *a = &areas[k]->v[i];
            char own[WIJK_CODE_MAX];
            bool here = !gemeente || (wijk_code_gemeente(a->code, own) && strcmp(own, gemeente) == 0);
            if (!here || !*a->name) continue;
            struct entry *e = &names->v[names->n++];
            *e = (struct entry){.area = a, .level = areas[k]->level};
            e->words = words_of(cx, wijk_str(a->name));
            e->joined = joined(cx, &e->words);
        }
    return names;
}

size_t wijk_names_count(const struct wijk_names *names)
{
    return names->n;
}

static void put_hit(struct wijk_name_hit hit[WIJK_NAME_HITS], size_t *n, const struct entry *e, double score)
{
    size_t at = *n;
    while (at > 0 && hit[at - 1].score < score) at--;
    if (at == WIJK_NAME_HITS) return;
    if (*n < WIJK_NAME_HITS) ++*n;
    for (size_t i = *n - 1; i > at; i--) hit[i] = hit[i - 1];
    hit[at] = (struct wijk_name_hit){e->area, e->level, score};
}

enum wijk_name_way wijk_names_find(struct wijk_cx *cx, const struct wijk_names *names, struct wijk_str name,
                                   struct wijk_name_hit hit[WIJK_NAME_HITS], size_t *n)
{
    struct wijk_str exact = wijk_str_trim(name);
    struct words words = words_of(cx, name);
    struct wijk_str normal = joined(cx, &words);
    size_t same = 0;
    *n = 0;
    for (size_t i = 0; i < names->n; i++)
        if (wijk_str_eq(exact, wijk_str_trim(wijk_str(names->v[i].area->name))) && ++same)
            put_hit(hit, n, &names->v[i], 1);
    if (same == 1) return WIJK_NAME_EXACT;
    if (same > 1) return WIJK_NAME_RESEMBLES; /* one name, several areas: a person has to say which */
    for (size_t i = 0; i < names->n; i++)
        if (normal.n && wijk_str_eq(normal, names->v[i].joined) && ++same) put_hit(hit, n, &names->v[i], 1);
    if (same == 1) return WIJK_NAME_NORMALISED;
    if (same > 1) return WIJK_NAME_RESEMBLES;
    for (size_t i = 0; i < names->n; i++) {
        double score = score_of(&words, normal, &names->v[i].words, names->v[i].joined);
        if (score >= SCORE_MIN) put_hit(hit, n, &names->v[i], score);
    }
    return *n ? WIJK_NAME_RESEMBLES : WIJK_NAME_NONE;
}
