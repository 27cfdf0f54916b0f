// SPDX-License-Identifier: EUPL-1.2
// The second step: which source a file is, or, column by column, what it holds. Under the choices stands at once how the first
// rows will be read.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { type Areas, type Failure, type Indicator, type Root, useApi } from './api';
import { num } from './format';
import { type Ask, type Column, type Import, type Known, tryImport } from './import_api';
import { Act, asRead, type Choice, Field, Pick, Radios, Sentence, Trouble } from './import_parts';
import { divisionOf, divisionsOf, doubtful, type Draft, fieldsOf, firstDraft, type Lack, lacks, LEVELS, mappingOf, type Reading, readings, yearFits } from './import_read';
import { Part } from './states';
import { t } from './text';
import { words } from './text_import';

const MANY = 30;
/** What the visitor set for this import, kept in this tab so that a reload shows it again. */
export interface Kept { source: string; year: string; gemeente: string; draft: Draft; ask?: Ask; answers: Record<string, string> }
const slot = (id: string) => `wijk-import-${id}`;
export function recall(i: Import): Kept {
  try {
    const text = sessionStorage.getItem(slot(i.id));
    if (text) return JSON.parse(text) as Kept;
  } catch { /* nothing was kept */ }
  const sure = i.herkend.find((h) => h.zeker);
  return { source: i.bron ?? sure?.bron ?? '', year: i.jaar ? String(i.jaar) : '', gemeente: i.gemeente ?? '', draft: firstDraft(i), answers: {} };
}
export function retain(id: string, kept: Kept): void {
  try { sessionStorage.setItem(slot(id), JSON.stringify(kept)); } catch { /* then a reload begins anew */ }
}

export function Choose({ i, root, kept, keep, put, drop }: { i: Import; root: Root; kept: Kept; keep: (k: Kept) => void; put: (i: Import) => void; drop: () => void }) {
  const w = words(), [failure, fail] = useState<Failure | null>(null), [asks, asked] = useState(false), [tried, tryIt] = useState(false);
  const known = i.herkend.find((h) => h.bron === kept.source), mapping = !known, sure = i.herkend.filter((h) => h.zeker);
  const badYear = !mapping && kept.year !== '' && !yearFits(kept.year), badGemeente = kept.gemeente !== '' && !/^GM\d{4}$/i.test(kept.gemeente.trim());
  const gemeenten = useApi<Areas>(root.indelingen.some((l) => l.niveau === 'gemeente') ? '/gebieden?niveau=gemeente' : null).data?.gebieden ?? [], named = mapping && kept.draft.by === 'naam';
  // names are looked for in one gemeente; where there is only one, it is that
  useEffect(() => { if (named && kept.gemeente === '' && gemeenten.length === 1) keep({ ...kept, gemeente: gemeenten[0]!.code }); }, [named, gemeenten.length]);
  const open: Lack[] = [...(mapping ? lacks(kept.draft) : []), ...(named && kept.gemeente.trim() === '' ? ['gemeente' as const] : [])];
  const check = () => {
    tryIt(true);
    if (open.length || badYear || badGemeente) { setTimeout(() => document.querySelector<HTMLElement>(badYear ? '#bron-jaar' : badGemeente ? '#gemeente' : '.still')?.focus(), 50); return; }
    const more = { ...(kept.gemeente ? { gemeente: kept.gemeente.trim().toUpperCase() } : {}) };
    const division = divisionOf(kept.draft, root.indelingen);
    const ask: Ask = mapping ? { indeling: mappingOf(kept.draft), ...(division ? { jaar: Number(division) } : {}), ...more }
      : { bron: kept.source, ...(kept.year ? { jaar: Number(kept.year) } : {}), ...more };
    keep({ ...kept, ask, answers: {} });
    fail(null);
    asked(true);
    tryImport(i.id, ask).then((x) => { asked(false); put(x); }, (e: unknown) => { asked(false); fail(e as Failure); });
  };
  return (
    <>
      <Sentence step={`kies-${mapping}`}>{i.herkend.length === 0 ? w.notKnown : sure.length === 1 ? w.isKnown(sure[0]!.titel) : w.maybeKnown}</Sentence>
      <p class="lead any">{i.naam}</p>
      {i.herkend.length > 0 && <Sources all={i.herkend} value={mapping ? '' : kept.source} choose={(source) => keep({ ...kept, source })} />}
      {mapping ? <Mapper i={i} root={root} d={kept.draft} put={(draft) => keep({ ...kept, draft })} /> : <section class="second"><Field id="bron-jaar" name={w.year} hint={w.yearHint} value={kept.year} put={(year) => keep({ ...kept, year })} fault={tried && badYear && w.badYear} /></section>}
      <section class="last">
        <Field id="gemeente" name={w.gemeente} hint={named ? w.gemeenteNeeded : w.gemeenteHint} list={gemeenten} value={kept.gemeente} put={(gemeente) => keep({ ...kept, gemeente })} fault={tried && badGemeente && w.badGemeente} />
        {tried && open.length > 0 && <div class="failed still" role="alert" tabIndex={-1}><p>{w.still}</p><ul class="dashes">{open.map((l) => <li key={l}>{w.lacks[l]}</li>)}</ul></div>}
        {failure && <Trouble failure={failure} />}
        <p class="row acts"><Act main press={check} why={asks && t.loading}>{w.check}</Act><Act press={drop}>{w.loadNone}</Act></p>
        <p class="small">{w.checkNote}</p>
      </section>
    </>
  );
}
function Sources({ all, value, choose }: { all: Known[]; value: string; choose: (v: string) => void }) {
  const w = words();
  return (
    <section class="sources"><Radios group="bron" legend={w.whichSource} value={value} choose={choose} options={[
      ...all.map((h) => ({ id: h.bron, name: h.titel, more: <small>{h.zeker ? w.sure : w.unsure}. {h.waarom}</small> })), { id: '', name: w.noneOfThese }]} /></section>
  );
}
function Columns({ id, name, all, value, put }: { id: string; name: string; all: Column[]; value: string; put: (v: string) => void }) {
  const w = words();
  return (
    <p class="field"><label for={id}>{name}</label><select id={id} value={value} onChange={(e) => put(e.currentTarget.value)}>
      <option value="">{w.chooseColumn}</option>{all.map((c) => <option key={c.naam} value={c.naam}>{c.naam}{c.voorbeelden[0] ? ` (${c.voorbeelden[0].slice(0, 24)})` : ''}</option>)}</select></p>
  );
}
function Mapper({ i, root, d, put }: { i: Import; root: Root; d: Draft; put: (d: Draft) => void }) {
  const w = words(), read = useApi<{ indicatoren: Indicator[] }>('/indicatoren');
  const set = (part: Partial<Draft>) => put({ ...d, ...part }), divisions = divisionsOf(d, root.indelingen);
  if (i.kolommen.length === 0) return <p class="mention">{w.noColumns}</p>;
  return (
    <>
      <section class="rule second"><h2>{w.mapTitle}</h2><p>{w.mapLead}</p>
        <div class="grid thirds settings">
          <div><h3>{w.aboutArea}</h3>
            <p class="field"><label for="niveau">{w.level}</label><select id="niveau" value={d.level} onChange={(e) => set({ level: e.currentTarget.value })}>{LEVELS.map((l) => <option key={l} value={l}>{w.levels[l]}</option>)}</select></p>
            <Columns id="gebied" name={w.areaColumn} all={i.kolommen} value={d.area} put={(area) => set({ area })} />
            <Radios group="soort" legend={<span class="sr">{w.areaColumn}</span>} value={d.by} choose={(by) => set({ by: by as Draft['by'] })} options={[{ id: 'code', name: w.byCode }, { id: 'naam', name: w.byName }]} />
            {divisions.length > 0 && <p class="field"><label for="indeling">{w.division}</label><small id="indeling-hint">{w.divisionHint}</small><select id="indeling" aria-describedby="indeling-hint" value={divisionOf(d, root.indelingen)} onChange={(e) => set({ division: e.currentTarget.value })}>{divisions.map((y) => <option key={y} value={y}>{root.indelingen.some((l) => l.niveau === d.level && String(l.indelingsjaar) === y) ? y : w.notLoaded(y)}</option>)}</select></p>}
            {d.by === 'naam' && <p class="small">{w.byNameNote}</p>}</div>
          <div><h3>{w.period}</h3>
            <Radios group="periode" legend={<span class="sr">{w.period}</span>} value={d.periodFrom} choose={(v) => set({ periodFrom: v as Draft['periodFrom'] })} options={[{ id: 'jaar', name: w.periodYear }, { id: 'kolom', name: w.periodColumn }]} />
            {d.periodFrom === 'kolom' ? <Columns id="periode" name={w.whichColumn} all={i.kolommen} value={d.periodColumn} put={(periodColumn) => set({ periodColumn })} />
              : <Field id="jaar" name={w.year} value={d.year} put={(year) => set({ year })} fault={d.year !== '' && !yearFits(d.year) && w.badYear} />}</div>
          <div><h3>{w.numbers}</h3>
            <Radios group="decimaal" legend={w.decimal} value={d.decimal} choose={(v) => set({ decimal: v as Draft['decimal'] })} options={[{ id: 'komma', name: w.comma }, { id: 'punt', name: w.point }, { id: 'beide', name: w.both }]} />
            <Field id="ontbreekt" name={w.missing} hint={w.marksHint} value={d.missing} put={(missing) => set({ missing })} />
            <Field id="geheim" name={w.secret} hint={w.secretHint} value={d.secret} put={(secret) => set({ secret })} /></div>
        </div>
      </section>
      <section class="rule second"><h2>{w.columns}</h2>
        <Part of={read} lines={6}>{(a) => <FieldList i={i} d={d} all={a.indicatoren} set={set} />}</Part></section>
      <section class="rule second"><h2>{w.preview}</h2><p class="small">{w.previewLead}</p>
        <Preview i={i} d={d} names={Object.fromEntries((read.data?.indicatoren ?? []).map((x) => [x.id, x.naam]))} /></section>
    </>
  );
}
function FieldList({ i, d, all, set }: { i: Import; d: Draft; all: Indicator[]; set: (part: Partial<Draft>) => void }) {
  const w = words(), [most, more] = useState(MANY), [q, ask] = useState('');
  const choices = useMemo<Choice[]>(() => all.map((x) => ({ id: x.id, name: x.naam, more: `${t.themes[x.thema] ?? x.thema}${x.eenheid ? ` · ${x.eenheid}` : ''}` })), [all]);
  const found = i.kolommen.filter((c) => c.naam.toLowerCase().includes(q.trim().toLowerCase()));
  const choose = (column: string, indicator: string) => {
    const { [column]: _, ...rest } = d.fields;
    set({ fields: indicator ? { ...rest, [column]: indicator } : rest });
  };
  return (
    <>
      <p>{w.columnsLead(num(choices.length))}</p>
      {i.kolommen.length > MANY && <p class="ask"><label for="zoek-kolom">{w.searchColumns}</label><input id="zoek-kolom" class="utrecht-textbox" value={q} onInput={(e) => ask(e.currentTarget.value)} /></p>}
      <ul class="columns-of">{found.slice(0, most).map((c) => {
        const k = i.kolommen.indexOf(c), examples = c.voorbeelden.filter((v) => v.trim() !== '').slice(0, 3).join(' · ');
        return (
          <li key={c.naam}><div><b class="any">{c.naam}</b><small id={`kolom-${k}-vb`} class="any">{examples || w.emptyCell}</small></div>
            {c.naam === d.area ? <span class="quiet">{w.isArea}</span> : d.periodFrom === 'kolom' && c.naam === d.periodColumn ? <span class="quiet">{w.isPeriod}</span>
              : <Pick id={`kolom-${k}`} label={w.indicatorFor(c.naam)} described={`kolom-${k}-vb`} all={choices} value={d.fields[c.naam] ?? ''} choose={(v) => choose(c.naam, v)} />}</li>
        );
      })}</ul>
      {found.length > most && <p><Act press={() => more(most + 100)}>{w.moreColumns(Math.min(100, found.length - most))}</Act></p>}
    </>
  );
}
/** What the choices make of the cells: read anew at each change, on this side of the line. */
function Preview({ i, d, names }: { i: Import; d: Draft; names: Record<string, string> }) {
  const w = words(), rows = useMemo(() => readings(i.kolommen, d), [i.kolommen, d]), doubt = doubtful(i.kolommen, d);
  if (!d.area || fieldsOf(d).length === 0) return <p>{w.previewNone}</p>;
  const one = (r: Reading) => {
    const raw = r.text === '' ? w.emptyCell : `«${r.text}»`;
    if ('fits' in r) return r.fits ? raw : <>{raw} <span class="odd">{w.oddArea}</span></>;
    if (r.cell.kind !== 'number') return <>{raw} <span class={r.cell.kind === 'odd' ? 'odd' : ''}>{w.reads[r.cell.kind]}</span></>;
    return <>{raw} {w.becomes} <b>{asRead(r.cell.value)}</b></>;
  };
  return (
    <>
      {doubt && <p class="mention" role="status">{w.doubt(doubt)}</p>}
      <dl class="reads">{rows.map((r) => (
        <div key={r.column}><dt><b class="any">{r.as === 'figure' ? (names[r.indicator] ?? r.indicator) : r.as === 'area' ? w.area : w.when}</b><small class="any">{w.fromColumn(r.column)}</small></dt>
          <dd>{r.cells.length ? <ul>{r.cells.map((c, k) => <li key={k} class="any">{one(c)}</li>)}</ul> : w.emptyCell}</dd></div>
      ))}</dl>
    </>
  );
}
