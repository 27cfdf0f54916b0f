// SPDX-License-Identifier: EUPL-1.2
// The number component: every figure opens «Waar komt dit getal vandaan?». One panel exists at a time; it lies below the
// figure on wide screens and comes up from the foot of narrow ones.
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { address, type Trace, type TraceInput, useApi } from './api';
import { amount, day, dev, moment, num, short, unitBeside } from './format';
import { Part } from './states';
import { t } from './text';

interface Ask { code: string; indicator: string; period: string; division?: number; id?: string | null; from: HTMLElement }
let show: (ask: Ask | null) => void = () => undefined;
let open: HTMLElement | null = null;

export function Figure(p: { code: string; indicator: string; period: string; division?: number; id?: string | null; quiet?: boolean; children: ComponentChildren }) {
  const [on, set] = useState(false);
  const self = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const f = () => set(open !== null && open === self.current);
    document.addEventListener('wijk-trace', f);
    return () => { document.removeEventListener('wijk-trace', f); };
  }, []);
  return (
    <button type="button" class={p.quiet ? 'num quiet' : 'num'} ref={self} aria-haspopup="dialog" aria-expanded={on} title={t.trace}
      onClick={() => show(on ? null : { ...p, from: self.current! })}>{p.children}</button>
  );
}

const byId = (id: string) => `/herkomst/${encodeURIComponent(id)}`;
/** The figure of an own weighing, as a layer of the map names it. */
const weighed = (a: Ask) => `${a.code}~${a.indicator.slice(7)}~${a.period}~${a.division ?? ''}~~weging`;
const path = (a: Ask) => a.indicator.startsWith('weging:') ? byId(weighed(a)) : a.id ? byId(a.id) : `/herkomst/${encodeURIComponent(a.code)}/${encodeURIComponent(a.indicator)}/${encodeURIComponent(a.period)}` + (a.division ? `?indelingsjaar=${a.division}` : '');

export function TraceHost() {
  const [ask, set] = useState<Ask | null>(null);
  const [steps, walk] = useState<string[]>([]); // from the figure asked for to the input that is looked at
  const box = useRef<HTMLDivElement>(null), last = steps[steps.length - 1];
  const at = last ? byId(last) : ask ? path(ask) : null;
  const reading = useApi<Trace>(at);
  show = (next) => {
    const before = open;
    walk([]);
    open = next?.from ?? null;
    set(next);
    document.dispatchEvent(new Event('wijk-trace'));
    if (!next && before?.isConnected) before.focus();
  };
  useLayoutEffect(() => {
    const el = box.current;
    if (!ask || !el) return;
    if (innerWidth >= 720) {
      const at = ask.from.getBoundingClientRect(), wide = 420;
      const left = Math.max(16, Math.min(at.left, document.documentElement.clientWidth - wide - 16));
      el.style.left = `${left + scrollX}px`;
      const below = at.bottom + 10, room = innerHeight - below;
      el.style.top = `${(room < el.offsetHeight + 8 && at.top > el.offsetHeight + 16 ? at.top - el.offsetHeight - 10 : below) + scrollY}px`;
      return;
    }
    // the sheet takes room at the foot of the page, and the page moves until the figure stands above it
    el.style.left = el.style.top = '';
    document.body.style.paddingBottom = `${el.offsetHeight}px`;
    const hid = ask.from.getBoundingClientRect().bottom + 12 - el.getBoundingClientRect().top;
    if (hid > 0) scrollBy(0, hid);
    return () => { document.body.style.paddingBottom = ''; };
  }, [ask, reading.data, reading.failure]);
  useEffect(() => { if (ask) box.current?.focus({ preventScroll: true }); }, [ask, last]);
  useEffect(() => {
    if (!ask) return;
    const key = (e: KeyboardEvent) => {
      if (e.key === 'Escape') { e.stopPropagation(); show(null); }
      if (e.key !== 'Tab' || !box.current?.contains(document.activeElement)) return;
      const stops = [...box.current.querySelectorAll<HTMLElement>('button, a[href]')], at = stops.indexOf(document.activeElement as HTMLElement), end = stops.length - 1;
      if (e.shiftKey ? at > 0 : at < end) return;
      e.preventDefault();
      stops[e.shiftKey ? end : 0]?.focus();
    };
    const away = (e: PointerEvent) => {
      const at = e.target as Node;
      if (!box.current?.contains(at) && !ask.from.contains(at)) { open = null; set(null); document.dispatchEvent(new Event('wijk-trace')); }
    };
    const leave = () => { open = null; set(null); document.dispatchEvent(new Event('wijk-trace')); };
    document.addEventListener('keydown', key, true);
    document.addEventListener('pointerdown', away);
    addEventListener('popstate', leave);
    document.addEventListener('wijk-taal', leave);
    return () => { document.removeEventListener('keydown', key, true); document.removeEventListener('pointerdown', away); removeEventListener('popstate', leave); document.removeEventListener('wijk-taal', leave); };
  }, [ask]);
  if (!ask) return null;
  return (
    <div class="source" role="dialog" aria-label={t.trace} tabIndex={-1} ref={box}>
      <div class="source-head"><h2>{t.trace}</h2><button type="button" class="plain" onClick={() => show(null)}>{t.close}</button></div>
      <Part of={reading} lines={4}>{(d) => <TraceRows key={d.spoor} d={d} at={at!} go={(id) => walk([...steps, id])} />}</Part>
      {last && <p class="row"><button type="button" class="plain" onClick={() => walk(steps.slice(0, -1))}>{t.stepBack}</button></p>}
    </div>
  );
}

const said = (d: { waarde: number | null; statusTekst: string; eenheid?: string; indicatorNaam: string }) => d.waarde === null ? d.statusTekst
  : /afwijking|deviation/i.test(d.eenheid ?? '') ? dev(d.waarde)
  : amount(d.waarde, /score/i.test(d.eenheid ?? '') ? '' : unitBeside(d.indicatorNaam, d.eenheid ?? ''), Math.min(3, String(d.waarde).split('.')[1]?.length ?? 0));
const FEW = 4;

/** What a figure was made of: each input opens its own panel. Inputs that differ by area are named by it, others by what they are. */
function Inputs({ of, go }: { of: TraceInput[]; go: (id: string) => void }) {
  const [all, showAll] = useState(false), areas = new Set(of.map((i) => i.code)).size > 1, shown = all ? of : of.slice(0, FEW);
  const bare = (i: TraceInput) => (i.waarde === null ? i.statusTekst : num(i.waarde, Math.min(3, String(i.waarde).split('.')[1]?.length ?? 0)));
  return (
    <ul class="inputs">
      {shown.map((i) => (
        <li key={i.spoor}><button type="button" class="plain" onClick={() => go(i.spoor)}>{areas ? i.naam : `${i.indicatorNaam}, ${moment(i.periode)}`}: {bare(i)}</button>
          {i.gewicht !== undefined && <> × {i.gewichtInvoer ? <button type="button" class="plain" onClick={() => go(i.gewichtInvoer!.spoor)} aria-label={`${i.gewichtInvoer.indicatorNaam}, ${i.naam}: ${num(i.gewicht)}`}>{num(i.gewicht)}</button> : num(i.gewicht)}</>}</li>
      ))}
      {of.length > shown.length && <li><button type="button" class="plain" onClick={() => showAll(true)}>{t.showMore(of.length - shown.length)}</button></li>}
    </ul>
  );
}

function TraceRows({ d, at, go }: { d: Trace; at: string; go: (id: string) => void }) {
  const caution = d.soort === 'geschat' ? t.soortGeschat : d.soort === 'gezegd' ? t.soortGezegd : t.soortGemeten, l = d.lading;
  return (
    <>
      <dl>
        <dt>{t.tWhat}</dt><dd>{d.indicatorNaam}, {d.naam}, {moment(d.periode)}: <b>{said(d)}</b>{d.soort === 'geschat' && d.waarde !== null ? <> <b>({t.estimate})</b></> : null}</dd>
        <dt>{t.tHow}</dt><dd>{d.definitie}{d.eenheid ? <> ({d.eenheid})</> : null}</dd>
        {d.formule.symbolen && <><dt>{t.tFormula}</dt><dd>{d.formule.woorden}<br /><code class="formula">{d.formule.symbolen}</code></dd></>}
        {d.invoer.length > 0 && <><dt>{t.tInputs}</dt><dd><Inputs of={d.invoer} go={go} /></dd></>}
        <dt>{t.tSource}</dt><dd>{d.bron ? <>{d.bron.titel}{d.bron.release ? `, ${d.bron.release}` : ''}, {d.bron.uitgever}. {d.bron.licentie}</> : d.berekendUit ? t.madeOfAreas(num(d.berekendUit)) : d.methode ? `${d.methode.naam} (${t.methodVersion(d.methode.versie)})` : t.noSource}</dd>
        {l && <><dt>{t.tRow}</dt><dd>{l.rij !== null && l.rij > 0 ? `${l.rijSoort} ${l.rij} · ` : ''}{l.kolom ? <>{t.inColumn} <b>{l.kolom}</b> · </> : null}{l.bestand}<br /><code title={l.sha256}>sha256 {short(l.sha256)}</code> · {day(l.geladenOp)}</dd></>}
        {d.andereBronnen.map((o) => <><dt>{t.tOther}</dt><dd>{o.bron}: <b>{said({ ...d, ...o })}</b><br />{o.rij !== null ? `${o.rijSoort} ${o.rij} · ` : ''}{o.bestand}</dd></>)}
        <dt>{t.tCaution}</dt><dd>{d.status === 'ok' ? caution : `${d.statusTekst}. ${caution}`}{d.nieuwer && <> <button type="button" class="plain" onClick={() => go(d.nieuwer!)}>{t.newerFigure}</button></>}</dd>
      </dl>
      <p class="row"><a href={`/methode/${d.uitleg}`} onClick={() => show(null)}>{t.showMethod}</a>{d.algoritme && <a href={`/algoritmen/${d.algoritme}`} onClick={() => show(null)}>{t.showRecord}</a>}<a href="/gegevens" onClick={() => show(null)}>{t.showSource}</a><a href={address(at)}>API</a></p>
    </>
  );
}
