// SPDX-License-Identifier: EUPL-1.2
// Areas beside their neighbours on the map: where alike figures lie together, and two figures in one map. Words and a table say all that colours do.
import { useMemo } from 'preact/hooks';
import { type Area, type Num, useApi } from './api';
import { moment, num } from './format';
import { type Layer, type Painted, show } from './layer';
import type { Sight, View } from './map_view';
import { Figure } from './number';
import { hasPage, pageOf } from './route';
import { NO_DATA, OUTSIDE, SUPPRESSED } from './scale';
import { Failed, Loading } from './states';
import { t } from './text';
import { spaceWords } from './text_space';

interface Named { id: string; naam: string }
interface Clusters {
  naam: string; samenstelling: boolean; zin: string; trekkingen: number; geheel: { moran: Num; p: Num; spoor: string; pSpoor: string }; soorten: Named[]; nr: number[]; soort: Num[];
  redenen: Named[]; reden: Num[]; waarden: Num[]; aantalBuren: Num[]; burenGemiddeld: Num[]; q: Num[]; sporen: { burenGemiddeld: string; q: string };
}
interface Spread {
  indicator: Named; gemeenten: { code: string; naam: string; zin: string; aandeel: Num; ongelijk: Num; laag: Num; hoog: Num; toeval: Num; inCorporatiebuurt: Num; allenInCorporatiebuurt: Num; corporatiebuurten: Num }[];
  woningen: Named & { periode: string | null }; nr: number[]; aandeel: Num[]; verhouding: Num[]; corporatiewoningen: Num[]; grensCorporatiebuurt: number; redenen: Named[]; reden: Num[]; vak: Num[];
  kaart: { aantallen: number[] }; sporen: { ongelijk: string; toeval: string; verhouding: string; inCorporatiebuurt: string; allenInCorporatiebuurt: string };
}

/** No pattern, high amid high, low amid low, high amid low, low amid high. Who lives there is in blue alone. */
const CLUSTER = ['#f3f1ea', '#15325a', '#b0894a', '#6f93bd', '#e0c88f'], CLUSTER_BLUE = ['#f3f1ea', '#1d4f7b', '#8db4d5', '#4f88b8', '#c9dcec'];
/** Upwards more of the group in blue, to the right more homes in stone; each cell is both laid over each other. */
export const DOUBLE = ['#e8e8e8', '#bcb6a8', '#6f6859', '#a9c6df', '#899ba1', '#515956', '#3a74a6', '#2f5b78', '#1c3440'];

export interface Space { on: 'patroon' | 'dubbel' | null; view: View | null; clusters: Clusters | null; spread: Spread | null; failure: ReturnType<typeof useApi>['failure']; retry: () => void; stop: () => void }

function lay(view: View, nr: number[], klass: Num[], values: Num[], hidden: (i: number) => boolean, colours: string[], words: string[]): Painted {
  const n = view.areas.length, all = Array<Num>(n).fill(null), classes = new Int8Array(n).fill(OUTSIDE), status = Array<string>(n).fill('0'), counts = colours.map(() => 0);
  nr.forEach((a, i) => {
    const k = klass[i] ?? null;
    classes[a] = k !== null ? k : hidden(i) ? SUPPRESSED : NO_DATA;
    status[a] = hidden(i) ? '2' : '1';
    all[a] = k === null ? null : values[i] ?? null;
    if (k !== null) counts[k]!++;
  });
  return { values: all, status: status.join(''), classes, colours, breaks: [], counts, words, ends: ['', ''], decimals: 1 };
}

/** Shares of who lives there can be laid over the housing; other figures cannot. */
export const canPair = (l: Layer) => l.composition && l.unit === '%';

/** Reads what the address asks for; nothing for a plain map. */
export function useSpace(sight: Sight, soort: string | null): Space {
  const w = spaceWords(), { layer, division, period, view, whole } = sight, on = soort === 'patroon' || soort === 'dubbel' ? soort : null;
  const may = on && layer && division && period && !layer.id.startsWith('weging:') ? `niveau=${division.niveau}&periode=${encodeURIComponent(period)}&indelingsjaar=${division.indelingsjaar}` : null;
  const group = layer && canPair(layer) ? `groep=${encodeURIComponent(layer.indicator)}&` : '';
  const clusters = useApi<Clusters>(may && on === 'patroon' && layer ? `/clusters?indicator=${encodeURIComponent(layer.indicator)}&${may}${whole ? `&binnen=${whole}` : ''}` : null);
  const spread = useApi<Spread>(may && on === 'dubbel' ? `/concentratie?${group}${may}${whole?.startsWith('GM') ? `&binnen=${whole}` : ''}` : null), read = on === 'dubbel' ? spread : clusters;
  const painted = useMemo<View | null>(() => {
    const c = clusters.data, s = spread.data;
    if (!view || view.period === '') return null;
    if (on === 'patroon' && c) {
      const hidden = (i: number) => c.redenen[c.reden[i] ?? -1]?.id === 'hidden', word = new Map(c.nr.map((a, i) => [a, c.soort[i] === null ? null : c.soorten[c.soort[i]!]!.naam]));
      return { ...view, since: null, words: (nr) => word.get(nr) ?? null, painted: lay(view, c.nr, c.soort, c.waarden, hidden, c.samenstelling ? CLUSTER_BLUE : CLUSTER, c.soorten.map((k) => k.naam)) };
    }
    if (on === 'dubbel' && s) {
      const hidden = (i: number) => s.redenen[s.reden[i] ?? -1]?.id === 'hidden', words = DOUBLE.map((_, k) => w.cell(s.indicator.naam, w.thirds[Math.floor(k / 3)]!, w.thirds[k % 3]!)), word = new Map(s.nr.map((a, i) => [a, s.vak[i] === null ? null : words[s.vak[i]!]!]));
      const layer = { ...view.layer, id: s.indicator.id, indicator: s.indicator.id, name: s.indicator.naam, method: null, total: false, unit: '%', decimals: 1, composition: true, directional: false };
      return { ...view, layer, since: null, words: (nr) => word.get(nr) ?? null, painted: lay(view, s.nr, s.vak, s.aandeel, hidden, DOUBLE, words) };
    }
    return null;
  }, [view, on, clusters.data, spread.data]);
  return { on, view: painted, clusters: on === 'patroon' ? clusters.data : null, spread: on === 'dubbel' ? spread.data : null, failure: read.failure, retry: read.retry, stop: read.stop };
}

const fill = (id: string, code: string) => id.replace('{code}', code);

export function SpaceSays({ of, set }: { of: Space; set: (c: Record<string, string | null>) => void }) {
  const w = spaceWords(), { clusters: c, spread: s, view } = of;
  if (of.failure) return <Failed failure={of.failure} retry={of.retry} />;
  if (!view || (!c && !s)) return <Loading stop={of.stop} />;
  const one = s && s.gemeenten.length === 1 ? s.gemeenten[0]! : null, many = s ? s.gemeenten.reduce<Num>((n, g) => (g.corporatiebuurten === null ? n : (n ?? 0) + g.corporatiebuurten), null) : null;
  const part = (v: Num) => (v === null ? '–' : `${num(v, 0)}%`);
  const figure = (id: string, text: string) => <Figure code={one!.code} indicator={s!.indicator.id} period={view.period} id={fill(id, one!.code)}>{text}</Figure>;
  return (
    <div aria-live="polite">
      {c && <><h1>{c.zin}</h1>
        <p class="sub">{c.naam} · {moment(view.period)}</p>
        {c.geheel.moran !== null && <p class="small">{w.whole('', '')[0]}<Figure code="NL" indicator={view.layer.indicator} period={view.period} id={c.geheel.spoor}>{num(c.geheel.moran, 2)}</Figure>{w.whole('', '')[2]}<Figure code="NL" indicator={view.layer.indicator} period={view.period} id={c.geheel.pSpoor}>{num(c.geheel.p!, 3)}</Figure>{w.whole('', '')[4]}</p>}
        <p class="small">{w.about(c.trekkingen)}{c.samenstelling ? ` ${w.composition}` : ''}</p>
        <p class="row"><button type="button" class="plain" onClick={() => set({ soort: 'dubbel' })}>{w.showDouble}</button></p></>}
      {s && <><h1>{many === null ? w.corporatieUnknown : w.corporatie(many)}</h1>
        <p class="sub">{s.indicator.naam}, {w.homes} · {moment(view.period)}</p>
        {one && one.ongelijk !== null && <p class="small">{w.uneven}: {figure(s.sporen.ongelijk, part(one.ongelijk * 100))} ({part(one.laag! * 100)} – {part(one.hoog! * 100)}; {w.chanceSpread} {figure(s.sporen.toeval, part(one.toeval! * 100))}).</p>}
        {one && one.inCorporatiebuurt !== null && <p class="small">{w.inCorporatie}: {figure(s.sporen.inCorporatiebuurt, part(one.inCorporatiebuurt))}, {w.ofAll} {figure(s.sporen.allenInCorporatiebuurt, part(one.allenInCorporatiebuurt))}.</p>}
        <p class="small">{w.composition}</p>
        <p class="row"><button type="button" class="plain" onClick={() => set({ soort: 'patroon' })}>{w.pattern}</button></p></>}
    </div>
  );
}

export function SpaceLegend({ of, chosen, choose }: { of: Space; chosen: number | null; choose: (k: number | null) => void }) {
  const w = spaceWords(), { view, clusters: c, spread: s } = of;
  if (!view || (!c && !s)) return null;
  const p = view.painted, title = c ? w.legend(c.naam, moment(view.period)) : w.doubleLegend, press = (k: number) => choose(chosen === k ? null : k);
  return (
    <section class="legend space-legend" aria-label={title}>
      <h2 class="h3">{title}</h2>
      {c && <ul class="kinds">{p.words.map((word, k) => (
        <li key={word}><button type="button" aria-pressed={chosen === k} onClick={() => press(k)}><i style={{ background: p.colours[k] }} aria-hidden="true" /><span>{word}</span> <b>{num(p.counts[k]!)}</b></button></li>
      ))}</ul>}
      {s && <><p class="small up">↑ {w.moreOf(s.indicator.naam)}</p>
        <div class="nine">{[2, 1, 0].flatMap((y) => [0, 1, 2].map((x) => {
          const k = 3 * y + x;
          return <button type="button" key={k} aria-pressed={chosen === k} aria-label={w.count(p.words[k]!, num(p.counts[k]!))} title={p.words[k]} style={{ background: p.colours[k], color: k === 2 || k > 4 ? '#fff' : '#16202a' }} onClick={() => press(k)}>{num(p.counts[k]!)}</button>;
        }))}</div>
        <p class="small side">{w.moreHomes} →</p><p class="small">{w.thirdsNote}</p></>}
      {chosen !== null && <p class="small chosen" role="status"><b>{p.words[chosen]}</b>: {num(p.counts[chosen]!)}</p>}
    </section>
  );
}

/** The table twin: the same words and figures, by name. */
export function SpaceTable({ of }: { of: Space }) {
  const w = spaceWords(), { view, clusters: c, spread: s } = of;
  const rows = useMemo(() => (view && (c ?? s) ? (c ?? s)!.nr.map((nr, i) => ({ a: view.areas[nr]!, i })).filter((r) => r.a).sort((x, y) => x.a.naam.localeCompare(y.a.naam, 'nl')) : []), [view, c, s]);
  if (!view || (!c && !s)) return null;
  const area = (a: Area) => <th scope="row">{hasPage(view.at.niveau) ? <a href={pageOf(view.at.niveau, a.code)}>{a.naam}</a> : a.naam}<small class="in">{view.parentName(a.ouder)}</small></th>;
  const cell = (a: Area, v: Num, text: (v: number) => string, indicator: string, id: string | null) => <td class="r">{v === null ? '–' : <Figure code={a.code} indicator={indicator} period={view.period} division={view.at.indelingsjaar} id={id}>{text(v)}</Figure>}</td>;
  const why = (of: { redenen: Named[]; reden: Num[] }, i: number) => of.redenen[of.reden[i] ?? -1]?.naam ?? t.notKnown;
  return (
    <div class="table-box" tabIndex={0} role="region" aria-label={c ? w.table : w.doubleTable}>
      <table class="twin big-table">
        {c && <><thead><tr><th scope="col">{t.area}</th><th scope="col" class="r">{w.own}</th><th scope="col" class="r">{w.around}</th><th scope="col">{w.word}</th><th scope="col" class="r">{w.chance}</th></tr></thead>
          <tbody>{rows.map(({ a, i }) => <tr key={a.code} data-code={a.code}>{area(a)}{c.soort[i] === null ? <td colSpan={4} class="why">{why(c, i)}</td> : <>{cell(a, c.waarden[i]!, (v) => show(view.layer, v), view.layer.indicator, null)}{cell(a, c.burenGemiddeld[i]!, (v) => `${show(view.layer, v)} (${w.neighbours(c.aantalBuren[i]!)})`, view.layer.indicator, fill(c.sporen.burenGemiddeld, a.code))}<td>{c.soorten[c.soort[i]!]!.naam}</td>{cell(a, c.q[i]!, (v) => num(v, 3), view.layer.indicator, fill(c.sporen.q, a.code))}</>}</tr>)}</tbody></>}
        {s && <><thead><tr><th scope="col">{t.area}</th><th scope="col" class="r">{s.indicator.naam}</th><th scope="col" class="r">{w.ratio}</th><th scope="col" class="r">{s.woningen.naam}</th><th scope="col">{w.double}</th></tr></thead>
          <tbody>{rows.map(({ a, i }) => <tr key={a.code} data-code={a.code}>{area(a)}{s.aandeel[i] === null ? <td colSpan={4} class="why">{why(s, i)}</td> : <>{cell(a, s.aandeel[i]!, (v) => `${num(v, 1)}%`, s.indicator.id, null)}{cell(a, s.verhouding[i]!, (v) => num(v, 2), s.indicator.id, fill(s.sporen.verhouding, a.code))}<td class="r">{s.corporatiewoningen[i] === null ? '–' : <Figure code={a.code} indicator={s.woningen.id} period={s.woningen.periode ?? view.period} division={view.at.indelingsjaar}>{`${num(s.corporatiewoningen[i]!, 1)}%`}</Figure>}{s.corporatiewoningen[i] !== null && s.corporatiewoningen[i]! > s.grensCorporatiebuurt ? <small class="in">{w.isCorporatie}</small> : null}</td><td>{s.vak[i] === null ? '–' : `${w.thirds[Math.floor(s.vak[i]! / 3)]} · ${w.thirds[s.vak[i]! % 3]}`}</td></>}</tr>)}</tbody></>}
      </table>
    </div>
  );
}
