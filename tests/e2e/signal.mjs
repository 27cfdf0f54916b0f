// SPDX-License-Identifier: EUPL-1.2
// The wijkteam's phone: a signal in two steps by touch and by keyboard, without a connection and sent once when it is back, stopped
// kindly when it names somebody, answered by the area director and read back; a resident sees only what is public.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, pictures, same, settle, violations } from './lib.mjs';

export function signalJourneys({ on, base, store, axe, sideways }) {
  const python = (script, ...words) => {
    const done = spawnSync('python3', [join(import.meta.dirname, script), ...words], { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`${script}: ${done.stderr}`);
    return done.stdout.trim();
  };
  const tokens = new Map();
  let nr = 0;
  const tokenOf = (role) => {
    if (!tokens.has(role)) tokens.set(role, python('signed_in.py', store, `proef${process.pid}${++nr}`, role, 'GM9901', role === 'professional' ? 'wmd' : ''));
    return tokens.get(role);
  };
  const cookie = (token) => ({ name: '__Host-wijk', value: token, url: base.replace('http:', 'https:'), secure: true, httpOnly: true, sameSite: 'Strict' });
  /** Signed in with that role. */
  const as = (role, opt, f) => on(opt, async (page, tab) => { await page.context().addCookies([cookie(tokenOf(role))]); await f(page, tab); });
  const api = (role, path, opt = {}) => fetch(`${base}/api/v1${path}`, { ...opt, headers: { Authorization: `Bearer ${tokenOf(role)}`, 'Content-Type': 'application/json', ...opt.headers } }).then((r) => r.json());
  const mine = () => api('professional', '/signalen?mijn=ja&aantal=200').then((r) => r.signalen);
  const tile = async (page, tab) => { await tab.go('/signaal'); await page.waitForSelector('[data-thema=afval]'); };
  const choose = async (page, sentence) => {
    await page.waitForSelector('#buurt option:nth-child(4)', { state: 'attached' });
    await page.selectOption('#buurt', { index: 3 });
    await page.fill('#zin', sentence);
    await page.check('input[name=zeker][value=zelf-gezien]');
  };
  /** What a browser without a connection says about that is no fault of ours. */
  const offlineWords = (tab) => { for (let k = tab.faults.length - 1; k >= 0; k--) if (/ERR_INTERNET_DISCONNECTED|Failed to load resource|ERR_FAILED/.test(tab.faults[k])) tab.faults.splice(k, 1); };

  return [
    ['signal: in two steps by touch at 360 px, and the figures say something back', () => as('professional', { width: 360, touch: true }, async (page, tab) => {
      const before = (await mine()).length, from = Date.now();
      await tile(page, tab);
      await page.tap('[data-thema=afval]');
      await choose(page, 'Veel afval naast de containers bij het plein.');
      await page.tap('.send');
      await page.waitForSelector('h1:has-text("Dank")');
      expect(Date.now() - from < 60000, 'under a minute');
      expect((await page.textContent('main')).includes('Minder dan 5 collega'), 'colleagues: fewer than five');
      same((await mine()).length, before + 1, 'signals of mine');
      await page.screenshot({ path: join(pictures, 'signaal-dank-360.png') });
    })],
    ['signal: by keyboard alone, with a circle', () => as('professional', { width: 360 }, async (page, tab) => {
      await tile(page, tab);
      await page.focus('[data-thema=jeugd]');
      await page.keyboard.press('Enter');
      await page.waitForSelector('#buurt option:nth-child(4)', { state: 'attached' });
      await page.focus('#buurt');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.focus('.where .plain');
      await page.keyboard.press('Enter');
      await page.waitForSelector('svg.circle-map');
      await page.focus('svg.circle-map');
      await page.keyboard.press('ArrowRight');
      await page.focus('#straal');
      await page.keyboard.press('ArrowRight');
      same(await page.inputValue('#straal'), '250', 'radius');
      await page.focus('#zin');
      await page.keyboard.type('Jongeren vervelen zich hier elke avond.');
      await page.focus('input[value=gehoord]');
      await page.keyboard.press('Space');
      await page.screenshot({ path: join(pictures, 'signaal-cirkel-360.png'), fullPage: true });
      await page.focus('.send');
      await page.keyboard.press('Enter');
      await page.waitForSelector('h1:has-text("Dank")');
      const [s] = await mine();
      same(s.straal, 250, 'radius kept');
      same(s.thema, 'jeugd', 'theme kept');
    })],
    ['signal: a name or a number of a person is stopped kindly, and the text stays', () => as('professional', { width: 360, touch: true }, async (page, tab) => {
      const before = (await mine()).length;
      await tile(page, tab);
      await page.tap('[data-thema=schulden]');
      for (const [text, kind] of [['Mevrouw Jansen kan de huur niet betalen.', 'name'], ['Bewoner met bsn 111222333 heeft schulden.', 'bsn'], ['Ruzie op nummer 14 over geld.', 'address']]) {
        await choose(page, text);
        await page.waitForSelector(`[data-soort=${kind}]`);
        await page.focus('.send');
        await page.keyboard.press('Enter'); // it looks as if it cannot be pressed; who presses it is told why
        await page.waitForSelector('[role=alert]');
        same(await page.inputValue('#zin'), text, 'the text');
      }
      await page.screenshot({ path: join(pictures, 'signaal-keuring-360.png'), fullPage: true });
      same((await mine()).length, before, 'nothing was sent');
      await choose(page, 'Een gezin kan de huur niet meer betalen.');
      await page.waitForFunction(() => !document.querySelector('[data-soort]'));
      await page.tap('.send');
      await page.waitForSelector('h1:has-text("Dank")');
    })],
    ['signal: without a connection it waits, also when the page is closed, and is sent once', () => as('professional', { width: 360, touch: true }, async (page, tab) => {
      const before = (await mine()).length, context = page.context();
      await tile(page, tab);
      await page.evaluate(() => navigator.serviceWorker.ready.then((r) => new Promise((f) => { if (navigator.serviceWorker.controller) f(); else navigator.serviceWorker.addEventListener('controllerchange', () => f()); setTimeout(f, 3000); void r; })));
      await tile(page, tab); // the list of buurten passes the worker
      await page.tap('[data-thema=verkeer]');
      await page.waitForSelector('#buurt option:nth-child(4)', { state: 'attached' });
      await context.setOffline(true);
      await choose(page, 'Er wordt hier veel te hard gereden.');
      await page.tap('.send');
      await page.waitForSelector('h1:has-text("wacht op verzending")');
      await page.close();
      const again = await context.newPage();
      await again.goto(`${base}/signaal`, { waitUntil: 'load' });
      await again.waitForSelector('.queue li');
      expect((await again.textContent('.queue')).includes('Er wordt hier veel te hard gereden.'), 'it still waits after closing');
      await again.screenshot({ path: join(pictures, 'signaal-offline-360.png') });
      const kept = await again.evaluate(async () => (await Promise.all((await caches.keys()).map(async (n) => (await (await caches.open(n)).keys()).map((k) => k.url)))).flat());
      expect(kept.length > 10 && kept.every((u) => !/\/sessie|\/signalen(\?|$)/.test(u)), `nothing of who is signed in is kept: ${kept.filter((u) => /sessie|signalen/.test(u)).join(' ')}`);
      same((await mine()).length, before, 'not sent yet');
      await context.setOffline(false);
      await again.waitForFunction(() => !document.querySelector('.queue li'), null, { timeout: 20000 });
      same((await mine()).length, before + 1, 'sent once');
      await again.reload();
      await again.waitForSelector('.tile, #zin');
      await again.waitForTimeout(700);
      same((await mine()).length, before + 1, 'and not again');
      offlineWords(tab);
    })],
    ['signal: signed out meanwhile it is kept until signed in', () => as('professional', { width: 360, touch: true }, async (page, tab) => {
      const before = (await mine()).length, context = page.context();
      await tile(page, tab);
      await page.tap('[data-thema=afval]');
      await choose(page, 'De bakken zijn al een week vol.');
      await page.waitForTimeout(600);
      await context.clearCookies();
      await page.tap('.send');
      await page.waitForSelector('h1:has-text("wacht op verzending")');
      expect((await page.textContent('main')).includes('niet aangemeld'), 'it says why');
      await context.addCookies([cookie(tokenOf('professional'))]);
      await tab.go('/mijn-wijk');
      await page.waitForFunction(() => /is verstuurd/.test(document.querySelector('main')?.textContent ?? ''), null, { timeout: 15000 });
      same((await mine()).length, before + 1, 'sent');
      offlineWords(tab);
    })],
    ['signal: a phone of two: what one left is not read nor sent by the other, and what nobody signed is asked about', () => on({ width: 360, touch: true }, async (page, tab) => {
      const context = page.context(), turn = ++nr, name = { a: `tel${process.pid}a${turn}`, b: `tel${process.pid}b${turn}` };
      const come = async (who) => { const token = python('signed_in.py', store, name[who], 'professional', 'GM9901', 'wmd'); await context.addCookies([cookie(token)]); return token; };
      const own = (token) => fetch(`${base}/api/v1/signalen?mijn=ja&aantal=200`, { headers: { Authorization: `Bearer ${token}` } }).then((r) => r.json()).then((r) => r.signalen.map((s) => s.zin));
      const leave = async () => { await tab.go('/account'); await page.getByRole('button', { name: 'Meld af', exact: true }).click(); await page.getByRole('button', { name: 'Meld aan', exact: true }).waitFor(); };
      const a = await come('a');
      await tab.go('/mijn-wijk'); // the page is kept for when there is no connection
      await page.waitForSelector('#mijn-signalen');
      await tile(page, tab);
      await page.tap('[data-thema=afval]');
      await choose(page, 'De zakken van A staan er al een week.');
      await context.setOffline(true);
      await page.tap('.send');
      await page.waitForSelector('h1:has-text("wacht op verzending")');
      expect((await page.textContent('.queue')).includes('zakken van A'), 'A sees what waits');
      await page.goto('about:blank');
      await context.setOffline(false);
      await leave();
      await tile(page, tab);
      await page.waitForSelector('.queue .others');
      expect(!(await page.textContent('main')).includes('zakken van A'), 'nobody reads it when A is gone');
      const b = await come('b');
      await tab.go('/mijn-wijk');
      await page.waitForSelector('.queue .others');
      await page.waitForTimeout(800);
      expect(!(await page.textContent('main')).includes('zakken van A'), 'B does not see the words of A');
      same((await own(b)).length, 0, 'B sends nothing of A');
      await tile(page, tab);
      await page.tap('[data-thema=afval]');
      await page.waitForSelector('#zin');
      await page.fill('#zin', 'Half getypt door B.');
      await leave();
      // nobody is signed in: written all the same, and kept
      await tile(page, tab);
      await page.tap('[data-thema=verkeer]');
      await page.waitForSelector('#zin');
      same(await page.inputValue('#zin'), '', 'the draft of B is not shown to who comes after');
      await choose(page, 'Hier wordt te hard gereden.');
      await page.waitForTimeout(500);
      await page.tap('.send');
      await page.waitForSelector('h1:has-text("wacht op verzending")');
      expect((await page.textContent('main')).includes('Er is niemand aangemeld'), 'it says that nobody is signed in');
      await come('a');
      await tab.go('/mijn-wijk');
      await page.waitForFunction(() => /is verstuurd/.test(document.querySelector('main')?.textContent ?? ''), null, { timeout: 15000 });
      same((await own(a)).join(), 'De zakken van A staan er al een week.', 'A sends his own by himself, and only that');
      await page.getByText('Van u?').waitFor();
      expect(!(await page.textContent('.queue')).includes('te hard'), 'the words of nobody are not shown');
      await page.screenshot({ path: join(pictures, 'signaal-van-u-360.png'), fullPage: true });
      same((await violations(page, axe)).join('\n'), '', 'axe on «Van u?»');
      await page.locator('.queue .nobody .utrecht-button').tap();
      await page.waitForFunction(() => !document.querySelector('.queue'));
      same((await own(a)).length, 2, 'sent once A said it is his');
      await come('b');
      await tab.go('/signaal');
      await page.waitForFunction(() => document.querySelector('#zin')?.value === 'Half getypt door B.');
      offlineWords(tab);
    })],
    ['signal: the director answers, the maker reads it under «Teruggekoppeld»', async () => {
      const made = await api('professional', '/signalen', { method: 'POST', headers: { 'Idempotency-Key': `reis-${Date.now()}` }, body: JSON.stringify({ buurt: 'BU99010101', thema: 'afval', zin: 'De papierbak is altijd te vol.', zeker: 'vaker-gezien' }) });
      await as('gebiedsregisseur', {}, async (page, tab) => {
        await tab.go('/signalen/gegeven?thema=afval');
        const item = page.locator(`[data-signaal="${made.id}"]`);
        await item.locator('button:has-text("Koppel terug")').click();
        await item.locator('input[value=leidde-tot]').check();
        await item.locator('textarea').fill('Er komt een grotere bak.');
        await page.waitForTimeout(500);
        await item.locator('button[type=submit]').click();
        await item.locator('.reply').waitFor();
        await page.screenshot({ path: join(pictures, 'signalen-gegeven.png') });
      });
      await as('professional', { width: 360 }, async (page, tab) => {
        await tab.go('/mijn-wijk');
        await page.waitForSelector(`#teruggekoppeld [data-signaal="${made.id}"]`);
        expect((await page.textContent('#teruggekoppeld')).includes('Er komt een grotere bak.'), 'the answer is read');
        await page.screenshot({ path: join(pictures, 'mijn-wijk-360.png'), fullPage: true });
      });
    }],
    ['signal: a resident sees counts and themes only, and no page of who is signed in', () => on({}, async (page, tab) => {
      await tab.go('/buurt/BU99010101');
      await settle(page);
      await page.waitForSelector('#signalen table');
      const text = await page.textContent('#signalen');
      expect(text.includes('minder dan 5') && !text.includes('papierbak') && !/\b[1-4]\b(?!e kwartaal)/.test(text.replace(/20\d\d/g, '').replace(/minder dan 5/g, '')), `«${text}»`);
      await tab.go('/signalen/gegeven');
      await page.waitForSelector('.mention a[href^="/aanmelden"]');
      same(await page.locator('.signals li').count(), 0, 'signals shown');
      for (const path of ['/api/v1/signalen', '/sessie/api/v1/signalen']) same((await fetch(base + path)).status, 401, path);
    })],
    ...['nl', 'en'].flatMap((lang) => [360, 1280].map((width) => [`signal: no findings, ${lang}, ${width} px`, () => as('gebiedsregisseur', { width, lang }, async (page, tab) => {
      const check = async (name) => {
        same((await violations(page, axe)).join('\n'), '', name);
        const over = await sideways(page);
        expect(over <= 0, `${name} is ${over} px too wide`);
        await page.screenshot({ path: join(pictures, `${name}-${lang}-${width}.png`), fullPage: true });
      };
      await tile(page, tab);
      await check('signaal-1');
      await page.click('[data-thema=afval]');
      await choose(page, 'Mevrouw Jansen heeft te veel afval.');
      await page.click('.where .plain');
      await page.waitForSelector('svg.circle-map');
      await page.waitForSelector('[data-soort=name]');
      await check('signaal-2');
      await tab.go('/mijn-wijk');
      await page.waitForSelector('#mijn-signalen');
      await page.waitForSelector('.tiles.still li');
      await check('mijn-wijk');
      await tab.go('/signalen/gegeven');
      await page.waitForSelector('.signals li');
      await page.locator('button:has-text("Koppel terug"), button:has-text("Report back")').first().click();
      await check('gegeven');
    })])),
  ];
}
