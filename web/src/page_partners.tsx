// SPDX-License-Identifier: EUPL-1.2
// «Wie doet wat»: what organisations offer, as a list and on a map, by area, theme and age; and where nothing is offered, in words.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { type Areas, type Root, useApi } from './api';
import { send, useMe, useRead } from './session';
import { OfferMap } from './partner_map';
import { PartnerPage } from './page_partner';
import { PartnerForm } from './partner_form';
import { ProposalPage } from './page_proposals';
import { areaWords, Chip, Contacts, type Offer, type Partner, type Partners, PlaceOptions, ready, usePlaces } from './partner_parts';
import { go, idOf } from './route';
import { Part, Tabs } from './states';
import { p } from './text_partner';

export { ready };
interface Gap { thema: string; themaNaam: string; leeftijd: string; oordeel: string; zonder: number; buurten: number; zin: string | null }
interface AreaOffers { code: string; naam: string; bekend: boolean; zin: string; leemten: Gap[]; organisaties: number; totaal: number; perBuurt: { code: string; aanbod: number }[] }
interface Offering extends Partner { aanbod: Offer[] }
interface Page extends Partners { volgende: string | null; partners: Offering[] }
const PAGE = 50;

/** One chunk holds the pages about organisations; the address says which. */
export function PartnersView({ root, place }: { root: Root; place: URL }) {
  const kind = place.pathname.split('/')[1];
  if (kind === 'voorstellen') return <ProposalPage />;
  const id = idOf(place);
  if (!id && place.searchParams.get('toevoegen') === 'ja') return <Add root={root} />;
  return id ? <PartnerPage key={id} root={root} id={id} of={place.searchParams.get('gemeente')} /> : <Who root={root} place={place} />;
}

/** A new organisation, by the administrator; who may not is told who can. */
function Add({ root }: { root: Root }) {
  const w = p(), lists = useRead<Partners>('/partners?aantal=1'), me = useMe();
  return (
    <main id="inhoud" tabIndex={-1} class="partners">
      <p class="small"><a href="/wie-doet-wat">{w.back}</a></p>
      <h1>{w.add}</h1>
      <Part of={lists} lines={8}>{(l) => (l.magToevoegen ? (
        <>
          <p class="lead">{w.addLead}</p>
          <PartnerForm root={root} of={null} lists={l} done={(made) => go(`/wie-doet-wat/${encodeURIComponent(made.id)}`)} stop={() => go('/wie-doet-wat')} />
        </>
      ) : <p class="lead">{w.addNo} {me?.aangemeld === false && <a href={`/aanmelden?terug=${encodeURIComponent('/wie-doet-wat?toevoegen=ja')}`}>{w.loginLink}</a>}</p>)}</Part>
    </main>
  );
}

function Who({ root, place }: { root: Root; place: URL }) {
  const w = p(), q = place.searchParams, area = q.get('gebied') ?? '', theme = q.get('thema') ?? '', age = q.get('leeftijd') ?? '', view = q.get('kaart') === 'ja' ? 'kaart' : 'lijst';
  const chosen = { ...(theme ? { thema: theme } : {}), ...(age ? { leeftijd: age } : {}) }, ask = new URLSearchParams({ ...(area ? { gebied: area } : {}), ...chosen });
  const path = `/partners?met=aanbod&aantal=${PAGE}&${ask.toString()}`, partners = useRead<Page>(path), lists = useRead<Page>('/partners?aantal=1'), places = usePlaces(root);
  const where = area || places.own?.code || null, of = (code: string) => `/gebieden/${encodeURIComponent(code)}/aanbod?${new URLSearchParams(chosen).toString()}`;
  const gaps = useRead<AreaOffers>(where ? of(where) : null), whole = useRead<AreaOffers>(view === 'kaart' && places.own ? of(places.own.code) : null);
  const set = (key: string, v: string) => { const n = new URLSearchParams(q); if (v) n.set(key, v); else n.delete(key); go(`/wie-doet-wat${n.size ? `?${n.toString()}` : ''}`, true); };
  const named = [places.own, ...places.wijken, ...places.buurten].find((a) => a?.code === where)?.naam ?? root.titel;
  return (
    <main id="inhoud" tabIndex={-1} class="partners">
      <h1>{w.title}</h1>
      <Part of={lists} lines={6}>{(all) => (
        <>
          <p class="lead" role="status">{all.partners.length === 0 ? w.empty : gaps.data ? w.lead(gaps.data.organisaties, gaps.data.totaal, named) : ' '}</p>
          <form class="filters" onSubmit={(e) => e.preventDefault()}>
            <label>{w.area} <select value={area} onChange={(e) => set('gebied', e.currentTarget.value)}><option value="">{w.all}</option><PlaceOptions places={places} /></select></label>
            <label>{w.theme} <select value={theme} onChange={(e) => set('thema', e.currentTarget.value)}><option value="">{w.all}</option>{all.themas.map((t) => <option key={t.id} value={t.id}>{t.naam}</option>)}</select></label>
            <label>{w.age} <select value={age} onChange={(e) => set('leeftijd', e.currentTarget.value)}><option value="">{w.all}</option>{all.leeftijden.map((a) => <option key={a} value={a}>{a}</option>)}</select></label>
            <Tabs label={w.view} options={[['lijst', w.list], ['kaart', w.map]]} value={view} choose={(v) => set('kaart', v === 'kaart' ? 'ja' : '')} panel="aanbod" />
          </form>
          <div class="grid second">
            <div class="span8" id="aanbod" role="tabpanel" aria-label={view === 'kaart' ? w.map : w.list} tabIndex={0}>
              {view === 'lijst' ? <Part of={partners} lines={6}>{(first) => <List key={path} path={path} first={first} reset={() => go('/wie-doet-wat', true)} />}</Part>
                : places.ready && !places.own ? <p>{w.noMap}</p> : <Part of={whole} lines={6}>{(o) => <WithMap root={root} per={o.perBuurt} pick={(code) => set('gebied', code)} area={area} />}</Part>}
            </div>
            <aside class="span4 gaps-first">
              {gaps.data && <Gaps of={gaps.data} theme={theme} age={age} />}
              <p class="small"><a href="/methode/aanbod">{w.howCounted}</a></p>
              {where && <p><a href={`/volg?gebied=${encodeURIComponent(where)}`}>{w.follow(named)}</a></p>}
              {all.magToevoegen && <p><a class="utrecht-button utrecht-button--secondary-action aslink" href="/wie-doet-wat?toevoegen=ja">{w.add}</a></p>}
              {all.magBesluiten && <p><a href="/voorstellen">{w.proposals}</a></p>}
            </aside>
          </div>
        </>
      )}</Part>
    </main>
  );
}

function Gaps({ of, theme, age }: { of: AreaOffers; theme: string; age: string }) {
  const w = p(), FEW = 6, [all, more] = useState(false);
  const lacking = of.leemten.filter((g) => g.zin && (!theme || g.thema === theme) && (!age || g.leeftijd === age));
  if (!of.bekend) return null;
  return (
    <section class="rule gaps"><h2>{w.gaps}</h2>
      {lacking.length === 0 ? <p>{w.noGaps}</p> : <ul class="dashes">{lacking.slice(0, all ? undefined : FEW).map((g) => <li key={g.thema + g.leeftijd}>{g.zin![0]!.toUpperCase() + g.zin!.slice(1)}</li>)}</ul>}
      {!all && lacking.length > FEW && <p><button type="button" class="plain" onClick={() => more(true)}>{w.moreGaps(lacking.length)}</button></p>}
      <p class="small">{w.gapNote}</p>
    </section>
  );
}

/** Page by page: what comes next is put below what stands. */
function List({ path, first, reset }: { path: string; first: Page; reset: () => void }) {
  const w = p(), [pages, add] = useState<Page[]>([first]), [busy, wait] = useState(false), [failed, fail] = useState(false);
  const next = pages[pages.length - 1]!.volgende, many = pages.some((g) => g.partners.some((x) => x.gemeente !== first.partners[0]!.gemeente));
  const more = () => {
    wait(true);
    fail(false);
    send<Page>('GET', `${path}&verder=${encodeURIComponent(next!)}`).then((g) => add([...pages, g]), () => fail(true)).finally(() => wait(false));
  };
  if (first.partners.length === 0) return <p>{w.none} <button type="button" class="plain" onClick={reset}>{w.reset}</button></p>;
  return (
    <>
      <ul class="who">{pages.flatMap((g) => [...g.partners].sort((a, b) => a.naam.localeCompare(b.naam, 'nl'))).map((x) => (
        <li key={x.gemeente + x.id}>
          <h2><a href={`/wie-doet-wat/${x.id}${many ? `?gemeente=${x.gemeente}` : ''}`} lang="nl">{x.naam}</a></h2>
          <p class="small">{x.soortNaam} · <Chip of={x} /></p>
          <ul class="offers">{x.aanbod.map((o) => <OfferLine key={o.nr} o={o} />)}</ul>
          <Contacts of={x} />
        </li>
      ))}</ul>
      {next && <p class="acts"><button type="button" class="utrecht-button utrecht-button--secondary-action" aria-disabled={busy} onClick={() => { if (!busy) more(); }}>{w.more}</button></p>}
      <p role="status">{failed ? w.moreFailed : busy ? w.moreBusy : pages.length > 1 ? w.moreShown(pages.reduce((n, g) => n + g.partners.length, 0)) : ''}</p>
    </>
  );
}
const OfferLine = ({ o }: { o: Offer }) => (
  <li><b lang="nl">{o.titel}</b> <Chip of={o} /><span class="small">{o.themaNaam} · {p().years(o.leeftijdVan, o.leeftijdTot)} · {areaWords(o.gebieden)}</span>{o.wat && <span lang="nl">{o.wat}</span>}</li>
);
/** How many offers reach each buurt: coloured on the map, and the same in a table. */
function WithMap({ root, per, pick, area }: { root: Root; per: { code: string; aanbod: number }[]; pick: (code: string) => void; area: string }) {
  const w = p(), d = root.indelingen.find((x) => x.niveau === 'buurt' && x.tegels) ?? null;
  const areas = useApi<Areas>(d ? `/gebieden?niveau=buurt&indelingsjaar=${d.indelingsjaar}` : null);
  const counts = useMemo(() => { const of = new Map(per.map((b) => [b.code, b.aanbod])); return (areas.data?.gebieden ?? []).map((a) => of.get(a.code) ?? 0); }, [areas.data, per]);
  const [failed, fail] = useState(false);
  useEffect(() => fail(false), [areas.data]);
  if (!d) return <p>{w.noMap}</p>;
  return (
    <Part of={areas} lines={6}>{(list) => (
      <div>
        <p class="small">{w.mapLead}</p>
        {failed ? <p>{w.noMap}</p> : <OfferMap root={root} division={d} areas={list.gebieden} counts={counts} picked={area} pick={pick} fail={() => fail(true)} />}
        <div class="scroll twin-box" tabIndex={0} role="region" aria-label={w.table}><table class="twin"><caption class="sr">{w.mapTitle}</caption><thead><tr><th scope="col">{w.buurt}</th><th scope="col" class="r">{w.count}</th></tr></thead>
          <tbody>{[...list.gebieden].sort((a, b) => a.naam.localeCompare(b.naam, 'nl')).map((a) => <tr key={a.code} class={a.code === area ? 'on' : ''}><th scope="row"><button type="button" class="plain" onClick={() => pick(a.code)}>{a.naam}</button></th><td class="r">{counts[a.nr] ?? 0}</td></tr>)}</tbody></table></div>
      </div>
    )}</Part>
  );
}
