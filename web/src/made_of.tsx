// SPDX-License-Identifier: EUPL-1.2
// What a score consists of, as a wheel and as tables. The outer ring holds what is measured beside each part, or the years of the part
// itself; pressing a part says its figures in words, each with its source.
import { useState } from 'preact/hooks';
import { type AreaPage, type AreaScores, type Num, useApi } from './api';
import { useWidth } from './chart';
import { amount, dev, moment, unitBeside } from './format';
import { Figure } from './number';
import { inWords, lastIndex } from './parts';
import { Tabs } from './states';
import { t } from './text';
import { words } from './text_made_of';
import { Wheel } from './wheel';

interface Beside { onderdeel: string; indicator: string; naam: string; eenheid: string; decimalen: number; soort: string; richting: string | null; periode: string; waarde: Num; statusTekst: string; spoor: string; afstand: Num; alleGemeenten: boolean }

export default function MadeOf({ d, s, wider, widerName }: { d: AreaPage; s: AreaScores; wider: AreaScores | null; widerName: string }) {
  const [view, setView] = useState('beeld'), [outer, setOuter] = useState('cijfers'), [box, width] = useWidth(), w = words();
  const beside = useApi<{ cijfers: Beside[] }>(`/gebieden/${encodeURIComponent(d.code)}/wiel?methode=${encodeURIComponent(s.methode)}&indelingsjaar=${d.indelingsjaar}`).data?.cijfers ?? [];
  const k = lastIndex(s.totaal), now = s.perioden[k]!, some = s.perioden.map((_, i) => i).filter((i) => s.dimensies.some((p) => p.waarden[i] !== null && p.waarden[i] !== undefined));
  const level = wider ? wider.perioden.indexOf(now) : -1;
  const parts = s.dimensies.map((p) => ({ id: p.id, name: p.naam, short: t.partShort[p.id] ?? p.naam, indicator: p.indicator, values: some.map((i) => p.waarden[i] ?? null), peer: level < 0 ? null : wider?.dimensies.find((x) => x.id === p.id)?.waarden[level] ?? null,
    marks: beside.filter((b) => b.onderdeel === p.id).map((b) => ({ name: b.naam, said: b.soort === 'gezegd', neutral: b.richting === null, out: b.afstand === null || b.waarde === null ? null : b.richting?.startsWith('lager') ? -b.afstand : b.afstand })) }));
  const at = some.indexOf(k), size = (i: number) => Math.abs(parts[i]?.values[at] ?? 0), figures = outer === 'cijfers' && beside.length > 0;
  const [chosen, choose] = useState(() => parts.reduce((most, _, i) => (size(i) > size(most) ? i : most), 0));
  const p = parts[chosen], value = p?.values[at] ?? null, before = p && some.length > 1 ? p.values[0] ?? null : null, first = s.perioden[some[0] ?? k]!;
  const narrow = width > 0 && width < 560, where = d.gemeente && d.gemeente.code !== d.code ? d.gemeente.naam : '', near = (b: Beside) => (b.alleGemeenten ? '' : where);
  const of = (indicator: string, period: string, text: string) => <Figure code={d.code} indicator={indicator} period={period} division={d.indelingsjaar}>{text}</Figure>;
  const against = (b: Beside) => {
    if (b.waarde === null || b.afstand === null) return w.alone;
    const than = w.most(d.niveau, near(b)), far = Math.abs(b.afstand);
    return far < 0.5 ? w.as(than) : b.afstand > 0 ? (far < 1.5 ? w.higher : w.muchHigher)(than) : (far < 1.5 ? w.lower : w.muchLower)(than);
  };
  const better = (b: Beside) => (b.richting === null ? '' : ` (${b.richting.startsWith('lager') ? w.downIsBetter : w.upIsBetter})`);
  const figure = (b: Beside) => (b.waarde === null ? <>{b.statusTekst}</> : <Figure code={d.code} indicator={b.indicator} period={b.periode} id={b.spoor}>{amount(b.waarde, unitBeside(b.naam, b.eenheid), b.decimalen)}</Figure>);
  const told = (b: Beside) => (b.soort === 'gezegd' ? w.said : b.soort === 'geschat' ? w.estimated : w.counted);
  const label = `${t.madeOf}: ${parts.map((x) => { const v = x.values[at] ?? null; return `${x.name} ${v === null ? t.missing : `${inWords(v)} ${dev(v)}`}`; }).join('; ')}.${figures ? ` ${beside.map((b) => `${b.naam}: ${against(b)}`).join('; ')}.` : ''}`;
  return (
    <section class="rule span7 made-of">
      <div class="row head"><h2>{t.madeOf}</h2><Tabs label={t.madeOf} options={[['beeld', t.wheel], ['tabel', t.table]]} value={view} choose={setView} panel="delen" /></div>
      <div id="delen" role="tabpanel" aria-label={t.madeOf} tabIndex={-1} ref={box}>
        {view === 'beeld' && some.length > 0 ? (
          <>
            {beside.length > 0 && <p class="row chips outer" role="group" aria-label={w.outer}><span class="small">{w.outer}</span>{[['cijfers', w.figures], ['jaren', w.years]].map(([id, name]) => <button type="button" key={id} class={id === outer ? 'chip on' : 'chip'} aria-pressed={id === outer} onClick={() => setOuter(id!)}>{name}</button>)}</p>}
            <p class="small">{figures ? `${w.circle(d.niveau, where)} ${w.shape} ${w.figuresNote}` : `${t.wheelNote}${some.length > 1 ? ` ${t.wheelYears(first, now)}` : ''}${parts.some((x) => x.peer !== null) ? ` ${t.wheelPeer(widerName)}` : ''}`}</p>
            <Wheel parts={parts} figures={figures} at={at} word={s.klasseNaam[k] ?? dev(s.totaal[k]!)} year={now} klasse={s.klasse[k] ?? null} narrow={narrow} chosen={chosen} choose={choose} label={label} />
            <div class="row chips parts" role="group" aria-label={t.choosePart}>{parts.map((x, i) => <button type="button" key={x.id} class={i === chosen ? 'chip on' : 'chip'} aria-pressed={i === chosen} onClick={() => choose(i)}>{x.short}</button>)}</div>
            {p && <div class="part-says" role="status"><p><b>{p.name}</b>: {value === null ? t.notKnown : <>{inWords(value)} {of(p.indicator, now, dev(value))}.{before !== null ? ` ${t.thenWas(first, dev(before))}` : ''}{p.peer !== null ? ` ${t.peerIs(widerName, dev(p.peer))}` : ''}</>}</p>
              {figures && (p.marks.length ? <ul class="list">{beside.filter((b) => b.onderdeel === p.id).map((b) => <li key={b.indicator}><span>{b.naam}<small> {b.soort === 'gezegd' ? `${w.said}, ` : ''}{moment(b.periode)}</small></span><span>{figure(b)}<small>{b.waarde === null ? '' : ` ${against(b)}${better(b)}`}</small></span></li>)}</ul> : <p class="small">{w.none(p.name)}</p>)}</div>}
          </>
        ) : (
          <>
            <div class="scroll" tabIndex={0} role="region" aria-label={t.madeOf}><table class="twin"><thead><tr><th scope="col">{t.year}</th>{parts.map((x) => <th scope="col" class="r" key={x.id} title={x.name}>{x.short}</th>)}</tr></thead>
              <tbody>{some.map((i, n) => <tr key={i}><th scope="row">{s.perioden[i]}</th>{parts.map((x) => { const v = x.values[n] ?? null; return <td class="r" key={x.id}>{v === null ? t.missing : of(x.indicator, s.perioden[i]!, dev(v))}</td>; })}</tr>)}
                {at >= 0 && <tr class="sum"><th scope="row">{t.inShort}</th>{parts.map((x) => { const v = x.values[at] ?? null; return <td class="r" key={x.id}>{v === null ? '' : inWords(v)}</td>; })}</tr>}</tbody></table></div>
            {beside.length > 0 && <><h3>{w.table}</h3><p class="small">{w.figuresNote}</p><div class="scroll" tabIndex={0} role="region" aria-label={w.table}><table class="twin cards" id="naast"><thead><tr><th scope="col">{w.figure}</th><th scope="col">{t.part}</th><th scope="col">{w.told}</th><th scope="col">{w.year}</th><th scope="col" class="r">{w.value}</th><th scope="col">{w.against}</th></tr></thead>
              <tbody>{beside.map((b) => <tr key={`${b.onderdeel} ${b.indicator}`}><th scope="row">{b.naam}</th><td data-is={t.part}>{parts.find((x) => x.id === b.onderdeel)?.short}</td><td data-is={w.told}>{told(b)}</td><td data-is={w.year}>{moment(b.periode)}</td><td class={b.waarde === null ? 'r why' : 'r'} data-is={w.value}><span>{figure(b)}</span></td><td class="full">{against(b)}{better(b)}</td></tr>)}</tbody></table></div></>}
          </>
        )}
      </div>
    </section>
  );
}
