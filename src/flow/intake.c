/* SPDX-License-Identifier: EUPL-1.2 */
/* What a person said of a file's columns, as a source definition: so that the one importer reads it, and the
 * next file like it needs no person. */
#include "flow/flow.h"

#include <string.h>

enum { TEXT_MAX = 300, MARKERS_MAX = 50 };

/* ---- text in YAML ---- */

/* Between double quotes, as JSON escapes it: YAML reads the same. */
static void put_text(struct wijk_buf *b, const char *text)
{
    wijk_buf_char(b, '"');
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        if (*c == '"' || *c == '\\')
            wijk_buf_printf(b, "\\%c", *c);
        else if (*c < 32 || *c == 127)
            wijk_buf_printf(b, "\\x%02x", *c);
        else
            wijk_buf_char(b, (char)*c);
    }
    wijk_buf_char(b, '"');
}

static void put_line(struct wijk_buf *b, const char *key, const char *text)
{
    wijk_buf_printf(b, "%s: ", key);
    put_text(b, text);
    wijk_buf_char(b, '\n');
}

static void put_list(struct wijk_buf *b, const char *key, const char *const *v, size_t n)
{
    if (!n) return;
    wijk_buf_printf(b, "  %s: [", key);
    for (size_t i = 0; i < n; i++) {
        if (i) wijk_buf_str(b, ", ");
        put_text(b, v[i]);
    }
    wijk_buf_str(b, "]\n");
}

/* ---- is it whole? ---- */

static bool is_text(const char *text)
{
    return text && *text && strlen(text) <= TEXT_MAX && wijk_utf8_valid(wijk_str(text), NULL);
}

static enum wijk_err check_fields(struct wijk_cx *cx, const struct wijk_defs *defs,
                                  const struct wijk_intake *map)
{
    if (!map->n_field || map->n_field > WIJK_LIMIT_COLUMNS)
        return wijk_fail(cx, WIJK_EUSAGE, "Kies minstens één kolom met cijfers.");
    for (size_t i = 0; i < map->n_field; i++) {
        const struct wijk_intake_field *f = &map->field[i];
        if (!is_text(f->column)) return wijk_fail(cx, WIJK_EUSAGE, "Een kolom mist zijn naam.");
        if (!f->indicator || !wijk_defs_indicator(defs, f->indicator))
            return wijk_fail(cx, WIJK_EUSAGE, "De indicator %s bestaat niet.",
                             is_text(f->indicator) ? f->indicator : "?");
        for (size_t k = 0; k < i; k++)
            if (strcmp(map->field[k].indicator, f->indicator) == 0)
                return wijk_fail(cx, WIJK_EUSAGE, "De indicator %s is aan twee kolommen gegeven.",
                                 f->indicator);
    }
    return WIJK_OK;
}

static enum wijk_err check(struct wijk_cx *cx, const struct wijk_defs *defs, const struct wijk_intake *map)
{
    if (!is_text(map->key)) return wijk_fail(cx, WIJK_EUSAGE, "Kies de kolom met het gebied.");
    if (map->period_column && !is_text(map->period_column))
        return wijk_fail(cx, WIJK_EUSAGE, "Een kolom mist zijn naam.");
    if (map->separator && strcmp(map->separator, "\t") != 0 && strcmp(map->separator, "tab") != 0 &&
        strcmp(map->separator, ",") != 0 && strcmp(map->separator, ";") != 0 &&
        strcmp(map->separator, "|") != 0)
        return wijk_fail(cx, WIJK_EUSAGE, "Het scheidingsteken is een komma, puntkomma, tab of |.");
    if (map->n_missing > MARKERS_MAX || map->n_secret > MARKERS_MAX)
        return wijk_fail(cx, WIJK_EUSAGE, "Geef hoogstens %d teksten voor ontbrekende cijfers.", MARKERS_MAX);
    const char *const *const list[] = {map->missing, map->secret};
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < (k ? map->n_secret : map->n_missing); i++)
            if (!list[k][i] || strlen(list[k][i]) > TEXT_MAX)
                return wijk_fail(cx, WIJK_EUSAGE, "Een tekst voor ontbrekende cijfers is te lang.");
    return check_fields(cx, defs, map);
}

/* ---- the definition ---- */

/* Who may have the figures is not known here: sums are counts, percentages shares, until someone who knows
 * writes it otherwise. */
static void put_disclosure(struct wijk_buf *b, const struct wijk_defs *defs, const struct wijk_intake *map)
{
    bool any = false;
    for (size_t i = 0; i < map->n_field; i++) {
        const struct wijk_indicator *d = wijk_defs_indicator(defs, map->field[i].indicator);
        const char *kind = d->aggregation == WIJK_AGGREGATE_SUM ? "count" : NULL;
        if (!kind) continue;
        if (!any) wijk_buf_str(b, "disclosure:\n");
        any = true;
        wijk_buf_printf(b, "  %s: %s\n", d->id, kind);
    }
}

/* The year of the figures and that of the areas: each from a column, from what is given with the load, or
 * fixed where the two differ. */
static void put_years(struct wijk_buf *b, const struct wijk_intake *map)
{
    int division = map->division_year;
    if (map->period_column) {
        wijk_buf_str(b, "    period: {column: ");
        put_text(b, map->period_column);
        wijk_buf_str(b, "}\n");
        if (division)
            wijk_buf_printf(b, "    division_year: {option: year, otherwise: %d}\n", division);
        else if (map->key_is_name)
            wijk_buf_str(b, "    division_year: {option: year}\n");
        else
            wijk_buf_str(b, "    division_year: period\n");
    } else if (map->period_year && division && division != map->period_year) {
        wijk_buf_printf(b, "    period: %d\n    division_year: {option: year, otherwise: %d}\n",
                        map->period_year, division);
    } else {
        if (map->period_year)
            wijk_buf_printf(b, "    period: {option: year, otherwise: %d}\n", map->period_year);
        else
            wijk_buf_str(b, "    period: {option: year}\n");
        wijk_buf_str(b, "    division_year: period\n");
    }
}

static void put_body(struct wijk_buf *b, const struct wijk_defs *defs, const struct wijk_intake *map)
{
    static const char *const STYLE[] = {"point", "comma", "either"};
    bool csv = strcmp(map->format, "csv") == 0;
    wijk_buf_printf(b, "format: %s\n", map->format);
    if (csv) wijk_buf_printf(b, "encoding: %s\n", map->encoding);
    if (csv && map->separator) put_line(b, "separator", *map->separator == '\t' ? "tab" : map->separator);
    if (csv || strcmp(map->format, "xlsx") == 0 || strcmp(map->format, "ods") == 0)
        wijk_buf_str(b, "header_row: auto\n");
    wijk_buf_printf(b, "number: %s\n", STYLE[map->number]);
    put_disclosure(b, defs, map);
    if (map->n_missing || map->n_secret) wijk_buf_str(b, "missing:\n");
    put_list(b, "missing", map->missing, map->n_missing);
    put_list(b, "suppressed", map->secret, map->n_secret);
    wijk_buf_printf(b, "files:\n  - name: indeling\n    level: %s\n    key: ", wijk_level_id(map->level));
    put_text(b, map->key);
    wijk_buf_printf(b, "\n    key_is: %s\n", map->key_is_name ? "name" : "code");
    put_years(b, map);
    wijk_buf_str(b, "    fields:\n");
    for (size_t i = 0; i < map->n_field; i++) {
        wijk_buf_str(b, "      - {column: ");
        put_text(b, map->field[i].column);
        wijk_buf_printf(b, ", indicator: %s}\n", map->field[i].indicator);
    }
}

/* The same mapping has the same name: a second file like the first adds no second source. */
static const char *id_of(struct wijk_cx *cx, const char *body)
{
    struct wijk_sha256 h;
    char hex[65];
    wijk_sha256_begin(&h);
    wijk_sha256_add(&h, body, strlen(body));
    wijk_sha256_end(&h, hex);
    return wijk_sprintf(cx, "eigen-%.8s", hex);
}

enum wijk_err wijk_flow_intake_define(struct wijk_cx *cx, const struct wijk_defs *defs,
                                      const struct wijk_intake *map, const struct wijk_intake_head *head,
                                      const char **id, const char **yaml)
{
    struct wijk_buf body = wijk_buf(cx, WIJK_LIMIT_YAML), b = wijk_buf(cx, WIJK_LIMIT_YAML);
    WIJK_TRY(check(cx, defs, map));
    put_body(&body, defs, map);
    const char *text = wijk_buf_cstr(&body);
    const char *const given[] = {head->title, head->publisher, head->licence};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        if (given[i] && !is_text(given[i]))
            return wijk_fail(cx, WIJK_EUSAGE,
                             "Titel, uitgever en licentie zijn teksten van hoogstens %d tekens.", TEXT_MAX);
    const char *title = head->title ? head->title : wijk_tr(cx, "Eigen indeling"),
               *publisher = head->publisher ? head->publisher : wijk_tr(cx, "niet opgegeven");
    *id = head->id ? head->id : id_of(cx, text);
    put_line(&b, "id", *id);
    wijk_buf_str(&b, "title: {nl: ");
    put_text(&b, title);
    wijk_buf_str(&b, ", en: ");
    put_text(&b, title);
    wijk_buf_str(&b, "}\n");
    put_line(&b, "publisher", publisher);
    put_line(&b, "licence", head->licence ? head->licence : wijk_tr(cx, "niet opgegeven"));
    put_line(&b, "attribution", wijk_sprintf(cx, wijk_tr(cx, "Bron: %s"), publisher));
    wijk_buf_str(&b, text);
    *yaml = wijk_buf_cstr(&b);
    return b.full || body.full ? wijk_fail(cx, WIJK_EUSAGE, "De indeling is te groot.") : WIJK_OK;
}
