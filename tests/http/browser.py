# SPDX-License-Identifier: EUPL-1.2
"""For tests of the doors: the program over a store of its own, and a browser that keeps its cookie."""
import base64
import hashlib
import hmac
import http.client
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time

WIJK = os.path.abspath(sys.argv[1])
ENV = {k: v for k, v in os.environ.items() if not k.startswith("LC_") and k != "WIJK_DEFS"} | {"LANG": "nl_NL.UTF-8"}
SLOW = 4 if os.environ.get("WIJK_TEST_SLOW") else 1
COOKIE = "__Host-wijk"
GEMEENTE = "GM9901"
PHRASE = "vier paarden eten soms regen"


def need(what, good, detail=""):
    if not good:
        raise AssertionError("%s: %s" % (what, detail))


def demo(folder):
    store = os.path.join(folder, "d.gpkg")
    subprocess.run([WIJK, "demo", store], check=True, env=ENV, stderr=subprocess.DEVNULL)
    return store


def check(store):
    """The store and its log are sound."""
    done = subprocess.run([WIJK, "check", store], env=ENV, capture_output=True, text=True, check=False)
    need("wijk check is content", done.returncode == 0, done.stdout + done.stderr)
    return done.stdout


def sql(store, text, *values):
    with sqlite3.connect(store, timeout=30) as db:
        rows = db.execute(text, values).fetchall()
    db.close()
    return rows


def sessions(store, names, second=True):
    """Browsers' cookies for accounts that are there: name -> (cookie, guard)."""
    now, out = int(time.time()), {}
    with sqlite3.connect(store, timeout=30) as db:
        for name in names:
            nr = db.execute("SELECT coalesce(max(nr), 0) + 1 FROM session").fetchone()[0]
            account, = db.execute("SELECT id FROM account WHERE name = ?", (name,)).fetchone()
            cookie, guard = (("%d-%s" % (nr, name) + "c" * 43)[:43], ("%d-%s" % (nr, name) + "g" * 43)[:43])
            db.execute("INSERT INTO session VALUES (?, ?, ?, ?, ?, 'proef', ?, ?, ?)",
                       (hashlib.sha256(cookie.encode()).digest(), nr, account, int(second), guard, now, now, now + 43200))
            out[name] = (cookie, guard)
    db.close()
    return out


def totp(secret, step):
    key = base64.b32decode(secret)
    mac = hmac.new(key, step.to_bytes(8, "big"), "sha1").digest()
    at = mac[-1] & 15
    return "%06d" % ((int.from_bytes(mac[at:at + 4], "big") & 0x7fffffff) % 1000000)


def send(port, method, path, body, head):
    """Exactly these headers. Gives status, JSON or bytes, headers."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        link.request(method, path, body, head)
        answer = link.getresponse()
        text = answer.read()
        value = json.loads(text) if text and "json" in answer.headers.get("Content-Type", "") else text
        return answer.status, value, answer.headers
    finally:
        link.close()


class Server:
    """`with` ends it; what it wrote to stderr is in the file .log."""

    def __init__(self, store, *more, log=None, before=None, port=0):
        self.log = open(log, "ab") if log else subprocess.DEVNULL
        self.process = subprocess.Popen([WIJK, "serve", store, "--listen", "127.0.0.1:%d" % port, *more], text=True, env=ENV,
                                        stdout=subprocess.PIPE, stderr=self.log, preexec_fn=before)
        line = self.process.stdout.readline().strip()
        need("the server starts", line.startswith("http://"), line)
        self.port = int(line.rsplit(":", 1)[1].strip("/"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            need("the server stops when asked", self.process.wait(60) == 0, self.process.returncode)
        self.process.stdout.close()
        if self.log != subprocess.DEVNULL:
            self.log.close()

    def kill(self):
        self.process.kill()
        self.process.wait(60)

    def ask(self, method, path, body=None, head=None):
        """Exactly these headers. Gives status, JSON or bytes, headers."""
        head = dict(head or {})
        if isinstance(body, (dict, list)):
            body = json.dumps(body).encode()
            head.setdefault("Content-Type", "application/json")
        return send(self.port, method, path, body, head)


class Browser:
    """A page of our own site: sends Origin, keeps the cookie, and the word that a change needs."""

    def __init__(self, server, signed=None):
        self.server = server
        self.cookie, self.guard = signed or (None, None)
        self.known = None  # that somebody signed in here before

    def ask(self, method, path, body=None, **more):
        head = {"Sec-Fetch-Site": "same-origin"}
        if method != "GET":
            head["Origin"] = "http://127.0.0.1:%d" % self.server.port
        kept = [(COOKIE, self.cookie), (COOKIE + "-bekend", self.known)]
        if self.cookie or self.known:
            head["Cookie"] = "; ".join("%s=%s" % c for c in kept if c[1])
        if self.guard and method != "GET":
            head["X-Wijk-Guard"] = self.guard
        for name, value in more.items():
            name = name.replace("_", "-")
            head.pop(name, None)
            if value is not None:
                head[name] = value
        status, said, headers = self.server.ask(method, path, body, head)
        for given in headers.get_all("Set-Cookie", []):
            name, value = given.split(";")[0].split("=", 1)
            if name == COOKIE:
                self.cookie = value or None
            elif name == COOKIE + "-bekend":
                self.known = value or None
        if isinstance(said, dict) and said.get("controlewoord"):
            self.guard = said["controlewoord"]
        return status, said, headers

    def sign_in(self, name, password=PHRASE, **more):
        return self.ask("POST", "/sessie/aanmelden", {"naam": name, "wachtwoord": password}, **more)
