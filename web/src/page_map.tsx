// SPDX-License-Identifier: EUPL-1.2
// «Kaart»: how areas differ and what changed. The address holds layer, level, year, view, gemeente, area and choice, so it is the saved view.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Hit, Root } from './api';
import { moment } from './format';
import { Legend, YearSlider } from './legend';
import { type Look, MapBox, type Over, type Wire } from './map_box';
import { Choice, Headline } from './map_panel';
import { BesideChoice, PairSays, useBeside } from './map_beside';
import { OtherVersion, Printed, Take } from './map_take';
import { type Tool, ToolBar } from './map_tools';
import { layerNamed, useLayers, useSight } from './map_view';
import { Chosen, FromList, MOST, OwnAnswer, useOwn } from './own_area';
import { holds, labelsOf, liesIn } from './place';
import { go } from './route';
import { Search } from './shell';
import { canPair, SpaceLegend, SpaceSays, SpaceTable, useSpace } from './space';
import { Failed, Loading, Tabs } from './states';
import { AreaTable } from './table';
import { t } from './text';
import { words } from './text_map';
import { spaceWords } from './text_space';

declare const MAP_STYLE: string;
/** The style sheet of this page alone; without it the page is plain but works. */
export const ready = new Promise<void>((done) => {
  const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: MAP_STYLE, onload: () => done(), onerror: () => done() });
  document.head.append(link);
});

/** Why nothing can be drawn here; null: it can. */
const noDrawing = (root: Root) => (!root.opMaat ? words().noAsk : root.indelingen.some((d) => (d.niveau === 'buurt' || d.niveau === 'raster') && d.metGrenzen > 0) ? null : words().noParts);
type Change = Record<string, string | null>;
const set = (change: Change, replace = true) => {
  const next = new URLSearchParams(location.search);
  for (const [k, v] of Object.entries(change)) if (v === null) next.delete(k); else next.set(k, v);
  go(`/kaart${next.size ? '?' + next : ''}`, replace);
};

export function MapView({ root, place }: { root: Root; place: URL }) {
  const q = place.searchParams, w = words(), soort = q.get('soort'), layers = useLayers(root);
  const wish = { laag: q.get('laag'), niveau: q.get('niveau'), indeling: Number(q.get('indelingsjaar') ?? 0), jaar: q.get('jaar'), change: soort === 'verandering', sinds: q.get('sinds'), binnen: q.get('binnen') };
  const sight = useSight(root, layers, wish), { layer, division, periods, newest, period, since, whole, view, failure } = sight;
  const beside = useBeside(root, layers, sight, q), space = useSpace(sight, soort), shown = space.view ?? view;
  const table = q.get('beeld') === 'tabel' || division?.tegels === null;
  const [marked, mark] = useState<number | null>(null), [look, setLook] = useState<Look>({ code: whole ?? q.get('gebied'), wish: 0 });
  useEffect(() => mark(null), [layer?.id, period, since, whole, soort]);
  const picked = sight.areas?.find((a) => a.code === q.get('gebied')) ?? null;
  const labels = useMemo(() => (sight.areas && division ? labelsOf(division.niveau, sight.areas, sight.wijken, sight.gemeenten, whole) : []), [sight.areas, sight.wijken, sight.gemeenten, division?.niveau, whole]);
  const names = division?.naam ?? '', inside = view?.where ? t.insideOf(names, view.where) : names;
  const title = !layer || !period ? '' : since ? t.changeOf(moment(since), moment(period), inside) : t.countOf(layer.total ? t.classWord : layer.name, moment(period), inside);
  const take = (h: Hit) => {
    if (division && holds(h.niveau, division.niveau)) set({ binnen: h.code, gebied: null });
    else if (h.niveau === division?.niveau && sight.areas?.some((a) => a.code === h.code)) set({ gebied: h.code, ...(whole && !liesIn(h.code, whole) ? { binnen: null } : {}) });
    else set({ niveau: h.niveau, indelingsjaar: String(h.indelingsjaar), gebied: h.code, binnen: null });
    setLook({ code: h.code, wish: look.wish + 1 });
  };
  // two figures in one map: what is marked is the one that is drawn, and another figure that cannot be drawn so leaves that map
  const asGroup = (id: string | null | undefined) => { const l = layerNamed(layers, id ?? null); return l !== undefined && canPair(l); };
  const pair = space.on === 'dubbel' ? space.view?.layer ?? null : null;
  const choose = (change: Change) => {
    if (space.on === 'dubbel' && 'laag' in change && !asGroup(change.laag)) change = { ...change, soort: null };
    return step(change);
  };
  const step = (change: Change) => { if ('niveau' in change) setLook({ code: whole, wish: 0 }); set('niveau' in change ? { ...change, keuze: null } : change); };
  const showAll = () => { set({ binnen: null }); setLook({ code: null, wish: look.wish + 1 }); };

  const [tool, setTool] = useState<Tool>('een'), [paper, onPaper] = useState<'A3' | 'A4' | null>(null);
  const own = useOwn(q.get('opmaat'), (key) => set({ opmaat: key }));
  const codes = useMemo(() => (q.get('keuze') ?? '').split(',').filter((c) => sight.areas?.some((a) => a.code === c)).slice(0, MOST), [q.get('keuze'), sight.areas]);
  const choice = (next: string[]) => { own.clear(); set({ keuze: next.length ? next.slice(0, MOST).join(',') : null, opmaat: null }); };
  const toggle = (code: string) => choice(codes.includes(code) ? codes.filter((c) => c !== code) : [...codes, code]);
  const clear = () => { own.clear(); set({ keuze: null, opmaat: null }); };
  const over: Over = {
    tool: table ? 'een' : tool, chosen: codes, border: own.at.own?.omtrek ?? null, stop: () => setTool('een'),
    drawn: (ring) => { setTool('een'); set({ keuze: null, opmaat: null }); own.ask({ type: 'Polygon', coordinates: [ring] }); },
  };
  const pick = (a: { code: string } | null) => { if (tool === 'meer') { if (a) toggle(a.code); } else set({ gebied: a?.code ?? null }); };
  const wire = useRef<Wire>(new Set()), box = { root, marked, picked, pick, names: labels, look, over };
  const asked = own.at.own !== null || own.at.busy || own.at.failure !== null;

  return (
    <main id="inhoud" tabIndex={-1} class={`mapview${table ? ' as-table' : ''}${beside.on && !table ? ' two' : ''}${paper ? ` paper-${paper.toLowerCase()}` : ''}`}>
      <div class="panel">
        {space.on && !sight.bare ? <SpaceSays of={space} set={set} /> : view ? <Headline view={view} now={sight.now} all={whole ? showAll : null} /> : failure ? <h1>{t.map}</h1> : <Loading stop={sight.stop} />}
        {root.nietGetoond.map((h) => <p class="small" key={h.id}>{h.naam}. {h.reden} <a href={`/algoritmen/${h.id}`}>{t.showRecord}</a></p>)}
        <OtherVersion root={root} place={place} />
        {asked && <OwnAnswer at={own.at} root={root} first={layer?.indicator ?? ''} areas={sight.areas ?? []} clear={clear} again={own.again} />}
        {!asked && view && codes.length > 0 && <Chosen view={view} codes={codes} root={root} drop={toggle} clear={clear} together={() => own.ask({ leden: codes })} />}
        {division && (layer || layers.ready) && <Choice {...{ fixed: layers.fixed, loose: layers.loose, layer: pair ?? layer, division, root, set: choose }} marked={space.on === 'dubbel' ? pair?.id ?? null : layer?.id ?? null} note={pair && spaceWords().together(spaceWords().homes)} />}
        {beside.on && <BesideChoice of={beside} layers={layers} left={sight} set={set} />}
        {view && view.areas.length > 0 && <FromList areas={view.listed} codes={codes} toggle={toggle} parent={view.parentName} />}
        {space.on && <SpaceLegend of={space} chosen={marked} choose={mark} />}
        {!space.on && view && view.period !== '' && <Legend p={view.painted} title={title} chosen={marked} choose={mark} note={!view.since && !view.layer.total && view.painted.breaks.length > 0 ? t.breaksNote(newest ?? '') : null} />}
        {beside.legend && <Legend p={beside.legend.painted} title={w.otherLegend(`${beside.legend.layer.name} ${moment(beside.legend.period)}`)} chosen={null} choose={() => undefined} note={null} />}
        {view && <Take root={root} view={view} beside={beside.view} place={place} onPaper={onPaper} />}
      </div>
      <div class="stage" id="beeld" role="tabpanel" aria-label={layer ? t.mapOf(layer.name) : t.map} tabIndex={-1}>
        <div class="over">
          {division?.tegels !== null ? <Tabs label={t.view} options={[['kaart', t.map], ['tabel', t.table]]} value={table ? 'tabel' : 'kaart'} choose={(v) => set({ beeld: v === 'tabel' ? v : null })} panel="beeld" /> : <span />}
          <Search id="op-kaart" label={t.findOnMap} hint={t.findOnMap} take={take} />
          {sight.bare ? <span /> : <Tabs label={w.measure} options={[['stand', t.level], ...(periods.length > 1 ? [['verandering', t.change] as [string, string]] : []), ['naast', w.sideBySide], ...(division?.tegels && !layer?.id.startsWith('weging:') ? [['patroon', spaceWords().pattern] as [string, string]] : [])]} value={beside.on ? 'naast' : space.on ? 'patroon' : sight.changing ? 'verandering' : 'stand'} choose={(v) => set({ soort: v === 'stand' ? null : v, sinds: null, laag2: null, jaar2: null })} panel="beeld" />}
        </div>
        {!table && view && <ToolBar tool={tool} choose={setTool} no={noDrawing(root)} />}
        {!table && tool === 'meer' && <p class="sheet-says" role="status"><span>{w.howMany}</span></p>}
        {failure ? <div class="stage-say"><Failed failure={failure} retry={sight.retry} /></div> : null}
        {table && division?.tegels === null && !sight.bare ? <p class="mention no-borders">{t.noBorders(division.naam)}</p> : null}
        {!failure && table && space.view ? <SpaceTable of={space} /> : !failure && table && view ? view.period !== '' ? <AreaTable key={view.at.niveau} view={view} beside={beside.view} /> : <p class="mention">{t.noTable}</p> : null}
        {!table && division && !beside.on && <MapBox key="een" {...box} division={division} view={shown} wire={null} />}
        {!table && division && beside.on && (
          <div class="pair">
            <figure><figcaption>{w.left}: {layer?.name} {period && moment(period)}</figcaption><MapBox key="links" {...box} division={division} view={view} wire={wire.current} title={`${w.left}: ${layer?.name ?? ''}`} /></figure>
            <figure><figcaption>{w.right}: {beside.sight.layer?.name} {beside.sight.period && moment(beside.sight.period)}</figcaption><MapBox key="rechts" {...box} division={division} view={beside.view} marked={beside.sameScale ? marked : null} wire={wire.current} title={`${w.right}: ${beside.sight.layer?.name ?? ''}`} /></figure>
          </div>
        )}
        {!table && beside.on && picked && view && <PairSays a={picked} left={view} right={beside.view} />}
        {period && periods.length > 0 && (
          <div class="timebar">
            <YearSlider periods={periods} value={period} choose={(p) => set({ jaar: p === newest ? null : p })} />
            {since && <label class="since">{t.compareWith} <select value={since} onChange={(e) => set({ sinds: e.currentTarget.value })}>{periods.filter((p) => p !== period).map((p) => <option key={p} value={p}>{moment(p)}</option>)}</select></label>}
          </div>
        )}
        {paper && !table && view && view.period !== '' && <div class="only-paper"><AreaTable view={view} beside={beside.view} whole /></div>}
        <Printed root={root} view={view} />
      </div>
    </main>
  );
}
