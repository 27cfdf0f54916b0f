/* SPDX-License-Identifier: EUPL-1.2 */
/* The origins anything is fetched from. One line each; included with X defined. A definition cannot add one;
 * who runs the program can, by --allow. */
X("https://opendata.cbs.nl")       /* CBS StatLine, OData v3          */
X("https://datasets.cbs.nl")       /* CBS StatLine, OData v4          */
X("https://dataderden.cbs.nl")     /* Politie, OData v3               */
X("https://geodata.cbs.nl")        /* CBS wijk- en buurtkaart         */
X("https://api.pdok.nl")           /* PDOK, OGC API Features          */
X("https://service.pdok.nl")       /* PDOK, WFS and downloads         */
X("https://www.leefbaarometer.nl") /* Leefbaarometer, open data files */
X("https://geo.leefbaarometer.nl") /* Leefbaarometer, WFS             */
