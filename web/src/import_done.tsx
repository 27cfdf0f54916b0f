// SPDX-License-Identifier: EUPL-1.2
// The end of an import: what was loaded with the ways to it, or that nothing was and why.
import { useEffect, useState } from 'preact/hooks';
import { type Indicator, renew, useApi } from './api';
import { moment, short } from './format';
import type { Example, Import } from './import_api';
import { asRead, Sentence } from './import_parts';
import { levelOf } from './import_read';
import { Figure } from './number';
import { hasPage, pageOf } from './route';
import { words } from './text_import';

/** Where a figure of this file now stands: of the divisions that have it, the one the file is of. */
function divisionOf(i: Import, x: Example, all: Indicator[]): number | undefined {
  const level = levelOf(x.gebied), years = (all.find((y) => y.id === x.indicator)?.beschikbaar ?? []).filter((b) => b.niveau === level && b.perioden.includes(x.periode)).map((b) => b.indelingsjaar);
  return [i.jaar ?? 0, Number(x.periode.slice(0, 4))].find((y) => years.includes(y)) ?? years[years.length - 1];
}
export function Done({ i }: { i: Import }) {
  const w = words(), p = i.proef, [fresh, set] = useState(false), read = useApi<{ indicatoren: Indicator[] }>(fresh ? '/indicatoren' : null);
  // the figures of before are still in this page; the links must show those of after
  useEffect(() => { renew().then(() => set(true), () => set(false)); }, [i.id]);
  const one = p?.voorbeeld.find((v) => typeof v.waarde === 'number'), level = one && levelOf(one.gebied), what = p?.indicatoren.find((x) => x.id === one?.indicator)?.naam ?? one?.indicator ?? '';
  const year = one && read.data ? divisionOf(i, one, read.data.indicatoren) : undefined;
  return (
    <>
      <Sentence step="geladen">{w.done(p?.goed ?? 0)}</Sentence>
      <p class="lead any">{p?.omrekeningen ? w.doneCrossed : w.doneLead(i.naam)}</p>
      {read.data && one && <section class="rule second"><h2>{w.traceOne}</h2>
        <p>{w.traceLead(one.naam || one.gebied, what, moment(one.periode))} <Figure code={one.gebied} indicator={one.indicator} period={one.periode} division={year}>{asRead(one.waarde!)}</Figure></p>
        {level && hasPage(level) && <p><a href={pageOf(level, one.gebied)}>{w.toArea(one.naam || one.gebied)}</a></p>}</section>}
      {p && p.indicatoren.length > 0 && <section class="rule second"><h2>{w.seeMap}</h2>
        <ul class="columns">{p.indicatoren.map((x) => <li key={x.id}><a href={`/kaart?laag=${encodeURIComponent(x.id)}${level ? `&niveau=${level}` : ''}${year ? `&indelingsjaar=${year}` : ''}`}>{x.naam}</a></li>)}</ul></section>}
      <p class="row second"><a href="/gegevens">{w.seeFindings}</a><a class="utrecht-button utrecht-button--secondary-action aslink" href="/gegevens/import">{w.newFile}</a></p>
      <p class="small">{w.hash}: <code title={i.sha256}>{short(i.sha256)}</code></p>
    </>
  );
}
export function Nothing({ name, stopped }: { name: string; stopped: boolean }) {
  const w = words();
  return (
    <>
      <Sentence step="niets">{stopped ? w.dropped : w.nothing}</Sentence>
      <p class="lead any">{w.nothingLead(name)}</p>
      <p class="row second"><a class="utrecht-button utrecht-button--primary-action aslink" href="/gegevens/import">{w.another}</a></p>
    </>
  );
}
