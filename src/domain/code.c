/* SPDX-License-Identifier: EUPL-1.2 */
/* Official codes of areas in their one form, and what a code says about its level and its parents.
 *
 *   GM 0014            gemeente: four digits
 *   WK 0014 01         wijk: the gemeente and two signs
 *   BU 0014 01 05      buurt: the wijk and two signs
 *   9712               four digits of a postcode, 1000..9999
 *   E1213N4879         100 m square: kilometres east and north in tenths
 *
 * Signs are digits, and letters since Amsterdam renumbered its wijken and buurten in 2022. */
#include "domain/domain.h"

#include <string.h>

/* Form of the official levels: prefix, digits, then digits or letters. */
static const struct {
    enum wijk_level level;
    char prefix[3];
    size_t digits, signs;
} FORM[] = {
    {WIJK_LEVEL_BUURT, "BU", 4, 4},
    {WIJK_LEVEL_WIJK, "WK", 4, 2},
    {WIJK_LEVEL_GEMEENTE, "GM", 4, 0},
};
enum { FORMS = sizeof FORM / sizeof *FORM };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}
static bool is_letter(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool are_digits(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!is_digit(p[i])) return false;
    return true;
}

/* Blanks off, upper case. false when nothing is left or it is too long for a code. */
static bool take(struct wijk_str raw, char out[WIJK_CODE_MAX], size_t *n)
{
    struct wijk_str s = wijk_str_trim(raw);
    if (s.n == 0 || s.n >= WIJK_CODE_MAX) return false;
    for (size_t i = 0; i < s.n; i++) out[i] = s.p[i] >= 'a' && s.p[i] <= 'z' ? (char)(s.p[i] - 32) : s.p[i];
    out[s.n] = '\0';
    *n = s.n;
    return true;
}

/* The part behind the prefix has the form. */
static bool fits(const char *p, size_t n, size_t digits, size_t signs)
{
    if (n != digits + signs || !are_digits(p, digits)) return false;
    for (size_t i = digits; i < n; i++)
        if (!is_digit(p[i]) && !is_letter(p[i])) return false;
    return true;
}

static bool is_postcode(const char *p, size_t n)
{
    return n == 4 && are_digits(p, 4) && p[0] != '0';
}

/* E, four or five digits, N, the same number of digits. */
static bool is_square(const char *p, size_t n)
{
    size_t digits = (n - 2) / 2;
    return (n == 10 || n == 12) && p[0] == 'E' && p[1 + digits] == 'N' && are_digits(p + 1, digits) &&
           are_digits(p + 2 + digits, digits);
}

/* A municipality's own area: a letter, then letters, digits, - or _; never the form of an official code. */
static bool is_own(const char *p, size_t n)
{
    enum wijk_level official;
    if (!is_letter(p[0]) || wijk_code_level((struct wijk_str){p, n}, &official)) return false;
    for (size_t i = 1; i < n; i++)
        if (!is_digit(p[i]) && !is_letter(p[i]) && p[i] != '-' && p[i] != '_') return false;
    return true;
}

static bool official(const char *s, size_t n, size_t form, char out[WIJK_CODE_MAX])
{
    const char *prefix = FORM[form].prefix;
    bool prefixed = n > 2 && s[0] == prefix[0] && s[1] == prefix[1];
    const char *rest = prefixed ? s + 2 : s;
    size_t n_rest = prefixed ? n - 2 : n;
    if (!fits(rest, n_rest, FORM[form].digits, FORM[form].signs)) return false;
    memcpy(out, prefix, 2);
    memcpy(out + 2, rest, n_rest);
    out[2 + n_rest] = '\0';
    return true;
}

bool wijk_code_normalise(struct wijk_str raw, enum wijk_level level, char out[WIJK_CODE_MAX])
{
    char s[WIJK_CODE_MAX];
    size_t n;
    if (!take(raw, s, &n)) return false;
    for (size_t i = 0; i < FORMS; i++)
        if (FORM[i].level == level) return official(s, n, i, out);
    bool good = level == WIJK_LEVEL_PC4      ? is_postcode(s, n)
                : level == WIJK_LEVEL_RASTER ? is_square(s, n)
                                             : is_own(s, n);
    if (good) memcpy(out, s, n + 1);
    return good;
}

bool wijk_code_level(struct wijk_str code, enum wijk_level *out)
{
    char s[WIJK_CODE_MAX];
    size_t n;
    if (!take(code, s, &n)) return false;
    for (size_t i = 0; i < FORMS; i++) {
        if (n <= 2 || memcmp(s, FORM[i].prefix, 2) != 0) continue;
        if (!fits(s + 2, n - 2, FORM[i].digits, FORM[i].signs)) return false;
        *out = FORM[i].level;
        return true;
    }
    if (!is_postcode(s, n) && !is_square(s, n)) return false;
    *out = n == 4 ? WIJK_LEVEL_PC4 : WIJK_LEVEL_RASTER;
    return true;
}

/* The code of `level` that starts with the same signs. */
static bool shorten(const char *code, enum wijk_level level, char out[WIJK_CODE_MAX])
{
    size_t n = level == WIJK_LEVEL_WIJK ? 6 : 4;
    memcpy(out, level == WIJK_LEVEL_WIJK ? "WK" : "GM", 2);
    memcpy(out + 2, code + 2, n);
    out[2 + n] = '\0';
    return true;
}

bool wijk_code_parent(const char *code, char out[WIJK_CODE_MAX])
{
    char s[WIJK_CODE_MAX];
    enum wijk_level level;
    if (!wijk_code_level(wijk_str(code), &level) || !wijk_code_normalise(wijk_str(code), level, s))
        return false;
    if (level == WIJK_LEVEL_BUURT) return shorten(s, WIJK_LEVEL_WIJK, out);
    return level == WIJK_LEVEL_WIJK && shorten(s, WIJK_LEVEL_GEMEENTE, out);
}

bool wijk_code_gemeente(const char *code, char out[WIJK_CODE_MAX])
{
    char s[WIJK_CODE_MAX];
    enum wijk_level level;
    if (!wijk_code_level(wijk_str(code), &level) || !wijk_code_normalise(wijk_str(code), level, s))
        return false;
    bool has = level == WIJK_LEVEL_BUURT || level == WIJK_LEVEL_WIJK || level == WIJK_LEVEL_GEMEENTE;
    return has && shorten(s, WIJK_LEVEL_GEMEENTE, out);
}
