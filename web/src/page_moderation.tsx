// SPDX-License-Identifier: EUPL-1.2
// /moderatie: how we moderate and how often, for anyone; what was taken away of one's own, with objecting; and for who takes away, all of it.
import { useState } from 'preact/hooks';
import type { Num, Root } from './api';
import { newKey, useRead } from './session';
import { day } from './format';
import { hasRole, Refusal, send, useMe } from './session';
import { Part } from './states';
import { m } from './text_moderation';

interface Amount { reden: string; redenNaam: string; overSignalen: Num; overSignalenTekst: string; andereTeksten: number }
interface Counts { gemeente: string; kwartalen: { kwartaal: string; redenen: Amount[]; teruggezet: number }[] }
interface Item { id: string; soortNaam: string; redenNaam: string; toelichting: string | null; rolNaam: string; op: string; standNaam: string; bezwaarTot: string; vanMij: boolean; magBezwaar: boolean; waaromGeenBezwaar: string | null; magTerugzetten: boolean }
interface Items { gemeente: string; volgende: string | null; moderaties: Item[] }

export function ModerationView(_: { root: Root; place: URL }) {
  const w = m(), me = useMe(), counts = useRead<Counts>('/moderatie');
  return (
    <main id="inhoud" tabIndex={-1} class="method moderate">
      <h1>{w.pageTitle}</h1>
      <p class="lead">{w.lead}</p>
      <dl class="rules">{w.r.map(([head, text]) => <div key={head}><dt>{head}</dt><dd>{text}</dd></div>)}</dl>
      <p><a href="/methode/modereren">{w.more}</a></p>
      <section class="rule"><h2>{w.counts}</h2><Part of={counts} lines={5}>{(c) => <Table of={c} />}</Part></section>
      {me && !me.aangemeld && <section class="rule"><h2>{w.mine}</h2><p>{w.signIn} <a href={`/aanmelden?terug=${encodeURIComponent('/moderatie')}`}>{w.login}</a></p></section>}
      {me?.aangemeld && <List title={w.mine} none={w.noneMine} mine />}
      {me?.aangemeld && hasRole(me, 'gebiedsregisseur') && <List title={w.all} none={w.noneAll} mine={false} />}
      {me?.aangemeld && hasRole(me, 'rekenkamer') && counts.data && <section class="rule"><h2>{w.file}</h2><p><a href={`/sessie/api/v1/moderatie/csv?gemeente=${counts.data.gemeente}`} download>CSV</a> · <a href={`/sessie/api/v1/moderatie/json?gemeente=${counts.data.gemeente}`} download>JSON</a></p><p class="small">{w.fileNote}</p></section>}
    </main>
  );
}

/** The newest quarter in a sentence, and all of them in a table. */
function Table({ of }: { of: Counts }) {
  const w = m(), last = of.kwartalen[of.kwartalen.length - 1]!, n = last.redenen.reduce((s, r) => s + r.andereTeksten, 0);
  const [newest, ...earlier] = [...of.kwartalen].reverse();
  return (
    <>
      <p class="lead">{w.sentence(n, w.quarter(last.kwartaal))}</p>
      <ul>{last.redenen.flatMap((r) => [r.andereTeksten ? <li key={r.reden}>{w.gone1(r.andereTeksten, r.redenNaam)}</li> : null, r.overSignalen === null ? null : <li key={`s-${r.reden}`}>{w.about(r.overSignalenTekst, r.redenNaam)}</li>])}</ul>
      <p class="small">{w.countsLead}</p>
      {newest && <Quarter q={newest} />}
      {earlier.length > 0 && <details><summary>{w.earlier}</summary>{earlier.map((q) => <Quarter key={q.kwartaal} q={q} />)}</details>}
    </>
  );
}
function Quarter({ q }: { q: Counts['kwartalen'][number] }) {
  const w = m();
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={w.quarter(q.kwartaal)}>
      <table class="twin"><caption>{w.quarter(q.kwartaal)}{q.teruggezet ? ` (${q.teruggezet} ${w.back})` : ''}</caption><thead><tr><th scope="col">{w.reason}</th><th scope="col" class="r">{w.others}</th><th scope="col" class="r">{w.aboutSignals}</th></tr></thead>
        <tbody>{q.redenen.map((r) => <tr key={r.reden}><th scope="row">{r.redenNaam}</th><td class="r">{r.andereTeksten}</td><td class="r">{r.overSignalenTekst}</td></tr>)}</tbody></table>
    </div>
  );
}

function List({ title, none, mine }: { title: string; none: string; mine: boolean }) {
  const w = m(), [after, more] = useState<string | null>(null), [told, tell] = useState('');
  const page = useRead<Items>(`/moderaties?mijn=${mine ? 'ja' : 'nee'}${after ? `&na=${after}` : ''}`);
  const again = (said: string) => { tell(said); page.retry(); };
  return (
    <section class="rule" id={mine ? 'van-mij' : 'alles'}><h2>{title}</h2>
      <p role="status">{told}</p>
      <Part of={page} lines={3}>{(l) => (l.moderaties.length === 0 ? <p>{none}</p> : (
        <>
          <ul class="gonelist">{l.moderaties.map((x) => <One key={x.id} x={x} mine={mine} again={again} />)}</ul>
          {l.volgende && <p><button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={() => more(l.volgende)}>{w.older}</button></p>}
        </>
      ))}</Part>
    </section>
  );
}

function One({ x, mine, again }: { x: Item; mine: boolean; again: (said: string) => void }) {
  const w = m(), [open, show] = useState(false), [why, type] = useState(''), [fault, say] = useState(''), [key, fresh] = useState(newKey);
  const act = (path: string, body: unknown, said: string) => void send('POST', `/moderaties/${x.id}/${path}`, body, key).then(() => { again(said); document.dispatchEvent(new Event('wijk-vragen')); }, (e: unknown) => { fresh(newKey()); say((e instanceof Refusal && (e.faults.map((f) => f.reden).join(' ') || e.sentence)) || w.silent); });
  return (
    <li>
      <p><b>{x.soortNaam}</b>: {x.redenNaam}{x.toelichting ? ` («${x.toelichting}»)` : ''} <span class="chip">{x.standNaam}</span></p>
      <p class="small">{w.at(day(x.op.slice(0, 10)), x.rolNaam)}{mine && x.magBezwaar ? ` · ${w.until(day(x.bezwaarTot.slice(0, 10)))}` : ''}{mine && x.waaromGeenBezwaar ? ` · ${x.waaromGeenBezwaar}` : ''}</p>
      {fault && <p class="mention" role="alert">{fault}</p>}
      {mine && x.magBezwaar && (open ? (
        <form class="answer" onSubmit={(e) => { e.preventDefault(); if (why.trim()) act('bezwaar', { waarom: why.trim() }, w.asked); }}>
          <label for={`bezwaar-${x.id}`}>{w.objectWhy}</label><textarea id={`bezwaar-${x.id}`} class="utrecht-textarea" rows={3} required maxLength={500} value={why} onInput={(e) => type(e.currentTarget.value)} />
          <p class="acts"><button type="submit" class="utrecht-button utrecht-button--primary-action">{w.send}</button><button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={() => show(false)}>{w.no}</button></p>
        </form>
      ) : <p><button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={() => show(true)}>{w.object}</button></p>)}
      {!mine && x.magTerugzetten && <p><button type="button" class="plain" onClick={() => act('terugzetten', undefined, w.wasBack)}>{w.putBack}</button></p>}
    </li>
  );
}
