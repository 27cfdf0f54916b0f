// SPDX-License-Identifier: EUPL-1.2
// One sentence with its guard, kept in the tab until it is sent. The server decides; here only what needs no list of names is
// looked at while there is no connection.
import { useEffect, useRef, useState } from 'preact/hooks';
import { call, type Finding } from './signal_api';
import { g } from './text_signal';

export const MOST_SIGNS = 280, LEAST_SIGNS = 10;
const PLAIN: [RegExp, string][] = [[/[\w.+-]+@[\w-]+\.[a-z]{2,}/i, 'email'], [/(?:\+31|0)[\d\s().-]{9,}/, 'phone'], [/\b\d{3}[ .-]?\d{3}[ .-]?\d{3}\b/, 'bsn'], [/\b(?:huis)?(?:nummer|nr\.?)\s*\d{1,4}\b/i, 'address'], [/(?:straat|laan|weg|plein|gracht|kade|singel|hof)\s+\d{1,4}\b/i, 'address'], [/\b(?:mevrouw|meneer|dhr\.?|mw\.?|familie)\s+[A-Z]\w+/, 'name']];
function atHand(text: string): Finding[] {
  for (const [is, soort] of PLAIN) {
    const m = is.exec(text);
    if (m) return [{ soort, soortNaam: '', van: [...text.slice(0, m.index)].length, tot: [...text.slice(0, m.index + m[0].length)].length, advies: g().hint }];
  }
  return [];
}
/** What in the text points at a person, a moment after the last key. */
export function useGuard(text: string, ask: boolean): Finding[] {
  const [found, set] = useState<Finding[]>([]);
  useEffect(() => {
    let live = true;
    if (text.trim().length < 3) { set([]); return; }
    const timer = setTimeout(() => {
      if (!ask) return set(atHand(text));
      call<{ vondsten: Finding[] }>('POST', '/tekstkeuring', { tekst: text }).then((r) => live && set(r.vondsten), () => live && set(atHand(text)));
    }, 300);
    return () => { live = false; clearTimeout(timer); };
  }, [text, ask]);
  return found;
}
export const pieceOf = (text: string, f: Finding) => [...text].slice(f.van, f.tot).join('');

export function Sentence({ id, label, text, type, found, rows = 3 }: { id: string; label: string; text: string; type: (t: string) => void; found: Finding[]; rows?: number }) {
  const w = g(), box = useRef<HTMLTextAreaElement>(null), n = [...text.trim()].length, over = n - MOST_SIGNS;
  return (
    <div class="sentence">
      <label for={id}>{label}</label>
      <p class="small" id={`${id}-hulp`}>{w.hint}</p>
      <textarea ref={box} id={id} class="utrecht-textbox" rows={rows} value={text} aria-describedby={`${id}-hulp ${id}-wacht`} aria-invalid={found.length > 0 || over > 0} onInput={(e) => type(e.currentTarget.value)} />
      <div id={`${id}-wacht`} role="status">{found.map((f) => <p class="mention" key={f.van} data-soort={f.soort}><b>{w.found(pieceOf(text, f))}</b> {f.advies}</p>)}</div>
      <p class="small count">{over > 0 ? w.tooLong(over) : w.left(-over)}</p>
    </div>
  );
}
export function Choice({ name, legend, options, value, choose }: { name: string; legend: string; options: Record<string, string>; value: string; choose: (v: string) => void }) {
  return (
    <fieldset class="choice"><legend>{legend}</legend>
      {Object.entries(options).map(([id, words]) => <label key={id} class={value === id ? 'pick on' : 'pick'}><input type="radio" name={name} value={id} checked={value === id} onChange={() => choose(id)} /> {words}</label>)}
    </fieldset>
  );
}
