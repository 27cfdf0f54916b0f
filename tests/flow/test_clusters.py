#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Where alike figures of the fictional gemeente lie together: exactly the core that truth.yaml plants is told in every year,
as high among high; and nothing is told of the figure that lies without a pattern. usage: test_clusters.py WIJK TRUTH"""
import csv
import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

YEARS = range(2019, 2026)
CHANCE = 0.05  # q up to which a pattern is told, and p of Moran's I


def read_truth(path):
    text = Path(path).read_text(encoding="utf-8")
    core = re.findall(r"buurt: (\w+), more: [-.\d]+, lies: core", text)
    named = dict(re.findall(r"^(\w+): (\w+)$", text, re.M))
    assert core, f"{path}: no core of a cluster"
    return set(core), named["homes_indicator"], named["patternless"], named["hidden"]


def cluster(wijk, store, indicator, year, *options):
    """The rows, and the p of Moran's I of all areas."""
    r = subprocess.run([wijk, "cluster", store, indicator, str(year), "--format", "csv", *options], capture_output=True,
                       text=True, check=True, timeout=120, env={**os.environ, "LANG": "nl_NL.UTF-8"})
    p = re.search(r"\(p = ([\d,]+)\)", r.stderr)
    assert p, r.stderr
    return list(csv.DictReader(io.StringIO(r.stdout))), float(p[1].replace(",", "."))


def main():
    wijk, failed = os.path.abspath(sys.argv[1]), []
    core, planted, patternless, hidden = read_truth(sys.argv[2])
    with tempfile.TemporaryDirectory(prefix="wijk-clusters-") as folder:
        store = f"{folder}/demo.gpkg"
        subprocess.run([wijk, "demo", store], check=True, timeout=120)
        for year in YEARS:
            for indicator, want in ((planted, core), (patternless, set())):
                rows, all_p = cluster(wijk, store, indicator, year)
                told = {(r["code"], r["cluster"]) for r in rows if r["cluster"] not in ("", "none")}
                if told != {(code, "high_high") for code in want}:
                    failed.append(f"{indicator} {year}: told is {sorted(told)}, planted is {sorted(want)}")
                if (all_p <= CHANCE) != bool(want):
                    failed.append(f"{indicator} {year}: Moran's I has p {all_p}")
                if any((float(r["q"]) <= CHANCE) != (r["code"] in want) for r in rows if r["q"]):
                    failed.append(f"{indicator} {year}: a q and its word differ")
                if {r["code"] for r in rows if r["lack"]} != {hidden}:
                    failed.append(f"{indicator} {year}: no answer for others than the hidden buurt")
        # By another sense of neighbours the core stands out too, and the null does not.
        near, _ = cluster(wijk, store, planted, YEARS[-1], "--neighbours", "nearest", "--reach", "5")
        if not core <= {r["code"] for r in near if r["cluster"] == "high_high"}:
            failed.append("the core is not told by the five nearest")
        near, _ = cluster(wijk, store, patternless, YEARS[-1], "--neighbours", "nearest", "--reach", "5")
        if any(r["cluster"] not in ("", "none") for r in near):
            failed.append("something is told of the null by the five nearest")
    for sentence in failed:
        print(f"FAIL  {sentence}")
    return 1 if failed else 0


sys.exit(main())
