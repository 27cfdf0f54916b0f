// SPDX-License-Identifier: EUPL-1.2
// What waits for a second person: proposals with their reason, and agreeing or rejecting.
import { useState } from 'preact/hooks';
import { newKey, send, useRead, wordsOf } from './session';
import { day } from './format';
import { Gone, TakeAway, type Taken } from './moderation';
import { Part } from './states';
import { p } from './text_partner';

interface Proposal { nr: number; soort: string; object: string; wat: string; pad: string | null; waarom: string; gedaanOp: string; vanUzelf: boolean; magBesluiten: boolean; waaromNiet: string | null; besluit: string; besloten: string | null; antwoord: string | null; waaromWeggehaald: Taken | null; antwoordWeggehaald: Taken | null; magWeghalen: boolean }

export function ProposalPage() {
  const w = p(), [all, show] = useState(false), [told, tell] = useState(''), list = useRead<{ gemeente: string; voorstellen: Proposal[] }>(`/voorstellen${all ? '?alle=ja' : ''}`);
  if (list.failure?.code === 'H-401') return <main id="inhoud" tabIndex={-1} class="partners"><h1>{w.proposals}</h1><p class="lead">{w.signIn} <a href={`/aanmelden?terug=${encodeURIComponent('/voorstellen')}`}>{w.loginLink}</a></p></main>;
  return (
    <main id="inhoud" tabIndex={-1} class="partners">
      <h1>{w.proposals}</h1>
      <Part of={list} lines={4}>{(l) => (
        <>
          <p class="lead">{w.propLead(l.voorstellen.filter((v) => v.besluit === 'open').length)}</p>
          <p class="small">{w.propNote}</p>
          <p role="status">{told}</p>
          <ul class="proposals">{l.voorstellen.map((v) => <Item key={v.nr} v={v} gemeente={l.gemeente} again={list.retry} done={() => { tell(w.doing); list.retry(); document.dispatchEvent(new Event('wijk-vragen')); }} />)}</ul>
        </>
      )}</Part>
      <p><label class="check"><input type="checkbox" checked={all} onChange={(e) => show(e.currentTarget.checked)} /> {w.showAll}</label></p>
    </main>
  );
}

function Item({ v, gemeente, again, done }: { v: Proposal; gemeente: string; again: () => void; done: () => void }) {
  const w = p(), [rejecting, reject] = useState(false), [why, type] = useState(''), [fault, say] = useState(''), [key, fresh] = useState(newKey);
  const decide = (besluit: string) => send('POST', `/voorstellen/${v.nr}/besluit`, { besluit, ...(why.trim() ? { waarom: why.trim() } : {}) }, key).then(done, (e: unknown) => { fresh(newKey()); say(wordsOf(e, w.silent)); });
  return (
    <li>
      <h2 class="h3">{v.pad ? <a href={v.pad} lang="nl">{v.wat}</a> : v.wat}</h2>
      {v.waaromWeggehaald ? <Gone of={v.waaromWeggehaald} /> : <p>{w.why}: <span lang="nl">{v.waarom}</span>{v.magWeghalen && v.waarom && <> <TakeAway soort="voorstel" object={String(v.nr)} gemeente={gemeente} text={v.waarom} done={again} /></>}</p>}
      <p class="small">{w.on} {day(v.gedaanOp.slice(0, 10))} · {v.besluit === 'open' ? w.open : w.decided(v.besluit, day((v.besloten ?? v.gedaanOp).slice(0, 10)))}{v.antwoord ? ` · ${w.answer}: ` : ''}<span lang="nl">{v.antwoord}</span>{v.magWeghalen && v.antwoord && <> <TakeAway soort="besluit" object={String(v.nr)} gemeente={gemeente} text={v.antwoord} done={again} /></>}</p>
      <Gone of={v.antwoordWeggehaald} />
      {v.besluit === 'open' && !v.magBesluiten && <p class="small">{v.vanUzelf ? w.yours : v.waaromNiet}</p>}
      {fault && <p class="mention" role="alert">{fault}</p>}
      {v.besluit === 'open' && (v.magBesluiten || v.vanUzelf) && (rejecting ? (
        <form class="form" onSubmit={(e) => { e.preventDefault(); if (why.trim()) void decide('afgewezen'); }}>
          <label for={`reden-${v.nr}`}>{w.reason}<input id={`reden-${v.nr}`} required maxLength={500} value={why} onInput={(e) => type(e.currentTarget.value)} /></label>
          <p class="acts"><button type="submit" class="utrecht-button utrecht-button--primary-action">{w.reject}</button><button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={() => reject(false)}>{w.cancel}</button></p>
        </form>
      ) : (
        <p class="acts">
          {v.magBesluiten && <><button type="button" class="utrecht-button utrecht-button--primary-action" onClick={() => void decide('akkoord')}>{w.agree}</button><button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={() => reject(true)}>{w.reject}</button></>}
          {v.vanUzelf && <button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={() => void decide('ingetrokken')}>{w.withdraw}</button>}
        </p>
      ))}
    </li>
  );
}
