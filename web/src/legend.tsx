// SPDX-License-Identifier: EUPL-1.2
// The legend is a small histogram on the class bar, and the slider holds a tick for every measurement there is.
import { useEffect, useState } from 'preact/hooks';
import { moment, num, year as yearOf } from './format';
import type { Painted } from './layer';
import { NO_DATA, SUPPRESSED } from './scale';
import { t } from './text';

const times = (p: Painted, k: number) => { const n = p.classes.reduce((sum, c) => sum + (c === k ? 1 : 0), 0); return n ? ` (${num(n)})` : ''; };
export function Legend({ p, title, chosen, choose, note }: { p: Painted; title: string; chosen: number | null; choose: (k: number | null) => void; note: string | null }) {
  const n = p.colours.length, wide = 308, w = wide / n, most = Math.max(1, ...p.counts);
  return (
    <section class="legend" aria-label={title}>
      <h2 class="h3">{title}</h2>
      {p.counts.some((c) => c > 0) && <><div class="hist">
        {p.colours.map((c, k) => {
          const tall = p.counts[k]! > 0 ? Math.max(2, (p.counts[k]! / most) * 38) : 0;
          return (
            <button type="button" key={k} aria-pressed={chosen === k} aria-label={`${t.classCount(p.words[k]!, num(p.counts[k]!))}, ${t.showClass}`} title={p.words[k]} onClick={() => choose(chosen === k ? null : k)}>
              <svg viewBox={`0 0 ${Math.round(w)} 70`} preserveAspectRatio="none" aria-hidden="true">
                <rect x="1" y={54 - tall} width={Math.round(w) - 2} height={tall} fill={c} /><rect x="1" y="56" width={Math.round(w) - 2} height="12" fill={c} />
              </svg>
              <span style={{ bottom: `${tall + 20}px` }}>{num(p.counts[k]!)}</span>
            </button>
          );
        })}
      </div>
      <div class="breaks" aria-hidden="true">{p.breaks.map((b, k) => <span key={k} style={{ left: `${((k + 1) / n) * 100}%` }}>{num(b, p.decimals, p.ends[0] === t.backward)}</span>)}</div>
      <p class="ends small"><span>{p.ends[0]}</span><span>{p.ends[1]}</span></p></>}
      {chosen !== null && <p class="small chosen" role="status"><b>{p.words[chosen]}</b>: {num(p.counts[chosen]!)}</p>}
      <ul class="states">
        <li class="key"><svg width="22" height="14" aria-hidden="true"><rect width="22" height="14" fill="#86949d" /><path d="M-2 8 8-2M2 14 18-2M10 16 26 0" stroke="#fff" stroke-width="2.4" /></svg>{t.uncertain}</li>
        <li class="key"><svg width="22" height="14" aria-hidden="true"><rect width="22" height="14" fill="#f0efeb" stroke="#918e84" />{[4, 11, 18].map((x) => <g key={x}><circle cx={x} cy="4" r="1.1" fill="#66707a" /><circle cx={x - 3} cy="10" r="1.1" fill="#66707a" /></g>)}</svg>{t.hidden}{times(p, SUPPRESSED)}</li>
        <li class="key"><svg width="22" height="14" aria-hidden="true"><rect width="22" height="14" fill="#d3d3d0" stroke="#918e84" /></svg>{t.missing}{times(p, NO_DATA)}</li>
      </ul>
      {note && <p class="small">{note}</p>}
    </section>
  );
}

export function YearSlider({ periods, value, choose }: { periods: string[]; value: string; choose: (p: string) => void }) {
  const [playing, play] = useState(false);
  const at = Math.max(0, periods.indexOf(value)), first = yearOf(periods[0]!), span = yearOf(periods[periods.length - 1]!) - first || 1;
  const x = (p: string) => (periods.length === 1 ? 100 : ((yearOf(p) - first) / span) * 100);
  useEffect(() => {
    if (!playing) return;
    if (at === periods.length - 1) { play(false); return; }
    const timer = setTimeout(() => choose(periods[at + 1]!), 1100);
    return () => clearTimeout(timer);
  }, [playing, at]);
  const start = () => { if (!playing && at === periods.length - 1 && periods.length > 1) choose(periods[0]!); play(!playing); };
  const key = (e: KeyboardEvent) => {
    const to = e.key === 'ArrowRight' || e.key === 'ArrowUp' ? at + 1 : e.key === 'ArrowLeft' || e.key === 'ArrowDown' ? at - 1 : e.key === 'Home' ? 0 : e.key === 'End' ? periods.length - 1 : -1;
    if (to < 0 || to >= periods.length) return;
    e.preventDefault();
    play(false);
    choose(periods[to]!);
  };
  const press = (e: PointerEvent) => {
    const rail = e.currentTarget as HTMLElement, r = rail.getBoundingClientRect(), pos = ((e.clientX - r.left) / r.width) * 100;
    let near = periods[0]!;
    for (const p of periods) if (Math.abs(x(p) - pos) < Math.abs(x(near) - pos)) near = p;
    play(false);
    choose(near);
  };
  let lastShown = -100;
  const named = new Set<string>([value]);
  for (const p of periods) if ((periods.length < 40 || p.endsWith('-01')) && x(p) - lastShown >= 9.5 && Math.abs(x(p) - x(value)) >= 9.5) { named.add(p); lastShown = x(p); }
  if (periods.length === 1) return <p class="years only">{t.oneYear(moment(value))}</p>;
  return (
    <div class="years">
      <button type="button" class="play" aria-label={playing ? t.pause : t.play} disabled={periods.length < 2} onClick={start}>
        <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">{playing ? <path d="M4 3h3.5v12H4zM10.5 3H14v12h-3.5z" /> : <path d="M5 2.5 15 9 5 15.5z" />}</svg>
      </button>
      <div class="rail" role="slider" tabIndex={0} aria-label={t.year} aria-valuemin={first} aria-valuemax={first + (periods.length > 1 ? span : 0)} aria-valuenow={yearOf(value)} aria-valuetext={moment(value)} onKeyDown={key}
        onPointerDown={press} onPointerMove={(e) => { if (e.buttons & 1) press(e); }}>
        <i class="track" />
        {periods.map((p) => <i key={p} class={periods.length > 40 && !p.endsWith('-01') ? 'tick small-tick' : 'tick'} style={{ left: `${x(p)}%` }} />)}
        <i class="knob" style={{ left: `${x(value)}%` }} />
        {periods.filter((p) => named.has(p)).map((p) => <span key={p} class={p === value ? 'now' : ''} style={{ left: `${x(p)}%` }}>{p === value ? p : p.slice(0, 4)}</span>)}
      </div>
    </div>
  );
}
