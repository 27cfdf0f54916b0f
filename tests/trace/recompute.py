#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Does the sums of a store again, from the raw files and with nothing of ours.

usage: recompute.py URL RAW... [--n 500] [--seed 1] [--areas 40] [--analyses] [--verbose]

URL is a running `wijk serve`, RAW are folders or files that were loaded. Numbers are drawn from what the API shows; each is
traced; the named file is looked for by its SHA-256, opened here, and the field at the row and column is read; computed numbers
are computed again from their inputs by the formula the trace gives. With --analyses they are drawn from the answers about whole
divisions instead (gap, trend, course, clusters ...); then RAW may be left out, and inputs are taken as their traces say. Exit 0 when all agree. Python's own library is all it needs.
"""
import argparse
import collections
import csv
import hashlib
import io
import json
import math
import os
import random
import re
import struct
import sys
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as xml
import zipfile

CLOSE = 1e-9


class Disagrees(Exception):
    """The number cannot be had from the raw file, or comes out otherwise."""


# ---- the API -------------------------------------------------------------------------------------------------------------

class Api:
    def __init__(self, url):
        self.url = url.rstrip("/")

    def get(self, path, **query):
        address = self.url + "/api/v1" + path + ("?" + urllib.parse.urlencode(query) if query else "")
        with urllib.request.urlopen(urllib.request.Request(address, headers={"Accept": "application/json"}), timeout=60) as r:
            return json.load(r)

    def trace(self, spoor):
        return self.get("/herkomst/" + urllib.parse.quote(spoor, safe="~"))


def shown_in(page):
    """Every number of an area's page: (trace id, value)."""
    yield page["inwonersSpoor"], page["inwoners"]
    for indicator in page["waarden"]:
        for one in indicator["reeks"]:
            yield one.get("spoor") or indicator["spoor"].replace("{periode}", one["periode"]), one["waarde"]
    for course in page["scores"]:
        for i, ids in enumerate(course["sporen"]):
            for key in ("totaal", "score", "klasse", "gedekt"):
                yield ids[key], course[key][i]
            for k, dimension in enumerate(course["dimensies"]):
                yield ids["dimensies"][k], dimension["waarden"][i]
        change = course["verandering"]
        if change:
            yield change["spoor"], change["totaal"]
            yield change["restSpoor"], change["rest"]
            for part in change["delen"]:
                yield part["spoor"], part["waarde"]
    for course in (page["gemeente"] or {"scores": []})["scores"]:
        yield from zip(course["sporen"], course["totaal"])


def in_turn(groups, n):
    """One of each group, over and over, until there are n or none is left."""
    drawn = []
    while len(drawn) < n and any(groups):
        for group in groups:
            if group and len(drawn) < n:
                drawn.append(group.pop())
    return drawn


def draw(api, n, rng, areas):
    """n shown numbers, spread over levels, divisions, indicators and kinds of number."""
    pools = collections.defaultdict(dict)
    for division in api.get("")["indelingen"]:
        codes = [a["code"] for a in api.get("/gebieden", niveau=division["niveau"], indelingsjaar=division["indelingsjaar"])["gebieden"]]
        for code in rng.sample(codes, min(areas, len(codes))):
            page = api.get("/gebieden/" + urllib.parse.quote(code), indelingsjaar=division["indelingsjaar"])
            for spoor, value in shown_in(page):
                if spoor and value is not None:
                    name, part = spoor.split("~")[1], spoor.split("~")[5:]
                    pools[(division["niveau"], division["indelingsjaar"], name, *part)][spoor] = value
    groups = [rng.sample(sorted(pool.items()), len(pool)) for _, pool in sorted(pools.items())]
    rng.shuffle(groups)
    return in_turn(groups, n)


def spread(traced, n, rng):
    """n of them, so that no source and no formula is left out."""
    groups = collections.defaultdict(list)
    for one in traced:
        t = one[2]
        groups[(t["formule"]["soort"], *sorted(set(sources_in(t))))].append(one)
    groups = [rng.sample(g, len(g)) for _, g in sorted(groups.items())]
    rng.shuffle(groups)
    return in_turn(groups, n)


# ---- raw files -----------------------------------------------------------------------------------------------------------

def numbers_of(field):
    """What a field may mean, likeliest first. A point and three digits may be a fraction or thousands."""
    if field is None or isinstance(field, bool):
        return []
    if isinstance(field, (int, float)):
        return [float(field)]
    text = str(field).strip().rstrip("%").strip().replace("\u00a0", "").replace(" ", "")
    found = []
    if re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", text):
        found.append(float(text))
    if re.fullmatch(r"[-+]?\d*,\d+", text):
        found.append(float(text.replace(",", ".")))
    if re.fullmatch(r"[-+]?\d{1,3}(\.\d{3})+(,\d+)?", text):
        found.append(float(text.replace(".", "").replace(",", ".")))
    return found


def decode(data):
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def unquoted(line):
    return re.sub(r'"[^"]*"', "", line)


class Csv:
    def __init__(self, data):
        text = decode(data)
        head = [unquoted(line) for line in text.splitlines()[:20]]  # titles may stand above the names
        separator = max(",;\t|", key=lambda sign: max((line.count(sign) for line in head), default=0))
        self.first = {}  # line on which a record starts -> its fields
        reader, start = csv.reader(io.StringIO(text, newline=""), delimiter=separator), 1
        for fields in reader:
            self.first[start] = [f.strip() for f in fields]
            start = reader.line_num + 1

    def field(self, row, column):
        if row not in self.first:
            raise Disagrees(f"no record starts on line {row}")
        return cell(self.first[row], column_at([fields for line, fields in sorted(self.first.items()) if line < row], column))


    def records(self, column):
        """Every record below the row that names that column, by name."""
        names = None
        for _, fields in sorted(self.first.items()):
            if names and len(fields) == len(names):
                yield dict(zip(names, fields))
            elif column in fields:
                names = fields


def column_at(above, column):
    """The place of a column: by the first row above the figures that has its name."""
    if re.fullmatch(r"@\d+", column):
        return int(column[1:]) - 1
    for fields in above:
        if column in fields:
            return fields.index(column)
    raise Disagrees(f"no column {column}")


def cell(fields, at):
    if at >= len(fields):
        raise Disagrees("the row ends before the column")
    return fields[at]


class Objects:
    """A list of records by name."""
    def __init__(self, rows):
        self.rows = rows

    def field(self, row, column):
        if not 1 <= row <= len(self.rows):
            raise Disagrees(f"no object {row}")
        record = self.rows[row - 1]
        if column not in record:
            raise Disagrees(f"object {row} has no {column}")
        return record[column]


class Nested:
    """Objects in lists in objects: those at the given places, numbered in the order in which they close."""
    def __init__(self, document, places):
        self.places = [re.findall(r"[^.\[\]{}]+|\[\]|\{\}", p) for p in places]
        self.rows = []
        self.walk(document, [], None)

    def is_place(self, path):
        return any(len(path) == len(p) and all(w == k or (w == "{}" and k != "[]") for w, k in zip(p, path)) for p in self.places)

    def walk(self, value, path, key):
        if isinstance(value, dict):
            for k, v in value.items():
                self.walk(v, path + [k], k)
            if self.is_place(path):
                self.rows.append((key, value))
        elif isinstance(value, list):
            for v in value:
                self.walk(v, path + ["[]"], key)

    def field(self, row, column):
        if not 1 <= row <= len(self.rows):
            raise Disagrees(f"no object {row}")
        key, value = self.rows[row - 1]
        return key if column == "@key" else self.inside(value, column)

    def inside(self, value, column):
        """A name may hold points itself, so every way to part it is tried."""
        if not isinstance(value, dict):
            raise Disagrees(f"no {column}")
        if column in value:
            return value[column]
        for at, sign in enumerate(column):
            if sign == "." and isinstance(value.get(column[:at]), dict):
                try:
                    return self.inside(value[column[:at]], column[at + 1:])
                except Disagrees:
                    continue
        raise Disagrees(f"no {column}")


def read_json(data, places):
    document = json.loads(decode(data))
    if places:
        return Nested(document, places.split(", "))
    if isinstance(document, list):
        return Objects(document)
    if document.get("type") == "FeatureCollection":
        return Objects([f["properties"] or {} for f in document["features"]])
    if document.get("type") == "Topology":
        (layer,) = document["objects"].values()
        return Objects([g.get("properties") or {} for g in layer["geometries"]])
    if isinstance(document.get("value"), list):
        return Objects(document["value"])
    return Objects([v for v in document.values() if isinstance(v, dict)])


def read_dbf(data):
    """dBASE III: 32 bytes of head, 32 for each field, then records of fixed width with a mark in front."""
    n, head, width = struct.unpack_from("<IHH", data, 4)
    fields, at = [], 32
    while data[at] != 0x0D:
        fields.append((data[at:at + 11].split(b"\0")[0].decode("ascii"), chr(data[at + 11]), data[at + 16]))
        at += 32
    rows = []
    for i in range(n):
        at, record = head + i * width + 1, {}
        for name, kind, size in fields:
            text = data[at:at + size].decode("latin-1").strip(" \0")
            record[name] = (float(text) if text and "*" not in text else None) if kind in "NF" else text
            at += size
        rows.append(record)
    return Objects(rows)


class Sheet:
    """The first sheet of a workbook: rows by the number they have in it."""
    def __init__(self, book):
        space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
        shared = []
        if "xl/sharedStrings.xml" in book.namelist():
            for item in xml.fromstring(book.read("xl/sharedStrings.xml")).iter(space + "si"):
                shared.append("".join(t.text or "" for t in item.iter(space + "t")))
        name = sorted(n for n in book.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", n))[0]
        self.rows = {}
        for number, row in enumerate(xml.fromstring(book.read(name)).iter(space + "row"), 1):
            fields = []
            for c in row.iter(space + "c"):
                at = column_number(c.get("r")) if c.get("r") else len(fields)
                fields += [""] * (at + 1 - len(fields))
                v = c.find(space + "v")
                text = v.text if v is not None else "".join(t.text or "" for t in c.iter(space + "t"))
                fields[at] = shared[int(text)] if c.get("t") == "s" else text
            self.rows[int(row.get("r") or number)] = [f.strip() for f in fields]

    def field(self, row, column):
        if row not in self.rows:
            raise Disagrees(f"no row {row}")
        return cell(self.rows[row], column_at([f for n, f in sorted(self.rows.items()) if n < row], column))


def column_number(reference):
    n = 0
    for letter in re.match(r"[A-Z]+", reference).group():
        n = n * 26 + ord(letter) - 64
    return n - 1


def read_raw(path, places):
    with open(path, "rb") as f:
        data = f.read()
    if zipfile.is_zipfile(io.BytesIO(data)):
        book = zipfile.ZipFile(io.BytesIO(data))
        if "xl/workbook.xml" in book.namelist():
            return Sheet(book)
        (name,) = [n for n in book.namelist() if n.lower().endswith((".dbf", ".csv"))]
        return read_dbf(book.read(name)) if name.lower().endswith(".dbf") else Csv(book.read(name))
    return read_json(data, places) if data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"[") else Csv(data)


class Raw:
    """The raw files, by what is in them."""
    def __init__(self, places):
        self.path, self.read = {}, {}
        for place in places:
            files = [place] if os.path.isfile(place) else [os.path.join(d, f) for d, _, fs in os.walk(place) for f in fs]
            for path in files:
                digest = hashlib.sha256()
                with open(path, "rb") as f:
                    while block := f.read(1 << 20):
                        digest.update(block)
                self.path[digest.hexdigest()] = path

    def open(self, load):
        path = self.path.get(load["sha256"])
        if not path:
            raise Disagrees(f"no raw file has the hash of {load['bestand']}")
        key = load["sha256"], load["rijenIn"]
        if key not in self.read:
            if len(self.read) > 400:
                self.read.clear()
            self.read[key] = read_raw(path, load["rijenIn"])
        return self.read[key]

    def field(self, load):
        if not load["rij"] or not load["kolom"]:
            raise Disagrees(f"{load['bestand']}: the trace names no row and column")
        return self.open(load).field(load["rij"], load["kolom"])


# ---- the sums ------------------------------------------------------------------------------------------------------------

def same(a, b):
    if a is None or b is None:
        return a is b
    return abs(a - b) <= CLOSE * max(1, abs(a), abs(b))


def rounded(v, step):
    """To the nearest multiple, halves away from zero."""
    return math.copysign(math.floor(abs(v) / step + 0.5) * step, v)


def is_so(record, conditions, otherwise):
    """Does a record fit «column = value | beginning…»?"""
    if not conditions:
        return otherwise
    column, values = conditions.split(" = ", 1)
    text = record[column]
    return any(text.startswith(v[:-1]) if v.endswith("…") else text == v for v in values.split(" | "))


# ---- analyses ------------------------------------------------------------------------------------------------------------

class TooMany(Exception):
    """The trace names more inputs than it holds, so that the sum cannot be done from it alone."""


def settings_of(t):
    return {s["naam"]: s["waarde"] for s in t["instellingen"]}


def slope_of(points):
    n, mx, my = len(points), math.fsum(x for x, _ in points) / len(points), math.fsum(y for _, y in points) / len(points)
    return math.fsum((x - mx) * (y - my) for x, y in points) / math.fsum((x - mx) ** 2 for x, _ in points) if n > 1 else None


def bent_slope(points, knee):
    """y = a + b x + c max(0, x - knee) by least squares; b + c. Worked out by the remainder of the second part."""
    bend = [(x, max(0.0, x - knee)) for x, _ in points]
    b, lean = slope_of(points), slope_of(bend)
    mx, mz, my = (math.fsum(v) / len(points) for v in (([x for x, _ in points]), [z for _, z in bend], [y for _, y in points]))
    left = [z - mz - lean * (x - mx) for x, z in bend]
    c = math.fsum(e * (y - my) for e, (_, y) in zip(left, points)) / math.fsum(e * e for e in left)
    return b - c * lean + c


def quantile(pairs, p):
    """The least value at which p of the weight lies at or below it."""
    want, so_far = p * math.fsum(w for _, w in pairs), 0.0
    for value, weight in sorted(pairs):
        so_far += weight
        if so_far >= want * (1 - 1e-12):
            return value
    return None


def gap_of(measure, pairs, t, classes):
    total = math.fsum(w for _, w in pairs)
    if measure == "aandeel":
        return math.fsum(w for v, w in pairs if v <= 3) / total
    if measure in ("p10", "p90"):
        return quantile(pairs, int(measure[1:]) / 100)
    if measure == "verschil":
        return math.fsum(w * u * abs(v - x) for v, w in pairs for x, u in pairs) / total ** 2
    zero = float(re.match(r"s = x \+ (\S+);", t["formule"]["symbolen"])[1]) if measure in ("gini", "theil") else 0
    scores = [(v + zero, w) for v, w in pairs]
    mean = math.fsum(v * w for v, w in scores) / total
    if measure == "gini":
        return math.fsum(w * u * abs(v - x) for v, w in scores for x, u in scores) / (2 * mean * total ** 2)
    if measure == "theil":
        return math.fsum(w * v / mean * math.log(v / mean) for v, w in scores) / total
    wijken = collections.defaultdict(list)
    for (v, w), code in zip(pairs, classes):
        wijken[code].append((v, w))
    middle = math.fsum(v * w for v, w in pairs) / total
    between = math.fsum(math.fsum(w for _, w in g) * (math.fsum(v * w for v, w in g) / math.fsum(w for _, w in g) - middle) ** 2 for g in wijken.values())
    return math.sqrt(between / math.fsum(w * (v - middle) ** 2 for v, w in pairs))


def class_of(limits, value):
    return 1 + sum(limit < value for limit in limits)


def course_of(s, limits, base, recent, now):
    """RIGO's types by the settings: 1 success, 2 steady recovery, 3 relapse, 4 early signal, 5 other."""
    sd = float(s["sd"])
    good, at_base = class_of(limits, now) >= float(s["goedVanaf"]), class_of(limits, base)
    if now - recent <= -float(s["slechter"]) * sd:
        return 3
    if now - base >= float(s["verbeterd"]) * sd and at_base <= float(s["herstelTot"]):
        return 1 if good else 2
    return 4 if good and now < 0 and now - recent <= float(s["gelijk"]) * sd else 5


def spread_of(measure, rows):
    """rows: share (0..1), what it is a share of, share of association homes or None."""
    whole = math.fsum(t for _, t, _ in rows)
    members = math.fsum(p * t for p, t, _ in rows)
    mean = members / whole
    if measure == "ongelijk":
        return math.fsum(t * abs(p - mean) for p, t, _ in rows) / (2 * whole * mean * (1 - mean))
    if measure == "toeval":
        return math.fsum(t * math.sqrt(2 / math.pi) * math.sqrt(mean * (1 - mean) / t * (1 - t / whole)) for _, t, _ in rows) / (2 * whole * mean * (1 - mean))
    if measure == "nabijheid":
        return math.fsum(p * t / members * p for p, t, _ in rows)
    if measure == "aandeel":
        return 100 * mean
    homes = [(p, t, h) for p, t, h in rows if h is not None]
    if measure == "buurten":
        return sum(h > 200 / 3 for _, _, h in homes) if homes else None
    each = (lambda p, t: p * t) if measure == "corporatie" else (lambda p, t: t)
    return 100 * math.fsum(each(p, t) for p, t, h in homes if h > 200 / 3) / math.fsum(each(p, t) for p, t, _ in homes)


def weighing_of(part, settings, inputs):
    """inputs: indicator and value. The parameters of each figure stand in its setting."""
    parts, middle, step = {}, *map(float, re.fullmatch(r"(\S+) \+ (\S+) × S", settings["schaal"]).groups())
    weight = {k.split(" ", 1)[1]: float(v.split(" ", 1)[1]) for k, v in settings.items() if k.startswith("onderdeel ")}
    for name, value in inputs:
        m = re.fullmatch(r"onderdeel (\S+), gewicht (\S+), z = \(x − (\S+)\) × (\S+)", settings[name])
        w, z = float(m[2]), (value - float(m[3])) * float(m[4])
        parts.setdefault(m[1], []).append((w, z))
    mean = {d: math.fsum(w * z for w, z in v) / math.fsum(w for w, _ in v) for d, v in parts.items()}
    if part:  # the weight of all parts is in the settings, and all counted
        return step * weight[part] / math.fsum(weight.values()) * mean[part]
    return middle + step * math.fsum(weight[d] * z for d, z in mean.items()) / math.fsum(weight[d] for d in mean)


class Analyses:
    """The sum of an analysis once more, from what its trace says: one function for each word behind the release."""
    def __init__(self, sums):
        self.sums = sums

    def again(self, t):
        fields = t["spoor"].split("~")
        params = dict(p.split(".", 1) for p in fields[6:])
        known = getattr(self, fields[5], None)
        if not known:
            return NotImplemented
        if t["aantalInvoer"] > len(t["invoer"]):
            raise TooMany(t["spoor"])
        return known(t, params, fields)

    def values(self, t):
        return [(i["spoor"].split("~"), self.sums.again(i)) for i in t["invoer"]]

    def weighed(self, t):
        return [(self.sums.again(i), self.sums.weight(i)) for i in t["invoer"]]

    def points(self, t):
        return [(int(f[2]), v) for f, v in self.values(t)]

    def kloof(self, t, params, fields):
        measure = params.get("maat", "kloof")
        if ".." in fields[2]:
            raise TooMany("a trend is over the areas known in all years, which the yearly figures do not tell")
        if measure == "kloof":
            (_, high), (_, low) = self.values(t)
            return high - low
        return gap_of(measure, self.weighed(t), t, [i["code"][:8].replace("BU", "WK") for i in t["invoer"]])

    def onvoldoende(self, t, params, fields):
        if params.get("maat") == "buurten":
            return NotImplemented
        pairs = self.weighed(t)
        below = math.fsum(w for v, w in pairs if v <= 3)
        return below / math.fsum(w for _, w in pairs) if params.get("maat") == "aandeel" else below

    def helling(self, t, params, fields):
        knee = settings_of(t).get("knik")
        return bent_slope(self.points(t), float(knee)) if knee else slope_of(self.points(t))

    def gladgestreken(self, t, params, fields):
        s = settings_of(t)
        points, own = self.points(t), float(s["eigen aandeel"])
        mine = points[-1][1] if params.get("maat") == "stand" else slope_of(points)
        return own * mine + (1 - own) * float(s["midden van alle gebieden"])

    def verloop(self, t, params, fields):
        at = {year: v for (f, v), year in zip(self.values(t), [i["spoor"].split("~")[2] for i in t["invoer"]]) if not f[1].endswith(".class")}
        base, now = fields[2].split("..")
        since = settings_of(t)["sinds"]
        if base not in at or now not in at or since not in at or not t["formule"]["grenzen"]:
            return NotImplemented
        return course_of(settings_of(t), t["formule"]["grenzen"], at[base], at[since], at[now])

    def overgang(self, t, params, fields):
        if params.get("maat") == "inwoners":
            return math.fsum(self.sums.weight(i) for i in t["invoer"] if i.get("gewicht") is not None)
        return len({i["code"] for i in t["invoer"]})

    def concentratie(self, t, params, fields):
        measure, rows = params.get("maat", "ongelijk"), collections.defaultdict(dict)
        values = self.values(t)
        for f, v in values[1:] if measure == "verhouding" else values:
            name = "share" if f[1] == fields[1] else "homes" if f[1] == "corporation_rent_pct" else "base"
            rows[f[0]][name] = v
        rows = [(r["share"] / 100, r["base"], r.get("homes")) for r in rows.values() if r.get("base")]
        if measure == "verhouding":
            return values[0][1] / spread_of("aandeel", rows)
        return spread_of(measure, rows)

    def cluster(self, t, params, fields):
        measure, s = params.get("maat", "q"), settings_of(t)
        if measure not in ("lokaal", "buren", "aantal", "ster") or "naast" in params:
            return NotImplemented
        (_, own), *near = self.values(t)
        mean, m2, n = float(s["gemiddelde van die gebieden"]), float(s["m₂ van die gebieden"]), int(s["gebieden met een cijfer"])
        lag, k = math.fsum(v for _, v in near) / len(near), len(near)
        if measure == "ster":
            return math.fsum([own - mean, *(v - mean for _, v in near)]) / math.sqrt(m2 * ((k + 1) * n - (k + 1) ** 2) / (n - 1))
        return {"lokaal": (own - mean) * (lag - mean) / m2, "buren": lag, "aantal": k}[measure]

    def weging(self, t, params, fields):
        if params.get("deel") == "klasse":
            limits = re.search(r"g = \((.*)\)", t["formule"]["symbolen"])[1].split("; ")
            return class_of([float(g) for g in limits], self.sums.again(t["invoer"][0]))
        if any(k[0] == "g" and k[1:].isdigit() for k in params):
            return NotImplemented
        return weighing_of(params.get("deel"), settings_of(t), [(i["indicator"], self.sums.again(i)) for i in t["invoer"]])

    def vergelijkbaar(self, t, params, fields):
        return math.fsum(v for _, v in self.values(t)) / len(t["invoer"])


def shown_in_analyses(api, level, year):
    """Every number of the answers about a whole division: (trace id, value). What the store cannot answer is left out."""
    def ask(path, **query):
        try:
            return api.get(path, **query)
        except urllib.error.HTTPError:
            return None

    def each(pattern, codes, values):
        for code, value in zip(codes, values):
            yield pattern.replace("{code}", code), value

    codes = [a["code"] for a in api.get("/gebieden", niveau=level, indelingsjaar=year)["gebieden"]]
    if found := ask("/kloof", niveau=level, indelingsjaar=year):
        for unit in found["gemeenten"]:
            for m in unit["maten"]:
                for period, value in zip(found["perioden"], m["waarden"]):
                    yield m["spoor"].replace("{periode}", period), value
    if found := ask("/onvoldoende", niveau=level, indelingsjaar=year):
        for unit in found["gemeenten"]:
            for key, value in (("spoor", "inwoners"), ("spoorAandeel", "aandeel")):
                for period, v in zip(found["perioden"], unit[value]):
                    yield unit[key].replace("{periode}", period), v
    ids = sorted(i["id"] for i in api.get("/indicatoren")["indicatoren"] if any(w["niveau"] == level for w in i["beschikbaar"]))
    for indicator in ids:
        if (found := ask("/trends", niveau=level, indelingsjaar=year, indicator=indicator)) and found["spoor"]:
            slopes = [after if knee else slope for slope, knee, after in zip(found["perJaar"], found["knik"], found["naKnik"])]
            yield from each(found["spoor"], codes, slopes)
            yield from each(found["spoorGladgestreken"], codes, found["gladgestreken"])
        for period in sorted({p for i in api.get("/indicatoren")["indicatoren"] if i["id"] == indicator for w in i["beschikbaar"] if w["niveau"] == level for p in w["perioden"]})[-1:]:
            if (found := ask("/clusters", niveau=level, indelingsjaar=year, indicator=indicator, periode=period)) and "sporen" in found:
                for key in ("lokaal", "ster", "burenGemiddeld", "aantalBuren"):
                    yield from each(found["sporen"][key], [codes[n] for n in found["nr"]], found[key])
            if found := ask("/concentratie", niveau=level, indelingsjaar=year, groep=indicator, periode=period):
                for g in found["gemeenten"]:
                    for key in ("ongelijk", "toeval", "nabijheid", "aandeel", "inCorporatiebuurt", "allenInCorporatiebuurt", "corporatiebuurten"):
                        yield found["sporen"][key].replace("{code}", g["code"]), g[key]
                yield from each(found["sporen"]["verhouding"], [codes[n] for n in found["nr"]], found["verhouding"])
    if (found := ask("/verlopen", niveau=level, indelingsjaar=year)) and found["spoor"]:
        number = {kind["id"]: k for k, kind in enumerate(found["typen"], 1)}
        yield from each(found["spoor"], codes, [number.get(kind) for kind in found["type"]])
    for what in ("klassen", "typen"):
        if found := ask("/overgangen", niveau=level, indelingsjaar=year, wat=what):
            for o in found["overgangen"]:
                yield o["spoor"], o["gebieden"]
                yield o["spoorInwoners"], o["inwoners"]
    for weighing in (ask("/wegingen") or {"wegingen": []})["wegingen"]:
        if weighing["openbaar"] and weighing["niveau"] == level and (found := ask(f"/wegingen/{weighing['id']}/scores")):
            yield from each(found["spoor"], codes, found["waarden"])
            yield from each(found["spoorKlasse"], codes, found["klasse"])
            for pattern, values in zip(found["sporenOnderdelen"], found["onderdelen"].values()):
                yield from each(pattern, codes, values)
    for code in codes[:3]:
        if (found := ask(f"/gebieden/{code}/vergelijkbaar", indelingsjaar=year)) and found["verloop"]:
            yield from zip(found["verloop"]["sporen"], found["verloop"]["totaal"])


def kind_of(spoor):
    fields = spoor.split("~")
    return fields[5] + "".join(sorted("~" + p for p in fields[6:] if p.split(".")[0] in ("maat", "deel", "soort")))


def draw_analyses(api, n, rng):
    pools = collections.defaultdict(dict)
    for division in api.get("")["indelingen"]:
        if division["niveau"] in ("buurt", "pc4"):
            for spoor, value in shown_in_analyses(api, division["niveau"], division["indelingsjaar"]):
                if spoor and value is not None:
                    pools[kind_of(spoor)][spoor] = value
    groups = [rng.sample(sorted(pool.items()), len(pool)) for _, pool in sorted(pools.items())]
    return in_turn(groups, n)


class Sums:
    def __init__(self, api, raw):
        self.api, self.raw = api, raw
        self.seen = {}

    def again(self, t):
        """The value of a traced number, from the raw files; its trace says the same."""
        if not self.raw.path:  # nothing to look into: what the trace says of its inputs is taken for so
            return t["waarde"]
        if t["spoor"] in self.seen:
            return self.seen[t["spoor"]]
        if "formule" not in t:  # one of many inputs: only what it is
            t = self.api.trace(t["spoor"])
        value = self.compute(t)
        if not same(value, t["waarde"]):
            raise Disagrees(f"{t['spoor']}: the trace says {t['waarde']}, the files say {value}")
        self.seen[t["spoor"]] = value
        return value

    def compute(self, t):
        formula, kind = t["formule"], t["formule"]["soort"]
        if kind == "geen":
            return None
        if kind == "geleverd":
            return self.delivered(t)
        if kind == "geteld":
            return self.counted(t)
        if kind == "analyse":
            value = Analyses(self).again(t)
            if value is NotImplemented:
                raise Disagrees(f"{t['spoor']}: an analysis that is not worked out here")
            return value
        values = [self.again(i) for i in t["invoer"]]
        if not values:
            raise Disagrees(f"{t['spoor']}: {kind} of nothing")
        if kind == "gelijk":
            return values[0]
        if kind == "som":
            return math.fsum(values)
        if kind == "verschil":
            return math.fsum([values[0]] + [-v for v in values[1:]])
        if kind == "klasse":
            return 1 + sum(limit < values[0] for limit in formula["grenzen"])
        weights = [self.weight(i) for i in t["invoer"]]
        if kind == "gemiddelde":
            return math.fsum(w * v for w, v in zip(weights, values)) / math.fsum(weights)
        if kind == "delen":
            return math.fsum(w * v for w, v in zip(weights, values))
        if kind == "aandeel":
            return math.fsum(w for w, v in zip(weights, values) if v is not None) / math.fsum(weights)
        raise Disagrees(f"{t['spoor']}: an unknown formula {kind}")

    def weight(self, i):
        own = i["gewichtInvoer"]
        if own and not same(self.again(own), i["gewicht"]):
            raise Disagrees(f"{i['spoor']}: counts for {i['gewicht']}, but {own['spoor']} says {self.again(own)}")
        return i["gewicht"]

    def counted(self, t):
        load, step = t["lading"], t["formule"]["afronding"]
        first, code = load["gebiedTekens"] or 99, re.sub("^(BU|WK|GM)", "", t["code"])
        n = 0
        for record in self.raw.open(load).records(load["kolom"]):
            area = re.sub("^(BU|WK|GM)", "", record[load["gebiedKolom"]][:first].upper())
            n += area == code and record[load["kolom"]] != "" and is_so(record, load["rijen"], True) and not is_so(record, load["zonder"], False)
        return rounded(n, step) if step else n

    def delivered(self, t):
        field, formula = self.raw.field(t["lading"]), t["formule"]
        step = formula["afronding"]
        found = []
        for number in numbers_of(field):
            value = number * (formula["factor"] or 1)
            found.append(rounded(value, step) if step else value)
            if same(found[-1], t["waarde"]):
                return found[-1]
        raise Disagrees(f"{t['spoor']}: {t['lading']['bestand']} {t['lading']['rijSoort']} {t['lading']['rij']}, {t['lading']['kolom']} "
                        f"holds {field!r}, that is {found}, shown is {t['waarde']}")


def sources_in(t):
    if t.get("lading"):
        yield t["bron"]["id"] if isinstance(t["bron"], dict) else t["bron"]
    for i in t.get("invoer", []):
        yield from sources_in(i)


def analyses(api, sums, args, rng):
    """Figures of analyses, from their traces alone; by kind how many agree, and how many a trace is too short for."""
    agree, too_many, bad = collections.Counter(), collections.Counter(), []
    for spoor, value in draw_analyses(api, args.n, rng):
        kind = kind_of(spoor)
        try:
            t = api.trace(spoor)
            again = Analyses(sums).again(t)
            if again is NotImplemented:
                continue
            if t["spoor"] != spoor or not same(t["waarde"], value):
                raise Disagrees(f"{spoor}: shown is {value}, traced {t['waarde']} as {t['spoor']}")
            if not same(again, value):
                raise Disagrees(f"{spoor}: the trace says {value}, from its inputs it is {again}")
            agree[kind] += 1
        except (TypeError, KeyError, ValueError, ZeroDivisionError) as e:
            bad.append(f"{spoor}: the trace lacks what its sum needs: {e!r}")
        except TooMany:
            too_many[kind] += 1
        except Disagrees as e:
            bad.append(str(e))
        except urllib.error.HTTPError as e:
            bad.append(f"{spoor}: {e.code} {e.read().decode('utf-8')[:200]}")
    for line in bad if args.verbose else bad[:20]:
        print("not ok ", line)
    print(f"{sum(agree.values()) + len(bad)} analyses, {sum(agree.values())} agree;", ", ".join(f"{k} {n}" for k, n in sorted(agree.items())))
    if too_many:
        print("more inputs than a trace holds:", ", ".join(f"{k} {n}" for k, n in sorted(too_many.items())))
    return 1 if bad or not agree else 0


def main():
    args = argparse.ArgumentParser()
    args.add_argument("url")
    args.add_argument("raw", nargs="*")
    args.add_argument("--n", type=int, default=500)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--areas", type=int, default=40)
    args.add_argument("--analyses", action="store_true", help="draw from the answers about whole divisions: gap, trend, course, clusters ...")
    args.add_argument("--verbose", action="store_true")
    args = args.parse_args()
    if not args.raw and not args.analyses:
        raise SystemExit("name the raw files")
    api, bad = Api(args.url), []
    sums = Sums(api, Raw(args.raw))
    rng, kinds, sources, traced = random.Random(args.seed), collections.Counter(), collections.Counter(), []
    if args.analyses:
        return analyses(api, sums, args, rng)
    for spoor, value in draw(api, 6 * args.n, rng, args.areas):
        try:
            traced.append((spoor, value, api.trace(spoor)))
        except urllib.error.HTTPError as e:
            bad.append(f"{spoor}: {e.code} {e.read().decode('utf-8')[:200]}")
    drawn = spread(traced, args.n, rng)
    for spoor, value, t in drawn:
        kinds[t["formule"]["soort"]] += 1
        sources.update(set(sources_in(t)))
        try:
            if t["spoor"] != spoor or not same(t["waarde"], value):
                raise Disagrees(f"{spoor}: shown is {value}, traced {t['waarde']} as {t['spoor']}")
            sums.again(t)
        except Disagrees as e:
            bad.append(f"{spoor}: {e}")
    for line in bad if args.verbose else bad[:20]:
        print("not ok ", line)
    print(f"{len(drawn)} numbers, {len(drawn) - min(len(bad), len(drawn))} agree;", ", ".join(f"{k} {n}" for k, n in sorted(kinds.items())))
    print("sources:", ", ".join(f"{k} {n}" for k, n in sorted(sources.items())))
    return 1 if bad or not drawn else 0


if __name__ == "__main__":
    sys.exit(main())
