#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Crooked figures through the API: crooked.py WIJK [PART OF A NAME]

Towns that no method can measure well (one area, all alike, islands, a border that crosses itself, years without a figure, no
residents known) are loaded and served by the real program. Every answer is a number that can be told, or null with its reason, or
a refusal with a sentence; never a silent number."""
import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))
from cases import case, equal, holds, run, words  # noqa: E402

ARGS = words(1, "WIJK [PART OF A NAME]")
WIJK = os.path.abspath(ARGS[0])
ROOT = Path(__file__).resolve().parents[2]
ENV = {k: v for k, v in os.environ.items() if not k.startswith("LC_") and k != "LANG"} | {"LANG": "nl_NL.UTF-8"}
YEARS = (2014, 2016, 2018, 2020)
SIDE = 0.005  # degrees


def code(i):
    return f"BU9801{i + 1:04d}"


def square(x, y):
    lon, lat = 5.1 + SIDE * x, 52.1 + SIDE * y
    return [[lon, lat], [lon + SIDE, lat], [lon + SIDE, lat + SIDE], [lon, lat + SIDE], [lon, lat]]


def grid(n):
    return [square(i % n, i // n) for i in range(n * n)]


def wijk(*args, want=0):
    r = subprocess.run([WIJK, *map(str, args)], capture_output=True, env=ENV, timeout=120, check=False, encoding="utf-8")
    if r.returncode != want:
        raise AssertionError(f"exit code {r.returncode}: {r.stderr[:400]!r}")
    return r.stderr


def town(name, rings, score, residents=None):
    """A store with these areas. score(i, year): cell of the file, None for no row; residents(i): likewise. Gives what was said."""
    features = [{"type": "Feature", "properties": {"GEMEENTECODE": code(i)[2:6], "BUURTCODE": code(i)[6:], "BUURT": f"Buurt {i + 1}"},
                 "geometry": {"type": "Polygon", "coordinates": [ring]}} for i, ring in enumerate(rings)]
    Path(f"{name}.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    rows = ["bu_code,bu_naam,jaar,lbm,afw,won,fys,vrz,soc,onv"]
    for i in range(len(rings)):
        for year in YEARS:
            v = score(i, year)
            if v is not None:
                rows.append(f"{code(i)},Buurt {i + 1},{year},{v},{v if not isinstance(v, float) else round(v - 4.1, 4)},0,0,0,0,0")
    Path(f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    wijk("new", f"{name}.gpkg")
    said = wijk("import", f"{name}.gpkg", "gemeentekaart-geojson", f"{name}.geojson", "--year", "2020")
    if residents:
        known = {"Area_Code": lambda i: code(i), "District_Type": lambda i: f"Buurt {i + 1}", "Population_Total": residents}
        of_source = (ROOT / "defs" / "sources" / "kwb-selectie-csv.yaml").read_text(encoding="utf-8")
        names = list(known) + [c for c in re.findall(r"column: (\w+)", of_source) if c not in known]
        lines = [";".join(names)] + [";".join(str(known[c](i)) if c in known else "" for c in names) for i in range(len(rings))]
        Path("buurten_2020.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        said += wijk("import", f"{name}.gpkg", "kwb-selectie-csv", "buurten_2020.csv")
    if len(rows) > 1:
        said += wijk("import", f"{name}.gpkg", "leefbaarometer-3", f"{name}.csv")
    return said


def no_such_number(word):
    raise AssertionError(f"{word} in an answer")


class Server:
    def __init__(self, store):
        self.store = f"{store}.gpkg"

    def __enter__(self):
        self.p = subprocess.Popen([WIJK, "serve", self.store, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  env=ENV, encoding="utf-8")
        self.base = re.search(r"http://[\d.:]+", self.p.stdout.readline()).group(0)
        return self

    def __exit__(self, *_):
        self.p.terminate()
        _, err = self.p.communicate(timeout=30)
        equal(self.p.returncode, 0, f"end of the server ({err[-300:]})")

    def ask(self, path, **q):
        """Status and answer; every refusal has a sentence of its own."""
        url = f"{self.base}/api/v1{path}" + (f"?{urllib.parse.urlencode(q)}" if q else "")
        try:
            with urllib.request.urlopen(url, timeout=60) as a:
                status, body = a.status, a.read()
        except urllib.error.HTTPError as refused:
            status, body = refused.code, refused.read()
        answer = json.loads(body, parse_constant=no_such_number)
        if status != 200:
            holds("400 404 422", str(status))
            if len(answer["detail"]) < 20:
                raise AssertionError(f"{path}: no sentence with {status}: {answer}")
        return status, answer

    def get(self, path, **q):
        status, answer = self.ask(path, **q)
        equal(status, 200, path)
        return answer


def every_route(s, area):
    """All that is computed about this town can be asked without a fault."""
    for path, q in (("/kloof", {}), ("/onvoldoende", {}), ("/trends", {"indicator": "lbm3.deviation"}), ("/verlopen", {}), ("/overgangen", {}),
                    ("/concentratie", {"periode": "2020"}), ("/tussenschattingen", {}),
                    ("/clusters", {"indicator": "lbm3.deviation", "periode": "2020"})):
        s.ask(path, niveau="buurt", **q)
    for what in ("verloop", "vergelijkbaar", "verwacht", "wiel", "wegingen", "beleving", "vakken", "gebeurtenissen"):
        s.ask(f"/gebieden/{area}/{what}")


def reason_of_each(value, why, what):
    """No value without a reason, and no reason with a value."""
    for v, w in zip(value, why, strict=True):
        if (v is None) == (w is None):
            raise AssertionError(f"{what}: {v!r} with reason {w!r}")


@case("one area alone: its own line, nothing beside it, each with its reason")
def _():
    town("alleen", grid(1), lambda i, y: 4.1 + (y - 2014) / 100)
    with Server("alleen") as s:
        every_route(s, code(0))
        c = s.get("/clusters", indicator="lbm3.deviation", niveau="buurt", periode="2020")
        equal((c["geheel"]["moran"], c["soort"], c["redenen"][c["reden"][0]]["id"]), (None, [None], "few_areas"), "no pattern")
        holds(c["zin"], "te weinig gebieden")
        holds(s.get(f"/gebieden/{code(0)}/verwacht")["waarom"], "maar één gebied")
        equal(s.get(f"/gebieden/{code(0)}/vergelijkbaar")["redenTekst"], "te weinig kenmerken bekend", "no peers")
        v = s.get("/verlopen", niveau="buurt")
        equal((v["type"], v["reden"]), ([None], ["no_value"]), "no type without classes")


@case("figures without residents: the gap says that it lacks the people, not the figures")
def _():
    town("zonder", grid(4), lambda i, y: 4.0 + i / 50)
    with Server("zonder") as s:
        g = s.get("/kloof", niveau="buurt")["gemeenten"][0]["maten"][0]
        equal(set(g["waarden"]), {None}, "no gap")
        equal(set(g["waarom"]), {"het aantal inwoners is niet bekend"}, "why")
        equal(g["verloop"]["waarom"], "het aantal inwoners is niet bekend", "why there is no course")


@case("all equal, and one year without a figure: no pattern, a gap of nothing, and that year is not made up")
def _():
    town("gelijk", grid(4), lambda i, y: None if y == 2018 else 4.0, lambda i: 1203 + i)
    with Server("gelijk") as s:
        every_route(s, code(5))
        c = s.get("/clusters", indicator="lbm3.deviation", niveau="buurt", periode="2020")
        equal((c["geheel"]["moran"], set(c["soort"])), (None, {None}), "nothing to compare")
        equal({c["redenen"][k]["id"] for k in c["reden"]}, {"no_variation"}, "why")
        equal(s.ask("/clusters", indicator="lbm3.deviation", niveau="buurt", periode="2018")[0], 404, "a year without figures")
        g = s.get("/kloof", niveau="buurt")
        equal(g["perioden"], ["2014", "2016", "2020"], "the years that are known")
        equal({tuple(m["waarden"]) for m in g["gemeenten"][0]["maten"] if m["id"] == "kloof"}, {(0, 0, 0)}, "no gap")
        t = s.get("/trends", niveau="buurt", indicator="lbm3.deviation")
        equal((set(t["perJaar"]), set(t["laag"]), set(t["hoog"]), set(t["metingen"])), ({0}, {0}, {0}, {3}), "lines that lie flat")
        holds(s.get(f"/gebieden/{code(5)}/verloop")["trend"]["zin"], "maar 3 metingen")


@case("islands: nobody has a neighbour, and that is what it says; NaN in a cell is refused by its line")
def _():
    said = town("eilanden", [square(20 * i, 0) for i in range(12)], lambda i, y: "NaN" if (i, y) == (1, 2018) else 4.0 + 0.05 * i,
                lambda i: 800 + 17 * i)
    holds(said, "«NaN» is geen getal")
    with Server("eilanden") as s:
        every_route(s, code(1))
        c = s.get("/clusters", indicator="lbm3.deviation", niveau="buurt", periode="2020")
        equal((c["geheel"]["moran"], c["geheel"]["metBuren"]), (None, 0), "no whole")
        equal({c["redenen"][k]["id"] for k in c["reden"]}, {"no_neighbours"}, "why")
        t = s.get("/trends", niveau="buurt", indicator="lbm3.deviation")
        equal((t["metingen"][1], t["perJaar"][1], t["laag"][1]), (3, 0, 0), "three equal figures lie flat, to the last digit")
        reason_of_each(t["perJaar"], t["reden"], "trend")


@case("a border that crosses itself is mended and told, and its neighbours stay neighbours")
def _():
    rings = grid(4)
    x, y = rings[5][0]
    rings[5] = [[x, y], [x + SIDE, y + SIDE], [x + SIDE, y], [x, y + SIDE], [x, y]]
    holds(town("gekruist", rings, lambda i, y: 4.0 + 0.01 * ((7 * i) % 11), lambda i: 911 + i), "de grens kruist zichzelf")
    with Server("gekruist") as s:
        every_route(s, code(5))
        c = s.get("/clusters", indicator="lbm3.deviation", niveau="buurt", periode="2020")
        equal(c["geheel"]["metBuren"], 16, "with neighbours")
        reason_of_each(c["lokaal"], [None if k is None else c["redenen"][k]["id"] for k in c["reden"]], "local Moran")


@case("hardly anybody lives there: too small to tell, in no sum and no line")
def _():
    town("klein", grid(4), lambda i, y: 4.0 + 0.01 * i, lambda i: 3)
    with Server("klein") as s:
        every_route(s, code(3))
        g = s.get("/kloof", niveau="buurt")["gemeenten"][0]["maten"][0]
        reason_of_each(g["waarden"], [w or None for w in g["waarom"]], "gap")
        equal(set(g["waarden"]), {None}, "no gap of nobody")


@case("a weighing with a part that nobody knows, or a weight below nothing, does not start")
def _():
    good = ROOT / "docs" / "voorbeelden" / "weging-dichtbij-en-rustig.yaml"
    text = good.read_text(encoding="utf-8")
    first = re.search(r"indicator: ([\w.]+)", text).group(1)
    town("weging", grid(4), lambda i, y: 4.0 + 0.01 * i, lambda i: 1203)
    for wrong, sentence in ((text.replace(first, "kwb.bestaat_niet", 1), "bestaat_niet"),
                            (re.sub(r"weight: [\d.]+", "weight: -2", text, count=1), "regel 12: het gewicht van near ligt niet tussen"),
                            (re.sub(r"weight: [\d.]+", "weight: nan", text, count=1), "regel 12")):
        Path("fout.yaml").write_text(wrong, encoding="utf-8")
        if wrong == text:
            raise AssertionError("the example has changed")
        holds(wijk("measure", "weging.gpkg", "--recipe", "fout.yaml", want=1), sentence)


if __name__ == "__main__":
    raise SystemExit(run("wijk-crooked-", ARGS[1] if len(ARGS) > 1 else ""))
