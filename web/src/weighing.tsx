// SPDX-License-Identifier: EUPL-1.2
// The switch on the page of an area: national score, local weighing, earlier version of the score; the difference in words.
import { useState } from 'preact/hooks';
import { type Num, useApi } from './api';
import { dev, num, percent } from './format';
import { lastIndex } from './parts';
import { Figure } from './number';
import { Tabs } from './states';
import { words } from './text_weighing';

interface Piece { id: string; naam: string; spoor: string; waarde: Num }
interface Local { id: string; naam: string; openbaar: boolean; ontbreekt: string[]; midden: number; perioden: string[]; uitkomst?: Num[]; sporen?: string[]; klasseNaam?: string | null; spoorKlasse?: string; laag?: Num; hoog?: Num; onderdelen?: Piece[]; vast?: Num; woorden?: string; reden?: string | null }
interface Before { methode: string; naam: string; uitgave: string | null; periode: string; totaal: Num; klasseNaam: string | null; spoor: string; uitgaveNu: string | null; totaalNu: Num; klasseNaamNu: string | null; spoorNu: string | null; verschil: Num; woorden: string }
interface National { methode: string; naam: string; periode: string; totaal: number; klasseNaam: string | null; spoor: string; vorige: Before[] }
interface Weighings { code: string; naam: string; landelijk: National | null; wegingen: Local[] }
type View = 'landelijk' | 'lokaal' | 'vorige';

/** Nothing where there is neither a weighing nor an earlier version. */
export default function Weighing({ code, division }: { code: string; division: number }) {
  const d = useApi<Weighings>(`/gebieden/${encodeURIComponent(code)}/wegingen?indelingsjaar=${division}`).data, w = words();
  const [chosen, choose] = useState<View | null>(null), view: View = chosen ?? (d?.wegingen.length ? 'lokaal' : 'landelijk');
  if (!d || (d.wegingen.length === 0 && !d.landelijk?.vorige.length)) return null;
  return (
    <section class="rule second weighing">
      <div class="row head"><h2>{w.title}</h2><Tabs label={w.title} options={(['landelijk', 'lokaal', 'vorige'] as const).map((v) => [v, w.views[v]])} value={view} choose={(v) => choose(v as View)} panel="weging" /></div>
      <div id="weging" role="tabpanel" aria-label={w.views[view]} tabIndex={-1}>
        {view === 'lokaal' ? d.wegingen.length ? d.wegingen.map((l) => <LocalView key={l.id} code={code} l={l} />) : <p>{w.noLocal}</p>
          : view === 'vorige' ? <BeforeView code={code} n={d.landelijk} /> : <NationalView code={code} n={d.landelijk} />}
      </div>
    </section>
  );
}

function NationalView({ code, n }: { code: string; n: National | null }) {
  const w = words();
  if (!n) return <p>{w.noResult}</p>;
  return <><p class="small">{w.national(n.naam, n.periode)}</p><p class="big">{n.klasseNaam ?? dev(n.totaal)}</p><p>{w.deviation}: <Figure code={code} indicator={n.methode} period={n.periode} id={n.spoor}>{dev(n.totaal)}</Figure></p></>;
}

/** What was said of the newest year that both tell: by the release before, and by the version of the method before. */
function BeforeView({ code, n }: { code: string; n: National | null }) {
  const w = words();
  return n?.vorige.length ? <>{n.vorige.map((b) => <Told key={b.methode} code={code} n={n} b={b} />)}</> : <p>{w.noBefore}</p>;
}
function Told({ code, n, b }: { code: string; n: National; b: Before }) {
  const w = words(), one = b.methode === n.methode, v = b.verschil;
  const row = (who: string, klasse: string | null, total: Num, method: string, id: string | null) => (
    <tr><th scope="row">{who}</th><td>{klasse ?? w.noClass}</td><td class={total === null ? 'r why' : 'r'}>{total === null ? w.noFigure : <Figure code={code} indicator={method} period={b.periode} id={id}>{dev(total)}</Figure>}</td></tr>
  );
  const then = one ? w.before(b.uitgave ?? '') : b.naam, now = one ? w.before(b.uitgaveNu ?? '') : n.naam;
  return (
    <div class="told">
      <p class="small">{one ? w.toldBefore(n.naam, b.periode) : w.toldByOther(b.naam, b.periode)}</p>
      <p class="big">{b.klasseNaam ?? (b.totaal === null ? w.noClass : dev(b.totaal))}</p>
      <p>{v === null ? '' : Math.abs(v) < 0.0005 ? w.same : v > 0 ? w.differs(dev(v, false)) : w.differsLess(dev(-v, false))} {b.woorden}</p>
      <div class="scroll" tabIndex={0} role="region" aria-label={w.views.vorige}><table class="twin"><thead><tr><th scope="col">{w.toldBy(b.periode)}</th><th scope="col">{w.classWord}</th><th scope="col" class="r">{w.deviationShort}</th></tr></thead>
        <tbody>{row(then, b.klasseNaam, b.totaal, b.methode, b.spoor)}{row(now, b.klasseNaamNu, b.totaalNu, n.methode, b.spoorNu)}</tbody></table></div>
    </div>
  );
}

function Pieces({ code, of, year, none }: { code: string; of: Piece[]; year: string; none: string }) {
  return of.length ? <ul class="list">{of.map((p) => <li key={p.id}><span>{p.naam}</span><span><Figure code={code} indicator={p.id} period={year} id={p.spoor}>{num(p.waarde!, 1, true)}</Figure> {words().points}</span></li>)}</ul> : <p class="small">{none}</p>;
}

function LocalView({ code, l }: { code: string; l: Local }) {
  const w = words(), results = l.uitkomst ?? [], k = lastIndex(results), year = l.perioden[k] ?? l.perioden[l.perioden.length - 1] ?? '';
  if (!l.openbaar) return <><p>{w.notPublic(l.naam)}</p><ul class="dashes">{l.ontbreekt.map((m) => <li key={m}>{m}</li>)}</ul></>;
  const pieces = (l.onderdelen ?? []).filter((p) => p.waarde !== null), v = results[results.length - 1] ?? null;
  const up = pieces.filter((p) => p.waarde! >= 0.05).sort((a, b) => b.waarde! - a.waarde!), down = pieces.filter((p) => p.waarde! <= -0.05).sort((a, b) => a.waarde! - b.waarde!);
  return (
    <>
      <p class="small">{w.local(l.naam, year)}</p>
      {v === null ? <p class="big">{l.reden ?? w.noResult}</p> : (
        <>
          <p class="big"><Figure code={code} indicator={l.id} period={year} id={l.spoorKlasse}>{l.klasseNaam}</Figure></p>
          <p><Figure code={code} indicator={l.id} period={year} id={l.sporen?.[k]}>{num(v, 1)}</Figure> {w.points}. {w.middle(num(l.midden))} {l.laag !== null && l.laag !== undefined && l.hoog !== null && l.hoog !== undefined ? w.band(num(l.laag, 1), num(l.hoog, 1)) : ''}</p>
          {l.woorden && <p>{l.woorden}</p>}
          {l.vast !== null && l.vast !== undefined && <p class="small">{w.firm(percent(l.vast))} {l.vast < 0.95 ? w.loose : ''}</p>}
          <div class="grid second">
            <section class="span6"><h3>{w.good}</h3><Pieces code={code} of={up} year={year} none={w.none} /></section>
            <section class="span6"><h3>{w.care}</h3><Pieces code={code} of={down} year={year} none={w.none} /></section>
          </div>
        </>
      )}
      <details><summary>{w.course}</summary>
        <table class="twin"><thead><tr><th scope="col">{w.year}</th><th scope="col" class="r">{w.result}</th></tr></thead>
          <tbody>{l.perioden.map((p, i) => { const x = results[i] ?? null; return <tr key={p}><th scope="row">{p}</th><td class={x === null ? 'r why' : 'r'}>{x === null ? w.noResult : <Figure code={code} indicator={l.id} period={p} id={l.sporen?.[i]}>{num(x, 1)}</Figure>}</td></tr>; })}</tbody></table></details>
      <p><a href={`/weging/${encodeURIComponent(l.id)}`}>{w.more}</a></p>
    </>
  );
}
