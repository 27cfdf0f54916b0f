#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""The open ways out over a socket, as outsiders use them: downloads, OGC API Features and the DCAT catalogue.

test_open.py WIJK. The cases of OGC API Features carry the names of its abstract tests (17-069r4 annex A, 18-058r1 annex A).
GDAL's OAPIF driver reads every collection when ogrinfo is there."""
import concurrent.futures
import csv
import io
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
RD = "http://www.opengis.net/def/crs/EPSG/0/28992"
bad, count = [], 0


def expect(truth, what):
    global count
    count += 1
    if not truth:
        bad.append(what)


def same(a, b, what):
    expect(a == b, f"{what}: {str(a)[:300]!r} is not {str(b)[:300]!r}")


class Server:
    def __init__(self, wijk, store, *options):
        self.p = subprocess.Popen([wijk, "serve", store, "--listen", "127.0.0.1:0", *options], stdout=subprocess.PIPE, text=True,
                                  env={**os.environ, "LANG": "nl_NL.UTF-8"})
        self.base = self.p.stdout.readline().strip().rstrip("/")

    def get(self, path, **headers):
        url = path if path.startswith("http") else self.base + path
        try:
            with urllib.request.urlopen(urllib.request.Request(url, headers={k.replace("_", "-"): v for k, v in headers.items()}), timeout=120) as a:
                return a.status, a.headers, a.read()
        except urllib.error.HTTPError as e:
            return e.code, e.headers, e.read()

    def json(self, path, **headers):
        status, head, body = self.get(path, **headers)
        expect(status == 200, f"{path} gives {status} {body[:200]}")
        return json.loads(body)

    def stop(self):
        self.p.send_signal(signal.SIGTERM)
        same(self.p.wait(60), 0, "the server stops when asked")
        self.p.stdout.close()


def query(**keys):
    return "?" + urllib.parse.urlencode({k.replace("_", "-"): v for k, v in keys.items()})


# ---- downloads ----

def check_downloads(s, wijk, folder):
    files = {}
    for kind in ("csv", "json", "geojson", "xlsx", "gpkg"):
        subprocess.run([wijk, "export", folder / "demo.gpkg", folder / f"uit.{kind}"], check=True, timeout=120, env={**os.environ, "LANG": "nl_NL.UTF-8"})
        status, head, body = s.get(f"/api/v1/uitvoer/{kind}")
        files[kind] = body
        same(status, 200, kind)
        same(body, (folder / f"uit.{kind}").read_bytes(), f"{kind} from the server and from the command")
        same(int(head["Content-Length"]), len(body), f"length of {kind}")
        expect(re.fullmatch(r'attachment; filename="lindewaard-[0-9a-f]{12}\.%s"' % kind, head["Content-Disposition"]), head["Content-Disposition"])
        expect(head["ETag"].startswith('"'), f"{kind} has no ETag")
        again, _, nothing = s.get(f"/api/v1/uitvoer/{kind}", If_None_Match=head["ETag"])
        same((again, nothing), (304, b""), f"{kind} that one has already")
    same(files["gpkg"][:15], b"SQLite format 3", "the GeoPackage")
    expect(zipfile.ZipFile(io.BytesIO(files["xlsx"])).testzip() is None, "the workbook")
    rows = list(csv.DictReader(io.StringIO(s.get("/api/v1/uitvoer/csv?niveau=buurt&binnen=WK990101")[2].decode())))
    expect(rows and {r["code"][:8] for r in rows} == {"BU990101"}, "figures within a wijk")
    same(s.get("/api/v1/uitvoer/pdf")[0], 404, "a form there is not")
    same(s.get("/api/v1/uitvoer/csv?binnen=WK009999")[0], 404, "an area there is not")
    same(s.get("/api/v1/uitvoer/csv?bron=geen")[0], 404, "a source there is not")
    same(s.get("/api/v1/uitvoer/csv?kleur=rood")[0], 400, "a key there is not")
    same(s.get("/api/v1/uitvoer/csv", Accept="text/csv")[0], 200, "asked with Accept")
    with concurrent.futures.ThreadPoolExecutor(10) as pool:
        got = list(pool.map(lambda _: s.get("/api/v1/uitvoer/xlsx"), range(10)))
        busy = [g for g in got if g[0] == 503]
    expect(busy and all(int(g[1]["Retry-After"]) > 0 for g in busy), f"ten workbooks at once: {[g[0] for g in got]}")
    expect(all(g[2] == files["xlsx"] for g in got if g[0] == 200), "a workbook made beside others differs")
    same(sorted(g[0] for g in got if g[0] not in (200, 503)), [], "answers under load")
    same(s.get("/api/v1/uitvoer/geojson")[0], 200, "places are given back")
    left = [n for n in os.listdir(folder / "tmp")]
    same(left, [], "left in the folder for temporary files")


# ---- OGC API Features ----

def link(doc, rel):
    return [x["href"] for x in doc["links"] if x["rel"] == rel]


def check_core(s):
    root = s.json("/ogc")  # A.2.2 landing page
    for rel in ("service-desc", "conformance", "data"):
        expect(link(root, rel), f"/conf/core/root-success: no link {rel}")
    api = s.json(link(root, "service-desc")[0])
    same(api["openapi"][:3], "3.0", "/conf/core/api-definition-success")
    for rel in ("conformance", "data", "self"):
        same(s.get(link(root, rel)[0])[0], 200, f"the link {rel} leads somewhere")
    classes = s.json("/ogc/conformance")["conformsTo"]
    for want in ("1/1.0/conf/core", "1/1.0/conf/oas30", "1/1.0/conf/geojson", "2/1.0/conf/crs"):
        expect(any(c.endswith("ogcapi-features-" + want) for c in classes), f"/conf/core/conformance-success: {want}")
    found = s.json("/ogc/collections")["collections"]
    same([c["id"] for c in found], ["buurt-2025", "wijk-2025", "gemeente-2025", "raster-2025"], "/conf/core/rc-md-success")
    for c in found:
        one = s.json(link(c, "self")[0])
        same(one, c, f"/conf/core/sfc-md-success of {c['id']}")
        same(c["extent"]["spatial"]["crs"], CRS84, "extent")
        same((c["crs"], c["storageCrs"]), ([CRS84, RD], RD), "/conf/crs/crs-uri: systems")
    items = api["paths"]["/collections/{collectionId}/items"]["get"]["parameters"]
    shape = {p["name"]: p for p in items}
    same(shape["limit"]["schema"], {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100}, "/conf/core/fc-limit-definition")
    same((shape["bbox"]["schema"]["minItems"], shape["bbox"]["explode"]), (4, False), "/conf/core/fc-bbox-definition")
    expect("datetime" in shape and "bbox-crs" in shape and "crs" in shape, "/conf/core/fc-time-definition, /conf/crs/fc-bbox-crs-definition")
    return found


def check_items(s):
    base = "/ogc/collections/buurt-2025/items"
    status, head, body = s.get(base)
    doc = json.loads(body)
    same(head["Content-Type"], "application/geo+json", "/conf/core/fc-response: media type")
    same(head["Content-Crs"], f"<{CRS84}>", "/conf/crs/ogc-crs-header")
    same((doc["type"], doc["numberMatched"], doc["numberReturned"], len(doc["features"])), ("FeatureCollection", 72, 72, 72), "/conf/core/fc-numberMatched")
    seen, url, pages = [], base + query(limit=10, crs=RD), 0
    while url:
        page = s.json(url)
        seen += [f["id"] for f in page["features"]]
        pages += 1
        url = (link(page, "next") or [None])[0]
        expect(len(page["features"]) <= 10, "/conf/core/fc-limit-response-1")
    same((len(seen), len(set(seen)), pages), (72, 72, 8), "/conf/core/fc-links: every feature once")
    for key in ("limit=0", "limit=-1", "limit=x", "offset=-1", "bbox=1,2,3", "bbox=1,2,3,x", "bbox=5,53,5.1,52", "datetime=gisteren", "datetime=2024-13-01",
                "datetime=2024-01-01/2023-01-01", "crs=EPSG:28992", "bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4258", "kleur=rood", "v=1", "limit=1&limit=2"):
        status, head, body = s.get(base + "?" + key)
        same((status, head["Content-Type"]), (400, "application/problem+json"), f"/conf/core/query-param-invalid, -unknown: {key}")
    same(s.json(base + "?limit=5000")["numberReturned"], 72, "a limit over the largest is the largest")
    same(s.get("/ogc/collections/straat-2025/items")[0], 404, "a collection there is not")
    one = s.json(base + "?limit=1")["features"][0]
    alone = s.json(f"{base}/{one['id']}")
    same((alone["geometry"], alone["properties"], alone["type"]), (one["geometry"], one["properties"], "Feature"), "/conf/core/f-success")
    expect(link(alone, "self") and link(alone, "collection"), "/conf/core/f-links")
    same(s.get(base + "/BU00000000")[0], 404, "a feature there is not")
    same([f["id"] for f in s.json(base + "?code=bu99010102")["features"]], ["BU99010102"], "by code")
    same((s.json(base + "?gemeente=GM9901")["numberMatched"], s.json(base + "?gemeente=GM0001")["numberMatched"]), (72, 0), "by gemeente")
    hidden = [f["properties"] for f in s.json(base + "?limit=1000")["features"] if f["properties"]["not_shown"]]
    expect(hidden and all(p["not_shown"].startswith("te klein om te tonen: ") for p in hidden), "hidden figures are named with their reason")
    expect(all(p[i] is None for p in hidden for i in p["not_shown"].split(": ")[1].split(", ")), "a hidden figure is shown")


def ring(f):
    return f["geometry"]["coordinates"][0] if f["geometry"]["type"] == "Polygon" else f["geometry"]["coordinates"][0][0]


def meets(f, box):
    """Do polygon and box share a point? Written apart from the server: edges clipped, then a corner inside."""
    polygons = [f["geometry"]["coordinates"]] if f["geometry"]["type"] == "Polygon" else f["geometry"]["coordinates"]
    x0, y0, x1, y1 = box
    sides = [((x0, y0), (x1, y0)), ((x1, y0), (x1, y1)), ((x1, y1), (x0, y1)), ((x0, y1), (x0, y0))]

    def turn(a, b, c):
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    inside = False
    for rings in polygons:
        for r in rings:
            for a, b in zip(r, r[1:]):
                if x0 <= a[0] <= x1 and y0 <= a[1] <= y1:
                    return True
                if any(turn(a, b, p) * turn(a, b, q) <= 0 and turn(p, q, a) * turn(p, q, b) <= 0 for p, q in sides):
                    return True
                if (a[1] > y0) != (b[1] > y0) and x0 < a[0] + (y0 - a[1]) / (b[1] - a[1]) * (b[0] - a[0]):
                    inside = not inside
    return inside


def check_boxes(s):
    base = "/ogc/collections/buurt-2025/items"
    for crs, step, names in ((RD, (1900.0, 1300.0), {"crs": RD, "bbox_crs": RD}), (CRS84, (0.03, 0.013), {"bbox_crs": CRS84})):
        every = s.json(base + query(limit=1000, **{k: v for k, v in names.items() if k == "crs"}))["features"]
        xs = [p[0] for f in every for p in ring(f)]
        ys = [p[1] for f in every for p in ring(f)]
        for i in range(4):
            for j in range(4):
                x, y = min(xs) + i * step[0] - step[0] / 3, min(ys) + j * step[1] - step[1] / 3
                box = (round(x, 6), round(y, 6), round(x + step[0] * 0.6, 6), round(y + step[1] * 0.6, 6))
                got = s.json(base + query(limit=1000, bbox=",".join(map(str, box)), **names))
                want = {f["id"] for f in every if meets(f, box)}
                same({f["id"] for f in got["features"]}, want, f"/conf/core/fc-bbox-response, /conf/crs/bbox-crs-parameter: {crs} {box}")
                same(got["numberMatched"], len(want), "numberMatched within a box")
    same(s.json(base + query(bbox="170,50,6,54"))["numberMatched"], 72, "a box over the date line")
    same(s.json(base + query(bbox="5.2,52.5,0,5.3,52.7,9"))["numberMatched"] > 0, True, "a box with heights")
    both = [s.json(base + query(limit=1, crs=c))["features"][0] for c in (CRS84, RD)]
    x, y = ring(both[1])[0]
    expect(140000 < x < 150000 and 508000 < y < 515000, f"RD is not in metres: {x} {y}")
    if shutil.which("cs2cs"):
        want = subprocess.run(["cs2cs", "-f", "%.7f", "EPSG:28992", "EPSG:4326"], input=f"{x} {y}\n", capture_output=True, text=True).stdout.split()
        if len(want) >= 2 and re.match(r"[0-9.]+$", want[0]):
            lat, lon = float(want[0]), float(want[1])
            same(min(abs(lon - p[0]) * 67000 + abs(lat - p[1]) * 111000 for p in ring(both[0])) < 1.0, True, "CRS84 beside PROJ, in metres")


def check_time(s):
    base = "/ogc/collections/buurt-2025/items"
    for when, year in (("2019-06-01", "2019"), ("2018-01-01/2020-12-31", "2020"), ("../2016-05-05", "2016"), ("2015-01-01T00:00:00Z/..", "2025")):
        doc = s.json(base + query(datetime=when, limit=3))
        same({f["properties"]["score_period"] for f in doc["features"]}, {year}, f"/conf/core/fc-time-response: {when}")
    same(s.json(base + query(datetime="1999-01-01"))["numberMatched"], 0, "a year without figures")


def check_gdal(s, folder, found):
    if not shutil.which("ogrinfo"):
        print("ogrinfo is not installed: not asked")
        return
    env = {**os.environ, "GDAL_HTTP_TIMEOUT": "60"}
    for c in found:
        out = subprocess.run(["ogrinfo", "-al", "-so", f"OAPIF:{s.base}/ogc", c["id"]], capture_output=True, text=True, timeout=120, env=env)
        want = s.json(f"/ogc/collections/{c['id']}/items?limit=1")["numberMatched"]
        expect(f"Feature Count: {want}" in out.stdout, f"GDAL reads {c['id']}: {out.stdout[-500:]} {out.stderr}")
    rd = folder / "rd.gpkg"
    url = f"{s.base}/ogc/collections/buurt-2025/items" + query(limit=1000, crs=RD)
    done = subprocess.run(["ogr2ogr", "-f", "GPKG", "-a_srs", "EPSG:28992", rd, url], capture_output=True, text=True, timeout=120, env=env)
    same(done.returncode, 0, f"GDAL takes the areas in RD {done.stderr}")
    with sqlite3.connect(rd) as a, sqlite3.connect(folder / "uit.gpkg") as b:
        name, = a.execute("SELECT table_name FROM gpkg_contents").fetchone()
        box = a.execute("SELECT min_x, min_y, max_x, max_y FROM gpkg_contents").fetchone()
        want = b.execute("SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'buurt'").fetchone()
        same(a.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0], 72, "areas in RD read by GDAL")
        expect(max(abs(p - q) for p, q in zip(box, want)) < 0.0011, f"RD by OGC {box} beside the GeoPackage {want}")


# ---- DCAT ----

def triples_of_json(doc):
    out = set()
    for n in doc["@graph"]:
        out.add((n["@id"], "a", n["@type"]))
        for key, values in n.items():
            if not key.startswith("@"):
                for v in values:
                    out.add((n["@id"], key, v["@id"] if "@id" in v else (v["@value"], v.get("@language"), v.get("@type"))))
    return out


def triples_of_turtle(text):
    """The Turtle we write: one subject a paragraph, properties behind semicolons, values behind commas."""
    token = re.compile(r'<([^>]*)>|"((?:[^"\\]|\\.)*)"(?:@(\w+))?(?:\^\^(\w+:\w+))?|([;.,])(?=\s|$)|(a|\w+:\w+)(?=\s)')
    out, subject, name = set(), None, None
    body = "\n".join(x for x in text.splitlines() if not x.startswith("@prefix"))
    at = 0
    while body[at:].strip():
        at += len(body[at:]) - len(body[at:].lstrip())
        m = token.match(body, at)
        if not m:
            expect(False, f"Turtle that nobody reads: {body[at:at + 80]!r}")
            return out
        at = m.end()
        if m.group(5):
            subject, name = (None, None) if m.group(5) == "." else (subject, None if m.group(5) == ";" else name)
        elif m.group(1) is not None and subject is None:
            subject = m.group(1)
        elif name is None:
            name = m.group(6)
        elif m.group(1) is not None:
            out.add((subject, name, m.group(1)))
        elif m.group(6):
            out.add((subject, name, m.group(6)))
        else:
            value = re.sub(r'\\u([0-9A-F]{4})|\\(.)', lambda e: chr(int(e.group(1), 16)) if e.group(1) else e.group(2), m.group(2))
            out.add((subject, name, (value, m.group(3), m.group(4))))
    return out


def check_catalog(s):
    status, head, body = s.get("/api/v1/catalogus")
    same((status, head["Content-Type"]), (200, "application/ld+json"), "the catalogue")
    doc = json.loads(body)
    nodes = {n["@id"]: n for n in doc["@graph"]}
    same(len(nodes), len(doc["@graph"]), "each thing is described once")
    for prefix in ("dcat", "dct", "foaf", "vcard"):
        expect(doc["@context"][prefix].startswith("http"), f"prefix {prefix}")

    def many(n, key):
        return n.get(key, [])

    def one(n, key):
        got = many(n, key)
        same(len(got), 1, f"{n['@id']} has one {key}")
        return got[0] if got else {}

    sets = [n for n in nodes.values() if n["@type"] == "dcat:Dataset"]
    services = [n for n in nodes.values() if n["@type"] == "dcat:DataService"]
    catalog, = [n for n in nodes.values() if n["@type"] == "dcat:Catalog"]
    expect(len(sets) >= 2 and len(services) == 2, "a set for everything and one a source, two services")
    same({v["@id"] for v in catalog["dcat:dataset"]}, {n["@id"] for n in sets}, "the catalogue names every set")
    same({v["@id"] for v in catalog["dcat:service"]}, {n["@id"] for n in services}, "and every service")
    ids = set()
    for n in [catalog, *sets, *services]:
        expect(one(n, "dct:title")["@value"] and one(n, "dct:title")["@language"] == "nl", "title")
        expect(one(n, "dct:description").get("@value"), "description")
        # DCAT-AP-NL 3.0, one by one: access rights, one contact point, creator, one identifier, publisher, theme, licence
        same(one(n, "dct:accessRights").get("@id"), "http://publications.europa.eu/resource/authority/access-right/PUBLIC", "access rights")
        contact = nodes[one(n, "dcat:contactPoint")["@id"]]
        expect(contact["@type"].startswith("vcard:") and one(contact, "vcard:fn")["@value"] and one(contact, "vcard:hasURL")["@id"], "contact point")
        for key in ("dct:creator", "dct:publisher"):
            agent = nodes[one(n, key)["@id"]]
            expect(agent["@type"] == "foaf:Agent" and one(agent, "foaf:name")["@value"], key)
        same(one(n, "dct:identifier").get("@value"), n["@id"], "identifier")
        ids.add(n["@id"])
        licence = one(n, "dct:license")["@id"]
        expect(licence in nodes or licence.startswith("http"), "licence")
        if n is not catalog:
            expect(many(n, "dcat:theme") and all("/authority/data-theme/" in v["@id"] for v in n["dcat:theme"]), "theme")
    same(len(ids), 1 + len(sets) + len(services), "identifiers differ")
    for n in sets:
        place = nodes[one(n, "dct:spatial")["@id"]]
        expect(one(place, "dcat:bbox")["@value"].startswith("POLYGON(("), "spatial coverage")
        when = nodes[one(n, "dct:temporal")["@id"]]
        same((one(when, "dcat:startDate")["@value"], one(when, "dcat:endDate")["@value"]), ("2012-01-01", "2025-12-31"), "temporal coverage")
        expect(len(many(n, "dcat:distribution")) >= 2, "distributions")
        for d in many(n, "dcat:distribution"):
            d = nodes[d["@id"]]
            for key in ("dct:title", "dcat:accessURL", "dct:format", "dct:license"):
                one(d, key)
            url = one(d, "dcat:accessURL")["@id"]
            same(s.get(url)[0] in (200, 503), True, f"{url} leads somewhere")
    whole, = [n for n in sets if n["@id"].endswith("#alles")]
    expect(any("28992" in v["@id"] for v in whole["dct:conformsTo"]), "conformsTo of the set")
    expect(any("dcat-ap-nl" in v["@id"] for v in catalog["dct:conformsTo"]), "conformsTo of the catalogue")
    for n in services:
        one(n, "dcat:endpointURL"), one(n, "dcat:endpointDescription"), one(n, "dct:conformsTo")
        same(s.get(n["dcat:endpointDescription"][0]["@id"])[0], 200, "the description of a service")
    status, head, turtle = s.get("/api/v1/catalogus", Accept="text/turtle")
    same((status, head["Content-Type"]), (200, "text/turtle; charset=utf-8"), "as Turtle")
    a, b = triples_of_json(doc), triples_of_turtle(turtle.decode())
    expect(len(a) > 150, f"only {len(a)} statements")
    same(sorted(map(str, a ^ b))[:5], [], "statements in only one of JSON-LD and Turtle")
    same(s.get("/api/v1/bronnen", Accept="text/turtle")[0], 406, "Turtle elsewhere")


def check_hosts(s, wijk, folder):
    doc = s.json("/ogc", Host="wijken.voorbeeld.nl:81")
    same(link(doc, "self"), ["http://wijken.voorbeeld.nl:81/ogc"], "links by the name one asked with")
    same(link(s.json("/ogc", Host="127.0.0.1"), "self"), ["http://127.0.0.1/ogc"], "and again by another, not from the cache")
    same(link(s.json("/ogc", Host='a"b'), "self"), ["/ogc"], "a host that is none is not repeated")
    named = Server(wijk, folder / "demo.gpkg", "--url", "https://wijken.voorbeeld.nl")
    same(link(named.json("/ogc"), "self"), ["https://wijken.voorbeeld.nl/ogc"], "links by the name the server was given")
    named.stop()
    mailed = Server(wijk, folder / "demo.gpkg", "--contact", "data.team@voorbeeld.nl")
    doc = mailed.json("/api/v1/catalogus")
    found = re.findall(r'"mailto:[^"]*"', json.dumps(doc))
    same(found, ['"mailto:data.team@voorbeeld.nl"'], "the address in the catalogue")
    same(sorted(map(str, triples_of_json(doc) ^ triples_of_turtle(mailed.get("/api/v1/catalogus", Accept="text/turtle")[2].decode())))[:5], [], "in both forms")
    mailed.stop()
    for option, value in (("--url", "wijken"), ("--contact", "data"), ("--contact", "a@b"), ("--contact", "a@b.nl>"), ("--contact", "@b.nl")):
        wrong = subprocess.run([wijk, "serve", folder / "demo.gpkg", option, value], capture_output=True, text=True, timeout=60)
        same(wrong.returncode, 2, f"a {option} that is none: {value}")


def main():
    wijk = os.path.abspath(sys.argv[1])
    folder = Path(tempfile.mkdtemp(prefix="wijk-open-"))
    try:
        (folder / "tmp").mkdir()
        os.environ["TMPDIR"] = str(folder / "tmp")
        subprocess.run([wijk, "demo", folder / "demo.gpkg"], check=True, timeout=120)
        s = Server(wijk, folder / "demo.gpkg")
        try:
            check_downloads(s, wijk, folder)
            found = check_core(s)
            check_items(s)
            check_boxes(s)
            check_time(s)
            check_gdal(s, folder, found)
            check_catalog(s)
            check_hosts(s, wijk, folder)
        finally:
            s.stop()
    finally:
        shutil.rmtree(folder)
    print("\n".join(bad[:30]) if bad else f"{count} checks of downloads, OGC API Features and DCAT")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
