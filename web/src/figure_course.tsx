// SPDX-License-Identifier: EUPL-1.2
// Where the figures of an area go that has no score: one figure at a time, its trend in words, its line with band, and the same as a table.
import { useState } from 'preact/hooks';
import { type AreaPage, type Num, useApi } from './api';
import { Picture, type Trend } from './course';
import { amount, num, unitBeside } from './format';
import { separate } from './indicators';
import type { NormHere } from './norm_api';
import { lineOf, NormFoot, NormNote, normOf } from './norm_line';
import { Figure } from './number';
import { Tabs } from './states';
import { words } from './text_course';

const LEAST = 3; // years without which there is no trend

export default function FigureCourse({ d, norms }: { d: AreaPage; norms: NormHere[] }) {
  const list = separate(d).filter((f) => f.reeks.filter((r) => !r.periode.includes('-') && r.waarde !== null).length >= LEAST);
  const [chosen, choose] = useState(''), [view, setView] = useState('beeld'), w = words(), f = list.find((x) => x.indicator === chosen) ?? list[0];
  const t = useApi<{ trend: Trend | null }>(f ? `/gebieden/${encodeURIComponent(d.code)}/verloop?indicator=${encodeURIComponent(f.indicator)}&indelingsjaar=${d.indelingsjaar}` : null).data?.trend;
  if (!f) return null;
  const seen = (p: string): Num => f.reeks.find((r) => r.periode === p)?.waarde ?? null, unit = unitBeside(f.naam, f.eenheid), said = (v: number) => amount(v, unit, Math.max(f.decimalen, 1));
  const norm = normOf(norms, f.indicator), drawn = t !== null && t !== undefined && t.lijn.some((x) => x !== null);
  return (
    <section class="rule second course">
      <div class="row head"><h2>{w.figures}</h2>{drawn && <Tabs label={w.view} options={[['beeld', w.chart], ['tabel', w.table]]} value={view} choose={setView} panel="cijferverloop" />}</div>
      <p><label class="small" for="welkcijfer">{w.whichFigure}</label> <select id="welkcijfer" class="utrecht-select" value={f.indicator} onChange={(e) => choose(e.currentTarget.value)}>{list.map((x) => <option key={x.indicator} value={x.indicator}>{x.naam}</option>)}</select></p>
      {t && (
        <div id="cijferverloop" role={drawn ? 'tabpanel' : undefined} aria-label={drawn ? f.naam : undefined} tabIndex={drawn ? -1 : undefined}>
          <p>{f.naam}: {t.zin.charAt(0).toLowerCase() + t.zin.slice(1)}{t.perJaar !== null && t.spoor && <> {w.slope}: <Figure code={d.code} indicator={f.indicator} period={t.perioden[t.perioden.length - 1]!} id={t.spoor}>{num(t.perJaar, 2, true)}</Figure>.</>}</p>
          {drawn && view === 'beeld' && <><p class="small">{w.note}</p><NormNote x={norm} /><Picture t={t} seen={t.perioden.map(seen)} city={[]} label={t.zin} norm={lineOf(norm)} say={(v) => num(v, Math.abs(v) < 10 ? 1 : 0)} /></>}
          {drawn && view === 'tabel' && (
            <div class="scroll" tabIndex={0} role="region" aria-label={f.naam}><table class="twin"><thead><tr><th scope="col">{w.year}</th><th scope="col" class="r">{w.value}</th><th scope="col" class="r">{w.line}</th><th scope="col" class="r">{w.low}</th><th scope="col" class="r">{w.high}</th></tr></thead>
              <tbody>{t.perioden.map((p, k) => { const x = seen(p); return <tr key={p}><th scope="row">{p}</th><td class="r">{x === null ? w.none : <Figure code={d.code} indicator={f.indicator} period={p} division={d.indelingsjaar}>{amount(x, unit, f.decimalen)}</Figure>}</td>{[t.lijn[k], t.onder[k], t.boven[k]].map((y, n) => <td class="r" key={n}>{y === null || y === undefined ? '' : said(y)}</td>)}</tr>; })}</tbody><NormFoot x={norm} columns={4} /></table></div>
          )}
          <p class="small">{w.estimate} <a href="/methode/trend">{w.method}</a></p>
        </div>
      )}
    </section>
  );
}
