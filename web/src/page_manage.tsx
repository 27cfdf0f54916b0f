// SPDX-License-Identifier: EUPL-1.2
// /beheer: who can sign in, inviting, stopping, and roles that one person asks and another gives.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button, clock, Copy, Field, Gate, Told, useAct } from './people_parts';
import { hasRole, type Role, send, type Session, useDraft, useRead } from './session';
import { Part } from './states';
import { a } from './text_people';

interface Account { id: number; naam: string | null; tonen: string; stand: string; heeftTweedeFactor: boolean; gemaaktOp: string; gezienOp: string | null; rollen: Role[] }
interface Proposal { nr: number; soort: string; object: string; wat: string; waarom: string; gedaanOp: string; vanUzelf: boolean; magBesluiten: boolean; waaromNiet: string | null; besluit: string }
interface Invitation { account: number; koppeling: string; eindigtOp: string; voorstel: number | null }
interface Partner { id: string; naam: string }
const ROLES = ['professional', 'partnerbeheerder', 'gebiedsregisseur', 'raadslid', 'analist', 'normsteller', 'beheerder', 'rekenkamer'];
const ofPartner = (role: string) => role === 'professional' || role === 'partnerbeheerder';

export function ManagePage() {
  const w = a();
  return <Gate title={w.manage} roles={['beheerder', 'partnerbeheerder', 'rekenkamer']} no={w.manageNo} second>{(s) => <Manage s={s} />}</Gate>;
}

function Manage({ s }: { s: Session }) {
  const w = a(), mine = s.rollen?.find((r) => ['beheerder', 'partnerbeheerder', 'rekenkamer'].includes(r.rol)), q = `?gemeente=${mine?.gemeente ?? ''}`;
  const [after, setAfter] = useState<number[]>([]), list = useRead<{ accounts: Account[]; volgende: number | null }>(`/accounts${q}${after.length ? `&na=${after[after.length - 1]}` : ''}`);
  const waiting = useRead<{ voorstellen: Proposal[] }>(`/voorstellen${q}`), partners = useRead<{ partners: Partner[] }>(`/partners${q}&aantal=1000`);
  const [open, setOpen] = useState(0), [given, give] = useState<Invitation | null>(null);
  const again = () => { list.retry(); waiting.retry(); };
  const admin = hasRole(s, 'beheerder'), asks = admin || hasRole(s, 'partnerbeheerder');
  const orgs = (partners.data?.partners ?? []).filter((p) => admin || s.rollen?.some((r) => r.organisatie === p.id));
  const names = new Map((list.data?.accounts ?? []).map((v) => [String(v.id), v.tonen]));
  return (
    <>
      <h1>{w.manage}</h1>
      <Part of={list} lines={6}>{(l) => {
        const shown = l.accounts.filter((v) => v.stand !== 'verwijderd');
        return (
          <>
            <p class="lead">{w.manageLead(shown.length)}</p>
            {given && <Link key={given.koppeling} of={given} />}
            <ul class="items people-list">{shown.map((v) => (
              <li key={v.id}>
                <b>{v.tonen}</b><span class="small">{v.naam} · {w.states[v.stand] ?? v.stand} · {w.second}: {v.heeftTweedeFactor ? w.yes : w.no}{v.gezienOp && ` · ${w.seen} ${clock(v.gezienOp)}`}</span>
                <span>{v.rollen.map((r) => `${r.rolNaam}${r.organisatie ? ` (${r.organisatie})` : ''}`).join(', ') || w.none}</span>
                <button type="button" class="plain" aria-expanded={open === v.id} aria-label={`${open === v.id ? w.close : w.change}: ${v.tonen}`} onClick={() => setOpen(open === v.id ? 0 : v.id)}>{open === v.id ? w.close : w.change}</button>
                {open === v.id && <Change v={v} s={s} admin={admin} asks={asks} orgs={orgs} done={again} give={give} />}
              </li>
            ))}</ul>
            <p class="acts">{after.length > 0 && <Button press={() => setAfter(after.slice(0, -1))}>←</Button>}{l.volgende !== null && <Button press={() => setAfter([...after, l.volgende!])}>{w.more}</Button>}</p>
          </>
        );
      }}</Part>
      <section class="rule second"><h2>{w.waiting}</h2><p>{w.four}</p>
        <Part of={waiting} lines={2}>{(l) => {
          const roles = l.voorstellen.filter((v) => v.soort === 'rol' && v.besluit === 'open');
          return roles.length === 0 ? <p>{w.noneWaiting}</p> : <ul class="items">{roles.map((v) => <Decide key={v.nr} v={v} name={names.get(v.object)} done={again} />)}</ul>;
        }}</Part>
      </section>
      <Invite asks={asks} admin={admin} gemeente={mine?.gemeente ?? ''} orgs={orgs} done={(i) => { give(i); again(); }} />
    </>
  );
}

/** The link is shown this once, with the whole address. */
function Link({ of }: { of: Invitation }) {
  const w = a(), box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return <div class="once" ref={box} tabIndex={-1} role="group" aria-label={w.linkTitle}><p>{w.linkOnce(clock(of.eindigtOp))}</p><Copy text={location.origin + of.koppeling} label={w.linkTitle} /></div>;
}

function RoleChoice({ role, org, orgs, admin, set }: { role: string; org: string; orgs: Partner[]; admin: boolean; set: (role: string, org: string) => void }) {
  const w = a();
  return (
    <>
      <div class="field"><label for="rol">{w.role}</label><select id="rol" class="utrecht-textbox" value={role} onChange={(e) => set(e.currentTarget.value, ofPartner(e.currentTarget.value) ? org || (orgs.length === 1 ? orgs[0]!.id : '') : '')}>{ROLES.filter((r) => admin || ofPartner(r)).map((r) => <option key={r} value={r}>{w.roleNames[r] ?? r}</option>)}</select></div>
      {ofPartner(role) && <div class="field"><label for="organisatie">{w.org}</label><select id="organisatie" class="utrecht-textbox" required value={org} onChange={(e) => set(role, e.currentTarget.value)}><option value="" />{orgs.map((p) => <option key={p.id} value={p.id}>{p.naam}</option>)}</select></div>}
    </>
  );
}

function Invite({ asks, admin, gemeente, orgs, done }: { asks: boolean; admin: boolean; gemeente: string; orgs: Partner[]; done: (i: Invitation) => void }) {
  const w = a(), act = useAct(), [name, setName, dropName] = useDraft('uitnodiging-naam'), [shown, setShown, dropShown] = useDraft('uitnodiging-tonen'), [at, set] = useState({ role: 'professional', org: '' });
  const org = at.org || (orgs.length === 1 ? orgs[0]!.id : '');
  return (
    <section class="rule second"><h2>{w.invite}</h2>
      <form class="form" onSubmit={(e) => { e.preventDefault(); if (asks) void act.run(async () => {
        const i = await send<Invitation>('POST', '/accounts', { naam: name.trim(), ...(shown.trim() ? { tonen: shown.trim() } : {}), rol: at.role, gemeente, ...(ofPartner(at.role) ? { organisatie: org } : {}) });
        dropName(); dropShown(); done(i);
        return i.voorstel === null ? w.roleGiven : w.roleWaits;
      }); }}>
        <Field label={w.name} hint={w.nameHint} value={name} type={setName} max={64} fault={act.of('naam')} />
        <Field label={w.shown} hint={w.shownHint} value={shown} type={setShown} max={80} needed={false} />
        <RoleChoice role={at.role} org={org} orgs={orgs} admin={admin} set={(role, o) => set({ role, org: o })} />
        <Told act={act} />
        <p class="acts"><Button act={act} primary why={!asks ? w.onlyAdmin : ofPartner(at.role) && !org ? w.orgNeeded : null}>{w.inviteDo}</Button></p>
      </form>
    </section>
  );
}

function Change({ v, s, admin, asks, orgs, done, give }: { v: Account; s: Session; admin: boolean; asks: boolean; orgs: Partner[]; done: () => void; give: (i: Invitation) => void }) {
  const w = a(), act = useAct(), [why, setWhy, drop] = useDraft(`account-${v.id}`), [at, set] = useState({ role: 'professional', org: '' }), [sure, ask] = useState(false);
  const no = !admin ? w.onlyAdmin : v.id === s.account ? w.notSelf : null, gemeente = v.rollen[0]?.gemeente ?? s.rollen?.find((r) => r.rol === 'beheerder' || r.rol === 'partnerbeheerder')?.gemeente;
  const does = (work: (key: string) => Promise<string | void>) => void act.run(async (key) => { const said = await work(key); drop(); done(); return said ?? w.doneIt; });
  const link = (second: boolean) => void act.run(async () => give(await send<Invitation>('POST', `/accounts/${v.id}/koppeling`, { tweedeStap: second })));
  const role = (r: { rol: string; organisatie: string }, weg: boolean) => does(async (key) => { await send('POST', '/rolvoorstellen', { account: v.id, rol: r.rol, gemeente, ...(r.organisatie ? { organisatie: r.organisatie } : {}), ...(weg ? { weg: true } : {}), waarom: why.trim() }, key); return w.asked; });
  const stop = v.stand === 'gestopt' ? 'herstellen' : 'stoppen', noWhy = why.trim() ? null : w.firstWhy;
  return (
    <div class="form inside">
      <Field label={w.reason} value={why} type={setWhy} max={500} needed={false} fault={act.of('waarom')} />
      <p class="acts"><Button act={act} why={no} press={() => link(false)}>{w.newLink}</Button><Button act={act} why={no} press={() => link(true)}>{w.newLinkSecond}</Button></p>
      <p class="acts"><Button act={act} why={no ?? noWhy} press={() => does((key) => send('POST', `/accounts/${v.id}/${stop}`, { waarom: why.trim() }, key))}>{v.stand === 'gestopt' ? w.restore : w.stop}</Button>
        {sure ? <><Button act={act} press={() => does((key) => send('DELETE', `/accounts/${v.id}`, undefined, key))}>{w.sure} {w.drop}</Button><button type="button" class="plain" onClick={() => ask(false)}>{w.cancel}</button></> : <Button act={act} why={no} press={() => ask(true)}>{w.drop}</Button>}</p>
      <RoleChoice role={at.role} org={at.org} orgs={orgs} admin={admin} set={(r, o) => set({ role: r, org: o })} />
      <p class="acts"><Button act={act} why={!asks ? w.onlyAdmin : ofPartner(at.role) && !at.org ? w.orgNeeded : noWhy} press={() => role({ rol: at.role, organisatie: at.org }, false)}>{w.askRole}</Button>
        {v.rollen.map((r) => <Button key={r.rol + r.organisatie} act={act} why={!asks ? w.onlyAdmin : noWhy} press={() => role(r, true)}>{w.takeRole}: {r.rolNaam}</Button>)}</p>
      <Told act={act} />
    </div>
  );
}

function Decide({ v, name, done }: { v: Proposal; name?: string; done: () => void }) {
  const w = a(), act = useAct(), [no, say] = useState(false), [why, setWhy, drop] = useDraft(`besluit-${v.nr}`);
  const decide = (besluit: string) => void act.run(async (key) => { await send('POST', `/voorstellen/${v.nr}/besluit`, { besluit, ...(besluit === 'afgewezen' ? { waarom: why.trim() } : {}) }, key); drop(); done(); });
  const bar = v.magBesluiten ? null : v.vanUzelf ? w.yours : v.waaromNiet;
  return (
    <li>
      <b>{v.wat}{name && ` (${name})`}</b><span>{w.why}: <span lang="nl">{v.waarom}</span></span><span class="small">{clock(v.gedaanOp)}</span>
      {no && <Field label={w.rejectWhy} value={why} type={setWhy} max={500} focus fault={act.of('waarom')} />}
      <p class="acts">{!no && <Button act={act} primary why={bar} press={() => decide('akkoord')} label={`${w.agree}: ${v.wat}`}>{w.agree}</Button>}
        <Button act={act} why={bar ?? (no && !why.trim() ? w.firstWhy : null)} press={() => (no ? decide('afgewezen') : say(true))} label={`${w.reject}: ${v.wat}`}>{w.reject}</Button>{no && <button type="button" class="plain" onClick={() => say(false)}>{w.cancel}</button>}</p>
      <Told act={act} />
    </li>
  );
}
