// SPDX-License-Identifier: EUPL-1.2
// The first step: choosing files, by button or by dropping them, and the list of what is on its way or waits.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Failure } from './api';
import { percent } from './format';
import { type Brief, busy, ended } from './import_api';
import { Act, inWords, Say, Sentence, size } from './import_parts';
import { words } from './text_import';

/** A file of this visit, until the server has it. */
export interface Sent { n: number; file: File; state: 'waits' | 'sends' | 'sent' | 'failed'; done: number; id?: string; failure?: Failure | 'empty' | 'large' }
export const hrefOf = (id: string) => `/gegevens/import?id=${encodeURIComponent(id)}`;

export function Drop({ take, why }: { take: (files: File[]) => void; why?: string }) {
  const w = words(), [over, set] = useState(false), input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // a file dropped beside the box would else replace the page
    const f = (e: DragEvent) => e.preventDefault();
    addEventListener('dragover', f);
    addEventListener('drop', f);
    return () => { removeEventListener('dragover', f); removeEventListener('drop', f); };
  }, []);
  return (
    <div class={over ? 'drop over' : 'drop'} onDragOver={() => { if (!why) set(true); }} onDragLeave={(e) => { if (!(e.currentTarget as HTMLElement).contains(e.relatedTarget as Node)) set(false); }}
      onDrop={(e) => { e.preventDefault(); set(false); if (!why) take([...(e.dataTransfer?.files ?? [])]); }}>
      <input ref={input} type="file" multiple hidden aria-hidden="true" tabIndex={-1} onChange={(e) => { take([...(e.currentTarget.files ?? [])]); e.currentTarget.value = ''; }} />
      <p class="row"><Act main press={() => input.current?.click()} why={why}>{w.choose}</Act>{!why && <span>{over ? w.dropNow : w.drop}</span>}</p>
      <p class="small">{w.kinds}</p>
    </div>
  );
}
function Going({ s, stop, again }: { s: Sent; stop: (n: number) => void; again: (n: number) => void }) {
  const w = words(), share = s.file.size ? s.done / s.file.size : 0, f = s.failure;
  return (
    <li><span><b class="any">{s.file.name}</b> <span class="quiet">{size(s.file.size)}</span></span>
      {s.state === 'sends' && <progress aria-label={s.file.name} value={share} max={1} />}
      <span class="row">{s.state === 'waits' ? w.waits : s.state === 'sends' ? w.sending(percent(Math.floor(share * 100) / 100)) : <span>{w.notSent}. {f === 'empty' ? w.emptyFile : f === 'large' ? w.tooLarge : f ? inWords(f) : ''}</span>}
        {s.state === 'failed' && typeof f === 'object' && <button type="button" class="plain" onClick={() => again(s.n)}>{w.tryAgain}</button>}
        <button type="button" class="plain" onClick={() => stop(s.n)}>{s.state === 'failed' ? w.away : w.stop}<span class="sr"> {s.file.name}</span></button></span></li>
  );
}
/** What is on its way here, and what the server holds. */
export function Files({ sent, held, now, stop, again, heading }: { sent: Sent[]; held: Brief[]; now?: string; stop: (n: number) => void; again: (n: number) => void; heading: string }) {
  const w = words(), going = sent.filter((s) => s.state !== 'sent'), others = held.filter((i) => i.id !== now);
  const says = going.map((s) => `${s.file.name}: ${s.state === 'failed' ? w.notSent : s.state === 'waits' ? w.waits : w.sending(percent(Math.floor((4 * s.done) / (s.file.size || 1)) / 4))}`).join('. ');
  return (
    <>
      {going.length + others.length > 0 && (
        <section class="rule second files"><h2>{heading}</h2>
          <ul class="list">{going.map((s) => <Going key={s.n} s={s} stop={stop} again={again} />)}
            {others.map((i) => <li key={i.id}><span><b class="any">{i.naam}</b> <span class="quiet">{size(i.bytes)}</span></span><span class="row">{busy(i) && <i class="dot" aria-hidden="true" />}{w.stands[i.stand] ?? i.stand} <a href={hrefOf(i.id)} aria-label={`${ended(i) ? w.look : w.goOn}: ${i.naam}`}>{ended(i) ? w.look : w.goOn}</a></span></li>)}</ul>
        </section>
      )}
      <Say>{says}</Say>
    </>
  );
}
export function Start({ take, ...files }: { take: (files: File[]) => void } & Omit<Parameters<typeof Files>[0], 'heading'>) {
  const w = words();
  return (
    <>
      <Sentence step="start">{w.title}</Sentence>
      <p class="lead">{w.lead}</p>
      <Drop take={take} />
      <p class="mention">{w.noPeople}</p>
      <Files {...files} heading={w.filesHere} />
    </>
  );
}
