#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Organisations, offers and proposals asked of the real server by people with different roles: test_partner.py WIJK"""
import os
import signal
import subprocess
import sys
import tempfile

import people

WIJK = os.path.abspath(sys.argv[1])
ENV = {k: v for k, v in os.environ.items() if not k.startswith("LC_") and k != "WIJK_DEFS"} | {"LANG": "nl_NL.UTF-8"}
PEOPLE = {"huis": ("GM9901", "partnerbeheerder", "linde-wonen"), "welzijn": ("GM9901", "professional", "welzijn-lindewaard"),
          "regie": ("GM9901", "gebiedsregisseur", ""), "regie2": ("GM9901", "gebiedsregisseur", ""), "beheer": ("GM9901", "beheerder", ""),
          "raad": ("GM9901", "raadslid", ""), "buiten": ("GM9902", "partnerbeheerder", "linde-wonen")}


def need(what, good, detail=""):
    if not good:
        raise AssertionError("%s: %s" % (what, detail))


def want(api, status, who, method, path, body=None, once=None):
    got, said, answer = api.ask(who, method, path, body, once)
    need("%s %s by %s gives %d" % (method, path, who or "a resident", status), got == status, (got, said))
    need("%s is not kept by others" % path, answer.getheader("Cache-Control") == "no-store", answer.getheader("Cache-Control"))
    return said, answer


def as_body(p):
    """What a form sends back of what it was given."""
    keep = ("naam", "soort", "over", "website", "delen", "functies", "versie", "middelenDelen")
    return {k: p[k] for k in keep} | {"gebieden": [g["code"] for g in p["gebieden"]], "middelen": p["middelen"] or []}


def who_sees(api):
    said, _ = want(api, 200, None, "GET", "/partners")
    need("residents see seven of eight", len(said["partners"]) == 7 and not said["magToevoegen"], said)
    need("no budget that is not shared", [p["id"] for p in said["partners"] if p["middelen"] is not None] ==
         ["bewonersplatform-lindewaard", "gemeente-lindewaard"])
    need("contacts are functions", all(f["functie"] for p in said["partners"] for f in p["functies"]))
    need("the council sees the same", len(want(api, 200, "raad", "GET", "/partners")[0]["partners"]) == 7)
    inside = want(api, 200, "welzijn", "GET", "/partners")[0]
    need("partners see all", len(inside["partners"]) == 8)
    need("and budgets that are shared with them", [p["id"] for p in inside["partners"] if p["middelen"] is not None] ==
         ["bewonersplatform-lindewaard", "gemeente-lindewaard", "linde-wonen", "welzijn-lindewaard"])
    want(api, 404, None, "GET", "/partners/waardstroom")
    want(api, 404, "buiten", "GET", "/partners/waardstroom?gemeente=GM9901")
    want(api, 200, "welzijn", "GET", "/partners/waardstroom")
    want(api, 400, None, "GET", "/partners?gemeente=BU99010101")
    got, _, _ = people.Api("http://%s:%s" % (api.host, api.port), {"dief": "x" * 43}).ask("dief", "GET", "/partners")
    need("a key that is none is told so", got == 401, got)


def gaps(api):
    for who in (None, "welzijn"):
        whole = want(api, 200, who, "GET", "/partners?met=aanbod")[0]
        need("one page holds all of the demo", whole["volgende"] is None, whole["volgende"])
        for path, member in (("/partners?met=aanbod", "partners"), ("/aanbod?thema=ontmoeten", "aanbod")):
            all_of, got, further = want(api, 200, who, "GET", path)[0][member], [], ""
            while further is not None:
                page = want(api, 200, who, "GET", path + "&aantal=3" + (further and "&verder=" + further))[0]
                need("no more than was asked for", len(page[member]) <= 3 and (page["volgende"] is None or len(page[member]) == 3), page)
                got, further = got + page[member], page["volgende"]
            need("page by page gives the same as all at once", got == all_of and got, got)
        offers = want(api, 200, who, "GET", "/aanbod?aantal=1000")[0]["aanbod"]
        need("what they offer is what the list of offers holds", [o for x in whole["partners"] for o in x["aanbod"]] == offers, offers)
        some = want(api, 200, who, "GET", "/partners?met=aanbod&thema=ontmoeten&leeftijd=12-18")[0]["partners"]
        need("who offers nothing of it is left out", [o for x in some for o in x["aanbod"]] ==
             want(api, 200, who, "GET", "/aanbod?thema=ontmoeten&leeftijd=12-18")[0]["aanbod"] and all(x["aanbod"] for x in some), some)
        for code in ("GM9901", "WK990103", "BU99010303"):
            for more in ("", "&thema=ontmoeten"):
                area = want(api, 200, who, "GET", "/gebieden/%s/aanbod?%s" % (code, more))[0]
                reach = want(api, 200, who, "GET", "/aanbod?aantal=1000&gebied=%s%s" % (code, more))[0]["aanbod"]
                need("counted as listed", area["totaal"] == len(reach) and area["aanbod"] == reach and
                     area["organisaties"] == len({o["partner"] for o in reach}), area)
                for b in area["perBuurt"][:4]:
                    need("and in each buurt", b["aanbod"] == len(want(api, 200, who, "GET", "/aanbod?aantal=1000&gebied=%s%s" % (b["code"], more))[0]["aanbod"]), b)
    for wrong in ("verder=x", "verder=GM9901", "verder=GM9901.Linde", "verder=GM9901.a.0", "aantal=0", "aantal=1001", "met=alles", "thema=wonen"):
        want(api, 400, None, "GET", "/partners?" + wrong)
    said, _ = want(api, 200, None, "GET", "/gebieden/BU99010303/aanbod")
    lacking = [g["zin"] for g in said["leemten"] if g["zin"]]
    need("the planted gap", lacking == ["geen aanbod voor 12-18 in Pannenhof (ontmoeten en meedoen)"], lacking)
    said, _ = want(api, 200, None, "GET", "/gebieden/BU99010302/aanbod")
    need("none beside it", not [g for g in said["leemten"] if g["zin"]] and said["zin"].startswith("Voor elk"))
    said, _ = want(api, 200, None, "GET", "/aanbod?thema=ontmoeten&leeftijd=12-18")
    need("who does what", [o["titel"] for o in said["aanbod"]] == ["Jongerenwerk op straat en in de loods"], said)
    need("not there", not want(api, 200, None, "GET", "/aanbod?thema=ontmoeten&leeftijd=12-18&gebied=BU99010303")[0]["aanbod"])
    want(api, 400, None, "GET", "/aanbod?thema=iets")
    want(api, 400, None, "GET", "/aanbod?leeftijd=12-19")
    want(api, 404, None, "GET", "/gebieden/BU99019999/aanbod")
    want(api, 404, None, "GET", "/aanbod/4000")


def own_and_others(api):
    mine, _ = want(api, 200, "huis", "GET", "/partners/linde-wonen")
    need("it may change its own", mine["magWijzigen"] and mine["middelen"][0]["budget"] == 3900000)
    body = as_body(mine)
    body["over"] = "Verhuurt ruim 9.100 woningen."
    want(api, 401, None, "PUT", "/partners/linde-wonen", body)
    want(api, 403, "welzijn", "PUT", "/partners/linde-wonen", body)
    want(api, 403, "regie", "PUT", "/partners/linde-wonen", body)
    want(api, 404, "buiten", "PUT", "/partners/linde-wonen", body | {"gemeente": "GM9901"})
    want(api, 400, "huis", "PUT", "/partners/linde-wonen", body | {"functies": [{"functie": "mevrouw Jansen"}]})
    want(api, 400, "huis", "PUT", "/partners/linde-wonen", body | {"soort": "bank"})
    want(api, 400, "huis", "PUT", "/partners/linde-wonen", {k: body[k] for k in body if k != "versie"})
    want(api, 400, "huis", "PUT", "/partners/linde-wonen", [1])
    changed, _ = want(api, 200, "huis", "PUT", "/partners/linde-wonen", body, once="zelfde-sleutel")
    again, _ = want(api, 200, "huis", "PUT", "/partners/linde-wonen", body, once="zelfde-sleutel")
    need("the same key, the same answer", changed == again and changed["versie"] == 2, again)
    need("what is public stays until a second person agrees", changed["delen"] == "partners" and changed["openbareVersie"] == 1)
    need("residents see what it was", want(api, 200, None, "GET", "/partners/linde-wonen")[0]["over"] == mine["over"])
    clash, _ = want(api, 409, "beheer", "PUT", "/partners/linde-wonen", body | {"over": "Iets anders."})
    need("a conflict shows the other side", clash["nu"]["over"] == body["over"] and clash["nu"]["versie"] == 2, clash)
    return changed


def four_eyes(api, changed):
    ask = {"soort": "partner", "object": "linde-wonen", "versie": changed["versie"], "waarom": "Het aantal woningen klopte niet."}
    want(api, 403, "welzijn", "POST", "/voorstellen", ask)
    nr = want(api, 201, "huis", "POST", "/voorstellen", ask)[0]["nr"]
    want(api, 409, "regie", "POST", "/voorstellen", ask)
    seen = want(api, 200, "regie", "GET", "/voorstellen")[0]["voorstellen"]
    need("a director may decide", [v["magBesluiten"] for v in seen] == [True] and "Linde Wonen" in seen[0]["wat"], seen)
    own = want(api, 200, "huis", "GET", "/voorstellen")[0]["voorstellen"]
    need("who proposed may not", own[0]["vanUzelf"] and not own[0]["magBesluiten"] and own[0]["waaromNiet"], own)
    need("others do not see it", not want(api, 200, "welzijn", "GET", "/voorstellen")[0]["voorstellen"])
    want(api, 401, None, "GET", "/voorstellen")
    path = "/voorstellen/%d/besluit" % nr
    want(api, 403, "huis", "POST", path, {"besluit": "akkoord"})
    want(api, 404, "buiten", "POST", path, {"besluit": "akkoord"})
    want(api, 400, "regie", "POST", path, {"besluit": "afgewezen"})
    want(api, 400, "regie", "POST", path, {"besluit": "misschien"})
    want(api, 204, "regie", "POST", path, {"besluit": "akkoord"})
    want(api, 409, "regie2", "POST", path, {"besluit": "afgewezen", "waarom": "Toch niet."})
    need("now everybody sees it", want(api, 200, None, "GET", "/partners/linde-wonen")[0]["over"] == "Verhuurt ruim 9.100 woningen.")


def adding(api):
    new = {"naam": "Wijkbakkerij Lindewaard", "soort": "ondernemers", "delen": "partners", "gebieden": ["WK990101"]}
    want(api, 403, "huis", "POST", "/partners", new)
    said, answer = want(api, 201, "beheer", "POST", "/partners", new)
    need("its address", answer.getheader("Location") == "/api/v1/partners/wijkbakkerij-lindewaard", answer.getheaders())
    want(api, 409, "beheer", "POST", "/partners", new)
    offer = {"partner": "linde-wonen", "titel": "Klussenbus", "wat": "Kleine reparaties.", "thema": "wonen", "leeftijdVan": 67,
             "leeftijdTot": 120, "delen": "partners", "gebieden": ["BU99010303"]}
    want(api, 403, "welzijn", "POST", "/aanbod", offer)
    want(api, 403, "huis", "POST", "/aanbod", offer | {"partner": "welzijn-lindewaard"})
    want(api, 400, "huis", "POST", "/aanbod", offer | {"leeftijdTot": 20})
    want(api, 400, "huis", "POST", "/aanbod", offer | {"gebieden": ["BU99029999"]})
    want(api, 400, "huis", "POST", "/aanbod", offer | {"delen": "openbaar"})
    made, answer = want(api, 201, "huis", "POST", "/aanbod", offer)
    path = answer.getheader("Location")[len("/api/v1"):]
    want(api, 404, None, "GET", path)
    want(api, 200, "welzijn", "GET", path)
    want(api, 409, "huis", "PUT", path, offer | {"versie": 7})
    want(api, 200, "huis", "PUT", path, offer | {"versie": 1, "titel": "Klussenbus voor ouderen"})
    want(api, 409, "huis", "DELETE", path + "?versie=1")
    want(api, 204, "huis", "DELETE", path + "?versie=2")
    want(api, 404, "huis", "GET", path)
    want(api, 403, "huis", "DELETE", "/partners/wijkbakkerij-lindewaard?versie=1")
    want(api, 204, "beheer", "DELETE", "/partners/wijkbakkerij-lindewaard?versie=%d" % said["versie"])
    want(api, 404, "beheer", "GET", "/partners/wijkbakkerij-lindewaard")
    need("made", made["nr"] > 18)


def elsewhere(folder):
    """A store without any area, and none of a gemeente's own: nothing is offered, and that is no fault."""
    store = os.path.join(folder, "leeg.gpkg")
    subprocess.run([WIJK, "new", store], check=True, env=ENV, stderr=subprocess.DEVNULL)
    server = subprocess.Popen([WIJK, "serve", store, "--listen", "127.0.0.1:0"], text=True, env=ENV, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        api = people.Api(server.stdout.readline().strip().rstrip("/"), {})
        said, _ = want(api, 200, None, "GET", "/partners")
        need("none", said["partners"] == [] and said["gemeente"] is None and not said["magToevoegen"], said)
        need("nothing", want(api, 200, None, "GET", "/aanbod")[0]["aanbod"] == [])
        want(api, 400, None, "GET", "/partners/iets")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)


def main():
    with tempfile.TemporaryDirectory(prefix="wijk-partner-") as folder:
        store = os.path.join(folder, "d.gpkg")
        subprocess.run([WIJK, "demo", store], check=True, env=ENV, stderr=subprocess.DEVNULL)
        keys = people.add(store, PEOPLE)
        server = subprocess.Popen([WIJK, "serve", store, "--listen", "127.0.0.1:0"], text=True, env=ENV, stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL)
        try:
            api = people.Api(server.stdout.readline().strip().rstrip("/"), keys)
            who_sees(api)
            gaps(api)
            four_eyes(api, own_and_others(api))
            adding(api)
        finally:
            server.send_signal(signal.SIGTERM)
            need("the server stops", server.wait(60) == 0)
        elsewhere(folder)
        sound = subprocess.run([WIJK, "check", store], env=ENV, capture_output=True, text=True, check=False)
        need("the store and its log are sound", sound.returncode == 0, sound.stdout + sound.stderr)
    print("ok")


main()
