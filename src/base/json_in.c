/* SPDX-License-Identifier: EUPL-1.2 */
/* A strict pull reader of JSON (RFC 8259) in constant memory. */
#include "base/base_int.h"

#include <string.h>

enum { BLOCK = 256 << 10 };
enum place { AT_VALUE, AT_FIRST_VALUE, AT_KEY, AT_FIRST_KEY, AT_COMMA, AT_END };

struct wijk_json {
    struct wijk_cx *cx;
    struct wijk__block_in in;
    enum place place;
    int depth;
    bool object[WIJK_LIMIT_DEPTH];
    size_t line, line_start; /* line_start: bytes read before this line */
    size_t passed;           /* bytes that left the block */
    char *token;
    size_t token_n, token_cap;
};

enum wijk_err wijk_json_open(struct wijk_cx *cx, struct wijk_in in, struct wijk_json **out)
{
    struct wijk_json *j = WIJK_NEW(cx, struct wijk_json, 1);
    j->cx = cx;
    j->line = 1;
    j->token_cap = 4096;
    j->token = wijk__alloc_raw(cx, j->token_cap);
    wijk__block_open(cx, &j->in, in, BLOCK);
    while (j->in.n < 3 && wijk__block_more(&j->in)) {
    }
    if (j->in.n >= 3 && memcmp(j->in.room, "\xef\xbb\xbf", 3) == 0) j->in.at = 3;
    *out = j;
    return WIJK_OK;
}

size_t wijk_json_line(const struct wijk_json *j)
{
    return j->line;
}
size_t wijk_json_column(const struct wijk_json *j)
{
    return j->passed + j->in.at - j->line_start + 1;
}

static enum wijk_err complain(struct wijk_json *j, enum wijk_err err, const char *what)
{
    if (j->in.failed) return wijk_fail(j->cx, WIJK_EIO, "%s: lezen lukt niet.", j->in.in.name);
    return wijk_fail(j->cx, err, "%s regel %zu, kolom %zu: %s", j->in.in.name, j->line, wijk_json_column(j),
                     wijk_tr(j->cx, what));
}

static bool more(struct wijk_json *j)
{
    size_t gone = j->in.at;
    bool got = wijk__block_more(&j->in);
    j->passed += gone - j->in.at;
    return got;
}

/* The next byte without taking it; -1 at the end. */
static inline int peek(struct wijk_json *j)
{
    if (j->in.at == j->in.n && !more(j)) return -1;
    return j->in.room[j->in.at];
}

static int skip_blanks(struct wijk_json *j)
{
    for (;;) {
        int c = peek(j);
        if (c == '\n') {
            j->in.at++;
            j->line++;
            j->line_start = j->passed + j->in.at;
        } else if (c == ' ' || c == '\t' || c == '\r')
            j->in.at++;
        else
            return c;
    }
}

static bool token_put(struct wijk_json *j, const void *bytes, size_t n)
{
    if (n > WIJK_LIMIT_TOKEN || j->token_n > WIJK_LIMIT_TOKEN - n) return false;
    if (j->token_n + n > j->token_cap) {
        size_t cap = j->token_cap * 2 > j->token_n + n ? j->token_cap * 2 : j->token_n + n;
        char *p = wijk__alloc_raw(j->cx, cap);
        memcpy(p, j->token, j->token_n);
        j->token = p;
        j->token_cap = cap;
    }
    memcpy(j->token + j->token_n, bytes, n);
    j->token_n += n;
    return true;
}

static bool read_hex(struct wijk_json *j, uint32_t *out)
{
    *out = 0;
    for (int i = 0; i < 4; i++) {
        int c = peek(j);
        int v = c >= '0' && c <= '9'   ? c - '0'
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                       : -1;
        if (v < 0) return false;
        *out = *out << 4 | (uint32_t)v;
        j->in.at++;
    }
    return true;
}

static enum wijk_err put_code_point(struct wijk_json *j, uint32_t c)
{
    char u[4];
    size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    if (c == 0) return complain(j, WIJK_EPARSE, "een tekst bevat een NUL.");
    if (n == 1)
        u[0] = (char)c;
    else
        u[0] = (char)((n == 2 ? 0xc0 : n == 3 ? 0xe0 : 0xf0) | c >> 6 * (n - 1));
    for (size_t k = 1; k < n; k++) u[k] = (char)(0x80 | (c >> 6 * (n - 1 - k) & 63));
    return token_put(j, u, n) ? WIJK_OK : complain(j, WIJK_ELIMIT, "een tekst is langer dan 1 MiB.");
}

static enum wijk_err read_unicode(struct wijk_json *j)
{
    uint32_t c, low;
    if (!read_hex(j, &c)) return complain(j, WIJK_EPARSE, "achter \\u horen vier hexadecimale cijfers.");
    if (c < 0xd800 || c > 0xdfff) return put_code_point(j, c);
    bool pair = c < 0xdc00 && peek(j) == '\\';
    if (pair) j->in.at++;
    pair = pair && peek(j) == 'u';
    if (pair) j->in.at++;
    if (!pair || !read_hex(j, &low) || low < 0xdc00 || low > 0xdfff)
        return complain(j, WIJK_EPARSE, "een half Unicode-teken (surrogaat) staat los.");
    return put_code_point(j, 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00));
}

static enum wijk_err read_escape(struct wijk_json *j)
{
    static const char FROM[] = "\"\\/bfnrt", TO[] = "\"\\/\b\f\n\r\t";
    int c = peek(j);
    if (c < 0) return complain(j, WIJK_EPARSE, "het bestand houdt op in een tekst.");
    j->in.at++;
    if (c == 'u') return read_unicode(j);
    const char *at = c ? strchr(FROM, c) : NULL;
    if (!at) return complain(j, WIJK_EPARSE, "achter een backslash staat een onbekend teken.");
    return token_put(j, TO + (at - FROM), 1) ? WIJK_OK
                                             : complain(j, WIJK_ELIMIT, "een tekst is langer dan 1 MiB.");
}

/* Behind the opening quote, up to and over the closing one. */
static enum wijk_err read_string(struct wijk_json *j)
{
    j->token_n = 0;
    for (;;) {
        if (peek(j) < 0) return complain(j, WIJK_EPARSE, "het bestand houdt op in een tekst.");
        const unsigned char *p = j->in.room + j->in.at, *end = j->in.room + j->in.n, *q = p;
        while (q < end && *q != '"' && *q != '\\' && *q >= 0x20) q++;
        if (!token_put(j, p, (size_t)(q - p)))
            return complain(j, WIJK_ELIMIT, "een tekst is langer dan 1 MiB.");
        j->in.at += (size_t)(q - p);
        if (q == end) continue;
        if (*q < 0x20) return complain(j, WIJK_EPARSE, "een tekst bevat een stuurteken.");
        j->in.at++;
        if (*q == '"') break;
        WIJK_TRY(read_escape(j));
    }
    if (!wijk_utf8_valid((struct wijk_str){j->token, j->token_n}, NULL))
        return complain(j, WIJK_EPARSE, "de tekst is geen UTF-8.");
    return WIJK_OK;
}

/* The grammar of a JSON number: no leading zero, no bare point. */
static bool number_form(const char *p, size_t n)
{
    size_t i = n && p[0] == '-' ? 1 : 0, start = i;
    while (i < n && p[i] >= '0' && p[i] <= '9') i++;
    if (i == start || (p[start] == '0' && i > start + 1)) return false;
    if (i < n && p[i] == '.') {
        size_t from = ++i;
        while (i < n && p[i] >= '0' && p[i] <= '9') i++;
        if (i == from) return false;
    }
    if (i < n && (p[i] == 'e' || p[i] == 'E')) {
        i++;
        if (i < n && (p[i] == '+' || p[i] == '-')) i++;
        size_t from = i;
        while (i < n && p[i] >= '0' && p[i] <= '9') i++;
        if (i == from) return false;
    }
    return i == n;
}

static enum wijk_err read_number(struct wijk_json *j, struct wijk_json_token *t)
{
    j->token_n = 0;
    for (int c; (c = peek(j)) >= 0;) {
        bool part = (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
        if (!part) break;
        const char byte = (char)c;
        if (j->token_n > 256 || !token_put(j, &byte, 1))
            return complain(j, WIJK_ELIMIT, "een getal is te lang.");
        j->in.at++;
    }
    t->kind = WIJK_JSON_NUMBER;
    t->text = (struct wijk_str){j->token, j->token_n};
    if (!number_form(j->token, j->token_n) || !wijk_num_parse(t->text, WIJK_NUM_POINT, &t->number))
        return complain(j, WIJK_EPARSE, "hier staat geen geldig getal.");
    return WIJK_OK;
}

static enum wijk_err read_word(struct wijk_json *j, const char *word, enum wijk_json_kind kind,
                               struct wijk_json_token *t)
{
    for (const char *w = word; *w; w++) {
        if (peek(j) != *w) return complain(j, WIJK_EPARSE, "hier staat een onbekend woord.");
        j->in.at++;
    }
    t->kind = kind;
    return WIJK_OK;
}

static enum wijk_err open_container(struct wijk_json *j, bool object, struct wijk_json_token *t)
{
    if (j->depth == WIJK_LIMIT_DEPTH)
        return complain(j, WIJK_ELIMIT, "de gegevens zijn dieper genest dan 64 lagen.");
    j->in.at++;
    j->object[j->depth++] = object;
    j->place = object ? AT_FIRST_KEY : AT_FIRST_VALUE;
    t->kind = object ? WIJK_JSON_OBJECT : WIJK_JSON_ARRAY;
    return WIJK_OK;
}

static void after_value(struct wijk_json *j)
{
    j->place = j->depth ? AT_COMMA : AT_END;
}

static enum wijk_err close_container(struct wijk_json *j, struct wijk_json_token *t)
{
    j->in.at++;
    j->depth--;
    t->depth = j->depth;
    t->kind = j->object[j->depth] ? WIJK_JSON_OBJECT_END : WIJK_JSON_ARRAY_END;
    after_value(j);
    return WIJK_OK;
}

static enum wijk_err read_value(struct wijk_json *j, int c, struct wijk_json_token *t)
{
    if (c == '{' || c == '[') return open_container(j, c == '{', t);
    enum wijk_err err;
    if (c == '"') {
        j->in.at++;
        err = read_string(j);
        t->kind = WIJK_JSON_STRING;
        t->text = (struct wijk_str){j->token, j->token_n};
    } else if (c == 't')
        err = read_word(j, "true", WIJK_JSON_TRUE, t);
    else if (c == 'f')
        err = read_word(j, "false", WIJK_JSON_FALSE, t);
    else if (c == 'n')
        err = read_word(j, "null", WIJK_JSON_NULL, t);
    else if (c < 0)
        err = complain(j, WIJK_EPARSE, "het bestand houdt te vroeg op.");
    else
        err = read_number(j, t);
    after_value(j);
    return err;
}

static enum wijk_err read_key(struct wijk_json *j, int c, struct wijk_json_token *t)
{
    if (c != '"') return complain(j, WIJK_EPARSE, "hier hoort een naam tussen aanhalingstekens.");
    j->in.at++;
    WIJK_TRY(read_string(j));
    t->kind = WIJK_JSON_KEY;
    t->text = (struct wijk_str){j->token, j->token_n};
    if (skip_blanks(j) != ':') return complain(j, WIJK_EPARSE, "achter een naam hoort een dubbele punt.");
    j->in.at++;
    j->place = AT_VALUE;
    return WIJK_OK;
}

enum wijk_err wijk_json_next(struct wijk_json *j, struct wijk_json_token *t)
{
    *t = (struct wijk_json_token){.depth = j->depth};
    int c = skip_blanks(j);
    if (j->in.failed) return complain(j, WIJK_EIO, "");
    if (j->place == AT_COMMA) {
        bool object = j->object[j->depth - 1];
        if (c == (object ? '}' : ']')) return close_container(j, t);
        if (c != ',') return complain(j, WIJK_EPARSE, "hier hoort een komma of het einde van de lijst.");
        j->in.at++;
        c = skip_blanks(j);
        j->place = object ? AT_KEY : AT_VALUE;
    }
    switch (j->place) {
    case AT_END:
        if (c >= 0) return complain(j, WIJK_EPARSE, "er staat nog tekst achter het einde.");
        t->kind = WIJK_JSON_END;
        return WIJK_OK;
    case AT_FIRST_KEY: return c == '}' ? close_container(j, t) : read_key(j, c, t);
    case AT_KEY: return read_key(j, c, t);
    case AT_FIRST_VALUE: return c == ']' ? close_container(j, t) : read_value(j, c, t);
    case AT_VALUE:
    case AT_COMMA: break;
    }
    return read_value(j, c, t);
}

enum wijk_err wijk_json_skip(struct wijk_json *j, struct wijk_json_token token)
{
    if (token.kind != WIJK_JSON_OBJECT && token.kind != WIJK_JSON_ARRAY) return WIJK_OK;
    struct wijk_json_token t;
    do WIJK_TRY(wijk_json_next(j, &t));
    while (t.depth > token.depth || (t.kind != WIJK_JSON_OBJECT_END && t.kind != WIJK_JSON_ARRAY_END));
    return WIJK_OK;
}
