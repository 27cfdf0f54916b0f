#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Every route by every role: test_doors.py WIJK DOCS/ROLES.MD

What is expected is read from the two tables of docs/roles.md: which right a route takes, and which role has that right how far.
Nobody, each role with and without its second step, a key of each scope, another organisation and another gemeente ask each."""
import os
import re
import sys
import tempfile
import time

import people
from browser import GEMEENTE, Browser, Server, check, demo, need, sessions, sql

ROLES = ["professional", "partnerbeheerder", "gebiedsregisseur", "raadslid", "analist", "normsteller", "beheerder", "rekenkamer"]
SCOPES = ["lezen", "schrijven", "laden", "logboek", "beheer"]
OF_PARTNER = ("professional", "partnerbeheerder")
SIGHTS = {"{code}": "BU99010101", "{weging}": "lindewaard", "{id}": "lbm3.deviation", "{indicator}": "lbm3.deviation", "{periode}": "2020",
          "{spoor}": "0" * 32, "{bron}": "geen", "{import}": "geen", "{soort}": "indicatoren.csv", "{sleutel}": "geen",
          "{algoritme}": "geen", "{vorm}": "json", "{verklaring}": "privacy", "{collectionId}": "geen", "{featureId}": "geen", "{versie}": "geen",
          "{laag}": "geen", "{z}": "7", "{x}": "66", "{y}": "42", "{nr}": "999999", "{partner}": "linde-wonen", "{voorstel}": "999999",
          "{normgebied}": "GM9901", "{normcijfer}": "gas_m3", "{signaal}": "S" * 16}
PARTNER = {"gemeente": GEMEENTE, "naam": "Linde Wonen", "soort": "corporatie", "delen": "partners", "gebieden": ["WK990101"], "versie": 99}
OFFER = {"gemeente": GEMEENTE, "partner": "linde-wonen", "titel": "Klussenbus", "wat": "Kleine reparaties.", "thema": "wonen",
         "leeftijdVan": 67, "leeftijdTot": 120, "delen": "partners", "gebieden": ["BU99010303"]}
# What a write brings, about something of linde-wonen; an old version, so that nothing changes. For others: an empty object.
BODIES = {"POST /api/v1/sleutels": {"naam": "proef", "doelen": "lezen", "dagen": "1"},
          "POST /api/v1/partners": PARTNER | {"naam": "Wijkbakkerij"}, "PUT /api/v1/partners/{partner}": PARTNER,
          "POST /api/v1/aanbod": OFFER, "PUT /api/v1/aanbod/{aanbod}": OFFER | {"versie": 99},
          "POST /api/v1/normen": {"gebied": "BU99010303", "indicator": "feels_unsafe_pct", "soort": "hoogstens", "waarde": 15, "versie": 99, "waarom": "proef"},
          "POST /api/v1/voorstellen": {"gemeente": GEMEENTE, "soort": "partner", "object": "linde-wonen", "versie": 99, "waarom": "proef"},
          "POST /api/v1/signalen": {"buurt": "BU99010303", "thema": "geen", "zin": "Het is er stil.", "zeker": "gehoord"},
          "PATCH /api/v1/signalen/{signaal}": {"versie": 99, "intrekken": True},
          "POST /api/v1/signalen/{signaal}/terugkoppelingen": {"soort": "niet-opgepakt", "tekst": "Er is geen plek."},
          "POST /api/v1/moderaties": {"gemeente": GEMEENTE, "soort": "signaal", "object": "geen", "reden": "dubbel"},
          "POST /api/v1/moderaties/{moderatie}/bezwaar": {"waarom": "proef"}, "POST /api/v1/vragen/gelezen": {"soort": "moderatie", "object": "geen"},
          "POST /api/v1/voorstellen/{voorstel}/besluit": {"besluit": "akkoord"}}
BODIES |= {"POST /api/v1/accounts": {"gemeente": GEMEENTE, "naam": "nieuweling", "rol": "professional", "organisatie": "linde-wonen",
                                     "waarom": "proef"},
           "POST /api/v1/accounts/{account}/koppeling": {}, "POST /api/v1/accounts/{account}/stoppen": {"waarom": "proef"},
           "POST /api/v1/accounts/{account}/herstellen": {"waarom": "proef"},
           "POST /api/v1/rolvoorstellen": {"gemeente": GEMEENTE, "rol": "professional", "organisatie": "linde-wonen", "waarom": "proef"}}
QUERIES = {"GET /api/v1/accounts": "?gemeente=" + GEMEENTE, "GET /api/v1/logboek": "?gemeente=" + GEMEENTE,
           "GET /api/v1/logboek/{vorm}": "?gemeente=" + GEMEENTE, "GET /api/v1/moderatie/{vorm}": "?gemeente=" + GEMEENTE,
           "GET /api/v1/moderaties": "?gemeente=" + GEMEENTE, "DELETE /api/v1/accounts/{account}": "",
           "GET /api/v1/signalen": "?gemeente=" + GEMEENTE, "DELETE /api/v1/partners/{partner}": "?versie=99&gemeente=" + GEMEENTE, "DELETE /api/v1/aanbod/{aanbod}": "?versie=99"}


def tables(path):
    """Rights: id -> role -> reach. Routes: method, path, who, right."""
    rights, routes = {}, []
    for line in open(path, encoding="utf-8"):
        cells = [c.strip() for c in line.strip().strip("|").split("|")]
        if len(cells) == 11 and cells[0].startswith("`"):
            rights[cells[0].strip("`")] = {"scope": cells[2]} | dict(zip(ROLES, cells[3:]))
        if len(cells) == 4 and cells[1].startswith("`"):
            routes.append((cells[0], cells[1].strip("`"), cells[2], cells[3].strip("`")))
    need("the tables are read", len(rights) > 15 and len(routes) > 60, (len(rights), len(routes)))
    return rights, routes


class Doors:
    def __init__(self, server, store, offer):
        self.server, self.sights = server, SIGHTS | {"{aanbod}": str(offer)}
        everyone = {r: (GEMEENTE, r, "linde-wonen" if r in OF_PARTNER else "") for r in ROLES}
        self.keys = people.add(store, everyone | {"ander": (GEMEENTE, "partnerbeheerder", "welzijn-lindewaard"),
                                                  "buiten": ("GM9902", "beheerder", ""), "alles": (GEMEENTE, "beheerder", ""), "doelwit": (GEMEENTE, "raadslid", "")})
        target, = sql(store, "SELECT id FROM account WHERE name = 'doelwit'")[0]
        self.sights["{account}"] = str(target)
        BODIES["POST /api/v1/rolvoorstellen"]["account"] = target
        now = int(time.time())
        for name, gemeente in (("buiten", "GM9902"), ("alles", GEMEENTE)):
            for role in ROLES:
                sql(store, "INSERT OR IGNORE INTO account_grant SELECT id, ?, ?, ?, ? FROM account WHERE name = ?", gemeente, role,
                    "linde-wonen" if role in OF_PARTNER else "", now, name)
        self.signed = sessions(store, [*everyone, "ander", "buiten"])
        self.without = sessions(store, ROLES, second=False)
        for k, scope in enumerate(SCOPES):
            sql(store, "INSERT INTO token SELECT ?, max(nr) + 1, (SELECT id FROM account WHERE name = 'alles'), 'x', ?, 1, ?, 0, ? FROM token",
                people.hashlib.sha256((scope + "+" * 43)[:43].encode()).digest(), 1 << k, now, now + 86400)
        sql(store, "INSERT INTO signal SELECT 900, ?, ?, 'BU99010303', NULL, NULL, NULL, 'geen', 'Het is er stil.', 'gehoord', id, 'linde-wonen', ?, "
                   "20261, 'partners', 'open', 1 FROM account WHERE name = 'professional'", SIGHTS["{signaal}"], GEMEENTE, now)
        self.asked = 0

    def ask(self, method, path, signed=None, key=None):
        """In the browser when signed in, else as a program; without a body where none belongs."""
        body = None if method in ("GET", "DELETE") else BODIES.get(method + " " + path, {})
        got = self.send(method, path, signed, key, body)
        return self.send(method, path, signed, key, None) if got == 413 else got

    def send(self, method, path, signed, key, body):
        self.asked += 1
        where = re.sub(r"\{[^}]*\}", lambda m: self.sights.get(m.group(), "geen"), path) + QUERIES.get(method + " " + path, "")
        once = "deur-%06d" % self.asked
        if signed:
            where = where if where.startswith("/sessie") else "/sessie" + where
            return Browser(self.server, signed).ask(method, where, body, Idempotency_Key=once)[0]
        head = {"Idempotency-Key": once} | ({"Authorization": "Bearer " + key} if key else {})
        return self.server.ask(method, where, body, head)[0]


def refused(doors, what, status, method, path, **by):
    got = doors.ask(method, path, **by)
    known = method == "GET" or method + " " + path in BODIES or method + " " + path in QUERIES
    also = (400, 403, 404, 409) if not known else (404,) if "{" in path else ()  # what may not be seen is not there
    need("%s %s by %s is refused with %s" % (method, path, what, status), got in (*status, *also), got)


def let_in(doors, what, method, path, **by):
    got = doors.ask(method, path, **by)
    need("%s %s by %s is let in" % (method, path, what), got not in (401, 403, 500), got)


def by_right(doors, rights, method, path, right):
    """Of who is known: the reach of its role says it, a key needs the scope, and all need a second step."""
    of = rights[right]
    refused(doors, "nobody", (401,), method, path)
    refused(doors, "a key that is none", (401,), method, path, key="z" * 43)
    refused(doors, "another gemeente", (404,), method, path, signed=doors.signed["buiten"])
    refused(doors, "another gemeente by key", (404,), method, path, key=doors.keys["buiten"])
    if of["partnerbeheerder"] == "organisatie" and method != "GET":  # of a list it gets its own part
        refused(doors, "another organisation", (403, 404), method, path, signed=doors.signed["ander"])
    for scope in SCOPES:
        if scope != of["scope"]:
            refused(doors, "a key to " + scope, (403,), method, path, key=(scope + "+" * 43)[:43])
    for role in ROLES:
        if of[role] == "-":
            refused(doors, role, (403,), method, path, signed=doors.signed[role])
            refused(doors, role + " by key", (403,), method, path, key=doors.keys[role])
        elif right != "inside-read":  # reading alone takes no second step
            refused(doors, role + " without its second step", (403,), method, path, signed=doors.without[role])
    for role in ROLES:
        if of[role] in ("gemeente", "organisatie"):
            let_in(doors, role, method, path, signed=doors.signed[role])
    let_in(doors, "a key to " + of["scope"], method, path, key=(of["scope"] + "+" * 43)[:43])


def loading(doors, rights, method, path):
    """Files: with the key of the server, or who may load, and that is told before a byte is read."""
    refused(doors, "nobody", (401,), method, path)
    for role in ROLES:
        if rights["data-load"][role] == "-":
            need("%s may not load" % role, doors.ask(method, path, key=doors.keys[role]) == 401, path)
        else:
            need("%s may load" % role, doors.ask(method, path, key=doors.keys[role]) not in (401, 403), path)
    for scope in SCOPES:
        let = doors.ask(method, path, key=(scope + "+" * 43)[:43]) != 401
        need("a key to %s loads or not" % scope, let == (scope == "laden"), (method, path))


def main():
    rights, routes = tables(sys.argv[2])
    with tempfile.TemporaryDirectory(prefix="wijk-doors-") as folder:
        store = demo(folder)
        offer = sql(store, "SELECT id FROM offer WHERE partner = 'linde-wonen' AND edition = 0")[0][0]
        with Server(store, "--import") as server:
            doors = Doors(server, store, offer)
            for method, path, who, right in routes:
                if who.startswith("iedereen"):
                    for by in ({}, {"key": doors.keys["buiten"]}, {"signed": doors.signed["raadslid"]}):
                        if path in ("/sessie/eerste", "/sessie/aanmelden") or (by and not path.startswith("/api/")) or ("maat" in who and "key" in by):
                            continue
                        got = doors.ask(method, path, **by)
                        need("%s %s is for all" % (method, path), got not in (401, 500) and (got != 403 or method != "GET"), (got, by))
                elif who.startswith("analist"):
                    loading(doors, rights, method, path)
                elif right != "-":
                    by_right(doors, rights, method, path, right)
                else:
                    need("%s %s is not for nobody" % (method, path), doors.ask(method, path) in (401, 403))
                    if who == "aangemeld in de browser":
                        need("%s is not for keys" % path, doors.ask(method, path, key=doors.keys["beheerder"]) in (401, 403))
                    elif method == "GET":
                        let_in(doors, "a raadslid", method, path, signed=doors.signed["raadslid"])
            print("%d questions over %d routes" % (doors.asked, len(routes)))
        check(store)
    print("ok")


main()
