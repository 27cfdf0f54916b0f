// SPDX-License-Identifier: EUPL-1.2
// One page per area: the sentence, the line through the years, what the score consists of, and every figure with its source.
import { useState } from 'preact/hooks';
import { type AreaIndicator, type AreaPage, type AreaScores, type Root, type Scores, useApi } from './api';
import { LineChart, partReach, Wheel, ZeroBars } from './chart';
import { amount, dev, moment, num, percent, sentences, unitBeside } from './format';
import { MiniMap } from './minimap';
import { Figure } from './number';
import { asDeviation, inWords, lastIndex, type PartNow, sides } from './parts';
import { pageOf } from './route';
import { Part, Tabs } from './states';
import { t } from './text';

export function AreaView({ root, code }: { root: Root; code: string; niveau: string }) {
  const area = useApi<AreaPage>(`/gebieden/${encodeURIComponent(code)}`);
  return <main id="inhoud" tabIndex={-1} class="area"><Part of={area} lines={8}>{(d) => <Area key={d.code} root={root} d={d} />}</Part></main>;
}
const Cell = ({ d, indicator, period, children }: { d: AreaPage; indicator: string; period: string; children: preact.ComponentChildren }) =>
  <Figure code={d.code} indicator={indicator} period={period} division={d.indelingsjaar}>{children}</Figure>;

function Area({ root, d }: { root: Root; d: AreaPage }) {
  const [chosen, choose] = useState(0);
  const s = d.scores[chosen] ?? d.scores[0];
  const has = s !== undefined && lastIndex(s.totaal) >= 0;
  const [first, rest] = sentences(d.zin);
  return (
    <>
      <p class="path">{d.pad.map((p) => <span key={p.code}><a href={pageOf(p.niveau, p.code)}>{p.naam}</a> / </span>)}{d.naam}</p>
      <h1>{first}</h1>
      {rest && <p class="lead">{rest}</p>}
      {d.scores.length > 1 && <div class="row chips" role="group" aria-label={t.methods}>{d.scores.map((m, k) => <button type="button" key={m.methode} class={k === chosen ? 'chip on' : 'chip'} aria-pressed={k === chosen} onClick={() => choose(k)}>{m.methodeNaam}</button>)}</div>}
      {has ? <Scored root={root} d={d} s={s} /> : (
        <div class="grid lede"><p class="lead span8">{t.noScore}</p><div class="span4"><MiniMap root={root} area={d} /></div></div>
      )}
      <Indicators d={d} />
      {d.onder.length > 0 && (
        <section class="rule second"><h2>{t.inArea(d.naam)}</h2>
          <ul class="columns">{[...d.onder].sort((a, b) => a.naam.localeCompare(b.naam, 'nl')).map((c) => <li key={c.code}><a href={pageOf(c.niveau, c.code)}>{c.naam}</a></li>)}</ul></section>
      )}
    </>
  );
}

function Scored({ root, d, s }: { root: Root; d: AreaPage; s: AreaScores }) {
  const [view, setView] = useState('beeld'), [wheel, setWheel] = useState('beeld');
  const method = root.methoden.find((m) => m.id === s.methode), total = method?.totaal ?? `${s.methode}.deviation`;
  const k = lastIndex(s.totaal), now = s.perioden[k]!, v = s.totaal[k]!;
  const where = method?.beschikbaar.find((b) => b.niveau === 'gemeente') ?? method?.beschikbaar.find((b) => b.niveau === d.niveau);
  const latest = where?.perioden[where.perioden.length - 1];
  const limits = useApi<Scores>(where && latest ? `/scores?methode=${s.methode}&niveau=${where.niveau}&periode=${latest}&indelingsjaar=${where.indelingsjaar}` : null).data?.grenzen ?? null;
  const peer = d.gemeente && d.gemeente.code !== d.code ? d.gemeente.scores.find((m) => m.methode === s.methode) : undefined;
  const first = s.perioden[s.totaal.findIndex((x) => x !== null)] ?? now;
  const flagged = s.gemarkeerd.some(Boolean);
  const { good, care } = sides(s);
  const moved = s.verandering;
  const parts = s.dimensies.map((p) => ({ name: p.naam, value: p.waarden[k] ?? null }));
  const title = t.livability(first, now);
  const list = (of: PartNow[], none: string) => (of.length ? (
    <ul class="list">{of.map((p) => <li key={p.id}><span>{p.name}</span><span>{inWords(p.value)} <Cell d={d} indicator={p.indicator} period={now}>{dev(p.value)}</Cell></span></li>)}</ul>
  ) : <p class="small">{none}</p>);
  return (
    <>
      <div class="grid top-row">
        <section class="span8">
          <div class="row head"><h2>{title}</h2><Tabs label={t.view} options={[['beeld', t.chart], ['tabel', t.table]]} value={view} choose={setView} panel="verloop" /></div>
          <div id="verloop" role="tabpanel" aria-label={title} tabIndex={-1}>
            {view === 'beeld' ? (
              <>
                <p class="small">{t.chartNote}{peer ? t.thinLine(d.gemeente!.naam) : ''}{flagged ? t.openDots : ''}</p>
                <LineChart label={d.zin} limits={limits} words={method?.klassen ?? []}
                  lines={[{ name: d.naam, periods: s.perioden, values: s.totaal, own: true, marked: s.gemarkeerd }, ...(peer ? [{ name: d.gemeente!.naam, periods: peer.perioden, values: peer.totaal }] : [])]} />
              </>
            ) : (
              <div class="scroll" tabIndex={0} role="region" aria-label={title}><table class="twin"><thead><tr><th scope="col">{t.year}</th><th scope="col">{t.classWord}</th><th scope="col" class="r">{d.naam}</th>{peer && <th scope="col" class="r">{d.gemeente!.naam}</th>}</tr></thead>
                <tbody>{s.perioden.map((p, i) => {
                  const other = peer?.totaal[peer.perioden.indexOf(p)];
                  return s.totaal[i] === null || s.totaal[i] === undefined
                    ? <tr key={p}><th scope="row">{p}</th><td colSpan={peer ? 3 : 2}>{t.notKnown}</td></tr>
                    : <tr key={p}><th scope="row">{p}</th><td>{s.klasseNaam[i]}{s.klasseBron[i] === 'afgeleid' ? <small> ({t.derivedClass})</small> : ''}</td><td class="r"><Cell d={d} indicator={total} period={p}>{dev(s.totaal[i]!)}</Cell></td>{peer && <td class="r">{other === null || other === undefined ? t.missing : dev(other)}</td>}</tr>;
                })}</tbody></table></div>
            )}
          </div>
        </section>
        <aside class="span4 state">
          <p class="small">{t.livabilityYear(now)}</p>
          <p class="big">{s.klasseNaam[k] ?? dev(v)}</p>
          <p><Cell d={d} indicator={total} period={now}>{asDeviation(v)}</Cell></p>
          {moved && <p class="direction">{moved.woord} <span>{t.since(moved.van)}</span></p>}
          {s.samengesteld && <p class="small">{t.composed}{s.gedekt[k] !== null && s.gedekt[k] !== undefined && s.gedekt[k]! < 0.995 ? ` ${t.covered(percent(s.gedekt[k]!))}` : ''}</p>}
          {s.klasseBron[k] === 'afgeleid' && <p class="small">({t.derivedClass})</p>}
          <p class="small"><a href={`/methode/${s.methode}`}>{s.methodeNaam}</a>{d.inwoners !== null ? ` · ${num(d.inwoners)} ${t.inhabitants}` : ''}</p>
          <MiniMap root={root} area={d} />
        </aside>
      </div>
      <div class="grid second">
        <section class="rule span7">
          <div class="row head"><h2>{t.madeOf}</h2><Tabs label={t.madeOf} options={[['beeld', t.wheel], ['tabel', t.table]]} value={wheel} choose={setWheel} panel="delen" /></div>
          <div id="delen" role="tabpanel" aria-label={t.madeOf} tabIndex={-1}>
            {wheel === 'beeld' ? (
              <><p class="small">{t.wheelNote}</p>
                <Wheel parts={parts} reach={partReach(s.dimensies.flatMap((p) => p.waarden))} word={s.klasseNaam[k] ?? dev(v)} klasse={s.klasse[k] ?? null} totalLabel={now}
                  label={`${t.madeOf}: ${parts.map((p) => `${p.name} ${p.value === null ? t.missing : dev(p.value)}`).join('; ')}`} /></>
            ) : (
              <table class="twin"><thead><tr><th scope="col">{t.part}</th><th scope="col">{t.average}</th><th scope="col" class="r">{t.deviation} {now}</th></tr></thead>
                <tbody>{s.dimensies.map((p) => { const x = p.waarden[k]; return <tr key={p.id}><th scope="row">{p.naam}</th>{x === null || x === undefined ? <td colSpan={2}>{t.notKnown}</td> : <><td>{inWords(x)}</td><td class="r"><Cell d={d} indicator={p.indicator} period={now}>{dev(x)}</Cell></td></>}</tr>; })}</tbody></table>
            )}
          </div>
        </section>
        <div class="span5 strong">
          <section class="rule"><h2>{t.good}</h2>{list(good, t.noneGood)}</section>
          <section class="rule"><h2>{t.care}</h2>{list(care, t.noneCare)}</section>
          {moved && (
            <section class="rule"><h2>{t.comesFrom(moved.van, moved.tot)}</h2><p class="small">{t.comesNote}</p>
              <ZeroBars rows={[...moved.delen.filter((p) => p.waarde !== null).map((p) => ({ name: p.naam, value: p.waarde! })), ...(moved.rest !== null && Math.abs(moved.rest) >= 0.0005 ? [{ name: t.rest, value: moved.rest }] : []), { name: t.whole, value: moved.totaal, strong: true }]} /></section>
          )}
        </div>
      </div>
    </>
  );
}

function Indicators({ d }: { d: AreaPage }) {
  const score = new Set(d.scores.flatMap((s) => [s.methode + '.', ...s.dimensies.map((x) => x.indicator)]));
  const own = d.waarden.filter((w) => ![...score].some((p) => w.indicator === p || (p.endsWith('.') && w.indicator.startsWith(p))));
  const themes = [...new Set(own.map((w) => w.thema))];
  return (
    <section class="rule second"><h2>{t.indicators}</h2>
      {own.length === 0 ? <p class="small">{t.noValues}</p> : (
        <div class="themes">{themes.map((name) => <section key={name}><h3>{name}</h3><ul class="list">{own.filter((w) => w.thema === name).map((w) => <One key={w.indicator} d={d} w={w} />)}</ul></section>)}</div>
      )}
    </section>
  );
}
function One({ d, w }: { d: AreaPage; w: AreaIndicator }) {
  const last = w.reeks[w.reeks.length - 1];
  if (!last) return null;
  const known = [...w.reeks].reverse().find((r) => r.waarde !== null);
  const says = last.status === 'suppressed' ? t.tooSmall : last.status === 'not_applicable' ? t.notApply : `${t.missing}${known ? `, ${t.lastKnown(moment(known.periode))}` : ''}`;
  return (
    <li><span>{w.naam} <small>{moment(last.periode)}{last.status === 'provisional' ? `, ${t.provisional}` : ''}</small></span>
      <span><Cell d={d} indicator={w.indicator} period={last.periode}>{last.waarde === null ? says : amount(last.waarde, unitBeside(w.naam, w.eenheid), w.decimalen)}</Cell>{last.waarde !== null && w.soort === 'geschat' ? <small> {t.estimate}</small> : ''}</span></li>
  );
}
