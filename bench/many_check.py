# SPDX-License-Identifier: EUPL-1.2
"""How long `wijk check` takes over a store that bench/many filled, beside Python's sqlite3 and hashlib over the same log, and
whether it finds one thing done to one row: many_check.py WIJK STORE FOLDER. STORE itself is left as it is."""
import hashlib
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import time


def check(wijk, store):
    """Wall and processor seconds, MB, and what it said."""
    since = time.monotonic()
    p = subprocess.Popen([wijk, 'check', store], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    said = p.stderr.read()
    _, _, used = os.wait4(p.pid, 0)
    return time.monotonic() - since, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, said.strip()


def text(v):
    return (-1).to_bytes(8, 'big', signed=True) if v is None else len(v.encode()).to_bytes(8, 'big') + v.encode()


def by_hand(store):
    """The chain as docs/methods/logboek.md tells it; the hash of the last row."""
    before, since = time.process_time(), time.monotonic()
    last, n = bytes(32), 0
    ask = 'SELECT nr, account, at, gemeente, via, kind, object, why, before, after, done, prev, hash FROM audit ORDER BY nr'
    with sqlite3.connect(store) as db:
        for nr, account, *texts, prev, own in db.execute(ask):
            n += 1
            h = hashlib.sha256(last + nr.to_bytes(8, 'big') + account.to_bytes(8, 'big') + b''.join(map(text, texts)))
            if nr != n or prev != last or h.digest() != own:
                sys.exit('row %d does not hold' % n)
            last = own
        if db.execute('SELECT nr, hash FROM audit_end').fetchone() != (n, last):
            sys.exit('the end does not hold')
    return time.monotonic() - since, time.process_time() - before, n, last.hex()


def main():
    wijk, store, folder = sys.argv[1:4]
    print('| what | wall s | processor s | MB | said |\n|---|--:|--:|--:|---|')
    wall, cpu, n, end = by_hand(store)
    print(f'| python, {n} rows, only the chain | {wall:.1f} | {cpu:.1f} | {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} | ends in {end[:16]} |')
    wall, cpu, mb, said = check(wijk, store)
    print(f'| wijk check, the whole file | {wall:.1f} | {cpu:.1f} | {mb} | {said} |', flush=True)
    half = n // 2
    for what, sql in (
            ('one byte, first row', 'UPDATE audit SET after = replace(after, \'t\', \'u\') WHERE nr = 1'),
            ('one byte, middle row', f'UPDATE audit SET object = object || \'1\' WHERE nr = {half}'),
            ('one byte, last row', f'UPDATE audit SET after = replace(after, \'t\', \'u\') WHERE nr = {n}'),
            ('one removed', f'DELETE FROM audit WHERE nr = {half}'),
            ('one put in', f'UPDATE audit SET nr = -nr WHERE nr > {half}; UPDATE audit SET nr = 1 - nr WHERE nr < 0; INSERT INTO audit SELECT {half + 1}, '
             f'at, gemeente, account, via, done, kind, object, why, before, after, prev, hash FROM audit WHERE nr = {half}; UPDATE audit_end SET nr = {n + 1}'),
            ('two swapped', f'UPDATE audit SET nr = -1 WHERE nr = {half}; UPDATE audit SET nr = {half} WHERE nr = {half + 1}; UPDATE audit SET nr = {half + 1} WHERE nr = -1'),
            ('cut off', f'DELETE FROM audit WHERE nr > {n - 3}')):
        copy = os.path.join(folder, 'changed.gpkg')
        shutil.copyfile(store, copy)
        db = sqlite3.connect(copy, isolation_level=None)
        db.executescript('PRAGMA synchronous = OFF; DROP TRIGGER audit_stays; DROP TRIGGER audit_kept; BEGIN; ' + sql + '; COMMIT')
        db.close()
        wall, cpu, mb, said = check(wijk, copy)
        print(f'| {what} | {wall:.1f} | {cpu:.1f} | {mb} | {said} |', flush=True)
        os.unlink(copy)


main()
