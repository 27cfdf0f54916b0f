// SPDX-License-Identifier: EUPL-1.2
// «Kaart»: how areas differ and what changed. The address holds layer, level, year, view, gemeente and area, so it is the saved view.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type Area, type Areas, type Division, type Hit, type Indicator, type Root, type Scores, useApi, type Vector } from './api';
import { moment, num, sentences, year } from './format';
import { type Layer, layerOf, layersOf, paintChange, paintLevel, paintNone, type Painted, show, sourceOf, starters, valuesOf, within } from './layer';
import { Legend, YearSlider } from './legend';
import { type Look, MapBox } from './map_box';
import { holds, labelsOf, liesIn, nearest } from './place';
import { go } from './route';
import { median } from './scale';
import { Search } from './shell';
import { Failed, Loading, Tabs } from './states';
import { AreaTable } from './table';
import { t } from './text';

type Answer = Scores | Vector;
/** What map, legend and table show. areas: all, by their number; listed: those the view is about. period '' : borders alone. */
export interface View { layer: Layer; at: Division; period: string; since: string | null; painted: Painted; areas: Area[]; listed: Area[]; where: string | null; words: (nr: number) => string | null; parentName: (code: string | null) => string }
const NO_LAYER: Layer = { id: '', name: '', indicator: '', method: null, total: false, unit: '', decimals: 0, composition: false, directional: false, available: [] };

/** The division the address asks for; else the first with a map that the layer has figures for. */
function divisionOf(root: Root, layer: Layer | undefined, niveau: string | null, indeling: number): Division | undefined {
  const has = (d: Division) => layer?.available.some((a) => a.niveau === d.niveau && a.indelingsjaar === d.indelingsjaar) ?? false;
  const asked = root.indelingen.filter((d) => d.niveau === niveau && (!indeling || d.indelingsjaar === indeling));
  return asked.find(has) ?? asked[0] ?? root.indelingen.find((d) => d.tegels !== null && has(d)) ?? root.indelingen.find(has) ?? root.indelingen.find((d) => d.tegels !== null) ?? root.indelingen[0];
}
const listOf = (d: Division | undefined) => (d ? `/gebieden?niveau=${d.niveau}&indelingsjaar=${d.indelingsjaar}` : null);

export function MapView({ root, place }: { root: Root; place: URL }) {
  const q = place.searchParams;
  const indicators = useApi<{ indicatoren: Indicator[] }>('/indicatoren'), loose = indicators.data?.indicatoren ?? [];
  const fixed = useMemo(() => { const m = layersOf(root); return m.length ? m : starters(loose); }, [root, indicators.data]);
  const want = q.get('laag') ?? fixed[0]?.id ?? '';
  const layer = fixed.find((l) => l.id === want) ?? loose.filter((i) => i.id === want).map(layerOf)[0] ?? (indicators.data ? fixed[0] : undefined);
  const set = (change: Record<string, string | null>, replace = true) => {
    const next = new URLSearchParams(location.search);
    for (const [k, v] of Object.entries(change)) if (v === null) next.delete(k); else next.set(k, v);
    go(`/kaart${next.size ? '?' + next : ''}`, replace);
  };
  const division = divisionOf(root, layer, q.get('niveau'), Number(q.get('indelingsjaar') ?? 0));
  const periods = useMemo(() => [...(layer?.available.find((a) => a.niveau === division?.niveau && a.indelingsjaar === division.indelingsjaar)?.perioden ?? [])].sort((a, b) => year(a) - year(b)), [layer?.id, division?.niveau, division?.indelingsjaar]);
  const newest = periods[periods.length - 1], wanted = q.get('jaar');
  const period = wanted && periods.includes(wanted) ? wanted : newest;
  const changing = q.get('soort') === 'verandering' && periods.length > 1;
  const since = !changing || !period ? null : ((s) => (s && periods.includes(s) && s !== period ? s : periods.find((p) => p !== period && year(p) >= year(period) - 7) ?? periods[0]!))(q.get('sinds'));
  const from = (p: string | null | undefined) => (layer && division && p ? sourceOf(layer, division, p) : null);
  const now = useApi<Answer>(from(period)), then = useApi<Answer>(from(since)), last = useApi<Answer>(from(newest));
  const areas = useApi<Areas>(listOf(division)), small = division !== undefined && division.niveau !== 'gemeente';
  const wijken = useApi<Areas>(listOf(small && division.niveau !== 'wijk' && division.niveau !== 'pc4' ? nearest(root, 'wijk', division.indelingsjaar) : undefined));
  const gemeenten = useApi<Areas>(listOf(small ? nearest(root, 'gemeente', division.indelingsjaar) : undefined));
  const table = q.get('beeld') === 'tabel' || division?.tegels === null;
  const bare = indicators.data !== null && division !== undefined && !period;
  const binnen = q.get('binnen'), whole = binnen && /^(GM|WK)/.test(binnen) && division && holds(binnen.startsWith('GM') ? 'gemeente' : 'wijk', division.niveau) ? binnen : null;
  const parents = useMemo(() => new Map([...(gemeenten.data?.gebieden ?? []), ...(wijken.data?.gebieden ?? [])].map((p) => [p.code, p.naam])), [gemeenten.data, wijken.data]);
  const kept = useRef<View | null>(null);
  const view = useMemo<View | null>(() => {
    const all = areas.data?.gebieden;
    if (!all || !division || (!bare && (!layer || !period || !now.data || !last.data || (since && !then.data)))) return null;
    let painted = bare || !layer || !now.data || !last.data ? paintNone(all.length) : since && then.data ? paintChange(layer, root, now.data, then.data) : paintLevel(layer, root, now.data, valuesOf(layer, root, last.data));
    const listed = whole ? all.filter((a) => liesIn(a.code, whole)) : all;
    if (whole) { const inside = new Set(listed.map((a) => a.nr)); painted = within(painted, (nr) => inside.has(nr)); }
    const nine = layer?.total && !since && now.data && 'klasse' in now.data ? now.data.klasse : null, klassen = root.methoden.find((m) => m.id === layer?.method)?.klassen ?? [];
    return { layer: layer ?? NO_LAYER, at: division, period: bare ? '' : period ?? '', since, painted, areas: all, listed, where: whole ? parents.get(whole) ?? whole : null, words: (nr) => (nine?.[nr] ? klassen[nine[nr]! - 1] ?? null : null), parentName: (c) => (c ? parents.get(c) ?? '' : '') };
  }, [now.data, then.data, last.data, areas.data, parents, layer?.id, division?.niveau, division?.indelingsjaar, period, since, whole, bare]);
  if (view) kept.current = view;
  const drawn = view ?? (kept.current && kept.current.at.niveau === division?.niveau && kept.current.at.indelingsjaar === division.indelingsjaar ? kept.current : null);
  const failure = now.failure ?? areas.failure ?? (since ? then.failure : null) ?? (layer ? null : indicators.failure);
  const [marked, mark] = useState<number | null>(null), [look, setLook] = useState<Look>({ code: whole ?? q.get('gebied'), wish: 0 });
  useEffect(() => mark(null), [layer?.id, period, since, whole]);
  const picked = areas.data?.gebieden.find((a) => a.code === q.get('gebied')) ?? null;
  const labels = useMemo(() => (areas.data && division ? labelsOf(division.niveau, areas.data.gebieden, wijken.data?.gebieden ?? [], gemeenten.data?.gebieden ?? [], whole) : []), [areas.data, wijken.data, gemeenten.data, division?.niveau, whole]);
  const names = division?.naam ?? '', inside = drawn?.where ? t.insideOf(names, drawn.where) : names;
  const title = !layer || !period ? '' : since ? t.changeOf(moment(since), moment(period), inside) : t.countOf(layer.total ? t.classWord : layer.name, moment(period), inside);
  const take = (h: Hit) => {
    if (division && holds(h.niveau, division.niveau)) set({ binnen: h.code, gebied: null });
    else if (h.niveau === division?.niveau && areas.data?.gebieden.some((a) => a.code === h.code)) set({ gebied: h.code, ...(whole && !liesIn(h.code, whole) ? { binnen: null } : {}) });
    else set({ niveau: h.niveau, indelingsjaar: String(h.indelingsjaar), gebied: h.code, binnen: null });
    setLook({ code: h.code, wish: look.wish + 1 });
  };
  const choose = (change: Record<string, string | null>) => { if ('niveau' in change) setLook({ code: whole, wish: 0 }); set(change); };
  const showAll = () => { set({ binnen: null }); setLook({ code: null, wish: look.wish + 1 }); };

  return (
    <main id="inhoud" tabIndex={-1} class={table ? 'mapview as-table' : 'mapview'}>
      <div class="panel">
        {drawn ? <Headline view={drawn} now={now.data} all={whole ? showAll : null} /> : failure ? <h1>{t.map}</h1> : <Loading stop={now.stop} />}
        {division && (layer || indicators.data) && <Choice {...{ fixed, loose, layer, division, root, set: choose }} />}
        {drawn && drawn.period !== '' && <Legend p={drawn.painted} title={title} chosen={marked} choose={mark} note={!drawn.since && !drawn.layer.total && drawn.painted.breaks.length > 0 ? t.breaksNote(newest ?? '') : null} />}
      </div>
      <div class="stage" id="beeld" role="tabpanel" aria-label={layer ? t.mapOf(layer.name) : t.map} tabIndex={-1}>
        <div class="over">
          {division?.tegels !== null ? <Tabs label={t.view} options={[['kaart', t.map], ['tabel', t.table]]} value={table ? 'tabel' : 'kaart'} choose={(v) => set({ beeld: v === 'tabel' ? v : null })} panel="beeld" /> : <span />}
          <Search id="op-kaart" label={t.findOnMap} hint={t.findOnMap} take={take} />
          {periods.length > 1 ? <Tabs label={t.measure} options={[['stand', t.level], ['verandering', t.change]]} value={changing ? 'verandering' : 'stand'} choose={(v) => set({ soort: v === 'stand' ? null : v, sinds: null })} panel="beeld" /> : <span />}
        </div>
        {failure ? <div class="stage-say"><Failed failure={failure} retry={() => { now.retry(); then.retry(); last.retry(); areas.retry(); indicators.retry(); }} /></div> : null}
        {table && division?.tegels === null && !bare ? <p class="mention no-borders">{t.noBorders(division.naam)}</p> : null}
        {!failure && table && drawn ? drawn.period !== '' ? <AreaTable key={drawn.at.niveau} view={drawn} /> : <p class="mention">{t.noTable}</p> : null}
        {!table && division && <MapBox root={root} division={division} view={drawn} marked={marked} picked={picked} pick={(a) => set({ gebied: a?.code ?? null })} names={labels} look={look} />}
        {period && periods.length > 0 && (
          <div class="timebar">
            <YearSlider periods={periods} value={period} choose={(p) => set({ jaar: p === newest ? null : p })} />
            {since && <label class="since">{t.compareWith} <select value={since} onChange={(e) => set({ sinds: e.currentTarget.value })}>{periods.filter((p) => p !== period).map((p) => <option key={p} value={p}>{moment(p)}</option>)}</select></label>}
          </div>
        )}
      </div>
    </main>
  );
}

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
function Headline({ view, now, all }: { view: View; now: Answer | null; all: (() => void) | null }) {
  const [text, more] = sentenceOf(view, now);
  return (
    <div aria-live="polite"><h1>{text}</h1>
      <p class="sub">{more}{more && !/[.]$/.test(more) ? ' · ' : ' '}{t.divisionOf(view.at.indelingsjaar)}</p>
      {all && <p class="row"><button type="button" class="plain" onClick={all}>{t.showAll(view.at.naam)}</button></p>}</div>
  );
}
function Choice({ fixed, loose, layer, division, root, set }: { fixed: Layer[]; loose: Indicator[]; layer: Layer | undefined; division: Division; root: Root; set: (c: Record<string, string | null>) => void }) {
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
          {listed.map((l) => <label key={l.id}><input type="radio" name="laag" checked={l.id === layer?.id} onChange={() => set({ laag: l.id })} /><span>{l.name}</span></label>)}
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
