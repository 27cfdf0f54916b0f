#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Every form of export of the demo, opened by others and compared figure by figure: test_export.py WIJK

CSV is the measure; JSON, the sheet and the GeoPackage must hold the same rows. What is hidden is hidden in all, with its
reason in words. A disk that is full, at whatever moment, gives a sentence and leaves nothing. GDAL's validator is asked
where it is installed."""
import csv
import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree

VALIDATOR = "/usr/lib/python3/dist-packages/osgeo_utils/samples/validate_gpkg.py"
HIDDEN = "te klein om te tonen"
NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
bad = []


def expect(truth, what):
    if not truth:
        bad.append(what)


def same(a, b, what):
    expect(a == b, f"{what}: {a!r} is not {b!r}")


def number(text):
    return None if text in ("", None) else float(text)


def sheet(book, path):
    """Rows of one sheet as {column letter: value}; numbers as floats."""
    for _, row in ElementTree.iterparse(book.open(path)):
        if row.tag != NS + "row":
            continue
        out = {}
        for c in row.iter(NS + "c"):
            key = c.get("r").rstrip("0123456789")
            if c.get("t") == "inlineStr":
                out[key] = "".join(t.text or "" for t in c.iter(NS + "t"))
            elif c.find(NS + "v") is not None:
                out[key] = float(c.find(NS + "v").text)
            expect(c.find(NS + "f") is None, f"{path}: a formula in {c.get('r')}")
        row.clear()
        yield out


def check_json(folder, rows):
    got = json.loads((folder / "uit.json").read_text(encoding="utf-8"))
    same(len(got), len(rows), "rows of JSON")
    for a, b in zip(got, rows):
        if (a["code"], a["indicator"], a["period"], a["status"], a["value"]) != (b["code"], b["indicator"], b["period"], b["status"], number(b["value"])):
            bad.append(f"JSON {a} is not {b}")
            break


def check_xlsx(folder, rows):
    with zipfile.ZipFile(folder / "uit.xlsx") as book:
        expect(book.testzip() is None, "the workbook's archive is damaged")
        names = [s.get("name") for s in ElementTree.parse(book.open("xl/workbook.xml")).iter(NS + "sheet")]
        same(names, ["Cijfers", "Gebieden", "Woordenboek", "Bronnen"], "sheets")
        expect(b'<pane ySplit="1"' in book.read("xl/worksheets/sheet1.xml")[:4000], "the heading is not held in place")
        lines = sheet(book, "xl/worksheets/sheet1.xml")
        head = next(lines)
        same(head["H"], "Waarde", "heading of the value")
        n = hidden = 0
        for a, b in zip(lines, rows):
            n += 1
            value = a.get("H")
            hidden += b["status"] == "suppressed"
            want = HIDDEN if b["status"] == "suppressed" else number(b["value"])
            year = a["F"] if "-" in b["period"] else f"{a['F']:.0f}"
            if a["A"] != b["code"] or value != want or ("-" not in b["period"] and year != b["period"]):
                bad.append(f"sheet row {n + 1}: {a} is not {b}")
                break
        same(n, len(rows), "rows of the sheet")
        expect(hidden > 100, "the demo hides hardly anything")
        same(sum(1 for _ in sheet(book, "xl/worksheets/sheet4.xml")) - 1 > 0, True, "sources in the sheet")


def check_gpkg(folder, rows, demo):
    db = sqlite3.connect(f"file:{folder}/uit.gpkg?mode=ro", uri=True)
    tables = {r[0] for r in db.execute("SELECT table_name FROM gpkg_contents")}
    expect({"buurt", "wijk", "gemeente", "raster", "cijfers", "woordenboek", "bronnen", "layer_styles"} <= tables, f"tables {tables}")
    raw = {r[0] for r in db.execute("SELECT name FROM sqlite_schema")} & {"series", "score", "load", "finding", "wijk_store"}
    expect(not raw, f"tables of the store itself: {raw}")
    same(db.execute("SELECT count(*) FROM buurt").fetchone()[0], 72, "buurten")
    same(db.execute("SELECT count(*) FROM rtree_buurt_geom").fetchone()[0], 72, "buurten in the R-tree")
    title, = db.execute("SELECT title FROM gpkg_data_columns WHERE table_name = 'buurt' AND column_name = 'residents'").fetchone()
    same(title, "Inwoners (inwoners), 2025", "title of a column")
    same(db.execute("SELECT count(*) FROM layer_styles WHERE styleQML LIKE '%ruim voldoende%'").fetchone()[0] >= 3, True, "styles")
    words = {r[0]: r for r in db.execute("SELECT indicator, label, definition, unit, kind, direction, source, licence, disclosure FROM woordenboek")}
    same(set(words), {r["indicator"] for r in rows}, "indicators in the dictionary")
    same(words["nuisance_reports"][8], "count", "disclosure of a gated count")
    expect(all(r[1] and r[2] and r[6] and r[7] for r in words.values()), "a word without label, definition, source or licence")
    got = db.execute("SELECT code, level, division_year, indicator, period, value, status, source, load, licence FROM cijfers ORDER BY fid")
    n = 0
    for a, b in zip(got, rows):
        n += 1
        if (a[0], a[3], a[4], a[5], a[6]) != (b["code"], b["indicator"], b["period"], number(b["value"]), b["status"]):
            bad.append(f"GeoPackage {a} is not {b}")
            break
    same(n, len(rows), "rows of cijfers")
    last = {}
    for r in rows:
        if r["level"] == "buurt":
            last[r["indicator"]] = max(last.get(r["indicator"], ""), r["period"])
    for indicator in ("residents", "nuisance_reports"):
        wide = dict(db.execute(f"SELECT code, {indicator} FROM buurt"))
        hidden = {c: t or "" for c, t in db.execute("SELECT code, not_shown FROM buurt")}
        for r in rows:
            if r["level"] == "buurt" and r["indicator"] == indicator and r["period"] == last[indicator]:
                same(wide[r["code"]], number(r["value"]), f"{indicator} of {r['code']} in the layer")
                same(indicator in hidden[r["code"]].split(", "), r["status"] == "suppressed", f"{indicator} of {r['code']} told as hidden")
    db.close()
    if os.path.exists(VALIDATOR) and subprocess.run(["/usr/bin/python3", "-c", "import osgeo"], capture_output=True).returncode == 0:
        p = subprocess.run(["/usr/bin/python3", VALIDATOR, "--extra", folder / "uit.gpkg"], capture_output=True, text=True)
        same(p.returncode, 0, "GDAL's validator " + p.stdout + p.stderr)
        p = subprocess.run(["ogrinfo", "-so", folder / "uit.gpkg", "buurt"], capture_output=True, text=True)
        expect("Feature Count: 72" in p.stdout and "RD New" in p.stdout, "ogrinfo does not read the layer: " + p.stdout)
    else:
        print("GDAL's validator is not installed: not asked")


def check_within(run, folder):
    run("export", "demo.gpkg", "wijk.csv", "--within", "wk990101", "--level", "buurt")
    with open(folder / "wijk.csv", encoding="utf-8", newline="") as f:
        codes = {r["code"] for r in csv.DictReader(f)}
    expect(len(codes) > 2 and all(c.startswith("BU990101") for c in codes), f"areas within: {codes}")
    run("export", "demo.gpkg", "wijk.gpkg", "--within", "WK990101")
    db = sqlite3.connect(folder / "wijk.gpkg")
    same([r[0] for r in db.execute("SELECT code FROM wijk")], ["WK990101"], "the wijk itself")
    same(db.execute("SELECT count(DISTINCT code) FROM cijfers WHERE level = 'buurt'").fetchone()[0], len(codes), "its buurten")
    db.close()


def check_full(wijk, folder):
    def limited():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    place = folder / "vol"
    place.mkdir()
    for kind in ("csv", "json", "geojson", "xlsx", "gpkg"):
        size = (folder / f"uit.{kind}").stat().st_size
        for limit in (1000, size // 3, size - 100):
            p = subprocess.run([wijk, "export", folder / "demo.gpkg", place / f"a.{kind}"], capture_output=True, text=True,
                               preexec_fn=limited, restore_signals=False, timeout=120, env={**os.environ, "LANG": "nl_NL.UTF-8"})
            same(p.returncode, 1, f"{kind} on a disk full after {limit} bytes")
            expect(f"a.{kind}: " in p.stderr and len(p.stderr.splitlines()) == 1, f"{kind} says: {p.stderr}")
            same(os.listdir(place), [], f"{kind} leaves")


def main():
    wijk = os.path.abspath(sys.argv[1])
    folder = Path(tempfile.mkdtemp(prefix="wijk-export-"))
    try:
        def run(*args):
            subprocess.run([wijk, *args], check=True, timeout=300, cwd=folder, env={**os.environ, "LANG": "nl_NL.UTF-8"})
        run("demo", "demo.gpkg")
        for kind in ("csv", "json", "geojson", "xlsx", "gpkg"):
            run("export", "demo.gpkg", f"uit.{kind}")
        with open(folder / "uit.csv", encoding="utf-8", newline="") as f:
            rows = list(csv.DictReader(f))
        expect(all(r["value"] == "" and r["status_text"] == HIDDEN for r in rows if r["status"] == "suppressed"), "a hidden figure in CSV")
        check_json(folder, rows)
        check_xlsx(folder, rows)
        check_gpkg(folder, rows, folder / "demo.gpkg")
        check_within(run, folder)
        check_full(wijk, folder)
    finally:
        shutil.rmtree(folder)
    print("\n".join(bad[:20]) if bad else "all forms hold the same figures")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
