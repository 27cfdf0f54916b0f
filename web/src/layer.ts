// SPDX-License-Identifier: EUPL-1.2
// What the map shows, from the answers of the API: a value per area, its class, its colours and the words of the legend.
import type { Available, Indicator, Num, Root, Scores, Vector } from './api';
import { amount, dev, num, unitBeside } from './format';
import { CHANGE, changeBreaks, classOf, coloursFor, COMPOSITION, decimalsOf, grade, LEVEL, levelBreaks, NO_DATA, OUTSIDE, SUPPRESSED } from './scale';
import { t } from './text';

export interface Layer { id: string; name: string; indicator: string; method: string | null; total: boolean; unit: string; decimals: number; composition: boolean; directional: boolean; available: Available[] }
export interface Painted {
  values: Num[]; status: string; classes: Int8Array; colours: string[]; breaks: number[]; counts: number[]; words: string[]; ends: [string, string]; decimals: number;
}

export function layersOf(root: Root): Layer[] {
  const methods = root.methoden.filter((m) => m.beschikbaar.length > 0);
  return methods.flatMap((m) => [
    { id: m.totaal, name: methods.length > 1 ? `${t.total} (${m.naam})` : t.total, indicator: m.totaal, method: m.id, total: true, unit: '', decimals: 3, composition: false, directional: true, available: m.beschikbaar },
    ...m.dimensies.map((d) => ({ id: d.indicator, name: d.naam, indicator: d.indicator, method: m.id, total: false, unit: '', decimals: 3, composition: false, directional: true, available: m.beschikbaar })),
  ]);
}
export const layerOf = (i: Indicator): Layer => ({
  id: i.id, name: i.naam, indicator: i.id, method: null, total: false, unit: unitBeside(i.naam, i.eenheid), decimals: i.decimalen, composition: i.samenstelling,
  directional: i.richting !== null && /beter|better/.test(i.richting), available: i.beschikbaar,
});

export interface Weighed { id: string; naam: string; niveau: string; openbaar: boolean; indelingsjaar: number | null; perioden: string[] }
/** A municipality's own weighing, when it may be shown. */
export const weighedLayers = (all: Weighed[]): Layer[] => all.filter((g) => g.openbaar && g.indelingsjaar !== null && g.perioden.length > 0).map((g) => ({
  id: `weging:${g.id}`, name: g.naam, indicator: `weging:${g.id}`, method: null, total: false, unit: '', decimals: 1, composition: false, directional: true, available: [{ niveau: g.niveau, indelingsjaar: g.indelingsjaar!, perioden: g.perioden }],
}));

/** Without a method: what people ask for first, then the first of every other theme. At most seven. */
const FIRST = ['residents', 'population_density_km2', 'age_0_14_pct', 'age_65_plus_pct', 'single_person_households_pct', 'ses_woa', 'owner_occupied_pct', 'woz_value_keur'];
export function starters(all: Indicator[]): Layer[] {
  const there = all.filter((i) => i.beschikbaar.length > 0), out = FIRST.flatMap((id) => there.filter((i) => i.id === id));
  for (const i of there) if (!out.some((o) => o.thema === i.thema)) out.push(i);
  return out.slice(0, 7).map(layerOf);
}

/** The address of one year of a layer, and how its values lie in the answer. */
export const sourceOf = (l: Layer, at: { niveau: string; indelingsjaar: number }, period: string) =>
  l.id.startsWith('weging:') ? `/wegingen/${encodeURIComponent(l.id.slice(7))}/scores?periode=${encodeURIComponent(period)}&indelingsjaar=${at.indelingsjaar}`
    : l.method !== null ? `/scores?methode=${l.method}&niveau=${at.niveau}&periode=${encodeURIComponent(period)}&indelingsjaar=${at.indelingsjaar}`
    : `/indicatoren/${encodeURIComponent(l.indicator)}/waarden?niveau=${at.niveau}&periode=${encodeURIComponent(period)}&indelingsjaar=${at.indelingsjaar}`;
export function valuesOf(l: Layer, root: Root, a: Scores | Vector): Num[] {
  if ('waarden' in a) return a.waarden;
  if (l.total) return a.totaal;
  const d = root.methoden.find((m) => m.id === l.method)?.dimensies.find((x) => x.indicator === l.indicator);
  return (d && a.dimensies[d.id]) ?? [];
}

function finish(values: Num[], status: string, klass: (v: number, nr: number) => number, rest: Omit<Painted, 'values' | 'status' | 'classes' | 'counts'>): Painted {
  const classes = new Int8Array(values.length), counts = rest.colours.map(() => 0);
  values.forEach((v, nr) => {
    const k = v === null ? (status[nr] === '2' ? SUPPRESSED : NO_DATA) : Math.min(klass(v, nr), rest.colours.length - 1);
    classes[nr] = k;
    if (k >= 0) counts[k]!++;
  });
  return { values, status, classes, counts, ...rest };
}
export function paintLevel(l: Layer, root: Root, now: Scores | Vector, fixed: Num[]): Painted {
  const values = valuesOf(l, root, now);
  if (l.total && 'klasse' in now) {
    const nine = now.klasse, limits = now.grenzen;
    return finish(values, now.status, (v, nr) => (nine[nr] ? grade(nine[nr]!) : limits ? grade(classOf(v, limits) + 1) : 3), {
      colours: LEVEL, breaks: limits ? limits.slice(1, 7) : [], words: t.grades, ends: [t.lower, t.higher], decimals: 2,
    });
  }
  const n = fixed.filter((v) => v !== null).length, breaks = levelBreaks(fixed, l.composition || n < 30 ? 5 : 7, l.decimals);
  const colours = l.composition ? COMPOSITION.slice(0, breaks.length + 1) : coloursFor(breaks.length + 1), decimals = decimalsOf(breaks);
  const word = (k: number) => (breaks.length === 0 ? l.name : k === 0 ? `< ${amount(breaks[0]!, l.unit, decimals)}` : k === breaks.length ? `≥ ${amount(breaks[k - 1]!, l.unit, decimals)}` : `${num(breaks[k - 1]!, decimals)} – ${amount(breaks[k]!, l.unit, decimals)}`);
  return finish(values, now.status, (v) => classOf(v, breaks), { colours, breaks, words: colours.map((_, k) => word(k)), ends: l.composition ? [t.less, t.more] : [t.lower, t.higher], decimals });
}
export function paintChange(l: Layer, root: Root, now: Scores | Vector, then: Scores | Vector): Painted {
  const a = valuesOf(l, root, now), b = valuesOf(l, root, then);
  const values = a.map((v, nr) => (v === null || b[nr] === null || b[nr] === undefined ? null : v - b[nr]!));
  const status = [...now.status].map((s, nr) => (s === '2' || then.status[nr] === '2' ? '2' : s)).join('');
  const breaks = changeBreaks(values), decimals = decimalsOf(breaks), f = (v: number) => num(v, decimals, true);
  const words = CHANGE.map((_, k) => (k === 0 ? `< ${f(breaks[0]!)}` : k === 6 ? `≥ ${f(breaks[5]!)}` : `${f(breaks[k - 1]!)} – ${f(breaks[k]!)}`));
  return finish(values, status, (v) => classOf(v, breaks), { colours: CHANGE, breaks, words, ends: l.directional ? [t.backward, t.forward] : [t.less, t.more], decimals });
}
/** Borders alone: no layer has figures here. */
export const paintNone = (n: number): Painted => ({
  values: Array<Num>(n).fill(null), status: '1'.repeat(n), classes: new Int8Array(n).fill(NO_DATA), colours: [], breaks: [], counts: [], words: [], ends: ['', ''], decimals: 0,
});
/** The same picture of the areas inside only; breaks and colours stay, so it may be compared with the whole. */
export function within(p: Painted, inside: (nr: number) => boolean): Painted {
  const classes = p.classes.map((k, nr) => (inside(nr) ? k : OUTSIDE)), counts = p.counts.map(() => 0);
  classes.forEach((k) => { if (k >= 0) counts[k]!++; });
  return { ...p, values: p.values.map((v, nr) => (inside(nr) ? v : null)), classes, counts };
}
export const show = (l: Layer, v: number, sign = false) => (l.method !== null ? dev(v) : sign ? num(v, l.decimals, true) : amount(v, l.unit, l.decimals));
