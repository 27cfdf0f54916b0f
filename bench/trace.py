#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""How long a trace takes. usage: trace.py URL [ROUNDS]

Asks /herkomst for delivered figures, and for the figures of the largest gemeente, which are means of its buurten; one at a time over
one connection, each with a key of its own so that nothing comes from the cache. Prints: kind, answers, bytes of the largest, p50 ms, p99 ms, and the
time of an answer that needs no work (/gezond), which is what the way to the server costs."""
import http.client
import json
import sys
import time
from urllib.parse import quote, urlsplit

site = urlsplit(sys.argv[1])
rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 400
line = http.client.HTTPConnection(site.hostname, site.port, timeout=30)


def get(path):
    line.request("GET", path)
    answer = line.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{answer.status} {path}")
    return body


def measure(kind, paths):
    took, size = [], 0
    for i in range(rounds):
        path = paths[i % len(paths)]
        begin = time.perf_counter()
        size = max(size, len(get(path)))
        took.append((time.perf_counter() - begin) * 1000)
    took.sort()
    print(f"{kind}\t{rounds}\t{size}\t{took[len(took) // 2]:.3f}\t{took[len(took) * 99 // 100]:.3f}")


def ids_of(level, limit):
    found = []
    for division in json.loads(get("/api/v1"))["indelingen"]:
        if division["niveau"] != level:
            continue
        areas = json.loads(get(f"/api/v1/gebieden?niveau={level}&indelingsjaar={division['indelingsjaar']}"))["gebieden"]
        for area in sorted(areas, key=lambda a: -(a["inwoners"] or 0))[:limit]:
            page = json.loads(get(f"/api/v1/gebieden/{quote(area['code'])}?indelingsjaar={division['indelingsjaar']}"))
            for one in page["waarden"]:
                found += [("geleverd", m.get("spoor") or one["spoor"].replace("{periode}", m["periode"])) for m in one["reeks"][-2:] if m["waarde"] is not None]
            for course in page["scores"]:
                if course["samengesteld"]:
                    found += [("gemiddelde", i["totaal"]) for i, v in zip(course["sporen"], course["totaal"]) if v is not None]
    return found


traces = ids_of("buurt", 40) + ids_of("gemeente", 5)
for wanted in ("geleverd", "gemiddelde"):
    paths = ["/api/v1/herkomst/" + quote(i, safe="~") for kind, i in traces if kind == wanted]
    if paths:
        measure(wanted, [f"{p}?v={k}" for k, p in enumerate(paths * (rounds // len(paths) + 1))])
measure("gezond", ["/gezond"])
