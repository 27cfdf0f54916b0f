#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""The own weighing of Lindewaard is worked out again from the exported figures, without our code; so is one number from its
trace alone. Recipes that cannot be are refused with the line. usage: test_weighing.py WIJK RECIPE"""
import collections
import csv
import io
import json
import math
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

WIJK, RECIPE = sys.argv[1:3]
REFERENCE, MIDDLE, STEP = "2016", 50, 10
PARTS = {"living": 20, "outside": 25, "together": 25, "safe": 30}
INPUTS = {"lbm3.housing": ("living", 3, 1), "gas_m3": ("living", 1, -1), "lbm3.physical": ("outside", 2, 1),
          "lbm3.amenities": ("outside", 1, 1), "lbm3.cohesion": ("together", 1, 1), "lbm3.safety": ("safe", 1, 1)}
LIMITS = [38, 45, 55, 62]


def run(*args, code=0):
    done = subprocess.run([WIJK, *args], capture_output=True, text=True, env=os.environ | {"LANG": "nl_NL.UTF-8"}, check=False)
    assert done.returncode == code, (args, done.returncode, done.stderr)
    return done.stdout if code == 0 else done.stderr


def figures(store, folder):
    """figure[indicator][year][code] of the buurten, as they may leave."""
    out = os.path.join(folder, "all.csv")
    run("export", store, out, "--level", "buurt")
    found = collections.defaultdict(lambda: collections.defaultdict(dict))
    for row in csv.DictReader(open(out, encoding="utf-8", newline="")):
        if row["indicator"] in INPUTS and row["value"]:
            found[row["indicator"]][row["period"]][row["code"]] = float(row["value"])
    return found


def scale(figure):
    """Mean and standard deviation of the reference year."""
    return {k: (statistics.fmean(v[REFERENCE].values()), statistics.stdev(v[REFERENCE].values())) for k, v in figure.items()}


def result(figure, scales, year, code):
    """Total, or None when under 0.7 of the weight is known."""
    num, den, all_ = collections.Counter(), collections.Counter(), collections.Counter()
    for name, (part, weight, sign) in INPUTS.items():
        all_[part] += weight
        x = figure[name][year].get(code)
        if x is None:
            continue
        num[part] += weight * sign * (x - scales[name][0]) / scales[name][1]
        den[part] += weight
    known = sum(PARTS[p] / 100 * den[p] / all_[p] for p in PARTS)
    if known < 0.7 - 1e-9:
        return None
    have = [p for p in PARTS if den[p]]
    return MIDDLE + STEP * sum(PARTS[p] * num[p] / den[p] for p in have) / sum(PARTS[p] for p in have)


def check_all(store, folder):
    figure = figures(store, folder)
    scales = scale(figure)
    rows = list(csv.DictReader(io.StringIO(run("measure", store, "--recipe", "lindewaard", "--format", "csv"))))
    assert len(rows) == 72 * 14, len(rows)
    lacking = collections.Counter()
    for row in rows:
        want = result(figure, scales, row["year"], row["code"])
        if want is None:
            assert row["score"] == "" and row["class"] == "" and row["lack"], row
            lacking[row["code"], row["lack"]] += 1
            continue
        assert math.isclose(float(row["score"]), want, rel_tol=1e-11), (row, want)
        assert int(row["class"]) == 1 + sum(limit < want for limit in LIMITS), row
        assert float(row["low"]) < want < float(row["high"])
    # What truth.yaml hides and does not measure, and no other area.
    assert set(lacking) == {("BU99010501", "hidden"), ("BU99011102", "no_value")}, lacking
    return rows


def check_trace(store, rows):
    """From the trace alone: inputs, weights, middles and measures."""
    row = next(r for r in rows if r["code"] == "BU99010103" and r["year"] == "2025")
    told = json.loads(run("trace", store, row["trace"], "--format", "json"))
    inputs = {t["indicator"]: t["value"] for t in told if t["role"] == "input" and t["depth"] == 1}
    assert set(inputs) == set(INPUTS)
    assert math.isclose(told[0]["value"], float(row["score"]), rel_tol=1e-15)
    assert all(t["file"] for t in told if t["role"] == "input" and t["depth"] == 1)
    other = run("measure", store, "--recipe", "lindewaard", "--weights", "gas_m3:0", "--format", "csv")
    changed = next(r for r in csv.DictReader(io.StringIO(other)) if r["code"] == "BU99010103" and r["year"] == "2025")
    assert changed["trace"] != row["trace"] and "g2.0" in changed["trace"], changed
    again = json.loads(run("trace", store, changed["trace"], "--format", "json"))
    assert again[0]["value"] == float(changed["score"]) != told[0]["value"]


def check_sensitivity(store):
    rows = list(csv.DictReader(io.StringIO(run("measure", store, "--recipe", "lindewaard", "--sensitivity", "--format", "csv"))))
    assert [r["kind"] for r in rows] == ["dimension"] * 4 + ["input"] * 6
    assert all(r["areas"] == "70" for r in rows)
    usual = classes(store)
    for weight, column in (("3.6", "more"), ("2.4", "less"), ("0", "without")):
        moved = classes(store, "--weights", f"lbm3.housing:{weight}")
        want = sum(moved[code] != k for code, k in usual.items() if k)
        assert int(next(r for r in rows if r["id"] == "lbm3.housing")[column]) == want, (column, want)


def classes(store, *more):
    rows = csv.DictReader(io.StringIO(run("measure", store, "--recipe", "lindewaard", "--format", "csv", *more)))
    return {r["code"]: r["class"] for r in rows if r["year"] == "2025"}


def check_refusals(store, folder):
    text = open(RECIPE, encoding="utf-8").read()
    path = os.path.join(folder, "eigen.yaml")
    for old, new, sentence in (
            ("indicator: gas_m3", "indicator: maanlicht", "eigen.yaml regel 22: de indicator maanlicht bestaat niet."),
            ("dimension: living, weight: 1", "dimension: living, weight: -1", "eigen.yaml regel 22: het gewicht van gas_m3 ligt niet"),
            ("indicator: gas_m3", "indicator: low_income_households_pct", "zegt wie er wonen; dat telt nooit mee"),
            ("reference: 2016", "reference: 1999", "Van het ijkjaar 1999 van de weging eigen zijn er geen cijfers."),
            ("gemeente: GM9901", "gemeente: GM0014", "en daarvan zijn hier geen buurten")):
        with open(path, "w", encoding="utf-8") as f:
            f.write(text.replace("id: lindewaard", "id: eigen").replace(old, new, 1))
        assert sentence in run("measure", store, "--recipe", path, code=1), sentence
    with open(path, "w", encoding="utf-8") as f:
        f.write(re.sub(r"(?s)\nrecord:.*", "\n", text.replace("id: lindewaard", "id: eigen")))
    done = subprocess.run([WIJK, "measure", store, "--recipe", path, "--format", "csv"], capture_output=True, text=True, check=True)
    assert len(done.stdout.splitlines()) == 72 * 14 + 1 and len(done.stderr.splitlines()) == 9, done.stderr
    assert "telt niet mee" in run("measure", store, "--recipe", path, "--weights", "zon:1", code=2)
    assert "--recipe" in run("measure", store, "--sensitivity", code=2)


def check_record(store, folder):
    """A weighing without its record is named with what it lacks; no route tells its results."""
    defs = os.path.join(folder, "defs")
    os.makedirs(os.path.join(defs, "recipes"))
    text = open(RECIPE, encoding="utf-8").read().replace("id: lindewaard", "id: eigen")
    with open(os.path.join(defs, "recipes", "eigen.yaml"), "w", encoding="utf-8") as f:
        f.write(re.sub(r"(?m)^  review_on: .*$", '  review_on: "2026-01-02"', text))
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        base = "http://127.0.0.1:%d" % s.getsockname()[1]
    server = subprocess.Popen([WIJK, "serve", store, "--listen", base[7:], "--no-drawn"], env=os.environ | {"WIJK_DEFS": defs, "LANG": "nl_NL.UTF-8"},
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                told = json.load(urllib.request.urlopen(base + "/api/v1/wegingen"))["wegingen"]
                break
            except OSError:
                time.sleep(0.05)
        assert [(g["id"], g["openbaar"]) for g in told] == [("lindewaard", True), ("eigen", False)], told
        assert told[1]["ontbreekt"] == ["de herziening: de datum ervan is voorbij"] and told[1]["perioden"] == []
        one = json.load(urllib.request.urlopen(base + "/api/v1/wegingen/eigen"))
        assert one["gevoeligheid"] is None and one["cijfers"][0]["midden"] is None and one["besluit"]["door"]
        area = json.load(urllib.request.urlopen(base + "/api/v1/gebieden/BU99010103/wegingen"))["wegingen"]
        assert area[0]["uitkomst"] and "uitkomst" not in area[1], area
        for path in ("/api/v1/wegingen/eigen/scores", "/api/v1/herkomst/BU99010103~eigen~2025~2025~~weging"):
            try:
                urllib.request.urlopen(base + path)
                raise AssertionError(path)
            except urllib.error.HTTPError as e:
                assert e.code == 404 and "herziening had uiterlijk op 2 januari 2026" in e.read().decode(), path
        assert urllib.request.urlopen(base + "/api/v1/herkomst/BU99010103~lindewaard~2025~2025~~weging").status == 200
    finally:
        server.terminate()
        server.wait()


def main():
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, "demo.gpkg")
        run("demo", store)
        rows = check_all(store, folder)
        check_trace(store, rows)
        check_sensitivity(store)
        check_refusals(store, folder)
        check_record(store, folder)
    print("weighing: 1008 results worked out again")


if __name__ == "__main__":
    main()
