// SPDX-License-Identifier: EUPL-1.2
// Our own charts in SVG: the line through the years, the wheel of parts, and bars around a zero line. Each has a table
// twin beside it, so the picture itself is one image to a screen reader, named by its sentence.
import { useEffect, useRef, useState } from 'preact/hooks';
import { scaleLinear } from 'd3-scale';
import { arc, line } from 'd3-shape';
import type { Num } from './api';
import { dev, num, year } from './format';
import { classOf, grade, LEVEL } from './scale';

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
export interface Line { name: string; periods: string[]; values: Num[]; own?: boolean; marked?: boolean[] }

/** Years across, deviation up. The hairlines are the limits of the classes, with the word of each class between them. */
export function LineChart({ lines, limits, words, label }: { lines: Line[]; limits: number[] | null; words: string[]; label: string }) {
  const [box, width] = useWidth();
  return <div ref={box} class="linechart">{width > 0 && <Lines {...{ lines, limits, words, label, width }} />}</div>;
}
function Lines({ lines, limits, words, label, width }: { lines: Line[]; limits: number[] | null; words: string[]; label: string; width: number }) {
  const narrow = width < 520, high = narrow ? 250 : 340, right = narrow ? 92 : 116, left = limits ? (narrow ? 0 : 0) : 0;
  const all = lines.flatMap((l) => l.values.filter((v): v is number => v !== null));
  const years = lines.flatMap((l) => l.periods.map(year));
  if (!all.length) return null;
  const low = Math.min(0, ...all), top = Math.max(0, ...all), pad = (top - low || 0.1) * 0.12;
  const first = Math.min(...years), last = Math.max(...years), plot = width - right, start = left + 52;
  const x = scaleLinear([first, last === first ? first + 1 : last], [start, plot - 8]);
  const y = scaleLinear([low - pad, top + pad], [high - 28, 16]);
  if (!limits) y.nice(5);
  const [y0, y1] = y.domain() as [number, number];
  const inside = (limits ?? []).filter((l) => l > y0 && l < y1);
  const ticks = [...new Set(lines.find((l) => l.own)?.periods ?? [])].sort();
  const shown = ticks.filter((p, k) => k === 0 || k === ticks.length - 1 || (x(year(p)) - x(year(ticks[0]!)) > 44 && x(year(ticks[ticks.length - 1]!)) - x(year(p)) > 44 && (!narrow || k % 2 === 0)));
  const spaced: string[] = [];
  for (const p of shown) {
    const before = spaced[spaced.length - 1];
    if (before === undefined || x(year(p)) - x(year(before)) >= 42) spaced.push(p);
  }
  const ends = lines.map((l) => {
    let k = l.values.length - 1;
    while (k >= 0 && l.values[k] === null) k--;
    return k < 0 ? null : { l, x: x(year(l.periods[k]!)), y: y(l.values[k]!), v: l.values[k]! };
  }).filter((e): e is NonNullable<typeof e> => e !== null).sort((a, b) => a.y - b.y);
  const at = ends.map((e) => e.y);
  for (let k = 1; k < at.length; k++) if (at[k]! - at[k - 1]! < 20) at[k] = at[k - 1]! + 20;
  const over = at.length ? Math.max(0, at[at.length - 1]! - (high - 34)) : 0;
  const path = (l: Line) => line<number>().defined((k) => l.values[k] !== null).x((k) => x(year(l.periods[k]!))).y((k) => y(l.values[k]!))(l.values.map((_, k) => k)) ?? '';
  const bands = limits ? [y0, ...inside, y1] : [];
  return (
    <svg width={width} height={high} viewBox={`0 0 ${width} ${high}`} role="img" aria-label={label}>
      {limits ? inside.map((l) => <path key={l} d={`M0 ${y(l)}H${plot}`} stroke="#dedbd2" />) : y.ticks(5).map((v) => <g key={v}><path d={`M0 ${y(v)}H${plot}`} stroke="#e5e2da" /><text x="0" y={y(v) - 5}>{num(v, 2, true)}</text></g>)}
      {y0 < 0 && y1 > 0 && <path d={`M0 ${y(0)}H${plot}`} stroke="#66707a" stroke-dasharray="6 4" />}
      {bands.slice(0, -1).map((from, k) => {
        const to = bands[k + 1]!, tall = y(from) - y(to);
        return tall >= 22 ? <text key={from} x="0" y={y(to) + 15} class="class-word">{words[classOf((from + to) / 2, limits!)]}</text> : null;
      })}
      <path d={`M0 ${high - 28}H${plot}`} stroke="#16202b" />
      {ticks.map((p) => <path key={p} d={`M${x(year(p))} ${high - 28}v5`} stroke="#16202b" />)}
      {spaced.map((p) => <text key={p} x={x(year(p))} y={high - 7} text-anchor="middle">{p}</text>)}
      {lines.map((l) => (
        <g key={l.name}>
          <path d={path(l)} fill="none" stroke={l.own ? '#00566b' : '#66707a'} stroke-width={l.own ? 3 : 1.5} stroke-linejoin="round" stroke-linecap="round" />
          {l.own && l.values.map((v, k) => (v !== null && (l.marked?.[k]) ? <circle key={k} cx={x(year(l.periods[k]!))} cy={y(v)} r="4" fill="#fff" stroke="#00566b" stroke-width="2" /> : null))}
        </g>
      ))}
      {ends.map((e, k) => (
        <g key={e.l.name}>
          {e.l.own && <circle cx={e.x} cy={e.y} r="5" fill="#00566b" stroke="#fff" stroke-width="2" />}
          <text x={plot + 2} y={at[k]! - over + 5} class={e.l.own ? 'a' : ''}>{fit(e.l.name, narrow ? 13 : 16)}</text>
        </g>
      ))}
    </svg>
  );
}
const fit = (s: string, n: number) => (s.length > n ? s.slice(0, n - 1) + '…' : s);

/** Colour of a part: its deviation on seven even steps around the average, the same steps for all parts of the page. */
export const partReach = (values: Num[]) => {
  const most = Math.max(0.02, ...values.map((v) => Math.abs(v ?? 0)));
  return Math.ceil(most * 50) / 50;
};
export const partClass = (v: number, reach: number) => Math.max(0, Math.min(6, Math.floor(((v / reach + 1) / 2) * 7)));

export function Wheel({ parts, reach, word, klasse, label, totalLabel }: { parts: { name: string; value: Num }[]; reach: number; word: string; klasse: Num; label: string; totalLabel: string }) {
  const n = parts.length, turn = (2 * Math.PI) / n, r0 = 80, r1 = 112, r2 = 117, r3 = 196, middle = (r2 + r3) / 2;
  const ring = (a: number, b: number, from: number, to: number) => arc()({ innerRadius: a, outerRadius: b, startAngle: from, endAngle: to, padAngle: 0 }) ?? '';
  const words = word.split(' ');
  const big = word.length > 11 && words.length < 2 ? 21 : 24;
  const rows = words.length > 1 && word.length > 9 ? [words.slice(0, -1).join(' '), words[words.length - 1]!] : [word];
  return (
    <svg class="wheel" viewBox="-290 -232 580 464" role="img" aria-label={label}>
      {parts.map((p, k) => {
        const from = k * turn + 0.012, to = (k + 1) * turn - 0.012, mid = (from + to) / 2;
        const c = p.value === null ? -1 : partClass(p.value, reach), colour = c < 0 ? '#d3d3d0' : LEVEL[c]!;
        const r = p.value === null ? r2 : Math.max(r2 + 3, middle + (p.value / reach) * (r3 - middle));
        const sin = Math.sin(mid), cos = -Math.cos(mid), lx = sin * (r3 + 14), ly = cos * (r3 + 14);
        const anchor = Math.abs(sin) < 0.2 ? 'middle' : sin > 0 ? 'start' : 'end';
        const lines = p.name.length > 12 && p.name.includes(' ') ? halves(p.name) : [p.name];
        const dy = cos < -0.6 ? -(lines.length - 1) * 18 - 12 : cos > 0.6 ? 12 : -((lines.length - 1) * 9);
        return (
          <g key={p.name}>
            <path d={ring(r2, r3, from, to)} fill="#f1efe9" />
            <path d={ring(r2, r, from, to)} fill={colour} />
            <path d={ring(r0, r1, from, to)} fill={colour} />
            <text x={lx} y={ly + dy} text-anchor={anchor} class="wheel-name">{lines.map((l, i) => <tspan key={i} x={lx} dy={i ? "1.2em" : 0}>{l}</tspan>)}<tspan x={lx} dy="1.2em" class="wheel-value">{p.value === null ? '' : dev(p.value)}</tspan></text>
          </g>
        );
      })}
      <circle r={middle} fill="none" stroke="#16202b" stroke-width="1.3" stroke-dasharray="1.5 5" stroke-linecap="round" />
      {klasse !== null && <circle r="74" fill="none" stroke={LEVEL[grade(klasse)]!} stroke-width="4" />}
      {rows.map((l, k) => <text key={k} y={(k - (rows.length - 1) / 2) * 26 + 2} text-anchor="middle" class="wheel-word" font-size={big}>{l}</text>)}
      <text y={rows.length > 1 ? 40 : 28} text-anchor="middle">{totalLabel}</text>
    </svg>
  );
}
function halves(name: string): string[] {
  const words = name.split(' ');
  let best = 1;
  for (let k = 1; k < words.length; k++)
    if (Math.abs(words.slice(0, k).join(' ').length - words.slice(k).join(' ').length) < Math.abs(words.slice(0, best).join(' ').length - words.slice(best).join(' ').length)) best = k;
  return [words.slice(0, best).join(' '), words.slice(best).join(' ')];
}

/** Rows around one shared zero line. */
export function ZeroBars({ rows }: { rows: { name: string; value: number; strong?: boolean }[] }) {
  const most = Math.max(1e-9, ...rows.map((r) => Math.abs(r.value)));
  return (
    <ul class="zero">
      {rows.map((r) => (
        <li key={r.name} class={r.strong ? 'sum' : ''}>
          <span>{r.name}</span>
          <svg viewBox="0 0 200 16" preserveAspectRatio="none" aria-hidden="true"><rect x={r.value < 0 ? 100 + (r.value / most) * 98 : 100} y="3" width={Math.max(0.8, (Math.abs(r.value) / most) * 98)} height="10" fill={r.value < 0 ? '#c0802f' : '#8071b5'} /><path d="M100 0V16" stroke="#16202b" stroke-width="1" vector-effect="non-scaling-stroke" /></svg>
          <b>{dev(r.value)}</b>
        </li>
      ))}
    </ul>
  );
}
