#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""A drawn area asked of the real server, by the one with the key and by others, beside the command line: test_drawn.py WIJK"""
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
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
    p = subprocess.Popen([WIJK, "serve", store, "--listen", "127.0.0.1:0", *more], text=True, env=ENV, stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL)
    base = p.stdout.readline().strip().rstrip("/")
    key = re.search(r"sleutel=([0-9a-f]{32})", p.stdout.readline()).group(1) if more else None
    return p, base, key


def ask(base, key, body, query=""):
    head = {"Content-Type": "application/json"} | ({"Authorization": "Bearer " + key} if key else {})
    request = urllib.request.Request(base + "/api/v1/gebied-op-maat" + query, body.encode(), head, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
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
        status, again = ask(base, key, square(145002, 510003, 1001, 998))
        need("the same area, the same answer", status == 200 and again["eerder"] and
             {k: v for k, v in again.items() if k != "eerder"} == {k: v for k, v in first.items() if k != "eerder"}, again)
        Path("gebied.geojson").write_text(body, encoding="utf-8")
        table = subprocess.run([WIJK, "area", "demo.gpkg", "gebied.geojson", "--format", "json"], check=True, env=ENV,
                               capture_output=True, text=True)
        need("the command line says the same", first["sleutel"][:16] in table.stderr and
             [r["value"] for r in json.loads(table.stdout)] == [f["waarde"] for f in first["cijfers"]], table.stderr)
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
        need("without the key", ask(base, None, body)[0] == 401)
    finally:
        server.send_signal(signal.SIGTERM)
        need("the server stops", server.wait(60) == 0)
        server.stdout.close()
    server, base, _ = serve("demo.gpkg")
    try:
        status, answer = ask(base, None, body)
        need("a server that does not write refuses in words", status == 403 and "--import" in answer["detail"], answer)
    finally:
        server.send_signal(signal.SIGTERM)
        need("the server stops", server.wait(60) == 0)
        server.stdout.close()
    print("1 passed")


main()
