// SPDX-License-Identifier: EUPL-1.2
// What the pages about organisations have alike: types, the chip that says who sees a thing, areas to choose from, and a conflict
// shown side by side.
import { useMemo, useState } from 'preact/hooks';
import { type Areas, type Num, type Root, useAll } from './api';
import type { Taken } from './moderation';
import { p } from './text_partner';

declare const PARTNER_STYLE: string;
export const ready = new Promise<void>((done) => {
  document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: PARTNER_STYLE, onload: () => done(), onerror: () => done() }));
});

export interface Choice { id: string; naam: string }
export interface Edited { delen: string; delenNaam: string; versie: number; openbareVersie: number; werkversie: boolean; magWijzigen: boolean; gewijzigdOp: string; weggehaald: Taken | null; magWeghalen: boolean }
export interface Place { code: string; naam: string }
export interface Contact { functie: string; telefoon: string | null; mail: string | null }
export interface Means { jaar: number; uren: Num; budget: Num }
export interface Partner extends Edited {
  gemeente: string; id: string; naam: string; soort: string; soortNaam: string; over: string; website: string; gebieden: Place[]; functies: Contact[];
  middelenDelen: string; middelenDelenNaam: string; middelen: Means[] | null; functiesWeggehaald: Taken | null;
}
export interface Partners { gemeente: string | null; magToevoegen: boolean; magBesluiten: boolean; soorten: Choice[]; themas: Choice[]; leeftijden: string[]; delen: Choice[]; partners: Partner[] }
export interface Offer extends Edited {
  nr: number; gemeente: string; partner: string; partnerNaam: string; titel: string; wat: string; thema: string; themaNaam: string; leeftijdVan: number; leeftijdTot: number; gebieden: Place[];
}

/** Who sees it: words, never colour alone. */
export const Chip = ({ of }: { of: Edited }) => <span class={`share share-${of.delen}`}><span class="sr">{p().shown}: </span>{of.delenNaam}</span>;
export const areaWords = (g: Place[]) => g.map((a) => a.naam).join(', ');

export function Contacts({ of }: { of: Partner }) {
  const w = p();
  if (of.functies.length === 0) return null;
  return <ul class="contacts" aria-label={w.contact}>{of.functies.map((f) => <li key={f.functie} lang="nl">{f.functie}{f.telefoon && <> · <a href={`tel:${f.telefoon.replace(/[^0-9+]/g, '')}`}>{f.telefoon}</a></>}{f.mail && <> · <a href={`mailto:${f.mail}`}>{f.mail}</a></>}</li>)}</ul>;
}

/** The gemeente, its wijken and buurten, to choose from. */
export function usePlaces(root: Root): { own: Place | null; wijken: Place[]; buurten: Place[]; ready: boolean } {
  const at = (n: string) => root.indelingen.find((d) => d.niveau === n), levels = ['gemeente', 'wijk', 'buurt'].filter(at);
  const all = useAll<Areas>(levels.map((n) => `/gebieden?niveau=${n}&indelingsjaar=${at(n)!.indelingsjaar}`));
  return useMemo(() => {
    const of = (n: string) => (all.data?.find((a) => a.niveau === n)?.gebieden ?? []).map((a) => ({ code: a.code, naam: a.naam })).sort((a, b) => a.naam.localeCompare(b.naam, 'nl'));
    return { own: of('gemeente')[0] ?? null, wijken: of('wijk'), buurten: of('buurt'), ready: all.data !== null };
  }, [all.data]);
}
export function PlaceOptions({ places }: { places: ReturnType<typeof usePlaces> }) {
  const w = p(), group = (label: string, list: Place[]) => <optgroup label={label}>{list.map((a) => <option key={a.code} value={a.code}>{a.naam}</option>)}</optgroup>;
  return <>{places.own && <option value={places.own.code}>{w.whole(places.own.naam)}</option>}{group(w.wijken, places.wijken)}{group(w.buurten, places.buurten)}</>;
}

export type Fields = Record<string, unknown>;
const say = (v: unknown): string => {
  if (Array.isArray(v)) return v.map((x) => (typeof x === 'object' && x ? Object.values(x as object).filter((y) => y !== null && y !== '').join(' · ') : String(x))).join('; ');
  return v === null || v === undefined ? '' : String(v);
};
/** What differs, side by side; the three ways on. words: how a value is told to people. */
export function Clash({ mine, theirs, take, words }: { mine: Fields; theirs: Fields; take: (v: Fields, how: 'mijne' | 'andere' | 'samen') => void; words: (key: string, v: unknown) => string | null }) {
  const w = p(), differ = Object.keys(mine).filter((k) => JSON.stringify(mine[k]) !== JSON.stringify(theirs[k]));
  const [pick, set] = useState<Record<string, boolean>>({});
  const told = (k: string, v: unknown) => (words(k, v) ?? say(v)) || w.nothing;
  return (
    <section class="clash" role="alertdialog" aria-labelledby="botsing">
      <h2 id="botsing" tabIndex={-1}>{w.clash}</h2>
      <p>{differ.length ? w.clashLead : w.same}</p>
      {differ.length > 0 && <div class="scroll" tabIndex={0} role="region" aria-label={w.clash}><table class="twin"><thead><tr><th scope="col">{w.part}</th><th scope="col">{w.mine}</th><th scope="col">{w.theirs}</th></tr></thead>
        <tbody>{differ.map((k) => (
          <tr key={k}><th scope="row">{w.fields[k] ?? k}</th>
            {[true, false].map((own) => <td key={String(own)}><label><input type="radio" name={`keus-${k}`} checked={(pick[k] ?? true) === own} onChange={() => set({ ...pick, [k]: own })} /> <span>{told(k, own ? mine[k] : theirs[k])}</span></label></td>)}</tr>
        ))}</tbody></table></div>}
      <p class="row acts">
        <button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={() => take(mine, 'mijne')}>{w.takeMine}</button>
        <button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={() => take(theirs, 'andere')}>{w.takeTheirs}</button>
        <button type="button" class="utrecht-button utrecht-button--primary-action" onClick={() => take({ ...mine, ...Object.fromEntries(differ.filter((k) => pick[k] === false).map((k) => [k, theirs[k]])) }, 'samen')}>{w.merge}</button>
      </p>
    </section>
  );
}
