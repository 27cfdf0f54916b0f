// SPDX-License-Identifier: EUPL-1.2
// «Mijn wijk» of a professional: how many signals, which theme rises, what is asked of me, and what was done with mine.
import { useEffect, useState } from 'preact/hooks';
import { Failure, type Root, useApi } from './api';
import { Questions } from './questions';
import { go } from './route';
import { kept } from './session';
import { call, type Counts, homeOf, newKey, type Quarter, rolesIn, type Signal, type Theme, useCall, useSession } from './signal_api';
import { MOST_SIGNS, Sentence, useGuard } from './signal_form';
import { Icon } from './signal_icons';
import { Gate, ready, watchOver } from './signal_parts';
import { Told } from './signal_told';
import { drop, flush, useWaiting, type Waiting } from './signal_queue';
import { Queue } from './signal_waiting';
import { Part } from './states';
import { g } from './text_signal';

export { ready };
const READERS = ['professional', 'partnerbeheerder', 'gebiedsregisseur', 'analist', 'normsteller', 'rekenkamer'];
const last = (q: Quarter[]) => q[q.length - 1], before = (q: Quarter[]) => q[q.length - 2];
function direction(q: Quarter[]): string {
  const w = g(), now = last(q)?.aantal ?? null, then = before(q)?.aantal ?? null;
  if (now === null && then === null) return w.unknown;
  if (now === null || then === null) return now === null ? w.less : w.more;
  return now > then ? w.more : now < then ? w.less : w.equal;
}

/** Changing one's own sentence; when somebody was first both texts stand side by side. */
function Edit({ s, done }: { s: Signal; done: () => void }) {
  const w = g(), [text, type] = useState(s.zin), [other, clash] = useState<Signal | null>(null), [fault, say] = useState(''), found = useGuard(text, true);
  const save = (version: number) => {
    if (found.length || [...text.trim()].length > MOST_SIGNS) return;
    call('PATCH', `/signalen/${s.id}`, { versie: version, zin: text.trim() }, newKey()).then(done, (e: unknown) => {
      if (e instanceof Failure && e.code === 'H-409') void call<Signal>('GET', `/signalen/${s.id}`).then(clash, () => say(w.failed));
      else say((e instanceof Failure && e.sentence) || w.failed);
    });
  };
  if (other) return (
    <div class="clash" role="alert"><p>{w.conflict}</p><div class="beside"><div><b>{w.mineText}</b><p>{text}</p></div><div><b>{w.otherText}</b><p>{other.zin}</p></div></div>
      <p class="row"><button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={() => { clash(null); save(other.versie); }}>{w.takeMine}</button><button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={done}>{w.takeOther}</button></p></div>
  );
  return <div><Sentence id={`zin-${s.id}`} label={w.sentence} text={text} type={type} found={found} />{fault && <p class="mention" role="alert">{fault}</p>}<p class="row"><button type="button" class="utrecht-button utrecht-button--secondary-action" aria-disabled={found.length > 0} onClick={() => save(s.versie)}>{w.save}</button><button type="button" class="plain" onClick={done}>{w.no}</button></p></div>;
}
function Own({ s, again }: { s: Signal; again: () => void }) {
  const w = g(), [sure, ask] = useState(false), [edit, open] = useState(false);
  const withdraw = () => void call('PATCH', `/signalen/${s.id}`, { versie: s.versie, intrekken: true }, newKey()).then(again, again);
  return (
    <li data-signaal={s.id}><Told s={s} />
      {edit && <Edit s={s} done={() => { open(false); again(); }} />}
      {s.magWijzigen && !edit && (sure ? <p role="alert">{w.withdrawSure} <button type="button" class="plain" onClick={withdraw}>{w.yes}</button> <button type="button" class="plain" onClick={() => ask(false)}>{w.no}</button></p>
        : <p>{s.staat === 'open' && <><button type="button" class="plain" onClick={() => open(true)}>{w.edit}</button> </>}<button type="button" class="plain" onClick={() => ask(true)}>{w.withdraw}</button></p>)}
    </li>
  );
}

export function MineView(_: { root: Root; place: URL }) {
  const w = g(), [session] = useSession(), list = useWaiting(), [told, tell] = useState(0);
  const gemeente = homeOf(session), themes = useApi<{ themas: Theme[] }>('/themas');
  const counts = useApi<Counts>(gemeente ? `/gebieden/${gemeente}/signalen` : null), mine = useCall<{ signalen: Signal[] }>(session?.aangemeld ? '/signalen?mijn=ja' : null);
  useEffect(watchOver, []);
  useEffect(() => { if (session?.aangemeld) void flush().then((n) => { if (n) { tell(n); mine.again(); } }); }, [session?.aangemeld]);
  const adapt = (x: Waiting) => {
    kept.write('signaal-concept', JSON.stringify({ ...x.body, circle: x.body.straal ? { x: x.body.x, y: x.body.y, straal: x.body.straal } : null }));
    void drop(x.key).then(() => go('/signaal'));
  };
  const all = counts.data?.themas.find((t) => t.thema === null), rising = (counts.data?.themas ?? []).filter((t) => t.thema && direction(t.kwartalen) === w.more).map((t) => t.themaNaam);
  const own = mine.data?.signalen ?? [], answered = own.filter((s) => s.terugkoppelingen.length > 0), refused = list.own.filter((x) => x.refused);
  const sentence = all && last(all.kwartalen) ? `${w.quarterLine(last(all.kwartalen)!.tekst, counts.data!.naam)}${rising.length ? w.rises(rising.slice(0, 2).join(', ').toLowerCase()) : ''}. ` : '';
  return (
    <main id="inhoud" tabIndex={-1} class="signal mine">
      <h1>{sentence ? <>{sentence}</> : w.mineTitle}</h1>
      <Gate session={session} />
      {session?.aangemeld && <p class="lead">{w.answered(answered.length)}</p>}
      {told > 0 && <p class="mention" role="status">{w.sentNow(told)}</p>}
      <p><a class="utrecht-button utrecht-button--primary-action aslink" href="/signaal">{w.giveSignal}</a>{rolesIn(session).some((r) => READERS.includes(r)) && <> <a href="/signalen/gegeven">{w.readThem}</a></>}</p>
      <Queue list={list} adapt={adapt} sent={(n) => { tell(n); mine.again(); }} />
      {gemeente && <section class="rule"><h2>{w.themes}</h2><Part of={themes} lines={4}>{(d) => (
        <ul class="tiles still">{d.themas.map((t) => { const c = counts.data?.themas.find((x) => x.thema === t.id); return <li key={t.id} class="tile"><Icon name={t.beeld} /><b>{t.naam}</b><span>{c ? last(c.kwartalen)?.tekst : ''}</span><small>{c ? direction(c.kwartalen) : ''}</small></li>; })}</ul>
      )}</Part></section>}
      {session?.aangemeld && <>
        <section class="rule" id="vragen"><h2>{w.questions}</h2><Questions extra={refused.length} none={w.noQuestions} />{refused.length > 0 && <ul>{refused.map((x) => <li key={x.key}>{w.refusedQuestion} «{x.body.zin}» <button type="button" class="plain" onClick={() => adapt(x)}>{w.adapt}</button></li>)}</ul>}</section>
        <section class="rule" id="teruggekoppeld"><h2>{w.fedBack}</h2>{answered.length === 0 ? <p>{w.noFedBack}</p> : <ul class="signals">{answered.map((s) => <Own key={s.id} s={s} again={mine.again} />)}</ul>}</section>
        <section class="rule"><h2>{w.whoDoes}</h2><p><a href="/wie-doet-wat">{w.whoDoesLead}</a></p></section>
        <section class="rule" id="mijn-signalen"><h2>{w.mySignals}</h2>{mine.data && own.length === 0 ? <p>{w.noSignals}</p> : <ul class="signals">{own.filter((s) => s.terugkoppelingen.length === 0 && s.staat !== 'ingetrokken').map((s) => <Own key={s.id} s={s} again={mine.again} />)}</ul>}</section>
      </>}
    </main>
  );
}
