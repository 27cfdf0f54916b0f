// SPDX-License-Identifier: EUPL-1.2
// A signal as it is shown, with what was done with it; and taking away what should not stand there.
import { day } from './format';
import { Gone, TakeAway } from './moderation';
import type { Signal } from './signal_api';
import { Sharing } from './signal_parts';
import { g } from './text_signal';

/** The words that were sent, and how: shown to who wrote it and to who may read it. */
export function Told({ s, done }: { s: Signal; done?: () => void }) {
  const w = g();
  return (
    <>
      {s.weggehaald ? <Gone of={s.weggehaald} /> : <p class="what" lang="nl">«{s.zin}»</p>}
      <p class="small">{s.themaNaam} · {s.buurtNaam}{s.straal ? `, ${w.circleWords(s.straal)}` : ''} · {s.zekerNaam} · {day(s.gemaaktOp.slice(0, 10))}{s.vanMij ? ` · ${w.own}` : s.organisatieNaam ? ` · ${w.by} ${s.organisatieNaam}` : ''} <Sharing id={s.gedeeld} words={s.gedeeldNaam} /> <span class="share">{s.staatNaam}</span>{done && s.magWeghalen && s.zin && <> <TakeAway soort="signaal" object={s.id} gemeente={s.gemeente} text={s.zin} done={done} /></>}</p>
      {s.terugkoppelingen.map((r) => r.weggehaald ? <Gone key={r.id} of={r.weggehaald} /> : <p class="reply" key={r.id}><b>{r.soortNaam}</b> <span lang="nl">{r.tekst}</span> <span class="small">{day(r.gemaaktOp.slice(0, 10))}</span>{done && s.magWeghalen && <> <TakeAway soort="terugkoppeling" object={r.id} gemeente={s.gemeente} text={r.tekst} done={done} /></>}</p>)}
    </>
  );
}
