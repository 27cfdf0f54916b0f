// SPDX-License-Identifier: EUPL-1.2
// How areas lie in each other, by their codes, and the names a map bears from far to near.
import type { Area, Division, Root } from './api';
import type { Label } from './map';

/** The division of a level whose year is nearest; the newer one of two as near. */
export const nearest = (root: Root, niveau: string, year: number): Division | undefined =>
  root.indelingen.filter((d) => d.niveau === niveau).sort((a, b) => Math.abs(a.indelingsjaar - year) - Math.abs(b.indelingsjaar - year) || b.indelingsjaar - a.indelingsjaar)[0];

const digits = (code: string) => code.replace(/^(GM|WK|BU)/, '');
/** «BU00140105» lies in «WK001401» and in «GM0014», whatever year their borders are of. */
export const liesIn = (code: string, whole: string) => /^(WK|BU)/.test(code) && /^(GM|WK)/.test(whole) && code.slice(0, 2) !== whole.slice(0, 2) && digits(code).startsWith(digits(whole));
export const holds = (whole: string, niveau: string) => (whole === 'gemeente' ? niveau === 'wijk' || niveau === 'buurt' : whole === 'wijk' && niveau === 'buurt');

/** «'s-Gravenhage» stands under the G. */
export const sortName = (name: string) => name.replace(/^['\u2018\u2019]?[st][-\s]+(?=[A-Z])/, '');
export const byName = (a: { naam: string }, b: { naam: string }) => sortName(a.naam).localeCompare(sortName(b.naam), 'nl');
export const letterOf = (name: string) => { const c = sortName(name).normalize('NFD').charAt(0).toUpperCase(); return /[A-Z]/.test(c) ? c : '#'; };

/** Names on the map, the largest first: gemeenten from afar, wijken nearer, buurten nearest. */
export function labelsOf(niveau: string, areas: Area[], wijken: Area[], gemeenten: Area[], whole: string | null): Label[] {
  [wijken, gemeenten] = [wijken, gemeenten].map((l) => l.filter((a) => a.punt !== null && (!whole || liesIn(a.code, whole)))) as [Area[], Area[]];
  if (whole) areas = areas.filter((a) => liesIn(a.code, whole));
  const inside = new Map<string, number>();
  for (const a of areas) for (const n of [4, 6]) { const k = digits(a.code).slice(0, n); inside.set(k, (inside.get(k) ?? 0) + 1); }
  const weight = (a: Area) => (a.inwoners ?? 0) * 1e6 + (inside.get(digits(a.code)) ?? 0);
  const some = (of: Area[], kind: Label['kind'], from: number, until: number): Label[] =>
    of.filter((a) => a.punt !== null && a.naam !== '').sort((a, b) => weight(b) - weight(a)).map((a) => ({ text: a.naam, at: a.punt!, kind, from, until }));
  const many = gemeenten.length > 1, near = many ? 10.5 : 0;
  const far = many ? some(gemeenten, 'gemeente', 0, 10.5) : [];
  if (niveau === 'gemeente') return [...some(areas, 'gemeente', 0, 99)];
  if (niveau === 'raster') return [...far, ...some(wijken, 'wijk', near, 99)];
  if (niveau === 'wijk') return [...far, ...some(areas, 'wijk', near, 99)];
  const crowd = areas.length > 400;
  if (wijken.length) return [...far, ...some(wijken, 'wijk', near, 99), ...some(areas, 'buurt', crowd ? 12.5 : 13, 99)];
  return [...far, ...some(areas, 'wijk', near, 99)];
}
