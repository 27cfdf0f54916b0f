#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Disks, folders and files that may not be written: a store there is read and served, and what needs to write says so.

usage: test_readonly.py WIJK. As root the disk is a read-only bind mount in a mount namespace of its own, and rights are
tried as the user nobody; as another user the rights of folders are enough. What this machine cannot do is told as skipped."""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

WIJK = os.path.abspath(sys.argv[1])
NOBODY = 65534
ENV = {k: v for k, v in os.environ.items() if not k.startswith("LC_")} | {"LANG": "nl_NL.UTF-8"}


def run(*args, as_user=None):
    r = subprocess.run([WIJK, *map(str, args)], capture_output=True, env=ENV, timeout=120, check=False, user=as_user)
    return r.returncode, r.stderr.decode()


def says(got, sentence, code=1):
    if got[0] != code or sentence not in got[1]:
        raise AssertionError(f"code {got[0]}, {got[1]!r}; wanted code {code} and {sentence!r}")


PUBLIC = ("gezond", "api/v1/gebieden?niveau=buurt", "api/v1/partners?gemeente=GM9901", "api/v1/partners/linde-wonen?gemeente=GM9901",
          "api/v1/aanbod?gemeente=GM9901", "api/v1/gebieden/BU99010101/aanbod", "volg/gebied/BU99010101.atom", "volg/gebied/BU99010101.json",
          "api/v1/gebieden/BU99010101/signalen", "sessie")
WRITES = (("sessie/aanmelden", {"naam": "noor", "wachtwoord": "vier paarden eten soms regen"}, "niemand zich aanmelden"),
          ("sessie/eerste", {"naam": "noor", "gemeente": "GM9901", "wachtwoord": "vier paarden eten soms regen"}, "niemand zich aanmelden"),
          ("volg/adressen", {"code": "BU99010101", "mail": "noor@voorbeeld.nl"}, "adressen bewaren"))


def asks(address, path, body=None):
    """Status and JSON, or bytes."""
    head = {"Origin": address.rstrip("/"), "Sec-Fetch-Site": "same-origin", "Content-Type": "application/json"} if body else {}
    try:
        with urllib.request.urlopen(urllib.request.Request(address + path, json.dumps(body).encode() if body else None, head), timeout=20) as answer:
            text, status = answer.read(), answer.status
    except urllib.error.HTTPError as e:
        with e:
            text, status = e.read(), e.code
    return status, json.loads(text) if text[:1] == b"{" else text


def served(store, as_user=None):
    """The server over this store answers all that is public; what would be kept is refused with a sentence."""
    with subprocess.Popen([WIJK, "serve", store, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env=ENV, text=True, user=as_user) as p:
        try:
            address = p.stdout.readline().strip()
            if not re.fullmatch(r"http://127\.0\.0\.1:\d+/", address):
                raise AssertionError(f"{store} is not served: {p.stderr.read()}")
            for path in PUBLIC:
                status, said = asks(address, path)
                if status != 200 or path == "gezond" and said["bewaren"] != "alleen-lezen" or path == "sessie" and "eersteKeer" in said:
                    raise AssertionError(f"{path}: {status} {said[:300] if isinstance(said, bytes) else said}")
            for path, body, words in WRITES:
                status, said = asks(address, path, body)
                if status != 503 or words not in said["detail"]:
                    raise AssertionError(f"{path}: {status} {said}")
        finally:
            p.send_signal(signal.SIGTERM)
            p.wait(20)


def fill(folder):
    """demo.gpkg, wal.gpkg (left in WAL, nothing pending) and hot.gpkg (killed while writing: pages wait in its log)."""
    import sqlite3
    code, err = run("demo", folder / "demo.gpkg")
    if code:
        raise AssertionError(err)
    (folder / "goed.csv").write_text("bu_code,bu_naam,jaar,lbm,afw,won,fys,vrz,soc,onv\n"
                                     "BU99010101,Kaardebol,2020,4.137,0.057,0.011,0.013,0.009,0.017,0.007\n", encoding="utf-8")
    shutil.copy(folder / "demo.gpkg", folder / "wal.gpkg")
    db = sqlite3.connect(folder / "wal.gpkg")
    db.execute("PRAGMA journal_mode = WAL")
    db.close()
    child = os.fork()
    if child == 0:
        shutil.copy(folder / "demo.gpkg", folder / "hot.gpkg")
        db = sqlite3.connect(folder / "hot.gpkg")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("UPDATE wijk_store SET title = 'in het logboek'")
        db.commit()
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    (folder / "hot.gpkg-shm").unlink()


def try_folder(folder, as_user, no_new, no_import):
    for name in ("demo.gpkg", "wal.gpkg"):
        before = (folder / name).read_bytes()
        served(folder / name, as_user)
        says(run("check", folder / name, as_user=as_user), "in orde", 0)
        says(run("import", folder / name, "leefbaarometer-3", folder / "goed.csv", as_user=as_user), no_import)
        if (folder / name).read_bytes() != before:
            raise AssertionError(f"{name} changed")
    says(run("areas", folder / "hot.gpkg", as_user=as_user), "Kopieer beide bestanden")
    for verb in ("new", "demo"):
        says(run(verb, folder / "nieuw.gpkg", as_user=as_user), no_new)
    says(run("backup", folder / "demo.gpkg", folder / "kopie.gpkg", as_user=as_user), no_new)
    says(run("export", folder / "demo.gpkg", folder / "uit.csv", as_user=as_user), no_new)


def on_disk(folder):
    """In a mount namespace of our own the folder is a disk that cannot be written."""
    if os.environ.get("WIJK_IN_NAMESPACE"):
        for step in (["--bind", folder, folder], ["-o", "remount,ro,bind", folder]):
            subprocess.run(["mount", *map(str, step)], check=True)
        try_folder(folder, None, "op deze schijf kan niet geschreven worden", "mag alleen gelezen worden")
        return True
    if os.geteuid() or not shutil.which("unshare") or subprocess.run(["unshare", "-m", "true"], check=False, capture_output=True).returncode:
        return False
    subprocess.run(["unshare", "-m", sys.executable, __file__, WIJK, folder], check=True,
                   env=os.environ | {"WIJK_IN_NAMESPACE": "1"})
    return True


def by_rights(folder):
    user = NOBODY if os.geteuid() == 0 else None
    if user and subprocess.run([WIJK, "help"], capture_output=True, check=False, user=user).returncode:
        return False
    for path in folder.iterdir():
        path.chmod(0o666)
    folder.chmod(0o555)
    try:
        try_folder(folder, user, "u hebt hier geen recht toe", "in deze map kan niet geschreven worden")
        folder.chmod(0o777)
        (folder / "demo.gpkg").chmod(0o444)
        says(run("import", folder / "demo.gpkg", "leefbaarometer-3", folder / "goed.csv", as_user=user), "mag alleen gelezen worden")
        served(folder / "demo.gpkg", user)
        (folder / "demo.gpkg").chmod(0o000)
        says(run("areas", folder / "demo.gpkg", as_user=user), "u hebt hier geen recht toe")
    finally:
        folder.chmod(0o777)
    return True


def main():
    if len(sys.argv) == 3:
        on_disk(Path(sys.argv[2]))
        return 0
    done = 0
    with tempfile.TemporaryDirectory(prefix="wijk-readonly-") as name:
        os.chmod(name, 0o755)
        for what, body in (("a read-only disk", on_disk), ("rights", by_rights)):
            folder = Path(name) / what.split()[-1]
            folder.mkdir()
            fill(folder)
            ok = body(folder)
            done += ok
            print("ok   " if ok else "skip ", what, "" if ok else ": this machine cannot make one")
    return 0 if done else 77


sys.exit(main())
