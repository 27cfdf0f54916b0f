// SPDX-License-Identifier: EUPL-1.2
// Every page about people, by who may and who may not, narrow and wide, in both languages: one h1 that is also the title, the focus in the page after a link,
// nothing axe finds, nothing wider than the window (also with text twice as large), and no Dutch in the English pages but what people wrote and marked so.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, openPage, pictures, same, settle, startServer, violations } from './lib.mjs';

const LONG = 'Stichting voor Buurtgerichte Ontmoetings-, Sport- en Welzijnsvoorzieningen Lindewaard-Noordwest';
const PEOPLE = {
  baas: ['beheerder', ''], controle: ['rekenkamer', ''], regie: ['gebiedsregisseur', ''], huis: ['partnerbeheerder', 'linde-wonen'], wijkteam: ['professional', 'wmd'], lezer: ['raadslid', ''],
};
const PAGES = {
  '': ['/aanmelden', '/account', '/beheer', '/logboek', '/wie-doet-wat', '/wie-doet-wat?kaart=ja', '/wie-doet-wat?thema=ontmoeten&leeftijd=12-18&gebied=BU99010303', '/wie-doet-wat/linde-wonen', '/wie-doet-wat/bestaat-niet', '/wie-doet-wat?toevoegen=ja',
    '/voorstellen', '/signaal', '/mijn-wijk', '/signalen/gegeven', '/volg', '/volg?gebied=BU99010303', '/volg/bevestigen', '/volg/afmelden', '/algoritmen', '/algoritmen/lindewaard', '/methoden', '/toegankelijkheid', '/privacy', '/moderatie'],
  baas: ['/aanmelden', '/aanmelden?stap=2', '/account', '/beheer', '/logboek', '/wie-doet-wat?toevoegen=ja', '/voorstellen', '/signaal'],
  controle: ['/logboek', '/logboek?soort=signaal', '/beheer', '/signalen/gegeven'],
  regie: ['/signaal', '/mijn-wijk', '/signalen/gegeven', '/signalen/gegeven?thema=afval', '/voorstellen', '/wie-doet-wat'],
  huis: ['/wie-doet-wat/linde-wonen', '/voorstellen', '/beheer', '/mijn-wijk'],
  lezer: ['/signaal', '/mijn-wijk', '/signalen/gegeven', '/account'],
};
// what is a word in Dutch only; names of places and of organisations are taken out before
const DUTCH = /(?<![\w-])(de|het|een|van|voor|niet|geen|wordt|worden|zijn|aan|naar|uw|u|deze|alle|als|nog|ook|wij|bij|uit|dan|meer|minder|jaar|gedeeld|openbaar|alleen|mijn|organisatie|wijken|buurten|beheerder|rekenkamer|aanmelden|toegevoegd|gewijzigd|bekijk|waarom|soort)(?![\w-])/i;

export function peoplePageJourneys({ browser, axe, sideways }) {
  let server = null, names = [];
  const cookies = {};
  const python = (...words) => {
    const done = spawnSync('python3', [join(import.meta.dirname, 'signed_in.py'), ...words], { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(done.stderr);
    return done.stdout.trim();
  };
  const ask = (who, method, path, body) => fetch(`${server.base}/api/v1${path}`, {
    method, headers: { Authorization: `Bearer ${cookies[who]}`, 'Content-Type': 'application/json', 'Idempotency-Key': `blad-${Math.random()}` }, ...(body ? { body: JSON.stringify(body) } : {}),
  }).then(async (r) => { const told = await r.json(); if (!r.ok) throw new Error(`${path}: ${told.detail}`); return told; });
  async function up() {
    if (server) return;
    server = await startServer((wijk, store) => {
      wijk('demo', store);
      for (const [name, [role, partner]] of Object.entries(PEOPLE)) cookies[name] = python(store, name, role, 'GM9901', partner);
    });
    const made = await ask('wijkteam', 'POST', '/signalen', { buurt: 'BU99010101', thema: 'afval', zin: 'De papierbak bij de winkels zit al weken vol en de zakken staan ernaast.', zeker: 'vaker-gezien', gedeeld: 'partners' });
    await ask('regie', 'POST', `/signalen/${made.id}/terugkoppelingen`, { soort: 'leidde-tot', tekst: 'Er komt een grotere bak.' });
    await ask('regie', 'POST', '/signalen', { buurt: 'BU99010102', x: 0, thema: 'verkeer', zin: 'Er wordt hier veel te hard gereden.', zeker: 'zelf-gezien', gedeeld: 'organisatie' }).catch(() => undefined);
    await ask('baas', 'POST', '/partners', { naam: LONG, soort: 'welzijn', over: 'Alles voor de buurt. '.repeat(40), website: '', delen: 'partners', gebieden: ['BU99010101', 'BU99010102'], functies: [{ functie: 'balie en algemene vragen over alles wat wij in de wijk doen', telefoon: '', mail: 'info@lange-naam.example' }] });
    const own = await ask('huis', 'GET', '/partners/linde-wonen');
    await ask('huis', 'PUT', '/partners/linde-wonen', { ...own, gebieden: own.gebieden.map((g) => g.code), delen: 'partners', over: `${own.over} Ook garages.` });
    await ask('huis', 'POST', '/voorstellen', { soort: 'partner', object: 'linde-wonen', versie: own.versie + 1, waarom: 'Bewoners vragen ernaar.' });
    await ask('baas', 'POST', '/accounts', { naam: 'nieuw.iemand', tonen: 'Nieuw Iemand', rol: 'raadslid' }).catch(() => undefined);
    const levels = await Promise.all(['gemeente', 'wijk', 'buurt'].map((n) => fetch(`${server.base}/api/v1/gebieden?niveau=${n}`).then((r) => r.json())));
    const partners = (await ask('baas', 'GET', '/partners')).partners;
    names = [...levels.flatMap((l) => l.gebieden.map((g) => g.naam)), ...partners.map((p) => p.naam)].sort((a, b) => b.length - a.length);
  }
  /** The Dutch words that stand in an English page, with what is around them. */
  const dutchIn = (page) => page.evaluate(() => {
    const out = [], walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    for (let n = walker.nextNode(); n; n = walker.nextNode()) if (!n.parentElement.closest('[lang=nl], code, script')) out.push(n.textContent);
    for (const e of document.querySelectorAll('main [aria-label], main [placeholder], main [title]')) if (!e.closest('[lang=nl]')) out.push((e.getAttribute('aria-label') ?? e.getAttribute('placeholder') ?? e.getAttribute('title')).split(': ')[0]); // what it is pressed for may be named after it
    return out;
  }).then((texts) => texts.map((text) => names.reduce((t, n) => t.replaceAll(n, ''), text)).filter((t) => DUTCH.test(t)).map((t) => t.trim().slice(0, 90)));
  const large = async (page, on) => { await page.evaluate((size) => { document.documentElement.style.fontSize = size; }, on ? '200%' : ''); };

  async function look(tab, who, path, lang, width) {
    const { page } = tab, wrong = [], at = `${who || 'nobody'} ${path}`;
    // as by a link of the site itself: the page is not loaded anew, and the focus goes into it
    await page.evaluate((to) => { const a = Object.assign(document.createElement('a'), { href: to }); document.body.append(a); a.focus(); a.click(); a.remove(); }, path);
    await page.waitForFunction((p) => location.pathname === p, path.split('?')[0]);
    await settle(page).catch(() => wrong.push('does not settle'));
    await page.waitForTimeout(250);
    const h1 = await page.locator('main h1').allTextContents();
    if (h1.length !== 1) wrong.push(`${h1.length} h1`);
    if (h1.length && !(await page.title()).startsWith(h1[0].trim())) wrong.push(`the title is «${await page.title()}»`);
    if (!(await page.evaluate(() => document.querySelector('main')?.contains(document.activeElement)))) wrong.push('the focus is not in the page');
    wrong.push(...await violations(page, axe));
    const over = await sideways(page);
    if (over > 0) wrong.push(`${over} px too wide`);
    if (lang === 'en') wrong.push(...(await dutchIn(page)).map((t) => `Dutch: «${t}»`));
    await page.screenshot({ path: join(pictures, `people-${who || 'nobody'}${path.replace(/\W+/g, '-')}-${lang}-${width}.png`), fullPage: true });
    if (width >= 720) {
      await large(page, true);
      const wide = await sideways(page);
      if (wide > 0) wrong.push(`${wide} px too wide with large text`);
      await large(page, false);
    }
    return wrong.map((w) => `${at}: ${w}`);
  }
  return [
    ...['nl', 'en'].flatMap((lang) => [360, 1280].map((width) => [`people: every page, ${lang}, ${width} px`, async () => {
      await up();
      const wrong = [];
      for (const [who, paths] of Object.entries(PAGES)) {
        const tab = await openPage(browser, server.base, { width, lang });
        if (who) await tab.page.context().addCookies([{ name: '__Host-wijk', value: cookies[who], url: server.base.replace('http:', 'https:'), secure: true, httpOnly: true, sameSite: 'Strict' }]);
        try {
          await tab.go('/');
          await settle(tab.page);
          for (const path of paths) wrong.push(...await look(tab, who, path, lang, width));
          wrong.push(...tab.faults.filter((f) => !/status of (401|403|404)/.test(f))); // what a browser says itself of a refusal that belongs there
        } finally { await tab.close(); }
      }
      expect(wrong.length === 0, wrong.slice(0, 40).join('\n'));
    }])),
    ['people: the server is gone, and comes back', async () => {
      await up();
      const tab = await openPage(browser, server.base, {}), { page } = tab;
      try {
        await tab.go('/wie-doet-wat');
        await settle(page);
        await server.rest();
        for (const path of ['/volg?gebied=BU99010303', '/wie-doet-wat?leeftijd=12-18', '/wie-doet-wat/linde-wonen', '/voorstellen']) {
          await page.evaluate((to) => { const a = Object.assign(document.createElement('a'), { href: to }); document.body.append(a); a.click(); a.remove(); }, path);
          await page.waitForFunction(() => document.querySelector('main')?.textContent?.trim());
          await page.waitForTimeout(600);
          same((await violations(page, axe, 'main')).join('\n'), '', `${path} without a server`);
          expect(await sideways(page) <= 0, `${path} is too wide`);
        }
        await page.getByRole('button', { name: 'Opnieuw proberen' }).first().waitFor();
        await server.wake();
        await page.getByRole('button', { name: 'Opnieuw proberen' }).first().click();
        await page.getByText('Meld u eerst aan om voorstellen te zien.').waitFor();
      } finally {
        await tab.close();
        await server.stop();
        server = null;
      }
    }],
  ];
}
