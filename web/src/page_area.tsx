// SPDX-License-Identifier: EUPL-1.2
// One page per area: the sentence, the line through the years, what the score consists of, and every figure with its source.
import { useState } from 'preact/hooks';
import { AlikeSlot } from './alike_slot';
import { block } from './block';
import { type AreaPage, type AreaScores, type Root, type Scores, useApi } from './api';
import { CellsSlot } from './cells_slot';
import { CourseSlot } from './course_slot';
import { DownloadArea } from './download';
import { Gap } from './gap_later';
import { dev, num, percent, sentences } from './format';
import { Indicators, separate } from './indicators';
import { MadeOfSlot } from './made_of_slot';
import { MiniMap } from './minimap';
import type { NormHere, NormsHere } from './norm_api';
import { normOf } from './norm_line';
import { Figure } from './number';
import { asDeviation, inWords, lastIndex, type PartNow, sides } from './parts';
import { idOf, pageOf } from './route';
import { useRead } from './session';
import { Part } from './states';
import { t } from './text';
import { WeighingSlot } from './weighing_slot';
import { Years } from './years';

const Nowcast = block(() => import('./nowcast')), FigureCourse = block(() => import('./figure_course')), Signals = block(() => import('./signal_counts')), Norms = block(() => import('./norms_here'));

export function AreaView({ root, place }: { root: Root; place: URL }) {
  const code = idOf(place);
  const area = useApi<AreaPage>(`/gebieden/${encodeURIComponent(code)}`);
  return <main id="inhoud" tabIndex={-1} class="area"><Part of={area} lines={8}>{(d) => <Area key={d.code} root={root} d={d} />}</Part></main>;
}
const Cell = ({ d, indicator, period, children }: { d: AreaPage; indicator: string; period: string; children: preact.ComponentChildren }) =>
  <Figure code={d.code} indicator={indicator} period={period} division={d.indelingsjaar}>{children}</Figure>;
const totalOf = (root: Root, s: AreaScores) => root.methoden.find((m) => m.id === s.methode)?.totaal ?? `${s.methode}.deviation`;
/** The newest year with a deviation or, failing that, with a class alone. */
const newest = (s: AreaScores) => { const k = lastIndex(s.totaal); return k >= 0 ? k : lastIndex(s.klasse); };

function Area({ root, d }: { root: Root; d: AreaPage }) {
  const [chosen, choose] = useState(0);
  const s = d.scores[chosen] ?? d.scores[0], has = s !== undefined && newest(s) >= 0, deep = has && lastIndex(s.totaal) >= 0;
  const people = d.waarden.some((w) => w.indicator === 'residents');
  // norms are agreed for the newest division; a server that cannot keep anything has none
  const newly = ['buurt', 'wijk', 'gemeente'].includes(d.niveau) && root.indelingen.every((x) => x.niveau !== d.niveau || x.indelingsjaar <= d.indelingsjaar);
  const here = useRead<NormsHere>(newly ? `/gebieden/${encodeURIComponent(d.code)}/normen` : null).data, norms = here?.normen ?? [];
  const gap = d.niveau === 'gemeente' && root.methoden.some((m) => m.beschikbaar.length > 0) && <Gap root={root} code={d.code} naam={d.naam} />;
  const [first, rest] = sentences(d.zin || (d.inwoners !== null ? t.peopleLive(d.naam, num(d.inwoners)) : people ? d.naam : t.weKnow(d.naam)));
  return (
    <>
      <p class="path">{d.pad.map((p) => <span key={p.code}><a href={pageOf(p.niveau, p.code)}>{p.naam}</a> / </span>)}{d.niveau === 'pc4' ? `${d.niveauNaam} ${d.naam}` : d.naam}</p>
      <h1>{first}</h1>
      {has && rest && <p class="lead">{rest}</p>}
      {d.scores.length > 1 && <><div class="row chips" role="group" aria-label={t.methods}>{d.scores.map((m, k) => <button type="button" key={m.methode} class={k === chosen ? 'chip on' : 'chip'} aria-pressed={k === chosen} onClick={() => choose(k)}>{m.methodeNaam}</button>)}</div><p class="small apart">{t.methodsApart}</p></>}
      {has ? <><Scored key={s.methode} root={root} d={d} s={s} norms={norms} />{gap}
        {(d.niveau === 'buurt' || d.niveau === 'wijk') && root.indelingen.some((x) => x.niveau === 'raster') && <CellsSlot key={`vakken-${s.methode}`} d={d} method={s.methode} />}
        <CourseSlot key={`verloop-${s.methode}`} d={d} method={s.methode} norm={normOf(norms, totalOf(root, s))} />
        {deep && <Nowcast key={`geschat-${s.methode}`} code={d.code} level={d.niveau} division={d.indelingsjaar} method={s.methode} />}
        <WeighingSlot code={d.code} division={d.indelingsjaar} />
        <AlikeSlot key={`${d.code} ${s.methode}`} code={d.code} name={d.naam} level={d.niveau} division={d.indelingsjaar} method={s.methode} />
        <section class="rule second"><h2>{t.indicators}</h2><Indicators d={d} /><p class="small"><DownloadArea code={d.code} /></p></section>
      </> : <><Unscored root={root} d={d} />{gap}<FigureCourse key={d.code} d={d} norms={norms} /></>}
      {['buurt', 'wijk', 'gemeente'].includes(d.niveau) && <>{newly && <>{here && <Norms key={`normen-${d.code}`} here={here} />}<Signals key={`signalen-${d.code}`} code={d.code} /></>}<p><a href={`/wie-doet-wat?gebied=${d.code}`}>{t.whoDoes}</a> · <a href={`/volg?gebied=${d.code}`}>{t.follow(d.naam)}</a></p></>}
      {d.onder.length > 0 && (
        <section class="rule second"><h2>{t.inArea(d.naam)}</h2>
          <ul class="columns">{[...d.onder].sort((a, b) => a.naam.localeCompare(b.naam, 'nl')).map((c) => <li key={c.code}><a href={pageOf(c.niveau, c.code)}>{c.naam}</a></li>)}</ul></section>
      )}
    </>
  );
}

/** Without a score the page says why, and the figures there are come up beside the map. */
function Unscored({ root, d }: { root: Root; d: AreaPage }) {
  const states = d.scores.flatMap((s) => d.waarden.filter((w) => w.indicator === totalOf(root, s)).flatMap((w) => w.reeks.map((r) => r.status)));
  const why = (d.nietGetoond[0] ? `${d.nietGetoond[0].naam}. ${d.nietGetoond[0].reden}` : null) ?? (states.includes('suppressed') ? t.tooFew(d.niveau === 'buurt') : d.scores.length ? t.notMeasured : t.noneLoaded);
  const any = separate(d).length > 0, wijk = d.pad.find((p) => p.niveau === 'wijk');
  return (
    <div class="grid lede">
      <div class="span8">
        <p class="lead">{why} {d.nietGetoond[0] && <><a href={`/algoritmen/${d.nietGetoond[0].id}`}>{t.showRecord}</a>. </>}{d.scores.length > 0 && wijk && d.niveau === 'buurt' ? <><a href={pageOf(wijk.niveau, wijk.code)}>{t.seeWider(wijk.naam)}</a>. </> : null}{any ? t.restBelow : t.noValues}</p>
        {any && <section class="rule second"><h2>{t.indicators}</h2><Indicators d={d} /><p class="small"><DownloadArea code={d.code} /></p></section>}
      </div>
      <div class="span4"><MiniMap root={root} area={d} /></div>
    </div>
  );
}

function Scored({ root, d, s, norms }: { root: Root; d: AreaPage; s: AreaScores; norms: NormHere[] }) {
  const method = root.methoden.find((m) => m.id === s.methode), gm = d.gemeente && d.gemeente.code !== d.code && d.gemeente.scores.some((m) => m.methode === s.methode) ? d.gemeente : null;
  const wider = useApi<AreaPage>(gm ? `/gebieden/${encodeURIComponent(gm.code)}?indelingsjaar=${d.indelingsjaar}` : null).data?.scores.find((m) => m.methode === s.methode);
  const where = method?.beschikbaar.find((b) => b.niveau === 'gemeente') ?? method?.beschikbaar.find((b) => b.niveau === d.niveau);
  const latest = where?.perioden[where.perioden.length - 1];
  const limits = useApi<Scores>(where && latest ? `/scores?methode=${s.methode}&niveau=${where.niveau}&periode=${latest}&indelingsjaar=${where.indelingsjaar}` : null).data?.grenzen ?? null;
  const { good, care, period } = sides(s), deep = lastIndex(s.totaal) >= 0;
  const list = (of: PartNow[], none: string) => (of.length ? (
    <ul class="list">{of.map((p) => <li key={p.id}><span>{p.name}</span><span>{inWords(p.value)} <Cell d={d} indicator={p.indicator} period={period}>{dev(p.value)}</Cell></span></li>)}</ul>
  ) : <p class="small">{none}</p>);
  return (
    <>
      <div class="grid top-row">
        <Years d={d} s={s} total={totalOf(root, s)} limits={limits} words={method?.klassen ?? []} norm={normOf(norms, totalOf(root, s))} />
        <Now root={root} d={d} s={s} />
        <div class="span4 place-of"><MiniMap root={root} area={d} /></div>
      </div>
      {deep && <div class="grid second">
        <MadeOfSlot d={d} s={s} wider={wider ?? null} widerName={gm?.naam ?? ''} />
        <div class="span5 strong">
          <section class="rule"><h2>{t.good}</h2>{list(good, t.noneGood)}</section>
          <section class="rule"><h2>{t.care}</h2>{list(care, t.noneCare)}</section>
        </div>
      </div>}
    </>
  );
}

const ARROWS = { up: 'M2 10 10 2M4 2h6v6', same: 'M1 6h10M7 2l4 4-4 4', down: 'M2 2l8 8M4 10h6V4' };
/** The newest figure, in words first. */
function Now({ root, d, s }: { root: Root; d: AreaPage; s: AreaScores }) {
  const k = newest(s), now = s.perioden[k]!, v = s.totaal[k] ?? null, moved = s.verandering, covered = s.gedekt[k];
  const way = moved && (/^(gelijk|the same)$/.test(moved.woord) ? 'same' : moved.totaal > 0 ? 'up' : 'down');
  return (
    <aside class="span4 state">
      <p class="small">{t.livabilityYear(now)}</p>
      <p class="big">{s.klasseNaam[k] ?? dev(v!)}</p>
      {v !== null && <p><Cell d={d} indicator={totalOf(root, s)} period={now}>{asDeviation(v)}</Cell> <small>{t.estimate}</small></p>}
      {moved && way && <p class="direction"><svg width="12" height="12" viewBox="0 0 12 12" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true"><path d={ARROWS[way]} /></svg> {t.thanIn(moved.woord, way === 'same', moved.van)}</p>}
      {s.samengesteld && <p class="small">{t.composed}{covered !== null && covered !== undefined && covered < 0.995 ? ` ${t.covered(percent(covered))}` : ''}</p>}
      {s.klasseBron[k] === 'afgeleid' && <p class="small">{t.classBy}</p>}
      <p class="small"><a href={`/methode/${s.methode}`}>{s.methodeNaam}</a>{d.inwoners !== null ? <> · {d.inwonersSpoor ? <Figure code={d.code} indicator="residents" period={now} id={d.inwonersSpoor}>{num(d.inwoners)}</Figure> : num(d.inwoners)} {t.inhabitants}</> : ''}</p>
    </aside>
  );
}
