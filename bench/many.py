# SPDX-License-Identifier: EUPL-1.2
"""Times what people ask over HTTP: many.py WIJK STORE KEYS [TIMES]. KEYS: what bench/many printed. One line for each address:
milliseconds of half of the answers, of 99 in 100, and bytes. Also the start of the server and its memory."""
import http.client
import json
import os
import socket
import subprocess
import sys
import time

ASKS = [  # name, who, path
    ('who is signed in', None, '/sessie'),
    ('accounts', 'beheerder', '/api/v1/accounts?gemeente=GM9901'),
    ('accounts, far on', 'beheerder', '/api/v1/accounts?gemeente=GM9901&na={half}'),
    ('log', 'rekenkamer', '/api/v1/logboek?gemeente=GM9901'),
    ('log, far back', 'rekenkamer', '/api/v1/logboek?gemeente=GM9901&voor={middle}'),
    ('log, of a rare kind', 'rekenkamer', '/api/v1/logboek?gemeente=GM9901&soort=partner'),
    ('log, of one account', 'rekenkamer', '/api/v1/logboek?gemeente=GM9901&account=77'),
    ('log, of a busy account', 'rekenkamer', '/api/v1/logboek?gemeente=GM9901&account=3'),
    ('log, busy account, rare kind', 'rekenkamer', '/api/v1/logboek?gemeente=GM9901&account=3&soort=partner'),
    ('log, of a kind that is not there', 'rekenkamer', '/api/v1/logboek?gemeente=GM9901&soort=terugkoppeling'),
    ('log, of no gemeente', 'rekenkamer', '/api/v1/logboek?gemeente=geen'),
    ('what is kept of me', 'beheerder', '/api/v1/mijn-gegevens'),
    ('organisations', 'regisseur', '/api/v1/partners?gemeente=GM9901'),
    ('organisations, for everybody', None, '/api/v1/partners?gemeente=GM9901'),
    ('organisations with what they offer', None, '/api/v1/partners?gemeente=GM9901&met=aanbod'),
    ('the same, of one buurt and age', None, '/api/v1/partners?gemeente=GM9901&met=aanbod&gebied=BU99010102&leeftijd=67%2B'),
    ('one organisation', None, '/api/v1/partners/partner-0007?gemeente=GM9901'),
    ('offers', 'regisseur', '/api/v1/aanbod?gemeente=GM9901'),
    ('offers of one organisation', None, '/api/v1/aanbod?gemeente=GM9901&partner=partner-0007'),
    ('offers for 67+ in a buurt', None, '/api/v1/aanbod?gemeente=GM9901&gebied=BU99010102&leeftijd=67%2B'),
    ('gaps of a buurt', None, '/api/v1/gebieden/BU99010102/aanbod'),
    ('gaps of the gemeente', None, '/api/v1/gebieden/GM9901/aanbod'),
    ('signals', 'professional', '/api/v1/signalen?gemeente=GM9901'),
    ('signals of a buurt', 'professional', '/api/v1/signalen?gemeente=GM9901&buurt=BU99010102'),
    ('signals of a theme that is not there', 'professional', '/api/v1/signalen?gemeente=GM9901&thema=water'),
    ('my signals', 'professional', '/api/v1/signalen?mijn=ja'),
    ('counted signals', None, '/api/v1/gebieden/BU99010102/signalen'),
    ('feed', None, '/volg/gebied/BU99010102.atom'),
    ('feed of the gemeente', None, '/volg/gebied/GM9901.json'),
    ('proposals', 'regisseur', '/api/v1/voorstellen?gemeente=GM9901'),
    ('proposals, all', 'regisseur', '/api/v1/voorstellen?gemeente=GM9901&alle=ja'),
    ('keys', 'beheerder', '/api/v1/sleutels'),
]


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


def memory(pid):
    with open(f'/proc/{pid}/status', encoding='ascii') as f:
        got = dict(line.split(':', 1) for line in f)
    return int(got['VmRSS'].split()[0]) // 1024, int(got['VmHWM'].split()[0]) // 1024


def main():
    wijk, store, keys = sys.argv[1:4]
    times = int(sys.argv[4]) if len(sys.argv) > 4 else 100
    with open(keys, encoding='ascii') as f:
        token = {line.split()[0].removeprefix('meet-'): line.split()[1] for line in f}
    port, since = free_port(), time.monotonic()
    server = subprocess.Popen([wijk, 'serve', store, '--listen', f'127.0.0.1:{port}'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                c = http.client.HTTPConnection('127.0.0.1', port, timeout=120)
                c.request('GET', '/gezond')
                if c.getresponse().read():
                    break
            except OSError:
                if server.poll() is not None:
                    sys.exit('the server stopped')
                time.sleep(0.005)
        print(f'start of the server: {(time.monotonic() - since) * 1000:.0f} ms; memory {memory(server.pid)[0]} MB; '
              f'store {os.path.getsize(store) / 1e6:.0f} MB')

        def ask(path, who, method='GET', body=None, more=None):
            head = {'Authorization': f'Bearer {token[who]}'} if who else {}
            before = time.monotonic()
            c.request(method, path, body, {**head, **(more or {})})
            answer = c.getresponse()
            data = answer.read()
            return (time.monotonic() - before) * 1000, answer.status, data
        _, _, data = ask('/api/v1/logboek?gemeente=GM9901', 'rekenkamer')
        newest = json.loads(data)['regels'][0]['nr']
        print('| asked | p50 ms | p99 ms | kB |\n|---|--:|--:|--:|')
        for name, who, path in ASKS:
            path = path.format(half=25000, middle=newest // 2)
            took, status, data = [], 0, b''
            for k in range(times):
                ms, status, data = ask(path, who)
                took.append(ms)
                if k >= 4 and sum(took) > 4000:
                    break
            took.sort()
            told = '' if status == 200 else f' ({status})'
            print(f'| {name}{told} | {took[len(took) // 2]:.2f} | {took[min(len(took) - 1, int(len(took) * 0.99))]:.2f} | {len(data) / 1e3:.1f} |', flush=True)
        took = []
        for k in range(12):
            body = json.dumps({'naam': f'mens{k * 7 + 1}', 'wachtwoord': 'paars kopje 73 wind'})
            ms, status, data = ask('/sessie/aanmelden', None, 'POST', body, {'Content-Type': 'application/json', 'Origin': f'http://127.0.0.1:{port}', 'Sec-Fetch-Site': 'same-origin'})
            took.append(ms)
        took.sort()
        print(f'| sign-in ({status}) | {took[6]:.1f} | {took[-1]:.1f} | {len(data) / 1e3:.1f} |')
        for form in ('csv', 'json'):
            ms, status, data = ask(f'/api/v1/logboek/{form}?gemeente=GM9901', 'rekenkamer')
            print(f'| the log as {form} ({status}) | {ms:.0f} | | {len(data) / 1e3:.0f} |')
        print('memory now and most: %d and %d MB' % memory(server.pid))
    finally:
        server.terminate()
        server.wait()


main()
