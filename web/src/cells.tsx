// SPDX-License-Identifier: EUPL-1.2
// The 100 m map inside a buurt or wijk: squares in the outline of the area, our own SVG, and the same squares as a table. Shown where a
// store has cells with scores; the server has hidden what is too small to show.
import { useState } from 'preact/hooks';
import { type AreaPage, type Num, useApi } from './api';
import { dev, num } from './format';
import { Figure } from './number';
import { grade, LEVEL, MISSING } from './scale';
import { Tabs } from './states';
import { words } from './text_cells';

interface Cell { code: string; x: Num; y: Num; totaal: Num; klasse: Num; klasseNaam: string | null; status: string; statusTekst: string }
interface Answer { methode: string | null; periode: string | null; zin: string | null; spoorTotaal: string | null; spoorKlasse: string | null; vakIndelingsjaar: number; klassen: string[]; omtrek: number[][]; vakken: Cell[] }

const SIDE = 100, EDGE = 60;
const hidden = (c: Cell) => c.klasse === null && c.status === 'suppressed';
const fill = (c: Cell) => (c.klasse !== null ? LEVEL[grade(c.klasse)]! : hidden(c) ? '#f0efeb' : MISSING);
const Dots = ({ x, y, r }: { x: number; y: number; r: number }) => <>{[0.22, 0.5, 0.78].map((a, i) => [0.28, 0.72].map((b) => <circle key={`${a} ${b}`} cx={x + a * SIDE} cy={y + (i % 2 ? 1 - b : b) * SIDE} r={r} fill="#66707a" />))}</>;

export default function Cells({ d, method }: { d: AreaPage; method: string }) {
  const [view, setView] = useState('kaart'), [chosen, choose] = useState(''), w = words();
  const a = useApi<Answer>(`/gebieden/${encodeURIComponent(d.code)}/vakken?methode=${encodeURIComponent(method)}&indelingsjaar=${d.indelingsjaar}`).data;
  if (!a || !a.vakken.length || !a.zin || !a.periode) return null;
  const placed = a.vakken.filter((c) => c.x !== null && c.y !== null), points = a.omtrek.flatMap((r) => r.filter((_, k) => k % 2 === 0).map((x, k) => [x, r[2 * k + 1]!] as const));
  const xs = [...placed.flatMap((c) => [c.x!, c.x! + SIDE]), ...points.map((p) => p[0])], ys = [...placed.flatMap((c) => [c.y!, c.y! + SIDE]), ...points.map((p) => p[1])];
  const low = [Math.min(...xs), Math.min(...ys)] as const, high = [Math.max(...xs), Math.max(...ys)] as const, mid = [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2] as const;
  const reach = Math.max(high[0] - low[0], high[1] - low[1]) / 6;
  const where = (c: Cell) => {
    if (c.x === null || c.y === null) return '';
    const dx = c.x + SIDE / 2 - mid[0], dy = c.y + SIDE / 2 - mid[1];
    return Math.hypot(dx, dy) < reach ? w.middle : w.winds[Math.round((Math.atan2(dx, dy) / (2 * Math.PI)) * 8 + 8) % 8]!;
  };
  const of = (pattern: string | null, code: string) => (pattern ? pattern.replace('{code}', code) : null);
  const figures = (c: Cell) => (c.klasse === null ? <>{c.statusTekst}</> : <><Figure code={c.code} indicator={a.methode!} period={a.periode!} id={of(a.spoorKlasse, c.code)}>{c.klasseNaam}</Figure>{c.totaal !== null && <>, <Figure code={c.code} indicator={a.methode!} period={a.periode!} id={of(a.spoorTotaal, c.code)}>{dev(c.totaal)}</Figure></>}</>);
  const count = (n: number) => (n === 1 ? w.one : w.count(num(n)));
  const now = a.vakken.find((c) => c.code === chosen), used = a.klassen.map((name, k) => ({ name, k: k + 1, n: a.vakken.filter((c) => c.klasse === k + 1).length })).filter((x) => x.n > 0);
  const outline = a.omtrek.map((r) => `M${r.reduce((text, v, k) => text + (k % 2 ? ` ${high[1] - v}` : `${k ? 'L' : ''}${v - low[0]}`), '')}Z`).join('');
  return (
    <section class="rule second cells">
      <div class="row head"><h2>{w.title(d.naam)}</h2><Tabs label={w.view} options={[['kaart', w.map], ['tabel', w.table]]} value={view} choose={setView} panel="vakken" /></div>
      <p>{a.zin}</p>
      <div id="vakken" role="tabpanel" aria-label={w.title(d.naam)} tabIndex={-1}>
        {view === 'kaart' ? (
          <div class="cells-both">
            <svg class="cells-map" viewBox={`${-EDGE} ${-EDGE} ${high[0] - low[0] + 2 * EDGE} ${high[1] - low[1] + 2 * EDGE}`} role="img" aria-label={w.picture(a.zin)}>
              {placed.map((c) => {
                const x = c.x! - low[0], y = high[1] - c.y! - SIDE;
                return <g key={c.code} class={c.code === chosen ? 'on' : ''} data-code={c.code} onClick={() => choose(c.code === chosen ? '' : c.code)}><rect x={x + 2} y={y + 2} width={SIDE - 4} height={SIDE - 4} fill={fill(c)} />{hidden(c) && <Dots x={x} y={y} r={6} />}</g>;
              })}
              <path d={outline} fill="none" stroke="#fff" stroke-width="7" vector-effect="non-scaling-stroke" stroke-linejoin="round" pointer-events="none" /><path d={outline} fill="none" stroke="#16202b" stroke-width="2.5" vector-effect="non-scaling-stroke" stroke-linejoin="round" pointer-events="none" />
              {now && now.x !== null && <rect x={now.x - low[0]} y={high[1] - now.y! - SIDE} width={SIDE} height={SIDE} fill="none" stroke="#16202b" stroke-width="9" pointer-events="none" />}
            </svg>
            <div>
              <p class="small">{w.lead(a.periode)}{placed.length < a.vakken.length && ` ${w.uncountable(num(a.vakken.length - placed.length))}`}</p>
              <ul class="cells-key" aria-label={w.legend}>
                {[...used].reverse().map((x) => <li key={x.k}><svg width="22" height="14" aria-hidden="true"><rect width="22" height="14" fill={LEVEL[grade(x.k)]!} /></svg>{x.name}: {count(x.n)}</li>)}
                <li><svg width="22" height="14" aria-hidden="true"><rect width="22" height="14" fill="#86949d" /><path d="M-2 8 8-2M2 14 18-2M10 16 26 0" stroke="#fff" stroke-width="2.4" /></svg>{w.uncertain}: {count(0)}</li>
                <li><svg width="22" height="14" viewBox="0 0 157 100" aria-hidden="true"><rect width="157" height="100" fill="#f0efeb" stroke="#918e84" stroke-width="10" /><Dots x={28} y={0} r={9} /></svg>{w.hidden}: {count(a.vakken.filter(hidden).length)}</li>
                <li><svg width="22" height="14" aria-hidden="true"><rect width="22" height="14" fill={MISSING} stroke="#918e84" /></svg>{w.missing}: {count(a.vakken.filter((c) => c.klasse === null && !hidden(c)).length)}</li>
              </ul>
              <p role="status">{now ? <><b>{w.cell} {now.code}</b> ({where(now)}): {figures(now)}</> : <span class="small">{w.press}</span>}</p>
              <p class="small">{w.caution}</p>
            </div>
          </div>
        ) : (
          <div class="scroll" tabIndex={0} role="region" aria-label={w.title(d.naam)}><table class="twin"><thead><tr><th scope="col">{w.cell}</th><th scope="col">{w.where}</th><th scope="col">{w.classWord}</th><th scope="col" class="r">{w.deviation}</th></tr></thead>
            <tbody>{[...a.vakken].sort((p, q) => p.code.localeCompare(q.code)).map((c) => (
              <tr key={c.code} data-code={c.code}><th scope="row">{c.code}</th><td>{where(c)}</td>
                {c.klasse === null && c.totaal === null ? <td colSpan={2} class="why">{c.statusTekst}</td> : <><td>{c.klasse === null ? w.missing : <Figure code={c.code} indicator={a.methode!} period={a.periode!} id={of(a.spoorKlasse, c.code)}>{c.klasseNaam}</Figure>}</td>
                  <td class={c.totaal === null ? 'r why' : 'r'}>{c.totaal === null ? w.missing : <Figure code={c.code} indicator={a.methode!} period={a.periode!} id={of(a.spoorTotaal, c.code)}>{dev(c.totaal)}</Figure>}</td></>}</tr>
            ))}</tbody></table></div>
        )}
      </div>
    </section>
  );
}
