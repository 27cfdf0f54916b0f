// SPDX-License-Identifier: EUPL-1.2
// The calls about signals, through the door of a browser (session.ts), and what they bring.
import { useEffect, useState } from 'preact/hooks';
import { type Failure, type Num } from './api';
import type { Taken } from './moderation';
import { me, newKey, send, type Session, useRead } from './session';

export { newKey, send as call, type Session };
export interface Theme { id: string; naam: string; over: string; beeld: string; indicatoren: string[] }
export interface Reply { id: string; soort: string; soortNaam: string; tekst: string; gemaaktOp: string; weggehaald: Taken | null }
export interface SignalFigure { indicator: string; naam: string; eenheid: string; decimalen: number; periode: string; waarde: number; spoor: string }
export interface Signal {
  id: string; gemeente: string; buurt: string; buurtNaam: string; midden: [number, number] | null; straal: Num; thema: string; themaNaam: string; zin: string; zeker: string; zekerNaam: string;
  gemaaktOp: string; kwartaal: string; organisatie: string; organisatieNaam: string; gedeeld: string; gedeeldNaam: string; staat: string; staatNaam: string; versie: number;
  vanMij: boolean; magWijzigen: boolean; magTerugkoppelen: boolean; magWeghalen: boolean; weggehaald: Taken | null; terugkoppelingen: Reply[];
}
export interface SignalAlone extends Signal { collegas: Num; collegasTekst: string; cijfers: SignalFigure[] }
export interface Quarter { kwartaal: string; aantal: Num; tekst: string }
export interface Counts { code: string; naam: string; niveau: string; themas: { thema: string | null; themaNaam: string; kwartalen: Quarter[] }[] }
export interface Finding { soort: string; soortNaam: string; van: number; tot: number; advies: string }

/** Who is signed in, asked anew; null when the server is silent. */
export const who = (): Promise<Session | null> => Promise.race([me(true).catch(() => null), new Promise<null>((f) => { setTimeout(() => f(null), 5000); })]);
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

/** What is read through the door: of who is signed in, never kept. */
export function useCall<T>(path: string | null): { data: T | null; failure: Failure | null; again: () => void } {
  const { data, failure, retry } = useRead<T>(path);
  return { data, failure, again: retry };
}
