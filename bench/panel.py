#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Writes a made-up panel: 12 CSV files, one a year, of 14,000 areas x 126 figures in 130 columns; and the definitions
with which `wijk import` reads them. The same seed gives the same bytes. usage: panel.py FOLDER [AREAS [FIGURES [YEARS]]]"""
import random
import sys
from pathlib import Path

SEED, LAST_YEAR, POOL = 20261125, 2024, 4096
KINDS = ("count", "share", "mean", "money")  # how the figures of a column look, in turn


def cell(rng, kind):
    """One cell as a statistics office writes it: 2 % is a point (hidden), 1 % is empty (not measured)."""
    chance = rng.random()
    if chance < 0.03:
        return "." if chance < 0.02 else ""
    if kind == "count":
        return str(5 * int(rng.lognormvariate(5, 1.2)))
    if kind == "share":
        return f"{100 * rng.betavariate(2, 5):.1f}"
    if kind == "mean":
        return f"{rng.gauss(0, 0.15):.3f}"
    return str(int(rng.lognormvariate(5.6, 0.4)))


def areas(n):
    """Codes and names: 40 buurten a gemeente in wijken of ten, gemeente codes that no real gemeente has."""
    out = []
    for i in range(n):
        gemeente, wijk, buurt = 9000 + i // 40, i % 40 // 10, i % 10
        out.append((f"BU{gemeente:04d}{wijk:02d}{buurt:02d}", f"Buurt {i + 1}", f"WK{gemeente:04d}{wijk:02d}"))
    return out


def write_files(folder, n_area, n_figure, n_year):
    rng = random.Random(SEED)
    pool = [[cell(rng, KINDS[k % 4]) for _ in range(POOL)] for k in range(n_figure)]
    place = areas(n_area)
    header = ";".join(["code", "naam", "wijk", "jaar"] + [f"cijfer_{k:03d}" for k in range(n_figure)])
    for year in range(LAST_YEAR - n_year + 1, LAST_YEAR + 1):
        columns = [rng.choices(p, k=n_area) for p in pool]
        with open(folder / f"panel-{year}.csv", "w", encoding="utf-8", newline="") as f:
            f.write(header + "\n")
            for (code, name, wijk), row in zip(place, zip(*columns)):
                f.write(f"{code};{name};{wijk};{year};{';'.join(row)}\n")


def write_sql(folder, n_year):
    """How the sqlite3 shell loads the same files, as text."""
    years = range(LAST_YEAR - n_year + 1, LAST_YEAR + 1)
    lines = [".mode csv", '.separator ";"'] + [f".import panel-{y}.csv panel_{y}" for y in years]
    (folder / "load.sql").write_text("\n".join(lines) + "\n", encoding="ascii")


def write_definitions(folder, n_figure):
    bounds = {"count": "min: 0", "share": "min: 0\n    max: 100", "mean": "min: -20\n    max: 20", "money": "min: 0"}
    for part in ("indicators", "sources"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    with open(folder / "indicators" / "bench.yaml", "w", encoding="utf-8") as f:
        f.write("theme: bench\nindicators:\n")
        for k in range(n_figure):
            f.write(f'  - id: figure_{k:03d}\n    label: {{nl: "Cijfer {k}", en: "Figure {k}"}}\n'
                    f'    definition: {{nl: "Verzonnen cijfer {k}.", en: "Made-up figure {k}."}}\n'
                    f'    unit: {{nl: "-", en: "-"}}\n    {bounds[KINDS[k % 4]]}\n')
    template = Path(__file__).with_name("panel.yaml").read_text(encoding="utf-8")
    fields = "".join(f"      - {{column: cijfer_{k:03d}, indicator: figure_{k:03d}}}\n" for k in range(n_figure))
    (folder / "sources" / "bench-panel.yaml").write_text(template + fields, encoding="utf-8")


def main():
    folder = Path(sys.argv[1])
    n_area, n_figure, n_year = [int(a) for a in (sys.argv[2:] + ["14000", "126", "12"][len(sys.argv) - 2:])]
    folder.mkdir(parents=True, exist_ok=True)
    write_files(folder, n_area, n_figure, n_year)
    write_sql(folder, n_year)
    write_definitions(folder / "defs", n_figure)


main()
