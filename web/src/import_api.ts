// SPDX-License-Identifier: EUPL-1.2
// The calls of the import: a key in the header instead of a cookie, the upload with its progress, and an import followed while
// it runs. Nothing here is kept: what an import holds is asked anew.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Failure, type Finding } from './api';
import { lang } from './text';

export interface Known { bron: string; titel: string; zeker: boolean; waarom: string }
export interface Column { naam: string; voorbeelden: string[]; soort: string; voorstel?: { rol: string; indicator?: string } }
export interface Example { gebied: string; naam: string; indicator: string; periode: string; waarde?: number | null; status: string }
export interface Trial {
  rijen: number; goed: number; geweigerd: number; gemarkeerd: number; gebieden: number; omrekeningen: number; indicatoren: { id: string; naam: string }[];
  onbekendeKolommen: string[]; voorbeeld: Example[];
}
export interface Match { naam: string; code: string }
export interface Proposal extends Match { codeNaam: string; zekerheid: number }
export interface Brief { id: string; naam: string; bytes: number; stand: string }
export interface Import extends Brief {
  sha256: string; voortgang?: { wat: string; gedaan: number; totaal: number } | null; fout?: string | null; herkend: Known[]; bron?: string | null;
  jaar?: number | null; gemeente?: string | null; kolommen: Column[]; proef?: Trial | null; voorstellen?: Proposal[]; lading?: number | null;
}
export interface Mapping {
  niveau: string; gebied: { kolom: string; soort: 'code' | 'naam' }; periode: { kolom: string } | { jaar: number }; decimaal: string;
  ontbrekend: string[]; geheim: string[]; velden: { kolom: string; indicator: string }[];
}
export type Ask = ({ bron: string } | { indeling: Mapping }) & { jaar?: number; gemeente?: string; koppelingen?: Match[] };

/** While the server works on it the page asks again and again. */
export const busy = (i: Brief) => i.stand === 'lezen' || i.stand === 'laden';
export const ended = (i: Brief) => i.stand === 'geladen' || i.stand === 'afgebroken' || i.stand === 'mislukt';

// ---- the key: it comes in the address once and then lives in this tab alone

const NAME = 'wijk-sleutel';
let key = '';
try { key = sessionStorage.getItem(NAME) ?? ''; } catch { /* a browser may forbid storage; the key then lasts for this page */ }
export const hasKey = () => key !== '';
export function keepKey(text: string): void {
  key = text.trim();
  try { key ? sessionStorage.setItem(NAME, key) : sessionStorage.removeItem(NAME); } catch { /* as above */ }
}
/** Takes the key out of the address bar, so that it is in no bookmark, no shared link and no picture of the screen. */
export function takeKey(): boolean {
  const found = /^#sleutel=([\w-]+)$/.exec(location.hash);
  if (!found) return false;
  keepKey(found[1]!);
  history.replaceState(null, '', location.pathname + location.search);
  return true;
}

// ---- calls

/** Marks one act of the visitor: sent twice it is done once. */
const once = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');
const heads = (more: Record<string, string> = {}): Record<string, string> =>
  ({ Accept: 'application/json', 'Accept-Language': lang(), ...(key ? { Authorization: `Bearer ${key}` } : {}), ...more });
function refusal(status: number, body: unknown): Failure {
  const told = body as { detail?: string; title?: string } | null;
  return new Failure(told?.detail ?? told?.title ?? '', `H-${status}`);
}
async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const headers = heads(method === 'POST' ? { 'Content-Type': 'application/json', 'Idempotency-Key': once() } : {});
  for (let attempt = 0; ; attempt++) {
    let answer: Response;
    try {
      answer = await fetch(`/api/v1/importen${path}`, { method, headers, cache: 'no-store', ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    } catch {
      if (attempt > 0) throw new Failure('', 'N-0');
      await new Promise((f) => setTimeout(f, 800));
      continue;
    }
    if (answer.status === 204) return undefined as T;
    const got: unknown = await answer.json().catch(() => null);
    if (answer.ok && got !== null) return got as T;
    throw refusal(answer.status, got);
  }
}
const at = (id: string) => `/${encodeURIComponent(id)}`;
export const listImports = () => call<{ importen: Brief[] }>('GET', '').then((a) => a.importen);
export const readImport = (id: string) => call<Import>('GET', at(id));
export const tryImport = (id: string, ask: Ask) => call<Import>('POST', `${at(id)}/proef`, ask);
export const loadImport = (id: string, keuze: 'alles' | 'goedeRegels') => call<Import>('POST', `${at(id)}/laden`, { keuze });
export const saveMapping = (id: string, d: { id: string; titel: string; uitgever: string; licentie: string }) => call<unknown>('POST', `${at(id)}/definitie`, d);
/** An import that is gone already is as good as stopped. */
export const dropImport = (id: string) => call<void>('DELETE', at(id)).catch((e: unknown) => { if (!(e instanceof Failure && e.code === 'H-404')) throw e; });
export const readFindings = (id: string, from: number, count: number) =>
  call<{ aantal: number; bevindingen: Finding[] }>('GET', `${at(id)}/bevindingen?vanaf=${from}&aantal=${count}`);

export const MOST_BYTES = 2 * 1024 ** 3;
/** Sends a file as it is. XMLHttpRequest, because fetch does not tell how far an upload is. */
export function upload(file: File, moved: (bytes: number) => void): { answer: Promise<Import>; stop: () => void } {
  const x = new XMLHttpRequest();
  const answer = new Promise<Import>((done, fail) => {
    x.open('POST', `/api/v1/importen?naam=${encodeURIComponent(file.name)}`);
    x.responseType = 'json';
    for (const [k, v] of Object.entries(heads({ 'Content-Type': 'application/octet-stream', 'Idempotency-Key': once() }))) x.setRequestHeader(k, v);
    x.upload.onprogress = (e) => moved(e.loaded);
    x.onload = () => (x.status >= 200 && x.status < 300 && x.response ? done(x.response as Import) : fail(refusal(x.status, x.response)));
    x.onerror = () => fail(new Failure('', 'N-0'));
    x.onabort = () => fail(new Failure('', 'S-0'));
    x.send(file);
  });
  return { answer, stop: () => x.abort() };
}

export interface Followed { now: Import | null; failure: Failure | null; lost: boolean; put: (i: Import) => void; rest: (on: boolean) => void; again: () => void }
/** Reads an import, and reads it again while the server works on it, unless it may rest; a silent server is asked until it answers. */
export function useImport(id: string): Followed {
  const [now, put] = useState<Import | null>(null), [failure, fail] = useState<Failure | null>(null), [lost, lose] = useState(false), [turn, again] = useState(0), [rests, rest] = useState(false);
  const since = useRef(0), runs = now !== null && busy(now);
  useEffect(() => { since.current = Date.now(); }, [runs]);
  useEffect(() => {
    let live = true;
    const wait = now === null ? 0 : lost ? 3000 : !runs ? -1 : Date.now() - since.current < 5000 ? 300 : 1200;
    if (failure || rests || wait < 0) return;
    const timer = setTimeout(() => {
      readImport(id).then((i) => { if (live) { lose(false); put(i); again((n) => n + 1); } }, (e: unknown) => {
        if (!live) return;
        const f = e instanceof Failure ? e : new Failure('', 'A-1');
        if (f.code === 'N-0' && now !== null) lose(true);
        else fail(f);
        again((n) => n + 1);
      });
    }, wait);
    return () => { live = false; clearTimeout(timer); };
  }, [id, turn, runs, failure, rests]);
  return { now, failure, lost, put, rest, again: () => { fail(null); again((n) => n + 1); } };
}
