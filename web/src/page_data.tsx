// SPDX-License-Identifier: EUPL-1.2
// «Open gegevens»: where every figure comes from, file by file, with what was refused and why.
import { useState } from 'preact/hooks';
import { type Finding, type Indicator, type Load, type Root, type Source, useApi } from './api';
import { day, num, short } from './format';
import { Download } from './download';
import { Empty, Part } from './states';
import { t } from './text';

export function DataView({ root }: { root: Root }) {
  const sources = useApi<{ bronnen: Source[] }>('/bronnen'), indicators = useApi<{ indicatoren: Indicator[] }>('/indicatoren');
  return (
    <main id="inhoud" tabIndex={-1} class="data">
      {root.indelingen.length === 0 ? <Empty /> : <><h1>{t.dataTitle}</h1><p class="lead">{t.dataLead}</p></>}
      <p class="second"><a href="/gegevens/import">{t.importFile}</a></p>
      {root.indelingen.length > 0 && <section class="rule second"><h2>{t.takeAway}</h2><p>{t.takeAwayText}</p><Download /></section>}
      <section class="rule second"><h2>{t.sources}</h2>
        <Part of={sources} lines={6}>{(d) => <>{d.bronnen.filter((b) => b.ladingen.length > 0).map((b) => <OneSource key={b.id} b={b} />)}{!d.bronnen.some((b) => b.ladingen.length > 0) && <p>{t.noLoads}</p>}</>}</Part></section>
      <section class="rule second"><h2>{t.indicators}</h2><Part of={indicators} lines={6}>{(d) => <Indicators all={d.indicatoren} />}</Part></section>
      <section class="rule second"><h2>{t.forMachines}</h2><p>{t.apiText}</p>
        <p class="row"><a href="/api/v1">{t.apiStart}</a><a href="/api/v1/openapi.json">{t.openapi}</a><a href="/ogc">{t.ogc}</a><a href="/api/v1/catalogus">{t.catalog}</a>{root.methoden.filter((m) => m.beschikbaar.length > 0).map((m) => <a key={m.id} href={`/methode/${m.id}`}>{t.methods}: {m.naam}</a>)}</p></section>
    </main>
  );
}
function OneSource({ b }: { b: Source }) {
  return (
    <article class="onesource"><h3>{b.homepage && /^https?:/.test(b.homepage) ? <a href={b.homepage} rel="noreferrer">{b.titel}</a> : b.titel}</h3>
      <p class="small">{t.publisher}: {b.uitgever} · {t.licence}: {b.licentie}{b.bronvermelding ? <> · {b.bronvermelding}</> : ''}</p>
      <div class="scroll" tabIndex={0} role="region" aria-label={`${t.files}: ${b.titel}`}>
        <table class="twin cards"><thead><tr><th scope="col">{t.file}</th><th scope="col">sha256</th><th scope="col">{t.loadedOn}</th><th scope="col" class="r">{t.taken}</th><th scope="col" class="r">{t.refused}</th><th scope="col" class="r">{t.flagged}</th><th scope="col">{t.findings}</th></tr></thead>
          <tbody>{b.ladingen.map((l) => <OneLoad key={l.id} b={b} l={l} />)}</tbody></table></div>
    </article>
  );
}
function OneLoad({ b, l }: { b: Source; l: Load }) {
  const [open, set] = useState(false);
  const found = useApi<{ bevindingen: Finding[] }>(open ? `/bronnen/${encodeURIComponent(b.id)}/ladingen/${l.id}/bevindingen` : null);
  const any = l.geweigerd + l.gemarkeerd > 0;
  return (
    <>
      <tr><th scope="row" class="break">{l.bestand}</th><td data-is="sha256"><code title={l.sha256}>{short(l.sha256)}</code></td><td data-is={t.loadedOn}>{day(l.geladenOp)}</td><td class="r" data-is={t.taken}>{num(l.geladen)}</td><td class="r" data-is={t.refused}>{num(l.geweigerd)}</td><td class="r" data-is={t.flagged}>{num(l.gemarkeerd)}</td>
        <td data-is={t.findings}>{any ? <button type="button" class="plain" aria-expanded={open} onClick={() => set(!open)}>{open ? t.hideFindings : t.showFindings}</button> : <span class="quiet">{t.noFindings}</span>}</td></tr>
      {open && (
        <tr class="inner"><td colSpan={7}><Part of={found}>{(d) => (d.bevindingen.length === 0 ? <p class="small">{t.noFindings}</p> : (
          <ul class="list">{d.bevindingen.slice(0, 500).map((f, k) => <li key={k}><span><b>{f.soort}</b>{f.regel > 0 ? `, ${t.row} ${f.regel}` : ''}{f.kolom ? `, ${f.kolom}` : ''}: {f.reden}</span>{f.oplossing ? <span>{f.oplossing}</span> : <span />}</li>)}</ul>
        ))}</Part></td></tr>
      )}
    </>
  );
}
function Indicators({ all }: { all: Indicator[] }) {
  const [q, set] = useState(''), [most, more] = useState(40);
  const known = all.filter((i) => i.beschikbaar.length > 0);
  const found = known.filter((i) => (i.naam + ' ' + i.thema + ' ' + i.id).toLowerCase().includes(q.trim().toLowerCase()));
  if (!known.length) return <p>{t.noIndicators}</p>;
  return (
    <>
      <p class="ask"><label for="zoek-indicator">{t.searchIndicator}</label><input id="zoek-indicator" class="utrecht-textbox" value={q} onInput={(e) => set(e.currentTarget.value)} /></p>
      <div class="scroll" tabIndex={0} role="region" aria-label={t.indicators}>
        <table class="twin cards"><thead><tr><th scope="col">{t.indicator}</th><th scope="col">{t.definition}</th><th scope="col">{t.unit}</th><th scope="col">{t.kind}</th><th scope="col">{t.years}</th></tr></thead>
          <tbody>{found.slice(0, most).map((i) => {
            const years = [...new Set(i.beschikbaar.flatMap((b) => b.perioden))].sort(), one = i.beschikbaar[0]!;
            return <tr key={i.id}><th scope="row"><a href={`/kaart?laag=${encodeURIComponent(i.id)}&niveau=${one.niveau}`}>{i.naam}</a></th><td class="full">{i.definitie}</td><td data-is={t.unit}>{i.eenheid}</td><td data-is={t.kind}>{i.soort}</td><td class="nowrap" data-is={t.years}>{years.length > 1 ? `${years[0]}–${years[years.length - 1]}` : years[0]}</td></tr>;
          })}</tbody></table></div>
      {found.length > most && <p><button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={() => more(most + 200)}>{t.showMore(Math.min(200, found.length - most))}</button></p>}
    </>
  );
}
