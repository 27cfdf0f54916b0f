// SPDX-License-Identifier: EUPL-1.2
// Who is signed in, and every call that goes through the door of a browser: the cookie travels by itself, a change also brings the word
// that only our own page knows, and a key by which the same act sent twice is done once. Also: text that is kept until it was received.
import { useEffect, useState } from 'preact/hooks';
import { Failure, type Reading } from './api';
import { lang } from './text';

export interface Role { rol: string; rolNaam: string; gemeente: string; organisatie: string }
export interface Session {
  aangemeld: boolean; eersteKeer?: boolean; sso?: string; verder?: string; vraagtCode?: boolean; account?: number; naam?: string; tweedeFactor?: boolean; heeftTweedeFactor?: boolean;
  controlewoord?: string; gemeente?: string; eindigtOp?: string; rollen?: Role[];
}
/** Why a call did not do it. gone: no answer, so nobody knows; login: nobody is signed in any more; denied: the role may not; conflict: somebody was first; wrong: see
 * `faults`; wait: too often, `seconds` tells; missing: not there, or not of one's gemeente; busy: the server cannot now. */
export type Why = 'gone' | 'login' | 'denied' | 'conflict' | 'wrong' | 'wait' | 'missing' | 'busy';
export interface Fault { naam: string; reden: string }
export class Refusal extends Failure {
  constructor(readonly why: Why, sentence: string, readonly status: number, readonly faults: Fault[] = [], readonly seconds = 0, readonly body: unknown = null) { super(sentence, why === 'gone' ? 'N-0' : `H-${status}`); }
  /** All of why, for a form that does not say it at each field. */
  get whole(): string { return [...new Set([this.sentence, ...this.faults.map((f) => f.reden)])].filter(Boolean).join(' '); }
}
/** What to tell of a call that failed: the words of the server, or else these. */
export const wordsOf = (e: unknown, otherwise: string) => (e instanceof Refusal && e.whole) || (e instanceof Failure && e.sentence) || otherwise;

const FLAG = 'wijk-aangemeld', NOBODY: Session = { aangemeld: false };
let now: Session | null = null, asked: Promise<Session> | null = null, writer = '';
const read = (slot: string) => { try { return localStorage.getItem(slot); } catch { return null; } };
const write = (slot: string, text: string | null) => { try { text === null ? localStorage.removeItem(slot) : localStorage.setItem(slot, text); } catch { /* no storage: it then lasts as long as the page */ } };
/** Whose this browser is now: the account that is signed in; while the server is silent the one that was last. null: nobody's. */
export const accountHere = (): number | null => (now ? (now.aangemeld ? now.account ?? null : null) : Number(read(FLAG)) || null);
/** Where a text is kept that one typed: on a phone that is shared another does not read it. What was typed before signing in goes along. */
function slotOf(name: string): string {
  const who = read(FLAG) ?? writer, own = who ? `${name}@${who}` : name, before = read(name);
  if (own === name || before === null) return own;
  if (read(own) === null) write(own, before);
  write(name, null);
  return own;
}
export const kept = { read: (name: string) => read(slotOf(name)), write: (name: string, text: string | null) => write(slotOf(name), text) };
/** Every answer about who is signed in passes here, so that bar and page say the same. */
export function setMe(s: Session): Session {
  now = s;
  write(FLAG, s.aangemeld ? String(s.account) : null);
  if (s.aangemeld) writer = String(s.account); // who is cut off while typing goes on as the same
  document.dispatchEvent(new Event('wijk-sessie'));
  return s;
}
/** Marks one act of the visitor. Hold on to it to send the same act again. */
export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');

const WHY: Record<number, Why> = { 400: 'wrong', 401: 'login', 403: 'denied', 404: 'missing', 409: 'conflict', 412: 'conflict', 413: 'wrong', 422: 'wrong', 429: 'wait' };
async function call(method: string, path: string, body: unknown, key: string): Promise<unknown> {
  let answer: Response;
  const change = method !== 'GET';
  try {
    answer = await fetch(/^\/(sessie|volg)\b/.test(path) ? path : `/sessie/api/v1${path}`, {
      method, cache: 'no-store', credentials: 'same-origin', ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: { Accept: 'application/json', 'Accept-Language': lang(), ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(change ? { 'Idempotency-Key': key, ...(now?.controlewoord ? { 'X-Wijk-Guard': now.controlewoord } : {}) } : {}) },
    });
  } catch {
    throw new Refusal('gone', '', 0);
  }
  const got: unknown = answer.status === 204 ? null : await answer.json().catch(() => null);
  if (answer.ok) return got;
  const told = got as { detail?: string; title?: string; fouten?: Fault[] } | null;
  throw new Refusal(WHY[answer.status] ?? 'busy', told?.detail ?? told?.title ?? '', answer.status, told?.fouten, Number(answer.headers.get('Retry-After')) || 0, got);
}

/** Who is signed in here: asked once, and again after `fresh`. Never fails for who is nobody. */
export function me(fresh = false): Promise<Session> {
  if (fresh || !asked) {
    asked = (call('GET', '/sessie', undefined, '') as Promise<Session>).then(setMe);
    asked.catch(() => { asked = null; });
  } else if (now) return Promise.resolve(now);
  return asked;
}
/** One call of who is signed in: `path` under /api/v1 («/signalen»), or the whole of it under /sessie and /volg. With a key of your own the same act may be sent again. Fails with a
 * Refusal. A page that stood open while someone signed in anew asks for the new word once, by itself. */
export async function send<T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown, key = newKey()): Promise<T> {
  if (method !== 'GET' && !now) await me();
  const word = now?.controlewoord;
  try {
    return (await call(method, path, body, key)) as T;
  } catch (e) {
    if (!(e instanceof Refusal)) throw e;
    if (e.why === 'denied' && method !== 'GET' && (await me(true)).controlewoord !== word) return (await call(method, path, body, key)) as T;
    if (e.why === 'login' && now?.aangemeld && path !== '/sessie/aanmelden' && path !== '/sessie/sso/code') setMe(NOBODY);
    throw e;
  }
}
export const signedOut = (s: Session = NOBODY) => { writer = ''; return setMe(s); };

/** Who is signed in, in a component; null while that is asked. */
export function useMe(): Session | null {
  const [s, set] = useState(now);
  useEffect(() => {
    const f = () => set(now);
    document.addEventListener('wijk-sessie', f);
    me().then(set, () => set(NOBODY));
    return () => { document.removeEventListener('wijk-sessie', f); };
  }, []);
  return s;
}
export const hasRole = (s: Session | null, ...roles: string[]) => Boolean(s?.rollen?.some((r) => roles.includes(r.rol)));

/** Reads as who is signed in; never kept. */
export function useRead<T>(path: string | null): Reading<T> {
  const key = path === null ? '' : lang() + path;
  const [at, set] = useState<{ key: string; data: T | null; failure: Failure | null }>({ key: '', data: null, failure: null }), [turn, again] = useState(0);
  useEffect(() => {
    if (path === null) return;
    let live = true;
    send<T>('GET', path).then((data) => live && set({ key, data, failure: null }), (e: unknown) => live && set({ key, data: null, failure: e instanceof Failure ? e : new Failure('', 'A-1') }));
    return () => { live = false; };
  }, [key, turn]);
  const own = at.key === key;
  return { data: own ? at.data : null, failure: own ? at.failure : null, retry: () => again((n) => n + 1), stop: () => set({ key, data: null, failure: new Failure('', 'S-0') }) };
}

/** What was typed in a form of many fields and not yet saved, kept until it is; also when the page closes. */
export const drafts = {
  read<T>(name: string): T | null { try { return JSON.parse(kept.read(`concept:${name}`) ?? 'null') as T | null; } catch { return null; } },
  keep(name: string, v: unknown) { kept.write(`concept:${name}`, v === null ? null : JSON.stringify(v)); },
};
/** A text that outlives a reload and a closed tab until `done` says that the server has it. Not for passwords. */
export function useDraft(name: string): [string, (text: string) => void, () => void] {
  const slot = `wijk-concept-${name}`, [text, set] = useState(() => kept.read(slot) ?? '');
  const keep = (v: string) => { set(v); kept.write(slot, v || null); };
  return [text, keep, () => keep('')];
}
