// SPDX-License-Identifier: EUPL-1.2
// The map itself, loaded only where a map is. Shapes come from our own vector tiles; a class per area colours them, so a
// new layer or year changes colours without fetching shapes. Names lie over the map as HTML: no glyph files are needed.
import { Map as Gl, type GeoJSONFeature, type LayerSpecification, type MapMouseEvent, type StyleSpecification, setWorkerUrl } from 'maplibre-gl';
import { MISSING, SUPPRESSED } from './scale';

declare const WORKER_URL: string;
setWorkerUrl(new URL(WORKER_URL, location.href).href);

export interface Label { text: string; at: [number, number]; kind: 'wijk' | 'buurt' | 'own' }
export interface MapSetup {
  tiles: string; wijkTiles: string | null; outerTiles: string | null; water: string | null; box: [number, number, number, number];
  padding: { top: number; right: number; bottom: number; left: number }; title: string; still?: boolean; maxZoom?: number;
}
export interface MapHandle {
  colour(classes: ArrayLike<number>, colours: string[]): void;
  select(nr: number | null): void;
  outline(nrs: number[]): void;
  labels(l: Label[]): void;
  fit(box?: [number, number, number, number]): void;
  zoom(by: number): void;
  project(at: [number, number]): { x: number; y: number };
  on(kind: 'hover' | 'press', f: (nr: number | null, x: number, y: number) => void): void;
  moved(f: () => void): void;
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
function style(s: MapSetup): StyleSpecification {
  const areas = { source: 'gebieden', 'source-layer': 'gebieden' };
  const layers: LayerSpecification[] = [
    { id: 'grond', type: 'background', paint: { 'background-color': '#f6f5f1' } },
    { id: 'vlak', type: 'fill', ...areas, paint: { 'fill-color': s.still ? '#e9e5d8' : ['coalesce', ['feature-state', 'c'], MISSING], 'fill-antialias': false } },
    { id: 'eigen-vlak', type: 'fill', ...areas, filter: ['==', ['id'], -1], paint: { 'fill-color': s.still ? '#ffffff' : 'rgba(0,0,0,0)' } },
    { id: 'stippen', type: 'fill', ...areas, filter: ['==', ['id'], -1], paint: { 'fill-pattern': 'stippen' } },
    { id: 'rand', type: 'line', ...areas, paint: { 'line-color': '#ffffff', 'line-width': ['interpolate', ['linear'], ['zoom'], 6, 0.2, 9, 0.5, 11, 0.9] } },
  ];
  const sources: StyleSpecification['sources'] = { gebieden: source(s.tiles) };
  if (s.wijkTiles) {
    sources.wijken = source(s.wijkTiles);
    layers.push({ id: 'wijkrand', type: 'line', source: 'wijken', 'source-layer': 'gebieden', layout: { 'line-join': 'round' }, paint: { 'line-color': '#ffffff', 'line-width': ['interpolate', ['linear'], ['zoom'], 7, 0.4, 9, 1, 11, 2.2] } });
  }
  if (s.outerTiles) {
    sources.gemeenten = source(s.outerTiles);
    layers.push({ id: 'gemeenterand', type: 'line', source: 'gemeenten', 'source-layer': 'gebieden', layout: { 'line-join': 'round' }, paint: { 'line-color': '#8f938f', 'line-width': 1 } });
  }
  if (s.water) {
    sources.water = source(s.water);
    layers.push({ id: 'water', type: 'fill', source: 'water', 'source-layer': 'water', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': '#c7dbe5' } },
      { id: 'rivier', type: 'line', source: 'water', 'source-layer': 'water', filter: ['==', ['geometry-type'], 'LineString'], layout: { 'line-join': 'round', 'line-cap': 'round' }, paint: { 'line-color': '#c7dbe5', 'line-width': ['interpolate', ['exponential', 2], ['zoom'], 9, 1.5, 12, 10, 14, 30] } });
  }
  const line = (id: string, colour: string, width: number): LayerSpecification => ({ id, type: 'line', ...areas, filter: ['==', ['id'], -1], layout: { 'line-join': 'round' }, paint: { 'line-color': colour, 'line-width': width } });
  layers.push(line('klasse', '#16202b', 1.6), line('zweef', '#16202b', 1.6), line('halo', '#ffffff', 7), line('eigen', '#16202b', 3));
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
  let own: Label[] = [], touched = false, shown: string[] = [];
  const place = () => {
    const taken: [number, number, number, number][] = [], high = box.clientHeight, wide = box.clientWidth;
    const nodes: HTMLElement[] = [];
    for (const l of own) {
      if (l.kind === 'buurt' && !s.still && map.getZoom() < 13) continue;
      const p = map.project(l.at), half = (pen.font = l.kind === 'buurt' ? '400 14px "Source Sans 3 Variable"' : '600 15px "Source Sans 3 Variable"', pen.measureText(l.text).width / 2 + 5);
      if (p.x - half < 2 || p.x + half > wide - 2 || p.y < 12 || p.y > high - 12) continue;
      if (taken.some((t) => p.x - half < t[2] && p.x + half > t[0] && p.y - 11 < t[3] && p.y + 11 > t[1])) continue;
      taken.push([p.x - half, p.y - 11, p.x + half, p.y + 11]);
      const n = document.createElement('span');
      n.className = `naam ${l.kind}`;
      n.textContent = l.text;
      n.style.transform = `translate(${Math.round(p.x)}px, ${Math.round(p.y)}px) translate(-50%, -50%)`;
      nodes.push(n);
      if (taken.length > 90) break;
    }
    names.replaceChildren(...nodes);
  };
  const ids = (nrs: number[]) => ['in', ['id'], ['literal', nrs.map((n) => n + 1)]] as never;
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
        const paint = c < 0 ? MISSING : (colours[c] ?? MISSING);
        if (shown[k] === paint) continue;
        shown[k] = paint;
        map.setFeatureState({ source: 'gebieden', sourceLayer: 'gebieden', id: k + 1 }, { c: paint });
      }
      map.setFilter('stippen', ids(hidden));
    },
    select(nr) { for (const l of ['halo', 'eigen', 'eigen-vlak']) map.setFilter(l, ['==', ['id'], nr === null ? -1 : nr + 1]); },
    outline(nrs) { map.setFilter('klasse', ids(nrs)); },
    labels(l) { own = l; place(); },
    fit(to) { touched = to !== undefined; map.fitBounds(to ?? s.box, { padding: s.padding, animate: !quiet, duration: 250, maxZoom: 15 }); },
    zoom(by) { touched = true; map.easeTo({ zoom: map.getZoom() + by, duration: quiet ? 0 : 250 }); },
    project: (at) => map.project(at),
    on(kind, f) {
      if (kind === 'press') map.on('click', (e) => f(under(e), e.point.x, e.point.y));
      else {
        let last: number | null = -1 as number | null;
        map.on('mousemove', (e) => {
          const nr = under(e);
          map.getCanvas().style.cursor = nr === null ? '' : 'pointer';
          if (nr === last) return;
          last = nr;
          map.setFilter('zweef', ['==', ['id'], nr === null ? -1 : nr + 1]);
          f(nr, e.point.x, e.point.y);
        });
        map.on('mouseout', () => { last = null; map.setFilter('zweef', ['==', ['id'], -1]); f(null, 0, 0); });
      }
    },
    moved(f) { map.on('move', f); },
    end() { seen.disconnect(); map.remove(); shown = []; },
  };
  map.on('move', place);
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
