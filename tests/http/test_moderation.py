#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Texts taken away, asked of the real server by people with different roles: test_moderation.py WIJK

That a text is gone from every answer, from answers kept under a key, from the log and from the bytes of the file; that its maker is told and
may object; counts for anyone; the list for an auditor; and statements in two languages."""
import os
import sqlite3
import subprocess
import sys
import tempfile

import people
from browser import ENV, GEMEENTE, WIJK, Server, check, demo, need, sql

PEOPLE = {"prof": (GEMEENTE, "professional", "linde-wonen"), "regie": (GEMEENTE, "gebiedsregisseur", ""), "regie2": (GEMEENTE, "gebiedsregisseur", ""),
          "raad": (GEMEENTE, "raadslid", ""), "huis": (GEMEENTE, "partnerbeheerder", "linde-wonen"), "reken": (GEMEENTE, "rekenkamer", "")}
CANARY = "kanariepiet"


class Asker:
    def __init__(self, server, keys):
        self.server, self.keys, self.n = server, keys, 0

    def ask(self, status, who, method, path, body=None, once=None, head=None):
        self.n += 1
        more = {"Idempotency-Key": once or "moderatie-%06d" % self.n} | ({"Authorization": "Bearer " + self.keys[who]} if who else {}) | (head or {})
        got, said, answer = self.server.ask(method, "/api/v1" + path, body, more)
        need("%s %s by %s gives %d" % (method, path, who or "anyone", status), got == status, (got, said))
        return said


def in_bytes(store):
    return any(CANARY.encode() in open(p, "rb").read() for p in (store, store + "-wal") if os.path.exists(p))


def signals(a, store):
    new = {"buurt": "BU99010303", "thema": a.ask(200, None, "GET", "/themas")["themas"][0]["id"], "zeker": "gehoord", "zin": "Er zit een kanariepiet op het dak."}
    made = a.ask(201, "prof", "POST", "/signalen", new, once="telefoon-1")
    need("the same key gives the same answer", a.ask(201, "prof", "POST", "/signalen", new, once="telefoon-1")["id"] == made["id"])
    need("who may take away is told so", a.ask(200, "regie", "GET", "/signalen/" + made["id"])["magWeghalen"] and not made["magWeghalen"])
    need("it stands in the file", in_bytes(store))
    away = {"soort": "signaal", "object": made["id"], "reden": "persoonsgegevens"}
    a.ask(403, "prof", "POST", "/moderaties", away)
    a.ask(400, "regie", "POST", "/moderaties", away | {"reden": "geen zin in"})
    a.ask(400, "regie", "POST", "/moderaties", away | {"reden": "anders"})
    gone = a.ask(201, "regie", "POST", "/moderaties", away, once="weghalen-1")
    need("the same key again is done once", a.ask(201, "regie", "POST", "/moderaties", away, once="weghalen-1")["id"] == gone["id"])
    now = a.ask(200, "prof", "GET", "/signalen/" + made["id"])
    need("no text, and why", now["zin"] == "" and now["weggehaald"]["reden"] == "persoonsgegevens" and "rolNaam" in now["weggehaald"], now)
    need("in no list", CANARY not in str(a.ask(200, "regie", "GET", "/signalen")))
    a.ask(410, "prof", "POST", "/signalen", new, once="telefoon-1")
    need("not in the file", not in_bytes(store))
    need("not in the log", not sql(store, "SELECT 1 FROM audit WHERE coalesce(why, '') || coalesce(before, '') || coalesce(after, '') LIKE '%kanarie%'"))
    a.ask(400, "regie", "POST", "/moderaties/%s/terugzetten" % gone["id"])
    # withdrawn by its maker: the answer that was kept goes too
    made = a.ask(201, "prof", "POST", "/signalen", new, once="telefoon-2")
    a.ask(200, "prof", "PATCH", "/signalen/" + made["id"], {"versie": 1, "intrekken": True})
    a.ask(410, "prof", "POST", "/signalen", new, once="telefoon-2")
    need("and no word of it is left", not sql(store, "SELECT 1 FROM once WHERE body LIKE '%kanarie%'"))


def objection(a):
    one, = [p for p in a.ask(200, "huis", "GET", "/partners")["partners"] if p["id"] == "linde-wonen"]
    need("the description is there", len(one["over"]) > 10, one)
    gone = a.ask(201, "regie", "POST", "/moderaties", {"soort": "partner", "object": "linde-wonen", "reden": "anders", "toelichting": "Dit is reclame."})
    need("residents see that it is gone", (lambda p: p["over"] == "" and p["weggehaald"]["reden"] == "anders")(a.ask(200, None, "GET", "/partners/linde-wonen")))
    asked = a.ask(200, "huis", "GET", "/vragen")
    need("the organisation is told", [v["soort"] for v in asked["vragen"]] == ["moderatie"] and asked["aantal"] == 1, asked)
    mine, = a.ask(200, "huis", "GET", "/moderaties")["moderaties"]
    need("with the reason and how to object", mine["magBezwaar"] and mine["toelichting"] == "Dit is reclame.", mine)
    a.ask(403, "huis", "GET", "/moderaties?mijn=nee")
    a.ask(404, "prof", "POST", "/moderaties/%s/bezwaar" % gone["id"], {"waarom": "Het is niet van mij."})
    nr = a.ask(201, "huis", "POST", "/moderaties/%s/bezwaar" % gone["id"], {"waarom": "Zo heten wij nu eenmaal."})["nr"]
    a.ask(400, "huis", "POST", "/moderaties/%s/bezwaar" % gone["id"], {"waarom": "Nog eens."})
    need("who took it away does not decide", not [v for v in a.ask(200, "regie", "GET", "/vragen")["vragen"] if v["soort"] == "bezwaar"])
    waits = [v for v in a.ask(200, "regie2", "GET", "/vragen")["vragen"] if v["soort"] == "bezwaar"]
    need("another one does, and reads what it was", len(waits) == 1 and one["over"] in waits[0]["wat"], waits)
    a.ask(403, "regie", "POST", "/voorstellen/%d/besluit" % nr, {"besluit": "akkoord"})
    a.ask(204, "regie2", "POST", "/voorstellen/%d/besluit" % nr, {"besluit": "akkoord", "waarom": "Het is de eigen naam."})
    need("it is back", a.ask(200, None, "GET", "/partners/linde-wonen")["over"] == one["over"])
    told = a.ask(200, "huis", "GET", "/vragen")["vragen"]
    need("and that is told", [v["object"] for v in told] == [gone["id"]], told)
    a.ask(204, "huis", "POST", "/vragen/gelezen", {"soort": "moderatie", "object": gone["id"]})
    need("once read it is gone", a.ask(200, "huis", "GET", "/vragen")["aantal"] == 0)


def norms(a, store):
    """The reason of a norm goes with that of its proposal; what was decided cannot be changed."""
    norm = a.ask(200, None, "GET", "/normen/GM9901/gas_m3")["geldt"]
    need("it has a reason", len(norm["waarom"]) > 5, norm)
    gone = a.ask(201, "regie", "POST", "/moderaties", {"soort": "voorstel", "object": str(norm["voorstel"]), "reden": "hoort-hier-niet"})
    now = a.ask(200, None, "GET", "/normen/GM9901/gas_m3")["geldt"]
    need("and has none now", now["waarom"] == "" and now["waarde"] == norm["waarde"], now)
    a.ask(200, "regie", "POST", "/moderaties/%s/terugzetten" % gone["id"])
    need("until it is back", a.ask(200, None, "GET", "/normen/GM9901/gas_m3")["geldt"] == norm)
    for column in ("value", "version", "since", "decided_by"):
        try:
            sql(store, "UPDATE norm SET %s = %s" % (column, column))
            need("a norm stays: " + column, False)
        except sqlite3.IntegrityError:
            pass


def told(a, store):
    said = a.ask(200, None, "GET", "/moderatie")
    last = {r["reden"]: r for r in said["kwartalen"][-1]["redenen"]}
    need("few about signals are no count", last["persoonsgegevens"]["overSignalen"] is None and last["persoonsgegevens"]["overSignalenTekst"] == "minder dan 5", last)
    need("none and few look alike", last["dubbel"]["overSignalenTekst"] == "minder dan 5")
    need("other texts are counted", last["anders"]["andereTeksten"] == 1 and said["kwartalen"][-1]["teruggezet"] == 1, said)
    a.ask(403, "regie", "GET", "/moderatie/csv")
    csv = a.ask(200, "reken", "GET", "/moderatie/csv").decode()
    need("a list without texts", csv.startswith("op,gemeente,soort,object,reden,rol,account,stand") and len(csv.splitlines()) == 3 and CANARY not in csv, csv)
    need("as json", [m["stand"] for m in a.ask(200, "reken", "GET", "/moderatie/json")] == ["terug", "weg"])
    need("taken along is a row", sql(store, "SELECT count(*) FROM audit WHERE kind = 'moderatie' AND done = 'uitgevoerd'") == [(2,)])
    rows = a.ask(200, "reken", "GET", "/logboek?gemeente=" + GEMEENTE)["regels"]
    need("the log tells the reason that was typed", "Het is de eigen naam." in [r["waarom"] for r in rows] and any(r["zegel"] for r in rows), rows[:3])


def statements(a, store):
    for which in ("privacy", "toegankelijkheid"):
        nl = a.ask(200, None, "GET", "/verklaringen/" + which, head={"Accept-Language": "nl"})
        en = a.ask(200, None, "GET", "/verklaringen/" + which, head={"Accept-Language": "en"})
        need("both have the same sections", [r["soort"] for r in nl["regels"]] == [r["soort"] for r in en["regels"]], which)
        need("in two languages", nl["titel"] != en["titel"] and not {r["tekst"] for r in nl["regels"] if r["soort"] == "kop"} & {r["tekst"] for r in en["regels"]})
    for lang, word in (("nl_NL.UTF-8", "Vul in"), ("en_GB.UTF-8", "Fill in")):
        out = subprocess.run([WIJK, "governance", store, "dpia"], env=ENV | {"LANG": lang}, capture_output=True, text=True, check=True).stdout
        need("a dpia in " + lang, "**[%s: " % word in out and out.count("\n## ") > 17, out[:300])


def main():
    with tempfile.TemporaryDirectory(prefix="wijk-moderatie-") as folder:
        store = demo(folder)
        keys = people.add(store, PEOPLE)
        with Server(store) as server:
            a = Asker(server, keys)
            signals(a, store)
            objection(a)
            told(a, store)
            statements(a, store)
            norms(a, store)
            mine = a.ask(200, "prof", "GET", "/mijn-gegevens")["moderaties"]
            need("who asks for all that is kept gets this too", [m["reden"] for m in mine] == ["persoonsgegevens"], mine)
        check(store)
        out = subprocess.run([WIJK, "moderate", "list", store, "--gemeente", GEMEENTE, "--format", "csv"], env=ENV, capture_output=True, text=True, check=True).stdout
        need("the same list by command", len(out.splitlines()) == 4 and out.startswith("id,at,kind,object,reason,role,account,state"), out)
        name = out.splitlines()[1].split(",")[0]
        done = subprocess.run([WIJK, "moderate", "back", store, name, "--gemeente", GEMEENTE], env=ENV, capture_output=True, text=True, check=False)
        need("what is back cannot come back again", done.returncode == 1 and "kan niet terugkomen" in done.stderr, done)
        made = subprocess.run([WIJK, "moderate", "take", store, "functies", "linde-wonen", "--gemeente", GEMEENTE, "--reason", "hoort-hier-niet"], env=ENV, capture_output=True, text=True, check=False)
        need("taken away by command", made.returncode == 0, made)
        need("and put back", subprocess.run([WIJK, "moderate", "back", store, made.stdout.strip(), "--gemeente", GEMEENTE], env=ENV, check=False).returncode == 0)
        need("wrong use is told", subprocess.run([WIJK, "moderate", "take", store, "iets", "1", "--gemeente", GEMEENTE], env=ENV, capture_output=True, check=False).returncode == 2)
        check(store)
    print("ok")


main()
