/* SPDX-License-Identifier: EUPL-1.2 */
/* A streaming writer of JSON: commas and escapes are its own, numbers are short and read back the same. */
#include "base/base_int.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { FRESH, FILLED, AFTER_KEY }; /* of the container at each depth */

static void flush(struct wijk_json_out *w)
{
    if (w->used && !w->failed && !w->out.write(w->out.self, w->room, w->used)) w->failed = true;
    w->used = 0;
}

static void put(struct wijk_json_out *w, const char *p, size_t n)
{
    if (n > sizeof w->room - w->used) flush(w);
    if (n > sizeof w->room) {
        if (!w->failed && !w->out.write(w->out.self, p, n)) w->failed = true;
        return;
    }
    memcpy(w->room + w->used, p, n);
    w->used += n;
}

static void put_char(struct wijk_json_out *w, char c)
{
    if (w->used == sizeof w->room) flush(w);
    w->room[w->used++] = c;
}

void wijk_json_out_open(struct wijk_json_out *w, struct wijk_out out)
{
    w->out = out;
    w->failed = false;
    w->depth = 0;
    w->used = 0;
    w->state[0] = FRESH;
}

bool wijk_json_out_close(struct wijk_json_out *w)
{
    assert(w->depth == 0);
    flush(w);
    return !w->failed;
}

static void before_value(struct wijk_json_out *w)
{
    if (w->state[w->depth] == FILLED && w->depth) put_char(w, ',');
    w->state[w->depth] = FILLED;
}

static void begin(struct wijk_json_out *w, char sign)
{
    before_value(w);
    put_char(w, sign);
    assert(w->depth < WIJK_LIMIT_DEPTH);
    w->state[++w->depth] = FRESH;
}

static void end(struct wijk_json_out *w, char sign)
{
    assert(w->depth > 0);
    w->depth--;
    put_char(w, sign);
}

void wijk_json_begin_object(struct wijk_json_out *w)
{
    begin(w, '{');
}
void wijk_json_end_object(struct wijk_json_out *w)
{
    end(w, '}');
}
void wijk_json_begin_array(struct wijk_json_out *w)
{
    begin(w, '[');
}
void wijk_json_end_array(struct wijk_json_out *w)
{
    end(w, ']');
}

/* Are eight signs all ordinary ones: no control sign, no quote, no backslash? */
static bool eight_plain(const char *p)
{
    const uint64_t ones = 0x0101010101010101u, highs = 0x8080808080808080u;
    uint64_t x;
    memcpy(&x, p, sizeof x);
    const uint64_t quote = x ^ '"' * ones, slash = x ^ '\\' * ones;
    return !(((x - 0x20 * ones) & ~x & highs) | ((quote - ones) & ~quote & highs) |
             ((slash - ones) & ~slash & highs));
}

static void quoted(struct wijk_json_out *w, struct wijk_str s)
{
    put_char(w, '"');
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        while (i + 8 <= s.n && eight_plain(s.p + i)) i += 8;
        if (i == s.n) break;
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        put(w, s.p + from, i - from);
        from = i + 1;
        char escape[8];
        if (c == '"' || c == '\\')
            snprintf(escape, sizeof escape, "\\%c", c);
        else if (c == '\n')
            snprintf(escape, sizeof escape, "\\n");
        else
            snprintf(escape, sizeof escape, "\\u%04x", c);
        put(w, escape, strlen(escape));
    }
    put(w, s.p + from, s.n - from);
    put_char(w, '"');
}

void wijk_json_key(struct wijk_json_out *w, const char *key)
{
    before_value(w);
    quoted(w, wijk_str(key));
    put_char(w, ':');
    w->state[w->depth] = AFTER_KEY;
}

void wijk_json_str(struct wijk_json_out *w, struct wijk_str s)
{
    before_value(w);
    quoted(w, s);
}

void wijk_json_cstr(struct wijk_json_out *w, const char *s)
{
    if (s)
        wijk_json_str(w, wijk_str(s));
    else
        wijk_json_null(w);
}

void wijk_json_num(struct wijk_json_out *w, double v)
{
    if (!isfinite(v)) {
        wijk_json_null(w);
        return;
    }
    char text[32];
    before_value(w);
    put(w, text, wijk_num_write(v, text));
}

void wijk_json_int(struct wijk_json_out *w, int64_t v)
{
    char text[32];
    before_value(w);
    put(w, text, wijk__whole_write(v, text));
}

void wijk_json_bool(struct wijk_json_out *w, bool v)
{
    before_value(w);
    put(w, v ? "true" : "false", v ? 4 : 5);
}

void wijk_json_null(struct wijk_json_out *w)
{
    before_value(w);
    put(w, "null", 4);
}

void wijk_json_kv_str(struct wijk_json_out *w, const char *key, const char *s)
{
    wijk_json_key(w, key), wijk_json_cstr(w, s);
}
void wijk_json_kv_num(struct wijk_json_out *w, const char *key, double v)
{
    wijk_json_key(w, key), wijk_json_num(w, v);
}
void wijk_json_kv_int(struct wijk_json_out *w, const char *key, int64_t v)
{
    wijk_json_key(w, key), wijk_json_int(w, v);
}
void wijk_json_kv_bool(struct wijk_json_out *w, const char *key, bool v)
{
    wijk_json_key(w, key), wijk_json_bool(w, v);
}
