/* SPDX-License-Identifier: EUPL-1.2 */
/* Finds what must not come in: numbers, addresses and dates that point at a person. One cell is looked at
 * in one pass; a column is judged by its name and by the share of its cells that look alike, because a
 * single nine-digit figure passes the test of eleven once in eleven times. Names and the rest of free text:
 * personal_text.c. */
#include "domain/personal.h"

#include <string.h>

static const struct {
    const char *id, *words;
} TEXT[WIJK_PERSONAL_COUNT] = {[WIJK_PERSONAL_NONE] = {"", ""},
#define X(name, id, words) [WIJK_PERSONAL_##name] = {id, words},
                               WIJK_PERSONALS(X)
#undef X
};

const char *wijk_personal_id(enum wijk_personal p)
{
    return TEXT[p].id;
}

const char *wijk_personal_words(enum wijk_personal p)
{
    return TEXT[p].words;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}
static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}
static bool is_word(char c)
{
    return is_digit(c) || is_letter(c);
}
static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* ---- BSN ------------------------------------------------------------------------------------------ */

/* The test of eleven: 9a + 8b + .. + 2h - i divides by eleven. Eight digits have lost their leading zero. */
bool wijk__personal_eleven(const char *digit, size_t n)
{
    if (n != 8 && n != 9) return false;
    int sum = 0;
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        int weight = (int)(n - i);
        sum += (digit[i] - '0') * (weight == 1 ? -1 : weight);
        any = any || digit[i] != '0';
    }
    return any && sum % 11 == 0;
}

/* A number of eight or nine digits, points or blanks between groups allowed, that passes. */
static bool bsn_whole(struct wijk_str s)
{
    char digit[9];
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (is_digit(s.p[i])) {
            if (n == sizeof digit) return false;
            digit[n++] = s.p[i];
        } else if (i == 0 || i + 1 == s.n || (s.p[i] != '.' && s.p[i] != ' ')) {
            return false;
        }
    }
    return wijk__personal_eleven(digit, n);
}

/* ---- e-mail --------------------------------------------------------------------------------------- */

static bool email_at(struct wijk_str s, size_t at, struct wijk__span *span)
{
    if (at == 0 || !is_word(s.p[at - 1])) return false;
    size_t i = at + 1, dot = 0, from = at;
    while (i < s.n && (is_word(s.p[i]) || s.p[i] == '-' || s.p[i] == '.')) {
        if (s.p[i] == '.') dot = i;
        i++;
    }
    while (from > 0 && (is_word(s.p[from - 1]) || strchr(".-_+", s.p[from - 1]))) from--;
    *span = (struct wijk__span){from, i};
    return dot > at + 1 && i - dot > 2 && is_letter(s.p[dot + 1]);
}

bool wijk__personal_email(struct wijk_str s, size_t at, struct wijk__span *span)
{
    for (const char *p = s.p + at, *end = s.p + s.n; p < end; p++) {
        p = memchr(p, '@', (size_t)(end - p));
        if (!p) return false;
        if (email_at(s, (size_t)(p - s.p), span)) return true;
    }
    return false;
}

/* ---- phone ---------------------------------------------------------------------------------------- */

enum phone { PHONE_NO, PHONE_PLAIN, PHONE_WRITTEN };

/* From `at`: +31, 0031 or 0 and nine digits, with blanks, a dash or brackets as people write them.
 * Plain: ten digits on end, which may be a number of something else. *end: just behind it. */
static enum phone phone_at(struct wijk_str s, size_t at, size_t *end)
{
    size_t i = at, digits = 0, signs = 0;
    bool abroad = false;
    if (s.n - i > 3 && memcmp(s.p + i, "+31", 3) == 0) {
        i += 3;
        abroad = true;
    } else if (s.n - i > 4 && memcmp(s.p + i, "0031", 4) == 0) {
        i += 4;
        abroad = true;
    } else if (s.p[i] == '0' && i + 1 < s.n && s.p[i + 1] != '0') {
        i++;
    } else {
        return PHONE_NO;
    }
    for (; i < s.n && digits < 9; i++) {
        if (is_digit(s.p[i]))
            digits++;
        else if (s.p[i] == ' ' || s.p[i] == '-' || s.p[i] == '(' || s.p[i] == ')')
            signs++;
        else
            return PHONE_NO;
    }
    *end = i;
    if (digits < 9 || (i < s.n && is_digit(s.p[i])) || signs > 4) return PHONE_NO;
    return abroad || signs ? PHONE_WRITTEN : PHONE_PLAIN;
}

/* A number may begin at i: it is no piece of a word or of a longer number. */
static bool phone_begins(struct wijk_str s, size_t i)
{
    return (s.p[i] == '0' || s.p[i] == '+') && !(i && (is_word(s.p[i - 1]) || s.p[i - 1] == '-'));
}

static enum phone phone_in(struct wijk_str s)
{
    enum phone best = PHONE_NO;
    for (size_t i = 0; i + 9 < s.n && best != PHONE_WRITTEN; i++) {
        size_t end;
        if (!phone_begins(s, i)) continue;
        enum phone found = phone_at(s, i, &end);
        if (found > best) best = found;
    }
    return best;
}

bool wijk__personal_phone(struct wijk_str s, size_t at, struct wijk__span *span)
{
    for (size_t i = at; i + 9 < s.n; i++)
        if (phone_begins(s, i) && phone_at(s, i, &span->to) != PHONE_NO) {
            span->from = i;
            return true;
        }
    return false;
}

/* ---- address -------------------------------------------------------------------------------------- */

/* 1234 AB 12: a whole postcode and a house number behind it. */
bool wijk__personal_postcode(struct wijk_str s, size_t at, struct wijk__span *span)
{
    for (size_t i = at; i + 7 < s.n; i++) {
        if (s.p[i] < '1' || s.p[i] > '9' || (i && is_word(s.p[i - 1]))) continue;
        size_t j = i;
        while (j < s.n && is_digit(s.p[j])) j++;
        if (j - i != 4) continue;
        if (j < s.n && s.p[j] == ' ') j++;
        size_t letters = 0;
        while (j < s.n && lower(s.p[j]) >= 'a' && lower(s.p[j]) <= 'z') j++, letters++;
        if (letters != 2) continue;
        while (j < s.n && (s.p[j] == ' ' || s.p[j] == ',' || s.p[j] == '-')) j++;
        if (j == s.n || s.p[j] < '1' || s.p[j] > '9' || is_letter(s.p[j - 1])) continue;
        while (j < s.n && is_word(s.p[j])) j++;
        *span = (struct wijk__span){i, j};
        return true;
    }
    return false;
}

static const char *const STREET[] = {"straat", "weg",    "laan",      "plein", "gracht",
                                     "kade",   "singel", "dijk",      "hof",   "dreef",
                                     "steeg",  "pad",    "plantsoen", "park",  "boulevard"};
enum { STREETS = sizeof STREET / sizeof *STREET };

/* The word that ends at `end` is a street's: Dorpsstraat, not a bare «weg». */
static bool street_before(struct wijk_str s, size_t end)
{
    size_t from = end;
    while (from > 0 && is_letter(s.p[from - 1])) from--;
    for (size_t k = 0; k < STREETS; k++) {
        size_t n = strlen(STREET[k]);
        if (end - from < n + 2) continue;
        size_t i = 0;
        while (i < n && lower(s.p[end - n + i]) == STREET[k][i]) i++;
        if (i == n) return true;
    }
    return false;
}

/* Dorpsstraat 12, Laan 1940 is not: a house number has at most four digits and does not look like a year. */
static bool street_and_number(struct wijk_str s)
{
    for (size_t i = 1; i + 1 < s.n; i++) {
        if (s.p[i] != ' ' || !is_letter(s.p[i - 1]) || s.p[i + 1] < '1' || s.p[i + 1] > '9') continue;
        size_t j = i + 1;
        while (j < s.n && is_digit(s.p[j])) j++;
        bool year = j - i - 1 == 4 && (s.p[i + 1] == '1' || s.p[i + 1] == '2');
        if (j - i - 1 <= 4 && !year && street_before(s, i)) return true;
    }
    return false;
}

/* ---- dates ---------------------------------------------------------------------------------------- */

static int number_at(struct wijk_str s, size_t at, size_t n)
{
    int v = 0;
    for (size_t i = at; i < at + n; i++) {
        if (!is_digit(s.p[i])) return -1;
        v = v * 10 + (s.p[i] - '0');
    }
    return v;
}

/* The year of a cell that is one whole date: 1961-05-30, 30-05-1961, 30/05/1961 or 19610530; 0 none. A time
 * behind it is allowed. */
static int date_year(struct wijk_str s)
{
    if (s.n < 8) return 0;
    bool behind = s.n > 10 && (s.p[10] == ' ' || s.p[10] == 'T');
    int y = -1, m = -1, d = -1;
    if (s.n == 8) {
        y = number_at(s, 0, 4), m = number_at(s, 4, 2), d = number_at(s, 6, 2);
    } else if ((s.n == 10 || behind) && s.p[4] == '-' && s.p[7] == '-') {
        y = number_at(s, 0, 4), m = number_at(s, 5, 2), d = number_at(s, 8, 2);
    } else if ((s.n == 10 || behind) && (s.p[2] == '-' || s.p[2] == '/') && s.p[5] == s.p[2]) {
        d = number_at(s, 0, 2), m = number_at(s, 3, 2), y = number_at(s, 6, 4);
    }
    return y >= 1880 && y <= 2100 && m >= 1 && m <= 12 && d >= 1 && d <= 31 ? y : 0;
}

/* ---- columns ------------------------------------------------------------------------------ */

static void see_date(struct wijk_personal_column *c, struct wijk_str cell)
{
    int year = date_year(cell);
    if (!year) return;
    c->date++;
    if (!c->year_from || year < c->year_from) c->year_from = (int16_t)year;
    if (year > c->year_to) c->year_to = (int16_t)year;
}

/* More than two decimals: as degrees finer than a kilometre, as metres finer than a kilometre square. */
static bool is_precise(struct wijk_str cell)
{
    double v;
    if (!wijk_num_parse(cell, WIJK_NUM_EITHER, &v)) return false;
    bool degrees = (v > 3 && v < 8) || (v > 50 && v < 54);
    const char *mark = memchr(cell.p, '.', cell.n);
    if (!mark) mark = memchr(cell.p, ',', cell.n);
    size_t decimals = mark ? (size_t)(cell.p + cell.n - mark) - 1 : 0;
    if (degrees) return decimals >= 3;
    bool metres = v >= 10000 && v <= 625000;
    return metres && (decimals > 0 || (int64_t)v % 100 != 0);
}

/* What only some names ask for: words, figures, or coordinates. */
static void see_as_said(struct wijk_personal_column *c, struct wijk_str cell)
{
    bool letters = false, digits = false;
    for (size_t i = 0; i < cell.n; i++) {
        letters = letters || is_letter(cell.p[i]);
        digits = digits || is_digit(cell.p[i]);
    }
    c->lettered += letters && !digits;
    c->numbered += digits;
    c->precise += c->said == WIJK_PERSONAL_POINT && digits && !letters && is_precise(cell);
}

/* Most cells are short figures and give nothing away: no kind is told by fewer than six signs. */
void wijk_personal_see(struct wijk_personal_column *c, struct wijk_str raw)
{
    struct wijk_str cell = wijk_str_trim(raw);
    if (cell.n == 0) return;
    c->cells++;
    if (c->said != WIJK_PERSONAL_NONE) see_as_said(c, cell);
    if (cell.n < 6) return;
    bool letters = false;
    size_t digits = 0;
    for (size_t i = 0; i < cell.n; i++) {
        letters = letters || is_letter(cell.p[i]);
        digits += is_digit(cell.p[i]);
    }
    if (letters) {
        c->email += wijk__personal_email(cell, 0, &(struct wijk__span){0});
        c->address +=
            digits && (wijk__personal_postcode(cell, 0, &(struct wijk__span){0}) || street_and_number(cell));
    }
    if (digits < 8) return;
    c->bsn += bsn_whole(cell);
    see_date(c, cell);
    enum phone phone = cell.n < 10 ? PHONE_NO : phone_in(cell);
    c->phone += phone == PHONE_WRITTEN;
    c->phone_plain += phone == PHONE_PLAIN;
}

/* Column names that say it themselves; folded to letters. */
static const struct {
    const char *name;
    enum wijk_personal is;
} HEADER[] = {
    {"bsn", WIJK_PERSONAL_BSN},
    {"bsnnummer", WIJK_PERSONAL_BSN},
    {"burgerservicenummer", WIJK_PERSONAL_BSN},
    {"sofinummer", WIJK_PERSONAL_BSN},
    {"email", WIJK_PERSONAL_EMAIL},
    {"emailadres", WIJK_PERSONAL_EMAIL},
    {"telefoon", WIJK_PERSONAL_PHONE},
    {"telefoonnummer", WIJK_PERSONAL_PHONE},
    {"telefoonnr", WIJK_PERSONAL_PHONE},
    {"mobiel", WIJK_PERSONAL_PHONE},
    {"phone", WIJK_PERSONAL_PHONE},
    {"geboortedatum", WIJK_PERSONAL_BIRTH},
    {"gebdatum", WIJK_PERSONAL_BIRTH},
    {"gebdat", WIJK_PERSONAL_BIRTH},
    {"dateofbirth", WIJK_PERSONAL_BIRTH},
    {"birthdate", WIJK_PERSONAL_BIRTH},
    {"achternaam", WIJK_PERSONAL_NAME},
    {"geslachtsnaam", WIJK_PERSONAL_NAME},
    {"voornaam", WIJK_PERSONAL_NAME},
    {"voornamen", WIJK_PERSONAL_NAME},
    {"voorletters", WIJK_PERSONAL_NAME},
    {"roepnaam", WIJK_PERSONAL_NAME},
    {"surname", WIJK_PERSONAL_NAME},
    {"firstname", WIJK_PERSONAL_NAME},
    {"lastname", WIJK_PERSONAL_NAME},
    {"huisnummer", WIJK_PERSONAL_ADDRESS},
    {"huisnr", WIJK_PERSONAL_ADDRESS},
    {"huisletter", WIJK_PERSONAL_ADDRESS},
    {"huisnummertoevoeging", WIJK_PERSONAL_ADDRESS},
    {"housenumber", WIJK_PERSONAL_ADDRESS},
    {"woonadres", WIJK_PERSONAL_ADDRESS},
    {"straatnaamhuisnummer", WIJK_PERSONAL_ADDRESS},
    {"lat", WIJK_PERSONAL_POINT},
    {"latitude", WIJK_PERSONAL_POINT},
    {"breedtegraad", WIJK_PERSONAL_POINT},
    {"lon", WIJK_PERSONAL_POINT},
    {"lng", WIJK_PERSONAL_POINT},
    {"longitude", WIJK_PERSONAL_POINT},
    {"lengtegraad", WIJK_PERSONAL_POINT},
    {"x", WIJK_PERSONAL_POINT},
    {"y", WIJK_PERSONAL_POINT},
    {"xcoord", WIJK_PERSONAL_POINT},
    {"ycoord", WIJK_PERSONAL_POINT},
    {"xcoordinaat", WIJK_PERSONAL_POINT},
    {"ycoordinaat", WIJK_PERSONAL_POINT},
    {"rdx", WIJK_PERSONAL_POINT},
    {"rdy", WIJK_PERSONAL_POINT},
};
enum { HEADERS = sizeof HEADER / sizeof *HEADER };

static enum wijk_personal by_header(struct wijk_str header)
{
    char name[32];
    size_t n = 0;
    for (size_t i = 0; i < header.n; i++) {
        char c = lower(header.p[i]);
        if (c < 'a' || c > 'z') continue;
        if (n + 1 == sizeof name) return WIJK_PERSONAL_NONE;
        name[n++] = c;
    }
    name[n] = '\0';
    for (size_t i = 0; i < HEADERS; i++)
        if (strcmp(name, HEADER[i].name) == 0) return HEADER[i].is;
    return WIJK_PERSONAL_NONE;
}

/* The cells do not contradict what the name of the column says. */
static bool bears_out(const struct wijk_personal_column *c, enum wijk_personal said)
{
    switch (said) {
    case WIJK_PERSONAL_BSN: return c->bsn > 0;
    case WIJK_PERSONAL_EMAIL: return c->email > 0;
    case WIJK_PERSONAL_PHONE: return c->phone + c->phone_plain > 0;
    case WIJK_PERSONAL_BIRTH: return c->date > 0;
    case WIJK_PERSONAL_NAME: return c->lettered * 2 > c->cells;
    case WIJK_PERSONAL_ADDRESS: return c->numbered + c->lettered > 0;
    case WIJK_PERSONAL_POINT: return c->precise * 2 > c->cells;
    default: return false;
    }
}

struct wijk_personal_column wijk_personal_column(struct wijk_str header)
{
    return (struct wijk_personal_column){.said = by_header(header)};
}

enum wijk_personal wijk_personal_verdict(const struct wijk_personal_column *c)
{
    enum { FEW = 5, DATES = 10, LIFETIME = 40 };
    if (c->said != WIJK_PERSONAL_NONE && bears_out(c, c->said)) return c->said;
    if (c->email > 0) return WIJK_PERSONAL_EMAIL;
    if (c->bsn >= FEW && c->bsn * 5 >= c->cells * 4) return WIJK_PERSONAL_BSN;
    if (c->phone > 0 && c->phone * 5 >= c->cells) return WIJK_PERSONAL_PHONE;
    if (c->phone + c->phone_plain >= FEW && (c->phone + c->phone_plain) * 5 >= c->cells * 4)
        return WIJK_PERSONAL_PHONE;
    if (c->address > 0 && c->address * 5 >= c->cells) return WIJK_PERSONAL_ADDRESS;
    if (c->date >= DATES && c->date * 5 >= c->cells * 4 && c->year_to - c->year_from >= LIFETIME)
        return WIJK_PERSONAL_BIRTH;
    return WIJK_PERSONAL_NONE;
}
