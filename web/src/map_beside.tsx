// SPDX-License-Identifier: EUPL-1.2
// Two maps side by side: on the right another year or another layer of the same areas. The same layer has the same classes left and right.
import type { Area, Root } from './api';
import { moment } from './format';
import { show } from './layer';
import { why } from './map_box';
import { earlier, layerNamed, type Layers, periodsOf, type Sight, useSight, type View } from './map_view';
import { Figure } from './number';
import { hasPage, pageOf } from './route';
import { t } from './text';
import { words } from './text_map';

export interface Beside { on: boolean; sight: Sight; view: View | null; legend: View | null; sameScale: boolean }
export function useBeside(root: Root, layers: Layers, left: Sight, q: URLSearchParams): Beside {
  const on = q.get('soort') === 'naast' && left.division !== undefined && !left.bare, at = left.division;
  const id = q.get('laag2') ?? left.layer?.id ?? null, same = id === left.layer?.id, asked = q.get('jaar2');
  // Nothing chosen yet: the same layer some years before.
  const jaar = asked ?? (same && left.period && left.periods.length > 1 ? earlier(left.periods, left.period) : left.period ?? null);
  const sight = useSight(root, layers, on && at ? { laag: id, niveau: at.niveau, indeling: at.indelingsjaar, jaar, change: false, sinds: null, binnen: q.get('binnen') } : null);
  const view = on ? sight.view : null;
  return { on, sight, view, legend: view && !same && view.period !== '' ? view : null, sameScale: same };
}

export function BesideChoice({ of, layers, left, set }: { of: Beside; layers: Layers; left: Sight; set: (c: Record<string, string | null>) => void }) {
  const w = words(), at = left.division, has = (id: string) => periodsOf(layerNamed(layers, id), at).length > 0;
  const known = [...layers.fixed.map((l) => ({ id: l.id, name: l.name })), ...layers.loose.filter((i) => !layers.fixed.some((l) => l.id === i.id)).map((i) => ({ id: i.id, name: i.naam }))].filter((l) => has(l.id));
  return (
    <fieldset class="choice beside"><legend>{w.right}</legend>
      <label>{t.what} <select value={of.sight.layer?.id} onChange={(e) => set({ laag2: e.currentTarget.value === left.layer?.id ? null : e.currentTarget.value, jaar2: null })}>{known.map((l) => <option key={l.id} value={l.id}>{l.name}{l.id === left.layer?.id ? ` (${w.asLeft})` : ''}</option>)}</select></label>
      <label>{t.year} <select value={of.sight.period} onChange={(e) => set({ jaar2: e.currentTarget.value })}>{of.sight.periods.map((p) => <option key={p} value={p}>{moment(p)}</option>)}</select></label>
      <p class="small">{w.linked}</p>
    </fieldset>
  );
}

/** The area that was pressed, left and right in one strip. */
export function PairSays({ a, left, right }: { a: Area; left: View; right: View | null }) {
  const w = words(), says = (v: View) => {
    const x = v.painted.values[a.nr] ?? null;
    return x === null ? why(v, a.nr) : <>{v.words(a.nr) ? `${v.words(a.nr)} · ` : ''}<Figure code={a.code} indicator={v.layer.indicator} period={v.period} division={v.at.indelingsjaar}>{show(v.layer, x, v.since !== null)}</Figure></>;
  };
  return (
    <div class="pair-says" role="status"><p><b>{a.naam}</b> {left.parentName(a.ouder)}{hasPage(left.at.niveau) ? <> · <a href={pageOf(left.at.niveau, a.code)}>{t.toArea}</a></> : ''}</p>
      <p>{w.left}, {moment(left.period)}: {says(left)}</p>{right && <p>{w.right}, {moment(right.period)}: {says(right)}</p>}</div>
  );
}
