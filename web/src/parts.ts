// SPDX-License-Identifier: EUPL-1.2
// What a score says in words: its parts from good to attention, and the words for a deviation.
import type { AreaScores, Num } from './api';
import { dev } from './format';
import { t } from './text';

export const lastIndex = (v: Num[]) => { let k = v.length - 1; while (k >= 0 && v[k] === null) k--; return k; };
export const inWords = (v: number) => (v >= 0.03 ? t.far : v >= 0.005 ? t.above : v > -0.005 ? t.around : v > -0.03 ? t.below : t.farBelow);
export const asDeviation = (v: number) => (Math.abs(v) < 0.0005 ? t.onAverage : v > 0 ? t.aboveAverage(dev(v, false)) : t.belowAverage(dev(-v, false)));

export interface PartNow { id: string; name: string; indicator: string; value: number }
/** Parts of the newest score, best first and worst first; a part at the average is on neither list. */
export function sides(s: AreaScores): { good: PartNow[]; care: PartNow[]; period: string } {
  const k = lastIndex(s.totaal);
  const now = s.dimensies.flatMap((d) => { const value = d.waarden[k]; return value === null || value === undefined ? [] : [{ id: d.id, name: d.naam, indicator: d.indicator, value }]; });
  return {
    good: now.filter((p) => p.value >= 0.005).sort((a, b) => b.value - a.value), care: now.filter((p) => p.value <= -0.005).sort((a, b) => a.value - b.value),
    period: s.perioden[k] ?? '',
  };
}
