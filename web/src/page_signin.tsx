// SPDX-License-Identifier: EUPL-1.2
// /aanmelden: signing in, the first administrator, choosing a password with a link, and turning on the second step.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type Areas, type Root, useApi } from './api';
import { Button, Copy, Field, Told, useAct, useHeld } from './people_parts';
import { qr, qrPath } from './qr';
import { go } from './route';
import { me, Refusal, send, type Session, setMe, signedOut, useMe } from './session';
import { Loading } from './states';
import { a } from './text_people';

// A link is taken out of the address bar before anything is shown: it is in no bookmark, no history and no picture of the screen.
let link = '';
function takeLink(): boolean {
  const found = /^#koppeling=([\w-]{20,100})$/.exec(location.hash);
  if (!found) return false;
  link = found[1]!;
  history.replaceState(null, '', location.pathname + location.search);
  return true;
}
takeLink();

/** Where one came from: a path of our own, else the account. */
function next(): string {
  const to = new URLSearchParams(location.search).get('terug') ?? '';
  return /^\/(?![/\\])[\w\-/.?=&%]*$/.test(to) && !to.startsWith('/aanmelden') ? to : '/account';
}
const wants = (s: Session) => !s.heeftTweedeFactor;

export function SignInView({ root, place }: { root: Root; place: URL }) {
  const w = a(), s = useMe(), [step, to] = useState<'in' | 'choose' | 'second'>(() => (link ? 'choose' : 'in')), [name, called] = useState(''), [said, say] = useState('');
  useEffect(() => {
    const hear = () => { if (takeLink()) to('choose'); };
    takeLink() && to('choose');
    addEventListener('hashchange', hear);
    return () => { removeEventListener('hashchange', hear); };
  }, [place.href]);
  const entered = (now: Session) => {
    setMe(now);
    if (wants(now)) to('second');
    else go(next());
  };
  let body;
  if (!isSecureContext) body = <><h1>{w.unsafe}</h1><p class="lead">{w.unsafeLead}</p></>;
  else if (step === 'choose') body = <Choose done={(n) => { called(n); say(w.chosen); to('in'); }} />;
  else if (!s) body = <><h1>{w.title}</h1><Loading stop={() => undefined} /></>;
  else if (s.aangemeld && (step === 'second' || place.searchParams.get('stap') === '2')) body = <Second s={s} done={() => go(next())} />;
  else if (s.aangemeld) body = <><h1>{w.title}</h1><p class="lead">{w.already(s.naam ?? '')}</p><p class="acts"><a class="utrecht-button utrecht-button--primary-action aslink" href="/account">{w.toAccount}</a><SignOut /></p></>;
  else if (s.eersteKeer) body = <First root={root} provider={s.sso ?? ''} done={entered} />;
  else if (place.searchParams.get('sso') === 'code') body = <Owed done={entered} />;
  else body = <SignIn key={name} known={name} said={said || elsewhere(place)} provider={s.sso ?? ''} done={entered} />;
  return <main id="inhoud" tabIndex={-1} class="people narrow">{body}</main>;
}

export function SignOut({ after }: { after?: () => void }) {
  const w = a(), act = useAct();
  return <><Button act={act} press={() => void act.run(async (key) => { const gone = await send<Session>('POST', '/sessie/afmelden', undefined, key); signedOut(gone); if (gone.verder) location.assign(gone.verder); else after?.(); })}>{w.out}</Button>{act.fault && <Told act={act} />}</>;
}

// ---- name, password, code

/** What came of signing in at the organisation, in words; the session itself is asked as always. */
function elsewhere(place: URL): string {
  const how = place.searchParams.get('sso');
  return how && how !== 'gelukt' ? a().elsewhereFailed[how] ?? a().elsewhereFailed['mislukt']! : '';
}

/** To the sign-in of the organisation, and back by a route of ours. */
function Elsewhere({ provider }: { provider: string }) {
  const w = a(), act = useAct();
  return <div class="form"><p class="acts"><Button act={act} press={() => void act.run(async (key) => { location.assign((await send<{ adres: string }>('POST', '/sessie/sso', undefined, key)).adres); })}>{w.elsewhere(provider)}</Button></p>{act.fault && <Told act={act} />}</div>;
}

/** Signed in at the organisation, which told of no second step: the one of the account here. */
function Owed({ done }: { done: (s: Session) => void }) {
  const w = a(), act = useAct(), [code, setCode] = useState('');
  const submit = () => act.run(async () => {
    try {
      done(await send<Session>('POST', '/sessie/sso/code', { code: code.replace(/\s/g, '') }));
    } catch (e) {
      setCode('');
      if (e instanceof Refusal && e.why === 'missing') go('/aanmelden?sso=te-oud');
      throw e;
    }
  });
  return (
    <>
      <h1>{w.title}</h1><p class="lead">{w.owedLead}</p>
      <form class="form" onSubmit={(e) => { e.preventDefault(); void submit(); }}>
        <Field label={w.code} hint={w.codeHint} name="code" value={code} type={setCode} auto="one-time-code" mode="numeric" max={12} focus />
        <Told act={act} />
        <p class="acts"><Button act={act} primary why={act.wait ? w.waitFor(act.wait) : null}>{w.go}</Button><a href="/aanmelden">{w.cancel}</a></p>
      </form>
    </>
  );
}

function SignIn({ known, said, provider, done }: { known: string; said: string; provider: string; done: (s: Session) => void }) {
  const w = a(), act = useAct(), [name, setName] = useHeld('naam', known), [password, setPassword] = useState(''), [code, setCode] = useState(''), [asked, ask] = useState(false);
  useEffect(() => { if (said) act.say(said); }, []);
  const submit = () => act.run(async () => {
    try {
      const s = await send<Session>('POST', '/sessie/aanmelden', { naam: name.trim(), wachtwoord: password, ...(asked ? { code: code.replace(/\s/g, '') } : {}) });
      if (s.vraagtCode) ask(true);
      else done(s);
    } catch (e) {
      if (e instanceof Refusal && e.why === 'login') setCode('');
      throw e;
    }
  });
  return (
    <>
      <h1>{w.title}</h1><p class="lead">{asked ? w.codeLead : w.lead}</p>
      {provider && !asked && <Elsewhere provider={provider} />}
      <form class="form" onSubmit={(e) => { e.preventDefault(); void submit(); }}>
        <div hidden={asked}><Field label={w.name} name="naam" value={name} type={setName} auto="username" focus={!known} /></div>
        <div hidden={asked}><Field label={w.password} name="wachtwoord" value={password} type={setPassword} kind="password" auto="current-password" max={1024} focus={known !== ''} /></div>
        {asked && <Field label={w.code} hint={w.codeHint} name="code" value={code} type={setCode} auto="one-time-code" mode="numeric" max={12} focus />}
        <Told act={act} />
        <p class="acts"><Button act={act} primary why={act.wait ? w.waitFor(act.wait) : null}>{w.go}</Button>{asked && <button type="button" class="plain" onClick={() => { ask(false); setCode(''); }}>{w.cancel}</button>}</p>
      </form>
      <p class="small">{w.noAccount}</p>
    </>
  );
}

// ---- the first administrator

function First({ root, provider, done }: { root: Root; provider: string; done: (s: Session) => void }) {
  const w = a(), act = useAct(), has = root.indelingen.some((d) => d.niveau === 'gemeente'), areas = useApi<Areas>(has ? '/gebieden?niveau=gemeente' : null);
  const [gemeente, setGemeente] = useHeld('gemeente'), [name, setName] = useHeld('naam'), [shown, setShown] = useHeld('tonen'), [password, setPassword] = useState('');
  const list = areas.data?.gebieden ?? [], chosen = gemeente || (list.length === 1 ? list[0]!.code : '');
  return (
    <>
      <h1>{w.firstTitle}</h1><p class="lead">{w.firstLead}</p>
      {provider && <Elsewhere provider={provider} />}
      <form class="form" onSubmit={(e) => { e.preventDefault(); void act.run(async () => done(await send<Session>('POST', '/sessie/eerste', { naam: name.trim(), ...(shown.trim() ? { tonen: shown.trim() } : {}), wachtwoord: password, gemeente: chosen }))); }}>
        {list.length > 0 ? <div class="field"><label for="gemeente">{w.gemeente}</label><select id="gemeente" class="utrecht-textbox" required value={chosen} onChange={(e) => setGemeente(e.currentTarget.value)}>{list.length > 1 && <option value="" />}{list.map((g) => <option key={g.code} value={g.code}>{g.naam}</option>)}</select></div>
          : <Field label={w.gemeente} hint={w.gemeenteHint} value={gemeente} type={setGemeente} max={6} fault={act.of('gemeente')} />}
        <Field label={w.name} hint={w.nameHint} name="naam" value={name} type={setName} auto="username" max={64} fault={act.of('naam')} />
        <Field label={w.shown} hint={w.shownHint} value={shown} type={setShown} auto="name" max={80} needed={false} fault={act.of('tonen')} />
        <Field label={w.password} hint={w.rule} name="wachtwoord" value={password} type={setPassword} kind="password" auto="new-password" max={1024} fault={act.of('wachtwoord')} />
        <Told act={act} />
        <p class="acts"><Button act={act} primary>{w.make}</Button></p>
      </form>
    </>
  );
}

// ---- with a link

function Choose({ done }: { done: (name: string) => void }) {
  const w = a(), act = useAct(), [owner, set] = useState<{ naam: string | null; tonen: string } | null>(null), [gone, lose] = useState(''), [password, setPassword] = useState('');
  useEffect(() => {
    const of = link;
    void me().catch(() => undefined).then(() => send<{ naam: string | null; tonen: string }>('POST', '/sessie/koppeling', { koppeling: of })).then(set, (e: unknown) => lose(e instanceof Refusal && e.why !== 'gone' ? e.sentence : w.silent));
  }, []);
  if (gone) return <><h1>{w.linkGone}</h1><p class="lead" role="alert">{gone}</p></>;
  if (!owner) return <><h1>{w.chooseTitle}</h1><Loading stop={() => undefined} /></>;
  return (
    <>
      <h1>{w.chooseTitle}</h1><p class="lead">{w.chooseLead(owner.tonen)}</p>
      <form class="form" onSubmit={(e) => { e.preventDefault(); void act.run(async () => { await send('POST', '/sessie/wachtwoord', { koppeling: link, wachtwoord: password }); link = ''; signedOut(); done(owner.naam ?? ''); }); }}>
        {owner.naam && <Field label={w.name} name="naam" value={owner.naam} type={() => undefined} auto="username" fixed />}
        <Field label={w.newPassword} hint={w.rule} name="wachtwoord" value={password} type={setPassword} kind="password" auto="new-password" max={1024} focus />
        <Told act={act} />
        <p class="acts"><Button act={act} primary>{w.keep}</Button></p>
      </form>
    </>
  );
}

// ---- the second step

interface Secret { koppeling: string; geheim: string; adres: string }
function Second({ s, done }: { s: Session; done: () => void }) {
  const w = a(), act = useAct(), [secret, set] = useState<Secret | null>(null), [code, setCode] = useState(''), began = useRef(false);
  const begin = () => act.run(async () => set(await send<Secret>('POST', '/sessie/tweede-stap')));
  useEffect(() => { if (!began.current) { began.current = true; void begin(); } }, []);
  const square = useMemo(() => (secret ? qr(secret.adres) : null), [secret]);
  return (
    <>
      <h1>{w.secondTitle}</h1><p class="lead">{w.secondLead}</p>
      {secret && square ? (
        <form class="form" onSubmit={(e) => { e.preventDefault(); void act.run(async () => { setMe(await send<Session>('POST', '/sessie/tweede-stap/code', { koppeling: secret.koppeling, code: code.replace(/\s/g, '') })); done(); }); }}>
          <ol class="steps">
            <li><p>{w.s1}</p>
              <svg class="qr" role="img" aria-label={w.s1alt} viewBox={`0 0 ${square.length + 8} ${square.length + 8}`} shape-rendering="crispEdges"><rect width="100%" height="100%" fill="#fff" /><path d={qrPath(square)} fill="#000" /></svg>
              <p>{w.orType}</p><Copy text={secret.geheim.replace(/(.{4})(?=.)/g, '$1 ')} label={w.orType} /></li>
            <li><Field label={w.s2} hint={w.codeHint} name="code" value={code} type={setCode} auto="one-time-code" mode="numeric" max={12} /></li>
          </ol>
          <Told act={act} />
          <p class="acts"><Button act={act} primary why={act.wait ? w.waitFor(act.wait) : null}>{w.turnOn}</Button><a href={s.rollen?.length ? '/account' : '/'}>{w.later}</a></p>
        </form>
      ) : <Told act={act} />}
      {!secret && act.fault && <p><Button act={act} press={() => void begin()}>{w.fresh}</Button></p>}
    </>
  );
}
