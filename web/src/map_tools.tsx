// SPDX-License-Identifier: EUPL-1.2
// How one chooses on the map: an area, several, a box or a drawing. The sheet lies over the map while one draws, takes mouse,
// pen and finger alike, and gives the ring in degrees when it is closed.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { MapHandle } from './map';
import { words } from './text_map';

export type Tool = 'een' | 'meer' | 'vak' | 'tekenen';
const TOOLS: Tool[] = ['een', 'meer', 'vak', 'tekenen'];
type Spot = [number, number];
const NEAR = 14, STEP = 10, LEAST = 8, MOST = 500;

const icon: Record<Tool, string> = { een: 'M3 2l9 5-4 1.4L6.4 13z', meer: 'M2 2h5v5H2zM9 9h5v5H9zM9 2h5v5H9z', vak: 'M2 3.5h12v9H2z', tekenen: 'M2 12 4 4l6-2 4 6-4 6z' };
/** no: why nothing can be drawn. */
export function ToolBar({ tool, choose, no }: { tool: Tool; choose: (t: Tool) => void; no: string | null }) {
  const w = words(), off = (k: Tool) => no !== null && (k === 'vak' || k === 'tekenen');
  return (
    <div class="tools" role="group" aria-label={w.tools}>
      {TOOLS.map((k) => <button type="button" key={k} aria-pressed={tool === k} aria-disabled={off(k)} title={off(k) ? no ?? '' : undefined} onClick={() => { if (!off(k)) choose(k); }}>
        <svg width="16" height="16" viewBox="0 0 16 16" fill={k === 'een' ? 'currentColor' : 'none'} stroke="currentColor" stroke-width="1.4" stroke-linejoin="round" stroke-dasharray={k === 'vak' ? '3 2' : undefined} aria-hidden="true"><path d={icon[k]} /></svg>{w.toolsOf[k]}</button>)}
    </div>
  );
}

const apart = (a: { x: number; y: number }, b: { x: number; y: number }) => Math.hypot(a.x - b.x, a.y - b.y);
export function DrawSheet({ map, tool, done, stop }: { map: MapHandle; tool: 'vak' | 'tekenen'; done: (ring: Spot[]) => void; stop: () => void }) {
  const w = words(), sheet = useRef<SVGSVGElement>(null), [ring, set] = useState<Spot[]>([]), [corner, setCorner] = useState<Spot | null>(null), [tip, setTip] = useState<{ x: number; y: number } | null>(null), [, moved] = useState(0);
  const held = useRef<{ from: { x: number; y: number }; added: number } | null>(null), now = useRef(ring);
  now.current = ring;
  const put = (next: Spot[]) => { now.current = next; set(next); };
  const close = (r: Spot[]) => { if (r.length >= 3) done([...r, r[0]!]); };
  useEffect(() => { put([]); setCorner(null); }, [tool]);
  useEffect(() => map.moved(() => moved((n) => n + 1)), [map]);
  useEffect(() => {
    const key = (e: KeyboardEvent) => {
      if (/^(INPUT|SELECT|TEXTAREA)$/.test((e.target as HTMLElement).tagName)) return;
      if (e.key === 'Escape') stop();
      else if (e.key === 'Backspace') { e.preventDefault(); put(now.current.slice(0, -1)); }
      else if (e.key === 'Enter' && !(e.target as HTMLElement).closest('button, a')) close(now.current);
    };
    addEventListener('keydown', key);
    return () => { removeEventListener('keydown', key); };
  });
  const spot = (e: PointerEvent) => { const b = sheet.current!.getBoundingClientRect(); return { x: e.clientX - b.left, y: e.clientY - b.top }; };
  const inDegrees = (p: { x: number; y: number }): Spot => { const [x, y] = map.unproject(p.x, p.y); return [Number(x.toFixed(6)), Number(y.toFixed(6))]; };
  const down = (e: PointerEvent) => {
    if (e.button !== 0 || !e.isPrimary) return;
    e.preventDefault();
    const p = spot(e);
    sheet.current!.focus({ preventScroll: true }); // so that Enter closes the ring and does not press the tool again
    try { sheet.current!.setPointerCapture(e.pointerId); } catch { /* a pointer that is gone already */ }
    held.current = { from: p, added: 0 };
    if (tool === 'vak') { setCorner(inDegrees(p)); setTip(p); return; }
    const first = now.current[0];
    if (first && now.current.length >= 3 && apart(map.project(first), p) <= NEAR) { held.current = null; return close(now.current); }
    put([...now.current, inDegrees(p)]);
  };
  const move = (e: PointerEvent) => {
    const p = spot(e), last = now.current[now.current.length - 1];
    setTip(p);
    if (tool !== 'tekenen' || !held.current || !last || now.current.length >= MOST || apart(map.project(last), p) < STEP) return;
    held.current.added++;
    put([...now.current, inDegrees(p)]);
  };
  const up = (e: PointerEvent) => {
    const was = held.current, p = spot(e);
    held.current = null;
    if (!was) return;
    if (tool === 'tekenen') { if (was.added >= LEAST) close(now.current); return; }
    setCorner(null);
    if (Math.abs(p.x - was.from.x) < LEAST || Math.abs(p.y - was.from.y) < LEAST) return;
    close([[was.from.x, was.from.y], [p.x, was.from.y], [p.x, p.y], [was.from.x, p.y]].map(([x, y]) => inDegrees({ x: x!, y: y! })));
  };
  const px = ring.map((r) => map.project(r)), box = corner ? map.project(corner) : null;
  const line = [...px, ...(tip && px.length && !held.current ? [tip] : [])].map((p) => `${p.x.toFixed(1)},${p.y.toFixed(1)}`).join(' ');
  return (
    <>
      <svg class="sheet" ref={sheet} role="img" tabindex={-1} aria-label={w.canvas} onPointerDown={down} onPointerMove={move} onPointerUp={up} onPointerCancel={() => { held.current = null; setCorner(null); }}>
        {box && tip && <rect class="ring" x={Math.min(box.x, tip.x)} y={Math.min(box.y, tip.y)} width={Math.abs(tip.x - box.x)} height={Math.abs(tip.y - box.y)} />}
        {px.length > 0 && <polygon class="ring" points={line} />}
        {px.length < 40 && px.map((p, k) => <circle key={k} cx={p.x} cy={p.y} r={k === 0 ? 7 : 4} class={k === 0 && px.length >= 3 ? 'first ends' : 'first'} />)}
      </svg>
      <div class="sheet-says" role="status"><span>{tool === 'vak' ? w.howBox : w.howDraw}{px.length > 0 ? ` ${w.points(px.length)}.` : ''}</span>
        <span class="row">{tool === 'tekenen' && <><button type="button" class="plain" disabled={px.length < 3} onClick={() => close(ring)}>{w.done}</button><button type="button" class="plain" disabled={!px.length} onClick={() => put(ring.slice(0, -1))}>{w.undo}</button></>}<button type="button" class="plain" onClick={stop}>{w.cancel}</button></span></div>
    </>
  );
}
