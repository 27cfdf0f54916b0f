/* SPDX-License-Identifier: EUPL-1.2 */
/* Finds in a sentence what points at a person: names, house numbers, numbers of people. It looks word by
 * word, with the word before and the words behind, because «Bakker» is a name behind «mevrouw» and a shop
 * elsewhere. A sentence that is stopped in vain costs a moment, a name that comes in is there for ever: in
 * doubt about a name it stops, in doubt about a place or a shop it does not. */
#include "domain/personal.h"
#include "domain/personal_words.h"

#include <string.h>

/* ---- words -------------------------------------------------------------------------------------------- */

enum { FOLD = 28 };
struct word {
    size_t from, to;
    bool capital;    /* its first letter                                                  */
    bool starts;     /* a sentence                                                        */
    bool near;       /* behind the word before it stands one blank, dash or point, no more */
    bool digit;      /* it begins with one                                                */
    bool caps;       /* no small letter in it                                                */
    char fold[FOLD]; /* small letters without marks; cut off where it does not fit         */
};

/* The sign at i and its length; what is no UTF-8 is a sign of one byte that is no letter. */
static uint32_t sign_at(struct wijk_str s, size_t i, size_t *n)
{
    const unsigned char *p = (const unsigned char *)s.p + i;
    size_t room = s.n - i;
    *n = 1;
    if (p[0] < 0x80) return p[0];
    size_t len = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : p[0] >= 0xc2 ? 2 : 0;
    if (!len || len > room) return 0xfffd;
    uint32_t c = p[0] & (0xffu >> (len + 1));
    for (size_t k = 1; k < len; k++) {
        if ((p[k] & 0xc0) != 0x80) return 0xfffd;
        c = c << 6 | (p[k] & 0x3fu);
    }
    *n = len;
    return c;
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}
static bool is_letter(uint32_t c)
{
    if (c < 0x80) return (c | 32) >= 'a' && (c | 32) <= 'z';
    return (c >= 0xc0 && c < 0x2000 && c != 0xd7 && c != 0xf7) || (c >= 0x3040 && c < 0xfff0);
}
static bool is_capital(uint32_t c)
{
    if (c < 0x80) return c >= 'A' && c <= 'Z';
    if (c <= 0xde) return c >= 0xc0 && c != 0xd7;
    if (c >= 0x139 && c <= 0x148) return c % 2 == 1;
    if (c >= 0x179 && c <= 0x17e) return c % 2 == 1;
    if (c >= 0x100 && c <= 0x178) return c % 2 == 0;
    return (c >= 0x391 && c <= 0x3a9) || (c >= 0x400 && c <= 0x42f);
}

/* The letter without its marks, small; of letters that have none like it: '?'. */
static char plain(uint32_t c)
{
    static const char LATIN[] = "aaaaaaaceeeeiiiidnooooo?ouuuuyts"; /* from U+00C0 */
    static const char MORE[] =                                      /* from U+0100 */
        "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiijjjjkkklllllllllln"
        "nnnnnnnnooooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzz";
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? (char)(c + 32) : (char)c;
    if (c == 0xdf) return 's';
    if (c == 0xff) return 'y';
    if (c >= 0xc0 && c <= 0xff) return LATIN[(c - 0xc0) % 32];
    if (c >= 0x100 && c - 0x100 < sizeof MORE - 1) return MORE[c - 0x100];
    return '?';
}

/* The word at or behind `at`; false at the end. */
static bool next_word(struct wijk_str s, size_t at, struct word *w)
{
    size_t n, i = at, gap = 0;
    *w = (struct word){.starts = at == 0, .near = true};
    for (; i < s.n; i += n, gap++) {
        uint32_t c = sign_at(s, i, &n);
        if (is_letter(c) || is_digit(c)) break;
        if (c == '.' || c == '!' || c == '?' || c == ':' || c == ';' || c == '\n') w->starts = true;
        if (c != ' ' && c != '-' && c != '.') w->near = false;
    }
    if (gap > 2) w->near = false;
    if (i >= s.n) return false;
    size_t k = 0;
    w->from = i;
    w->caps = true;
    for (; i < s.n; i += n) {
        uint32_t c = sign_at(s, i, &n);
        if (!is_letter(c) && !is_digit(c) && !(c == '\'' && i + 1 < s.n)) break;
        if (i == w->from) w->capital = is_capital(c), w->digit = is_digit(c);
        if (is_letter(c) && !is_capital(c)) w->caps = false;
        if (k + 1 < FOLD) w->fold[k++] = plain(c);
    }
    w->to = i;
    return true;
}

/* Is it one of " a b c "? */
static bool among(const char *list, const char *fold)
{
    size_t n = strlen(fold);
    for (const char *p = list; n && (p = strstr(p, fold)) != NULL; p += n)
        if (p[-1] == ' ' && p[n] == ' ') return true;
    return false;
}

/* Ends on one of the list, with something in front. */
static bool ends_among(const char *list, const char *fold)
{
    size_t n = strlen(fold);
    for (const char *p = list + 1; *p;) {
        size_t m = strcspn(p, " ");
        if (m + 2 <= n && memcmp(fold + n - m, p, m) == 0) return true;
        p += m + 1;
    }
    return false;
}

/* ---- names -------------------------------------------------------------------------------------------- */

struct search {
    struct wijk_str s;
    const struct wijk_personal_known *known;
    bool names; /* looks for those too */
};

/* From this word on: particles and words with a capital that belong together, as in «Jan van der Wal». *last:
 * its last word with a capital; *behind: the word next to it, or nothing. false: the first word alone. */
static bool run_of(struct wijk_str s, const struct word *first, struct word *last, struct word *behind)
{
    struct word w = *first;
    bool more = false;
    *last = *first;
    for (;;) {
        bool is = next_word(s, w.to, &w);
        if (!is) w = (struct word){0};
        bool part = is && w.near && !w.starts && (among(PARTICLES, w.fold) || w.capital);
        if (!part) break;
        if (w.capital && !among(PARTICLES, w.fold)) *last = w, more = true;
    }
    /* what stands behind a loose particle is not behind the name */
    if (!next_word(s, last->to, behind) || !behind->near) *behind = (struct word){0};
    return more;
}

/* A street, a school, a park: named after somebody long ago. */
static bool is_place(const struct search *q, const struct word *first, const struct word *last,
                     const struct word *behind)
{
    if (ends_among(STREETS, last->fold) || ends_among(BUILDINGS, last->fold)) return true;
    if (last->from != first->from && among(ORGANISATIONS, last->fold)) return true;
    if (behind->to && !behind->capital && among(PLACE_NOUNS, behind->fold)) return true;
    struct wijk_str run = {q->s.p + first->from, last->to - first->from};
    return q->known && q->known->is_known(q->known->self, run);
}

/* A shop or a house that bears the name of somebody everybody knows. */
static bool is_famous(struct wijk_str s, const struct word *first, const struct word *last)
{
    char two[2 * FOLD];
    struct word next;
    if (!next_word(s, first->to, &next) || !next.near) return false;
    if (next.from != last->from && !among(PARTICLES, next.fold))
        return false; /* Piet Hein van Dam is another */
    size_t a = strlen(first->fold), b = strlen(next.fold);
    memcpy(two, first->fold, a);
    two[a] = '_';
    memcpy(two + a + 1, next.fold, b + 1);
    return among(FAMOUS, two);
}

/* Behind a title: «mevrouw De Wit», «dhr. Jansen», «familie van den Berg», also «mevrouw jansen». */
static bool after_title(const struct search *q, const struct word *title, struct wijk__span *span)
{
    struct word w = *title, last, behind;
    for (int parts = 0; parts < 5; parts++) {
        if (!next_word(q->s, w.to, &w) || !w.near) return false;
        if (w.capital && !among(PARTICLES, w.fold) && strlen(w.fold) > 1) {
            run_of(q->s, &w, &last, &behind);
            if (is_place(q, &w, &last, &behind)) return false;
            *span = (struct wijk__span){title->from, last.to};
            return true;
        }
        if (!w.capital && among(SURNAMES, w.fold)) {
            *span = (struct wijk__span){title->from, w.to};
            return true;
        }
        bool initial = w.capital && strlen(w.fold) == 1;
        if (!initial && !among(PARTICLES, w.fold) && !among(TITLES, w.fold)) return false;
    }
    return false;
}

/* A first name. One that is a word as well counts within a sentence, or before a surname. */
static bool first_name(const struct search *q, const struct word *w, const struct word *before,
                       struct wijk__span *span)
{
    bool sure = among(FIRST_NAMES, w->fold), wordy = !sure && among(WORDY_NAMES, w->fold);
    struct word last, behind;
    if (!sure && !wordy) return false;
    if (!w->capital && (wordy || strlen(w->fold) < 5)) return false;
    if (w->caps && strlen(w->fold) < 4 && !before->caps) return false; /* JOS, AD: an abbreviation */
    bool article = before->to && w->near && among(ARTICLES, before->fold);
    if (before->to && w->near && among(SAINTS, before->fold)) return false;
    bool surname = run_of(q->s, w, &last, &behind) && w->capital;
    if (!surname && (article || (wordy && w->starts))) return false;
    if (is_famous(q->s, w, &last) || is_place(q, w, &last, &behind)) return false;
    *span = (struct wijk__span){w->from, surname ? last.to : w->to};
    return true;
}

/* Behind «buurman», «tante», «oom»: any word with a capital. */
static bool after_kin(const struct search *q, const struct word *kin, struct wijk__span *span)
{
    struct word w, last, behind;
    if (!next_word(q->s, kin->to, &w) || !w.near || w.starts || !w.capital || strlen(w.fold) < 2)
        return false;
    run_of(q->s, &w, &last, &behind);
    if (is_place(q, &w, &last, &behind)) return false;
    *span = (struct wijk__span){w.from, last.to};
    return true;
}

/* «J. Jansen», «A.B. de Vries». One letter alone is an initial only behind a word that asks for a name, so
 * that «blok B. Daar ...» is none. */
static bool initials(const struct search *q, const struct word *w, const struct word *before,
                     struct wijk__span *span)
{
    struct word at = *w, last, behind;
    size_t n = 0;
    while (at.capital && strlen(at.fold) == 1 && at.to < q->s.n && q->s.p[at.to] == '.') {
        n++;
        if (!next_word(q->s, at.to, &at) || !at.near) return false;
    }
    if (n == 0 || (n == 1 && before->to && !among(ASK_NAME, before->fold))) return false;
    while (among(PARTICLES, at.fold))
        if (!next_word(q->s, at.to, &at) || !at.near) return false;
    if (!at.capital || strlen(at.fold) < 3) return false;
    run_of(q->s, &at, &last, &behind);
    if (is_place(q, &at, &last, &behind)) return false;
    *span = (struct wijk__span){w->from, last.to};
    return true;
}

/* ---- house numbers ------------------------------------------------------------------------------------- */

/* One to four digits, a letter or an addition behind them allowed («12a», «12-3»), and no year. */
static bool house_number(struct wijk_str s, const struct word *w, size_t *end)
{
    size_t digits = 0, rest;
    while (is_digit((unsigned char)w->fold[digits])) digits++;
    rest = strlen(w->fold) - digits;
    if (digits == 0 || digits > 4 || rest > 3 || w->fold[0] == '0') return false;
    if (digits == 4 && rest == 0 && (w->fold[0] == '1' || w->fold[0] == '2')) return false;
    *end = w->to;
    if (w->to + 1 < s.n && s.p[w->to] == '.' && is_digit((unsigned char)s.p[w->to + 1])) return false;
    if (w->to + 1 < s.n && s.p[w->to] == '-' && is_digit((unsigned char)s.p[w->to + 1])) {
        size_t i = w->to + 1;
        while (i < s.n && is_digit((unsigned char)s.p[i])) i++;
        if (i - w->to > 4) return false; /* 12-2019, 1960-1975 */
        *end = i;
    }
    return true;
}

/* What is counted is no house: «in de Maasstraat 12 auto's». */
static bool counts(struct wijk_str s, const struct word *number)
{
    struct word next;
    size_t digits = strspn(number->fold, "0123456789");
    return number->fold[digits] == '\0' && next_word(s, number->to, &next) && next.near && !next.starts &&
           among(COUNTED, next.fold);
}

/* «Dorpsstraat 12a», «Maasstr. 4», «Laan van Meerdervoort 30», «straat nr 4». */
static bool after_street(struct wijk_str s, const struct word *street, struct wijk__span *span)
{
    struct word w = *street;
    bool bare = among(STREETS, street->fold) || strcmp(street->fold, "str") == 0;
    if (!bare && !ends_among(STREETS, street->fold) && !ends_among(SHORT_STREETS, street->fold)) return false;
    bool named = !bare;
    for (int k = 0; k < 5; k++) {
        size_t end;
        if (!next_word(s, w.to, &w) || !w.near) return false;
        if (w.digit) {
            if (!(named || street->capital) || !house_number(s, &w, &end) || counts(s, &w)) return false;
            *span = (struct wijk__span){street->from, end};
            return true;
        }
        if (among(NUMBER_WORDS, w.fold))
            named = true;
        else if (bare && street->capital && (w.capital || among(PARTICLES, w.fold)))
            named = true;
        else
            return false;
    }
    return false;
}

/* «op nummer 14», «huisnummer 3», «nr. 14-2»; not of a bus, a report or the police. */
static bool after_number_word(struct wijk_str s, const struct word *word, const struct word *before,
                              struct wijk__span *span)
{
    struct word w;
    size_t end;
    bool house = strncmp(word->fold, "huis", 4) == 0;
    if (!house && before->to && !among(HOUSE_BEFORE, before->fold)) return false;
    if (!next_word(s, word->to, &w) || !w.near || !w.digit || !house_number(s, &w, &end)) return false;
    if (!house && among(NO_HOUSE_NUMBERS, w.fold)) return false;
    *span = (struct wijk__span){word->from, end};
    return true;
}

/* ---- numbers of people ----------------------------------------------------------------------------------
 */

/* Digits in groups, parted by one point, blank or dash each: *n of them in digit, up to max; gives the end.
 * *usual: in the groups in which people write such a number: 9, 3-3-3 or 4-2-3. */
static size_t groups(struct wijk_str s, size_t i, char *digit, size_t max, size_t *n, bool *usual)
{
    size_t cut[3] = {0}, cuts = 0;
    *n = 0;
    for (; i < s.n; i++) {
        if (is_digit((unsigned char)s.p[i])) {
            if (*n < max) digit[*n] = s.p[i];
            ++*n;
            continue;
        }
        if (!memchr(". -", s.p[i], 3) || i + 1 == s.n || !is_digit((unsigned char)s.p[i + 1])) break;
        if (cuts < 3) cut[cuts++] = *n;
    }
    *usual = *n == 9 && (cuts == 0 || (cuts == 2 && (cut[0] == 3 || cut[0] == 4) && cut[1] == 6));
    return i;
}

/* A number of a person: any of eight or nine digits behind «bsn», else nine that pass, as people write them.
 */
static bool person_number(struct wijk_str s, const struct word *w, bool said, struct wijk__span *span)
{
    char digit[9];
    bool usual = false;
    size_t n = 0, to = w->digit ? groups(s, w->from, digit, sizeof digit, &n, &usual) : 0;
    if (!w->digit || n < 8 || n > 9) return false;
    bool behind = to < s.n && is_letter((unsigned char)s.p[to]);
    if (behind || !(said || (usual && wijk__personal_eleven(digit, n)))) return false;
    *span = (struct wijk__span){w->from, to};
    return true;
}

/* «geboren op 12-3-1980», «geb. 1980». */
static bool birth(struct wijk_str s, const struct word *word, struct wijk__span *span)
{
    struct word w = *word;
    for (int k = 0; k < 3; k++) {
        if (!next_word(s, w.to, &w)) return false;
        if (!w.digit) continue;
        char digit[8];
        bool usual;
        size_t n, to = groups(s, w.from, digit, sizeof digit, &n, &usual);
        if (n < 4 || n > 8) return false;
        *span = (struct wijk__span){word->from, to};
        return true;
    }
    return false;
}

/* ---- all of it ------------------------------------------------------------------------------------------
 */

/* A postcode and house number; not «in 2014 en 2015». */
static bool postcode(struct wijk_str s, size_t at, struct wijk__span *span)
{
    for (; wijk__personal_postcode(s, at, span); at = span->to) {
        struct word year, letters;
        bool words = next_word(s, span->from, &year) && next_word(s, year.to, &letters) &&
                     letters.to < span->to && !letters.capital && among(SMALL_WORDS, letters.fold);
        if (!words) return true;
    }
    return false;
}

struct found {
    struct wijk_personal_place *out;
    size_t n;
};

static void keep(struct found *f, enum wijk_personal kind, struct wijk__span span)
{
    for (size_t k = 0; k < f->n; k++)
        if (span.from < f->out[k].to && f->out[k].from < span.to) return;
    if (f->n == WIJK_PERSONAL_PLACES) return;
    size_t k = f->n++;
    for (; k > 0 && f->out[k - 1].from > span.from; k--) f->out[k] = f->out[k - 1];
    f->out[k] = (struct wijk_personal_place){kind, span.from, span.to};
}

static void each(struct found *f, struct wijk_str s, enum wijk_personal kind,
                 bool (*find)(struct wijk_str, size_t, struct wijk__span *))
{
    struct wijk__span span;
    for (size_t at = 0; f->n < WIJK_PERSONAL_PLACES && find(s, at, &span); at = span.to) keep(f, kind, span);
}

static enum wijk_personal at_word(const struct search *q, const struct word *w, const struct word *before,
                                  struct wijk__span *span)
{
    bool said = before->to && among(PERSON_NUMBERS, before->fold);
    if (person_number(q->s, w, said, span)) return WIJK_PERSONAL_BSN;
    if (among(BIRTH_WORDS, w->fold) && birth(q->s, w, span)) return WIJK_PERSONAL_BIRTH;
    if (among(NUMBER_WORDS, w->fold) && after_number_word(q->s, w, before, span))
        return WIJK_PERSONAL_ADDRESS;
    if (after_street(q->s, w, span)) return WIJK_PERSONAL_ADDRESS;
    if (!q->names) return WIJK_PERSONAL_NONE;
    if (among(TITLES, w->fold) && after_title(q, w, span)) return WIJK_PERSONAL_NAME;
    if (among(KIN, w->fold) && after_kin(q, w, span)) return WIJK_PERSONAL_NAME;
    if (first_name(q, w, before, span) || initials(q, w, before, span)) return WIJK_PERSONAL_NAME;
    return WIJK_PERSONAL_NONE;
}

static size_t find_all(const struct search *q, struct wijk_personal_place out[WIJK_PERSONAL_PLACES])
{
    struct found f = {out, 0};
    each(&f, q->s, WIJK_PERSONAL_EMAIL, wijk__personal_email);
    each(&f, q->s, WIJK_PERSONAL_PHONE, wijk__personal_phone);
    each(&f, q->s, WIJK_PERSONAL_ADDRESS, postcode);
    struct word w, before = {0};
    for (size_t at = 0; f.n < WIJK_PERSONAL_PLACES && next_word(q->s, at, &w);) {
        struct wijk__span span;
        enum wijk_personal kind = at_word(q, &w, &before, &span);
        at = w.to;
        before = w;
        if (kind == WIJK_PERSONAL_NONE) continue;
        keep(&f, kind, span);
        if (span.to > at) at = span.to;
    }
    return f.n;
}

size_t wijk_personal_find(struct wijk_str text, const struct wijk_personal_known *known,
                          struct wijk_personal_place out[WIJK_PERSONAL_PLACES])
{
    return find_all(&(struct search){text, known, true}, out);
}

enum wijk_personal wijk_personal_in_text(struct wijk_str text)
{
    struct wijk_personal_place place[WIJK_PERSONAL_PLACES];
    return find_all(&(struct search){text, NULL, false}, place) ? place[0].kind : WIJK_PERSONAL_NONE;
}

const char *wijk_personal_advice(enum wijk_personal p)
{
    switch (p) {
    case WIJK_PERSONAL_BSN:
        return WIJK_T(
            "Dit lijkt een burgerservicenummer. Laat het weg: beschrijf de plek of het soort probleem.");
    case WIJK_PERSONAL_EMAIL:
        return WIJK_T("Dit is een e-mailadres. Laat het weg: beschrijf de plek of het soort probleem.");
    case WIJK_PERSONAL_PHONE:
        return WIJK_T("Dit lijkt een telefoonnummer. Laat het weg: beschrijf de plek of het soort probleem.");
    case WIJK_PERSONAL_BIRTH:
        return WIJK_T("Dit lijkt een geboortedatum. Schrijf liever «een kind» of «een oudere bewoner».");
    case WIJK_PERSONAL_NAME:
        return WIJK_T("Dit lijkt de naam van een persoon. Schrijf liever «een bewoner» of «een gezin».");
    case WIJK_PERSONAL_ADDRESS:
        return WIJK_T("Dit is één adres. Schrijf liever de straat zonder nummer, of de plek in de buurt.");
    case WIJK_PERSONAL_POINT:
        return WIJK_T("Dit is de plek van één huis. Geef liever de buurt of een grotere cirkel.");
    default: return "";
    }
}
