// SPDX-License-Identifier: EUPL-1.2
// Every separate figure of an area by theme: the newest with its small line, the other years at a press.
import { useState } from 'preact/hooks';
import type { AreaIndicator, AreaPage, Value } from './api';
import { amount, moment, unitBeside, year } from './format';
import { Figure } from './number';
import { t } from './text';

/** Themes: who lives there first, then how, then what stands around; a theme we do not know yet follows by name. */
const ORDER = ['bevolking', 'huishoudens', 'wonen', 'inkomen', 'werk', 'sociale-zekerheid', 'sociaal-economisch', 'onderwijs', 'zorg', 'veiligheid', 'voorzieningen', 'bedrijven', 'vervoer', 'energie', 'ruimte', 'leefbaarheid'];
const place = (theme: string) => { const k = ORDER.indexOf(theme); return k < 0 ? ORDER.length : k; };

/** The figures that stand on their own: no score and no part of one. */
export function separate(d: AreaPage): AreaIndicator[] {
  const parts = new Set(d.scores.flatMap((s) => s.dimensies.map((x) => x.indicator)));
  return d.waarden.filter((w) => w.reeks.length > 0 && !parts.has(w.indicator) && w.indicator !== 'border_change' && !d.scores.some((s) => w.indicator.startsWith(s.methode + '.')));
}

export function Indicators({ d }: { d: AreaPage }) {
  const all = separate(d);
  const own = [...all.filter((w) => !w.samenstelling), ...all.filter((w) => w.samenstelling)];
  const themes = [...new Set(own.map((w) => w.thema))].sort((a, b) => place(a) - place(b) || a.localeCompare(b, 'nl'));
  if (!own.length) return <p class="small">{t.noValues}</p>;
  return <div class="themes">{themes.map((name) => {
    const of = own.filter((w) => w.thema === name);
    return <section key={name} class={of.length > 8 ? 'long' : ''}><h3>{t.themes[name] ?? name}</h3><ul class="list">{of.map((w) => <One key={w.indicator} d={d} w={w} />)}</ul></section>;
  })}</div>;
}

/** The course in a thumbnail; it parts where a year is missing, dashed towards an estimated year, and with an upright where a border moved. */
function Spark({ series }: { series: Value[] }) {
  const known = series.filter((r) => r.waarde !== null), v = known.map((r) => r.waarde!);
  if (known.length < 3) return null;
  const low = Math.min(...v), high = Math.max(...v), from = year(series[0]!.periode), span = year(series[series.length - 1]!.periode) - from || 1;
  const across = (y: number) => ((y - from) / span) * 58 + 1;
  const spot = (r: Value) => `${across(year(r.periode)).toFixed(1)} ${high === low ? 9 : (16 - ((r.waarde! - low) / (high - low)) * 14).toFixed(1)}`;
  const steps = series.slice(1).map((r, k) => ({ a: series[k]!, b: r })).filter(({ a, b }) => a.waarde !== null && b.waarde !== null && !a.grens);
  const path = (dashed: boolean) => steps.filter(({ a, b }) => (a.status === 'estimated' || b.status === 'estimated') === dashed).map(({ a, b }) => `M${spot(a)}L${spot(b)}`).join('');
  const breaks = series.slice(1).flatMap((r, k) => (series[k]!.grens ? [across((year(series[k]!.periode) + year(r.periode)) / 2).toFixed(1)] : []));
  const line = { fill: 'none', stroke: '#66707a', 'stroke-width': '1.5', 'stroke-linecap': 'round' } as const;
  return <svg class="spark" width="60" height="18" viewBox="0 0 60 18" aria-hidden="true"><path d={path(false)} {...line} /><path class="crossed" d={path(true)} {...line} stroke-dasharray="1.5 3" />{breaks.map((x) => <path key={x} class="border" d={`M${x} 0V18`} {...line} stroke-width="1" stroke-dasharray="2 2" />)}</svg>;
}

function One({ d, w }: { d: AreaPage; w: AreaIndicator }) {
  const [open, set] = useState(false);
  const last = w.reeks[w.reeks.length - 1]!, known = [...w.reeks].reverse().find((r) => r.waarde !== null);
  const why = (r: Value) => (r.status === 'suppressed' ? t.tooSmall : r.status === 'not_applicable' ? t.notApply : t.missing);
  const says = (r: Value) => (r.waarde === null ? why(r) : amount(r.waarde, unitBeside(w.naam, w.eenheid), w.decimalen));
  const cell = (r: Value, more = '') => <Figure code={d.code} indicator={w.indicator} period={r.periode} division={d.indelingsjaar} quiet={r.waarde === null}>{says(r)}{more}</Figure>;
  const states = (r: Value) => [r.status === 'provisional' && t.provisional, r.status === 'estimated' && (r.verschoven ? t.crossed(r.indelingsjaar!, Math.max(1, Math.round(100 * r.verschoven))) : t.estimate)].filter(Boolean).join(', ');
  const moved = [...w.reeks].reverse().find((r) => r.grens)?.grens;
  const many = w.reeks.length > 1, id = `jaren-${w.indicator}`;
  return (
    <li><span>{many ? <button type="button" class="opens" aria-expanded={open} aria-controls={id} title={t.showYears} onClick={() => set(!open)}>{w.naam}</button> : w.naam} <small>{moment(last.periode)}{last.status === 'estimated' ? `, ${t.estimate}` : states(last) ? `, ${states(last)}` : ''}{moved ? ` · ${moved}` : ''}</small></span>
      <span><Spark series={w.reeks} />{cell(last, last.waarde === null && last.status === 'missing' && known ? `, ${t.lastKnown(moment(known.periode))}` : '')}{last.waarde !== null && w.soort === 'geschat' ? <small> {t.estimate}</small> : ''}</span>
      {many && <div id={id} class="years-of" hidden={!open} tabIndex={open ? 0 : -1} role="region" aria-label={w.naam}>{open && <table class="twin"><thead><tr><th scope="col">{t.year}</th><th scope="col" class="r">{w.naam}</th></tr></thead><tbody>{[...w.reeks].reverse().map((r) => <>{r.grens && <tr key={`${r.periode} grens`} class="border"><td colSpan={2}>{r.grens}</td></tr>}<tr key={r.periode}><th scope="row">{moment(r.periode)}</th><td class="r">{cell(r)}{states(r) ? <small> {states(r)}</small> : ''}</td></tr></>)}</tbody></table>}</div>}
    </li>
  );
}
