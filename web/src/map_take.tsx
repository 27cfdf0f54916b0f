// SPDX-License-Identifier: EUPL-1.2
// What one takes along from the map: a link that says which data it was made of, the table as a file, the view on paper.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Root } from './api';
import { moment } from './format';
import { why } from './map_box';
import type { View } from './map_view';
import { go } from './route';
import { t } from './text';
import { words } from './text_map';

const short = (v: string) => v.slice(0, 8);
/** A link of other data than these: said, not hidden. */
export function OtherVersion({ root, place }: { root: Root; place: URL }) {
  const asked = place.searchParams.get('v'), w = words();
  if (!asked || asked === root.gegevensversie) return null;
  const without = new URLSearchParams(place.search);
  without.delete('v');
  return <div class="mention other" role="status"><p>{w.gone(short(asked), short(root.gegevensversie))}</p><p><button type="button" class="plain" onClick={() => go(`${place.pathname}${without.size ? '?' + without : ''}`, true)}>{w.goneOk}</button></p></div>;
}

/** What a spreadsheet would run as a formula begins with a quote instead. */
const cell = (v: string) => { const safe = /^[=+\-@\t\r]/.test(v) ? `'${v}` : v; return /[",\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe; };
export function tableFile(view: View, beside: View | null, root: Root): string {
  const each = [view, ...(beside ? [beside] : [])], of = (v: View) => `${v.layer.name} ${v.since ? `${v.since}-` : ''}${v.period}${v.layer.unit ? ` (${v.layer.unit})` : ''}`;
  const head = [t.area, 'code', t.parent, ...each.flatMap((v) => [of(v), ...(!v.since && v.layer.total ? [t.classWord] : []), 'status']), t.version];
  const rows = [...view.listed].sort((a, b) => a.naam.localeCompare(b.naam, 'nl')).map((a) => [cell(a.naam), a.code, cell(view.parentName(a.ouder)), ...each.flatMap((v) => {
    const x = v.painted.values[a.nr] ?? null;
    return [x === null ? '' : String(x), ...(!v.since && v.layer.total ? [cell(v.words(a.nr) ?? '')] : []), x === null ? cell(why(v, a.nr)) : 'ok'];
  }), root.gegevensversie].join(','));
  return '\ufeff' + [head.map(cell).join(','), ...rows].join('\r\n') + '\r\n';
}
function save(text: string, name: string) {
  const a = Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' })), download: name });
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 1000);
}

const paper = new CSSStyleSheet();
/** Paper is chosen by a rule of our own: A3 lies, A4 stands. */
async function toPaper(size: 'A3' | 'A4', show: (size: 'A3' | 'A4' | null) => void) {
  paper.replaceSync(`@page { size: ${size} ${size === 'A3' ? 'landscape' : 'portrait'}; margin: 12mm; }`);
  if (!document.adoptedStyleSheets.includes(paper)) document.adoptedStyleSheets = [...document.adoptedStyleSheets, paper];
  show(size);
  // The picture of the map is made as if printing began, so that it is read by the time it does.
  dispatchEvent(new Event('beforeprint'));
  await new Promise((f) => requestAnimationFrame(() => requestAnimationFrame(f)));
  await Promise.all([...document.querySelectorAll<HTMLImageElement>('.paper-map')].map((i) => i.decode().catch(() => undefined)));
  print();
  show(null);
}

export function Take({ root, view, beside, place, onPaper }: { root: Root; view: View; beside: View | null; place: URL; onPaper: (size: 'A3' | 'A4' | null) => void }) {
  const w = words(), [link, set] = useState<{ text: string; copied: boolean } | null>(null), field = useRef<HTMLInputElement>(null);
  useEffect(() => set(null), [place.search]);
  useEffect(() => { if (link && !link.copied) field.current?.select(); }, [link]);
  const share = () => {
    const to = new URL(location.href);
    to.searchParams.set('v', root.gegevensversie);
    const told = (copied: boolean) => set({ text: to.href, copied });
    if (navigator.clipboard) navigator.clipboard.writeText(to.href).then(() => told(true), () => told(false)); else told(false);
  };
  const within = view.where && place.searchParams.get('binnen'), all = `/api/v1/uitvoer/csv?niveau=${view.at.niveau}${within ? `&binnen=${encodeURIComponent(within)}` : ''}`;
  return (
    <section class="take" aria-label={w.take}>
      <p class="row"><button type="button" class="plain" onClick={share}>{w.share}</button>
        <span>{w.print} <button type="button" class="plain" onClick={() => void toPaper('A4', onPaper)}>{w.paperA4}</button> · <button type="button" class="plain" onClick={() => void toPaper('A3', onPaper)}>{w.paperA3}</button></span>
        {view.period !== '' && <button type="button" class="plain" onClick={() => save(tableFile(view, beside, root), `${view.layer.id}-${view.at.niveau}-${view.period}.csv`.replace(/[^\w.-]/g, '_'))}>{w.csv}</button>}<a href={all} download>{w.csvAll}</a></p>
      {link && <p class="small" role="status">{link.copied ? w.copied : <label>{w.copyThis} <input ref={field} class="utrecht-textbox" readOnly value={link.text} /></label>} {w.shareNote}</p>}
    </section>
  );
}
export const Printed = ({ root, view }: { root: Root; view: View | null }) => <p class="only-paper small">{root.titel}{root.fictief ? ` (${t.fictional})` : ''} · {view && view.period !== '' ? `${view.layer.name}, ${moment(view.period)} · ` : ''}{words().printedFrom(root.gegevensversie)} · {location.host}</p>;
