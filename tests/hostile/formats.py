# SPDX-License-Identifier: EUPL-1.2
"""Writers of the formats Wijkregie reads, from Python's standard library alone: whole files of three invented buurten, with
every part open to be bent. A writer gives bytes."""
import io
import json
import os
import sqlite3
import struct
import tempfile
import zipfile

AREAS = [("BU99010101", "Kaardebol", 1207, 17.3), ("BU99010102", "Raamveld", 883, 21.7), ("BU99010103", "'t Lög", 41, 9.1)]
FIELDS = ("code", "naam", "inwoners", "deel")


def square(k):
    x, y = 230000.5 + 700 * k, 580000.25
    return [[x, y], [x, y + 613.7], [x + 613.7, y + 613.7], [x + 613.7, y], [x, y]]  # clockwise, as a shapefile has it


# ---- text ----

def csv(rows=AREAS, head=FIELDS, separator=",", end="\n", encoding="utf-8"):
    lines = [separator.join(head)] + [separator.join(str(v) for v in row) for row in rows]
    return (end.join(lines) + end).encode(encoding)


def features(rows=AREAS):
    return [{"type": "Feature", "properties": dict(zip(FIELDS, row)),
             "geometry": {"type": "Polygon", "coordinates": [square(k)]}} for k, row in enumerate(rows)]


def geojson(content=None, **more):
    return json.dumps({"type": "FeatureCollection", "features": features() if content is None else content, **more},
                      ensure_ascii=False).encode()


def geometry(value):
    """A collection whose second feature has this geometry."""
    content = features()
    content[1]["geometry"] = value
    return geojson(content)


def topology(**more):
    arcs = [square(k) for k in range(3)]
    shapes = [{"type": "Polygon", "arcs": [[k]], "properties": dict(zip(FIELDS, row))} for k, row in enumerate(AREAS)]
    whole = {"type": "Topology", "arcs": arcs, "objects": {"layer": {"type": "GeometryCollection", "geometries": shapes}}}
    whole.update(more)
    return whole


def topojson(**more):
    return json.dumps({k: v for k, v in topology(**more).items() if v is not None}, ensure_ascii=False).encode()


def gml(rows=AREAS, head="", middle=""):
    members = "".join(
        '<w:member><w:buurt gml:id="b%d"><w:vorm><gml:Polygon srsName="urn:ogc:def:crs:EPSG::28992"><gml:exterior><gml:LinearRing>'
        "<gml:posList>%s</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></w:vorm><w:code>%s</w:code>"
        "<w:naam>%s</w:naam><w:inwoners>%s</w:inwoners><w:deel>%s</w:deel></w:buurt></w:member>"
        % ((k, " ".join("%r %r" % tuple(p) for p in square(k))) + tuple(row)) for k, row in enumerate(rows))
    return ('<?xml version="1.0" encoding="utf-8"?>%s<w:FeatureCollection gml:id="f" xmlns:w="http://example.org/w" '
            'xmlns:gml="http://www.opengis.net/gml/3.2">%s%s</w:FeatureCollection>' % (head, middle, members)).encode()


# ---- zip ----

def packed(members, method=zipfile.ZIP_DEFLATED):
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", method) as z:
        for name, data in members:
            z.writestr(zipfile.ZipInfo(name) if name.endswith("/") else name, data, compress_type=method)
    return room.getvalue()


def unpacked(archive):
    with zipfile.ZipFile(io.BytesIO(archive)) as z:
        return [(name, z.read(name)) for name in z.namelist()]


def table_line(data, member):
    """Where the line of a member starts in the table of contents."""
    return data.rfind(member) - 46


def patched(data, at, form, value):
    room = bytearray(data)
    struct.pack_into(form, room, at, value)
    return bytes(room)


# ---- shapefile ----

def shp_record(number, rings):
    points = [p for ring in rings for p in ring]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    starts, at = [], 0
    for ring in rings:
        starts.append(at)
        at += len(ring)
    body = struct.pack("<i4d2i", 5, min(xs), min(ys), max(xs), max(ys), len(rings), len(points))
    body += b"".join(struct.pack("<i", s) for s in starts) + b"".join(struct.pack("<2d", *p) for p in points)
    return struct.pack(">2i", number, len(body) // 2) + body


def shp_head(words):
    return struct.pack(">7i", 9994, 0, 0, 0, 0, 0, words) + struct.pack("<2i8d", 1000, 5, 230000, 580000, 233000, 581000, 0, 0, 0, 0)


def dbf(rows=AREAS):
    widths = (10, 20, 10, 10)
    fields = b"".join(name.upper().encode().ljust(11, b"\0") + (b"C" if i < 2 else b"N") + b"\0" * 4 +
                      bytes([widths[i], 2 if i == 3 else 0]) + b"\0" * 14 for i, name in enumerate(FIELDS))
    head = struct.pack("<4BIHH", 3, 124, 1, 1, len(rows), 32 + len(fields) + 1, 1 + sum(widths)) + b"\0" * 17 + b"\x57" + b"\0" * 2
    body = b"".join(b" " + b"".join(str(v).encode("latin-1").ljust(w) if i < 2 else str(v).encode().rjust(w)
                                    for i, (v, w) in enumerate(zip(row, widths))) for row in rows)
    return head + fields + b"\r" + body + b"\x1a"


PRJ = (b'PROJCS["RD_New",GEOGCS["GCS_Amersfoort",DATUM["D_Amersfoort",SPHEROID["Bessel_1841",6377397.155,299.1528128]],'
       b'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Double_Stereographic"],'
       b'PARAMETER["False_Easting",155000.0],PARAMETER["False_Northing",463000.0],PARAMETER["Central_Meridian",5.38763888888889],'
       b'PARAMETER["Scale_Factor",0.9999079],PARAMETER["Latitude_Of_Origin",52.15616055555555],UNIT["Meter",1.0]]')


def shapefile(name="kaart/buurten", rows=AREAS, **parts):
    """The members of a shapefile; a part given as None is left out, given as bytes it replaces the good one."""
    records = [shp_record(k + 1, [square(k)]) for k in range(len(rows))]
    shp = shp_head(50 + sum(len(r) for r in records) // 2) + b"".join(records)
    shx, at = shp_head(50 + 4 * len(records)), 50
    for r in records:
        shx += struct.pack(">2i", at, len(r) // 2 - 4)
        at += len(r) // 2
    whole = {"shp": shp, "shx": shx, "dbf": dbf(rows), "prj": PRJ, **parts}
    return [("%s.%s" % (name, ending), data) for ending, data in whole.items() if data is not None]


def zipped(**parts):
    return packed(shapefile(**parts))


# ---- GeoPackage ----

def blob(k, flags=3, srs=28992, magic=b"GP\0", envelope=None, body=None):
    ring = square(k)
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    box = envelope if envelope is not None else struct.pack("<4d", min(xs), max(xs), min(ys), max(ys))
    shape = struct.pack("<BIII", 1, 3, 1, len(ring)) + b"".join(struct.pack("<2d", *p) for p in ring)
    return magic + bytes([flags]) + struct.pack("<i", srs) + box + (shape if body is None else body)


SCHEMA = """
PRAGMA application_id=1196444487;
PRAGMA user_version=10300;
CREATE TABLE gpkg_spatial_ref_sys(srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents(table_name TEXT PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT,
  last_change TEXT, min_x REAL, min_y REAL, max_x REAL, max_y REAL, srs_id INTEGER);
CREATE TABLE gpkg_geometry_columns(table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z INTEGER NOT NULL, m INTEGER NOT NULL);
CREATE TABLE buurten(fid INTEGER PRIMARY KEY, geom BLOB, code TEXT, naam TEXT, inwoners INTEGER, deel REAL);
INSERT INTO gpkg_contents VALUES('buurten','features','buurten','','2024-01-01T00:00:00Z',230000,580000,233000,581000,28992);
INSERT INTO gpkg_geometry_columns VALUES('buurten','geom','POLYGON',28992,0,0);
"""


def gpkg(sql="", blobs=None):
    """A GeoPackage after some SQL; blobs: row -> bytes in place of the good shape."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "g.gpkg")
        db = sqlite3.connect(path)
        db.executescript(SCHEMA)
        for system in ((-1, "NONE", "undefined"), (0, "NONE", "undefined"), (28992, "EPSG", PRJ.decode())):
            db.execute("INSERT INTO gpkg_spatial_ref_sys VALUES('x',?1,?2,?1,?3,'')", system)
        for k, row in enumerate(AREAS):
            db.execute("INSERT INTO buurten(geom,code,naam,inwoners,deel) VALUES(?,?,?,?,?)", ((blobs or {}).get(k, blob(k)),) + row)
        db.commit()
        db.executescript(sql)
        db.commit()
        db.close()
        with open(path, "rb") as f:
            return f.read()


# ---- workbooks ----

def sheet(rows):
    """Rows as XLSX cells."""
    out = []
    for r, row in enumerate(rows, 1):
        cells = "".join('<c r="%s%d"%s' % (chr(65 + c), r, ' t="inlineStr"><is><t>%s</t></is></c>' % v if isinstance(v, str) else "><v>%s</v></c>" % v)
                        for c, v in enumerate(row))
        out.append('<row r="%d">%s</row>' % (r, cells))
    return ('<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s'
            "</sheetData></worksheet>" % "".join(out)).encode()


def xlsx(data=None, **parts):
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    whole = {
        "[Content_Types].xml": ('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">%s</Types>'
                                % "".join('<Override PartName="%s" ContentType="application/vnd.openxmlformats-%s+xml"/>' % part for part in (
                                    ("/_rels/.rels", "package.relationships"), ("/xl/_rels/workbook.xml.rels", "package.relationships"),
                                    ("/xl/worksheets/sheet1.xml", "officedocument.spreadsheetml.worksheet"),
                                    ("/xl/workbook.xml", "officedocument.spreadsheetml.sheet.main")))).encode(),
        "_rels/.rels": ('<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                        '<Relationship Id="r1" Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>' % kind).encode(),
        "xl/workbook.xml": ('<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="%s">'
                            '<sheets><sheet name="buurten" sheetId="1" r:id="r1"/></sheets></workbook>' % kind).encode(),
        "xl/_rels/workbook.xml.rels": ('<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
                                       'relationships"><Relationship Id="r1" Type="%s/worksheet" Target="worksheets/sheet1.xml"/>'
                                       "</Relationships>" % kind).encode(),
        "xl/worksheets/sheet1.xml": sheet([FIELDS] + AREAS) if data is None else data,
    }
    whole.update(parts)
    return packed([(name, body) for name, body in whole.items() if body is not None])


def ods(rows=None, content=None):
    body = "".join("<table:table-row>%s</table:table-row>" % "".join(
        '<table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>' % v if isinstance(v, str) else
        '<table:table-cell office:value-type="float" office:value="%s"><text:p>%s</text:p></table:table-cell>' % (v, v)
        for v in row) for row in ([FIELDS] + AREAS if rows is None else rows))
    text = ('<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
            '<office:body><office:spreadsheet><table:table table:name="buurten">%s</table:table></office:spreadsheet></office:body>'
            "</office:document-content>" % body)
    return packed([("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
                   ("content.xml", text.encode() if content is None else content)])
