// SPDX-License-Identifier: EUPL-1.2
// The forms of an organisation and of an offer. What is typed is kept by the browser until the server has it; when somebody else was
// first, both sides are shown.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Failure, type Root } from './api';
import { drafts, newKey, Refusal, send as call, wordsOf } from './session';
import { type Choice, Clash, type Fields, type Offer, type Partner, type Partners, type Place, PlaceOptions, usePlaces } from './partner_parts';
import { p } from './text_partner';

interface Form<T extends Fields> { v: T; set: (part: Partial<T>) => void; fault: string; busy: boolean; clash: { theirs: T; version: number } | null; take: (v: T) => void; send: () => void; draft: boolean; drop: () => void; leave: () => void }
/** One form with its draft, its key (the same one until it was answered) and its conflict. onto: where to change what was added
 * by somebody else in the meantime. */
function useForm<T extends Fields>(name: string, start: T, version: number, method: 'POST' | 'PUT', path: string, extra: Fields, read: (now: unknown) => T, done: (made: { id: string }) => void, onto?: (now: unknown) => string): Form<T> {
  const kept = drafts.read<{ v: T; version: number }>(name), use = kept !== null && JSON.stringify(kept.v) !== JSON.stringify(start) ? kept : null;
  const [v, put] = useState<T>(use?.v ?? start), [at, setAt] = useState(use?.version ?? version), [fault, say] = useState(''), [busy, wait] = useState(false), [draft, mark] = useState(use !== null), key = useRef(newKey());
  const [clash, meet] = useState<{ theirs: T; version: number } | null>(null), [other, turn] = useState<string | null>(null), change = method === 'PUT' || other !== null;
  const keep = (now: T, n: number) => { put(now); drafts.keep(name, { v: now, version: n }); key.current = newKey(); };
  const send = () => {
    if (busy) return;
    wait(true);
    say('');
    call<{ id: string }>(change ? 'PUT' : method, other ?? path, { ...extra, ...v, ...(change ? { versie: at } : {}) }, key.current).then((made) => { drafts.keep(name, null); wait(false); done(made); }, (e: unknown) => {
      wait(false);
      if (e instanceof Failure && e.code !== 'N-0') key.current = newKey();
      const now = e instanceof Refusal && e.why === 'conflict' ? (e.body as { nu?: { versie: number } } | null)?.nu : null;
      if (now && onto) turn(onto(now));
      if (now) return meet({ theirs: read(now), version: now.versie });
      say(wordsOf(e, p().silent));
    });
  };
  return {
    v, fault, busy, clash, send, draft, set: (part) => { keep({ ...v, ...part }, at); mark(false); },
    take: (now) => { if (!clash) return; setAt(clash.version); keep(now, clash.version); meet(null); },
    drop: () => { drafts.keep(name, null); put(start); setAt(version); mark(false); }, leave: () => drafts.keep(name, null),
  };
}

function Frame<T extends Fields>({ form, words, stop, title, children }: { form: Form<T>; words: (k: string, v: unknown) => string | null; stop: () => void; title: string; children: ComponentChildren }) {
  const w = p(), top = useRef<HTMLFormElement>(null);
  useEffect(() => { top.current?.querySelector<HTMLElement>('input, textarea, select')?.focus(); }, []);
  useEffect(() => { if (form.clash) document.getElementById('botsing')?.focus(); }, [form.clash]);
  if (form.clash) return <Clash mine={form.v} theirs={form.clash.theirs} words={words} take={(v) => form.take(v as T)} />;
  return (
    <form class="form" ref={top} aria-label={title} onSubmit={(e) => { e.preventDefault(); form.send(); }}>
      {form.draft && <p class="mention" role="status">{w.draft} <button type="button" class="plain" onClick={form.drop}>{w.dropDraft}</button></p>}
      {children}
      {form.fault && <p class="mention" role="alert">{form.fault}</p>}
      <p class="acts"><button type="submit" class="utrecht-button utrecht-button--primary-action" aria-disabled={form.busy}>{form.busy ? w.saving : w.save}</button><button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={() => { form.leave(); stop(); }}>{w.cancel}</button></p>
    </form>
  );
}

const Pick = ({ id, label, value, options, set }: { id: string; label: string; value: string; options: Choice[]; set: (v: string) => void }) => (
  <label for={id}>{label}<select id={id} value={value} required={value === ''} onChange={(e) => set(e.currentTarget.value)}>{value === '' && <option value="">{p().choose}</option>}{options.map((o) => <option key={o.id} value={o.id}>{o.naam}</option>)}</select></label>
);
/** Public can only be kept here, never given: that takes a proposal. */
const sharings = (lists: Partners, was: number) => lists.delen.filter((d) => d.id !== 'openbaar' || was > 0).map((d) => (d.id === 'openbaar' ? { id: d.id, naam: p().publicWord } : d));

function AreaPicker({ root, value, set }: { root: Root; value: string[]; set: (v: string[]) => void }) {
  const w = p(), places = usePlaces(root), name = (c: string) => [places.own, ...places.wijken, ...places.buurten].find((a) => a?.code === c)?.naam ?? c;
  return (
    <fieldset><legend>{w.areas}</legend>
      <ul class="picked">{value.map((c) => <li key={c}>{name(c)}<button type="button" aria-label={w.dropArea(name(c))} onClick={() => set(value.filter((x) => x !== c))}>×</button></li>)}</ul>
      <label for="gebied-erbij">{w.addArea}<select id="gebied-erbij" value="" onChange={(e) => { const c = e.currentTarget.value; if (c && !value.includes(c)) set([...value, c]); e.currentTarget.value = ''; }}><option value="">{w.choose}</option><PlaceOptions places={places} /></select></label>
    </fieldset>
  );
}
const codes = (g: Place[]) => g.map((a) => a.code);
const nameOf = (list: Choice[], v: unknown) => list.find((x) => x.id === v)?.naam ?? null;

// ---- an organisation

interface PartnerFields extends Fields { naam: string; soort: string; over: string; website: string; delen: string; gebieden: string[]; functies: { functie: string; telefoon: string; mail: string }[]; middelenDelen: string; middelen: { jaar: string; uren: string; budget: string }[] }
const text = (n: number | null) => (n === null ? '' : String(n));
const fieldsOf = (x: Partner): PartnerFields => ({
  naam: x.naam, soort: x.soort, over: x.over, website: x.website, delen: x.delen, gebieden: codes(x.gebieden), functies: x.functies.map((f) => ({ functie: f.functie, telefoon: f.telefoon ?? '', mail: f.mail ?? '' })),
  middelenDelen: x.middelenDelen, middelen: (x.middelen ?? []).map((m) => ({ jaar: String(m.jaar), uren: text(m.uren), budget: text(m.budget) })),
});
const EMPTY: PartnerFields = { naam: '', soort: '', over: '', website: '', delen: 'partners', gebieden: [], functies: [], middelenDelen: 'organisatie', middelen: [] };
/** of: null adds one, to the gemeente of who does. */
export function PartnerForm({ root, of, lists, done, stop }: { root: Root; of: Partner | null; lists: Partners; done: (made: { id: string }) => void; stop: () => void }) {
  const w = p(), at = (x: unknown) => `/partners/${encodeURIComponent((x as Partner).id)}`, gemeente = of?.gemeente ?? lists.gemeente;
  const form = useForm<PartnerFields>(of ? `partner:${of.gemeente}:${of.id}` : 'partner:nieuw', of ? fieldsOf(of) : EMPTY, of?.versie ?? 0, of ? 'PUT' : 'POST', of ? at(of) : '/partners', gemeente ? { gemeente } : {}, (now) => fieldsOf(now as Partner), done, at), { v, set } = form;
  const places = usePlaces(root), words = (k: string, x: unknown) => (k === 'soort' ? nameOf(lists.soorten, x) : k === 'delen' || k === 'middelenDelen' ? nameOf(lists.delen, x) : k === 'gebieden' ? (x as string[]).map((c) => [places.own, ...places.wijken, ...places.buurten].find((a) => a?.code === c)?.naam ?? c).join(', ') : null);
  const contact = (k: number, part: Partial<PartnerFields['functies'][number]>) => set({ functies: v.functies.map((f, i) => (i === k ? { ...f, ...part } : f)) });
  const year = (k: number, part: Partial<PartnerFields['middelen'][number]>) => set({ middelen: v.middelen.map((m, i) => (i === k ? { ...m, ...part } : m)) });
  return (
    <Frame form={form} words={words} stop={stop} title={of ? `${w.edit}: ${of.naam}` : w.add}>
      <label for="naam">{w.name}<input id="naam" value={v.naam} required maxLength={120} onInput={(e) => set({ naam: e.currentTarget.value })} /></label>
      <Pick id="soort" label={w.kind} value={v.soort} options={lists.soorten} set={(soort) => set({ soort })} />
      <label for="over">{w.about}<textarea id="over" value={v.over} maxLength={2000} onInput={(e) => set({ over: e.currentTarget.value })} /></label>
      <label for="website">{w.siteLabel}<input id="website" type="url" value={v.website} maxLength={120} onInput={(e) => set({ website: e.currentTarget.value })} /></label>
      <AreaPicker root={root} value={v.gebieden} set={(gebieden) => set({ gebieden })} />
      <fieldset><legend>{w.contacts}</legend><p class="small">{w.contactNote}</p>
        {v.functies.map((f, k) => (
          <div class="triple" key={k}>
            <label for={`f-${k}`}>{w.fn}<input id={`f-${k}`} value={f.functie} maxLength={120} onInput={(e) => contact(k, { functie: e.currentTarget.value })} /></label>
            <label for={`t-${k}`}>{w.phone}<input id={`t-${k}`} type="tel" value={f.telefoon} onInput={(e) => contact(k, { telefoon: e.currentTarget.value })} /></label>
            <label for={`m-${k}`}>{w.mail}<input id={`m-${k}`} type="email" value={f.mail} onInput={(e) => contact(k, { mail: e.currentTarget.value })} /></label>
            <button type="button" class="plain" aria-label={`${w.drop}: ${f.functie}`} onClick={() => set({ functies: v.functies.filter((_, i) => i !== k) })}>{w.drop}</button>
          </div>
        ))}
        <p><button type="button" class="plain" onClick={() => set({ functies: [...v.functies, { functie: '', telefoon: '', mail: '' }] })}>{w.addContact}</button></p>
      </fieldset>
      {of?.middelen !== null && <fieldset><legend>{w.means}</legend>
        {v.middelen.map((m, k) => (
          <div class="triple" key={k}>
            <label for={`j-${k}`}>{w.year}<input id={`j-${k}`} inputMode="numeric" value={m.jaar} onInput={(e) => year(k, { jaar: e.currentTarget.value.trim() })} /></label>
            <label for={`u-${k}`}>{w.hours}<input id={`u-${k}`} inputMode="numeric" value={m.uren} onInput={(e) => year(k, { uren: e.currentTarget.value.trim() })} /></label>
            <label for={`b-${k}`}>{w.budget}<input id={`b-${k}`} inputMode="numeric" value={m.budget} onInput={(e) => year(k, { budget: e.currentTarget.value.trim() })} /></label>
            <button type="button" class="plain" aria-label={`${w.drop}: ${m.jaar}`} onClick={() => set({ middelen: v.middelen.filter((_, i) => i !== k) })}>{w.drop}</button>
          </div>
        ))}
        <p><button type="button" class="plain" onClick={() => set({ middelen: [...v.middelen, { jaar: String(Math.max(2025, ...v.middelen.map((m) => Number(m.jaar) || 0)) + 1), uren: '', budget: '' }] })}>{w.addYear}</button></p>
        <Pick id="middelen-delen" label={w.meansSharing} value={v.middelenDelen} options={lists.delen.filter((d) => d.id !== 'concept')} set={(middelenDelen) => set({ middelenDelen })} />
      </fieldset>}
      <Pick id="delen" label={w.sharing} value={v.delen} options={sharings(lists, of?.openbareVersie ?? 0)} set={(delen) => set({ delen })} />
    </Frame>
  );
}

// ---- an offer

interface OfferFields extends Fields { titel: string; wat: string; thema: string; leeftijdVan: string; leeftijdTot: string; delen: string; gebieden: string[] }
const offerFields = (o: Offer): OfferFields => ({ titel: o.titel, wat: o.wat, thema: o.thema, leeftijdVan: String(o.leeftijdVan), leeftijdTot: String(o.leeftijdTot), delen: o.delen, gebieden: codes(o.gebieden) });
export function OfferForm({ root, of, partner, lists, done, stop }: { root: Root; of: Offer | null; partner: Partner | null; lists: Partners; done: () => void; stop: () => void }) {
  const w = p(), start: OfferFields = of ? offerFields(of) : { titel: '', wat: '', thema: lists.themas[0]!.id, leeftijdVan: '0', leeftijdTot: '120', delen: 'partners', gebieden: codes(partner?.gebieden ?? []) };
  const form = useForm<OfferFields>(of ? `aanbod:${of.nr}` : `aanbod:nieuw:${partner!.id}`, start, of?.versie ?? 0, of ? 'PUT' : 'POST', of ? `/aanbod/${of.nr}` : '/aanbod', of ? { gemeente: of.gemeente } : { gemeente: partner!.gemeente, partner: partner!.id }, (now) => offerFields(now as Offer), done), { v, set } = form;
  const words = (k: string, x: unknown) => (k === 'thema' ? nameOf(lists.themas, x) : k === 'delen' ? nameOf(lists.delen, x) : null);
  return (
    <Frame form={form} words={words} stop={stop} title={of ? `${w.edit}: ${of.titel}` : w.addOffer}>
      <label for="titel">{w.offerTitle}<input id="titel" value={v.titel} required maxLength={120} onInput={(e) => set({ titel: e.currentTarget.value })} /></label>
      <label for="wat">{w.what}<textarea id="wat" value={v.wat} maxLength={2000} onInput={(e) => set({ wat: e.currentTarget.value })} /></label>
      <Pick id="thema" label={w.theme} value={v.thema} options={lists.themas} set={(thema) => set({ thema })} />
      <div class="triple">
        <label for="van">{w.from}<input id="van" inputMode="numeric" value={v.leeftijdVan} onInput={(e) => set({ leeftijdVan: e.currentTarget.value.trim() })} /></label>
        <label for="tot">{w.to}<input id="tot" inputMode="numeric" value={v.leeftijdTot} onInput={(e) => set({ leeftijdTot: e.currentTarget.value.trim() })} /></label>
      </div>
      <AreaPicker root={root} value={v.gebieden} set={(gebieden) => set({ gebieden })} />
      <Pick id="delen-aanbod" label={w.sharing} value={v.delen} options={sharings(lists, of?.openbareVersie ?? 0)} set={(delen) => set({ delen })} />
    </Frame>
  );
}
