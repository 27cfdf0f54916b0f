// SPDX-License-Identifier: EUPL-1.2
// What a map shows, read from what the address asks for: layer, division, year and gemeente become values, classes and colours.
import { useMemo, useRef } from 'preact/hooks';
import { type Area, type Areas, type Division, type Failure, type Indicator, type Root, type Scores, useApi, type Vector } from './api';
import { year } from './format';
import { type Layer, layerOf, layersOf, paintChange, paintLevel, paintNone, type Painted, sourceOf, starters, valuesOf, type Weighed, weighedLayers, within } from './layer';
import { holds, liesIn, nearest } from './place';

export type Answer = Scores | Vector;
/** What map, legend and table show. areas: all, by their number; listed: those the view is about. period '' : borders alone. */
export interface View { layer: Layer; at: Division; period: string; since: string | null; painted: Painted; areas: Area[]; listed: Area[]; where: string | null; words: (nr: number) => string | null; parentName: (code: string | null) => string }
export interface Wish { laag: string | null; niveau: string | null; indeling: number; jaar: string | null; change: boolean; sinds: string | null; binnen: string | null }
export interface Layers { fixed: Layer[]; loose: Indicator[]; ready: boolean; failure: Failure | null; retry: () => void }
export interface Sight {
  layer: Layer | undefined; division: Division | undefined; periods: string[]; newest: string | undefined; period: string | undefined; since: string | null; changing: boolean; bare: boolean; whole: string | null;
  now: Answer | null; areas: Area[] | null; wijken: Area[]; gemeenten: Area[]; view: View | null; failure: Failure | null; stop: () => void; retry: () => void;
}
const NO_LAYER: Layer = { id: '', name: '', indicator: '', method: null, total: false, unit: '', decimals: 0, composition: false, directional: false, available: [] };

/** Everything that can be a layer: the parts of the scores, or what people ask for first; and every single indicator. */
export function useLayers(root: Root): Layers {
  const indicators = useApi<{ indicatoren: Indicator[] }>('/indicatoren'), loose = indicators.data?.indicatoren ?? [];
  const weighings = useApi<{ wegingen: Weighed[] }>('/wegingen').data?.wegingen;
  const fixed = useMemo(() => { const m = layersOf(root), own = weighedLayers(weighings ?? []); return [...(m.length ? m : starters(loose)), ...own]; }, [root, indicators.data, weighings]);
  return { fixed, loose, ready: indicators.data !== null, failure: indicators.failure, retry: indicators.retry };
}
export const layerNamed = (l: Layers, id: string | null) => l.fixed.find((x) => x.id === (id ?? l.fixed[0]?.id)) ?? l.loose.filter((i) => i.id === id).map(layerOf)[0];

/** The division the address asks for; else the first with a map that the layer has figures for. */
function divisionOf(root: Root, layer: Layer | undefined, niveau: string | null, indeling: number): Division | undefined {
  const has = (d: Division) => layer?.available.some((a) => a.niveau === d.niveau && a.indelingsjaar === d.indelingsjaar) ?? false;
  const asked = root.indelingen.filter((d) => d.niveau === niveau && (!indeling || d.indelingsjaar === indeling));
  return asked.find(has) ?? asked[0] ?? root.indelingen.find((d) => d.tegels !== null && has(d)) ?? root.indelingen.find(has) ?? root.indelingen.find((d) => d.tegels !== null) ?? root.indelingen[0];
}
const listOf = (d: Division | undefined) => (d ? `/gebieden?niveau=${d.niveau}&indelingsjaar=${d.indelingsjaar}` : null);
export const periodsOf = (layer: Layer | undefined, d: Division | undefined) =>
  [...(layer?.available.find((a) => a.niveau === d?.niveau && a.indelingsjaar === d.indelingsjaar)?.perioden ?? [])].sort((a, b) => year(a) - year(b));
/** The measurement to compare one with where none was asked: at most seven years before. */
export const earlier = (periods: string[], period: string) => periods.find((p) => p !== period && year(p) >= year(period) - 7) ?? periods[0]!;

/** wish null: nothing is read. */
export function useSight(root: Root, layers: Layers, wish: Wish | null): Sight {
  const layer = wish ? layerNamed(layers, wish.laag) ?? (layers.ready ? layers.fixed[0] : undefined) : undefined;
  const division = wish ? divisionOf(root, layer, wish.niveau, wish.indeling) : undefined;
  const periods = useMemo(() => periodsOf(layer, division), [layer?.id, division?.niveau, division?.indelingsjaar]);
  const newest = periods[periods.length - 1], wanted = wish?.jaar;
  const period = wanted && periods.includes(wanted) ? wanted : newest;
  const changing = wish !== null && wish.change && periods.length > 1;
  const since = !changing || !period ? null : wish.sinds && periods.includes(wish.sinds) && wish.sinds !== period ? wish.sinds : earlier(periods, period);
  const from = (p: string | null | undefined) => (layer && division && p ? sourceOf(layer, division, p) : null);
  const now = useApi<Answer>(from(period)), then = useApi<Answer>(from(since)), last = useApi<Answer>(from(newest));
  const areas = useApi<Areas>(listOf(division)), small = division !== undefined && division.niveau !== 'gemeente';
  const wijken = useApi<Areas>(listOf(small && division.niveau !== 'wijk' && division.niveau !== 'pc4' ? nearest(root, 'wijk', division.indelingsjaar) : undefined));
  const gemeenten = useApi<Areas>(listOf(small ? nearest(root, 'gemeente', division.indelingsjaar) : undefined));
  const bare = layers.ready && division !== undefined && !period, binnen = wish?.binnen ?? null;
  const whole = binnen && /^(GM|WK)/.test(binnen) && division && holds(binnen.startsWith('GM') ? 'gemeente' : 'wijk', division.niveau) ? binnen : null;
  const parents = useMemo(() => new Map([...(gemeenten.data?.gebieden ?? []), ...(wijken.data?.gebieden ?? [])].map((p) => [p.code, p.naam])), [gemeenten.data, wijken.data]);
  const kept = useRef<View | null>(null);
  const fresh = useMemo<View | null>(() => {
    const all = areas.data?.gebieden;
    if (!all || !division || (!bare && (!layer || !period || !now.data || !last.data || (since && !then.data)))) return null;
    let painted = bare || !layer || !now.data || !last.data ? paintNone(all.length) : since && then.data ? paintChange(layer, root, now.data, then.data) : paintLevel(layer, root, now.data, valuesOf(layer, root, last.data));
    const listed = whole ? all.filter((a) => liesIn(a.code, whole)) : all;
    if (whole) { const inside = new Set(listed.map((a) => a.nr)); painted = within(painted, (nr) => inside.has(nr)); }
    const nine = layer?.total && !since && now.data && 'klasse' in now.data ? now.data.klasse : null, klassen = root.methoden.find((m) => m.id === layer?.method)?.klassen ?? [];
    return { layer: layer ?? NO_LAYER, at: division, period: bare ? '' : period ?? '', since, painted, areas: all, listed, where: whole ? parents.get(whole) ?? whole : null, words: (nr) => (nine?.[nr] ? klassen[nine[nr]! - 1] ?? null : null), parentName: (c) => (c ? parents.get(c) ?? '' : '') };
  }, [now.data, then.data, last.data, areas.data, parents, layer?.id, division?.niveau, division?.indelingsjaar, period, since, whole, bare]);
  if (fresh) kept.current = fresh;
  // Until the new answer is there the former stays, as long as it is about the same areas.
  const view = fresh ?? (kept.current && kept.current.at.niveau === division?.niveau && kept.current.at.indelingsjaar === division.indelingsjaar ? kept.current : null);
  return {
    layer, division, periods, newest, period, since, changing, bare, whole, now: now.data, areas: areas.data?.gebieden ?? null, wijken: wijken.data?.gebieden ?? [], gemeenten: gemeenten.data?.gebieden ?? [], view,
    failure: now.failure ?? areas.failure ?? (since ? then.failure : null) ?? (layer ? null : layers.failure), stop: now.stop,
    retry: () => { now.retry(); then.retry(); last.retry(); areas.retry(); layers.retry(); },
  };
}
