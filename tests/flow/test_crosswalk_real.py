#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""The published code changes of Amsterdam: scores by the codes of 2019 stand, unchanged, with the codes of 2022."""
import csv
import os
import subprocess
import sys
import tempfile
from pathlib import Path

WIJK = Path(sys.argv[1]).resolve()
DATA = os.environ.get("WIJK_REAL_DATA")
if not DATA:
    print("WIJK_REAL_DATA is not set")
    sys.exit(77)
table = Path(DATA) / "codewijzigingen-amsterdam/buurten_2015_2022.csv"
scores = next((Path(DATA) / "cbs-ses-woa-2019-amsterdam").glob("*.csv"))


def wijk(*words):
    return subprocess.run([str(WIJK), *map(str, words)], check=True, capture_output=True, text=True).stdout


def figures(store, code):
    rows = csv.DictReader(wijk("show", store, code, "--format", "csv").splitlines())
    return {(r["indicator"], r["period"]): (r["value"], r["status"]) for r in rows}


with tempfile.TemporaryDirectory() as folder:
    store = Path(folder) / "s.gpkg"
    wijk("new", store)
    wijk("import", store, "statline-csv", scores)
    wijk("import", store, "amsterdam-codewijziging-csv", table)
    links = list(csv.DictReader(wijk("crosswalk", store, "buurt", 2019, 2022, "--import", table, "--from-column",
                                     "BUURTCODE_CBS_2015", "--to-column", "BUURTCODE_CBS_2022", "--format", "csv").splitlines()))
    assert len(links) == 439, len(links)
    assert {(r["kind"], r["share"], r["method"]) for r in links} == {("renamed", "1", "codes")}
    # the same table as a source gives the same links, from every older division there is
    wijk("import", store, "kwb-selectie-csv", next((Path(DATA) / "cbs-kwb-amsterdam").glob("*2020.csv")))
    wijk("import", store, "amsterdam-codewijziging", table)
    for year in (2019, 2020):
        again = list(csv.DictReader(wijk("crosswalk", store, "buurt", year, 2022, "--gemeente", "GM0363", "--format", "csv").splitlines()))
        assert again == links, (year, len(again))
    known = 0
    for r in links[::40]:
        old, new = figures(store, r["from"]), figures(store, r["to"])
        assert old and old == new, (r, old, new)
        known += sum(value != "" for value, _ in old.values())
    assert known > 20, known
print("439 buurten renamed; their figures stay the same")
