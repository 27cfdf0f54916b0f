// SPDX-License-Identifier: EUPL-1.2
// How many residents live in class 1 to 3 and the gap over the years: on the page of a gemeente, and a page of its own for all.
import { useState } from 'preact/hooks';
import { scaleLinear } from './line_scale';
import { address, type Num, type Root, useApi } from './api';
import { useWidth } from './chart';
import { num, year } from './format';
import { Figure } from './number';
import { lastIndex } from './parts';
import { Part, Tabs } from './states';
import { g } from './text_gap';

interface Head { niveau: string; indelingsjaar: number; methode: string; methodeNaam: string; release: string | null; perVak: boolean; inwonersVan: string; inwonersVanTekst: string; perioden: string[]; anderePerioden: number }
interface Course { oordeel: string; oordeelTekst: string; perJaar: Num; laag: Num; hoog: Num; van: string | null; tot: string | null; waarom: string | null; spoor: string | null }
interface Measure { id: string; naam: string; spoor: string; waarden: Num[]; laag: Num[]; hoog: Num[]; waarom: (string | null)[]; verloop: Course }
interface Gap extends Head { trekkingen: number; gemeenten: { code: string; naam: string; maten: Measure[] }[] }
interface Counted { code: string; naam: string; inwoners: Num[]; laag: Num[]; hoog: Num[]; aandeel: Num[]; bekend: Num[]; buurten: number[]; waarom: (string | null)[]; spoor: string; spoorAandeel: string; spoorBuurten: string | null }
interface Short extends Head { gemeenten: Counted[] }

const three = (v: number) => num(v, 3);
const at = (spoor: string, period: string) => spoor.replace('{periode}', period);
const One = (p: { code: string; spoor: string; period: string; children: preact.ComponentChildren }) => <Figure code={p.code} indicator="" period={p.period} id={at(p.spoor, p.period)}>{p.children}</Figure>;

export function GapSection({ root, code, naam }: { root: Root; code: string; naam: string }) {
  const many = (root.indelingen.find((i) => i.niveau === 'gemeente')?.aantal ?? 0) > 1;
  const path = `/kloof?binnen=${encodeURIComponent(code)}`, gap = useApi<Gap>(path), count = useApi<Short>(`/onvoldoende?binnen=${encodeURIComponent(code)}`);
  if (gap.failure?.code === 'H-404' && count.failure) return null;
  return (
    <section class="rule second" id="kloof">
      <h2>{g().title}</h2>
      {!count.failure && <Part of={count} lines={2}>{(d) => <People d={d} />}</Part>}
      <Part of={gap} lines={5}>{(d) => <Distance d={d} count={count.data} naam={naam} />}</Part>
      <p class="row small"><a href={address(path)}>{g().api}</a>{many && code !== 'NL' && <a href="/kloof">{g().all}</a>}</p>
    </section>
  );
}

/** «In 2025 wonen 7.807 van de 107.959 inwoners …»: the newest year, beside the first. */
function People({ d }: { d: Short }) {
  const u = d.gemeenten[0], k = u ? lastIndex(u.inwoners) : -1;
  if (!u || k < 0) return null;
  const p = d.perioden[k]!, first = u.inwoners.findIndex((v) => v !== null), w = g();
  const [a, b] = w.people(p, w.ofPeople(num(u.bekend[k] ?? 0)), `${num(100 * (u.aandeel[k] ?? 0), 1)}%`, d.perVak ? w.inCells : w.inAreas(w.areas(d.niveau)));
  const [c, e] = w.before(d.perioden[first]!), [m, n] = w.buurten(u.buurten[k] ?? 0);
  return (
    <p class="lead">{a}<One code={u.code} spoor={u.spoor} period={p}>{num(u.inwoners[k]!)}</One>{b}{' '}
      {u.buurten.length > 0 && u.spoorBuurten && u.buurten[k]! > 0 && <>{m}<One code={u.code} spoor={u.spoorBuurten} period={p}>{num(u.buurten[k]!)}</One>{n} </>}
      {first < k && <>{c}<One code={u.code} spoor={u.spoor} period={d.perioden[first]!}>{num(u.inwoners[first]!)}</One>{e} </>}
      {d.perVak ? w.bounds(num(u.laag[k] ?? 0), num(u.hoog[k] ?? 0)) : <strong>{w.tooLow}</strong>}</p>
  );
}

function Distance({ d, count, naam }: { d: Gap; count: Short | null; naam: string }) {
  const [view, setView] = useState('beeld');
  const u = d.gemeenten[0], m = u?.maten.find((x) => x.id === 'kloof'), w = g(), level = w.areas(d.niveau);
  if (!u || !m) return <p>{w.none}</p>;
  const k = lastIndex(m.waarden), why = m.waarom[m.waarom.length - 1], v = m.verloop;
  const [a, b] = w.gap(level, d.perioden[k] ?? '');
  const label = w.image(naam, level);
  return (
    <>
      {k < 0 ? <p>{why ?? w.none}</p> : (
        <p>{a}<One code={u.code} spoor={m.spoor} period={d.perioden[k]!}>{three(m.waarden[k]!)}</One>{b}{m.laag[k] !== null && w.band(three(m.laag[k]!), three(m.hoog[k]!))}{' '}
          {v.spoor && v.perJaar !== null ? <><strong>{w.verdict[v.oordeel]}</strong> {w.since(v.van!, v.tot!)}: <Figure code={u.code} indicator="" period={v.tot!} id={v.spoor}>{num(v.perJaar, 4, true)}</Figure> {w.perYear}{w.band(num(v.laag!, 4, true), num(v.hoog!, 4, true))}</> : <>{w.verdict.onzeker}: {v.waarom}.</>}</p>
      )}
      {k >= 0 && <>
        <div class="row head"><p class="small">{w.what(level)} {w.unsure(num(d.trekkingen))} {d.inwonersVan !== 'gebied' && w.from(d.inwonersVanTekst)} {d.anderePerioden > 0 && w.other(d.anderePerioden)}</p>
          <Tabs label={w.view} options={[['beeld', w.picture], ['tabel', w.table]]} value={view} choose={setView} panel="kloofbeeld" /></div>
        <div id="kloofbeeld" role="tabpanel" aria-label={label} tabIndex={-1}>
          {view === 'beeld' ? <Picture periods={d.perioden} m={m} label={label} /> : <Twin d={d} m={m} code={u.code} count={count} label={label} />}
        </div>
      </>}
    </>
  );
}

/** The line with its band, from zero: a gap is a length. */
function Picture({ periods, m, label }: { periods: string[]; m: Measure; label: string }) {
  const [box, width] = useWidth(), high = width < 520 ? 220 : 280, foot = high - 28;
  const known = periods.map((p, k) => ({ p, v: m.waarden[k] ?? null, low: m.laag[k] ?? null, high: m.hoog[k] ?? null })).filter((x) => x.v !== null) as { p: string; v: number; low: Num; high: Num }[];
  const from = year(known[0]!.p), to = year(known[known.length - 1]!.p), end = known[known.length - 1]!;
  const x = scaleLinear([from, to === from ? from + 1 : to], [60, Math.max(80, width - 64)]), up = scaleLinear([0, Math.max(...known.map((k) => k.high ?? k.v)) * 1.08 || 1], [foot, 12]).nice(4);
  const banded = known.filter((k) => k.low !== null), band = [...banded.map((k) => `${x(year(k.p))} ${up(k.high!)}`), ...banded.map((k) => `${x(year(k.p))} ${up(k.low!)}`).reverse()].join('L');
  const shown: typeof known = []; // the last year always, the others where there is room
  for (const k of known) if (k === end || (x(to) - x(year(k.p)) >= 46 && (!shown.length || x(year(k.p)) - x(year(shown[shown.length - 1]!.p)) >= 46))) shown.push(k);
  return (
    <div ref={box} class="linechart">{width > 0 && (
      <svg width={width} height={high} viewBox={`0 0 ${width} ${high}`} role="img" aria-label={label}>
        {up.ticks(4).map((v) => <g key={v}><path d={`M44 ${up(v)}H${width}`} stroke="#e5e2da" /><text x="0" y={up(v) + 5}>{num(v, 2)}</text></g>)}
        <path d={`M44 ${foot}H${width}`} stroke="#16202b" />
        {banded.length > 1 && <path d={`M${band}Z`} fill="#00566b" fill-opacity=".15" />}
        {banded.length === 1 && <path d={`M${x(year(end.p))} ${up(end.low!)}V${up(end.high!)}`} stroke="#00566b" stroke-opacity=".4" stroke-width="3" />}
        <path d={`M${known.map((k) => `${x(year(k.p))} ${up(k.v)}`).join('L')}`} fill="none" stroke="#00566b" stroke-width="3" stroke-linejoin="round" />
        <circle cx={x(to)} cy={up(end.v)} r="5" fill="#00566b" stroke="#fff" stroke-width="2" />
        <text class="end a" x={x(to) + 10} y={up(end.v) + 5}>{three(end.v)}</text>
        {known.map((k) => <path key={k.p} d={`M${x(year(k.p))} ${foot}v5`} stroke="#16202b" />)}
        {shown.map((k) => <text key={k.p} class="year" x={x(year(k.p))} y={high - 7} text-anchor="middle">{k.p}</text>)}
      </svg>)}</div>
  );
}

function Twin({ d, m, code, count, label }: { d: Gap; m: Measure; code: string; count: Short | null; label: string }) {
  const w = g(), u = count?.gemeenten[0], cells = u ? u.buurten.length > 0 : false;
  const years = [...new Set([...d.perioden, ...(count?.perioden ?? [])])].sort();
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={label}><table class="twin"><thead><tr><th scope="col">{w.year}</th><th scope="col" class="r">{w.gapHead}</th><th scope="col" class="r">{w.bandHead}</th>{u && <><th scope="col" class="r">{w.inClass}</th><th scope="col" class="r">{w.share}</th>{cells && <th scope="col" class="r">{w.buurtenHead}</th>}</>}</tr></thead>
      <tbody>{years.map((p) => {
        const k = d.perioden.indexOf(p), i = count?.perioden.indexOf(p) ?? -1, v = m.waarden[k] ?? null, n = u?.inwoners[i] ?? null;
        return (
          <tr key={p}><th scope="row">{p}</th>{v === null ? <td colSpan={2} class="why">{m.waarom[k] ?? w.notCounted}</td> : <><td class="r"><One code={code} spoor={m.spoor} period={p}>{three(v)}</One></td><td class="r">{m.laag[k] === null ? '' : `${three(m.laag[k]!)} – ${three(m.hoog[k]!)}`}</td></>}
            {u && (n === null ? <td colSpan={cells ? 3 : 2} class="why">{u.waarom[i] ?? w.notCounted}</td> : <><td class="r"><One code={code} spoor={u.spoor} period={p}>{num(n)}</One></td><td class="r"><One code={code} spoor={u.spoorAandeel} period={p}>{num(100 * (u.aandeel[i] ?? 0), 1)}%</One></td>{cells && <td class="r">{u.spoorBuurten && <One code={code} spoor={u.spoorBuurten} period={p}>{u.buurten[i]}</One>}</td>}</>)}</tr>
        );
      })}</tbody></table></div>
  );
}

/** All areas together, and below them every gemeente by name: a list to find one in, not to rank them. */
export function GapView({ root }: { root: Root; place: URL }) {
  const all = useApi<Gap>('/kloof');
  return (
    <main id="inhoud" tabIndex={-1} class="area">
      <h1>{g().titleAll}</h1>
      <GapSection root={root} code="NL" naam="" />
      <section class="rule second"><h2>{g().all}</h2><Part of={all} lines={6}>{(d) => <Each d={d} />}</Part></section>
    </main>
  );
}

function Each({ d }: { d: Gap }) {
  const [text, setText] = useState(''), [most, setMost] = useState(60), w = g();
  const rows = d.gemeenten.filter((u) => u.code !== 'NL' && u.naam.toLowerCase().includes(text.toLowerCase())).sort((a, b) => a.naam.localeCompare(b.naam, 'nl'));
  return (
    <>
      <p><label>{w.find} <input class="utrecht-textbox" value={text} onInput={(e) => { setText(e.currentTarget.value); setMost(60); }} /></label></p>
      <div class="scroll" tabIndex={0} role="region" aria-label={w.all}><table class="twin"><thead><tr><th scope="col">{w.gemeente}</th><th scope="col" class="r">{w.year}</th><th scope="col" class="r">{w.gapHead}</th><th scope="col" class="r">{w.bandHead}</th><th scope="col">{w.verdictHead}</th></tr></thead>
        <tbody>{rows.slice(0, most).map((u) => {
          const m = u.maten.find((x) => x.id === 'kloof')!, k = lastIndex(m.waarden), p = d.perioden[k];
          return <tr key={u.code}><th scope="row"><a href={`/gemeente/${u.code}#kloof`}>{u.naam}</a></th>{p === undefined ? <td colSpan={4} class="why">{m.waarom[m.waarom.length - 1]}</td> : <><td class="r">{p}</td><td class="r"><One code={u.code} spoor={m.spoor} period={p}>{three(m.waarden[k]!)}</One></td><td class="r">{m.laag[k] === null ? '' : `${three(m.laag[k]!)} – ${three(m.hoog[k]!)}`}</td><td>{m.verloop.spoor ? w.words[m.verloop.oordeel] : m.verloop.waarom}</td></>}</tr>;
        })}</tbody></table></div>
      {rows.length === 0 && <p>{w.noHit}</p>}
      {rows.length > most && <p class="more"><button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={() => setMost(most + 300)}>{w.more(rows.length - most)}</button></p>}
    </>
  );
}
