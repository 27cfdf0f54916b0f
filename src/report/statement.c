/* SPDX-License-Identifier: EUPL-1.2 */
/* What a municipality must say about this site: a privacy statement, an accessibility statement and the first
 * version of a DPIA. Filled with what the installation itself knows; what only people know is left open and
 * marked. The Dutch text is the one that counts; the English one has the same sections. */
#include "report/report_int.h"

#include <string.h>

#define X(name, id, title) id,
static const char *const ID[] = {WIJK_STATEMENTS(X)};
#undef X
#define X(name, id, title) title,
static const char *const TITLE[] = {WIJK_STATEMENTS(X)};
#undef X
#define X(tables, personal, what, how_long) {tables, personal, what, how_long},
static const struct wijk_retention RETENTION[] = {WIJK_RETENTIONS(X)};
#undef X
#define COUNT(table) (sizeof(table) / sizeof *(table))

const char *wijk_statement_id(enum wijk_statement s)
{
    return ID[s];
}

bool wijk_statement_parse(struct wijk_str id, enum wijk_statement *out)
{
    for (size_t k = 0; k < WIJK_STATEMENT_COUNT; k++)
        if (wijk_str_eq(id, wijk_str(ID[k]))) return *out = (enum wijk_statement)k, true;
    return false;
}

const struct wijk_retention *wijk_retention_of(const char *table)
{
    const size_t n = strlen(table);
    for (size_t k = 0; k < COUNT(RETENTION); k++)
        for (const char *p = RETENTION[k].tables; *p;) {
            size_t m = strcspn(p, " ");
            if (m == n && memcmp(p, table, n) == 0) return &RETENTION[k];
            p += m;
            while (*p == ' ') p++;
        }
    return NULL;
}

/* ---- writing ---- */

struct writer {
    struct wijk_cx *cx;
    const struct wijk_statement_facts *f;
    struct wijk_statement_doc *doc;
    size_t cap;
    struct wijk_statement_line *room;
};

static void put(struct writer *w, enum wijk_statement_kind kind, const char *text)
{
    w->room = wijk_grow(w->cx, w->room, w->doc->n, &w->cap, sizeof *w->room);
    w->room[w->doc->n++] = (struct wijk_statement_line){kind, text};
    w->doc->n_open += kind == WIJK_SAYS_OPEN;
}

/* Each takes a Dutch text of this file, or one that was put together in the language of cx already. */
static void head(struct writer *w, const char *text)
{
    put(w, WIJK_SAYS_HEAD, wijk_tr(w->cx, text));
}

static void say(struct writer *w, const char *text)
{
    put(w, WIJK_SAYS_TEXT, wijk_tr(w->cx, text));
}

static void item(struct writer *w, const char *text)
{
    put(w, WIJK_SAYS_ITEM, wijk_tr(w->cx, text));
}

/* What the installation cannot know. */
static void open_(struct writer *w, const char *text)
{
    put(w, WIJK_SAYS_OPEN, wijk_tr(w->cx, text));
}

static const char *organisation(const struct writer *w)
{
    return *w->f->organisation ? w->f->organisation : wijk_tr(w->cx, "De gemeente");
}

/* Who, where and when stand above each document. */
static void who(struct writer *w)
{
    if (!*w->f->organisation) open_(w, WIJK_T("naam van de organisatie"));
    if (*w->f->url)
        say(w, wijk_sprintf(w->cx, wijk_tr(w->cx, "Dit gaat over de website %s."), w->f->url));
    else
        open_(w, WIJK_T("adres van de website"));
    say(w,
        wijk_sprintf(
            w->cx,
            wijk_tr(
                w->cx,
                "Gemaakt op %s met Wijkregie %s, uit wat de installatie van zichzelf weet. Wat niet in het "
                "programma staat, is opengelaten."),
            wijk_date_people(w->cx, w->f->today), w->f->version));
}

static void contact(struct writer *w, const char *dutch)
{
    const char *about = wijk_tr(w->cx, dutch);
    if (*w->f->contact)
        say(w, wijk_sprintf(w->cx, "%s: %s.", about, w->f->contact));
    else
        open_(w, wijk_sprintf(w->cx, wijk_tr(w->cx, "%s: een e-mailadres"), about));
}

static void sources(struct writer *w)
{
    if (!w->f->n_source) say(w, WIJK_T("Er zijn nog geen bronnen geladen."));
    for (size_t k = 0; k < w->f->n_source; k++) {
        const struct wijk_statement_source *s = &w->f->source[k];
        item(w, wijk_sprintf(w->cx, wijk_tr(w->cx, "%s (%s; %s): %zu %s geladen."), s->title,
                             *s->publisher ? s->publisher : wijk_tr(w->cx, "uitgever niet bekend"),
                             *s->licence ? s->licence : wijk_tr(w->cx, "licentie niet bekend"), s->n_load,
                             s->n_load == 1 ? wijk_tr(w->cx, "bestand") : wijk_tr(w->cx, "bestanden")));
    }
}

static void retention(struct writer *w, bool personal_only)
{
    for (size_t k = 0; k < COUNT(RETENTION); k++)
        if (!personal_only || RETENTION[k].personal)
            item(w, wijk_sprintf(w->cx, "%s: %s", wijk_tr(w->cx, RETENTION[k].what),
                                 wijk_tr(w->cx, RETENTION[k].how_long)));
}

static void algorithms(struct writer *w)
{
    for (size_t k = 0; k < w->f->n_algorithm; k++) {
        const struct wijk_algorithm *a = w->f->algorithm[k];
        const bool en = wijk_cx_lang(w->cx) == WIJK_EN;
        item(w, wijk_sprintf(w->cx, wijk_tr(w->cx, "%s: %s Herziening %s."), en ? a->label_en : a->label_nl,
                             en ? a->summary_en : a->summary_nl,
                             *a->record.review_on ? a->record.review_on : wijk_tr(w->cx, "niet bekend")));
    }
}

/* ---- privacy ---- */

static void privacy(struct writer *w)
{
    who(w);
    head(w, WIJK_T("In het kort"));
    say(w, WIJK_T("Deze site laat cijfers over buurten en wijken zien, nooit over personen. U hoeft geen "
                  "account te "
                  "hebben om te lezen. Er zijn geen "
                  "volgcookies, geen bezoekersteller en geen onderdelen van andere bedrijven."));
    head(w, WIJK_T("Wat we van bezoekers verwerken"));
    item(w, WIJK_T("Uw keuze voor Nederlands of Engels staat alleen in uw eigen browser."));
    item(w, WIJK_T("Wie inlogt krijgt een cookie die alleen daarvoor dient en die vervalt bij uitloggen."));
    item(w,
         WIJK_T("Wie met een wachtwoord inlogt krijgt nog een cookie, waaraan de server 180 dagen lang ziet "
                "dat in deze browser eerder is ingelogd. Zo hoeft u niet te wachten als een ander uw "
                "wachtwoord probeert te raden. De cookie geeft geen toegang. Beëindigt u bij «Mijn account» "
                "een aanmelding ergens anders, of kiest u een nieuw wachtwoord, dan kent de server geen van "
                "uw browsers meer. Een ander cookie is er niet."));
    item(w, WIJK_T("Wie een bestand inlaadt, heeft in zijn browser een sleutel die verdwijnt als het tabblad "
                   "sluit."));
    item(w,
         WIJK_T(
             "Vraagt u cijfers over een gebied dat u zelf tekent, dan telt de server hoeveel vragen van uw "
             "internetadres komen, om misbruik te voorkomen. Dat staat "
             "alleen in het geheugen, hoogstens 24 uur. Het gebied en het antwoord worden bewaard, zonder uw "
             "adres."));
    head(w, WIJK_T("Wat we bewaren waarin een persoon te vinden kan zijn"));
    retention(w, true);
    open_(w, WIJK_T("wat een server vóór deze site (proxy, hosting) zelf vastlegt, zoals logbestanden met "
                    "internetadressen, en hoe lang"));
    head(w, WIJK_T("Wat we van inwoners laten zien"));
    say(w, WIJK_T("Alleen aantallen en gemiddelden van gebieden. Kleine aantallen worden verborgen of "
                  "afgerond. Een "
                  "bestand met gegevens van personen of huizen wordt geweigerd."));
    sources(w);
    head(w, WIJK_T("Uw rechten"));
    say(w, WIJK_T("U mag vragen welke gegevens we van u hebben, en vragen ze te verbeteren of te "
                  "verwijderen. U mag "
                  "een klacht indienen bij de Autoriteit Persoonsgegevens."));
    contact(w, WIJK_T("Vragen over privacy"));
    open_(w, WIJK_T("naam en adres van de functionaris gegevensbescherming"));
}

/* ---- accessibility ---- */

static void accessibility(struct writer *w)
{
    who(w);
    head(w, WIJK_T("Wat we willen"));
    say(w, wijk_sprintf(
               w->cx,
               wijk_tr(w->cx,
                       "%s wil dat iedereen deze site kan gebruiken. Daarvoor geldt EN 301 549, met daarin "
                       "WCAG 2.1 op niveau A en AA."),
               organisation(w)));
    head(w, WIJK_T("Hoe toegankelijk de site nu is"));
    open_(
        w,
        WIJK_T(
            "de nalevingsstatus (A tot en met E) uit het register van toegankelijkheidsverklaringen, met de "
            "datum van het onderzoek en wie het deed"));
    say(w, WIJK_T("De makers van Wijkregie testen elke versie zelf. Dat is geen onafhankelijk onderzoek en "
                  "vervangt "
                  "het niet. Wat zij testen:"));
    item(
        w,
        WIJK_T("alle pagina's met het programma axe, in het Nederlands en het Engels, op schermen van 360 en "
               "1280 pixels breed: zonder bevindingen;"));
    item(w, WIJK_T("alles werkt met alleen het toetsenbord, en te zien is waar u bent;"));
    item(w, WIJK_T("naast elke kaart en grafiek staat een tabel met dezelfde cijfers;"));
    item(w, WIJK_T("kleur is nooit het enige verschil; rood tegenover groen komt niet voor;"));
    item(w, WIJK_T("de tekst is in gewone taal (B1)."));
    head(w, WIJK_T("Wat nog niet goed is"));
    open_(
        w,
        WIJK_T(
            "de punten uit het onderzoek, met per punt de oorzaak, het gevolg, wat u eraan doet en wanneer"));
    head(w, WIJK_T("Lukt iets niet?"));
    contact(w, WIJK_T("Laat het weten"));
    open_(w, WIJK_T("binnen hoeveel dagen u antwoordt"));
    say(w, WIJK_T("Bent u niet tevreden met het antwoord, dan kunt u een klacht indienen bij de Nationale "
                  "ombudsman."));
    head(w, WIJK_T("Wie dit vaststelde"));
    open_(w, WIJK_T("naam en functie van wie tekent, en de datum"));
}

/* ---- dpia ---- */

static void described(struct writer *w)
{
    head(w, WIJK_T("A. Wat er gebeurt"));
    head(w, WIJK_T("1. Voorstel"));
    say(w, wijk_sprintf(
               w->cx,
               wijk_tr(w->cx,
                       "%s laat met Wijkregie zien hoe buurten en wijken ervoor staan, met bij elk cijfer "
                       "waar het vandaan komt. Er zijn %zu gebieden en %zu "
                       "soorten cijfers geladen."),
               organisation(w), w->f->n_area, w->f->n_indicator));
    open_(w, WIJK_T("waarvoor de organisatie de site gebruikt, en wie opdracht gaf"));
    head(w, WIJK_T("2. Persoonsgegevens"));
    say(w,
        WIJK_T("Over inwoners worden geen persoonsgegevens verwerkt: het kleinste gebied is een buurt of een "
               "vak "
               "dat de bron zelf publiceert. Bestanden met "
               "burgerservicenummers, namen, geboortedatums of adressen worden geweigerd. Over gebruikers en "
               "bezoekers:"));
    retention(w, true);
    head(w, WIJK_T("3. Verwerkingen"));
    say(w,
        WIJK_T(
            "Verzamelen van open cijfers, controleren, bewaren, omrekenen, tonen en uitleveren. Berekeningen "
            "die iets over een gebied zeggen:"));
    algorithms(w);
    head(w, WIJK_T("4. Doelen"));
    open_(w, WIJK_T("de doelen van de verwerking, zoals de organisatie ze heeft vastgesteld"));
    head(w, WIJK_T("5. Betrokken partijen"));
    item(w, wijk_sprintf(w->cx, wijk_tr(w->cx, "Verantwoordelijk: %s."), organisation(w)));
    open_(w, WIJK_T("verwerkers (hosting, beheer) met de overeenkomst, en partners die meedoen"));
    head(w, WIJK_T("6. Belangen"));
    open_(w, WIJK_T("de belangen van de organisatie, van inwoners en van partners"));
    head(w, WIJK_T("7. Plaats"));
    open_(w, WIJK_T("waar de server staat, en of gegevens buiten de EER komen"));
    head(w, WIJK_T("8. Techniek en methode"));
    say(w,
        WIJK_T(
            "Eén bestand of één database op een eigen server. De site vraagt niets van andere sites. Er is "
            "geen zelflerend systeem en geen geautomatiseerd besluit over "
            "een persoon. Van elke berekening staat de som op de pagina Algoritmes."));
    head(w, WIJK_T("9. Juridisch kader"));
    say(w, WIJK_T("Gemeentewet, AVG en Uitvoeringswet AVG, Wet hergebruik van overheidsinformatie, "
                  "AI-verordening."));
    open_(w, WIJK_T("eigen beleid, zoals een privacybeleid of een besluit van het college"));
    head(w, WIJK_T("10. Bewaartermijnen"));
    retention(w, false);
}

static void judged(struct writer *w)
{
    head(w, WIJK_T("B. Mag het?"));
    head(w, WIJK_T("11. Rechtsgrond"));
    open_(
        w,
        WIJK_T("de grondslag (artikel 6 AVG) voor de gegevens van gebruikers; voor de taak zelf meestal het "
               "algemeen belang"));
    head(w, WIJK_T("12. Bijzondere persoonsgegevens"));
    say(w,
        WIJK_T(
            "Die worden niet verwerkt. Herkomst, geloof en gezondheid van bewoners zijn nooit invoer van een "
            "score."));
    head(w, WIJK_T("13. Doelbinding"));
    open_(w, WIJK_T("of gegevens van gebruikers ergens anders voor worden gebruikt"));
    head(w, WIJK_T("14. Noodzaak en evenredigheid"));
    say(w, WIJK_T("Er wordt niet meer bewaard dan nodig om te tonen, na te rekenen en misbruik te voorkomen. "
                  "Minder "
                  "ingrijpend is: alleen lezen, zonder vragen over getekende "
                  "gebieden (`wijk serve --no-drawn`)."));
    open_(w, WIJK_T("waarom dit opweegt tegen de gevolgen"));
    head(w, WIJK_T("15. Rechten van betrokkenen"));
    contact(w, WIJK_T("Verzoeken komen binnen bij"));
    open_(w, WIJK_T("wie ze behandelt, en hoe"));
    head(w, WIJK_T("C. Wat er mis kan gaan"));
    head(w, WIJK_T("16. Risico's"));
    item(w, WIJK_T("Iemand leidt uit cijfers van kleine gebieden iets over een persoon af."));
    item(w, WIJK_T("Een uitkomst over een plek blijft aan haar bewoners kleven."));
    item(w, WIJK_T("Een bestand met persoonsgegevens wordt ingelezen."));
    item(w, WIJK_T("De sleutel om bestanden in te lezen komt in verkeerde handen."));
    open_(w,
          WIJK_T(
              "per risico: hoe groot de kans en het gevolg zijn, en welke risico's er door het eigen gebruik "
              "bij komen"));
    head(w, WIJK_T("D. Wat ertegen is gedaan"));
    head(w, WIJK_T("17. Maatregelen"));
    item(w, WIJK_T("Kleine aantallen worden verborgen of afgerond op één plek, waar alles langs moet; ook "
                   "verschillen tussen gebieden worden bewaakt."));
    item(w,
         WIJK_T("Geen ranglijst, neutrale woorden, onzekerheid erbij; een score zonder geldige kaart in het "
                "register wordt niet getoond."));
    item(w,
         WIJK_T("De inlezer weigert kolommen die op personen of adressen lijken en bewaart er niets van."));
    item(
        w,
        WIJK_T("Elke start van de server maakt een nieuwe sleutel; vreemde bestanden worden gelezen door een "
               "apart programma zonder netwerk."));
    open_(
        w,
        WIJK_T(
            "eigen maatregelen, wie verantwoordelijk is, wat er aan risico overblijft en of de functionaris "
            "gegevensbescherming akkoord is"));
}

static void dpia(struct writer *w)
{
    who(w);
    say(w, WIJK_T("Dit is een begin, in de volgorde van het Model DPIA Rijksdienst. De beoordeling is van de "
                  "organisatie; dit document neemt geen besluit."));
    described(w);
    sources(w);
    judged(w);
}

const struct wijk_statement_doc *wijk_statement_write(struct wijk_cx *cx, enum wijk_statement which,
                                                      const struct wijk_statement_facts *facts)
{
    struct wijk_statement_doc *doc = WIJK_NEW(cx, struct wijk_statement_doc, 1);
    struct writer w = {.cx = cx, .f = facts, .doc = doc};
    doc->title = wijk_tr(cx, TITLE[which]);
    doc->fill_in = wijk_tr(cx, "Vul in");
    switch (which) {
    case WIJK_STATEMENT_DPIA: dpia(&w); break;
    case WIJK_STATEMENT_ACCESSIBILITY: accessibility(&w); break;
    case WIJK_STATEMENT_PRIVACY: privacy(&w); break;
    case WIJK_STATEMENT_COUNT: break;
    }
    doc->line = w.room;
    return doc;
}

void wijk_statement_markdown(const struct wijk_statement_doc *doc, struct wijk_buf *out)
{
    wijk_buf_printf(out, "# %s\n", doc->title);
    bool list = false;
    for (size_t k = 0; k < doc->n; k++) {
        const struct wijk_statement_line *l = &doc->line[k];
        bool item_ = l->kind == WIJK_SAYS_ITEM;
        if (!(item_ && list)) wijk_buf_char(out, '\n');
        list = item_;
        switch (l->kind) {
        case WIJK_SAYS_HEAD: wijk_buf_printf(out, "## %s\n", l->text); break;
        case WIJK_SAYS_TEXT: wijk_buf_printf(out, "%s\n", l->text); break;
        case WIJK_SAYS_ITEM: wijk_buf_printf(out, "- %s\n", l->text); break;
        case WIJK_SAYS_OPEN: wijk_buf_printf(out, "**[%s: %s]**\n", doc->fill_in, l->text); break;
        }
    }
}
