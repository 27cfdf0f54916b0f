// SPDX-License-Identifier: EUPL-1.2
// «Wie doet wat»: what a resident sees, an organisation that changes its own, two who were at it at once, and a second person who agrees.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, openPage, same, settle, startServer, violations } from './lib.mjs';

const people = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../http/people.py');
const PEOPLE = { huis: ['partnerbeheerder', 'linde-wonen'], huis2: ['partnerbeheerder', 'linde-wonen'], regie: ['gebiedsregisseur', ''], baas: ['beheerder', ''] };

export function partnerJourneys({ browser, axe, sideways }) {
  let server = null;
  const cookies = {};
  const up = async () => {
    if (server) return;
    server = await startServer((wijk, store) => {
      wijk('demo', store);
      for (const [name, [role, partner]] of Object.entries(PEOPLE)) {
        const made = spawnSync('python3', [people, store, name, 'GM9901', role, partner], { encoding: 'utf8' });
        if (made.status !== 0) throw new Error(made.stderr);
        cookies[name] = made.stdout.trim();
      }
    });
  };
  const as = async (who, opt, f) => {
    await up();
    const tab = await openPage(browser, server.base, opt);
    if (who) await tab.page.context().addCookies([{ name: '__Host-wijk', value: cookies[who], url: server.base.replace('http:', 'https:'), secure: true, httpOnly: true, sameSite: 'Strict' }]);
    try {
      await f(tab.page, tab);
      expect(tab.faults.length === 0, tab.faults.slice(0, 4).join('\n'));
    } finally { await tab.close(); }
  };
  const over = async (page, text) => { await page.getByRole('button', { name: 'Wijzig', exact: true }).first().click(); await page.fill('#over', text); };
  return [
    ['partners: a resident sees who does what, only what is public, and the gap', () => as(null, {}, async (page, tab) => {
      await tab.go('/wie-doet-wat');
      await settle(page);
      await page.waitForSelector('.who > li');
      same(await page.locator('.who > li').count(), 7, 'organisations');
      expect(!(await page.textContent('main')).includes('Waardstroom'), 'what is shared with partners is not shown');
      expect((await page.textContent('.gaps')).includes('Geen aanbod voor 12-18 in Pannenhof'), 'the gap in words');
      await page.selectOption('.filters select >> nth=2', '12-18');
      await page.waitForFunction(() => /leeftijd=12-18/.test(location.search) && document.querySelectorAll('.who > li').length === 5);
      await tab.go('/wie-doet-wat/linde-wonen');
      await settle(page);
      await page.waitForSelector('.offers li');
      expect(!(await page.textContent('main')).includes('Huismeester') && (await page.getByRole('button', { name: 'Wijzig' }).count()) === 0, 'nothing to change');
    })],
    ['partners: the map has a table beside it, and a buurt is chosen by keyboard', () => as(null, {}, async (page, tab) => {
      await tab.go('/wie-doet-wat?kaart=ja&leeftijd=12-18&thema=ontmoeten');
      await settle(page);
      const row = page.locator('table.twin tr', { hasText: 'Pannenhof' });
      same((await row.locator('td').textContent()).trim(), '0', 'offers in Pannenhof');
      await row.getByRole('button').focus();
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => /gebied=BU99010303/.test(location.search));
    })],
    ['partners: an organisation changes its own; a name is refused and nothing typed is lost', () => as('huis', {}, async (page, tab) => {
      await tab.go('/wie-doet-wat/linde-wonen');
      await settle(page);
      await over(page, 'Vraag naar Jan de Vries.');
      await page.getByRole('button', { name: 'Bewaar' }).click();
      await page.waitForSelector('.form .mention[role=alert]');
      tab.faults.splice(0, tab.faults.length, ...tab.faults.filter((f) => !/400/.test(f)));
      await tab.go('/wie-doet-wat/linde-wonen');
      await settle(page);
      await page.getByRole('button', { name: 'Wijzig', exact: true }).first().click();
      same(await page.inputValue('#over'), 'Vraag naar Jan de Vries.', 'what was typed');
      await page.fill('#over', 'Verhuurt ruim 9.100 woningen.');
      await page.getByRole('button', { name: 'Bewaar' }).click();
      await page.waitForFunction(() => /Verhuurt ruim 9.100/.test(document.querySelector('.lead')?.textContent ?? ''));
      expect((await page.textContent('main')).includes('Openbaar is versie 1'), 'not yet public');
    })],
    ['partners: two at once: both sides are shown, and merged', () => as('huis', {}, async (page, tab) => {
      await tab.go('/wie-doet-wat/linde-wonen');
      await settle(page);
      await over(page, 'Verhuurt flats.');
      await as('huis2', {}, async (other, second) => {
        await second.go('/wie-doet-wat/linde-wonen');
        await settle(other);
        await over(other, 'Verhuurt en bouwt woningen.');
        await other.fill('#website', 'https://linde-wonen.example/nieuw');
        await other.getByRole('button', { name: 'Bewaar' }).click();
        await other.waitForFunction(() => /bouwt/.test(document.querySelector('.lead')?.textContent ?? ''));
      });
      await page.getByRole('button', { name: 'Bewaar' }).click();
      await page.waitForSelector('.clash table');
      tab.faults.splice(0, tab.faults.length, ...tab.faults.filter((f) => !/409/.test(f)));
      const text = await page.textContent('.clash');
      for (const t of ['Verhuurt flats.', 'Verhuurt en bouwt woningen.', 'Neem de mijne', 'Neem de andere', 'Voeg samen']) expect(text.includes(t), `«${t}» is missing`);
      same((await violations(page, axe, '.clash')).join('\n'), '', 'axe on the conflict');
      await page.locator('.clash tr', { hasText: 'Website' }).locator('input').nth(1).check();
      await page.getByRole('button', { name: 'Voeg samen' }).click();
      same(await page.inputValue('#website'), 'https://linde-wonen.example/nieuw', 'of the other');
      same(await page.inputValue('#over'), 'Verhuurt flats.', 'of one’s own');
      await page.getByRole('button', { name: 'Bewaar' }).click();
      await page.waitForFunction(() => /Verhuurt flats/.test(document.querySelector('.lead')?.textContent ?? ''));
    })],
    ['partners: four eyes: who proposes does not decide; then residents see it', () => as('huis', {}, async (page, tab) => {
      await tab.go('/wie-doet-wat/linde-wonen');
      await settle(page);
      await page.getByRole('button', { name: 'Stel voor dit openbaar te maken' }).first().click();
      await page.getByLabel('Waarom? In een zin').fill('Bewoners vragen ernaar.');
      await page.getByRole('button', { name: 'Stuur voorstel' }).click();
      await page.getByText('Voorgesteld. Iemand anders besluit erover.').first().waitFor();
      await tab.go('/voorstellen');
      await settle(page);
      await page.waitForSelector('.proposals > li');
      same(await page.getByRole('button', { name: 'Akkoord' }).count(), 0, 'agreeing to one’s own');
      await as('regie', {}, async (other, second) => {
        await second.go('/voorstellen');
        await settle(other);
        await other.getByRole('button', { name: 'Akkoord' }).first().click();
        await other.waitForFunction(() => document.querySelectorAll('.proposals > li').length === 0);
      });
      await as(null, {}, async (other, second) => {
        await second.go('/wie-doet-wat/linde-wonen');
        await settle(other);
        expect((await other.textContent('.lead')).includes('Verhuurt flats.'), 'what a second person agreed to');
      });
    })],
    ['partners: an administrator adds an organisation; nothing typed is lost, and one that is there is shown beside it', () => as('baas', {}, async (page, tab) => {
      const form = async () => { await tab.go('/wie-doet-wat?toevoegen=ja'); await settle(page); await page.waitForSelector('#naam'); await page.waitForSelector('#gebied-erbij option:nth-child(3)', { state: 'attached' }); };
      await tab.go('/wie-doet-wat');
      await settle(page);
      await page.getByRole('link', { name: 'Organisatie toevoegen' }).click();
      await page.waitForSelector('#naam');
      await page.fill('#naam', 'Speeltuin De Hoge Wip');
      await page.selectOption('#soort', 'bewonersorganisatie');
      await page.fill('#over', 'Bel Jan de Vries voor de sleutel.');
      await page.selectOption('#gebied-erbij', 'BU99010101');
      await page.getByRole('button', { name: 'Voeg een functie toe' }).click();
      await page.fill('#f-0', 'beheer');
      await page.fill('#m-0', 'info@hogewip.example');
      await page.getByRole('button', { name: 'Bewaar' }).click();
      await page.waitForSelector('.form .mention[role=alert]');
      tab.faults.splice(0, tab.faults.length, ...tab.faults.filter((f) => !/400/.test(f)));
      await form();
      same(await page.inputValue('#over'), 'Bel Jan de Vries voor de sleutel.', 'what was typed');
      same(await page.inputValue('#m-0'), 'info@hogewip.example', 'the function too');
      await page.fill('#over', 'Een speeltuin voor de hele wijk.');
      await page.getByRole('button', { name: 'Bewaar' }).click();
      await page.getByRole('heading', { level: 1, name: 'Speeltuin De Hoge Wip' }).waitFor();
      same(new URL(page.url()).pathname, '/wie-doet-wat/speeltuin-de-hoge-wip', 'its page');
      expect((await page.textContent('main')).includes('gedeeld met partners'), 'who sees it');
      await form();
      same(await page.inputValue('#naam'), '', 'the draft is gone');
      await page.fill('#naam', 'Speeltuin De Hoge Wip');
      await page.selectOption('#soort', 'anders');
      await page.fill('#over', 'Iets anders.');
      await page.selectOption('#gebied-erbij', 'BU99010102');
      await page.getByRole('button', { name: 'Bewaar' }).click();
      await page.waitForSelector('.clash table');
      tab.faults.splice(0, tab.faults.length, ...tab.faults.filter((f) => !/409/.test(f)));
      same((await violations(page, axe, '.clash')).join('\n'), '', 'axe on the two beside each other');
      await page.locator('.clash tr', { hasText: 'Gebieden' }).locator('input').nth(1).check();
      await page.getByRole('button', { name: 'Voeg samen' }).click();
      same(await page.inputValue('#over'), 'Iets anders.', 'of one’s own');
      await page.getByRole('button', { name: 'Bewaar' }).click();
      await page.getByRole('heading', { level: 1, name: 'Speeltuin De Hoge Wip' }).waitFor();
      expect((await page.textContent('.lead')).includes('Iets anders.') && (await page.textContent('main')).includes('versie 2'), 'changed, not added twice');
      await as('huis', {}, async (other, second) => {
        await second.go('/wie-doet-wat?toevoegen=ja');
        await settle(other);
        await other.getByText('Alleen voor de beheerder van de gemeente.').waitFor();
        same(await other.locator('#naam').count(), 0, 'a form for who may not');
      });
    })],
    ...['nl', 'en'].flatMap((lang) => [360, 1280].map((width) => [`partners: no findings, ${lang}, ${width} px`, () => as('regie', { width, lang }, async (page, tab) => {
      for (const path of ['/wie-doet-wat', '/wie-doet-wat?kaart=ja', '/wie-doet-wat/linde-wonen', '/voorstellen', '/volg?gebied=BU99010303', '/volg/afmelden']) {
        await tab.go(path);
        await settle(page);
        same((await violations(page, axe)).join('\n'), '', path);
        const wide = await sideways(page);
        expect(wide <= 0, `${path} is ${wide} px too wide`);
      }
    })])),
    ['partners: an area is followed by feed, asked for by mail, and left by a link in one step', () => as(null, {}, async (page, tab) => {
      await tab.go('/volg?gebied=BU99010303');
      await settle(page);
      same(await page.getByRole('link', { name: 'Atom-feed' }).getAttribute('href'), '/volg/gebied/BU99010303.atom', 'feed');
      await page.getByLabel('Uw e-mailadres').fill('lezer@voorbeeld.example');
      await page.getByRole('button', { name: 'Volg per mail' }).click();
      await page.getByText('Kijk in uw mail').waitFor();
      const kept = spawnSync('python3', ['-c', 'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute("SELECT secret FROM follower").fetchone()[0])', `${server.store}.adressen`], { encoding: 'utf8' }).stdout.trim();
      await tab.go(`/volg/bevestigen#${kept}`);
      await settle(page);
      await page.getByRole('button', { name: 'Ja, volg dit gebied' }).click();
      await page.getByText('U volgt dit gebied nu per mail.').waitFor();
      await tab.go('/');
      await tab.go(`/volg/afmelden#${kept}`);
      await page.getByText('Uw adres is gewist').waitFor();
    })],
    ['partners: the form has no findings', () => as('huis', { width: 360 }, async (page, tab) => {
      await tab.go('/wie-doet-wat/linde-wonen');
      await settle(page);
      await page.getByRole('button', { name: 'Wijzig', exact: true }).first().click();
      await page.waitForSelector('#over');
      same((await violations(page, axe)).join('\n'), '', 'form');
      await server.stop();
      server = null;
    })],
  ];
}
