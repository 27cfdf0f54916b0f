// SPDX-License-Identifier: EUPL-1.2
// Where: a buurt out of the list or by its postcode, and when wanted a circle in it. The small map is drawn from the border alone, in
// metres, so that a circle is a circle; it works by pointer and by arrow keys.
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Area, type Areas, get, type Hit, type Root, useApi } from './api';
import { byName, liesIn } from './place';
import { Search } from './shell';
import { g } from './text_signal';

export interface Circle { x: number; y: number; straal: number }
export const LEAST = 100;
const MOST = 1000, STEP = 50, GRID = 100, SIZE = 320;

export const buurtDivision = (root: Root) => root.indelingen.filter((d) => d.niveau === 'buurt').sort((a, b) => b.indelingsjaar - a.indelingsjaar)[0];
/** The buurten of the gemeente one works in; all when that is not known. */
export function useBuurten(root: Root, gemeente: string | null): Area[] {
  const d = buurtDivision(root), read = useApi<Areas>(d ? `/gebieden?niveau=buurt&indelingsjaar=${d.indelingsjaar}` : null);
  return (read.data?.gebieden ?? []).filter((a) => !gemeente || liesIn(a.code, gemeente)).sort(byName);
}

type Ring = [number, number][];
interface Shape { rings: Ring[]; box: [number, number, number, number] }
const RD = 'http://www.opengis.net/def/crs/EPSG/0/28992';
async function shapeOf(year: number, code: string): Promise<Shape> {
  const r = await fetch(`/ogc/collections/buurt-${year}/items/${encodeURIComponent(code)}?crs=${encodeURIComponent(RD)}`, { headers: { Accept: 'application/geo+json' } });
  if (!r.ok) throw new Error(String(r.status));
  const f = (await r.json()) as { geometry: { type: string; coordinates: unknown } | null };
  if (!f.geometry) throw new Error('no border');
  const rings = (f.geometry.type === 'Polygon' ? f.geometry.coordinates as Ring[] : (f.geometry.coordinates as Ring[][]).flat());
  const xs = rings.flat().map((p) => p[0]), ys = rings.flat().map((p) => p[1]);
  return { rings, box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] };
}
const inside = (rings: Ring[], x: number, y: number) => {
  let is = false;
  for (const ring of rings) for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i]!, [xj, yj] = ring[j]!;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) is = !is;
  }
  return is;
};
const onGrid = (v: number) => Math.round(v / GRID) * GRID;

function CircleMap({ root, area, at, set }: { root: Root; area: Area; at: Circle; set: (c: Circle | null) => void }) {
  const w = g(), [shape, take] = useState<Shape | null>(null), [dead, kill] = useState(false), svg = useRef<SVGSVGElement>(null), year = buurtDivision(root)?.indelingsjaar ?? 0;
  useEffect(() => {
    let live = true;
    take(null);
    shapeOf(year, area.code).then((s) => {
      if (!live) return;
      take(s);
      const [x, y] = [(s.box[0] + s.box[2]) / 2, (s.box[1] + s.box[3]) / 2];
      if (!inside(s.rings, at.x, at.y)) set({ ...at, x: onGrid(x), y: onGrid(y) });
    }, () => { if (live) { kill(true); set(null); } });
    return () => { live = false; };
  }, [area.code]);
  if (dead) return <p class="mention">{w.noShape}</p>;
  if (!shape) return <div class="circle-map" />;
  const [x0, y0, x1, y1] = shape.box, span = Math.max(x1 - x0, y1 - y0) * 1.1 + 2 * LEAST, scale = SIZE / span;
  const left = (x0 + x1) / 2 - span / 2, top = (y0 + y1) / 2 + span / 2;
  const px = (x: number) => (x - left) * scale, py = (y: number) => (top - y) * scale;
  const move = (x: number, y: number) => set({ ...at, x: Math.min(onGrid(left + span), Math.max(onGrid(left), onGrid(x))), y: Math.min(onGrid(top), Math.max(onGrid(top - span), onGrid(y))) });
  const key = (e: KeyboardEvent) => {
    const d = { ArrowLeft: [-GRID, 0], ArrowRight: [GRID, 0], ArrowUp: [0, GRID], ArrowDown: [0, -GRID] }[e.key];
    if (!d) return;
    e.preventDefault();
    move(at.x + d[0]!, at.y + d[1]!);
  };
  const press = (e: MouseEvent) => {
    const b = svg.current!.getBoundingClientRect();
    move(left + ((e.clientX - b.left) / b.width) * span, top - ((e.clientY - b.top) / b.height) * span);
  };
  return (
    <div class="circle">
      <svg ref={svg} class="circle-map" viewBox={`0 0 ${SIZE} ${SIZE}`} role="application" aria-label={w.circleMap(area.naam)} aria-describedby="cirkel-uitleg" tabIndex={0} onKeyDown={key} onClick={press}>
        <path class="ground" d={shape.rings.map((r) => `M${r.map(([x, y]) => `${px(x).toFixed(1)} ${py(y).toFixed(1)}`).join('L')}z`).join('')} />
        <circle class="ring" cx={px(at.x)} cy={py(at.y)} r={at.straal * scale} /><circle class="middle" cx={px(at.x)} cy={py(at.y)} r="3" />
      </svg>
      <p class="small" id="cirkel-uitleg">{w.circleHelp}</p>
      {!inside(shape.rings, at.x, at.y) && <p class="mention" role="status">{w.outside}</p>}
      <label for="straal">{w.radius}: <output>{w.metres(at.straal)}</output></label>
      <input id="straal" type="range" min={LEAST} max={MOST} step={STEP} value={at.straal} onInput={(e) => set({ ...at, straal: Number(e.currentTarget.value) })} />
    </div>
  );
}

export function Where({ root, areas, code, pick, circle, draw }: { root: Root; areas: Area[]; code: string; pick: (code: string) => void; circle: Circle | null; draw: (c: Circle | null) => void }) {
  const w = g(), area = areas.find((a) => a.code === code);
  const take = (h: Hit) => {
    if (h.niveau === 'buurt') return pick(h.code);
    const first = areas.find((a) => liesIn(a.code, h.code));
    if (first) return pick(first.code);
    void get<{ gebieden: Hit[] }>(`/zoek?q=${encodeURIComponent(h.naam)}`).then((r) => { const b = r.gebieden.find((x) => x.niveau === 'buurt'); if (b) pick(b.code); }, () => undefined);
  };
  return (
    <fieldset class="where"><legend>{w.where}</legend>
      <label for="buurt">{w.buurt}</label>
      <select id="buurt" class="utrecht-textbox" value={code} onChange={(e) => pick(e.currentTarget.value)}>
        <option value="">{w.pickBuurt}</option>
        {areas.map((a) => <option key={a.code} value={a.code}>{a.naam}</option>)}
      </select>
      {!code && <Search id="zoek-buurt" label={w.findBuurt} hint={w.findBuurt} take={take} />}
      {area && !circle && <p><button type="button" class="plain" onClick={() => draw({ x: 0, y: 0, straal: 200 })}>{w.circle}</button></p>}
      {area && circle && <><CircleMap key={area.code} root={root} area={area} at={circle} set={draw} /><p><button type="button" class="plain" onClick={() => draw(null)}>{w.noCircle}</button></p></>}
    </fieldset>
  );
}
