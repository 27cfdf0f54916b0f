/* SPDX-License-Identifier: EUPL-1.2 */
/* What a municipality must say about this site: a privacy statement, an accessibility statement and the first
 * version of a DPIA. Filled with what the installation itself knows; what only people know is left open and
 * marked. Always Dutch: these are documents of a Dutch municipality. */
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

static void head(struct writer *w, const char *text)
{
    put(w, WIJK_SAYS_HEAD, text);
}

static void say(struct writer *w, const char *text)
{
    put(w, WIJK_SAYS_TEXT, text);
}

static void item(struct writer *w, const char *text)
{
    put(w, WIJK_SAYS_ITEM, text);
}

/* What the installation cannot know. */
static void open_(struct writer *w, const char *text)
{
    put(w, WIJK_SAYS_OPEN, text);
}

static const char *organisation(const struct writer *w)
{
    return *w->f->organisation ? w->f->organisation : "De gemeente";
}

/* Also of a reader in English: the document is Dutch. */
static const char *date_of(const struct writer *w)
{
    struct wijk_cx *nl = wijk_cx_new(WIJK_NL);
    const char *text = wijk_str_dup(w->cx, wijk_str(wijk_date_people(nl, w->f->today)));
    wijk_cx_end(nl);
    return text;
}

/* Who, where and when stand above each document. */
static void who(struct writer *w)
{
    if (!*w->f->organisation) open_(w, "naam van de organisatie");
    if (*w->f->url)
        say(w, wijk_sprintf(w->cx, "Dit gaat over de website %s.", w->f->url));
    else
        open_(w, "adres van de website");
    say(w, wijk_sprintf(
               w->cx,
               "Gemaakt op %s met Wijkregie %s, uit wat de installatie van zichzelf weet. Wat niet in het "
               "programma staat, is opengelaten.",
               date_of(w), w->f->version));
}

static void contact(struct writer *w, const char *about)
{
    if (*w->f->contact)
        say(w, wijk_sprintf(w->cx, "%s: %s.", about, w->f->contact));
    else
        open_(w, wijk_sprintf(w->cx, "%s: een e-mailadres", about));
}

static void sources(struct writer *w)
{
    if (!w->f->n_source) say(w, "Er zijn nog geen bronnen geladen.");
    for (size_t k = 0; k < w->f->n_source; k++) {
        const struct wijk_statement_source *s = &w->f->source[k];
        item(w, wijk_sprintf(w->cx, "%s (%s; %s): %zu %s geladen.", s->title,
                             *s->publisher ? s->publisher : "uitgever niet bekend",
                             *s->licence ? s->licence : "licentie niet bekend", s->n_load,
                             s->n_load == 1 ? "bestand" : "bestanden"));
    }
}

static void retention(struct writer *w, bool personal_only)
{
    for (size_t k = 0; k < COUNT(RETENTION); k++)
        if (!personal_only || RETENTION[k].personal)
            item(w, wijk_sprintf(w->cx, "%s: %s", RETENTION[k].what, RETENTION[k].how_long));
}

static void algorithms(struct writer *w)
{
    for (size_t k = 0; k < w->f->n_algorithm; k++) {
        const struct wijk_algorithm *a = w->f->algorithm[k];
        item(w, wijk_sprintf(w->cx, "%s: %s Herziening %s.", a->label_nl, a->summary_nl,
                             *a->record.review_on ? a->record.review_on : "niet bekend"));
    }
}

/* ---- privacy ---- */

static void privacy(struct writer *w)
{
    who(w);
    head(w, "In het kort");
    say(w, "Deze site laat cijfers over buurten en wijken zien, nooit over personen. U hoeft geen account te "
           "hebben om te lezen. Er zijn geen "
           "volgcookies, geen bezoekersteller en geen onderdelen van andere bedrijven.");
    head(w, "Wat we van bezoekers verwerken");
    item(w, "Uw keuze voor Nederlands of Engels staat alleen in uw eigen browser.");
    item(w, "Wie inlogt krijgt een cookie die alleen daarvoor dient en die vervalt bij uitloggen.");
    item(
        w,
        "Wie met een wachtwoord inlogt krijgt nog een cookie, waaraan de server 180 dagen lang ziet dat in "
        "deze browser eerder is ingelogd. Zo hoeft u niet te wachten als een ander uw wachtwoord probeert te "
        "raden. De cookie geeft geen toegang. Beëindigt u bij «Mijn account» een aanmelding ergens anders, "
        "of kiest u een nieuw wachtwoord, dan kent de server geen van uw browsers meer. Een ander cookie is "
        "er niet.");
    item(w,
         "Wie een bestand inlaadt, heeft in zijn browser een sleutel die verdwijnt als het tabblad sluit.");
    item(w, "Vraagt u cijfers over een gebied dat u zelf tekent, dan telt de server hoeveel vragen van uw "
            "internetadres komen, om misbruik te voorkomen. Dat staat "
            "alleen in het geheugen, hoogstens 24 uur. Het gebied en het antwoord worden bewaard, zonder uw "
            "adres.");
    head(w, "Wat we bewaren waarin een persoon te vinden kan zijn");
    retention(w, true);
    open_(w, "wat een server vóór deze site (proxy, hosting) zelf vastlegt, zoals logbestanden met "
             "internetadressen, en hoe lang");
    head(w, "Wat we van inwoners laten zien");
    say(w, "Alleen aantallen en gemiddelden van gebieden. Kleine aantallen worden verborgen of afgerond. Een "
           "bestand met gegevens van personen of huizen wordt geweigerd.");
    sources(w);
    head(w, "Uw rechten");
    say(w, "U mag vragen welke gegevens we van u hebben, en vragen ze te verbeteren of te verwijderen. U mag "
           "een klacht indienen bij de Autoriteit Persoonsgegevens.");
    contact(w, "Vragen over privacy");
    open_(w, "naam en adres van de functionaris gegevensbescherming");
}

/* ---- accessibility ---- */

static void accessibility(struct writer *w)
{
    who(w);
    head(w, "Wat we willen");
    say(w, wijk_sprintf(w->cx,
                        "%s wil dat iedereen deze site kan gebruiken. Daarvoor geldt EN 301 549, met daarin "
                        "WCAG 2.1 op niveau A en AA.",
                        organisation(w)));
    head(w, "Hoe toegankelijk de site nu is");
    open_(w, "de nalevingsstatus (A tot en met E) uit het register van toegankelijkheidsverklaringen, met de "
             "datum van het onderzoek en wie het deed");
    say(w, "De makers van Wijkregie testen elke versie zelf. Dat is geen onafhankelijk onderzoek en vervangt "
           "het niet. Wat zij testen:");
    item(w, "alle pagina's met het programma axe, in het Nederlands en het Engels, op schermen van 360 en "
            "1280 pixels breed: zonder bevindingen;");
    item(w, "alles werkt met alleen het toetsenbord, en te zien is waar u bent;");
    item(w, "naast elke kaart en grafiek staat een tabel met dezelfde cijfers;");
    item(w, "kleur is nooit het enige verschil; rood tegenover groen komt niet voor;");
    item(w, "de tekst is in gewone taal (B1).");
    head(w, "Wat nog niet goed is");
    open_(w, "de punten uit het onderzoek, met per punt de oorzaak, het gevolg, wat u eraan doet en wanneer");
    head(w, "Lukt iets niet?");
    contact(w, "Laat het weten");
    open_(w, "binnen hoeveel dagen u antwoordt");
    say(w,
        "Bent u niet tevreden met het antwoord, dan kunt u een klacht indienen bij de Nationale ombudsman.");
    head(w, "Wie dit vaststelde");
    open_(w, "naam en functie van wie tekent, en de datum");
}

/* ---- dpia ---- */

static void described(struct writer *w)
{
    head(w, "A. Wat er gebeurt");
    head(w, "1. Voorstel");
    say(w, wijk_sprintf(w->cx,
                        "%s laat met Wijkregie zien hoe buurten en wijken ervoor staan, met bij elk cijfer "
                        "waar het vandaan komt. Er zijn %zu gebieden en %zu "
                        "soorten cijfers geladen.",
                        organisation(w), w->f->n_area, w->f->n_indicator));
    open_(w, "waarvoor de organisatie de site gebruikt, en wie opdracht gaf");
    head(w, "2. Persoonsgegevens");
    say(w, "Over inwoners worden geen persoonsgegevens verwerkt: het kleinste gebied is een buurt of een vak "
           "dat de bron zelf publiceert. Bestanden met "
           "burgerservicenummers, namen, geboortedatums of adressen worden geweigerd. Over gebruikers en "
           "bezoekers:");
    retention(w, true);
    head(w, "3. Verwerkingen");
    say(w, "Verzamelen van open cijfers, controleren, bewaren, omrekenen, tonen en uitleveren. Berekeningen "
           "die iets over een gebied zeggen:");
    algorithms(w);
    head(w, "4. Doelen");
    open_(w, "de doelen van de verwerking, zoals de organisatie ze heeft vastgesteld");
    head(w, "5. Betrokken partijen");
    item(w, wijk_sprintf(w->cx, "Verantwoordelijk: %s.", organisation(w)));
    open_(w, "verwerkers (hosting, beheer) met de overeenkomst, en partners die meedoen");
    head(w, "6. Belangen");
    open_(w, "de belangen van de organisatie, van inwoners en van partners");
    head(w, "7. Plaats");
    open_(w, "waar de server staat, en of gegevens buiten de EER komen");
    head(w, "8. Techniek en methode");
    say(w, "Eén bestand of één database op een eigen server. De site vraagt niets van andere sites. Er is "
           "geen zelflerend systeem en geen geautomatiseerd besluit over "
           "een persoon. Van elke berekening staat de som op de pagina Algoritmes.");
    head(w, "9. Juridisch kader");
    say(w, "Gemeentewet, AVG en Uitvoeringswet AVG, Wet hergebruik van overheidsinformatie, AI-verordening.");
    open_(w, "eigen beleid, zoals een privacybeleid of een besluit van het college");
    head(w, "10. Bewaartermijnen");
    retention(w, false);
}

static void judged(struct writer *w)
{
    head(w, "B. Mag het?");
    head(w, "11. Rechtsgrond");
    open_(w, "de grondslag (artikel 6 AVG) voor de gegevens van gebruikers; voor de taak zelf meestal het "
             "algemeen belang");
    head(w, "12. Bijzondere persoonsgegevens");
    say(w, "Die worden niet verwerkt. Herkomst, geloof en gezondheid van bewoners zijn nooit invoer van een "
           "score.");
    head(w, "13. Doelbinding");
    open_(w, "of gegevens van gebruikers ergens anders voor worden gebruikt");
    head(w, "14. Noodzaak en evenredigheid");
    say(w, "Er wordt niet meer bewaard dan nodig om te tonen, na te rekenen en misbruik te voorkomen. Minder "
           "ingrijpend is: alleen lezen, zonder vragen over getekende "
           "gebieden (`wijk serve --no-drawn`).");
    open_(w, "waarom dit opweegt tegen de gevolgen");
    head(w, "15. Rechten van betrokkenen");
    contact(w, "Verzoeken komen binnen bij");
    open_(w, "wie ze behandelt, en hoe");
    head(w, "C. Wat er mis kan gaan");
    head(w, "16. Risico's");
    item(w, "Iemand leidt uit cijfers van kleine gebieden iets over een persoon af.");
    item(w, "Een uitkomst over een plek blijft aan haar bewoners kleven.");
    item(w, "Een bestand met persoonsgegevens wordt ingelezen.");
    item(w, "De sleutel om bestanden in te lezen komt in verkeerde handen.");
    open_(w, "per risico: hoe groot de kans en het gevolg zijn, en welke risico's er door het eigen gebruik "
             "bij komen");
    head(w, "D. Wat ertegen is gedaan");
    head(w, "17. Maatregelen");
    item(w, "Kleine aantallen worden verborgen of afgerond op één plek, waar alles langs moet; ook "
            "verschillen tussen gebieden worden bewaakt.");
    item(w, "Geen ranglijst, neutrale woorden, onzekerheid erbij; een score zonder geldige kaart in het "
            "register wordt niet getoond.");
    item(w, "De inlezer weigert kolommen die op personen of adressen lijken en bewaart er niets van.");
    item(w, "Elke start van de server maakt een nieuwe sleutel; vreemde bestanden worden gelezen door een "
            "apart programma zonder netwerk.");
    open_(w, "eigen maatregelen, wie verantwoordelijk is, wat er aan risico overblijft en of de functionaris "
             "gegevensbescherming akkoord is");
}

static void dpia(struct writer *w)
{
    who(w);
    say(w, "Dit is een begin, in de volgorde van het Model DPIA Rijksdienst. De beoordeling is van de "
           "organisatie; dit document neemt geen besluit.");
    described(w);
    sources(w);
    judged(w);
}

const struct wijk_statement_doc *wijk_statement_write(struct wijk_cx *cx, enum wijk_statement which,
                                                      const struct wijk_statement_facts *facts)
{
    struct wijk_statement_doc *doc = WIJK_NEW(cx, struct wijk_statement_doc, 1);
    struct writer w = {.cx = cx, .f = facts, .doc = doc};
    doc->title = TITLE[which];
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
        case WIJK_SAYS_OPEN: wijk_buf_printf(out, "**[Vul in: %s]**\n", l->text); break;
        }
    }
}
