/* SPDX-License-Identifier: EUPL-1.2 */
/* partner: the organisations of a gemeente, what they offer where, and what is lacking. Who has the machine
 * sees and may all; --public shows what everybody sees. */
#include "cli/cli.h"

#include <math.h>
#include <string.h>

/* Who asks: nobody in particular, so that only what is public is shown; or the machine. */
static struct wijk_deed deed_of(const struct cli *c, const struct wijk_actor *nobody)
{
    return (struct wijk_deed){cli_switch(c, "public") ? nobody : NULL, "opdrachtregel", cli_now(),
                              cli_option(c, "why", NULL)};
}

static const char *codes_text(struct cli *c, const char *const *area, size_t n)
{
    struct wijk_buf b = wijk_buf(c->cx, 0);
    for (size_t k = 0; k < n; k++) wijk_buf_printf(&b, "%s%s", k ? " " : "", area[k]);
    return wijk_buf_cstr(&b);
}

/* ---- list ---- */

static void partner_row(struct cli *c, struct wijk_table_out *t, const struct wijk_flow_partner *f)
{
    const struct wijk_partner *p = f->p;
    const struct wijk_partner_year *last = p->n_year && f->means ? &p->year[p->n_year - 1] : NULL;
    wijk_table_text(t, p->gemeente);
    wijk_table_text(t, p->id);
    wijk_table_text(t, p->name);
    wijk_table_text(t, wijk_partner_kind_id(p->kind));
    wijk_table_text(t, wijk_sharing_id(p->edited.sharing));
    wijk_table_int(t, p->edited.version);
    wijk_table_int(t, p->edited.public_version);
    wijk_table_text(t, codes_text(c, p->area, p->n_area));
    wijk_table_int(t, (int64_t)p->n_contact);
    wijk_table_num(t, last ? (double)last->year : NAN);
    wijk_table_num(t, last && last->hours >= 0 ? (double)last->hours : NAN);
    wijk_table_num(t, last && last->budget_euro >= 0 ? (double)last->budget_euro : NAN);
    wijk_table_end_row(t);
}

static int list(struct cli *c, struct wijk_store *store, const struct wijk_deed *d, enum wijk_format format)
{
    static const struct wijk_column COLUMNS[] = {{"gemeente", WIJK_T("Gemeente"), -1},
                                                 {"id", WIJK_T("Korte naam"), -1},
                                                 {"name", WIJK_T("Naam"), -1},
                                                 {"kind", WIJK_T("Soort"), -1},
                                                 {"sharing", WIJK_T("Delen"), -1},
                                                 {"version", WIJK_T("Versie"), -1},
                                                 {"public_version", WIJK_T("Openbaar"), -1},
                                                 {"areas", WIJK_T("Gebieden"), -1},
                                                 {"contacts", WIJK_T("Functies"), -1},
                                                 {"year", WIJK_T("Jaar"), -1},
                                                 {"hours", WIJK_T("Uren"), 0},
                                                 {"budget_euro", WIJK_T("Budget (euro)"), 0}};
    const struct wijk_flow_partner *v;
    size_t n;
    enum wijk_err err = wijk_flow_partners(c->cx, store, d, cli_option(c, "gemeente", NULL), &v, &n);
    if (err != WIJK_OK) return cli_fail(c, err);
    struct wijk_table_out *t =
        wijk_table_open(c->cx, format, cli_stdout(), COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t k = 0; k < n; k++) partner_row(c, t, &v[k]);
    return wijk_table_close(t) ? CLI_OK : CLI_FAILED;
}

/* ---- offers ---- */

static bool offer_ask(struct cli *c, struct wijk_flow_offer_ask *ask)
{
    const char *theme = cli_option(c, "theme", NULL), *age = cli_option(c, "age", NULL);
    *ask = (struct wijk_flow_offer_ask){.gemeente = cli_option(c, "gemeente", NULL),
                                        .partner = cli_option(c, "partner", NULL),
                                        .area = cli_option(c, "area", NULL),
                                        .by_theme = theme != NULL,
                                        .by_age = age != NULL};
    if (theme && !wijk_offer_theme_parse(wijk_str(theme), &ask->theme)) {
        cli_usage(
            c,
            WIJK_T(
                "--theme is wonen, veiligheid, ontmoeten, opgroeien, werk-en-geld, gezondheid of energie"));
        return false;
    }
    if (age && !wijk_age_group_parse(wijk_str(age), &ask->age)) {
        cli_usage(c, WIJK_T("--age is 0-4, 4-12, 12-18, 18-23, 23-67 of 67+"));
        return false;
    }
    return true;
}

static int offers(struct cli *c, struct wijk_store *store, const struct wijk_deed *d, enum wijk_format format)
{
    static const struct wijk_column COLUMNS[] = {
        {"id", WIJK_T("Nummer"), -1},           {"gemeente", WIJK_T("Gemeente"), -1},
        {"partner", WIJK_T("Organisatie"), -1}, {"title", WIJK_T("Titel"), -1},
        {"theme", WIJK_T("Thema"), -1},         {"age_from", WIJK_T("Vanaf"), -1},
        {"age_to", WIJK_T("Tot en met"), -1},   {"sharing", WIJK_T("Delen"), -1},
        {"version", WIJK_T("Versie"), -1},      {"public_version", WIJK_T("Openbaar"), -1},
        {"areas", WIJK_T("Gebieden"), -1}};
    struct wijk_flow_offer_ask ask;
    const struct wijk_flow_offer *v;
    size_t n;
    if (!offer_ask(c, &ask)) return CLI_USAGE;
    enum wijk_err err = wijk_flow_offers(c->cx, store, d, &ask, &v, &n);
    if (err != WIJK_OK) return cli_fail(c, err);
    struct wijk_table_out *t =
        wijk_table_open(c->cx, format, cli_stdout(), COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t k = 0; k < n; k++) {
        const struct wijk_offer *o = v[k].o;
        wijk_table_int(t, o->id);
        wijk_table_text(t, o->gemeente);
        wijk_table_text(t, o->partner);
        wijk_table_text(t, o->title);
        wijk_table_text(t, wijk_offer_theme_id(o->reach.theme));
        wijk_table_int(t, o->reach.age_from);
        wijk_table_int(t, o->reach.age_to);
        wijk_table_text(t, wijk_sharing_id(o->edited.sharing));
        wijk_table_int(t, o->edited.version);
        wijk_table_int(t, o->edited.public_version);
        wijk_table_text(t, codes_text(c, o->reach.area, o->reach.n_area));
        wijk_table_end_row(t);
    }
    return wijk_table_close(t) ? CLI_OK : CLI_FAILED;
}

/* ---- gaps ---- */

static int gaps(struct cli *c, struct wijk_store *store, const struct wijk_deed *d, enum wijk_format format)
{
    static const struct wijk_column COLUMNS[] = {
        {"code", WIJK_T("Code"), -1},       {"name", WIJK_T("Naam"), -1},
        {"theme", WIJK_T("Thema"), -1},     {"age", WIJK_T("Leeftijd"), -1},
        {"cover", WIJK_T("Aanbod"), -1},    {"without", WIJK_T("Zonder"), -1},
        {"buurten", WIJK_T("Buurten"), -1}, {"sentence", WIJK_T("Zin"), -1}};
    const struct wijk_defs *defs;
    const struct wijk_snapshot *s;
    const struct wijk_flow_offer_gaps *g;
    if (c->n_arg < 3) return cli_usage(c, WIJK_T("van welk gebied? Geef de code, zoals BU99010101"));
    enum wijk_err err = cli_defs_of(c, store, &defs);
    if (err == WIJK_OK)
        err = wijk_flow_snapshot(c->cx, store, defs, (struct wijk_snapshot_opt){.now = cli_now()}, &s);
    if (err == WIJK_OK) err = wijk_flow_offer_gaps(c->cx, store, s, d, c->arg[2], NULL, &g);
    if (err != WIJK_OK) return cli_fail(c, err);
    struct wijk_table_out *t =
        wijk_table_open(c->cx, format, cli_stdout(), COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t k = 0; k < g->n; k++) {
        const struct wijk_flow_cover *v = &g->cover[k];
        wijk_table_text(t, g->code);
        wijk_table_text(t, g->name);
        wijk_table_text(t, wijk_offer_theme_id(v->theme));
        wijk_table_text(t, wijk_age_group_id(v->age));
        wijk_table_text(t, wijk_cover_id(v->cover));
        wijk_table_int(t, (int64_t)v->n_none);
        wijk_table_int(t, (int64_t)v->n_buurt);
        wijk_table_text(t, v->sentence ? v->sentence : "");
        wijk_table_end_row(t);
    }
    if (!g->any) fprintf(stderr, "wijk: %s\n", wijk_tr(c->cx, "er is nog geen aanbod bekend"));
    return wijk_table_close(t) ? CLI_OK : CLI_FAILED;
}

/* ---- add, remove ---- */

static const char *const *areas_of(struct cli *c, const char *text, size_t *n)
{
    struct wijk_str s = wijk_str(text);
    const char **v = WIJK_NEW(c->cx, const char *, s.n / 2 + 1);
    *n = 0;
    for (size_t at = 0; at < s.n;) {
        size_t from = at;
        while (at < s.n && s.p[at] != ',') at++;
        struct wijk_str one = wijk_str_trim((struct wijk_str){s.p + from, at - from});
        if (one.n) v[(*n)++] = wijk_str_dup(c->cx, one);
        at++;
    }
    return v;
}

static int add(struct cli *c, struct wijk_store *store, const struct wijk_deed *d, enum wijk_format format)
{
    (void)format;
    const struct wijk_partner *now;
    const char *gemeente = cli_option(c, "gemeente", NULL);
    struct wijk_partner p = {.gemeente = gemeente,
                             .id = cli_option(c, "id", ""),
                             .name = c->n_arg > 2 ? c->arg[2] : "",
                             .about = cli_option(c, "about", ""),
                             .site = cli_option(c, "site", ""),
                             .means = WIJK_SHARING_ORGANISATION,
                             .edited = {.sharing = WIJK_SHARING_PARTNERS}};
    if (!gemeente || c->n_arg < 3) return cli_usage(c, WIJK_T("geef een naam, en --gemeente GM...."));
    if (!wijk_partner_kind_parse(wijk_str(cli_option(c, "kind", "anders")), &p.kind))
        return cli_usage(
            c, WIJK_T("--kind is gemeente, corporatie, school, politie, welzijn, zorg, bewonersorganisatie,"
                      " netbeheerder, waterschap, sport-en-cultuur, ondernemers of anders"));
    p.area = areas_of(c, cli_option(c, "area", gemeente), &p.n_area);
    enum wijk_err err = wijk_flow_partner_save(c->cx, store, d, &p, false, &now);
    if (err == WIJK_OK) printf("%s\n", now->id);
    return cli_fail(c, err);
}

static int remove_one(struct cli *c, struct wijk_store *store, const struct wijk_deed *d,
                      enum wijk_format format)
{
    (void)format;
    struct wijk_flow_partner f;
    const char *gemeente = cli_option(c, "gemeente", NULL);
    if (!gemeente || c->n_arg < 3) return cli_usage(c, WIJK_T("geef de korte naam, en --gemeente GM...."));
    enum wijk_err err = wijk_flow_partner(c->cx, store, d, gemeente, c->arg[2], &f);
    if (err == WIJK_OK)
        err = wijk_flow_partner_remove(c->cx, store, d, gemeente, f.p->id, f.p->edited.version);
    return cli_fail(c, err);
}

/* One line a part. */
static const struct part {
    const char *name;
    int (*run)(struct cli *c, struct wijk_store *store, const struct wijk_deed *d, enum wijk_format format);
    bool writes;
} PART[] = {{"list", list, false},
            {"offers", offers, false},
            {"gaps", gaps, false},
            {"add", add, true},
            {"remove", remove_one, true}};

static const struct part *part_of(const char *name)
{
    for (size_t k = 0; k < sizeof PART / sizeof *PART; k++)
        if (strcmp(PART[k].name, name) == 0) return &PART[k];
    return NULL;
}

/* `wijk partner STORE` lists; a part stands before the store, and behind it is understood as well. */
int cli_partner(struct cli *c)
{
    static const struct wijk_actor NOBODY = {0};
    const struct part *part = part_of(c->arg[0]);
    const bool before = part != NULL;
    struct wijk_store *store;
    enum wijk_format format;
    if (!before) part = part_of(c->n_arg > 1 ? c->arg[1] : "list");
    if (!part || (before && c->n_arg < 2))
        return cli_usage(c, WIJK_T("het deel is list, offers, gaps, add of remove"));
    const struct wijk_deed d = deed_of(c, &NOBODY);
    if (!cli_format(c, &format)) return CLI_USAGE;
    enum wijk_err err =
        wijk_store_open(c->cx, c->arg[before], part->writes ? WIJK_STORE_WRITE : WIJK_STORE_READ, &store);
    if (err != WIJK_OK) return cli_fail(c, err);
    int code = part->run(c, store, &d, format);
    wijk_store_close(store);
    return code;
}
