// SPDX-License-Identifier: EUPL-1.2
// Where a change comes from, as bars around one zero line.
import { dev } from './format';

/** Rows around one shared zero line; twice what is too small to name fills half of it, so that little stays little. */
export function ZeroBars({ rows }: { rows: { name: string; value: number; strong?: boolean }[] }) {
  const most = Math.max(0.04, ...rows.map((r) => Math.abs(r.value)));
  return (
    <ul class="zero">
      {rows.map((r) => (
        <li key={r.name} class={r.strong ? 'sum' : ''}>
          <span>{r.name}</span>
          <svg viewBox="0 0 200 10" preserveAspectRatio="none" aria-hidden="true"><rect x={r.value < 0 ? 100 + (r.value / most) * 98 : 100} width={Math.max(0.8, (Math.abs(r.value) / most) * 98)} height="10" fill={r.value < 0 ? '#c0802f' : '#8071b5'} /><path d="M100 -5V15" stroke="#16202b" vector-effect="non-scaling-stroke" /></svg>
          <b>{dev(r.value)}</b>
        </li>
      ))}
    </ul>
  );
}
