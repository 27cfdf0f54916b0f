// SPDX-License-Identifier: EUPL-1.2
// «Mijn buurt»: one box, then how the area is doing in a sentence, a small map and what stands out, strengths first.
import { useState } from 'preact/hooks';
import { type AreaPage, type Areas, type Root, useApi } from './api';
import { dev, sentences } from './format';
import { MiniMap } from './minimap';
import { Figure } from './number';
import { asDeviation, inWords, lastIndex, type PartNow, sides } from './parts';
import { go, pageOf } from './route';
import { Search } from './shell';
import { Part } from './states';
import { t } from './text';

export function HomeView({ root, place }: { root: Root; place: URL }) {
  const code = place.searchParams.get('gebied');
  const [unknown, set] = useState(false);
  return (
    <main id="inhoud" tabIndex={-1} class="home">
      {code === null && <><h1>{t.homeTitle}</h1><p class="lead intro">{t.homeLead}</p></>}
      <div class="ask"><label for="postcode">{t.homeBox}</label>
        <Search id="postcode" label={t.homeBox} hint="" take={(h) => { set(false); go(`/?gebied=${h.code}`); }} none={() => set(true)} /></div>
      {unknown && <p class="mention" role="alert">{t.unknownPostcode}</p>}
      {code !== null ? <Mine root={root} code={code} /> : <Pick root={root} />}
    </main>
  );
}

function Pick({ root }: { root: Root }) {
  const level = root.indelingen.find((d) => d.niveau === 'buurt' && d.aantal <= 150) ?? root.indelingen.find((d) => d.niveau === 'gemeente') ?? root.indelingen[0];
  const areas = useApi<Areas>(level ? `/gebieden?niveau=${level.niveau}&indelingsjaar=${level.indelingsjaar}` : null);
  if (!level) return null;
  return (
    <section class="rule"><h2>{t.pick}</h2>
      <Part of={areas}>{(d) => (
        <ul class="columns">{[...d.gebieden].sort((a, b) => a.naam.localeCompare(b.naam, 'nl')).map((g) => <li key={g.code}><a href={level.niveau === 'buurt' ? `/?gebied=${g.code}` : pageOf(level.niveau, g.code)}>{g.naam}</a></li>)}</ul>
      )}</Part>
    </section>
  );
}

function Mine({ root, code }: { root: Root; code: string }) {
  const area = useApi<AreaPage>(`/gebieden/${encodeURIComponent(code)}`);
  return <Part of={area} lines={6}>{(d) => <Summary root={root} d={d} />}</Part>;
}
function Summary({ root, d }: { root: Root; d: AreaPage }) {
  const s = d.scores[0], k = s ? lastIndex(s.totaal) : -1, v = s && k >= 0 ? s.totaal[k]! : null;
  const [first, rest] = sentences(d.zin);
  const both = s && v !== null ? sides(s) : null;
  const moved = s?.verandering;
  const list = (parts: PartNow[], period: string, none: string) => (parts.length ? (
    <ul class="list">{parts.slice(0, 3).map((p) => <li key={p.id}><span>{p.name}</span><span>{inWords(p.value)} <Figure code={d.code} indicator={p.indicator} period={period} division={d.indelingsjaar}>{dev(p.value)}</Figure></span></li>)}</ul>
  ) : <p class="small">{none}</p>);
  return (
    <>
      <div class="grid lede">
        <div class="span8">
          <h1>{first}</h1>
          {rest && <p class="lead">{rest}</p>}
          {s && v !== null ? (
            <p class="lead">{t.livabilityYear(s.perioden[k]!)}: <Figure code={d.code} indicator={root.methoden.find((m) => m.id === s.methode)?.totaal ?? `${s.methode}.deviation`} period={s.perioden[k]!} division={d.indelingsjaar}>{s.klasseNaam[k] ?? dev(v)}</Figure>, {asDeviation(v)}.</p>
          ) : <p class="lead">{t.noScore}</p>}
          <p><a class="utrecht-button utrecht-button--secondary-action aslink" href={pageOf(d.niveau, d.code)}>{t.allAbout(d.naam)}</a></p>
        </div>
        <div class="span4"><MiniMap root={root} area={d} /></div>
      </div>
      {both && (
        <div class="grid thirds">
          <section class="rule"><h2>{t.good}</h2>{list(both.good, both.period, t.noneGood)}</section>
          <section class="rule"><h2>{t.care}</h2>{list(both.care, both.period, t.noneCare)}</section>
          {moved && (
            <section class="rule"><h2>{t.changed}</h2>
              <ul class="list">
                <li><span>{t.total}</span><span>{moved.woord} <b>{dev(moved.totaal)}</b></span></li>
                {moved.delen.filter((p) => p.waarde !== null).sort((a, b) => Math.abs(b.waarde!) - Math.abs(a.waarde!)).slice(0, 2).map((p) => <li key={p.id}><span>{p.naam}</span><span><b>{dev(p.waarde!)}</b></span></li>)}
              </ul>
              <p class="small">{t.since(moved.van)}</p>
            </section>
          )}
        </div>
      )}
    </>
  );
}
