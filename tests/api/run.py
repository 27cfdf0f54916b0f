#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""The API as the server really gives it on the demo store: run.py WIJK

Lints openapi.json with the ruleset of the Dutch API Design Rules, asks every example in it, and runs every curl line of
docs/api.md. Skipped (77) where the ruleset is not beside the repository.
"""
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
RULES = os.path.join(ROOT, "..", "shared", "standards", "adr-linter.yaml")
SPECTRAL = os.path.join(HERE, "node_modules", ".bin", "spectral")


def need(what, good, detail=""):
    if not good:
        raise SystemExit("not ok  %s %s" % (what, detail))
    print("ok      %s" % what)


def install():
    """The locked packages, once for each lock file."""
    with open(os.path.join(HERE, "package-lock.json"), "rb") as f:
        want = hashlib.sha256(f.read()).hexdigest()
    mark = os.path.join(HERE, "node_modules", ".wijk-lock")
    if os.path.exists(mark):
        with open(mark, encoding="ascii") as f:
            if f.read() == want:
                return
    subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=HERE, check=True)
    with open(mark, "w", encoding="ascii") as f:
        f.write(want)


def lint(document, folder):
    """What the linter finds: a list of {code, message, path, severity}; 0 is an error."""
    path = os.path.join(folder, "openapi.json")
    with open(path, "w", encoding="utf-8") as f:
        json.dump(document, f)
    done = subprocess.run([SPECTRAL, "lint", "-r", RULES, "-f", "json", "-q", "--fail-on-unmatched-globs", path],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    if done.returncode > 1:
        raise SystemExit("not ok  the linter itself: %s" % done.stderr)
    return json.loads(done.stdout[done.stdout.index("["):done.stdout.rindex("]") + 1])


def get(address, body=None, **headers):
    try:
        with urllib.request.urlopen(urllib.request.Request(address, body, headers), timeout=20) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as fault:
        return fault.code, dict(fault.headers), fault.read()


def routes(ogc):
    """The paths of the route table, as openapi.json (or /ogc/api, which follows another standard) writes them."""
    with open(os.path.join(ROOT, "src/http/routes.h"), encoding="utf-8") as f:
        text = f.read()
        found = re.findall(r'R\(\w+, "([^"]+)"', text) + re.findall(r'[WP]\(\w+, "[A-Z]+", "([^"]+)"', text)
        for path in set(found):
            if path.startswith("/ogc") != ogc or path.startswith("/.well-known"):
                continue
            path = path[len("/ogc"):] or "/" if ogc else path
            path = path[len("/api/v1"):] or "/" if path.startswith("/api/v1") else path
            yield re.sub(r"\}\.\w+$", "}", path)


def linted(document, folder):
    paths = document.get("paths", {})
    need("openapi.json has every route of the table", sorted(paths) == sorted(routes(False)), sorted(paths))
    found = lint(document, folder)
    need("API Design Rules: 0 errors", not [f for f in found if f["severity"] == 0],
         json.dumps(found, indent=1, ensure_ascii=False))
    need("API Design Rules: 0 warnings", not found, json.dumps(found, indent=1, ensure_ascii=False))
    # The linter is at work: what breaks a rule is seen, and so is an empty document.
    broken = json.loads(json.dumps(document))
    broken["paths"]["/zoek"]["get"]["responses"]["200"]["content"]["application/json"]["example"] = {"gebieden": 3}
    del broken["paths"]["/gebieden"]["get"]["responses"]["200"]["headers"]
    codes = {f["code"] for f in lint(broken, folder)}
    need("the linter sees a broken document", {"oas3-valid-media-example", "nlgov:missing-header"} <= codes, codes)
    need("the linter sees an empty document", [f for f in lint({}, folder) if f["severity"] == 0])


def asked(base):
    """The key of an answer about two buurten. A store that nobody asked has none, so openapi.json cannot show one."""
    areas = json.loads(get(base + "/api/v1/gebieden?niveau=buurt")[2])["gebieden"]
    question = json.dumps({"leden": [a["code"] for a in areas[:2]]}).encode()
    status, _, body = get(base + "/api/v1/gebied-op-maat", question, **{"Content-Type": "application/json"})
    need("a question about two buurten has an answer", status == 200, body)
    return json.loads(body)["sleutel"]


def examples(document, base):
    key = asked(base)
    for path, item in document["paths"].items():
        if "security" in item.get("get", {"security": []}) or "200" not in item["get"]["responses"]:  # only with a key: tests/http/test_import.py
            continue
        address, query = path if "servers" in item else "/api/v1" + path.rstrip("/"), []
        for p in item["get"]["parameters"]:
            if p["name"] == "sleutel":
                p["example"] = key
            need("%s has an example of %s" % (path, p["name"]), "example" in p)
            need("%s fits its pattern" % p["name"], re.search(p["schema"].get("pattern", ""), p["example"]))
            if p["in"] == "path":
                address = address.replace("{%s}" % p["name"], urllib.parse.quote(p["example"]))
            else:
                query.append((p["name"], p["example"]))
        status, headers, body = get(base + address + ("?" + urllib.parse.urlencode(query) if query else ""))
        want = list(item["get"]["responses"]["200"]["content"])[0]
        need("GET %s" % address, status == 200 and headers["Content-Type"].split(";")[0] == want, (status, headers))
        need("GET %s tells the version" % address, headers.get("API-Version") == document["info"]["version"])
        if "json" in want:
            json.loads(body)


def page(base):
    with open(os.path.join(ROOT, "docs/api.md"), encoding="utf-8") as f:
        lines = re.findall(r"^curl (.*)$", f.read(), re.M)
    need("docs/api.md has examples", len(lines) > 5)
    for line in lines:
        line, _, want = line.partition("  # ")
        address = re.search(r"'?http://127.0.0.1:8080([^' ]*)'?", line)
        headers = dict(h.split(": ", 1) for h in re.findall(r"-H '([^']*)'", line))
        status, _, body = get(base + address.group(1), **headers)
        text = body.decode("utf-8", "replace")
        need("docs/api.md: curl %s" % line, str(status) == want.split()[0] and (len(want.split()) < 2 or want.split(" ", 1)[1] in text),
             "%s: %s" % (status, text[:400]))


def main(wijk):
    if not os.path.exists(RULES):
        print("skipped: the ruleset shared/standards/adr-linter.yaml is not beside the repository")
        return 77
    install()
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, "demo.gpkg")
        subprocess.run([wijk, "demo", store], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        server = subprocess.Popen([wijk, "serve", store, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE,
                                  encoding="utf-8")
        try:
            base = server.stdout.readline().strip().rstrip("/")
            status, headers, body = get(base + "/api/v1/openapi.json")
            need("openapi.json is there, open to every site",
                 status == 200 and headers.get("Access-Control-Allow-Origin") == "*")
            need("openapi.json is Dutch for everyone",
                 get(base + "/api/v1/openapi.json", **{"Accept-Language": "en"})[2] == body)
            document = json.loads(body)
            other = json.loads(get(base + "/ogc/api")[2])
            need("/ogc/api has every route below /ogc", sorted(other["paths"]) == sorted(routes(True)), sorted(other["paths"]))
            linted(document, folder)
            examples(document, base)
            page(base)
        finally:
            server.terminate()
            need("the server stops when asked", server.wait(timeout=20) == 0)
            server.stdout.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
