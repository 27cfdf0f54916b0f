// SPDX-License-Identifier: EUPL-1.2
// How many signals of professionals an area had, for anyone: by theme and quarter, never a number below five and never a word of
// what was written. On the page of an area, where somebody looks; fetched then.
import { useApi } from './api';
import type { Counts } from './signal_api';
import { Part } from './states';
import { g } from './text_signal';

export default function SignalCounts({ code }: { code: string }) {
  const w = g(), counts = useApi<Counts>(`/gebieden/${code}/signalen`);
  if (counts.failure) return null; // a server that cannot keep anything has none
  return (
    <section class="rule" id="signalen"><h2>{w.area}</h2><p class="small">{w.areaLead}</p>
      <Part of={counts} lines={3}>{(d) => {
        const shown = d.themas.filter((t) => t.kwartalen.some((q) => q.aantal !== null) || t.thema === null);
        return (
          <>
            <table class="twin cards"><caption class="sr">{w.area}</caption>
              <thead><tr><th scope="col">{w.theme}</th>{d.themas[0]?.kwartalen.map((q) => <th scope="col" class="r" key={q.kwartaal}>{w.quarterName(q.kwartaal)}</th>)}</tr></thead>
              <tbody>{shown.map((t) => <tr key={t.thema ?? ''}><th scope="row">{t.themaNaam}</th>{t.kwartalen.map((q) => <td class={q.aantal === null ? 'r why' : 'r'} data-is={w.quarterName(q.kwartaal)} key={q.kwartaal}>{q.tekst}</td>)}</tr>)}</tbody></table>
            <p class="small">{w.workHere} <a href={/^BU/.test(code) ? `/signaal?buurt=${code}` : '/signaal'}>{w.giveSignal}</a> · <a href={`/signalen/gegeven${/^BU/.test(code) ? `?buurt=${code}` : ''}`}>{w.readThem}</a> · <a href={`/api/v1/gebieden/${code}/signalen`}>{w.api}</a></p>
          </>
        );
      }}</Part>
    </section>
  );
}
