/* SPDX-License-Identifier: EUPL-1.2 */
/* What may stand as a contact: a function, a number of a desk, an address that a whole team reads. Names of
 * people are kept out: by what stands in front of them, by how initials are written, and by common first
 * names. */
#include "people/partner.h"

#include <string.h>

/* ---- names in a text ---- */

static const char *const TITLE[] = {"dhr", "mevr", "mw", "mevrouw", "meneer", "heer",    "drs", "ing",
                                    "mr",  "ir",   "dr", "prof",    "zuster", "broeder", "juf", "meester"};
static const char *const BETWEEN[] = {"de", "den", "der", "van", "het", "ter", "ten", "te", "el", "al", "op"};
/* Common first names, folded. A word that is also used otherwise (Roos, Mark, Hoop) is left out. */
static const char *const FIRST[] = {
    "aad",        "ahmed",   "ali",      "amina",    "anja",    "anna",      "anne",      "annemarie",
    "anouk",      "anton",   "arjan",    "arie",     "ayse",    "bart",      "bas",       "ben",
    "bert",       "bianca",  "bram",     "carla",    "chantal", "charlotte", "chris",     "christine",
    "cor",        "daan",    "danielle", "david",    "dennis",  "diana",     "dirk",      "eline",
    "ellen",      "els",     "emma",     "erik",     "erwin",   "esther",    "eva",       "evelien",
    "fatima",     "femke",   "ferry",    "fleur",    "floor",   "frank",     "frans",     "fred",
    "gerard",     "gerrit",  "hanneke",  "hans",     "hassan",  "heleen",    "henk",      "henny",
    "herman",     "hugo",    "ibrahim",  "ilse",     "inge",    "ingrid",    "irene",     "jaap",
    "jacqueline", "jan",     "jannie",   "jasper",   "jeroen",  "jesse",     "joep",      "johan",
    "johanna",    "john",    "joke",     "joost",    "joris",   "jos",       "judith",    "julia",
    "karel",      "karin",   "kees",     "khadija",  "kim",     "klaas",     "koen",      "lars",
    "laura",      "leo",     "lieke",    "linda",    "lisa",    "lotte",     "maaike",    "maarten",
    "maria",      "marieke", "marijke",  "marjan",   "marloes", "martijn",   "mehmet",    "merel",
    "michael",    "mieke",   "mohamed",  "mohammed", "monique", "mustafa",   "nadia",     "naomi",
    "nicole",     "niels",   "noor",     "olaf",     "oscar",   "patrick",   "paul",      "peter",
    "petra",      "piet",    "pieter",   "ria",      "richard", "rik",       "rob",       "robert",
    "robin",      "roel",    "ronald",   "ruben",    "ruud",    "sandra",    "sanne",     "sarah",
    "saskia",     "sem",     "simone",   "sjoerd",   "sophie",  "stefan",    "stephanie", "suzanne",
    "sven",       "tessa",   "theo",     "thijs",    "thomas",  "tim",       "tom",       "truus",
    "vera",       "willem",  "wilma",    "wim",      "wouter",  "yasmin",    "youssef",   "yusuf"};

static bool one_of(const char *const *list, size_t n, struct wijk_str word)
{
    for (size_t k = 0; k < n; k++)
        if (wijk_str_eq(wijk_str(list[k]), word)) return true;
    return false;
}
#define ONE_OF(list, word) one_of(list, sizeof(list) / sizeof *(list), word)

static bool is_gap(char c)
{
    return c == ' ' || c == ',' || c == ';' || c == '(' || c == ')' || c == '/' || c == ':' || c == '\n' ||
           c == '\t' || c == '"';
}

static bool is_capital(char c)
{
    return (c >= 'A' && c <= 'Z') || (unsigned char)c == 0xc3;
}

/* The next word from *at on, signs of reading off its end; n = 0 at the end. */
static struct wijk_str next_word(struct wijk_str s, size_t *at)
{
    while (*at < s.n && is_gap(s.p[*at])) ++*at;
    size_t from = *at;
    while (*at < s.n && !is_gap(s.p[*at])) ++*at;
    return (struct wijk_str){s.p + from, *at - from};
}

/* J. or J.P. */
static bool is_initials(struct wijk_str w)
{
    if (w.n < 2 || w.n % 2) return false;
    for (size_t i = 0; i < w.n; i += 2)
        if (w.p[i] < 'A' || w.p[i] > 'Z' || w.p[i + 1] != '.') return false;
    return true;
}

/* From here on: perhaps «van der», then a word with a capital, not in capitals only (that is an
 * abbreviation). */
static bool surname_follows(struct wijk_cx *cx, struct wijk_str s, size_t at)
{
    struct wijk_str w = next_word(s, &at);
    while (w.n && ONE_OF(BETWEEN, wijk_str_fold(cx, w))) w = next_word(s, &at);
    return w.n > 2 && is_capital(w.p[0]) && !(w.p[1] >= 'A' && w.p[1] <= 'Z');
}

static bool names_a_person(struct wijk_cx *cx, struct wijk_str text)
{
    size_t at = 0;
    for (struct wijk_str w = next_word(text, &at); w.n; w = next_word(text, &at)) {
        struct wijk_str folded = wijk_str_trim(wijk_str_fold(cx, w));
        bool opens = ONE_OF(TITLE, folded) || is_initials(w) || (is_capital(w.p[0]) && ONE_OF(FIRST, folded));
        if (opens && surname_follows(cx, text, at)) return true;
    }
    return false;
}

const char *wijk_contact_text_refused(struct wijk_cx *cx, struct wijk_str text)
{
    enum wijk_personal p = wijk_personal_in_text(text);
    if (p != WIJK_PERSONAL_NONE)
        return wijk_sprintf(cx, wijk_tr(cx, "Geen namen of adressen: hier staan %s in."),
                            wijk_tr(cx, wijk_personal_words(p)));
    if (names_a_person(cx, text))
        return wijk_tr(cx, "Geen namen van personen. Noem de functie of het team, zoals «wijkconsulent» of"
                           " «meldpunt overlast».");
    return NULL;
}

/* ---- phone ---- */

/* The national digits: "0555801234", "14055"; 0 when there is anything else in it. */
static size_t digits_of(struct wijk_str s, char out[16])
{
    size_t n = 0, i = 0;
    if (wijk_str_starts(s, "+31") || wijk_str_starts(s, "0031")) {
        i = s.p[0] == '+' ? 3 : 4;
        out[n++] = '0';
    }
    for (; i < s.n; i++) {
        char c = s.p[i];
        if (c == ' ' || c == '-' || c == '(' || c == ')' || c == '.') continue;
        if (c < '0' || c > '9' || n == 15) return 0;
        if (n == 1 && out[0] == '0' && i <= 6 && c == '0' && s.p[0] == '+') continue; /* +31 (0)55 */
        out[n++] = c;
    }
    out[n] = '\0';
    return n;
}

/* Area codes of three digits; the others have four. */
static bool short_area(const char *d)
{
    static const char SHORT[] =
        "010 013 015 020 023 024 026 030 033 035 036 038 040 043 045 046 050 053 055 058 070 "
        "071 072 073 074 075 076 077 078 079 085 088 ";
    char code[5] = {d[0], d[1], d[2], ' ', '\0'};
    return strstr(SHORT, code) != NULL;
}

/* After how many digits the first sign between them stands. */
static size_t parted_at(struct wijk_str s)
{
    size_t n = 0;
    for (s = wijk_str_trim(s); n < s.n && s.p[n] >= '0' && s.p[n] <= '9';) n++;
    return n;
}

const char *wijk_contact_phone(struct wijk_cx *cx, struct wijk_str given)
{
    char d[16];
    size_t n = digits_of(wijk_str_trim(given), d);
    if (n >= 5 && n <= 6 && memcmp(d, "14", 2) == 0) return wijk_sprintf(cx, "14 %s", d + 2); /* a gemeente */
    if (n == 3 && (strcmp(d, "112") == 0 || strcmp(d, "113") == 0)) return wijk_sprintf(cx, "%s", d);
    if ((n == 8 || n == 11) && (memcmp(d, "0800", 4) == 0 || memcmp(d, "0900", 4) == 0))
        return wijk_sprintf(cx, "%.4s %s", d, d + 4);
    if (n != 10 || d[0] != '0' || d[1] == '0' || d[1] == '6') return NULL;
    return parted_at(given) != 4 && short_area(d) ? wijk_sprintf(cx, "%.3s %s", d, d + 3)
                                                  : wijk_sprintf(cx, "%.4s %s", d, d + 4);
}

/* ---- mail ---- */

static const char *const GENERAL[] = {
    "info",           "contact",      "meldpunt",      "melding",     "meldingen",     "team",
    "wijkteam",       "balie",        "loket",         "post",        "klant",         "klantcontact",
    "klantenservice", "service",      "receptie",      "secretariat", "secretariaat",  "bestuur",
    "wijk",           "buurt",        "gebied",        "wijkzaken",   "gebiedsteam",   "jeugd",
    "jongeren",       "jongerenwerk", "school",        "directie",    "administratie", "huisvesting",
    "verhuur",        "leefbaarheid", "overlast",      "onderhoud",   "reparatie",     "energie",
    "aanmelden",      "aanmelding",   "vragen",        "hulp",        "spreekuur",     "welzijn",
    "zorg",           "schulden",     "vrijwilligers", "gemeente",    "organisatie",   "kantoor",
    "centrum",        "buurthuis",    "wijkcentrum",   "sociaalteam"};

static bool known_part(struct wijk_cx *cx, struct wijk_str part, const char *words)
{
    if (ONE_OF(GENERAL, part)) return true;
    struct wijk_str folded = wijk_str_fold(cx, wijk_str(words));
    size_t at = 0;
    for (struct wijk_str w = next_word(folded, &at); w.n; w = next_word(folded, &at))
        if (w.n >= 4 && wijk_str_eq(w, part)) return true;
    return false;
}

static bool domain_good(struct wijk_str s)
{
    size_t dot = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (c == '.' && (i == 0 || s.p[i - 1] == '.' || s.p[i - 1] == '-')) return false;
        if (!word && c != '-' && c != '.') return false;
        if (c == '.') dot = i;
    }
    return dot > 0 && s.n - dot > 2;
}

const char *wijk_contact_mail(struct wijk_cx *cx, struct wijk_str given, const char *words)
{
    struct wijk_str s = wijk_str_trim(given);
    if (s.n < 6 || s.n > 120) return NULL;
    char *small = wijk_str_dup(cx, s);
    for (size_t i = 0; i < s.n; i++)
        if (small[i] >= 'A' && small[i] <= 'Z') small[i] = (char)(small[i] + 32);
    const char *at = strchr(small, '@');
    if (!at || at == small || !domain_good(wijk_str(at + 1))) return NULL;
    bool general = false;
    for (const char *p = small, *from = small; p <= at; p++) {
        bool word = (*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9');
        if (!word && *p != '.' && *p != '-' && *p != '_' && *p != '@') return NULL;
        if (word) continue;
        general = general || known_part(cx, (struct wijk_str){from, (size_t)(p - from)}, words);
        from = p + 1;
    }
    return general ? small : NULL;
}
