// SPDX-License-Identifier: EUPL-1.2
// The score between two releases: an estimate with its band and its tested error, or in one sentence why there is none.
import { type Num, useApi } from './api';
import { dev, num, percent } from './format';
import { Figure } from './number';
import { words } from './text_nowcast';

interface Answer {
  methode: string; jaar: number; laatsteJaar: number; alBekend: boolean; geschat: boolean; oordeel: 'used' | 'last_better' | 'untested';
  fout: Num; foutStilstaan: Num; binnenMarge: Num; spoor: string | null; waarde: Num[]; laag: Num[]; hoog: Num[]; redenen: string[];
}

export default function Nowcast({ code, level, division, method }: { code: string; level: string; division: number; method: string }) {
  const d = useApi<Answer>(`/tussenschattingen?niveau=${level}&indelingsjaar=${division}&methode=${encodeURIComponent(method)}&gebied=${encodeURIComponent(code)}`).data, w = words();
  if (!d) return null;
  const year = String(d.jaar), last = String(d.laatsteJaar), tested = d.fout !== null && d.foutStilstaan !== null;
  const value = d.geschat ? d.waarde[0] ?? null : null, low = d.laag[0] ?? null, high = d.hoog[0] ?? null;
  return (
    <section class="rule second nowcast">
      <h2>{w.title}</h2>
      {value !== null && low !== null && high !== null && d.spoor ? (
        <>
          <p class="lead">{w.isIn(year)} <Figure code={code} indicator={d.methode} period={year} id={d.spoor.replace('{code}', code)}>{dev(value)}</Figure> ({w.estimated}), {w.between(dev(low), dev(high))}.</p>
          <p>{w.lastKnown(last)} {tested && w.error(num(d.fout!, 3), num(d.foutStilstaan!, 3))} {d.binnenMarge !== null && w.inside(percent(d.binnenMarge))}</p>
          <p class="small">{w.notKnown}</p>
        </>
      ) : d.geschat ? <p>{w.notHere(year)}</p>
        : <p>{d.alBekend ? w.known(year) : w.notYet(year, last)} {d.oordeel === 'untested' ? w.untested : d.oordeel === 'used' ? w.used : w.lastBetter} {tested && d.oordeel !== 'untested' && w.error(num(d.fout!, 3), num(d.foutStilstaan!, 3))}</p>}
      <p class="small"><a href="/methode/tussenschatting">{w.how}</a></p>
    </section>
  );
}
