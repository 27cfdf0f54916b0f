#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Saves the answers of a server as files for nginx, and checks that nginx gives the very same bytes.
`answers.py save SITE FOLDER` writes, per kind and encoding, the files and two lists of addresses: KIND-ENCODING.ours and
.theirs. `answers.py check PEER FOLDER` asks nginx for every file and compares."""
import http.client
import json
import math
import sys
from pathlib import Path
from urllib.parse import urlsplit

MOST = 200  # addresses of a kind
ENCODINGS = ("identity", "gzip")


class Site:
    def __init__(self, address):
        self.connection = http.client.HTTPConnection(urlsplit(address).netloc)

    def get(self, path, encoding="identity"):
        self.connection.request("GET", path, headers={"Accept-Encoding": encoding})
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}")
        return body, answer.headers.get("Content-Encoding", "identity")

    def json(self, path):
        return json.loads(self.get(path)[0])


def tile_of(lon, lat, z):
    n, s = 2**z, math.radians(lat)
    return int((lon + 180) / 360 * n), int((1 - math.asinh(math.tan(s)) / math.pi) / 2 * n)


def tile_paths(division, z):
    west, south, east, north = division["omvang"]
    (x0, y1), (x1, y0) = tile_of(west, south, z), tile_of(east, north, z)
    template = division["tegels"]
    all_of = [template.format(z=z, x=x, y=y) for x in range(x0, x1 + 1) for y in range(y0, y1 + 1)]
    return all_of[:: max(1, len(all_of) // (2 * MOST))]


def spread(items):
    return items[:: max(1, len(items) // MOST)][:MOST]


def find_kinds(site):
    """What the store has: profiles and vectors of the panel, tiles of the division with the most areas that has borders."""
    overview = site.json("/api/v1")
    divisions = overview["indelingen"]
    panel = max((d for d in divisions if d["niveau"] == "buurt"), key=lambda d: d["aantal"])
    year = panel["indelingsjaar"]
    areas = site.json(f"/api/v1/gebieden?niveau=buurt&indelingsjaar={year}")["gebieden"]
    yield "profile", [f"/api/v1/gebieden/{a['code']}?indelingsjaar={year}" for a in spread(areas)]
    vectors = []
    for i in site.json("/api/v1/indicatoren")["indicatoren"]:
        for b in i["beschikbaar"]:
            if b["niveau"] == "buurt" and b["indelingsjaar"] == year:
                vectors += [f"/api/v1/indicatoren/{i['id']}/waarden?niveau=buurt&periode={p}" for p in b["perioden"]]
    yield "vector", spread(vectors)
    maps = [d for d in divisions if d["niveau"] == "buurt" and d["tegels"]]
    for z in (8, 10, 12) if maps else ():
        paths = tile_paths(max(maps, key=lambda d: d["aantal"]), z)
        yield f"tile-z{z}", spread([p for p in paths if len(site.get(p)[0]) > 200])


def save(address, folder):
    site = Site(address)
    for kind, paths in find_kinds(site):
        for encoding in ENCODINGS:
            name, size, ours, theirs = f"{kind}-{encoding}", 0, [], []
            (folder / "files" / name).mkdir(parents=True)
            for k, path in enumerate(paths):
                body, got = site.get(path, encoding)
                if got != encoding:
                    continue  # too short to be zipped
                (folder / "files" / name / str(k)).write_bytes(body)
                size += len(body)
                ours.append(path)
                theirs.append(f"/{name}/{k}")
            if not ours:
                continue
            (folder / f"{name}.ours").write_text("\n".join(ours) + "\n", encoding="ascii")
            (folder / f"{name}.theirs").write_text("\n".join(theirs) + "\n", encoding="ascii")
            print(kind, encoding, len(ours), round(size / len(ours)))


def check(address, folder):
    site = Site(address)
    for file in sorted((folder / "files").glob("*/*")):
        if site.get(f"/{file.parent.name}/{file.name}", file.parent.name.rsplit("-", 1)[1])[0] != file.read_bytes():
            raise SystemExit(f"nginx answers otherwise: {file}")


{"save": save, "check": check}[sys.argv[1]](sys.argv[2], Path(sys.argv[3]))
