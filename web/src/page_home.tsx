// SPDX-License-Identifier: EUPL-1.2
// «Mijn buurt»: one box, then how the area is doing in a sentence, a small map and what stands out, strengths first.
import { useState } from 'preact/hooks';
import { type Area, type AreaPage, type Areas, type Division, type Hit, type Root, useAll, useApi } from './api';
import { dev, sentences } from './format';
import { MiniMap } from './minimap';
import { Figure } from './number';
import { asDeviation, inWords, lastIndex, type PartNow, sides } from './parts';
import { byName, letterOf, liesIn } from './place';
import { go, pageOf } from './route';
import { Search } from './shell';
import { Empty, Part } from './states';
import { t } from './text';

export function HomeView({ root, place }: { root: Root; place: URL }) {
  const code = place.searchParams.get('gebied'), within = place.searchParams.get('in');
  const [unknown, set] = useState(false);
  const take = (h: Hit) => { set(false); go(h.niveau === 'gemeente' && severalIn(root) ? `/?in=${h.code}` : `/?gebied=${h.code}`); };
  if (root.indelingen.length === 0) return <main id="inhoud" tabIndex={-1} class="home"><Empty /></main>;
  return (
    <main id="inhoud" tabIndex={-1} class="home">
      {code === null && <><h1>{t.homeTitle}</h1><p class="lead intro">{t.homeLead}</p></>}
      <div class="ask"><label for="postcode">{t.homeBox}</label>
        <Search id="postcode" label={t.homeBox} hint="" take={take} none={() => set(true)} /></div>
      {unknown && <p class="mention" role="alert">{t.unknownPostcode}</p>}
      {code !== null ? <Mine root={root} code={code} /> : within !== null ? <Inside root={root} code={within} /> : <Pick root={root} />}
    </main>
  );
}

/** Divisions of one level, the newest first; an area stands in the list once, with its newest name. */
const divisionsOf = (root: Root, niveau: string) => root.indelingen.filter((d) => d.niveau === niveau).sort((a, b) => b.indelingsjaar - a.indelingsjaar);
const pathsOf = (of: Division[]) => of.map((d) => `/gebieden?niveau=${d.niveau}&indelingsjaar=${d.indelingsjaar}`);
const severalIn = (root: Root) => divisionsOf(root, 'gemeente').some((d) => d.aantal > 1);
function once(lists: Areas[]): Area[] {
  const seen = new Map<string, Area>();
  for (const l of lists) for (const g of l.gebieden) if (g.naam !== '' && !seen.has(g.code)) seen.set(g.code, g);
  return [...seen.values()].sort(byName);
}

/** Many names stand under their letters, with a row of letters to jump by. */
function Names({ areas, to }: { areas: Area[]; to: (a: Area) => string }) {
  const item = (g: Area) => <li key={g.code}><a href={to(g)}>{g.naam}</a></li>;
  if (areas.length <= 150) return <ul class="columns">{areas.map(item)}</ul>;
  const letters = [...new Set(areas.map((a) => letterOf(a.naam)))];
  return (
    <>
      <p class="letters">{letters.map((c) => <button type="button" key={c} aria-label={t.toLetter(c)} onClick={() => { const el = document.getElementById(`letter-${c}`); el?.scrollIntoView(); el?.focus({ preventScroll: true }); }}>{c}</button>)}</p>
      {letters.map((c) => <section key={c} class="letter"><h3 id={`letter-${c}`} tabIndex={-1}>{c}</h3><ul class="columns">{areas.filter((a) => letterOf(a.naam) === c).map(item)}</ul></section>)}
    </>
  );
}

function Pick({ root }: { root: Root }) {
  const several = severalIn(root), order = several ? ['gemeente'] : ['buurt', 'wijk', 'gemeente'];
  const niveau = order.find((n) => { const d = divisionsOf(root, n); return d.length > 0 && d.reduce((sum, x) => sum + x.aantal, 0) <= 1000; });
  const lists = useAll<Areas>(niveau ? pathsOf(divisionsOf(root, niveau)) : []);
  if (!niveau) return <p class="second">{t.typeIt}</p>;
  const to = (g: Area) => (niveau === 'gemeente' && several ? `/?in=${g.code}` : niveau === 'buurt' ? `/?gebied=${g.code}` : pageOf(niveau, g.code));
  return <section class="rule"><h2>{several ? t.pickGemeente : t.pick}</h2><Part of={lists} lines={8}>{(d) => <Names areas={once(d)} to={to} />}</Part></section>;
}

/** The buurten of one gemeente; its wijken when no buurten are loaded. */
function Inside({ root, code }: { root: Root; code: string }) {
  const lists = useAll<Areas>(pathsOf([...divisionsOf(root, 'buurt'), ...divisionsOf(root, 'wijk')])), self = useApi<AreaPage>(`/gebieden/${encodeURIComponent(code)}`);
  return (
    <Part of={self}>{(d) => (
      <section class="rule"><h2>{t.pickIn(d.naam)}</h2>
        <Part of={lists} lines={8}>{(all) => {
          const [niveau, list] = (['buurt', 'wijk'] as const).map((n) => [n, once(all.filter((l) => l.niveau === n)).filter((a) => liesIn(a.code, code))] as const).find((x) => x[1].length > 0) ?? ['', []];
          const map = root.indelingen.find((x) => x.niveau === niveau && x.tegels !== null);
          return (
            <>
              {list.length > 0 ? <Names areas={list} to={(g) => (niveau === 'buurt' ? `/?gebied=${g.code}` : pageOf(niveau, g.code))} /> : <p>{t.noneIn(d.naam)}</p>}
              <p class="row second"><a href={pageOf('gemeente', code)}>{t.allAbout(d.naam)}</a>{map && <a href={`/kaart?niveau=${niveau}&binnen=${code}`}>{t.onMap}</a>}<a href="/">{t.otherGemeente}</a></p>
            </>
          );
        }}</Part></section>
    )}</Part>
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
          <h1>{first || d.naam}</h1>
          {rest && <p class="lead">{rest}</p>}
          {s && v !== null ? (
            <p class="lead">{t.livabilityYear(s.perioden[k]!)}: <Figure code={d.code} indicator={root.methoden.find((m) => m.id === s.methode)?.totaal ?? `${s.methode}.deviation`} period={s.perioden[k]!} division={d.indelingsjaar}>{s.klasseNaam[k] ?? dev(v)}</Figure>, {asDeviation(v)}.</p>
          ) : <p class="lead">{root.nietGetoond[0]?.reden ?? t.noScore}</p>}
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
