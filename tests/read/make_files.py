#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Makes the files test_reader.c reads: good ones through ogr2ogr from invented areas, and evil ones by hand."""
import json
import os
import struct
import subprocess
import sys
import zipfile

OUT = sys.argv[1]


def at(name):
    return os.path.join(OUT, name)


def square(x, y, side):
    return [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]


def features():
    rows = [("BU99990107", "Één-Noord", 1207, 17.3), ("BU99990113", "'t Lög", None, 4.75), ("BU99990201", "Veld", 0, -99997)]
    return [{"type": "Feature", "properties": {"code": c, "naam": n, "inwoners": i, "deel": d},
             "geometry": {"type": "Polygon", "coordinates": [square(230000.5 + 700 * k, 580000.25, 613.7)]}}
            for k, (c, n, i, d) in enumerate(rows)]


def ogr(target, driver, *more):
    if os.path.exists(at(target)):
        os.remove(at(target))
    subprocess.run(["ogr2ogr", "-f", driver, at(target), at("bron.geojson"), "-nln", "buurten", *more], check=True,
                   stderr=subprocess.DEVNULL)


def packed(name, members):
    with zipfile.ZipFile(at(name), "w", zipfile.ZIP_DEFLATED) as z:
        for member, data in members:
            z.writestr(member, data)


def good():
    with open(at("bron.geojson"), "w", encoding="utf-8") as f:
        json.dump({"type": "FeatureCollection", "features": features(),
                   "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}}, f)
    ogr("goed.gpkg", "GPKG")
    ogr("goed.xlsx", "XLSX")
    ogr("buurten.shp", "ESRI Shapefile", "-lco", "ENCODING=ISO-8859-1")
    parts = []
    for ending in ("shp", "shx", "dbf", "prj"):  # no .cpg: the code page byte of the DBF must do
        with open(at("buurten." + ending), "rb") as f:
            parts.append(("kaart/buurten." + ending, f.read()))
    packed("goed.zip", parts)
    return parts


def bomb(parts):
    """A table of contents that promises 5 GB: the sizes are set in the central directory afterwards."""
    packed("bom.zip", parts + [("a.bin", b"0" * 1000), ("b.bin", b"0" * 1000)])
    with open(at("bom.zip"), "rb") as f:
        data = bytearray(f.read())
    for name in (b"a.bin", b"b.bin"):
        struct.pack_into("<I", data, data.rfind(name) - 46 + 24, 2500 * 1000 * 1000)
    with open(at("bom.zip"), "wb") as f:
        f.write(data)


def evil(parts):
    with open(at("goed.zip"), "rb") as f:
        whole = f.read()
    with open(at("half.zip"), "wb") as f:
        f.write(whole[: len(whole) // 2])
    with open(at("tekst.zip"), "w", encoding="utf-8") as f:
        f.write("dit is gewone tekst\n" * 40)
    packed("pad.zip", parts + [("../../etc/evil.shp", b"x")])
    packed("absoluut.zip", [("/etc/evil.shp", b"x")])
    packed("nest.zip", parts + [("nog.zip", whole)])
    packed("leeg.zip", [])
    shp = parts[0][1]
    packed("kapot.zip", [("kaart/buurten.shp", shp[:100] + b"\xff" * (len(shp) - 100))] + parts[1:])
    with open(at("niets.zip"), "wb"):
        pass
    bomb(parts)
    with open(at("goed.gpkg"), "rb") as f:
        pages = bytearray(f.read())
    for i in range(4096, len(pages), 97):
        pages[i] ^= 0xA5
    with open(at("kapot.gpkg"), "wb") as f:
        f.write(pages)


def programs():
    for name, body in {"hangt": "exec sleep 60", "sterft": "kill -SEGV $$", "kletst": "head -c 100000 /dev/zero",
                       "zwijgt": "exit 0"}.items():
        with open(at(name), "w", encoding="utf-8") as f:
            f.write("#!/bin/sh\n" + body + "\n")
        os.chmod(at(name), 0o755)


evil(good())
programs()
with open(at("klaar"), "w", encoding="utf-8"):
    pass
