// SPDX-License-Identifier: EUPL-1.2
// Answers of /api/v1/importen as its contract has them, for the states of the import page that a good server on a fast machine
// does not show: long work, refusals, a lost connection. Everything else comes from the server itself.
const KEY = 'deze-sleutel-past';
const json = (status, body) => ({ status, contentType: status < 400 ? 'application/json' : 'application/problem+json', body: JSON.stringify(body) });
const problem = (status, detail) => json(status, { status, title: 'Niet gelukt', detail });
const columns = [
  { naam: 'gwb_code', voorbeelden: ['BU99010101', 'BU99010102', 'BU99010103', 'BU9901010X', 'BU99010105'], soort: 'tekst', voorstel: { rol: 'gebied' } },
  { naam: 'buurtnaam', voorbeelden: ['Spoelhof', 'Weversveen', 'Lakenhof', 'Twijn', 'Garenmarkt'], soort: 'tekst', voorstel: { rol: 'naam' } },
  { naam: 'aantal mensen', voorbeelden: ['1.204', '873', '-', '2.051', '377'], soort: 'getal', voorstel: { rol: 'indicator', indicator: 'residents' } },
  { naam: 'gem. WOZ', voorbeelden: ['213,5', '187,2', '-99997', '', '301'], soort: 'getal', voorstel: { rol: 'overslaan' } },
  { naam: 'opmerking', voorbeelden: ['', '', '', '', ''], soort: 'leeg', voorstel: { rol: 'overslaan' } },
];
const trial = {
  rijen: 1208, goed: 1204, geweigerd: 4, gemarkeerd: 2, gebieden: 1204, indicatoren: [{ id: 'residents', naam: 'Inwoners' }, { id: 'woz_value', naam: 'Gemiddelde WOZ-waarde' }], onbekendeKolommen: ['opmerking', 'bijgewerkt op'],
  voorbeeld: [
    { gebied: 'BU99010101', naam: 'Spoelhof', indicator: 'residents', periode: '2024', waarde: 1204, status: 'ok' }, { gebied: 'BU99010101', naam: 'Spoelhof', indicator: 'woz_value', periode: '2024', waarde: 213.5, status: 'ok' },
    { gebied: 'BU99010102', naam: 'Weversveen', indicator: 'woz_value', periode: '2024', waarde: null, status: 'te klein om te tonen' }],
};
const findings = [
  { soort: 'geweigerd', regel: 14, kolom: 'gwb_code', reden: '«BU9901010X» is geen code van een buurt.', oplossing: 'Bedoelt u BU99010104?' },
  { soort: 'geweigerd', regel: 201, kolom: 'gwb_code', reden: 'Buurt BU99019999 bestaat niet in de indeling van 2024.', oplossing: 'Bedoelt u BU99010109?' },
  { soort: 'geweigerd', regel: 977, kolom: 'aantal mensen', reden: '«zeven» is geen getal.', oplossing: 'Verbeter de cel of haal hem leeg.' },
  { soort: 'geweigerd', regel: 1203, kolom: 'aantal mensen', reden: '«-12» is kleiner dan 0.', oplossing: '=1+1' },
  { soort: 'gemarkeerd', regel: 18, kolom: null, reden: 'Deze regel staat er twee keer. De laatste telt.', oplossing: null },
  { soort: 'gemarkeerd', regel: 0, kolom: null, reden: 'De tweede regel is een toelichting en is overgeslagen.', oplossing: null },
];
/** Plays a server: `how` says which; `now` holds its imports, so that a journey can look and turn them. */
export async function replay(page, how = {}) {
  const now = new Map(), calls = [];
  let n = 0;
  const made = (name, bytes) => ({ id: `i${++n}`, naam: name, bytes, sha256: '3f9a'.repeat(16), stand: 'ontvangen', voortgang: null, herkend: how.herkend ?? [], kolommen: how.kolommen ?? columns, voorstellen: [] });
  const after = (i, stand, more) => { i.stand = stand; i.voortgang = { wat: 'regels', gedaan: 300, totaal: 1208 }; i.until = Date.now() + (how.ms ?? 200); i.then = more; };
  const turn = (i) => { if (i.until && Date.now() >= i.until) { Object.assign(i, { voortgang: null, until: 0 }, i.then); } return i; };
  await page.route(/\/api\/v1\/importen/, async (route) => {
    const r = route.request(), url = new URL(r.url()), [, , , , id, act] = url.pathname.split('/'), method = r.method(), i = now.get(id);
    calls.push({ method, path: url.pathname + url.search, body: r.headers()['content-type'] === 'application/json' ? r.postDataJSON() : null, once: r.headers()['idempotency-key'] });
    const answer = () => {
      if (how.gone) return null;
      if (how.closed) return problem(403, 'Deze server laadt geen bestanden. Start hem met --import.');
      if (r.headers().authorization !== `Bearer ${KEY}`) return problem(401, 'De sleutel ontbreekt of klopt niet.');
      if (how.refuse?.[`${method} ${act ?? (id ? 'een' : 'lijst')}`]) return problem(...how.refuse[`${method} ${act ?? (id ? 'een' : 'lijst')}`]);
      if (!id && method === 'GET') return json(200, { importen: [...now.values()].map(turn).map(({ id, naam, bytes, stand }) => ({ id, naam, bytes, stand })) });
      if (!id) { const x = made(url.searchParams.get('naam'), (r.postDataBuffer() ?? '').length); now.set(x.id, x); return json(201, x); }
      if (!i) return problem(404, 'Dit bestand staat niet meer klaar.');
      if (method === 'DELETE') { now.delete(id); return { status: 204 }; }
      if (act === 'bevindingen') { const from = Number(url.searchParams.get('vanaf')), most = Number(url.searchParams.get('aantal')); return json(200, { aantal: findings.length, bevindingen: findings.slice(from, from + most) }); }
      if (act === 'proef') { const a = r.postDataJSON(); after(i, 'lezen', how.fout ? { stand: 'mislukt', fout: how.fout } : { stand: 'gelezen', bron: a.bron, proef: how.proef ?? trial, voorstellen: a.koppelingen ? [] : (how.voorstellen ?? []) }); return json(202, i); }
      if (act === 'laden') { after(i, 'laden', { stand: 'geladen', lading: 7 }); return json(202, i); }
      if (act === 'definitie') return json(201, { id: r.postDataJSON().id });
      return json(200, turn(i));
    };
    const a = answer();
    await (a ? route.fulfill(a) : route.abort());
  });
  return { now, calls, key: KEY, how };
}
