#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Local norms asked of the real server and the command line: test_norm.py WIJK DEFS/DEMO/TRUTH.YAML"""
import csv
import io
import os
import re
import signal
import subprocess
import sys
import tempfile

import people

WIJK, TRUTH = os.path.abspath(sys.argv[1]), sys.argv[2]
ENV = {k: v for k, v in os.environ.items() if not k.startswith("LC_") and k != "WIJK_DEFS"} | {"LANG": "nl_NL.UTF-8"}
PEOPLE = {"normen": ("GM9901", "normsteller", ""), "normen2": ("GM9901", "normsteller", ""), "regie": ("GM9901", "gebiedsregisseur", ""),
          "huis": ("GM9901", "partnerbeheerder", "linde-wonen"), "raad": ("GM9901", "raadslid", ""), "controle": ("GM9901", "rekenkamer", ""),
          "buiten": ("GM9902", "normsteller", "")}
ASK = {"gebied": "BU99010303", "indicator": "feels_unsafe_pct", "eenheid": "%", "soort": "hoogstens", "waarde": 15, "doeljaar": 2030,
       "versie": 0, "waarom": "Bewoners vragen om meer licht op straat."}


def need(what, good, detail=""):
    if not good:
        raise AssertionError("%s: %s" % (what, detail))


def want(api, status, who, method, path, body=None, once=None):
    got, said, answer = api.ask(who, method, path, body, once)
    need("%s %s by %s gives %d" % (method, path, who or "a resident", status), got == status, (got, said))
    need("%s is not kept by others" % path, answer.getheader("Cache-Control") == "no-store", answer.getheader("Cache-Control"))
    return said, answer


def run(*words, code=0):
    done = subprocess.run([WIJK, *words], env=ENV, capture_output=True, text=True, check=False)
    need("wijk %s" % " ".join(words), done.returncode == code, done.stdout + done.stderr)
    return done.stdout


def rows(*words):
    return list(csv.DictReader(io.StringIO(run(*words, "--format", "csv"))))


def planted():
    """area, indicator -> its versions, each a map of what stands in the file."""
    out, text = {}, open(TRUTH, encoding="utf-8").read().split("\nnorms:\n")[1]
    for item in re.findall(r"- \{(.*?)\}\n", text, re.S):
        v = dict(re.findall(r"(\w+): ('[^']*'|[^,\s]+)", item))
        out.setdefault((v["area"], v["indicator"]), []).append(v)
    return out


def demo(store):
    """Every version that is planted is found, and nothing else."""
    want_, got = planted(), {}
    for r in rows("norm", "list", store, "--all"):
        got.setdefault((r["area"], r["indicator"]), []).append(r)
    need("as many norms as are planted", set(got) == set(want_) and len(want_) == 6, (sorted(got), sorted(want_)))
    for key, versions in want_.items():
        need("its versions", len(got[key]) == len(versions), got[key])
        for a, b in zip(versions, got[key]):
            need("as planted", b["why"] == a["why"].strip("'") and b["from"] == a["decided"] and b["target_year"] == a.get("target", ""), (a, b))
            need("its value", (b["value"] == "") == ("withdrawn" in a) and ("value" not in a or float(b["value"]) == float(a["value"])), (a, b))
    here = {r["indicator"]: r for r in rows("norm", "show", store, "BU99010602")}
    need("a buurt has its own before that of its wijk", here["energy_label_efg_pct"]["norm_of"] == "BU99010602" and float(here["energy_label_efg_pct"]["value"]) == 50.5)
    need("else that of its wijk", {r["indicator"]: r["norm_of"] for r in rows("norm", "show", store, "BU99010603")}["energy_label_efg_pct"] == "WK990106")
    need("and that of its gemeente", here["gas_m3"]["norm_of"] == "GM9901" and here["gas_m3"]["version"] == "2")
    need("elsewhere no such norm", "energy_label_efg_pct" not in {r["indicator"] for r in rows("norm", "show", store, "BU99010303")})
    need("what was withdrawn does not hold", "registered_crimes_per_1000" not in {r["indicator"] for r in rows("norm", "show", store, "BU99010101")})
    for r in here.values():
        apart = float(r["now"]) - float(r["value"])
        need("the difference", abs(float(r["apart"]) - apart) < 1e-6 and r["state"] == ("gehaald" if (apart >= 0) == (r["kind"] == "minstens") else "niet-gehaald"), r)
    need("the nation where it is known", here["lbm3.deviation"]["national"] == "0" and here["gas_m3"]["national"] == "")


def reading(api):
    said, _ = want(api, 200, None, "GET", "/normen")
    need("five hold", len(said["normen"]) == 5 and not said["magVoorstellen"] and said["volgende"] is None, said)
    need("six ever were", len(want(api, 200, None, "GET", "/normen?alle=ja")[0]["normen"]) == 6)
    seen, more = [], ""
    while more is not None:
        page = want(api, 200, None, "GET", "/normen?alle=ja&aantal=2" + more)[0]
        seen += [(n["gebied"], n["indicator"]) for n in page["normen"]]
        more = page["volgende"] and "&achter=" + page["volgende"]
    need("page by page the same", len(seen) == 6 and len(set(seen)) == 6, seen)
    need("of one area", [n["indicator"] for n in want(api, 200, None, "GET", "/normen?gebied=WK990106")[0]["normen"]] == ["energy_label_efg_pct"])
    one, _ = want(api, 200, None, "GET", "/normen/GM9901/gas_m3")
    need("newest first, the old one readable", [v["waarde"] for v in one["versies"]] == [800, 900] and one["geldt"]["versie"] == 2, one)
    need("in words", one["geldt"]["woorden"] == "ten hoogste 800 m³ per jaar in 2030", one)
    gone, _ = want(api, 200, None, "GET", "/normen/BU99010101/registered_crimes_per_1000")
    need("withdrawn, and still to be read", gone["geldt"] is None and gone["versies"][1]["waarde"] == 35, gone)
    here, _ = want(api, 200, None, "GET", "/gebieden/BU99010602/normen")
    own = [n for n in here["normen"] if n["eigen"]]
    need("its own one", [n["indicator"] for n in own] == ["energy_label_efg_pct"] and own[0]["nu"]["spoor"], own)
    status, trace, _ = api.ask(None, "GET", "/herkomst/" + own[0]["nu"]["spoor"])
    need("the figure has its trace", status == 200 and trace["waarde"] == own[0]["nu"]["waarde"], trace)
    small = want(api, 200, None, "GET", "/gebieden/BU99010501/normen")[0]["normen"]
    need("what is hidden stays hidden", all(n["nu"]["waarde"] is None and n["verschil"] is None and n["stand"] == "onbekend" for n in small) and small, small)
    for path in ("/gebieden/BU99019999/normen", "/gebieden/1011/normen", "/normen/GM9901/residents", "/normen/GM0000/gas_m3"):
        want(api, 404, None, "GET", path)
    want(api, 400, None, "GET", "/normen?aantal=0")
    want(api, 400, None, "GET", "/normen?achter=onzin")
    want(api, 400, None, "GET", "/normen?gemeente=BU99010101")


def refused(api):
    want(api, 401, None, "POST", "/normen", ASK)
    for who in ("huis", "raad", "controle"):
        want(api, 403, who, "POST", "/normen", ASK)
    want(api, 404, "buiten", "POST", "/normen", ASK)
    for wrong in ({"gebied": "BU99019999"}, {"gebied": "1011"}, {"indicator": "geluk"}, {"indicator": "background_morocco_pct"}, {"eenheid": "euro"},
                  {"waarde": 101}, {"waarde": -1}, {"waarde": "NaN"}, {"waarde": "1e999"}, {"waarde": "vijf"}, {"soort": "ongeveer"}, {"doeljaar": 2020},
                  {"geldtVanaf": "2020-01-01"}, {"geldtVanaf": "morgen"}, {"waarom": ""}, {"waarom": "Vraag het mevrouw Jansen, 06-12345678."},
                  {"waarom": "x" * 501}, {"versie": -1}, {"intrekken": True}):
        want(api, 400, "normen", "POST", "/normen", ASK | wrong)
    for lacking in ("versie", "waarde", "soort", "waarom", "gebied", "indicator"):
        want(api, 400, "normen", "POST", "/normen", {k: ASK[k] for k in ASK if k != lacking})
    want(api, 409, "normen", "POST", "/normen", ASK | {"versie": 4})


def four_eyes(api):
    nr = want(api, 201, "normen", "POST", "/normen", ASK, once="zelfde-sleutel")[0]["nr"]
    need("the same key, the same proposal", want(api, 201, "normen", "POST", "/normen", ASK, once="zelfde-sleutel")[0]["nr"] == nr)
    clash = want(api, 409, "regie", "POST", "/normen", ASK | {"waarde": 12})[0]
    need("what is proposed already stands beside it", clash["nu"]["voorstel"]["nr"] == nr and "15%" in clash["nu"]["voorstel"]["wat"], clash)
    need("nobody sees it as a norm", not [n for n in want(api, 200, None, "GET", "/normen")[0]["normen"] if n["indicator"] == "feels_unsafe_pct"])
    own = want(api, 200, "normen", "GET", "/voorstellen")[0]["voorstellen"]
    need("who proposed may not decide", own[0]["vanUzelf"] and not own[0]["magBesluiten"] and own[0]["soort"] == "norm", own)
    seen = want(api, 200, "normen2", "GET", "/voorstellen")[0]["voorstellen"]
    need("another may", seen[0]["magBesluiten"] and seen[0]["wat"] == "Lokale norm voor Pannenhof: Voelt zich weleens onveilig in de buurt, ten hoogste 15% in 2030", seen)
    need("the auditor looks on", len(want(api, 200, "controle", "GET", "/voorstellen")[0]["voorstellen"]) == 1)
    path = "/voorstellen/%d/besluit" % nr
    for who, status in (("normen", 403), ("regie", 403), ("controle", 403), ("buiten", 404)):
        want(api, status, who, "POST", path, {"besluit": "akkoord"})
    want(api, 204, "normen2", "POST", path, {"besluit": "akkoord"})
    want(api, 409, "normen2", "POST", path, {"besluit": "akkoord"})
    here = want(api, 200, None, "GET", "/gebieden/BU99010303/normen")[0]["normen"]
    mine = [n for n in here if n["indicator"] == "feels_unsafe_pct"][0]
    need("a resident sees it", mine["norm"]["waarde"] == 15 and mine["nu"]["waarde"] == 18 and mine["zin"] == "Nog 3 procentpunt omlaag tot de norm.", mine)
    old = want(api, 409, "regie", "POST", "/normen", ASK | {"waarde": 12})[0]
    need("a page that grew old is told what holds now", old["nu"]["versie"] == 1 and old["nu"]["norm"]["waarde"] == 15 and old["nu"]["voorstel"] is None, old)
    nr = want(api, 201, "regie", "POST", "/normen", ASK | {"waarde": 12, "versie": 1, "geldtVanaf": "2031-01-01", "doeljaar": 2033})[0]["nr"]
    need("who may propose sees that one is open", want(api, 200, "normen", "GET", "/normen/BU99010303/feels_unsafe_pct")[0]["openVoorstel"] == nr)
    need("others do not", want(api, 200, None, "GET", "/normen/BU99010303/feels_unsafe_pct")[0]["openVoorstel"] is None)
    want(api, 204, "normen", "POST", "/voorstellen/%d/besluit" % nr, {"besluit": "akkoord"})
    one = want(api, 200, None, "GET", "/normen/BU99010303/feels_unsafe_pct")[0]
    need("it holds until the other begins", one["geldt"]["waarde"] == 15 and one["straks"]["waarde"] == 12, one)
    need("no reason is gone", [v["waaromWeggehaald"] for v in one["versies"]] == [None, None] and not one["magWeghalen"], one)
    need("a director may take one away", want(api, 200, "regie", "GET", "/normen/BU99010303/feels_unsafe_pct")[0]["magWeghalen"])
    want(api, 201, "regie", "POST", "/moderaties", {"soort": "voorstel", "object": str(nr), "reden": "persoonsgegevens"})
    away = want(api, 200, None, "GET", "/normen/BU99010303/feels_unsafe_pct")[0]
    need("then everybody reads why, in the place of the words", away["versies"][0]["waarom"] == "" and away["straks"]["waaromWeggehaald"]["reden"] == "persoonsgegevens", away)
    need("of that version only", away["versies"][1]["waaromWeggehaald"] is None and away["versies"][1]["waarom"] == one["versies"][1]["waarom"], away)
    said = want(api, 200, "controle", "GET", "/logboek?soort=norm")[0]["regels"]
    need("each step is in the log, without free text", [r["gedaan"] for r in said[:4]] == ["openbaar-gemaakt", "voorgesteld", "openbaar-gemaakt", "voorgesteld"]
         and not any("licht op straat" in (r["was"] or "") + (r["werd"] or "") for r in said), said[:4])


def by_command(store):
    common = ("--area", "BU99010302", "--indicator", "feels_unsafe_pct")
    run("norm", "propose", store, *common, "--at-most", "14", "--why", "Meer licht.", code=2)
    run("norm", "propose", store, *common, "--at-most", "14", "--why", "Meer licht.", "--as", "niemand", code=1)
    run("norm", "propose", store, *common, "--at-most", "14", "--why", "Meer licht.", "--as", "raad", code=1)
    run("norm", "propose", store, *common, "--as", "normen", "--why", "Meer licht.", code=2)
    nr = run("norm", "propose", store, *common, "--at-most", "14,5", "--why", "Meer licht.", "--as", "normen").strip()
    run("norm", "decide", store, nr, "--agree", "--as", "normen", code=1)
    run("norm", "decide", store, nr, "--as", "normen2", code=2)
    run("norm", "decide", store, nr, "--agree", "--as", "normen2")
    need("kept", rows("norm", "list", store, "--area", "BU99010302")[0]["value"] == "14.5")
    nr = run("norm", "propose", store, *common, "--withdraw", "--why", "Het licht is er.", "--as", "normen2").strip()
    run("norm", "decide", store, nr, "--reject", "--why", "Nog niet overal.", "--as", "normen")
    need("it stays", rows("norm", "list", store, "--area", "BU99010302")[0]["state"] == "geldt")
    run("norm", "iets", store, code=2)


def tampered(store):
    import sqlite3
    db = sqlite3.connect(store)
    for sql in ("UPDATE norm SET value = 1", "DELETE FROM norm"):
        try:
            db.execute(sql)
            need("a norm that was decided stays", False)
        except sqlite3.IntegrityError:
            pass
    db.execute("DROP TRIGGER norm_stays")
    db.execute("UPDATE norm SET decided_by = (SELECT max(id) FROM account WHERE id <> made_by) WHERE area = 'WK990106'")
    db.commit()
    db.close()
    sound = subprocess.run([WIJK, "check", store], env=ENV, capture_output=True, text=True, check=False)
    need("a changed hand is found", sound.returncode == 1 and "WK990106" in sound.stdout + sound.stderr, sound)


def main():
    with tempfile.TemporaryDirectory(prefix="wijk-norm-") as folder:
        store = os.path.join(folder, "d.gpkg")
        run("demo", store)
        demo(store)
        keys = people.add(store, PEOPLE)
        server = subprocess.Popen([WIJK, "serve", store, "--listen", "127.0.0.1:0"], text=True, env=ENV, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            api = people.Api(server.stdout.readline().strip().rstrip("/"), keys)
            reading(api)
            refused(api)
            four_eyes(api)
        finally:
            server.send_signal(signal.SIGTERM)
            need("the server stops", server.wait(60) == 0)
        by_command(store)
        run("check", store)
        tampered(store)
    print("ok")


main()
