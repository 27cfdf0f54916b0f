// SPDX-License-Identifier: EUPL-1.2
// «Importeer»: a file from the disk of the visitor to the map, step by step. The server holds where an import is; the address
// says which one, so a reload goes on where it was. Who may not load, or has no key, reads here what to do.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Failure, type Root } from './api';
import { type Brief, busy, dropImport, ended, hasKey, type Import, keepKey, listImports, MOST_BYTES, takeKey, upload, useImport } from './import_api';
import { Check } from './import_check';
import { Done, Nothing } from './import_done';
import { Drop, Files, hrefOf, type Sent, Start } from './import_file';
import { Choose, recall, retain } from './import_map';
import { Act, Field, inWords, Progress, Sentence, Trouble } from './import_parts';
import { go, holdPage } from './route';
import { Loading } from './states';
import { words } from './text_import';

declare const IMPORT_STYLE: string;
/** The style sheet of this page alone; without it the page is plain but works. */
export const ready = new Promise<void>((done) => {
  const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: IMPORT_STYLE, onload: () => done(), onerror: () => done() });
  document.head.append(link);
});
type Access = 'asking' | 'open' | Failure;
const shut = (f: Failure) => f.code === 'H-401' || f.code === 'H-403';

export function ImportView({ root, place }: { root: Root; place: URL }) {
  const w = words(), id = place.searchParams.get('id'), [access, set] = useState<Access>('asking'), [held, hold] = useState<Brief[]>([]), [runs, run] = useState(false);
  const { sent, take, stop, again, sending } = useUploads((i, first) => { void look(); if (first && !new URL(location.href).searchParams.get('id')) go(hrefOf(i.id)); }, set);
  // A list that cannot be read takes no page away that is open already, unless the right to it is gone.
  const look = () => listImports().then((l) => { hold(l); set('open'); }, (e: unknown) => set((a) => (a === 'open' && !shut(e as Failure) ? a : (e as Failure))));
  useEffect(() => {
    takeKey();
    void look();
    const f = () => { if (takeKey()) { set('asking'); void look(); } };
    addEventListener('hashchange', f);
    return () => removeEventListener('hashchange', f);
  }, []);
  useEffect(() => { if (access === 'open') void look(); }, [id]);
  const watch = access === 'open' && held.some((i) => busy(i) && i.id !== id);
  useEffect(() => {
    if (!watch) return;
    const timer = setInterval(() => void look(), 2000);
    return () => clearInterval(timer);
  }, [watch]);
  const next = held.find((i) => i.id !== id && !ended(i));
  return (
    <main id="inhoud" tabIndex={-1} class="import">
      <nav class="path" aria-label={w.path}><a href="/gegevens">{w.back}</a> / {id ? <a href="/gegevens/import">{w.here}</a> : w.here}</nav>
      <Leaving text={sending ? w.leaveUpload : runs ? w.leaveRun : ''} />
      {access === 'asking' ? <Loading stop={() => set(new Failure('', 'S-0'))} /> : access !== 'open' ? <Gate failure={access} again={() => { set('asking'); void look(); }} />
        : id === null ? <Start take={take} sent={sent} held={held} stop={stop} again={again} />
          : <><OneImport key={id} id={id} root={root} run={run} refuse={(f) => set(f)} after={() => void look()} />
            <Files sent={sent} held={held.filter((i) => !ended(i))} now={id} stop={stop} again={again} heading={next ? w.next : w.yours} /></>}
    </main>
  );
}

/** Sends files one after another; what waits or failed stays in the list until it is taken away. */
function useUploads(got: (i: Import, first: boolean) => void, refuse: (f: Failure) => void) {
  const [sent, set] = useState<Sent[]>([]), n = useRef(0), first = useRef(true), halt = useRef<{ n: number; stop: () => void } | null>(null);
  const put = (k: number, part: Partial<Sent>) => set((l) => l.map((s) => (s.n === k ? { ...s, ...part } : s)));
  const sending = sent.some((s) => s.state === 'sends' || s.state === 'waits'), turn = sent.some((s) => s.state === 'sends') ? null : (sent.find((s) => s.state === 'waits') ?? null);
  useEffect(() => {
    if (!turn) return;
    put(turn.n, { state: 'sends', done: 0 });
    const way = upload(turn.file, (done) => put(turn.n, { done }));
    halt.current = { n: turn.n, stop: way.stop };
    way.answer.then((i) => { put(turn.n, { state: 'sent', id: i.id }); got(i, first.current); first.current = false; }, (e: unknown) => {
      const failure = e as Failure;
      if (failure.code === 'S-0') set((l) => l.filter((s) => s.n !== turn.n));
      else put(turn.n, { state: 'failed', failure });
      if (shut(failure)) refuse(failure);
    });
  }, [turn?.n]);
  useEffect(() => () => halt.current?.stop(), []);
  return {
    sent, sending,
    take: (files: File[]) => {
      first.current = !sending;
      set((l) => [...l.filter((s) => s.state !== 'sent'), ...files.map((file): Sent => {
        const failure = file.size === 0 ? 'empty' as const : file.size > MOST_BYTES ? 'large' as const : undefined;
        return { n: ++n.current, file, done: 0, state: failure ? 'failed' : 'waits', ...(failure ? { failure } : {}) };
      })]);
    },
    stop: (k: number) => { if (halt.current?.n === k && sent.some((s) => s.n === k && s.state === 'sends')) halt.current.stop(); else set((l) => l.filter((s) => s.n !== k)); },
    again: (k: number) => put(k, { state: 'waits' }),
  };
}

function OneImport({ id, root, run, refuse, after }: { id: string; root: Root; run: (on: boolean) => void; refuse: (f: Failure) => void; after: () => void }) {
  const f = useImport(id), now = f.now;
  useEffect(() => { if (f.failure && shut(f.failure)) refuse(f.failure); }, [f.failure]);
  const runs = now !== null && busy(now);
  useLayoutEffect(() => { run(runs); return () => run(false); }, [runs]); // in the same turn as the progress, so that who is quick is asked too
  useEffect(after, [runs, now?.stand]);
  const w = words();
  if (f.failure) return <><Sentence step="fout">{inWords(f.failure)}</Sentence><p class="row second"><Act main press={f.again}>{w.tryAgain}</Act><Act press={() => go('/gegevens/import')}>{w.another}</Act></p><p class="small">{w.code} {f.failure.code}</p></>;
  return now ? <Steps i={now} root={root} put={f.put} rest={f.rest} lost={f.lost} after={after} /> : <Loading stop={() => go('/gegevens/import')} lines={5} />;
}
function Steps({ i, root, put, rest, lost, after }: { i: Import; root: Root; put: (i: Import) => void; rest: (on: boolean) => void; lost: boolean; after: () => void }) {
  const w = words(), [kept, set] = useState(() => recall(i)), [edits, edit] = useState(false), [gone, drop] = useState<'no' | 'going' | 'dropped' | 'stopped'>('no'), [failure, fail] = useState<Failure | null>(null);
  const keep = (k: typeof kept) => { set(k); retain(i.id, k); };
  const let_go = (as: 'dropped' | 'stopped') => {
    drop('going');
    fail(null);
    rest(true); // who asks after what was let go hears that it is not there
    dropImport(i.id).then(() => { drop(as); after(); }, (e: unknown) => { drop('no'); rest(false); fail(e as Failure); });
  };
  const show = (x: Import) => { edit(false); put(x); };
  const trouble = failure && <Trouble failure={failure} />;
  if (gone === 'dropped' || gone === 'stopped' || i.stand === 'afgebroken') return <Nothing name={i.naam} stopped={gone !== 'dropped'} />;
  if (i.stand === 'geladen') return <Done i={i} />;
  if (busy(i)) return (
    <>
      <Sentence step={i.stand}>{i.stand === 'laden' ? w.loading(i.naam) : w.reading(i.naam)}</Sentence>
      <Progress name={w.progress} done={i.voortgang?.gedaan ?? 0} total={i.voortgang?.totaal ?? 0} stop={() => let_go('stopped')} stopping={gone === 'going'} />
      {lost ? <p class="mention" role="alert">{w.lost}</p> : <p class="small">{w.goesOn}</p>}
      {trouble}
    </>
  );
  if (i.stand === 'mislukt' && !edits) return (
    <>
      <Sentence step="mislukt">{w.badEnd(i.naam)}</Sentence>
      <div class="failed" role="alert"><p>{i.fout || w.failed}</p></div>
      <p class="row second acts">{i.kolommen.length > 0 && <Act main press={() => edit(true)}>{w.change}</Act>}<Act press={() => { void dropImport(i.id).catch(() => undefined).then(after); go('/gegevens/import'); }}>{w.another}</Act></p>
      {trouble}
    </>
  );
  if (i.stand === 'gelezen' && i.proef && !edits) return <>{trouble}<Check i={i} kept={kept} keep={keep} put={show} edit={() => edit(true)} drop={() => let_go('dropped')} /></>;
  return <>{trouble}<Choose i={i} root={root} kept={kept} keep={keep} put={show} drop={() => let_go('dropped')} /></>;
}

/** No right, no key or a wrong one: who may, and how. */
function Gate({ failure, again }: { failure: Failure; again: () => void }) {
  const w = words(), [text, put] = useState('');
  if (failure.code === 'H-403' || failure.code === 'H-404') return (
    <>
      <Sentence step="geen-recht">{w.noRight}</Sentence>
      <p class="lead">{(failure.code === 'H-403' && failure.sentence) || w.noRightLead}</p>{failure.code === 'H-403' && <p>{w.noRightLead}</p>}
      <pre class="commands" tabIndex={0} role="region" aria-label={w.command}><code>wijk serve gemeente.gpkg --import</code></pre>
      <p>{w.noRightAfter}</p>
      <Drop take={() => undefined} why={w.noRightButton} />
    </>
  );
  if (failure.code !== 'H-401') return <><Sentence step="fout">{inWords(failure)}</Sentence><p class="second"><Act main press={again}>{w.tryAgain}</Act></p><p class="small">{w.code} {failure.code}</p></>;
  const use = () => { keepKey(/#sleutel=([\w-]+)/.exec(text)?.[1] ?? text); put(''); again(); };
  return (
    <>
      <Sentence step={`sleutel-${hasKey()}`}>{hasKey() ? w.wrongKey : w.needKey}</Sentence>
      <p class="lead">{w.keyLead}{hasKey() && ` ${w.keyAgain}`}</p>
      <form onSubmit={(e) => { e.preventDefault(); if (text.trim()) use(); }}>
        <Field id="sleutel" name={w.key} hint={w.keyStays} value={text} put={put} wide />
        <Act main press={() => { if (text.trim()) use(); }}>{w.useKey}</Act>
      </form>
    </>
  );
}

/** With `text` the page asks before it is left, by a link, by the back button or by closing the tab. */
function Leaving({ text }: { text: string }) {
  const w = words(), box = useRef<HTMLDialogElement>(null), leave = useRef<() => void>(() => undefined);
  useLayoutEffect(() => {
    if (!text) { box.current?.close(); return; }
    const f = (e: BeforeUnloadEvent) => e.preventDefault();
    addEventListener('beforeunload', f);
    holdPage((go_) => { leave.current = go_; box.current?.showModal(); });
    return () => { removeEventListener('beforeunload', f); holdPage(null); };
  }, [text]);
  return (
    <dialog ref={box} class="leaving" aria-labelledby="weggaan">
      <h2 id="weggaan">{w.leave}</h2><p>{text}</p>
      <p class="row acts"><Act main press={() => box.current?.close()}>{w.stay}</Act><Act press={() => { box.current?.close(); leave.current(); }}>{w.goAway}</Act></p>
    </dialog>
  );
}
