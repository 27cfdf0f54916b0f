#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""A loopback server that answers as the services of CBS, PDOK, Leefbaarometer and politie do, from recordings that
follow their documented formats; all figures are invented, of the fictional gemeente Lindewaard. And it misbehaves when told.

start() gives a Server with .origin and .log (a list of requests); stop() ends it. .mode(path part, fault, times) breaks answers."""
import gzip
import hashlib
import json
import re
import socket
import ssl
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = 40
BUURTEN = [f"BU9901{w:02d}{b:02d}" for w in range(1, 4) for b in range(1, 5)]
WIJKEN = [f"WK9901{w:02d}" for w in range(1, 4)]
AREAS = ["GM9901"] + WIJKEN + BUURTEN


def figure(code, what, most):
    """An invented figure, the same each time."""
    return int(hashlib.sha256(f"{code} {what}".encode()).hexdigest(), 16) % most + 3


def padded(code):
    return f"{code:<10}"


# ---- OData v3 ----

PROPERTIES = [
    {"odata.type": "Cbs.OData.GeoDetail", "ID": 0, "Position": 0, "ParentID": None, "Type": "GeoDetail",
     "Key": "WijkenEnBuurten", "Title": "Wijken en buurten", "MapYear": 2024},
    {"odata.type": "Cbs.OData.TopicGroup", "ID": 1, "Position": None, "ParentID": None, "Type": "TopicGroup", "Key": "",
     "Title": "Bevolking"},
    {"odata.type": "Cbs.OData.Topic", "ID": 2, "Position": 1, "ParentID": 1, "Type": "Topic", "Key": "AantalInwoners_5",
     "Title": "Aantal inwoners", "Datatype": "Long", "Unit": "aantal", "Decimals": 0},
    {"odata.type": "Cbs.OData.Topic", "ID": 3, "Position": 2, "ParentID": 1, "Type": "Topic", "Key": "k_0Tot15Jaar_8",
     "Title": "0 tot 15 jaar", "Datatype": "Long", "Unit": "aantal", "Decimals": 0},
    {"odata.type": "Cbs.OData.Topic", "ID": 4, "Position": 3, "ParentID": 1, "Type": "Topic",
     "Key": "GemiddeldeWOZWaardeVanWoningen_39", "Title": "Gemiddelde WOZ-waarde van woningen", "Datatype": "Long",
     "Unit": "x 1 000 euro", "Decimals": 0},
]


def kwb_rows():
    for i, code in enumerate(AREAS):
        yield {"ID": i, "WijkenEnBuurten": padded(code), "Gemeentenaam_1": padded("Lindewaard"),
               "AantalInwoners_5": figure(code, "inwoners", 4000), "k_0Tot15Jaar_8": figure(code, "jong", 300),
               "GemiddeldeWOZWaardeVanWoningen_39": None if i == 5 else figure(code, "woz", 500)}


CRIMES = [("0.0.0 ", "Totaal misdrijven"), ("1.1.1 ", "Diefstal/inbraak woning"), ("1.4.5 ", "Mishandeling")]
NUISANCE = [("OV000 ", "Totaal registraties overlast"), ("OV033 ", "E33 Overlast door verward persoon")]
MONTHS = [f"{y}MM{m:02d}" for y in (2023, 2024, 2025) for m in range(1, 13) if (y, m) <= (2025, 10)]
YEARS = ["2022JJ00", "2023JJ00", "2024JJ00"]


def police_rows(dimension, codes, measure):
    n = 0
    for code in ["NL00"] + AREAS + ["BU99020101"]:
        for kind, _ in codes:
            for period in MONTHS + YEARS:
                n += 1
                value = figure(code, kind + period, 40)
                yield {"ID": n, dimension: kind, "WijkenEnBuurten": padded(code), "Perioden": period,
                       measure: None if value % 11 == 0 else value}


def odata3_filter(rows, text):
    """The little of $filter that is used: substring(..) eq and groups of eq joined by or; a blank counts."""
    region = re.search(r"substring\((\w+),2,4\) eq '(\d{4})'", text)
    groups = [re.findall(r"(\w+) eq '([^']*)'", g) for g in re.findall(r"and \(([^()]*)\)", text)]
    for row in rows:
        if region and row[region.group(1)][2:6] != region.group(2):
            continue
        if all(any(row[k] == v for k, v in g) for g in groups):
            yield row


def odata3(table, entity, query, origin):
    police = {"47018NED": ("SoortMisdrijf", CRIMES, "GeregistreerdeMisdrijven_1"),
              "47022NED": ("SoortMisdrijf", CRIMES, "GeregistreerdeMisdrijven_1"),
              "47024NED": ("Overlast", NUISANCE, "GeregistreerdeOverlast_1")}.get(table)
    if entity == "DataProperties":
        rows = PROPERTIES if not police else []
    elif police and entity == police[0]:
        rows = [{"Key": k, "Title": t, "Description": ""} for k, t in police[1]]
    elif police and entity == "Perioden":
        rows = [{"Key": p, "Title": p[:4]} for p in YEARS + MONTHS]
    elif entity == "TypedDataSet":
        rows = odata3_filter(police_rows(*police) if police else kwb_rows(), query.get("$filter", ""))
    else:
        return None
    rows, skip = list(rows), int(query.get("$skip", 0))
    answer = {"odata.metadata": f"{origin}/ODataFeed/odata/{table}/$metadata#Cbs.OData.WebAPI.{entity}",
              "value": rows[skip:skip + PAGE * 5]}
    if skip + PAGE * 5 < len(rows):
        more = urllib.parse.urlencode({**query, "$skip": skip + PAGE * 5})
        answer["odata.nextLink"] = f"{origin}/ODataFeed/odata/{table}/{entity}?{more}"
    return answer


# ---- OData v4 ----

MEASURES = [("T001036", "Aantal inwoners", "M1"), ("10680", "0 tot 15 jaar", "M1"),
            ("M001642", "Gemiddelde WOZ-waarde van woningen", "M2")]


def observations():
    n = 0
    for i, code in enumerate(AREAS + ["BU99020101"]):
        for k, (measure, _, _) in enumerate(MEASURES):
            what, most = (("inwoners", 4000), ("jong", 300), ("woz", 500))[k]
            hidden = k == 2 and i in (5, 6)
            n += 1
            yield {"Id": n, "Measure": measure, "ValueAttribute": ("Confidential", "Impossible")[i - 5] if hidden else "None",
                   "Value": None if hidden else float(figure(code, what, most)), "StringValue": None,
                   "WijkenEnBuurten": code}


def odata4(table, entity, query, origin):
    if entity == "MeasureGroups":
        rows = [{"Id": "M1", "Index": 1, "Title": "Bevolking", "ParentId": None},
                {"Id": "M2", "Index": 2, "Title": "Wonen", "ParentId": None}]
    elif entity == "MeasureCodes":
        rows = [{"Identifier": m, "Index": k + 1, "Title": t, "Unit": "aantal", "MeasureGroupId": g}
                for k, (m, t, g) in enumerate(MEASURES)]
    else:
        starts = re.findall(r"startswith\(WijkenEnBuurten,'(\w+)'\)", query.get("$filter", ""))
        rows = [r for r in observations() if not starts or any(r["WijkenEnBuurten"].startswith(s) for s in starts)]
    skip = int(query.get("$skip", 0))
    answer = {"@odata.context": f"{origin}/odata/v1/CBS/{table}/$metadata#{entity}", "value": rows[skip:skip + PAGE]}
    if skip + PAGE < len(rows):
        more = urllib.parse.urlencode({**query, "$skip": skip + PAGE})
        answer["@odata.nextLink"] = f"{origin}/odata/v1/CBS/{table}/{entity}?{more}"
    return answer


# ---- features ----

def square(i, rd):
    x, y = 120000 + i % 4 * 500, 480000 + i // 4 * 500
    ring = [[x, y], [x + 500, y], [x + 500, y + 500], [x, y + 500], [x, y]]
    if not rd:  # near enough: degrees around 5 E, 52.3 N
        ring = [[5 + (px - 120000) / 68000, 52.3 + (py - 480000) / 111000] for px, py in ring]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(i, rd):
    code = BUURTEN[i]
    return {"type": "Feature", "id": f"buurten.{i}", "geometry": square(i, rd),
            "properties": {"buurtcode": code, "buurtnaam": f"Buurt {i + 1}", "wijkcode": "WK" + code[2:8], "gemeentecode": "GM9901",
                           "gemeentenaam": "Lindewaard", "water": "NEE", "jaar": 2024,
                           "aantal_inwoners": figure(code, "inwoners", 4000), "mannen": -99997 if i == 2 else 41 + i,
                           "vrouwen": 43 + i}}


def ogcapi(path, query, origin):
    at, limit = int(query.get("offset", 0)), min(int(query.get("limit", 10)), 5)
    good = query.get("gemeentecode") == "GM9901"
    all_ = [feature(i, False) for i in range(len(BUURTEN))] if good else []
    links = [{"rel": "self", "type": "application/geo+json", "href": f"{origin}{path}"}]
    if at + limit < len(all_):
        more = urllib.parse.urlencode({**query, "offset": at + limit})
        links.append({"rel": "next", "type": "application/geo+json", "href": f"{path}?{more}"})
    part = all_[at:at + limit]
    return {"type": "FeatureCollection", "timeStamp": "2026-11-25T06:41:00Z", "links": links, "numberReturned": len(part), "features": part}


def wfs(query):
    at, count = int(query.get("startIndex", 0)), min(int(query.get("count", 10)), 5)
    good = re.search(r"<fes:Filter [^>]*><fes:PropertyIsEqualTo><fes:ValueReference>gemeentecode</fes:ValueReference>"
                     r"<fes:Literal>GM9901</fes:Literal>", query.get("FILTER", ""))
    all_ = [feature(i, True) for i in range(len(BUURTEN))] if good else []
    part = all_[at:at + count]
    return {"type": "FeatureCollection", "name": "buurten", "numberMatched": len(all_), "numberReturned": len(part),
            "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}, "features": part}


def lbm_wfs(query):
    like = re.search(r'PropertyIsLike wildCard="\*" singleChar="#" escapeChar="!"><fes:ValueReference>id</fes:ValueReference>'
                     r"<fes:Literal>(\w+)\*</fes:Literal>", query.get("FILTER", ""))
    codes = {"lbm3:buurtscore24": BUURTEN, "lbm3:wijkscore24": WIJKEN}.get(query.get("typeNames"), [])
    all_ = []
    for i, code in enumerate(codes):
        if like and code.startswith(like.group(1)):
            part = [(figure(code, f"wfs{k}", 40) - 20) / 1000 for k in range(5)]
            all_.append({"type": "Feature", "id": f"x.{i}", "geometry": square(i, True), "properties": dict(
                zip(("fys", "onv", "soc", "vrz", "won"), part), id=code, name=f"Buurt {i}", gemeente="Lindewaard", scale="buurt",
                year="2024", lbm=4.1 + sum(part), afw=sum(part), kscore=5, kafw=5)})
    at, count = int(query.get("startIndex", 0)), int(query.get("count", 10))
    return {"type": "FeatureCollection", "totalFeatures": len(all_), "features": all_[at:at + count]}


EXCEPTION = (b'<?xml version="1.0" encoding="UTF-8"?><ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1" version="2.0.0">'
             b'<ows:Exception exceptionCode="InvalidParameterValue"><ows:ExceptionText>Feature type lbm3:straatscore24 unknown'
             b'</ows:ExceptionText></ows:Exception></ows:ExceptionReport>')


# ---- the server ----

class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        s = self.server.owner
        path, _, raw = self.path.partition("?")
        query = dict(urllib.parse.parse_qsl(raw, keep_blank_values=True))
        with s.lock:
            s.log.append({"path": path, "query": query, "headers": {k.lower(): v for k, v in self.headers.items()}})
            fault = next((m for m in s.modes if m[0] in self.path and m[2] != 0), None)
            if fault:
                fault[2] -= 1
        body, kind = s.answer(path, query)
        if body is None:
            return self.send(404, b'{"odata.error":{"message":{"lang":"nl","value":"Niet gevonden"}}}', "application/json")
        if fault:
            return self.misbehave(fault[1], body, kind)
        return self.good(body, kind)

    def send(self, status, body, kind, **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for k, v in headers.items():
            self.send_header(k.replace("_", "-"), v)
        self.end_headers()
        self.wfile.write(body)

    def good(self, body, kind):
        etag = '"' + hashlib.sha256(body).hexdigest()[:16] + '"'
        if self.headers.get("If-None-Match") == etag:
            self.send_response(304)
            self.send_header("ETag", etag)
            self.end_headers()
            return
        span = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range") or "")
        if span and self.headers.get("If-Range") == etag:
            at = int(span.group(1))
            self.send(206, body[at:], kind, ETag=etag, Content_Range=f"bytes {at}-{len(body) - 1}/{len(body)}")
        elif "gzip" in (self.headers.get("Accept-Encoding") or ""):
            self.send(200, gzip.compress(body, 1), kind, ETag=etag, Content_Encoding="gzip")
        else:
            self.send(200, body, kind, ETag=etag)

    def misbehave(self, fault, body, kind):
        s = self.server.owner
        etag = '"' + hashlib.sha256(body).hexdigest()[:16] + '"'
        self.close_connection = True
        if fault == "500":
            self.send(500, b'{"odata.error":{"code":"","message":{"lang":"nl","value":"Er ging iets mis in de tabel"}}}', "application/json")
        elif fault == "429":
            self.send(429, b"", "text/plain", Retry_After="1")
        elif fault == "400":
            self.send(400, b'{"odata.error":{"code":"","message":{"lang":"nl","value":"Veld bestaat niet"}}}', "application/json")
        elif fault == "cut":
            span = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range") or "")
            at = int(span.group(1)) if span else 0
            self.send_response(206 if span else 200)
            self.send_header("Content-Length", str(len(body) - at))
            self.send_header("ETag", etag)
            if span:
                self.send_header("Content-Range", f"bytes {at}-{len(body) - 1}/{len(body)}")
            self.end_headers()
            self.wfile.write(body[at:at + (len(body) - at) // 2])
        elif fault in ("slow", "hang"):
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("ETag", etag)
            self.end_headers()
            self.wfile.write(body[:len(body) // 2 if fault == "hang" else 1])
            self.wfile.flush()
            for i in range(600):
                time.sleep(0.1)
                if s.closing:
                    return
                if fault == "slow":
                    try:
                        self.wfile.write(body[1 + i:2 + i])
                        self.wfile.flush()
                    except OSError:
                        return
        elif fault.startswith("to "):
            self.send(302, b"", "text/plain", Location=fault[3:])
        elif fault == "loop":
            self.send(302, b"", "text/plain", Location=self.path)
        elif fault == "xml":
            self.send(200, EXCEPTION, "text/xml")
        elif fault == "long":
            self.send_response(200)
            self.send_header("Content-Length", str(len(body) + 1000))
            self.end_headers()
            self.wfile.write(body)
        elif fault == "bomb":
            self.send(200, gzip.compress(b'{"value":[' + b" " * (80 << 20) + b"]}", 9), kind, Content_Encoding="gzip")
        elif fault == "endless":
            n = int(urllib.parse.parse_qs(self.path).get("n", ["0"])[0])
            self.send(200, json.dumps({"value": [], "features": [], "odata.nextLink": f"{s.origin}{self.path.split('&n=')[0]}&n={n + 1}"}).encode(), kind)
        elif fault == "astray":
            self.send(200, b'{"value":[],"odata.nextLink":"https://example.org/ODataFeed/odata/x?y=1"}', kind)
        elif fault == "stray":  # a filter that is passed over in silence
            self.send(200, body.replace(b"BU99010204", b"BU99020204"), kind)
        elif fault == "half json":
            self.send(200, body[:len(body) // 2], kind)
        else:
            raise ValueError(fault)


class Proxy:
    """Passes CONNECT on to one server, whatever name was asked for; or refuses."""

    def __init__(self, port, refuse=False):
        self.asked, self.port, self.refuse = [], port, refuse
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.origin = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        head = b""
        while b"\r\n\r\n" not in head:
            head += client.recv(4096)
        self.asked.append(head.split(b"\r\n")[0].decode())
        if self.refuse:
            client.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
            client.close()
            return
        server = socket.create_connection(("127.0.0.1", self.port))
        client.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
        threading.Thread(target=self.copy, args=(server, client), daemon=True).start()
        self.copy(client, server)

    @staticmethod
    def copy(source, to):
        try:
            while data := source.recv(65536):
                to.sendall(data)
            to.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def stop(self):
        self.listener.close()


class Server:
    def __init__(self, certificate=None):
        self.log, self.modes, self.files, self.lock, self.closing = [], [], {}, threading.Lock(), False
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.http.owner = self
        scheme = "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            self.http.socket = context.wrap_socket(self.http.socket, server_side=True)
            scheme = "https"
        self.origin = f"{scheme}://127.0.0.1:{self.http.server_address[1]}"
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    def answer(self, path, query):
        if path in self.files:
            return self.files[path], "application/octet-stream"
        feed = re.fullmatch(r"/ODataFeed/odata/(\w+)/(\w+)", path)
        v4 = re.fullmatch(r"/odata/v1/CBS/(\w+)/(\w+)", path)
        data = None
        if path == "/lbm3/ows":
            data = lbm_wfs(query)
        elif feed:
            data = odata3(feed.group(1), feed.group(2), query, self.origin)
        elif v4:
            data = odata4(v4.group(1), v4.group(2), query, self.origin)
        elif path.endswith("/collections/buurten/items"):
            data = ogcapi(path, query, self.origin)
        elif path.endswith("/wfs/v1_0"):
            data = wfs(query)
        return (None, "") if data is None else (json.dumps(data).encode(), "application/json")

    def mode(self, part, fault, times=-1):
        with self.lock:
            self.modes.append([part, fault, times])

    def fresh(self):
        with self.lock:
            self.modes.clear()
            self.log.clear()

    def stop(self):
        self.closing = True
        self.http.shutdown()
        self.http.server_close()
