#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Makes the files test_reader.c reads: good ones through ogr2ogr from invented areas, and evil ones by hand."""
import json
import os
import sqlite3
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
    ogr("goed.ods", "ODS")
    ogr("goed.gml", "GML", "-dsco", "FORMAT=GML3.2")
    ogr("buurten.shp", "ESRI Shapefile", "-lco", "ENCODING=ISO-8859-1")
    parts = []
    for ending in ("shp", "shx", "dbf", "prj"):  # no .cpg: the code page byte of the DBF must do
        with open(at("buurten." + ending), "rb") as f:
            parts.append(("kaart/buurten." + ending, f.read()))
    packed("goed.zip", parts)
    with open(at("goed.gpkg"), "rb") as f:
        packed("gpkg.zip", [("kaart/buurten.gpkg", f.read())])
    return parts


def changed(name, *statements):
    """The good GeoPackage after some SQL."""
    with open(at("goed.gpkg"), "rb") as f, open(at(name), "wb") as to:
        to.write(f.read())
    db = sqlite3.connect(at(name))
    for function in ("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY", "ST_IsEmpty"):  # the triggers of the r-tree ask for them
        db.create_function(function, 1, lambda _: 0)
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()


def geopackages():
    changed("wal.gpkg", "PRAGMA journal_mode=WAL")
    changed("weergave.gpkg", "ALTER TABLE buurten RENAME TO echt", "CREATE VIEW buurten AS SELECT * FROM echt",
            "UPDATE gpkg_contents SET table_name='buurten'", "UPDATE gpkg_geometry_columns SET table_name='buurten'")
    changed("trigger.gpkg", "CREATE TRIGGER kwaad AFTER UPDATE ON buurten BEGIN SELECT load_extension('kwaad'); END")
    changed("nummer.gpkg", "PRAGMA application_id=1")
    changed("inhoud.gpkg", "DROP TABLE gpkg_contents")
    changed("weg.gpkg", "DROP TABLE buurten")
    changed("stelsel.gpkg", "DELETE FROM gpkg_spatial_ref_sys WHERE srs_id=28992")
    changed("vorm.gpkg", "UPDATE buurten SET geom=x'4750000148710000' WHERE fid=2")
    changed("kop.gpkg", "UPDATE buurten SET geom=zeroblob(120) WHERE fid=3")
    changed("tekst.gpkg", "UPDATE buurten SET geom='POLYGON EMPTY' WHERE fid=1")
    with open(at("goed.gpkg"), "rb") as f:
        whole = f.read()
    with open(at("half.gpkg"), "wb") as f:
        f.write(whole[: len(whole) // 2 // 4096 * 4096])


def patched(name, source, member, offset, form, value):
    """A zip whose table of contents says something else about one member, `offset` bytes into its line."""
    with open(at(source), "rb") as f:
        data = bytearray(f.read())
    struct.pack_into(form, data, data.rfind(member) - 46 + offset, value)
    with open(at(name), "wb") as f:
        f.write(data)


def lies(parts):
    """Archives whose parts contradict each other, and the kinds that are refused by what they hold."""
    packed("spons.zip", parts + [("nul.bin", b"\0" * (70 << 20))])
    patched("klein.zip", "spons.zip", b"nul.bin", 24, "<I", 1000)
    patched("som.zip", "goed.zip", b"kaart/buurten.dbf", 16, "<I", 17)
    patched("slot.zip", "goed.zip", b"kaart/buurten.dbf", 8, "<H", 1)
    patched("methode.zip", "goed.zip", b"kaart/buurten.dbf", 10, "<H", 14)
    patched("link.zip", "goed.zip", b"kaart/buurten.dbf", 38, "<I", 0xA1FF << 16)
    patched("pijp.zip", "goed.zip", b"kaart/buurten.dbf", 38, "<I", 0x11FF << 16)
    patched("plaats.zip", "goed.zip", b"kaart/buurten.dbf", 42, "<I", 77)
    packed("veel.zip", parts + [("leeg/%d" % i, b"") for i in range(2001)])
    packed("dubbel.zip", parts + [("KAART/buurten.dbf", b"x")])
    packed("rug.zip", parts + [("kaart\\..\\..\\evil.dbf", b"x")])
    packed("schijf.zip", parts + [("C:evil.dbf", b"x")])
    with open(at("goed.zip"), "rb") as f:
        data = f.read()
    with open(at("naam.zip"), "wb") as f:  # the file's own header has another name than the table
        f.write(data.replace(b"kaart/buurten.dbf", b"kaart/buurten.dbx", 1))
    packed("spons.xlsx", [("xl/sharedStrings.xml", b" " * (33 << 20))])


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


PARTS = good()
evil(PARTS)
lies(PARTS)
geopackages()
programs()
with open(at("klaar"), "w", encoding="utf-8"):
    pass
