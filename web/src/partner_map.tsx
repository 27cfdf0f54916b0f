// SPDX-License-Identifier: EUPL-1.2
// The map of «Wie doet wat»: buurten in steps of how many offers reach them. The table beside it says the same.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Area, Division, Root } from './api';
import type { MapHandle } from './map';
import { COMPOSITION } from './scale';
import { p } from './text_partner';

const COLOURS = ['#ecebe5', ...COMPOSITION];
/** The first number of each colour: every number its own while there are few, else steps up to the most there is. */
const stepsOf = (counts: number[]): number[] => {
  const each = [...new Set([0, ...counts])].sort((a, b) => a - b), most = each[each.length - 1]!;
  return each.length <= COLOURS.length ? each : [0, ...COLOURS.slice(1).map((_, k) => 1 + Math.floor((k * most) / (COLOURS.length - 1)))];
};
/** Few steps lie far apart on the scale. */
const coloursOf = (n: number): string[] => Array.from({ length: n }, (_, k) => (k === 0 ? COLOURS[0]! : n === 2 ? COLOURS[3]! : COLOURS[1 + Math.round(((k - 1) * (COLOURS.length - 2)) / (n - 2))]!));
export function OfferMap({ root, division, areas, counts, picked, pick, fail }: { root: Root; division: Division; areas: Area[]; counts: number[]; picked: string; pick: (code: string) => void; fail: () => void }) {
  const w = p(), STEPS = stepsOf(counts), paint = coloursOf(STEPS.length), box = useRef<HTMLDivElement>(null), names = useRef<HTMLDivElement>(null), [map, set] = useState<MapHandle | null>(null), latest = useRef({ areas, pick });
  latest.current = { areas, pick };
  useEffect(() => {
    let handle: MapHandle | null = null, gone = false;
    const tiles = (n: string) => root.indelingen.find((d) => d.niveau === n && d.indelingsjaar === division.indelingsjaar)?.tegels ?? null;
    import('./map').then((m) => m.makeMap(box.current!, names.current!, {
      tiles: division.tegels!, wijkTiles: tiles('wijk'), outerTiles: tiles('gemeente'), water: root.water, waterNames: root.waterNamen, box: division.omvang!, padding: { top: 12, right: 12, bottom: 12, left: 12 }, title: w.mapTitle, dense: division.aantal > 1500,
    })).then((h) => {
      if (gone) return h.end();
      handle = h;
      h.on('press', (nr) => { const a = nr === null ? null : latest.current.areas.find((x) => x.nr === nr); latest.current.pick(a?.code ?? ''); });
      set(h);
    }).catch(() => { if (!gone) fail(); });
    return () => { gone = true; set(null); handle?.end(); };
  }, [division.tegels]);
  useEffect(() => { map?.colour(counts.map((n) => STEPS.filter((s) => s <= n).length - 1), paint); }, [map, counts]);
  useEffect(() => { map?.select(areas.find((a) => a.code === picked)?.nr ?? null); }, [map, picked, areas]);
  return (
    <figure class="offer-map">
      <div class="map-frame"><div class="gl" ref={box} /><div class="namen" ref={names} aria-hidden="true" /></div>
      <figcaption class="legend-row">{STEPS.map((s, k) => <span key={s}><i style={{ background: paint[k] }} aria-hidden="true" />{k < STEPS.length - 1 && k > 0 && STEPS[k + 1]! - s > 1 && STEPS.length === COLOURS.length ? `${s}–${STEPS[k + 1]! - 1}` : w.legend(s, k === STEPS.length - 1 && STEPS.length === COLOURS.length)}</span>)}</figcaption>
    </figure>
  );
}
