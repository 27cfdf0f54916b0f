#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""A real provider of OpenID Connect for tests: glewlwyd on a free port of the loopback, with its database in a folder that goes away again.

usage: glewlwyd.py [REDIRECT [AFTER-LOGOUT]]: the addresses its clients may be sent back to.

Prints one line of JSON (issuer, clients with their secrets, users with their passwords), then answers a line of JSON to each line on stdin:
  {"do": "login", "user": U, "url": URL}   what the browser of U does with that address: {"to": the address U is sent back to}
  {"do": "get", "url": URL}                what the provider says to a browser that nobody is signed in at: {"status": S, "to": URL}
  {"do": "rotate"}                         another signing key, by the API for administrators: {"kid": K}
  {"do": "stop"} {"do": "start"}           the server away, and back at the same port
Ends, and the server with it, when stdin ends: so with its parent, however that ends."""
import contextlib
import gzip
import http.client
import http.cookies
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse

SCHEMA = ("/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3", "/usr/share/doc/glewlwyd/database/init.sqlite3.sql.gz")
# Nobody is there: a test reads the address and does not follow it.
REDIRECT, BYE = (sys.argv[1:] + ["http://localhost:9/sessie/sso/terug", "http://localhost:9/tot-ziens"][len(sys.argv) - 1:])[:2]
CLIENTS = {"wijkregie": "geheim+van/wijkregie=7", "een-ander": "geheim van een ander"}
USERS = {
    "anna": ("Anna de Vries-Őry", "wachtwoord-anna-7", ["WR-regie", "WR-zorg", "WR-onbekend"]),
    "bas": ("Bas", "wachtwoord-bas-11", ["Iets-heel-anders"]),
    "cees": ("Cees", "wachtwoord-cees-13", []),
}
CONFIG = """port={port}
bind_address="127.0.0.1"
external_url="http://127.0.0.1:{port}"
login_url="login.html"
api_prefix="api"
log_mode="file"
log_level="WARNING"
log_file="{dir}/log"
cookie_domain="127.0.0.1"
cookie_secure=0
session_key="GLEWLWYD2_SESSION_ID"
admin_scope="g_admin"
profile_scope="g_profile"
user_module_path="/usr/lib/glewlwyd/user"
user_middleware_module_path="{dir}"
client_module_path="/usr/lib/glewlwyd/client"
user_auth_scheme_module_path="/usr/lib/glewlwyd/scheme"
plugin_module_path="/usr/lib/glewlwyd/plugin"
use_secure_connection=false
secure_connection_key_file="{dir}/none"
secure_connection_pem_file="{dir}/none"
secure_connection_ca_file="{dir}/none"
hash_algorithm="SHA512"
database = {{ type = "sqlite3"; path = "{dir}/db"; }};
"""


class Browser:
    """Keeps cookies and follows nothing by itself."""

    def __init__(self, port):
        self.port, self.cookies = port, {}

    def ask(self, method, path, body=None):
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())} if self.cookies else {}
        if body is not None:
            headers["Content-Type"] = "application/json"
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        with contextlib.closing(c):
            c.request(method, path, None if body is None else json.dumps(body), headers)
            r = c.getresponse()
            data = r.read()
            for name, value in r.getheaders():
                if name.lower() == "set-cookie":
                    for key, morsel in http.cookies.SimpleCookie(value).items():
                        self.cookies[key] = morsel.value
            return r.status, r.getheader("Location"), data

    def must(self, method, path, body=None):
        status, to, data = self.ask(method, path, body)
        if not 200 <= status < 400:
            raise RuntimeError(f"glewlwyd: {method} {path} gives {status}: {data[:400]!r}")
        return to, data


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def new_key(folder):
    key = subprocess.run(["openssl", "genrsa", "2048"], check=True, capture_output=True, text=True).stdout
    path = os.path.join(folder, "key.pem")
    with open(path, "w", encoding="ascii") as f:
        f.write(key)
    public = subprocess.run(["openssl", "rsa", "-in", path, "-pubout"], check=True, capture_output=True, text=True).stdout
    os.unlink(path)
    return key, public


class Provider:
    def __init__(self):
        self.dir = tempfile.mkdtemp(prefix="wijk-glewlwyd-")
        self.port, self.process = free_port(), None
        self.issuer = f"http://127.0.0.1:{self.port}/api/oidc"
        self.keys = 0
        try:
            self.write()
            self.start()
            self.admin = Browser(self.port)
            self.admin.must("POST", "/api/auth/", {"username": "admin", "password": "password"})
            self.fill()
        except BaseException:
            self.close()
            raise

    def write(self):
        path = next(p for p in SCHEMA if os.path.exists(p))
        with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as f:
            schema = f.read()
        with contextlib.closing(sqlite3.connect(os.path.join(self.dir, "db"))) as db:
            db.executescript("PRAGMA synchronous=OFF; BEGIN;" + schema + "COMMIT;")
        with open(os.path.join(self.dir, "conf"), "w", encoding="ascii") as f:
            f.write(CONFIG.format(port=self.port, dir=self.dir))

    def start(self):
        # Linux ends the child when this process ends, also when that is by a kill.
        libc = __import__("ctypes").CDLL(None)
        self.process = subprocess.Popen(["glewlwyd", "--config-file=" + os.path.join(self.dir, "conf")], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=lambda: libc.prctl(1, signal.SIGTERM))
        end = time.monotonic() + 20
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            with contextlib.suppress(OSError):
                Browser(self.port).must("GET", "/config")
                return
            time.sleep(0.02)
        raise RuntimeError("glewlwyd does not start: " + self.log())

    def log(self):
        with contextlib.suppress(OSError), open(os.path.join(self.dir, "log"), encoding="utf-8") as f:
            return f.read()[-2000:]
        return ""

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def plugin(self):
        self.keys += 1
        key, public = new_key(self.dir)
        return {
            "module": "oidc", "name": "oidc", "display_name": "oidc", "enabled": True,
            "parameters": {
                "iss": self.issuer, "jwt-type": "rsa", "jwt-key-size": "256", "key": key, "cert": public, "default-kid": f"sleutel-{self.keys}",
                "jwks-show": True, "access-token-duration": 3600, "refresh-token-duration": 86400, "code-duration": 600,
                "refresh-token-rolling": False, "allow-non-oidc": False, "auth-type-client-enabled": False, "auth-type-code-enabled": True,
                "auth-type-code-revoke-replayed": True, "auth-type-implicit-enabled": False, "auth-type-none-enabled": False,
                "auth-type-password-enabled": False, "auth-type-refresh-enabled": False, "auth-type-token-enabled": False,
                "pkce-allowed": True, "pkce-required": True, "pkce-method-plain-allowed": False, "oauth-as-iss-id": True,
                "session-management-allowed": True, "session-cookie-name": "GLEWLWYD_OIDC", "session-cookie-expiration": 3600, "subject-type": "public", "allowed-scope": ["openid"],
                "name-claim": "mandatory", "email-claim": "no", "scope-claim": "no",
                "claims": [{"name": "roles", "user-property": "rollen", "type": "string", "mandatory": True, "on-demand": False}],
            },
        }

    def fill(self):
        must = self.admin.must
        module = json.loads(must("GET", "/api/mod/user/database")[1])
        module["parameters"]["data-format"]["rollen"] = {"multiple": True, "read": True, "write": True, "profile-read": True, "profile-write": False}
        must("PUT", "/api/mod/user/database", module)
        must("PUT", "/api/mod/user/database/reset")
        must("POST", "/api/mod/plugin/", self.plugin())
        for client, secret in CLIENTS.items():
            must("POST", "/api/client/", {
                "client_id": client, "name": client, "confidential": True, "client_secret": secret, "enabled": True, "redirect_uri": [REDIRECT],
                "post_logout_redirect_uri": BYE, "authorization_type": ["code"], "scope": [],
                "token_endpoint_auth_method": ["client_secret_basic", "client_secret_post"]})
        for user, (name, password, roles) in USERS.items():
            must("POST", "/api/user/", {"username": user, "name": name, "password": password, "scope": ["openid"], "enabled": True, "rollen": roles})

    def login(self, user, url):
        """Signs in as a person would, agrees that the client may know the name, and goes where the provider sends it."""
        me = Browser(self.port)
        me.must("POST", "/api/auth/", {"username": user, "password": USERS[user][1]})
        parts = urllib.parse.urlsplit(url)
        client = urllib.parse.parse_qs(parts.query)["client_id"][0]
        me.must("PUT", "/api/auth/grant/" + urllib.parse.quote(client, safe=""), {"scope": "openid"})
        path = parts.path + "?" + parts.query
        to, _ = me.must("GET", path + "&g_continue")
        return {"to": to}

    def get(self, url):
        parts = urllib.parse.urlsplit(url)
        status, to, _ = Browser(self.port).ask("GET", parts.path + "?" + parts.query)
        return {"status": status, "to": to}

    def rotate(self):
        """The keys of a plugin are read when it starts; so it is started again."""
        plugin = self.plugin()
        self.admin.must("PUT", "/api/mod/plugin/oidc", plugin)
        self.admin.must("PUT", "/api/mod/plugin/oidc/reset")
        return {"kid": plugin["parameters"]["default-kid"]}

    def close(self):
        self.stop()
        shutil.rmtree(self.dir, ignore_errors=True)


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    provider = Provider()
    try:
        print(json.dumps({"issuer": provider.issuer, "redirect": REDIRECT, "bye": BYE, "clients": CLIENTS,
                          "users": {user: row[1] for user, row in USERS.items()}, "pid": provider.process.pid}), flush=True)
        for line in sys.stdin:
            asked = json.loads(line)
            try:
                what = asked["do"]
                if what == "login":
                    answer = provider.login(asked["user"], asked["url"])
                elif what == "get":
                    answer = provider.get(asked["url"])
                elif what == "rotate":
                    answer = provider.rotate()
                else:
                    {"stop": provider.stop, "start": provider.start}[what]()
                    answer = {}
            except (RuntimeError, KeyError, OSError) as e:
                answer = {"fault": f"{type(e).__name__}: {e}"}
            print(json.dumps(answer), flush=True)
    finally:
        provider.close()


if __name__ == "__main__":
    main()
