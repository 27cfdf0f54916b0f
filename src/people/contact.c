/* SPDX-License-Identifier: EUPL-1.2 */
/* What may stand as a contact: a function, a number of a desk, an address that a whole team reads. */
#include "people/partner.h"

#include <string.h>

struct own {
    struct wijk_cx *cx;
    struct wijk_str folded; /* the organisation's name */
};

/* A name that the organisation has itself is nobody's. */
static bool is_own(void *self, struct wijk_str words)
{
    const struct own *o = self;
    struct wijk_str w = wijk_str_trim(wijk_str_fold(o->cx, words));
    for (size_t i = 0; w.n && i + w.n <= o->folded.n; i++) {
        const bool begins = i == 0 || o->folded.p[i - 1] == ' ';
        const bool ends = i + w.n == o->folded.n || o->folded.p[i + w.n] == ' ';
        if (begins && ends && memcmp(o->folded.p + i, w.p, w.n) == 0) return true;
    }
    return false;
}

const char *wijk_contact_text_refused(struct wijk_cx *cx, struct wijk_str text, const char *own)
{
    struct wijk_personal_place found[WIJK_PERSONAL_PLACES];
    struct own o = {cx, wijk_str_fold(cx, wijk_str(own))};
    if (wijk_personal_find(text, &(struct wijk_personal_known){is_own, &o}, found) == 0) return NULL;
    if (found[0].kind == WIJK_PERSONAL_NAME)
        return wijk_tr(cx, "Geen namen van personen. Noem de functie of het team, zoals «wijkconsulent» of"
                           " «meldpunt overlast».");
    return wijk_sprintf(cx, wijk_tr(cx, "Geen namen of adressen: hier staan %s in."),
                        wijk_tr(cx, wijk_personal_words(found[0].kind)));
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

static bool is_gap(char c)
{
    return c == ' ' || c == ',' || c == ';' || c == '(' || c == ')' || c == '/' || c == ':' || c == '"';
}

/* The next word from *at on; n = 0 at the end. */
static struct wijk_str next_word(struct wijk_str s, size_t *at)
{
    while (*at < s.n && is_gap(s.p[*at])) ++*at;
    size_t from = *at;
    while (*at < s.n && !is_gap(s.p[*at])) ++*at;
    return (struct wijk_str){s.p + from, *at - from};
}

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
    for (size_t k = 0; k < sizeof GENERAL / sizeof *GENERAL; k++)
        if (wijk_str_eq(wijk_str(GENERAL[k]), part)) return true;
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
