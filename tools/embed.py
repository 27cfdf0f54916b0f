#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Puts files into the program: embed.py OUT.c SYMBOL ROOT [FILE...]

Without FILEs everything under ROOT is taken, and OUT.c.d (a depfile) names files and folders, so that a new file is seen.
OUT.c holds `const struct wijk_embedded SYMBOL[]` (name relative to ROOT, bytes, size; ended by a NULL name) and pulls the
bytes in by the assembler, so that megabytes cost no compile time. Each file is 8-byte aligned and followed by a NUL that
does not count.
"""
import os
import sys

PIECE = """__asm__(".section .rodata\\n.balign 8\\n.global {s}_{k}\\n.hidden {s}_{k}\\n{s}_{k}:\\n"
        ".incbin \\"{path}\\"\\n.byte 0\\n.size {s}_{k}, . - {s}_{k}\\n.previous\\n");
extern const unsigned char {s}_{k}[];"""


def walk(root):
    folders, files = [], []
    for folder, below, names in os.walk(root):
        below[:] = sorted(d for d in below if d != "node_modules" and not d.startswith("."))
        folders.append(folder)
        files += [os.path.join(folder, n) for n in names if not n.startswith(".")]
    return folders, files


def main():
    out, symbol, root, *files = sys.argv[1:]
    if not files:
        folders, files = walk(root)
        with open(out + ".d", "w", encoding="utf-8") as f:
            f.write(out + ": " + " ".join(p.replace(" ", "\\ ") for p in folders + files) + "\n")
    files = sorted(files, key=lambda f: os.path.relpath(f, root))
    lines = ["/* made by tools/embed.py; do not edit */", '#include "base/embedded.h"', ""]
    lines += [PIECE.format(s=symbol, k=k, path=os.path.abspath(path)) for k, path in enumerate(files)]
    lines.append("extern const struct wijk_embedded %s[];" % symbol)
    lines.append("const struct wijk_embedded %s[] = {" % symbol)
    lines += ['    {"%s", %s_%d, %d},' % (os.path.relpath(path, root), symbol, k, os.path.getsize(path))
              for k, path in enumerate(files)]
    lines += ["    {0, 0, 0},", "};", ""]
    with open(out, "w", encoding="utf-8") as f:
        f.write("\n".join(lines))


if __name__ == "__main__":
    main()
