// SPDX-License-Identifier: EUPL-1.2
// /account: who I am here, where I am signed in, my keys for programs, my second step, and what is kept of me.
import { useState } from 'preact/hooks';
import { Button, clock, Copy, Field, Gate, Told, useAct } from './people_parts';
import { SignOut } from './page_signin';
import { go } from './route';
import { hasRole, me, send, type Session, signedOut, useRead } from './session';
import { Part } from './states';
import { a } from './text_people';

interface SignedIn { nr: number; deze: boolean; tweedeFactor: boolean; apparaat: string; sinds: string; gezienOp: string; eindigtOp: string }
interface Key { nr: number; naam: string; doelen: string[]; gemaaktOp: string; gezienOp: string | null; eindigtOp: string; sleutel?: string }

export function AccountPage() {
  return <Gate title={a().account}>{(s) => <Account s={s} />}</Gate>;
}

function Account({ s }: { s: Session }) {
  const w = a();
  return (
    <>
      <h1>{w.account}</h1>
      <p class="lead">{w.hello(s.naam ?? '')}</p>
      {s.eindigtOp && <p class="small">{w.until(clock(s.eindigtOp))}</p>}
      <p class="acts"><SignOut after={() => go('/aanmelden')} /></p>
      <section class="rule second"><h2>{w.roles}</h2>
        {s.rollen?.length ? <ul class="dashes">{s.rollen.map((r) => <li key={r.rol + r.gemeente + r.organisatie}><b>{r.rolNaam}</b>{r.organisatie && ` ${w.ofOrg} ${r.organisatie}`} {w.inG} {r.gemeente}</li>)}</ul> : <p>{w.noRoles}</p>}
        <p class="row">{hasRole(s, 'beheerder', 'partnerbeheerder', 'rekenkamer') && <a href="/beheer">{w.manage}</a>}{hasRole(s, 'rekenkamer') && <a href="/logboek">{w.log}</a>}<a href="/voorstellen">{w.proposals}</a></p>
      </section>
      <section class="rule second"><h2>{w.second}</h2>
        <p>{s.heeftTweedeFactor ? w.secondOn : w.secondOff}</p>
        <p><a class="utrecht-button utrecht-button--secondary-action aslink" href="/aanmelden?stap=2&terug=/account">{s.heeftTweedeFactor ? w.again : w.turnOn}</a></p>
      </section>
      <Sessions />
      <Keys />
      <Mine s={s} />
    </>
  );
}

function Sessions() {
  const w = a(), act = useAct(), list = useRead<{ aanmeldingen: SignedIn[] }>('/sessie/aanmeldingen');
  const end = (v: SignedIn) => act.run(async (key) => {
    await send('DELETE', `/sessie/aanmeldingen/${v.nr}`, undefined, key);
    list.retry();
    return w.ended;
  });
  return (
    <section class="rule second"><h2>{w.sessions}</h2>
      <Part of={list} lines={3}>{(l) => (
        <div class="scroll" tabIndex={0} role="region" aria-label={w.sessions}><table class="twin cards">
          <thead><tr><th scope="col">{w.device}</th><th scope="col">{w.since}</th><th scope="col">{w.seen}</th><th scope="col">{w.ends}</th><th scope="col"><span class="sr">{w.end}</span></th></tr></thead>
          <tbody>{l.aanmeldingen.map((v) => (
            <tr key={v.nr}><th scope="row">{device(v.apparaat)}</th><td data-is={w.since}>{clock(v.sinds)}</td><td data-is={w.seen}>{clock(v.gezienOp)}</td><td data-is={w.ends}>{clock(v.eindigtOp)}</td>
              <td>{v.deze ? w.this : <button type="button" class="plain" aria-label={`${w.end}: ${device(v.apparaat)}, ${clock(v.sinds)}`} onClick={() => void end(v)}>{w.end}</button>}</td></tr>
          ))}</tbody></table></div>
      )}</Part>
      <Told act={act} />
    </section>
  );
}
/** What a browser calls itself, in two words. */
function device(agent: string): string {
  const browser = /Edg\//.test(agent) ? 'Edge' : /Firefox\//.test(agent) ? 'Firefox' : /Chrom(e|ium)\//.test(agent) ? 'Chrome' : /Safari\//.test(agent) ? 'Safari' : '';
  const on = /Android/.test(agent) ? 'Android' : /iPhone|iPad/.test(agent) ? 'iOS' : /Windows/.test(agent) ? 'Windows' : /Mac OS/.test(agent) ? 'macOS' : /Linux/.test(agent) ? 'Linux' : '';
  return [browser, on].filter(Boolean).join(', ') || agent.slice(0, 40) || '?';
}

const SCOPES = ['lezen', 'schrijven', 'laden', 'logboek', 'beheer'];
function Keys() {
  const w = a(), act = useAct(), list = useRead<{ sleutels: Key[] }>('/sleutels');
  const [name, setName] = useState(''), [scopes, setScopes] = useState<string[]>(['lezen']), [days, setDays] = useState('90'), [made, show] = useState('');
  const make = () => act.run(async () => {
    const k = await send<Key>('POST', '/sleutels', { naam: name.trim(), doelen: scopes.join(','), dagen: Number(days) });
    show(k.sleutel ?? '');
    setName('');
    list.retry();
  });
  const end = (k: Key) => act.run(async (key) => {
    await send('DELETE', `/sleutels/${k.nr}`, undefined, key);
    show('');
    list.retry();
    return w.keyEnded;
  });
  return (
    <section class="rule second"><h2>{w.keys}</h2><p>{w.keysLead}</p>
      <Part of={list} lines={2}>{(l) => (l.sleutels.length === 0 ? <p>{w.noKeys}</p> : (
        <ul class="items">{l.sleutels.map((k) => (
          <li key={k.nr}><b>{k.naam}</b><span>{k.doelen.map((d) => w.scopes[d] ?? d).join(', ')}</span><span class="small">{w.ends} {clock(k.eindigtOp)}{k.gezienOp && ` · ${w.seen} ${clock(k.gezienOp)}`}</span>
            <button type="button" class="plain" aria-label={`${w.keyEnd}: ${k.naam}`} onClick={() => void end(k)}>{w.keyEnd}</button></li>
        ))}</ul>
      ))}</Part>
      {made && <div class="once" role="status"><p>{w.keyOnce}</p><Copy text={made} label={w.keyOnce} /></div>}
      <form class="form" onSubmit={(e) => { e.preventDefault(); if (scopes.length) void make(); }}>
        <Field label={w.keyName} value={name} type={setName} max={80} fault={act.of('naam')} />
        <fieldset><legend>{w.keyScopes}</legend>{SCOPES.map((d) => (
          <label class="check" key={d}><input type="checkbox" checked={scopes.includes(d)} onChange={(e) => setScopes(e.currentTarget.checked ? [...scopes, d] : scopes.filter((v) => v !== d))} /> {w.scopes[d]}</label>
        ))}</fieldset>
        <Field label={w.keyDays} value={days} type={setDays} mode="numeric" max={3} fault={act.of('dagen')} />
        <Told act={act} />
        <p class="acts"><Button act={act} primary why={scopes.length ? null : w.pickScope}>{w.keyMake}</Button></p>
      </form>
    </section>
  );
}

function Mine({ s }: { s: Session }) {
  const w = a(), act = useAct(), [sure, ask] = useState(false);
  return (
    <section class="rule second"><h2>{w.mine}</h2><p>{w.mineLead}</p>
      <p><a href="/sessie/api/v1/mijn-gegevens" download="mijn-gegevens.json">{w.take}</a></p>
      <h3>{w.remove}</h3><p>{w.removeLead}</p>
      <p class="acts">{sure ? <><Button act={act} press={() => void act.run(async (key) => { await me(); await send('DELETE', `/accounts/${s.account}`, undefined, key); signedOut(); go('/'); })}>{w.removeYes}</Button><button type="button" class="plain" onClick={() => ask(false)}>{w.cancel}</button></> : <Button press={() => ask(true)}>{w.remove}</Button>}</p>
      <Told act={act} />
    </section>
  );
}
