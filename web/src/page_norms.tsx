// SPDX-License-Identifier: EUPL-1.2
// Local norms: all of them, one with its history, and proposing another. What is typed is kept by the browser until the server has it.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Failure, type Root, useApi } from './api';
import { day } from './format';
import { Gone, TakeAway } from './moderation';
import { type Clash, type Norm, type NormHistory, type Norms, pageOfNorm, said, unitOf, type Version } from './norm_api';
import { PlaceOptions, ready, usePlaces } from './partner_parts';
import { go, pageOf } from './route';
import { drafts, newKey, Refusal, send as post, useRead, wordsOf } from './session';
import { Part } from './states';
import { n } from './text_norm';

export { ready };
interface Indicator { id: string; naam: string; eenheid: string; thema: string; samenstelling: boolean }

/** /normen, /normen?nieuw=BU…, and /normen/BU…/indicator. */
export function NormsView({ root, place }: { root: Root; place: URL }) {
  const [, , area = '', indicator = ''] = place.pathname.split('/').map(decodeURIComponent), fresh = place.searchParams.get('nieuw');
  return (
    <main id="inhoud" tabIndex={-1} class="partners">
      {indicator ? <One key={place.pathname} root={root} area={area} indicator={indicator} /> : fresh !== null ? <New root={root} area={fresh} /> : <All place={place} />}
    </main>
  );
}

function All({ place }: { place: URL }) {
  const w = n(), all = place.searchParams.get('alle') === 'ja', [pages, more] = useState<string[]>(['']);
  const first = useRead<Norms>(`/normen${all ? '?alle=ja' : ''}`);
  return (
    <>
      <h1>{w.title}</h1>
      <Part of={first} lines={6}>{(d) => (
        <>
          <p class="lead">{w.lead(d.normen.filter((x) => x.geldt).length)}</p>
          <p class="small">{w.leadNote} <a href="/methode/normen">{w.method}</a></p>
          {d.magVoorstellen && <p class="acts"><a class="utrecht-button utrecht-button--primary-action aslink" href="/normen?nieuw=">{w.propose}</a></p>}
          <table class="twin cards second"><caption class="sr">{w.title}</caption><thead><tr><th scope="col">{w.figure}</th><th scope="col">{w.area}</th><th scope="col">{w.norm}</th><th scope="col" class="r">{w.target}</th><th scope="col">{w.from}</th></tr></thead>
            <tbody>{pages.map((after, k) => <Rows key={after} after={after} all={all} first={after ? null : d} last={k === pages.length - 1} more={(v) => more([...pages, v])} />)}</tbody></table>
        </>
      )}</Part>
      <p><label class="check"><input type="checkbox" checked={all} onChange={(e) => { more(['']); go(`/normen${e.currentTarget.checked ? '?alle=ja' : ''}`, true); }} /> {w.past}</label></p>
    </>
  );
}
function Rows({ after, all, first, last, more }: { after: string; all: boolean; first: Norms | null; last: boolean; more: (after: string) => void }) {
  const w = n(), asked = useRead<Norms>(first ? null : `/normen?achter=${encodeURIComponent(after)}${all ? '&alle=ja' : ''}`), d = first ?? asked.data;
  return (
    <>
      {d?.normen.map((x) => <NormRow key={x.gebied + x.indicator} x={x} />)}
      {d?.volgende && last && <tr><td colSpan={5}><button type="button" class="plain" onClick={() => more(d.volgende!)}>{w.more}</button></td></tr>}
    </>
  );
}
function NormRow({ x }: { x: Norm }) {
  const w = n(), v = x.geldt ?? x.straks, unit = unitOf(x);
  return (
    <tr><th scope="row"><a href={pageOfNorm(x)}>{x.indicatorNaam}</a></th><td class="said" data-is={w.area}>{x.gebiedNaam}</td><td class="said" data-is={w.norm}>{v ? said(v, unit) : w.withdrawn}</td>
      <td class="r" data-is={w.target}>{v?.doeljaar ?? w.noTarget}</td><td class="said" data-is={w.from}>{v ? day(v.geldtVanaf) : ''}</td></tr>
  );
}

function One({ root, area, indicator }: { root: Root; area: string; indicator: string }) {
  const w = n(), one = useRead<NormHistory>(`/normen/${encodeURIComponent(area)}/${encodeURIComponent(indicator)}`), [form, open] = useState<'change' | 'withdraw' | null>(null), [told, tell] = useState('');
  if (one.failure?.code === 'H-404') return <><h1>{w.title}</h1><p class="lead">{w.never}</p><p><a href="/normen">{w.back}</a></p></>;
  return (
    <Part of={one} lines={6}>{(x) => {
      const unit = unitOf(x);
      return (
        <>
          <p class="small"><a href="/normen">{w.back}</a> / <a href={pageOf(x.niveau, x.gebied)}>{x.gebiedNaam}</a></p>
          <h1>{x.indicatorNaam}: {x.gebiedNaam}</h1>
          <p class="lead">{x.geldt ? `${w.holds}: ${said(x.geldt, unit)}${x.geldt.doeljaar ? ` ${w.inYear(String(x.geldt.doeljaar))}` : ''}.` : w.nothing}</p>
          {x.straks && <p>{w.soon(day(x.straks.geldtVanaf))}: {said(x.straks, unit)}.</p>}
          <p role="status">{told}</p>
          {x.openVoorstel !== null ? <p class="mention">{w.open} <a href="/voorstellen">{w.toProposals}</a></p>
            : form ? <Form root={root} area={area} indicator={indicator} now={x} withdraw={form === 'withdraw'} stop={() => open(null)} done={() => { open(null); tell(w.sent); one.retry(); }} />
            : x.magVoorstellen && <p class="acts"><button type="button" class="utrecht-button utrecht-button--primary-action" onClick={() => open('change')}>{w.change}</button>{x.geldt && <button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={() => open('withdraw')}>{w.withdraw}</button>}</p>}
          <section class="rule"><h2>{w.versions}</h2>
            <table class="twin cards"><caption class="sr">{w.versions}</caption><thead><tr><th scope="col">{w.version}</th><th scope="col">{w.norm}</th><th scope="col" class="r">{w.target}</th><th scope="col">{w.from}</th><th scope="col">{w.proposed}</th><th scope="col">{w.decided}</th><th scope="col">{w.why}</th></tr></thead>
              <tbody>{x.versies.map((v) => (
                <tr key={v.versie}><th scope="row">{v.versie}</th><td class="said" data-is={w.norm}>{said(v, unit)}</td><td class="r" data-is={w.target}>{v.doeljaar ?? w.noTarget}</td><td class="said" data-is={w.from}>{day(v.geldtVanaf)}</td>
                  <td class="said" data-is={w.proposed}>{day(v.voorgesteldOp.slice(0, 10))}</td><td class="said" data-is={w.decided}>{day(v.beslotenOp.slice(0, 10))}</td><td class="said" data-is={w.why}>{v.waaromWeggehaald ? <Gone of={v.waaromWeggehaald} /> : <><span lang="nl">{v.waarom}</span>{x.magWeghalen && v.waarom && <> <TakeAway soort="voorstel" object={String(v.voorstel)} gemeente={x.gemeente} text={v.waarom} done={one.retry} /></>}</>}</td></tr>
              ))}</tbody></table></section>
        </>
      );
    }}</Part>
  );
}

function New({ root, area }: { root: Root; area: string }) {
  const w = n(), all = useRead<Norms>('/normen'), [told, tell] = useState('');
  return (
    <>
      <p class="small"><a href="/normen">{w.back}</a></p><h1>{w.formNew}</h1>
      <Part of={all} lines={6}>{(d) => (told ? <p role="status" class="lead">{told} <a href="/voorstellen">{w.toProposals}</a></p>
        : d.magVoorstellen ? <Form root={root} area={area} indicator="" now={null} withdraw={false} stop={() => go('/normen')} done={() => tell(w.sent)} />
        : <p class="lead">{w.signIn} <a href={`/aanmelden?terug=${encodeURIComponent(`/normen?nieuw=${area}`)}`}>{w.login}</a>. {w.maySet}</p>)}</Part>
    </>
  );
}

// ---- the form

interface Typed { gebied: string; indicator: string; soort: string; waarde: string; doeljaar: string; geldtVanaf: string; waarom: string; versie: number }
function Form({ root, area, indicator, now, withdraw, stop, done }: { root: Root; area: string; indicator: string; now: NormHistory | null; withdraw: boolean; stop: () => void; done: () => void }) {
  const w = n(), places = usePlaces(root), list = useApi<{ indicatoren: Indicator[] }>('/indicatoren').data?.indicatoren ?? [];
  const name = `norm:${now ? `${area}:${indicator}` : 'nieuw'}:${withdraw ? 'weg' : ''}`, v0 = now?.straks ?? now?.geldt ?? null;
  const start: Typed = { gebied: area, indicator, soort: v0?.soort ?? 'minstens', waarde: v0?.waarde === null || v0?.waarde === undefined ? '' : String(v0.waarde), doeljaar: v0?.doeljaar ? String(v0.doeljaar) : '', geldtVanaf: '', waarom: '', versie: now?.versie ?? 0 };
  const kept = drafts.read<Typed>(name), [v, put] = useState<Typed>(kept ?? start), [old, mark] = useState(kept !== null), [fault, say] = useState(''), [busy, wait] = useState(false), [clash, meet] = useState<Clash | null>(null), key = useRef(newKey()), top = useRef<HTMLFormElement>(null);
  useEffect(() => { top.current?.querySelector<HTMLElement>('select, input, textarea')?.focus(); }, []);
  const keep = (next: Typed) => { put(next); drafts.keep(name, next); key.current = newKey(); }, set = (part: Partial<Typed>) => { mark(false); keep({ ...v, ...part }); };
  const of = list.find((i) => i.id === v.indicator), unit = of?.eenheid ?? now?.eenheid ?? '', number = Number(v.waarde.trim().replace(',', '.'));
  const send = () => {
    if (busy) return;
    if (!withdraw && (!v.waarde.trim() || !Number.isFinite(number))) return say(w.badNumber);
    wait(true);
    say('');
    const body = withdraw ? { gebied: v.gebied, indicator: v.indicator, intrekken: true, versie: v.versie, waarom: v.waarom.trim() }
      : { gebied: v.gebied, indicator: v.indicator, soort: v.soort, waarde: number, ...(unit ? { eenheid: unit } : {}), ...(v.doeljaar ? { doeljaar: Number(v.doeljaar) } : {}), ...(v.geldtVanaf ? { geldtVanaf: v.geldtVanaf } : {}), versie: v.versie, waarom: v.waarom.trim() };
    post('POST', '/normen', body, key.current).then(() => { drafts.keep(name, null); wait(false); done(); }, (e: unknown) => {
      wait(false);
      if (e instanceof Failure && e.code !== 'N-0') key.current = newKey();
      const now = e instanceof Refusal && e.why === 'conflict' ? (e.body as { nu?: Clash } | null)?.nu : null;
      if (now) return meet(now);
      say(wordsOf(e, w.silent));
    });
  };
  if (clash) return <Both mine={v} unit={unit} theirs={clash} goOn={() => { keep({ ...v, versie: clash.versie }); meet(null); }} close={() => meet(null)} />;
  return (
    <form class="form" ref={top} aria-label={withdraw ? w.formWithdraw : now ? w.formChange : w.formNew} onSubmit={(e) => { e.preventDefault(); send(); }}>
      {old && <p class="mention" role="status">{w.draft} <button type="button" class="plain" onClick={() => { drafts.keep(name, null); put(start); mark(false); }}>{w.dropDraft}</button></p>}
      {!now && <>
        <label for="gebied">{w.area}<select id="gebied" required value={v.gebied} onChange={(e) => set({ gebied: e.currentTarget.value })}><option value="">{w.choose}</option><PlaceOptions places={places} /></select></label>
        <label for="indicator">{w.figure}<select id="indicator" required value={v.indicator} onChange={(e) => set({ indicator: e.currentTarget.value })}><option value="">{w.choose}</option>
          {[...new Set(list.map((i) => i.thema))].map((t) => <optgroup key={t} label={t}>{list.filter((i) => i.thema === t && !i.samenstelling).map((i) => <option key={i.id} value={i.id}>{i.naam}</option>)}</optgroup>)}</select><span class="small">{w.noPeople}</span></label>
      </>}
      {!withdraw && <>
        <label for="soort">{w.kind}<select id="soort" value={v.soort} onChange={(e) => set({ soort: e.currentTarget.value })}>{['minstens', 'hoogstens'].map((k) => <option key={k} value={k}>{w.kinds[k]}</option>)}</select></label>
        <label for="waarde">{w.value(unit)}<input id="waarde" required inputMode="decimal" value={v.waarde} onInput={(e) => set({ waarde: e.currentTarget.value })} /></label>
        <label for="doeljaar">{w.targetOpt}<input id="doeljaar" inputMode="numeric" pattern="[0-9]{4}" maxLength={4} value={v.doeljaar} onInput={(e) => set({ doeljaar: e.currentTarget.value })} /></label>
      </>}
      <label for="vanaf">{w.fromOpt}<input id="vanaf" type="date" value={v.geldtVanaf} onInput={(e) => set({ geldtVanaf: e.currentTarget.value })} /></label>
      <label for="waarom">{w.reason}<textarea id="waarom" required maxLength={500} value={v.waarom} onInput={(e) => set({ waarom: e.currentTarget.value })} /></label>
      {fault && <p class="mention" role="alert">{fault}</p>}
      <p class="acts"><button type="submit" class="utrecht-button utrecht-button--primary-action" aria-disabled={busy}>{busy ? w.sending : w.send}</button><button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={() => { drafts.keep(name, null); stop(); }}>{w.cancel}</button></p>
    </form>
  );
}

/** What was typed beside what somebody else made of it. */
function Both({ mine, unit, theirs, goOn, close }: { mine: Typed; unit: string; theirs: Clash; goOn: () => void; close: () => void }) {
  const w = n(), v: Version | null = theirs.norm;
  useEffect(() => document.getElementById('botsing')?.focus(), []);
  const rows: [string, string, string][] = theirs.voorstel
    ? [[w.norm, `${w.kinds[mine.soort]} ${mine.waarde}${unit === '%' ? '%' : ` ${unit}`}${mine.doeljaar ? ` ${w.inYear(mine.doeljaar)}` : ''}`, theirs.voorstel.wat], [w.why, mine.waarom, theirs.voorstel.waarom]]
    : [[w.norm, `${w.kinds[mine.soort]} ${mine.waarde}${unit === '%' ? '%' : ` ${unit}`}`, v ? said(v, unit) : ''], [w.target, mine.doeljaar || w.noTarget, v?.doeljaar ? String(v.doeljaar) : w.noTarget], [w.from, mine.geldtVanaf ? day(mine.geldtVanaf) : '', v ? day(v.geldtVanaf) : ''], [w.why, mine.waarom, v?.waarom ?? '']];
  return (
    <section class="clash" role="alertdialog" aria-labelledby="botsing">
      <h2 id="botsing" tabIndex={-1}>{w.clash}</h2><p>{theirs.voorstel ? w.clashOpen : w.clashNorm}</p>
      <div class="scroll" tabIndex={0} role="region" aria-label={w.clash}><table class="twin"><thead><tr><td></td><th scope="col">{w.mine}</th><th scope="col">{w.theirs}</th></tr></thead>
        <tbody>{rows.map(([what, a, b]) => <tr key={what}><th scope="row">{what}</th><td>{a}</td><td>{b}</td></tr>)}</tbody></table></div>
      <p class="acts">{theirs.voorstel ? <a class="utrecht-button utrecht-button--primary-action aslink" href="/voorstellen">{w.toProposals}</a> : <button type="button" class="utrecht-button utrecht-button--primary-action" onClick={goOn}>{w.goOn}</button>}<button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={close}>{w.close}</button></p>
    </section>
  );
}
