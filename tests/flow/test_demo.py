#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""What truth.yaml plants in the fictional gemeente is found in the exported figures, within the noise of the buurten
where nothing is planted, and no other buurt falls like a planted one. Small counts leave the program hidden, so the
monthly reports are read from the store itself. usage: test_demo.py WIJK TRUTH"""
import collections
import contextlib
import csv
import hashlib
import math
import os
import re
import sqlite3
import statistics
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

LAST = 2025
SPREADS = 2    # yearly scores: this many standard deviations of what unplanted buurten do
SIGMAS = 2.5   # counts: this many standard deviations of a Poisson log ratio
NULL_LOG = 0.05   # a planted null differs less than this from no effect, and less than its own standard deviation


def unpacked(value, n):
    """n figures of a series, plain or packed (src/store/sqlite_packed.c)."""
    if len(value) == 8 * n:
        return struct.unpack(f"<{n}d", value)
    width, power, base = value[1], 10.0 ** value[2], int.from_bytes(value[4:12], "little", signed=True)
    steps = [int.from_bytes(value[12 + k * width:12 + (k + 1) * width], "little") for k in range(n)]
    return [(base + u - 1) / power if u else float("nan") for u in steps]


def read_truth(path):
    """The plain shape truth.yaml has: `name: value`, or `name:` and below it `  - {key: value, ...}`."""
    truth, name = {}, None
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        if m := re.fullmatch(r"(\w+):\s*(\S*)", line):
            name = m[1]
            truth[name] = m[2] or []
        elif m := re.fullmatch(r"\s+- \{(.*)\}", line):
            flat = re.sub(r"\{.*?\}", "-", m[1])
            truth[name].append(dict(part.split(": ") for part in flat.split(", ")))
    for group in ("slides", "recoveries", "effects", "nulls", "water_beds"):
        assert truth[group], f"{path}: nothing read under {group}"
    return truth


def digest(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def demo(wijk, folder, name, **env):
    store = f"{folder}/{name}.gpkg"
    subprocess.run([wijk, "demo", store], check=True, timeout=120, env={**os.environ, **env})
    return store


def check_same(wijk, folder, store, fail):
    """The same file again, and again with the mathematics of a processor without fused or wide arithmetic."""
    plain = "glibc.cpu.hwcaps=-AVX,-AVX2,-FMA,-FMA4,-AVX512F,-SSE4_1"
    for name, env in (("twee", {}), ("drie", {"GLIBC_TUNABLES": plain, "LC_ALL": "C.UTF-8", "TZ": "Asia/Tokyo"})):
        if digest(demo(wijk, folder, name, **env)) != digest(store):
            fail(f"two demo stores differ ({name})")


class Figures:
    """Figures of buurten by (code, indicator): values by period, and every status that occurs."""

    def __init__(self, path):
        self.value, self.status = collections.defaultdict(dict), collections.defaultdict(set)
        with open(path, encoding="utf-8", newline="") as f:
            for r in csv.DictReader(f):
                if r["level"] != "buurt":
                    continue
                key = r["code"], r["indicator"]
                self.status[key].add(r["status"])
                if r["value"]:
                    self.value[key][r["period"]] = float(r["value"])
        self.codes = sorted({code for code, _ in self.status})
        self.read_reports(Path(path).with_suffix(".gpkg"))

    def read_reports(self, store):
        """The true monthly counts; the export has them rounded and hidden."""
        with contextlib.closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as db:
            code = [c for c, in db.execute("SELECT code FROM buurt ORDER BY pos")]
            rows = db.execute("SELECT period, n, value FROM series WHERE indicator = 'nuisance_reports' AND level = 'buurt'")
            for period, n, value in rows:
                for c, v in zip(code, unpacked(value, n)):
                    self.value[c, "nuisance_reports"][f"{period // 100}-{period % 100:02}"] = v

    def deviation(self, code):
        return self.value[code, "lbm3.deviation"]

    def change(self, code, after):
        d = self.deviation(code)
        return d[str(LAST)] - d[str(after)]

    def nuisance(self, code, first, last):
        """Sum over whole months from first to before last, and how many months."""
        months = [n for p, n in self.value[code, "nuisance_reports"].items() if first <= p < last]
        return sum(months), len(months)


def check_courses(f, truth, fail):
    """Slides and recoveries change by per_year * years; nobody else falls like the smallest slide."""
    planted = {c["buurt"] for c in truth["slides"] + truth["recoveries"]}
    others = [c for c in f.codes if c not in planted and f.deviation(c)]
    for c in truth["slides"] + truth["recoveries"]:
        after = int(c["after"])
        want, got = float(c["per_year"]) * (LAST - after), f.change(c["buurt"], after)
        spread = statistics.stdev(f.change(o, after) for o in others)
        print(f"{c['buurt']} since {after}: {got:+.3f}, planted {want:+.3f}, spread of the others {spread:.3f}")
        if abs(got - want) > SPREADS * spread:
            fail(f"{c['buurt']} changes by {got:.3f}, planted is {want:.3f}")
    smallest = min(-float(c["per_year"]) * (LAST - int(c["after"])) for c in truth["slides"])
    smallest = min([smallest] + [-f.change(c["buurt"], int(c["after"])) for c in truth["slides"]])
    for code in others:
        d = f.deviation(code)
        fall = max(d[a] - d[b] for a in d for b in d if a < b)
        if fall >= smallest:
            fail(f"{code} falls by {fall:.3f} though nothing is planted there; the smallest slide is {smallest:.3f}")


def ratio(f, truth, code, since):
    """Log of the monthly mean from `since` on over the mean before it, against the unplanted town; and its sd."""
    shifted = {s["buurt"] for g in ("effects", "nulls", "water_beds") for s in truth[g]}
    shifted |= {s["moves_to"] for s in truth["water_beds"]}

    def logs(codes):
        before = [f.nuisance(c, "0000", since) for c in codes]
        after = [f.nuisance(c, since, "9999") for c in codes]
        n0, n1 = sum(n for n, _ in before), sum(n for n, _ in after)
        return math.log(n1 / after[0][1]) - math.log(n0 / before[0][1]), 1 / n0 + 1 / n1

    (own, own_var), (town, town_var) = logs([code]), logs([c for c in f.codes if c not in shifted])
    return own - town, math.sqrt(own_var + town_var)


def check_shifts(f, truth, fail):
    """Registered nuisance: an effect by its factor, a null by none, a water bed that moves to its neighbour."""
    for s in truth["effects"] + truth["nulls"] + truth["water_beds"]:
        got, sd = ratio(f, truth, s["buurt"], s["since"])
        want = math.log(float(s["factor"]))
        print(f"{s['buurt']} nuisance since {s['since']}: x {math.exp(got):.2f}, planted x {s['factor']}, sd {sd:.2f}")
        if abs(got - want) > SIGMAS * sd:
            fail(f"{s['buurt']}: factor {math.exp(got):.2f}, planted is {s['factor']}")
        if want < 0 and got > -SIGMAS * sd:
            fail(f"{s['buurt']}: the planted fall does not stand out from the noise")
    for s in truth["nulls"]:
        got, sd = ratio(f, truth, s["buurt"], s["since"])
        if abs(got) > min(sd, NULL_LOG):
            fail(f"{s['buurt']}: nothing is planted, yet chance alone gives a factor {math.exp(got):.2f}")
    for s in truth["water_beds"]:
        to, since = s["moves_to"], s["since"]
        (n0, m0), (n1, m1) = f.nuisance(s["buurt"], "0000", since), f.nuisance(s["buurt"], since, "9999")
        (t0, k0), (t1, k1) = f.nuisance(to, "0000", since), f.nuisance(to, since, "9999")
        lost, gained = n0 / m0 - n1 / m1, t1 / k1 - t0 / k0
        sd = math.sqrt(n0 / m0**2 + n1 / m1**2 + t0 / k0**2 + t1 / k1**2)
        print(f"{s['buurt']} loses {lost:.2f} a month, {to} gains {gained:.2f}, sd {sd:.2f}")
        if gained < SIGMAS * sd or abs(lost - gained) > SIGMAS * sd:
            fail(f"{s['buurt']} loses {lost:.2f} a month, {to} gains {gained:.2f}")


def check_gaps(f, truth, fail):
    for key, want in (("hidden", "suppressed"), ("no_data", "missing")):
        got = f.status[truth[key], "lbm3.deviation"]
        if got != {want}:
            fail(f"{key} {truth[key]}: status {sorted(got)} instead of {want}")
        others = [c for c in f.codes if c != truth[key] and want in f.status[c, "lbm3.deviation"]]
        if others:
            fail(f"{want} also in {others}")


def check_offers(wijk, store, codes, truth, fail):
    """What nobody offers is found where it is planted, and nowhere else; by what everybody sees."""
    want = {(g["buurt"], g["theme"], g["age"]) for g in truth["offer_gaps"]}
    found = set()
    for code in codes:
        told = subprocess.run([wijk, "partner", "gaps", store, code, "--public", "--format", "csv"], check=True, timeout=120,
                              capture_output=True, text=True).stdout
        for row in csv.DictReader(told.splitlines()):
            if row["cover"] == "deels":
                fail(f"{code}: {row['theme']} is offered to a part of {row['age']} only")
            if row["cover"] == "geen":
                found.add((code, row["theme"], row["age"]))
    if found != want:
        fail(f"offers lack {sorted(found)} instead of {sorted(want)}")


def main():
    wijk, truth = os.path.abspath(sys.argv[1]), read_truth(sys.argv[2])
    failed = []
    with tempfile.TemporaryDirectory(prefix="wijk-demo-") as folder:
        store, figures_csv = demo(wijk, folder, "een"), f"{folder}/een.csv"
        subprocess.run([wijk, "export", store, figures_csv, "--format", "csv"], check=True, timeout=120)
        check_same(wijk, folder, store, failed.append)
        figures = Figures(figures_csv)
        check_offers(wijk, store, sorted(c for c in figures.codes if c.startswith("BU")), truth, failed.append)
    check_courses(figures, truth, failed.append)
    check_shifts(figures, truth, failed.append)
    check_gaps(figures, truth, failed.append)
    for sentence in failed:
        print(f"FAIL  {sentence}")
    return 1 if failed else 0


sys.exit(main())
