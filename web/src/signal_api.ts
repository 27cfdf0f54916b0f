// SPDX-License-Identifier: EUPL-1.2
// Who is signed in, and the calls about signals. The browser's door (/sessie) sends its cookie by itself; a change also needs
// the word that only our own page can read. Nothing of a signed-in person is kept here but the queue of what is to be sent.
import { useEffect, useState } from 'preact/hooks';
import { Failure, type Num } from './api';
import { lang } from './text';

export interface Role { rol: string; rolNaam: string; gemeente: string; organisatie: string }
export interface Session { aangemeld: boolean; account?: number; naam?: string; tweedeFactor?: boolean; controlewoord?: string; rollen?: Role[] }
export interface Theme { id: string; naam: string; over: string; beeld: string; indicatoren: string[] }
export interface Reply { soort: string; soortNaam: string; tekst: string; gemaaktOp: string }
export interface SignalFigure { indicator: string; naam: string; eenheid: string; decimalen: number; periode: string; waarde: number; spoor: string }
export interface Signal {
  id: string; gemeente: string; buurt: string; buurtNaam: string; midden: [number, number] | null; straal: Num; thema: string; themaNaam: string; zin: string; zeker: string; zekerNaam: string;
  gemaaktOp: string; kwartaal: string; organisatie: string; gedeeld: string; gedeeldNaam: string; staat: string; staatNaam: string; versie: number;
  vanMij: boolean; magWijzigen: boolean; magTerugkoppelen: boolean; terugkoppelingen: Reply[];
}
export interface SignalAlone extends Signal { collegas: Num; collegasTekst: string; cijfers: SignalFigure[] }
export interface Quarter { kwartaal: string; aantal: Num; tekst: string }
export interface Counts { code: string; naam: string; niveau: string; themas: { thema: string | null; themaNaam: string; kwartalen: Quarter[] }[] }
export interface Finding { soort: string; soortNaam: string; van: number; tot: number; advies: string }

let session: Session | null = null;
/** Who is signed in, asked anew; null when the server cannot be reached. */
export async function who(): Promise<Session | null> {
  try {
    const r = await fetch('/sessie', { headers: { Accept: 'application/json', 'Accept-Language': lang() }, cache: 'no-store', signal: AbortSignal.timeout(5000) });
    session = r.ok ? ((await r.json()) as Session) : { aangemeld: false };
  } catch { return null; }
  return session;
}
/** undefined: being asked; null: the server is silent. */
export function useSession(): [Session | null | undefined, () => void] {
  const [at, set] = useState<Session | null | undefined>(undefined), [turn, again] = useState(0);
  useEffect(() => {
    let live = true;
    void who().then((s) => { if (live) set(s); });
    const f = () => again((n) => n + 1);
    addEventListener('online', f);
    return () => { live = false; removeEventListener('online', f); };
  }, [turn]);
  return [at, () => again(turn + 1)];
}
export const rolesIn = (s: Session | null | undefined) => (s?.rollen ?? []).map((r) => r.rol);
const MAKERS = ['professional', 'partnerbeheerder', 'gebiedsregisseur'];
export const mayPlace = (s: Session | null | undefined) => rolesIn(s).some((r) => MAKERS.includes(r));
export const homeOf = (s: Session | null | undefined) => s?.rollen?.find((r) => MAKERS.includes(r.rol))?.gemeente ?? s?.rollen?.[0]?.gemeente ?? null;

export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');
/** One call through the browser's door. A refusal is a Failure with the sentence of the server; N-0: not reached. */
export async function call<T>(method: string, path: string, body?: unknown, key?: string): Promise<T> {
  if (method !== 'GET' && !session?.controlewoord) await who();
  const head: Record<string, string> = { Accept: 'application/json', 'Accept-Language': lang() };
  if (body !== undefined) head['Content-Type'] = 'application/json';
  if (key) head['Idempotency-Key'] = key;
  if (session?.controlewoord) head['X-Wijk-Guard'] = session.controlewoord;
  const r = await fetch(`/sessie/api/v1${path}`, { method, headers: head, cache: 'no-store', ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    .catch(() => { throw new Failure('', 'N-0'); });
  const told: unknown = r.status === 204 ? null : await r.json().catch(() => { throw new Failure('', 'N-0'); });
  if (r.ok) return told as T;
  if (r.status === 401) session = null;
  const problem = told as { detail?: string; fouten?: { reden?: string }[]; errors?: { reason?: string }[] } | null;
  throw new Failure(problem?.detail ?? '', `H-${r.status}`);
}
/** What is read through the door: of who is signed in, never kept. */
export function useCall<T>(path: string | null): { data: T | null; failure: Failure | null; again: () => void } {
  const [at, set] = useState<{ data: T | null; failure: Failure | null }>({ data: null, failure: null }), [turn, again] = useState(0);
  useEffect(() => {
    if (path === null) return;
    let live = true;
    call<T>('GET', path).then((data) => live && set({ data, failure: null }), (e: unknown) => live && set({ data: null, failure: e instanceof Failure ? e : new Failure('', 'A-1') }));
    return () => { live = false; };
  }, [path, turn]);
  return { ...at, again: () => again(turn + 1) };
}
