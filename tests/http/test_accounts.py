#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Accounts, roles, the log and one's own data, asked of the real server by people with different roles: test_accounts.py WIJK"""
import csv
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

import people

WIJK = os.path.abspath(sys.argv[1])
ENV = {k: v for k, v in os.environ.items() if not k.startswith("LC_") and k != "WIJK_DEFS"} | {"LANG": "nl_NL.UTF-8"}
PEOPLE = {"beheer": ("GM9901", "beheerder", ""), "beheer2": ("GM9901", "beheerder", ""), "huis": ("GM9901", "partnerbeheerder", "linde-wonen"),
          "prof": ("GM9901", "professional", "welzijn-lindewaard"), "toezicht": ("GM9901", "rekenkamer", ""), "raad": ("GM9901", "raadslid", ""),
          "buiten": ("GM9902", "beheerder", "")}


def need(what, good, detail=""):
    if not good:
        raise AssertionError("%s: %s" % (what, detail))


def want(api, status, who, method, path, body=None, once=None):
    got, said, answer = api.ask(who, method, path, body, once)
    need("%s %s by %s gives %d" % (method, path, who or "a resident", status), got == status, (got, said))
    need("%s is not kept by others" % path, answer.getheader("Cache-Control") == "no-store", answer.getheader("Cache-Control"))
    return said


def ids(said):
    return {a["naam"]: a["id"] for a in said["accounts"]}


def who_sees(api):
    for who in ("prof", "raad"):
        want(api, 403, who, "GET", "/accounts")
    want(api, 401, None, "GET", "/accounts")
    want(api, 404, "buiten", "GET", "/accounts?gemeente=GM9901")
    all_of = ids(want(api, 200, "beheer", "GET", "/accounts"))
    need("those of the gemeente, no other", "buiten" not in all_of and {"prof", "huis", "toezicht"} <= set(all_of), all_of)
    need("an organisation sees its own", list(ids(want(api, 200, "huis", "GET", "/accounts"))) == ["huis"])
    need("the auditor sees them too", len(ids(want(api, 200, "toezicht", "GET", "/accounts"))) == len(all_of))
    last = max(all_of.values())
    need("the list goes on after a number", want(api, 200, "beheer", "GET", "/accounts?na=%d" % last)["accounts"] == [])
    want(api, 400, "beheer", "GET", "/accounts?na=x")


def inviting(api):
    """Only a beheerder, or an organisation its own people; the role waits for a second person."""
    new = {"naam": "nieuw", "rol": "professional", "organisatie": "linde-wonen"}
    want(api, 403, "toezicht", "POST", "/accounts", new)
    want(api, 403, "prof", "POST", "/accounts", new)
    want(api, 403, "huis", "POST", "/accounts", new | {"organisatie": "welzijn-lindewaard"})
    want(api, 404, "buiten", "POST", "/accounts", new | {"gemeente": "GM9901"})
    want(api, 400, "beheer", "POST", "/accounts", new | {"rol": "koning"})
    want(api, 400, "beheer", "POST", "/accounts", new | {"naam": "Аnna"})  # the first sign is Cyrillic
    want(api, 400, "beheer", "POST", "/accounts", new | {"waarom": "bel 06-12345678"})
    said = want(api, 201, "huis", "POST", "/accounts", new)
    need("a link, and a proposal", said["koppeling"].startswith("/aanmelden#koppeling=") and said["voorstel"], said)
    want(api, 409, "huis", "POST", "/accounts", new)
    decide = "/voorstellen/%d/besluit" % said["voorstel"]
    want(api, 404, "buiten", "POST", decide, {"besluit": "akkoord"})
    want(api, 403, "huis", "POST", decide, {"besluit": "akkoord"})
    want(api, 204, "beheer", "POST", decide, {"besluit": "akkoord"})
    made = next(a for a in want(api, 200, "beheer", "GET", "/accounts")["accounts"] if a["naam"] == "nieuw")
    need("invited, with the role that was agreed", made["stand"] == "uitgenodigd" and
         [(r["rol"], r["organisatie"]) for r in made["rollen"]] == [("professional", "linde-wonen")], made)
    return made["id"]


def roles(api, nr):
    """Asked by one, given by another; never to oneself; the same key twice is one proposal."""
    ask = {"account": nr, "rol": "raadslid", "waarom": "zit sinds maandag in de raad"}
    want(api, 403, "prof", "POST", "/rolvoorstellen", ask)
    want(api, 400, "beheer", "POST", "/rolvoorstellen", ask | {"waarom": ""})
    first = want(api, 201, "beheer", "POST", "/rolvoorstellen", ask, "rol-eenmaal")
    need("the same again", want(api, 201, "beheer", "POST", "/rolvoorstellen", ask, "rol-eenmaal") == first)
    decide = "/voorstellen/%d/besluit" % first["nr"]
    said = want(api, 403, "beheer", "POST", decide, {"besluit": "akkoord"})
    need("four eyes, in words", "iemand anders" in said["detail"], said)
    want(api, 204, "beheer2", "POST", decide, {"besluit": "akkoord"})
    want(api, 409, "beheer2", "POST", decide, {"besluit": "akkoord"})
    want(api, 400, "beheer", "POST", "/rolvoorstellen", ask)  # has it by now
    own = ids(want(api, 200, "beheer", "GET", "/accounts"))["beheer"]
    up = want(api, 201, "beheer", "POST", "/rolvoorstellen", {"account": own, "rol": "rekenkamer", "waarom": "voor mijzelf"})
    want(api, 403, "beheer", "POST", "/voorstellen/%d/besluit" % up["nr"], {"besluit": "akkoord"})


def stopping(api, nr):
    why = {"waarom": "werkt hier niet meer"}
    want(api, 403, "huis", "POST", "/accounts/%d/stoppen" % nr, why)
    want(api, 404, "buiten", "POST", "/accounts/%d/stoppen" % nr, why)
    want(api, 400, "beheer", "POST", "/accounts/%d/stoppen" % nr, {})
    want(api, 204, "beheer", "POST", "/accounts/%d/stoppen" % nr, why)
    want(api, 204, "beheer", "POST", "/accounts/%d/herstellen" % nr, why)
    said = want(api, 201, "beheer", "POST", "/accounts/%d/koppeling" % nr, {"tweedeStap": True})
    need("another link", said["account"] == nr and said["koppeling"].startswith("/aanmelden#"), said)
    other = ids(want(api, 200, "beheer", "GET", "/accounts"))["beheer2"]
    want(api, 204, "beheer", "DELETE", "/accounts/%d" % other)
    want(api, 401, "beheer2", "GET", "/accounts")  # its key ended with it
    own = ids(want(api, 200, "beheer", "GET", "/accounts"))["beheer"]
    want(api, 400, "beheer", "DELETE", "/accounts/%d" % own)  # the last one
    want(api, 404, "beheer", "DELETE", "/accounts/nul")
    gone = next(a for a in want(api, 200, "beheer", "GET", "/accounts")["accounts"] if a["id"] == other)
    need("nothing is left of it but its number", gone["naam"] is None and gone["stand"] == "verwijderd" and not gone["rollen"], gone)


def the_log(api, base, nr):
    for who, status in (("beheer", 403), ("prof", 403), (None, 401)):
        want(api, status, who, "GET", "/logboek")
        want(api, status, who, "GET", "/logboek/json")
    want(api, 404, "toezicht", "GET", "/logboek?gemeente=GM9902")
    page = want(api, 200, "toezicht", "GET", "/logboek?soort=account")
    need("of that kind, newest first", page["regels"] and {r["soort"] for r in page["regels"]} == {"account"} and
         [r["nr"] for r in page["regels"]] == sorted((r["nr"] for r in page["regels"]), reverse=True), page)
    need("no names in the log", not any(name in json.dumps(page) for name in PEOPLE if name not in ("beheer",)), page)
    stop = next(r for r in page["regels"] if r["object"] == str(nr) and r["werd"] and "gestopt" in r["werd"])
    need("with its reason", stop["waarom"] == "werkt hier niet meer" and stop["langs"] == "api", stop)
    before = want(api, 200, "toezicht", "GET", "/logboek?voor=3")
    need("rows before a number", [r["nr"] for r in before["regels"]] == [2, 1], before)
    want(api, 400, "toezicht", "GET", "/logboek?voor=-1")
    want(api, 404, "toezicht", "GET", "/logboek/pdf")
    want(api, 401, None, "POST", "/accounts", {})
    nobody = urllib.request.Request(base + "/sessie/aanmelden", json.dumps({"naam": "niet-hier", "wachtwoord": "paars kopje 73 wind"}).encode(),
                                    {"Content-Type": "application/json", "Origin": base, "Sec-Fetch-Site": "same-origin"}, method="POST")
    try:
        urllib.request.urlopen(nobody, timeout=20).read()
    except urllib.error.HTTPError as fault:
        fault.close()
    none = want(api, 200, "toezicht", "GET", "/logboek?gemeente=geen")
    need("who tried under a name that is not there is of no gemeente", none["gemeente"] == "geen" and none["regels"][0]["gedaan"] == "aanmelden-mislukt" and
         {r["gemeente"] for r in none["regels"]} == {None}, none)
    want(api, 403, "beheer", "GET", "/logboek?gemeente=geen")
    want(api, 200, "toezicht", "GET", "/logboek/json?gemeente=geen&soort=account")
    nr_of = page["regels"][0]["account"]
    if nr_of:
        of = want(api, 200, "toezicht", "GET", "/logboek?account=%d" % nr_of)
        need("of one account", {r["account"] for r in of["regels"]} == {nr_of}, of)
    request = urllib.request.Request(base + "/api/v1/logboek/csv", headers={"Authorization": "Bearer " + api.keys["toezicht"], "Accept": "text/csv"})
    try:
        answer = urllib.request.urlopen(request, timeout=20)
    except urllib.error.HTTPError as fault:
        raise AssertionError(fault.read().decode()) from fault
    with answer:
        rows = list(csv.DictReader(io.StringIO(answer.read().decode())))
    need("the file has every column", list(rows[0])[:4] == ["nr", "op", "account", "langs"], rows[0])
    need("and says itself that it was taken", rows[0]["gedaan"] == "uitgevoerd" and rows[0]["soort"] == "logboek", rows[0])


def oneself(api):
    said = want(api, 200, "prof", "GET", "/mijn-gegevens")
    need("account, keys and own rows", said["account"]["naam"] == "prof" and [k["naam"] for k in said["sleutels"]] == ["test"] and
         {r["account"] for r in said["logboek"]} == {said["account"]["id"]}, said)
    need("taking them along is in the log", said["logboek"][0]["gedaan"] == "uitgevoerd", said["logboek"][0])
    need("no secret in it", "hash" not in json.dumps(said) and "wachtwoord" not in json.dumps(said), said)
    want(api, 401, None, "GET", "/mijn-gegevens")
    want(api, 204, "prof", "DELETE", "/accounts/%d" % said["account"]["id"])
    want(api, 401, "prof", "GET", "/mijn-gegevens")


def main():
    with tempfile.TemporaryDirectory(prefix="wijk-accounts-") as folder:
        store = os.path.join(folder, "demo.gpkg")
        subprocess.run([WIJK, "demo", store], env=ENV, check=True, capture_output=True)
        keys = people.add(store, PEOPLE)
        server = subprocess.Popen([WIJK, "serve", store, "--listen", "127.0.0.1:0"], env=ENV, stdout=subprocess.PIPE, text=True)
        try:
            base = server.stdout.readline().strip().split()[-1].rstrip("/")
            api = people.Api(base, keys)
            who_sees(api)
            nr = inviting(api)
            roles(api, nr)
            stopping(api, nr)
            the_log(api, base, nr)
            oneself(api)
        finally:
            server.send_signal(signal.SIGTERM)
            need("the server stops", server.wait(60) == 0)
        sound = subprocess.run([WIJK, "check", store], env=ENV, capture_output=True, text=True, check=False)
        need("the store and its log are sound", sound.returncode == 0, sound.stdout + sound.stderr)
    print("ok")


main()
