// SPDX-License-Identifier: EUPL-1.2
// A gemeente from its first administrator on, in browsers of their own: first run, second step, an invitation, a password chosen with a link,
// a wrong password, a role that two people give, a sign-in ended from elsewhere, the log; a resident sees none of it.
import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { expect, openPage, pictures, same, settle, startServer, violations } from './lib.mjs';

const PHRASE = { anna: 'vier paarden eten soms regen', bea: 'negen lampen boven het water', carl: 'oude fietsen dromen van grind', dirk: 'zeven ramen boven een tuin' };
const step = () => Math.floor(Date.now() / 30000);
/** RFC 6238, out of the secret as the page shows it. */
function code(secret, at = step()) {
  const bits = [...secret.replace(/\s/g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2))), count = Buffer.alloc(8);
  count.writeBigUInt64BE(BigInt(at));
  const mac = createHmac('sha1', key).update(count).digest(), o = mac[19] & 15;
  return String((mac.readUInt32BE(o) & 0x7fffffff) % 1e6).padStart(6, '0');
}

export function accountJourneys({ browser, axe, sideways }) {
  const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
  /** The page as it stands, narrow and wide, in both languages: nothing axe finds, nothing wider than the window, and a picture. */
  async function look(page, name, again = async () => undefined) {
    for (const [lang, label] of [['en', 'EN'], ['nl', 'NL']]) {
      await page.getByRole('button', { name: label, exact: true }).click();
      await page.waitForFunction((l) => document.documentElement.lang === l, lang);
      await settle(page);
      await again(lang); // another language builds the page anew
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: width < 720 ? 740 : 800 });
        const found = await violations(page, axe, 'main');
        expect(found.length === 0, `${name} ${lang} ${width}: ${found.slice(0, 3).join('; ')}`);
        same(await sideways(page), 0, `${name} ${lang} ${width} is wider than the window`);
        await page.screenshot({ path: join(pictures, `accounts-${name}-${lang}-${width}.png`), fullPage: true });
      }
    }
  }
  async function second(page) {
    await page.getByRole('heading', { name: 'Zet de tweede stap aan' }).waitFor();
    const secret = await page.locator('.secret code').innerText();
    same(await page.locator('svg.qr').count(), 1, 'one square to scan');
    await page.getByLabel('Vul de code in die de app toont.').fill(code(secret));
    await press(page, 'Zet aan');
    return secret;
  }
  async function enter(tab, name) {
    await tab.go('/aanmelden');
    await tab.page.getByLabel('Naam om mee aan te melden').fill(name);
    await tab.page.getByLabel('Wachtwoord', { exact: true }).fill(PHRASE[name]);
    await press(tab.page, 'Meld aan');
  }
  /** Follows an invitation in a browser of its own, up to and with the second step. */
  async function follow(tab, link, name) {
    await tab.page.goto(link);
    await tab.page.getByRole('heading', { name: 'Kies uw wachtwoord' }).waitFor();
    expect(!tab.page.url().includes('koppeling'), 'the link is out of the address bar');
    return { choose: async () => {
      await tab.page.getByLabel('Nieuw wachtwoord').fill(PHRASE[name]);
      await press(tab.page, 'Bewaar wachtwoord');
      await tab.page.getByText('Uw wachtwoord is bewaard').waitFor();
      await tab.page.getByLabel('Wachtwoord', { exact: true }).fill(PHRASE[name]);
      await press(tab.page, 'Meld aan');
      const secret = await second(tab.page);
      await tab.page.getByRole('heading', { name: 'Mijn account', exact: true }).waitFor();
      return secret;
    } };
  }
  async function invite(page, name, role, partner = '', waits = partner !== '') {
    const form = page.locator('section', { hasText: 'Nodig iemand uit' }).last();
    await form.getByLabel('Naam om mee aan te melden').fill(name);
    await form.getByLabel('Rol').selectOption(role);
    if (partner) await form.getByLabel('Organisatie').selectOption(partner);
    await form.getByRole('button', { name: 'Maak uitnodiging' }).click();
    await form.getByText(waits ? 'De rol wacht op een tweede beheerder.' : 'De rol is meteen gegeven.').waitFor();
    return page.locator('.once code').innerText();
  }
  /** Another link, of the machine: who made one could use it, and with this one two people decide on each other's proposals at once. */
  const fromMachine = (server, name) => new URL(spawnSync(server.program, ['user', 'reset', server.store, name], { encoding: 'utf8' }).stdout.trim(), server.base).href;
  /** What a browser says itself about a refusal we asked for. */
  const refusedOnPurpose = (tab) => { for (let k = tab.faults.length - 1; k >= 0; k--) if (/status of (400|401|403|404|429)/.test(tab.faults[k])) tab.faults.splice(k, 1); };

  return [
    ['accounts: first run, second step, invitation, a role by two, a sign-in ended elsewhere, the log', async () => {
      const server = await startServer((wijk, store) => wijk('demo', store)), tabs = [];
      const open = async () => { const tab = await openPage(browser, server.base); tabs.push(tab); return tab; };
      try {
        const anna = await open(), a = anna.page;
        await anna.go('/aanmelden');
        await a.getByRole('heading', { name: 'Maak de eerste beheerder' }).waitFor();
        await settle(a);
        await look(a, 'first');
        await a.getByLabel('Naam om mee aan te melden').fill('anna');
        await a.getByLabel('Naam die anderen zien').fill('Anna de Boer');
        await a.getByLabel('Wachtwoord', { exact: true }).fill('geheim');
        await press(a, 'Maak de beheerder');
        await a.getByRole('alert').waitFor();
        refusedOnPurpose(anna);
        same(await a.getByLabel('Naam om mee aan te melden').inputValue(), 'anna', 'what was typed stays');
        await a.getByLabel('Wachtwoord', { exact: true }).fill(PHRASE.anna);
        await press(a, 'Maak de beheerder');
        await a.getByRole('heading', { name: 'Zet de tweede stap aan' }).waitFor();
        await a.waitForSelector('svg.qr');
        await look(a, 'second');
        const secret = await second(a), used = step();
        await a.getByText('U bent aangemeld als Anna de Boer.').waitFor();
        same(await a.locator('.top .me').innerText(), 'Anna de Boer', 'the bar names who is signed in');
        await settle(a);
        await look(a, 'account');

        await a.goto(`${server.base}/beheer`);
        await a.getByText('1 account in deze gemeente.').waitFor();
        const forBea = await invite(a, 'bea', 'beheerder');
        const bea = await open(), b = bea.page;
        const chooses = await follow(bea, fromMachine(server, 'bea'), 'bea');
        await look(b, 'choose');
        await chooses.choose();
        const stale = await open();
        await stale.page.goto(forBea);
        await stale.page.getByRole('heading', { name: 'Deze koppeling werkt niet meer.' }).waitFor();
        refusedOnPurpose(stale);

        // a role is asked by one, given by another
        const forCarl = await invite(a, 'carl', 'professional', 'linde-wonen');
        const own = a.getByRole('button', { name: /^Akkoord/ });
        same(await own.getAttribute('aria-disabled'), 'true', 'nobody agrees with himself');
        await a.getByText('Dit stelde u zelf voor: iemand anders besluit.').first().waitFor();
        await look(a, 'manage');
        await b.goto(`${server.base}/beheer`);
        await b.getByRole('button', { name: /^Akkoord/ }).click();
        await b.getByText('Er wacht geen rol op een besluit.').waitFor();
        await b.getByRole('button', { name: 'Wijzig: carl' }).click();
        await b.getByLabel('Waarom? In een zin, zonder namen').fill('doet ook de controle');
        await b.locator('.inside').getByLabel('Rol').selectOption('rekenkamer');
        await press(b, 'Stel een rol voor');
        await b.getByText('Voorgesteld. Een ander besluit.').waitFor();
        await look(b, 'change', async () => { const closed = b.getByRole('button', { name: /^(Change|Wijzig): carl/ }); if (await closed.count()) await closed.click(); });
        await a.reload();
        await a.getByRole('button', { name: /^Wijs af/ }).click();
        await a.getByLabel('Waarom niet?').waitFor();
        await a.getByRole('button', { name: 'Niet doen' }).click();
        await a.getByRole('button', { name: /^Akkoord/ }).click();
        await a.getByText('Er wacht geen rol op een besluit.').waitFor();

        // the log, by who may read it
        const carl = await open(), c = carl.page;
        await (await follow(carl, forCarl, 'carl')).choose();
        await c.goto(`${server.base}/logboek`);
        await c.getByRole('heading', { name: 'Logboek' }).waitFor();
        await c.waitForSelector('tbody tr');
        await c.selectOption('#soort', 'rol');
        await c.waitForFunction(() => location.search === '?soort=rol' && [...document.querySelectorAll('tbody tr')].length > 0 && [...document.querySelectorAll('tbody td:nth-child(5)')].every((d) => d.textContent.startsWith('rol')));
        await look(c, 'log');
        const file = c.waitForEvent('download');
        await c.getByRole('link', { name: 'CSV' }).click();
        same((await file).suggestedFilename(), 'logboek.csv', 'the log as a file');
        await c.goto(`${server.base}/beheer`);
        await c.getByText('accounts in deze gemeente').waitFor();
        same(await c.getByRole('button', { name: 'Maak uitnodiging' }).getAttribute('aria-disabled'), 'true', 'an auditor changes nothing, and sees why');

        // wrong, right, and ended from elsewhere
        const phone = await open(), p = phone.page;
        await phone.go('/aanmelden?terug=/account');
        await p.getByLabel('Naam om mee aan te melden').fill('anna');
        await p.getByLabel('Wachtwoord', { exact: true }).fill('niet het goede woord');
        await press(p, 'Meld aan');
        await p.getByText('De naam, het wachtwoord of de code klopt niet.').waitFor();
        refusedOnPurpose(phone);
        await look(p, 'signin');
        same(await p.getByLabel('Naam om mee aan te melden').inputValue(), 'anna', 'the name outlives another language');
        await p.getByLabel('Wachtwoord', { exact: true }).fill(PHRASE.anna);
        await press(p, 'Meld aan');
        await p.getByLabel('Code uit uw app').fill(code(secret, Math.max(used + 1, step()))); // each code works once
        await press(p, 'Meld aan');
        await p.getByText('U bent aangemeld als Anna de Boer.').waitFor();
        await a.goto(`${server.base}/account`);
        await a.getByRole('button', { name: /^Meld daar af/ }).click();
        await a.getByText('Daar afgemeld.').waitFor();
        await p.reload();
        await p.getByText('Meld u eerst aan om dit te zien.').waitFor();
        refusedOnPurpose(phone);

        // a key is shown once; signing out is signing out
        await a.getByLabel('Waarvoor is de sleutel?').fill('rapport elke maand');
        await press(a, 'Maak sleutel');
        const key = await a.locator('.once code').innerText();
        const asked = await fetch(`${server.base}/api/v1/accounts`, { headers: { Authorization: `Bearer ${key}` } });
        same(asked.status, 403, 'a key to read does not manage');
        await a.getByRole('button', { name: 'Trek in: rapport elke maand' }).click();
        await a.getByText('De sleutel werkt niet meer.').waitFor();
        await press(a, 'Meld af');
        await a.getByRole('button', { name: 'Meld aan' }).waitFor();
        same(await a.locator('.top .me').innerText(), 'Aanmelden', 'the bar knows nobody any more');
        for (const tab of tabs) expect(tab.faults.length === 0, tab.faults.slice(0, 4).join('\n'));
      } finally {
        for (const tab of tabs) await tab.close();
        await server.stop();
      }
    }],
    ['accounts: the whole way on one server: first run, invited, second step, a signal without a connection, answered, and what a resident sees of it', async () => {
      const server = await startServer((wijk, store) => wijk('demo', store)), tabs = [];
      const open = async (opt) => { const tab = await openPage(browser, server.base, opt); tabs.push(tab); return tab; };
      const SEEN = 'De lampen in het achterpad doen het al weken niet.', DONE = 'De lampen worden deze maand vervangen.';
      try {
        const anna = await open(), a = anna.page;
        await anna.go('/aanmelden');
        await a.getByLabel('Naam om mee aan te melden').fill('anna');
        await a.getByLabel('Wachtwoord', { exact: true }).fill(PHRASE.anna);
        await press(a, 'Maak de beheerder');
        await second(a);
        await a.getByText('U bent aangemeld als').waitFor();
        await a.goto(`${server.base}/beheer`);
        const bea = await open(), b = bea.page;
        await invite(a, 'bea', 'beheerder');
        await (await follow(bea, fromMachine(server, 'bea'), 'bea')).choose();
        const forCarl = await invite(a, 'carl', 'professional', 'linde-wonen'), forDirk = await invite(a, 'dirk', 'gebiedsregisseur', '', true);
        for (const left of [1, 0]) {
          await b.goto(`${server.base}/beheer`);
          await b.getByRole('button', { name: /^Akkoord/ }).first().click();
          await b.waitForFunction((n) => [...document.querySelectorAll('main button')].filter((x) => /^Akkoord/.test(x.getAttribute('aria-label') ?? x.textContent)).length === n, left);
        }

        // the wijkteam, on a phone that loses its connection
        const carl = await open({ width: 360, touch: true }), c = carl.page;
        await (await follow(carl, forCarl, 'carl')).choose();
        await carl.go('/signaal');
        await c.waitForSelector('[data-thema]');
        await c.locator('[data-thema]').first().tap();
        await c.waitForSelector('#buurt option:nth-child(4)', { state: 'attached' });
        await c.selectOption('#buurt', { index: 3 });
        const buurt = await c.inputValue('#buurt');
        await c.fill('#zin', SEEN);
        await c.check('input[name=zeker][value=zelf-gezien]');
        await c.waitForTimeout(600);
        await c.context().setOffline(true);
        await c.tap('.send');
        await c.waitForSelector('h1:has-text("wacht op verzending")');
        await c.context().setOffline(false);
        await c.waitForFunction(() => !document.querySelector('.queue li'), null, { timeout: 20000 });
        await carl.go('/mijn-wijk');
        await c.locator('#mijn-signalen').getByText(SEEN).waitFor();

        const dirk = await open(), d = dirk.page;
        await (await follow(dirk, forDirk, 'dirk')).choose();
        await d.goto(`${server.base}/signalen/gegeven`);
        const item = d.locator('[data-signaal]', { hasText: SEEN });
        await item.getByText('gedeeld met partners').waitFor();
        await item.getByRole('button', { name: 'Koppel terug' }).click();
        await item.locator('input[value=leidde-tot]').check();
        await item.locator('textarea').fill(DONE);
        await d.waitForTimeout(600);
        await item.locator('button[type=submit]').click();
        await item.locator('.reply', { hasText: DONE }).waitFor();
        await carl.go('/mijn-wijk');
        await c.locator('#teruggekoppeld').getByText(DONE).waitFor();

        const resident = await open(), r = resident.page;
        await resident.go(`/buurt/${buurt}`);
        await settle(r);
        await r.waitForSelector('#signalen table');
        const counts = await r.textContent('#signalen');
        expect(counts.includes('minder dan 5') && !counts.includes('lampen'), `a resident reads «${counts}»`);
        await resident.go('/signalen/gegeven');
        await r.waitForSelector('.mention a[href^="/aanmelden"]');
        for (const path of ['/signalen', `/signalen/${await item.getAttribute('data-signaal')}`]) same((await fetch(`${server.base}/api/v1${path}`)).status, 401, path);
        const page = await (await fetch(`${server.base}/api/v1/gebieden/${buurt}/signalen`)).text();
        expect(!page.includes('lampen') && !page.includes('linde-wonen'), 'the public answer holds no words and nobody');
        for (let k = carl.faults.length - 1; k >= 0; k--) if (/ERR_INTERNET_DISCONNECTED|ERR_FAILED/.test(carl.faults[k])) carl.faults.splice(k, 1);
        for (const tab of tabs) expect(tab.faults.length === 0, tab.faults.slice(0, 4).join('\n'));
      } finally {
        for (const tab of tabs) await tab.close();
        await server.stop();
      }
    }],
    ['accounts: a resident sees none of it, and each page says for whom it is', async () => {
      const server = await startServer((wijk, store) => { wijk('demo', store); wijk('user', 'add', store, 'anna', '--role', 'beheerder'); });
      const tab = await openPage(browser, server.base), { page } = tab;
      const asked = [];
      page.on('request', (r) => { if (r.url().includes('/sessie')) asked.push(r.url()); });
      try {
        await tab.go('/');
        await settle(page);
        same(asked.length, 0, 'a resident is not asked who he is');
        for (const path of ['/account', '/beheer', '/logboek']) {
          await tab.go(path);
          await page.getByText('Meld u eerst aan om dit te zien.').waitFor();
          same(await page.locator('main table, main form').count(), 0, `${path} shows nothing`);
        }
        await page.getByRole('link', { name: 'Aanmelden' }).last().click();
        await page.getByRole('button', { name: 'Meld aan' }).waitFor();
        same(new URL(page.url()).searchParams.get('terug'), '/logboek', 'and leads back');
        for (const path of ['/accounts', '/logboek', '/mijn-gegevens', '/sleutels', '/voorstellen']) same((await fetch(`${server.base}/api/v1${path}`)).status, 401, path);
        expect(tab.faults.length === 0, tab.faults.slice(0, 4).join('\n'));
      } finally {
        await tab.close();
        await server.stop();
      }
    }],
  ];
}
