// SPDX-License-Identifier: EUPL-1.2
// Who is signed in, and every call that goes through the door of a browser: the cookie travels by itself, a change also brings the word
// that only our own page knows, and a key by which the same act sent twice is done once. Also: text that is kept until it was received.
import { useEffect, useState } from 'preact/hooks';
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
export class Refusal extends Error {
  constructor(readonly why: Why, readonly sentence: string, readonly status: number, readonly faults: Fault[] = [], readonly seconds = 0, readonly body: unknown = null) { super(sentence); }
}

const FLAG = 'wijk-aangemeld', NOBODY: Session = { aangemeld: false };
let now: Session | null = null, asked: Promise<Session> | null = null;
/** Every answer about who is signed in passes here, so that bar and page say the same. */
export function setMe(s: Session): Session {
  now = s;
  try { s.aangemeld ? localStorage.setItem(FLAG, '1') : localStorage.removeItem(FLAG); } catch { /* the bar then says «Aanmelden» after a reload */ }
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
    answer = await fetch(path.startsWith('/sessie') ? path : `/sessie/api/v1${path}`, {
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
/** One call of who is signed in: `path` under /api/v1 («/signalen»), or the whole of it under /sessie. With a key of your own the same act may be sent again. Fails with a
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
export const signedOut = () => setMe(NOBODY);

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

/** A text that outlives a reload and a closed tab until `done` says that the server has it. Not for passwords. */
export function useDraft(name: string): [string, (text: string) => void, () => void] {
  const slot = `wijk-concept-${name}`;
  const [text, set] = useState(() => { try { return localStorage.getItem(slot) ?? ''; } catch { return ''; } });
  const keep = (v: string) => {
    set(v);
    try { v ? localStorage.setItem(slot, v) : localStorage.removeItem(slot); } catch { /* it then lasts as long as the page */ }
  };
  return [text, keep, () => keep('')];
}
