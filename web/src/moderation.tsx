// SPDX-License-Identifier: EUPL-1.2
// Beside a text that others see: taking it away for who may, with a reason in a dialog; and in its place why it is gone.
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { day } from './format';
import { newKey, Refusal, send } from './session';
import { m } from './text_moderation';

export interface Taken { reden: string; redenNaam: string; op: string; rolNaam: string }
export interface Reason { id: string; naam: string; meteenGewist: boolean }

/** In the place of a text. */
export function Gone({ of }: { of: Taken | null | undefined }) {
  const w = m();
  return of ? <p class="gone">{w.gone(day(of.op.slice(0, 10)), of.rolNaam, of.redenNaam)} <a href="/moderatie">{w.rules}</a></p> : null;
}

let reasons: Promise<Reason[]> | null = null;
/** The list of the server, asked once. */
const all = (gemeente: string) => (reasons ??= send<{ keuzes: Reason[] }>('GET', `/moderatie?gemeente=${encodeURIComponent(gemeente)}`).then((a) => a.keuzes, (e: unknown) => { reasons = null; throw e; }));

interface Props { soort: string; object: string; gemeente: string; text: string; done: () => void }
export function TakeAway(p: Props) {
  const w = m(), [open, show] = useState(false), at = useRef<HTMLButtonElement>(null);
  const close = () => { show(false); at.current?.focus(); };
  return <><button ref={at} type="button" class="plain take" aria-label={`${w.take}: ${p.text.slice(0, 60)}`} aria-haspopup="dialog" onClick={() => show(true)}>{w.take}</button>{open && <Ask {...p} close={close} />}</>;
}

function Ask({ soort, object, gemeente, text, done, close }: Props & { close: () => void }) {
  const w = m(), box = useRef<HTMLDialogElement>(null), id = useId(), [list, set] = useState<Reason[]>([]), [reden, pick] = useState(''), [words, type] = useState(''), [fault, say] = useState(''), [key, fresh] = useState(newKey), [busy, work] = useState(false);
  useEffect(() => {
    box.current?.showModal();
    all(gemeente).then(set, () => say(w.silent));
  }, []);
  const act = () => {
    if (busy) return;
    if (!reden) return say(w.pick);
    if (reden === 'anders' && !words.trim()) return say(w.wordsFirst);
    work(true);
    send('POST', '/moderaties', { gemeente, soort, object, reden, ...(words.trim() ? { toelichting: words.trim() } : {}) }, key).then(() => { box.current?.close(); done(); }, (e: unknown) => {
      work(false);
      if (!(e instanceof Refusal && e.why === 'gone')) fresh(newKey());
      say((e instanceof Refusal && (e.faults.map((f) => f.reden).join(' ') || e.sentence)) || w.silent);
    });
  };
  return (
    <dialog ref={box} class="ask" aria-labelledby={`${id}t`} onClose={close}>
      <form method="dialog" onSubmit={(e) => { e.preventDefault(); act(); }}>
        <h2 id={`${id}t`}>{w.title}</h2>
        <p>{w.which}</p><blockquote>{text}</blockquote>
        <fieldset><legend>{w.why}</legend>{list.map((r) => (
          <label key={r.id} class="reason"><input type="radio" name={`${id}r`} value={r.id} checked={reden === r.id} onChange={() => { pick(r.id); say(''); }} /><span>{r.naam}<small>{r.meteenGewist ? w.forGood : w.kept}</small></span></label>
        ))}</fieldset>
        {reden === 'anders' && <label class="words">{w.words}<textarea class="utrecht-textarea" rows={2} maxLength={280} value={words} onInput={(e) => type(e.currentTarget.value)} /></label>}
        <p class="small">{w.told}</p>
        {fault && <p class="mention" role="alert">{fault}</p>}
        <p class="acts"><button type="submit" class="utrecht-button utrecht-button--primary-action" aria-disabled={busy || undefined}>{w.yes}</button><button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={() => box.current?.close()}>{w.no}</button></p>
      </form>
    </dialog>
  );
}
