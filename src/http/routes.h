/* SPDX-License-Identifier: EUPL-1.2 */
/* The table of the server: one line a route. First what is read (GET, and with it HEAD), then what changes
 * something. OPTIONS works everywhere.
 *
 * R(handler, path, cost, role, summary, schema of the answer, query keys ...)
 *   cost   CHEAP is answered on the event thread, HEAVY by a worker; EXPORT too, few at a time, with a file
 *   schema a name of HTTP_SCHEMAS, "@type" behind it when it is not application/json; "@type|type": of no
 *          schema
 *   query  {name, type, required, what it is}; every GET also takes `v`, the data version
 *
 * W(handler, method, path, role, summary, schema of the answer, schema of the body, status, query keys ...)
 *   all by a worker; "" no body
 *   role   HTTP_ANALYST: only with the key the server showed when it started; HTTP_ASKER: anyone, so often
 *
 *   a body "@type" is a file, "=type" a small one that is not JSON
 *
 * P(handler, method, path, cost, who, right, summary, schema of the answer, schema of the body or NULL,
 * status, query keys ...) all by a worker, through /sessie as well; HASH: works on a password, few at a time
 *   who    HTTP_ENTERS: a browser that signs in; HTTP_SITS: one that is signed in; HTTP_KNOWN: that, or a
 * token; HTTP_SEES: anyone, and who is known sees more
 *   right  id of what it takes (docs/roles.md); NULL: only what is one's own
 */
#ifndef WIJK_HTTP_ROUTES_H
#define WIJK_HTTP_ROUTES_H

#define HTTP_READER   "bewoner (lezen)"
#define HTTP_ASKER    "bewoner (vragen, met maat)"
#define HTTP_ANALYST  "analist (met de sleutel van de server)"
#define HTTP_STRANGER "iedereen, in een browser op deze site"
#define HTTP_SITTER   "wie in de browser is aangemeld"
#define HTTP_MEMBER   "wie is aangemeld, of een sleutel heeft"
#define Q_LEVEL                                                                                              \
    {                                                                                                        \
        "niveau", HTTP_LEVEL, true, "Niveau: buurt, wijk, gemeente, pc4 ..."                                 \
    }
#define Q_YEAR                                                                                               \
    {                                                                                                        \
        "indelingsjaar", HTTP_YEAR, false, "Jaar van de gebiedsindeling; zonder: de nieuwste"                \
    }
#define Q_PERIOD                                                                                             \
    {                                                                                                        \
        "periode", HTTP_PERIOD, true, "Jaar (2025) of maand (2025-04)"                                       \
    }

#define Q_ANY_LEVEL                                                                                          \
    {                                                                                                        \
        "niveau", HTTP_LEVEL, false, "Niveau: buurt, pc4, raster of wijk; zonder: het eerste dat er is"      \
    }
#define Q_ANY_METHOD                                                                                         \
    {                                                                                                        \
        "methode", HTTP_TEXT, false, "Methode: lbm3 ...; zonder: die van de nieuwste cijfers"                \
    }
#define Q_ANY_RELEASE                                                                                        \
    {                                                                                                        \
        "uitgave", HTTP_TEXT, false, "Uitgave van de methode; zonder: de nieuwste"                           \
    }
#define Q_ANY_GEMEENTE                                                                                       \
    {                                                                                                        \
        "binnen", HTTP_TEXT, false, "Code van een gemeente, of NL voor alle gebieden samen"                  \
    }

#define HTTP_ROUTES(R)                                                                                       \
    R(overview, "/api/v1", CHEAP, HTTP_READER, "Wat deze server heeft", "Overzicht", {0})                    \
    R(openapi, "/api/v1/openapi.json", HEAVY, HTTP_READER, "Deze beschrijving", "Beschrijving", {0})         \
    R(areas, "/api/v1/gebieden", HEAVY, HTTP_READER, "De gebieden van een niveau", "Gebieden", Q_LEVEL,      \
      Q_YEAR, {"binnen", HTTP_TEXT, false, "Alleen gebieden in deze wijk of gemeente (code)"})               \
    R(area, "/api/v1/gebieden/{code}", CHEAP, HTTP_READER, "Alles over een gebied", "Gebied", Q_YEAR)        \
    R(area_weighing, "/api/v1/gebieden/{code}/wegingen", HEAVY, HTTP_READER,                                 \
      "De lokale weging van een gebied, naast de landelijke score", "GebiedWegingen", Q_YEAR)                \
    R(area_signals, "/api/v1/gebieden/{code}/signalen", HEAVY, HTTP_READER,                                  \
      "Hoeveel signalen professionals gaven, per thema en kwartaal; nooit minder dan 5", "GebiedSignalen",   \
      {0})                                                                                                   \
    R(themes, "/api/v1/themas", HEAVY, HTTP_READER, "Waar een signaal over kan gaan", "Themas", {0})         \
    R(weighings, "/api/v1/wegingen", HEAVY, HTTP_READER, "De lokale wegingen", "Wegingen", {0})              \
    R(weighing, "/api/v1/wegingen/{weging}", HEAVY, HTTP_READER,                                             \
      "Een lokale weging: wat telt, wie besloot, hoe vast de uitkomst is", "Weging",                         \
      {"periode", HTTP_PERIOD, false, "Jaar (2025); zonder: het nieuwste met uitkomsten"}, Q_YEAR)           \
    R(weighing_scores, "/api/v1/wegingen/{weging}/scores", HEAVY, HTTP_READER,                               \
      "De uitkomst van een lokale weging in alle gebieden, ook met andere gewichten", "WegingScores",        \
      {"periode", HTTP_PERIOD, false, "Jaar (2025); zonder: het nieuwste met uitkomsten"}, Q_YEAR,           \
      {"gewichten", HTTP_TEXT, false, "Wat als: indicator:gewicht, met een komma ertussen"})                 \
    R(alike, "/api/v1/gebieden/{code}/vergelijkbaar", HEAVY, HTTP_READER,                                    \
      "Gebieden die erop lijken, en waarin", "Vergelijkbaar", Q_YEAR,                                        \
      {"recept", HTTP_TEXT, false, "Waarop wordt vergeleken; zonder: wonen en ligging"},                     \
      {"methode", HTTP_TEXT, false, "Methode: lbm3 ..."},                                                    \
      {"hoeveel", HTTP_TEXT, false, "Hoogstens zoveel, van 1 tot 50; zonder: 10"})                           \
    R(expected, "/api/v1/gebieden/{code}/verwacht", HEAVY, HTTP_READER,                                      \
      "Wat te verwachten was, naast wat er te zien is", "Verwacht", Q_YEAR,                                  \
      {"methode", HTTP_TEXT, false, "Methode: lbm3 ..."})                                                    \
    R(cells, "/api/v1/gebieden/{code}/vakken", HEAVY, HTTP_READER,                                           \
      "De vakken van 100 meter in een buurt of wijk, met hun nieuwste score", "Vakken", Q_YEAR,              \
      {"methode", HTTP_TEXT, false, "Methode: lbm3 ...; zonder: die van de nieuwste score"})                 \
    R(wheel, "/api/v1/gebieden/{code}/wiel", HEAVY, HTTP_READER,                                             \
      "Wat er naast de onderdelen van de score gemeten is", "Wiel", Q_YEAR,                                  \
      {"methode", HTTP_TEXT, false, "Methode: lbm3 ...; zonder: de laatste met scores"})                     \
    R(happenings, "/api/v1/gebieden/{code}/gebeurtenissen", HEAVY, HTTP_READER,                              \
      "Wat er gebeurde, en wat er aan de cijfers veranderde", "Gebeurtenissen", Q_YEAR,                      \
      {"methode", HTTP_TEXT, false, "Methode: lbm3 ...; zonder: de laatste met scores"})                     \
    R(perception, "/api/v1/gebieden/{code}/beleving", HEAVY, HTTP_READER,                                    \
      "Wat inwoners zeggen, naast de feiten", "Beleving", Q_YEAR)                                            \
    R(nowcasts, "/api/v1/tussenschattingen", HEAVY, HTTP_READER,                                             \
      "Scores van een jaar dat nog niet bekend is, met de toets erbij", "Tussenschattingen", Q_LEVEL,        \
      {"methode", HTTP_TEXT, false, "Methode: lbm3 ..."}, Q_YEAR,                                            \
      {"gebied", HTTP_TEXT, false, "Alleen dit gebied (code)"})                                              \
    R(area_course, "/api/v1/gebieden/{code}/verloop", HEAVY, HTTP_READER,                                    \
      "Waar een gebied heen gaat: trend met band, type van het verloop, en waar het door komt",              \
      "GebiedVerloop", Q_YEAR,                                                                               \
      {"methode", HTTP_TEXT, false, "Methode: lbm3 ...; zonder: die van de nieuwste score"},                 \
      {"basisjaar", HTTP_TEXT, false, "Sinds welk jaar; zonder: dat van het recept"},                        \
      {"recentJaar", HTTP_TEXT, false, "Sinds welk jaar een terugval telt"},                                 \
      {"indicator", HTTP_TEXT, false, "Trend en delen van een andere indicator"})                            \
    R(trends, "/api/v1/trends", HEAVY, HTTP_READER, "De trend van een indicator in alle gebieden", "Trends", \
      Q_LEVEL, {"indicator", HTTP_TEXT, true, "Indicator: lbm3.deviation ..."},                              \
      {"sinds", HTTP_TEXT, false, "Alleen jaren vanaf dit jaar"},                                            \
      {"uitgave", HTTP_TEXT, false, "Uitgave van de methode; zonder: de nieuwste"}, Q_YEAR)                  \
    R(courses, "/api/v1/verlopen", HEAVY, HTTP_READER, "Het type verloop van alle gebieden", "Verlopen",     \
      Q_LEVEL, {"methode", HTTP_TEXT, false, "Methode: lbm3 ...; zonder: die van de nieuwste score"},        \
      {"regels", HTTP_TEXT, false, "Recept met de grenzen; zonder: het eerste"},                             \
      {"basisjaar", HTTP_TEXT, false, "Sinds welk jaar; zonder: dat van het recept"},                        \
      {"recentJaar", HTTP_TEXT, false, "Sinds welk jaar een terugval telt"},                                 \
      {"jaar", HTTP_TEXT, false, "Tot welk jaar; zonder: het nieuwste"}, Q_YEAR)                             \
    R(transitions, "/api/v1/overgangen", HEAVY, HTTP_READER,                                                 \
      "Hoeveel gebieden van welke klasse of welk type naar welke gingen", "Overgangen", Q_LEVEL,             \
      {"methode", HTTP_TEXT, false, "Methode: lbm3 ...; zonder: die van de nieuwste score"},                 \
      {"wat", HTTP_TEXT, false, "klassen of typen"},                                                         \
      {"van", HTTP_TEXT, false, "Van welk jaar; zonder: het eerste"},                                        \
      {"tot", HTTP_TEXT, false, "Tot welk jaar; zonder: het nieuwste"},                                      \
      {"binnen", HTTP_TEXT, false, "Alleen gebieden in deze wijk of gemeente (code)"}, Q_YEAR)               \
    R(indicators, "/api/v1/indicatoren", HEAVY, HTTP_READER, "Alle indicatoren", "Indicatoren", {0})         \
    R(vector, "/api/v1/indicatoren/{id}/waarden", HEAVY, HTTP_READER,                                        \
      "Waarden van een indicator in alle gebieden", "Waarden", Q_LEVEL, Q_PERIOD, Q_YEAR)                    \
    R(scores, "/api/v1/scores", HEAVY, HTTP_READER, "Leefbaarheid van alle gebieden", "Scores",              \
      {"methode", HTTP_TEXT, true, "Methode: lbm3 ..."}, Q_LEVEL, Q_PERIOD, Q_YEAR)                          \
    R(clusters, "/api/v1/clusters", HEAVY, HTTP_READER, "Waar gelijke cijfers bij elkaar liggen",            \
      "Clusters", {"indicator", HTTP_TEXT, true, "Naam van de indicator"}, Q_LEVEL, Q_PERIOD, Q_YEAR,        \
      {"naast", HTTP_TEXT, false, "Indicator van de buren; zonder: dezelfde"},                               \
      {"binnen", HTTP_TEXT, false, "Alleen gebieden in deze wijk of gemeente (code)"},                       \
      {"buren", HTTP_TEXT, false, "Wie buren zijn: border (gewoon), nearest of within"},                     \
      {"reikt", HTTP_TEXT, false, "Aantal buren bij nearest (6), meter bij within (1000)"})                  \
    R(concentration, "/api/v1/concentratie", HEAVY, HTTP_READER, "Wie in welk soort buurt woont",            \
      "Concentratie",                                                                                        \
      {"groep", HTTP_TEXT, false, "Aandeel van de groep; zonder: huishoudens met een laag inkomen"},         \
      Q_LEVEL, Q_PERIOD, Q_YEAR, {"binnen", HTTP_TEXT, false, "Alleen deze gemeente (code)"})                \
    R(gap, "/api/v1/kloof", HEAVY, HTTP_READER, "Hoe ver gebieden uit elkaar liggen, per jaar", "Kloven",    \
      Q_ANY_LEVEL, Q_YEAR, Q_ANY_METHOD, Q_ANY_RELEASE, Q_ANY_GEMEENTE)                                      \
    R(insufficient, "/api/v1/onvoldoende", HEAVY, HTTP_READER,                                               \
      "Hoeveel inwoners in klasse 1 tot en met 3 wonen, per jaar", "Onvoldoende", Q_ANY_LEVEL, Q_YEAR,       \
      Q_ANY_METHOD, Q_ANY_RELEASE, Q_ANY_GEMEENTE)                                                           \
    R(trace, "/api/v1/herkomst/{code}/{indicator}/{periode}", HEAVY, HTTP_READER,                            \
      "Waar een getal vandaan komt", "Herkomst", Q_YEAR)                                                     \
    R(trace_id, "/api/v1/herkomst/{spoor}", HEAVY, HTTP_READER, "Waar het getal met dit spoor vandaan komt", \
      "Herkomst", {0})                                                                                       \
    R(search, "/api/v1/zoek", HEAVY, HTTP_READER, "Zoek een gebied op naam, code of postcode",               \
      "Zoekresultaat", {"q", HTTP_TEXT, true, "Naam, code of postcode"})                                     \
    R(sources, "/api/v1/bronnen", CHEAP, HTTP_READER, "Bronnen en wat ervan geladen is", "Bronnen", {0})     \
    R(findings, "/api/v1/bronnen/{bron}/ladingen/{id}/bevindingen", HEAVY, HTTP_READER,                      \
      "Geweigerde en gemarkeerde regels van een lading", "Bevindingen", {0})                                 \
    R(imports, "/api/v1/importen", CHEAP, HTTP_ANALYST, "De bestanden die klaarstaan om te laden",           \
      "Importen", {0})                                                                                       \
    R(import, "/api/v1/importen/{import}", CHEAP, HTTP_ANALYST, "Alles over een bestand dat klaarstaat",     \
      "Import", {0})                                                                                         \
    R(import_findings, "/api/v1/importen/{import}/bevindingen", CHEAP, HTTP_ANALYST,                         \
      "Wat een proef vond, bladzij voor bladzij", "ImportBevindingen",                                       \
      {"vanaf", HTTP_TEXT, false, "Hoeveel er overgeslagen worden"},                                         \
      {"aantal", HTTP_TEXT, false, "Hoogstens zoveel, van 1 tot 1000; zonder: 100"})                         \
    R(export, "/api/v1/uitvoer/{soort}", EXPORT, HTTP_READER, "Alles als bestand",                           \
      "@text/csv|application/json|application/geo+json|"                                                     \
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet|application/geopackage+sqlite3",    \
      {"niveau", HTTP_LEVEL, false, "Alleen dit niveau: buurt, wijk, gemeente, pc4 ..."},                    \
      {"binnen", HTTP_TEXT, false, "Alleen dit gebied en wat erin ligt (code)"},                             \
      {"bron", HTTP_TEXT, false, "Alleen cijfers van deze bron"})                                            \
    R(drawn_kept, "/api/v1/gebied-op-maat/{sleutel}", HEAVY, HTTP_READER,                                    \
      "Het antwoord dat een getekend gebied eerder kreeg", "GebiedOpMaat",                                   \
      {"indicator", HTTP_TEXT, false, "Alleen deze indicatoren, met een komma ertussen"})                    \
    R(algorithms, "/api/v1/algoritmen", HEAVY, HTTP_READER,                                                  \
      "Alle scores en berekeningen, en wat ervan getoond wordt", "Algoritmen", {0})                          \
    R(algorithm, "/api/v1/algoritmen/{algoritme}", HEAVY, HTTP_READER,                                       \
      "Een algoritme: doel, formule, invoer, grenzen, besluit en herziening", "Algoritme", {0})              \
    R(register, "/api/v1/algoritmeregister/{vorm}", HEAVY, HTTP_READER,                                      \
      "De uitvoer voor het Algoritmeregister", "@application/json|text/csv", {0})                            \
    R(statement, "/api/v1/verklaringen/{verklaring}", HEAVY, HTTP_READER,                                    \
      "De toegankelijkheids- of privacyverklaring van deze site", "Verklaring", {0})                         \
    R(security, "/.well-known/security.txt", CHEAP, HTTP_READER, "Waar een lek te melden is (RFC 9116)",     \
      "@text/plain", {0})                                                                                    \
    R(catalog, "/api/v1/catalogus", HEAVY, HTTP_READER, "De open tabellen, beschreven met DCAT-AP-NL",       \
      "Catalogus@application/ld+json|text/turtle", {0})                                                      \
    R(ogc, "/ogc", CHEAP, HTTP_READER, "OGC API Features: het begin", "OgcStart", {0})                       \
    R(ogc_conformance, "/ogc/conformance", CHEAP, HTTP_READER, "Welke delen van de standaard er zijn",       \
      "OgcConformiteit", {0})                                                                                \
    R(ogc_api, "/ogc/api", HEAVY, HTTP_READER, "Beschrijving van OGC API Features",                          \
      "Beschrijving@application/vnd.oai.openapi+json;version=3.0", {0})                                      \
    R(ogc_collections, "/ogc/collections", CHEAP, HTTP_READER,                                               \
      "Alle collecties: een per niveau en indeling", "OgcCollecties", {0})                                   \
    R(ogc_collection, "/ogc/collections/{collectionId}", CHEAP, HTTP_READER, "Een collectie",                \
      "OgcCollectie", {0})                                                                                   \
    R(ogc_items, "/ogc/collections/{collectionId}/items", HEAVY, HTTP_READER, "Gebieden van een collectie",  \
      "OgcGebieden@application/geo+json",                                                                    \
      {"limit", HTTP_TEXT, false, "Hoogstens zoveel gebieden, 1 tot en met 1000; zonder: 100"},              \
      {"offset", HTTP_TEXT, false, "Zoveel gebieden overslaan"},                                             \
      {"bbox", HTTP_TEXT, false, "Alleen gebieden die dit vak raken: minx,miny,maxx,maxy"},                  \
      {"bbox-crs", HTTP_TEXT, false, "Stelsel van bbox: CRS84 (zonder) of EPSG 28992"},                      \
      {"crs", HTTP_TEXT, false, "Stelsel van het antwoord: CRS84 (zonder) of EPSG 28992"},                   \
      {"datetime", HTTP_TEXT, false,                                                                         \
       "Cijfers van deze dag of periode: 2024-01-01, of van/tot met .. voor open"},                          \
      {"code", HTTP_TEXT, false, "Alleen het gebied met deze code"},                                         \
      {"gemeente", HTTP_TEXT, false, "Alleen gebieden in deze gemeente (code)"})                             \
    R(ogc_item, "/ogc/collections/{collectionId}/items/{featureId}", HEAVY, HTTP_READER, "Een gebied",       \
      "OgcGebied@application/geo+json",                                                                      \
      {"crs", HTTP_TEXT, false, "Stelsel van het antwoord: CRS84 (zonder) of EPSG 28992"})                   \
    R(tile, "/tegels/{versie}/{laag}/{z}/{x}/{y}.mvt", HEAVY, HTTP_READER, "Vectortegel met gebieden",       \
      "@application/vnd.mapbox-vector-tile", {0})                                                            \
    R(health, "/gezond", CHEAP, HTTP_READER, "Of de server werkt", "Gezond", {0})                            \
    R(metrics, "/metrics", CHEAP, HTTP_READER, "Tellers voor Prometheus", "@text/plain", {0})

#define HTTP_WRITES(W)                                                                                       \
    W(import_new, "POST", "/api/v1/importen", HTTP_ANALYST, "Stuur een bestand", "Import",                   \
      "@application/octet-stream", 201, {"naam", HTTP_TEXT, true, "Naam van het bestand, met .csv of zo"})   \
    W(import_trial, "POST", "/api/v1/importen/{import}/proef", HTTP_ANALYST,                                 \
      "Lees het bestand op proef; er wordt niets bewaard", "Import", "ImportProef", 202, {0})                \
    W(import_load, "POST", "/api/v1/importen/{import}/laden", HTTP_ANALYST, "Laad het bestand", "Import",    \
      "ImportKeuze", 202, {0})                                                                               \
    W(import_define, "POST", "/api/v1/importen/{import}/definitie", HTTP_ANALYST,                            \
      "Bewaar de indeling van de laatste proef als bron", "BronKort", "ImportDefinitie", 201, {0})           \
    W(import_drop, "DELETE", "/api/v1/importen/{import}", HTTP_ANALYST, "Stop ermee en ruim het op", "", "", \
      204, {0})                                                                                              \
    W(drawn, "POST", "/api/v1/gebied-op-maat", HTTP_ASKER,                                                   \
      "Antwoord over een gebied dat u zelf tekent of kiest", "GebiedOpMaat", "Vorm", 200,                    \
      {"niveau", HTTP_LEVEL, false,                                                                          \
       "raster of buurt; zonder: rastervakken waar mensen wonen, anders buurten"},                           \
      {"indicator", HTTP_TEXT, false, "Alleen deze indicatoren, met een komma ertussen"})

#define HTTP_PEOPLE(P)                                                                                       \
    P(session, "GET", "/sessie", HEAVY, HTTP_ENTERS, NULL, "Wie er is aangemeld", "Sessie", NULL, 200, {0})  \
    P(session_first, "POST", "/sessie/eerste", HASH, HTTP_ENTERS, NULL,                                      \
      "Maak de eerste beheerder, op de machine zelf", "Sessie", "EersteBeheerder", 200, {0})                 \
    P(session_in, "POST", "/sessie/aanmelden", HASH, HTTP_ENTERS, NULL, "Meld u aan", "Sessie", "Aanmelden", \
      200, {0})                                                                                              \
    P(sso_begin, "POST", "/sessie/sso", HASH, HTTP_ENTERS, NULL,                                             \
      "Meld u aan met het account van uw organisatie", "SsoBegin", "", 200, {0})                             \
    P(sso_back, "GET", "/sessie/sso/terug", HASH, HTTP_ENTERS, NULL,                                         \
      "Hier komt de browser terug van de aanmelddienst", "", NULL, 303,                                      \
      {"*", HTTP_TEXT, false, "Wat de aanmelddienst meegeeft: code, state of error"})                        \
    P(sso_code, "POST", "/sessie/sso/code", HEAVY, HTTP_ENTERS, NULL,                                        \
      "De code van de tweede stap hier, als de aanmelddienst er geen vroeg", "Sessie", "Code", 200, {0})     \
    P(session_out, "POST", "/sessie/afmelden", HEAVY, HTTP_SITS, NULL, "Meld u af", "Sessie", "", 200, {0})  \
    P(session_link, "POST", "/sessie/koppeling", HEAVY, HTTP_ENTERS, NULL, "Van wie deze koppeling is",      \
      "KoppelingVan", "Koppeling", 200, {0})                                                                 \
    P(session_password, "POST", "/sessie/wachtwoord", HASH, HTTP_ENTERS, NULL,                               \
      "Kies een wachtwoord met een koppeling", "KoppelingVan", "NieuwWachtwoord", 200, {0})                  \
    P(second_begin, "POST", "/sessie/tweede-stap", HEAVY, HTTP_SITS, NULL, "Begin met een tweede stap",      \
      "TweedeStap", "", 200, {0})                                                                            \
    P(second_set, "POST", "/sessie/tweede-stap/code", HEAVY, HTTP_SITS, NULL,                                \
      "Zet de tweede stap aan met de eerste code", "Sessie", "TweedeStapCode", 200, {0})                     \
    P(sessions, "GET", "/sessie/aanmeldingen", HEAVY, HTTP_SITS, NULL, "Waar u bent aangemeld",              \
      "Aanmeldingen", NULL, 200, {0})                                                                        \
    P(session_end, "DELETE", "/sessie/aanmeldingen/{nr}", HEAVY, HTTP_SITS, NULL, "Meld u daar af", "", "",  \
      204, {0})                                                                                              \
    P(tokens, "GET", "/api/v1/sleutels", HEAVY, HTTP_KNOWN, NULL, "Uw sleutels voor programma's",            \
      "Sleutels", NULL, 200, {0})                                                                            \
    P(token_new, "POST", "/api/v1/sleutels", HEAVY, HTTP_KNOWN, NULL, "Maak een sleutel", "Sleutel",         \
      "NieuweSleutel", 201, {0})                                                                             \
    P(signals, "GET", "/api/v1/signalen", HEAVY, HTTP_KNOWN, "inside-read",                                  \
      "Signalen die u mag zien, de nieuwste eerst", "Signalen", NULL, 200,                                   \
      {"mijn", HTTP_TEXT, false, "ja: alleen wat u zelf gaf"},                                               \
      {"gemeente", HTTP_TEXT, false, "Code van de gemeente; zonder: die van uw eerste rol"},                 \
      {"buurt", HTTP_TEXT, false, "Alleen van deze buurt (code)"},                                           \
      {"thema", HTTP_TEXT, false, "Alleen van dit thema"},                                                   \
      {"na", HTTP_TEXT, false, "Verder na dit signaal: volgende uit het vorige antwoord"},                   \
      {"aantal", HTTP_TEXT, false, "Hoogstens zoveel, van 1 tot 200; zonder: 50"})                           \
    P(signal_new, "POST", "/api/v1/signalen", HEAVY, HTTP_KNOWN, "signal-place", "Geef een signaal",         \
      "SignaalAlleen", "NieuwSignaal", 201, {0})                                                             \
    P(signal, "GET", "/api/v1/signalen/{signaal}", HEAVY, HTTP_KNOWN, "inside-read", "Een signaal",          \
      "SignaalAlleen", NULL, 200, {0})                                                                       \
    P(signal_change, "PATCH", "/api/v1/signalen/{signaal}", HEAVY, HTTP_KNOWN, "signal-change",              \
      "Wijzig uw signaal, of trek het in", "SignaalAlleen", "SignaalWijziging", 200, {0})                    \
    P(signal_answer, "POST", "/api/v1/signalen/{signaal}/terugkoppelingen", HEAVY, HTTP_KNOWN,               \
      "signal-answer", "Zeg wat er met een signaal gebeurde", "SignaalAlleen", "NieuweTerugkoppeling", 201,  \
      {0})                                                                                                   \
    P(text_check, "POST", "/api/v1/tekstkeuring", HEAVY, HTTP_KNOWN, NULL,                                   \
      "Of een tekst iets over een persoon zegt; er wordt niets bewaard", "Tekstkeuring", "Tekst", 200, {0})  \
    P(token_end, "DELETE", "/api/v1/sleutels/{nr}", HEAVY, HTTP_KNOWN, NULL, "Trek een sleutel in", "", "",  \
      204, {0})                                                                                              \
    HTTP_PARTNERS(P)                                                                                         \
    HTTP_NORMS(P)                                                                                            \
    HTTP_ACCOUNTS(P)                                                                                         \
    HTTP_MODERATION(P)                                                                                       \
    HTTP_FOLLOW(P)

#define Q_OF_GEMEENTE                                                                                        \
    {                                                                                                        \
        "gemeente", HTTP_TEXT, false, "Code van de gemeente; zonder: de uwe, of de enige die er is"          \
    }
#define HTTP_FOLLOW(P)                                                                                       \
    P(feed, "GET", "/volg/gebied/{feed}", HEAVY, HTTP_SEES, NULL,                                            \
      "Wat er nieuw is in een gebied, als JSON-feed of Atom-feed",                                           \
      "Feed@application/feed+json|application/atom+xml", NULL, 200, {0})                                     \
    P(follow, "POST", "/volg/adressen", HEAVY, HTTP_ENTERS, NULL, "Vraag per mail bericht over een gebied",  \
      "VolgAntwoord", "Volgen", 200, {0})                                                                    \
    P(follow_confirm, "POST", "/volg/adressen/bevestigen", HEAVY, HTTP_ENTERS, NULL, "Bevestig het adres",   \
      "VolgAntwoord", "VolgSleutel", 200, {0})                                                               \
    P(follow_leave, "POST", "/volg/adressen/afmelden", HEAVY, HTTP_ENTERS, NULL, "Geen bericht meer",        \
      "VolgAntwoord", "VolgSleutel", 200, {0})                                                               \
    P(follow_click, "POST", "/volg/adressen/afmelden/{afmeldsleutel}", HEAVY, HTTP_SEES, NULL,               \
      "Geen bericht meer, door een mailprogramma (RFC 8058)", "VolgAntwoord",                                \
      "=application/x-www-form-urlencoded", 200, {0})

#define Q_THEME_AGE                                                                                          \
    {"thema", HTTP_TEXT, false, "Alleen aanbod van dit thema"},                                              \
    {                                                                                                        \
        "leeftijd", HTTP_TEXT, false,                                                                        \
            "Alleen aanbod voor deze leeftijd: 0-4, 4-12, 12-18, 18-23, 23-67 of 67+"                        \
    }
#define Q_PAGE                                                                                               \
    {"verder", HTTP_TEXT, false, "Verder na deze: volgende uit het vorige antwoord"},                        \
    {                                                                                                        \
        "aantal", HTTP_TEXT, false, "Hoogstens zoveel, van 1 tot 1000; zonder: 100"                          \
    }
#define HTTP_PARTNERS(P)                                                                                     \
    P(partners, "GET", "/api/v1/partners", HEAVY, HTTP_SEES, "inside-read",                                  \
      "Organisaties en hun contactfuncties", "Partners", NULL, 200, Q_OF_GEMEENTE,                           \
      {"gebied", HTTP_TEXT, false,                                                                           \
       "Alleen wie daar werkt: code van een buurt of wijk; met aanbod: wie daar iets aanbiedt"},             \
      {"met", HTTP_TEXT, false, "aanbod: met wat elke organisatie aanbiedt erbij"}, Q_THEME_AGE, Q_PAGE)     \
    P(partner_new, "POST", "/api/v1/partners", HEAVY, HTTP_KNOWN, "partner-add", "Voeg een organisatie toe", \
      "Partner", "NieuwePartner", 201, {0})                                                                  \
    P(partner, "GET", "/api/v1/partners/{partner}", HEAVY, HTTP_SEES, "inside-read", "Een organisatie",      \
      "Partner", NULL, 200, Q_OF_GEMEENTE)                                                                   \
    P(partner_change, "PUT", "/api/v1/partners/{partner}", HEAVY, HTTP_KNOWN, "partner-change",              \
      "Wijzig een organisatie", "Partner", "NieuwePartner", 200, {0})                                        \
    P(partner_remove, "DELETE", "/api/v1/partners/{partner}", HEAVY, HTTP_KNOWN, "partner-add",              \
      "Haal een organisatie weg", "", "", 204, Q_OF_GEMEENTE,                                                \
      {"versie", HTTP_TEXT, true, "De versie die u zag"})                                                    \
    P(offers, "GET", "/api/v1/aanbod", HEAVY, HTTP_SEES, "inside-read",                                      \
      "Wie doet wat: het aanbod van de organisaties", "Aanbiedingen", NULL, 200, Q_OF_GEMEENTE,              \
      {"partner", HTTP_TEXT, false, "Alleen van deze organisatie (korte naam)"},                             \
      {"gebied", HTTP_TEXT, false, "Alleen wat daar, of in een deel ervan, is: code"}, Q_THEME_AGE, Q_PAGE)  \
    P(offer_new, "POST", "/api/v1/aanbod", HEAVY, HTTP_KNOWN, "offer-change", "Voeg aanbod toe", "Aanbod",   \
      "NieuwAanbod", 201, {0})                                                                               \
    P(offer, "GET", "/api/v1/aanbod/{aanbod}", HEAVY, HTTP_SEES, "inside-read", "Een aanbod", "Aanbod",      \
      NULL, 200, {0})                                                                                        \
    P(offer_change, "PUT", "/api/v1/aanbod/{aanbod}", HEAVY, HTTP_KNOWN, "offer-change", "Wijzig aanbod",    \
      "Aanbod", "NieuwAanbod", 200, {0})                                                                     \
    P(offer_remove, "DELETE", "/api/v1/aanbod/{aanbod}", HEAVY, HTTP_KNOWN, "offer-change",                  \
      "Haal aanbod weg", "", "", 204, Q_OF_GEMEENTE, {"versie", HTTP_TEXT, true, "De versie die u zag"})     \
    P(area_offers, "GET", "/api/v1/gebieden/{code}/aanbod", HEAVY, HTTP_SEES, "inside-read",                 \
      "Wat er in een gebied wordt aangeboden, en voor wie niets", "GebiedAanbod", NULL, 200, Q_THEME_AGE)    \
    P(proposals, "GET", "/api/v1/voorstellen", HEAVY, HTTP_KNOWN, NULL,                                      \
      "Voorstellen waarover u besluit, of die u deed", "Voorstellen", NULL, 200, Q_OF_GEMEENTE,              \
      {"alle", HTTP_TEXT, false, "ja: ook waarover besloten is"})                                            \
    P(proposal_new, "POST", "/api/v1/voorstellen", HEAVY, HTTP_KNOWN, "publish-ask",                         \
      "Stel voor iets openbaar te maken", "VoorstelNummer", "NieuwVoorstel", 201, {0})                       \
    P(proposal_decide, "POST", "/api/v1/voorstellen/{voorstel}/besluit", HEAVY, HTTP_KNOWN, NULL,            \
      "Besluit over een voorstel van iemand anders", "", "VoorstelBesluit", 204, {0})

#define HTTP_NORMS(P)                                                                                        \
    P(norms, "GET", "/api/v1/normen", HEAVY, HTTP_SEES, NULL, "De lokale normen die gelden", "Normen", NULL, \
      200, Q_OF_GEMEENTE, {"gebied", HTTP_TEXT, false, "Alleen van dit gebied zelf (code)"},                 \
      {"indicator", HTTP_TEXT, false, "Alleen over dit cijfer"},                                             \
      {"alle", HTTP_TEXT, false, "ja: ook normen die zijn ingetrokken"},                                     \
      {"achter", HTTP_TEXT, false, "Verder na deze norm: volgende uit het vorige antwoord"},                 \
      {"aantal", HTTP_TEXT, false, "Hoogstens zoveel, van 1 tot 200; zonder: 100"})                          \
    P(norm_new, "POST", "/api/v1/normen", HEAVY, HTTP_KNOWN, "norm-ask",                                     \
      "Stel een lokale norm voor, of een wijziging ervan; iemand anders besluit", "VoorstelNummer",          \
      "NieuweNorm", 201, {0})                                                                                \
    P(norm, "GET", "/api/v1/normen/{normgebied}/{normcijfer}", HEAVY, HTTP_SEES, NULL,                       \
      "Een lokale norm met alle versies, de nieuwste eerst", "NormMetVersies", NULL, 200, {0})               \
    P(area_norms, "GET", "/api/v1/gebieden/{code}/normen", HEAVY, HTTP_SEES, NULL,                           \
      "Welke lokale normen in een gebied gelden, naast het cijfer nu en het landelijke", "GebiedNormen",     \
      NULL, 200, {0})

#define HTTP_MODERATION(P)                                                                                   \
    P(moderation_counts, "GET", "/api/v1/moderatie", HEAVY, HTTP_SEES, NULL,                                 \
      "Hoe vaak teksten zijn weggehaald, per reden en kwartaal", "Moderatie", NULL, 200, Q_OF_GEMEENTE)      \
    P(moderation_file, "GET", "/api/v1/moderatie/{vorm}", EXPORT, HTTP_KNOWN, "audit-read",                  \
      "Alles wat is weggehaald als bestand, zonder de teksten; dat komt in het logboek",                     \
      "@application/json|text/csv", NULL, 200, Q_OF_GEMEENTE)                                                \
    P(moderations, "GET", "/api/v1/moderaties", HEAVY, HTTP_KNOWN, NULL,                                     \
      "Wat van u is weggehaald, of wat er in uw gemeente is weggehaald", "Moderaties", NULL, 200,            \
      Q_OF_GEMEENTE, {"mijn", HTTP_TEXT, false, "nee: van iedereen, voor wie weghaalt"},                     \
      {"na", HTTP_TEXT, false, "Verder na deze: volgende uit het vorige antwoord"})                          \
    P(moderation_new, "POST", "/api/v1/moderaties", HEAVY, HTTP_KNOWN, "moderate",                           \
      "Haal een tekst weg, met de reden", "Weghaling", "NieuweWeghaling", 201, {0})                          \
    P(moderation_back, "POST", "/api/v1/moderaties/{moderatie}/terugzetten", HEAVY, HTTP_KNOWN, "moderate",  \
      "Zet een weggehaalde tekst terug, zolang ze bewaard is", "Weghaling", "", 200, {0})                    \
    P(objection, "POST", "/api/v1/moderaties/{moderatie}/bezwaar", HEAVY, HTTP_KNOWN, NULL,                  \
      "Maak bezwaar tegen het weghalen van uw tekst; iemand anders besluit", "VoorstelNummer", "Reden", 201, \
      {0})                                                                                                   \
    P(questions, "GET", "/api/v1/vragen", HEAVY, HTTP_KNOWN, NULL, "Wat op u wacht", "Vragen", NULL, 200,    \
      {0})                                                                                                   \
    P(question_seen, "POST", "/api/v1/vragen/gelezen", HEAVY, HTTP_KNOWN, NULL, "Dit hebt u gelezen", "",    \
      "VraagGelezen", 204, {0})

#define Q_LOG                                                                                                \
    {"gemeente", HTTP_TEXT, false,                                                                           \
     "Code van de gemeente; zonder: de uwe. geen: regels van geen gemeente, zoals van de machine zelf"},     \
        {"soort", HTTP_TEXT, false, "Alleen van deze soort: account, rol, voorstel ..."},                    \
        {"account", HTTP_TEXT, false, "Alleen van dit account (nummer)"},                                    \
    {                                                                                                        \
        "voor", HTTP_TEXT, false, "Alleen regels met een lager nummer"                                       \
    }
#define HTTP_ACCOUNTS(P)                                                                                     \
    P(accounts, "GET", "/api/v1/accounts", HEAVY, HTTP_KNOWN, "account-read", "Wie zich kan aanmelden",      \
      "Accounts", NULL, 200, Q_OF_GEMEENTE, {"na", HTTP_TEXT, false, "Alleen met een hoger nummer"})         \
    P(account_new, "POST", "/api/v1/accounts", HEAVY, HTTP_KNOWN, "account-invite", "Nodig iemand uit",      \
      "Uitnodiging", "NieuwAccount", 201, {0})                                                               \
    P(account_link, "POST", "/api/v1/accounts/{account}/koppeling", HEAVY, HTTP_KNOWN, "account-block",      \
      "Maak een koppeling voor een nieuw wachtwoord", "Uitnodiging", "NieuweKoppeling", 201, {0})            \
    P(account_stop, "POST", "/api/v1/accounts/{account}/stoppen", HEAVY, HTTP_KNOWN, "account-block",        \
      "Stop een account, meteen", "", "Reden", 204, {0})                                                     \
    P(account_restore, "POST", "/api/v1/accounts/{account}/herstellen", HEAVY, HTTP_KNOWN, "account-block",  \
      "Laat een gestopt account weer toe", "", "Reden", 204, {0})                                            \
    P(account_remove, "DELETE", "/api/v1/accounts/{account}", HEAVY, HTTP_KNOWN, "account-block",            \
      "Verwijder een account, voor altijd; het eigen account mag altijd", "", "", 204, {0})                  \
    P(role_ask, "POST", "/api/v1/rolvoorstellen", HEAVY, HTTP_KNOWN, "role-ask",                             \
      "Stel voor een rol te geven of weg te nemen", "VoorstelNummer", "NieuwRolvoorstel", 201, {0})          \
    P(log, "GET", "/api/v1/logboek", HEAVY, HTTP_KNOWN, "audit-read", "Het logboek, nieuwste eerst",         \
      "Logboek", NULL, 200, Q_LOG)                                                                           \
    P(log_file, "GET", "/api/v1/logboek/{vorm}", EXPORT, HTTP_KNOWN, "audit-read",                           \
      "Het logboek als bestand; dat komt zelf ook in het logboek", "@application/json|text/csv", NULL, 200,  \
      Q_LOG)                                                                                                 \
    P(own, "GET", "/api/v1/mijn-gegevens", HEAVY, HTTP_KNOWN, NULL, "Alles wat van u bewaard is",            \
      "MijnGegevens", NULL, 200, {0})

/* What an answer holds, for openapi.json: name:type, s text, i whole number, n number, b yes or no, o an
 * object of any members, t moment, S a named schema, [..] a list, {..} a map of lists, ? may be null. All are
 * always there, but name~. */
#define HTTP_SCHEMAS(X)                                                                                      \
    X(Overzicht,                                                                                             \
      "naam:s versie:s titel:s fictief:b gegevensversie:s gegevensTot:s? opMaat:b indelingen:[Indeling] "    \
      "water:s? methoden:[Methode] nietGetoond:[NietGetoond]")                                               \
    X(Indeling, "niveau:s naam:s indelingsjaar:i aantal:i metGrenzen:i omvang:[n]? tegels:s?")               \
    X(Methode, "id:s naam:s totaal:s klassen:[s] dimensies:[Dimensie] beschikbaar:[Beschikbaar]")            \
    X(Dimensie, "id:s naam:s indicator:s")                                                                   \
    X(Beschikbaar, "niveau:s indelingsjaar:i perioden:[s]")                                                  \
    X(Beschrijving, "openapi:s")                                                                             \
    X(Gebieden, "niveau:s indelingsjaar:i aantal:i spoorInwoners:s? gebieden:[GebiedKort]")                  \
    X(GebiedKort, "nr:i code:s naam:s ouder:s? inwoners:n? punt:[n]?")                                       \
    X(GebiedNaam, "code:s naam:s niveau:s")                                                                  \
    X(Gebied, "code:s naam:s niveau:s niveauNaam:s indelingsjaar:i nr:i inwoners:n? punt:[n]? omvang:[n]? "  \
              "inwonersSpoor:s? pad:[GebiedNaam] onder:[GebiedNaam] zin:s "                                  \
              "nietGetoond:[NietGetoond] scores:[Verloop] "                                                  \
              "gemeente:GebiedGemeente? "                                                                    \
              "waarden:[Reeks]")                                                                             \
    X(Verloop, "methode:s methodeNaam:s perioden:[s] uitgaven:[s] sporen:[Sporen] totaal:[n?] score:[n?] "   \
               "klasse:[i?] "                                                                                \
               "klasseNaam:[s?] "                                                                            \
               "klasseBron:[s?] dimensies:[DimensieReeks] gedekt:[n?] samengesteld:b gemarkeerd:[b] "        \
               "verandering:Verandering?")                                                                   \
    X(Sporen, "totaal:s score:s? klasse:s gedekt:s dimensies:[s]")                                           \
    X(DimensieReeks, "id:s naam:s indicator:s waarden:[n?]")                                                 \
    X(Verandering, "van:s tot:s totaal:n? spoor:s delen:[Deel] rest:n? restSpoor:s woord:s")                 \
    X(Deel, "id:s naam:s indicator:s waarde:n? spoor:s")                                                     \
    X(GebiedGemeente, "code:s naam:s scores:[VerloopKort]")                                                  \
    X(VerloopKort, "methode:s perioden:[s] uitgaven:[s] sporen:[s] totaal:[n?]")                             \
    X(Reeks,                                                                                                 \
      "indicator:s naam:s eenheid:s thema:s soort:s decimalen:i samenstelling:b spoor:s reeks:[Meting]")     \
    X(Meting, "periode:s waarde:n? status:s statusTekst:s spoor~:s")                                         \
    X(GebiedOpMaat, "sleutel:s niveau:s indelingsjaar:i niveauNaam:s gegevensversie:s gevraagdOp:t "         \
                    "eerder:b inwoners:n aantal:i leden:[s] omtrek:o? cijfers:[CijferOpMaat]")               \
    X(CijferOpMaat, "indicator:s naam:s eenheid:s decimalen:i periode:s waarde:n? status:s statusTekst:s "   \
                    "metCijfer:i dekking:n bewerking:s spoor:s? spoorGeheel:s")                              \
    X(Vergelijkbaar,                                                                                         \
      "code:s naam:s niveau:s indelingsjaar:i recept:s? receptNaam:s? reden:s? redenTekst:s? "               \
      "kenmerken:[Kenmerk] periode:s? gebieden:[VergelijkbaarGebied] verloop:VergelijkbaarVerloop?")         \
    X(Kenmerk,                                                                                               \
      "indicator:s naam:s eenheid:s decimalen:i periode:s doetMee:b waarde:n? woord:s? kant:s? spoor:s")     \
    X(VergelijkbaarGebied, "code:s naam:s gemeente:s? verschil:n kenmerken:i lijktOp:[s] verschiltIn:[s] "   \
                           "totaal:n? spoor:s? verloop:[n?] sporen:[s?]")                                    \
    X(VergelijkbaarVerloop, "methode:s perioden:[s] totaal:[n?] aantal:[i] sporen:[s?]")                     \
    X(Vakken, "code:s naam:s niveau:s indelingsjaar:i methode:s? methodeNaam:s? periode:s? "                 \
              "vakIndelingsjaar:i? zin:s? spoorTotaal:s? spoorKlasse:s? klassen:[s] omtrek:[[n]] "           \
              "vakken:[Vak]")                                                                                \
    X(Vak, "code:s x:n? y:n? totaal:n? klasse:i? klasseNaam:s? status:s statusTekst:s")                      \
    X(Wiel, "code:s naam:s niveau:s indelingsjaar:i methode:s? cijfers:[WielCijfer]")                        \
    X(WielCijfer, "onderdeel:s indicator:s naam:s eenheid:s decimalen:i soort:s richting:s? periode:s "      \
                  "waarde:n? status:s statusTekst:s spoor:s afstand:n? gebieden:i alleGemeenten:b")          \
    X(Gebeurtenissen, "code:s naam:s niveau:s indelingsjaar:i gebeurtenissen:[Gebeurtenis]")                 \
    X(Gebeurtenis, "soort:s soortTekst:s id:s? van:s tot:s? woorden:s gebied:s gebiedNaam:s bron:s? "        \
                   "adres:s? bestand:s? regel:i? sha256:s?")                                                 \
    X(Verwacht,                                                                                              \
      "code:s naam:s niveau:s indelingsjaar:i bekend:b waarom:s? recept:s? receptNaam:s? reden~:s? "         \
      "redenTekst~:s? woord~:s? woordTekst~:s? methode~:s periode~:s cijfer~:s gezien~:n? spoorGezien~:s "   \
      "uitKenmerken~:Marge bijVergelijkbare~:Marge r2~:n fout~:n geleerdVan~:i binnenMarge~:n")              \
    X(Marge, "waarde:n? laag:n? hoog:n? spoor:s")                                                            \
    X(Beleving, "code:s naam:s niveau:s indelingsjaar:i onderwerpen:[BelevingOnderwerp]")                    \
    X(BelevingOnderwerp,                                                                                     \
      "id:s naam:s waarvan:s reden:s? redenTekst:s? waarom:s? woord:s? gezegd:BelevingCijfer "               \
      "feit:BelevingCijfer? gebruikelijk:Marge r2:n?")                                                       \
    X(BelevingCijfer, "indicator:s naam:s eenheid:s decimalen:i periode:s waarde:n? spoor:s")                \
    X(Tussenschattingen,                                                                                     \
      "niveau:s indelingsjaar:i methode:s recept:s? receptNaam:s? jaar:i laatsteJaar:i alBekend:b "          \
      "geschat:b oordeel:s oordeelTekst:s fout:n? foutStilstaan:n? r2:n? binnenMarge:n? spoor:s? "           \
      "waarde:[n?] laag:[n?] hoog:[n?] redenen:[s]")                                                         \
    X(Themas, "themas:[Thema]")                                                                              \
    X(Thema, "id:s naam:s over:s beeld:s indicatoren:[s]")                                                   \
    X(GebiedSignalen, "code:s naam:s niveau:s indelingsjaar:i themas:[SignaalTelling]")                      \
    X(SignaalTelling, "thema:s? themaNaam:s kwartalen:[SignaalKwartaal]")                                    \
    X(SignaalKwartaal, "kwartaal:s aantal:n? tekst:s")                                                       \
    X(Signalen, "volgende:s? signalen:[Signaal]")                                                            \
    X(Signaal,                                                                                               \
      "id:s gemeente:s buurt:s buurtNaam:s midden:[n]? straal:i? thema:s themaNaam:s zin:s zeker:s "         \
      "zekerNaam:s gemaaktOp:t kwartaal:s organisatie:s organisatieNaam:s gedeeld:s gedeeldNaam:s staat:s "  \
      "staatNaam:s "                                                                                         \
      "versie:i vanMij:b magWijzigen:b magTerugkoppelen:b magWeghalen:b weggehaald:Weggehaald? "             \
      "terugkoppelingen:[Terugkoppeling]")                                                                   \
    X(SignaalAlleen,                                                                                         \
      "id:s gemeente:s buurt:s buurtNaam:s midden:[n]? straal:i? thema:s themaNaam:s zin:s zeker:s "         \
      "zekerNaam:s gemaaktOp:t kwartaal:s organisatie:s organisatieNaam:s gedeeld:s gedeeldNaam:s staat:s "  \
      "staatNaam:s "                                                                                         \
      "versie:i vanMij:b magWijzigen:b magTerugkoppelen:b magWeghalen:b weggehaald:Weggehaald? "             \
      "terugkoppelingen:[Terugkoppeling] "                                                                   \
      "collegas:n? collegasTekst:s cijfers:[SignaalCijfer]")                                                 \
    X(Terugkoppeling, "soort:s soortNaam:s tekst:s gemaaktOp:t id:s weggehaald:Weggehaald?")                 \
    X(SignaalCijfer, "indicator:s naam:s eenheid:s decimalen:i periode:s waarde:n spoor:s")                  \
    X(NieuwSignaal, "buurt~:s x~:i y~:i straal~:i thema:s zin:s zeker:s gedeeld~:s")                         \
    X(SignaalWijziging, "versie:i thema~:s zin~:s zeker~:s gedeeld~:s intrekken~:b")                         \
    X(NieuweTerugkoppeling, "soort:s tekst:s")                                                               \
    X(Tekst, "tekst:s")                                                                                      \
    X(Tekstkeuring, "vondsten:[Vondst]")                                                                     \
    X(Vondst, "soort:s soortNaam:s van:i tot:i advies:s")                                                    \
    X(Vorm, "type~:s coordinates~:[o] geometry~:o features~:[o] crs~:o leden~:[s]")                          \
    X(Indicatoren, "indicatoren:[Indicator]")                                                                \
    X(Indicator,                                                                                             \
      "id:s naam:s definitie:s eenheid:s thema:s methode:s? dimensie:s? soort:s richting:s? decimalen:i "    \
      "samenstelling:b beschikbaar:[Beschikbaar]")                                                           \
    X(Waarden, "indicator:s niveau:s indelingsjaar:i periode:s release:s? spoor:s waarden:[n?] status:s")    \
    X(Scores, "methode:s niveau:s indelingsjaar:i periode:s release:s? spoorTotaal:s spoorKlasse:s "         \
              "sporenDimensies:[s] zin:s samengesteld:b totaal:[n?] "                                        \
              "klasse:[i?] "                                                                                 \
              "dimensies:{n?} grenzen:[n]? status:s")                                                        \
    X(Kloven, "niveau:s indelingsjaar:i methode:s methodeNaam:s release:s? indicator:s? perVak:b "           \
              "inwonersVan:s inwonersVanTekst:s perioden:[s] anderePerioden:i nulpunt:n? zaad:i "            \
              "trekkingen:i gemeenten:[Kloof]")                                                              \
    X(Kloof, "code:s naam:s aantal:i maten:[KloofMaat]")                                                     \
    X(KloofMaat, "id:s naam:s spoor:s waarden:[n?] laag:[n?] hoog:[n?] inwoners:[n?] gebieden:[i] "          \
                 "waarom:[s?] verloop:KloofVerloop")                                                         \
    X(KloofVerloop, "oordeel:s oordeelTekst:s perJaar:n? laag:n? hoog:n? verandering:n? gebieden:i "         \
                    "dekking:n? waarom:s? van:s? tot:s? spoor:s?")                                           \
    X(Onvoldoende, "niveau:s indelingsjaar:i methode:s methodeNaam:s release:s? indicator:s? perVak:b "      \
                   "inwonersVan:s inwonersVanTekst:s perioden:[s] anderePerioden:i "                         \
                   "gemeenten:[OnvoldoendeGemeente]")                                                        \
    X(OnvoldoendeGemeente, "code:s naam:s aantal:i inwoners:[n?] laag:[n?] hoog:[n?] aandeel:[n?] "          \
                           "bekend:[n?] totaal:[n?] buurten:[i] waarom:[s?] spoor:s spoorAandeel:s "         \
                           "spoorBuurten:s?")                                                                \
    X(Herkomst,                                                                                              \
      "code:s naam:s niveau:s indelingsjaar:i indicator:s indicatorNaam:s definitie:s eenheid:s soort:s "    \
      "van:s? periode:s waarde:n? status:s statusTekst:s spoor:s nieuwer:s? uitleg:s bron:HerkomstBron? "    \
      "lading:HerkomstLading? methode:HerkomstMethode? algoritme:s? formule:Formule band:Band? "             \
      "instellingen:[Instelling] aantalInvoer:i invoer:[Invoer] verborgen:i zonderCijfer:i berekendUit:i?")  \
    X(Band, "laag:n hoog:n")                                                                                 \
    X(Instelling, "naam:s waarde:s")                                                                         \
    X(HerkomstBron,                                                                                          \
      "id:s titel:s uitgever:s? licentie:s? tabel:s? methodeversie:s? release:s? bronvermelding:s?")         \
    X(HerkomstLading, "id:i bestand:s sha256:s opgehaald:s? opgehaaldVan:s? geladenOp:t rij:i? rijSoort:s "  \
                      "kolom:s? rijen:s? gebiedKolom~:s gebiedTekens~:i zonder~:s? rijenIn:s?")              \
    X(HerkomstMethode, "id:s naam:s versie:s")                                                               \
    X(Formule, "soort:s woorden:s symbolen:s factor:n? afronding:n? grenzen:[n]?")                           \
    X(Invoer,                                                                                                \
      "spoor:s code:s naam:s indicator:s indicatorNaam:s van:s? periode:s waarde:n? status:s statusTekst:s " \
      "gewicht~:n gewichtInvoer~:Invoer? bron~:s? lading~:HerkomstLading? formule~:Formule aantalInvoer~:i " \
      "invoer~:[Invoer] verborgen~:i zonderCijfer~:i")                                                       \
    X(GebiedVerloop,                                                                                         \
      "code:s naam:s niveau:s indelingsjaar:i trend:Trend? verloop:VerloopType? ontleding:Ontleding?")       \
    X(Trend,                                                                                                 \
      "zin:s richting:s richtingNaam:s perJaar:n? laag:n? hoog:n? knik:n? gladgestreken:n? eigenAandeel:n? " \
      "metingen:i reden:s? spoor:s? spoorGladgestreken:s? perioden:[s] lijn:[n?] onder:[n?] boven:[n?]")     \
    X(VerloopType,                                                                                           \
      "recept:s methode:s basisjaar:i recentJaar:i jaar:i type:s? naam:s? zin:s verandering:n? recent:n? "   \
      "ontwikkelklasse:i? zeker:b naarKlassen:b reden:s? spoor:s? basisjaren:[i]")                           \
    X(Ontleding, "indicator:s zinStand:s zinVerandering:s? stand:n? verandering:n? spoor:s? "                \
                 "spoorVerandering:s? delen:[OntledingDeel] rest:n? "                                        \
                 "restVerandering:n?")                                                                       \
    X(OntledingDeel, "indicator:s naam:s stand:n? verandering:n? spoor:s? spoorToen:s? spoorVerandering:s?") \
    X(Trends,                                                                                                \
      "indicator:s niveau:s indelingsjaar:i uitgave:s? perioden:[s] dekking:n ruis:n? spoor:s? "             \
      "spoorGladgestreken:s? metingen:[i] perJaar:[n?] laag:[n?] hoog:[n?] mediaan:[n?] mediaanLaag:[n?] "   \
      "mediaanHoog:[n?] "                                                                                    \
      "gladgestreken:[n?] eigenAandeel:[n?] knik:[n?] voorKnik:[n?] naKnik:[n?] richting:[s] reden:[s?]")    \
    X(Verlopen,                                                                                              \
      "niveau:s indelingsjaar:i recept:s methode:s basisjaar:i recentJaar:i jaar:i sd:n ruis:n? spoor:s? "   \
      "typen:[VerloopNaam] type:[s?] verandering:[n?] recent:[n?] klasseToen:[i?] klasseNu:[i?] "            \
      "ontwikkelklasse:[i?] zeker:[b] reden:[s?]")                                                           \
    X(VerloopNaam, "id:s naam:s over:s")                                                                     \
    X(Overgangen,                                                                                            \
      "niveau:s indelingsjaar:i methode:s soort:s van:s tot:s gebieden:i zonderCijfer:i soorten:[s] "        \
      "overgangen:[Overgang]")                                                                               \
    X(Overgang, "van:i naar:i gebieden:i inwoners:n? spoor:s spoorInwoners:s?")                              \
    X(Wegingen, "wegingen:[WegingKort]")                                                                     \
    X(WegingKort, "id:s naam:s over:s versie:s niveau:s gemeente:s? openbaar:b ontbreekt:[s] "               \
                  "indelingsjaar:i? perioden:[s]")                                                           \
    X(Weging, "id:s naam:s over:s versie:s niveau:s gemeente:s? openbaar:b ontbreekt:[s] niveauNaam:s "      \
              "besluit:Besluit normaliseren:s normaliserenWoorden:s ijkjaar:i? minstensBekend:n midden:n "   \
              "stap:n klassen:[WegingKlasse] onderdelen:[WegingDeel] cijfers:[WegingCijfer] perioden:[s] "   \
              "periode:s? gevoeligheid:Gevoeligheid?")                                                       \
    X(Besluit, "door:s? op:s? waarom:s? register:s? privacy:s? gelijkheid:s? stop:s? herziening:s?")         \
    X(WegingKlasse, "naam:s tot:n?")                                                                         \
    X(WegingDeel, "id:s naam:s gewicht:n deel:n meer:i? minder:i? zonder:i?")                                \
    X(WegingCijfer, "indicator:s naam:s onderdeel:s gewicht:n deel:n richting:s per:s? fout:n? midden:n? "   \
                    "maat:n? reden:s? meer:i? minder:i? zonder:i?")                                          \
    X(Gevoeligheid, "verschuiving:n trekkingen:i gebieden:i vast:i anders:i")                                \
    X(WegingScores, "weging:s niveau:s indelingsjaar:i periode:s gewichten:[n] anders:i spoor:s "            \
                    "spoorKlasse:s sporenOnderdelen:[s] waarden:[n?] status:s klasse:[i?] onderdelen:{n?} "  \
                    "bekend:[n?] vast:[n?] reden:[s?]")                                                      \
    X(GebiedWegingen, "code:s naam:s landelijk:LandelijkNu? wegingen:[GebiedWeging]")                        \
    X(LandelijkNu,                                                                                           \
      "methode:s naam:s periode:s uitgave:s? totaal:n klasseNaam:s? spoor:s vorige:[VorigeScore]")           \
    X(VorigeScore, "methode:s naam:s uitgave:s? periode:s totaal:n? klasseNaam:s? spoor:s uitgaveNu:s? "     \
                   "totaalNu:n? klasseNaamNu:s? spoorNu:s? verschil:n? woorden:s")                           \
    X(GebiedWeging,                                                                                          \
      "id:s naam:s over:s versie:s niveau:s gemeente:s? openbaar:b ontbreekt:[s] midden:n "                  \
      "perioden:[s] uitkomst~:[n?] sporen~:[s] klasseNaam~:s? spoorKlasse~:s laag~:n? hoog~:n? "             \
      "onderdelen~:[WegingPunten] vast~:n? woorden~:s reden~:s?")                                            \
    X(WegingPunten, "id:s naam:s spoor:s waarde:n?")                                                         \
    X(Clusters, "indicator:s naam:s naast:s? naastNaam:s? samenstelling:b niveau:s indelingsjaar:i "         \
                "periode:s release:s? "                                                                      \
                "binnen:s? buren:ClusterBuren trekkingen:i grens:n zin:s geheel:ClusterGeheel "              \
                "soorten:[Soort] nr:[i] soort:[i?] "                                                         \
                "redenen:[Soort] reden:[i?] waarden:[n?] aantalBuren:[i?] burenGemiddeld:[n?] lokaal:[n?] "  \
                "ster:[n?] p:[n?] q:[n?] "                                                                   \
                "sporen:ClusterSporen")                                                                      \
    X(ClusterBuren, "id:s naam:s reikt:n?")                                                                  \
    X(ClusterGeheel,                                                                                         \
      "moran:n? verwacht:n? spreiding:n? p:n? gemiddelde:n? gebieden:i metBuren:i spoor:s pSpoor:s")         \
    X(ClusterSporen, "soort:s aantalBuren:s burenGemiddeld:s lokaal:s ster:s p:s q:s")                       \
    X(Soort, "id:s naam:s")                                                                                  \
    X(Concentratie, "indicator:IndicatorPeriode basis:IndicatorPeriode woningen:IndicatorPeriode niveau:s "  \
                    "indelingsjaar:i "                                                                       \
                    "grensCorporatiebuurt:n gemeenten:[ConcentratieGemeente] nr:[i] aandeel:[n?] "           \
                    "verhouding:[n?] corporatiewoningen:[n?] "                                               \
                    "redenen:[Soort] reden:[i?] kaart:DubbeleKaart vak:[i?] sporen:ConcentratieSporen")      \
    X(IndicatorPeriode, "id:s naam:s periode:s?")                                                            \
    X(ConcentratieGemeente,                                                                                  \
      "code:s naam:s zin:s gebieden:i zonderCijfer:i reden:s? aandeel:n? ongelijk:n? laag:n? hoog:n? "       \
      "toeval:n? nabijheid:n? corporatiebuurten:n? inCorporatiebuurt:n? allenInCorporatiebuurt:n?")          \
    X(DubbeleKaart, "gebieden:i grenzenWoningen:[n?] grenzenAandeel:[n?] aantallen:[i]")                     \
    X(ConcentratieSporen,                                                                                    \
      "ongelijk:s toeval:s nabijheid:s aandeel:s inCorporatiebuurt:s allenInCorporatiebuurt:s "              \
      "corporatiebuurten:s verhouding:s")                                                                    \
    X(Zoekresultaat, "gebieden:[Treffer]")                                                                   \
    X(Treffer, "code:s naam:s niveau:s niveauNaam:s indelingsjaar:i inNaam:s?")                              \
    X(Bronnen, "bronnen:[Bron]")                                                                             \
    X(Bron, "id:s titel:s uitgever:s? licentie:s? homepage:s? bronvermelding:s? ladingen:[Lading]")          \
    X(Lading,                                                                                                \
      "id:i bestand:s sha256:s bytes:i release:s? geladenOp:t rijen:i geladen:i geweigerd:i gemarkeerd:i")   \
    X(NietGetoond, "id:s naam:s reden:s")                                                                    \
    X(Algoritmen, "algoritmen:[AlgoritmeKort]")                                                              \
    X(AlgoritmeKort,                                                                                         \
      "id:s naam:s soort:s soortNaam:s versie:s? status:s? herziening:s? openbaar:b reden:s? "               \
      "korteOmschrijving:s?")                                                                                \
    X(Algoritme, "id:s naam:s soort:s soortNaam:s versie:s? status:s? herziening:s? openbaar:b reden:s? "    \
                 "korteOmschrijving:s? doel:s? formule:s? gegevens:s? grenzen:s? menselijkeTussenkomst:s? "  \
                 "afwegingen:s? risicobeheer:s? "                                                            \
                 "wettelijkeBasis:s? toelichtingImpacttoetsen:s? invoer:[AlgoritmeInvoer] weging:s? "        \
                 "categorie:s? uitleg:s? leverancier:s? broncode:s? "                                        \
                 "sinds:s? tot:s? wetten:[AlgoritmeLink] toetsen:[AlgoritmeLink] bronnen:[AlgoritmeLink] "   \
                 "besluit:Besluit contact:s?")                                                               \
    X(Verklaring, "titel:s regels:[VerklaringRegel]")                                                        \
    X(VerklaringRegel, "soort:s tekst:s")                                                                    \
    X(AlgoritmeInvoer, "indicator:s naam:s onderdeel:s? deel:n?")                                            \
    X(AlgoritmeLink, "titel:s link:s?")                                                                      \
    X(Bevindingen, "bevindingen:[Bevinding]")                                                                \
    X(Bevinding, "soort:s regel:i kolom:s? reden:s oplossing:s?")                                            \
    X(Importen, "importen:[ImportKort]")                                                                     \
    X(ImportKort, "id:s naam:s bytes:i stand:s")                                                             \
    X(Import,                                                                                                \
      "id:s naam:s bytes:i stand:s sha256:s voortgang~:Voortgang fout~:s herkend:[Herkend] bron~:s jaar~:i " \
      "gemeente~:s kolommen:[Kolom] proef~:ProefUitkomst voorstellen:[Voorstel] lading~:i")                  \
    X(Voortgang, "wat:s gedaan:i totaal:i")                                                                  \
    X(Herkend, "bron:s titel:s zeker:b waarom:s")                                                            \
    X(Kolom, "naam:s voorbeelden:[s] soort:s voorstel:KolomVoorstel")                                        \
    X(KolomVoorstel, "rol:s indicator~:s")                                                                   \
    X(ProefUitkomst, "rijen:i goed:i geweigerd:i gemarkeerd:i gebieden:i indicatoren:[IndicatorNaam] "       \
                     "onbekendeKolommen:[s] voorbeeld:[ProefCel]")                                           \
    X(IndicatorNaam, "id:s naam:s")                                                                          \
    X(ProefCel, "gebied:s naam:s indicator:s periode:s waarde:n? status:s")                                  \
    X(Voorstel, "naam:s code:s codeNaam:s zekerheid:n")                                                      \
    X(ImportBevindingen, "aantal:i bevindingen:[Bevinding]")                                                 \
    X(ImportProef, "bron~:s indeling~:Indelen jaar~:i gemeente~:s koppelingen~:[Koppeling]")                 \
    X(Indelen, "niveau:s gebied:IndelenGebied periode~:IndelenPeriode scheiding~:s decimaal~:s "             \
               "ontbrekend~:[s] geheim~:[s] velden:[IndelenVeld]")                                           \
    X(IndelenGebied, "kolom:s soort:s")                                                                      \
    X(IndelenPeriode, "kolom~:s jaar~:i")                                                                    \
    X(IndelenVeld, "kolom:s indicator:s")                                                                    \
    X(Koppeling, "naam:s code:s")                                                                            \
    X(ImportKeuze, "keuze:s")                                                                                \
    X(ImportDefinitie, "id:s titel:s uitgever~:s licentie~:s")                                               \
    X(BronKort, "id:s titel:s")                                                                              \
    X(Catalogus, "@context:o @graph:[o]")                                                                    \
    X(OgcStart, "title:s description:s links:[OgcLink]")                                                     \
    X(OgcLink, "href:s rel:s type:s title:s")                                                                \
    X(OgcConformiteit, "conformsTo:[s]")                                                                     \
    X(OgcCollecties, "links:[OgcLink] collections:[OgcCollectie]")                                           \
    X(OgcCollectie, "id:s title:s description:s extent:o itemType:s crs:[s] storageCrs:s links:[OgcLink]")   \
    X(OgcGebieden, "type:s features:[OgcGebied] numberMatched:i numberReturned:i links:[OgcLink]")           \
    X(OgcGebied, "type:s id:s geometry:o? properties:o links~:[OgcLink]")                                    \
    X(Sessie,                                                                                                \
      "aangemeld:b eersteKeer~:b vraagtCode~:b account~:i naam~:s tweedeFactor~:b heeftTweedeFactor~:b "     \
      "controlewoord~:s gemeente~:s eindigtOp~:t rollen~:[Rol]")                                             \
    X(SsoBegin, "adres:s")                                                                                   \
    X(Rol, "rol:s rolNaam:s gemeente:s organisatie:s")                                                       \
    X(EersteBeheerder, "naam:s tonen~:s wachtwoord:s gemeente:s")                                            \
    X(Aanmelden, "naam:s wachtwoord:s code~:s")                                                              \
    X(Koppeling, "koppeling:s")                                                                              \
    X(KoppelingVan, "naam:s? tonen:s")                                                                       \
    X(NieuwWachtwoord, "koppeling:s wachtwoord:s")                                                           \
    X(TweedeStap, "koppeling:s geheim:s adres:s")                                                            \
    X(TweedeStapCode, "koppeling:s code:s")                                                                  \
    X(Code, "code:s")                                                                                        \
    X(Aanmeldingen, "aanmeldingen:[Aanmelding]")                                                             \
    X(Aanmelding, "nr:i deze:b tweedeFactor:b apparaat:s sinds:t gezienOp:t eindigtOp:t")                    \
    X(Sleutels, "sleutels:[Sleutel]")                                                                        \
    X(Sleutel, "nr:i naam:s doelen:[s] gemaaktOp:t gezienOp:t? eindigtOp:t sleutel~:s")                      \
    X(NieuweSleutel, "naam:s doelen:s dagen:i")                                                              \
    X(VolgAntwoord, "tekst:s")                                                                               \
    X(Volgen, "code:s mail:s")                                                                               \
    X(VolgSleutel, "sleutel:s")                                                                              \
    X(Feed, "version:s title:s feed_url:s language:s items:[FeedItem]")                                      \
    X(FeedItem, "id:s url:s title:s content_text:s date_modified:t")                                         \
    X(Keuze, "id:s naam:s")                                                                                  \
    X(GebiedVan, "code:s naam:s")                                                                            \
    X(Partners, "gemeente:s? magToevoegen:b magBesluiten:b soorten:[Keuze] themas:[Keuze] leeftijden:[s] "   \
                "delen:[Keuze] volgende:s? partners:[Partner]")                                              \
    X(Partner, "gemeente:s id:s naam:s soort:s soortNaam:s over:s website:s delen:s delenNaam:s versie:i "   \
               "openbareVersie:i werkversie:b magWijzigen:b gewijzigdOp:t gebieden:[GebiedVan] "             \
               "functies:[Functie] middelenDelen:s middelenDelenNaam:s middelen:[Middelen]? "                \
               "weggehaald:Weggehaald? functiesWeggehaald:Weggehaald? magWeghalen:b aanbod~:[Aanbod]")       \
    X(Functie, "functie:s telefoon:s? mail:s?")                                                              \
    X(Middelen, "jaar:i uren:i? budget:i?")                                                                  \
    X(NieuwePartner, "gemeente~:s id~:s naam:s soort:s over~:s website~:s delen:s middelenDelen~:s "         \
                     "gebieden:[s] functies~:[Functie] middelen~:[Middelen] versie~:i intrekken~:b")         \
    X(Aanbiedingen, "gemeente:s? volgende:s? aanbod:[Aanbod]")                                               \
    X(Aanbod, "nr:i gemeente:s partner:s partnerNaam:s titel:s wat:s thema:s themaNaam:s leeftijdVan:i "     \
              "leeftijdTot:i delen:s delenNaam:s versie:i openbareVersie:i werkversie:b magWijzigen:b "      \
              "gewijzigdOp:t gebieden:[GebiedVan] weggehaald:Weggehaald? magWeghalen:b")                     \
    X(NieuwAanbod, "gemeente~:s partner~:s titel:s wat~:s thema:s leeftijdVan:i leeftijdTot:i delen:s "      \
                   "gebieden:[s] versie~:i intrekken~:b")                                                    \
    X(GebiedAanbod, "code:s naam:s niveau:s bekend:b zin:s leemten:[Leemte] organisaties:i totaal:i "        \
                    "perBuurt:[BuurtAanbod] volgende:s? aanbod:[Aanbod]")                                    \
    X(BuurtAanbod, "code:s aanbod:i")                                                                        \
    X(Leemte, "thema:s themaNaam:s leeftijd:s oordeel:s zonder:i buurten:i zin:s?")                          \
    X(Voorstellen, "gemeente:s voorstellen:[Voorstel]")                                                      \
    X(Voorstel,                                                                                              \
      "nr:i soort:s object:s wat:s pad:s? waarom:s gedaanOp:t vanUzelf:b magBesluiten:b waaromNiet:s? "      \
      "besluit:s besloten:t? antwoord:s? waaromWeggehaald:Weggehaald? "                                      \
      "antwoordWeggehaald:Weggehaald? magWeghalen:b")                                                        \
    X(Weggehaald, "reden:s redenNaam:s op:t rolNaam:s")                                                      \
    X(Moderatie, "gemeente:s keuzes:[ModeratieReden] kwartalen:[ModeratieKwartaal]")                         \
    X(ModeratieReden, "id:s naam:s meteenGewist:b")                                                          \
    X(ModeratieKwartaal, "kwartaal:s redenen:[ModeratieAantal] teruggezet:i")                                \
    X(ModeratieAantal, "reden:s redenNaam:s overSignalen:n? overSignalenTekst:s andereTeksten:i")            \
    X(Moderaties, "gemeente:s volgende:s? moderaties:[Weghaling]")                                           \
    X(Weghaling, "id:s gemeente:s soort:s soortNaam:s object:s reden:s redenNaam:s toelichting:s? "          \
                 "rolNaam:s op:t stand:s standNaam:s bezwaarTot:t vanMij:b magBezwaar:b "                    \
                 "waaromGeenBezwaar:s? magTerugzetten:b")                                                    \
    X(NieuweWeghaling, "gemeente~:s soort:s object:s reden:s toelichting~:s")                                \
    X(Vragen, "aantal:i vragen:[Vraag]")                                                                     \
    X(Vraag, "soort:s soortNaam:s object:s wat:s pad:s klaarNaLezen:b op:t")                                 \
    X(VraagGelezen, "soort:s object:s")                                                                      \
    X(VoorstelNummer, "nr:i")                                                                                \
    X(NieuwVoorstel, "gemeente~:s soort:s object:s versie:i waarom:s")                                       \
    X(VoorstelBesluit, "besluit:s waarom~:s")                                                                \
    X(Normen, "gemeente:s? magVoorstellen:b normen:[Norm] volgende:s?")                                      \
    X(Norm, "gemeente:s gebied:s gebiedNaam:s niveau:s niveauNaam:s indicator:s indicatorNaam:s eenheid:s "  \
            "versie:i geldt:NormVersie? straks:NormVersie?")                                                 \
    X(NormVersie, "versie:i ingetrokken:b soort:s waarde:n? decimalen:i doeljaar:i? geldtVanaf:s woorden:s " \
                  "waarom:s waaromWeggehaald:Weggehaald? "                                                   \
                  "voorstel:i voorgesteldOp:t beslotenOp:t")                                                 \
    X(NormMetVersies,                                                                                        \
      "gemeente:s gebied:s gebiedNaam:s niveau:s niveauNaam:s indicator:s indicatorNaam:s eenheid:s "        \
      "versie:i geldt:NormVersie? straks:NormVersie? versies:[NormVersie] magVoorstellen:b magWeghalen:b "   \
      "openVoorstel:i?")                                                                                     \
    X(GebiedNormen, "code:s naam:s niveau:s magVoorstellen:b normen:[NormHier]")                             \
    X(NormHier,                                                                                              \
      "gemeente:s gebied:s gebiedNaam:s niveau:s niveauNaam:s indicator:s indicatorNaam:s eenheid:s "        \
      "eigen:b decimalen:i norm:NormVersie nu:NormCijfer? landelijk:n? landelijkZin:s verschil:n? stand:s "  \
      "zin:s")                                                                                               \
    X(NormCijfer, "waarde:n? status:s periode:s spoor:s")                                                    \
    X(NieuweNorm,                                                                                            \
      "gebied:s indicator:s eenheid~:s soort~:s waarde~:n doeljaar~:i geldtVanaf~:s intrekken~:b versie:i "  \
      "waarom:s")                                                                                            \
    X(Accounts, "gemeente:s accounts:[Account] volgende:i?")                                                 \
    X(Account,                                                                                               \
      "id:i naam:s? tonen:s stand:s elders:b heeftTweedeFactor:b gemeente:s gemaaktOp:t gezienOp:t? "        \
      "rollen:[Rol]")                                                                                        \
    X(NieuwAccount, "naam:s tonen~:s rol:s gemeente~:s organisatie~:s waarom~:s")                            \
    X(Uitnodiging, "account:i koppeling:s eindigtOp:t voorstel:i?")                                          \
    X(NieuweKoppeling, "tweedeStap~:b")                                                                      \
    X(Reden, "waarom:s")                                                                                     \
    X(NieuwRolvoorstel, "account:i rol:s gemeente~:s organisatie~:s weg~:b waarom:s")                        \
    X(Logboek, "gemeente:s regels:[Logregel] volgende:i?")                                                   \
    X(Logregel,                                                                                              \
      "nr:i op:t account:i? langs:s? gedaan:s gedaanNaam:s gemeente:s? soort:s? object:s? waarom:s? "        \
      "zegel:s? was:s? werd:s? vingerafdruk:s")                                                              \
    X(MijnGegevens,                                                                                          \
      "account:Account aanmeldingen:[Aanmelding] bekendeBrowsers:i sleutels:[Sleutel] signalen:[Signaal] "   \
      "moderaties:[Weghaling] logboek:[Logregel]")                                                           \
    X(Gezond, "status:s titel:s gegevensversie:s bewaren:s")                                                 \
    X(Probleem, "type:s title:s status:i detail:s instance~:s fouten~:[Fout]")                               \
    X(Fout, "naam:s reden:s")

#endif
