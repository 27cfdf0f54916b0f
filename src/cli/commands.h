/* SPDX-License-Identifier: EUPL-1.2 */
/* X(name, fewest and most arguments, usage, options, summary, example) */
X(new, 1, 1, "STORE", "title=", WIJK_T("maakt een leeg bestand"), "wijk new mijn.gpkg --title Groningen")
X(demo, 1, 1, "STORE", "", WIJK_T("maakt de fictieve gemeente Lindewaard"), "wijk demo demo.gpkg")
X(sources, 0, 1, "[STORE]", "format=", WIJK_T("noemt de bronnen die geladen kunnen worden"), "wijk sources")
X(import, 3, CLI_ARGS_MAX, "STORE SOURCE FILE...", "year= gemeente= release= match= proposals= dry-run",
  WIJK_T("laadt bestanden van een bron"), "wijk import mijn.gpkg leefbaarometer-3 scores.csv")
X(fetch, 2, 2, "STORE SOURCE",
  "gemeente= year= way= release= cache= allow= ca= proxy= tries= wait= timeout= dry-run",
  WIJK_T("haalt open gegevens op bij de uitgever en laadt ze"),
  "wijk fetch mijn.gpkg pdok-buurten --gemeente GM0344 --year 2024")
X(areas, 1, 1, "STORE", "level= year= format=", WIJK_T("noemt de gebieden"),
  "wijk areas demo.gpkg --level wijk --format csv")
X(show, 2, 2, "STORE CODE", "year= unpublished format=", WIJK_T("toont wat er van een gebied bekend is"),
  "wijk show demo.gpkg BU99010101")
X(area, 2, 2, "STORE FILE.geojson",
  "indicator= level= unpublished format=", WIJK_T("geeft antwoord over een gebied dat u zelf tekent"),
  "wijk area demo.gpkg gebied.geojson")
X(trace, 2, 4, "STORE CODE INDICATOR PERIOD | STORE ID",
  "year= unpublished format=", WIJK_T("toont waar een getal vandaan komt"),
  "wijk trace demo.gpkg BU99010101 residents 2025")
X(measure, 1, 1, "STORE", "recipe= sensitivity weights= level= unpublished format=",
  WIJK_T("toont de leefbaarheid per gebied en jaar"), "wijk measure demo.gpkg --level wijk --format csv")
X(trend, 2, 2, "STORE INDICATOR", "level= from= release= unpublished format=",
  WIJK_T("toont waar elk gebied heen gaat, met de band van het toeval"),
  "wijk trend demo.gpkg lbm3.deviation --format csv")
X(trajectory, 1, 1, "STORE",
  "level= base= recent= year= recipe= method= release= transitions= from= within= unpublished format=",
  WIJK_T("toont het type verloop van elk gebied"), "wijk trajectory demo.gpkg --format csv")
X(gap, 1, 1, "STORE", "level= year= method= release= within= seed= draws= unpublished format=",
  WIJK_T("toont de kloof tussen gebieden, en hoeveel inwoners in klasse 1 tot en met 3 wonen"),
  "wijk gap demo.gpkg --within GM9901 --format csv")
X(cluster, 3, 3, "STORE INDICATOR PERIOD",
  "level= year= within= neighbours= reach= beside= draws= unpublished format=",
  WIJK_T("toont waar gelijke cijfers bij elkaar liggen"),
  "wijk cluster demo.gpkg low_income_households_pct 2025")
X(concentration, 1, 1, "STORE", "indicator= base= period= level= year= within= areas unpublished format=",
  WIJK_T("toont wie in welk soort buurt woont"), "wijk concentration demo.gpkg --format csv")
X(crosswalk, 4, 4, "STORE LEVEL FROM TO",
  "derive import= from-column= to-column= share-column= rest gemeente= tolerance= same= format=",
  WIJK_T("brengt cijfers van een oude indeling naar een nieuwe"),
  "wijk crosswalk mijn.gpkg buurt 2017 2024 --derive --format csv")
X(partner, 1, 3, "[list|offers|gaps|add|remove] STORE [CODE|NAME|ID]",
  "gemeente= partner= area= theme= age= public id= kind= about= site= why= format=",
  WIJK_T("toont organisaties, wat zij waar aanbieden en wat er ontbreekt"),
  "wijk partner gaps demo.gpkg BU99010101")
X(norm, 2, 3, "list|show|propose|decide STORE [CODE | NR]",
  "gemeente= area= indicator= all as= at-least= at-most= unit= target= from= withdraw why= agree reject "
  "format=",
  WIJK_T("toont de lokale normen, en stelt ze voor of besluit erover in iemands naam"),
  "wijk norm show demo.gpkg BU99010602")
X(peers, 1, 2, "STORE [CODE]", "recipe= indicator= method= within= k= level= year= unpublished format=",
  WIJK_T("noemt vergelijkbare gebieden, of wat van elk gebied te verwachten was"),
  "wijk peers demo.gpkg BU99010101")
X(perception, 1, 1, "STORE",
  "level= year= unpublished format=", WIJK_T("legt wat inwoners zeggen naast de feiten"),
  "wijk perception demo.gpkg --format csv")
X(nowcast, 1, 1, "STORE", "estimate= method= recipe= level= year= unpublished format=",
  WIJK_T("schat de score van een jaar dat nog niet bekend is, met de toets erbij"),
  "wijk nowcast demo.gpkg --estimate 2025 --format csv")
X(algorithms, 1, 2, "STORE [ID]", "format= organisation= contact= url=",
  WIJK_T("noemt de algoritmen, wat ervan getoond wordt en waarom niet; --format json is voor het "
         "Algoritmeregister"),
  "wijk algorithms demo.gpkg")
X(governance, 2, 2, "STORE dpia|toegankelijkheid|privacy", "organisation= contact= url=",
  WIJK_T("schrijft het begin van een DPIA, toegankelijkheidsverklaring of privacyverklaring"),
  "wijk governance demo.gpkg dpia")
X(export, 2, 2, "STORE OUT", "unpublished format= level= within= replace",
  WIJK_T("schrijft alle gegevens naar een bestand"), "wijk export demo.gpkg alles.xlsx")
X(serve, 1, 1, "STORE", "listen= workers= import spool= url= contact= no-drawn proxy sso=",
  WIJK_T("toont een bestand in de browser"), "wijk serve demo.gpkg --listen 127.0.0.1:8080")
X(user, 2, 3, "add|list|reset|stop|restore|role|remove|log STORE [NAME]",
  "role= partner= gemeente= shown= why= second-step take kind= before= rows= format=",
  WIJK_T("nodigt mensen uit, geeft rollen en toont het logboek"), "wijk user list demo.gpkg")
X(moderate, 2, 4, "counts|list|take|back STORE [KIND OBJECT]",
  "gemeente= reason= why= format=", WIJK_T("toont wat er van teksten is weggehaald en waarom, en haalt weg"),
  "wijk moderate counts demo.gpkg --gemeente GM9901")
X(check, 1, 1, "STORE", "", WIJK_T("controleert of een bestand heel is"), "wijk check demo.gpkg")
X(backup, 2, 2, "STORE OUT", "", WIJK_T("maakt een reservekopie"), "wijk backup demo.gpkg kopie.gpkg")
X(digest, 1, 1, "STORE", "send settings= days=",
  WIJK_T("schrijft wie een gebied volgt wat er nieuw is; zonder --send telt het alleen"),
  "wijk digest demo.gpkg")
X(help, 0, 1, "[COMMAND]", "", WIJK_T("geeft uitleg en een voorbeeld"), "wijk help import")
