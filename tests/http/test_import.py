#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Files brought in through the real server, by who may and who may not, and what is left when it is killed: test_import.py WIJK

Everything is asked over a socket of the program itself, on the demo store."""
import hashlib
import io
import json
import os
import re
import resource
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "hostile"))

from browser import send  # noqa: E402

WIJK = os.path.abspath(sys.argv[1])
ENV = {k: v for k, v in os.environ.items() if not k.startswith("LC_") and k != "WIJK_DEFS"} | {"LANG": "nl_NL.UTF-8"}
API = "/api/v1/importen"
SLOW = 3 if os.environ.get("WIJK_TEST_SLOW") else 1
BUURTEN = ["BU990101%02d" % i for i in range(1, 7)]


def need(what, good, detail=""):
    if not good:
        raise AssertionError("%s: %s" % (what, detail))


class Server:
    """The program over a store; `with` ends it."""

    def __init__(self, store, *more, limit=None):
        def limits():
            if limit:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        self.process = subprocess.Popen([WIJK, "serve", str(store), "--listen", "127.0.0.1:0", *more], text=True, env=ENV,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, preexec_fn=limits)
        line = self.process.stdout.readline().strip()
        need("the server starts", line.startswith("http://"), line)
        self.port = int(line.rsplit(":", 1)[1].strip("/"))
        self.key = None
        if "--import" in more:
            page = self.process.stdout.readline().strip()
            self.key = re.fullmatch(r"http://127\.0\.0\.1:\d+/gegevens/import#sleutel=([0-9a-f]{32})", page).group(1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            need("the server stops when asked", self.process.wait(60) == 0, self.process.returncode)
        self.process.stdout.close()

    def kill(self):
        self.process.kill()
        self.process.wait(60)

    def ask(self, method, path, body=None, key=True, kind=None, **headers):
        h = {k.replace("_", "-"): v for k, v in headers.items()}
        if key:
            h["Authorization"] = "Bearer " + (self.key if key is True else key)
        if isinstance(body, (dict, list)):
            body = json.dumps(body).encode()
            kind = kind or "application/json"
        if body is not None:
            h["Content-Type"] = kind or "application/octet-stream"
        return send(self.port, method, path, body, h)

    def bring(self, name, data, **more):
        status, value, _ = self.ask("POST", API + "?naam=" + name, data, **more)
        need("%s is taken" % name, status == 201, value)
        return value

    def until(self, id_, *stands, seconds=60):
        end = time.monotonic() + seconds * SLOW
        while time.monotonic() < end:
            value = self.ask("GET", "%s/%s" % (API, id_))[1]
            if value["stand"] in stands:
                return value
            time.sleep(0.02)
        raise AssertionError("%s stays %s" % (id_, value))

    def trial(self, id_, body, *stands):
        status, value, _ = self.ask("POST", "%s/%s/proef" % (API, id_), body)
        need("a trial begins", status == 202, value)
        return self.until(id_, *(stands or ("gelezen",)))

    def load(self, id_, choice="goedeRegels"):
        status, value, _ = self.ask("POST", "%s/%s/laden" % (API, id_), {"keuze": choice})
        need("a load begins", status == 202, value)
        return self.until(id_, "geladen")

    def overview(self):
        return self.ask("GET", "/api/v1", key=False)[1]


def mapping(column="inwoners", year=2027, **more):
    return {"indeling": {"niveau": "buurt", "gebied": {"kolom": "buurt", "soort": "code"}, "periode": {"jaar": year},
                         "decimaal": "komma", "ontbrekend": [""], "geheim": ["<5"],
                         "velden": [{"kolom": column, "indicator": "residents"}]}, "jaar": 2025} | more


def table(rows, head="buurt;inwoners"):
    return ("\n".join([head] + ["%s;%s" % r for r in rows]) + "\n").encode()


def good(first=1234):
    return table((code, first + 7 * i) for i, code in enumerate(BUURTEN))


def large(rows=60000):
    """Areas of gemeenten the store does not know: all of them are new."""
    return table(("BU%04d%02d%02d" % (1 + i // 9000, 1 + i // 90 % 100, i % 90), 100 + i % 977) for i in range(rows))


def checked(store):
    r = subprocess.run([WIJK, "check", str(store)], capture_output=True, env=ENV, text=True, timeout=300, check=False)
    need("the store is sound", r.returncode == 0, r.stderr)


def areas(store):
    r = subprocess.run([WIJK, "areas", str(store), "--format", "csv"], capture_output=True, env=ENV, timeout=300, check=True)
    return hashlib.sha256(r.stdout).hexdigest()


def wait_for(there, what):
    end = time.monotonic() + 100
    while not there():
        need(what, time.monotonic() < end)
        time.sleep(0.02)


def mode_of(path):
    """None: it went meanwhile."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


# ---- who may ----

def test_door(folder, store):
    with Server(store) as s:
        for method, path in (("GET", API), ("POST", API + "?naam=a.csv"), ("DELETE", API + "/" + "0" * 32)):
            status, value, _ = s.ask(method, path, b"x" if method == "POST" else None, key="0" * 32)
            need("nothing is taken without --import", status == 403 and "--import" in value["detail"], value)
    with Server(store, "--import") as s:
        cases = [
            (401, dict(key=None)), (401, dict(key="0" * 32)), (401, dict(key=s.key[:-1])), (401, dict(key=s.key + "0")),
            (403, dict(Origin="http://elders.example")), (403, dict(Origin="null")),
            (403, dict(Origin="http://127.0.0.1:%d.elders.example" % s.port)), (403, dict(Sec_Fetch_Site="cross-site")),
            (403, dict(Sec_Fetch_Site="same-site")), (415, dict(kind="text/csv")), (415, dict(kind="application/json")),
            (400, dict(Idempotency_Key="k" * 300)),
        ]
        for want, more in cases:
            status, value, headers = s.ask("POST", API + "?naam=a.csv", good(), **more)
            need("%s -> %d" % (more, want), status == want and value["status"] == want, (status, value))
            need("a 401 says how", want != 401 or headers["WWW-Authenticate"] == "Bearer", headers)
        need("nothing was kept", s.ask("GET", API)[1] == {"importen": []}, s.ask("GET", API))
        need("a page of ours may", s.ask("GET", API, Origin="http://127.0.0.1:%d" % s.port, Sec_Fetch_Site="same-origin")[0] == 200)
        need("a name is needed", s.ask("POST", API, good())[0] == 400)
        need("no such file", s.ask("GET", API + "/" + "a" * 32)[0] == 404)
        need("no such method", s.ask("PUT", API, None)[0] == 405)
        need("allowed", s.ask("OPTIONS", API)[2]["Allow"] == "GET, HEAD, POST, OPTIONS", s.ask("OPTIONS", API)[2])
        need("reading needs no key", s.ask("GET", "/api/v1", key=None)[0] == 200)
        raw(s)
        i = s.bring("a.csv", good())["id"]
        for body in ({}, {"bron": "bestaat-niet"}, {"bron": "a", "indeling": {}}, {"kleur": 1}, {"jaar": "x", "bron": "lindewaard"},
                     {"gemeente": "GM", "bron": "lindewaard"}, mapping("inwoners") | {"koppelingen": [{"naam": "a", "code": "x"}]}, []):
            status, value, _ = s.ask("POST", "%s/%s/proef" % (API, i), body)
            need("%s is refused" % body, status == 400, (status, value))
        status, value, _ = s.ask("POST", "%s/%s/proef" % (API, i), b"{bron: a}", kind="application/json")
        need("YAML that is no JSON is refused", status == 400, value)
        need("no load before a trial", s.ask("POST", "%s/%s/laden" % (API, i), {"keuze": "alles"})[0] == 409)
        need("no such choice", s.ask("POST", "%s/%s/laden" % (API, i), {"keuze": "iets"})[0] == 400)
        need("no mapping yet", s.ask("POST", "%s/%s/definitie" % (API, i), {"id": "a", "titel": "b"})[0] == 409)
    with Server(store, "--import") as s, subprocess.Popen([WIJK, "serve", str(store), "--import", "--listen", "127.0.0.1:0"],
                                                         stderr=subprocess.PIPE, env=ENV, text=True) as second:
        need("one server at a time takes files", second.wait(60) == 1 and "andere server" in second.stderr.read())


def raw(s):
    """What http.client would not send."""
    def send(head, body=b""):
        with socket.create_connection(("127.0.0.1", s.port), timeout=20) as link:
            link.sendall(("\r\n".join(head) + "\r\n\r\n").encode() + body)
            return link.recv(4000).split(b"\r\n")[0]
    head = ["POST %s?naam=a.csv HTTP/1.1" % API, "Host: a", "Authorization: Bearer " + s.key, "Content-Type: application/octet-stream"]
    need("no length", b" 411 " in send(head))
    need("too large a file", b" 413 " in send(head + ["Content-Length: 3000000000"]))
    need("a length that is none", b" 40" in send(head + ["Content-Length: 12x"]))
    need("chunked", b" 400 " in send(head + ["Transfer-Encoding: chunked"], b"0\r\n\r\n"))
    ask = ["POST %s/%s/proef HTTP/1.1" % (API, "0" * 32)] + head[1:3] + ["Content-Type: application/json"]
    need("too large a question", b" 413 " in send(ask + ["Content-Length: 2000000"]))
    need("no key, no byte read", b" 401 " in send([head[0], head[1], head[3], "Content-Length: 1000000"]))


# ---- the road of a file ----

def test_road(folder, store):
    rows = [(c, "1.2%02d" % i) for i, c in enumerate(BUURTEN)] + [("BU99010199", "12"), ("BU9901010x", "12"), (BUURTEN[0][:-1] + "9", "veel")]
    with Server(store, "--import") as s:
        before = s.overview()["gegevensversie"]
        wrong = s.bring("../../telling.csv", table(rows, "buurt;inwonrs"))
        need("only the last part of a name", wrong["naam"] == "telling.csv", wrong)
        i = s.bring("telling.csv", table(rows))["id"]
        one = s.ask("GET", "%s/%s" % (API, i))[1]
        need("columns with what they may be", [c["voorstel"] for c in one["kolommen"]] ==
             [{"rol": "gebied"}, {"rol": "indicator", "indicator": "residents"}], one["kolommen"])
        need("a wrong header ends there", "inwoners" in s.trial(i, mapping("inwonrs"), "mislukt")["fout"])
        one = s.trial(i, mapping())
        need("counts", [one["proef"][k] for k in ("rijen", "goed", "geweigerd")] == [9, 6, 3], one["proef"])
        need("what is read", one["proef"]["voorbeeld"][0] | {"naam": ""} == {"gebied": BUURTEN[0], "naam": "", "indicator": "residents",
             "periode": "2027", "waarde": 1200, "status": "ok"}, one["proef"]["voorbeeld"][0])
        found = s.ask("GET", "%s/%s/bevindingen" % (API, i))[1]
        cures = [f["oplossing"] for f in found["bevindingen"] if f["soort"] == "geweigerd"]
        need("with a cure", len(cures) == 3 and any("Bedoelt u" in (c or "") for c in cures), found)
        page = s.ask("GET", "%s/%s/bevindingen?vanaf=1&aantal=1" % (API, i))[1]
        need("page by page", page["aantal"] == found["aantal"] and page["bevindingen"] == found["bevindingen"][1:2], page)
        need("no such page", s.ask("GET", "%s/%s/bevindingen?aantal=0" % (API, i))[0] == 400)
        ask = mapping()
        del ask["jaar"]
        need("without a division the known one", s.trial(i, ask)["proef"]["geweigerd"] == 3)
        s.trial(i, mapping())
        need("nothing was changed by trials", s.overview()["gegevensversie"] == before)
        status, value, _ = s.ask("POST", "%s/%s/laden" % (API, i), {"keuze": "alles"})
        need("not all of it", status == 409 and "3 regels" in value["detail"], value)
        status, value, _ = s.ask("POST", "%s/%s/definitie" % (API, i), {"id": "telling", "titel": "Telling", "uitgever": "Gemeente"})
        need("kept as a source", status == 201 and value == {"id": "telling", "titel": "Telling"}, value)
        for taken in ("telling", "lindewaard"):
            need("a name once", s.ask("POST", "%s/%s/definitie" % (API, i), {"id": taken, "titel": "x"})[0] == 409)
        need("a name that is none", s.ask("POST", "%s/%s/definitie" % (API, i), {"id": "Te ling", "titel": "x"})[0] in (400, 409))
        one = s.load(i)
        need("loaded as that source", one["bron"] == "telling" and one["lading"] > 0, one)
        need("another version", s.overview()["gegevensversie"] != before)
        values = s.ask("GET", "/api/v1/indicatoren/residents/waarden?niveau=buurt&periode=2027", key=None)[1]["waarden"]
        need("the figures are served", values.count(None) == len(values) - 6, values)
        sources = s.ask("GET", "/api/v1/bronnen", key=None)[1]["bronnen"]
        need("the source is served", [b["ladingen"][0]["bestand"] for b in sources if b["id"] == "telling"] == ["telling.csv"])
        need("what is loaded is not loaded again", s.ask("POST", "%s/%s/laden" % (API, i), {"keuze": "goedeRegels"})[0] == 409)
        again = s.bring("telling2.csv", table(rows))["id"]
        need("the same bytes", "al geladen" in s.trial(again, {"bron": "telling", "jaar": 2027}, "mislukt")["fout"])
        need("gone", s.ask("DELETE", "%s/%s" % (API, i))[0] == 204 and s.ask("DELETE", "%s/%s" % (API, i))[0] == 404)
        names = os.listdir(str(store) + ".invoer")
        need("only what stands ready is in the folder", len(names) == 2, names)
    need("the folder goes with the server", not os.path.exists(str(store) + ".invoer"))
    out = subprocess.run([WIJK, "sources", str(store)], capture_output=True, env=ENV, text=True, check=True).stdout
    need("the program knows the source", "telling" in out)
    file = folder / "later.csv"
    file.write_bytes(good(999))
    subprocess.run([WIJK, "import", str(store), "telling", str(file), "--year", "2026"], check=True, env=ENV, capture_output=True)
    checked(store)


def test_known(folder, store):
    with Server(store, "--import") as s:
        one = s.bring("demo_buurten-2024.csv", b"bu_code,bu_naam,jaar,lbm,afw,won,fys,vrz,soc,onv\n"
                      b"BU99010101,Kaardebol,2022,4.137,0.057,0.011,0.013,0.009,0.017,0.007\n")
        need("recognised", one["herkend"] and one["herkend"][0]["zeker"], one["herkend"])
        one = s.trial(one["id"], {"bron": one["herkend"][0]["bron"]}, "gelezen", "mislukt")
        need("read by its source", one["stand"] == "gelezen" and one["proef"]["goed"] == 1, one)
        one = s.load(one["id"], "alles")
        people = table(((c, "jan%d@voorbeeld.example" % i) for i, c in enumerate(BUURTEN)), "buurt;post")
        one = s.bring("mensen.csv", people)
        need("persons are refused, by column", one["stand"] == "mislukt" and "post" in one["fout"], one)
        need("and not kept", not any((Path(str(store) + ".invoer")).glob("*/mensen.csv")))
        need("nor tried", s.ask("POST", "%s/%s/proef" % (API, one["id"]), mapping())[0] == 409)
        late = table([(c, 5) for c in BUURTEN] * 50, "buurt;inwoners") + b"BU99010101;a@voorbeeld.example\n"
        one = s.trial(s.bring("later.csv", late)["id"], mapping(), "mislukt")
        need("also far down", "inwoners" in one["fout"], one)
        need("then nothing of it is kept either", not any((Path(str(store) + ".invoer")).glob("*/later.csv")))
        need("no cell of it", one["kolommen"] == [] and not one.get("proef") and "voorbeeld.example" not in str(one), one)
        need("and it is not tried again", s.ask("POST", "%s/%s/proef" % (API, one["id"]), mapping())[0] == 409)
        need("nor are its rows told", s.ask("GET", "%s/%s/bevindingen" % (API, one["id"]))[1].get("bevindingen", []) == [])


def test_names(folder, store):
    names = table([("Kaardebol", 17), ("Raamveldt", 23), ("Nergenshuizen", 31)], "buurtnaam;inwoners")
    ask = mapping() | {"gemeente": "GM9901"}
    ask["indeling"] = ask["indeling"] | {"gebied": {"kolom": "buurtnaam", "soort": "naam"}}
    with Server(store, "--import") as s:
        i = s.bring("namen.csv", names)["id"]
        one = s.trial(i, ask, "gelezen", "mislukt")
        offered = [(p["naam"], p["codeNaam"]) for p in one["voorstellen"]]
        cures = str(s.ask("GET", "%s/%s/bevindingen" % (API, i))[1])
        need("a page names no options of a command", "--" not in cures and "Bevestig dat bij de namen" in cures, cures)
        need("what resembles is proposed", ("Raamveldt", "Raamveld") in offered, (one.get("fout"), offered))
        code = next(p["code"] for p in one["voorstellen"] if p["naam"] == "Raamveldt")
        one = s.trial(i, ask | {"koppelingen": [{"naam": "Raamveldt", "code": code}]})
        need("what is confirmed is joined", one["proef"]["goed"] == 2 and one["proef"]["geweigerd"] == 1, one["proef"])


def test_zipped(folder, store):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("map/telling.csv", good())
    several = io.BytesIO()
    with zipfile.ZipFile(several, "w") as z:
        z.writestr("a.csv", good())
        z.writestr("b.csv", good())
    with Server(store, "--import") as s:
        one = s.bring("telling.zip", packed.getvalue())
        need("its columns are those of the table", [k["naam"] for k in one["kolommen"]] == ["buurt", "inwoners"], one)
        need("it is read", s.trial(one["id"], mapping())["proef"]["goed"] == 6)
        s.load(one["id"], "alles")
        one = s.bring("twee.zip", several.getvalue())
        need("several are refused", one["stand"] == "mislukt" and "2 CSV-bestanden" in one["fout"], one)
    checked(store)


def test_strangers(folder, store):
    rows = [(c, 5) for c in BUURTEN] + [("BU00010203", 17), ("BU00020304", 19), ("BU00020305", 23)]
    with Server(store, "--import") as s:
        i = s.bring("vreemd.csv", table(rows))["id"]
        s.trial(i, mapping())
        told = s.ask("GET", "%s/%s/bevindingen" % (API, i))[1]["bevindingen"]
        need("areas of elsewhere are told", [("3 gebieden" in b["reden"], "GM0001, GM0002" in b["reden"]) for b in told] == [(True, True)], told)
        need("with what to do", "kies één gemeente" in told[0]["oplossing"], told)
        s.trial(i, mapping() | {"gemeente": "GM9901"})
        need("and not when one gemeente is asked for", s.ask("GET", "%s/%s/bevindingen" % (API, i))[1]["bevindingen"] == [])


def test_again(folder, store):
    with Server(store, "--import") as s:
        first = s.ask("POST", API + "?naam=a.csv", good(), Idempotency_Key="een")
        second = s.ask("POST", API + "?naam=a.csv", good(), Idempotency_Key="een")
        need("the same key, the same answer", first[:2] == second[:2] and first[2]["Location"] == second[2]["Location"], second)
        need("and one file", len(s.ask("GET", API)[1]["importen"]) == 1)
        need("one folder", len(os.listdir(str(store) + ".invoer")) == 1, os.listdir(str(store) + ".invoer"))
        i = first[1]["id"]
        s.trial(i, mapping())
        answers = [s.ask("POST", "%s/%s/laden" % (API, i), {"keuze": "alles"}, Idempotency_Key="twee")[:2] for _ in range(2)]
        need("one load", answers[0] == answers[1] and answers[0][0] == 202, answers)
        s.until(i, "geladen")
        loads = [b["ladingen"] for b in s.ask("GET", "/api/v1/bronnen", key=None)[1]["bronnen"] if b["id"].startswith("eigen-")]
        need("one row of it", [len(v) for v in loads] == [1], loads)


# ---- many, slow, stopped ----

def test_together(folder, store):
    with Server(store, "--import") as s:
        got, data = {}, {n: table(((c, 100 * n + k) for k, c in enumerate(BUURTEN)), "buurt;inwoners") + b"\n" * (n << 20) for n in (1, 2)}
        threads = [threading.Thread(target=lambda n=n: got.update({n: s.bring("d%d.csv" % n, data[n])})) for n in data]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        for n, bytes_ in data.items():
            need("each whole", got[n]["sha256"] == hashlib.sha256(bytes_).hexdigest() and got[n]["bytes"] == len(bytes_), got[n])
        for n in data:
            s.ask("POST", "%s/%s/proef" % (API, got[n]["id"]), mapping(year=2030 + n))
        for n in data:
            need("one after the other", s.until(got[n]["id"], "gelezen")["proef"]["goed"] == 6)
        for k in range(14):
            s.bring("r%d.csv" % k, good(k))
        status, value, _ = s.ask("POST", API + "?naam=veel.csv", good())
        need("no more than 16", status == 503, (status, value))
        need("and no rest of it", len(os.listdir(str(store) + ".invoer")) == 16)


def test_cancel(folder, store):
    checked(store)
    before = areas(store)
    with Server(store, "--import") as s:
        for load in (False, True):
            i = s.bring("groot.csv", large())["id"]
            if load:
                s.trial(i, mapping())
                s.ask("POST", "%s/%s/laden" % (API, i), {"keuze": "goedeRegels"})
            else:
                s.ask("POST", "%s/%s/proef" % (API, i), mapping())
            time.sleep(0.15)
            busy = s.ask("POST", "%s/%s/proef" % (API, i), mapping())[0]
            began = time.monotonic()
            need("dropped", s.ask("DELETE", "%s/%s" % (API, i))[0] == 204)
            took = time.monotonic() - began
            need("within a second", took < 1 * SLOW, took)
            need("not twice at once", busy == 409 or took < 0.05, busy)
            need("gone", s.ask("GET", "%s/%s" % (API, i))[0] == 404 and os.listdir(str(store) + ".invoer") == [])
        i = s.bring("telling.csv", good())["id"]
        need("it goes on", s.trial(i, mapping())["proef"]["goed"] == 6)
    need("nothing changed", areas(store) == before)
    checked(store)


def test_killed(folder, store):
    before = areas(store)
    spool = Path(str(store) + ".invoer")
    for when in ("upload", "trial", "load", "load late"):
        with Server(store, "--import") as s:
            if when == "upload":
                link = socket.create_connection(("127.0.0.1", s.port))
                link.sendall(("POST %s?naam=a.csv HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\nContent-Type: application/octet-stream\r\n"
                              "Content-Length: 1000000\r\n\r\n" % (API, s.key)).encode() + b"x" * 300000)
                wait_for(lambda: any(p.is_file() for p in spool.rglob("*")), "the first bytes are kept")
            else:
                i = s.bring("groot.csv", large())["id"]
                if when.startswith("load"):
                    s.trial(i, mapping())
                s.ask("POST", "%s/%s/%s" % (API, i, "proef" if when == "trial" else "laden"), mapping() if when == "trial" else {"keuze": "goedeRegels"})
                time.sleep(1.2 if when == "load late" else 0.2)
            modes = [m for m in map(mode_of, spool.rglob("*")) if m is not None and stat.S_ISREG(m)]
            need("%s: something was under way" % when, modes or when.startswith("load"))  # on a fast machine it is loaded by now
            need("nobody else's to read", all(m & 0o777 == 0o600 for m in modes) and spool.stat().st_mode & 0o777 == 0o700)
            s.kill()
            if when == "upload":
                link.close()
        checked(store)
        with Server(store, "--import") as s:
            need("%s: swept" % when, list(spool.iterdir()) == [])
            need("%s: served" % when, s.ask("GET", "/gezond", key=None)[0] == 200)
        if when in ("upload", "trial"):
            need("%s: nothing changed" % when, areas(store) == before)


def test_disk_full(folder, store):
    size = store.stat().st_size
    with Server(store, "--import", limit=size + (1 << 20)) as s:
        status, value, _ = s.ask("POST", API + "?naam=groot.csv", b"buurt;inwoners\n" + b"\n" * (size + (4 << 20)))
        need("too little room is told", status == 507, (status, value))
        need("and nothing left", os.listdir(str(store) + ".invoer") == [])
        i = s.bring("groot.csv", large(60000))["id"]
        s.trial(i, mapping())
        s.ask("POST", "%s/%s/laden" % (API, i), {"keuze": "goedeRegels"})
        one = s.until(i, "mislukt", "geladen")
        need("a load that does not fit fails", one["stand"] == "mislukt", one["stand"])
        status, value, _ = s.ask("GET", "/gezond", key=None)
        need("health tells", status == 200 and value["bewaren"] == "vol", value)
        need("reading goes on", s.ask("GET", "/api/v1", key=None)[0] == 200)
        resource.prlimit(s.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        i = s.bring("telling.csv", good(7777))["id"]
        s.trial(i, mapping(year=2041))
        s.load(i)
        need("with room a file is loaded, by the same server", s.ask("GET", "/gezond", key=None)[1]["bewaren"] == "goed")
    checked(store)


def test_slow(folder, store):
    """A body that drips is ended, and leaves nothing."""
    with Server(store, "--import") as s, socket.create_connection(("127.0.0.1", s.port)) as link:
        link.sendall(("POST %s?naam=a.csv HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\nContent-Type: application/octet-stream\r\n"
                      "Content-Length: 1000000\r\n\r\n" % (API, s.key)).encode())
        began, answer, ended = time.monotonic(), b"", False
        link.settimeout(1)
        while time.monotonic() - began < 200 and not ended:
            try:
                link.sendall(b"x")
                answer = link.recv(1000)
                ended = True
            except (socket.timeout, TimeoutError):
                continue
            except OSError:
                ended = True
        took = time.monotonic() - began
        need("it is ended", ended and took > 15 and (b" 408 " in answer or not answer), (took, answer))
        wait_for(lambda: os.listdir(str(store) + ".invoer") == [], "and nothing left")


def test_beside(folder, store):
    """Another process writes: the server shows it by itself."""
    for more in ((), ("--import",)):
        with Server(store, *more) as s:
            before = s.overview()["gegevensversie"]
            file = folder / ("buurten%d.csv" % len(more))
            file.write_text("bu_code,bu_naam,jaar,lbm,afw,won,fys,vrz,soc,onv\n"
                            "BU99010101,Kaardebol,%d,4.137,0.057,0.011,0.013,0.009,0.017,0.007\n" % (2020 + len(more)), encoding="utf-8")
            subprocess.run([WIJK, "import", str(store), "leefbaarometer-3", str(file)], check=True, env=ENV, capture_output=True)
            end = time.monotonic() + 30 * SLOW
            while s.overview()["gegevensversie"] == before:
                need("the new figures are shown", time.monotonic() < end)
                time.sleep(0.1)
            # A call lets go of its picture after its answer is out.
            wait_for(lambda: b"\nwijk_snapshots 1\n" in s.ask("GET", "/metrics", key=None)[1], "one picture is held")
    checked(store)


def test_hostile(folder, store):
    """Files that were made to hurt: each is refused or read, and the server goes on."""
    from corpus import cases, write
    before = areas(store)
    with Server(store, "--import") as s:
        for n, case in enumerate(cases()):
            if n % 23:
                continue
            path = write(case, folder)
            path = Path(path) if path else folder / case.file
            if path.stat().st_size > 8 << 20:
                continue
            one = s.bring("v%s" % path.suffix, path.read_bytes())
            if one["stand"] == "ontvangen" and one["kolommen"]:
                body = mapping() | {}
                body["indeling"] = body["indeling"] | {"gebied": {"kolom": one["kolommen"][0]["naam"], "soort": "code"},
                                                       "velden": [{"kolom": one["kolommen"][-1]["naam"], "indicator": "residents"}]}
                if s.ask("POST", "%s/%s/proef" % (API, one["id"]), body)[0] == 202:
                    s.until(one["id"], "gelezen", "mislukt")
            need("dropped", s.ask("DELETE", "%s/%s" % (API, one["id"]))[0] == 204)
        need("still well", s.ask("GET", "/gezond", key=None)[0] == 200)
    need("nothing changed", areas(store) == before)
    checked(store)


def main():
    only = sys.argv[2:]
    with tempfile.TemporaryDirectory(prefix="wijk-import-") as name:
        folder = Path(name)
        subprocess.run([WIJK, "demo", str(folder / "demo.gpkg")], check=True, env=ENV, capture_output=True)
        for test in (test_door, test_road, test_known, test_names, test_zipped, test_strangers, test_again, test_together, test_cancel, test_killed, test_disk_full,
                     test_beside, test_slow, test_hostile):
            if only and test.__name__[5:] not in only:
                continue
            store = folder / (test.__name__ + ".gpkg")
            shutil.copy(folder / "demo.gpkg", store)
            began = time.monotonic()
            test(folder, store)
            print("ok      %s (%.1f s)" % (test.__name__[5:], time.monotonic() - began), flush=True)


if __name__ == "__main__":
    main()
