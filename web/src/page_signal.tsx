// SPDX-License-Identifier: EUPL-1.2
// «Geef een signaal»: a theme, then where, one sentence and how sure. What is typed is kept in this browser until the server has it.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Failure, type Root, useApi } from './api';
import { amount, moment, unitBeside } from './format';
import { Figure } from './number';
import { homeOf, newKey, type SignalAlone, type Theme, useSession } from './signal_api';
import { Choice, LEAST_SIGNS, MOST_SIGNS, Sentence, useGuard } from './signal_form';
import { Icon } from './signal_icons';
import { type Circle, useBuurten, Where } from './signal_place';
import { accountHere, kept as held } from './session';
import { Gate, ready, watchOver } from './signal_parts';
import { drop, flush, put, send, useWaiting, type Waiting } from './signal_queue';
import { Queue } from './signal_waiting';
import { Loading, Part } from './states';
import { g } from './text_signal';

export { ready };
interface Draft { thema: string; buurt: string; zin: string; zeker: string; gedeeld: string; circle: Circle | null }
const KEPT = 'signaal-concept', LAST = 'signaal-buurt';
const { read, write } = held;
const fresh = (): Draft => ({ thema: '', buurt: read(LAST) ?? '', zin: '', zeker: '', gedeeld: 'partners', circle: null });
function kept(): Draft {
  try { return { ...fresh(), ...(JSON.parse(read(KEPT) ?? '{}') as Partial<Draft>) }; } catch { return fresh(); }
}

function Tiles({ themes, value, choose }: { themes: Theme[]; value: string; choose: (t: Theme) => void }) {
  return <ul class="tiles">{themes.map((t) => <li key={t.id}><button type="button" class={t.id === value ? 'tile on' : 'tile'} data-thema={t.id} onClick={() => choose(t)}><Icon name={t.beeld} /><b>{t.naam}</b><small>{t.over}</small></button></li>)}</ul>;
}

function Thanks({ made, again }: { made: SignalAlone; again: () => void }) {
  const w = g(), head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  return (
    <>
      <h1 ref={head} tabIndex={-1}>{w.thanks}</h1>
      <p class="lead">{w.colleagues(made.collegasTekst.charAt(0).toUpperCase() + made.collegasTekst.slice(1))}</p>
      <section class="rule"><h2>{w.figuresSay}</h2>
        {made.cijfers.length === 0 ? <p>{w.noFigures}</p> : <ul class="figures">{made.cijfers.map((c) => <li key={c.indicator}>{c.naam} {made.buurtNaam}, {moment(c.periode)}: <Figure code={made.buurt} indicator={c.indicator} period={c.periode} id={c.spoor.replace('{code}', made.buurt)}>{amount(c.waarde, unitBeside(c.naam, c.eenheid), c.decimalen)}</Figure></li>)}</ul>}
      </section>
      <p class="row"><button type="button" class="utrecht-button utrecht-button--primary-action" onClick={again}>{w.another}</button><a class="utrecht-button utrecht-button--secondary-action aslink" href="/mijn-wijk">{w.toMine}</a></p>
    </>
  );
}
function Queued({ why, again }: { why: string; again: () => void }) {
  const w = g(), head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  return (
    <>
      <h1 ref={head} tabIndex={-1}>{w.queued}</h1><p class="lead">{why}</p>
      <p class="row"><button type="button" class="utrecht-button utrecht-button--primary-action" onClick={again}>{w.another}</button>{why !== w.queuedWhy && <a class="utrecht-button utrecht-button--secondary-action aslink" href="/aanmelden?terug=/signaal">{w.login}</a>}</p>
    </>
  );
}

type Done = { made: SignalAlone } | { queued: string } | null;
export function SignalView({ root, place }: { root: Root; place: URL }) {
  const w = g(), themes = useApi<{ themas: Theme[] }>('/themas'), [session] = useSession(), list = useWaiting();
  const asked = place.searchParams.get('buurt'), [draft, set] = useState<Draft>(() => (asked ? { ...kept(), buurt: asked, circle: null } : kept())), [done, end] = useState<Done>(null), [fault, say] = useState(''), [busy, work] = useState(false), [told, tell] = useState(0), [tried, attempt] = useState(false), step = useRef<HTMLHeadingElement>(null), moved = useRef(false);
  const areas = useBuurten(root, homeOf(session)), found = useGuard(draft.zin, !!session?.aangemeld), signs = [...draft.zin.trim()].length;
  const change = (d: Partial<Draft>) => { const next = { ...draft, ...d }; set(next); say(''); write(KEPT, JSON.stringify(next)); };
  useEffect(watchOver, []);
  useEffect(() => { if (session !== undefined) set(asked ? { ...kept(), buurt: asked, circle: null } : kept()); }, [session === undefined]); // now it is known whose draft to show
  useEffect(() => { if (moved.current) step.current?.focus(); }, [draft.thema]);
  useEffect(() => {
    const f = () => void flush().then((n) => { if (n) tell(n); });
    if (session?.aangemeld) f();
    addEventListener('online', f);
    return () => { removeEventListener('online', f); };
  }, [session?.aangemeld]);
  const again = () => { end(null); tell(0); set(fresh()); attempt(false); };
  const complete = draft.buurt !== '' && signs >= LEAST_SIGNS && signs <= MOST_SIGNS && draft.zeker !== '';
  const theme = themes.data?.themas.find((t) => t.id === draft.thema);

  const submit = async () => {
    attempt(true);
    if (!complete || found.length || busy) return;
    const area = areas.find((a) => a.code === draft.buurt), circle = draft.circle;
    const item: Waiting = {
      key: newKey(), at: Date.now(), account: accountHere(), themaNaam: theme?.naam ?? draft.thema, buurtNaam: area?.naam ?? draft.buurt,
      body: { buurt: draft.buurt, ...(circle ? { x: circle.x, y: circle.y, straal: circle.straal } : {}), thema: draft.thema, zin: draft.zin.trim(), zeker: draft.zeker, gedeeld: draft.gedeeld },
    };
    work(true);
    await put(item).catch(() => undefined);
    write(LAST, draft.buurt);
    try {
      const made = await send(item);
      write(KEPT, null);
      end({ made });
    } catch (e) {
      const code = e instanceof Failure ? e.code : 'A-1';
      if (code === 'N-0' || code === 'H-401' || code === 'H-503') { write(KEPT, null); end({ queued: item.account === null ? w.queuedNobody : code === 'H-401' ? w.queuedLogin : w.queuedWhy }); }
      else { await drop(item.key).catch(() => undefined); say((e instanceof Failure && e.sentence) || w.failed); }
    }
    work(false);
  };
  const adapt = (x: Waiting) => { void drop(x.key); end(null); change({ thema: x.body.thema, buurt: x.body.buurt, zin: x.body.zin, zeker: x.body.zeker, gedeeld: x.body.gedeeld, circle: x.body.straal ? { x: x.body.x!, y: x.body.y!, straal: x.body.straal } : null }); };

  if (done) return <main id="inhoud" tabIndex={-1} class="signal">{'made' in done ? <Thanks made={done.made} again={again} /> : <Queued why={done.queued} again={again} />}<Queue list={list} adapt={adapt} sent={tell} /></main>;
  if (session === undefined) return <main id="inhoud" tabIndex={-1} class="signal"><Loading stop={() => undefined} lines={6} /></main>; // nothing moves once it stands
  return (
    <main id="inhoud" tabIndex={-1} class="signal">
      <Gate session={session} />
      {told > 0 && <p class="mention" role="status">{w.sentNow(told)}</p>}
      {!theme ? (
        <>
          <Queue list={list} adapt={adapt} sent={tell} />
          <p class="small">{w.step(1)}</p><h1 ref={step} tabIndex={-1}>{w.title}</h1>
          <h2>{w.themeTitle}</h2>
          <Part of={themes} lines={6}>{(d) => <Tiles themes={d.themas} value={draft.thema} choose={(t) => { moved.current = true; change({ thema: t.id }); scrollTo(0, 0); }} />}</Part>
        </>
      ) : (
        <form onSubmit={(e) => { e.preventDefault(); void submit(); }}>
          <p class="small">{w.step(2)}</p><h1 ref={step} tabIndex={-1}>{w.whereTitle(theme.naam)}</h1>
          <p><button type="button" class="plain" onClick={() => { moved.current = true; change({ thema: '' }); }}>{w.change}</button></p>
          <Where root={root} areas={areas} code={draft.buurt} pick={(buurt) => change({ buurt, circle: null })} circle={draft.circle} draw={(circle) => change({ circle })} />
          <Sentence id="zin" label={w.sentence} text={draft.zin} type={(zin) => change({ zin })} found={found} />
          <Choice name="zeker" legend={w.sure} options={w.sures} value={draft.zeker} choose={(zeker) => change({ zeker })} />
          <Choice name="gedeeld" legend={w.shared} options={w.shares} value={draft.gedeeld} choose={(gedeeld) => change({ gedeeld })} />
          {fault && <p class="mention" role="alert">{fault}</p>}
          {tried && (found.length > 0 || !complete) && <p class="mention" role="alert">{found.length ? w.guardStops : w.need}</p>}
          <p><button type="submit" class="utrecht-button utrecht-button--primary-action send" aria-disabled={busy || !complete || found.length > 0}>{busy ? w.sending : w.send}</button></p>
          <Queue list={list} adapt={adapt} sent={tell} />
        </form>
      )}
    </main>
  );
}
