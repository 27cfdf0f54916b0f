// SPDX-License-Identifier: EUPL-1.2
// The table twin of the map: the same figures, alphabetical at first, sortable, an empty cell says why.
import { useMemo, useState } from 'preact/hooks';
import type { Area } from './api';
import { moment } from './format';
import { show } from './layer';
import { Figure } from './number';
import { why } from './map_box';
import type { View } from './map_view';
import { hasPage, pageOf } from './route';
import { t } from './text';

const PAGE = 200;
/** One figure of one view, or why there is none. */
function Cell({ view, a }: { view: View; a: Area }) {
  const v = view.painted.values[a.nr] ?? null;
  if (v === null) return <td class="why">{why(view, a.nr)}</td>;
  return <td class="r">{view.words(a.nr) ? `${view.words(a.nr)} · ` : ''}<Figure code={a.code} indicator={view.layer.indicator} period={view.period} division={view.at.indelingsjaar}>{show(view.layer, v, view.since !== null)}</Figure></td>;
}
/** beside: the map on the right, of the same areas, as one more column. whole: all rows, for paper. */
export function AreaTable({ view, beside = null, whole = false }: { view: View; beside?: View | null; whole?: boolean }) {
  const [by, setBy] = useState<'name' | 'parent' | 'value'>('name'), [down, setDown] = useState(false), [most, setMost] = useState(whole ? Infinity : PAGE);
  const { layer, painted, period, since } = view;
  const parents = view.listed.some((a) => view.parentName(a.ouder) !== ''), words = !since && layer.total && !beside;
  const rows = useMemo(() => {
    const way = down ? -1 : 1;
    const text = (a: Area) => (by === 'parent' ? view.parentName(a.ouder) : a.naam);
    return [...view.listed].sort((a, b) => {
      if (by === 'value') {
        const x = painted.values[a.nr] ?? null, y = painted.values[b.nr] ?? null;
        if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
        return way * (x - y);
      }
      return way * (text(a).localeCompare(text(b), 'nl') || a.naam.localeCompare(b.naam, 'nl'));
    });
  }, [view, by, down]);
  const head = (id: typeof by, name: string, kind = '') => (
    <th scope="col" class={kind} aria-sort={by === id ? (down ? 'descending' : 'ascending') : 'none'}>
      <button type="button" title={t.sortBy(name)} onClick={() => { setDown(by === id ? !down : false); setBy(id); }}>{name}<svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">{by === id && <path d={down ? 'M0 1h10L5 9z' : 'M0 9h10L5 1z'} />}</svg></button>
    </th>
  );
  return (
    <div class="table-box" tabIndex={0} role="region" aria-label={`${layer.name} ${period}`}>
      <table class="twin big-table"><thead><tr>{head('name', t.area)}{parents && head('parent', t.parent, 'par')}{words && <th scope="col">{t.classWord}</th>}{head('value', since ? `${t.difference} ${moment(since)} – ${moment(period)}` : layer.method ? `${t.deviation} ${moment(period)}` : `${layer.unit || t.value} ${moment(period)}`, 'r')}{beside && <th scope="col" class="r">{beside.layer.name} {moment(beside.period)}</th>}</tr></thead>
        <tbody>{rows.slice(0, most).map((a) => {
          const v = painted.values[a.nr] ?? null;
          return (
            <tr key={a.code} data-code={a.code}><th scope="row">{hasPage(view.at.niveau) ? <a href={pageOf(view.at.niveau, a.code)}>{a.naam}</a> : a.naam}{parents && <small class="in">{view.parentName(a.ouder)}</small>}</th>{parents && <td class="par">{view.parentName(a.ouder)}</td>}
              {beside ? <Cell view={view} a={a} /> : v === null ? <td colSpan={words ? 2 : 1} class="why">{why(view, a.nr)}</td> : <>{words && <td>{view.words(a.nr)}</td>}<td class="r"><Figure code={a.code} indicator={layer.indicator} period={period} division={view.at.indelingsjaar}>{show(layer, v, since !== null)}</Figure></td></>}{beside && <Cell view={beside} a={a} />}</tr>
          );
        })}</tbody></table>
      {rows.length > most && <p class="more"><button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={() => setMost(most + 1000)}>{t.showMore(Math.min(1000, rows.length - most))}</button></p>}
    </div>
  );
}
