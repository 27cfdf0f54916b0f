/* SPDX-License-Identifier: EUPL-1.2 */
/* A map of a definition file becomes a struct, by a table of its keys. Every complaint names file and line.
 */
#include "domain/domain_int.h"

#include <string.h>

enum wijk_err wijk__def_fail(const struct wijk__def *d, size_t line, const char *what, const char *name)
{
    /* The sentence has one %s at most; it is put together here, so that no format comes out of a variable. */
    const char *text = wijk_tr(d->cx, what), *hole = strstr(text, "%s");
    if (!hole) return wijk_fail(d->cx, WIJK_EDEF, "%s regel %zu: %s", d->file, line, text);
    const char *full = wijk_sprintf(d->cx, "%.*s%s%s", (int)(hole - text), text, name, hole + 2);
    return wijk_fail(d->cx, WIJK_EDEF, "%s regel %zu: %s", d->file, line, full);
}

static enum wijk_err want_scalar(const struct wijk__def *d, const struct wijk_yaml *v, const char *key)
{
    if (v->kind == WIJK_YAML_SCALAR && v->text[0]) return WIJK_OK;
    return wijk__def_fail(d, v->line, WIJK_T("bij %s hoort een tekst of een getal te staan."), key);
}

static bool is_id(const char *s)
{
    for (; *s; s++) {
        bool word = (*s >= 'a' && *s <= 'z') || (*s >= '0' && *s <= '9');
        if (!word && *s != '_' && *s != '-' && *s != '.') return false;
    }
    return true;
}

enum wijk_err wijk__def_number(const struct wijk__def *d, const struct wijk_yaml *v, const char *key,
                               double *out)
{
    WIJK_TRY(want_scalar(d, v, key));
    if (wijk_num_parse(wijk_str(v->text), WIJK_NUM_POINT, out)) return WIJK_OK;
    return wijk__def_fail(d, v->line,
                          WIJK_T("bij %s hoort een getal te staan, met een punt voor de decimalen."), key);
}

static enum wijk_err read_pair(const struct wijk__def *d, const struct wijk_yaml *v, const char *key,
                               const char **nl, const char **en)
{
    *nl = wijk_yaml_text(v, "nl", "");
    *en = wijk_yaml_text(v, "en", "");
    if (v->kind == WIJK_YAML_MAP && v->n == 2 && **nl && **en) return WIJK_OK;
    return wijk__def_fail(d, v->line, WIJK_T("bij %s horen precies twee teksten te staan: nl en en."), key);
}

static enum wijk_err read_whole(const struct wijk__def *d, const struct wijk_yaml *v, const char *key,
                                int *out)
{
    int64_t whole;
    WIJK_TRY(want_scalar(d, v, key));
    if (!wijk_int_parse(wijk_str(v->text), 0, 99, &whole))
        return wijk__def_fail(d, v->line,
                              WIJK_T("bij %s hoort een geheel getal van 0 tot en met 99 te staan."), key);
    *out = (int)whole;
    return WIJK_OK;
}

static enum wijk_err read_choice(const struct wijk__def *d, const struct wijk_yaml *v,
                                 const struct wijk__def_field *f, unsigned *out)
{
    WIJK_TRY(want_scalar(d, v, f->key));
    for (unsigned i = 0; f->choice[i]; i++) {
        if (strcmp(f->choice[i], v->text) != 0) continue;
        *out = i;
        return WIJK_OK;
    }
    return wijk__def_fail(d, v->line, WIJK_T("deze waarde bij %s bestaat niet."), f->key);
}

static enum wijk_err read_yes_no(const struct wijk__def *d, const struct wijk_yaml *v, const char *key,
                                 bool *out)
{
    *out = v->kind == WIJK_YAML_SCALAR && strcmp(v->text, "true") == 0;
    if (*out || (v->kind == WIJK_YAML_SCALAR && strcmp(v->text, "false") == 0)) return WIJK_OK;
    return wijk__def_fail(d, v->line, WIJK_T("bij %s hoort true of false te staan."), key);
}

static enum wijk_err read_field(const struct wijk__def *d, const struct wijk_yaml *v,
                                const struct wijk__def_field *f, char *into)
{
    void *at = into + f->at;
    switch (f->kind) {
    case WIJK__DEF_ID:
        WIJK_TRY(want_scalar(d, v, f->key));
        if (!is_id(v->text))
            return wijk__def_fail(d, v->line,
                                  WIJK_T("%s mag alleen kleine letters, cijfers, _ - en . hebben."), v->text);
        *(const char **)at = v->text;
        return WIJK_OK;
    case WIJK__DEF_TEXT:
        WIJK_TRY(want_scalar(d, v, f->key));
        *(const char **)at = v->text;
        return WIJK_OK;
    case WIJK__DEF_PAIR: return read_pair(d, v, f->key, at, (void *)(into + f->at_en));
    case WIJK__DEF_NUMBER: return wijk__def_number(d, v, f->key, at);
    case WIJK__DEF_WHOLE: return read_whole(d, v, f->key, at);
    case WIJK__DEF_YES_NO: return read_yes_no(d, v, f->key, at);
    case WIJK__DEF_CHOICE: {
        unsigned chosen = 0;
        WIJK_TRY(read_choice(d, v, f, &chosen));
        memcpy(at, &chosen, sizeof chosen); /* an enum of ours is as wide as unsigned */
        return WIJK_OK;
    }
    case WIJK__DEF_WORD: {
        unsigned chosen = 0;
        WIJK_TRY(read_choice(d, v, f, &chosen));
        *(const char **)at = f->choice[chosen];
        return WIJK_OK;
    }
    case WIJK__DEF_OTHER: return WIJK_OK;
    }
    return WIJK_OK;
}

static const struct wijk__def_field *field_of(const struct wijk__def_field *field, size_t n, const char *key)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(field[i].key, key) == 0) return &field[i];
    return NULL;
}

/* What a member holds when its key is absent; numbers, choices and yes-no keep what `into` had. */
static void set_absent(const struct wijk__def_field *f, char *into)
{
    bool text = f->kind == WIJK__DEF_TEXT || f->kind == WIJK__DEF_ID || f->kind == WIJK__DEF_PAIR;
    if (text) *(const char **)(void *)(into + f->at) = "";
    if (f->kind == WIJK__DEF_PAIR) *(const char **)(void *)(into + f->at_en) = "";
    if (f->kind == WIJK__DEF_WORD) *(const char **)(void *)(into + f->at) = f->choice[0];
}

_Static_assert(sizeof(enum wijk_value_kind) == sizeof(unsigned), "a choice is written as unsigned");

enum wijk_err wijk__def_read_map(const struct wijk__def *d, const struct wijk_yaml *map,
                                 const struct wijk__def_field *field, size_t n_field, bool open, void *into)
{
    if (map->kind != WIJK_YAML_MAP)
        return wijk__def_fail(d, map->line, WIJK_T("hier horen sleutels met waarden te staan."), "");
    for (size_t i = 0; i < map->n; i++) {
        const struct wijk__def_field *f = field_of(field, n_field, map->key[i]);
        if (!f && !open)
            return wijk__def_fail(d, map->child[i]->line, WIJK_T("de sleutel %s is onbekend."), map->key[i]);
        if (f) WIJK_TRY(read_field(d, map->child[i], f, into));
    }
    for (size_t i = 0; i < n_field; i++) {
        if (wijk_yaml_get(map, field[i].key)) continue;
        if (field[i].required)
            return wijk__def_fail(d, map->line, WIJK_T("de sleutel %s ontbreekt."), field[i].key);
        set_absent(&field[i], into);
    }
    return WIJK_OK;
}

enum wijk_err wijk__def_list(const struct wijk__def *d, const struct wijk_yaml *map, const char *key,
                             size_t max, const struct wijk_yaml **out)
{
    const struct wijk_yaml *list = wijk_yaml_get(map, key);
    if (!list) return wijk__def_fail(d, map->line, WIJK_T("de sleutel %s ontbreekt."), key);
    if (list->kind != WIJK_YAML_LIST || list->n == 0)
        return wijk__def_fail(d, list->line, WIJK_T("bij %s hoort een lijst te staan."), key);
    if (list->n > max) return wijk__def_fail(d, list->line, WIJK_T("de lijst bij %s is te lang."), key);
    *out = list;
    return WIJK_OK;
}
