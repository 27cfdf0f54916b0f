// SPDX-License-Identifier: EUPL-1.2
// The third step: what came of reading the file. The counts in a sentence, names to confirm, rows that do not come along with
// their cure, and what to load.
import { useEffect, useState } from 'preact/hooks';
import { Failure, type Finding } from './api';
import { moment, num, percent } from './format';
import { type Ask, type Import, loadImport, type Proposal, readFindings, saveMapping, tryImport } from './import_api';
import { Act, asRead, Field, Radios, Say, Sentence, Trouble } from './import_parts';
import type { Kept } from './import_map';
import { findingsCsv } from './import_read';
import { Loading } from './states';
import { t } from './text';
import { words } from './text_import';

const PAGE = 100;
export function Check({ i, kept, keep, put, edit, drop }: { i: Import; kept: Kept; keep: (k: Kept) => void; put: (i: Import) => void; edit: () => void; drop: () => void }) {
  const w = words(), p = i.proef!, all = p.rijen, [failure, fail] = useState<Failure | null>(null), [asks, asked] = useState(false);
  const mapped = kept.ask ? 'indeling' in kept.ask : !i.herkend.some((h) => h.bron === i.bron), names = (i.voorstellen ?? []).filter((n) => n.code !== ''), lost = [...new Set((i.voorstellen ?? []).filter((n) => n.code === '').map((n) => n.naam))];
  const run = (act: () => Promise<Import>) => {
    fail(null);
    asked(true);
    act().then((x) => { asked(false); put(x); }, (e: unknown) => { asked(false); fail(e as Failure); });
  };
  const load = (which: 'alles' | 'goedeRegels') => run(() => loadImport(i.id, which));
  const open = names.length > 0 && Object.keys(kept.answers).length > 0;
  return (
    <>
      <Sentence step={`proef-${p.goed}-${all}`}>{p.goed === 0 ? w.noneGood(all) : p.geweigerd === 0 ? w.allGood(all) : w.someGood(p.goed, all, p.geweigerd)}</Sentence>
      <p class="lead">{/* areas are counted before the rows are refused whose code is unknown: said only when it can be true */}{p.omrekeningen > 0 ? <>{w.crosses(p.omrekeningen)} </> : p.goed > 0 && p.gebieden <= p.goed && <>{w.gives(p.gebieden, p.indicatoren.length)} </>}{p.gemarkeerd > 0 && w.flagged(p.gemarkeerd)}</p>
      <p class="small any">{i.naam}</p>
      <div class="grid checked">
        <div class="span8">
          {names.length > 0 && <Names all={names} kept={kept} keep={keep} busy={asks} again={(ask) => run(() => tryImport(i.id, ask))} i={i} />}
          {lost.length > 0 && <section class="rule second"><h2>{w.noArea}</h2><p>{w.noAreaLead}</p><ul class="columns">{lost.map((n) => <li key={n} class="any">{n}</li>)}</ul></section>}
          <Findings i={i} />
          {p.voorbeeld.length > 0 && <Read i={i} />}
          {p.onbekendeKolommen.length > 0 && (
            <section class="rule second"><h2>{w.unknown}</h2><p>{w.unknownLead(p.onbekendeKolommen.length)}</p><ul class="columns">{p.onbekendeKolommen.map((c) => <li key={c} class="any">{c}</li>)}</ul></section>
          )}
          {mapped && p.goed > 0 && <KeepMapping i={i} />}
        </div>
        <section class="rule span4 now"><h2>{w.whatNow}</h2>
          {failure && <Trouble failure={failure}>{failure.code === 'H-409' && <Act press={edit}>{w.check}</Act>}</Trouble>}
          {open && <p class="mention">{w.namesOpen}</p>}
          <p class="acts stack">
            {p.goed === 0 ? <span>{w.nothingToLoad}</span> : p.geweigerd > 0
              ? <><Act main press={() => load('goedeRegels')} why={asks && t.loading}>{w.loadGood(p.goed, all)}</Act><Act press={() => undefined} why={w.notAll(p.geweigerd)}>{w.loadAllShort}</Act></>
              : <Act main press={() => load('alles')} why={asks && t.loading}>{w.loadAll(all)}</Act>}
            <Act press={drop}>{w.loadNone}</Act>
            <Act press={edit}>{mapped ? w.change : w.otherSource}</Act>
          </p>
        </section>
      </div>
    </>
  );
}

/** Each name its own question; nothing is joined without an answer. */
function Names({ all, kept, keep, busy, again, i }: { all: Proposal[]; kept: Kept; keep: (k: Kept) => void; busy: boolean; again: (ask: Ask) => void; i: Import }) {
  const w = words(), [early, tell] = useState(false);
  const names = [...new Set(all.map((p) => p.naam))], given = names.filter((n) => kept.answers[n] !== undefined).length;
  const sure = (z: number) => `${w.sureWords[z >= 0.95 ? 3 : z >= 0.85 ? 2 : z >= 0.7 ? 1 : 0]}, ${w.certainty(percent(Math.floor(z * 100) / 100))}`;
  const go = () => {
    if (given < names.length) return tell(true);
    const said = Object.entries(kept.answers).filter(([, code]) => code !== '').map(([naam, code]) => ({ naam, code }));
    const base: Ask = kept.ask ?? { bron: i.bron ?? kept.source, ...(i.jaar ? { jaar: i.jaar } : {}), ...(i.gemeente ? { gemeente: i.gemeente } : {}) };
    const ask = { ...base, koppelingen: [...(base.koppelingen ?? []).filter((k) => !said.some((s) => s.naam === k.naam)), ...said] };
    keep({ ...kept, ask, answers: {} });
    again(ask);
  };
  return (
    <section class="rule second names"><h2>{w.names}</h2><p>{w.namesLead(names.length)}</p>
      {names.map((n, k) => (
        <Radios key={n} group={`naam-${k}`} legend={w.nameIs(n)} value={kept.answers[n] ?? '?'} choose={(code) => keep({ ...kept, answers: { ...kept.answers, [n]: code } })}
          options={[...all.filter((p) => p.naam === n).map((p) => ({ id: p.code, name: p.codeNaam, more: <small> {p.code}, {sure(p.zekerheid)}</small> })), { id: '', name: w.noMatch }]} />
      ))}
      <p role="status">{w.answered(given, names.length)}</p>
      <p><Act press={go} why={busy ? t.loading : early && given < names.length && w.answerFirst}>{w.again}</Act></p>
    </section>
  );
}
function Findings({ i }: { i: Import }) {
  const w = words(), [list, put] = useState<Finding[]>([]), [total, count] = useState<number | null>(null), [failure, fail] = useState<Failure | null>(null), [said, say] = useState('');
  const read = (from: number) => { fail(null); readFindings(i.id, from, PAGE).then((a) => { put((l) => [...l.slice(0, from), ...a.bevindingen]); count(a.aantal); }, (e: unknown) => fail(e as Failure)); };
  useEffect(() => { put([]); count(null); read(0); }, [i.id, i.proef]);
  const download = async () => {
    try {
      const all: Finding[] = [];
      for (;;) {
        const part = await readFindings(i.id, all.length, 1000);
        all.push(...part.bevindingen);
        if (part.bevindingen.length === 0 || all.length >= part.aantal) break;
      }
      const a = document.createElement('a');
      a.href = URL.createObjectURL(new Blob([findingsCsv([w.kind, w.line, w.where, w.reason, w.cure], all)], { type: 'text/csv' }));
      a.download = `${w.fileName}-${i.naam.replace(/\.\w+$/, '')}.csv`;
      a.click();
      setTimeout(() => URL.revokeObjectURL(a.href), 10000);
      say(w.downloaded);
    } catch (e) {
      fail(e as Failure);
    }
  };
  const kinds = new Set(list.map((f) => f.soort)).size > 1, heading = kinds ? w.mixed : list[0]?.soort === 'gemarkeerd' ? w.remarks : w.refused;
  if (total === 0) return null;
  return (
    <section class="rule second"><div class="row head"><h2>{heading}</h2>{total !== null && total > 0 && <Act press={() => void download()}>{w.download}</Act>}</div>
      <Say>{said}</Say>
      {failure ? <Trouble failure={failure}><Act press={() => read(list.length)}>{w.tryAgain}</Act></Trouble> : total === null ? <Loading stop={() => fail(new Failure(t.stopped, 'S-0'))} /> : (
        <table class="found" role="table" aria-label={heading}><thead role="rowgroup"><tr role="row">{[w.line, w.where, w.reason, w.cure].map((h) => <th scope="col" role="columnheader" key={h}>{h}</th>)}</tr></thead>
          <tbody role="rowgroup">{list.map((f, k) => (
            <tr role="row" key={k}><th scope="row" role="rowheader">{f.regel > 0 ? <><span class="narrow">{w.line} </span>{num(f.regel)}</> : w.wholeFile}</th><td role="cell" class="any">{f.kolom ?? ''}</td>
              <td role="cell">{kinds && f.regel > 0 && <b>{w.sorts[f.soort] ?? f.soort}: </b>}{f.reden}</td><td role="cell">{f.oplossing ?? ''}</td></tr>
          ))}</tbody></table>
      )}
      {total !== null && total > list.length && <p><Act press={() => read(list.length)}>{w.showMore(Math.min(PAGE, total - list.length))}</Act></p>}
    </section>
  );
}
function Read({ i }: { i: Import }) {
  const w = words(), p = i.proef!, names = Object.fromEntries(p.indicatoren.map((x) => [x.id, x.naam]));
  return (
    <section class="rule second"><h2>{w.whatIsRead}</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label={w.whatIsRead}>
        <table class="twin"><thead><tr><th scope="col">{w.area}</th><th scope="col">{w.indicator}</th><th scope="col">{w.when}</th><th scope="col" class="r">{w.value}</th></tr></thead>
          <tbody>{p.voorbeeld.map((v, k) => <tr key={k}><th scope="row">{v.naam || v.gebied} <small>{v.naam ? v.gebied : ''}</small></th><td>{names[v.indicator] ?? v.indicator}</td><td class="nowrap">{moment(v.periode)}</td><td class="r">{typeof v.waarde === 'number' ? asRead(v.waarde) : <span class="quiet">{w.statuses[v.status] ?? v.status}</span>}</td></tr>)}</tbody></table></div>
      {p.indicatoren.length > 1 && <details><summary>{w.indicators} ({num(p.indicatoren.length)})</summary><ul class="columns">{p.indicatoren.map((x) => <li key={x.id}>{x.naam}</li>)}</ul></details>}
    </section>
  );
}
const idFits = (s: string) => /^[a-z][a-z0-9-]{2,63}$/.test(s);
function KeepMapping({ i }: { i: Import }) {
  const w = words(), [d, set] = useState({ id: '', titel: '', uitgever: '', licentie: '' }), [tried, tryIt] = useState(false), [saved, done] = useState(''), [failure, fail] = useState<Failure | null>(null);
  const lack = (v: string) => tried && v.trim() === '' && w.needed;
  const save = () => {
    tryIt(true);
    fail(null);
    if (idFits(d.id) && d.titel.trim() && d.uitgever.trim() && d.licentie.trim()) saveMapping(i.id, d).then(() => done(d.id), (e: unknown) => fail(e as Failure));
  };
  return (
    <section class="rule second"><details><summary><h2>{w.keep}</h2></summary>
      <p>{w.keepLead}</p>
      <Field id="bron-id" name={w.keepId} hint={w.keepIdHint} value={d.id} put={(id) => set({ ...d, id })} fault={tried && !idFits(d.id) && w.badId} />
      <Field id="bron-titel" name={w.keepTitle} value={d.titel} put={(titel) => set({ ...d, titel })} fault={lack(d.titel)} wide />
      <Field id="bron-uitgever" name={w.publisher} value={d.uitgever} put={(uitgever) => set({ ...d, uitgever })} fault={lack(d.uitgever)} wide />
      <Field id="bron-licentie" name={w.licence} hint={w.licenceHint} value={d.licentie} put={(licentie) => set({ ...d, licentie })} fault={lack(d.licentie)} />
      {failure && <Trouble failure={failure} />}
      <p>{saved ? null : <Act press={save}>{w.save}</Act>}</p><p role="status">{saved && w.saved(saved)}</p>
    </details></section>
  );
}
