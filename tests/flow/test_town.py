#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""The map of the fictional gemeente has no slivers: every border between two buurten is the same points on both sides,
what one side alone has is the border of the gemeente, and areas add up. usage: test_town.py WIJK"""
import collections
import os
import sqlite3
import struct
import subprocess
import sys
import tempfile

SLACK_M2 = 1.0


def polygons(blob):
    """The polygons of a GeoPackage geometry, each a list of closed rings of (x, y)."""
    at = 8 + (0, 32, 48, 48, 64)[(blob[3] >> 1) & 7]

    def read(at):
        order = "<" if blob[at] else ">"
        kind, n = struct.unpack_from(order + "II", blob, at + 1)
        at, out = at + 9, []
        if kind != 3:
            for _ in range(n):
                part, at = read(at)
                out += part
            return out, at
        rings = []
        for _ in range(n):
            (points,) = struct.unpack_from(order + "I", blob, at)
            xy = struct.unpack_from(f"{order}{2 * points}d", blob, at + 4)
            at += 4 + 16 * points
            rings.append(list(zip(xy[::2], xy[1::2])))
        return [rings], at

    return read(at)[0]


def area_m2(shape):
    def ring(r):
        return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(r, r[1:]))) / 2

    return sum(ring(p[0]) - sum(map(ring, p[1:])) for p in shape)


def edges(shape):
    return collections.Counter((min(a, b), max(a, b)) for p in shape for r in p for a, b in zip(r, r[1:]))


def layer(db, name):
    return {code: (parent, polygons(geom)) for code, parent, geom in db.execute(f"SELECT code, parent, geom FROM {name}")}


def check(db, fail):
    buurten, wijken, (gemeente,) = layer(db, "buurt"), layer(db, "wijk"), layer(db, "gemeente").values()
    for code, (_, shape) in {**buurten, **wijken}.items():
        if len(shape) != 1 or len(shape[0]) != 1:
            fail(f"{code} is not one piece without holes")
    whole, parts = area_m2(gemeente[1]), sum(area_m2(s) for _, s in buurten.values())
    print(f"gemeente {whole:.1f} m2, its {len(buurten)} buurten {parts:.1f} m2")
    if abs(whole - parts) > SLACK_M2:
        fail("the buurten do not add up to the gemeente")
    for code, (_, shape) in wijken.items():
        if abs(area_m2(shape) - sum(area_m2(s) for parent, s in buurten.values() if parent == code)) > SLACK_M2:
            fail(f"{code} is not the sum of its buurten")
    used = sum((edges(s) for _, s in buurten.values()), collections.Counter())
    outline = {e for e, n in used.items() if n == 1}
    print(f"{len(used)} edges, {len(outline)} of them outside")
    if max(used.values()) > 2 or outline != set(edges(gemeente[1])):
        fail("two buurten do not share every point of their border")


def main():
    failed = []
    with tempfile.TemporaryDirectory(prefix="wijk-town-") as folder:
        store = f"{folder}/demo.gpkg"
        subprocess.run([os.path.abspath(sys.argv[1]), "demo", store], check=True, timeout=120)
        check(sqlite3.connect(f"file:{store}?mode=ro", uri=True), failed.append)
    for sentence in failed:
        print(f"FAIL  {sentence}")
    return 1 if failed else 0


sys.exit(main())
