#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Traces, from what is shown to the raw file: run.py WIJK SOURCE_ROOT samples|real

samples: every invented file of tests/import that loads, and a gemeente of its own with scores made of buurten and a register of
counts; also that recompute.py sees a changed file, a changed figure, and another answer than the trace gives.
real: the published files in $WIJK_REAL_DATA; skipped (77) without."""
import csv
import glob
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

WIJK, ROOT, WHAT = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), sys.argv[3]
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import recompute  # noqa: E402

TOPO, KAART = "cbs-gebiedsindelingen-2014-2015-topojson/", "cbs-wijkbuurtkaart-2017-groningen/"
ZWOLLE, GEMEENTE = "zwolle-buurten-2015-2021/", "kwb2024-politie-rivm-per-gemeente/"
REAL = [
    ("cbs-gebieden-topojson", TOPO + "GemeenteDetail_2015_layer_q1e3.json", "--year", "2015"),
    ("pdok-gebieden", "cbs-gemeenten-2022-pdok/gemeenten.geojson"),
    ("cbs-wijkbuurtkaart", KAART + "buurt2017.zip", "--year", "2017"),
    ("cbs-wijkbuurtkaart", KAART + "wijk2017.csv", "--year", "2017"),
    ("cbs-kwb-odata", "cbs-kwb-2024-odata/stripped_filtered_data_2024.json"),
    *[("gemeente-json", GEMEENTE + f"gemeente/GM{g}.json") for g in ("0758", "0193", "0153", "0308", "1658")],
    ("gemeentenlijst-json", GEMEENTE + "gemeenten.json"),
    ("kwb-selectie-csv", "cbs-kwb-amsterdam/Kerncijfers_wijken_en_buurten_2020.csv"),
    ("kwb-selectie-csv", "cbs-kwb-amsterdam/Kerncijfers_wijken_en_buurten_2024.csv"),
    ("kwb-gemeenten-json", "cbs-kwb-2021-gemeenten/nl_data.json"),
    ("kwb-reeks-json", "cbs-kwb-reeks-2016-2025-baarn/baarn_social_data.json"),
    ("pdok-buurten", "pdok-wijkenbuurten-2024-baarn/baarn_buurten.geojson"),
    ("leefbaarometer-2-pc4", "leefbaarometer-2.0-pc4/PC4DIMENSIE.csv"),
    ("leefbaarometer-2-pc4", "leefbaarometer-2.0-pc4/PC4LBR.csv"),
    ("leefbaarometer-3-buurten-csv", "leefbaarometer-3.0-buurten-provincie-utrecht/buurten.csv"),
    ("statline-csv", "cbs-ses-woa-2019-amsterdam/SES_WOA_scores_per_wijk_en_buurt_25042023_160857.csv"),
    ("gemeentekaart-geojson", "politie-overlast-2022-breda/Buurten.geojson", "--year", "2022"),
    ("politie-overlast-csv", "politie-overlast-2022-breda/nuisance.csv", "--year", "2024", "--gemeente", "GM0758"),
    ("criminaliteit-gemeenten-csv", "cbs-criminaliteit-gemeenten-2010-2020/voorspelmodel.csv", "--year", "2015"),
    ("zwolle-cijfers", ZWOLLE + "demografie/demographics-buurt-2015.csv"),
    ("zwolle-cijfers", ZWOLLE + "demografie/Thema's - 2021 - Buurten.xlsx"),
    ("klimaatmonitor-zwolle", ZWOLLE + "energie/energyconsumption-buurt-2021.csv"),
    ("zwolle-buurten-geojson", ZWOLLE + "grenzen/demographics_buurt_2019_mapped.geojson"),
    ("pbl-startanalyse-json", "pbl-startanalyse-2025-borsele/pbl_startanalyse_2025_borsele.json"),
]
GOOD = True


def tell(good, what, detail=""):
    global GOOD
    GOOD = GOOD and good
    print("ok     " if good else "not ok ", what, "" if good else detail, flush=True)


def wijk(*args, defs=None):
    env = dict(os.environ, LC_ALL="C.UTF-8", **({"WIJK_DEFS": defs} if defs else {}))
    return subprocess.run([WIJK, *args], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", check=False)


class Served:
    """`wijk serve` on a port of its own, as long as the block lasts."""
    def __init__(self, store, defs=None):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.url = "http://127.0.0.1:%d" % s.getsockname()[1]
        env = dict(os.environ, **({"WIJK_DEFS": defs} if defs else {}))
        self.process = subprocess.Popen([WIJK, "serve", store, "--listen", self.url[7:]], env=env, stderr=subprocess.DEVNULL)

    def __enter__(self):
        for _ in range(1200):
            try:
                urllib.request.urlopen(self.url + "/gezond", timeout=5).close()
                return self.url
            except OSError:
                if self.process.poll() is not None:
                    raise SystemExit("wijk serve ended by itself") from None
                time.sleep(0.1)
        raise SystemExit("wijk serve does not answer")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def again(url, *raw, n=500):
    done = subprocess.run([sys.executable, os.path.join(HERE, "recompute.py"), url, *raw, "--n", str(n)],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False)
    return done.returncode == 0, done.stdout


# ---- the samples of the import tests -------------------------------------------------------------------------------------

def case_files():
    """(source, file, options) of every file that the cases of tests/import load."""
    for case in sorted(glob.glob(os.path.join(ROOT, "tests/import/*/*.case"))):
        source, file, options, bad = None, None, [], False
        with open(case, encoding="utf-8") as f:
            for line in [*f, "file -"]:
                word = line.split()
                if not word:
                    continue
                if word[0] == "file":
                    if file and source and not bad:
                        yield source, file, options
                    file, options, bad = os.path.join(os.path.dirname(case), word[1].strip('"')), [], False
                elif word[0] == "source":
                    if file and not bad:
                        yield source, file, options
                    source, file = word[1], None
                elif word[0] in ("year", "gemeente"):
                    options = options + ["--" + word[0], word[1]]
                elif word[0] == "fails":
                    bad = True


def test_samples(folder):
    store, loaded = os.path.join(folder, "samples.gpkg"), set()
    wijk("new", store)
    for source, file, options in case_files():
        if os.path.isfile(file) and wijk("import", store, source, file, *options).returncode == 0:
            loaded.add(source)
    tell(len(loaded) >= 12, "the invented files of %d sources load" % len(loaded), sorted(loaded))
    with Served(store) as url:
        good, text = again(url, os.path.join(ROOT, "tests/import"), n=2000)
        print(text)
        tell(good, "every number shown of them is what the file says")
    return store


# ---- a gemeente of our own: scores made of buurten, a register of counts ---------------------------------------------------

SOURCE = """# SPDX-License-Identifier: EUPL-1.2
id: eigen-proef
title: {nl: Eigen proef, en: Own trial}
publisher: Proefgemeente
licence: CC0-1.0
attribution: "Bron: proef"
format: csv
separator: ";"
number: comma
release: "2024"
missing: {suppressed: [x]}
disclosure: {nuisance_reports: count}
files:
  - name: proef
    level: by_code
    key: code
    name_column: naam
    residents: inwoners
    period: {column: jaar}
    division_year: 2024
    defines_areas: true
    optional_fields: true
    fields:
      - {column: inwoners, indicator: residents}
      - {column: "gas (duizend m3)", indicator: gas_dwellings_m3, scale: 1000}
      - {column: meldingen, indicator: nuisance_reports}
      - {column: afwijking, indicator: lbm3.deviation}
      - {column: wonen, indicator: lbm3.housing}
      - {column: omgeving, indicator: lbm3.physical}
      - {column: voorzieningen, indicator: lbm3.amenities}
      - {column: samenhang, indicator: lbm3.cohesion}
      - {column: overlast, indicator: lbm3.safety}
"""


def dutch(v):
    return "" if v is None else ("%.3f" % v).rstrip("0").rstrip(".").replace(".", ",")


def write_above(path):
    with open(path, "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f, delimiter=";")
        out.writerow(["code", "naam", "jaar", "inwoners"])
        out.writerow(["GM9907", "Proefstad", 2016, "21.307"])
        for w in range(3):
            out.writerow([f"WK9907{w:02}", f"Wijk; {w}", 2016, 7000 + w])


def write_proef(path):
    rng = random.Random(20240531)
    with open(path, "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f, delimiter=";", lineterminator="\r\n")
        out.writerow(["code", "naam", "jaar", "inwoners", "gas (duizend m3)", "meldingen", "afwijking", "wonen", "omgeving",
                      "voorzieningen", "samenhang", "overlast"])
        for year in (2016, 2018, 2020):
            for w in range(3):
                for b in range(5):
                    parts = [rng.randint(-300, 300) / 1000 for _ in range(5)]
                    hidden, empty = (w, b) == (1, 2), (w, b) == (2, 4)
                    scores = ["x"] * 6 if hidden else [""] * 6 if empty else [dutch(v) for v in [sum(parts), *parts]]
                    out.writerow([f"BU9907{w:02}{b:02}", f"Buurt «{b}»\nvan wijk {w}", year, rng.randint(20, 4000),
                                  dutch(rng.randint(1, 900000) / 1000), rng.randint(0, 60), *scores])


def test_own(folder):
    defs, raw, store = (os.path.join(folder, n) for n in ("defs", "raw", "own.gpkg"))
    os.makedirs(os.path.join(defs, "sources"))
    os.makedirs(raw)
    with open(os.path.join(defs, "sources", "eigen-proef.yaml"), "w", encoding="utf-8") as f:
        f.write(SOURCE)
    file = os.path.join(raw, "proef.csv")
    write_above(os.path.join(raw, "boven.csv"))
    write_proef(file)
    wijk("new", store)
    done = wijk("import", store, "eigen-proef", os.path.join(raw, "boven.csv"), file, defs=defs)
    tell(done.returncode == 0, "a gemeente of our own loads", done.stderr)
    with Served(store, defs) as url:
        api = recompute.Api(url)
        good, text = again(url, raw, n=5000)
        print(text)
        tell(good, "all its numbers are what the file says")
        tell(all(k + " " in text for k in ("geleverd", "gemiddelde", "klasse", "verschil", "aandeel")), "every formula was met", text)
        mean = api.trace("WK990701~lbm3.deviation~2018~2024~2024")
        tell(mean["verborgen"] == 1 and "te klein om te tonen: 1" in mean["formule"]["woorden"],
             "a mean says that a part is too small to show", mean["formule"])
        tell("BU99070102" not in json.dumps([i["code"] for i in mean["invoer"]]), "and does not show that part")
        test_tampered(folder, url, file)
    return store, defs


def test_tampered(folder, url, file):
    """Each of these has to be seen."""
    bent = os.path.join(folder, "bent")
    os.makedirs(bent)
    with open(file, "rb") as f:
        data = f.read()
    at = data.rindex(b"2016;") + 5
    with open(os.path.join(bent, "proef.csv"), "wb") as f:
        f.write(data[:at] + bytes([data[at] ^ 1]) + data[at + 1:])
    good, text = again(url, bent, n=20)
    tell(not good and "has the hash" in text, "a raw file that was changed is not taken for the one that was loaded", text)

    api = recompute.Api(url)
    t = api.trace("BU99070000~residents~2018~2024~2024")
    mean = api.trace("WK990700~lbm3.deviation~2018~2024~2024")
    for what, change in (("a changed value", lambda t: t.update(waarde=t["waarde"] + 1)),
                         ("another row", lambda t: t["lading"].update(rij=t["lading"]["rij"] + 2)),
                         ("another column", lambda t: t["lading"].update(kolom="meldingen")),
                         ("a column that is not there", lambda t: t["lading"].update(kolom="inwoner")),
                         ("another factor", lambda t: t["formule"].update(factor=1000))):
        tell(disagrees(api, folder, t, change), f"{what} is seen")
    for what, change in (("a changed mean", lambda t: t.update(waarde=t["waarde"] + 1e-6)),
                         ("a weight that is not the residents", lambda t: t["invoer"][0].update(gewicht=t["invoer"][0]["gewicht"] + 1)),
                         ("a part left out", lambda t: (t["invoer"].pop(), t.update(aantalInvoer=t["aantalInvoer"] - 1)))):
        tell(disagrees(api, folder, mean, change), f"{what} is seen")


def disagrees(api, folder, trace, change):
    t = json.loads(json.dumps(trace))
    sums = recompute.Sums(api, recompute.Raw([os.path.join(folder, "raw")]))
    if not recompute.same(sums.again(t), t["waarde"]):
        return False
    sums = recompute.Sums(api, recompute.Raw([os.path.join(folder, "raw")]))
    change(t)
    try:
        sums.again(t)
        return False
    except recompute.Disagrees:
        return True


def test_export(folder, store, defs):
    """What an export says of a number is what its trace says."""
    out = os.path.join(folder, "alles.json")
    wijk("export", store, out, "--format", "json", defs=defs)
    with open(out, encoding="utf-8") as f:
        rows = json.load(f)
    with Served(store, defs) as url:
        api, bad = recompute.Api(url), []
        for r in random.Random(3).sample(rows, 60):
            t = api.trace(r["trace"])
            row = t["lading"]["rij"] if t["lading"] else None
            if (t["spoor"], t["waarde"], t["status"], row) != (r["trace"], r["value"], r["status"], r["row"]):
                bad.append((r, t["waarde"], t["status"], row))
        tell(not bad, "60 rows of an export and their traces are alike", bad[:3])


# ---- analyses: from what their traces say alone ------------------------------------------------------------------------------

KINDS = ("kloof", "kloof~maat.gini", "kloof~maat.scheiding", "kloof~maat.aandeel", "onvoldoende", "onvoldoende~maat.aandeel", "helling",
         "gladgestreken", "verloop", "overgang", "concentratie", "concentratie~maat.verhouding", "cluster~maat.lokaal", "cluster~maat.ster",
         "weging", "weging~deel.klasse", "vergelijkbaar")
# By division of the published files: the gap, trends, transitions, clusters and spread, down to the fields of the files.
REAL_KINDS = ("kloof", "kloof~maat.gini", "helling", "gladgestreken", "overgang", "cluster~maat.lokaal", "concentratie")
REAL_ANALYSES = ("cbs-wijkbuurtkaart-2017-groningen/", "leefbaarometer-2.0-pc4/", "leefbaarometer-3.0-buurten-provincie-utrecht/",
                 "cbs-kwb-amsterdam/")


def test_analyses(folder):
    store = os.path.join(folder, "demo.gpkg")
    wijk("demo", store)
    with Served(store) as url:
        good, text = again(url, "--analyses", n=210)
        print(text)
        tell(good, "every analysis drawn is what its trace says")
        tell(all(f"{k} " in text for k in KINDS), "of every kind", [k for k in KINDS if f"{k} " not in text])
        api = recompute.Api(url)
        for spoor, change in (("GM9901~lbm3~2025~2025~demo~kloof~niveau.buurt~maat.gini", lambda t: t["invoer"][3].update(waarde=1)),
                              ("BU99011002~lbm3.deviation~2012..2025~2025~demo~helling", lambda t: t["invoer"][2].update(waarde=9)),
                              ("BU99011002~lbm3~2012..2025~2025~demo~verloop~sinds.2012~recept.rigo", lambda t: t["invoer"][0].update(waarde=0.2)),
                              ("BU99010101~lindewaard~2025~2025~~weging", lambda t: t["invoer"][1].update(waarde=1))):
            t = api.trace(spoor)
            sums = recompute.Sums(api, recompute.Raw([]))
            right = recompute.same(recompute.Analyses(sums).again(t), t["waarde"])
            change(t)
            tell(right and not recompute.same(recompute.Analyses(sums).again(t), t["waarde"]), f"{spoor.split('~')[5]}: another input gives another number")


# ---- the published files -------------------------------------------------------------------------------------------------

def test_real(folder):
    data = os.environ.get("WIJK_REAL_DATA")
    if not data:
        print("skipped: WIJK_REAL_DATA is not set")
        sys.exit(77)
    store, loaded = os.path.join(folder, "real.gpkg"), set()
    wijk("new", store)
    for source, file, *options in REAL:
        done = wijk("import", store, source, os.path.join(data, file), *options)
        tell(done.returncode == 0, f"{file} loads", done.stderr[-300:])
        loaded.add(source)
    with Served(store) as url:
        good, text = again(url, data, n=500)
        print(text)
        tell(good and text.startswith("500 numbers, 500 agree"), "500 numbers shown are what the published files say")
        missing = [s for s in loaded if s + " " not in text and s not in ("gemeentekaart-geojson", "pdok-gebieden")]
        tell(not missing, "of every source that has figures", missing)
    some = os.path.join(folder, "analyses.gpkg")
    wijk("new", some)
    for source, file, *options in REAL:
        if file.startswith(REAL_ANALYSES):
            wijk("import", some, source, os.path.join(data, file), *options)
    with Served(some) as url:
        good, text = again(url, *(os.path.join(data, d) for d in REAL_ANALYSES), "--analyses", n=200)
        print(text)
        tell(good, "analyses of the published files are what the files say")
        tell(all(f"{k} " in text for k in REAL_KINDS), "of every kind that they have", [k for k in REAL_KINDS if f"{k} " not in text])


def main():
    folder = tempfile.mkdtemp(prefix="wijk-trace-")
    try:
        if WHAT == "real":
            test_real(folder)
        else:
            test_samples(folder)
            test_export(folder, *test_own(folder))
            test_analyses(folder)
    finally:
        shutil.rmtree(folder)
    sys.exit(0 if GOOD else 1)


main()
