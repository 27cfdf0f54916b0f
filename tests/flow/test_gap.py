#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""The gap and the residents in class 1 to 3 of the demo, again from its own figures, by a program that has nothing of
ours: test_gap.py WIJK. Every trace id that is printed leads to the same figure."""
import csv
import io
import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path

wijk = sys.argv[1]
folder = Path(tempfile.mkdtemp(prefix="wijk-gap-"))
store = str(folder / "demo.gpkg")
failed = 0


def run(*words, fails=False):
    done = subprocess.run([wijk, *words], capture_output=True, text=True)
    if (done.returncode != 0) != fails:
        sys.exit(f"wijk {' '.join(words)}: {done.returncode} {done.stderr}")
    return done.stderr if fails else done.stdout


def rows(*words):
    return list(csv.DictReader(io.StringIO(run(*words, "--format", "csv"))))


def check(what, good):
    global failed
    failed += not good
    print("ok     " if good else "not ok ", what)


def near(a, b):
    return math.isclose(float(a), b, rel_tol=1e-9, abs_tol=1e-12)


run("demo", store)
out = folder / "all.csv"
run("export", store, str(out))
value, people = {}, {}
for r in csv.DictReader(out.open(encoding="utf-8-sig")):
    if r["status"] != "ok":
        continue
    if r["indicator"] == "lbm3.deviation" and r["level"] in ("buurt", "raster"):
        value[r["level"], r["period"], r["code"]] = float(r["value"])
    if r["indicator"] == "residents":
        people[r["level"], r["period"], r["code"]] = float(r["value"])
parent = {a["code"]: a["parent"] for a in rows("areas", store, "--level", "raster")}
LIMIT = -0.2815
table = rows("gap", store)
check("one row for all and one for the gemeente, each year", len(table) == 28)
again = True
for r in table:
    year = r["year"]
    x = sorted((v, people["buurt", year, c]) for (lv, p, c), v in value.items() if lv == "buurt" and p == year)
    total = sum(w for _, w in x)

    def quantile(p):
        at = 0
        for v, w in x:
            at += w
            if at >= p * total - 1e-6:
                return v

    spread = sum(w * u * abs(v - t) for v, w in x for t, u in x) / total / total
    mean = sum(v * w for v, w in x) / total
    again &= near(r["p10"], quantile(0.1)) and near(r["p90"], quantile(0.9)) and near(r["gap"], quantile(0.9) - quantile(0.1))
    again &= near(r["difference"], spread) and near(r["gini"], spread / 2 / (mean + 4.1)) and int(r["areas"]) == len(x)
    again &= near(r["below"], sum(w for v, w in x if v <= LIMIT) / total)
    cells = [(c, people["raster", year, c]) for (lv, p, c), v in value.items() if lv == "raster" and p == year and v <= LIMIT]
    if r["counted_by"]:
        by = {}
        for c, w in cells:
            by[parent[c]] = by.get(parent[c], 0) + w
        again &= near(r["insufficient"], sum(w for _, w in cells)) and int(r["insufficient_buurten"]) == sum(n >= 100 for n in by.values())
        again &= r["undercounts"] == "false" and float(r["insufficient_low"]) <= sum(w for _, w in cells) <= float(r["insufficient_high"])
    else:
        again &= not cells
check("gap, shares and counts are those of the figures that go out", again)
check("figures of all are those of the only gemeente", all(a["gap"] == b["gap"] and a["gap_low"] == b["gap_low"] for a, b in zip(table[:14], table[14:])))
same = True
for r in table[::5]:
    for key, figure in (("trace", "gap"), ("trace_insufficient", "insufficient")):
        if not r[key]:
            continue
        t = rows("trace", store, r[key])
        same &= near(t[0]["value"], float(r[figure])) and t[0]["trace"] == r[key] and len(t) > 2
check("every trace leads to its figure and to inputs", same)
trend = rows("trace", store, "GM9901~lbm3~2012..2025~2025~demo~kloof~niveau.buurt")
check("the trend leads to the gaps of its years", near(trend[0]["value"], float(table[-1]["change_per_year"])) and sum(t["depth"] == "1" for t in trend) == 14)
check("another seed gives the same figure and another band", (lambda r: r["gap"] == table[-1]["gap"] and r["gap_low"] != table[-1]["gap_low"] and "zaad.7" in r["trace"])(rows("gap", store, "--within", "GM9901", "--seed", "7")[-1]))
check("JSON holds the same", json.loads(run("gap", store, "--format", "json"))[0]["gap"] == float(table[0]["gap"]))
check("a gemeente without figures is refused", "GM0001" in run("gap", store, "--within", "GM0001", fails=True))
check("a method that is not there is refused", "lbm9" in run("gap", store, "--method", "lbm9", fails=True))
check("a level without figures is refused", "postcodegebied" in run("gap", store, "--level", "pc4", fails=True))
for bad in ("GM9901~lbm3~2025~2025~demo~kloof~maat.niets", "GM9901~lbm3~1999~2025~demo~kloof", "GM9901~lbm3~2013..2025~2025~demo~kloof",
            "GM9901~lbm3~2025~2025~demo~onvoldoende~maat.kloof", "GM0001~lbm3~2025~2025~demo~kloof", "GM9901~lbm3~2025~2025~demo~kloof~zaad.x"):
    check("no figure: " + bad, "" != run("trace", store, bad, fails=True))
check("a parameter said twice changes nothing", rows("trace", store, "GM9901~lbm3~2025~2025~demo~kloof~maat.kloof~maat.kloof")[0]["trace"] == table[-1]["trace"])
sys.exit(failed > 0)
