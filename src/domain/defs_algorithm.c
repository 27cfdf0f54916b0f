/* SPDX-License-Identifier: EUPL-1.2 */
/* defs/algorithms/ID.yaml: the register of algorithms. What holds for all stands once, in common.yaml; who
 * decided on a weighing stands in its recipe. docs/methods/algoritmeregister.md explains the keys. */
#include "domain/domain_int.h"

#include <stddef.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))
#define COMMON       "algorithms/common.yaml"

#define X(name, id) id,
static const char *const ANALYSIS_ID[] = {WIJK_ANALYSES(X)};
#undef X
#define X(name, word, id, text) id,
static const char *const OF_ID[] = {WIJK_ALGORITHM_OF(X)};
#undef X
#define X(name, word, id, text) text,
static const char *const OF_TEXT[] = {WIJK_ALGORITHM_OF(X)};
#undef X
#define X(name, word, id, text) word,
static const char *const OF_WORD[] = {WIJK_ALGORITHM_OF(X) NULL};
#undef X
#define X(name, id, text) id,
static const char *const STATUS_ID[] = {WIJK_ALGORITHM_STATUSES(X) NULL}, *const CATEGORY_ID[] = {
                                                                              WIJK_ALGORITHM_CATEGORIES(X)
                                                                                  NULL};
#undef X
#define X(name, id, text) text,
static const char *const STATUS_TEXT[] = {WIJK_ALGORITHM_STATUSES(X)}, *const CATEGORY_TEXT[] = {
                                                                           WIJK_ALGORITHM_CATEGORIES(X)};
#undef X
/* As the standard has them. */
static const char *const THEME[] = {"Organisatie en bedrijfsvoering",
                                    "Cultuur en recreatie",
                                    "Economie",
                                    "Overheidsfinanciën",
                                    "Wonen",
                                    "Internationaal",
                                    "Migratie en integratie",
                                    "Natuur en milieu",
                                    "Onderwijs en wetenschap",
                                    "Openbare orde en veiligheid",
                                    "Recht",
                                    "Ruimte en infrastructuur",
                                    "Sociale zekerheid",
                                    "Verkeer",
                                    "Werk",
                                    "Zorg en gezondheid"};

#define AT(member) offsetof(struct wijk_algorithm, member)
static const struct wijk__def_field FIELD[] = {
    {"id", WIJK__DEF_ID, true, AT(id), 0, NULL},
    {"of", WIJK__DEF_CHOICE, true, AT(of), 0, OF_WORD},
    {"version", WIJK__DEF_TEXT, true, AT(version), 0, NULL},
    {"label", WIJK__DEF_PAIR, true, AT(label_nl), AT(label_en), NULL},
#define X(name, key) {#name, WIJK__DEF_PAIR, true, AT(name##_nl), AT(name##_en), NULL},
    WIJK_ALGORITHM_TEXTS(X)
#undef X
        {"supplier", WIJK__DEF_TEXT, true, AT(supplier), 0, NULL},
    {"code", WIJK__DEF_TEXT, false, AT(code), 0, NULL},
    {"terms", WIJK__DEF_TEXT, false, AT(terms), 0, NULL},
    {"page", WIJK__DEF_ID, true, AT(page), 0, NULL},
    {"since", WIJK__DEF_TEXT, false, AT(since), 0, NULL},
    {"until", WIJK__DEF_TEXT, false, AT(until), 0, NULL},
    {"status", WIJK__DEF_CHOICE, true, AT(status), 0, STATUS_ID},
    {"category", WIJK__DEF_CHOICE, true, AT(category), 0, CATEGORY_ID},
    {"themes", WIJK__DEF_OTHER, true, 0, 0, NULL},
    {"laws", WIJK__DEF_OTHER, false, 0, 0, NULL},
    {"tests", WIJK__DEF_OTHER, false, 0, 0, NULL},
    {"sources", WIJK__DEF_OTHER, false, 0, 0, NULL},
    {"record", WIJK__DEF_OTHER, true, 0, 0, NULL},
};
#undef AT
static const struct wijk__def_field LINK_FIELD[] = {
    {"title", WIJK__DEF_TEXT, true, offsetof(struct wijk_algorithm_link, title), 0, NULL},
    {"link", WIJK__DEF_TEXT, false, offsetof(struct wijk_algorithm_link, link), 0, NULL},
};

const char *wijk_analysis_id(enum wijk_analysis a)
{
    return ANALYSIS_ID[a];
}

const char *wijk_algorithm_of_id(enum wijk_algorithm_of of)
{
    return OF_ID[of];
}

const char *wijk_algorithm_of_text(enum wijk_algorithm_of of)
{
    return OF_TEXT[of];
}

const char *wijk_algorithm_status_text(enum wijk_algorithm_status s)
{
    return STATUS_TEXT[s];
}

const char *wijk_algorithm_category_text(enum wijk_algorithm_category c)
{
    return CATEGORY_TEXT[c];
}

const struct wijk_algorithm *wijk_defs_algorithm(const struct wijk_defs *d, const char *id)
{
    for (size_t i = 0; i < d->n_algorithm; i++)
        if (strcmp(d->algorithm[i].id, id) == 0) return &d->algorithm[i];
    return NULL;
}

/* ---- one file over what holds for all ---- */

/* The keys of `own`, and those of `common` that it does not have; of `record` key by key. */
static const struct wijk_yaml *over(struct wijk_cx *cx, const struct wijk_yaml *own,
                                    const struct wijk_yaml *common, bool top)
{
    if (own->kind != WIJK_YAML_MAP || !common || common->kind != WIJK_YAML_MAP) return own;
    struct wijk_yaml *out = WIJK_NEW(cx, struct wijk_yaml, 1);
    *out = (struct wijk_yaml){.kind = WIJK_YAML_MAP, .line = own->line};
    out->key = WIJK_NEW(cx, const char *, own->n + common->n);
    out->child = WIJK_NEW(cx, struct wijk_yaml *, own->n + common->n);
    for (size_t k = 0; k < own->n; k++) {
        const struct wijk_yaml *child = own->child[k], *below = wijk_yaml_get(common, own->key[k]);
        bool record = top && below && strcmp(own->key[k], "record") == 0;
        struct wijk_yaml *copy = WIJK_NEW(cx, struct wijk_yaml, 1);
        *copy = *(record ? over(cx, child, below, false) : child);
        out->key[out->n] = own->key[k];
        out->child[out->n++] = copy;
    }
    for (size_t k = 0; k < common->n; k++) {
        if (wijk_yaml_get(own, common->key[k])) continue;
        out->key[out->n] = common->key[k];
        out->child[out->n++] = common->child[k];
    }
    return out;
}

static size_t signs_of(const char *text)
{
    size_t n = 0;
    for (; *text; text++) n += ((unsigned char)*text & 0xC0) != 0x80;
    return n;
}

/* The standard takes texts on one line and up to a length. */
static enum wijk_err check_texts(const struct wijk__def *d, size_t line, const struct wijk_algorithm *a)
{
    const struct {
        const char *key, *text;
        size_t max;
    } TEXT[] = {{"label", a->label_nl, 99},         {"summary", a->summary_nl, 349},
                {"purpose", a->purpose_nl, 2499},   {"formula", a->formula_nl, 2499},
                {"data", a->data_nl, 2499},         {"limits", a->limits_nl, 1200},
                {"human", a->human_nl, 2499},       {"weighed", a->weighed_nl, 2499},
                {"risks", a->risks_nl, 1200},       {"legal", a->legal_nl, 2499},
                {"untested", a->untested_nl, 2499}, {"supplier", a->supplier, 199},
                {"terms", a->terms, 2499}};
    for (size_t k = 0; k < COUNT(TEXT); k++)
        if (signs_of(TEXT[k].text) > TEXT[k].max || strchr(TEXT[k].text, '\n'))
            return wijk__def_fail(
                d, line,
                WIJK_T("de tekst bij %s is te lang voor het algoritmeregister of heeft een regeleinde."),
                TEXT[k].key);
    return WIJK_OK;
}

static bool is_month(const char *text)
{
    char day[11];
    int64_t at;
    size_t n = strlen(text);
    if (n != 7) return n == 0;
    memcpy(day, text, 7);
    memcpy(day + 7, "-01", 4);
    return wijk_date_parse(wijk_str(day), &at);
}

static bool is_web(const char *link)
{
    return !*link || (strncmp(link, "https://", 8) == 0 && strlen(link) < 500);
}

static enum wijk_err read_links(const struct wijk__def *d, const struct wijk_yaml *map, const char *key,
                                struct wijk_algorithm_link out[WIJK_ALGORITHM_LINKS], size_t *n)
{
    const struct wijk_yaml *list;
    *n = 0;
    if (!wijk_yaml_get(map, key)) return WIJK_OK;
    WIJK_TRY(wijk__def_list(d, map, key, WIJK_ALGORITHM_LINKS, &list));
    for (size_t k = 0; k < list->n; k++) {
        WIJK_TRY(wijk__def_read_map(d, list->child[k], LINK_FIELD, COUNT(LINK_FIELD), false, &out[k]));
        if (!is_web(out[k].link))
            return wijk__def_fail(d, list->child[k]->line, WIJK_T("%s begint niet met https://."),
                                  out[k].link);
    }
    *n = list->n;
    return WIJK_OK;
}

static bool is_theme(const char *text)
{
    for (size_t k = 0; k < COUNT(THEME); k++)
        if (strcmp(THEME[k], text) == 0) return true;
    return false;
}

static enum wijk_err read_words(const struct wijk__def *d, const struct wijk_yaml *map,
                                const struct wijk_defs *defs, struct wijk_algorithm *a)
{
    const struct wijk_yaml *list;
    WIJK_TRY(wijk__def_list(d, map, "themes", WIJK_ALGORITHM_THEMES, &list));
    for (size_t k = 0; k < list->n; k++) {
        const char *text = list->child[k]->kind == WIJK_YAML_SCALAR ? list->child[k]->text : "";
        if (!is_theme(text))
            return wijk__def_fail(d, list->child[k]->line, WIJK_T("deze waarde bij %s bestaat niet."),
                                  "themes");
        a->theme[a->n_theme++] = text;
    }
    if (!wijk_yaml_get(map, "sources")) return WIJK_OK;
    WIJK_TRY(wijk__def_list(d, map, "sources", WIJK_ALGORITHM_LINKS, &list));
    for (size_t k = 0; k < list->n; k++) {
        const char *text = list->child[k]->kind == WIJK_YAML_SCALAR ? list->child[k]->text : "";
        if (!wijk_defs_source(defs, text))
            return wijk__def_fail(d, list->child[k]->line, WIJK_T("de bron %s bestaat niet."), text);
        a->source[a->n_source++] = text;
    }
    return WIJK_OK;
}

static enum wijk_err read_one(const struct wijk__def *d, const struct wijk_yaml *own,
                              const struct wijk_yaml *common, const struct wijk_defs *defs,
                              struct wijk_algorithm *a)
{
    const struct wijk_yaml *map = over(d->cx, own, common, true);
    *a = (struct wijk_algorithm){.described = true};
    WIJK_TRY(wijk__def_read_map(d, map, FIELD, COUNT(FIELD), false, a));
    WIJK_TRY(check_texts(d, own->line, a));
    if (!is_month(a->since) || !is_month(a->until))
        return wijk__def_fail(d, own->line, WIJK_T("bij %s hoort een maand te staan (jjjj-mm)."),
                              is_month(a->since) ? "until" : "since");
    if (!is_web(a->code))
        return wijk__def_fail(d, own->line, WIJK_T("%s begint niet met https://."), a->code);
    WIJK_TRY(read_links(d, map, "laws", a->law, &a->n_law));
    WIJK_TRY(read_links(d, map, "tests", a->test, &a->n_test));
    WIJK_TRY(read_words(d, map, defs, a));
    return wijk__def_record(d, wijk_yaml_get(map, "record"), &a->record);
}

enum wijk_err wijk__def_algorithm(const struct wijk__def *d, const struct wijk_yaml *file,
                                  struct wijk__def_set *set)
{
    if (set->n_algorithm_file == WIJK__ALGORITHMS_MAX)
        return wijk__def_fail(d, file->line, WIJK_T("er zijn te veel kaarten van algoritmes."), "");
    set->algorithm_file[set->n_algorithm_file++] = (struct wijk__algorithm_file){d->file, file};
    return WIJK_OK;
}

/* ---- the register ---- */

/* Known, and nothing more. */
static struct wijk_algorithm bare(const char *id, enum wijk_algorithm_of of, const char *nl, const char *en)
{
    struct wijk_algorithm a = {.id = id, .of = of, .label_nl = nl, .label_en = en, .version = ""};
#define X(name, key) a.name##_nl = a.name##_en = "";
    WIJK_ALGORITHM_TEXTS(X)
#undef X
    a.supplier = a.code = a.terms = a.page = a.since = a.until = "";
    a.record = (struct wijk_record){"", "", "", "", "", "", "", "", "", ""};
    return a;
}

/* Texts of how weighings are computed; what the council decided is in the recipe itself. */
static struct wijk_algorithm of_recipe(const struct wijk_algorithm *way, const struct wijk_recipe *r)
{
    struct wijk_algorithm a = way ? *way : bare(r->id, WIJK_OF_RECIPE, r->label_nl, r->label_en);
    a.id = r->id;
    a.of = WIJK_OF_RECIPE;
    a.version = r->version;
    a.label_nl = r->label_nl, a.label_en = r->label_en;
    a.summary_nl = r->about_nl, a.summary_en = r->about_en;
    a.since = a.until = "";
    a.recipe = r;
    a.record = r->record;
    return a;
}

static struct wijk_algorithm *find(struct wijk_algorithm *v, size_t n, enum wijk_algorithm_of of,
                                   const char *id)
{
    for (size_t i = 0; i < n; i++)
        if (v[i].of == of && strcmp(v[i].id, id) == 0) return &v[i];
    return NULL;
}

/* Every method and analysis once, also when nobody described it: then it is known, and not published. */
static struct wijk_algorithm *subjects(struct wijk_cx *cx, const struct wijk_defs *defs, size_t *n)
{
    struct wijk_algorithm *v =
        WIJK_NEW(cx, struct wijk_algorithm, defs->n_method + WIJK_ANALYSIS_COUNT + defs->n_recipe);
    *n = 0;
    for (size_t k = 0; k < defs->n_method; k++) {
        const struct wijk_method *m = &defs->method[k];
        v[*n] = bare(m->id, WIJK_OF_METHOD, m->label_nl, m->label_en);
        v[(*n)++].method = m;
    }
    for (size_t k = 0; k < WIJK_ANALYSIS_COUNT; k++)
        v[(*n)++] = bare(ANALYSIS_ID[k], WIJK_OF_ANALYSIS, ANALYSIS_ID[k], ANALYSIS_ID[k]);
    return v;
}

/* What one file says goes where its subject stands. */
static enum wijk_err place(struct wijk_cx *cx, const struct wijk__algorithm_file *f,
                           const struct wijk_yaml *common, const struct wijk_defs *defs,
                           struct wijk_algorithm *v, size_t n)
{
    struct wijk__def d = {cx, f->file};
    struct wijk_algorithm read;
    WIJK_TRY(read_one(&d, f->yaml, common, defs, &read));
    struct wijk_algorithm *at = read.of == WIJK_OF_RECIPE ? NULL : find(v, n, read.of, read.id);
    if (!at)
        return wijk__def_fail(&d, f->yaml->line,
                              WIJK_T("er is geen methode of berekening %s om te beschrijven."), read.id);
    if (at->described)
        return wijk__def_fail(&d, f->yaml->line, WIJK_T("het algoritme %s staat er twee keer."), read.id);
    read.method = read.of == WIJK_OF_METHOD ? wijk_defs_method(defs, read.id) : NULL;
    *at = read;
    return WIJK_OK;
}

enum wijk_err wijk__def_algorithms(struct wijk_cx *cx, struct wijk__def_set *set)
{
    const struct wijk_yaml *common = NULL;
    size_t n;
    struct wijk_algorithm *v = subjects(cx, &set->defs, &n);
    for (size_t k = 0; k < set->n_algorithm_file; k++)
        if (strcmp(set->algorithm_file[k].file, COMMON) == 0) common = set->algorithm_file[k].yaml;
    if (common && common->kind != WIJK_YAML_MAP) common = NULL;
    for (size_t k = 0; k < set->n_algorithm_file; k++)
        if (strcmp(set->algorithm_file[k].file, COMMON) != 0)
            WIJK_TRY(place(cx, &set->algorithm_file[k], common, &set->defs, v, n));
    const struct wijk_algorithm *way = find(v, n, WIJK_OF_ANALYSIS, ANALYSIS_ID[WIJK_ANALYSIS_WEIGHING]);
    for (size_t k = 0; k < set->defs.n_recipe; k++) {
        const struct wijk_recipe *r = &set->defs.recipe[k];
        struct wijk__def d = {cx, set->recipe_at[k].file};
        if (find(v, n, WIJK_OF_ANALYSIS, r->id))
            return wijk__def_fail(&d, set->recipe_at[k].line,
                                  WIJK_T("de naam %s is al van een andere weging of methode."), r->id);
        v[n++] = of_recipe(way, r);
    }
    set->defs.algorithm = v;
    set->defs.n_algorithm = n;
    return WIJK_OK;
}

/* ---- may it be published? ---- */

static enum wijk_shut shut_of(const struct wijk_algorithm *a, int64_t now, const char **what)
{
    const char *misses[WIJK_RECORD_MISSES_MAX];
    int64_t review;
    if (!a || !a->described) return WIJK_SHUT_NO_RECORD;
    if (a->status == WIJK_STATUS_OF_IN_DEVELOPMENT) return WIJK_SHUT_NOT_YET;
    if (a->status == WIJK_STATUS_OF_RETIRED) return WIJK_SHUT_ENDED;
    if (wijk_record_misses(&a->record, now, misses) == 0) return WIJK_SHUT_OPEN;
    *what = misses[0];
    bool late = *a->record.review_on && wijk_date_parse(wijk_str(a->record.review_on), &review) &&
                wijk_day_nl(now) > review;
    return late ? WIJK_SHUT_OVERDUE : WIJK_SHUT_LACKS;
}

/* Whose record shuts it: its own, that of how weighings are computed, or that of a score it weighs. */
static enum wijk_shut shut_by(const struct wijk_defs *d, const char *id, int64_t now, const char **what,
                              const struct wijk_algorithm **by)
{
    const struct wijk_algorithm *own = wijk_defs_algorithm(d, id);
    *by = own;
    *what = NULL;
    enum wijk_shut shut = shut_of(own, now, what);
    if (shut != WIJK_SHUT_OPEN || own->of != WIJK_OF_RECIPE) return shut;
    *by = wijk_defs_algorithm(d, ANALYSIS_ID[WIJK_ANALYSIS_WEIGHING]);
    shut = shut_of(*by, now, what);
    for (size_t k = 0; shut == WIJK_SHUT_OPEN && k < own->recipe->n_input; k++) {
        const struct wijk_indicator *i = wijk_defs_indicator(d, own->recipe->input[k].indicator);
        if (!i || !*i->method) continue;
        *by = wijk_defs_algorithm(d, i->method);
        shut = shut_of(*by, now, what);
    }
    return shut;
}

enum wijk_shut wijk_algorithm_shut(const struct wijk_defs *d, const char *id, int64_t now, const char **what)
{
    const struct wijk_algorithm *by;
    const char *ignored;
    return shut_by(d, id, now, what ? what : &ignored, &by);
}

const char *wijk_algorithm_shut_words(struct wijk_cx *cx, const struct wijk_defs *d, const char *id,
                                      int64_t now)
{
    const struct wijk_algorithm *by;
    const char *what;
    int64_t review = 0;
    switch (shut_by(d, id, now, &what, &by)) {
    case WIJK_SHUT_OPEN: return NULL;
    case WIJK_SHUT_NO_RECORD:
        return wijk_tr(cx, "Deze score wordt niet getoond: hij staat niet in het algoritmeregister.");
    case WIJK_SHUT_NOT_YET: return wijk_tr(cx, "Deze score wordt niet getoond: hij is nog in ontwikkeling.");
    case WIJK_SHUT_ENDED: return wijk_tr(cx, "Deze score wordt niet getoond: hij is buiten gebruik.");
    case WIJK_SHUT_LACKS:
        return wijk_sprintf(
            cx, wijk_tr(cx, "Deze score wordt niet getoond: in het algoritmeregister ontbreekt %s."),
            wijk_tr(cx, what));
    case WIJK_SHUT_OVERDUE: break;
    }
    if (WIJK_NEVER(!wijk_date_parse(wijk_str(by->record.review_on), &review))) return NULL;
    return wijk_sprintf(
        cx, wijk_tr(cx, "Deze score wordt niet getoond: de herziening had uiterlijk op %s moeten gebeuren."),
        wijk_date_people(cx, review));
}
