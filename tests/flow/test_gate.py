#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""No hidden figure of the demo leaves the program: every export, command, answer and tile beside the true counts of the
store. usage: test_gate.py WIJK"""
import contextlib
import csv
import io
import json
import os
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import urllib.request

STREAMS = ("nuisance_reports", "home_burglaries")


def unpacked(value, n):
    """n figures of a series, plain or packed (src/store/sqlite_packed.c)."""
    if len(value) == 8 * n:
        return struct.unpack(f"<{n}d", value)
    width, power, base = value[1], 10.0 ** value[2], int.from_bytes(value[4:12], "little", signed=True)
    steps = [int.from_bytes(value[12 + k * width:12 + (k + 1) * width], "little") for k in range(n)]
    return [(base + u - 1) / power if u else float("nan") for u in steps]


def true_counts(store):
    """{(code, indicator, period): count} of the streams that go through the gate."""
    out = {}
    with contextlib.closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as db:
        code = [c for c, in db.execute("SELECT code FROM buurt ORDER BY pos")]
        for ind, period, n, value in db.execute("SELECT indicator, period, n, value FROM series WHERE level = 'buurt'"):
            if ind in STREAMS:
                for c, v in zip(code, unpacked(value, n)):
                    out[c, ind, f"{period // 100}-{period % 100:02}"] = v
    return out


class Check:
    def __init__(self, true):
        self.true, self.seen, self.hidden, self.bad = true, 0, 0, []

    def cell(self, where, key, value, status):
        """value: number or None; status: word, or None where the place shows none."""
        v = self.true[key]
        self.seen += 1
        if 0 < v < 5:
            self.hidden += 1
            good = value is None and status in ("suppressed", None)
        else:
            good = value == 5 * int(v / 5 + 0.5) and status in ("ok", None)
        if not good:
            self.bad.append(f"{where}: {key} is {v}, shown {value} {status}")


def number(text):
    return float(text) if text not in ("", None) else None


def check_exports(wijk, store, folder, c):
    for form in ("csv", "json"):
        out = f"{folder}/alles.{form}"
        subprocess.run([wijk, "export", store, out, "--format", form], check=True, timeout=120)
        with open(out, encoding="utf-8", newline="") as f:
            rows = list(csv.DictReader(f)) if form == "csv" else json.load(f)
        for r in rows:
            if r["indicator"] in STREAMS:
                value = number(r["value"]) if form == "csv" else r["value"]
                c.cell(form, (r["code"], r["indicator"], r["period"]), value, r["status"])
                if r["status"] == "suppressed" and r["row"] not in ("", None):
                    c.bad.append(f"{form}: {r} names the row of a hidden figure")
    out = f"{folder}/kaart.geojson"
    subprocess.run([wijk, "export", store, out], check=True, timeout=120)
    text = open(out, encoding="utf-8").read()
    c.bad += [f"geojson holds {s}" for s in STREAMS if s in text]
    out = f"{folder}/alles.gpkg"
    subprocess.run([wijk, "export", store, out], check=True, timeout=120)
    with contextlib.closing(sqlite3.connect(f"file:{out}?mode=ro", uri=True)) as db:
        for code, ind, period, value, status, row in db.execute("SELECT code, indicator, period, value, status, row FROM cijfers"):
            if ind in STREAMS:
                c.cell("gpkg", (code, ind, period), value, status)
                if status == "suppressed" and row is not None:
                    c.bad.append(f"gpkg: {code} {ind} {period} names the row of a hidden figure")
        for ind in STREAMS:
            period, = db.execute("SELECT max(period) FROM cijfers WHERE level = 'buurt' AND indicator = ?", (ind,)).fetchone()
            for code, value in db.execute(f"SELECT code, {ind} FROM buurt"):
                c.cell("gpkg layer", (code, ind, period), value, None)


def check_commands(wijk, store, c):
    def run(*args):
        return subprocess.run([wijk, *args], check=True, timeout=120, capture_output=True, text=True).stdout
    codes = sorted({k[0] for k in c.true})
    for code in codes[:3]:
        for r in csv.DictReader(io.StringIO(run("show", store, code, "--format", "csv"))):
            if r["indicator"] in STREAMS:
                c.cell("show", (code, r["indicator"], r["period"]), number(r["value"]), r["status"])
    keys = sorted(k for k, v in c.true.items() if 0 < v < 5)[:4] + sorted(k for k, v in c.true.items() if v >= 5)[:2]
    for key in keys:
        r, = csv.DictReader(io.StringIO(run("trace", store, *key, "--format", "csv")))
        c.cell("trace", key, number(r["value"]), r["status"])
        if r["status"] == "suppressed" and r["row"]:
            c.bad.append(f"trace {key} names row {r['row']}")
        if not r["source"] or not r["sha256"]:
            c.bad.append(f"trace {key} names no source")
    for name in ("areas", "measure"):
        text = run(name, store, "--format", "csv")
        c.bad += [f"{name} holds {s}" for s in STREAMS if s in text]


def check_server(wijk, store, c):
    with subprocess.Popen([wijk, "serve", store, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True,
                          stderr=subprocess.DEVNULL) as p:
        try:
            base = p.stdout.readline().strip().rstrip("/")

            def get(path):
                with urllib.request.urlopen(base + path, timeout=30) as answer:
                    return answer.read()
            areas = json.loads(get("/api/v1/gebieden?niveau=buurt"))["gebieden"]
            order = [a["code"] for a in areas]
            periods = sorted({k[2] for k in c.true})
            for ind in STREAMS:
                for period in periods[::11] + periods[-1:]:
                    v = json.loads(get(f"/api/v1/indicatoren/{ind}/waarden?niveau=buurt&periode={period}"))
                    for code, value, status in zip(order, v["waarden"], v["status"]):
                        c.cell("waarden", (code, ind, period), value, {"1": "ok", "2": "suppressed"}.get(status))
            for code in order[:4]:
                for r in json.loads(get(f"/api/v1/gebieden/{code}"))["waarden"]:
                    for m in r["reeks"] if r["indicator"] in STREAMS else []:
                        c.cell("gebied", (code, r["indicator"], m["periode"]), m["waarde"], m["status"])
                        if m["status"] == "suppressed" and m["statusTekst"] != "te klein om te tonen":
                            c.bad.append(f"gebied {code}: {m}")
            for key in sorted(k for k, v in c.true.items() if 0 < v < 5)[::400]:
                h = json.loads(get("/api/v1/herkomst/" + "/".join(key)))
                c.cell("herkomst", key, h["waarde"], h["status"])
                if h["lading"]["rij"] is not None or h["statusTekst"] != "te klein om te tonen":
                    c.bad.append(f"herkomst {key}: {h}")
            for r in csv.DictReader(io.StringIO(get("/api/v1/uitvoer/csv?niveau=buurt").decode())):
                if r["indicator"] in STREAMS:
                    c.cell("uitvoer", (r["code"], r["indicator"], r["period"]), number(r["value"]), r["status"])
            for f in json.loads(get("/ogc/collections/buurt-2025/items?limit=1000"))["features"]:
                hidden = (f["properties"]["not_shown"] or "").partition(": ")[2].split(", ")
                for ind in STREAMS:
                    c.cell("ogc", (f["id"], ind, periods[-1]), f["properties"][ind], "suppressed" if ind in hidden else "ok")
            overview = json.loads(get("/api/v1"))
            for d in overview["indelingen"]:
                if d["tegels"]:
                    tile = get(d["tegels"].replace("{z}", "0").replace("{x}", "0").replace("{y}", "0"))
                    c.bad += [f"tile of {d['niveau']} holds {s}" for s in STREAMS if s.encode() in tile]
        finally:
            p.send_signal(signal.SIGTERM)
            p.wait(30)


def main():
    wijk = sys.argv[1]
    with tempfile.TemporaryDirectory(prefix="wijk-gate-", dir=os.environ.get("TMPDIR")) as folder:
        store = f"{folder}/demo.gpkg"
        subprocess.run([wijk, "demo", store], check=True, timeout=120)
        c = Check(true_counts(store))
        check_exports(wijk, store, folder, c)
        check_commands(wijk, store, c)
        check_server(wijk, store, c)
    print(f"{c.seen} figures seen, {c.hidden} of them small, {len(c.bad)} wrong")
    print("\n".join(c.bad[:10]))
    return 1 if c.bad or c.hidden < 5000 else 0


sys.exit(main())
