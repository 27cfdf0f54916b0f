// SPDX-License-Identifier: EUPL-1.2
// The end of an import: what was loaded with the ways to it, or that nothing was and why.
import { useEffect, useState } from 'preact/hooks';
import { renew } from './api';
import { moment, short } from './format';
import type { Import } from './import_api';
import { asRead, Sentence } from './import_parts';
import { levelOf } from './import_read';
import { Figure } from './number';
import { hasPage, pageOf } from './route';
import { words } from './text_import';

export function Done({ i }: { i: Import }) {
  const w = words(), p = i.proef, [fresh, set] = useState(false);
  // the figures of before are still in this page; the links must show those of after
  useEffect(() => { renew().then(() => set(true), () => set(false)); }, [i.id]);
  const one = p?.voorbeeld.find((v) => typeof v.waarde === 'number'), level = one && levelOf(one.gebied), what = p?.indicatoren.find((x) => x.id === one?.indicator)?.naam ?? one?.indicator ?? '';
  return (
    <>
      <Sentence step="geladen">{w.done(p?.goed ?? 0)}</Sentence>
      <p class="lead any">{w.doneLead(i.naam)}</p>
      {fresh && one && <section class="rule second"><h2>{w.traceOne}</h2>
        <p>{w.traceLead(one.naam || one.gebied, what, moment(one.periode))} <Figure code={one.gebied} indicator={one.indicator} period={one.periode}>{asRead(one.waarde!)}</Figure></p>
        {level && hasPage(level) && <p><a href={pageOf(level, one.gebied)}>{w.toArea(one.naam || one.gebied)}</a></p>}</section>}
      {p && p.indicatoren.length > 0 && <section class="rule second"><h2>{w.seeMap}</h2>
        <ul class="columns">{p.indicatoren.map((x) => <li key={x.id}><a href={`/kaart?laag=${encodeURIComponent(x.id)}${level ? `&niveau=${level}` : ''}`}>{x.naam}</a></li>)}</ul></section>}
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
