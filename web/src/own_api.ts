// SPDX-License-Identifier: EUPL-1.2
// Asking about an area of one's own: a shape or some buurten. The answer has a key, and with that key it can be asked for ever.
import { Failure, get, type Num } from './api';
import { lang } from './text';

export interface OwnFigure { indicator: string; naam: string; eenheid: string; decimalen: number; periode: string; waarde: Num; status: string; statusTekst: string; metCijfer: number; dekking: number; bewerking: string; spoor: string | null }
export interface Own {
  sleutel: string; niveau: string; indelingsjaar: number; niveauNaam: string; gegevensversie: string; gevraagdOp: string; eerder: boolean; inwoners: number; aantal: number;
  leden: string[]; omtrek: GeoJSON.Geometry | null; cijfers: OwnFigure[];
}
export type Question = { leden: string[] } | { type: 'Polygon'; coordinates: [number, number][][] };

const TRIES = 8;
/** One question is worked out at a time for everybody, so an asker may have to wait for a turn; waiting() is told then. */
export async function askOwn(q: Question, waiting: () => void, stop: AbortSignal): Promise<Own> {
  for (let turn = 0; ; turn++) {
    const r = await fetch('/api/v1/gebied-op-maat', {
      method: 'POST', body: JSON.stringify(q), signal: stop, headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'Accept-Language': lang() },
    }).catch((e: unknown) => { throw stop.aborted ? e : new Failure('', 'N-0'); });
    const body: unknown = await r.json().catch(() => null);
    if (r.ok && body) return body as Own;
    const wait = Number(r.headers.get('Retry-After') ?? 0);
    if (r.status === 503 && wait > 0 && turn < TRIES) {
      waiting();
      await new Promise((f) => setTimeout(f, wait * 1000));
      if (stop.aborted) throw new Failure('', 'S-0');
      continue;
    }
    throw new Failure((body as { detail?: string } | null)?.detail ?? '', `H-${r.status}`);
  }
}
export const keptOwn = (key: string) => get<Own>(`/gebied-op-maat/${encodeURIComponent(key)}`);
