#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Lets the scanner wapiti loose on a served demo: scan.py WIJK. Once as a stranger and once signed in, over every address that openapi.json
knows to read, for a bounded time and on this machine only. Its report is read here: whatever it found fails, but for what is
explained below. That the scan sees anything at all is shown first, on a page that is wrong on purpose. Without wapiti: skipped."""
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import urllib.parse

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "http"))

import people
from browser import COOKIE, GEMEENTE, Server, check, demo, need, sessions, sql

# Not blindsql (it measures time, and a busy machine lies), not those that look for names of other people's software.
MODULES = "backup,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,methods,permanentxss,redirect,shellshock,sql,xss"
EXPLAINED = {"X-XSS-Protection is not set": "a filter that browsers took out again because it made holes; the policy of content does the work"}
ADDRESSES = 60


def scan(folder, name, base, addresses, heads, modules=MODULES, each_s=5):
    """Its report. Nothing leaves this machine: whatever it would fetch elsewhere goes to a proxy that is not there."""
    out = os.path.join(folder, name + ".json")
    command = ["wapiti", "-u", base + "/", "--scope", "domain", "-m", modules, "--max-scan-time", "15", "--max-attack-time", str(each_s), "-d", "3", "-f", "json",
               "-o", out, "--store-session", os.path.join(folder, name + ".s"), "--store-config", os.path.join(folder, "c"), "--no-bugreport", "-t", "10",
               "--flush-session"]
    for a in addresses:
        command += ["-s", base + a]
    for h in heads:
        command += ["-H", h]
    nowhere = "http://127.0.0.1:9"
    env = {"PATH": os.environ.get("PATH", ""), "HOME": folder, "LANG": "C.UTF-8", "http_proxy": nowhere, "https_proxy": nowhere, "no_proxy": "127.0.0.1"}
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=600, check=False)
    need("wapiti makes a report: " + name, os.path.exists(out), done.stdout[-2000:] + done.stderr[-2000:])
    with open(out, encoding="utf-8") as f:
        return json.load(f)


def found(report):
    for part in ("vulnerabilities", "anomalies"):
        for kind, items in report.get(part, {}).items():
            for i in items:
                yield kind, i.get("level", 0), i.get("info", ""), "%s %s %s" % (i.get("method", ""), i.get("path", ""), i.get("parameter") or "")


def judge(name, report):
    wrong = 0
    for kind, level, info, where in found(report):
        why = EXPLAINED.get(info) or ("it waited long, on a machine that others use" if kind == "Resource consumption" else "")
        print("%s  %s: %s, level %s, %s (%s)%s" % ("ok    " if why else "not ok", name, kind, level, info, where, ": " + why if why else ""))
        wrong += not why
    return wrong


class Wrong(http.server.BaseHTTPRequestHandler):
    """Says back what it was asked, as a page."""

    def do_GET(self):
        asked = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
        body = ("<html><body>%s<a href='/?q=a'>a</a></body></html>" % asked.get("q", [""])[0]).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def sees(folder):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Wrong)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        kinds = {f[0] for f in found(scan(folder, "fout", "http://127.0.0.1:%d" % server.server_port, ["/?q=a"], [], "csp,http_headers,xss", 15))}
    finally:
        server.shutdown()
        server.server_close()
    need("what is wrong on purpose is found", any("Scripting" in k for k in kinds) and any("Policy" in k for k in kinds), kinds)


def addresses(spec):
    """Every route that is read, with all the keys it knows."""
    for path, item in spec["paths"].items():
        operation = item.get("get")
        if not operation or path.startswith(("/importen", "/sessie/sso")):
            continue
        base, query = (item.get("servers") or spec["servers"])[0]["url"].rstrip("/"), []
        for p in operation.get("parameters", []):
            value = urllib.parse.quote(str(p.get("example") or "geen"), safe="~.-")
            if p["in"] == "path":
                path = path.replace("{%s}" % p["name"], value)
            elif p["in"] == "query" and p["name"] != "v":
                query.append(p["name"] + "=" + value)
        yield base + path + ("?" + "&".join(query) if query else "")


def main():
    if not shutil.which("wapiti"):
        print("skipped: the scanner wapiti is not here; tools/setup test installs it")
        return 77
    with tempfile.TemporaryDirectory(prefix="wijk-scan-") as folder:
        sees(folder)
        store, wrong = demo(folder), 0
        keys = people.add(store, {"noor": (GEMEENTE, "beheerder", "")})
        for role, partner in (("professional", "linde-wonen"), ("gebiedsregisseur", ""), ("rekenkamer", "")):
            sql(store, "INSERT INTO account_grant SELECT id, ?, ?, ?, 1 FROM account", GEMEENTE, role, partner)
        cookie, _ = sessions(store, ["noor"])["noor"]
        with Server(store) as server:
            base = "http://127.0.0.1:%d" % server.port
            every = list(addresses(server.ask("GET", "/api/v1/openapi.json")[1]))
            need("there is much to ask", len(every) > 50, len(every))
            of_people = [a for a in every if a.startswith("/sessie") or any(w in a for w in ("signalen", "sleutels", "accounts", "logboek", "voorstellen", "partners", "aanbod", "mijn"))]
            signed_in = ["Authorization: Bearer " + keys["noor"], "Cookie: %s=%s" % (COOKIE, cookie)]
            wrong += judge("as a stranger", scan(folder, "vreemde", base, every[:ADDRESSES], []))
            wrong += judge("signed in", scan(folder, "bekende", base, of_people + ["/sessie" + a for a in of_people if a.startswith("/api")], signed_in))
            lines = server.ask("GET", "/metrics")[1].decode().splitlines()
            asked = sum(int(x.split()[-1]) for x in lines if x.startswith("wijk_requests_total{"))
            bad = [x for x in lines if x.startswith("wijk_requests_total{") and 'status="500"' in x]
            need("much was asked, and the server answers still", asked > 1000 and not bad, (asked, bad))
        check(store)
        print("%d addresses as a stranger, %d signed in, %d questions" % (min(len(every), ADDRESSES), 2 * len(of_people), asked))
    need("the scan found nothing that is not explained", not wrong, wrong)
    print("ok")
    return 0


sys.exit(main())
