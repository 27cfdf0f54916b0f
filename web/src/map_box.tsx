// SPDX-License-Identifier: EUPL-1.2
// The map on its page: shapes, names, the tip under the pointer and the card of the chosen area.
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Area, type AreaPage, type Division, get, type Root } from './api';
import { moment } from './format';
import { show } from './layer';
import type { Label, MapHandle } from './map';
import { DrawSheet, type Tool } from './map_tools';
import { Figure } from './number';
import type { View } from './map_view';
import { liesIn, nearest } from './place';
import { hasPage, pageOf } from './route';
import { OUTSIDE } from './scale';
import { t } from './text';

/** Why an area has no value, in words. */
export const why = (view: View, nr: number) => (view.period === '' ? t.bare : view.painted.classes[nr] === OUTSIDE ? t.outside : ({ 2: t.tooSmall, 3: t.notApply })[Number(view.painted.status[nr])] ?? t.notKnown);
const told = (view: View, nr: number) => {
  const v = view.painted.values[nr] ?? null;
  return v === null ? why(view, nr) : view.words(nr) ?? show(view.layer, v, view.since !== null);
};

function Card({ view, a }: { view: View; a: Area }) {
  const { layer, painted, period, since } = view, v = painted.values[a.nr] ?? null, word = view.words(a.nr);
  const says = v === null ? why(view, a.nr) : since ? (Math.abs(v) < 10 ** -(layer.decimals + 1) ? t.same(moment(since)) : v > 0 ? t.higherThan(show(layer, v).replace('+', ''), moment(since)) : t.lowerThan(show(layer, -v).replace('+', ''), moment(since))) : show(layer, v);
  return (
    <>
      <p><b>{a.naam}</b> <span class="where">{view.parentName(a.ouder)}</span></p>
      {period === '' || painted.classes[a.nr] === OUTSIDE ? <p>{says}</p> : <p>{word ? <><b>{word}</b> · </> : ''}<Figure code={a.code} indicator={layer.indicator} period={period} division={view.at.indelingsjaar}>{says}</Figure></p>}
      <p class="small">{period === '' ? t.divisionOf(view.at.indelingsjaar) : `${layer.name} · ${moment(period)}`}{hasPage(view.at.niveau) ? <> · <a href={pageOf(view.at.niveau, a.code)}>{t.toArea}</a></> : ''}</p>
    </>
  );
}

/** About where the areas of a gemeente lie that has no borders of its own. */
function boxOf(areas: Area[], whole: string): AreaPage['omvang'] {
  const at = areas.filter((a) => a.punt && liesIn(a.code, whole)).map((a) => a.punt!), x = at.map((p) => p[0]), y = at.map((p) => p[1]);
  return at.length ? [Math.min(...x) - 0.01, Math.min(...y) - 0.007, Math.max(...x) + 0.01, Math.max(...y) + 0.007] : null;
}

/** Where to look: an area by its code, and a number that rises with every wish, so that the same wish counts again. */
export interface Look { code: string | null; wish: number }
/** What lies over the areas: those chosen by code, the border of an answer, and the tool one draws with. */
export interface Over { tool: Tool; chosen: string[]; border: GeoJSON.Geometry | null; drawn: (ring: [number, number][]) => void; stop: () => void }
/** Maps that move together. */
export type Wire = Set<MapHandle>;
export function MapBox({ root, division, view, marked, picked, pick, names: places, look, over, wire, title }: { root: Root; division: Division; view: View | null; marked: number | null; picked: Area | null; pick: (a: Area | null) => void; names: Label[]; look: Look; over: Over; wire: Wire | null; title?: string }) {
  const box = useRef<HTMLDivElement>(null), names = useRef<HTMLDivElement>(null), card = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<MapHandle | null>(null), [sheet, setSheet] = useState(''), [dead, kill] = useState(false), [hover, setHover] = useState<{ nr: number; x: number; y: number } | null>(null);
  const latest = useRef({ view, pick, picked });
  latest.current = { view, pick, picked };
  useEffect(() => {
    if (!division.tegels || !division.omvang || !box.current || !names.current) return;
    let handle: MapHandle | null = null, gone = false;
    const same = (n: string) => (n === division.niveau ? null : nearest(root, n, division.indelingsjaar)?.tegels ?? null);
    const slim = innerWidth < 720 || wire !== null;
    import('./map').then((m) => m.makeMap(box.current!, names.current!, {
      tiles: division.tegels!, wijkTiles: division.niveau === 'buurt' ? same('wijk') : null, outerTiles: same('gemeente') ?? null, water: root.water, waterNames: root.waterNamen, box: division.omvang!,
      padding: slim ? { top: wire ? 48 : 12, right: 12, bottom: wire ? 12 : 52, left: 12 } : { top: 112, right: 76, bottom: 96, left: 32 }, title: title ?? t.map, dense: division.aantal > 1500,
    })).then((h) => {
      if (gone) return h.end();
      handle = h;
      h.on('press', (nr) => latest.current.pick(nr === null ? null : latest.current.view?.areas[nr] ?? null));
      h.on('hover', (nr, x, y) => setHover(nr === null ? null : { nr, x, y }));
      setMap(h);
    }).catch(() => { if (!gone) kill(true); });
    return () => { gone = true; setMap(null); handle?.end(); };
  }, [division.tegels, wire]);
  useEffect(() => {
    if (!map || !wire) return;
    for (const other of wire) { map.follow(other.camera()); break; }
    wire.add(map);
    map.moves((to) => { for (const other of wire) if (other !== map) other.follow(to); });
    return () => { wire.delete(map); };
  }, [map, wire]);
  const chosen = over.chosen.join(' ');
  useEffect(() => { if (map && view) { const want = new Set(over.chosen); map.choose(view.areas.filter((a) => want.has(a.code)).map((a) => a.nr)); } }, [map, view?.areas, chosen]);
  useEffect(() => { map?.border(over.border); }, [map, over.border]);
  // Paper gets a picture of the map: what a browser draws by itself is not there any more when it prints.
  useEffect(() => {
    if (!map) return;
    const before = () => setSheet(map.picture());
    addEventListener('beforeprint', before);
    return () => { removeEventListener('beforeprint', before); };
  }, [map]);
  useEffect(() => { if (map && view) map.colour(view.painted.classes, view.painted.colours); }, [map, view]);
  useEffect(() => { map?.outline(view && marked !== null ? view.areas.filter((a) => view.painted.classes[a.nr] === marked).map((a) => a.nr) : []); }, [map, marked, view]);
  useEffect(() => { map?.select(picked?.nr ?? null); }, [map, picked?.nr]);
  useEffect(() => { map?.labels(places); }, [map, places]);
  useEffect(() => {
    if (!map) return;
    if (look.code === null) { if (look.wish > 0) map.fit(); return; }
    let live = true;
    get<AreaPage>(`/gebieden/${encodeURIComponent(look.code)}`).then((a) => {
      const whole = division.omvang, o = a.omvang ?? boxOf(latest.current.view?.areas ?? [], a.code);
      if (!live || !whole || !o) return;
      const wide = Math.max(o[2] - o[0], 0.004), high = Math.max(o[3] - o[1], 0.003), around = look.code === latest.current.picked?.code ? 1.2 : 0.05;
      if (look.wish === 0 && wide > (whole[2] - whole[0]) / 12) return;
      map.fit([o[0] - wide * around, o[1] - high * around, o[2] + wide * around, o[3] + high * around]);
    }, () => undefined);
    return () => { live = false; };
  }, [map, look.wish, look.code]);
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
    const off = map.moved(put), wait = setTimeout(put, 50);
    return () => { off(); clearTimeout(wait); };
  }, [map, picked?.code, view]);
  const tip = hover && view && hover.nr !== picked?.nr ? view.areas[hover.nr] : null;
  if (dead || !division.omvang) return <p class="stage-say mention">{t.noMap}</p>;
  return (
    <>
      <div class="map-box">
        <div class="gl" ref={box} />
        <div class="namen" ref={names} aria-hidden="true" />
        {sheet !== '' && <img class="only-paper paper-map" src={sheet} alt={title ?? t.map} />}
        {map && (over.tool === 'vak' || over.tool === 'tekenen') && <DrawSheet map={map} tool={over.tool} done={over.drawn} stop={over.stop} />}
        {tip && hover && view && <div class="tip" aria-hidden="true" style={{ transform: `translate(${Math.round(Math.min(hover.x + 14, (box.current?.clientWidth ?? 9999) - 240))}px, ${Math.round(hover.y) + 14}px)` }}><b>{tip.naam}</b> <span>{view.parentName(tip.ouder)}</span><br />{told(view, tip.nr)}</div>}
        <div class="zoom"><button type="button" aria-label={t.zoomIn} onClick={() => map?.zoom(1)}>+</button><button type="button" aria-label={t.zoomOut} onClick={() => map?.zoom(-1)}>−</button><button type="button" class="whole" aria-label={t.wholeMap} onClick={() => map?.fit()}><svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.6" aria-hidden="true"><path d="M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4" /></svg></button></div>
      </div>
      {wire ? null : picked && view ? <div class="card" ref={card} role="region" aria-label={picked.naam}><Card view={view} a={picked} /></div> : <p class="card strip">{t.tapArea(t.levels[division.niveau] ?? division.niveau)}</p>}
    </>
  );
}
