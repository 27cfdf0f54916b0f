// SPDX-License-Identifier: EUPL-1.2
// What professionals saw, for who may read it: the newest first, and for the area director a form to report back.
import { useEffect, useState } from 'preact/hooks';
import { Failure, type Root, useApi } from './api';
import { ready } from './signal_parts';
import { Told } from './signal_told';
import { go } from './route';
import { call, homeOf, newKey, type Signal, type Theme, useSession } from './signal_api';
import { Choice, Sentence, useGuard } from './signal_form';
import { useBuurten } from './signal_place';
import { g } from './text_signal';

export { ready };
/** The key stays with the form: pressed twice, or again after a silence, it is answered once. */
function Answer({ s, done }: { s: Signal; done: (s: Signal) => void }) {
  const w = g(), [open, show] = useState(false), [soort, pick] = useState('gebruikt-in'), [text, type] = useState(''), [key, fresh] = useState(newKey), [fault, say] = useState(''), found = useGuard(text, open);
  const send = () => {
    if (found.length || text.trim().length < 3) return;
    call<Signal>('POST', `/signalen/${s.id}/terugkoppelingen`, { soort, tekst: text.trim() }, key).then((now) => { show(false); type(''); fresh(newKey()); done(now); }, (e: unknown) => say((e instanceof Failure && e.sentence) || w.failed));
  };
  if (!open) return <p><button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={() => show(true)}>{w.answer}</button></p>;
  return (
    <form class="answer" onSubmit={(e) => { e.preventDefault(); send(); }}>
      <Choice name={`soort-${s.id}`} legend={w.answerHow} options={w.ends} value={soort} choose={pick} />
      <Sentence id={`antwoord-${s.id}`} label={w.answerText} text={text} type={type} found={found} rows={2} />
      {fault && <p class="mention" role="alert">{fault}</p>}
      <p class="row"><button type="submit" class="utrecht-button utrecht-button--primary-action" aria-disabled={found.length > 0 || text.trim().length < 3}>{w.sendAnswer}</button><button type="button" class="plain" onClick={() => show(false)}>{w.no}</button></p>
    </form>
  );
}

export function GivenView({ root, place }: { root: Root; place: URL }) {
  const w = g(), [session] = useSession(), gemeente = homeOf(session), buurt = place.searchParams.get('buurt') ?? '', thema = place.searchParams.get('thema') ?? '';
  const [list, set] = useState<Signal[] | null>(null), [next, more] = useState<string | null>(null), [fault, say] = useState('');
  const themes = useApi<{ themas: Theme[] }>('/themas'), areas = useBuurten(root, gemeente), where = root.titel;
  const path = (na?: string) => `/signalen?${new URLSearchParams({ ...(gemeente ? { gemeente } : {}), ...(buurt ? { buurt } : {}), ...(thema ? { thema } : {}), ...(na ? { na } : {}) }).toString()}`;
  const load = (na?: string) => call<{ signalen: Signal[]; volgende: string | null }>('GET', path(na)).then((r) => { set((l) => [...(na ? l ?? [] : []), ...r.signalen]); more(r.volgende); say(''); }, (e: unknown) => say((e instanceof Failure && e.sentence) || w.silent));
  useEffect(() => { if (session?.aangemeld) void load(); }, [session?.aangemeld, gemeente, buurt, thema]);
  const choose = (p: Record<string, string>) => { const q = new URLSearchParams({ ...(buurt ? { buurt } : {}), ...(thema ? { thema } : {}), ...p }); for (const [k, v] of [...q]) if (!v) q.delete(k); go(`/signalen/gegeven${q.size ? `?${q.toString()}` : ''}`, true); };
  return (
    <main id="inhoud" tabIndex={-1} class="signal given">
      <h1>{w.given}</h1>
      {session && !session.aangemeld && <p class="mention">{w.loginMine} <a href={`/aanmelden?terug=${encodeURIComponent('/signalen/gegeven')}`}>{w.login}</a></p>}
      {session === null && <p class="mention" role="status">{w.silent}</p>}
      {session?.aangemeld && <>
        <p class="lead">{w.givenLead(where)}</p>
        <div class="row filters">
          <label>{w.theme} <select class="utrecht-textbox" value={thema} onChange={(e) => choose({ thema: e.currentTarget.value })}><option value="">{w.allThemes}</option>{themes.data?.themas.map((t) => <option key={t.id} value={t.id}>{t.naam}</option>)}</select></label>
          <label>{w.buurt} <select class="utrecht-textbox" value={buurt} onChange={(e) => choose({ buurt: e.currentTarget.value })}><option value="">{w.allBuurten}</option>{areas.map((a) => <option key={a.code} value={a.code}>{a.naam}</option>)}</select></label>
        </div>
        {fault && <p class="mention" role="alert">{fault}</p>}
        {list?.length === 0 && <p>{w.noneGiven}</p>}
        <ul class="signals">{(list ?? []).map((s) => <li key={s.id} data-signaal={s.id}><Told s={s} done={() => void load()} />{s.magTerugkoppelen && <Answer s={s} done={(now) => set((l) => (l ?? []).map((x) => (x.id === now.id ? now : x)))} />}</li>)}</ul>
        {next && <p><button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={() => void load(next)}>{w.older}</button></p>}
      </>}
    </main>
  );
}
