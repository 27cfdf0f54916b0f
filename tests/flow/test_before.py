#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""A score as it was told earlier. In Lindewaard the release before is found as truth.yaml plants it, and nothing else; a file
loaded twice as two releases gives the difference by hand; of Leefbaarometer 2.0 beside 3.0 both are told and nothing is
subtracted, also on the national postcodes when WIJK_REAL_DATA is set. usage: test_before.py WIJK TRUTH"""
import csv
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from pathlib import Path

WIJK, TRUTH = sys.argv[1:3]
ENV = os.environ | {"LANG": "nl_NL.UTF-8"}
BEFORE = "december-2024"


def run(*args):
    done = subprocess.run([WIJK, *map(str, args)], capture_output=True, text=True, env=ENV, check=False)
    assert done.returncode == 0, (args, done.stderr)
    return done.stdout


class Served:
    def __init__(self, store):
        self.p = subprocess.Popen([WIJK, "serve", str(store), "--listen", "127.0.0.1:0", "--no-drawn"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                  text=True, env=ENV)

    def __enter__(self):
        self.base = re.search(r"http://[\d.:]+", self.p.stdout.readline()).group()
        return self

    def __exit__(self, *_):
        self.p.terminate()
        self.p.wait()

    def get(self, path):
        return json.load(urllib.request.urlopen(f"{self.base}/api/v1{path}"))

    def before(self, code):
        national = self.get(f"/gebieden/{code}/wegingen")["landelijk"]
        return national["vorige"] if national else None

    def trace(self, id_):
        return self.get("/herkomst/" + urllib.parse.quote(id_, safe=""))


def planted():
    text = Path(TRUTH).read_text(encoding="utf-8").split("\nrevisions:\n")[1].split("\n\n")[0]
    return {m[1]: float(m[2]) for m in re.finditer(r"buurt: (\w+),.*?more: (-?[\d.]+)", text)}


def check_demo(folder):
    store, out, told = folder / "demo.gpkg", folder / "all.csv", {}
    run("demo", store)
    run("export", store, out, "--level", "buurt")
    for r in csv.DictReader(open(out, encoding="utf-8", newline="")):
        if r["indicator"] == "lbm3.deviation" and r["value"]:
            told[r["code"], r["period"], r["release"]] = float(r["value"])
    codes, truth, apart = sorted({k[0] for k in told}), planted(), {}
    assert len(codes) == 70 and len(truth) == 2, (len(codes), truth)
    with Served(store) as s:
        for code in codes:
            (b,) = s.before(code)
            assert (b["methode"], b["uitgave"], b["uitgaveNu"], b["periode"]) == ("lbm3", BEFORE, "demo", "2023"), b
            assert b["totaal"] == told[code, "2023", BEFORE] and b["totaalNu"] == told[code, "2023", "demo"], b
            assert math.isclose(b["verschil"], b["totaalNu"] - b["totaal"], abs_tol=1e-12), b
            assert ("bleef gelijk" in b["woorden"]) == (b["klasseNaam"] == b["klasseNaamNu"]), b
            apart[code] = -b["verschil"]
        old = s.trace(b["spoor"])
        assert old["waarde"] == b["totaal"] and old["lading"]["bestand"].endswith("december-2024.csv") and old["lading"]["rij"] > 1, old
        assert old["nieuwer"] == b["spoorNu"] and s.trace(b["spoorNu"])["nieuwer"] is None, old
        found = {c: d for c, d in apart.items() if abs(d) > 0.05}
        assert found.keys() == truth.keys() and all(abs(found[c] - truth[c]) < 0.02 for c in truth), (found, truth)
        assert s.before("WK990101") == [] and s.before("BU99010501") is None
        # what the page of an area shows is the newest release in every year
        area = s.get("/gebieden/BU99010204")["scores"][0]
        assert set(area["uitgaven"]) == {"demo"} and area["totaal"] == [told["BU99010204", p, "demo"] for p in area["perioden"]]
    return len(apart)


def pc4(path, shift=0.0):
    """Two postcodes in the shape of the file of Leefbaarometer 2.0, three years."""
    head = "GBD," + ",".join(f"{c}{y}" for y in (12, 14, 16) for c in ("RLBRMTR", "RLBWON", "RLBBEV", "RLBVRZ", "RLBVEI", "RLBFYS"))
    lines = [head]
    for k, code in enumerate((9731, 9732)):
        cells = []
        for y in range(3):
            parts = [round(0.013 * (j + 1) - 0.021 * k + 0.007 * y + (shift if j == 2 else 0), 3) for j in range(5)]
            cells += [round(sum(parts), 3), *parts]
        lines.append(f"{code}," + ",".join(f"{v:.3f}" for v in cells))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def lbm3(path, codes):
    rows = ["PC4,jaar,lbm,afw,won,fys,vrz,soc,onv"]
    for k, code in enumerate(codes):
        parts = [0.011, -0.023, 0.047, 0.003 + k / 1000, -0.019]
        for year in (2016, 2018):
            rows.append(f"{code},{year},{4.1 + sum(parts):.3f},{sum(parts):.3f}," + ",".join(f"{p:.3f}" for p in parts))
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def check_releases(folder):
    """The older release is loaded last and stays the older one; a year that only it tells is no earlier telling."""
    store = folder / "two.gpkg"
    run("new", store)
    run("import", store, "leefbaarometer-2-pc4", pc4(folder / "nieuw.csv"), "--release", "2019")
    run("import", store, "leefbaarometer-2-pc4", pc4(folder / "oud.csv", 0.031), "--release", "2017")
    with Served(store) as s:
        for code in ("9731", "9732"):
            (b,) = s.before(code)
            assert (b["uitgave"], b["uitgaveNu"], b["periode"]) == ("2017", "2019", "2016"), b
            assert math.isclose(b["verschil"], -0.031, abs_tol=1e-9), b
            assert b["klasseNaam"] is None and "hetzelfde jaar" in b["woorden"], b  # 2.0 has no limits: only a class as published
            assert s.trace(b["spoor"])["lading"]["bestand"] == "oud.csv"


def check_versions(folder, dimensions, codes, klass=None):
    store = folder / f"versions-{len(codes)}.gpkg"
    run("new", store)
    run("import", store, "leefbaarometer-2-pc4", dimensions)
    if klass:
        run("import", store, "leefbaarometer-2-pc4", klass)
    run("import", store, "leefbaarometer-3", lbm3(folder / "Leefbaarometer-scores pc4 2002-2018.csv", codes), "--year", "2016")
    with Served(store) as s:
        told = []
        for code in codes:
            n = s.get(f"/gebieden/{code}/wegingen")["landelijk"]
            assert n["methode"] == "lbm3" and n["periode"] == "2018", n
            (b,) = n["vorige"]
            assert (b["methode"], b["naam"], b["periode"], b["verschil"]) == ("lbm2", "Leefbaarometer 2.0", "2016", None), b
            assert "niet van het andere af" in b["woorden"] and b["totaalNu"] is not None, b
            assert s.trace(b["spoor"])["waarde"] == b["totaal"] and s.trace(b["spoorNu"])["waarde"] == b["totaalNu"], b
            told.append((b["totaal"], b["klasseNaam"]))
        return told


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        areas = check_demo(folder)
        check_releases(folder)
        assert [v for v, _ in check_versions(folder, folder / "nieuw.csv", ["9731", "9732"])] == [0.265, 0.16]
        data = os.environ.get("WIJK_REAL_DATA")
        if data:
            real = Path(data) / "leefbaarometer-2.0-pc4"
            want = {r["GBD"]: r["RLBRMTR16"] for r in csv.DictReader(open(real / "PC4DIMENSIE.csv", encoding="utf-8")) if r["RLBRMTR16"]}
            codes = [c for c in sorted(want) if int(c) % 397 == 0][:5]
            told = check_versions(folder, real / "PC4DIMENSIE.csv", codes, real / "PC4LBR.csv")
            assert [v for v, _ in told] == [float(want[c]) for c in codes] and all(k for _, k in told), (codes, told)
            print("national postcodes:", dict(zip(codes, told)))
        print(f"earlier tellings: {areas} buurten, two releases, two versions")


if __name__ == "__main__":
    main()
