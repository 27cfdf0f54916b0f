// SPDX-License-Identifier: EUPL-1.2
// «Kaart»: how areas differ and what changed. The address holds layer, level, year, view and area, so it is the saved view.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type Area, type Areas, type Indicator, type Root, type Scores, useApi, type Vector } from './api';
import { moment, sentences, year } from './format';
import { type Layer, layerOf, layersOf, paintChange, paintLevel, type Painted, show, sourceOf, valuesOf } from './layer';
import { Legend, YearSlider } from './legend';
import type { Label, MapHandle } from './map';
import { Figure } from './number';
import { go, hasPage, pageOf } from './route';
import { median } from './scale';
import { Failed, Loading, Tabs } from './states';
import { AreaTable } from './table';
import { t } from './text';

type Answer = Scores | Vector;
export interface View { layer: Layer; at: { niveau: string; indelingsjaar: number; naam: string }; period: string; since: string | null; painted: Painted; areas: Area[]; words: (nr: number) => string | null; parentName: (code: string | null) => string }

export function MapView({ root, place }: { root: Root; place: URL }) {
  const q = place.searchParams;
  const indicators = useApi<{ indicatoren: Indicator[] }>('/indicatoren');
  const fixed = layersOf(root), want = q.get('laag') ?? fixed[0]?.id ?? '';
  const loose = indicators.data?.indicatoren ?? [];
  const layer = fixed.find((l) => l.id === want) ?? loose.filter((i) => i.id === want).map(layerOf)[0] ?? (indicators.data ? fixed[0] ?? loose.filter((i) => i.beschikbaar.length > 0).map(layerOf)[0] : undefined);
  const set = (change: Record<string, string | null>, replace = true) => {
    const next = new URLSearchParams(location.search);
    for (const [k, v] of Object.entries(change)) if (v === null) next.delete(k); else next.set(k, v);
    go(`/kaart${next.size ? '?' + next : ''}`, replace);
  };
  const wantLevel = q.get('niveau'), wantDivision = Number(q.get('indelingsjaar') ?? 0);
  const division = root.indelingen.find((d) => d.niveau === wantLevel && (!wantDivision || d.indelingsjaar === wantDivision) && layer?.available.some((a) => a.niveau === d.niveau && a.indelingsjaar === d.indelingsjaar))
    ?? (wantLevel ? root.indelingen.find((d) => d.niveau === wantLevel) : undefined)
    ?? root.indelingen.find((d) => d.tegels !== null && layer?.available.some((a) => a.niveau === d.niveau && a.indelingsjaar === d.indelingsjaar))
    ?? root.indelingen.find((d) => layer?.available.some((a) => a.niveau === d.niveau && a.indelingsjaar === d.indelingsjaar)) ?? root.indelingen[0];
  const periods = useMemo(() => [...(layer?.available.find((a) => a.niveau === division?.niveau && a.indelingsjaar === division.indelingsjaar)?.perioden ?? [])].sort((a, b) => year(a) - year(b)), [layer?.id, division?.niveau, division?.indelingsjaar]);
  const newest = periods[periods.length - 1], wanted = q.get('jaar');
  const period = wanted && periods.includes(wanted) ? wanted : newest;
  const changing = q.get('soort') === 'verandering' && periods.length > 1;
  const since = !changing || !period ? null : ((s) => (s && periods.includes(s) && s !== period ? s : periods.find((p) => p !== period && year(p) >= year(period) - 7) ?? periods[0]!))(q.get('sinds'));
  const from = (p: string | null | undefined) => (layer && division && p ? sourceOf(layer, division, p) : null);
  const now = useApi<Answer>(from(period)), then = useApi<Answer>(from(since)), last = useApi<Answer>(from(newest));
  const areas = useApi<Areas>(division ? `/gebieden?niveau=${division.niveau}&indelingsjaar=${division.indelingsjaar}` : null);
  const above = root.indelingen.find((d) => d.niveau === (division?.niveau === 'buurt' ? 'wijk' : 'gemeente') && d.niveau !== division?.niveau && d.indelingsjaar === division?.indelingsjaar);
  const parents = useApi<Areas>(above ? `/gebieden?niveau=${above.niveau}&indelingsjaar=${above.indelingsjaar}` : null);
  const table = q.get('beeld') === 'tabel' || division?.tegels === null;
  const ready = layer && division && period && now.data && last.data && (!since || then.data) && areas.data;
  const kept = useRef<View | null>(null);
  const view = useMemo<View | null>(() => {
    if (!ready || !layer || !division || !period || !now.data || !last.data || !areas.data) return null;
    const painted = since && then.data ? paintChange(layer, root, now.data, then.data) : paintLevel(layer, root, now.data, valuesOf(layer, root, last.data));
    const names = new Map((parents.data?.gebieden ?? []).map((p) => [p.code, p.naam]));
    const nine = layer.total && !since && 'klasse' in now.data ? now.data.klasse : null, klassen = root.methoden.find((m) => m.id === layer.method)?.klassen ?? [];
    return { layer, at: division, period, since, painted, areas: areas.data.gebieden, words: (nr) => (nine?.[nr] ? klassen[nine[nr]! - 1] ?? null : null), parentName: (c) => (c ? names.get(c) ?? '' : '') };
  }, [now.data, then.data, last.data, areas.data, parents.data, layer?.id, period, since]);
  if (view) kept.current = view;
  const drawn = view ?? (kept.current && kept.current.at.niveau === division?.niveau && kept.current.at.indelingsjaar === division.indelingsjaar ? kept.current : null);
  const failure = now.failure ?? areas.failure ?? (since ? then.failure : null);
  const [marked, mark] = useState<number | null>(null);
  useEffect(() => mark(null), [layer?.id, period, since]);
  const picked = areas.data?.gebieden.find((a) => a.code === q.get('gebied')) ?? null;
  const title = !layer ? '' : since && period ? t.changeOf(moment(since), moment(period), division?.naam ?? '') : layer && period ? t.countOf(layer.total ? t.classWord : layer.name, moment(period), division?.naam ?? '') : '';

  return (
    <main id="inhoud" tabIndex={-1} class={table ? 'mapview as-table' : 'mapview'}>
      <div class="panel">
        {drawn ? <Headline view={drawn} now={now.data} /> : failure ? null : <Loading stop={now.stop} />}
        {layer && <Choice {...{ fixed, loose, layer, division, root, set }} />}
        {drawn && <Legend p={drawn.painted} title={title} chosen={marked} choose={mark} note={!drawn.since && !drawn.layer.total ? t.breaksNote(newest ?? '') : null} />}
      </div>
      <div class="stage" id="beeld" role="tabpanel" aria-label={layer ? t.mapOf(layer.name) : t.map} tabIndex={-1}>
        <div class="over">
          {division?.tegels !== null ? <Tabs label={t.view} options={[['kaart', t.map], ['tabel', t.table]]} value={table ? 'tabel' : 'kaart'} choose={(v) => set({ beeld: v === 'tabel' ? v : null })} panel="beeld" /> : <span />}
          {periods.length > 1 && <Tabs label={t.measure} options={[['stand', t.level], ['verandering', t.change]]} value={changing ? 'verandering' : 'stand'} choose={(v) => set({ soort: v === 'stand' ? null : v, sinds: null })} panel="beeld" />}
        </div>
        {failure ? <div class="stage-say"><Failed failure={failure} retry={() => { now.retry(); then.retry(); areas.retry(); }} /></div> : null}
        {!failure && layer && division && !period ? <p class="stage-say mention">{t.noLayer(division.naam)}</p> : null}
        {table && division?.tegels === null ? <p class="mention no-borders">{t.noBorders(division.naam)}</p> : null}
        {!failure && table && drawn && period ? <AreaTable key={drawn.at.niveau} view={drawn} /> : null}
        {!table && division && <MapBox root={root} division={division} view={drawn} marked={marked} picked={picked} pick={(a) => set({ gebied: a?.code ?? null })} parents={parents.data?.gebieden ?? []} />}
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

function Headline({ view, now }: { view: View; now: Answer | null }) {
  const { layer, painted, at, period, since } = view;
  let text: string, more = '';
  if (since) {
    const c = painted.counts, up = c[4]! + c[5]! + c[6]!, down = c[0]! + c[1]! + c[2]!;
    text = (layer.directional ? t.changeUp : t.changeNeutral)(moment(since), at.naam, up, down);
    more = t.changeSame(c[3]!, at.naam);
    if (!layer.total) more = `${layer.name}. ${more}`;
  } else if (layer.total && now && 'zin' in now) [text, more] = sentences(now.zin);
  else {
    const mid = median(painted.values);
    text = mid === null ? t.nothingKnown : t.medianTitle(layer.name, painted.values.filter((v) => v !== null).length, at.naam, show(layer, mid));
    more = mid === null ? layer.name : moment(period);
  }
  return <div aria-live="polite"><h1>{text}</h1>{more && <p class="sub">{more}</p>}</div>;
}

function Choice({ fixed, loose, layer, division, root, set }: { fixed: Layer[]; loose: Indicator[]; layer: Layer; division: Root['indelingen'][number] | undefined; root: Root; set: (c: Record<string, string | null>) => void }) {
  const [open, setOpen] = useState(false), [text, setText] = useState('');
  const listed = fixed.slice(0, 6).some((l) => l.id === layer.id) ? fixed.slice(0, 6) : [...fixed.slice(0, 6), layer];
  const known = loose.filter((i) => i.beschikbaar.length > 0), found = known.filter((i) => (i.naam + ' ' + i.thema).toLowerCase().includes(text.trim().toLowerCase()));
  const levels = root.indelingen.filter((d) => layer.available.some((a) => a.niveau === d.niveau && a.indelingsjaar === d.indelingsjaar) || d === division);
  return (
    <>
      <fieldset class="choice"><legend>{t.what}</legend>
        {listed.map((l) => <label key={l.id}><input type="radio" name="laag" checked={l.id === layer.id} onChange={() => set({ laag: l.id })} /><span>{l.name}</span></label>)}
      </fieldset>
      {known.length > 0 && <button type="button" class="plain all" aria-expanded={open} onClick={() => setOpen(!open)}>{t.searchAll(known.length)}</button>}
      {open && (
        <div class="all-list"><input class="utrecht-textbox" aria-label={t.indicatorName} placeholder={t.indicatorName} value={text} onInput={(e) => setText(e.currentTarget.value)} />
          <ul tabIndex={0} aria-label={t.indicators}>{found.slice(0, 60).map((i) => <li key={i.id}><button type="button" class="plain" onClick={() => { set({ laag: i.id, jaar: null }); setOpen(false); }}>{i.naam}</button> <small>{i.thema}</small></li>)}</ul></div>
      )}
      {levels.length > 1 && (
        <label class="per">{t.perLevel} <select value={`${division?.niveau}:${division?.indelingsjaar}`} onChange={(e) => { const [n, y] = e.currentTarget.value.split(':'); set({ niveau: n!, indelingsjaar: y!, gebied: null }); }}>
          {levels.map((d) => <option key={d.niveau + d.indelingsjaar} value={`${d.niveau}:${d.indelingsjaar}`}>{t.levels[d.niveau] ?? d.naam}{levels.filter((o) => o.niveau === d.niveau).length > 1 ? `, ${t.division} ${d.indelingsjaar}` : ''}</option>)}
        </select></label>
      )}
    </>
  );
}

function Card({ view, a }: { view: View; a: Area }) {
  const { layer, painted, period, since } = view, v = painted.values[a.nr] ?? null, word = view.words(a.nr);
  const s = painted.status[a.nr], none = s === '2' ? t.tooSmall : s === '3' ? t.notApply : t.notKnown;
  const says = v === null ? none : since ? (Math.abs(v) < 10 ** -(layer.decimals + 1) ? t.same(moment(since)) : v > 0 ? t.higherThan(show(layer, v).replace('+', ''), moment(since)) : t.lowerThan(show(layer, -v).replace('+', ''), moment(since))) : show(layer, v);
  return (
    <>
      <p><b>{a.naam}</b> <span class="where">{view.parentName(a.ouder)}</span></p>
      <p>{word ? <><b>{word}</b> · </> : ''}<Figure code={a.code} indicator={layer.indicator} period={period} division={view.at.indelingsjaar}>{says}</Figure></p>
      <p class="small">{layer.name} · {moment(period)}{hasPage(view.at.niveau) ? <> · <a href={pageOf(view.at.niveau, a.code)}>{t.toArea}</a></> : ''}</p>
    </>
  );
}

function MapBox({ root, division, view, marked, picked, pick, parents }: { root: Root; division: Root['indelingen'][number]; view: View | null; marked: number | null; picked: Area | null; pick: (a: Area | null) => void; parents: Area[] }) {
  const box = useRef<HTMLDivElement>(null), names = useRef<HTMLDivElement>(null), card = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<MapHandle | null>(null), [dead, kill] = useState(false), [hover, setHover] = useState<{ nr: number; x: number; y: number } | null>(null);
  const latest = useRef({ view, pick, picked });
  latest.current = { view, pick, picked };
  useEffect(() => {
    if (!division.tegels || !division.omvang || !box.current || !names.current) return;
    let handle: MapHandle | null = null, gone = false;
    const same = (n: string) => (n === division.niveau ? null : root.indelingen.find((d) => d.niveau === n && d.indelingsjaar === division.indelingsjaar)?.tegels ?? null);
    const slim = innerWidth < 720;
    import('./map').then((m) => m.makeMap(box.current!, names.current!, {
      tiles: division.tegels!, wijkTiles: division.niveau === 'buurt' ? same('wijk') : null, outerTiles: same('gemeente') ?? null, water: root.water, box: division.omvang!,
      padding: slim ? { top: 12, right: 12, bottom: 12, left: 12 } : { top: 64, right: 32, bottom: 96, left: 32 }, title: t.map,
    })).then((h) => {
      if (gone) return h.end();
      handle = h;
      h.on('press', (nr) => latest.current.pick(nr === null ? null : latest.current.view?.areas[nr] ?? null));
      h.on('hover', (nr, x, y) => setHover(nr === null ? null : { nr, x, y }));
      setMap(h);
    }).catch(() => { if (!gone) kill(true); });
    return () => { gone = true; setMap(null); handle?.end(); };
  }, [division.tegels]);
  useEffect(() => { if (map && view) map.colour(view.painted.classes, view.painted.colours); }, [map, view]);
  useEffect(() => { map?.outline(view && marked !== null ? view.areas.filter((a) => view.painted.classes[a.nr] === marked).map((a) => a.nr) : []); }, [map, marked, view]);
  useEffect(() => { map?.select(picked?.nr ?? null); }, [map, picked?.nr]);
  useEffect(() => {
    if (!map || !view) return;
    const byPeople = (a: Area, b: Area) => (b.inwoners ?? 0) - (a.inwoners ?? 0);
    const big: Label[] = [...(parents.length ? parents : view.areas)].sort(byPeople).filter((a) => a.punt).map((a) => ({ text: a.naam, at: a.punt!, kind: 'wijk' }));
    const small: Label[] = parents.length ? [...view.areas].sort(byPeople).filter((a) => a.punt).map((a) => ({ text: a.naam, at: a.punt!, kind: 'buurt' })) : [];
    map.labels([...big, ...small]);
  }, [map, view?.areas, parents]);
  useEffect(() => {
    if (!map) return;
    const put = () => {
      const a = latest.current.picked, el = card.current, b = box.current;
      if (!a?.punt || !el || !b || innerWidth < 720) { if (el) el.style.transform = ''; return; }
      const p = map.project(a.punt), x = Math.max(16, Math.min(p.x - 90, b.clientWidth - el.offsetWidth - 16));
      const y = p.y + 22 + el.offsetHeight > b.clientHeight - 90 ? p.y - el.offsetHeight - 26 : p.y + 26;
      el.style.transform = `translate(${Math.round(x)}px, ${Math.round(Math.max(60, y))}px)`;
    };
    put();
    map.moved(put);
    const wait = setTimeout(put, 50);
    return () => clearTimeout(wait);
  }, [map, picked?.code, view]);
  const tip = hover && view && hover.nr !== picked?.nr ? view.areas[hover.nr] : null;
  if (dead || !division.omvang) return <p class="stage-say mention">{t.noMap}</p>;
  return (
    <>
      <div class="map-box">
        <div class="gl" ref={box} />
        <div class="namen" ref={names} aria-hidden="true" />
        {tip && hover && <div class="tip" aria-hidden="true" style={{ transform: `translate(${Math.round(hover.x) + 14}px, ${Math.round(hover.y) + 14}px)` }}><b>{tip.naam}</b> {view!.words(tip.nr) ?? (view!.painted.values[tip.nr] === null || view!.painted.values[tip.nr] === undefined ? t.missing : show(view!.layer, view!.painted.values[tip.nr]!, view!.since !== null))}</div>}
        <div class="zoom"><button type="button" aria-label={t.zoomIn} onClick={() => map?.zoom(1)}>+</button><button type="button" aria-label={t.zoomOut} onClick={() => map?.zoom(-1)}>−</button><button type="button" class="whole" aria-label={t.wholeMap} onClick={() => map?.fit()}><svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.6" aria-hidden="true"><path d="M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4" /></svg></button></div>
      </div>
      {picked && view ? <div class="card" ref={card} role="region" aria-label={picked.naam}><Card view={view} a={picked} /></div> : <p class="card strip">{t.tapArea(t.levels[division.niveau] ?? division.niveau)}</p>}
    </>
  );
}
