#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""What a thief, a forger, a guesser and a machine in trouble try at the doors of the real server: test_attacks.py WIJK"""
import concurrent.futures as futures
import itertools
import os
import statistics
import tempfile
import time

import people
from browser import COOKIE, GEMEENTE, PHRASE, SLOW, Browser, Server, check, demo, need, sessions, sql, totp

FIRST = {"naam": "noor", "tonen": "Noor Bakker", "gemeente": GEMEENTE, "wachtwoord": PHRASE}
SECRETS = [PHRASE, "noor", "Noor Bakker"]  # nowhere to be found afterwards


def refused(what, got, *want):
    status, said, _ = got
    need(what, status in want, (status, said))
    return said


# ---- the first beheerder ----

def first_run(store, log):
    with Server(store, "--proxy", log=log) as server:
        refused("no first beheerder behind another server", Browser(server).ask("POST", "/sessie/eerste", FIRST), 403)
        refused("nor with its address told", Browser(server).ask("POST", "/sessie/eerste", FIRST, X_Forwarded_For="127.0.0.1"), 403)
        need("that page is not offered there", "eersteKeer" not in Browser(server).ask("GET", "/sessie")[1])
    with Server(store, log=log) as server:
        own = "127.0.0.1:%d" % server.port
        for host in ("boos.example", "boos.example:%d" % server.port, "127.0.0.1.boos.example", "localhost.boos.example", "10.0.0.7"):
            refused("by another name for this machine: " + host,
                    Browser(server).ask("POST", "/sessie/eerste", FIRST, Host=host, Origin="http://" + host), 403)
            need("nor offered", "eersteKeer" not in Browser(server).ask("GET", "/sessie", Host=host)[1])
        refused("from another site", Browser(server).ask("POST", "/sessie/eerste", FIRST, Origin="https://boos.example"), 403)
        refused("with a word everybody takes", Browser(server).ask("POST", "/sessie/eerste", FIRST | {"wachtwoord": "welkom2026welkom"}), 400)
        refused("with no gemeente", Browser(server).ask("POST", "/sessie/eerste", FIRST | {"gemeente": "BU99010101"}), 400)
        need("nothing was made of that", sql(store, "SELECT count(*) FROM account WHERE state <> 'verwijderd'") == [(0,)])
        need("it is offered here", Browser(server).ask("GET", "/sessie")[1].get("eersteKeer") is True, own)
        both = [Browser(server), Browser(server)]
        with futures.ThreadPoolExecutor(2) as pool:
            got = list(pool.map(lambda b: b[1].ask("POST", "/sessie/eerste", FIRST | {"naam": ("noor", "bart")[b[0]]})[0], enumerate(both)))
        need("of two at once one is first", sorted(got) == [200, 403], got)
        need("one beheerder", sql(store, "SELECT count(*) FROM account_grant WHERE role = 'beheerder'") == [(1,)])
        refused("afterwards nobody", Browser(server).ask("POST", "/sessie/eerste", FIRST | {"naam": "mol"}), 403)
        sql(store, "UPDATE account SET name = 'noor', shown = 'Noor Bakker' WHERE state <> 'verwijderd'")
        return both[got.index(200)].cookie


# ---- the second step ----

def second_step(server, noor):
    refused("a key needs the second step", noor.ask("POST", "/sessie/api/v1/sleutels", {"naam": "x", "doelen": "lezen", "dagen": 1}), 403)
    begun = noor.ask("POST", "/sessie/tweede-stap")[1]
    refused("a wrong code", noor.ask("POST", "/sessie/tweede-stap/code", {"koppeling": begun["koppeling"], "code": "000000"}), 400)
    refused("another's link", noor.ask("POST", "/sessie/tweede-stap/code", {"koppeling": "A" * 43, "code": "000000"}), 404)
    step = int(time.time()) // 30
    code = totp(begun["geheim"], step)
    said = refused("the right code", noor.ask("POST", "/sessie/tweede-stap/code", {"koppeling": begun["koppeling"], "code": code}), 200)
    need("a second step", said["tweedeFactor"], said)
    SECRETS.extend([begun["geheim"], begun["koppeling"]])
    again = Browser(server)
    need("then a code is asked for", again.sign_in("noor")[1].get("vraagtCode") is True)
    refused("a code works once", again.ask("POST", "/sessie/aanmelden", {"naam": "noor", "wachtwoord": PHRASE, "code": code}), 401)
    refused("a wrong word and a right code", again.ask("POST", "/sessie/aanmelden", {
        "naam": "noor", "wachtwoord": PHRASE + "!", "code": totp(begun["geheim"], step + 1)}), 401)
    if int(time.time()) // 30 <= step + 1:
        refused("the next one", again.ask("POST", "/sessie/aanmelden", {
            "naam": "noor", "wachtwoord": PHRASE, "code": totp(begun["geheim"], step + 1)}), 200)
    return again


# ---- cookies ----

def cookies(server, store, signed):
    cookie, guard = signed["gijs"]
    browser = Browser(server, (cookie, guard))
    here = lambda **more: Browser(server, (cookie, guard)).ask("GET", "/sessie", **more)[1]["aangemeld"]
    need("signed in", here())
    need("a cookie twice is nobody's", not here(Cookie="%s=%s; %s=%s" % (COOKIE, cookie, COOKIE, "x" * 43)))
    need("nor by another name", not here(Cookie="wijk=%s; x%s=%s" % (cookie, COOKIE, cookie)))
    for odd in ("", "%00" * 14, "'" * 43, "\xff" * 43, cookie[:-1], cookie + "x", cookie[:-1] + "\t", '"%s"' % cookie, "=" * 43, cookie.upper()):
        need("odd signs are nobody's", not here(Cookie=COOKIE + "=" + odd), odd)
    for giant in ("a=" + "b" * 60000, "; ".join("a%d=b" % k for k in range(9000)), COOKIE + "=" + "b" * 40000):
        try:
            status = browser.ask("GET", "/sessie", Cookie=giant)[0]
        except OSError:
            status = 431
        need("a giant cookie is refused", status in (431, 400), status)
    need("and nothing is lost", here())
    thief = Browser(server, ("f" * 43, None))
    given = thief.sign_in("gijs")[2].get("Set-Cookie")
    need("a value that was planted never becomes a session", given and "f" * 43 not in given, given)
    for part in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
        need("the cookie is " + part, part in given, given)
    need("and not for a domain", "omain" not in given, given)
    need("the planted one is nobody", not Browser(server, ("f" * 43, None)).ask("GET", "/sessie")[1]["aangemeld"])
    old = thief.cookie
    thief.sign_in("gijs")
    need("a new sign-in ends the one before", not Browser(server, (old, None)).ask("GET", "/sessie")[1]["aangemeld"])
    stolen = thief.cookie, thief.guard
    refused("signing out", thief.ask("POST", "/sessie/afmelden"), 200)
    refused("a stolen cookie is worth nothing then", Browser(server, stolen).ask("GET", "/sessie/aanmeldingen"), 401)
    SECRETS.extend([old, *stolen, cookie, guard])


def clocks(server, store, signed):
    """The clock goes on or jumps: the rows are moved the other way."""
    browser = Browser(server, signed["gijs"])
    nr, = sql(store, "SELECT nr FROM session WHERE guard = ?", signed["gijs"][1])[0]
    now = int(time.time())
    for what, column, moment, status in (("idle for two hours", "seen_at", now - 7201, 401), ("just not", "seen_at", now - 7000, 200),
                                         ("at its end", "ends_at", now, 401), ("again", "ends_at", now + 40000, 200),
                                         ("the clock went back a week", "made_at", now + 7 * 86400, 401), ("and returned", "made_at", now, 200),
                                         ("back an hour", "seen_at", now + 3600, 200)):
        sql(store, "UPDATE session SET %s = ? WHERE nr = ?" % column, moment, nr)
        refused(what, browser.ask("GET", "/sessie/aanmeldingen"), status)
    sql(store, "UPDATE session SET seen_at = ? WHERE nr = ?", now, nr)


# ---- requests forged by another site ----

def forgery(server, store, signed):
    browser, other = Browser(server, signed["gijs"]), signed["kees"]
    rows = sql(store, "SELECT count(*) FROM audit")[0][0]
    tries = {"no origin": {"Origin": None, "Sec_Fetch_Site": None}, "another site": {"Origin": "https://boos.example"},
             "null": {"Origin": "null"}, "another port": {"Origin": "http://127.0.0.1:1"}, "said to be cross-site": {"Sec_Fetch_Site": "cross-site"},
             "same-site only": {"Sec_Fetch_Site": "same-site"}, "a name that begins like ours": {"Origin": "http://127.0.0.1:%d.boos.example" % server.port},
             "no word": {"X_Wijk_Guard": None}, "an empty word": {"X_Wijk_Guard": ""}, "a wrong word": {"X_Wijk_Guard": "x" * 43},
             "another's word": {"X_Wijk_Guard": other[1]}, "half the word": {"X_Wijk_Guard": browser.guard[:20]}}
    for what, more in tries.items():
        for method, path, body in (("POST", "/sessie/afmelden", None), ("DELETE", "/sessie/aanmeldingen/1", None),
                                   ("POST", "/sessie/api/v1/sleutels", {"naam": "x", "doelen": "lezen", "dagen": 1})):
            refused("%s: %s" % (path, what), browser.ask(method, path, body, **more), 403)
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonp"):
        refused("a simple form", browser.ask("POST", "/sessie/api/v1/sleutels", b'{"naam":"x","doelen":"lezen","dagen":1}', Content_Type=kind), 415)
        refused("a simple form", browser.ask("POST", "/sessie/aanmelden", b'{"naam":"x","wachtwoord":"y"}', Content_Type=kind), 415)
    for path in ("/sessie/afmelden", "/sessie/aanmelden", "/sessie/eerste", "/sessie/tweede-stap", "/sessie/aanmeldingen/1", "/sessie/api/v1/sleutels/1"):
        refused("reading changes nothing", browser.ask("GET", path), 404, 405)
    for path in ("/sessie", "/sessie/aanmeldingen", "/sessie/api/v1/sleutels", "/sessie/aanmelden"):
        for method in ("OPTIONS", "GET"):
            headers = browser.ask(method, path, Origin="https://boos.example", Access_Control_Request_Method="POST")[2]
            need("other sites are promised nothing", not headers["Access-Control-Allow-Origin"] and not headers["Access-Control-Allow-Credentials"],
                 (method, path))
    answer = browser.ask("GET", "/sessie")
    need("and nothing is kept by others", answer[2]["Cache-Control"] == "no-store", answer[2])
    need("still signed in, and no row was added", answer[1]["aangemeld"] and sql(store, "SELECT count(*) FROM audit")[0][0] == rows)


# ---- changes while signed in ----

def changes(server, store, signed):
    gijs, key = Browser(server, signed["gijs"]), None
    new = {"naam": "script", "doelen": "lezen,schrijven", "dagen": 7}
    made = refused("a key", gijs.ask("POST", "/sessie/api/v1/sleutels", new, Idempotency_Key="sleutel-een"), 201)
    key = {"Authorization": "Bearer " + made["sleutel"]}
    SECRETS.append(made["sleutel"])
    refused("the same again", gijs.ask("POST", "/sessie/api/v1/sleutels", new, Idempotency_Key="sleutel-een"), 409)
    need("is one key", sql(store, "SELECT count(*) FROM token WHERE name = 'script'") == [(1,)])
    need("it is shown once", "sleutel" not in gijs.ask("GET", "/sessie/api/v1/sleutels")[1]["sleutels"][0])
    refused("a key makes no key", server.ask("POST", "/api/v1/sleutels", new, key), 403)
    refused("it reads", server.ask("GET", "/api/v1/sleutels", None, key), 200)
    refused("it is no cookie", Browser(server, (made["sleutel"], None)).ask("GET", "/sessie/aanmeldingen"), 401)
    refused("and a cookie is no key", server.ask("GET", "/api/v1/sleutels", None, {"Authorization": "Bearer " + gijs.cookie}), 401)
    sql(store, "UPDATE account SET state = 'gestopt' WHERE name = 'gijs'")
    refused("stopped: the session", gijs.ask("GET", "/sessie/aanmeldingen"), 401)
    refused("stopped: the key", server.ask("GET", "/api/v1/sleutels", None, key), 401)
    refused("stopped: a new sign-in", Browser(server).sign_in("gijs"), 401)
    sql(store, "UPDATE account SET state = 'actief' WHERE name = 'gijs'")
    refused("and on again", gijs.ask("GET", "/sessie/aanmeldingen"), 200)
    partner = {"naam": "Wijkbakkerij", "soort": "ondernemers", "delen": "partners", "gebieden": ["WK990101"]}
    refused("not his role", gijs.ask("POST", "/sessie/api/v1/partners", partner, Idempotency_Key="partner-0"), 403)
    sql(store, "INSERT INTO account_grant SELECT id, ?, 'beheerder', '', 1 FROM account WHERE name = 'gijs'", GEMEENTE)
    refused("his role from now on", gijs.ask("POST", "/sessie/api/v1/partners", partner, Idempotency_Key="partner-1"), 201)
    sql(store, "DELETE FROM account_grant WHERE role = 'beheerder' AND account = (SELECT id FROM account WHERE name = 'gijs')")
    refused("no longer", gijs.ask("POST", "/sessie/api/v1/partners", partner | {"naam": "Nog een"}, Idempotency_Key="partner-2"), 403)
    refused("withdrawn", gijs.ask("DELETE", "/sessie/api/v1/sleutels/%d" % made["nr"], Idempotency_Key="weg-eenmaal"), 204)
    refused("the same answer", gijs.ask("DELETE", "/sessie/api/v1/sleutels/%d" % made["nr"], Idempotency_Key="weg-eenmaal"), 204)
    refused("it opens nothing any more", server.ask("GET", "/api/v1/sleutels", None, key), 401)


def once(server, store, keys):
    """Twenty at once under one key: one row, one answer."""
    head = {"Authorization": "Bearer " + keys["bas"], "Idempotency-Key": "twintig-maal"}
    new = {"naam": "Fietsenmaker", "soort": "ondernemers", "delen": "partners", "gebieden": ["WK990101"]}
    with futures.ThreadPoolExecutor(20) as pool:
        got = list(pool.map(lambda _: server.ask("POST", "/api/v1/partners", new, head)[:2], range(20)))
    need("one answer", all(g == got[0] for g in got) and got[0][0] == 201, got[:3])
    need("one row", sql(store, "SELECT count(*) FROM partner WHERE name = 'Fietsenmaker' AND edition = 0") == [(1,)])
    refused("the same key for something else", server.ask("POST", "/api/v1/partners", new | {"naam": "Anders"}, head), 409)
    for bad in ("kort", "x" * 201, ""):
        refused("a key that is none", server.ask("POST", "/api/v1/partners", new | {"naam": "Anders"}, head | {"Idempotency-Key": bad}), 400)


def beside(server, store):
    """Another program looks into the store all the while: no row is lost."""
    for k in range(12):
        before = sql(store, "SELECT count(*) FROM audit")[0][0]
        browser = Browser(server)
        refused("signed in", browser.sign_in("maat1"), 200)
        need("the log is still there", os.path.exists(store + "-wal"))
        need("one row more", sql(store, "SELECT count(*) FROM audit")[0][0] == before + 1, k)


def bodies(server):
    ask = lambda body, **more: Browser(server).ask("POST", "/sessie/aanmelden", body, **({"Content_Type": "application/json"} | more))
    refused("too large", ask(b'{"naam":"' + b"x" * 70000 + b'"}'), 413)
    long = b'{"naam":"x","wachtwoord":"' + b"y" * 60000 + b'"}'
    refused("a password of 60 kB", ask(long), 400)
    for bad in (b"", b"[]", b"{", b'"x"', b"null", b"{}{}", b'{"naam":"a","naam":"b","wachtwoord":"c"}', b'{"naam":{"a":1},"wachtwoord":"c"}',
                b'{"naam":"\xff","wachtwoord":"c"}', b"[" * 60000, b"{" + b",".join(b'"k%d":1' % k for k in range(65)) + b"}", b'{"naam":1}'):
        refused("odd content", ask(bad), 400)
    for name in ("n\u043e\u043er", "no\u200bor", "noor\u0000", "\uff4e\uff4f\uff4f\uff52", "no\u0301or", "' OR 1=1 --", "n" * 65, "../noor"):
        said = refused("a name that looks like one: %r" % name, Browser(server).sign_in(name, "vijf paarden eten nooit regen"), 400, 401)
        need("says nothing of it", "noor" not in str(said), said)


# ---- guessing ----

def guessing(server, store):
    wrong = lambda name, n, **more: Browser(server).sign_in(name, "vijf paarden eten nooit regen %d" % n, **more)
    much = 10000 if SLOW == 1 else 1500
    before = sql(store, "SELECT count(*) FROM audit")[0][0]
    others, told, statuses = [], [], {}

    def guess(n):
        many = n % 2  # from one address, and each from one of its own
        status, _, headers = wrong("doel", n, X_Forwarded_For="10.%d.%d.%d" % (n >> 16, n >> 8 & 255, n & 255) if many else "192.0.2.7")
        statuses[status] = statuses.get(status, 0) + 1
        if status == 429:
            told.append(int(headers["Retry-After"]))

    owner = Browser(server)
    refused("the owner signed in before", owner.sign_in("doel", X_Forwarded_For="198.51.100.8"), 200)
    refused("and out", owner.ask("POST", "/sessie/afmelden"), 200)
    at_once, numbers = [], itertools.count()

    def guesser():  # so many, and on until the owner came in five times among them
        for n in numbers:
            if n >= much and (len(at_once) >= 5 or n >= 40 * much):
                return
            guess(n)

    with futures.ThreadPoolExecutor(8) as pool:
        work = [pool.submit(guesser) for _ in range(8)]
        while not all(w.done() for w in work):
            if statuses.get(429, 0) > 20 * (1 + len(at_once)) and len(at_once) < 5:
                since = time.monotonic()
                refused("a stranger waits meanwhile", Browser(server).sign_in("doel", X_Forwarded_For="198.51.100.10"), 429)
                refused("the owner comes in at once, where he did before", owner.sign_in("doel", X_Forwarded_For="192.0.2.7"), 200)
                at_once.append(time.monotonic() - since)
            since = time.monotonic()
            need("others are answered", server.ask("GET", "/api/v1/gebieden/BU99010101")[0] == 200)
            others.append(time.monotonic() - since)
            time.sleep(0.05)
        for w in work:
            w.result()
    end = time.monotonic()
    need("guessers wait", statuses.get(429, 0) > sum(statuses.values()) * 0.9 and set(statuses) <= {401, 429, 503}, statuses)
    need("and are told how long", told and min(told) >= 1 and max(told) <= 900, (len(told), max(told or [0])))
    others.sort()
    while True:
        since = time.monotonic()
        if Browser(server).sign_in("doel", X_Forwarded_For="198.51.100.9")[0] == 200:
            break
        need("who asks after 31 s comes in", since - end < 31)
        time.sleep(1)
    rows = sql(store, "SELECT count(*) FROM audit")[0][0] - before
    need("it is in the log, and does not fill it", 5 <= rows <= 50, rows)
    need("the owner did not wait", len(at_once) == 5, at_once)
    print("guessing: %s; others p99 %.0f ms of %d; owner in within %.0f ms, with a browser that is not known after %.0f s; %d rows" % (
        statuses, others[len(others) * 99 // 100] * 1000, len(others), max(at_once) * 1000, time.monotonic() - end, rows))


def known_browsers(server, store):
    """What the cookie of a known browser is worth, and to whom."""
    bad = "vijf paarden eten nooit regen"
    owner, kinds = Browser(server), "SELECT count(*) FROM ticket WHERE kind = 'bekende-browser' AND account = (SELECT id FROM account WHERE name = 'doel')"
    sql(store, "DELETE FROM ticket WHERE kind = 'bekende-browser'")
    given = owner.sign_in("doel", X_Forwarded_For="198.51.100.20")[2].get_all("Set-Cookie")
    of_browser = [c for c in given if c.startswith(COOKIE + "-bekend=")]
    need("it has a cookie", len(given) == 2 and len(of_browser) == 1, given)
    for part in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=15552000"):
        need("which is " + part, part in of_browser[0], of_browser)
    stolen = owner.known
    SECRETS.append(stolen)
    need("kept as a hash only", sql(store, kinds) == [(1,)] and not sql(store, "SELECT 1 FROM ticket WHERE hex(hash) LIKE ?", stolen.encode().hex() + "%"))
    as_session, as_key = Browser(server, (stolen, owner.guard)), {"Authorization": "Bearer " + stolen}
    need("it is no session", not as_session.ask("GET", "/sessie")[1]["aangemeld"])
    thief = Browser(server)
    thief.known = stolen
    need("nor beside one", not thief.ask("GET", "/sessie")[1]["aangemeld"])
    refused("it opens nothing", thief.ask("GET", "/sessie/aanmeldingen"), 401)
    refused("it is no key", server.ask("GET", "/api/v1/sleutels", None, as_key), 401)
    refused("no invitation", Browser(server).ask("POST", "/sessie/koppeling", {"koppeling": stolen}), 404)
    for k in range(5):
        refused("a thief has tries of his own", thief.sign_in("doel", bad, X_Forwarded_For="203.0.113.77"), 401)
    strange = [thief.sign_in("doel", bad, X_Forwarded_For="203.0.113.%d" % (100 + k))[0] for k in range(30)]
    need("and then is a stranger", strange.count(401) <= 7 and strange[-10:].count(429) >= 8, strange)
    other = Browser(server)
    other.known = stolen
    other_tries = [other.sign_in("kees", bad, X_Forwarded_For="203.0.113.%d" % (140 + k))[0] for k in range(30)]
    need("for another name it is worth nothing", other_tries.count(401) <= 7, other_tries)
    need("a failed try gives no cookie", thief.cookie is None and thief.known == stolen)
    time.sleep(31)
    refused("the owner comes in", owner.sign_in("doel", X_Forwarded_For="198.51.100.20"), 200)
    need("with a new one; the stolen one is gone", owner.known != stolen and sql(store, kinds) == [(1,)])
    away = Browser(server)
    refused("signed in elsewhere too", away.sign_in("doel", X_Forwarded_For="198.51.100.21"), 200)
    need("two browsers", sql(store, kinds) == [(2,)])
    told = owner.ask("GET", "/sessie/api/v1/mijn-gegevens")[1]
    need("which its owner is told of", told["bekendeBrowsers"] == 2, told.get("bekendeBrowsers"))
    nr, = [s["nr"] for s in owner.ask("GET", "/sessie/aanmeldingen")[1]["aanmeldingen"] if not s["deze"]][:1]
    refused("ended from here", owner.ask("DELETE", "/sessie/aanmeldingen/%d" % nr), 204)
    need("and no browser is known any more", sql(store, kinds) == [(0,)])
    refused("the one here stays signed in", owner.ask("GET", "/sessie/aanmeldingen"), 200)
    for k in range(23):
        refused("many browsers", Browser(server).sign_in("doel", X_Forwarded_For="198.51.100.%d" % (30 + k)), 200)
    need("have an end", sql(store, kinds) == [(20,)])


def flood_of_names(server, store):
    """Names nobody has, from addresses of their own: who is somebody comes in, the log and the memory stay small."""
    of = lambda: int([line for line in open("/proc/%d/status" % server.process.pid) if line.startswith("VmRSS")][0].split()[1])
    much = 2000 if SLOW == 1 else 200
    before, rows, statuses = of(), sql(store, "SELECT count(*) FROM audit")[0][0], {}

    def guess(n):
        status = Browser(server).sign_in("niemand%d" % n, "vijf paarden eten nooit regen", X_Forwarded_For="10.9.%d.%d" % (n >> 8, n & 255))[0]
        statuses[status] = statuses.get(status, 0) + 1

    with futures.ThreadPoolExecutor(8) as pool:
        work = [pool.submit(guess, n) for n in range(much)]
        slowest = 0.0
        for k in range(4):
            since = time.monotonic()
            refused("who is somebody comes in", Browser(server).sign_in("maat%d" % k, X_Forwarded_For="198.51.100.%d" % (90 + k)), 200)
            slowest = max(slowest, time.monotonic() - since)
        for w in work:
            w.result()
    need("each is refused", set(statuses) <= {401, 503}, statuses)
    need("the memory stays", of() - before < 400 * 1024, (before, of()))
    need("and the log", sql(store, "SELECT count(*) FROM audit")[0][0] - rows < 30)
    print("names: %s; slowest sign-in of others %.0f ms; %d kB more memory" % (statuses, slowest * 1000, of() - before))


def computed(server):
    """Seconds of computing by the server so far: what a client would see on a machine that does nothing else."""
    with open("/proc/%d/stat" % server.process.pid, encoding="ascii") as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def timing(server, store):
    """A known name takes as long as one that is not there."""
    took = {"known": [], "unknown": []}
    for k in range(9):
        for what in took:
            since = computed(server)
            refused("a wrong one", Browser(server).sign_in(("maat%d" if what == "known" else "niemand%d") % k, "vijf paarden eten nooit regen",
                                                           X_Forwarded_For="203.0.113.%d" % k), 401)
            took[what].append(computed(server) - since)
    known, unknown = (statistics.mean(v) for v in took.values())
    need("which is not to be told by the clock", abs(known - unknown) < 0.4 * max(known, unknown), (known, unknown))
    print("timing: known %.0f ms, unknown %.0f ms" % (known * 1000, unknown * 1000))


def nothing_told(store, log):
    """No secret and no name in the log of the server, the log of deeds or what is kept of answers."""
    text = open(log, encoding="utf-8", errors="replace").read()
    rows = str(sql(store, "SELECT * FROM audit")) + str(sql(store, "SELECT location, body FROM once"))
    for secret in SECRETS:
        need("not in what the server writes", secret not in text, secret)
        need("not in the rows", secret not in rows, secret)
    raw = str(sql(store, "SELECT * FROM session")) + str(sql(store, "SELECT * FROM token")) + str(sql(store, "SELECT password FROM account"))
    need("no secret is kept as it is", not [s for s in SECRETS if len(s) == 43 and "guard" not in s and s in raw and not
                                            sql(store, "SELECT 1 FROM session WHERE guard = ?", s)])


def main():
    with tempfile.TemporaryDirectory(prefix="wijk-attacks-") as folder:
        store, log = demo(folder), os.path.join(folder, "log")
        SECRETS.append(first_run(store, log))
        kept, = sql(store, "SELECT password FROM account WHERE name = 'noor'")[0]
        keys = people.add(store, {"gijs": (GEMEENTE, "gebiedsregisseur", ""), "kees": (GEMEENTE, "raadslid", ""), "bas": (GEMEENTE, "beheerder", ""),
                                  "doel": (GEMEENTE, "raadslid", "")} | {"maat%d" % k: (GEMEENTE, "raadslid", "") for k in range(9)})
        sql(store, "UPDATE account SET password = ?", kept)
        signed = sessions(store, ["gijs", "kees"])
        with Server(store, log=log) as server:
            noor = Browser(server)
            refused("signing in", noor.sign_in("Noor "), 200)
            again = second_step(server, noor)
            SECRETS.extend(s for s in (noor.cookie, again.cookie) if s)
            for step in (cookies, clocks, forgery):
                step(server, store, signed)
                check(store)
            signed = sessions(store, ["gijs"])
            changes(server, store, signed)
            once(server, store, keys)
            bodies(server)
            beside(server, store)
        with Server(store, "--proxy", log=log) as server:
            timing(server, store)
            guessing(server, store)
            known_browsers(server, store)
            flood_of_names(server, store)
        check(store)
        nothing_told(store, log)
    print("ok")


main()
