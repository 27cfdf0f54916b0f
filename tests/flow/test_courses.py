#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Every slide and recovery that truth.yaml plants is found by `wijk trajectory` and `wijk trend`, and nothing else; every number leads to its
inputs; questions that cannot be are refused in words. On real files ($WIJK_REAL_DATA) the types of all postcodes are counted.
usage: test_courses.py WIJK TRUTH"""
import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

WIJK = os.path.abspath(sys.argv[1])
REAL = os.environ.get("WIJK_REAL_DATA")
FAILED = []


def run(*args, code=0):
    env = {k: v for k, v in os.environ.items() if not k.startswith("LC_")} | {"LANG": "nl_NL.UTF-8"}
    r = subprocess.run([WIJK, *map(str, args)], capture_output=True, text=True, check=False, timeout=120, env=env)
    if r.returncode != code:
        raise SystemExit(f"wijk {' '.join(map(str, args))}: exit code {r.returncode}: {r.stderr}")
    return r.stdout, r.stderr


def rows(*args):
    return list(csv.DictReader(io.StringIO(run(*args, "--format", "csv")[0])))


def expect(what, got, want):
    if got != want:
        FAILED.append(f"{what}: {got!r} instead of {want!r}")


def planted(path):
    text = Path(path).read_text(encoding="utf-8")
    part = lambda name: re.findall(r"buurt: (\w+), after: (\d+), per_year: (\S+),", re.search(rf"^{name}:\n((?:  .*\n)*)", text, re.M).group(1))
    return part("slides"), part("recoveries")


def check_types(store, slides, recoveries):
    got = rows("trajectory", store)
    by = {r["code"]: r for r in got}
    expect("one row per buurt", len(got), 72)
    expect("relapse", {r["code"] for r in got if r["type"] == "relapse"}, {b for b, _, _ in slides})
    expect("recovery", {r["code"] for r in got if r["type"] in ("success", "steady_recovery")}, {b for b, _, _ in recoveries})
    expect("sure", {by[b]["sure"] for b, _, _ in slides}, {"true"})
    expect("hidden", (by["BU99010501"]["type"], by["BU99010501"]["reason"]), ("", "hidden"))
    expect("no data", by["BU99011102"]["reason"], "no_value")
    later = {r["code"] for r in rows("trajectory", store, "--base", 2016, "--recent", 2016) if r["type"] == "relapse"}
    if not {b for b, _, _ in slides} <= later:
        FAILED.append(f"from 2016 the slides are still slides: {sorted(later)}")
    wijken = rows("trajectory", store, "--level", "wijk")
    expect("wijken", (len(wijken), {r["reason"] for r in wijken}), (14, {""}))


def check_bends(store, slides, recoveries):
    got = rows("trend", store, "lbm3.deviation")
    bent = {r["code"]: r for r in got if r["break_year"]}
    expect("bends", set(bent), {b for b, _, _ in slides + recoveries})
    for buurt, after, per_year in slides + recoveries:
        r = bent.get(buurt)
        if r and (abs(int(r["break_year"]) - int(after)) > 1 or abs(float(r["slope_after"]) - float(r["slope_before"]) - float(per_year)) > 0.008):
            FAILED.append(f"{buurt}: a bend in {r['break_year']} of {float(r['slope_after']) - float(r['slope_before']):.4f}, planted {after} {per_year}")
    for r in got:
        if r["reason"] == "" and not float(r["low"]) <= float(r["slope_per_year"]) <= float(r["high"]):
            FAILED.append(f"{r['code']}: the slope is outside its band")
        if r["reason"] == "" and not 0 <= float(r["own_share"]) <= 1:
            FAILED.append(f"{r['code']}: own share {r['own_share']}")


def slope(points):
    """Least squares, once more by hand."""
    n, mx, my = len(points), sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
    return n, sum((x - mx) * (y - my) for x, y in points) / sum((x - mx) ** 2 for x, _ in points)


def check_trace(store):
    for r in rows("trend", store, "owner_occupied_pct")[:5]:
        steps = json.loads(run("trace", store, r["trace"], "--format", "json")[0])
        inputs = [(int(s["period"]), s["value"]) for s in steps if s["depth"] == 1]
        n, b = slope(inputs)
        expect(f"{r['code']} inputs", n, int(r["points"]))
        if abs(b - float(r["slope_per_year"])) > 1e-9 or steps[0]["value"] is None:
            FAILED.append(f"{r['code']}: slope {r['slope_per_year']} from inputs {b}")
    r = next(r for r in rows("trajectory", store) if r["type"] == "relapse")
    steps = json.loads(run("trace", store, r["trace"], "--format", "json")[0])
    value = {s["period"]: s["value"] for s in steps if s["depth"] == 1}
    expect("change by inputs", round(value["2025"] - value["2012"], 6), round(float(r["recent_change"]), 6))


def setting(store, trace, name):
    """A parameter of an analysis, as the table of its trace has it."""
    found = re.search(rf"^{name}  +(\S+)$", run("trace", store, trace)[0], re.M)
    return float(found.group(1).replace(",", ".")) if found else None


def check_smoothed(store):
    """b times the own slope and 1 - b times what all have in common, from what the trace says alone."""
    got = rows("trend", store, "low_income_households_pct")
    for r in got[:4]:
        steps = json.loads(run("trace", store, r["smoothed_trace"], "--format", "json")[0])
        expect(f"{r['code']}: the traced number", steps[0]["value"], float(r["smoothed_slope"]))
        _, own = slope([(int(s["period"]), s["value"]) for s in steps if s["depth"] == 1])
        b, centre = setting(store, r["smoothed_trace"], "eigen aandeel"), setting(store, r["smoothed_trace"], "midden van alle gebieden")
        spread, error = setting(store, r["smoothed_trace"], "spreiding tussen gebieden"), setting(store, r["smoothed_trace"], "gewone fout van de eigen helling")
        if abs(b - spread ** 2 / (spread ** 2 + error ** 2)) > 1e-9 or abs(b * own + (1 - b) * centre - steps[0]["value"]) > 1e-9:
            FAILED.append(f"{r['code']}: smoothed {steps[0]['value']} is not {b} x {own} + the rest x {centre}")
    hidden = next(r for r in got if r["code"] == "BU99010501")
    expect("nothing of a hidden one", (hidden["smoothed_trace"], hidden["smoothed_value_trace"]), ("", ""))
    for bad, code in (("~maat.x", 1), ("~maat.stand", 1), ("~maat", 2)):
        run("trace", store, got[0]["smoothed_trace"] + bad, code=code)


def check_smoothed_level(folder, store, defs):
    """The last figure of a share, where a definition tells what it is a share of."""
    text = (defs / "indicators/inkomen.yaml").read_text(encoding="utf-8")
    mine = Path(folder, "defs/indicators")
    mine.mkdir(parents=True)
    (mine / "inkomen.yaml").write_text(text.replace("  - id: low_income_households_pct\n", "  - id: low_income_households_pct\n    base: households\n"), encoding="utf-8")
    os.environ["WIJK_DEFS"] = str(mine.parent)
    for r in rows("trend", store, "low_income_households_pct")[:4]:
        last = json.loads(run("trace", store, r["smoothed_value_trace"], "--format", "json")[0])
        b, centre = setting(store, r["smoothed_value_trace"], "eigen aandeel"), setting(store, r["smoothed_value_trace"], "midden van alle gebieden")
        expect(f"{r['code']}: the last figure alone", [s["period"] for s in last if s["depth"] == 1], [r["last"]])
        if not 0 < b < 1 or abs(b * last[1]["value"] + (1 - b) * centre - float(r["smoothed_value"])) > 1e-9:
            FAILED.append(f"{r['code']}: the smoothed figure {r['smoothed_value']} does not follow from its trace")
    del os.environ["WIJK_DEFS"]


def check_transition_traces(store):
    """Every count of the table is the number of areas its trace leads to, and its residents are theirs."""
    for more, each in ((("classes",), 2), (("types",), 2), (("classes", "--within", "WK990110"), 2), (("types", "--level", "wijk"), 2)):
        for r in rows("trajectory", store, "--transitions", *more):
            steps = json.loads(run("trace", store, r["trace"], "--format", "json")[0])
            first = [s for s in steps if s["depth"] == 1]
            expect(f"{more} {r['from']} to {r['to']}", (steps[0]["value"], len(first), len({s["code"] for s in first})),
                   (int(r["areas"]), each * int(r["areas"]), int(r["areas"])))
            expect("a trace where there are residents", r["residents_trace"] == "", r["residents"] == "")
            if not r["residents"]:
                continue
            people = json.loads(run("trace", store, r["residents_trace"], "--format", "json")[0])
            weights = [s["weight"] for s in people if s["depth"] == 1 and s["weight"] is not None]
            expect(f"residents {r['from']} to {r['to']}", (people[0]["value"], sum(weights)), (float(r["residents"]), float(r["residents"])))
    good = rows("trajectory", store, "--transitions", "classes")[0]["trace"]
    for was, bad in (("van.", "van.x"), ("van.", "van.1"), ("~naar.", "~naar.1"), ("NL~", "GM0001~")):
        run("trace", store, good.replace(was, bad), code=1)


def check_transitions(store):
    got = rows("trajectory", store, "--transitions", "classes", "--from", 2012)
    expect("all scored buurten went somewhere", sum(int(r["areas"]) for r in got), 70)
    types = rows("trajectory", store, "--transitions", "types", "--from", 2016)
    expect("types", sum(int(r["areas"]) for r in types), 70)
    one = rows("trajectory", store, "--transitions", "classes", "--within", "WK990110")
    if not 0 < sum(int(r["areas"]) for r in one) < 70:
        FAILED.append("a wijk has a part of the buurten")


def check_refusals(store):
    for args, word in ((("trend", store, "bestaat_niet"), "bestaat niet"), (("trend", store, "lbm3.deviation", "--from", 2030), "geen cijfers"),
                       (("trajectory", store, "--year", 2001), "geen score"), (("trajectory", store, "--base", 2025), "geen eerdere meting"),
                       (("trajectory", store, "--recipe", "x"), "recept x"), (("trajectory", store, "--method", "lbm9"), "lbm9"),
                       (("trajectory", store, "--level", "pc4"), "niet"), (("trend", store, "lbm3.deviation", "--release", "2001"), "geen cijfers"),
                       (("trajectory", store, "--transitions", "classes", "--within", "WK999999"), "bestaat niet")):
        _, err = run(*args, code=1)
        if word not in err:
            FAILED.append(f"{args[2:]}: {err.strip()!r} does not say {word!r}")
    run("trajectory", store, "--transitions", "kleur", code=2)
    run("trajectory", store, "--base", "vorig jaar", code=2)


def check_real(folder):
    if not REAL:
        print("skipped: the types of all postcodes ($WIJK_REAL_DATA is not set)")
        return
    store = f"{folder}/pc4.gpkg"
    run("new", store)
    run("import", store, "leefbaarometer-2-pc4", *sorted(Path(REAL, "leefbaarometer-2.0-pc4").glob("*.csv")))
    got = rows("trajectory", store)
    count = {t: sum(r["type"] == t for r in got) for t in ("success", "steady_recovery", "relapse", "early_signal", "other", "")}
    expect("all postcodes", sum(count.values()), 4068)
    expect("relapse since 2012", {r["code"] for r in got if r["type"] == "relapse"} <= {r["code"] for r in got if r["recent_change"] and float(r["recent_change"]) <= -0.168}, True)
    trends = rows("trend", store, "lbm2.deviation")
    expect("three measurements, no interval of Sen", {r["sen_low"] for r in trends if r["points"] == "3"}, {""})
    print("types of postcodes:", count)


def main():
    slides, recoveries = planted(sys.argv[2])
    with tempfile.TemporaryDirectory(prefix="wijk-courses-") as folder:
        store = f"{folder}/demo.gpkg"
        run("demo", store)
        check_types(store, slides, recoveries)
        check_bends(store, slides, recoveries)
        check_trace(store)
        check_smoothed(store)
        check_smoothed_level(folder, store, Path(sys.argv[2]).parents[1])
        check_transition_traces(store)
        check_transitions(store)
        check_refusals(store)
        check_real(folder)
    for sentence in FAILED:
        print(f"FAIL  {sentence}")
    return 1 if FAILED else 0


sys.exit(main())
