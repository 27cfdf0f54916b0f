// SPDX-License-Identifier: EUPL-1.2
// The register of algorithms: /algoritmen lists every score and computation, /algoritmen/ID tells all about one.
import { type Root, useApi } from './api';
import { day, num } from './format';
import { idOf } from './route';
import { Part } from './states';
import { lang } from './text';
import { words } from './text_algorithm';

interface Short { id: string; naam: string; soort: string; soortNaam: string; versie: string | null; status: string | null; herziening: string | null; openbaar: boolean; reden: string | null; korteOmschrijving: string | null }
interface Link { titel: string; link: string | null }
type Texts = Record<'doel' | 'formule' | 'gegevens' | 'grenzen' | 'menselijkeTussenkomst' | 'afwegingen' | 'risicobeheer' | 'wettelijkeBasis' | 'toelichtingImpacttoetsen', string | null>;
interface Whole extends Short, Texts {
  invoer: { indicator: string; naam: string; onderdeel: string | null; deel: number | null }[]; weging: string | null; categorie: string | null; leverancier: string | null; broncode: string | null;
  sinds: string | null; tot: string | null; uitleg: string | null; wetten: Link[]; toetsen: Link[]; bronnen: Link[]; contact: string | null;
  besluit: { door: string | null; op: string | null; waarom: string | null; register: string | null; privacy: string | null; gelijkheid: string | null; stop: string | null; herziening: string | null };
}

export function AlgorithmView({ place }: { root: Root; place: URL }) {
  const id = idOf(place);
  return id ? <One key={id} id={id} /> : <All />;
}
/** What a municipality wrote itself is Dutch; a screen reader hears so on an English page. */
const dutch = () => (lang() === 'nl' ? {} : { lang: 'nl' });

function All() {
  const w = words(), list = useApi<{ algoritmen: Short[] }>('/algoritmen');
  return (
    <main id="inhoud" tabIndex={-1} class="method">
      <h1>{w.title}</h1><p class="lead">{w.lead}</p>
      <Part of={list} lines={8}>{(d) => <>{['score', 'weging', 'berekening'].map((kind) => {
        const some = d.algoritmen.filter((a) => a.soort === kind);
        return some.length > 0 && (
          <section class="rule second" key={kind}><h2>{w.groups[kind]}</h2>
            <div class="scroll" tabIndex={0} role="region" aria-label={w.groups[kind]}>
              <table class="twin cards"><thead><tr><th scope="col">{w.name}</th><th scope="col">{w.facts}</th><th scope="col">{w.review}</th><th scope="col">{w.now}</th></tr></thead>
                <tbody>{some.map((a) => <tr key={a.id}><th scope="row"><a href={`/algoritmen/${a.id}`}>{a.naam}</a>{a.versie && <span class="quiet small"> {w.version(a.versie)}</span>}</th><td data-is={w.facts}>{a.korteOmschrijving}</td>
                  <td data-is={w.review}>{a.herziening ? day(a.herziening) : w.none}</td><td data-is={w.now}>{a.openbaar ? w.shown : <><b>{w.notShown}</b><br />{a.reden}</>}</td></tr>)}</tbody></table></div>
          </section>
        );
      })}
        <section class="rule second"><h2>{w.take}</h2><p class="row"><a href="/api/v1/algoritmeregister/json">JSON</a><a href="/api/v1/algoritmeregister/csv">CSV</a></p></section></>}</Part>
    </main>
  );
}

function Weights({ a }: { a: Whole }) {
  const w = words(), weighed = a.invoer.some((i) => i.deel !== null), parts = a.invoer.some((i) => i.onderdeel);
  return (
    <section class="rule apart"><h2>{w.weights}</h2>
      {a.invoer.length === 0 ? <p>{w.noInputs}</p> : (
        <div class="scroll" tabIndex={0} role="region" aria-label={w.weights}>
          <table class="twin"><thead><tr><th scope="col">{w.input}</th>{parts && <th scope="col">{w.part}</th>}{weighed && <th scope="col" class="r">{w.share}</th>}</tr></thead>
            <tbody>{a.invoer.map((i) => <tr key={i.indicator}><th scope="row"><a href={`/kaart?laag=${encodeURIComponent(i.indicator)}`}>{i.naam}</a></th>{parts && <td>{i.onderdeel}</td>}{weighed && <td class="r">{i.deel === null ? '' : `${num(100 * i.deel, 1)}%`}</td>}</tr>)}</tbody></table></div>)}
      {a.invoer.length > 0 && !weighed && <p class="small">{w.equal}</p>}
      {a.weging && <p><a href={`/weging/${a.weging}`}>{w.toWeighing}</a></p>}
    </section>
  );
}

function Facts({ a }: { a: Whole }) {
  const w = words(), b = a.besluit, links = (list: Link[]) => list.map((l, k) => <>{k > 0 && ', '}{l.link ? <a href={l.link} rel="noreferrer">{l.titel}</a> : l.titel}</>);
  const rows: [string, preact.ComponentChildren, boolean][] = [
    [w.by, b.door, true], [w.on, b.op && day(b.op), false], [w.why, b.waarom, false], [w.review, b.herziening && day(b.herziening), false], [w.stop, b.stop, true], [w.register, b.register, true], [w.privacy, b.privacy, true],
    [w.equity, b.gelijkheid, true], [w.laws, a.wetten.length ? links(a.wetten) : null, true], [w.sources, a.bronnen.length ? links(a.bronnen) : null, true], [w.supplier, a.leverancier, true],
    [w.code, a.broncode && <a href={a.broncode} rel="noreferrer">{a.broncode.replace('https://', '')}</a>, false], [w.category, a.categorie, false], [w.since, a.sinds, false], [w.until, a.tot, false],
    [w.contact, a.contact ? (a.contact.includes('@') ? <a href={`mailto:${a.contact}`}>{a.contact}</a> : a.contact) : w.none, false]];
  return (
    <section class="rule apart"><h2>{w.who}</h2>{w.onlyDutch && <p class="small">{w.onlyDutch}</p>}
      <dl class="facts">{rows.filter(([, v]) => v).map(([k, v, nl]) => <div key={k}><dt>{k}</dt><dd {...(nl ? dutch() : {})}>{v}</dd></div>)}</dl></section>
  );
}

function One({ id }: { id: string }) {
  const w = words(), one = useApi<Whole>(`/algoritmen/${encodeURIComponent(id)}`);
  const section = (a: Whole, key: keyof Texts) => a[key] && <section class="rule apart" key={key}><h2>{w.texts[key]}</h2><p>{a[key]}</p></section>;
  return (
    <main id="inhoud" tabIndex={-1} class="method">
      <p class="path"><a href="/algoritmen">{w.back}</a> /</p>
      <Part of={one} lines={8}>{(a) => (
        <>
          <h1>{a.naam}</h1>
          <p class="lead">{a.korteOmschrijving}</p>
          {a.reden && <p class="notice"><b>{a.reden}</b></p>}
          <p class="small">{[a.soortNaam, a.versie && w.version(a.versie), a.status].filter(Boolean).join(' · ')}</p>
          <div class="grid second">
            <div class="span6">{section(a, 'doel')}{section(a, 'formule')}{a.uitleg && <p><a href={`/methode/${a.uitleg}`}>{w.toMethod}</a></p>}<Weights a={a} />{section(a, 'gegevens')}</div>
            <div class="span6">{section(a, 'grenzen')}{section(a, 'menselijkeTussenkomst')}<Facts a={a} /></div>
          </div>
          <div class="grid second"><div class="span6">{section(a, 'afwegingen')}{section(a, 'risicobeheer')}</div><div class="span6">{section(a, 'wettelijkeBasis')}{section(a, 'toelichtingImpacttoetsen')}</div></div>
        </>
      )}</Part>
    </main>
  );
}
