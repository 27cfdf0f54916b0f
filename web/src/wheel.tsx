// SPDX-License-Identifier: EUPL-1.2
// The wheel of a score. Its inner ring names the parts in the colour of the newest year; its outer ring holds what is measured beside each
// part, set against the middle of other areas, or a bar a year, so that a part shows where it came from.
import type { Num } from './api';
import { dev } from './format';
import { inWords } from './parts';
import { classOf, COMPOSITION, grade, LEVEL, MISSING } from './scale';

/** The furthest deviation a wheel must hold; a floor keeps what is about average looking so. */
const reachOf = (values: Num[]) => Math.max(0.06, ...values.map((v) => Math.abs(v ?? 0)));
/** Colour of a part: the steps of its words, and half a national standard deviation beyond; the same for every area. */
const STEPS = [-0.0784, -0.03, -0.005, 0.005, 0.03, 0.0784];

/** Of a figure beside a part: how far out it lies in ordinary spreads. Where neither side is better it is blue, as all that is not judged. */
export interface Mark { name: string; said: boolean; neutral: boolean; out: Num }
const FAR = 2.6, MARK_STEPS = [-2, -1, -0.5, 0.5, 1, 2], BLUE_STEPS = [-1.5, -0.5, 0.5, 1.5], LEAST_SLOTS = 4;
const markColour = (m: Mark) => (m.neutral ? COMPOSITION[classOf(m.out!, BLUE_STEPS)]! : LEVEL[classOf(m.out!, MARK_STEPS)]!);
export interface Part { id: string; name: string; short: string; values: Num[]; peer: Num; marks: Mark[] }
const HOLE = 74, IN = 82, OUT = 122, BASE = 128, RIM = 206, HALF = (BASE + RIM) / 2;
const spot = (r: number, turn: number) => `${(r * Math.sin(turn)).toFixed(1)} ${(-r * Math.cos(turn)).toFixed(1)}`;
/** A piece of a ring between two radii; `gap` in units keeps its sides parallel to those of its neighbours. */
function piece(a: number, b: number, from: number, to: number, gap: number): string {
  const ga = gap / a / 2, gb = gap / b / 2;
  return `M${spot(b, from + gb)}A${b} ${b} 0 0 1 ${spot(b, to - gb)}L${spot(a, to - ga)}A${a} ${a} 0 0 0 ${spot(a, from + ga)}Z`;
}
const curve = (r: number, from: number, to: number) => `M${spot(r, from)}A${r} ${r} 0 0 ${to > from ? 1 : 0} ${spot(r, to)}`;

export function Wheel({ parts, figures, at, word, year, klasse, label, narrow, chosen, choose }: { parts: Part[]; figures: boolean; at: number; word: string; year: string; klasse: Num; label: string; narrow: boolean; chosen: number; choose: (k: number) => void }) {
  const turn = (2 * Math.PI) / parts.length, reach = reachOf(parts.flatMap((p) => [...p.values, p.peer]));
  const radius = (v: number) => HALF + (v / reach / 1.12) * (RIM - HALF), colour = (v: Num | undefined) => (v === null || v === undefined ? MISSING : LEVEL[classOf(v, STEPS)]!);
  const words = word.split(' '), rows = words.length > 1 && word.length > 9 ? [words.slice(0, -1).join(' '), words[words.length - 1]!] : [word];
  const longest = Math.max(...rows.map((r) => r.length)), size = longest > 12 ? 20 : longest > 10 ? 23 : 26;
  return (
    <svg class={narrow ? 'wheel close' : 'wheel'} viewBox={narrow ? '-212 -212 424 424' : '-352 -240 704 502'} role="img" aria-label={label}>
      {parts.map((p, k) => {
        const from = k * turn, to = from + turn, mid = (from + to) / 2, now = p.values[at], c = colour(now);
        const one = (turn - 0.05) / p.values.length, below = Math.cos(mid) < -0.3, dark = now !== null && now !== undefined && classOf(now, STEPS) >= 4;
        const sin = Math.sin(mid), side = Math.abs(sin) < 0.2 ? 'middle' : sin > 0 ? 'start' : 'end', lx = sin * (RIM + 12), ly = -Math.cos(mid) * (RIM + 12) + (side === 'middle' ? (below ? 14 : -22) : -4);
        return (
          <g key={p.id} class={k === chosen ? 'slice on' : 'slice'} onClick={() => choose(k)}>
            <path d={piece(BASE, RIM, from, to, 6)} fill="#f1efe9" />
            {figures ? <Marks marks={p.marks} from={from} turn={turn} /> : p.values.map((v, i) => (v === null ? null : <path key={i} class={i === at ? 'now' : ''} d={piece(BASE, radius(v), from + 0.025 + i * one, from + 0.025 + (i + 1) * one, p.values.length > 1 ? 2 : 0)} fill={colour(v)} />))}
            <path d={piece(IN, OUT, from, to, 6)} fill={c} class="core" />
            <path id={`deel-${p.id}`} d={below ? curve((IN + OUT) / 2 + 6, to, from) : curve((IN + OUT) / 2 - 6, from, to)} fill="none" />
            <text class={dark ? 'wheel-name light' : 'wheel-name'} text-anchor="middle"><textPath href={`#deel-${p.id}`} startOffset="50%">{p.short}</textPath></text>
            {!narrow && now !== null && now !== undefined && <text x={lx} y={ly} text-anchor={side} class="wheel-says">{inWords(now)}<tspan x={lx} dy="1.3em" class="wheel-value">{dev(now)}</tspan></text>}
          </g>
        );
      })}
      <circle r={HALF} fill="none" stroke="#16202b" stroke-width="1.4" stroke-dasharray="1.5 5" stroke-linecap="round" pointer-events="none" />
      {!figures && parts.map((p, k) => p.peer !== null && <circle key={p.id} r="5.5" transform={`translate(${spot(radius(p.peer), (k + (at + 0.5) / p.values.length) * turn)})`} fill="#fff" stroke="#16202b" stroke-width="2" pointer-events="none" />)}
      {klasse !== null && <circle r={HOLE - 3} fill="none" stroke={LEVEL[grade(klasse)]!} stroke-width="5" />}
      {rows.map((l, k) => <text key={k} y={(k - (rows.length - 1) / 2) * 26 + 1} text-anchor="middle" class="wheel-word" font-size={size}>{l}</text>)}
      <text y={rows.length > 1 ? 42 : 26} text-anchor="middle" class="wheel-year">{year}</text>
    </svg>
  );
}

/** Facts are a surface, what people say is a ring; both between the same radii. */
function Marks({ marks, from, turn }: { marks: Mark[]; from: number; turn: number }) {
  const slot = (turn - 0.05) / Math.max(marks.length, LEAST_SLOTS), begin = from + (turn - slot * marks.length) / 2;
  const radius = (out: number) => HALF + (Math.max(-FAR, Math.min(FAR, out)) / FAR) * (RIM - HALF - 6);
  return (
    <>{marks.map((m, i) => {
      const a = begin + i * slot, r = m.out === null ? 0 : Math.max(BASE + 3, radius(m.out));
      if (m.out === null) return <path key={m.name} class="none" d={piece(BASE, BASE + 5, a, a + slot, 6)} fill={MISSING}><title>{m.name}</title></path>;
      return m.said ? <g key={m.name} class="felt"><path d={`M${spot(BASE + 2, a + slot / 2)}L${spot(r, a + slot / 2)}`} stroke="#66707a" stroke-width="1.5" stroke-dasharray="2 3" /><circle r="9" transform={`translate(${spot(r, a + slot / 2)})`} fill={markColour(m)} stroke="#fff" stroke-width="6" /><circle r="9" transform={`translate(${spot(r, a + slot / 2)})`} fill="none" stroke="#16202b" stroke-width="2" /><title>{m.name}</title></g>
        : <path key={m.name} class="fact" d={piece(BASE, r, a, a + slot, 5)} fill={markColour(m)} stroke="#66707a" stroke-width="0.8"><title>{m.name}</title></path>;
    })}</>
  );
}
