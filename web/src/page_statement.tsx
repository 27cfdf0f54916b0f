// SPDX-License-Identifier: EUPL-1.2
// /toegankelijkheid and /privacy: what the municipality says about this site, in the language that was chosen; what it still has to fill in is marked.
import { type Root, useApi } from './api';
import { Part } from './states';
import { lang } from './text';

type Line = { soort: 'kop' | 'tekst' | 'punt' | 'open'; tekst: string };
const words = () => (lang() === 'en' ? { counts: 'The Dutch text is the one that counts.', open: 'Not filled in yet' } : { counts: '', open: 'Nog niet ingevuld' });

/** Lines that are points follow each other in one list. */
function blocks(lines: Line[]): (Line | Line[])[] {
  const out: (Line | Line[])[] = [];
  for (const l of lines) {
    const last = out[out.length - 1];
    if (l.soort !== 'punt') out.push(l);
    else if (Array.isArray(last)) last.push(l);
    else out.push([l]);
  }
  return out;
}
const Block = ({ b }: { b: Line | Line[] }) => (Array.isArray(b) ? <ul>{b.map((l) => <li key={l.tekst}>{l.tekst}</li>)}</ul>
  : b.soort === 'kop' ? <h2>{b.tekst}</h2> : b.soort === 'open' ? <p class="open"><b>{words().open}:</b> {b.tekst}.</p> : <p>{b.tekst}</p>);

export function StatementView({ place }: { root: Root; place: URL }) {
  const which = place.pathname.split('/')[1]!, w = words();
  const doc = useApi<{ titel: string; regels: Line[] }>(`/verklaringen/${which}`);
  return (
    <main id="inhoud" tabIndex={-1} class="method">
      <Part of={doc} lines={8}>{(d) => <><h1>{d.titel}</h1>{w.counts && <p class="small">{w.counts}</p>}<div class="prose">{blocks(d.regels).map((b, k) => <Block key={k} b={b} />)}</div></>}</Part>
    </main>
  );
}
