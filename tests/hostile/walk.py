#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Walks openapi.json with bad intentions: walk.py WIJK

Every route is asked as a nobody, with a key of who may all, and from a signed-in page; every parameter and every member of every body is
given a value that broke some server once. Asked of each answer: a status that was meant, the headers every answer must have, nothing
of the machine in its text, nothing of ours read as a page, no header of ours. Afterwards: what a nobody asked changed nothing."""
import hashlib
import http.client
import json
import os
import sys
import tempfile
import time
import urllib.parse

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "http"))

import people
from browser import COOKIE, GEMEENTE, SLOW, Server, check, demo, need, sessions, sql

MARK = "<svg onload=wijk>\"'"
BAD = ["", "-1", "0", "99999999999999999999999", "1e308", "NaN", "null", "../../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e", "/etc/passwd",
       "a\r\nX-Gezet: ja", "%0d%0aX-Gezet:%20ja", "a%00b", "%ff%fe", "' OR '1'='1", "1; DROP TABLE account--", "${7*7}{{7*7}}", "$(id)", "|id", MARK,
       "%s%n%x", "x" * 201, "x" * 4000, "GM9901,GM9901", "\u202e\u0000\ud7ff", "🏚" * 60, "BU99010101~residents~2025~2025~" + "~" * 50, "*", "[]", "{}"]
BODIES = [b"", b"null", b"[]", b"{", b'"x"', b"{}", b'{"a":' * 40 + b"1" + b"}" * 40, b"[" * 5000, b'{"":""}', b'{"__proto__":{"x":1}}', b'{"naam":"\xff"}',
          b'{"a":1,"a":2}', b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><x>&y;</x>", b"a=1&b=2", b"x" * 70000]
TYPES = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/html", "application/json; charset=utf-16", "", "a" * 500]
PART = 5 if SLOW > 1 else 1  # under a sanitizer each route gets a fifth of them, ever another
VALUES = [None, 0, -1, 1e300, True, [], {}, [[]], "", MARK, "x" * 5000, "' OR 1=1 --", "../../x", "\u0000", "a\r\nb", "=1+1", ["x"] * 1100]
HEADS = [{"X-HTTP-Method-Override": "DELETE"}, {"X-Forwarded-For": "127.0.0.1, ::1"}, {"X-Forwarded-Host": "boos.example"}, {"X-Original-URL": "/metrics"},
         {"Accept": MARK}, {"Accept-Language": "x" * 3000}, {"If-None-Match": "\"" * 500}, {"Idempotency-Key": "x" * 4000}, {"Idempotency-Key": MARK},
         {"Authorization": "Basic " + "A" * 2000}, {"Authorization": "Bearer " + "A" * 43}, {"Cookie": COOKIE + "=" + "a" * 43 + "; " + "b=c; " * 300},
         {"Range": "bytes=0-1,2-3,4-5"}, {"Content-Encoding": "gzip"}, {"Origin": "https://boos.example"}, {"Host": "boos.example"}]
NEEDED = {"x-content-type-options": "nosniff", "referrer-policy": "no-referrer"}
INSIDE = ("sqlite", "/tmp/", "/proc/", "/home/", "select ", "insert into", "src/", "root:x:", "traceback", "runtime error", "sanitizer")
TABLES = ("account", "account_grant", "session", "token", "ticket", "proposal", "partner", "partner_contact", "offer", "signal", "signal_reply")


def some(values, turn=[0]):
    for v in values:
        turn[0] += 1
        if turn[0] % PART == 0:
            yield v


class Walk:
    def __init__(self, server, guard, cookie, key):
        self.server, self.asked, self.wrong, self.statuses = server, 0, [], {}
        origin = "http://127.0.0.1:%d" % server.port
        self.as_ = {"nobody": {}, "key": {"Authorization": "Bearer " + key},
                    "page": {"Cookie": COOKIE + "=" + cookie, "X-Wijk-Guard": guard, "Origin": origin, "Sec-Fetch-Site": "same-origin"}}

    def ask(self, method, path, who, body=None, more=None):
        self.asked += 1
        head = {"Idempotency-Key": "loop-%07d" % self.asked} | self.as_[who]
        if body is not None:
            head["Content-Type"] = "application/json"
        if who == "nobody" and path.startswith("/sessie") or path.startswith("/volg/adressen"):
            head |= {"Origin": "http://127.0.0.1:%d" % self.server.port, "Sec-Fetch-Site": "same-origin"}
        head |= more or {}
        if who == "page" and path.startswith("/api/"):
            path = "/sessie" + path
        link = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        try:
            link.putrequest(method, path, skip_host="Host" in head)
            for name, value in head.items():
                link.putheader(name, value)
            if body is not None:
                link.putheader("Content-Length", str(len(body)))
            link.endheaders(body)
            answer = link.getresponse()
            text = answer.read()
        except ConnectionError:  # it may close on what is too large, or no message
            if self.server.process.poll() is not None:
                raise AssertionError("the server is gone after %s %s" % (method, path)) from None
            self.statuses[0] = self.statuses.get(0, 0) + 1
            return 0
        finally:
            link.close()
        self.judge(method, path, who, more, body, answer, text)
        return answer.status

    def judge(self, method, path, who, more, body, answer, text):
        head = {k.lower(): v for k, v in answer.getheaders()}
        kind, low = head.get("content-type", ""), text[:200000].decode("utf-8", "replace").lower()
        ours = kind.startswith(("application/problem+json", "application/json"))
        self.statuses[answer.status] = self.statuses.get(answer.status, 0) + 1
        own_page_of_library = answer.status in (400, 413, 431, 505) and kind.startswith("text/html")
        if kind and not own_page_of_library:
            policy = head.get("content-security-policy", "")
            good = all(head.get(k) == v for k, v in NEEDED.items()) and "strict-transport-security" in head and "frame-ancestors 'none'" in policy
            self.need(good and "unsafe" not in policy, "headers", method, path, who, answer.status, head)
            stays = head.get("cache-control") == "no-store"
            public = who == "nobody" or not path.startswith(("/sessie", "/api/v1/signalen", "/api/v1/accounts", "/api/v1/logboek", "/api/v1/sleutels", "/api/v1/mijn"))
            self.need(stays or (public and answer.status in (200, 304)), "no-store", method, path, who, answer.status, head)
        self.need(answer.status < 500 or (answer.status == 503 and "retry-after" in head), "a server's fault", method, path, who, more, body and body[:300], text[:300])
        self.need("x-gezet" not in head, "a header of ours", method, path, head)
        self.need("access-control-allow-credentials" not in head, "credentials for others", method, path)
        if kind.startswith(("text/html", "image/svg", "text/xml")):
            self.need("onload=wijk" not in low, "read as a page", method, path, text[:300])
        if answer.status >= 400 and ours:
            said = json.loads(text)
            words = " ".join(str(said.get(k, "")) for k in ("title", "detail")).lower()
            self.need(not [w for w in INSIDE if w in words], "something of the machine", method, path, said)
            self.need(said.get("status") == answer.status and said.get("title"), "a problem says what it is", method, path, said)

    def need(self, good, *what):
        if not good:
            self.wrong.append(what)
            print("not ok", *what, flush=True)


def filled(path, operation, at=None, value=None):
    """The address of a route with examples in it; parameter `at` is that value."""
    query = []
    for p in operation.get("parameters", []):
        v = value if p["name"] == at else p.get("example") if p["in"] == "path" or p.get("required") else None
        if p["in"] == "path":
            raw = "geen" if v is None else str(v)
            path = path.replace("{%s}" % p["name"], raw if at == p["name"] and "%" in raw and " " not in raw else urllib.parse.quote(raw, safe="~.-_"))
        elif p["in"] == "query" and v is not None:
            query.append(p["name"] + "=" + (str(v) if at == p["name"] and "%" in str(v) and " " not in str(v) else urllib.parse.quote(str(v).encode("utf-8", "surrogatepass"), safe="")))
    return path + ("?" + "&".join(query) if query else "")


def bodies_of(schema):
    """A good-looking body, and then one member at a time a bad one."""
    members = schema.get("properties", {})
    plain = {k: {"integer": 1, "number": 1, "boolean": False, "array": ["BU99010101"]}.get(v.get("type"), "proef") for k, v in members.items()}
    yield plain
    for k in members:
        for v in VALUES:
            yield plain | {k: v}


def route(walk, spec, method, path, operation, who):
    base = (spec["paths"][path].get("servers") or spec["servers"])[0]["url"].rstrip("/")
    send = lambda where, **more: walk.ask(method, base + where, who, **more)
    content = operation.get("requestBody", {}).get("content", {})
    schema = spec["components"]["schemas"].get(next(iter(content.values()), {}).get("schema", {}).get("$ref", "").split("/")[-1], {})
    empty = b"{}" if content else None
    here = filled(path, operation)
    send(here, body=empty)
    for p in operation.get("parameters", []):
        if p["in"] in ("path", "query"):
            for value in some(BAD):
                send(filled(path, operation, p["name"], value), body=empty)
    send(here + ("&" if "?" in here else "?") + "niemand=1&" + urllib.parse.quote(MARK) + "=2", body=empty)
    for head in some(HEADS):
        send(here, body=empty, more=head)
    for other in ("PUT", "TRACE", "PROPFIND", "X" * 40):
        walk.ask(other, base + here, who)
    if not content:
        send(here, body=b'{"a":1}')
        return
    for body in some(BODIES):
        send(here, body=body)
    for kind in some(TYPES):
        send(here, body=b"{}", more={"Content-Type": kind})
    if who != "nobody" or path.startswith(("/sessie/eerste", "/volg")):
        for body in some(bodies_of(schema)):
            send(here, body=json.dumps(body).encode())


def state(store):
    text = "".join(str(sql(store, "SELECT * FROM %s ORDER BY 1" % t)) for t in TABLES)
    return hashlib.sha256(text.encode()).hexdigest(), sql(store, "SELECT count(*) FROM audit WHERE done <> 'aanmelden-mislukt'")


def main():
    with tempfile.TemporaryDirectory(prefix="wijk-walk-") as folder:
        store, log = demo(folder), os.path.join(folder, "log")
        keys = people.add(store, {"noor": (GEMEENTE, "beheerder", ""), "gijs": (GEMEENTE, "beheerder", ""), "bas": (GEMEENTE, "beheerder", "")})
        for role, partner in (("professional", "linde-wonen"), ("gebiedsregisseur", ""), ("rekenkamer", ""), ("analist", "")):
            sql(store, "INSERT INTO account_grant SELECT id, ?, ?, ?, 1 FROM account WHERE name IN ('noor', 'gijs')", GEMEENTE, role, partner)
        cookie, guard = sessions(store, ["gijs"])["gijs"]
        with Server(store, "--import", log=log) as server:
            walk = Walk(server, guard, cookie, keys["noor"])
            specs = [server.ask("GET", p)[1] for p in ("/api/v1/openapi.json", "/ogc/api")]
            specs[1] = json.loads(specs[1]) if isinstance(specs[1], bytes) else specs[1]
            before = state(store)
            since = time.monotonic()
            for who in ("nobody", "key", "page"):
                for spec in specs:
                    for path, item in spec["paths"].items():
                        for method, operation in item.items():
                            may_skip = who == "page" and (method == "get" and not path.startswith("/sessie") or SLOW > 1 and spec is specs[1])
                            out = path in ("/sessie/afmelden", "/accounts/{account}") or path == "/sessie/aanmeldingen/{nr}"
                            if method in ("get", "post", "put", "patch", "delete") and not may_skip and not (out and who == "page"):
                                route(walk, spec, method.upper(), path, operation, who)
                if who == "nobody":
                    need("what a nobody asked changed nothing", state(store) == before)
            need("the server answers still", server.ask("GET", "/gezond")[0] == 200)
        check(store)
        text = open(log, encoding="utf-8", errors="replace").read()
        need("nothing went wrong inside", not [w for w in ("Sanitizer", "runtime error", "onload=wijk") if w in text], text[-2000:])
        need("no secret in the log", keys["noor"] not in text and cookie not in text and guard not in text)
    print("%d questions in %.0f s: %s" % (walk.asked, time.monotonic() - since, dict(sorted(walk.statuses.items()))))
    need("no answer was wrong", not walk.wrong, len(walk.wrong))
    print("ok")


main()
