#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Signing in at a real provider and coming back: test_sso.py WIJK. The cookie of the way there works once and only in that browser;
roles follow the provider; signing out leads on to it; what is refused there is told in words here."""
import base64
import hmac
import http.client
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse

import people

WIJK = sys.argv[1]
HERE = os.path.dirname(os.path.abspath(__file__))
failed = 0


def need(what, good, told=""):
    global failed
    failed += not good
    print("%s  %s%s" % ("ok    " if good else "not ok", what, "" if good else " (%r)" % (told,)), flush=True)


class Browser:
    """Keeps cookies as they are set; asks as our own page does."""

    def __init__(self, port):
        self.port, self.cookies, self.guard = port, {}, None

    def ask(self, method, path, body=None, own=True):
        headers = {"Host": "localhost:%d" % self.port, "User-Agent": "proef"}
        if self.cookies:
            headers["Cookie"] = "; ".join("%s=%s" % c for c in self.cookies.items())
        if own:
            headers["Origin"] = "http://localhost:%d" % self.port
        if self.guard:
            headers["X-Wijk-Guard"] = self.guard
        if method == "POST":
            headers["Idempotency-Key"] = os.urandom(8).hex()
        if body is not None:
            headers["Content-Type"] = "application/json"
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        c.request(method, path, None if body is None else json.dumps(body), headers)
        r = c.getresponse()
        data, told = r.read(), dict()
        for name, value in r.getheaders():
            told.setdefault(name.lower(), []).append(value)
        for line in told.get("set-cookie", []):
            name, value = line.split(";")[0].split("=", 1)
            self.cookies.pop(name, None)
            if value:
                self.cookies[name] = value
        c.close()
        answer = json.loads(data) if data and "json" in told.get("content-type", [""])[0] else None
        if isinstance(answer, dict) and answer.get("controlewoord"):
            self.guard = answer["controlewoord"]
        return r.status, told, answer


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Provider:
    def __init__(self, redirect, bye):
        self.process = subprocess.Popen([sys.executable, os.path.join(HERE, "../sso/glewlwyd.py"), redirect, bye], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, encoding="utf-8")
        self.info = json.loads(self.process.stdout.readline())

    def do(self, **what):
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def end(self):
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.process.stdout.close()


def settings(folder, info, roles, more=""):
    with open(os.path.join(folder, "geheim"), "w", encoding="utf-8", opener=lambda p, f: os.open(p, f, 0o600)) as f:
        f.write(info["clients"]["wijkregie"])
    path = os.path.join(folder, "sso.yaml")
    with open(path, "w", encoding="utf-8") as f:
        f.write("issuer: %s\nclient_id: wijkregie\nclient_secret_file: geheim\nredirect: %s\nscopes: []\nafter_logout: %s\nlabel: Lindewaard\n%s"
                "roles:\n  claim: roles\n  values:\n" % (info["issuer"], info["redirect"], info["bye"], more))
        for value, role in roles.items():
            f.write("    %s: %s\n" % (value, role))
    return path


def serve(store, port, sso):
    s = subprocess.Popen([WIJK, "serve", store, "--listen", "127.0.0.1:%d" % port, "--sso", sso], stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, encoding="utf-8")
    s.stdout.readline()
    return s


def go_there(browser):
    status, told, answer = browser.ask("POST", "/sessie/sso")
    need("the way to the provider begins", status == 200 and answer["adres"].startswith("http://127.0.0.1:"), (status, answer))
    need("its cookie is Lax, and only for this", any("SameSite=Lax" in c and "__Host-wijk-sso" in c for c in told["set-cookie"]))
    return answer["adres"]


def waiting(store):
    """What was asked for and is open: {role: number}."""
    with sqlite3.connect("file:%s?mode=ro" % store, uri=True) as db:
        return {json.loads(body)["rol"]: nr for nr, body in db.execute("SELECT id, body FROM proposal WHERE verdict = 'open' AND kind = 'rol'")}


def decide(port, keys, nr, verdict):
    c = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    c.request("POST", "/api/v1/voorstellen/%d/besluit" % nr, json.dumps({"besluit": verdict, "waarom": "proef"}),
              {"Authorization": "Bearer " + keys["beheer"], "Content-Type": "application/json", "Idempotency-Key": os.urandom(8).hex()})
    r = c.getresponse()
    told = r.status, r.read()
    c.close()
    need("a beheerder says %s" % verdict, told[0] == 204, told)


def come_back(browser, to):
    """As a browser does that is sent on by another site: by GET, without an origin of ours."""
    at = urllib.parse.urlsplit(to)
    return browser.ask("GET", at.path + "?" + at.query, own=False)


def four_eyes_here(provider, port, store, keys):
    """Roles that came with the sign-in wait for a beheerder; what the provider takes goes at once; a role without rights waits for nobody."""
    anna, where = arrive(provider, port)
    roles = lambda: sorted(r["rol"] for r in anna.ask("GET", "/sessie")[2]["rollen"])
    need("signed in, without the roles that wait", where == "/aanmelden?sso=gelukt" and roles() == [], (where, roles()))
    open_ = waiting(store)
    need("both wait", sorted(open_) == ["gebiedsregisseur", "professional"], open_)
    arrive(provider, port)
    need("signing in again asks nothing twice", waiting(store) == open_, waiting(store))
    decide(port, keys, open_["professional"], "akkoord")
    need("given by another, while she is signed in", roles() == ["professional"], roles())
    decide(port, keys, open_["gebiedsregisseur"], "afgewezen")
    anna, _ = arrive(provider, port)
    need("who said no is not asked again", waiting(store) == {} and roles() == ["professional"], (waiting(store), roles()))


def fewer_roles_here(provider, port, store, keys):
    """The provider gives another role without rights: the one of before is gone at once, and what waited is asked no more."""
    anna, _ = arrive(provider, port)
    me = anna.ask("GET", "/sessie")[2]
    need("what goes, goes at once, and a reader waits for nobody", [r["rol"] for r in me["rollen"]] == ["raadslid"], me)
    with sqlite3.connect("file:%s?mode=ro" % store, uri=True) as db:
        need("it is in the log", db.execute("SELECT count(*) FROM audit WHERE done = 'verwijderd' AND kind = 'rol'").fetchone()[0] == 1)


def asked_and_dropped(provider, port, store, keys):
    """A role that waits and is given no longer: nobody decides on it any more."""
    arrive(provider, port)
    need("a new role waits", sorted(waiting(store)) == ["analist"], waiting(store))


def nothing_left(provider, port, store, keys):
    anna, _ = arrive(provider, port)
    need("what is no longer given is no longer asked", waiting(store) == {} and anna.ask("GET", "/sessie")[2]["rollen"] == [], waiting(store))


def walk(provider, port, store):
    anna = Browser(port)
    need("the page knows what stands on the button", anna.ask("GET", "/sessie")[2].get("sso") == "Lindewaard")
    need("another site cannot begin it", anna.ask("POST", "/sessie/sso", own=False)[0] == 403)
    to = provider.do(do="login", user="anna", url=go_there(anna))["to"]
    thief = Browser(port)
    status, told, _ = come_back(thief, to)
    need("what came back is nothing in another browser", status == 303 and told["location"] == ["/aanmelden?sso=te-oud"] and not thief.cookies, told)
    status, told, _ = come_back(anna, to)
    need("anna comes back and goes on to a page of ours", status == 303 and told["location"] == ["/aanmelden?sso=gelukt"], told)
    need("with a session that is Strict", any("__Host-wijk=" in c and "SameSite=Strict" in c for c in told["set-cookie"]), told)
    need("and nothing left of the way", "__Host-wijk-sso" not in anna.cookies)
    me = anna.ask("GET", "/sessie")[2]
    need("it is anna, with the roles the provider gives", me["naam"].startswith("Anna de Vries") and
         sorted((r["rol"], r["organisatie"]) for r in me["rollen"]) == [("gebiedsregisseur", ""), ("professional", "wijkteam")], me)
    status, told, _ = come_back(anna, to)
    need("the same address works once", told["location"] == ["/aanmelden?sso=te-oud"], told)
    need("and the session stands", anna.ask("GET", "/sessie")[2]["aangemeld"])
    odd = Browser(port)
    go_there(odd)
    status, told, _ = odd.ask("GET", "/sessie/sso/terug?error=access_denied&state=iets", own=False)
    need("a made-up refusal signs nobody in", status == 303 and told["location"][0].startswith("/aanmelden?sso=") and "__Host-wijk" not in odd.cookies, told)
    bas = Browser(port)
    come_back(bas, provider.do(do="login", user="bas", url=go_there(bas))["to"])
    need("who has no known role is signed in without rights", bas.ask("GET", "/sessie")[2]["rollen"] == [])
    status, _, answer = anna.ask("POST", "/sessie/afmelden")
    need("signing out leads on to the provider", status == 200 and answer["verder"].startswith("http://127.0.0.1:"), answer)
    need("and is over here", not anna.ask("GET", "/sessie")[2]["aangemeld"])
    with sqlite3.connect("file:%s?mode=ro" % store, uri=True) as db:
        rows = db.execute("SELECT done, kind, via FROM audit ORDER BY nr").fetchall()
        text = "".join(str(r) for r in db.execute("SELECT * FROM audit"))
    need("the log knows of it", ("aangemeld", "sessie", "sso") in rows and ("toegevoegd", "rol", "sso") in rows, rows)
    need("without names", "Anna" not in text and "Vries" not in text)


def other_roles(provider, port, store):
    """The provider's roles mean something else now: at the next sign-in so do ours."""
    anna = Browser(port)
    come_back(anna, provider.do(do="login", user="anna", url=go_there(anna))["to"])
    me = anna.ask("GET", "/sessie")[2]
    need("what is no longer given is gone", [r["rol"] for r in me["rollen"]] == ["raadslid"], me)
    with sqlite3.connect("file:%s?mode=ro" % store, uri=True) as db:
        need("one account for one person", db.execute("SELECT count(*) FROM account WHERE subject IS NOT NULL").fetchone()[0] == 2)
        need("taken roles are in the log", db.execute("SELECT count(*) FROM audit WHERE done = 'verwijderd' AND kind = 'rol'").fetchone()[0] == 2)
    provider.do(do="stop")
    status, _, answer = Browser(port).ask("POST", "/sessie/sso")
    provider.do(do="start")
    need("a provider that is away is said in a sentence", status in (200, 503) and answer, (status, answer))


def totp(secret, step):
    mac = hmac.new(base64.b32decode(secret), step.to_bytes(8, "big"), "sha1").digest()
    at = mac[-1] & 15
    return "%06d" % ((int.from_bytes(mac[at:at + 4], "big") & 0x7fffffff) % 1000000)


def arrive(provider, port, browser=None):
    browser = browser or Browser(port)
    status, told, _ = come_back(browser, provider.do(do="login", user="anna", url=go_there(browser))["to"])
    need("back from the provider", status == 303, (status, told))
    browser.ask("GET", "/sessie")  # tells the word
    return browser, told["location"][0]


def own_second_step(provider, port, store):
    """An account with a second step of its own here, at a provider that tells of none."""
    anna, _ = arrive(provider, port)
    begun = anna.ask("POST", "/sessie/tweede-stap")[2]
    step = int(time.time()) // 30 - 1
    code = lambda: {"code": totp(begun["geheim"], step)}
    need("anna turns on a second step", anna.ask("POST", "/sessie/tweede-stap/code", {"koppeling": begun["koppeling"]} | code())[0] == 200)
    anna.ask("POST", "/sessie/afmelden")
    anna, where = arrive(provider, port)
    need("then a code is asked for", where == "/aanmelden?sso=code" and "__Host-wijk" not in anna.cookies, (where, anna.cookies))
    need("nobody is signed in yet", not anna.ask("GET", "/sessie")[2]["aangemeld"])
    need("what the browser holds opens nothing", anna.ask("GET", "/sessie/aanmeldingen")[0] == 401)
    need("nor as a session", not (lambda b: b.cookies.update({"__Host-wijk": anna.cookies["__Host-wijk-sso"]}) or b.ask("GET", "/sessie"))(Browser(port))[2]["aangemeld"])
    need("another browser cannot bring it", Browser(port).ask("POST", "/sessie/sso/code", {"code": "123456"})[0] == 404)
    need("another site cannot", anna.ask("POST", "/sessie/sso/code", {"code": "123456"}, own=False)[0] == 403)
    need("the code that was used is used", anna.ask("POST", "/sessie/sso/code", code())[0] == 401)
    need("no code", anna.ask("POST", "/sessie/sso/code", {"code": ""})[0] == 400)
    need("a wrong code", anna.ask("POST", "/sessie/sso/code", {"code": "abc"})[0] == 401)
    step += 1
    status, told, me = anna.ask("POST", "/sessie/sso/code", code())
    need("the right one signs in, with a second step", status == 200 and me["tweedeFactor"] and "__Host-wijk-sso" not in anna.cookies, (status, me))
    need("with the session in its cookie", anna.ask("GET", "/sessie")[2]["naam"].startswith("Anna"))
    need("the key is used", anna.ask("POST", "/sessie/sso/code", code())[0] == 404)
    status, _, answer = anna.ask("POST", "/sessie/afmelden")
    need("signing out leads on to the provider here too", status == 200 and answer["verder"].startswith("http://127.0.0.1:"), answer)
    with sqlite3.connect("file:%s?mode=ro" % store, uri=True) as db:
        rows = db.execute("SELECT done, via FROM audit ORDER BY nr").fetchall()
    need("wrong codes are in the log", ("aanmelden-mislukt", "sso") in rows, sorted(set(rows)))
    nr, = sqlite3.connect("file:%s?mode=ro" % store, uri=True).execute("SELECT id FROM account WHERE totp IS NOT NULL AND subject IS NOT NULL").fetchone()
    guesser, _ = arrive(provider, port)
    got = [guesser.ask("POST", "/sessie/sso/code", {"code": "%06d" % (k + 1)})[0] for k in range(7)]
    need("who guesses codes waits or begins again", got[:5].count(401) >= 3 and set(got) <= {401, 404, 429} and got[-1] != 401, got)
    link = re.search(r"[\w-]{43}", subprocess.run([WIJK, "user", "reset", store, str(nr), "--second-step"], capture_output=True, text=True, check=False).stdout)
    need("a lost phone: a link of an administrator", link is not None)
    need("which takes the second step away", link and Browser(port).ask("POST", "/sessie/wachtwoord", {
        "koppeling": link.group(), "wachtwoord": "vier paarden eten soms regen"})[0] == 200)
    anna, where = arrive(provider, port)
    need("and she comes in by her organisation again", where == "/aanmelden?sso=gelukt" and not anna.ask("GET", "/sessie")[2]["tweedeFactor"], where)
    begun = anna.ask("POST", "/sessie/tweede-stap")[2]
    anna.ask("POST", "/sessie/tweede-stap/code", {"koppeling": begun["koppeling"], "code": totp(begun["geheim"], int(time.time()) // 30)})


def their_second_step(provider, port, store):
    """The file says that the provider's word is enough: no code is asked here."""
    anna, where = arrive(provider, port)
    need("what the provider calls a second step is one", where == "/aanmelden?sso=gelukt" and anna.ask("GET", "/sessie")[2]["tweedeFactor"], where)


def main():
    port = free_port()
    provider = Provider("http://localhost:%d/sessie/sso/terug" % port, "http://localhost:%d/" % port)
    try:
        with tempfile.TemporaryDirectory() as folder:
            store = os.path.join(folder, "demo.gpkg")
            subprocess.run([WIJK, "demo", store], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            regie = {"WR-regie": "{role: gebiedsregisseur, gemeente: GM9901}"}
            zorg = {"WR-zorg": "{role: professional, gemeente: GM9901, partner: wijkteam}"}
            raad = {"WR-regie": "{role: raadslid, gemeente: GM9901}"}
            analist = {"WR-regie": "{role: analist, gemeente: GM9901}"}
            here = os.path.join(folder, "hier.gpkg")
            shutil.copy(store, here)
            keys = people.add(here, {"beheer": ("GM9901", "beheerder", "")})
            for roles, part in ((regie | zorg, four_eyes_here), (raad, fewer_roles_here), (analist, asked_and_dropped), ({"iets": regie["WR-regie"]}, nothing_left)):
                server = serve(here, port, settings(folder, provider.info, roles))
                try:
                    part(provider, port, here, keys)
                finally:
                    server.terminate()
                    told = server.communicate(timeout=60)[1]
                need("nothing is said of four eyes at the provider", "four_eyes" not in told, told)
            there = "four_eyes: provider\n"
            for roles, part, *more in ((regie | zorg, walk), (raad, other_roles), (regie, own_second_step),
                                       (regie, their_second_step, "second_factor: {amr: [session]}\n")):  # so it calls a sign-in that goes on
                server = serve(store, port, settings(folder, provider.info, roles, there + "".join(more)))
                try:
                    part(provider, port, store)
                finally:
                    server.terminate()
                    told = server.communicate(timeout=60)[1]
                need("roles that wait for nobody are told at the start", "four_eyes" in told, told)
                need("nothing secret is logged", "code=" not in told and "Anna" not in told and "ERROR" not in told, told)
    finally:
        provider.end()
    return 1 if failed else 0


sys.exit(main())
