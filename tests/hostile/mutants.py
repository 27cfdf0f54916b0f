# SPDX-License-Identifier: EUPL-1.2
"""Good files of every format with a few bits or bytes bent, the same ones every time: what zzuf does. A packed format is bent
inside as well as outside, else its checksums would catch everything at the door."""
import random

from corpus import odata, survives
from formats import csv, geojson, gml, gpkg, ods, packed, sheet, shapefile, topojson, unpacked, xlsx, zipped, AREAS, FIELDS

RATIOS = (0.0004, 0.004, 0.02)


def bent(data, chance):
    """Bits flipped at a ratio, at times a piece doubled, dropped, or set to a limit of its kind."""
    room = bytearray(data)
    for _ in range(max(1, int(len(room) * chance.choice(RATIOS)))):
        room[chance.randrange(len(room))] ^= 1 << chance.randrange(8)
    at, n = chance.randrange(len(room)), chance.randrange(1, 40)
    kind = chance.randrange(8)
    if kind == 0:
        room[at:at] = room[at:at + n]
    elif kind == 1:
        del room[at:at + n]
    elif kind == 2:
        room[at:at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"\0\0\0\x80"))
    return bytes(room)


def bent_member(members, chance):
    """One of the files, bent, in an archive that is whole."""
    k = chance.randrange(len(members))
    return packed([(name, bent(data, chance) if i == k and data else data) for i, (name, data) in enumerate(members)])


def mutants(n, seed):
    chance = random.Random(seed)
    good, shapes, book = gpkg(), shapefile(), xlsx()
    parts = unpacked(book)
    rows = [list(FIELDS)] + [list(r) for r in AREAS]
    makers = (
        ("csv", "h-csv", lambda: bent(csv(), chance)), ("json", "h-odata-json", lambda: bent(odata("1"), chance)),
        ("geojson", "h-geojson", lambda: bent(geojson(), chance)), ("topojson", "h-topojson", lambda: bent(topojson(), chance)),
        ("zip", "h-shapefile", lambda: bent_member(shapes, chance)), ("zip", "h-shapefile", lambda: bent(zipped(), chance)),
        ("gpkg", "h-gpkg", lambda: bent(good, chance)), ("gml", "h-gml", lambda: bent(gml(), chance)),
        ("xlsx", "h-xlsx", lambda: bent_member(parts, chance)), ("xlsx", "h-xlsx", lambda: xlsx(bent(sheet(rows), chance))),
        ("ods", "h-ods", lambda: ods(content=bent(dict(unpacked(ods()))["content.xml"], chance))),
    )
    for k in range(n):
        ending, source, make = makers[k % len(makers)]
        yield survives("mutant-%d-%05d.%s" % (seed, k, ending), source, make())
