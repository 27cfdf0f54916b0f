// SPDX-License-Identifier: EUPL-1.2
// Small parts the steps of the import share: a heading that takes the focus, a button that says why it cannot, a fault in words,
// progress that is also heard, and a box that finds one of many.
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import type { Failure } from './api';
import { num, percent } from './format';
import { words } from './text_import';

let told = '';
/** The sentence of a step. A new step takes the focus here, so that it is read out and Tab goes on from it; a fresh page does not. */
export function Sentence({ step, children }: { step: string; children: ComponentChildren }) {
  const self = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (told === step) return;
    if (told) { self.current?.focus({ preventScroll: true }); scrollTo(0, 0); }
    told = step;
  }, [step]);
  return <h1 tabIndex={-1} ref={self}>{children}</h1>;
}
/** What is heard and not seen. */
export const Say = ({ children }: { children: ComponentChildren }) => <p class="sr" role="status" aria-live="polite">{children}</p>;

/** With `why` the button stays, dashed, and says why it cannot be used. */
export function Act({ main, why, press, children }: { main?: boolean; why?: string | null | false; press: () => void; children: ComponentChildren }) {
  const id = useId();
  return (
    <span class="act">
      <button type="button" class={`utrecht-button utrecht-button--${main ? 'primary' : 'secondary'}-action${why ? ' dashed' : ''}`} aria-disabled={why ? true : undefined} aria-describedby={why ? id : undefined}
        onClick={() => { if (!why) press(); }}>{children}</button>
      {why && <small id={id}>{why}</small>}
    </span>
  );
}
export function inWords(f: Failure): string {
  const w = words();
  if (f.code === 'N-0') return w.noServer;
  if (f.sentence) return f.sentence;
  return f.code === 'H-409' ? w.conflict : f.code === 'H-413' ? w.tooLarge : f.code === 'H-404' ? w.gone : f.code === 'H-503' || f.code === 'H-429' ? w.busyServer : w.failed;
}
export const Trouble = ({ failure, children }: { failure: Failure; children?: ComponentChildren }) => (
  <div class="failed" role="alert"><p>{inWords(failure)}</p>{children}<p class="small">{words().code} {failure.code}</p></div>
);
export function size(bytes: number): string {
  const k = bytes < 1000 ? 0 : bytes < 1e6 ? 1 : bytes < 1e9 ? 2 : 3;
  return words().bytes(num(bytes / 1000 ** k, k > 1 ? 1 : 0), ['bytes', 'kB', 'MB', 'GB'][k]!);
}
/** A figure with the decimals it came with. */
export const asRead = (v: number) => num(v, Math.min(6, /\.(\d+)$/.exec(String(v))?.[1]?.length ?? 0));

/** How far it is, in a bar and in words; spoken at every quarter. Silence for 5 seconds is «longer than usual». */
export function Progress({ name, done, total, stop, stopping }: { name: string; done: number; total: number; stop: () => void; stopping: boolean }) {
  const w = words(), [slow, set] = useState(false), share = total > 0 ? Math.min(1, done / total) : null;
  useEffect(() => {
    set(false);
    const timer = setTimeout(() => set(true), 5000);
    return () => clearTimeout(timer);
  }, [done, total]);
  return (
    <div class="progress">
      {share === null ? <progress aria-label={name} /> : <progress aria-label={name} value={share} max={1} />}
      <p class="small">{share === null ? w.working : w.percent(percent(Math.floor(share * 100) / 100))}</p>
      <p class="row">{slow && <span role="status">{w.slow}</span>}<Act press={stop} why={stopping && w.stopping}>{w.stop}</Act></p>
      <Say>{share === null ? w.working : w.percent(percent(Math.floor(share * 4) / 4))}</Say>
    </div>
  );
}

export interface Choice { id: string; name: string; more: string }
const plain = (s: string) => s.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
/** One of many by typing: a combobox. Arrows walk, Enter takes, Esc leaves it as it was. */
export function Pick({ id, label, all, value, choose, described }: { id: string; label: string; all: Choice[]; value: string; choose: (v: string) => void; described?: string }) {
  const w = words(), [text, type] = useState<string | null>(null), [at, mark] = useState(0), list = useRef<HTMLUListElement>(null);
  const chosen = all.find((c) => c.id === value), index = useMemo(() => all.map((c) => plain(`${c.name} ${c.more} ${c.id}`)), [all]);
  const found = useMemo(() => {
    if (text === null) return [];
    const q = plain(text.trim()), parts = q.split(/\s+/), start = (c: Choice) => (plain(c.name).startsWith(q) ? 0 : 1);
    return all.filter((_, k) => parts.every((p) => index[k]!.includes(p))).sort((a, b) => start(a) - start(b)).slice(0, 40);
  }, [text, all, index]);
  const open = text !== null, rows: Choice[] = open && value ? [{ id: '', name: w.skipIt, more: '' }, ...found] : found;
  const pick = (c: Choice | undefined) => { if (c) choose(c.id); type(null); };
  const start = () => { if (!open) { type(''); mark(0); } };
  const walk = (step: number) => {
    const to = rows.length ? (at + step + rows.length) % rows.length : 0;
    mark(to);
    list.current?.children[to]?.scrollIntoView({ block: 'nearest' });
  };
  const key = (e: KeyboardEvent) => {
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') { e.preventDefault(); if (open) walk(e.key === 'ArrowDown' ? 1 : -1); else start(); }
    else if (e.key === 'Enter') { e.preventDefault(); if (open) pick(rows[at]); }
    else if (e.key === 'Escape' && open) { e.stopPropagation(); type(null); }
  };
  return (
    <div class="find pick" onFocusOut={(e) => { if (!(e.currentTarget as HTMLElement).contains(e.relatedTarget as Node)) type(null); }}>
      <input id={id} class="utrecht-textbox" type="text" role="combobox" autocomplete="off" spellcheck={false} aria-label={label} aria-describedby={described} aria-autocomplete="list" placeholder={chosen ? chosen.name : w.pickHint}
        aria-expanded={open && rows.length > 0} aria-controls={`${id}-lijst`} aria-activedescendant={open && rows[at] ? `${id}-${at}` : undefined}
        value={text ?? chosen?.name ?? ''} onInput={(e) => { type(e.currentTarget.value); mark(value ? 1 : 0); }} onClick={start} onKeyDown={key} />
      <ul id={`${id}-lijst`} role="listbox" aria-label={label} hidden={!open || rows.length === 0} tabIndex={-1} ref={list}>
        {rows.map((c, k) => <li key={c.id} id={`${id}-${k}`} role="option" aria-selected={k === at} onPointerDown={(e) => e.preventDefault()} onClick={() => pick(c)}>{c.id ? <b>{c.name}</b> : c.name} <span>{c.more}</span></li>)}
      </ul>
      {open && found.length === 0 && <p class="none">{w.noHit}</p>}
      <span class="sr" role="status">{open ? w.hits(found.length) : ''}</span>
    </div>
  );
}
/** A labelled text box with its hint and its fault. */
export function Field({ id, name, hint, value, put, fault, wide, list }: { id: string; name: string; hint?: string; list?: { code: string; naam: string }[]; value: string; put: (v: string) => void; fault?: string | null | false; wide?: boolean }) {
  return (
    <p class={wide ? 'field wide' : 'field'}><label for={id}>{name}</label>
      {hint && <small id={`${id}-hint`}>{hint}</small>}
      <input id={id} class="utrecht-textbox" value={value} autocomplete="off" spellcheck={false} aria-invalid={fault ? true : undefined} aria-describedby={[hint && `${id}-hint`, fault && `${id}-fout`].filter(Boolean).join(' ') || undefined} list={list?.length ? `${id}-keuze` : undefined} onInput={(e) => put(e.currentTarget.value)} />
      {list && list.length > 0 && <datalist id={`${id}-keuze`}>{list.map((a) => <option key={a.code} value={a.code}>{a.naam}</option>)}</datalist>}
      {fault && <span class="fault" id={`${id}-fout`} role="alert">{fault}</span>}</p>
  );
}
export interface Option { id: string; name: string; more?: ComponentChildren }
export function Radios({ group, legend, options, value, choose }: { group: string; legend: ComponentChildren; options: Option[]; value: string; choose: (v: string) => void }) {
  return (
    <fieldset class="choice"><legend>{legend}</legend>
      {options.map((o) => <label key={o.id}><input type="radio" name={group} value={o.id} checked={o.id === value} onChange={() => choose(o.id)} /><span>{o.name}{o.more}</span></label>)}
    </fieldset>
  );
}
