#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Puts files into the program: embed.py OUT.c SYMBOL ROOT [FILE...]

Writes a C file with `const struct wijk_embedded SYMBOL[]` (name relative to ROOT, bytes, size; ended by a NULL name)
and pulls the bytes in by the assembler, so that megabytes cost no compile time. Every FILE is 8-byte aligned and followed
by a NUL that does not count.
"""
import os
import sys


def main():
    out, symbol, root, *files = sys.argv[1:]
    files = sorted(files, key=lambda f: os.path.relpath(f, root))
    lines = ["/* made by tools/embed.py; do not edit */", '#include "base/embedded.h"', ""]
    for k, path in enumerate(files):
        lines.append('__asm__(".section .rodata\\n.balign 8\\n.global %s_%d\\n.hidden %s_%d\\n%s_%d:\\n.incbin \\"%s\\"\\n.byte 0\\n'
                     '.size %s_%d, . - %s_%d\\n.previous\\n");'
                     % (symbol, k, symbol, k, symbol, k, os.path.abspath(path), symbol, k, symbol, k))
        lines.append("extern const unsigned char %s_%d[];" % (symbol, k))
    lines.append("const struct wijk_embedded %s[] = {" % symbol)
    for k, path in enumerate(files):
        lines.append('    {"%s", %s_%d, %d},' % (os.path.relpath(path, root), symbol, k, os.path.getsize(path)))
    lines += ["    {0, 0, 0},", "};", ""]
    with open(out, "w", encoding="utf-8") as f:
        f.write("\n".join(lines))


if __name__ == "__main__":
    main()
