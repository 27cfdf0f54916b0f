// SPDX-License-Identifier: EUPL-1.2
// «Lokale weging»: what counts and how much, who decided, and on the same screen how firm it is and what other weights would do.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { type Num, type Root, useApi } from './api';
import { day, num, percent } from './format';
import { Part } from './states';
import { words } from './text_weighing';

interface Moves { meer: Num; minder: Num; zonder: Num }
interface Weigh extends Moves { id: string; naam: string; gewicht: number; deel: number }
interface Input extends Moves { indicator: string; naam: string; onderdeel: string; gewicht: number; deel: number; richting: string; reden: string | null }
interface Recipe {
  id: string; naam: string; over: string; versie: string; niveau: string; niveauNaam: string; openbaar: boolean; ontbreekt: string[]; periode: string | null; normaliserenWoorden: string; ijkjaar: Num; midden: number; stap: number;
  besluit: { door: string | null; op: string | null; waarom: string | null; register: string | null; privacy: string | null; gelijkheid: string | null; stop: string | null; herziening: string | null };
  klassen: { naam: string; tot: Num }[]; onderdelen: Weigh[]; cijfers: Input[]; gevoeligheid: { verschuiving: number; gebieden: number; vast: number; anders: number } | null;
}

export function WeighingView({ place }: { root: Root; place: URL }) {
  const id = decodeURIComponent(place.pathname.split('/')[2] ?? ''), recipe = useApi<Recipe>(`/wegingen/${encodeURIComponent(id)}`);
  return <main id="inhoud" tabIndex={-1} class="method"><Part of={recipe} lines={8}>{(r) => <Page r={r} />}</Part></main>;
}

function Page({ r }: { r: Recipe }) {
  const w = words(), s = r.gevoeligheid, b = r.besluit;
  const record: [string, string | null][] = [[w.by, b.door], [w.on, b.op && day(b.op)], [w.why, b.waarom], [w.review, b.herziening && day(b.herziening)], [w.register, b.register], [w.privacy, b.privacy], [w.equity, b.gelijkheid], [w.stop, b.stop]];
  return (
    <>
      <h1>{r.naam}</h1>
      <p class="lead">{r.over} {w.national2}</p>
      {!r.openbaar && <div class="failed"><p>{w.notPublic(r.naam)}</p><ul class="dashes">{r.ontbreekt.map((m) => <li key={m}>{m}</li>)}</ul></div>}
      <div class="grid second">
        <div class="span6 strong">
          <section class="rule"><h2>{w.whoDecided}</h2><dl class="facts">{record.map(([name, text]) => text && <><dt>{name}</dt><dd>{text}</dd></>)}</dl></section>
          <section class="rule"><h2>{w.how}</h2><p>{w.howText(r.normaliserenWoorden, r.ijkjaar !== null ? w.refYear(String(r.ijkjaar)) : '')}</p>
            <h3>{w.classes}</h3><ul class="list">{r.klassen.map((k) => <li key={k.naam}><span>{k.naam}</span><span>{k.tot !== null ? `${w.upTo} ${num(k.tot, Number.isInteger(k.tot) ? 0 : 1)}` : w.over}</span></li>)}</ul></section>
        </div>
        <div class="span6 strong">
          <section class="rule"><h2>{w.firmTitle}</h2>
            {s ? <><p>{w.firmLead(num(s.vast), num(s.gebieden), r.niveauNaam, percent(s.verschuiving))}</p><Firm r={r} p={percent(s.verschuiving)} /></> : null}</section>
          {r.openbaar && s && <Try r={r} all={s.gebieden} />}
          {r.openbaar && r.periode && <p><a href={`/kaart?laag=${encodeURIComponent(`weging:${r.id}`)}&niveau=${r.niveau}`}>{w.onMap}</a></p>}
        </div>
      </div>
    </>
  );
}

/** Weights and what each does to the classes: one table, so that the two are read together. */
function Firm({ r, p }: { r: Recipe; p: string }) {
  const w = words(), cells = (m: Moves) => [m.meer, m.minder, m.zonder].map((v, k) => <td key={k} class="r">{v === null ? '' : num(v)}</td>);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={w.firmTitle}>
      <table class="twin"><caption class="small">{w.changeCount(r.niveauNaam)}</caption><thead><tr><th scope="col">{w.counts}</th><th scope="col" class="r">{w.share}</th><th scope="col" class="r">{w.moreCol(p)}</th><th scope="col" class="r">{w.lessCol(p)}</th><th scope="col" class="r">{w.without}</th></tr></thead>
        <tbody>{r.onderdelen.map((d) => (
          <>
            <tr key={d.id} class="sum"><th scope="row">{d.naam}</th><td class="r">{percent(d.deel)}</td>{cells(d)}</tr>
            {r.cijfers.filter((c) => c.onderdeel === d.id).map((c) => <tr key={c.indicator}><th scope="row">{c.naam} <small>{c.richting === 'hoger is beter' ? w.up : w.down}{c.reden ? ` · ${c.reden}` : ''}</small></th><td class="r">{percent(c.deel)}</td>{cells(c)}</tr>)}
          </>
        ))}</tbody></table>
    </div>
  );
}

/** Another weight for a figure, and how many areas would change class: computed by the server, nothing is kept. */
function Try({ r, all }: { r: Recipe; all: number }) {
  const w = words(), usual = useMemo(() => new Map(r.cijfers.map((c) => [c.indicator, c.gewicht])), [r]);
  const [weights, set] = useState(usual), [asked, ask] = useState('');
  const changed = [...weights].filter(([k, v]) => v !== usual.get(k)).map(([k, v]) => `${k}:${v}`).join(',');
  useEffect(() => { const timer = setTimeout(() => ask(changed), 250); return () => clearTimeout(timer); }, [changed]);
  const answer = useApi<{ anders: number }>(asked ? `/wegingen/${encodeURIComponent(r.id)}/scores?gewichten=${encodeURIComponent(asked)}` : null);
  return (
    <section class="rule"><h2>{w.tryTitle}</h2><p class="small">{w.tryLead}</p>
      <ul class="list">{r.cijfers.map((c) => {
        const most = Math.max(1, 3 * c.gewicht), now = weights.get(c.indicator) ?? c.gewicht;
        return <li key={c.indicator}><label for={`g-${c.indicator}`}>{c.naam}</label><span><input id={`g-${c.indicator}`} type="range" min="0" max={most} step={most / 30} value={now} aria-valuetext={num(now, 1)} onInput={(e) => set(new Map(weights).set(c.indicator, Math.round(Number(e.currentTarget.value) * 100) / 100))} /> {num(now, 1)}</span></li>;
      })}</ul>
      <p role="status">{asked && answer.data ? w.tried(num(answer.data.anders), num(all), r.niveauNaam) : ''}</p>
      {changed && <button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={() => set(usual)}>{w.reset}</button>}
    </section>
  );
}
