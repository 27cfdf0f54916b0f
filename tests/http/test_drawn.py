#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""A drawn area asked of the real server, by the one with the key and by others, beside the command line: test_drawn.py WIJK"""
import http.client
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

WIJK = os.path.abspath(sys.argv[1])
ENV = {k: v for k, v in os.environ.items() if not k.startswith("LC_") and k != "WIJK_DEFS"} | {"LANG": "nl_NL.UTF-8"}


def need(what, good, detail=""):
    if not good:
        raise AssertionError("%s: %s" % (what, detail))


def square(x, y, wide, high):
    return json.dumps({"type": "Polygon", "coordinates": [[[x, y], [x + wide, y], [x + wide, y + high], [x, y + high], [x, y]]]})


def serve(store, *more):
    """The program's own answers; without --import there is no key."""
    p = subprocess.Popen([WIJK, "serve", store, "--listen", "127.0.0.1:0", *more], text=True, env=ENV, stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL)
    base = p.stdout.readline().strip().rstrip("/")
    key = re.search(r"sleutel=([0-9a-f]{32})", p.stdout.readline()).group(1) if "--import" in more else None
    return p, base, key


def ask(base, key, body, query="", more=None, address="127.0.0.1"):
    """From an address of the loopback net; waits for its turn when another question is worked out."""
    head = {"Content-Type": "application/json"} | ({"Authorization": "Bearer " + key} if key else {}) | (more or {})
    host, port = base.removeprefix("http://").split(":")
    for _ in range(200):
        line = http.client.HTTPConnection(host, int(port), timeout=60, source_address=(address, 0))
        line.request("POST", "/api/v1/gebied-op-maat" + query, body.encode(), head)
        answer = line.getresponse()
        said = json.load(answer)
        line.close()
        if answer.status == 503 and "net een ander gebied" in said["detail"]:
            time.sleep(0.02)
            continue
        if answer.status == 429:
            said["wait"] = answer.getheader("Retry-After")
        return answer.status, said
    raise AssertionError("no turn in 200 tries")


def kept(base, key, query=""):
    try:
        with urllib.request.urlopen(base + "/api/v1/gebied-op-maat/" + key + query, timeout=60) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def small_step(base, key, members, residents):
    """Column after column more, until one adds fewer than 10 people: that one must be refused."""
    for y in range(508500, 513000, 100):
        for x in range(143000, 149000, 100):
            row = [residents.get("E%04dN%04d" % (x // 100 + k, y // 100), 0) for k in range(4)]
            if sum(row[:3]) > 40 and 0 < row[3] < 10 and not members & {"E%04dN%04d" % (x // 100 + k, y // 100) for k in range(4)}:
                return (square(x, y, 300, 100), square(x, y, 400, 100))
    raise AssertionError("no such place in the demo")


def stop(server):
    server.send_signal(signal.SIGTERM)
    need("the server stops", server.wait(60) == 0)
    server.stdout.close()


def strangers(body, first, residents):
    """A server started without anything special: whoever asks gets an answer, so often."""
    server, base, _ = serve("demo.gpkg")
    try:
        need("it says that it answers", json.load(urllib.request.urlopen(base + "/api/v1", timeout=60))["opMaat"])
        status, again = ask(base, None, body)
        need("the answer of then", status == 200 and again["eerder"] and again["gevraagdOp"] == first["gevraagdOp"], again)
        status, told = kept(base, first["sleutel"])
        need("by its key", status == 200 and told == again, told)
        status, one = kept(base, first["sleutel"], "?indicator=residents")
        need("one indicator", status == 200 and [f["indicator"] for f in one["cijfers"]] == ["residents"], one)
        status, bad = ask(base, None, body, "?indicator=residents,nergens,lbm3.class")
        need("indicators that cannot", status == 400 and {f["naam"] for f in bad["fouten"]} == {"indicator"}, bad)
        need("an unknown key", kept(base, "0" * 64)[0] == 404)
        status, two = ask(base, None, '{"leden":["BU99010102","BU99010101"]}', "?indicator=residents")
        need("buurten by their codes", status == 200 and two["leden"] == ["BU99010101", "BU99010102"], two)
        status, odd = ask(base, None, '{"leden":["BU99999999"]}', address="127.0.0.2")
        need("an area that is not there", status == 400 and "BU99999999" in odd["detail"], odd)
        for bad in ('{"leden":[]}', '{"leden":7}', '{"leden":[7]}', '{"leden":["a"]} {}', '{"leden":["a"]', '{"leden":[["a"]]}'):
            need("no list", ask(base, None, bad, address="127.0.0.2")[0] == 400, bad)
        need("another website", ask(base, None, body, more={"Origin": "https://elders.example"})[0] == 403)
        need("a page of this one", ask(base, None, body, more={"Origin": base})[0] == 200)
        need("another form", ask(base, None, body, more={"Content-Type": "text/plain"})[0] == 415)
        need("larger than a drawing", ask(base, None, body + " " * 70000)[0] == 413)
        for k in range(40):
            status, answer = ask(base, None, body, address="127.0.0.3")
            if status != 200:
                break
        need("twenty in a row, and then a while", k == 20 and status == 429 and 1 <= int(answer["wait"]) <= 20 and
             "over " + answer["wait"] + " seconden" in answer["detail"], (k, answer))
        need("a header of one's own does not help", ask(base, None, body, more={"X-Forwarded-For": "198.51.100.7"}, address="127.0.0.3")[0] == 429)
        need("another address may", ask(base, None, body, address="127.0.0.4")[0] == 200)
        need("one plain file is left", not os.path.exists("demo.gpkg-wal"))
    finally:
        stop(server)
    server, base, _ = serve("demo.gpkg", "--proxy")
    try:
        said = [ask(base, None, body, more={"X-Forwarded-For": "198.51.100.%d, 203.0.113.9" % k})[0] for k in range(22)]
        need("behind a proxy the last address counts", said == [200] * 20 + [429] * 2, said)
        need("and the next one is another", ask(base, None, body, more={"X-Forwarded-For": "203.0.113.9, 2001:db8::1"})[0] == 200)
    finally:
        stop(server)


def reduced(rows):
    """Gauss-Jordan: rows with their leading column."""
    out = []
    for row in rows:
        row = dict(row)
        for lead, r in out:
            by = row.get(lead, 0)
            for c, v in r.items() if by else ():
                row[c] = row.get(c, 0) - by * v
        row = {c: v for c, v in row.items() if abs(v) > 1e-9}
        if not row:
            continue
        lead = min(row)
        row = {c: v / row[lead] for c, v in row.items()}
        for k, (other, r) in enumerate(out):
            by = r.get(lead, 0)
            if by:
                for c, v in row.items():
                    r[c] = r.get(c, 0) - by * v
                out[k] = (other, {c: v for c, v in r.items() if abs(v) > 1e-9})
        out.append((lead, row))
    return dict(out)


def solved(rows, group):
    """Can a sum over cells of this group alone be made of the rows? Those leads decide with which rows."""
    left = [{c: v for c, v in rows[g].items() if c not in group} for g in group if g in rows]
    return len(reduced(left)) < len(left)


def thin(residents):
    """The corner of twelve by twelve cells with the most of fewer than ten people."""
    few = {(int(c[1:5]), int(c[6:10])) for c, p in residents.items() if 0 < p < 10}
    x, y = max(few, key=lambda at: sum(at[0] <= c[0] < at[0] + 12 and at[1] <= c[1] < at[1] + 12 for c in few))
    return 100 * x, 100 * y


def inside(rings, x, y):
    """Even and odd."""
    odd = False
    for ring in rings:
        for (x0, y0), (x1, y1) in zip(ring, ring[1:]):
            odd ^= (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0)
    return odd


def buurten(base, residents):
    """Each buurt as the sum of the cells with their middle in it: those figures are out as well."""
    rd = "http://www.opengis.net/def/crs/EPSG/0/28992"
    with urllib.request.urlopen(base + "/ogc/collections/buurt-2025/items?limit=1000&crs=" + rd, timeout=60) as answer:
        shapes = [f["geometry"] for f in json.load(answer)["features"]]
    rows = []
    for g in shapes:
        rings = g["coordinates"] if g["type"] == "Polygon" else [r for p in g["coordinates"] for r in p]
        rows.append({c: 1.0 for c, p in residents.items() if p and inside(rings, 100 * int(c[1:5]) + 50, 100 * int(c[6:10]) + 50)})
    need("every cell lies in one buurt", sum(map(len, rows)) == sum(1 for p in residents.values() if p), [len(r) for r in rows])
    return [r for r in rows if r]


def attack(residents):
    """Strangers of a dozen addresses draw rectangles that differ by a column or a row, and solve everything they and the buurten say."""
    subprocess.run([WIJK, "demo", "aanval.gpkg"], check=True, env=ENV, stderr=subprocess.DEVNULL)
    server, base, _ = serve("aanval.gpkg")
    dice, asked, refused, rows, last = random.Random(6), 0, 0, [], None
    x0, y0 = thin(residents)
    try:
        official = buurten(base, residents)
        for turn in range(200):
            if last and turn % 4:
                k, by = dice.randrange(4), dice.choice((-100, 100))
                r = [v + by * (i == k) for i, v in enumerate(last)]
            else:
                r = [x0 + 100 * dice.randrange(9), y0 + 100 * dice.randrange(9), 100 * dice.randrange(1, 6), 100 * dice.randrange(1, 6)]
            if min(r[2:]) < 100:
                continue
            status, said = ask(base, None, square(*r), "?niveau=raster&indicator=residents", address="127.0.0.%d" % (10 + turn % 12))
            need("an answer or a refusal", status in (200, 400, 409), (status, said))
            refused += status == 409
            if status == 200:
                last = r
                asked += not said["eerder"]
                rows.append({c: 1.0 for c in said["leden"]})
                need("what is told is the sum", said["inwoners"] == sum(residents[c] for c in said["leden"]))
    finally:
        stop(server)
    need("enough was asked and refused", asked > 25 and refused > 25, (asked, refused))
    cells = sorted({c for r in rows for c in r})
    near = [r for r in official if set(r) & set(cells)]
    known, before = reduced(near + rows), reduced(near)
    groups = [[c] for c in cells]
    for c in cells:
        x, y = int(c[1:5]), int(c[6:10])
        right, up, both = ("E%04dN%04d" % p for p in ((x + 1, y), (x, y + 1), (x + 1, y + 1)))
        groups += [[c, right], [c, up], [c, right, up, both]]
    tried = 0
    for group in groups:
        group = [c for c in group if residents.get(c)]
        if group and sum(residents[c] for c in group) < 10:
            tried += 1
            need("nothing about fewer than ten", solved(before, set(group)) or not solved(known, set(group)), group)
    need("there was something to find", tried > 10, tried)


def off(body):
    server, base, _ = serve("demo.gpkg", "--no-drawn")
    try:
        need("it says so", not json.load(urllib.request.urlopen(base + "/api/v1", timeout=60))["opMaat"])
        status, answer = ask(base, None, body)
        need("a server that does not answer says so", status == 403 and "getekende gebieden" in answer["detail"], answer)
    finally:
        stop(server)
    os.chmod("demo.gpkg", 0o444)
    os.chmod(".", 0o555)
    if os.access("demo.gpkg", os.W_OK):
        print("not tried as root: a store that cannot be written")
        return
    server, base, _ = serve("demo.gpkg")
    try:
        need("what was answered before", ask(base, None, body)[1]["eerder"])
        status, answer = ask(base, None, square(143500, 510000, 900, 700))
        need("nothing new", status == 503 and "bewaard" in answer["detail"], answer)
    finally:
        stop(server)
        os.chmod(".", 0o755)


def main():
    os.chdir(tempfile.mkdtemp(prefix="wijk-drawn-"))
    subprocess.run([WIJK, "demo", "demo.gpkg"], check=True, env=ENV, stderr=subprocess.DEVNULL)
    cells = subprocess.run([WIJK, "areas", "demo.gpkg", "--level", "raster", "--format", "json"], check=True, env=ENV,
                           capture_output=True, text=True).stdout
    residents = {a["code"]: a["residents"] or 0 for a in json.loads(cells)}
    server, base, key = serve("demo.gpkg", "--import")
    try:
        body = square(145000, 510000, 1000, 1000)
        status, first = ask(base, key, body)
        need("an answer", status == 200 and not first["eerder"] and first["aantal"] == len(first["leden"]), first)
        need("its residents", first["inwoners"] == sum(residents[c] for c in first["leden"]))
        need("a figure with its trace", any(f["indicator"] == "residents" and f["waarde"] == first["inwoners"] and
                                            "{code}" in f["spoor"] for f in first["cijfers"]), first["cijfers"])
        trace = next(f["spoor"] for f in first["cijfers"] if f["spoor"]).replace("{code}", first["leden"][0])
        with urllib.request.urlopen(base + "/api/v1/herkomst/" + trace, timeout=60) as answer:
            need("the trace of a member", answer.status == 200)
        for f in first["cijfers"]:
            with urllib.request.urlopen(base + "/api/v1/herkomst/" + f["spoorGeheel"], timeout=60) as answer:
                t = json.load(answer)
            need("the figure and its trace", (t["waarde"], t["status"], t["code"]) == (f["waarde"], f["status"], first["sleutel"]), (f, t))
            if f["waarde"] is None or f["metCijfer"] > 200:
                continue
            parts = [(i["waarde"], i.get("gewicht", 1)) for i in t["invoer"]]
            need("its members", len(parts) == f["metCijfer"] and {i["code"] for i in t["invoer"]} <= set(first["leden"]), (f, len(parts)))
            total = sum(v * w for v, w in parts) / (1 if f["bewerking"] == "som" else sum(w for _, w in parts))
            need("the sum or mean of its members", abs(total - f["waarde"]) <= 1e-9 * max(1, abs(total)) or round(total) == f["waarde"], (f, total))
        whole = next(f["spoorGeheel"] for f in first["cijfers"] if f["indicator"] == "residents")
        table = subprocess.run([WIJK, "trace", "demo.gpkg", whole, "--format", "csv"], check=True, env=ENV, capture_output=True, text=True)
        need("also by the command", table.stdout.splitlines()[1].startswith(first["sleutel"]), table.stdout[:300])
        for bad in (whole.replace(first["sleutel"], "0" * 64), whole.replace("residents", "gas_m3"), whole.replace("2025", "2024")):
            try:
                urllib.request.urlopen(base + "/api/v1/herkomst/" + bad, timeout=60)
                need("no such figure", False, bad)
            except urllib.error.HTTPError as e:
                need("no such figure", e.code == 404, e.code)
            need("nor by the command", subprocess.run([WIJK, "trace", "demo.gpkg", bad], env=ENV, capture_output=True, check=False).returncode == 1)
        status, again = ask(base, key, square(145002, 510003, 1001, 998))
        need("the same area, the same answer", status == 200 and again["eerder"] and
             {k: v for k, v in again.items() if k != "eerder"} == {k: v for k, v in first.items() if k != "eerder"}, again)
        Path("gebied.geojson").write_text(body, encoding="utf-8")
        table = subprocess.run([WIJK, "area", "demo.gpkg", "gebied.geojson", "--format", "json"], check=True, env=ENV,
                               capture_output=True, text=True)
        need("the command line says the same", first["sleutel"][:16] in table.stderr and
             [r["value"] for r in json.loads(table.stdout)] == [f["waarde"] for f in first["cijfers"]], table.stderr)
        Path("keuze.json").write_text('{"leden":["BU99010203","BU99010201"]}', encoding="utf-8")
        table = subprocess.run([WIJK, "area", "demo.gpkg", "keuze.json", "--format", "json"], check=True, env=ENV, capture_output=True, text=True)
        chosen = ask(base, key, '{"leden":["BU99010201","BU99010203"]}')[1]
        need("also of chosen buurten", chosen["sleutel"][:16] in table.stderr and chosen["eerder"] and
             [r["value"] for r in json.loads(table.stdout)] == [f["waarde"] for f in chosen["cijfers"]], table.stderr)
        narrow, wide = small_step(base, key, set(first["leden"]), residents)
        said = []
        both = [threading.Thread(target=lambda b=b: said.append(ask(base, key, b))) for b in (narrow, wide)]
        for t in both:
            t.start()
        for t in both:
            t.join()
        need("of two that differ by a handful one is answered", sorted(s for s, _ in said) == [200, 409], said)
        detail = next(a for s, a in said if s == 409)["detail"]
        need("the refusal in words", "lijkt te veel op een eerder gevraagd gebied" in detail, detail)
        for bad in ("", "{}", "[1", '{"type":"Point","coordinates":[5,52]}', '{"type":"Polygon","coordinates":[[[179,1],[-179,1],[0,2]]]}'):
            status, answer = ask(base, key, bad)
            need("no shape", status == 400 and answer["detail"], (bad, status, answer))
        need("level", ask(base, key, body, "?niveau=wijk")[0] == 400)
        need("buurten", ask(base, key, body, "?niveau=buurt")[1]["niveau"] == "buurt")
        need("without the key as well", ask(base, None, body)[1]["eerder"])
        need("with a wrong key", ask(base, "0" * 32, body)[0] == 401)
    finally:
        stop(server)
    strangers(body, first, residents)
    attack(residents)
    off(body)
    print("1 passed")


main()
