// SPDX-License-Identifier: EUPL-1.2
// The map itself, loaded only where a map is. Shapes come from our own vector tiles; a class per area colours them, so a
// new layer or year changes colours without fetching shapes. Names lie over the map as HTML: no glyph files are needed.
import { Map as Gl, type GeoJSONFeature, type GeoJSONSource, type LayerSpecification, type MapMouseEvent, type StyleSpecification, setWorkerUrl } from 'maplibre-gl';
import { BESIDE, MISSING, OUTSIDE, SUPPRESSED } from './scale';

declare const WORKER_URL: string;
setWorkerUrl(new URL(WORKER_URL, location.href).href);

export interface Label { text: string; at: [number, number]; kind: 'gemeente' | 'wijk' | 'buurt' | 'own' | 'water'; from?: number; until?: number; half?: number }
export interface MapSetup {
  tiles: string; wijkTiles: string | null; outerTiles: string | null; water: string | null; waterNames?: { nr: number; naam: string }[] | undefined; box: [number, number, number, number];
  padding: { top: number; right: number; bottom: number; left: number }; title: string; still?: boolean; dense?: boolean; maxZoom?: number;
}
export interface Camera { at: [number, number]; zoom: number }
export interface MapHandle {
  colour(classes: ArrayLike<number>, colours: string[]): void;
  select(nr: number | null): void;
  outline(nrs: number[]): void;
  /** Areas that belong together by choice, and the border of one that is no area of ours. */
  choose(nrs: number[]): void;
  border(shape: GeoJSON.Geometry | null): void;
  labels(l: Label[]): void;
  fit(box?: [number, number, number, number]): void;
  zoom(by: number): void;
  project(at: [number, number]): { x: number; y: number };
  unproject(x: number, y: number): [number, number];
  camera(): Camera;
  /** Goes there without telling followers that it moved. */
  follow(to: Camera): void;
  moves(f: (to: Camera) => void): void;
  /** What is drawn now, for paper. */
  picture(): string;
  on(kind: 'hover' | 'press', f: (nr: number | null, x: number, y: number) => void): void;
  moved(f: () => void): () => void;
  end(): void;
}
const url = (path: string) => location.origin + path;
const source = (path: string) => ({ type: 'vector' as const, tiles: [url(path)], minzoom: 5, maxzoom: 14 });

function dots(): ImageData {
  const c = document.createElement('canvas');
  c.width = c.height = 16;
  const g = c.getContext('2d')!;
  g.fillStyle = '#f0efeb';
  g.fillRect(0, 0, 16, 16);
  g.fillStyle = '#918e84';
  for (const [x, y] of [[4, 4], [12, 12]] as const) { g.beginPath(); g.arc(x, y, 1.9, 0, 7); g.fill(); }
  return g.getImageData(0, 0, 16, 16);
}
// What changes seldom is a filter, so that nothing is drawn for all the others. What follows the pointer is a state of a
// feature: a filter would have the worker read every tile anew at each step.
const nothing: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] };
const round = { 'line-join': 'round' as const };
const only = (nrs: number[]) => ['in', ['id'], ['literal', nrs.map((n) => n + 1)]] as never;
function style(s: MapSetup): StyleSpecification {
  const areas = { source: 'gebieden', 'source-layer': 'gebieden' };
  const layers: LayerSpecification[] = [
    { id: 'grond', type: 'background', paint: { 'background-color': '#f6f5f1' } },
    { id: 'vlak', type: 'fill', ...areas, paint: { 'fill-color': s.still ? '#e9e5d8' : ['coalesce', ['feature-state', 'c'], MISSING], 'fill-antialias': false } },
    { id: 'eigen-vlak', type: 'fill', ...areas, filter: only([]), paint: { 'fill-color': s.still ? '#ffffff' : 'rgba(0,0,0,0)' } },
    { id: 'stippen', type: 'fill', ...areas, filter: only([]), paint: { 'fill-pattern': 'stippen' } },
    { id: 'rand', type: 'line', ...areas, layout: round, paint: { 'line-color': '#ffffff', 'line-width': s.dense ? ['interpolate', ['linear'], ['zoom'], 7, 0, 9, 0.35, 11, 0.9] : ['interpolate', ['linear'], ['zoom'], 6, 0.3, 9, 0.6, 11, 0.9] } },
  ];
  // Below the areas, so that only its outer half shows, and only where nothing lies beside it.
  if (!s.outerTiles) layers.splice(1, 0, { id: 'buitenrand', type: 'line', ...areas, layout: round, paint: { 'line-color': '#8f938f', 'line-width': ['interpolate', ['linear'], ['zoom'], 6, 1.5, 9, 3, 11, s.wijkTiles ? 4.2 : 3] } });
  const sources: StyleSpecification['sources'] = { gebieden: source(s.tiles) };
  if (s.wijkTiles) {
    sources.wijken = source(s.wijkTiles);
    layers.push({ id: 'wijkrand', type: 'line', source: 'wijken', 'source-layer': 'gebieden', layout: round, paint: { 'line-color': '#ffffff', 'line-width': ['interpolate', ['linear'], ['zoom'], 8, s.dense ? 0 : 0.4, 9, 0.8, 11, 2.2] } });
  }
  if (s.outerTiles) {
    sources.gemeenten = source(s.outerTiles);
    layers.push({ id: 'gemeenterand', type: 'line', source: 'gemeenten', 'source-layer': 'gebieden', layout: round, paint: { 'line-color': '#8f938f', 'line-width': ['interpolate', ['linear'], ['zoom'], 6, 0.5, 9, 1] } });
  }
  if (s.water) {
    sources.water = source(s.water);
    layers.push({ id: 'water', type: 'fill', source: 'water', 'source-layer': 'water', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': '#c7dbe5' } },
      { id: 'rivier', type: 'line', source: 'water', 'source-layer': 'water', filter: ['==', ['geometry-type'], 'LineString'], layout: { 'line-join': 'round', 'line-cap': 'round' }, paint: { 'line-color': '#c7dbe5', 'line-width': ['interpolate', ['exponential', 2], ['zoom'], 9, 1.5, 12, 10, 14, 30] } });
  }
  const line = (id: string, colour: string, width: number): LayerSpecification => ({ id, type: 'line', ...areas, filter: only([]), layout: round, paint: { 'line-color': colour, 'line-width': width } });
  if (!s.still) layers.push(line('klasse', '#16202b', 1.6), { id: 'zweef', type: 'line', ...areas, layout: round, paint: { 'line-color': '#16202b', 'line-width': ['case', ['boolean', ['feature-state', 'hov'], false], 1.6, 0] } });
  layers.push(line('gekozen-halo', '#ffffff', 5), line('gekozen', '#00566b', 2.6));
  if (!s.still) {
    sources.opmaat = { type: 'geojson', data: nothing };
    layers.push({ id: 'opmaat-halo', type: 'line', source: 'opmaat', layout: round, paint: { 'line-color': '#ffffff', 'line-width': 7 } }, { id: 'opmaat', type: 'line', source: 'opmaat', layout: round, paint: { 'line-color': '#00566b', 'line-width': 3 } });
  }
  layers.push(line('halo', '#ffffff', 7), line('eigen', '#16202b', 3));
  return { version: 8, sources, layers };
}

export function makeMap(box: HTMLElement, names: HTMLElement, s: MapSetup): Promise<MapHandle> {
  const map = new Gl({
    container: box, style: style(s), bounds: s.box, fitBoundsOptions: { padding: s.padding, ...(s.maxZoom ? { maxZoom: s.maxZoom } : {}) }, attributionControl: false, interactive: !s.still,
    dragRotate: false, pitchWithRotate: false, touchPitch: false, maxPitch: 0, fadeDuration: 0, minZoom: 4, maxZoom: 16.5, renderWorldCopies: false,
    locale: { 'Map.Title': s.title }, cooperativeGestures: false,
  });
  map.touchZoomRotate?.disableRotation();
  if (s.still) { map.getCanvas().tabIndex = -1; map.getCanvas().setAttribute('aria-hidden', 'true'); }
  const pen = document.createElement('canvas').getContext('2d')!;
  let own: Label[] = [], rivers: Label[] = [], touched = false, following = false, shown: string[] = [];
  const place = () => {
    const taken: [number, number, number, number][] = [], high = box.clientHeight, wide = box.clientWidth;
    const nodes: HTMLElement[] = [];
    // Names grow with the text size a reader asks for.
    const larger = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16, tall = 11 * larger;
    const zoom = map.getZoom(), view = map.getBounds(), [west, south, east, north] = [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()];
    for (const l of [...rivers, ...own]) {
      if (!s.still && (zoom < (l.from ?? 0) || zoom >= (l.until ?? 99))) continue;
      if (l.at[0] < west || l.at[0] > east || l.at[1] < south || l.at[1] > north) continue;
      if (l.half === undefined) {
        pen.font = l.kind === 'buurt' ? '400 14px "Source Sans 3 Variable"' : l.kind === 'water' ? 'italic 400 16px Newsreader' : '600 15px "Source Sans 3 Variable"';
        l.half = (pen.measureText(l.text).width * larger) / 2 + 5;
      }
      const p = map.project(l.at), half = l.half;
      if (p.x - half < 2 || p.x + half > wide - 2 || p.y < 12 || p.y > high - 12) continue;
      if (taken.some((t) => p.x - half < t[2] && p.x + half > t[0] && p.y - tall < t[3] && p.y + tall > t[1])) continue;
      taken.push([p.x - half, p.y - tall, p.x + half, p.y + tall]);
      const n = document.createElement('span');
      n.className = `naam ${l.kind}`;
      n.textContent = l.text;
      n.style.transform = `translate(${Math.round(p.x)}px, ${Math.round(p.y)}px) translate(-50%, -50%)`;
      nodes.push(n);
      if (taken.length >= (wide < 480 ? 14 : 60)) break;
    }
    names.replaceChildren(...nodes);
  };
  // A name on the water stands in the middle of a stretch that is in sight, rather beside the areas than over them; in a lake
  // where it is widest, in a river where it runs level, which is where its cut is shortest.
  const fit = (thick: number) => (thick > 40 ? 1000 + thick : -thick);
  const nameWater = () => {
    const known = s.waterNames ?? [], found: Label[] = [], high = box.clientHeight, wide = box.clientWidth;
    for (const w of known) {
      const spots: { x: number; y: number; thick: number; beside: boolean }[] = [];
      for (const f of s.water && map.getLayer('water') ? map.queryRenderedFeatures({ layers: ['water'] }) : []) {
        if (f.id !== w.nr + 1 || (f.geometry.type !== 'Polygon' && f.geometry.type !== 'MultiPolygon')) continue;
        for (const rings of f.geometry.type === 'Polygon' ? [f.geometry.coordinates] : f.geometry.coordinates) {
          const ring = rings[0]!.map((c) => map.project([c[0]!, c[1]!]));
          for (let x = 48; x < wide - 48; x += 32) {
            const cuts = ring.flatMap((p, k) => { const q = ring[(k + 1) % ring.length]!; return (p.x < x) === (q.x < x) ? [] : [p.y + ((x - p.x) / (q.x - p.x)) * (q.y - p.y)]; }).sort((a, b) => a - b);
            for (let k = 0; k + 1 < cuts.length; k += 2) {
              const y = (cuts[k]! + cuts[k + 1]!) / 2, thick = cuts[k + 1]! - cuts[k]!;
              if (y > 70 && y < high - 100 && thick > 6) spots.push({ x, y, thick, beside: map.queryRenderedFeatures([x, y + thick / 2 + 8], { layers: ['vlak'] }).length === 0 });
            }
          }
        }
      }
      const best = spots.sort((a, b) => Number(b.beside) - Number(a.beside) || fit(b.thick) - fit(a.thick))[0];
      if (best) { const at = map.unproject([best.x, best.y]); found.push({ text: w.naam, at: [at.lng, at.lat], kind: 'water' }); }
    }
    rivers = found;
    place();
  };
  const put = (nr: number, state: Record<string, unknown>) => map.setFeatureState({ source: 'gebieden', sourceLayer: 'gebieden', id: nr + 1 }, state);
  let pointed: number | null = null;
  const hover = (nr: number | null) => {
    if (pointed !== null) put(pointed, { hov: false });
    if (nr !== null) put(nr, { hov: true });
    pointed = nr;
  };
  const filters = new Map<string, string>();
  const pick = (layer: string, nrs: number[]) => {
    const now = nrs.join(' ');
    if ((filters.get(layer) ?? '') === now) return;
    filters.set(layer, now);
    map.setFilter(layer, only(nrs));
  };
  const under = (e: MapMouseEvent): number | null => {
    const f = map.queryRenderedFeatures(e.point, { layers: ['vlak'] })[0] as GeoJSONFeature | undefined;
    return f && typeof f.id === 'number' ? f.id - 1 : null;
  };
  map.on('dragstart', () => { touched = true; });
  map.on('wheel', () => { touched = true; });
  const seen = new ResizeObserver(() => { map.resize(); if (!touched) map.fitBounds(s.box, { padding: s.padding, animate: false, ...(s.maxZoom ? { maxZoom: s.maxZoom } : {}) }); place(); });
  const quiet = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const handle: MapHandle = {
    colour(classes, colours) {
      const hidden: number[] = [];
      for (let k = 0; k < classes.length; k++) {
        const c = classes[k]!;
        if (c === SUPPRESSED) hidden.push(k);
        const paint = c === OUTSIDE ? BESIDE : c < 0 ? MISSING : (colours[c] ?? MISSING);
        if (shown[k] === paint) continue;
        shown[k] = paint;
        put(k, { c: paint });
      }
      pick('stippen', hidden);
    },
    select(nr) { for (const l of ['halo', 'eigen', 'eigen-vlak']) pick(l, nr === null ? [] : [nr]); },
    outline(nrs) { if (!s.still) pick('klasse', nrs); },
    choose(nrs) { for (const l of ['gekozen-halo', 'gekozen']) pick(l, nrs); },
    border(shape) { map.getSource<GeoJSONSource>('opmaat')?.setData(shape ? { type: 'Feature', properties: {}, geometry: shape } : nothing); },
    labels(l) { own = l; place(); },
    fit(to) { touched = to !== undefined; map.fitBounds(to ?? s.box, { padding: s.padding, animate: !quiet, duration: 250, maxZoom: 15 }); },
    zoom(by) { touched = true; map.easeTo({ zoom: map.getZoom() + by, duration: quiet ? 0 : 250 }); },
    project: (at) => map.project(at),
    unproject: (x, y) => { const at = map.unproject([x, y]); return [at.lng, at.lat]; },
    camera: () => { const at = map.getCenter(); return { at: [at.lng, at.lat], zoom: map.getZoom() }; },
    follow(to) { touched = following = true; map.jumpTo({ center: to.at, zoom: to.zoom }); following = false; },
    moves(f) { map.on('move', () => { if (!following) f(handle.camera()); }); },
    picture() {
      map.redraw();
      const from = map.getCanvas(), c = document.createElement('canvas'), g = c.getContext('2d')!, dense = from.width / box.clientWidth, at = box.getBoundingClientRect();
      c.width = from.width;
      c.height = from.height;
      g.drawImage(from, 0, 0);
      Object.assign(g, { textAlign: 'center', textBaseline: 'middle', strokeStyle: '#ffffff', lineJoin: 'round', lineWidth: 4 * dense });
      for (const n of names.children) {
        const look = getComputedStyle(n), b = n.getBoundingClientRect(), x = (b.left + b.width / 2 - at.left) * dense, y = (b.top + b.height / 2 - at.top) * dense;
        g.font = `${look.fontStyle} ${look.fontWeight} ${parseFloat(look.fontSize) * dense}px ${look.fontFamily}`;
        g.fillStyle = look.color;
        if (!n.classList.contains('water')) g.strokeText(n.textContent ?? '', x, y);
        g.fillText(n.textContent ?? '', x, y);
      }
      return c.toDataURL('image/png');
    },
    on(kind, f) {
      if (kind === 'press') map.on('click', (e) => f(under(e), e.point.x, e.point.y));
      else {
        let last: number | null = -1 as number | null;
        map.on('mousemove', (e) => {
          const nr = under(e);
          map.getCanvas().style.cursor = nr === null ? '' : 'pointer';
          if (nr === last) return;
          last = nr;
          hover(nr);
          f(nr, e.point.x, e.point.y);
        });
        map.on('mouseout', () => { last = null; hover(null); f(null, 0, 0); });
      }
    },
    moved(f) { map.on('move', f); return () => { map.off('move', f); }; },
    end() { seen.disconnect(); map.remove(); shown = []; },
  };
  map.on('move', place);
  if (s.waterNames?.length) map.on('idle', () => { if (!map.isMoving()) nameWater(); });
  return new Promise((resolve, reject) => {
    map.on('error', (e) => { if (!map.isStyleLoaded() && /webgl/i.test(String(e.error))) reject(e.error); });
    const ready = () => {
      map.addImage('stippen', dots(), { pixelRatio: 2 });
      seen.observe(box);
      map.once('idle', () => { box.dataset.stil = 'ja'; });
      resolve(handle);
    };
    map.once('style.load', ready);
  });
}
