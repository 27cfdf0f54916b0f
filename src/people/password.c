/* SPDX-License-Identifier: EUPL-1.2 */
/* Names to sign in with, names to show, and passwords that will not do. Length counts for more than rules
 * about signs; what is refused is what a guesser tries first (NIST SP 800-63B 5.1.1.2). */
#include "people/people.h"

#include <string.h>

/* ---- names ---- */

const char *wijk_signin_name(struct wijk_cx *cx, struct wijk_str given)
{
    struct wijk_str s = wijk_str_trim(given);
    if (!s.n || s.n > WIJK_NAME_MAX) return NULL;
    char *name = wijk_str_dup(cx, s);
    for (char *c = name; *c; c++) {
        if (*c >= 'A' && *c <= 'Z') *c = (char)(*c + 32);
        bool letter = *c >= 'a' && *c <= 'z';
        if (!letter && (c == name || !((*c >= '0' && *c <= '9') || strchr(".-_@", *c)))) return NULL;
    }
    return strlen(name) == s.n ? name : NULL; /* a NUL inside */
}

/* One sign of UTF-8 at s; its code, and how many bytes. */
static uint32_t sign_at(const char *s, size_t *n)
{
    unsigned char c = (unsigned char)*s;
    *n = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    uint32_t v = *n == 1 ? c : c & (0xffu >> (*n + 1));
    for (size_t k = 1; k < *n; k++) v = v << 6 | ((unsigned char)s[k] & 0x3fu);
    return v;
}

static bool is_latin(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= 0xc0 && c <= 0x17f && c != 0xd7 && c != 0xf7) || (c >= 0x1e00 && c <= 0x1eff);
}

const char *wijk_shown_name(struct wijk_cx *cx, struct wijk_str given)
{
    struct wijk_str s = wijk_str_trim(given);
    size_t bad, n, letters = 0;
    if (!s.n || s.n > WIJK_SHOWN_MAX || !wijk_utf8_valid(s, &bad)) return NULL;
    for (size_t i = 0; i < s.n; i += n) {
        uint32_t c = sign_at(s.p + i, &n);
        if (is_latin(c))
            letters++;
        else if (c != ' ' && c != '.' && c != '-' && c != '\'')
            return NULL;
    }
    return letters ? wijk_str_dup(cx, s) : NULL;
}

/* ---- passwords ---- */

/* What guessers begin with, here in the Netherlands; alone, or with figures and signs around and between. */
static const char *const COMMON[] = {
    "wachtwoord",    "welkom",    "geheim",    "password",  "passwort",  "qwerty",    "azerty",    "admin",
    "administrator", "beheerder", "gebruiker", "inloggen",  "login",     "letmein",   "iloveyou",  "ikhouvan",
    "hallo",         "test",      "gemeente",  "nederland", "holland",   "amsterdam", "rotterdam", "utrecht",
    "ajax",          "feyenoord", "psv",       "voetbal",   "januari",   "februari",  "maart",     "april",
    "mei",           "juni",      "juli",      "augustus",  "september", "oktober",   "november",  "december",
    "maandag",       "dinsdag",   "woensdag",  "donderdag", "vrijdag",   "zaterdag",  "zondag",    "lente",
    "zomer",         "herfst",    "winter",    "wijkregie", "wijk",      "buurt",     "wijkteam",  "zonnetje",
    "schatje",       "liefje",    "lekker",    "monkey",    "dragon",    "master",    "secret",    "changeme",
    "verander",      "kantoor",   "vakantie",  "thuis",     "computer",  "internet",  "abc",       "de",
    "het",           "een",       "mijn",      "ik"};
static const char *const ROWS[] = {"abcdefghijklmnopqrstuvwxyz",
                                   "qwertyuiop",
                                   "asdfghjkl",
                                   "zxcvbnm",
                                   "azertyuiop",
                                   "01234567890123456789",
                                   "qazwsxedcrfvtgbyhnujmikolp",
                                   "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
                                   "1q2w3e4r5t6y7u8i9o0p"};
#define COUNT(a) (sizeof(a) / sizeof *(a))

static size_t signs_of(struct wijk_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += ((unsigned char)s.p[i] & 0xc0u) != 0x80;
    return n;
}

/* Small letters only; what stands for a letter (0 for o, @ for a) as that letter. */
static char *letters_of(struct wijk_cx *cx, const char *text)
{
    static const char FROM[] = "0134578@$", TO[] = "oieastbas";
    char *out = WIJK_NEW(cx, char, strlen(text) + 1), *to = out;
    for (const char *c = text; *c; c++) {
        const char *at = strchr(FROM, *c);
        char sign = *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c;
        if (sign >= 'a' && sign <= 'z')
            *to++ = sign;
        else if (at)
            *to++ = TO[at - FROM];
        else if ((unsigned char)*c >= 0x80)
            *to++ = *c;
    }
    *to = 0;
    return out;
}

static char *plain_letters_of(struct wijk_cx *cx, const char *text)
{
    char *out = WIJK_NEW(cx, char, strlen(text) + 1), *to = out;
    for (const char *c = text; *c; c++) {
        char sign = *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c;
        if ((sign >= 'a' && sign <= 'z') || (unsigned char)sign >= 0x80) *to++ = sign;
    }
    *to = 0;
    return out;
}

/* Nothing but common words one after another (and at most `spare` letters that are none). */
static bool is_common(const char *text, size_t spare)
{
    size_t n = strlen(text);
    if (!n) return true;
    for (size_t k = 0; k < COUNT(COMMON); k++) {
        size_t len = strlen(COMMON[k]);
        if (strncmp(text, COMMON[k], len) == 0 && is_common(text + len, spare)) return true;
    }
    return n <= spare;
}

/* One piece again and again: "aaaa", "abcabcabc", "12121212". */
static bool is_repeated(const char *text, size_t n)
{
    for (size_t piece = 1; piece <= n / 3; piece++) {
        size_t k = piece;
        while (k < n && text[k] == text[k - piece]) k++;
        if (k == n) return true;
    }
    return false;
}

/* The longest run of a row of keys or letters that begins at text, forwards or backwards. */
static size_t run_at(const char *text)
{
    size_t longest = 1;
    for (size_t r = 0; r < COUNT(ROWS); r++)
        for (const char *at = ROWS[r]; (at = strchr(at, *text)); at++) {
            size_t on = 1, back = 1;
            while (text[on] && at[on] && text[on] == at[on]) on++;
            while (text[back] && at - ROWS[r] >= (ptrdiff_t)back && text[back] == at[-(ptrdiff_t)back])
                back++;
            if (on > longest) longest = on;
            if (back > longest) longest = back;
        }
    return longest;
}

/* Made of runs of four and more, but for three signs. */
static bool is_rows(struct wijk_cx *cx, const char *text)
{
    char *low = wijk_str_dup(cx, wijk_str(text));
    size_t other = 0;
    for (char *c = low; *c; c++)
        if (*c >= 'A' && *c <= 'Z') *c = (char)(*c + 32);
    for (const char *c = low; *c;) {
        size_t run = run_at(c);
        if (run < 4) other += run;
        c += run;
    }
    return other <= 3;
}

/* Holds a name of four letters or more and little else. */
static bool is_name(struct wijk_cx *cx, const char *letters, const char *name)
{
    const char *bare = name ? plain_letters_of(cx, name) : "";
    size_t n = strlen(bare);
    return n >= 4 && strstr(letters, bare) && strlen(letters) < n + 6;
}

const char *wijk_password_refused(struct wijk_cx *cx, struct wijk_str password, const char *name,
                                  const char *gemeente)
{
    size_t bad;
    if (!wijk_utf8_valid(password, &bad)) return WIJK_T("Dit wachtwoord bevat tekens die niet kunnen.");
    if (password.n > WIJK_PASSWORD_MAX) return WIJK_T("Dit wachtwoord is te lang.");
    if (signs_of(password) < WIJK_PASSWORD_MIN)
        return WIJK_T("Een wachtwoord heeft ten minste 12 tekens. Een zin van vier of vijf woorden is goed.");
    char *text = wijk_str_dup(cx, password);
    const char *letters = letters_of(cx, text), *plain = plain_letters_of(cx, text);
    if (is_repeated(text, password.n) || is_rows(cx, text))
        return WIJK_T("Dit wachtwoord is een rij of een herhaling. Die raadt iedereen als eerste.");
    if (is_name(cx, plain, name) || is_name(cx, plain, gemeente))
        return WIJK_T("Dit wachtwoord lijkt op uw naam of op die van de gemeente.");
    if (is_common(letters, 2) || is_common(plain, 2))
        return WIJK_T("Dit wachtwoord bestaat uit woorden die iedereen kiest. Neem er een eigen zin voor.");
    return NULL;
}
