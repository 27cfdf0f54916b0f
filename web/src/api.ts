// SPDX-License-Identifier: EUPL-1.2
// The answers of /api/v1 as types, and one hook to read them. An answer is kept as long as the page lives.
import { useEffect, useState } from 'preact/hooks';
import { lang } from './text';

export type Num = number | null;
export interface Division { niveau: string; naam: string; indelingsjaar: number; aantal: number; metGrenzen: number; omvang: [number, number, number, number] | null; tegels: string | null }
export interface Available { niveau: string; indelingsjaar: number; perioden: string[] }
export interface Dimension { id: string; naam: string; indicator: string }
export interface Method { id: string; naam: string; totaal: string; klassen: string[]; dimensies: Dimension[]; beschikbaar: Available[] }
export interface Root { naam: string; versie: string; titel: string; fictief: boolean; gegevensversie: string; gegevensTot: string | null; opMaat: boolean; indelingen: Division[]; water: string | null; waterNamen?: { nr: number; naam: string }[]; methoden: Method[]; nietGetoond: Held[] }
export interface Held { id: string; naam: string; reden: string }
export interface Area { nr: number; code: string; naam: string; ouder: string | null; inwoners: Num; punt: [number, number] | null }
export interface Areas { niveau: string; indelingsjaar: number; aantal: number; gebieden: Area[] }
export interface Ref { code: string; naam: string; niveau: string }
export interface Change { van: string; tot: string; totaal: number; delen: { id: string; naam: string; waarde: Num }[]; rest: Num; woord: string }
export interface AreaScores {
  methode: string; methodeNaam: string; perioden: string[]; uitgaven: string[]; sporen: { totaal: string; klasse: string; gedekt: string }[]; totaal: Num[]; score: Num[]; klasse: Num[]; klasseNaam: (string | null)[];
  klasseBron: (string | null)[]; dimensies: (Dimension & { waarden: Num[] })[]; gedekt: Num[]; samengesteld: boolean; gemarkeerd: boolean[];
  verandering: Change | null;
}
export interface Value { indelingsjaar?: number; verschoven?: Num; grens?: string | null; periode: string; waarde: Num; status: string; statusTekst: string }
export interface AreaIndicator { indicator: string; naam: string; eenheid: string; thema: string; soort: string; decimalen: number; samenstelling: boolean; reeks: Value[] }
export interface AreaPage {
  code: string; naam: string; niveau: string; niveauNaam: string; indelingsjaar: number; nr: number; inwoners: Num; inwonersSpoor: string | null; punt: [number, number] | null;
  omvang: [number, number, number, number] | null; pad: Ref[]; onder: Ref[]; zin: string; nietGetoond: Held[]; scores: AreaScores[];
  gemeente: { code: string; naam: string; scores: { methode: string; perioden: string[]; uitgaven: string[]; sporen: string[]; totaal: Num[] }[] } | null; waarden: AreaIndicator[];
}
export interface Indicator {
  id: string; naam: string; definitie: string; eenheid: string; thema: string; methode: string | null; dimensie: string | null; soort: string;
  richting: string | null; decimalen: number; samenstelling: boolean; beschikbaar: Available[];
}
export interface Vector { indicator: string; niveau: string; indelingsjaar: number; periode: string; waarden: Num[]; status: string }
export interface Scores {
  methode: string; niveau: string; indelingsjaar: number; periode: string; zin: string; samengesteld: boolean; totaal: Num[]; klasse: Num[];
  dimensies: Record<string, Num[]>; grenzen: number[] | null; status: string;
}
export interface Trace {
  code: string; naam: string; niveau: string; indelingsjaar: number; indicator: string; indicatorNaam: string; definitie: string; eenheid: string;
  soort: string; periode: string; waarde: Num; status: string; statusTekst: string;
  berekendUit: Num;
  bron: { id: string; titel: string; uitgever: string; licentie: string; tabel: string | null; methodeversie: string | null; release: string | null; bronvermelding: string | null } | null;
  lading: { id: number; bestand: string; sha256: string; opgehaald: string | null; geladenOp: string; rij: Num; rijSoort: string; kolom: string | null } | null;
  andereBronnen: { bron: string; waarde: Num; statusTekst: string; bestand: string; rij: Num; rijSoort: string }[];
  spoor: string; nieuwer: string | null; uitleg: string; algoritme: string | null; methode: { id: string; naam: string; versie: string } | null;
  formule: { soort: string; woorden: string; symbolen: string }; invoer: TraceInput[];
}
export interface TraceInput { spoor: string; code: string; naam: string; indicatorNaam: string; periode: string; waarde: Num; statusTekst: string; gewicht?: number; gewichtInvoer?: TraceInput | null }
export interface Hit extends Ref { niveauNaam: string; indelingsjaar: number; inNaam: string | null }
export interface Load { id: number; bestand: string; sha256: string; bytes: number; release: string | null; geladenOp: string; rijen: number; geladen: number; geweigerd: number; gemarkeerd: number }
export interface Source { id: string; titel: string; uitgever: string; licentie: string; homepage: string | null; bronvermelding: string | null; ladingen: Load[] }
export interface Finding { soort: string; regel: number; kolom: string | null; reden: string; oplossing: string | null }

/** What went wrong, in a form a page can show: the sentence of the server if it gave one, and a short code. */
export class Failure extends Error {
  constructor(readonly sentence: string, readonly code: string) { super(sentence); }
}

const kept = new Map<string, Promise<unknown>>();
const settled = new Map<string, unknown>();
let version = '';
export const useVersion = (v: string) => { version = v; };
export const address = (path: string) =>
  `/api/v1${path}` + (version && path ? `${path.includes('?') ? '&' : '?'}v=${encodeURIComponent(version)}` : '');

// ---- is the server there?

/** What the bar under the header says: nothing, the server is silent, or it came back with other data. */
export type Contact = 'fine' | 'gone' | 'renewed';
let contact: Contact = 'fine', watch = 0;
export const getContact = () => contact;
function setContact(now: Contact) {
  if (now === contact) return;
  contact = now;
  document.dispatchEvent(new Event('wijk-contact'));
}
/** Asks whether the server lives: often while it is silent, else now and then, and only while someone looks. */
export async function ask() {
  clearTimeout(watch);
  if (document.visibilityState === 'visible') {
    try {
      const r = await fetch(address(''), { headers: { Accept: 'application/json' }, cache: 'no-store', signal: AbortSignal.timeout(4000) });
      if (!r.ok) throw new Error();
      const now = ((await r.json()) as Root).gegevensversie;
      setContact(version && now !== version ? 'renewed' : 'fine');
    } catch {
      setContact('gone');
    }
  }
  watch = window.setTimeout(() => void ask(), contact === 'gone' ? 3000 : 30000);
}
watch = window.setTimeout(() => void ask(), 30000);
addEventListener('online', () => void ask());
addEventListener('offline', () => setContact('gone'));
document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') void ask(); });

async function load(path: string): Promise<unknown> {
  let answer: Response;
  try {
    answer = await fetch(address(path), { headers: { Accept: 'application/json', 'Accept-Language': lang() } });
  } catch {
    void ask();
    throw new Failure('', 'N-0');
  }
  const body: unknown = await answer.json().catch(() => null);
  if (answer.ok && body !== null) return body;
  const told = body as { detail?: string; title?: string } | null;
  throw new Failure(told?.detail ?? told?.title ?? '', `H-${answer.status}`);
}

export function get<T>(path: string): Promise<T> {
  const key = lang() + path;
  let answer = kept.get(key);
  if (!answer) {
    answer = load(path).then((body) => (settled.set(key, body), body));
    answer.catch(() => kept.delete(key));
    kept.set(key, answer);
  }
  return answer as Promise<T>;
}

/** After a load of one's own: the answers kept so far are of the former data, and the new are not offered but taken. */
export async function renew(): Promise<void> {
  const answer = await fetch('/api/v1', { headers: { Accept: 'application/json', 'Accept-Language': lang() }, cache: 'no-store' }), root = (await answer.json()) as Root;
  kept.clear();
  settled.clear();
  version = root.gegevensversie;
  settled.set(lang(), root);
  kept.set(lang(), Promise.resolve(root));
  setContact('fine');
  document.dispatchEvent(new Event('wijk-vernieuwd'));
}

export interface Reading<T> { data: T | null; failure: Failure | null; retry: () => void; stop: () => void }

/** Reads several addresses at once, for a list that is put together from them. */
export function useAll<T>(paths: string[]): Reading<T[]> {
  const key = lang() + paths.join(' ');
  const [state, set] = useState<{ key: string; data: T[] | null; failure: Failure | null }>({ key: '', data: null, failure: null });
  const [attempt, again] = useState(0);
  useEffect(() => {
    let live = true;
    Promise.all(paths.map((p) => get<T>(p))).then((data) => live && set({ key, data, failure: null }),
      (e: unknown) => live && set({ key, data: null, failure: e instanceof Failure ? e : new Failure('', 'A-1') }));
    return () => { live = false; };
  }, [key, attempt]);
  const own = state.key === key;
  return { data: own ? state.data : null, failure: own ? state.failure : null, retry: () => again(attempt + 1), stop: () => set({ key, data: null, failure: new Failure('', 'S-0') }) };
}

/** Reads one address; null means nothing to read yet. The former answer never stands in for a new one. */
export function useApi<T>(path: string | null): Reading<T> {
  const key = path === null ? '' : lang() + path;
  const [state, set] = useState<{ key: string; data: T | null; failure: Failure | null }>({ key: '', data: null, failure: null });
  const [attempt, again] = useState(0);
  useEffect(() => {
    if (path === null) return;
    let live = true;
    get<T>(path).then((data) => live && set({ key, data, failure: null }),
      (e: unknown) => live && set({ key, data: null, failure: e instanceof Failure ? e : new Failure('', 'A-1') }));
    return () => { live = false; };
  }, [key, attempt]);
  const own = state.key === key, lost = own && state.failure?.code === 'N-0';
  useEffect(() => {
    if (!lost) return;
    const f = () => { if (contact !== 'gone') { set({ key: '', data: null, failure: null }); again((n) => n + 1); } };
    document.addEventListener('wijk-contact', f);
    return () => { document.removeEventListener('wijk-contact', f); };
  }, [lost]);
  return {
    data: own ? state.data : path === null ? null : ((settled.get(key) as T | undefined) ?? null),
    failure: own ? state.failure : null,
    retry: () => { set({ key: '', data: null, failure: null }); again(attempt + 1); },
    stop: () => set({ key, data: null, failure: new Failure('', 'S-0') }),
  };
}
