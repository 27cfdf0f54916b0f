#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""What stands beside the line of an area, inside it and around its wheel: on the demo counted again from the figures of the API by a
program that has nothing of ours, and on an invented gemeente whose figures change source, version, release and division. test_inside.py WIJK"""
import json
import math
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

WIJK = os.path.abspath(sys.argv[1])
FAILED = []


def check(truth, what):
    print("ok     " if truth else "not ok ", what)
    if not truth:
        FAILED.append(what)


def same(a, b, what):
    check(a == b, what if a == b else f"{what}: {str(a)[:300]} is not {str(b)[:300]}")


def run(*words, defs=None):
    done = subprocess.run([WIJK, *map(str, words)], capture_output=True, text=True, timeout=240,
                          env={**os.environ, "LANG": "nl_NL.UTF-8", **({"WIJK_DEFS": str(defs)} if defs else {})})
    if done.returncode:
        sys.exit(f"wijk {' '.join(map(str, words))}: {done.stderr}")


class Server:
    def __init__(self, store, defs=None):
        self.p = subprocess.Popen([WIJK, "serve", store, "--listen", "127.0.0.1:0", "--no-drawn"], stdout=subprocess.PIPE, text=True,
                                  env={**os.environ, "LANG": "nl_NL.UTF-8", **({"WIJK_DEFS": str(defs)} if defs else {})})
        self.base = self.p.stdout.readline().strip().rstrip("/") + "/api/v1"

    def get(self, path, lang="nl"):
        try:
            with urllib.request.urlopen(urllib.request.Request(self.base + path, headers={"Accept-Language": lang}), timeout=60) as a:
                return json.loads(a.read())
        except urllib.error.HTTPError as e:
            return e.code

    def stop(self):
        self.p.send_signal(signal.SIGTERM)
        self.p.wait(60)
        self.p.stdout.close()


# ---- the demo, counted again ----

def cells_again(s):
    areas = s.get("/gebieden?niveau=raster")["gebieden"]
    scores = s.get("/scores?methode=lbm3&niveau=raster&periode=2025")
    for code, lies in (("BU99011004", lambda p: p == "BU99011004"), ("WK990110", lambda p: p.startswith("BU990110"))):
        told = s.get(f"/gebieden/{code}/vakken?methode=lbm3")
        mine = [a for a in areas if lies(a["ouder"])]
        same([c["code"] for c in told["vakken"]], [a["code"] for a in mine], f"{code}: its cells")
        same([(c["klasse"], c["totaal"]) for c in told["vakken"]], [(scores["klasse"][a["nr"]], scores["totaal"][a["nr"]]) for a in mine], f"{code}: their scores")
        same([(c["x"], c["y"]) for c in told["vakken"]], [(int(c["code"][1:5]) * 100, int(c["code"][6:10]) * 100) for c in told["vakken"]], f"{code}: where they lie")
        known = [c["klasse"] for c in told["vakken"] if c["klasse"]]
        check(told["zin"].startswith(f"In {sum(k >= 6 for k in known)} van de {len(known)} "), f"{code}: {told['zin']}")
        ring = told["omtrek"][0]
        check(ring[:2] == ring[-2:] and len(ring) > 20, f"{code}: an outline that closes")
    one = s.get("/gebieden/BU99011004/vakken")["vakken"][0]
    for pattern in ("spoorTotaal", "spoorKlasse"):
        trace = s.get("/herkomst/" + told[pattern].replace("{code}", one["code"]))
        same(trace["waarde"], one["totaal"] if pattern == "spoorTotaal" else one["klasse"], f"{pattern} leads to the figure of the cell")
    hidden = [a["ouder"] for a in areas if scores["status"][a["nr"]] == "2"]
    told = s.get(f"/gebieden/{hidden[0]}/vakken?methode=lbm3")
    check(any(c["status"] == "suppressed" and c["totaal"] is None and c["klasse"] is None for c in told["vakken"]), "what is too small to show has no figure")
    same(s.get("/gebieden/GM9901/vakken"), 404, "no cells of a whole gemeente")


def wheel_again(s):
    buurten = s.get("/gebieden?niveau=buurt")["gebieden"]
    for code in ("BU99011004", "BU99010604"):
        nr = next(a["nr"] for a in buurten if a["code"] == code)
        told = s.get(f"/gebieden/{code}/wiel?methode=lbm3")["cijfers"]
        check(len(told) >= 5, f"{code}: figures in the wheel")
        for c in told:
            v = s.get(f"/indicatoren/{c['indicator']}/waarden?niveau=buurt&periode={c['periode']}")["waarden"]
            known = [x for x in v if x is not None]
            middle = statistics.median(known)
            spread = 1.4826 * statistics.median(abs(x - middle) for x in known)
            good = v[nr] == c["waarde"] and len(known) == c["gebieden"] and math.isclose(c["afstand"], round((v[nr] - middle) / spread, 2), abs_tol=0.0101)
            check(good, f"{code}: {c['indicator']} {c['waarde']} lies {c['afstand']} from the middle")
            same(s.get("/herkomst/" + c["spoor"])["waarde"], c["waarde"], f"{code}: the trace of {c['indicator']}")


def peers_again(s):
    code = "BU99011004"
    told = s.get(f"/gebieden/{code}/vergelijkbaar?methode=lbm3")
    like = [s.get(f"/gebieden/{g['code']}")["scores"] for g in told["gebieden"]]
    like = [next(m for m in v if m["methode"] == "lbm3") for v in like]
    course = told["verloop"]
    for g, m in zip(told["gebieden"], like):
        same(g["verloop"], [m["totaal"][m["perioden"].index(p)] for p in course["perioden"]], f"the years of {g['code']} beside {code}")
        same([x is None for x in g["sporen"]], [x is None for x in g["verloop"]], "a trace where there is a figure")
        same(s.get("/herkomst/" + g["sporen"][3])["waarde"], g["verloop"][3], f"the trace of a year of {g['code']}")
    for k, (period, mean, id_) in enumerate(zip(course["perioden"], course["totaal"], course["sporen"])):
        known = [x for x in (m["totaal"][m["perioden"].index(period)] for m in like) if x is not None]
        trace = s.get("/herkomst/" + id_) if k % 4 == 0 or k == len(course["perioden"]) - 1 else None
        check(math.isclose(mean, sum(known) / len(known), abs_tol=1e-12) and course["aantal"][k] == len(known), f"similar areas in {period}: {mean}")
        if trace:
            inputs = [i["waarde"] for i in trace["invoer"]]
            check(math.isclose(trace["waarde"], mean, abs_tol=1e-12) and len(inputs) == len(known) and math.isclose(sum(inputs) / len(inputs), mean, abs_tol=1e-12),
                  f"its trace: {trace['waarde']} of {len(inputs)} areas")
            check((trace["band"] is not None) == (k == len(course["perioden"]) - 1), "a band only where it was tested: in the newest year")
    same(s.get(f"/gebieden/{code}/vergelijkbaar?methode=lbm3&hoeveel=5")["verloop"]["sporen"][0], None, "no trace of another number of areas than a trace takes")


# ---- an invented gemeente ----

SOURCE = """# SPDX-License-Identifier: EUPL-1.2
id: {id}
title: {{nl: "{id}", en: "{id} in English"}}
publisher: "Gemeente Proef"
licence: "CC0"
attribution: "Bron: proef"
method_version: "{version}"
release: "{release}"
precedence: {precedence}
format: csv
separator: ","
files:
  - name: cijfers
    level: buurt
    key: code
    name_column: naam
    period: {{column: jaar}}
    division_year: {division}
    defines_areas: true
    fields:
      - {{column: afwijking, indicator: lbm3.deviation}}
"""
EVENTS = """gemeente: GM9903
events:
  - id: brug
    label: {nl: "Brug open", en: "Bridge opened"}
    areas: [WK990301]
    from: "2021-05"
    source: "Gemeente Proef"
  - id: elders
    label: {nl: "Iets anders", en: "Something else"}
    areas: [BU99030102]
    from: "2020"
    source: "Gemeente Proef"
"""


def invented(folder):
    defs, store = folder / "defs", folder / "proef.gpkg"
    for kind in ("sources", "events"):
        (defs / kind).mkdir(parents=True)
    (defs / "events/proef.yaml").write_text(EVENTS)
    run("new", store)
    steps = [("oud", "3.0", "2022", 2018, 2018), ("eerst", "3.0", "2022", 2020, 2020), ("later", "3.0", "2022", 2020, 2021), ("versie", "3.1", "2022", 2020, 2022)]
    for k, (id_, version, release, division, year) in enumerate(steps):
        (defs / f"sources/{id_}.yaml").write_text(SOURCE.format(id=id_, version=version, release=release, precedence=50, division=division))
    same_source = (defs / "sources/versie.yaml").read_text().replace('id: versie', 'id: later').replace('"versie', '"later')
    for id_, version, release, division, year in steps:
        if id_ == "versie":  # the same source, its method made anew
            (defs / "sources/versie.yaml").unlink()
            (defs / "sources/later.yaml").write_text(same_source)
            id_ = "later"
        table = folder / f"{id_}-{year}.csv"
        table.write_text("code,naam,jaar,afwijking\n" + "".join(f"BU9903010{n},Plek {n},{year},{0.013 * n - 0.002 * (year - 2018):.3f}\n" for n in (1, 2, 3)))
        run("import", store, id_, table, defs=defs)
    (defs / "sources/later.yaml").write_text(same_source.replace('release: "2022"', 'release: "2024"'))
    table = folder / "later-2023.csv"
    table.write_text("code,naam,jaar,afwijking\n" + "".join(f"BU9903010{n},Plek {n},2023,{0.017 * n:.3f}\n" for n in (1, 2, 3)))
    run("import", store, "later", table, defs=defs)
    s = Server(store, defs)
    try:
        told = s.get("/gebieden/BU99030101/gebeurtenissen?methode=lbm3")["gebeurtenissen"]
        same([(h["soort"], h["van"]) for h in told if h["soort"] != "gebeurtenis"], [("grens", "2020"), ("bron", "2020"), ("bron", "2021"), ("methode", "2022"), ("uitgave", "2023")], "what the store knows of its own figures")
        same([h["id"] for h in told if h["soort"] == "gebeurtenis"], [], "no event of a wijk that is not loaded, or of another buurt")
        check("3.1" in told[-2]["woorden"] and told[-2]["bestand"] == "later-2022.csv" and len(told[-2]["sha256"]) == 64, "the file from which on it holds")
        same(s.get("/gebieden/BU99030102/gebeurtenissen", "en")["gebeurtenissen"][0]["woorden"] in ("Something else", "Other division from 2020: the border may have changed"), True, "in English")
        same(s.get("/gebieden/BU99030101/vakken"), s.get("/gebieden/BU99030101/vakken?methode=lbm3"), "an area without cells")
        same(s.get("/gebieden/BU99030101/vakken")["vakken"], [], "none, and no sentence")
        same([c["afstand"] for c in s.get("/gebieden/BU99030101/wiel")["cijfers"]], [], "no figures, no ring")
    finally:
        s.stop()


with tempfile.TemporaryDirectory(prefix="wijk-inside-") as name:
    demo = Path(name) / "demo.gpkg"
    run("demo", demo)
    server = Server(demo)
    try:
        for part in (cells_again, wheel_again, peers_again):
            part(server)
    finally:
        server.stop()
    invented(Path(name))
print(f"{len(FAILED)} failed")
sys.exit(1 if FAILED else 0)
