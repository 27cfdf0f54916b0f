/* SPDX-License-Identifier: EUPL-1.2 */
/* report: results as tables, and tables as text, CSV, JSON or GeoJSON. Column names are a contract: scripts
 * rely on them. */
#ifndef WIJK_REPORT_H
#define WIJK_REPORT_H

#include "disclose/disclose.h"
#include "people/people.h"

enum wijk_format { WIJK_FORMAT_TABLE, WIJK_FORMAT_JSON, WIJK_FORMAT_CSV };
WIJK_API bool wijk_format_parse(struct wijk_str s, enum wijk_format *out) WIJK_MUST_USE;

/* ---- tables: every verb that prints data hands over one of these ---- */

enum wijk_cell_kind { WIJK_CELL_EMPTY, WIJK_CELL_TEXT, WIJK_CELL_NUMBER, WIJK_CELL_INTEGER, WIJK_CELL_BOOL };
struct wijk_cell {
    enum wijk_cell_kind kind;
    struct wijk_str text;
    double number; /* also INTEGER (exact to 2^53) and BOOL */
};
struct wijk_column {
    const char *key;   /* English snake_case, stable: "division_year"       */
    const char *title; /* for people, Dutch; translated on the way out      */
    int decimals;      /* NUMBER in table form; -1 = shortest                */
};
/* Rows come one by one, so a large answer needs no memory. */
struct wijk_table_out;
WIJK_API struct wijk_table_out *wijk_table_open(struct wijk_cx *cx, enum wijk_format format,
                                                struct wijk_out out, const struct wijk_column *columns,
                                                size_t n);
WIJK_API void wijk_table_text(struct wijk_table_out *t, const char *s); /* NULL: empty */
WIJK_API void wijk_table_num(struct wijk_table_out *t, double v);       /* NAN: empty  */
WIJK_API void wijk_table_int(struct wijk_table_out *t, int64_t v);
WIJK_API void wijk_table_bool(struct wijk_table_out *t, bool v);
WIJK_API void wijk_table_empty(struct wijk_table_out *t);
WIJK_API void wijk_table_end_row(struct wijk_table_out *t); /* asserts that each column was given */
/* JSON is an array of objects by key; CSV has a header of keys; table form is laid out for a terminal.
 * false when writing failed. */
WIJK_API bool wijk_table_close(struct wijk_table_out *t);
/* A row of the log: nr, moment, account, via, deed, gemeente, kind, object, why, the seal of a typed reason
 * when with_seal, before, after, hash (audit.c). */
WIJK_API void wijk_table_audit(struct wijk_table_out *t, struct wijk_cx *cx, const struct wijk_audit *a,
                               bool with_seal);

/* ---- GeoJSON (RFC 7946: WGS84, 7 decimals) ---- */

struct wijk_geojson_out {
    struct wijk_json_out json;
    bool begun;
};
WIJK_API void wijk_geojson_begin(struct wijk_geojson_out *w, struct wijk_out out);
/* geom in RD, NULL: null geometry. Leaves the "properties" object open for the caller; end_feature closes it.
 */
WIJK_API void wijk_geojson_begin_feature(struct wijk_geojson_out *w, const char *id,
                                         const struct wijk_geom *geom_rd);
WIJK_API void wijk_geojson_end_feature(struct wijk_geojson_out *w);
WIJK_API bool wijk_geojson_end(struct wijk_geojson_out *w);
/* Only the geometry object; in metres (RD, three decimals) it is no RFC 7946 any more, and the caller says
 * so. */
WIJK_API void wijk_geojson_geometry(struct wijk_json_out *json, const struct wijk_geom *geom_rd,
                                    enum wijk_crs crs);

/* ---- sentences: what people read first ---- */

/* One Dutch (or English) sentence about an area's level and change, by the words of docs/methods/woorden.md.
 * scores: of one area over the years of one method, oldest first (index i picks the area in each). */
WIJK_API const char *wijk_sentence_area(struct wijk_cx *cx, const char *name,
                                        const struct wijk_scores *const *scores, size_t n_scores,
                                        size_t area);
/* One sentence about a whole map: how many areas are at `ruim voldoende` or better. */
WIJK_API const char *wijk_sentence_map(struct wijk_cx *cx, const struct wijk_scores *scores);
/* «gelijk», «iets beter», «beter», «iets slechter», «slechter» for a change of deviation. */
WIJK_API const char *wijk_word_change(const struct wijk_cx *cx, double change);

/* ---- course.c: where an area goes, and the type of its course, in a sentence ---- */

struct wijk_trend_told {
    const struct wijk_trend *trend;
    int decimals; /* of the indicator; a slope gets one more */
};
/* What goes on, per year and with its band, since when; or why that is not known. */
WIJK_API const char *wijk_sentence_trend(struct wijk_cx *cx, const struct wijk_trend_told *t);
struct wijk_trajectory_told {
    const struct wijk_trajectory *trajectory;
    const struct wijk_method *method;
    int base_year, recent_year, year;
};
/* The type and what made it: years, change and class; that chance may have decided, where it may; or why
 * there is no type. */
WIJK_API const char *wijk_sentence_trajectory(struct wijk_cx *cx, const struct wijk_trajectory_told *t);
/* Where a level or a change comes from: the whole, then the parts by size, those that go the other way told
 * apart. part: n; label: n, in the language of cx. "" when the whole is not known. */
struct wijk_parts_told {
    double whole;
    const double *part;
    const char *const *label;
    size_t n;
    int decimals;
    int from_year, year; /* from_year 0: a level */
};
WIJK_API const char *wijk_sentence_parts(struct wijk_cx *cx, const struct wijk_parts_told *t);

/* ---- statement.c: what a municipality must say about its site ---- */

#define WIJK_STATEMENTS(X)                                                                                   \
    X(DPIA, "dpia", WIJK_T("Gegevensbeschermingseffectbeoordeling (DPIA)"))                                  \
    X(ACCESSIBILITY, "toegankelijkheid", WIJK_T("Toegankelijkheidsverklaring"))                              \
    X(PRIVACY, "privacy", WIJK_T("Privacyverklaring"))
enum wijk_statement {
#define X(name, id, title) WIJK_STATEMENT_##name,
    WIJK_STATEMENTS(X)
#undef X
        WIJK_STATEMENT_COUNT
};
WIJK_API const char *wijk_statement_id(enum wijk_statement s);
WIJK_API bool wijk_statement_parse(struct wijk_str id, enum wijk_statement *out) WIJK_MUST_USE;

/* How long what a store holds is kept, by table: tables, may a person be found in it, what it is, how long. A
 * new table has a line here; tests/report asks for it. */
#define WIJK_RETENTIONS(X)                                                                                   \
    X("gpkg_spatial_ref_sys gpkg_contents gpkg_geometry_columns gpkg_extensions layer_styles wijk_store",    \
      false, WIJK_T("Beschrijving van het bestand zelf"), WIJK_T("zolang het bestand bestaat."))             \
    X("area water", false, WIJK_T("Gebieden en water met hun grenzen"),                                      \
      WIJK_T("zolang het bestand bestaat."))                                                                 \
    X("indicator method method_dimension method_class method_limit own_source", false,                       \
      WIJK_T("Definities van cijfers, methoden en eigen bronnen"), WIJK_T("zolang het bestand bestaat."))    \
    X("source load load_column finding", false,                                                              \
      WIJK_T(                                                                                                \
          "Ladingen: bestandsnaam, hash, datum en geweigerde regels. Van een bestand met persoonsgegevens "  \
          "blijft alleen de naam van de kolom"),                                                             \
      WIJK_T("zolang het bestand bestaat, om elk cijfer te kunnen narekenen."))                              \
    X("series series_load score other_figure", false, WIJK_T("Cijfers en scores van gebieden"),              \
      WIJK_T("zolang het bestand bestaat; een nieuwe uitgave komt ernaast."))                                \
    X("crosswalk crosswalk_link crosswalk_cover", false, WIJK_T("Omrekeningen tussen indelingen"),           \
      WIJK_T("zolang het bestand bestaat."))                                                                 \
    X("drawn_answer drawn_figure", false,                                                                    \
      WIJK_T("Antwoorden over getekende gebieden: welke gebieden, wanneer en welke cijfers, niet wie het "   \
             "vroeg"),                                                                                       \
      WIJK_T("zolang het bestand bestaat, omdat hetzelfde gebied altijd hetzelfde antwoord moet krijgen."))  \
    X("account account_grant", true,                                                                         \
      WIJK_T("Accounts: naam, wachtwoord (niet terug te lezen), tweede stap, rollen en organisatie"),        \
      WIJK_T("tot een beheerder of de eigenaar het account verwijdert; dan blijft alleen een nummer over.")) \
    X("session token ticket", true,                                                                          \
      WIJK_T("Sessies, sleutels voor programma's, uitnodigingen, herstelkoppelingen met wie ze maakte, en "  \
             "browsers waarin eerder is ingelogd (een getal dat alleen die browser kent, niet terug te "     \
             "lezen)"),                                                                                      \
      WIJK_T(                                                                                                \
          "tot ze verlopen of worden ingetrokken; wat verlopen is verdwijnt zodra er weer iemand inlogt."))  \
    X("once", true, WIJK_T("Antwoorden op eerdere opdrachten, zodat niets twee keer gebeurt"),               \
      WIJK_T("2 dagen; ze verdwijnen zodra er weer iemand inlogt. Is iets ingetrokken of weggehaald, dan "   \
             "meteen."))                                                                                     \
    X("partner partner_area partner_contact partner_year offer offer_area", true,                            \
      WIJK_T("Organisaties, hun aanbod en contactfuncties (geen namen van personen), met wie het invulde"),  \
      WIJK_T("zolang het bestand bestaat; eerdere versies blijven."))                                        \
    X("signal signal_reply", true,                                                                           \
      WIJK_T("Signalen van professionals over een plek (niet over een persoon): plek, thema, een zin, hoe "  \
             "zeker, "                                                                                       \
             "welk account en wat ermee gebeurde"),                                                          \
      WIJK_T("zolang het bestand bestaat; van een ingetrokken signaal verdwijnt de zin."))                   \
    X("signal_count", false, WIJK_T("Aantallen signalen per buurt, thema en kwartaal"),                      \
      WIJK_T("zolang het bestand bestaat."))                                                                 \
    X("moderation", true,                                                                                    \
      WIJK_T("Wat er is weggehaald van wat mensen schreven: wanneer, waarom, door welke rol en wiens tekst " \
             "(een nummer)"),                                                                                \
      WIJK_T("zolang het bestand bestaat."))                                                                 \
    X("moderation_kept", true, WIJK_T("Weggehaalde teksten die nog terug kunnen komen"),                     \
      WIJK_T("6 weken, of tot er over het bezwaar is besloten. Teksten met persoonsgegevens worden meteen "  \
             "gewist."))                                                                                     \
    X("audit_why", true, WIJK_T("Redenen die mensen bij een regel van het logboek schreven"),                \
      WIJK_T("zolang het bestand bestaat, of tot de tekst is weggehaald."))                                  \
    X("proposal", true,                                                                                      \
      WIJK_T("Voorstellen die een tweede persoon nodig hebben, met wie voorstelde en besloot"),              \
      WIJK_T("zolang het bestand bestaat."))                                                                 \
    X("norm", true,                                                                                          \
      WIJK_T("Lokale normen met hun reden, en welk account (een nummer, geen naam) ze voorstelde en erover " \
             "besloot"),                                                                                     \
      WIJK_T("zolang het bestand bestaat; eerdere versies blijven."))                                        \
    X("audit audit_end", true,                                                                               \
      WIJK_T("Logboek: welk account (een nummer, geen naam) wanneer wat deed, en waarom"),                   \
      WIJK_T("zolang het bestand bestaat; niemand kan er regels uit halen."))                                \
    X("", true, WIJK_T("Aantal vragen en mislukte aanmeldingen per internetadres"),                          \
      WIJK_T("alleen in het geheugen van de server, hoogstens 24 uur."))                                     \
    X("", true, WIJK_T("Bestanden die klaarstaan om in te lezen"),                                           \
      WIJK_T("tot 2 uur nadat er voor het laatst naar gevraagd is."))
struct wijk_retention {
    const char *tables; /* parted by blanks; "" in no table */
    bool personal;
    const char *what, *how_long; /* Dutch */
};
WIJK_API const struct wijk_retention *wijk_retention_of(const char *table); /* NULL unknown */

struct wijk_statement_source {
    const char *title, *publisher, *licence;
    size_t n_load;
};
/* What an installation knows of itself; "" what it does not. */
struct wijk_statement_facts {
    const char *organisation, *contact, *url, *version;
    int64_t today;
    size_t n_area, n_indicator; /* areas of the newest divisions; indicators with figures */
    size_t n_source;            /* loaded ones */
    const struct wijk_statement_source *source;
    size_t n_algorithm; /* that are shown */
    const struct wijk_algorithm *const *algorithm;
};
enum wijk_statement_kind {
    WIJK_SAYS_HEAD,
    WIJK_SAYS_TEXT,
    WIJK_SAYS_ITEM,
    WIJK_SAYS_OPEN /* for people to fill in: what is missing */
};
struct wijk_statement_line {
    enum wijk_statement_kind kind;
    const char *text;
};
struct wijk_statement_doc {
    const char *title, *fill_in; /* fill_in: the word before what is open */
    size_t n, n_open;
    const struct wijk_statement_line *line;
};
/* In the language of cx; both have the same sections. */
WIJK_API const struct wijk_statement_doc *wijk_statement_write(struct wijk_cx *cx, enum wijk_statement which,
                                                               const struct wijk_statement_facts *facts);
WIJK_API void wijk_statement_markdown(const struct wijk_statement_doc *doc, struct wijk_buf *out);

#endif
