#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Following an area: feeds of the real server, and letters that a real (small) mail server takes: test_follow.py WIJK"""
import email
import email.policy
import http.client
import json
import os
import re
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
import xml.etree.ElementTree as ET

WIJK = os.path.abspath(sys.argv[1])
ENV = {k: v for k, v in os.environ.items() if not k.startswith("LC_") and k != "WIJK_DEFS"} | {"LANG": "nl_NL.UTF-8"}
ATOM = "{http://www.w3.org/2005/Atom}"


def need(what, good, detail=""):
    if not good:
        raise AssertionError("%s: %s" % (what, detail))


class Mail(threading.Thread):
    """SMTP enough for a letter; refuses who is on its list."""

    def __init__(self):
        super().__init__(daemon=True)
        self.line = socket.create_server(("127.0.0.1", 0))
        self.port, self.letters, self.refuse = self.line.getsockname()[1], [], set()

    def run(self):
        while True:
            one, _ = self.line.accept()
            with one, one.makefile("rb") as f:
                say = lambda text: one.sendall(text.encode() + b"\r\n")
                say("220 post.example ESMTP")
                to = None
                for raw in f:
                    word = raw.decode().strip()
                    if word.upper().startswith("RCPT TO:"):
                        to = re.search("<(.*)>", word)[1]
                        say("550 no such box" if to in self.refuse else "250 ok")
                    elif word.upper() == "DATA":
                        say("354 go on")
                        body = b""
                        for part in f:
                            if part == b".\r\n":
                                break
                            body += part
                        self.letters.append((to, email.message_from_bytes(body, policy=email.policy.default)))
                        say("250 taken")
                    elif word.upper() == "QUIT":
                        say("221 bye")
                        break
                    else:
                        say("250 ok")


def ask(base, method, path, body=None, **head):
    host, port = base.removeprefix("http://").split(":")
    line = http.client.HTTPConnection(host, int(port), timeout=60)
    if isinstance(body, dict):
        body, head = json.dumps(body).encode(), head | {"Content-Type": "application/json"}
    if method == "POST" and "Origin" not in head:
        head["Origin"] = base
    line.request(method, path, body, {k.replace("_", "-"): v for k, v in head.items() if v})
    answer = line.getresponse()
    text = answer.read()
    line.close()
    return answer.status, text, answer


def feeds(base):
    status, text, answer = ask(base, "GET", "/volg/gebied/BU99010303.atom")
    need("an Atom feed", status == 200 and answer.getheader("Content-Type").startswith("application/atom+xml"), (status, text[:200]))
    feed = ET.fromstring(text)
    ids = [e.find(ATOM + "id").text for e in feed.iter(ATOM + "entry")]
    need("each entry has an id of its own", len(ids) == len(set(ids)) and ids, ids)
    need("what is public is told", any("Energiecoach" in e.find(ATOM + "title").text for e in feed.iter(ATOM + "entry")))
    need("what is shared with partners is not", b"Verzwaren" not in text and b"Huismeester" not in text)
    need("new figures are told", any(i.startswith("urn:wijkregie:lading:") for i in ids), ids)
    need("links go to us", all(e.find(ATOM + "link").get("href").startswith(base + "/") for e in feed.iter(ATOM + "entry")))
    status, _, _ = ask(base, "GET", "/volg/gebied/BU99010303.atom", If_None_Match=answer.getheader("ETag"))
    need("the same feed is not sent twice", status == 304, status)
    status, text, answer = ask(base, "GET", "/volg/gebied/BU99010303.json")
    told = json.loads(text)
    need("a JSON feed with the same entries", [i["id"] for i in told["items"]] == ids and told["version"].endswith("1.1"), told["title"])
    need("no area, no feed", ask(base, "GET", "/volg/gebied/BU99019999.json")[0] == 404)
    need("the word of a page is a page", ask(base, "GET", "/volg")[0] == 200)
    return ids


def digest(store, *more, code=0):
    done = subprocess.run([WIJK, "digest", store, *more], env=ENV, capture_output=True, text=True, timeout=120, check=False)
    need("digest %s ends with %d" % (" ".join(more), code), done.returncode == code, done.stdout + done.stderr)
    need("no address on the screen", "@" not in done.stdout + done.stderr, done.stdout + done.stderr)
    return done.stdout


def words(letter):
    return letter.get_content()


def letters(base, store, folder, mail):
    path = "/volg/adressen"
    need("from another site: no", ask(base, "POST", path, {"code": "BU99010303", "mail": "a@b.example"}, Origin="https://evil.example")[0] == 403)
    need("no address: no", ask(base, "POST", path, {"code": "BU99010303", "mail": "geen adres"})[0] == 400)
    need("no area: no", ask(base, "POST", path, {"code": "BU99019999", "mail": "lezer@voorbeeld.example"})[0] == 404)
    need("asked", ask(base, "POST", path, {"code": "BU99010303", "mail": "Lezer@Voorbeeld.example"})[0] == 200)
    need("asked again: the same answer", ask(base, "POST", path, {"code": "BU99010303", "mail": "Lezer@Voorbeeld.example"})[0] == 200)
    kept = store + ".adressen"
    need("only its owner reads it", stat.S_IMODE(os.stat(kept).st_mode) == 0o600, oct(os.stat(kept).st_mode))
    need("no address in the store", b"oorbeeld.example" not in open(store, "rb").read())
    need("counted, not sent", "nog te bevestigen: 1. Te vragen: 1" in digest(store) and not mail.letters)
    settings = os.path.join(folder, "post.yaml")
    with open(settings, "w", encoding="utf-8") as f:
        f.write("server: smtp://127.0.0.1:%d\nfrom: wijkregie@lindewaard.example\nname: Wijkregie Lindewaard\nbase: %s\n" % (mail.port, base))
    send = ("--send", "--settings", settings)
    need("without settings it is said", not mail.letters and digest(store, "--send", code=1) == "")
    mail.refuse.add("Lezer@voorbeeld.example")
    need("refused by the mail server", "niet gelukt: 1" in digest(store, *send, code=1))
    mail.refuse.clear()
    need("the next round tries again", "Verstuurd: 1" in digest(store, *send))
    need("and only once", "Te vragen: 0" in digest(store, *send))
    to, letter = mail.letters[0]
    need("to who asked", to == "Lezer@voorbeeld.example" and "Pannenhof" in letter["Subject"], (to, letter["Subject"]))
    secret = re.search(r"/volg/bevestigen#(\S+)", words(letter))[1]
    need("before it is confirmed nothing is told", "te schrijven: 0" in digest(store, "--days", "1"))
    need("a wrong key", ask(base, "POST", path + "/bevestigen", {"sleutel": "x" * 43})[0] == 404)
    need("confirmed", ask(base, "POST", path + "/bevestigen", {"sleutel": secret})[0] == 200)
    need("nothing new yet", "Volgers: 1" in digest(store) and "te schrijven: 0" in digest(store))
    db = sqlite3.connect(kept)
    db.execute("UPDATE follower SET told_at = 1000000000")
    db.commit()
    db.close()
    need("news", "Verstuurd: 1" in digest(store, *send))
    need("told once", "te schrijven: 0" in digest(store, *send) and len(mail.letters) == 2)
    _, letter = mail.letters[1]
    need("the news", "Energiecoach" in words(letter) and "Nieuwe cijfers" in words(letter), words(letter))
    need("the way out in the head", letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click", letter.items())
    click = re.fullmatch("<%s(.*)>" % re.escape(base), letter["List-Unsubscribe"])[1]
    need("and below", "/volg/afmelden#" + secret in words(letter))
    need("looking changes nothing", ask(base, "GET", click)[0] in (404, 405))
    status, text, _ = ask(base, "POST", click, b"List-Unsubscribe=One-Click", Origin=None, Content_Type="application/x-www-form-urlencoded")
    need("one step, without signing in", status == 200, (status, text))
    need("gone", "Volgers: 0" in digest(store) and b"voorbeeld" not in open(kept, "rb").read())
    need("a second time is no fault", ask(base, "POST", path + "/afmelden", {"sleutel": secret})[0] == 200)
    slow = [ask(base, "POST", path, {"code": "BU99010303", "mail": "x%d@voorbeeld.example" % k})[0] for k in range(12)]
    need("who asks often waits", 429 in slow, slow)


def main():
    mail = Mail()
    mail.start()
    with tempfile.TemporaryDirectory(prefix="wijk-follow-") as folder:
        store = os.path.join(folder, "d.gpkg")
        subprocess.run([WIJK, "demo", store], check=True, env=ENV, stderr=subprocess.DEVNULL)
        with open(os.path.join(folder, "log"), "w+", encoding="utf-8") as log:
            server = subprocess.Popen([WIJK, "serve", store, "--listen", "127.0.0.1:0"], text=True, env=ENV, stdout=subprocess.PIPE, stderr=log)
            try:
                base = server.stdout.readline().strip().rstrip("/")
                ids = feeds(base)
                letters(base, store, folder, mail)
                need("ids stay", feeds(base) == ids)
            finally:
                server.send_signal(signal.SIGTERM)
                need("the server stops", server.wait(60) == 0)
            log.seek(0)
            need("no address in the log", "oorbeeld" not in log.read())
    print("ok")


main()
