// SPDX-License-Identifier: EUPL-1.2
// Beside the map: the sentence that carries it, and what can be chosen to be shown.
import { useState } from 'preact/hooks';
import type { Division, Indicator, Root } from './api';
import { moment, num, sentences } from './format';
import { type Layer, show } from './layer';
import type { Answer, View } from './map_view';
import { median } from './scale';
import { t } from './text';

/** The sentence of a view, and what stands below it. */
function sentenceOf(view: View, now: Answer | null): [string, string] {
  const { layer, painted, at, period, since, where } = view, areas = where ? t.insideOf(at.naam, where) : at.naam;
  if (period === '') return layer.id === '' ? [t.onlyBorders, t.onlyBordersMore] : [t.noLayer(layer.name, t.levels[at.niveau] ?? at.naam), layer.available.length ? t.layerElse(layer.available.map((a) => `${t.levels[a.niveau] ?? a.niveau} (${t.division} ${a.indelingsjaar})`).join(', ')) : ''];
  if (view.listed.length === 0) return [t.nothingInside(at.naam, where ?? ''), ''];
  const known = painted.values.reduce<number>((n, v) => n + (v === null ? 0 : 1), 0);
  if (known === 0) return [t.nothingKnown, `${layer.name} · ${moment(period)}`];
  if (since) {
    const c = painted.counts, up = c[4]! + c[5]! + c[6]!, down = c[0]! + c[1]! + c[2]!, same = t.changeSame(num(c[3]!), areas);
    return [(layer.directional ? t.changeUp : t.changeNeutral)(moment(since), areas, num(up), num(down)), layer.total ? same : `${layer.name}. ${same}`];
  }
  if (layer.total && where) return [t.gradeTitle(num(painted.counts.slice(4).reduce((n, c) => n + c, 0)), num(known), areas, period), ''];
  if (layer.total && now && 'zin' in now) return sentences(now.zin);
  return [t.medianTitle(layer.name, num(known), areas, show(layer, median(painted.values)!)), moment(period)];
}
export function Headline({ view, now, all }: { view: View; now: Answer | null; all: (() => void) | null }) {
  const [text, more] = sentenceOf(view, now);
  return (
    <div aria-live="polite"><h1>{text}</h1>
      <p class="sub">{more}{more && !/[.]$/.test(more) ? ' · ' : ' '}{t.divisionOf(view.at.indelingsjaar)}</p>
      {all && <p class="row"><button type="button" class="plain" onClick={all}>{t.showAll(view.at.naam)}</button></p>}</div>
  );
}
export function Choice({ fixed, loose, layer, marked, note, division, root, set }: { fixed: Layer[]; loose: Indicator[]; layer: Layer | undefined; marked: string | null; note: string | null; division: Division; root: Root; set: (c: Record<string, string | null>) => void }) {
  const [open, setOpen] = useState(false), [text, setText] = useState('');
  const short = fixed.slice(0, 7), listed = !layer || short.some((l) => l.id === layer.id) ? short : [...short, layer];
  const known = loose.filter((i) => i.beschikbaar.length > 0), found = known.filter((i) => (i.naam + ' ' + i.thema).toLowerCase().includes(text.trim().toLowerCase()));
  const has = (d: Division) => layer?.available.some((a) => a.niveau === d.niveau && a.indelingsjaar === d.indelingsjaar) ?? false;
  // A map of bare borders is offered only where the layer has no map of its own.
  const drawable = root.indelingen.some((d) => d.tegels !== null && has(d));
  const levels = root.indelingen.filter((d) => has(d) || d === division || (!drawable && d.tegels !== null));
  const nameOf = (d: Division) => (t.levels[d.niveau] ?? d.naam) + (levels.filter((o) => o.niveau === d.niveau).length > 1 ? `, ${t.division} ${d.indelingsjaar}` : '') + (has(d) ? '' : ` (${t.noFigures})`);
  return (
    <>
      {listed.length > 0 && (
        <fieldset class="choice"><legend>{t.what}</legend>
          {listed.map((l) => <label key={l.id}><input type="radio" name="laag" checked={l.id === marked} onChange={() => set({ laag: l.id })} /><span>{l.name}</span></label>)}
          {note && <p class="small">{note}</p>}
        </fieldset>
      )}
      {known.length > listed.length && <button type="button" class="plain all" aria-expanded={open} onClick={() => setOpen(!open)}>{t.searchAll(known.length)}</button>}
      {open && (
        <div class="all-list"><input class="utrecht-textbox" aria-label={t.indicatorName} placeholder={t.indicatorName} value={text} onInput={(e) => setText(e.currentTarget.value)} />
          <ul tabIndex={0} aria-label={t.indicators}>{found.slice(0, 60).map((i) => <li key={i.id}><button type="button" class="plain" onClick={() => { set({ laag: i.id, jaar: null }); setOpen(false); }}>{i.naam}</button> <small>{i.thema}</small></li>)}{found.length === 0 && <li>{t.noneFound}</li>}</ul></div>
      )}
      {levels.length > 1 && (
        <label class="per">{t.perLevel} <select value={`${division.niveau}:${division.indelingsjaar}`} onChange={(e) => { const [n, y] = e.currentTarget.value.split(':'); set({ niveau: n!, indelingsjaar: y!, gebied: null }); }}>
          {levels.map((d) => <option key={d.niveau + d.indelingsjaar} value={`${d.niveau}:${d.indelingsjaar}`}>{nameOf(d)}</option>)}
        </select></label>
      )}
    </>
  );
}
