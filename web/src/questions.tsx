// SPDX-License-Identifier: EUPL-1.2
// «Vragen aan mij»: what waits for who is signed in, each with where it is answered.
import { useEffect, useState } from 'preact/hooks';
import { day } from './format';
import { send } from './session';
import { m } from './text_moderation';

interface Question { soort: string; soortNaam: string; object: string; wat: string; pad: string; klaarNaLezen: boolean; op: string }
/** extra: what waits in this browser alone. */
export function Questions({ extra, none }: { extra: number; none: string }) {
  const w = m(), [list, set] = useState<Question[]>([]), [turn, again] = useState(0);
  useEffect(() => {
    let live = true;
    send<{ vragen: Question[] }>('GET', '/vragen').then((a) => {
      if (!live) return;
      set(a.vragen);
      if (turn === 0 && location.hash === '#vragen') document.getElementById('vragen')?.scrollIntoView();
    }, () => undefined);
    return () => { live = false; };
  }, [turn]);
  const read = (q: Question) => void send('POST', '/vragen/gelezen', { soort: q.soort, object: q.object }).then(() => { again(turn + 1); document.dispatchEvent(new Event('wijk-vragen')); }, () => undefined);
  if (list.length === 0) return extra ? null : <p>{none}</p>;
  return (
    <ul class="questions">{list.map((q) => (
      <li key={q.soort + q.object}><span class="chip">{q.soortNaam}</span> {q.wat} <span class="small">{day(q.op.slice(0, 10))}</span> <a href={q.pad}>{q.klaarNaLezen ? w.look : w.decide}</a>{q.klaarNaLezen && <> <button type="button" class="plain" aria-label={`${w.read}: ${q.wat}`} onClick={() => read(q)}>{w.read}</button></>}</li>
    ))}</ul>
  );
}
