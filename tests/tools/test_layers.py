#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""tools/layers finds what is planted: each case is one bad file in a small tree, and the tree without it is clean."""
import os
import subprocess
import sys
import tempfile

TOOL = sys.argv[1]
LIST = ('#include "base/base.h"\n#include "geo/geo.h"\n/* ---- above: pure. */\n#include "store/store.h"\n'
        '#include "flow/flow.h"\n#include "http/http.h"\n')
TREE = {"wijk.h": LIST, "base/base.h": "WIJK_API int wijk_num(void);\n", "geo/geo.h": '#include "base/base.h"\n',
        "base/num.c": "int wijk_num(void)\n{\n    return 3;\n}\n", "store/open.c": "int wijk_store_open(void)\n{\n    return wijk_num();\n}\n",
        "store/store.h": "WIJK_API int wijk_store_open(void);\n", "flow/flow.h": '#include "store/store.h"\n',
        "flow/flow.c": "static int f(void)\n{\n    return wijk_store_open();\n}\n"}
PLANTED = [
    ("base/bad.c", '#include "geo/geo.h"\n', "stands later"),
    ("geo/bad.c", "int f(void) { return wijk_store_open(); }\n", "stands later"),
    ("geo/bad.c", "#include <unistd.h>\n", "pure"),
    ("geo/bad.c", "int f(void) { return (int)time(0); }\n", "pure"),
    ("flow/bad.c", "#include <sqlite3.h>\n", "belongs in read/store"),
    ("store/bad.c", "#include <gdal.h>\n", "belongs in read"),
    ("store/bad.c", "void f(char *a) { strcpy(a, a); }\n", "not used"),
    ("cli/bad.c", '#include "store/store.h"\n', "wijk.h is enough"),
    ("store/bad.c", '#include "base/base_int.h"\n', "inner header"),
    ("base/bad.c", "int wijk_num(void)\n{\n    return 5;\n}\n", "defined before"),
    ("geo/bad.c", "int helper(void) { return 1; }\nint helper(void)\n{\n    return 2;\n}\n", "defined before"),
    ("geo/bad.h", "WIJK_API int *wijk_hole(int a, int (*f)(int)) WIJK_PRINTF(1, 2);\n", "wijk_hole is promised but nowhere defined"),
    ("geo/bad.h", "int wijk__idle(void);\nstatic inline int g(void) { return wijk__idle(); }\nint wijk__idle(void) { return 1; }\n"
     "enum e wijk__lazy(\n    int a);\nenum e wijk__lazy(int a) { return a; }\n", "nobody uses wijk__lazy"),
]


def run(tree):
    with tempfile.TemporaryDirectory() as root:
        for name, text in tree.items():
            path = os.path.join(root, "src", name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as f:
                f.write(text)
        done = subprocess.run([sys.executable, TOOL, root], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout


code, said = run(TREE)
assert code == 0, said
code, said = run({**TREE, "geo/fine.c": "/* strcpy( */ const char *a = \"time(\";\nint f(void) { return wijk_num(); }\n"})
assert code == 0, said
# One module's promise kept by another.
code, said = run({**TREE, "store/num.c": TREE["base/num.c"], "base/num.c": ""})
assert code == 1 and "promised here and defined in store" in said, said
# What a macro makes, what is static, and what only a test uses is fine.
code, said = run({**TREE, "geo/fine.h": "#define R(id) int wijk__res_##id(void);\nstatic inline int h(void) { return 1; }\nint wijk_tested(void);\n",
                  "geo/fine.c": "int wijk_tested(void)\n{\n    return 1;\n}\n", "../tests/geo/t.c": "int t(void) { return wijk_tested(); }\n"})
assert code == 0, said
for name, text, why in PLANTED:
    code, said = run({**TREE, name: text})
    assert code == 1 and why in said and name in said, (name, text, said)
# The numbered files of the store's form.
FORM = {**TREE, "store/meson.build": "files('schema/001_a.sql', 'schema/002_b.sql')\n", "store/schema/001_a.sql": "", "store/schema/002_b.sql": ""}
assert run(FORM)[0] == 0, run(FORM)
for more, why in (({"store/schema/002_c.sql": ""}, "002_c.sql: this number is taken by 002_b.sql"),
                  ({"store/schema/004_c.sql": ""}, "004_c.sql: the number before it is not there"),
                  ({"store/meson.build": "files('schema/002_b.sql', 'schema/001_a.sql')\n"}, "in their order")):
    code, said = run({**FORM, **more})
    assert code == 1 and why in said, said
