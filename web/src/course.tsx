// SPDX-License-Identifier: EUPL-1.2
// Where an area goes: the trend with its band and what it says in words, the type of its course with why, what its level and change
// consist of, and for a gemeente or wijk who went from which class to which. Each picture has its table.
import { useRef, useState } from 'preact/hooks';
import { scaleLinear } from './line_scale';
import { type AreaPage, type Num, useApi } from './api';
import { NormLine, room, type Spot, useWidth, wide } from './chart';
import { dev, num, percent, year } from './format';
import type { NormHere } from './norm_api';
import { lineOf, NormFoot, NormNote } from './norm_line';
import { Figure } from './number';
import { Tabs } from './states';
import { words } from './text_course';

export interface Trend { zin: string; richting: string; richtingNaam: string; perJaar: Num; laag: Num; hoog: Num; knik: Num; gladgestreken: Num; eigenAandeel: Num; metingen: number; reden: string | null; spoor: string | null; perioden: string[]; lijn: Num[]; onder: Num[]; boven: Num[] }
interface Type { methode: string; basisjaar: number; recentJaar: number; jaar: number; type: string | null; naam: string | null; zin: string; verandering: Num; recent: Num; ontwikkelklasse: Num; zeker: boolean; naarKlassen: boolean; reden: string | null; spoor: string | null; basisjaren: number[] }
interface Piece { indicator: string; naam: string; stand: Num; verandering: Num; spoor: string | null; spoorVerandering: string | null }
interface Made { indicator: string; zinStand: string; zinVerandering: string | null; stand: Num; verandering: Num; spoor: string | null; spoorVerandering: string | null; delen: Piece[]; rest: Num; restVerandering: Num }
interface Answer { code: string; naam: string; trend: Trend | null; verloop: Type | null; ontleding: Made | null }

export default function Course({ d, method, norm }: { d: AreaPage; method: string; norm: NormHere | null }) {
  const [base, setBase] = useState(''), [view, setView] = useState('beeld'), w = words();
  const read = useApi<Answer>(`/gebieden/${encodeURIComponent(d.code)}/verloop?methode=${method}&indelingsjaar=${d.indelingsjaar}${base ? `&basisjaar=${base}&recentJaar=${base}` : ''}`).data;
  // while another base year is on its way the answer before stays, and with it the focus
  const kept = useRef<Answer | null>(null);
  if (read) kept.current = read;
  const a = read ?? kept.current;
  const s = d.scores.find((x) => x.methode === method);
  if (!a || !s || (!a.trend && !a.verloop)) return null;
  const t = a.trend, v = a.verloop, gm = d.gemeente && d.gemeente.code !== d.code ? d.gemeente.scores.find((x) => x.methode === method) : undefined;
  const seen = (p: string) => s.totaal[s.perioden.indexOf(p)] ?? null;
  const city = (p: string) => (gm ? gm.totaal[gm.perioden.indexOf(p)] ?? null : null);
  const drawn = t !== null && t.lijn.some((x) => x !== null), known = s.perioden.filter((_, k) => s.totaal[k] !== null);
  return (
    <section class="rule second course">
      <div class="row head"><h2>{w.title}</h2>{drawn && <Tabs label={w.view} options={[['beeld', w.chart], ['tabel', w.table]]} value={view} choose={setView} panel="trend" />}</div>
      {v && (
        <div class="grid">
          <div class="span8">
            {v.naam && <p><span class="kind">{v.spoor ? <Figure code={d.code} indicator={v.methode} period={String(v.jaar)} id={v.spoor}>{v.naam}</Figure> : v.naam}</span></p>}
            <p>{v.zin}</p>
            {v.ontwikkelklasse !== null && <p class="small">{w.developmentIs}: {w.development(v.ontwikkelklasse)}.</p>}
          </div>
          <div class="span4">
            <p><label class="small" for="basisjaar">{w.baseYear}</label> <select id="basisjaar" class="utrecht-select" value={base || String(v.basisjaar)} onChange={(e) => setBase(e.currentTarget.value)}>{v.basisjaren.map((y) => <option key={y} value={String(y)}>{y}</option>)}</select></p>
            <details class="small"><summary>{w.typeMethod}</summary><p>{w.typeText} <a href="/methode/verlopen">{w.more}</a></p></details>
          </div>
        </div>
      )}
      {t && (
        <div id="trend" role={drawn ? 'tabpanel' : undefined} aria-label={drawn ? w.trend : undefined} tabIndex={drawn ? -1 : undefined}>
          <h3>{w.trend}</h3>
          <p>{t.zin}{t.perJaar !== null && t.spoor && <> {w.slope}: <Figure code={d.code} indicator={method} period={t.perioden[t.perioden.length - 1]!} id={t.spoor}>{num(t.perJaar, 4, true)}</Figure>.</>}</p>
          {t.knik === null && t.gladgestreken !== null && t.eigenAandeel !== null && <p class="small">{w.smoothed}: {num(t.gladgestreken, 4, true)}, {w.own(percent(t.eigenAandeel))}.</p>}
          {drawn && view === 'beeld' && <><p class="small">{w.note}{t.knik !== null ? ` ${w.bend(String(t.knik))}` : ''}{gm ? ` ${w.city(d.gemeente!.naam)}` : ''}</p><NormNote x={norm} /><Picture t={t} seen={t.perioden.map(seen)} city={t.perioden.map(city)} label={t.zin} norm={lineOf(norm)} /></>}
          {drawn && view === 'tabel' && (
            <div class="scroll" tabIndex={0} role="region" aria-label={w.trend}><table class="twin"><thead><tr><th scope="col">{w.year}</th><th scope="col" class="r">{w.value}</th><th scope="col" class="r">{w.line}</th><th scope="col" class="r">{w.low}</th><th scope="col" class="r">{w.high}</th></tr></thead>
              <tbody>{t.perioden.map((p, k) => { const i = s.perioden.indexOf(p), x = seen(p); return <tr key={p}><th scope="row">{p}</th><td class="r">{x === null ? w.none : <Figure code={d.code} indicator={method} period={p} id={s.sporen[i]?.totaal ?? null}>{dev(x)}</Figure>}</td>{[t.lijn[k], t.onder[k], t.boven[k]].map((y, n) => <td class="r" key={n}>{y === null || y === undefined ? '' : num(y, 3, true)}</td>)}</tr>; })}</tbody><NormFoot x={norm} columns={4} /></table></div>
          )}
          <details class="small"><summary>{w.estimate} {w.method}</summary><p>{w.trendText} <a href="/methode/trend">{w.more}</a></p></details>
        </div>
      )}
      {a.ontleding && a.ontleding.delen.length > 0 && <MadeOf d={d} m={a.ontleding} from={s.verandering?.van ?? ''} to={s.verandering?.tot ?? known[known.length - 1] ?? ''} />}
      {(d.niveau === 'gemeente' || d.niveau === 'wijk') && <Moves d={d} method={method} />}
    </section>
  );
}

/** The figures as dots, the line and its band, the city as a thin line. */
export function Picture({ t, seen, city, label, norm, say }: { t: Trend; seen: Num[]; city: Num[]; label: string; norm?: { value: number; name: string } | undefined; say?: (v: number) => string }) {
  const [box, width] = useWidth();
  const all = [...seen, ...t.onder, ...t.boven, ...city, norm?.value ?? null].filter((v): v is number => v !== null), high = 240, foot = high - 28;
  const x = scaleLinear([year(t.perioden[0]!), year(t.perioden[t.perioden.length - 1]!)], [52, Math.max(60, width - 16)]), low = Math.min(...all), top = Math.max(...all), pad = Math.max((top - low) * 0.1, say ? 0.5 : 0.005);
  const y = scaleLinear([low - pad, top + pad], [foot, 10]).nice(4), at = (k: number) => x(year(t.perioden[k]!));
  const path = (v: Num[]) => { let d = '', on = false; v.forEach((q, k) => { if (q === null) { on = false; return; } d += `${on ? 'L' : 'M'}${at(k).toFixed(1)} ${y(q).toFixed(1)}`; on = true; }); return d; };
  const inside = t.perioden.map((_, k) => k).filter((k) => t.onder[k] !== null && t.boven[k] !== null);
  const band = inside.length > 1 ? `M${inside.map((k) => `${at(k).toFixed(1)} ${y(t.boven[k]!).toFixed(1)}`).join('L')}L${[...inside].reverse().map((k) => `${at(k).toFixed(1)} ${y(t.onder[k]!).toFixed(1)}`).join('L')}Z` : '';
  const ticks = y.ticks(4), fine = ticks.length > 1 && Math.abs(ticks[1]! - ticks[0]!) < 0.0099;
  // the name of the norm stands where neither the line, the city nor a figure passes, else below the picture alone
  const spots = (v: Num[]): Spot[] => v.flatMap((q, k): Spot[] => (q === null ? [] : [[at(k), y(q)]]));
  const named = norm && width > 0 ? room([[spots(t.lijn)], [spots(city)], spots(seen).map((s): Spot[] => [s])], wide(norm.name) + 8, [y(norm.value) - 10, y(norm.value) + 12].filter((r) => r > 10 && r < foot - 8), 56, width) : null;
  const step = Math.max(1, Math.ceil((t.perioden.length * 46) / Math.max(1, width - 70)));
  return (
    <div ref={box} class="linechart">{width > 0 && (
      <svg width={width} height={high} viewBox={`0 0 ${width} ${high}`} role="img" aria-label={label}>
        {ticks.map((v) => <g key={v}><path d={`M52 ${y(v)}H${width}`} stroke={v === 0 ? '#16202b' : '#e5e2da'} stroke-dasharray={v === 0 ? '6 4' : undefined} /><text x="0" y={y(v) + 5}>{say ? say(v) : num(v, fine ? 3 : 2, true)}</text></g>)}
        {band && <path d={band} fill="#00566b" fill-opacity="0.14" />}
        {t.knik !== null && <path d={`M${x(t.knik)} 8V${foot}`} stroke="#16202b" stroke-dasharray="2 4" />}
        {city.some((v) => v !== null) && <path d={path(city)} fill="none" stroke="#66707a" stroke-width="1.5" />}
        <path d={path(t.lijn)} fill="none" stroke="#00566b" stroke-width="2.5" />
        {norm && <NormLine name={norm.name} from={52} to={width} y={y(norm.value)} at={named ?? null} />}
        {seen.map((v, k) => v !== null && <circle key={k} cx={at(k)} cy={y(v)} r="4" fill="#fff" stroke="#00566b" stroke-width="2" />)}
        <path d={`M52 ${foot}H${width}`} stroke="#16202b" />
        {t.perioden.map((p, k) => (t.perioden.length - 1 - k) % step === 0 && <text key={p} x={Math.min(at(k), width - 18)} y={high - 7} text-anchor="middle" class="year">{p}</text>)}
      </svg>)}</div>
  );
}

/** A figure beside its bar from a shared zero line; the bar says nothing that the figure does not. */
function Bar({ v, most, colours }: { v: number; most: number; colours: [string, string] }) {
  const wide = (Math.abs(v) / most) * 48;
  return <svg class="beside-zero" width="96" height="10" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect x={v < 0 ? 50 - wide : 50} width={wide} height="10" fill={colours[v < 0 ? 0 : 1]} /><path d="M50 -4V14" stroke="#16202b" vector-effect="non-scaling-stroke" /></svg>;
}

/** Level and change, part by part; both columns add up. */
function MadeOf({ d, m, from, to }: { d: AreaPage; m: Made; from: string; to: string }) {
  const w = words(), rest = m.rest !== null && Math.abs(m.rest) >= 0.0005 || m.restVerandering !== null && Math.abs(m.restVerandering) >= 0.0005;
  const most = (of: (p: Piece) => Num) => Math.max(0.04, ...m.delen.map((p) => Math.abs(of(p) ?? 0))), high = most((p) => p.stand), far = most((p) => p.verandering), moved = m.verandering !== null;
  const cell = (v: Num, id: string | null, scale: number, colours: [string, string] | null) => (v === null ? <td class="r why">{w.none}</td> : <td class="r">{colours && <Bar v={v} most={scale} colours={colours} />}{id ? <Figure code={d.code} indicator={m.indicator} period={to} id={id}>{dev(v)}</Figure> : dev(v)}</td>);
  return (
    <div class="made"><h3>{moved ? w.madeBoth : w.made}</h3><p>{m.zinStand} {m.zinVerandering}</p>
      <div class="scroll" tabIndex={0} role="region" aria-label={moved ? w.madeBoth : w.made}><table class="twin"><thead><tr><th scope="col">{w.part}</th><th scope="col" class="r">{w.level(to)}</th>{moved && <th scope="col" class="r">{w.changeOf(from, to)}</th>}</tr></thead>
        <tbody>{m.delen.map((p) => <tr key={p.indicator}><th scope="row">{p.naam}</th>{cell(p.stand, p.spoor, high, ['#b0894a', '#15325a'])}{moved && cell(p.verandering, p.spoorVerandering, far, ['#c0802f', '#8071b5'])}</tr>)}
          {rest && <tr><th scope="row">{w.rest}</th>{cell(m.rest, null, 1, null)}{moved && cell(m.restVerandering, null, 1, null)}</tr>}
          <tr class="sum"><th scope="row">{w.whole}</th>{cell(m.stand, m.spoor, 1, null)}{moved && cell(m.verandering, m.spoorVerandering, 1, null)}</tr></tbody></table></div>
      <p class="small">{w.addsUp} <a href="/methode/ontleding">{w.method}</a></p></div>
  );
}

interface Overgangen { van: string; tot: string; gebieden: number; soorten: string[]; overgangen: { van: number; naar: number; gebieden: number; inwoners: Num }[] }
/** How many areas went from which class to which; no names, no order of places. */
export function Moves({ d, method }: { d: AreaPage; method: string }) {
  const w = words(), o = useApi<Overgangen>(`/overgangen?niveau=buurt&methode=${method}&binnen=${encodeURIComponent(d.code)}&indelingsjaar=${d.indelingsjaar}`).data;
  if (!o || o.gebieden === 0) return null;
  const count = (f: (x: { van: number; naar: number }) => boolean) => num(o.overgangen.filter(f).reduce((n, x) => n + x.gebieden, 0));
  const used = o.soorten.map((_, k) => k).filter((k) => o.overgangen.some((x) => x.van === k || x.naar === k));
  const at = (a: number, b: number) => o.overgangen.find((x) => x.van === a && x.naar === b)?.gebieden ?? 0;
  return (
    <div><h3>{w.moves}</h3><p>{w.movesLead(o.van, o.tot, num(o.gebieden))} {w.movesUp(count((x) => x.naar > x.van))} {w.movesSame(count((x) => x.naar === x.van))} {w.movesDown(count((x) => x.naar < x.van))}</p>
      <div class="scroll" tabIndex={0} role="region" aria-label={w.movesTable}><table class="twin"><caption class="small">{w.movesTable}</caption><thead><tr><th scope="col">{w.then} \ {w.now}</th>{used.map((k) => <th scope="col" class="r" key={k}>{o.soorten[k]}</th>)}</tr></thead>
        <tbody>{used.map((a) => <tr key={a}><th scope="row">{o.soorten[a]}</th>{used.map((b) => <td class="r" key={b}>{at(a, b) ? num(at(a, b)) : <span aria-label={w.noMoves}>·</span>}</td>)}</tr>)}</tbody></table></div></div>
  );
}
