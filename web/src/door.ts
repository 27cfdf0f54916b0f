// SPDX-License-Identifier: EUPL-1.2
// What people make, asked through the browser's door (/sessie): everybody sees what is public, who is signed in also what is shared.
// A change needs the word that only our own page can read; nothing of it is kept by the browser but what was typed and not yet saved.
import { useEffect, useState } from 'preact/hooks';
import { Failure, type Reading } from './api';
import { lang } from './text';
export { newKey } from './session';

export interface Who { aangemeld: boolean; account?: number; naam?: string; controlewoord?: string; gemeente?: string; rollen?: { rol: string; gemeente: string; organisatie: string }[] }
/** A refusal; at a conflict `now` is what somebody else made of it. */
export class Refused extends Failure {
  constructor(sentence: string, code: string, readonly now: unknown) { super(sentence, code); }
}

let known: Who | null = null;
const head = (): Record<string, string> => ({ Accept: 'application/json', 'Accept-Language': lang() });
async function fetched(path: string, init: RequestInit): Promise<Response> {
  return fetch(path, { ...init, cache: 'no-store' }).catch(() => { throw new Failure('', 'N-0'); });
}
export async function who(): Promise<Who> {
  const r = await fetched('/sessie', { headers: head() });
  return (known = r.ok ? ((await r.json()) as Who) : { aangemeld: false });
}

/** A change outside the API, for who need not be signed in. */
export async function send<T>(path: string, body: unknown): Promise<T> {
  if (!known) await who();
  const r = await fetched(path, { method: 'POST', body: JSON.stringify(body), headers: { ...head(), 'Content-Type': 'application/json', ...(known?.controlewoord ? { 'X-Wijk-Guard': known.controlewoord } : {}) } });
  const told: unknown = await r.json().catch(() => null);
  if (r.ok) return told as T;
  throw new Failure((told as { detail?: string } | null)?.detail ?? '', `H-${r.status}`);
}
/** One call. key: the same one again, after a silence, is done once. */
export async function call<T>(method: string, path: string, body?: unknown, key?: string): Promise<T> {
  if (method !== 'GET' && !known?.controlewoord) await who();
  const r = await fetched(`/sessie/api/v1${path}`, {
    method, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    headers: { ...head(), ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...(key ? { 'Idempotency-Key': key } : {}), ...(known?.controlewoord ? { 'X-Wijk-Guard': known.controlewoord } : {}) },
  });
  const told: unknown = r.status === 204 ? null : await r.json().catch(() => null);
  if (r.ok) return told as T;
  if (r.status === 401) known = null;
  const problem = told as { detail?: string; fouten?: { reden: string }[]; nu?: unknown } | null;
  throw new Refused([problem?.detail, ...(problem?.fouten ?? []).map((f) => f.reden)].filter(Boolean).join(' '), `H-${r.status}`, problem?.nu ?? null);
}

export function useDoor<T>(path: string | null): Reading<T> {
  const key = path === null ? '' : lang() + path;
  const [at, set] = useState<{ key: string; data: T | null; failure: Failure | null }>({ key: '', data: null, failure: null }), [turn, again] = useState(0);
  useEffect(() => {
    if (path === null) return;
    let live = true;
    call<T>('GET', path).then((data) => live && set({ key, data, failure: null }), (e: unknown) => live && set({ key, data: null, failure: e instanceof Failure ? e : new Failure('', 'A-1') }));
    return () => { live = false; };
  }, [key, turn]);
  const own = at.key === key;
  return { data: own ? at.data : null, failure: own ? at.failure : null, retry: () => again(turn + 1), stop: () => set({ key, data: null, failure: new Failure('', 'S-0') }) };
}

/** What was typed and not yet saved, kept until it is; also when the page closes. */
export const drafts = {
  read<T>(name: string): T | null { try { return JSON.parse(localStorage.getItem(`concept:${name}`) ?? 'null') as T | null; } catch { return null; } },
  keep(name: string, v: unknown) { try { if (v === null) localStorage.removeItem(`concept:${name}`); else localStorage.setItem(`concept:${name}`, JSON.stringify(v)); } catch { /* no storage: the page itself still has it */ } },
};
