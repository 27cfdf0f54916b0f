// SPDX-License-Identifier: EUPL-1.2
// The line through the years, in our own SVG. It has a table twin beside it, so the picture itself is one image to a screen
// reader, named by its sentence. No word in it may touch a line or another word: each has a gutter or looks for free room.
import { useEffect, useRef, useState } from 'preact/hooks';
import { scaleLinear } from './line_scale';
import type { Num } from './api';
import { dev, num, year } from './format';
import { classOf } from './scale';
import { t } from './text';

export function useWidth(): [{ current: HTMLDivElement | null }, number] {
  const box = useRef<HTMLDivElement>(null), [w, set] = useState(0);
  useEffect(() => {
    if (!box.current) return;
    const seen = new ResizeObserver(([e]) => e && set(Math.floor(e.contentRect.width)));
    seen.observe(box.current);
    return () => seen.disconnect();
  }, []);
  return [box, w];
}
/** thin: one of many that lie behind the others; it bears its name only when it is lit. mean: of those, dashed.
 *  releases: of which release each value is; a line never runs from one release into another. */
export interface Line { name: string; periods: string[]; values: Num[]; releases?: string[]; own?: boolean; mean?: boolean; thin?: boolean; flagged?: boolean[]; provisional?: boolean[] }
/** What happened at a moment, or from one moment until another; `strong`: the figures themselves changed. */
export interface Mark { from: string; until: string | null; label: string; strong: boolean }
interface Chart { lines: Line[]; limits: number[] | null; words: string[]; label: string; marks?: Mark[]; norm?: { value: number; name: string } | undefined; chosen?: number; choose?: (k: number) => void; lit?: number; light?: (line: number) => void }

const pen = document.createElement('canvas').getContext('2d');
export function wide(text: string, weight = 400): number {
  if (!pen) return text.length * 7.2;
  pen.font = `${weight} 14px "Source Sans 3 Variable", Arial, sans-serif`;
  return pen.measureText(text).width;
}
function fit(text: string, room: number, weight = 400): string {
  if (wide(text, weight) <= room) return text;
  let n = text.length - 1;
  while (n > 1 && wide(text.slice(0, n) + '…', weight) > room) n--;
  return text.slice(0, n).trimEnd() + '…';
}
/** Heights with at least `gap` between neighbours, within low..high, each as near its own place as can be. */
export function spread(at: number[], gap: number, low: number, high: number): number[] {
  const order = at.map((_, k) => k).sort((a, b) => at[a]! - at[b]!), out = [...at];
  let floor = low;
  for (const k of order) { out[k] = Math.max(out[k]!, floor); floor = out[k]! + gap; }
  let roof = high;
  for (const k of order.reverse()) { out[k] = Math.min(out[k]!, roof); roof = out[k]! - gap; }
  return out;
}

/** Years across, deviation up. The hairlines are the limits of the classes, with the word of each class between them. */
export function LineChart(p: Chart) {
  const [box, width] = useWidth();
  const [, ready] = useState(false);
  useEffect(() => { let live = true; void document.fonts.ready.then(() => live && ready(true)); return () => { live = false; }; }, []);
  return <div ref={box} class="linechart">{width > 0 && <Lines {...p} width={width} />}</div>;
}

export type Spot = [number, number];
/** The stretches of a line: it stops at a year without data and where another release begins. */
function stretches(l: Line, x: (p: string) => number, y: (v: number) => number): Spot[][] {
  const out: Spot[][] = [];
  l.values.forEach((v, k) => {
    if (v === null) return;
    const on = k > 0 && l.values[k - 1] !== null && l.releases?.[k] === l.releases?.[k - 1];
    if (!on) out.push([]);
    out[out.length - 1]!.push([x(l.periods[k]!), y(v)]);
  });
  return out;
}
/** Does a stretch come within the box? Between two points it is straight. */
function crosses(way: Spot[], x0: number, y0: number, x1: number, y1: number): boolean {
  if (way.length === 1) way = [way[0]!, way[0]!];
  for (let k = 1; k < way.length; k++) {
    const [ax, ay] = way[k - 1]!, [bx, by] = way[k]!;
    const from = Math.max(ax, x0), to = Math.min(bx, x1);
    if (from > to) continue;
    const at = (at: number) => (bx === ax ? ay : ay + ((at - ax) / (bx - ax)) * (by - ay));
    if (Math.max(at(from), at(to)) >= y0 && Math.min(at(from), at(to)) <= y1) return true;
  }
  return false;
}
/** The first place from the left for a word of that size in one of the rows, where no line passes; null: there is none. */
export function room(ways: Spot[][][], size: number, rows: number[], from: number, to: number): Spot | null {
  for (const row of rows)
    for (let x = from; x + size <= to; x += 8)
      if (!ways.some((ws) => ws.some((w) => w.length > 0 && crosses(w, x - 4, row - 10, x + size, row + 10)))) return [x, row];
  return null;
}
/** Years that can be written under the axis without touching: the last always, then as many as fit from the first on. */
function named(periods: string[], x: (p: string) => number, gap: number): string[] {
  const last = periods[periods.length - 1]!, out: string[] = [];
  for (const p of periods)
    if (p === last || (x(last) - x(p) >= gap && (!out.length || x(p) - x(out[out.length - 1]!) >= gap))) out.push(p);
  return out;
}

const drawn = (w: Spot[]) => `M${w[0]!.join(' ')}h0${w.slice(1).map((s) => `L${s.join(' ')}`).join('')}`;
/** A line behind the others. What the pointer finds is wider than what is seen. */
function Thin({ ways, on, light }: { ways: Spot[][]; on: boolean; light: (on: boolean) => void }) {
  return (
    <g class={on ? 'peer on' : 'peer'} onPointerEnter={() => light(true)} onPointerLeave={() => light(false)}>
      {ways.map((w, k) => <path key={k} d={drawn(w)} fill="none" stroke={on ? '#16202b' : '#b9b4a8'} stroke-width={w.length === 1 ? 4 : on ? 2 : 1} stroke-linejoin="round" stroke-linecap="round" />)}
      {ways.map((w, k) => <path key={k} d={drawn(w)} fill="none" stroke="transparent" stroke-width="9" />)}
    </g>
  );
}
/** Its name beside one of its points: the latest where the name lies free of the lines in front, else above the last. */
function Name({ text, way, front, head, left }: { text: string; way: Spot[][]; front: Spot[][]; head: number; left: number }) {
  const points = way.flat().reverse(), size = wide(text, 600), last = points[0];
  if (!last) return null;
  const free = (x: number, y: number) => x - size >= left && y > head + 8 && !front.some((w) => crosses(w, x - size - 4, y - 16, x + 4, y + 6));
  for (const [x, y] of points)
    for (const at of [y - 8, y + 18])
      if (free(x, at)) return <text x={x} y={at} text-anchor="end" class="end peer-name">{text}</text>;
  return <text x={last[0]} y={Math.max(head + 8, last[1] - 8)} text-anchor="end" class="end peer-name">{text}</text>;
}

/** A norm across the picture; at: where its name has room, null: nowhere. */
export function NormLine({ name, from, to, y, at }: { name: string; from: number; to: number; y: number; at: Spot | null }) {
  return (<>
    <path d={`M${from} ${y}H${to}`} class="norm" stroke="#16202b" stroke-width="1.5" stroke-dasharray="6 4" />
    {at && <text x={at[0] + 4} y={at[1] + 5} class="norm-name">{name}</text>}
  </>);
}

function Lines({ lines, limits, words, label, width, marks = [], norm, chosen = -1, choose, lit = -1, light }: Chart & { width: number }) {
  const all = lines.flatMap((l) => l.values.filter((v): v is number => v !== null));
  const own = lines.find((l) => l.own);
  if (!all.length || !own) return null;
  const narrow = width < 520, high = narrow ? 270 : 340, foot = high - 28;
  const known = lines.flatMap((l) => l.periods.filter((_, k) => l.values[k] !== null)).sort();
  const periods = [...new Set(lines.flatMap((l) => l.periods))].sort().filter((p) => p >= known[0]! && p <= known[known.length - 1]!);
  const joints = own.periods.flatMap((p, k) => (k > 0 && own.releases && own.releases[k] !== own.releases[k - 1] ? [{ from: own.periods[k - 1]!, to: p, release: own.releases[k]! }] : []));
  const head = joints.length ? 26 : 12;
  // the words at the line ends, the country's among them, share the right gutter
  const most = narrow ? Math.min(110, width * 0.32) : 190;
  const ends = lines.flatMap((l) => {
    if (l.thin) return [];
    let k = l.values.length - 1;
    while (k >= 0 && l.values[k] === null) k--;
    return k < 0 ? [] : [{ name: l.name, own: l.own === true, period: l.periods[k]!, v: l.values[k]! }];
  });
  const says = [...ends.flatMap((e) => (e.own ? (narrow ? [fit(e.name, most, 600), dev(e.v)] : [`${fit(e.name, most - 60, 600)} ${dev(e.v)}`]) : [fit(e.name, most)]).map((text) => ({ text, own: e.own, v: e.v }))),
    { text: t.country, own: false, v: 0 }];
  const right = Math.max(...says.map((s) => wide(s.text, s.own ? 600 : 400))) + 14, plot = width - right;
  const left = !limits ? 44 : narrow ? 0 : Math.max(...words.map((w) => wide(w))) + 14;
  const first = year(periods[0]!), last = year(periods[periods.length - 1]!);
  const across = scaleLinear([first, last === first ? first + 1 : last], [left + 16, plot - 8]);
  const low = Math.min(0, norm?.value ?? 0, ...all), top = Math.max(0, norm?.value ?? 0, ...all), pad = Math.max((top - low) * 0.12, 0.02);
  const bare = scaleLinear([low - pad, top + pad], [foot, head]), up = limits ? bare : bare.nice(5);
  const x = (p: string) => across(year(p)), y = (v: number) => up(v);
  const [y0, y1] = up.domain();
  const inside = (limits ?? []).filter((l) => l > y0 && l < y1), edges = limits ? [y0, ...inside, y1] : [];
  const ways = lines.map((l) => stretches(l, x, y));
  const at = spread(says.map((s) => y(s.v)), 19, head + 8, foot - 8);
  // the name of the norm above its line, as far left as there is room; the words of the classes keep off both
  const front = ways.filter((_, i) => !lines[i]!.thin), height = norm ? y(norm.value) : 0;
  const nameAt = norm ? room(front, wide(norm.name) + 8, [height - 10, height + 12].filter((r) => r > head && r < foot - 8 && (Math.abs(height - y(0)) < 1 || Math.abs(r - y(0)) >= 9)), left, plot) : null;
  const taken: Spot[][][] = norm ? [...front, [[[0, height], [plot, height]]], nameAt ? [[nameAt, [nameAt[0] + wide(norm.name) + 8, nameAt[1]]]] : []] : front;
  const bands = edges.slice(0, -1).flatMap((from, k) => {
    const over = y(edges[k + 1]!), under = y(from), word = words[classOf((from + edges[k + 1]!) / 2, limits!)];
    if (!word || under - over < 16) return [];
    const mid = (over + under) / 2, size = wide(word) + 8;
    if (left) return [{ word, x: 0, y: mid }];
    // no gutter: the first place in its band where no line passes, thin ones excepted, else the word stays away
    const rows = under - over > 40 ? [over + 10, mid, under - 10] : [mid];
    const place = room(taken, size, rows.filter((row) => Math.abs(row - y(0)) >= 9), 0, plot);
    return place ? [{ word, x: place[0], y: place[1] }] : [];
  });
  // the pins stand in a row below the years, each as near its moment as its neighbours allow
  const place = marks.map((m) => Math.max(left + 16, Math.min(plot - 8, x(m.from)))), pins = spread(place, 28, 13, plot - 4), row = marks.length ? 34 : 0;
  return (
    <><svg width={width} height={high + row} viewBox={`0 0 ${width} ${high + row}`} role="img" aria-label={label}>
      {limits ? inside.map((l) => <path key={l} d={`M${left} ${y(l)}H${plot}`} stroke="#dedbd2" />) : up.ticks(5).map((v) => <g key={v}><path d={`M${left} ${y(v)}H${plot}`} stroke="#e5e2da" /><text x="0" y={y(v) + 5}>{num(v, 2, true)}</text></g>)}
      <path d={`M${left} ${y(0)}H${plot}`} stroke="#16202b" stroke-dasharray="6 4" />
      <path d={`M${left} ${foot}H${plot}`} stroke="#16202b" />
      {periods.map((p) => <path key={p} d={`M${x(p)} ${foot}v5`} stroke="#16202b" />)}
      {named(periods, x, narrow ? 50 : 44).map((p) => <text key={p} x={x(p)} y={high - 7} text-anchor="middle" class="year">{p}</text>)}
      {bands.map((b) => <text key={b.word} x={b.x} y={b.y + 5} class="class-word">{b.word}</text>)}
      {norm && <NormLine name={norm.name} from={left} to={plot} y={height} at={nameAt} />}
      {joints.map((j) => {
        const at = (x(j.from) + x(j.to)) / 2, says = j.release ? t.newRelease(j.release) : t.newMethod, before = at - left > wide(says) + 8;
        return <g key={j.to} class="joint"><path d={`M${at} ${head - 18}V${foot}`} stroke="#16202b" stroke-width="1.2" stroke-dasharray="2 4" /><text x={before ? at - 6 : at + 6} y="12" text-anchor={before ? 'end' : 'start'}>{fit(says, (before ? at - left : width - at) - 8)}</text></g>;
      })}
      {marks.map((m, k) => (
        <g key={m.label} class={k === chosen ? 'mark on' : 'mark'}>
          <path d={`M${place[k]} ${foot}V${m.strong ? head : foot + 8}`} stroke="#16202b" stroke-width="1.2" stroke-dasharray={m.strong ? '6 4' : undefined} />
          <path d={`M${place[k]} ${foot}V${head}`} class="reach" stroke="#00566b" stroke-width="1.5" stroke-dasharray="2 3" />
          <path d={`M${place[k]} ${high - 1}L${pins[k]} ${high + 6}`} stroke="#16202b" stroke-width="1" />
          {m.until && <path d={`M${place[k]} ${foot + 2}H${Math.min(plot - 8, x(m.until))}`} stroke="#16202b" stroke-width="4" stroke-opacity="0.35" />}
          <circle cx={pins[k]} cy={high + 18} r="11.5" fill="#fff" stroke="#16202b" /><text x={pins[k]} y={high + 22.5} text-anchor="middle" class="pin-nr">{k + 1}</text>
        </g>
      ))}
      {lines.map((l, i) => l.thin && <Thin key={i} ways={ways[i]!} on={i === lit} light={(on) => light?.(on ? i : -1)} />)}
      {lines.map((l, i) => !l.thin && (
        <g key={i} class={l.own ? 'line own' : 'line'}>
          {ways[i]!.map((w, k) => <path key={k} d={drawn(w)} fill="none" stroke={l.own ? '#00566b' : '#66707a'} stroke-width={w.length === 1 ? (l.own ? 7 : 4) : l.own ? 3 : 1.5} stroke-dasharray={l.mean && w.length > 1 ? '9 4' : undefined} stroke-linejoin="round" stroke-linecap={l.mean ? 'butt' : 'round'} pointer-events="none" />)}
          {l.own && l.values.map((v, k) => {
            if (v === null) return null;
            const cx = x(l.periods[k]!), cy = y(v), ended = ends.some((e) => e.own && e.period === l.periods[k]);
            if (l.flagged?.[k]) return <rect key={k} class="flagged" x={cx - 4} y={cy - 4} width="8" height="8" fill="#fff" stroke="#00566b" stroke-width="2" />;
            if (l.provisional?.[k]) return <circle key={k} class="provisional" cx={cx} cy={cy} r="4.5" fill="#fff" stroke="#00566b" stroke-width="2" />;
            return ended ? <circle key={k} cx={cx} cy={cy} r="5" fill="#00566b" stroke="#fff" stroke-width="2" /> : null;
          })}
        </g>
      ))}
      {lines[lit]?.thin && <Name text={fit(lines[lit]!.name, plot - left - 8, 600)} way={ways[lit]!} front={ways.flatMap((w, i) => (lines[i]!.thin ? [] : w))} head={head} left={left} />}
      {says.map((s, k) => <text key={k} x={plot + 6} y={at[k]! + 5} class={s.own ? 'end a' : 'end'}>{s.text}</text>)}
    </svg>
    {marks.map((m, k) => <button type="button" key={m.label} class="pin" style={{ left: `${pins[k]! - 12}px`, top: `${high + 6}px` }} aria-label={m.label} title={m.label} aria-pressed={k === chosen} onClick={() => choose?.(k)} />)}</>
  );
}
