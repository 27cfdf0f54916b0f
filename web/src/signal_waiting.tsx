// SPDX-License-Identifier: EUPL-1.2
// What waits on this device to be sent, with what can be done about it.
import { accountHere } from './session';
import { Sharing } from './signal_parts';
import { claim, drop, flush, type Shared, type Waiting } from './signal_queue';
import { g } from './text_signal';

/** What waits, and what was refused, each with what can be done about it. Words only of who is signed in: a phone may be shared. */
export function Queue({ list, adapt, sent }: { list: Shared; adapt: (w: Waiting) => void; sent: (n: number) => void }) {
  const w = g(), open = list.own.filter((x) => !x.refused), refused = list.own.filter((x) => x.refused), known = accountHere() !== null;
  const secondary = 'utrecht-button utrecht-button--secondary-action';
  if (!list.own.length && !list.nobody.length && !list.others) return null;
  return (
    <section class="queue" aria-live="polite">
      {open.length > 0 && <><h2>{w.waitingTitle(open.length)}</h2><ul>{open.map((x) => <li key={x.key}><span class="share">{w.waits}</span> {x.themaNaam}, {x.buurtNaam}: <span lang="nl">«{x.body.zin}»</span> <Sharing id={x.body.gedeeld} words={w.shares[x.body.gedeeld] ?? ''} /></li>)}</ul>
        <p><button type="button" class={secondary} onClick={() => void flush().then(sent)}>{w.sendNow}</button></p></>}
      {refused.length > 0 && <><h2>{w.refusedTitle}</h2><ul>{refused.map((x) => <li key={x.key}><span lang="nl">«{x.body.zin}»</span> <span class="small">{x.refused}</span> <button type="button" class="plain" onClick={() => adapt(x)}>{w.adapt}</button> <button type="button" class="plain" onClick={() => void drop(x.key)}>{w.throwAway}</button></li>)}</ul></>}
      {list.nobody.length > 0 && <><h2>{w.nobodyTitle(list.nobody.length)}</h2><p>{w.nobodyWhy}{!known && <> <a href="/aanmelden?terug=/signaal">{w.login}</a></>}</p>
        <ul class="nobody">{list.nobody.map((x) => { const what = `${x.themaNaam}, ${x.buurtNaam}, ${w.written(new Date(x.at))}`; return (
          <li key={x.key}>{what}<p class="row"><b>{w.yours}</b>{known && <button type="button" class={secondary} aria-label={`${w.send}: ${what}`} onClick={() => void claim(x).then(sent)}>{w.send}</button>}<button type="button" class="plain" aria-label={`${w.throwAway}: ${what}`} onClick={() => void drop(x.key)}>{w.throwAway}</button></p></li>
        ); })}</ul></>}
      {list.others > 0 && <p class="small others">{w.others(list.others)}</p>}
    </section>
  );
}
