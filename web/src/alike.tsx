// SPDX-License-Identifier: EUPL-1.2
// Similar areas with their reasons, what was to be expected beside what is seen, and facts beside perception. Words first, then figures
// that each lead to where they come from; nothing is ranked from good to bad.
import { type Num, useApi } from './api';
import { amount, dev, percent } from './format';
import { Figure } from './number';
import { pageOf } from './route';
import { words } from './text_alike';

interface Trait { indicator: string; naam: string; doetMee: boolean; woord: string | null; kant: string | null }
interface Peer { code: string; naam: string; lijktOp: string[]; verschiltIn: string[]; totaal: Num; spoor: string | null }
interface Peers { code: string; receptNaam: string | null; reden: string | null; redenTekst: string | null; kenmerken: Trait[]; periode: string | null; gebieden: Peer[] }
interface Band { waarde: Num; laag: Num; hoog: Num; spoor: string }
interface Expected { bekend: boolean; waarom: string | null; redenTekst?: string | null; woord?: 'as' | 'higher' | 'lower' | null; methode?: string; periode?: string; gezien?: Num; spoorGezien?: string; uitKenmerken?: Band; bijVergelijkbare?: Band; r2?: number; geleerdVan?: number }
interface Side { indicator: string; naam: string; eenheid: string; decimalen: number; periode: string; waarde: Num; spoor: string }
interface Felt { id: string; naam: string; waarvan: string; redenTekst: string | null; waarom: string | null; woord: 'as' | 'higher' | 'lower' | null; gezegd: Side; feit: Side | null; gebruikelijk: Band }
interface Place { code: string; name: string; level: string; division: number; method: string }

const MOST = 3; // reasons in one cell of the table
const MANY: Record<string, [string, string]> = { buurt: ['buurten', 'neighbourhoods'], wijk: ['wijken', 'districts'], gemeente: ['gemeenten', 'municipalities'], pc4: ['postcodegebieden', 'postcode areas'] };
const path = (p: Place, what: string, method = true) => `/gebieden/${encodeURIComponent(p.code)}/${what}?indelingsjaar=${p.division}${method ? `&methode=${encodeURIComponent(p.method)}` : ''}`;
/** Names in the middle of a sentence: small first letter, unless it begins with an abbreviation. */
const small = (s: string) => (/^[A-Z][a-z]/.test(s) ? s[0]!.toLowerCase() + s.slice(1) : s);

const How = ({ title, text }: { title: string; text: string[] }) => <details class="small how"><summary>{title}</summary>{text.map((x) => <p key={x}>{x}</p>)}</details>;

export default function Alike(p: Place) {
  return <><Similar {...p} /><div class="grid second"><Beside {...p} /><Perception {...p} /></div></>;
}

function Similar(p: Place) {
  const d = useApi<Peers>(path(p, 'vergelijkbaar')).data, w = words();
  if (!d || (!d.gebieden.length && d.kenmerken.length < 2)) return null;
  const name = (id: string) => small(d.kenmerken.find((k) => k.indicator === id)?.naam ?? id), used = d.kenmerken.filter((k) => k.doetMee).length;
  const list = (ids: string[]) => (ids.length === used ? w.all : ids.length ? ids.slice(0, MOST).map(name).join(', ') + (ids.length > MOST ? w.andMore(ids.length - MOST) : '') : w.none);
  const same = d.kenmerken.filter((k) => k.woord === 'lijkt').map((k) => small(k.naam)), other = d.kenmerken.filter((k) => k.woord === 'verschilt').map((k) => `${small(k.naam)} (${k.kant === 'hoger' ? w.higher : w.lower})`);
  const title = w.alike((MANY[p.level] ?? [p.level, p.level])[w.area === 'Area' ? 1 : 0]);
  return (
    <section class="rule second alike" id="vergelijkbaar">
      <h2>{title}</h2>
      {d.gebieden.length === 0 ? <p>{w.noPeers(d.redenTekst ?? w.missing)} </p> : (
        <>
          <p>{w.alikeLead(p.name, d.receptNaam ?? '')}</p>
          <p class="small">{same.length > 0 && w.shares(same.join(', '))} {other.length > 0 && w.sharesNot(other.join(', '))}</p>
          <div class="scroll" tabIndex={0} role="region" aria-label={title}><table class="twin"><thead><tr><th scope="col">{w.area}</th><th scope="col">{w.alikeIn}</th><th scope="col">{w.differsIn}</th><th scope="col" class="r">{w.deviation(d.periode ?? '')}</th></tr></thead>
            <tbody>{d.gebieden.map((g) => (
              <tr key={g.code}><th scope="row"><a href={pageOf(p.level, g.code)}>{g.naam}</a></th><td>{list(g.lijktOp)}</td><td>{list(g.verschiltIn)}</td>
                <td class={g.totaal === null ? 'r why' : 'r'}>{g.totaal === null || !g.spoor ? w.missing : <Figure code={g.code} indicator={p.method} period={d.periode ?? ''} id={g.spoor}>{dev(g.totaal)}</Figure>}</td></tr>
            ))}</tbody></table></div>
          <How title={w.how} text={w.howText} />
        </>
      )}
    </section>
  );
}

function Beside(p: Place) {
  const d = useApi<Expected>(path(p, 'verwacht')).data, w = words();
  if (!d) return null;
  const why = d.bekend ? d.redenTekst : d.waarom, period = d.periode ?? '';
  const row = (what: string, b: Band) => (
    <tr key={what}><th scope="row">{what} <small>({w.estimated})</small></th><td class="r"><Figure code={p.code} indicator={p.method} period={period} id={b.spoor}>{dev(b.waarde!)}</Figure></td><td class="r">{dev(b.laag!)} {w.to} {dev(b.hoog!)}</td></tr>
  );
  return (
    <section class="rule span7 expected">
      <h2>{w.expected}</h2>
      {!d.woord ? <p>{w.noExpected(why ? small(why).replace(/\.$/, '') : w.missing)}.</p> : (
        <>
          <p>{w.says[d.woord](p.name)}</p>
          <div class="scroll" tabIndex={0} role="region" aria-label={w.expected}><table class="twin"><thead><tr><th scope="col">{w.what}</th><th scope="col" class="r">{w.value} {period}</th><th scope="col" class="r">{w.band}</th></tr></thead>
            <tbody><tr><th scope="row">{w.seen}</th><td class="r"><Figure code={p.code} indicator={p.method} period={period} id={d.spoorGezien}>{dev(d.gezien!)}</Figure></td><td class="r" /></tr>
              {row(w.byInputs, d.uitKenmerken!)}{row(w.byPeers, d.bijVergelijkbare!)}</tbody></table></div>
          <p class="small">{d.woord !== 'as' && w.notCause} {w.tested(String(d.geleerdVan), percent(d.r2!))}</p>
        </>
      )}
      <How title={w.howExpected} text={w.howExpectedText} />
    </section>
  );
}

function Perception(p: Place) {
  const d = useApi<{ onderwerpen: Felt[] }>(path(p, 'beleving', false)).data, w = words();
  if (!d || !d.onderwerpen.length) return null;
  const figure = (s: Side) => (s.waarde === null ? w.missing : <Figure code={p.code} indicator={s.indicator} period={s.periode} id={s.spoor}>{amount(s.waarde, s.eenheid, s.decimalen)}</Figure>);
  return (
    <section class="rule span5 felt">
      <h2>{w.felt}</h2><p class="small">{w.feltLead}</p>
      {d.onderwerpen.map((f) => (
        <div key={f.id}>
          <p>{f.woord ? w.saysFelt[f.woord](f.waarvan) : w.noFelt(small(f.redenTekst ?? f.waarom ?? w.missing).replace(/\.$/, ''))}</p>
          <ul class="list">
            {f.feit && <li><span>{w.fact}, {f.feit.periode}: {small(f.feit.naam)}</span><span>{figure(f.feit)}</span></li>}
            <li><span>{w.said}, {f.gezegd.periode}: {small(f.gezegd.naam)}</span><span>{figure(f.gezegd)}</span></li>
            {f.gebruikelijk.waarde !== null && <li><span>{w.usual} <small>({w.estimated})</small></span><span><Figure code={p.code} indicator={f.gezegd.indicator} period={f.gezegd.periode} id={f.gebruikelijk.spoor}>{amount(f.gebruikelijk.waarde, f.gezegd.eenheid, 0)}</Figure> <small>{amount(f.gebruikelijk.laag!, f.gezegd.eenheid, 0)} {w.to} {amount(f.gebruikelijk.hoog!, f.gezegd.eenheid, 0)}</small></span></li>}
          </ul>
        </div>
      ))}
      <How title={w.howExpected} text={w.howFeltText} />
    </section>
  );
}
