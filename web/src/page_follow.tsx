// SPDX-License-Identifier: EUPL-1.2
// «Volg»: an area by feed or by mail; confirming an address, and leaving in one step by the link in a letter.
import { useEffect, useState } from 'preact/hooks';
import { type Root, useApi } from './api';
import { send, wordsOf } from './session';
import { PlaceOptions, ready, usePlaces } from './partner_parts';
import { go } from './route';
import { lang } from './text';

export { ready };
const nl = {
  title: 'Volg een gebied', lead: 'Lees wat er nieuw is: nieuwe cijfers, veranderingen in een reeks en nieuw aanbod. Alleen wat openbaar is.', area: 'Gebied', choose: 'kies…', feeds: 'Met een feed', feedLead: 'Zet deze koppeling in uw nieuwslezer. Daarvoor is geen adres nodig.', atom: 'Atom-feed', json: 'JSON-feed',
  mail: 'Per mail', mailLead: 'U krijgt hoogstens eens per week bericht, en alleen als er iets nieuws is. Uw adres staat apart van alle andere gegevens. Afmelden kan met een klik.', address: 'Uw e-mailadres', ask: 'Volg per mail',
  confirm: 'Bevestig uw adres', confirmLead: 'Klik hieronder om dit gebied per mail te volgen.', yes: 'Ja, volg dit gebied', leave: 'Afmelden', leaving: 'Bezig met afmelden…', noKey: 'Deze koppeling is niet volledig. Open haar vanuit het bericht.', failed: 'Dat lukte niet. Probeer het zo weer.', again: 'Opnieuw proberen', other: 'Volg een ander gebied',
};
const en: typeof nl = {
  title: 'Follow an area', lead: 'Read what is new: new figures, changes in a series and new offers. Only what is public.', area: 'Area', choose: 'choose…', feeds: 'By feed', feedLead: 'Put this link in your news reader. No address is needed for it.', atom: 'Atom feed', json: 'JSON feed',
  mail: 'By mail', mailLead: 'You get a message once a week at most, and only when there is news. Your address is kept apart from all other data. One click unsubscribes you.', address: 'Your e-mail address', ask: 'Follow by mail',
  confirm: 'Confirm your address', confirmLead: 'Click below to follow this area by mail.', yes: 'Yes, follow this area', leave: 'Unsubscribe', leaving: 'Unsubscribing…', noKey: 'This link is not complete. Open it from the message.', failed: 'That did not work. Try again in a moment.', again: 'Try again', other: 'Follow another area',
};
const f = () => (lang() === 'en' ? en : nl);

export function FollowView({ root, place }: { root: Root; place: URL }) {
  const part = place.pathname.split('/')[2];
  return <main id="inhoud" tabIndex={-1} class="partners">{part === 'afmelden' ? <Leave /> : part === 'bevestigen' ? <Confirm /> : <Ask root={root} code={place.searchParams.get('gebied') ?? ''} />}</main>;
}

function Ask({ root, code }: { root: Root; code: string }) {
  const w = f(), places = usePlaces(root), [mail, type] = useState(''), [told, tell] = useState(''), [fault, say] = useState('');
  const known = useApi<{ naam: string }>(code ? `/gebieden/${encodeURIComponent(code)}` : null), at = `/volg/gebied/${encodeURIComponent(code)}`;
  const ask = () => { say(''); tell(''); send<{ tekst: string }>('POST', '/volg/adressen', { code, mail: mail.trim() }).then((r) => { tell(r.tekst); type(''); }, (e: unknown) => say(wordsOf(e, w.failed))); };
  return (
    <>
      <h1>{known.data ? `${w.title}: ${known.data.naam}` : w.title}</h1>
      <p class="lead">{w.lead}</p>
      <div class="filters"><label>{w.area} <select value={code} onChange={(e) => go(`/volg${e.currentTarget.value ? `?gebied=${encodeURIComponent(e.currentTarget.value)}` : ''}`, true)}><option value="">{w.choose}</option><PlaceOptions places={places} /></select></label></div>
      {code && !known.failure && <>
        <section class="rule"><h2>{w.feeds}</h2><p>{w.feedLead}</p><p class="acts"><a href={`${at}.atom`} target="_blank" rel="noopener">{w.atom}</a> <a href={`${at}.json`} target="_blank" rel="noopener">{w.json}</a></p></section>
        <section class="rule"><h2>{w.mail}</h2><p>{w.mailLead}</p>
          <form class="form" onSubmit={(e) => { e.preventDefault(); if (mail.trim()) ask(); }}>
            <label for="volg-mail">{w.address}<input id="volg-mail" type="email" autocomplete="email" required value={mail} onInput={(e) => type(e.currentTarget.value)} /></label>
            {fault && <p class="mention" role="alert">{fault}</p>}
            <p role="status">{told}</p>
            <p class="acts"><button type="submit" class="utrecht-button utrecht-button--primary-action">{w.ask}</button></p>
          </form></section>
      </>}
    </>
  );
}

const secret = () => decodeURIComponent(location.hash.slice(1));
function Confirm() {
  const w = f(), [told, tell] = useState(''), [fault, say] = useState(secret() ? '' : w.noKey);
  const yes = () => send<{ tekst: string }>('POST', '/volg/adressen/bevestigen', { sleutel: secret() }).then((r) => { say(''); tell(r.tekst); }, (e: unknown) => say(wordsOf(e, w.failed)));
  return (
    <>
      <h1>{w.confirm}</h1>
      {!told && <p class="lead">{w.confirmLead}</p>}
      <p role="status">{told}</p>
      {fault && <p class="mention" role="alert">{fault}</p>}
      {!told && secret() && <p class="acts"><button type="button" class="utrecht-button utrecht-button--primary-action" onClick={() => void yes()}>{w.yes}</button></p>}
    </>
  );
}

/** The link itself is the step: the page asks at once. */
function Leave() {
  const w = f(), [told, tell] = useState(''), [fault, say] = useState('');
  const leave = () => { say(''); if (!secret()) return say(w.noKey); void send<{ tekst: string }>('POST', '/volg/adressen/afmelden', { sleutel: secret() }).then((r) => tell(r.tekst), (e: unknown) => say(wordsOf(e, w.failed))); };
  useEffect(leave, []);
  return (
    <>
      <h1>{w.leave}</h1>
      <p class="lead" role="status">{told || (fault ? '' : w.leaving)}</p>
      {fault && <><p class="mention" role="alert">{fault}</p>{secret() && <p class="acts"><button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={leave}>{w.again}</button></p>}</>}
      {told && <p><a href="/volg">{w.other}</a></p>}
    </>
  );
}
