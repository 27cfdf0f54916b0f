// SPDX-License-Identifier: EUPL-1.2
// One organisation: who it is, its contact functions, what it offers; and, for who may, changing it and proposing to make it public.
import { useState } from 'preact/hooks';
import { type Root } from './api';
import { newKey, send, useRead, wordsOf } from './session';
import { day, num } from './format';
import { Gone, TakeAway } from './moderation';
import { OfferForm, PartnerForm } from './partner_form';
import { areaWords, Chip, Contacts, type Edited, type Offer, type Partner, type Partners } from './partner_parts';
import { Part } from './states';
import { p } from './text_partner';

export function PartnerPage({ root, id, of }: { root: Root; id: string; of: string | null }) {
  const w = p(), own = of ? `gemeente=${encodeURIComponent(of)}` : '', one = useRead<Partner>(`/partners/${encodeURIComponent(id)}${own && `?${own}`}`), offers = useRead<{ aanbod: Offer[] }>(`/aanbod?aantal=1000&partner=${encodeURIComponent(id)}${own && `&${own}`}`), lists = useRead<Partners>('/partners?aantal=1');
  return (
    <main id="inhoud" tabIndex={-1} class="partners">
      <p class="small"><a href="/wie-doet-wat">{w.back}</a></p>
      {one.failure?.code === 'H-404' ? <><h1>{w.notThere}</h1><p class="lead">{one.failure.sentence}</p></> : <Part of={one} lines={6}>{(x) => <About root={root} x={x} lists={lists.data} offers={offers.data?.aanbod ?? null} again={() => { one.retry(); offers.retry(); }} />}</Part>}
    </main>
  );
}

function About({ root, x, lists, offers, again }: { root: Root; x: Partner; lists: Partners | null; offers: Offer[] | null; again: () => void }) {
  const w = p(), [edit, setEdit] = useState(false), [offer, setOffer] = useState<Offer | 'new' | null>(null), [told, tell] = useState('');
  const done = () => { setEdit(false); setOffer(null); tell(w.saved); again(); };
  return (
    <>
      <h1 lang="nl">{x.naam}</h1>
      <p class="small">{x.soortNaam} · <Chip of={x} /> · {w.version(x.versie)}, {day(x.gewijzigdOp.slice(0, 10))}</p>
      <p role="status">{told}</p>
      {edit && lists ? <PartnerForm root={root} of={x} lists={lists} done={done} stop={() => setEdit(false)} /> : (
        <div class="grid second">
          <div class="span8">
            {x.weggehaald ? <Gone of={x.weggehaald} /> : <p class="lead" lang="nl">{x.over}</p>}
            {x.magWeghalen && x.over && <p><TakeAway soort="partner" object={x.id} gemeente={x.gemeente} text={x.over} done={again} /></p>}
            <dl class="facts">
              {x.website && <><dt>{w.site}</dt><dd><a href={x.website} rel="noreferrer">{x.website.replace(/^https:\/\//, '')}</a></dd></>}
              <dt>{w.works}</dt><dd>{areaWords(x.gebieden)}</dd>
            </dl>
            {x.magWijzigen && <p class="acts"><button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={() => { tell(''); setEdit(true); }}>{w.edit}</button></p>}
            <Public of={x} kind="partner" object={x.id} done={again} />
            <section class="rule"><h2>{w.offers}</h2>
              {offers && <ul class="offers">{offers.map((o) => <OfferItem key={o.nr} root={root} o={o} lists={lists} open={offer !== 'new' && offer?.nr === o.nr} show={(v) => setOffer(v ? o : null)} done={done} again={again} />)}</ul>}
              {x.magWijzigen && offer !== 'new' && <p class="acts"><button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={() => setOffer('new')}>{w.addOffer}</button></p>}
              {offer === 'new' && lists && <OfferForm root={root} of={null} partner={x} lists={lists} done={done} stop={() => setOffer(null)} />}
            </section>
          </div>
          <aside class="span4">
            <section class="rule"><h2>{w.contact}</h2>{x.functiesWeggehaald ? <Gone of={x.functiesWeggehaald} /> : x.functies.length ? <Contacts of={x} /> : <p>{w.noContact}</p>}{x.magWeghalen && x.functies.length > 0 && <p><TakeAway soort="functies" object={x.id} gemeente={x.gemeente} text={x.functies.map((f) => f.functie).join(', ')} done={again} /></p>}</section>
            <section class="rule"><h2>{w.means}</h2><Money of={x} /></section>
          </aside>
        </div>
      )}
    </>
  );
}

function Money({ of }: { of: Partner }) {
  const w = p();
  if (of.middelen === null) return <p>{w.meansNone}</p>;
  return (
    <>
      <p class="small"><span class={`share share-${of.middelenDelen}`}><span class="sr">{w.shown}: </span>{of.middelenDelenNaam}</span></p>
      {of.middelen.length > 0 && <div class="scroll" tabIndex={0} role="region" aria-label={w.means}><table class="twin"><thead><tr><th scope="col">{w.year}</th><th scope="col" class="r">{w.hours}</th><th scope="col" class="r">{w.budget}</th></tr></thead>
        <tbody>{of.middelen.map((m) => <tr key={m.jaar}><th scope="row">{m.jaar}</th><td class="r">{m.uren === null ? w.unknown : num(m.uren)}</td><td class="r">{m.budget === null ? w.unknown : num(m.budget)}</td></tr>)}</tbody></table></div>}
    </>
  );
}

function OfferItem({ root, o, lists, open, show, done, again }: { root: Root; o: Offer; lists: Partners | null; open: boolean; show: (v: boolean) => void; done: () => void; again: () => void }) {
  const w = p();
  if (open && lists) return <li><OfferForm root={root} of={o} partner={null} lists={lists} done={done} stop={() => show(false)} /></li>;
  return (
    <li><b lang="nl">{o.titel}</b> <Chip of={o} /><span class="small">{o.themaNaam} · {w.years(o.leeftijdVan, o.leeftijdTot)} · {areaWords(o.gebieden)}</span>{o.weggehaald ? <Gone of={o.weggehaald} /> : o.wat && <span lang="nl">{o.wat}</span>}{o.magWeghalen && !o.weggehaald && <TakeAway soort="aanbod" object={String(o.nr)} gemeente={o.gemeente} text={o.titel} done={again} />}
      {o.magWijzigen && <button type="button" class="plain" onClick={() => show(true)} aria-label={`${w.edit}: ${o.titel}`}>{w.edit}</button>}
      <Public of={o} kind="aanbod" object={String(o.nr)} done={again} />
    </li>
  );
}

/** Of what is worked on: whether it is public, and asking for it. Someone else decides. */
function Public({ of, kind, object, done }: { of: Edited; kind: string; object: string; done: () => void }) {
  const w = p(), [open, show] = useState(false), [why, type] = useState(''), [fault, say] = useState(''), [told, tell] = useState(''), [key, fresh] = useState(newKey);
  if (!of.werkversie || of.delen === 'openbaar' || !of.magWijzigen) return null;
  const ask = () => {
    send('POST', '/voorstellen', { soort: kind, object, versie: of.versie, waarom: why.trim() }, key).then(() => { show(false); tell(w.asked); fresh(newKey()); done(); },
      (e: unknown) => { fresh(newKey()); say(wordsOf(e, w.silent)); });
  };
  return (
    <div class="public">
      <p class="small">{of.openbareVersie ? w.publicIs(of.openbareVersie) : w.notPublic} {of.delen === 'partners' && !open && !told && <button type="button" class="plain" onClick={() => show(true)}>{w.ask}</button>}</p>
      <p role="status">{told}</p>
      {open && <form class="form" onSubmit={(e) => { e.preventDefault(); if (why.trim()) ask(); }}>
        <label for={`waarom-${kind}-${object}`}>{w.askWhy}<input id={`waarom-${kind}-${object}`} value={why} maxLength={500} required onInput={(e) => type(e.currentTarget.value)} /></label>
        <p class="small">{w.askNote}</p>
        {fault && <p class="mention" role="alert">{fault}</p>}
        <p class="acts"><button type="submit" class="utrecht-button utrecht-button--primary-action">{w.send}</button><button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={() => show(false)}>{w.cancel}</button></p>
      </form>}
    </div>
  );
}
