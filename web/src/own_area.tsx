// SPDX-License-Identifier: EUPL-1.2
// «Uw gebied»: areas chosen on the map or from the list, and the answer about them or about what was drawn. The address holds the
// chosen codes (`keuze`) or the key of the answer (`opmaat`), never the line that was drawn.
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Area, Failure, type Root } from './api';
import { amount, day, dev, moment, num, percent, unitBeside } from './format';
import { show } from './layer';
import { why } from './map_box';
import type { View } from './map_view';
import { Figure } from './number';
import { askOwn, keptOwn, type Own, type OwnFigure, type Question } from './own_api';
import { byName } from './place';
import { Loading } from './states';
import { t } from './text';
import { words } from './text_map';

export const MOST = 200;
export interface Asking { own: Own | null; busy: boolean; waits: boolean; failure: Failure | null }
const NONE: Asking = { own: null, busy: false, waits: false, failure: null };

/** The answer of this moment. key: what the address says; keep() puts the key of a new answer there. */
export function useOwn(key: string | null, keep: (key: string) => void) {
  const [at, set] = useState<Asking>(NONE), stop = useRef<AbortController | null>(null), last = useRef<Question | null>(null);
  useEffect(() => {
    if (!key) { if (at.own) set(NONE); return; }
    if (at.own?.sleutel === key) return;
    let live = true;
    set({ ...NONE, busy: true });
    keptOwn(key).then((own) => live && set({ ...NONE, own }), (e: unknown) => live && set({ ...NONE, failure: e instanceof Failure ? e : new Failure('', 'A-1') }));
    return () => { live = false; };
  }, [key]);
  const ask = (q: Question) => {
    stop.current?.abort();
    const mine = (stop.current = new AbortController());
    last.current = q;
    set({ ...NONE, busy: true });
    askOwn(q, () => set((a) => ({ ...a, waits: true })), mine.signal).then((own) => { if (!mine.signal.aborted) { set({ ...NONE, own }); keep(own.sleutel); } },
      (e: unknown) => { if (!mine.signal.aborted) set({ ...NONE, failure: e instanceof Failure ? e : new Failure('', 'A-1') }); });
  };
  const clear = () => { stop.current?.abort(); set(NONE); };
  return { at, ask, clear, again: last.current ? () => ask(last.current!) : null };
}

const said = (f: OwnFigure) => f.waarde === null ? f.statusTekst : /afwijking|deviation/i.test(f.eenheid) ? dev(f.waarde) : amount(f.waarde, /score/i.test(f.eenheid) ? '' : unitBeside(f.naam, f.eenheid), f.decimalen);
const FEW = 8, SHOWN = 12;

/** How one figure was made, and each part of it with its own source. */
function MadeOf({ own, f, name }: { own: Own; f: OwnFigure; name: (code: string) => string }) {
  const w = words(), n = own.aantal;
  return (
    <div class="made">
      <p>{f.bewerking === 'som' ? w.madeSum(n, own.niveau) : w.madeMean(n, own.niveau)} {w.covers(percent(f.dekking))}</p>
      {f.spoor ? <p>{w.each}: {own.leden.slice(0, SHOWN).map((code, k) => <span key={code}>{k > 0 ? ' · ' : ''}<Figure code={code} indicator={f.indicator} period={f.periode} id={f.spoor!.replace('{code}', code)} quiet>{name(code)}</Figure></span>)}{n > SHOWN ? ` ${w.eachMore(n - SHOWN)}` : ''}</p> : <p>{w.noTrace}</p>}
    </div>
  );
}
function Figures({ own, first, name }: { own: Own; first: string; name: (code: string) => string }) {
  const w = words(), [all, showAll] = useState(false), [open, set] = useState<string | null>(null);
  const order = [...own.cijfers].sort((a, b) => Number(b.indicator === 'residents') - Number(a.indicator === 'residents') || Number(b.indicator === first) - Number(a.indicator === first)), rows = all ? order : order.slice(0, FEW);
  return (
    <>
      <table class="twin own-table"><caption class="sr">{w.ownTable}</caption><thead><tr><th scope="col">{w.figure}</th><th scope="col" class="r">{w.valueOf}</th></tr></thead>
        <tbody>{rows.map((f) => (
          <>
            <tr key={f.indicator} data-indicator={f.indicator}><th scope="row">{f.naam} <small>{moment(f.periode)}</small></th>
              <td class={f.waarde === null ? 'r why' : 'r'}><button type="button" class={f.waarde === null ? 'num quiet' : 'num'} aria-expanded={open === f.indicator} title={w.where} onClick={() => set(open === f.indicator ? null : f.indicator)}>{said(f)}</button></td></tr>
            {open === f.indicator && <tr class="inner"><td colSpan={2}><MadeOf own={own} f={f} name={name} /></td></tr>}
          </>
        ))}</tbody></table>
      {order.length > FEW && <p><button type="button" class="plain" onClick={() => showAll(!all)}>{all ? w.fewer : w.allFigures(order.length)}</button></p>}
    </>
  );
}

/** The answer, or why there is none. */
export function OwnAnswer({ at, root, first, areas, clear, again }: { at: Asking; root: Root; first: string; areas: Area[]; clear: () => void; again: (() => void) | null }) {
  const w = words(), head = useRef<HTMLHeadingElement>(null), key = at.own?.sleutel ?? at.failure?.code;
  useEffect(() => { if (key) head.current?.focus({ preventScroll: innerWidth >= 1120 }); }, [key]);
  if (at.busy) return <section class="own" aria-live="polite"><p>{at.waits ? w.turn : w.asking}</p><Loading stop={clear} lines={2} /></section>;
  if (at.failure) {
    const f = at.failure, no = f.code === 'H-409';
    return (
      <section class="own" role="alert"><h2 ref={head} tabIndex={-1}>{no ? w.refused : f.code === 'H-404' ? w.keptGone : w.failed}</h2>
        <p class="mention">{f.code === 'N-0' ? t.noServer : f.code === 'S-0' ? t.stopped : f.code === 'H-404' ? '' : f.sentence || t.failed}</p>
        <p class="row">{!no && again && f.code !== 'H-404' && <button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={again}>{t.again}</button>}<button type="button" class="plain" onClick={clear}>{w.clear}</button></p></section>
    );
  }
  const own = at.own;
  if (!own) return null;
  const named = new Map(own.niveau === 'buurt' ? areas.map((a) => [a.code, a.naam]) : []);
  return (
    <section class="own"><h2 ref={head} tabIndex={-1}>{w.own(num(own.inwoners), own.aantal, own.niveau)}</h2>
      {own.gegevensversie !== root.gegevensversie && <p class="mention">{w.older(own.gegevensversie)}{own.omtrek ? '' : ` ${w.noOutline}`}</p>}
      <p class="small">{own.niveau === 'raster' ? w.ruleRaster : w.ruleBuurt} {w.ruleMore} {own.eerder ? w.before : ''} {w.asked(day(own.gevraagdOp))}</p>
      <Figures key={own.sleutel} own={own} first={first} name={(c) => named.get(c) ?? c} />
      <p class="row"><a href={`/api/v1/gebied-op-maat/${own.sleutel}`}>API</a><button type="button" class="plain" onClick={clear}>{w.clear}</button></p></section>
  );
}

/** What was chosen one by one, with the figures of the map's layer. */
export function Chosen({ view, codes, root, drop, clear, together }: { view: View; codes: string[]; root: Root; drop: (code: string) => void; clear: () => void; together: (() => void) | null }) {
  const w = words(), rows = view.areas.filter((a) => codes.includes(a.code)).sort(byName), { layer, painted, period, since, at } = view;
  const newest = Math.max(...root.indelingen.filter((d) => d.niveau === at.niveau).map((d) => d.indelingsjaar));
  const cannot = at.niveau !== 'buurt' ? w.onlyBuurten : at.indelingsjaar !== newest ? w.onlyNewest : root.opMaat ? null : w.noAsk;
  return (
    <section class="own"><h2>{rows.length === 1 ? w.chosenOne(t.levels[at.niveau] ?? at.niveau) : w.chosen(rows.length, at.naam)}</h2>
      <table class="twin own-table"><caption class="sr">{layer.name} {period}</caption><thead><tr><th scope="col">{t.area}</th><th scope="col" class="r">{period === '' ? t.value : `${layer.name} ${moment(period)}`}</th><td /></tr></thead>
        <tbody>{rows.map((a) => {
          const v = painted.values[a.nr] ?? null;
          return <tr key={a.code} data-code={a.code}><th scope="row">{a.naam}</th><td class={v === null ? 'r why' : 'r'}>{v === null ? why(view, a.nr) : <>{view.words(a.nr) ? `${view.words(a.nr)} · ` : ''}<Figure code={a.code} indicator={layer.indicator} period={period} division={at.indelingsjaar}>{show(layer, v, since !== null)}</Figure></>}</td>
            <td class="r"><button type="button" class="plain let-go" aria-label={w.drop(a.naam)} onClick={() => drop(a.code)}>×</button></td></tr>;
        })}</tbody></table>
      <p class="row">{together && <button type="button" class="utrecht-button utrecht-button--secondary-action" aria-disabled={cannot !== null} onClick={() => { if (!cannot) together(); }}>{w.together}</button>}<button type="button" class="plain" onClick={clear}>{w.clear}</button></p>
      {cannot && <p class="small">{cannot}</p>}
    </section>
  );
}

/** The way without a pointer: the same areas as boxes to tick. */
export function FromList({ areas, codes, toggle, parent }: { areas: Area[]; codes: string[]; toggle: (code: string) => void; parent: (code: string | null) => string }) {
  const w = words(), [open, set] = useState(false), [text, setText] = useState('');
  const q = text.trim().toLowerCase(), found = areas.filter((a) => (a.naam + ' ' + parent(a.ouder)).toLowerCase().includes(q)).sort(byName), shown = found.slice(0, 80);
  return (
    <div class="from-list">
      <button type="button" class="plain all" aria-expanded={open} onClick={() => set(!open)}>{open ? w.closeList : w.fromList}</button>
      {open && <div class="all-list"><input class="utrecht-textbox" aria-label={w.filter} placeholder={w.filter} value={text} onInput={(e) => setText(e.currentTarget.value)} />
        <ul tabIndex={0} aria-label={w.fromList}>{shown.map((a) => <li key={a.code}><label><input type="checkbox" checked={codes.includes(a.code)} onChange={() => toggle(a.code)} /> {a.naam} <small>{parent(a.ouder)}</small></label></li>)}
          {found.length === 0 && <li>{w.listNone}</li>}{found.length > shown.length && <li><small>{w.listMore(found.length - shown.length)}</small></li>}</ul></div>}
    </div>
  );
}
