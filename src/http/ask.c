/* SPDX-License-Identifier: EUPL-1.2 */
/* Reads what is asked. A body is strict JSON first; then it is read once more as the YAML it also is, because
 * that reader gives a tree. */
#include "http/ask.h"

#include <string.h>

enum { CONFIRMED_MAX = 10000 };

static enum wijk_err read_body(struct wijk_cx *cx, struct wijk_str body, const struct wijk_yaml **out)
{
    struct wijk_in_mem mem;
    struct wijk_json *json;
    struct wijk_json_token t = {0};
    WIJK_TRY(wijk_json_open(cx, wijk_in_mem(&mem, body, "inhoud"), &json));
    do WIJK_TRY(wijk_json_next(json, &t));
    while (t.kind != WIJK_JSON_END);
    WIJK_TRY(wijk_yaml_read(cx, body, "inhoud", out));
    if ((*out)->kind == WIJK_YAML_MAP) return WIJK_OK;
    return wijk_fail(cx, WIJK_EUSAGE, "De inhoud hoort een object te zijn.");
}

static enum wijk_err only(struct wijk_cx *cx, const struct wijk_yaml *map, const char *const *allowed)
{
    if (map->kind != WIJK_YAML_MAP) return wijk_fail(cx, WIJK_EUSAGE, "Hier hoort een object.");
    for (size_t i = 0; i < map->n; i++) {
        const char *const *a = allowed;
        while (*a && strcmp(*a, map->key[i]) != 0) a++;
        if (!*a)
            return wijk_fail(cx, WIJK_EUSAGE, "De sleutel %s is hier niet bekend.",
                             wijk_str_plain(cx, wijk_str(map->key[i])).p);
    }
    return WIJK_OK;
}

/* A text; NULL when it is absent, null or empty. */
static enum wijk_err text(struct wijk_cx *cx, const struct wijk_yaml *map, const char *key, const char **out)
{
    const struct wijk_yaml *v = wijk_yaml_get(map, key);
    *out = NULL;
    if (!v) return WIJK_OK;
    if (v->kind != WIJK_YAML_SCALAR) return wijk_fail(cx, WIJK_EUSAGE, "Bij %s hoort een tekst.", key);
    if (*v->text && strcmp(v->text, "null") != 0) *out = v->text;
    return WIJK_OK;
}

static enum wijk_err year(struct wijk_cx *cx, const struct wijk_yaml *map, const char *key, int *out)
{
    const char *t;
    int64_t v = 0;
    WIJK_TRY(text(cx, map, key, &t));
    if (t && !wijk_int_parse(wijk_str(t), 1990, 2100, &v))
        return wijk_fail(cx, WIJK_EUSAGE, "Bij %s hoort een jaar van vier cijfers.", key);
    *out = (int)v;
    return WIJK_OK;
}

static enum wijk_err texts(struct wijk_cx *cx, const struct wijk_yaml *map, const char *key,
                           const char *const **out, size_t *n)
{
    const struct wijk_yaml *v = wijk_yaml_get(map, key);
    *n = 0;
    *out = NULL;
    if (!v) return WIJK_OK;
    if (v->kind != WIJK_YAML_LIST) return wijk_fail(cx, WIJK_EUSAGE, "Bij %s hoort een lijst.", key);
    const char **list = WIJK_NEW(cx, const char *, v->n);
    for (size_t i = 0; i < v->n; i++) {
        if (v->child[i]->kind != WIJK_YAML_SCALAR)
            return wijk_fail(cx, WIJK_EUSAGE, "Bij %s hoort een lijst.", key);
        list[(*n)++] = v->child[i]->text;
    }
    *out = list;
    return WIJK_OK;
}

/* ---- indeling ---- */

static enum wijk_err read_fields(struct wijk_cx *cx, const struct wijk_yaml *v, struct wijk_intake *map)
{
    static const char *const KEYS[] = {"kolom", "indicator", NULL};
    const struct wijk_yaml *list = wijk_yaml_get(v, "velden");
    if (!list || list->kind != WIJK_YAML_LIST)
        return wijk_fail(cx, WIJK_EUSAGE, "Bij %s hoort een lijst.", "velden");
    struct wijk_intake_field *field = WIJK_NEW(cx, struct wijk_intake_field, list->n);
    for (size_t i = 0; i < list->n; i++) {
        WIJK_TRY(only(cx, list->child[i], KEYS));
        WIJK_TRY(text(cx, list->child[i], "kolom", &field[i].column));
        WIJK_TRY(text(cx, list->child[i], "indicator", &field[i].indicator));
    }
    map->field = field;
    map->n_field = list->n;
    return WIJK_OK;
}

static enum wijk_err read_area(struct wijk_cx *cx, const struct wijk_yaml *v, struct wijk_intake *map)
{
    static const char *const KEYS[] = {"kolom", "soort", NULL};
    const struct wijk_yaml *area = wijk_yaml_get(v, "gebied");
    const char *kind;
    if (!area) return wijk_fail(cx, WIJK_EUSAGE, "Kies de kolom met het gebied.");
    WIJK_TRY(only(cx, area, KEYS));
    WIJK_TRY(text(cx, area, "kolom", &map->key));
    WIJK_TRY(text(cx, area, "soort", &kind));
    if (!kind || (strcmp(kind, "code") != 0 && strcmp(kind, "naam") != 0))
        return wijk_fail(cx, WIJK_EUSAGE, "Bij %s hoort code of naam.", "gebied.soort");
    map->key_is_name = *kind == 'n';
    return WIJK_OK;
}

static enum wijk_err read_times(struct wijk_cx *cx, const struct wijk_yaml *v, struct wijk_intake *map)
{
    static const char *const KEYS[] = {"kolom", "jaar", NULL};
    const struct wijk_yaml *period = wijk_yaml_get(v, "periode");
    if (!period) return WIJK_OK;
    WIJK_TRY(only(cx, period, KEYS));
    WIJK_TRY(text(cx, period, "kolom", &map->period_column));
    return year(cx, period, "jaar", &map->period_year);
}

static enum wijk_err read_map(struct wijk_cx *cx, const struct wijk_yaml *v, struct wijk_intake *map)
{
    static const char *const KEYS[] = {"niveau",     "gebied", "periode", "scheiding", "decimaal",
                                       "ontbrekend", "geheim", "velden",  NULL};
    static const char *const STYLE[] = {"punt", "komma", "beide"};
    const char *level, *style;
    WIJK_TRY(only(cx, v, KEYS));
    WIJK_TRY(text(cx, v, "niveau", &level));
    WIJK_TRY(text(cx, v, "decimaal", &style));
    WIJK_TRY(text(cx, v, "scheiding", &map->separator));
    if (!level || !wijk_level_parse(wijk_str(level), &map->level))
        return wijk_fail(cx, WIJK_EUSAGE, "Dit niveau bestaat niet. Kies buurt, wijk, gemeente of pc4.");
    size_t k = style ? 0 : WIJK_NUM_EITHER;
    while (style && k < 3 && strcmp(STYLE[k], style) != 0) k++;
    if (k == 3) return wijk_fail(cx, WIJK_EUSAGE, "Bij %s hoort punt, komma of beide.", "decimaal");
    map->number = (enum wijk_num_style)k;
    WIJK_TRY(read_area(cx, v, map));
    WIJK_TRY(read_times(cx, v, map));
    WIJK_TRY(texts(cx, v, "ontbrekend", &map->missing, &map->n_missing));
    WIJK_TRY(texts(cx, v, "geheim", &map->secret, &map->n_secret));
    return read_fields(cx, v, map);
}

/* ---- the ask ---- */

static enum wijk_err read_confirmed(struct wijk_cx *cx, const struct wijk_yaml *v, struct http_ask *ask)
{
    static const char *const KEYS[] = {"naam", "code", NULL};
    const struct wijk_yaml *list = wijk_yaml_get(v, "koppelingen");
    if (!list) return WIJK_OK;
    if (list->kind != WIJK_YAML_LIST || list->n > CONFIRMED_MAX)
        return wijk_fail(cx, WIJK_EUSAGE, "Bij %s hoort een lijst.", "koppelingen");
    struct wijk_import_match *m = WIJK_NEW(cx, struct wijk_import_match, list->n);
    for (size_t i = 0; i < list->n; i++) {
        const char *code;
        enum wijk_level level;
        char *good = WIJK_NEW(cx, char, WIJK_CODE_MAX);
        WIJK_TRY(only(cx, list->child[i], KEYS));
        WIJK_TRY(text(cx, list->child[i], "naam", &m[i].name));
        WIJK_TRY(text(cx, list->child[i], "code", &code));
        if (!m[i].name || !code || !wijk_code_level(wijk_str(code), &level) ||
            !wijk_code_normalise(wijk_str(code), level, good))
            return wijk_fail(cx, WIJK_EUSAGE, "Een koppeling is een naam met de code van een gebied.");
        m[i].code = good;
    }
    ask->confirmed = m;
    ask->n_confirmed = list->n;
    return WIJK_OK;
}

static enum wijk_err own_source(struct wijk_cx *cx, const struct wijk_defs *defs,
                                const struct wijk_intake *map, struct wijk_intake_head head,
                                struct http_ask *ask)
{
    struct wijk_own_source *own = WIJK_NEW(cx, struct wijk_own_source, 1);
    WIJK_TRY(wijk_flow_intake_define(cx, defs, map, &head, &own->id, &own->yaml));
    own->title = head.title;
    own->made_at = "";
    ask->own = own;
    ask->source = own->id;
    return WIJK_OK;
}

/* When nobody said of which division the areas are: that of the figures' own year where it is known, else the
 * newest. A code that is in neither is refused then, instead of becoming an area nobody has heard of. */
static int division_of(const struct wijk_snapshot *s, const struct wijk_intake *map)
{
    const struct wijk_snapshot_division *d = wijk_snapshot_division(s, map->level, map->period_year);
    if (!d) d = wijk_snapshot_division(s, map->level, 0);
    return d ? d->areas.division_year : 0;
}

static enum wijk_err read_what(struct wijk_cx *cx, const struct wijk_snapshot *s, const struct http_import *i,
                               const struct wijk_yaml *v, struct http_ask *ask)
{
    const struct wijk_yaml *map = wijk_yaml_get(v, "indeling");
    WIJK_TRY(text(cx, v, "bron", &ask->source));
    if (!ask->source == !map) return wijk_fail(cx, WIJK_EUSAGE, "Geef een bron of een indeling.");
    if (ask->source && !wijk_defs_source(s->defs, ask->source))
        return wijk_fail(cx, WIJK_EUSAGE, "De bron %s bestaat niet.",
                         wijk_str_plain(cx, wijk_str(ask->source)).p);
    if (ask->source) return WIJK_OK;
    ask->map = (struct wijk_intake){
        .format = i->look->format, .encoding = i->look->encoding, .division_year = ask->year};
    WIJK_TRY(read_map(cx, map, &ask->map));
    if (!ask->year) ask->map.division_year = division_of(s, &ask->map);
    if (!ask->map.separator && *i->look->separator) ask->map.separator = i->look->separator;
    struct wijk_intake_head head = {.title =
                                        wijk_sprintf(cx, wijk_tr(cx, "Eigen indeling van %.200s"), i->name)};
    return own_source(cx, s->defs, &ask->map, head, ask);
}

static enum wijk_err read_ask(struct wijk_cx *cx, const struct wijk_snapshot *s, const struct http_import *i,
                              struct wijk_str body, struct http_ask *ask)
{
    static const char *const KEYS[] = {"bron", "indeling", "jaar", "gemeente", "koppelingen", NULL};
    const struct wijk_yaml *v;
    char *code = WIJK_NEW(cx, char, WIJK_CODE_MAX);
    WIJK_TRY(read_body(cx, body, &v));
    WIJK_TRY(only(cx, v, KEYS));
    WIJK_TRY(year(cx, v, "jaar", &ask->year));
    WIJK_TRY(text(cx, v, "gemeente", &ask->gemeente));
    if (ask->gemeente && !wijk_code_normalise(wijk_str(ask->gemeente), WIJK_LEVEL_GEMEENTE, code))
        return wijk_fail(cx, WIJK_EUSAGE, "Bij %s hoort de code van een gemeente, zoals GM0344.", "gemeente");
    if (ask->gemeente) ask->gemeente = code;
    WIJK_TRY(read_confirmed(cx, v, ask));
    return read_what(cx, s, i, v, ask);
}

/* Both live in the new context, which goes with a fault. */
static struct http_ask *ask_new(struct wijk_cx *cx)
{
    struct wijk_cx *own = wijk_cx_new(wijk_cx_lang(cx));
    struct http_ask *ask = WIJK_NEW(own, struct http_ask, 1);
    ask->cx = own;
    return ask;
}

static enum wijk_err ask_done(struct wijk_cx *cx, struct http_ask *ask, enum wijk_err err,
                              struct http_ask **out)
{
    if (err == WIJK_OK) {
        *out = ask;
        return WIJK_OK;
    }
    wijk_fail(cx, err, "%s", wijk_fault(ask->cx));
    wijk__ask_free(ask);
    return err;
}

enum wijk_err wijk__ask_read(struct wijk_cx *cx, const struct wijk_snapshot *s, const struct http_import *i,
                             struct wijk_str body, struct http_ask **out)
{
    struct http_ask *ask = ask_new(cx);
    return ask_done(cx, ask, read_ask(ask->cx, s, i, body, ask), out);
}

/* ---- its name ---- */

static struct wijk_intake map_copy(struct wijk_cx *cx, const struct wijk_intake *m)
{
    struct wijk_intake out = *m;
    const char **const list[] = {WIJK_NEW(cx, const char *, m->n_missing),
                                 WIJK_NEW(cx, const char *, m->n_secret)};
    struct wijk_intake_field *field = WIJK_NEW(cx, struct wijk_intake_field, m->n_field);
    const char **const one[] = {&out.format, &out.encoding, &out.key, &out.period_column, &out.separator};
    for (size_t i = 0; i < sizeof one / sizeof *one; i++)
        if (*one[i]) *one[i] = wijk_str_dup(cx, wijk_str(*one[i]));
    for (size_t i = 0; i < m->n_missing; i++) list[0][i] = wijk_str_dup(cx, wijk_str(m->missing[i]));
    for (size_t i = 0; i < m->n_secret; i++) list[1][i] = wijk_str_dup(cx, wijk_str(m->secret[i]));
    for (size_t i = 0; i < m->n_field; i++)
        field[i] = (struct wijk_intake_field){wijk_str_dup(cx, wijk_str(m->field[i].column)),
                                              wijk_str_dup(cx, wijk_str(m->field[i].indicator))};
    out.missing = list[0], out.secret = list[1], out.field = field;
    return out;
}

static enum wijk_err read_named(struct wijk_cx *cx, const struct wijk_defs *defs, const struct http_ask *old,
                                struct wijk_str body, struct http_ask *ask)
{
    static const char *const KEYS[] = {"id", "titel", "uitgever", "licentie", NULL};
    struct wijk_intake_head head = {0};
    const struct wijk_yaml *v;
    WIJK_TRY(read_body(cx, body, &v));
    WIJK_TRY(only(cx, v, KEYS));
    WIJK_TRY(text(cx, v, "id", &head.id));
    WIJK_TRY(text(cx, v, "titel", &head.title));
    WIJK_TRY(text(cx, v, "uitgever", &head.publisher));
    WIJK_TRY(text(cx, v, "licentie", &head.licence));
    if (!head.id || !head.title) return wijk_fail(cx, WIJK_EUSAGE, "Geef de bron een id en een titel.");
    struct wijk_import_match *m = WIJK_NEW(cx, struct wijk_import_match, old->n_confirmed);
    for (size_t i = 0; i < old->n_confirmed; i++)
        m[i] = (struct wijk_import_match){wijk_str_dup(cx, wijk_str(old->confirmed[i].name)),
                                          wijk_str_dup(cx, wijk_str(old->confirmed[i].code)), 0};
    ask->confirmed = m, ask->n_confirmed = old->n_confirmed;
    ask->year = old->year;
    if (old->gemeente) ask->gemeente = wijk_str_dup(cx, wijk_str(old->gemeente));
    ask->map = map_copy(cx, &old->map);
    return own_source(cx, defs, &ask->map, head, ask);
}

enum wijk_err wijk__ask_named(struct wijk_cx *cx, const struct wijk_defs *defs, const struct http_ask *old,
                              struct wijk_str body, struct http_ask **out)
{
    struct http_ask *ask = ask_new(cx);
    return ask_done(cx, ask, read_named(ask->cx, defs, old, body, ask), out);
}

enum wijk_err wijk__ask_choice(struct wijk_cx *cx, struct wijk_str body, const char **out)
{
    static const char *const KEYS[] = {"keuze", NULL};
    const struct wijk_yaml *v;
    WIJK_TRY(read_body(cx, body, &v));
    WIJK_TRY(only(cx, v, KEYS));
    WIJK_TRY(text(cx, v, "keuze", out));
    if (*out && (strcmp(*out, "alles") == 0 || strcmp(*out, "goedeRegels") == 0)) return WIJK_OK;
    return wijk_fail(cx, WIJK_EUSAGE, "Bij %s hoort alles of goedeRegels.", "keuze");
}
