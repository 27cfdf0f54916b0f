#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Runs the real program in a fresh folder and looks at what a user sees: exit codes, stdout, sentences on stderr.

usage: run.py WIJK [PART OF A NAME]. Cases on real files read the folder $WIJK_REAL_DATA and are skipped without it."""
import csv
import hashlib
import io
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))
from cases import Skip, case, equal, holds, run, words  # noqa: E402

ARGS = words(1, "WIJK [PART OF A NAME]")
WIJK = os.path.abspath(ARGS[0])
ROOT = Path(__file__).resolve().parents[2]
REAL = os.environ.get("WIJK_REAL_DATA")


def env_of(lang="nl_NL.UTF-8"):
    env = {k: v for k, v in os.environ.items() if not k.startswith("LC_") and k not in ("LANG", "WIJK_DEFS")}
    return env | {"LANG": lang}


def wijk(*args, code=0, lang="nl_NL.UTF-8", defs=None):
    """Runs one command, asks for its exit code, gives stdout and stderr."""
    r = subprocess.run([WIJK, *map(str, args)], capture_output=True, env=env_of(lang) | ({"WIJK_DEFS": defs} if defs else {}), timeout=120, check=False)
    out, err = r.stdout.decode(), r.stderr.decode()
    if r.returncode != code:
        raise AssertionError(f"exit code {r.returncode} instead of {code}: {err[:400]!r}")
    return out, err


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def digest(path):
    """SHA-256 of the file and of the log beside it, when there is one."""
    log = Path(f"{path}-wal")
    whole = Path(path).read_bytes() + (log.read_bytes() if log.exists() else b"")
    return hashlib.sha256(whole).hexdigest()


def refused(store, *args, sentence, code=1):
    """The command is refused with this sentence, prints no data and leaves the store as it was."""
    before = digest(store)
    out, err = wijk(*args, code=code)
    equal(out, "", "stdout of a refusal")
    holds(err, sentence)
    equal(digest(store), before, "the store after a refusal")


def write_scores(path, housing):
    Path(path).write_text(
        "bu_code,bu_naam,jaar,lbm,afw,won,fys,vrz,soc,onv\n"
        "BU99010101,Kaardebol,2020,4.137,0.057,0.011,0.013,0.009,0.017,0.007\n"
        f"BU99010102,Raamveld,2020,4.061,-0.019,{housing},-0.005,0.003,-0.007,-0.008\n", encoding="utf-8")


# ---- the command line ----

@case("new makes a store, and never over another file")
def _():
    wijk("new", "leeg.gpkg")
    refused("leeg.gpkg", "new", "leeg.gpkg", sentence="bestaat al")
    wijk("check", "leeg.gpkg")


@case("help names every command; help import gives options and an example")
def _():
    out, _ = wijk("help")
    for name in ("new", "demo", "import", "areas", "area", "trace", "measure", "export", "serve", "check", "backup"):
        holds(out, f"wijk {name} ")
    out, _ = wijk("help", "import")
    for part in ("wijk import STORE SOURCE FILE...", " --year=", " --gemeente=", " --dry-run", "Voorbeeld: wijk import"):
        holds(out, part)


@case("an unknown command is wrong use")
def _():
    holds(wijk("frobel", code=2)[1], "de opdracht frobel bestaat niet")


@case("missing words, an unknown option and a bad value are wrong use")
def _():
    holds(wijk("import", code=2)[1], "er ontbreekt iets")
    holds(wijk("areas", "leeg.gpkg", "--kleur", code=2)[1], "--kleur bestaat hier niet")
    holds(wijk("areas", "leeg.gpkg", "--level", "straat", code=2)[1], "--level is buurt, wijk")
    holds(wijk("areas", "leeg.gpkg", "--year", "20x4", code=2)[1], "--year hoort een getal")


@case("LANG=en_US.UTF-8 gives English")
def _():
    holds(wijk("frobel", code=2, lang="en_US.UTF-8")[1], "the command frobel does not exist")


@case("sources as CSV start with the column id")
def _():
    out, _ = wijk("sources", "--format", "csv")
    equal(out.split("\n")[0].split(",")[0], "id", "first column")
    assert {"leefbaarometer-3", "cbs-wijkbuurtkaart", "cbs-kwb-odata"} <= {r["id"] for r in rows(out)}


# ---- the fictional gemeente ----

@case("demo makes a whole store")
def _():
    wijk("demo", "demo.gpkg")
    wijk("check", "demo.gpkg")
    refused("demo.gpkg", "demo", "demo.gpkg", sentence="bestaat al")
    wijk("new", "stopped.gpkg")  # what a demo leaves that was stopped before it was filled
    wijk("demo", "stopped.gpkg")
    equal(wijk("areas", "stopped.gpkg", "--format", "csv")[0], wijk("areas", "demo.gpkg", "--format", "csv")[0], "the same areas")


@case("areas: 72 buurten and 14 wijken")
def _():
    out, _ = wijk("areas", "demo.gpkg", "--level", "buurt", "--format", "csv")
    equal(out.splitlines()[0], "code,name,level,division_year,parent,residents", "header")
    equal(len(rows(out)), 72, "buurten")
    equal(len(rows(wijk("areas", "demo.gpkg", "--level", "wijk", "--format", "csv")[0])), 14, "wijken")


@case("peers: who is alike, what was expected, and only what is planted stands out")
def _():
    out, err = wijk("peers", "demo.gpkg", "BU99010101", "--k", "4", "--format", "csv")
    equal(out.splitlines()[0], "code,name,distance,shared,total,alike,different", "header")
    near = rows(out)
    equal(len(near), 4, "peers")
    assert "BU99010101" not in {r["code"] for r in near} and [float(r["distance"]) for r in near] == sorted(float(r["distance"]) for r in near)
    out, err = wijk("peers", "demo.gpkg", "--format", "csv")
    every = {r["code"]: r for r in rows(out)}
    equal(len(every), 72, "a row for each buurt")
    equal({k for k, r in every.items() if r["word"] == "lower"}, {"BU99011002", "BU99010703", "BU99010902"}, "planted slides")
    equal({k for k, r in every.items() if r["word"] == "higher"}, {"BU99010403", "BU99011203"}, "planted recoveries")
    equal({k for k, r in every.items() if r["reason"]}, {"BU99010501", "BU99011102"}, "hidden, not measured")
    refused("demo.gpkg", "peers", "demo.gpkg", "--indicator", "low_income_households_pct", sentence="wie er woont", code=2)
    refused("demo.gpkg", "peers", "demo.gpkg", "--indicator", "nergens", sentence="bestaat niet")
    refused("demo.gpkg", "peers", "demo.gpkg", "--indicator", "gas_m3", sentence="te weinig kenmerken")
    refused("demo.gpkg", "peers", "demo.gpkg", "--recipe", "nergens", sentence="bestaat niet")
    refused("demo.gpkg", "peers", "demo.gpkg", "BU99019999", sentence="bestaat niet")


@case("peers: the figures of a comparison are traced, and the mean of similar areas is the mean of its inputs")
def _():
    (own,) = [r for r in rows(wijk("peers", "demo.gpkg", "--format", "csv")[0]) if r["code"] == "BU99011002"]
    found = rows(wijk("trace", "demo.gpkg", "BU99011002~lbm3~2025~2025~demo~vergelijkbaar", "--format", "csv")[0])
    near = [float(r["value"]) for r in found if r["depth"] == "1" and r["role"] == "input"]
    equal(len(near), 10, "similar areas")
    assert abs(sum(near) / 10 - float(found[0]["value"])) < 1e-12 and found[0]["value"] == own["by_peers"], found[0]["value"]
    for year in ("2014", "2020"):
        found = rows(wijk("trace", "demo.gpkg", f"BU99011002~lbm3~{year}~2025~demo~vergelijkbaar", "--format", "csv")[0])
        near = [float(r["value"]) for r in found if r["depth"] == "1" and r["role"] == "input"]
        assert len(near) == 10 and abs(sum(near) / len(near) - float(found[0]["value"])) < 1e-12, found
        equal({r["period"] for r in found if r["depth"] == "1" and r["role"] == "input"}, {year}, "of that year")
    wijk("trace", "demo.gpkg", "BU99011002~lbm3~2011~2025~demo~vergelijkbaar", code=1)
    found = rows(wijk("trace", "demo.gpkg", "BU99011002~lbm3~2025~2025~demo~verwacht", "--format", "csv")[0])
    equal((found[0]["value"], found[0]["status"], len(found)), (own["expected"], "estimated", 6), "expected, with its characteristics")
    found = rows(wijk("trace", "demo.gpkg", "BU99010604~feels_unsafe_pct~2025~2025~demo~beleving", "--format", "csv")[0])
    equal(found[1]["indicator"], "registered_crimes_per_1000", "the fact beneath it")


@case("perception: only the planted gaps are told")
def _():
    out, _ = wijk("perception", "demo.gpkg", "--format", "csv")
    told = {r["code"]: r["word"] for r in rows(out) if r["word"] not in ("", "as")}
    equal(told, {"BU99010604": "higher", "BU99011402": "lower"}, "planted perceptions")


@case("nowcast: nothing is shown that standing still does as well")
def _():
    out, err = wijk("nowcast", "demo.gpkg", "--estimate", "2025", "--format", "csv")
    every = rows(out)
    assert "niet geschat" in err and "2025" in err, err
    assert all(r["estimate"] == "" and r["reason"] for r in every) and len(every) == 72
    assert every[0]["known"] and every[0]["last_year"] == "2024"
    out, err = wijk("nowcast", "demo.gpkg", "--estimate", "2026", "--format", "csv")
    assert "niet geschat" in err and all(r["estimate"] == "" for r in rows(out)), err


@case("trace: a number has a source, a hash and a row")
def _():
    out, _ = wijk("trace", "demo.gpkg", "BU99011002", "residents", "2024", "--format", "csv")
    (r,) = rows(out)
    assert re.fullmatch("[0-9a-f]{64}", r["sha256"]), r["sha256"]
    assert int(r["row"]) > 1, r["row"]
    equal((r["code"], r["source"]), ("BU99011002", "lindewaard"), "area and source")


@case("trace: by id, with the column; of a mean every input and its weight, down to the file")
def _():
    shown = rows(wijk("show", "demo.gpkg", "BU99010101", "--format", "csv")[0])
    r = next(r for r in shown if r["indicator"] == "residents" and r["period"] == "2025")
    (t,) = rows(wijk("trace", "demo.gpkg", r["trace"], "--format", "csv")[0])
    equal((t["value"], t["column"], t["trace"]), (r["value"], "residents", r["trace"]), "the number shown")
    area = next(r for r in rows(wijk("measure", "demo.gpkg", "--level", "wijk", "--format", "csv")[0]) if r["deviation"])
    own, *inputs = rows(wijk("trace", "demo.gpkg", area["trace"], "--format", "csv")[0])
    parts = [r for r in inputs if r["role"] == "input"]
    assert parts and all(r["row"] and r["column"] and r["sha256"] for r in inputs), inputs
    mean = sum(float(r["value"]) * float(r["weight"]) for r in parts) / sum(float(r["weight"]) for r in parts)
    assert abs(mean - float(own["value"])) < 1e-12 and abs(mean - float(area["deviation"])) < 1e-12, (mean, own, area)
    equal([r["value"] for r in inputs if r["role"] == "weight"], [r["weight"] for r in parts], "weights")
    assert "Σ" in wijk("trace", "demo.gpkg", area["trace"])[0]
    refused("demo.gpkg", "trace", "demo.gpkg", "BU99010101~residents~2025", code=2, sentence="geen spoor")
    refused("demo.gpkg", "trace", "demo.gpkg", "BU99010101~residents~2025~2025~oud", sentence="vervangen")


@case("show of an unknown code suggests one")
def _():
    refused("demo.gpkg", "show", "demo.gpkg", "BU99011003x", sentence="Bedoelt u BU99011003?")


@case("measure gives a class where there is a score, and none where there is not")
def _():
    out, _ = wijk("measure", "demo.gpkg", "--level", "buurt", "--format", "csv")
    table = rows(out)
    assert len(table) >= 72 and {"code", "year", "deviation", "class"} <= set(table[0])
    for r in table:
        equal(r["class"] == "", r["deviation"] == "", f"class beside deviation of {r['code']}")


@case("export as CSV, JSON and GeoJSON, and never over another file")
def _():
    wijk("export", "demo.gpkg", "alles.csv")
    wijk("export", "demo.gpkg", "alles.json", "--format", "json")
    wijk("export", "demo.gpkg", "kaart.geojson", "--format", "geojson")
    with open("alles.csv", encoding="utf-8", newline="") as f:
        n_csv = sum(1 for _ in csv.DictReader(f))
    equal(len(json.loads(Path("alles.json").read_text(encoding="utf-8"))), n_csv, "figures in JSON")
    equal(len(json.loads(Path("kaart.geojson").read_text(encoding="utf-8"))["features"]), 72, "features")
    refused("alles.csv", "export", "demo.gpkg", "alles.csv", sentence="bestaat al")
    wijk("export", "demo.gpkg", "alles.csv", "--replace")


@case("export takes its format from the file's name when none is asked")
def _():
    wijk("export", "demo.gpkg", "naam.geojson")
    equal(digest("naam.geojson"), digest("kaart.geojson"), "the same map")
    wijk("export", "demo.gpkg", "naam.txt")
    equal(digest("naam.txt"), digest("alles.csv"), "CSV when the name says nothing")


@case("backup is a whole store")
def _():
    wijk("backup", "demo.gpkg", "kopie.gpkg")
    wijk("check", "kopie.gpkg")


# ---- import, and what it refuses ----

@case("an unknown source suggests one")
def _():
    write_scores("goed.csv", "-0.002")
    refused("demo.gpkg", "import", "demo.gpkg", "leefbarometer-3", "goed.csv", sentence="Bedoelt u leefbaarometer-3?")


@case("a file that is not there")
def _():
    refused("demo.gpkg", "import", "demo.gpkg", "leefbaarometer-3", "weg.csv", sentence="weg.csv: dit bestand is er niet")


@case("a text file is no store")
def _():
    Path("brief.txt").write_text("Beste buurman,\n", encoding="utf-8")
    refused("brief.txt", "areas", "brief.txt", sentence="is geen Wijkregie-bestand")


@case("a ZIP file that was cut off")
def _():
    Path("kaart.zip").write_bytes(b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(range(251)) * 3)
    refused("demo.gpkg", "import", "demo.gpkg", "cbs-wijkbuurtkaart", "kaart.zip", "--year", "2017", sentence="afgebroken")


@case("--dry-run tells and keeps nothing")
def _():
    before = digest("demo.gpkg")
    _, err = wijk("import", "demo.gpkg", "leefbaarometer-3", "goed.csv", "--dry-run")
    holds(err, "2 regels, 2 geladen, 0 geweigerd")
    holds(err, "Dit was een proef")
    equal(digest("demo.gpkg"), before, "the store after a trial")


@case("a file without one good row, or without one known area")
def _():
    write_scores("slecht.csv", "-0.002")
    text = Path("slecht.csv").read_text(encoding="utf-8")
    Path("slecht.csv").write_text(text.replace(",0.057,", ",o,057,").replace("-0.019", "twee"), encoding="utf-8")
    Path("elders.csv").write_text(text.replace("BU990101", "BU990199").replace(",2020,", ",2025,"), encoding="utf-8")
    for name, sentence in (("slecht.csv", "geen enkele rij is goed"), ("elders.csv", "geen enkele regel is goed")):
        refused("demo.gpkg", "import", "demo.gpkg", "leefbaarometer-3", name, sentence=sentence)


@case("a number with letters: that row is refused, with its line, column and cure")
def _():
    write_scores("letters.csv", "-0.oo2x")
    _, err = wijk("import", "kopie.gpkg", "leefbaarometer-3", "letters.csv")
    holds(err, "2 regels, 1 geladen, 1 geweigerd")
    holds(err, "regel 3, won: «-0.oo2x» is geen getal")


def square(name, x, y, side, **more):
    """A square in RD metres as GeoJSON."""
    ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    Path(name).write_text(json.dumps({"type": "Polygon", "coordinates": [ring], **more}), encoding="utf-8")


@case("area: whole cells, the same answer twice, the outline as GeoJSON, and a refusal in words")
def _():
    shutil.copy("demo.gpkg", "getekend.gpkg")
    square("gebied.geojson", 145000, 510000, 1000)
    square("zelfde.geojson", 145003, 509998, 1001)
    first, err = wijk("area", "getekend.gpkg", "gebied.geojson", "--format", "csv")
    holds(err, "rastervakken, samen")
    equal(first.splitlines()[0], "indicator,label,period,value,unit,status,known,members,covered,trace", "columns")
    equal(wijk("area", "getekend.gpkg", "zelfde.geojson", "--format", "csv"), (first, err), "the same area, drawn otherwise")
    one = rows(wijk("area", "getekend.gpkg", "gebied.geojson", "--indicator", "residents", "--format", "csv")[0])
    equal([r["indicator"] for r in one], ["residents"], "one indicator")
    shape = json.loads(wijk("area", "getekend.gpkg", "gebied.geojson", "--format", "geojson")[0])["features"][0]
    equal(len(shape["properties"]["members"]), int(one[0]["members"]), "members")
    holds(shape["geometry"]["type"], "Polygon")
    buurten, err = wijk("area", "getekend.gpkg", "gebied.geojson", "--level", "buurt", "--format", "csv")
    holds(err, "buurten, samen")
    with sqlite3.connect("getekend.gpkg") as db:
        lived = dict(db.execute("SELECT code, residents FROM raster"))
    # Three cells in a row, and the same with a cell of a few residents more.
    name = lambda x, y: f"E{x // 100:04d}N{y // 100:04d}"
    x, y = next((x, y) for x in range(142300, 149500, 100) for y in range(508500, 509800, 100)
                if 0 < lived.get(name(x, y), 0) < 10 and sum(lived.get(name(x - k * 100, y), 0) for k in (1, 2, 3)) > 40)
    for width, code in ((300, 0), (400, 1)):
        ring = [[x - 300, y], [x - 300 + width, y], [x - 300 + width, y + 100], [x - 300, y + 100], [x - 300, y]]
        Path("rij.geojson").write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}), encoding="utf-8")
        _, err = wijk("area", "getekend.gpkg", "rij.geojson", code=code)
    holds(err, "lijkt te veel op een eerder gevraagd gebied")
    holds(wijk("area", "getekend.gpkg", "rij.geojson", code=1, lang="en_US.UTF-8")[1], "too much like one")
    holds(wijk("check", "getekend.gpkg")[1], "in orde")


@case("area: what is not a polygon, an indicator that does not add up, a file that cannot be written")
def _():
    square("gebied.geojson", 145000, 510000, 1000)
    Path("punt.geojson").write_text('{"type":"Point","coordinates":[5.2,52.5]}', encoding="utf-8")
    refused("demo.gpkg", "area", "demo.gpkg", "punt.geojson", sentence="is geen vlak")
    refused("demo.gpkg", "area", "demo.gpkg", "gebied.geojson", "--indicator", "lbm2.class", sentence="niet op te tellen")
    refused("demo.gpkg", "area", "demo.gpkg", "gebied.geojson", "--indicator", "geluk", sentence="bestaat niet")
    refused("demo.gpkg", "area", "demo.gpkg", "gebied.geojson", "--format", "xml", sentence="csv of geojson", code=2)
    refused("demo.gpkg", "area", "demo.gpkg", "gebied.geojson", "--level", "wijk", sentence="rastervakken of uit buurten", code=2)


@case("the same file a second time changes nothing and says so")
def _():
    wijk("import", "demo.gpkg", "leefbaarometer-3", "goed.csv")
    before = digest("demo.gpkg")
    _, err = wijk("import", "demo.gpkg", "leefbaarometer-3", "goed.csv")
    holds(err, "was al geladen op")
    holds(err, "er is niets veranderd")
    equal(digest("demo.gpkg"), before, "the store after the second time")
    holds(wijk("import", "demo.gpkg", "leefbaarometer-3", "goed.csv", lang="en_US.UTF-8")[1], "was already loaded on")


@case("the release of the Leefbaarometer is the year in the file's name, else its newest year; --release goes before")
def _():
    wijk("new", "uitgave.gpkg")
    for name, option, release in (("Leefbaarometer-scores buurten 2002-2022.csv", (), "2022"), ("los.csv", (), "2020"),
                                  ("los2.csv", ("--release", "2024"), "2024")):
        write_scores(name, f"-0.00{len(name)}")
        wijk("import", "uitgave.gpkg", "leefbaarometer-3", name, *option)
        with sqlite3.connect("uitgave.gpkg") as db:
            got = db.execute("SELECT release, (SELECT count(*) FROM series s WHERE s.release = l.release) > 0 FROM load l"
                             " ORDER BY id DESC LIMIT 1").fetchone()
        equal(got, (release, 1), name)
        equal(db.execute("SELECT release FROM score").fetchall(), [(max(release, "2022"),)], "the newest release scores")
        db.close()
    holds(wijk("import", "uitgave.gpkg", "leefbaarometer-3", "los.csv", "--release", "laatste", code=2)[1], "--release hoort een getal")
    wijk("check", "uitgave.gpkg")


# ---- serve ----

@case("serve on a port in use says so")
def _():
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        refused("demo.gpkg", "serve", "demo.gpkg", "--listen", f"127.0.0.1:{port}", sentence=f"Poort {port} is al in gebruik")


@case("serve answers, and stops when asked")
def _():
    with subprocess.Popen([WIJK, "serve", "demo.gpkg", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, env=env_of(), text=True) as p:
        try:
            address = p.stdout.readline().strip()
            assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address), address
            with urllib.request.urlopen(address, timeout=20) as answer:
                equal(answer.status, 200, "status")
            p.send_signal(signal.SIGTERM)
            equal(p.wait(20), 0, "exit code")
        finally:
            if p.poll() is None:
                p.kill()


# ---- real files ----

@case("names without codes: proposals out, a person confirms, and the same file loads anew")
def _():
    samples = Path(__file__).resolve().parent.parent / "import" / "zwolle-cijfers"
    wijk("new", "names.gpkg")
    wijk("import", "names.gpkg", "cbs-codelijst-csv", samples / "gebieden.csv", "--year", 2024)
    load = ("import", "names.gpkg", "zwolle-cijfers", samples / "telling-buurt-2015.csv", "--gemeente", "GM9901")
    _, err = wijk(*load, "--proposals", "list.csv")
    holds(err, "6 regels, 3 geladen, 3 geweigerd")
    holds(err, "1 namen: zelfde naam, anders geschreven.")
    holds(err, "list.csv: 2 voorstellen")
    with open("list.csv", encoding="utf-8", newline="") as f:
        lines = list(csv.DictReader(f, delimiter=";"))
    equal([(r["naam"], r["code"], r["gelijkenis"]) for r in lines],
          [("De Tippe", "BU99010103", "0.7"), ("Krommerak", "", "0")], "proposals")
    _, err = wijk(*load)
    holds(err, "was al geladen")
    # Nothing confirmed: nothing more than before. One line confirmed: that one joins, and only that one.
    for word, taken in (("", 3), ("nee", 3), ("ja", 4)):
        with open("list.csv", "w", encoding="utf-8", newline="") as f:
            f.write(f"naam;code;bevestigd\nDe Tippe;BU99010103;{word}\nKrommerak;BU99019999;{word}\n")
        _, err = wijk(*load, "--match", "list.csv")
        holds(err, f"6 regels, {taken} geladen, {6 - taken} geweigerd")
    out, _ = wijk("trace", "names.gpkg", "BU99010103", "dwellings", 2015, "--format", "csv")
    equal(rows(out)[0]["row"], "5", "row in the file")
    for text, sentence in (("naam;code\na;b\n", "de kolom bevestigd ontbreekt"),
                           ("naam;code;bevestigd\nDe Tippe;lang;ja\n", "regel 2: hier hoort een naam met een code")):
        Path("list.csv").write_text(text, encoding="utf-8")
        _, err = wijk(*load, "--match", "list.csv", code=1)
        holds(err, sentence)
    _, err = wijk("import", "names.gpkg", "politie-overlast-csv", samples.parent / "politie-overlast-csv" / "overlast.csv",
                  "--year", 2024, code=2)
    holds(err, "--gemeente GM0014")


@case("a table in a zip is read as it is; more than one, none, or a zip that is not safe is refused")
def _():
    samples = Path(__file__).resolve().parent.parent / "import/cbs-codelijst-csv"
    table = next(samples.glob("*.csv")).read_bytes()
    many = b"".join(table.splitlines(keepends=True)[:1]) + b"".join(b"9902%04d,Buurt %d\n" % (i, i) for i in range(9000))

    def pack(name, files, how=zipfile.ZIP_DEFLATED):
        with zipfile.ZipFile(name, "w", how) as z:
            for path, data in files:
                z.writestr(path, data)

    wijk("new", "zip.gpkg")
    load = ("import", "zip.gpkg", "cbs-codelijst-csv")
    pack("one.zip", [("map/codes.csv", table), ("lees mij.txt.pdf", b"x"), ("__MACOSX/map/._codes.csv", b"\0\1")])
    before = Path("zip.gpkg").read_bytes()
    for name, files, sentence in (("two.zip", [("a.csv", table), ("b.CSV", table)], "2 CSV-bestanden (a.csv, b.CSV)"),
                                  ("none.zip", [("a.pdf", table)], "zit geen CSV-bestand"),
                                  ("up.zip", [("../a.csv", table)], "een pad dat erbuiten wijst"),
                                  ("bomb.zip", [("a.csv", bytes((1 << 30) + 1))], "uitgepakt meer dan 1024 MB")):
        pack(name, files)
        _, err = wijk(*load, name, "--year", 2024, code=1)
        holds(err, sentence)
    Path("cut.zip").write_bytes(Path("one.zip").read_bytes()[:-60])
    holds(wijk(*load, "cut.zip", "--year", 2024, code=1)[1], "is afgebroken")
    equal(Path("zip.gpkg").read_bytes() == before, True, "nothing changed")
    _, err = wijk(*load, "one.zip", "--year", 2024)
    holds(err, "one.zip/map/codes.csv: ")
    holds(wijk(*load, "one.zip", "--year", 2024)[1], "was al geladen")
    pack("stored.zip", [("veel.csv", many)], zipfile.ZIP_STORED)
    pack("packed.zip", [("veel.csv", many)])
    for name in ("stored.zip", "packed.zip"):
        wijk("new", name + ".gpkg")
        _, err = wijk("import", name + ".gpkg", "cbs-codelijst-csv", name, "--year", 2024)
        holds(err, "9000 regels, 9000 geladen")


def real_import(source, pattern, *options):
    """Imports the files into a new store; gives its areas."""
    if not REAL:
        raise Skip("WIJK_REAL_DATA is not set")
    files = sorted(Path(REAL).glob(pattern))
    if not files:
        raise Skip(f"no {pattern}")
    store = f"echt-{source}.gpkg"
    wijk("new", store)
    _, err = wijk("import", store, source, *files, *options)
    return rows(wijk("areas", store, "--format", "csv")[0]), err


def of_level(areas, level):
    return [a for a in areas if a["level"] == level]


@case("real: Groningen 2017 has 108 buurten, 15 wijken and 202,515 residents")
def _():
    areas, _ = real_import("cbs-wijkbuurtkaart", "cbs-wijkbuurtkaart-2017-groningen/*.zip", "--year", "2017")
    equal((len(of_level(areas, "buurt")), len(of_level(areas, "wijk"))), (108, 15), "areas")
    equal(sum(int(a["residents"]) for a in of_level(areas, "buurt") if a["residents"]), 202515, "residents")


@case("real: the OData table of 2024 has 3,735 areas")
def _():
    areas, _ = real_import("cbs-kwb-odata", "cbs-kwb-2024-odata/stripped_filtered_data_2024.json")
    equal(len(areas), 3735, "areas")


@case("real: the TopoJSON of 2014 has 11,691 buurten")
def _():
    areas, _ = real_import("cbs-gebieden-topojson", "cbs-gebiedsindelingen-2014-2015-topojson/Buurt_2014_layer_q1e3.json",
                           "--year", "2014")
    equal(len(of_level(areas, "buurt")), 11691, "buurten")


@case("real: Baarn at PDOK has 21 buurten")
def _():
    areas, _ = real_import("pdok-buurten", "pdok-wijkenbuurten-2024-baarn/*.geojson")
    equal(len(of_level(areas, "buurt")), 21, "buurten")


@case("real: SES-WOA of Amsterdam has 579 rows")
def _():
    _, err = real_import("statline-csv", "cbs-ses-woa-2019-amsterdam/*.csv")
    holds(err, "579 regels, 579 geladen, 0 geweigerd")


def space_store():
    if not os.path.exists("space.gpkg"):
        wijk("demo", "space.gpkg")


@case("cluster: every area has a pattern or a reason, and each number leads to its inputs")
def _():
    space_store()
    out, err = wijk("cluster", "space.gpkg", "low_income_households_pct", "2025", "--format", "csv")
    holds(err, "99999 trekkingen")
    got = rows(out)
    equal(len(got), 72, "rows")
    equal({r["cluster"] == "" for r in got if r["lack"]}, {True}, "no pattern where there is a reason")
    equal([r["lack"] for r in got if r["lack"]], ["hidden"], "reasons")
    found = [r for r in got if r["cluster"] not in ("", "none")]
    if not found or any(float(r["q"]) > 0.05 for r in found):
        raise AssertionError("a pattern that chance would give too")
    again, _ = wijk("cluster", "space.gpkg", "low_income_households_pct", "2025", "--format", "csv")
    equal(again, out, "the same question")
    one = found[0]
    trace, _ = wijk("trace", "space.gpkg", one["trace"], "--format", "csv")
    told = rows(trace)
    equal(told[0]["value"], one["q"], "the traced number")
    equal(len([r for r in told if r["depth"] == "1"]), 1 + int(one["neighbours"]), "inputs")
    all_areas = re.search(r"Spoor: (\S+)", err).group(1)
    holds(wijk("trace", "space.gpkg", all_areas)[0], "Morans I")


@case("cluster: neighbours by distance, beside another figure, and what cannot be")
def _():
    space_store()
    out, _ = wijk("cluster", "space.gpkg", "lbm3.deviation", "2025", "--neighbours", "nearest", "--reach", "5", "--format", "csv")
    equal({r["neighbours"] for r in rows(out) if not r["lack"]} <= {"3", "4", "5"}, True, "neighbours with a figure")
    holds(rows(out)[0]["trace"], "buren.nearest~reikt.5")
    out, _ = wijk("cluster", "space.gpkg", "corporation_rent_pct", "2025", "--beside", "low_income_households_pct", "--format", "csv")
    holds(rows(out)[0]["trace"], "naast.low_income_households_pct")
    told = rows(wijk("trace", "space.gpkg", rows(out)[0]["trace"], "--format", "csv")[0])
    equal(told[1]["indicator"] + " " + told[2]["indicator"], "corporation_rent_pct low_income_households_pct", "inputs")
    refused("space.gpkg", "cluster", "space.gpkg", "lbm3.deviation", "2025", "--neighbours", "naast", code=2, sentence="border, nearest of within")
    refused("space.gpkg", "cluster", "space.gpkg", "lbm3.deviation", "2025", "--reach", "5", code=2, sentence="--reach is een aantal")
    refused("space.gpkg", "cluster", "space.gpkg", "lbm3.deviation", "1999", sentence="geen gegevens over 1999")
    refused("space.gpkg", "cluster", "space.gpkg", "niets", "2025", sentence="bestaat niet")
    refused("space.gpkg", "cluster", "space.gpkg", "lbm3.deviation", "2025", "--within", "GM0000", sentence="In GM0000 liggen geen")
    out, _ = wijk("cluster", "space.gpkg", "lbm3.deviation", "2025", "--within", "WK990101", "--format", "csv")
    equal({r["lack"] for r in rows(out)}, {"few_areas"}, "seven areas are too few")
    out, _ = wijk("cluster", "space.gpkg", "lbm3.deviation", "2025", "--level", "gemeente", "--format", "csv")
    equal({r["lack"] for r in rows(out)}, {"few_areas"}, "one area")


@case("concentration: per gemeente and per area, the same numbers in the trace")
def _():
    space_store()
    out, err = wijk("concentration", "space.gpkg", "--format", "csv")
    holds(err, "zou moeten verhuizen")
    got = rows(out)
    equal([r["code"] for r in got], ["GM9901"], "gemeenten")
    if not float(got[0]["chance"]) < float(got[0]["low"]) <= float(got[0]["dissimilarity"]) <= float(got[0]["high"]):
        raise AssertionError(out)
    told = rows(wijk("trace", "space.gpkg", got[0]["trace"], "--format", "csv")[0])
    equal(told[0]["value"], got[0]["dissimilarity"], "the traced number")
    areas = rows(wijk("concentration", "space.gpkg", "--areas", "--format", "csv")[0])
    equal(len(areas), 72, "areas")
    equal(sum(r["corporatiebuurt"] == "true" for r in areas), int(got[0]["corporatiebuurten"]), "corporatiebuurten")
    equal({r["corporatiebuurt"] for r in areas if r["corporation_share"] and float(r["corporation_share"]) > 200 / 3}, {"true"}, "over two thirds")
    one = next(r for r in areas if r["quotient"])
    equal(rows(wijk("trace", "space.gpkg", one["trace"], "--format", "csv")[0])[0]["value"], one["quotient"], "the traced ratio")
    refused("space.gpkg", "concentration", "space.gpkg", "--indicator", "residents", sentence="geen aandeel")
    refused("space.gpkg", "concentration", "space.gpkg", "--within", "GM0000", sentence="In GM0000 liggen geen")


@case("strange figures: all equal, no number, below nought, absent in a year, few areas: a reason or a refusal, never a number")
def _():
    head = ("District_Type;Municipality_Name;Area_Code;Population_Total;Pop_Age_0_15;Pop_Age_15_25;Pop_Age_25_45;Pop_Age_45_65;Pop_Age_65_Plus;"
            "Avg_Household_Size;Avg_Property_Value_1000EUR;Pct_Unoccupied_Homes;Pct_Owner_Occupied;Pct_Rental;Higher_Education_Count;"
            "Avg_Income_Per_Income_Recipient_1000EUR;Avg_Income_Per_Inhabitant_1000EUR;Avg_Std_Household_Income_1000EUR;Pct_Lowest_40Pct_Income;"
            "Pct_Highest_20Pct_Income;Pct_Low_Income_Households;Pct_Below_120Pct_Social_Min;Urbanization_Level")
    odd = {3: "NaN", 4: "-4", 5: "nan"}
    for year in (2020, 2024):
        lines = [f"Buurt {k};Proefstad;BU990600{k:02};{1000 + 7 * k};" + ";" * 15 + ";" + (odd.get(k, "0") if year == 2024 else "0") + ";;" for k in range(1, 9)]
        Path(f"Kerncijfers_wijken_en_buurten_{year}.csv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    wijk("new", "odd.gpkg")
    _, err = wijk("import", "odd.gpkg", "kwb-selectie-csv", "Kerncijfers_wijken_en_buurten_2020.csv", "Kerncijfers_wijken_en_buurten_2024.csv")
    for sign in ("«NaN»", "«-4»", "«nan»"):
        holds(err, sign)
    for year in ("2020", "2024"):
        (r,) = rows(wijk("concentration", "odd.gpkg", "--base", "residents", "--period", year, "--format", "csv")[0])
        equal((r["dissimilarity"], r["corporatiebuurten"], r["lack"]), ("", "", "no_variation"), "nobody is of the group")
    refused("odd.gpkg", "cluster", "odd.gpkg", "low_income_households_pct", "2020", sentence="geen grenzen")
    refused("odd.gpkg", "concentration", "odd.gpkg", "--base", "residents", "--period", "2022", sentence="geen cijfers per buurt")
    refused("odd.gpkg", "gap", "odd.gpkg", sentence="geen cijfers over leefbaarheid")


def overdue(folder, name, day):
    """Definitions of one's own in which the record of an algorithm should have been reviewed on that day."""
    text = (ROOT / "defs/algorithms" / f"{name}.yaml").read_text(encoding="utf-8")
    path = Path(folder) / "algorithms" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace("\nrecord:\n", f'\nrecord:\n  review_on: "{day}"\n'), encoding="utf-8")
    return folder


@case("algorithms: the list, one record, and the export with 32 fields")
def _():
    space_store()
    out, _ = wijk("algorithms", "space.gpkg")
    for word in ("lbm3", "lindewaard", "tussenschatting", "2027-06-12", "In gebruik"):
        holds(out, word)
    out, _ = wijk("algorithms", "space.gpkg", "lindewaard")
    for word in ("Gemeenteraad van Lindewaard (fictief)", "(Veilig en rustig): 30,0%", "Wat een mens doet", "2027-06-12"):
        holds(out, word)
    holds(wijk("algorithms", "space.gpkg", "kloof", lang="en_GB.UTF-8")[0], "Limits and known errors")
    out, err = wijk("algorithms", "space.gpkg", "--format", "csv")
    holds(err, "contactgegevens is leeg")
    got = rows(out)
    equal(len(got[0]), 32, "fields")
    equal(len(got), 15, "records")
    equal({r["organisatie"] for r in got}, {"Gemeente Lindewaard"}, "the one gemeente of the store")
    equal({r["status"] for r in got}, {"In gebruik"}, "status")
    for r in got:
        for field, most in (("naam", 99), ("korte_omschrijving", 349), ("doel_en_impact", 2499), ("afwegingen", 2499), ("risicobeheer", 2499),
                            ("gegevens", 2499), ("technische_werking", 4999), ("leverancier", 199)):
            if not 0 < len(r[field]) <= most or "\n" in r[field]:
                raise AssertionError(f"{r['bron_id']} {field}: {len(r[field])} signs")
    out, err = wijk("algorithms", "space.gpkg", "lbm3", "--format", "json", "--contact", "data@lindewaard.example", "--url", "https://wijken.example")
    equal(err, "", "nothing is missing")
    one = json.loads(out)
    equal([len(one), one[0]["contact_email"], one[0]["website"]], [1, "data@lindewaard.example", "https://wijken.example/algoritmen/lbm3"], "what the installation knows")
    equal([g["title"] for g in one[0]["lawful_basis_grouping"]], ["Gemeentewet"], "laws")
    equal(len(one[0]) - 3 + 2 * 3, 32, "three lists stand for six fields")
    refused("space.gpkg", "algorithms", "space.gpkg", "niets", sentence="Het algoritme niets bestaat niet.")


@case("algorithms: an overdue score is in no command, and each says why; an analyst may ask for it")
def _():
    space_store()
    defs = overdue(tempfile.mkdtemp(prefix="wijk-defs-"), "lbm3", "2026-11-24")
    late = "de herziening had uiterlijk op 24 november 2026 moeten gebeuren"
    try:
        for args in (["measure", "space.gpkg", "--level", "wijk"], ["show", "space.gpkg", "BU99010101"], ["peers", "space.gpkg"]):
            out, err = wijk(*args, "--format", "csv", defs=defs, code=1 if args[0] == "peers" else 0)
            holds(err, "Leefbaarometer 3.0. Deze score wordt niet getoond: " + late)
            equal("lbm3" in out, False, args[0])
            out, err = wijk(*args, "--format", "csv", "--unpublished", defs=defs)
            equal(late in err, False, "asked for by an analyst")
            equal("lbm3" in out, True, args[0])
        for args in (["trend", "space.gpkg", "lbm3.deviation"], ["trajectory", "space.gpkg"], ["gap", "space.gpkg"], ["nowcast", "space.gpkg"],
                     ["measure", "space.gpkg", "--recipe", "lindewaard"], ["cluster", "space.gpkg", "lbm3.deviation", "2025"],
                     ["trace", "space.gpkg", "BU99010101", "lbm3.deviation", "2025"]):
            out, err = wijk(*args, defs=defs, code=1)
            holds(err, late)
            equal(out, "", args[0])
        wijk("export", "space.gpkg", "shut.csv", "--replace", defs=defs)
        equal("lbm3" in Path("shut.csv").read_text(encoding="utf-8"), False, "in the export")
        overdue(defs, "kloof", "2026-11-24")
        holds(wijk("gap", "space.gpkg", "--unpublished", "--format", "csv", defs=defs)[0], "GM9901")
        holds(wijk("algorithms", "space.gpkg", "kloof", defs=defs)[0], late)
    finally:
        shutil.rmtree(defs)


@case("governance: three documents, filled with what is known, the rest marked")
def _():
    space_store()
    for which in ("dpia", "toegankelijkheid", "privacy"):
        out, err = wijk("governance", "space.gpkg", which, lang="en_GB.UTF-8")
        holds(err, f"{out.count('[Fill in: ')} places are still to be filled in")
        full, _ = wijk("governance", "space.gpkg", which, "--contact", "data@lindewaard.example", "--url", "https://wijken.example")
        equal(out.count("[Fill in: ") - full.count("[Vul in: "), 2, "where, and whom to write to")
        holds(full, "data@lindewaard.example")
    holds(wijk("governance", "space.gpkg", "dpia")[0], "Verantwoordelijk: Gemeente Lindewaard.")
    refused("space.gpkg", "governance", "space.gpkg", "iets", code=2, sentence="Kies dpia, toegankelijkheid of privacy.")


@case("user: invited, listed, given a role, stopped and removed by who has the machine, and all of it in the log")
def _():
    wijk("demo", "people.gpkg")
    link, err = wijk("user", "add", "people.gpkg", "Anna", "--role", "beheerder", "--shown", "Anna de Boer")
    assert re.fullmatch(r"/aanmelden#koppeling=[\w-]{43}\n", link), link
    holds(err, "werkt één keer")
    before = wijk("user", "log", "people.gpkg", "--format", "csv")[0]

    def no(*args, sentence, code=1):
        out, err = wijk("user", *args, code=code)
        equal(out, "", "stdout of a refusal")
        holds(err, sentence)
        equal(wijk("user", "log", "people.gpkg", "--format", "csv")[0], before, "the log after a refusal")

    no("add", "people.gpkg", "anna", "--role", "beheerder", sentence="is al")
    no("add", "people.gpkg", "Аnna", "--role", "beheerder", sentence="kleine letters")  # Cyrillic
    no("add", "people.gpkg", "piet", "--role", "professional", sentence="hoort een organisatie")
    no("add", "people.gpkg", "piet", "--role", "koning", sentence="--role is", code=2)
    no("stop", "people.gpkg", "niemand", sentence="geen account met de naam")
    no("frob", "people.gpkg", sentence="na user komt add", code=2)
    no("stop", "people.gpkg", sentence="de naam van het account", code=2)
    wijk("user", "add", "people.gpkg", "piet", "--role", "professional", "--partner", "linde-wonen")
    wijk("user", "role", "people.gpkg", "piet", "--role", "raadslid")
    wijk("user", "role", "people.gpkg", "4", "--role", "professional", "--partner", "linde-wonen", "--take")
    again, _ = wijk("user", "reset", "people.gpkg", "piet", "--second-step")
    if again == link or not again.startswith("/aanmelden#koppeling="):
        raise AssertionError(again)
    wijk("user", "stop", "people.gpkg", "piet", "--why", "werkt hier niet meer")
    got = rows(wijk("user", "list", "people.gpkg", "--format", "csv")[0])[2:]  # after the two of the demo, who left
    equal([(r["id"], r["name"], r["shown"], r["state"], r["second_step"], r["roles"]) for r in got],
          [("3", "anna", "Anna de Boer", "uitgenodigd", "false", "beheerder@GM9901"), ("4", "piet", "piet", "gestopt", "false", "raadslid@GM9901")], "accounts")
    wijk("user", "restore", "people.gpkg", "piet")
    wijk("user", "remove", "people.gpkg", "piet")
    (*_, gone) = rows(wijk("user", "list", "people.gpkg", "--format", "csv")[0])
    equal((gone["name"], gone["state"], gone["roles"]), ("", "verwijderd", ""), "a removed account")
    log = rows(wijk("user", "log", "people.gpkg", "--kind", "account", "--format", "csv")[0])[:-2]
    equal({(r["via"], r["account"]) for r in log}, {("opdrachtregel", "")}, "who did it")
    holds(str([r["why"] for r in log]), "werkt hier niet meer")
    if "anna" in str(log).lower() or link.strip()[-43:] in str(log):
        raise AssertionError("a name or a secret in the log")
    equal(len(rows(wijk("user", "log", "people.gpkg", "--rows", "3", "--before", log[0]["nr"], "--format", "csv")[0])), 3, "rows before a number")
    wijk("check", "people.gpkg")


@case("norm lists what was agreed on and what holds, and takes two accounts to agree on more")
def _():
    wijk("demo", "norms.gpkg")
    got = rows(wijk("norm", "show", "norms.gpkg", "BU99010602", "--format", "csv")[0])
    equal([(r["indicator"], r["norm_of"], r["version"], r["value"], r["state"]) for r in got],
          [("gas_m3", "GM9901", "2", "800", "niet-gehaald"), ("dwellings_with_solar_pct", "GM9901", "1", "40", "niet-gehaald"),
           ("energy_label_efg_pct", "BU99010602", "1", "50.5", "niet-gehaald"), ("lbm3.deviation", "GM9901", "1", "0", "gehaald")], "what holds")
    equal([(r["version"], r["value"], r["state"]) for r in rows(wijk("norm", "list", "norms.gpkg", "--area", "BU99010101", "--all", "--format", "csv")[0])],
          [("1", "35", "vervangen"), ("2", "", "ingetrokken")], "versions")
    _, err = wijk("norm", "propose", "norms.gpkg", "--area", "GM9901", "--indicator", "gas_m3", "--at-most", "700", "--why", "Het kan.", code=2)
    holds(err, "--as NAAM")
    _, err = wijk("norm", "propose", "norms.gpkg", "--area", "GM9901", "--indicator", "gas_m3", "--at-most", "700", "--why", "Het kan.", "--as", "1", code=1)
    holds(err, "geen account")  # it left


@case("partner lists organisations, offers and what is lacking; adds and removes, with a row in the log")
def _():
    wijk("demo", "partners.gpkg")
    got = rows(wijk("partner", "partners.gpkg", "--format", "csv")[0])
    equal(list(got[0]), ["gemeente", "id", "name", "kind", "sharing", "version", "public_version", "areas", "contacts", "year", "hours",
                         "budget_euro"], "columns")
    equal((len(got), got[6]["id"], got[6]["public_version"]), (8, "waardstroom", "0"), "organisations")
    seen = rows(wijk("partner", "list", "partners.gpkg", "--public", "--format", "csv")[0])
    equal((len(seen), [r["budget_euro"] for r in seen if r["budget_euro"]]), (7, ["38500", "2600000"]), "what everybody sees")
    got = rows(wijk("partner", "offers", "partners.gpkg", "--theme", "ontmoeten", "--age", "12-18", "--format", "csv")[0])
    equal([r["title"] for r in got], ["Jongerenwerk op straat en in de loods"], "offers")
    equal(rows(wijk("partner", "offers", "partners.gpkg", "--theme", "ontmoeten", "--age", "12-18", "--area", "BU99010303", "--format", "csv")[0]), [],
          "none there")
    got = [r for r in rows(wijk("partner", "gaps", "partners.gpkg", "WK990103", "--format", "csv")[0]) if r["sentence"]]
    equal([(r["theme"], r["age"], r["cover"], r["without"], r["sentence"]) for r in got],
          [("ontmoeten", "12-18", "deels", "1", "geen aanbod voor 12-18 in Pannenhof (ontmoeten en meedoen)")], "what is lacking")
    equal(wijk("partner", "add", "partners.gpkg", "Wijkcafé De Linde", "--gemeente", "GM9901", "--kind", "ondernemers", "--area",
               "WK990101,BU99010301")[0].strip(), "wijkcafe-de-linde", "its short name")
    holds(wijk("partner", "add", "partners.gpkg", "Wijkcafé De Linde", "--gemeente", "GM9901", code=1)[1], "Er is al een organisatie")
    holds(wijk("partner", "add", "partners.gpkg", "Elders", "--gemeente", "GM9901", "--area", "GM9902", code=1)[1], "geen buurt, wijk of gemeente")
    refused("partners.gpkg", "partner", "add", "partners.gpkg", "Bank", "--gemeente", "GM9901", "--kind", "bank", sentence="--kind is", code=2)
    refused("partners.gpkg", "partner", "gaps", "partners.gpkg", sentence="van welk gebied", code=2)
    refused("partners.gpkg", "partner", "gaps", "partners.gpkg", "BU99019999", sentence="bestaat niet")
    refused("partners.gpkg", "partner", "frob", "partners.gpkg", sentence="het deel is", code=2)
    wijk("partner", "remove", "partners.gpkg", "wijkcafe-de-linde", "--gemeente", "GM9901", "--why", "gestopt")
    log = rows(wijk("user", "log", "partners.gpkg", "--kind", "partner", "--rows", "2", "--format", "csv")[0])
    equal([r["why"] for r in log], ["gestopt", ""], "the log")
    wijk("check", "partners.gpkg")


@case("digest counts who follows, and sends nothing without settings")
def _():
    wijk("demo", "followed.gpkg")
    holds(wijk("digest", "followed.gpkg")[0], "Volgers: 0, nog te bevestigen: 0")
    wijk("digest", "followed.gpkg", "--send", code=1)
    holds(wijk("digest", "followed.gpkg", "--days", "0", code=2)[1], "--days")


sys.exit(run("wijk-cli-", "".join(ARGS[1:2])))
