// SPDX-License-Identifier: EUPL-1.2
// The line through the years beside that of the gemeente and of similar areas, what happened as marks on the axis, and all of it as
// tables. A mark is a button: it says what happened and lights its row in the list below.
import { useState } from 'preact/hooks';
import { type AreaPage, type AreaScores, type Num, useApi } from './api';
import { LineChart } from './chart';
import { dev, moment, num } from './format';
import type { NormHere } from './norm_api';
import { lineOf, NormFoot, NormNote } from './norm_line';
import { Figure } from './number';
import { pageOf } from './route';
import { Tabs } from './states';
import { t } from './text';
import { words as own } from './text_years';

interface Happening { soort: string; soortTekst: string; id: string | null; van: string; tot: string | null; woorden: string; gebied: string; gebiedNaam: string; bron: string | null; adres: string | null; bestand: string | null; regel: Num }
interface Peer { code: string; naam: string; verloop: Num[]; sporen: (string | null)[] }
interface Peers { gebieden: Peer[]; verloop: { perioden: string[]; totaal: Num[]; sporen: (string | null)[] } | null }

const MOST = 10; // thin lines that still can be told apart
const and = (list: string[]) => (list.length < 2 ? list.join('') : `${list.slice(0, -1).join(', ')} ${t.and} ${list[list.length - 1]}`);

export function Years({ d, s, total, limits, words, norm }: { d: AreaPage; s: AreaScores; total: string; limits: number[] | null; words: string[]; norm: NormHere | null }) {
  const [view, setView] = useState('beeld'), [chosen, choose] = useState(-1), [over, setOver] = useState(-1), [kept, keep] = useState(-1), w = own();
  const known = s.perioden.filter((_, k) => s.totaal[k] !== null), deep = known.length > 0;
  const city = d.gemeente && d.gemeente.code !== d.code ? d.gemeente.scores.find((m) => m.methode === s.methode) : undefined;
  const at = `/gebieden/${encodeURIComponent(d.code)}`, of = `?indelingsjaar=${d.indelingsjaar}&methode=${encodeURIComponent(s.methode)}`;
  const happened = useApi<{ gebeurtenissen: Happening[] }>(deep ? `${at}/gebeurtenissen${of}` : null).data?.gebeurtenissen ?? [];
  const alike = useApi<Peers>(deep && d.niveau !== 'gemeente' ? `${at}/vergelijkbaar${of}` : null).data, peers = alike?.verloop?.totaal.some((v) => v !== null) ? alike.verloop : null;
  const each = peers ? alike!.gebieden.filter((g) => g.verloop.some((v) => v !== null)).slice(0, MOST) : [];
  const years = deep ? known : s.perioden.filter((_, k) => s.klasse[k] !== null);
  const title = years.length > 1 ? t.livability(years[0]!, years[years.length - 1]!) : t.livabilityYear(years[0]!);
  const states = new Map(d.waarden.find((v) => v.indicator === total)?.reeks.map((r) => [r.periode, r.status]));
  const provisional = s.perioden.map((p) => states.get(p) === 'provisional');
  const classOnly = s.perioden.filter((_, k) => s.totaal[k] === null && s.klasse[k] !== null);
  const gaps = s.perioden.filter((p, k) => s.totaal[k] === null && s.klasse[k] === null && p > years[0]! && p < years[years.length - 1]!);
  const joined = s.uitgaven.some((r, k) => k > 0 && r !== s.uitgaven[k - 1]);
  const notes = [t.chartNote, limits && t.chartWords, city && t.thinLine(d.gemeente!.naam), peers && w.peersNote(num(each.length), d.niveau), gaps.length > 0 && t.gapYears(and(gaps)), joined && t.jointNote, provisional.some(Boolean) && t.provisionalDots, s.gemarkeerd.some(Boolean) && t.flaggedDots, classOnly.length > 0 && t.classOnly(and(classOnly))];
  // another release has its dotted line already; what lies beside the axis stands in the list alone
  const marks = happened.map((h, k) => ({ h, k })).filter(({ h }) => h.soort !== 'uitgave' && h.van.slice(0, 4) >= known[0]! && h.van.slice(0, 4) <= known[known.length - 1]!);
  const nr = (k: number) => marks.findIndex((m) => m.k === k) + 1;
  const lines = [{ name: d.naam, periods: s.perioden, values: s.totaal, releases: s.uitgaven, own: true, flagged: s.gemarkeerd, provisional }, ...(city ? [{ name: d.gemeente!.naam, periods: city.perioden, values: city.totaal, releases: city.uitgaven }] : []), ...(peers ? [{ name: w.peersShort, periods: peers.perioden, values: peers.totaal, mean: true }] : [])];
  const front = lines.length, thin = each.map((g) => ({ name: g.naam, periods: peers!.perioden, values: g.verloop, thin: true }));
  const when = (h: Happening) => moment(h.van) + (h.tot ? ` ${w.until(moment(h.tot))}` : '');
  return (
    <section class="span8 through">
      <div class="row head"><h2>{title}</h2>{deep && <Tabs label={t.view} options={[['beeld', t.chart], ['tabel', t.table]]} value={view} choose={setView} panel="verloop" />}</div>
      <div id="verloop" role={deep ? 'tabpanel' : undefined} aria-label={deep ? title : undefined} tabIndex={-1}>
        {view === 'beeld' && deep ? (
          <>
            <p class="small">{notes.filter(Boolean).join(' ')}{peers && <> <a href="#vergelijkbaar" onClick={(e) => { e.preventDefault(); document.getElementById('vergelijkbaar')?.scrollIntoView(); }}>{w.which}</a></>}</p>
            <NormNote x={norm} />
            <LineChart norm={lineOf(norm)} label={d.zin} limits={limits} words={words} chosen={nr(chosen) - 1} choose={(k) => choose(marks[k]!.k === chosen ? -1 : marks[k]!.k)}
              marks={marks.map(({ h, k }) => ({ from: h.van, until: h.tot, label: w.mark(nr(k), when(h), h.woorden), strong: h.soort !== 'gebeurtenis' }))}
              lines={[...lines, ...thin]} lit={front + (over >= 0 ? over : kept >= 0 ? kept : -front - 1)} light={(k) => setOver(k < 0 ? -1 : k - front)} />
            {each.length > 0 && <EachPeer list={each} level={d.niveau} kept={kept} keep={keep} over={setOver} />}
          </>
        ) : <Table d={d} s={s} total={total} title={title} city={city} peers={peers} each={each} provisional={provisional} norm={norm} />}
      </div>
      {happened.length > 0 && (
        <div class="happened">
          <h3 id="gebeurd">{w.title}</h3>
          <p class="small">{w.note}{view === 'beeld' && marks.length > 0 && ` ${w.numbers}`}</p>
          <div class="scroll" tabIndex={0} role="region" aria-labelledby="gebeurd"><table class="twin cards"><thead><tr><th scope="col">{w.when}</th><th scope="col">{w.what}</th><th scope="col">{w.source}</th></tr></thead>
            <tbody>{happened.map((h, k) => (
              <tr key={`${h.soort} ${h.van} ${h.id}`} class={k === chosen ? 'on' : ''}>
                <th scope="row">{nr(k) > 0 && view === 'beeld' ? <span class="pin">{nr(k)}</span> : null}{when(h)}{nr(k) === 0 && h.soort !== 'uitgave' ? <small> ({h.van < known[0]! ? w.before : w.after})</small> : ''}</th>
                <td class="full">{h.woorden}{h.gebied !== d.code ? <small> ({w.inArea(h.gebiedNaam)})</small> : ''}</td>
                <td class="full">{h.adres ? <a href={h.adres}>{h.bron}</a> : h.bron ?? ''}{h.bestand ? <small> {h.bestand}{h.regel !== null ? `, ${w.line(h.regel)}` : ''}</small> : ''}</td>
              </tr>
            ))}</tbody></table></div>
          <span class="sr" role="status">{chosen >= 0 && happened[chosen] ? `${when(happened[chosen]!)}: ${happened[chosen]!.woorden}` : ''}</span>
        </div>
      )}
    </section>
  );
}

function Table({ d, s, total, title, city, peers, each, provisional, norm }: { d: AreaPage; s: AreaScores; total: string; title: string; city: NonNullable<AreaPage['gemeente']>['scores'][number] | undefined; peers: Peers['verloop']; each: Peer[]; provisional: boolean[]; norm: NormHere | null }) {
  const w = own();
  const beside = (of: { perioden: string[]; totaal: Num[]; sporen: (string | null)[] } | null | undefined, code: string, p: string) => {
    if (!of) return null;
    const k = of.perioden.indexOf(p), v = of.totaal[k] ?? null, id = of.sporen[k] ?? null;
    return <td class={v === null ? 'r why' : 'r'}>{v === null ? t.missing : id ? <Figure code={code} indicator={total} period={p} id={id}>{dev(v)}</Figure> : dev(v)}</td>;
  };
  // said once when it holds for every class
  const allDerived = s.klasse.every((k, i) => k === null || s.klasseBron[i] === 'afgeleid') && s.klasse.some((k) => k !== null);
  return (<>
    {allDerived && <p class="small">{t.classBy}</p>}
    <div class="scroll" tabIndex={0} role="region" aria-label={title}><table class="twin"><thead><tr><th scope="col">{t.year}</th><th scope="col">{t.classWord}</th><th scope="col" class="r">{d.naam}</th>{city && <th scope="col" class="r">{d.gemeente!.naam}</th>}{peers && <th scope="col" class="r">{w.peers(d.niveau)}</th>}</tr></thead>
      <tbody>{s.perioden.map((p, i) => {
        const v = s.totaal[i] ?? null, k = s.klasseNaam[i] ?? null;
        return (
          <tr key={p}><th scope="row">{p}</th>
            {v === null && k === null ? <td colSpan={2} class="why">{t.notKnown}</td> : <><td>{k === null ? t.missing : <Figure code={d.code} indicator={s.methode} period={p} id={s.sporen[i]!.klasse}>{k}</Figure>}{s.klasseBron[i] === 'afgeleid' && !allDerived ? <small> ({t.derivedClass})</small> : ''}</td><td class={v === null ? 'r why' : 'r'}>{v === null ? t.noDeviation : <><Figure code={d.code} indicator={total} period={p} division={d.indelingsjaar}>{dev(v)}</Figure>{provisional[i] ? <small> {t.provisional}</small> : ''}</>}</td></>}
            {beside(city, d.gemeente?.code ?? '', p)}{beside(peers, d.code, p)}</tr>
        );
      })}</tbody><NormFoot x={norm} columns={2 + (city ? 1 : 0) + (peers ? 1 : 0)} /></table></div>
    {peers && each.length > 0 && <><h3 id="elk">{w.eachOf(num(each.length), d.niveau)}</h3><p class="small">{w.eachOrder}</p>
      <div class="scroll" tabIndex={0} role="region" aria-labelledby="elk"><table class="twin each"><thead><tr><th scope="col">{t.year}</th>{each.map((g) => <th scope="col" class="r" key={g.code}><a href={pageOf(d.niveau, g.code)}>{g.naam}</a></th>)}</tr></thead>
        <tbody>{peers.perioden.map((p, k) => <tr key={p}><th scope="row">{p}</th>{each.map((g) => { const v = g.verloop[k] ?? null; return <td class={v === null ? 'r why' : 'r'} key={g.code}>{v === null ? t.missing : <Figure code={g.code} indicator={total} period={p} id={g.sporen[k] ?? null}>{dev(v)}</Figure>}</td>; })}</tr>)}</tbody></table></div></>}
  </>);
}

/** Which thin line is whose: to point at one, or to walk through them by keyboard, lights its line; pressed it stays lit. */
function EachPeer({ list, level, kept, keep, over }: { list: Peer[]; level: string; kept: number; keep: (k: number) => void; over: (k: number) => void }) {
  const w = own();
  return (<>
    <details class="small which"><summary>{w.whose(level)}</summary>
      <p class="row" role="group" aria-label={w.whose(level)}>{list.map((g, k) => <button type="button" key={g.code} class={k === kept ? 'chip on' : 'chip'} aria-pressed={k === kept} onPointerEnter={() => over(k)} onPointerLeave={() => over(-1)} onFocus={() => over(k)} onBlur={() => over(-1)} onClick={() => { keep(k === kept ? -1 : k); over(-1); }}>{g.naam}</button>)}</p>
    </details>
    <p class="small on-paper">{w.thinAre(and(list.map((g) => g.naam)))}</p>
  </>);
}
