#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""The hostile corpus: every file is made here, with what must become of it. `corpus.py FOLDER` writes the files to look at.

A case is refused with a sentence that has its words, or accepted with so many rows good and so many refused."""
import os
import struct
import sys
import zipfile
from collections import namedtuple

from formats import (AREAS, FIELDS, blob, csv, dbf, features, geojson, geometry, gml, gpkg, ods, packed, patched, sheet,
                     shapefile, shp_head, square, table_line, topojson, topology, unpacked, xlsx, zipped)

Case = namedtuple("Case", "file source data words good bad sparse")


def refused(file, source, data, *words, sparse=0):
    return Case(file, source, data, words, None, None, sparse)


def accepted(file, source, data, good, bad=0, *words):
    return Case(file, source, data, words, good, bad, 0)


def survives(file, source, data):
    """Damage of which either outcome is right; no crash, no hang, and no half-done store."""
    return Case(file, source, data, (), None, -1, 0)


# ---- JSON: one value inside a good document, and whole documents ----

BAD_VALUES = {
    "number": "+1 -01 012 01.5 1. .5 1.e3 1e 1e+ 1E- 0x1F 1_000 1,5 -.2 - -- 1e1e1 1.2.3 0e 2.e3 Infinity -Infinity NaN nan "
              "1e999 -1e999 1e400 ++3 +Inf 0xDEAD 1A 1+2 -foo 09 1eE2 ١٢".split(),
    "word": "tru fals nul True FALSE Null nulll truefalse undefined None yes".split(),
    "string": ['"', '"abc', "'abc'", '"\\x41"', '"\\u12"', '"\\u12G4"', '"\\uD800"', '"\\uDC00"', '"\\uD800\\u0041"', '"\\uD800\\uD800"',
               '"\\"', '"a\tb"', '"a\nb"', '"\x01"', '"\\a"', '"\\U0041"', "abc", '"a" "b"', '"\\', '"\\u', '"a\x00b"', '"\\u0000"'],
    "structure": ["[", "]", "{", "}", "[1", "[1,", "[1,]", "[,1]", "[,]", "[1 2]", "[1:2]", "[1;2]", "{,}", "{:1}", '{"a"}', '{"a":}',
                  '{"a":1,}', '{"a":1 "b":2}', '{"a",1}', '{a:1}', "{1:1}", '{"a":1}}', "[[]", "[]]", "/*c*/1", "//c\n1", "<a>", "1]",
                  '{"a":1,,"b":2}', "#1", "*", "\u00a01", "\u200b1", "@", "\\u0041", ",", ":", "[\"a\",\n4\n,1,", "[{}", '{"a":/*c*/1}'],
}
GOOD_VALUES = ("0 -0 1 -1 12.5 1e5 1E+2 1e-2 0.1e1 123456789012345678 -0.0 1e-999 true false null [] {} [[]] [{}] \"\" \"a\" "
               "\"\\u0041\" \"\\uD834\\uDD1E\" \"\\n\\t\\\"\\\\\\/\\b\\f\\r\" \"é\" \"\U0001F3E1\" \"\u2028\" [1,2,3] {\"a\":1} {\"a\":{\"b\":[]}} "
               "[null] {\"\":0} {\"a\":1,\"a\":2} [\"a\",1,true,null,{}] \"\ufeff\" \"\\u200b\"").split(" ")


def odata(value, end="]}"):
    rows = ",".join('{"WijkenEnBuurten":"%s","inwoners":%d,"deel":%r,"x":%s}' % (r[0], r[2], r[3], value if k == 1 else "null")
                    for k, r in enumerate(AREAS))
    return ('{"value":[%s%s' % (rows, end)).encode()


def json_cases():
    for kind, values in BAD_VALUES.items():
        for k, value in enumerate(values):
            yield refused("n-%s-%02d.json" % (kind, k), "h-odata-json", odata(value), "regel")
    for k, value in enumerate(GOOD_VALUES):
        yield accepted("y-value-%02d.json" % k, "h-odata-json", odata(value), 3)
    for k, raw in enumerate([b'"\xff"', b'"\xc0\xaf"', b'"\xed\xa0\x80"', b'"\xf4\x90\x80\x80"', b'"\xe2\x82"', b'"\xf8\x88\x80\x80\x80"', b"\xff"]):
        yield refused("n-utf8-%02d.json" % k, "h-odata-json", odata("@").replace(b"@", raw), "regel 1")
    whole = odata("1")
    for k, raw in enumerate([b"", b" ", b"\n\n", b"[", b"{", b"]", b'"x"', b"1", b"null", b"[]", b"{}", b'{"value":[]}', b'{"value":{}}', b'{"value":1}',
                             b'{"value":[1]}', b'{"value":[[]]}', b'{"value":["a"]}', whole[:-1], whole[:-2], whole + b"x", whole + whole,
                             whole + b"\0", b"\xef\xbb" + whole, whole[: len(whole) // 2], b"\0" + whole, b"\x1f\x8b\x08" + whole]):
        yield refused("n-whole-%02d.json" % k, "h-odata-json", raw)
    yield refused("utf16.json", "h-odata-json", whole.decode().encode("utf-16"))
    yield refused("utf16be.json", "h-odata-json", whole.decode().encode("utf-16-be"))
    yield refused("utf32.json", "h-odata-json", whole.decode().encode("utf-32"))
    yield accepted("y-bom.json", "h-odata-json", b"\xef\xbb\xbf" + whole, 3)
    yield accepted("y-blanks.json", "h-odata-json", whole.replace(b",", b" ,\r\n\t "), 3)
    yield accepted("y-reeks.json", "h-odata-json", whole[len(b'{"value":'):-1], 3)
    yield accepted("y-diep.json", "h-odata-json", odata("[" * 60 + "]" * 60), 3)
    yield refused("n-diep.json", "h-odata-json", odata("[" * 65 + "]" * 65), "64 lagen")
    yield refused("n-diep-miljoen.json", "h-odata-json", odata("[" * 1000000), "64 lagen")
    yield refused("n-diep-object.json", "h-odata-json", odata('{"a":' * 1000000), "64 lagen")
    yield refused("n-lang-getal.json", "h-odata-json", odata("1" * 400), "getal is te lang")
    yield refused("n-lange-tekst.json", "h-odata-json", odata('"%s"' % ("a" * (1200 << 10))), "1 MiB")
    yield refused("n-kolommen.json", "h-odata-json", odata("0,%s" % ",".join('"k%d":1' % k for k in range(5000))), "kolommen")
    yield accepted("code-onbekend.json", "h-odata-json", whole.replace(b"BU99010103", b"BU99010199"), 2, 1, "bestaat niet")
    yield accepted("tekst-als-getal.json", "h-odata-json", whole.replace(b"883", b'"8o3"'), 2, 1, "is geen getal")
    yield refused("andere-namen.json", "h-odata-json", whole.replace(b"inwoners", b"bewoners"), "ontbreekt")


# ---- CSV ----

def csv_cases():
    src, good = "h-csv", csv()
    for name, data in {
        "crlf": csv(end="\r\n"), "puntkomma": csv(separator=";"), "tab": csv(separator="\t"), "bom": b"\xef\xbb\xbf" + good,
        "geen-laatste-regel": good[:-1], "lege-regels": good.replace(b"\n", b"\n\n"), "aanhaling": good.replace(b"Raamveld", b'"Raam, veld"'),
        "dubbele-aanhaling": good.replace(b"Raamveld", b'"Het ""Raam"" veld"'), "regel-in-tekst": good.replace(b"Raamveld", b'"Raam\nveld"'),
        "crlf-in-tekst": good.replace(b"Raamveld", b'"Raam\r\nveld"'), "leeg-veld": good.replace(b"Raamveld", b""),
        "leeg-tussen-aanhaling": good.replace(b"Raamveld", b'""'), "duim": good.replace(b"Raamveld", b'5" pijp'),
        "json": good.replace(b"Raamveld", b'"{""a"": [1,2]}"'), "formule": good.replace(b"Raamveld", b"=1+1"),
        "blanken": good.replace(b",", b" , "), "ontbreekt": good.replace(b"883", b""), "na": good.replace(b"883", b"NA"),
        "geheim": good.replace(b"883", b"-99997"), "macht": good.replace(b"883", b"8.83e2"), "bidi": good.replace(b"Raamveld", "Raam\u202eveld".encode()),
        "vreemde-kolom": csv([r + ("x",) for r in AREAS], FIELDS + ("extra",)), "emoji": good.replace(b"Raamveld", "🏡".encode()),
        "alle-aangehaald": b"\n".join(b",".join(b'"%s"' % v for v in line.split(b",")) for line in good.splitlines()),
    }.items():
        yield accepted("goed-%s.csv" % name, src, data, 3)
    for name, value in {
        "letters": "8o3", "komma-getal": '"8,5"', "duizend": '"1.207,0"', "twee-punten": "1.2.3", "oneindig": "inf", "infinity": "Infinity", "nan": "NaN",
        "groot": "1e999", "hex": "0x1F", "min": "--5", "blanco-midden": "1 207", "procent": "12%", "euro": "€12", "nul-byte": "8\x003", "streep": "–5",
        "negatief": "-5", "miljard-jaar": "1e308e", "arabisch": "١٢٣", "plusplus": "++3", "punt": ".", "e": "e5", "tabelfout": "#N/A", "datum": "2024-01-01",
        "waar": "true", "onderstreept": "1_000", "breed": "８８３", "leeg-e": "1e", "komma-e": '"1,5e3"',
    }.items():
        data = good.replace(b"883", value.encode())
        if "\0" in value:
            yield refused("fout-%s.csv" % name, src, data, "regel 3")
        else:
            yield accepted("fout-%s.csv" % name, src, data, 2, 1, "regel 3", "inwoners")
    yield accepted("kommagetal.csv", "h-csv-komma", csv(separator=";").replace(b"21.7", b"21,7").replace(b"17.3", b"17,3").replace(b"9.1", b"9,1"), 3)
    yield accepted("punt-in-kommagetal.csv", "h-csv-komma", csv(separator=";").replace(b"17.3", b"17,3").replace(b"9.1", b"9,1"), 2, 1, "regel 3")
    yield accepted("boven-honderd.csv", src, good.replace(b"21.7", b"121.7"), 2, 1, "regel 3", "deel")
    for name, data, words in (
        ("leeg", b"", ("leeg",)), ("alleen-kop", csv([]), ()), ("alleen-blanco", b"\n\n \n", ()), ("alleen-bom", b"\xef\xbb\xbf", ("leeg",)),
        ("open-aanhaling", good.replace(b"Raamveld", b'"Raamveld'), ("regel 3", "aanhalingsteken")),
        ("tekst-na-aanhaling", good.replace(b"Raamveld", b'"Raam"veld'), ("regel 3", "aanhalingsteken")),
        ("latin1", csv(encoding="latin-1"), ("regel 4", "UTF-8")), ("utf16", csv(encoding="utf-16"), ()), ("utf16be", csv(encoding="utf-16-be"), ()),
        ("utf32", csv(encoding="utf-32"), ()), ("te-lang-gecodeerd", good.replace(b"Raam", b"\xc0\xaf"), ("regel 3", "UTF-8")),
        ("surrogaat", good.replace(b"Raam", b"\xed\xa0\x80"), ("regel 3", "UTF-8")), ("afgebroken-utf8", good.replace(b"Raamveld", b"Raam\xc3"), ("regel 3",)),
        ("half-utf8-einde", good[:-9] + b"\xe2\x82", ()), ("nul-in-kop", good.replace(b"naam", b"na\0am"), ("regel 1",)), ("alleen-cr", csv(end="\r"), ()),
        ("kolom-weg", csv([r[:3] for r in AREAS], FIELDS[:3]), ("deel", "ontbreekt")), ("kolom-anders", good.replace(b"inwoners", b"bewoners"), ("ontbreekt", "Bedoelt u")),
        ("bsn", csv([r + ("111222333",) for r in AREAS], FIELDS + ("bsn",)), ("bsn", "personen")), ("codes-onzin", good.replace(b"BU9901", b"XX"), ()),
        ("code-gemeente", good.replace(b"BU99010", b"GM99010"), ()), ("zip", packed([("a.csv", good)]), ()), ("html", b"<!doctype html><html><body>503</body></html>", ()),
        ("xml-fout", b'<?xml version="1.0"?><error>nee</error>', ()), ("willekeur", bytes(range(256)) * 40, ()), ("elf", b"\x7fELF" + b"\0" * 900, ()),
        ("lange-regel", good + b"a" * (3 << 20), ("1 MiB",)), ("lange-aanhaling", good + b'"' + b"a\n" * (1 << 20), ("1 MiB",)),
        ("kolommen", b",".join(b"k%d" % k for k in range(5000)) + b"\n", ("kolommen",)),
    ):
        yield refused("nee-%s.csv" % name, src, data, *words)
    yield accepted("kort.csv", src, good.replace(b",883,21.7", b",883"), 3)
    yield accepted("te-veel-velden.csv", src, good.replace(b"883,21.7", b"883,21.7,9"), 2, 1, "regel 3", "velden")
    yield accepted("stuurtekens.csv", src, csv([r + ("x",) for r in AREAS], FIELDS + ("\x1b[31mrood\x07",)).replace(b"883", b"\x1b[2J"), 2, 1, "regel 3")
    yield accepted("schrijfrichting.csv", src, csv().replace(b"883", "8\u202e83".encode()), 2, 1, "regel 3")
    yield accepted("bom-midden.csv", src, good.replace(b"BU99010102", b"\xef\xbb\xbfBU99010102"), 2, 1, "regel 3")
    yield accepted("code-dubbel.csv", src, good + good.splitlines()[1] + b"\n", 3, 1, "dubbel")
    yield accepted("code-dubbel-anders.csv", src, good + b"BU99010101,Kaardebol,5,5\n", 3, 1, "dubbel")
    yield accepted("code-onbekend.csv", src, good.replace(b"BU99010103", b"BU99010199"), 2, 1, "bestaat niet")
    yield accepted("code-leeg.csv", src, good.replace(b"BU99010103", b""), 2, 1, "regel 4")
    yield accepted("code-lang.csv", src, good.replace(b"BU99010103", b"BU" + b"9" * 4000), 2, 1, "regel 4")
    yield accepted("code-kwaad.csv", src, good.replace(b"BU99010103", b"'; DROP TABLE area;--"), 2, 1, "regel 4")
    yield accepted("cp1252.csv", "h-csv-cp1252", csv(encoding="cp1252"), 3)
    yield accepted("cp1252-gaten.csv", "h-csv-cp1252", csv().replace(b"Raamveld", b"Raam\x81\x8d"), 3)


# ---- GeoJSON and TopoJSON ----

def geo_cases():
    src, ring = "h-geojson", square(1)
    yield accepted("goed.geojson", src, geojson(), 3)
    for name, shape, words in (
        ("punt-als-vlak", {"type": "Polygon", "coordinates": [1, 2]}, ()), ("te-diep", {"type": "Polygon", "coordinates": [[[[[1, 2]]]]]}, ()),
        ("een-coordinaat", {"type": "Polygon", "coordinates": [[[1], [2]]]}, ("regel",)), ("vijf-coordinaten", {"type": "Polygon", "coordinates": [[[1, 2, 3, 4, 5]] * 4]}, ()),
        ("tekst-coordinaat", {"type": "Polygon", "coordinates": [[["a", "b"]] * 4]}, ()), ("null-coordinaat", {"type": "Polygon", "coordinates": [[[None, 1]] * 4]}, ()),
        ("object-coordinaat", {"type": "Polygon", "coordinates": {"a": 1}}, ()), ("ring-is-getal", {"type": "Polygon", "coordinates": [ring, 5]}, ("regel",)),
        ("gemengd", {"type": "MultiPolygon", "coordinates": [[ring], ring]}, ("regel",)), ("vorm-is-lijst", [], ()), ("vorm-is-getal", 7, ()), ("vorm-is-tekst", "POLYGON", ()),
    ):
        yield survives("vorm-%s.geojson" % name, src, geometry(shape)) if not words else refused("vorm-%s.geojson" % name, src, geometry(shape), *words)
    for name, shape in {
        "null": None, "leeg": {"type": "Polygon", "coordinates": []}, "lege-ring": {"type": "Polygon", "coordinates": [[]]}, "vlieger": {"type": "Polygon", "coordinates": [
            [ring[0], ring[2], ring[1], ring[3], ring[0]]]}, "drie-punten": {"type": "Polygon", "coordinates": [ring[:2] + ring[:1]]}, "open-ring": {"type": "Polygon", "coordinates": [ring[:4]]},
        "een-punt": {"type": "Polygon", "coordinates": [[ring[0]] * 5]}, "punt": {"type": "Point", "coordinates": ring[0]}, "lijn": {"type": "LineString", "coordinates": ring},
        "verzameling": {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "coordinates": [ring]}]}, "geen-soort": {"coordinates": [ring]}, "onbekende-soort": {"type": "Bol", "coordinates": [ring]},
        "ver-weg": {"type": "Polygon", "coordinates": [[[1e12, 1e12], [1e12, 2e12], [2e12, 2e12], [1e12, 1e12]]]}, "reusachtig": {"type": "Polygon", "coordinates": [[[1e300, 1e300], [1e300, -1e300], [-1e300, 1e300], [1e300, 1e300]]]},
        "hoogte": {"type": "Polygon", "coordinates": [[p + [3.7] for p in ring]]}, "leeg-object": {},
    }.items():
        yield survives("gebied-%s.geojson" % name, src, geometry(shape))
    for name, data in (
        ("leeg", b""), ("lijst", b"[]"), ("geen-features", b'{"type":"FeatureCollection"}'), ("features-object", b'{"type":"FeatureCollection","features":{}}'),
        ("lege-features", geojson([])), ("features-getallen", geojson([1, 2])), ("features-null", geojson([None])), ("losse-feature", b'{"type":"Feature","properties":{},"geometry":null}'),
        ("topologie", topojson()), ("odata", odata("1")), ("csv", csv()), ("afgebroken", geojson()[:-40]), ("twee", geojson() + geojson()), ("komma", geojson().replace(b"}}, {", b"}},, {")),
        ("geen-eigenschappen", geojson([{"type": "Feature", "geometry": None}] * 3)), ("eigenschappen-lijst", geojson([{"type": "Feature", "properties": [1], "geometry": None}] * 3)),
    ):
        yield refused("nee-%s.geojson" % name, src, data)
    yield refused("stelsel.geojson", "pdok-buurten", b'{"crs":{"type":"name","properties":{"name":"EPSG:3857"}},' + geojson()[1:], "3857")
    yield accepted("code-dubbel.geojson", src, geojson(features() + features()[:1]), 3, 1, "dubbel")
    yield accepted("eigenschap-object.geojson", src, geojson().replace(b'"Raamveld"', b'{"a":[1]}'), 3)
    yield refused("diep.geojson", src, b'{"type":"FeatureCollection","features":[{"geometry":{"coordinates":' + b"[" * 1000000, "64 lagen")
    yield refused("diep-object.geojson", src, b'{"a":' * 1000000, "64 lagen")
    yield from topo_cases()


def topo_cases():
    src, arcs = "h-topojson", topology()["arcs"]
    shapes = topology()["objects"]["layer"]["geometries"]

    def with_arcs(value):
        changed = [dict(s) for s in shapes]
        changed[1]["arcs"] = value
        return topojson(objects={"layer": {"type": "GeometryCollection", "geometries": changed}})

    yield accepted("goed.topojson", src, topojson(), 3)
    for name, value in {"te-hoog": [[3]], "te-laag": [[-9]], "max": [[2147483647]], "min": [[-2147483647]]}.items():
        yield accepted("boog-%s.topojson" % name, src, with_arcs(value), 2, 1, "boog", "die is er niet")
    for name, value in {"breuk": [[0.5]], "reus": [[1e300]], "tekst": [["0"]], "null": [[None]], "object": {"a": 1}, "getal": 3, "gemengd": [0, [1]], "buiten-bereik": [[4294967296]]}.items():
        yield refused("boog-%s.topojson" % name, src, with_arcs(value), "regel 1")
    for name, value in {"leeg": [], "lege-ring": [[]], "rondje": [[1, -2, 1, -2, 1]], "zelfde-boog": [[1] * 1000], "te-diep": [[[[[1]]]]], "drie-diep": [[[1]]]}.items():
        yield survives("boog-%s.topojson" % name, src, with_arcs(value))
    yield refused("ontploffing.topojson", src, topojson(arcs=[[[230000 + k, 580000 + k % 7] for k in range(20000)]], objects={"layer": {"type": "GeometryCollection", "geometries": [
        {"type": "Polygon", "arcs": [[0] * 400], "properties": dict(zip(FIELDS, r))} for r in AREAS]}}), "te veel punten")
    for name, change in {
        "schaal-reus": {"transform": {"scale": [1e308, 1e308], "translate": [0, 0]}}, "schaal-nul": {"transform": {"scale": [0, 0], "translate": [230000, 580000]}},
        "verschuiving-reus": {"transform": {"scale": [1, 1], "translate": [1e300, -1e300]}}, "lege-boog": {"arcs": [[], [], []]}, "boog-van-een-punt": {"arcs": [[a[0]] for a in arcs]},
        "geen-bogen-nodig": {"arcs": []},
    }.items():
        yield survives("vervorming-%s.topojson" % name, src, topojson(**change))
    for name, data in (
        ("schaal-tekst", topojson(transform={"scale": ["a", 1], "translate": [0, 0]})), ("schaal-een", topojson(transform={"scale": [1], "translate": [0, 0]})), ("schaal-mist", topojson(transform={"scale": [1, 1]})),
        ("vervorming-lijst", topojson(transform=[])), ("bogen-object", topojson(arcs={})), ("bogen-getallen", topojson(arcs=[1, 2])), ("boog-getallen", topojson(arcs=[[1, 2]])), ("punt-tekst", topojson(arcs=[[["a", "b"]]])),
        ("punt-een", topojson(arcs=[[[1]]])), ("geen-bogen", topojson(arcs=None)), ("geen-objecten", topojson(objects=None)), ("objecten-lijst", topojson(objects=[])), ("andere-laag", topojson(objects={"kaart": {"type": "GeometryCollection", "geometries": shapes}})),
        ("laag-getal", topojson(objects={"layer": 5})), ("vormen-getallen", topojson(objects={"layer": {"geometries": [1]}})), ("lege-laag", topojson(objects={"layer": {"type": "GeometryCollection", "geometries": []}})),
        ("leeg", b""), ("geojson", geojson()), ("afgebroken", topojson()[:-30]), ("nan", topojson().replace(b"580000.25", b"NaN", 1)), ("twee", topojson() * 2),
    ):
        yield refused("nee-%s.topojson" % name, src, data)
    nest = {"type": "GeometryCollection", "geometries": shapes}
    for _ in range(28):
        nest = {"type": "GeometryCollection", "geometries": [nest]}
    yield accepted("verzameling-in-verzameling.topojson", src, topojson(objects={"layer": nest}), 3)
    yield refused("verzameling-zonder-eind.topojson", src, b'{"arcs":[],"objects":{"layer":' + b'{"geometries":[' * 500000, "64 lagen")


# ---- archives and shapefiles ----

def zip_cases():
    src, parts, good = "h-shapefile", shapefile(), zipped()
    dbf_at = table_line(good, b"kaart/buurten.dbf")
    yield accepted("goed.zip", src, good, 3)
    yield accepted("ongeperst.zip", src, packed(parts, zipfile.ZIP_STORED), 3)
    yield accepted("met-mappen.zip", src, packed([("kaart/", b"")] + parts + [("leesmij.txt", b"hallo")]), 3)
    for name, member in {"klim": "../evil.txt", "klim-diep": "kaart/../../../evil.txt", "klim-einde": "kaart/..", "absoluut": "/etc/evil.txt", "rug": "\\evil.txt", "rug-klim": "kaart\\..\\evil.txt",
                         "schijf": "C:/evil.txt", "stroom": "kaart/a.txt:b"}.items():
        yield refused("pad-%s.zip" % name, src, packed(parts + [(member, b"x")]), "pad dat erbuiten wijst")
    for ending in ("zip", "tar", "gz", "tgz", "bz2", "7z", "rar", "xz", "ZIP"):
        yield refused("nest-%s.zip" % ending, src, packed(parts + [("binnen." + ending, good)]), "weer een archief")
    for name, at, form, value, words in (
        ("wachtwoord", 8, "<H", 1, "wachtwoord"), ("link", 38, "<I", 0xA1FF << 16, "link"), ("pijp", 38, "<I", 0x11FF << 16, "link"), ("apparaat", 38, "<I", 0x21FF << 16, "link"),
        ("lzma", 10, "<H", 14, "niet kent"), ("som", 16, "<I", 12345, "beschadigd"), ("ingepakt-groot", 20, "<I", 0x7FFFFFFF, "beschadigd"), ("ingepakt-nul", 20, "<I", 0, "beschadigd"),
        ("uitgepakt-klein", 24, "<I", 3, "beschadigd"), ("uitgepakt-groot", 24, "<I", 900 << 20, "beschadigd"), ("uitgepakt-zip64", 24, "<I", 0xFFFFFFFF, "MB"), ("plaats", 42, "<I", 9, "beschadigd"),
        ("plaats-ver", 42, "<I", 0x7FFFFFF0, "beschadigd"), ("naam-lang", 28, "<H", 65535, "inhoudsopgave"), ("extra-lang", 30, "<H", 65535, "inhoudsopgave"), ("teken", 0, "<I", 0, "inhoudsopgave"),
    ):
        yield refused("lijst-%s.zip" % name, src, patched(good, dbf_at + at, form, value), words)
    end = len(good) - 22
    for name, at, form, value, words in (
        ("aantal-groot", 10, "<H", 65535, "2000"), ("aantal-meer", 10, "<H", 5, "inhoudsopgave"), ("plaats", 16, "<I", 0xFFFFFFF0, "inhoudsopgave"), ("maat", 12, "<I", 0xFFFFFFF0, "inhoudsopgave"),
        ("commentaar", 20, "<H", 40, "geen zipbestand"), ("aantal-nul", 10, "<H", 0, ".shp"),
    ):
        yield refused("slot-%s.zip" % name, src, patched(good, end + at, form, value), words)
    yield refused("andere-naam.zip", src, good.replace(b"kaart/buurten.dbf", b"kaart/buurten.dbx", 1), "iets anders")
    yield refused("dubbel.zip", src, packed(parts + [("KAART/BUURTEN.DBF", b"x")]), "twee keer")
    yield refused("veel.zip", src, packed(parts + [("f%d" % k, b"") for k in range(2100)]), "2000")
    yield refused("bom.zip", src, bomb(parts), "MB")
    yield refused("bom-liegt.zip", src, liar(parts), "beschadigd")
    yield refused("half.zip", src, good[: len(good) // 2], "afgebroken")
    yield refused("zonder-slot.zip", src, good[:-22], "afgebroken")
    yield refused("staart-af.zip", src, good[:-1], "afgebroken")
    yield refused("leeg.zip", src, packed([]), ".shp")
    yield refused("niets.zip", src, b"", "leeg")
    yield refused("alleen-kop.zip", src, b"PK\3\4", "afgebroken")
    yield refused("tekst.zip", src, csv() * 9, "geen zipbestand")
    yield refused("twee-kaarten.zip", src, packed(parts + shapefile("kaart/wijken")), ".shp-bestanden")
    yield from shape_cases(src, dict(shapefile("x")))


def bomb(parts):
    """A few kB whose table promises 1.2 GB."""
    data = bytearray(packed(parts + [("nul%d.bin" % k, b"\0" * 1000) for k in range(3)]))
    for k in range(3):
        struct.pack_into("<I", data, table_line(bytes(data), b"nul%d.bin" % k) + 24, 400 << 20)
    return bytes(data)


def liar(parts):
    """30 MB packed in 30 kB, of which the table says that it is a hundred bytes."""
    data = packed(parts + [("nul.bin", b"\0" * (30 << 20))])
    return patched(data, table_line(data, b"nul.bin") + 24, "<I", 100)


def shape_cases(src, whole):
    shp, table = whole["x.shp"], whole["x.dbf"]
    yield refused("zonder-dbf.zip", src, zipped(dbf=None), "past niet")
    yield survives("zonder-shx.zip", src, zipped(shx=None))
    yield refused("zonder-shp.zip", src, zipped(shp=None), ".shp")
    yield refused("zonder-prj.zip", src, zipped(prj=None), "coördinatenstelsel")
    for name, part in {
        "aantal-meer": {"dbf": patched(table, 4, "<I", 900)}, "aantal-veel": {"dbf": patched(table, 4, "<I", 0x7FFFFFFF)}, "aantal-nul": {"dbf": patched(table, 4, "<I", 0)},
        "rij-nul": {"dbf": patched(table, 10, "<H", 0)}, "rij-groot": {"dbf": patched(table, 10, "<H", 65535)}, "kop-groot": {"dbf": patched(table, 8, "<H", 65535)}, "kop-klein": {"dbf": patched(table, 8, "<H", 1)},
        "veld-breed": {"dbf": patched(table, 32 + 16, "<B", 255)}, "dbf-half": {"dbf": table[: len(table) // 2]}, "dbf-leeg": {"dbf": b""}, "dbf-kop": {"dbf": table[:32]}, "dbf-tekst": {"dbf": csv()},
        "getal-letters": {"dbf": table.replace(b"883", b"8o3")}, "getal-sterren": {"dbf": table.replace(b"       883", b"**********")}, "rij-gewist": {"dbf": table.replace(b" BU99010102", b"*BU99010102")},
        "shp-half": {"shp": shp[: len(shp) // 2]}, "shp-kop": {"shp": shp[:100]}, "shp-leeg": {"shp": b""}, "shp-soort": {"shp": patched(shp, 32, "<I", 99)}, "shp-teken": {"shp": patched(shp, 0, ">I", 1)},
        "lengte-groot": {"shp": patched(shp, 104, ">I", 0x7FFFFFFF)}, "lengte-nul": {"shp": patched(shp, 104, ">I", 0)}, "punten-veel": {"shp": patched(shp, 108 + 40, "<I", 0x7FFFFFFF)}, "punten-min": {"shp": patched(shp, 108 + 40, "<i", -1)},
        "ringen-veel": {"shp": patched(shp, 108 + 36, "<I", 0x3FFFFFFF)}, "ring-begin": {"shp": patched(shp, 108 + 44, "<I", 0x7FFFFFFF)}, "nan": {"shp": patched(shp, 108 + 48, "<d", float("nan"))}, "oneindig": {"shp": patched(shp, 108 + 48, "<d", float("inf"))},
        "soort-in-rij": {"shp": patched(shp, 108, "<I", 77)}, "shx-ver": {"shx": patched(whole["x.shx"], 100, ">I", 0x7FFFFFFF)}, "shx-kort": {"shx": whole["x.shx"][:104]}, "shx-lang": {"shx": whole["x.shx"] * 400}, "shx-onzin": {"shx": b"\xff" * 400},
        "prj-onzin": {"prj": b"\xff" * 4000}, "prj-diep": {"prj": b"PROJCS[" * 100000}, "prj-leeg": {"prj": b""}, "lege-kaart": {"shp": shp_head(50), "shx": shp_head(50), "dbf": dbf([])},
    }.items():
        yield survives("kaart-%s.zip" % name, src, zipped(**part))
    yield accepted("extra-cpg.zip", src, packed(shapefile() + [("kaart/buurten.cpg", b"UTF-99\xff")]), 3)


# ---- GeoPackage ----

def gpkg_cases():
    src, good = "h-gpkg", gpkg()
    yield accepted("goed.gpkg", src, good, 3)
    yield accepted("gp10.gpkg", src, gpkg("PRAGMA application_id=1196437808"), 3)
    yield accepted("wal.gpkg", src, gpkg("PRAGMA journal_mode=WAL"), 3)
    yield accepted("trigger.gpkg", src, gpkg("CREATE TRIGGER t AFTER UPDATE ON buurten BEGIN SELECT load_extension('x'); END"), 3)
    yield accepted("omhulling-liegt.gpkg", src, gpkg(blobs={1: blob(1, envelope=struct.pack("<4d", 0, 1, 0, 1))}), 3)
    yield accepted("zonder-omhulling.gpkg", src, gpkg(blobs={1: blob(1, flags=1, envelope=b"")}), 3)
    yield accepted("vorm-null.gpkg", src, gpkg("UPDATE buurten SET geom=NULL WHERE fid=2"), 3)
    yield accepted("in-zip.gpkg", src, packed([("kaart/b.gpkg", good)]), 3)
    for name, sql, words in (
        ("nummer", "PRAGMA application_id=7", "application_id 7"), ("nummer-nul", "PRAGMA application_id=0", "application_id 0"), ("zonder-inhoud", "DROP TABLE gpkg_contents", "gpkg_contents"),
        ("zonder-stelsels", "DROP TABLE gpkg_spatial_ref_sys", "gpkg_spatial_ref_sys"), ("zonder-tabel", "DROP TABLE buurten", "de tabel is er niet"),
        ("lege-inhoud", "DELETE FROM gpkg_contents", ""), ("zonder-vormkolommen", "DROP TABLE gpkg_geometry_columns", ""), ("lege-vormkolommen", "DELETE FROM gpkg_geometry_columns", ""),
        ("stelsel-onbekend", "UPDATE gpkg_geometry_columns SET srs_id=4711", "4711"), ("stelsel-weg", "DELETE FROM gpkg_spatial_ref_sys", "28992"), ("vormkolom-weg", "UPDATE gpkg_geometry_columns SET column_name='vorm'", "beschadigd"),
        ("weergave", "ALTER TABLE buurten RENAME TO echt; CREATE VIEW buurten AS SELECT * FROM echt; UPDATE gpkg_contents SET table_name='buurten'; UPDATE gpkg_geometry_columns SET table_name='buurten'", "weergave (view)"),
        ("inhoud-is-weergave", "ALTER TABLE gpkg_contents RENAME TO echt; CREATE VIEW gpkg_contents AS SELECT * FROM echt", "gpkg_contents"),
        ("virtueel", "DROP TABLE buurten; CREATE VIRTUAL TABLE buurten USING rtree(id,a,b,c,d)", "de tabel is er niet"),
        ("vorm-tekst", "UPDATE buurten SET geom='POLYGON EMPTY' WHERE fid=2", "rij 2"), ("vorm-getal", "UPDATE buurten SET geom=5 WHERE fid=3", "rij 3"), ("vorm-leeg", "UPDATE buurten SET geom=x'' WHERE fid=1", "rij 1"),
        ("vorm-nullen", "UPDATE buurten SET geom=zeroblob(500) WHERE fid=2", "rij 2"), ("oneindige-weergave", "DROP TABLE buurten; CREATE VIEW buurten AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c) SELECT x AS code FROM c", "weergave"),
        ("leeg", "DELETE FROM buurten", ""), ("kolom-weg", "ALTER TABLE buurten DROP COLUMN deel", "deel"),
    ):
        yield refused("nee-%s.gpkg" % name, src, gpkg(sql), *([words] if words else []))
    for name, shape in {
        "teken": blob(1, magic=b"XX\0"), "versie": blob(1, magic=b"GP\7"), "soort-omhulling": blob(1, flags=11), "stelsel": blob(1, srs=4326), "te-kort": blob(1)[:30], "omhulling-nan": blob(1, envelope=struct.pack("<4d", float("nan"), 1, 2, 3)),
        "omhulling-om": blob(1, envelope=struct.pack("<4d", 9, 1, 9, 1)), "byteorde": blob(1, flags=2),
    }.items():
        yield refused("kop-%s.gpkg" % name, src, gpkg(blobs={1: shape}), "rij 2")
    for name, shape in {
        "veel-ringen": struct.pack("<BII", 1, 3, 0x7FFFFFFF), "veel-punten": struct.pack("<BIII", 1, 3, 1, 0x7FFFFFFF), "veel-vlakken": struct.pack("<BII", 1, 6, 0x7FFFFFFF), "afgebroken": blob(1)[40:-20], "onbekend": struct.pack("<BI", 1, 9999) + b"\0" * 40,
        "byteorde": b"\7" + b"\0" * 40, "lijn": struct.pack("<BII4d", 1, 2, 2, 1, 2, 3, 4), "nan": struct.pack("<BIII8d", 1, 3, 1, 4, *[float("nan")] * 8), "staart": blob(1)[40:] + b"\0" * 99, "leeg-vlak": struct.pack("<BII", 1, 3, 0),
        "verzameling": struct.pack("<BII", 1, 7, 1) * 200 + struct.pack("<BII", 1, 7, 0),
    }.items():
        yield survives("vorm-%s.gpkg" % name, src, gpkg(blobs={1: blob(1, body=shape)}))
    for name, data in (("half", good[: len(good) // 2]), ("een-bladzij", good[:4096]), ("kop", good[:99]), ("leeg", b""), ("tekst", csv()), ("zip-zonder", zipped()), ("paginamaat", patched(good, 16, ">H", 3)), ("schema-nul", good[:100] + b"\0" * (len(good) - 100)),
                       ("vreemd-formaat", patched(good, 18, ">H", 0x0909)), ("kop-schrijf", patched(good, 44, ">I", 99))):
        yield refused("kapot-%s.gpkg" % name, src, data)
    yield refused("schema-geen-tekst.gpkg", src, good.replace(b"sqlite_autoindex_gpkg_contents_1", b"sqlite_aut\xefindex_gpkg_contents_1"), "beschadigd")
    yield survives("codering.gpkg", src, patched(good, 56, ">I", 9))
    for step in (7, 97, 311, 1009):
        room = bytearray(good)
        for at in range(4096, len(room), step):
            room[at] ^= 0x5A
        yield refused("omgezet-%d.gpkg" % step, src, bytes(room))
    for at in (20, 28, 32, 36, 52, 100, 103, 105, 108):
        yield survives("bytes-%d.gpkg" % at, src, patched(good, at, ">H", 0xFFFF))
    yield survives("schema-lus.gpkg", src, gpkg("PRAGMA writable_schema=ON; UPDATE sqlite_schema SET rootpage=1 WHERE name='buurten'"))
    yield survives("schema-onzin.gpkg", src, gpkg("PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql='CREATE TABLE buurten(((' WHERE name='buurten'"))
    yield survives("kolom-berekend.gpkg", src, gpkg("ALTER TABLE buurten ADD COLUMN rekent TEXT AS (hex(zeroblob(300000000)))"))
    yield survives("index-op-functie.gpkg", src, gpkg("CREATE INDEX i ON buurten(abs(inwoners))"))
    yield survives("veel-lagen.gpkg", src, gpkg(";".join("INSERT INTO gpkg_contents(table_name,data_type) VALUES('t%d','features')" % k for k in range(1200))))


# ---- workbooks and GML ----

def book_cases():
    x, o, g = "h-xlsx", "h-ods", "h-gml"
    lol = '<!DOCTYPE z [<!ENTITY a "%s">%s]>' % ("lol" * 50, "".join('<!ENTITY %s "%s">' % (chr(98 + k), ("&%s;" % chr(97 + k)) * 12) for k in range(9)))
    yield accepted("goed.xlsx", x, xlsx(), 3)
    yield accepted("goed.ods", o, ods(), 3)
    yield accepted("goed.gml", g, gml(), 3)
    rows = [list(FIELDS)] + [list(r) for r in AREAS]
    bad = [list(r) for r in rows]
    bad[2][2] = "8o3"
    yield accepted("letters.xlsx", x, xlsx(sheet(bad)), 2, 1, "inwoners")
    yield accepted("letters.ods", o, ods(bad), 2, 1, "inwoners")
    yield accepted("letters.gml", g, gml([tuple(r) for r in bad[1:]]), 2, 1, "inwoners")
    for name, data in (
        ("leeg", b""), ("half", xlsx()[:900]), ("tekst", csv()), ("zonder-blad", xlsx(**{"xl/worksheets/sheet1.xml": None})), ("zonder-boek", xlsx(**{"xl/workbook.xml": None})), ("leeg-blad", xlsx(sheet([]))),
        ("alleen-kop", xlsx(sheet([FIELDS]))), ("blad-afgebroken", xlsx(sheet(rows)[:300])), ("blad-onzin", xlsx(b"\xff" * 4000)), ("kolom-weg", xlsx(sheet([r[:3] for r in rows]))), ("pad", xlsx(**{"../evil": b"x"})),
        ("nest", xlsx(**{"xl/b.zip": b"x"})), ("bom", xlsx(b" " * (33 << 20))), ("shapefile", zipped()),
    ):
        yield refused("nee-%s.xlsx" % name, x, data)
    for name, data in (
        ("lol", xlsx(("<?xml version='1.0'?>%s<worksheet>&j;</worksheet>" % lol).encode())), ("verre-cel", xlsx(sheet(rows).replace(b'r="C3"', b'r="XFD1048576"'))), ("rij-ver", xlsx(sheet(rows).replace(b'<row r="4">', b'<row r="1048576">'))),
        ("rij-heel-ver", xlsx(sheet(rows).replace(b'<row r="4">', b'<row r="2147483647">'))), ("rij-nul", xlsx(sheet(rows).replace(b'<row r="4">', b'<row r="-4">'))), ("verwijst-ver", xlsx(sheet(rows).replace(b't="inlineStr"><is><t>Raamveld</t></is>', b't="s"><v>999999999</v>'))),
        ("diep", xlsx(b"<worksheet><sheetData>" + b"<a>" * 200000)), ("buiten", xlsx(b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row r="1"><c r="A1" t="str"><v>&e;</v></c></row></sheetData></worksheet>')),
        ("fout-cel", xlsx(sheet(rows).replace(b't="inlineStr"><is><t>Raamveld</t></is>', b't="e"><v>#DIV/0!</v>'))), ("getal-reus", xlsx(sheet(rows).replace(b">883<", b">1e999<"))), ("nan", xlsx(sheet(rows).replace(b">883<", b">NaN<"))),
    ):
        yield survives("blad-%s.xlsx" % name, x, data)
    yield accepted("cel-onzin.xlsx", x, xlsx(sheet(rows).replace(b">883<", b">8o3<")), 2, 1)
    for name, data in (("leeg", b""), ("half", ods()[:300]), ("tekst", csv()), ("zonder-inhoud", packed([("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")])), ("lege-inhoud", ods(content=b"")), ("onzin", ods(content=b"\xff" * 999)),
                       ("kolom-weg", ods([r[:3] for r in rows])), ("lege-tabel", ods([]))):
        yield refused("nee-%s.ods" % name, o, data)
    content = dict(unpacked(ods()))["content.xml"]
    for name, data in (
        ("herhaal-kolom", ods(content=content.replace(b"<table:table-cell ", b'<table:table-cell table:number-columns-repeated="2147483647" ', 1))),
        ("herhaal-rij", ods(content=content.replace(b"<table:table-row>", b'<table:table-row table:number-rows-repeated="2147483647">'))),
        ("lol", ods(content=("<?xml version='1.0'?>%s<a>&j;</a>" % lol).encode())), ("formule", ods(content=content.replace(b"<table:table-cell ", b'<table:table-cell table:formula="of:=' + b"(" * 5000 + b'1" ', 1))),
        ("diep", ods(content=b"<a>" * 200000)),
    ):
        yield survives("blad-%s.ods" % name, o, data)
    for name, data in (("leeg", b""), ("tekst", csv()), ("xml", b'<?xml version="1.0"?><a/>'), ("half", gml()[:700]), ("lol", gml(head=lol).replace(b"Raamveld", b"&j;")), ("fout-van-dienst", b'<?xml version="1.0"?><ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows"><ows:Exception/></ows:ExceptionReport>'),
                       ("kolom-weg", gml().replace(b"w:deel", b"w:part")), ("utf16", gml().decode().encode("utf-16"))):
        yield refused("nee-%s.gml" % name, g, data)
    for name, data in (
        ("buiten", gml(head='<!DOCTYPE z [<!ENTITY e SYSTEM "file:///etc/passwd">]>').replace(b"Raamveld", b"&e;")), ("schema-op-net", gml().replace(b"<w:FeatureCollection", b'<w:FeatureCollection xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
         b'xsi:schemaLocation="http://example.org/w http://127.0.0.1:9/s.xsd"', 1)), ("verwijzing", gml().replace(b"<w:naam>Raamveld", b'<w:naam xlink:href="http://127.0.0.1:9/" xmlns:xlink="http://www.w3.org/1999/xlink">Raamveld')),
        ("punten-letters", gml().replace(b"580000.25", b"abc")), ("punten-weg", gml().replace(b"580000.25", b"")), ("diep", gml(middle="<a>" * 100000)), ("lange-tekst", gml().replace(b"Raamveld", b"R" * (9 << 20))), ("nul", gml().replace(b"Raamveld", b"R\0v")),
        ("stelsel", gml().replace(b"28992", b"99999")),
    ):
        yield survives("vreemd-%s.gml" % name, g, data)


# ---- size, and words on the command line ----

def size_cases():
    yield refused("twee-gb.csv", "h-csv", csv(), "1 MiB", sparse=2 << 30)
    yield refused("driehonderd-mb.json", "h-odata-json", odata("1", end=""), "kolom", sparse=300 << 20)
    yield refused("driehonderd-mb.geojson", "h-geojson", geojson()[:-1], "regel", sparse=300 << 20)
    yield refused("twee-gb.gpkg", "h-gpkg", gpkg(), "1024 MB", sparse=2 << 30)
    yield refused("twee-gb.zip", "h-shapefile", zipped(), "1024 MB", sparse=2 << 30)
    yield refused("negenhonderd-mb.zip", "h-shapefile", zipped(), "afgebroken", sparse=900 << 20)
    yield refused("negenhonderd-mb.gml", "h-gml", gml(), sparse=900 << 20)
    yield refused("bron-bestaat-niet.csv", "h-cvs", csv(), "bestaat niet", "Bedoelt u h-csv")
    yield refused("verkeerde-bron.csv", "leefbaarometer-3", csv(), "past niet")
    yield refused("verkeerde-vorm.csv", "h-geojson", csv(), "regel 1")
    yield refused("verkeerde-vorm.gpkg", "h-shapefile", gpkg(), "geen zipbestand")
    yield refused("bron-met-pad.csv", "../../etc/passwd", csv(), "bestaat niet")
    yield refused("bron-leeg.csv", "", csv(), "bestaat niet")


def cases():
    for group in (csv_cases, json_cases, geo_cases, zip_cases, gpkg_cases, book_cases, size_cases):
        yield from group()


def write(case, folder):
    """The file on disk; `sparse` makes it that long without filling the disk."""
    path = os.path.join(folder, case.file)
    with open(path, "wb") as f:
        f.write(case.data)
        if case.sparse:
            f.truncate(case.sparse)
    return path


if __name__ == "__main__":
    os.makedirs(sys.argv[1], exist_ok=True)
    print(sum(1 for c in cases() if write(c, sys.argv[1])), "files")
