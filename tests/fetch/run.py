#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""wijk fetch against a loopback server that answers as the live services do, and that fails in every way they can.

usage: run.py WIJK DEFS [PART OF A NAME]. The built-in sources are used as they are, with only the origin of their addresses replaced."""
import csv
import hashlib
import io
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1] / "tools")]
import server  # noqa: E402
from cases import Skip, case, equal, holds, run, words  # noqa: E402

ARGS = words(2, "WIJK DEFS [PART OF A NAME]")
WIJK, DEFS = os.path.abspath(ARGS[0]), Path(ARGS[1]).resolve()
SERVICES = ("opendata.cbs.nl", "datasets.cbs.nl", "dataderden.cbs.nl", "api.pdok.nl", "service.pdok.nl", "www.leefbaarometer.nl",
            "geodata.cbs.nl", "geo.leefbaarometer.nl")
LIVE = server.Server()


def write_defs(folder, origin, change=lambda name, text: text):
    """The built-in sources, with the services at `origin`."""
    where = Path(folder) / "sources"
    where.mkdir(parents=True, exist_ok=True)
    for path in (DEFS / "sources").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if "\nfetch:" not in text:
            continue
        for host in SERVICES:
            text = re.sub(rf'(url: ")https://{re.escape(host)}', rf"\g<1>{origin}", text)
        (where / path.name).write_text(change(path.stem, text), encoding="utf-8")


def env_of(defs="defs"):
    env = {k: v for k, v in os.environ.items() if not k.startswith("LC_") and k not in ("LANG", "WIJK_DEFS")}
    return env | {"LANG": "nl_NL.UTF-8", "WIJK_DEFS": str(defs)}


def command(store, source, *options, allow=None):
    return [WIJK, "fetch", store, source, "--allow", allow or LIVE.origin, "--wait", "8", "--tries", "3", "--timeout", "2", *options]


def wijk(*args, code=0, defs="defs"):
    r = subprocess.run([WIJK, *map(str, args)], capture_output=True, env=env_of(defs), timeout=120, check=False)
    if r.returncode != code:
        raise AssertionError(f"exit code {r.returncode} instead of {code}: {r.stderr.decode()[:600]!r}")
    return r.stdout.decode(), r.stderr.decode()


def fetch(store, source, *options, code=0, defs="defs", allow=None):
    """Runs it; gives what it says."""
    return wijk(*command(store, source, *options, allow=allow)[1:], code=code, defs=defs)[1]


def digest(path):
    log = Path(f"{path}-wal")
    whole = Path(path).read_bytes() + (log.read_bytes() if log.exists() else b"")
    return hashlib.sha256(whole).hexdigest()


def refused(source, *options, sentence, code=1, **more):
    """Refused with this sentence; the store stays byte for byte the same."""
    store = f"weiger{len(os.listdir('.'))}.gpkg"
    wijk("new", store)
    before = digest(store)
    err = fetch(store, source, *options, code=code, **more)
    holds(err, sentence)
    equal(digest(store), before, "the store after a refusal")
    return err


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def areas(store, level):
    return rows(wijk("areas", store, "--level", level, "--format", "csv")[0])


def figures(store, code):
    """(indicator, period) -> (value, status)"""
    table = rows(wijk("show", store, code, "--format", "csv")[0])
    return {(r["indicator"], r["period"]): (r["value"], r["status"]) for r in table}


def asked(part):
    return [r for r in LIVE.log if part in r["path"]]


def new(name):
    LIVE.fresh()
    wijk("new", name)
    return name


# ---- every protocol ----

@case("OData v3: key figures of one gemeente, named by DataProperties, in pages")
def _():
    s = new("v3.gpkg")
    err = fetch(s, "cbs-kwb-odata", "--gemeente", "GM9901", "--year", "2024", "--way", "v3")
    holds(err, "16 regels, 16 geladen, 0 geweigerd")
    equal((len(areas(s, "buurt")), len(areas(s, "wijk")), len(areas(s, "gemeente"))), (12, 3, 1), "areas")
    f = figures(s, "BU99010102")
    equal(f["residents", "2024"], (str(server.figure("BU99010102", "inwoners", 4000)), "ok"), "residents")
    equal(figures(s, "BU99010102")["woz_value_keur", "2024"][1], "missing", "null in v3")
    equal(asked("/85984NED/TypedDataSet")[0]["query"]["$filter"], "substring(WijkenEnBuurten,2,4) eq '9901'", "the question")
    with sqlite3.connect(s) as db:
        retrieved, licence, url = db.execute("SELECT retrieved, licence, url FROM load").fetchone()
    db.close()
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", retrieved), retrieved
    equal(licence, "CC BY 4.0", "licence")
    holds(url, LIVE.origin + "/ODataFeed/odata/85984NED/TypedDataSet?$filter=")
    (r,) = rows(wijk("trace", s, "BU99010102", "residents", "2024", "--format", "csv")[0])
    equal((r["url"], r["retrieved"]), (url, retrieved), "the trace of a figure")


@case("a second fetch asks whether anything changed, and says that nothing is new")
def _():
    LIVE.fresh()
    before = digest("v3.gpkg")
    err = fetch("v3.gpkg", "cbs-kwb-odata", "--gemeente", "GM9901", "--year", "2024", "--way", "v3")
    holds(err, "was al geladen op")
    holds(err, "Er is niets nieuws.")
    holds(err, "2 antwoorden, 2 daarvan onveranderd")
    assert all("if-none-match" in r["headers"] for r in LIVE.log), LIVE.log
    equal(digest("v3.gpkg"), before, "the store")


@case("OData v4 gives the same figures as v3, and tells hidden from not applicable")
def _():
    s = new("v4.gpkg")
    holds(fetch(s, "cbs-kwb-odata", "--gemeente", "GM9901", "--year", "2024", "--way", "v4"), "16 regels, 16 geladen, 0 geweigerd")
    other = figures("v3.gpkg", "BU99010203")
    for key, value in figures(s, "BU99010203").items():
        equal(value, other[key], f"{key} of both")
    equal(figures(s, "BU99010102")["woz_value_keur", "2024"], ("", "suppressed"), "Confidential")
    equal(figures(s, "BU99010103")["woz_value_keur", "2024"], ("", "not_applicable"), "Impossible")
    assert len(asked("/Observations")) == 2, LIVE.log


@case("police by year: trailing blanks in codes, no roll-ups, null is withheld and never 0")
def _():
    s = new("politie.gpkg")
    err = fetch(s, "politie-misdrijven", "--gemeente", "GM9901")
    holds(err, "geladen, 0 geweigerd")
    assert asked("/47018NED/SoortMisdrijf") and asked("/47018NED/Perioden"), LIVE.log
    for r in asked("/TypedDataSet"):
        holds(r["query"]["$filter"], "SoortMisdrijf eq '0.0.0 ' or SoortMisdrijf eq '1.1.1 '")
    f = figures(s, "BU99010201")
    for year in ("2022", "2023", "2024"):
        for indicator, kind in (("registered_crimes", "0.0.0 "), ("home_burglaries", "1.1.1 ")):
            value = server.figure("BU99010201", kind + year + "JJ00", 40)
            equal(f[indicator, year], ("", "suppressed") if value % 11 == 0 else (str(value), "ok"), f"{indicator} {year}")
    equal({p for _, p in f}, {"2022", "2023", "2024"}, "periods")
    hidden = [v for b in server.BUURTEN for v in figures(s, b).values() if v[1] == "suppressed"]
    assert hidden and all(v[0] == "" for v in hidden), hidden


@case("police by month: no rows of whole years, and not the newest two months")
def _():
    s = new("maand.gpkg")
    fetch(s, "politie-misdrijven", "--gemeente", "GM9901", "--way", "maand")
    periods = {p for _, p in figures(s, "BU99010303")}
    equal((min(periods), max(periods), len(periods)), ("2023-01", "2025-08", 32), "months")
    equal(len({r["query"]["$filter"] for r in asked("/TypedDataSet")}), 3, "one question a year")
    assert not any("JJ" in r["query"]["$filter"] for r in asked("/TypedDataSet"))


@case("police nuisance: kinds by their titles")
def _():
    s = new("overlast.gpkg")
    fetch(s, "politie-overlast", "--gemeente", "GM9901", "--year", "2024")
    f = figures(s, "BU99010104")
    value = server.figure("BU99010104", "OV033 2024JJ00", 40)
    equal(f["nuisance_misunderstood_behaviour", "2024"], ("", "suppressed") if value % 11 == 0 else (str(value), "ok"), "E33")
    equal({p for _, p in f}, {"2024"}, "only the year asked for")


@case("OGC API Features: borders and figures, page after page by relative links")
def _():
    s = new("ogc.gpkg")
    holds(fetch(s, "pdok-buurten", "--gemeente", "GM9901", "--year", "2024"), "12 regels, 12 geladen, 0 geweigerd")
    equal(len(asked("/items")), 3, "pages")
    equal(figures(s, "BU99010103")["men", "2024"], ("", "suppressed"), "-99997")


@case("WFS 2.0: the same buurten by an XML filter, in RD")
def _():
    s = new("wfs.gpkg")
    holds(fetch(s, "pdok-buurten", "--gemeente", "GM9901", "--year", "2024", "--way", "wfs"), "12 regels, 12 geladen, 0 geweigerd")
    equal([r["query"]["startIndex"] for r in asked("/wfs/v1_0")], ["0", "5", "10"], "pages")
    equal(figures(s, "BU99010301")["residents", "2024"], figures("ogc.gpkg", "BU99010301")["residents", "2024"], "residents")
    wijk("check", s)


FILTER = ("<fes:Filter xmlns:fes=\"x\"><fes:PropertyIsEqualTo><fes:ValueReference>gemeentecode</fes:ValueReference>"
          "<fes:Literal>GM9901</fes:Literal>")


def scores(level, more=()):
    names = {"buurten": ("bu", server.BUURTEN), "wijken": ("wk", server.WIJKEN), "gemeenten": ("gm", ["GM9901"])}
    short, codes = names[level]
    codes = codes + list(more if level == "buurten" else ())
    lines = [f"{short}_code,{short}_naam,jaar,lbm,afw,fys,onv,soc,vrz,won"]
    for c in codes:
        for year in (2022, 2024):
            part = [(server.figure(c, f"{k}{year}", 40) - 20) / 1000 for k in range(5)]
            lines.append(f"{c},Naam,{year},{4.1 + sum(part):.4f},{sum(part):.4f}," + ",".join(f"{p:.4f}" for p in part))
    return "\n".join(lines) + "\n"


def scores_zip(extra=(), more=()):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for level in ("buurten", "wijken", "gemeenten"):
            z.writestr(zipfile.ZipInfo(f"open data/Leefbaarometer-scores {level} 2002-2024.csv", (2025, 3, 1, 9, 0, 0)), scores(level, more))
        z.writestr(zipfile.ZipInfo("open data/Leefbaarometer-ontwikkeling buurten 2002-2024.csv", (2025, 3, 1, 9, 0, 0)), "x,y\n1,2\n")
        z.writestr(zipfile.ZipInfo("open data/vulling.bin", (2025, 3, 1, 9, 0, 0)), os.urandom(200000))
        for name, text in extra:
            z.writestr(zipfile.ZipInfo(name, (2025, 3, 1, 9, 0, 0)), text)
    return out.getvalue()


ZIP = "/resources/open-data-leefbaarometer-meting-2024.zip"


@case("Leefbaarometer: the score files out of a zip, the other files left")
def _():
    s = new("lbm.gpkg")
    LIVE.files[ZIP] = scores_zip()
    err = fetch(s, "leefbaarometer-3", "--gemeente", "GM9901")
    holds(err, "Leefbaarometer-scores buurten 2002-2024.csv: 24 regels, 24 geladen")
    holds(err, "Leefbaarometer-scores wijken 2002-2024.csv: 6 regels, 6 geladen")
    equal(len(asked(ZIP)), 1, "requests")
    assert ("lbm3.deviation", "2024") in figures(s, "BU99010204")
    holds(fetch(s, "leefbaarometer-3", "--gemeente", "GM9901"), "Er is niets nieuws.")


@case("Leefbaarometer by its WFS: codes that begin as those of the gemeente")
def _():
    s = new("lbmwfs.gpkg")
    holds(fetch(s, "leefbaarometer-3", "--gemeente", "GM9901", "--way", "wfs"), "12 regels, 12 geladen, 0 geweigerd")
    holds(fetch(s, "leefbaarometer-3", "--gemeente", "GM9901", "--way", "wfs-wijken"), "3 regels, 3 geladen")
    f = figures(s, "BU99010103")
    equal(float(f["lbm3.housing", "2024"][0]), (server.figure("BU99010103", "wfs4", 40) - 20) / 1000, "housing")
    with sqlite3.connect(s) as db:
        equal(db.execute("SELECT DISTINCT release FROM load").fetchall(), [("2024",)], "release")
    db.close()


@case("one national file for one gemeente after another: each gets its own figures, once")
def _():
    s = new("twee.gpkg")
    both = scores_zip(more=("BU99020101", "BU99020102"))
    LIVE.files[ZIP] = both
    holds(fetch(s, "leefbaarometer-3", "--gemeente", "GM9901"), "geladen")
    equal(len(areas(s, "buurt")), 12, "buurten of the first")
    err = fetch(s, "leefbaarometer-3", "--gemeente", "GM9902", code=1)  # its buurten are there, wijken and gemeente are not
    holds(err, "buurten 2002-2024.csv: ")
    equal(len(areas(s, "buurt")), 14, "buurten of both")
    LIVE.fresh()
    holds(fetch(s, "leefbaarometer-3", "--gemeente", "GM9901"), "Er is niets nieuws.")


@case("the file of the whole country, taken as it is, for one gemeente")
def _():
    if not shutil.which("ogr2ogr"):
        raise Skip("no ogr2ogr here")
    import json
    s = new("land.gpkg")
    Path("land.geojson").write_text(json.dumps(server.wfs({"count": "5", "FILTER": FILTER})), encoding="utf-8")
    subprocess.run(["ogr2ogr", "-f", "GPKG", "wijkenbuurten_2024.gpkg", "land.geojson", "-nln", "buurten", "-a_srs", "EPSG:28992"],
                   check=True, capture_output=True)
    LIVE.files["/cbs/wijkenbuurten/2024/atom/downloads/wijkenbuurten_2024.gpkg"] = Path("wijkenbuurten_2024.gpkg").read_bytes()
    holds(fetch(s, "pdok-buurten", "--gemeente", "GM9901", "--year", "2024", "--way", "bestand"), "5 regels, 5 geladen")
    holds(fetch(s, "pdok-buurten", "--gemeente", "GM9901", "--year", "2024", "--way", "bestand"), "Er is niets nieuws.")


# ---- what goes wrong, and passes ----

@case("500 twice and then an answer; a full moment with Retry-After")
def _():
    for fault, times in (("500", 2), ("429", 1), ("cut", 1), ("long", 2)):
        s = new(f"even-{fault}.gpkg")
        LIVE.mode("/TypedDataSet", fault, times)
        holds(fetch(s, "cbs-kwb-odata", "--gemeente", "GM9901", "--year", "2024"), "16 regels, 16 geladen")
        equal(len(asked("/TypedDataSet")), times + 1, "requests")


@case("a zip that breaks off is taken up where it was: every byte comes once")
def _():
    s = new("hervat.gpkg")
    LIVE.files[ZIP] = scores_zip()
    LIVE.mode(ZIP, "cut", 1)
    holds(fetch(s, "leefbaarometer-3", "--gemeente", "GM9901"), "geladen")
    first, second = asked(ZIP)
    assert "range" not in first["headers"], first
    equal(second["headers"]["range"], f"bytes={len(LIVE.files[ZIP]) // 2}-", "range")
    assert second["headers"]["if-range"].startswith('"'), second


@case("a run that was killed half-way is taken up by the next one")
def _():
    s = new("gedood.gpkg")
    LIVE.files[ZIP] = scores_zip()
    before = digest(s)
    LIVE.mode(ZIP, "hang", 1)
    p = subprocess.Popen(command(s, "leefbaarometer-3", "--gemeente", "GM9901", "--timeout", "60"), stderr=subprocess.DEVNULL, env=env_of())
    half = len(LIVE.files[ZIP]) // 2
    for _ in range(1200):
        if any(f.stat().st_size == half for f in Path(f"{s}.cache").glob("*.part")):
            break
        time.sleep(0.05)
    p.kill()
    p.wait()
    equal(digest(s), before, "the store of a killed run")
    LIVE.fresh()
    holds(fetch(s, "leefbaarometer-3", "--gemeente", "GM9901"), "geladen")
    equal([r["headers"].get("range") for r in asked(ZIP)], [f"bytes={half}-"], "ranges asked for")


@case("a file that changed since it broke off is fetched anew")
def _():
    s = new("veranderd.gpkg")
    LIVE.files[ZIP] = scores_zip()
    LIVE.mode(ZIP, "cut", 3)
    fetch(s, "leefbaarometer-3", "--gemeente", "GM9901", code=1)
    LIVE.fresh()
    LIVE.files[ZIP] = scores_zip()  # other filling, other ETag
    holds(fetch(s, "leefbaarometer-3", "--gemeente", "GM9901"), "geladen")
    wijk("check", s)


@case("pages that are here already are not asked for in full again")
def _():
    s = new("pagina.gpkg")
    LIVE.mode("offset=5", "500", 3)
    fetch(s, "pdok-buurten", "--gemeente", "GM9901", "--year", "2024", code=1)
    LIVE.fresh()
    holds(fetch(s, "pdok-buurten", "--gemeente", "GM9901", "--year", "2024"), "12 regels, 12 geladen")
    equal(["if-none-match" in r["headers"] for r in asked("/items")], [True, False, False], "pages known")


@case("a service that passes over the filter in silence: areas of elsewhere are left out")
def _():
    for source, way, part in (("pdok-buurten", "ogc", "/items"), ("pdok-buurten", "wfs", "/wfs/"), ("cbs-kwb-odata", "v3", "/TypedDataSet")):
        s = new(f"elders-{way}.gpkg")
        LIVE.mode(part, "stray")
        fetch(s, source, "--gemeente", "GM9901", "--year", "2024", "--way", way)
        equal({a["code"] for a in areas(s, "buurt")}, set(server.BUURTEN) - {"BU99010204"}, way)


# ---- what goes wrong, and stays so ----

KWB = ("cbs-kwb-odata", "--gemeente", "GM9901", "--year", "2024")


@case("each fault has its sentence, exit code 1, and leaves the store alone")
def _():
    for fault, sentence, requests in (
            ("500", "127.0.0.1 werkt nu niet: status 500, 3 keer geprobeerd. Er ging iets mis in de tabel", 3),
            ("400", "127.0.0.1 weigert: status 400. Veld bestaat niet", 1),
            ("cut", "breekt het antwoord steeds af (3 keer geprobeerd)", 3),
            ("long", "breekt het antwoord steeds af (3 keer geprobeerd)", 3),
            ("to https://example.org/elders", "example.org staat niet op de lijst van diensten", 1),
            ("to http://opendata.cbs.nl/x", "er wordt alleen over https opgehaald", 1),
            ("to file:///etc/passwd", "«file:///etc/passwd» is geen adres dat opgehaald kan worden", 1),
            ("loop", "verwijst steeds door; na 5 keer is gestopt", 6),
            ("xml", "geeft geen gegevens maar een foutmelding: «Feature type lbm3:straatscore24 unknown»", 1),
            ("bomb", "geeft meer dan de grens van 64 MB", 1),
            ("astray", "example.org staat niet op de lijst van diensten", 1),
            ("half json", "127.0.0.1 regel 1", 1)):
        LIVE.fresh()
        LIVE.mode("/TypedDataSet", fault)
        try:
            refused(*KWB, sentence=sentence)
            equal(len(asked("/TypedDataSet")), requests, "requests")
        except AssertionError as why:
            raise AssertionError(f"{fault}: {why}") from None


@case("too slow is given up")
def _():
    LIVE.fresh()
    LIVE.mode("/TypedDataSet", "slow")
    refused(*KWB, "--tries", "1", sentence="antwoordt te traag")


@case("pages without end are stopped")
def _():
    LIVE.fresh()
    LIVE.mode("/TypedDataSet", "endless")
    refused(*KWB, "--wait", "1", sentence="blijft pagina's geven; na 2000 is gestopt")


@case("XML at status 200 from a map service")
def _():
    LIVE.fresh()
    LIVE.mode("/wfs/", "xml")
    refused("pdok-buurten", "--gemeente", "GM9901", "--way", "wfs", sentence="«Feature type lbm3:straatscore24 unknown»")


@case("a zip that is none, one with a path outside, one without the files")
def _():
    LIVE.fresh()
    lbm = ("leefbaarometer-3", "--gemeente", "GM9901")
    for body, sentence in ((b"geen zip" * 99, "zip"), (scores_zip([("../buiten.csv", "x")]), "pad dat erbuiten wijst"),
                           (EXCEPTION_ZIP, "«Feature type lbm3:straatscore24 unknown»")):
        LIVE.files[ZIP] = body
        refused(*lbm, sentence=sentence)
    del LIVE.files[ZIP]
    refused(*lbm, sentence="127.0.0.1 heeft dit niet (meer)")


EXCEPTION_ZIP = server.EXCEPTION


@case("only listed services: not without --allow, not over http, not by a name with a password")
def _():
    LIVE.fresh()
    for allow in ("http://example.org", "https://example.org/pad", "ftp://127.0.0.1", "http://u:p@127.0.0.1:80", "niets"):
        refused(*KWB, allow=allow, code=2, sentence="kan niet worden toegestaan")
    refused(*KWB, allow="https://elders.example", sentence="er wordt alleen over https opgehaald")
    equal(LIVE.log, [], "requests")


@case("a name that leads to a private address is not followed, also when it is on the list")
def _():
    write_defs("binnen", "https://localhost:9")
    refused(*KWB, allow="https://localhost:9", defs="binnen", sentence="adres binnen het eigen netwerk")


def certificate(name):
    """A key and a certificate signed by itself."""
    made = subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "sleutel.pem", "-out", "cert.pem",
                           "-days", "2", "-subj", "/CN=x", "-addext", f"subjectAltName={name}"],
                          capture_output=True, check=False) if shutil.which("openssl") else None
    if not made or made.returncode:
        raise Skip("no openssl here")
    return "cert.pem", "sleutel.pem"


@case("through a proxy: the service is asked by name, over https; a proxy that refuses is told")
def _():
    safe = server.Server(certificate("DNS:opendata.cbs.nl"))
    proxy = server.Proxy(int(safe.origin.rsplit(":", 1)[1]))
    wall = server.Proxy(1, refuse=True)
    try:
        # The built-in address: nothing is allowed besides the list.
        through = lambda p, *more: ["fetch", "proxy.gpkg", *KWB, "--wait", "8", "--tries", "3", "--timeout", "5", "--proxy", p, *more]
        (Path("leeg") / "sources").mkdir(parents=True)
        wijk("new", "proxy.gpkg")
        err = wijk(*through(proxy.origin), code=1, defs="leeg")[1]
        holds(err, "Het certificaat van opendata.cbs.nl is niet te vertrouwen")
        err = wijk(*through(wall.origin, "--ca", "cert.pem"), code=1, defs="leeg")[1]
        holds(err, "De proxy laat opendata.cbs.nl niet door (status 403)")
        equal(len(wall.asked), 1, "no use in asking a wall again")
        holds(wijk(*through(proxy.origin, "--ca", "cert.pem"), defs="leeg")[1], "16 regels, 16 geladen")
        equal(set(proxy.asked), {"CONNECT opendata.cbs.nl:443 HTTP/1.1"}, "asked of the proxy")
        holds(wijk(*through("proxy:3128"), code=2, defs="leeg")[1], "is geen adres van een proxy")
    finally:
        for one in (safe, proxy, wall):
            one.stop()


@case("a certificate nobody signed is not trusted; one that is named is")
def _():
    safe = server.Server(certificate("IP:127.0.0.1"))
    try:
        write_defs("veilig", safe.origin)
        refused(*KWB, allow=safe.origin, defs="veilig", sentence="Het certificaat van 127.0.0.1 is niet te vertrouwen")
        s = new("veilig.gpkg")
        holds(fetch(s, *KWB, "--ca", "cert.pem", allow=safe.origin, defs="veilig"), "16 regels, 16 geladen")
    finally:
        safe.stop()


@case("nobody there")
def _():
    write_defs("dood", "http://127.0.0.1:1")
    refused(*KWB, allow="http://127.0.0.1:1", defs="dood", sentence="127.0.0.1 is niet bereikbaar (3 keer geprobeerd)")


@case("wrong use: no gemeente, no such gemeente, way, year or source")
def _():
    refused("cbs-kwb-odata", code=2, sentence="Zeg met --gemeente van welke gemeente")
    refused("cbs-kwb-odata", "--gemeente", "GM99' or 1 eq 1", code=2, sentence="is geen code van een gemeente")
    refused("cbs-kwb-odata", "--gemeente", "GM9901", "--way", "v9", sentence="wel via: v3, v4")
    refused("cbs-kwb-odata", "--gemeente", "GM9901", "--year", "1999", sentence="heeft via v3 geen 1999; het nieuwste jaar is 2025")
    refused("cbs-kwb-odata", "--gemeente", "GM8888", "--year", "2024", sentence="heeft hierover niets van GM8888")
    refused("statline-csv", "--gemeente", "GM9901", sentence="kan niet worden opgehaald; laad een bestand met wijk import")
    refused("leefbaarometer-3", "--gemeente", "../GM9901", code=2, sentence="is geen code van een gemeente")
    holds(fetch(new("kaal.gpkg"), "cbs-kwb-odata", "--gemeente", "9901", "--year", "2024"), "16 regels, 16 geladen")
    refused("cbs-kwb-odat", "--gemeente", "GM9901", sentence="Bedoelt u cbs-kwb-odata?")


@case("a definition that does not hold is told with its line")
def _():
    for old, new_, sentence in (("protocol: odata3", "protocol: gopher", "dit protocol bestaat niet (gopher)"),
                                ("region: WijkenEnBuurten", "regio: WijkenEnBuurten", "deze sleutel bestaat niet (regio)"),
                                ("region: WijkenEnBuurten", "region: \"Wijken'\"", "hier hoort een naam zonder leestekens (region)"),
                                ("years: {2025:", "years: {veel:", "dit is geen jaar (veel)")):
        write_defs("krom", LIVE.origin, lambda name, text, a=old, b=new_: text.replace(a, b, 1) if name == "cbs-kwb-odata" else text)
        err = refused(*KWB, defs="krom", sentence=sentence)
        assert re.search(r"Bron cbs-kwb-odata, regel \d+:", err), err


@case("two at once in one cache: the second is told")
def _():
    s = new("samen.gpkg")
    LIVE.mode("/TypedDataSet", "hang", 1)
    p = subprocess.Popen(command(s, *KWB, "--timeout", "60"), stderr=subprocess.DEVNULL, env=env_of())
    try:
        for _ in range(1200):
            if asked("/TypedDataSet"):
                break
            time.sleep(0.05)
        refused(*KWB, "--cache", f"{s}.cache", sentence="Er wordt al iets opgehaald naar de map")
    finally:
        p.send_signal(signal.SIGKILL)
        p.wait()


@case("--dry-run keeps nothing in the store; `wijk sources` tells the ways")
def _():
    s = new("proef.gpkg")
    before = digest(s)
    holds(fetch(s, *KWB, "--dry-run"), "Dit was een proef")
    equal(digest(s), before, "the store")
    ways = {r["id"]: r["fetch"] for r in rows(wijk("sources", "--format", "csv")[0])}
    equal((ways["cbs-kwb-odata"], ways["politie-misdrijven"], ways["statline-csv"]), ("v3, v4", "jaar, maand", ""), "ways")


if __name__ == "__main__":
    failed = run("wijk-fetch-", "".join(ARGS[2:3]), lambda: write_defs("defs", LIVE.origin))
    LIVE.stop()
    sys.exit(failed)
