// SPDX-License-Identifier: EUPL-1.2
// A text is taken away with the keyboard alone, its maker is told in the bar and objects on a phone, another director decides; anyone reads
// the rules and the counts; and the statements are there in both languages.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, pictures, same, settle, violations } from './lib.mjs';

export function moderationJourneys({ on, base, store, axe, sideways }) {
  let nr = 0;
  const tokens = new Map();
  const tokenOf = (who, role) => {
    if (!tokens.has(who)) {
      const done = spawnSync('python3', [join(import.meta.dirname, 'signed_in.py'), store, `mod${process.pid}${++nr}`, role, 'GM9901', role === 'professional' ? 'linde-wonen' : ''], { encoding: 'utf8' });
      if (done.status !== 0) throw new Error(done.stderr);
      tokens.set(who, done.stdout.trim());
    }
    return tokens.get(who);
  };
  const PEOPLE = { prof: 'professional', regie: 'gebiedsregisseur', regie2: 'gebiedsregisseur' };
  const as = (who, opt, f) => on(opt, async (page, tab) => {
    await page.context().addCookies([{ name: '__Host-wijk', value: tokenOf(who, PEOPLE[who]), url: base.replace('http:', 'https:'), secure: true, httpOnly: true, sameSite: 'Strict' }]);
    await page.addInitScript(() => { try { localStorage.setItem('wijk-aangemeld', '1'); } catch { /* no storage */ } });
    await f(page, tab);
  });
  const api = async (who, method, path, body) => {
    const r = await fetch(`${base}/api/v1${path}`, { method, headers: { Authorization: `Bearer ${tokenOf(who, PEOPLE[who])}`, 'Content-Type': 'application/json', 'Idempotency-Key': `reis-${process.pid}-${++nr}` }, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!r.ok) throw new Error(`${method} ${path}: ${r.status} ${await r.text()}`);
    return r.status === 204 ? null : r.json();
  };
  const place = (zin) => api('prof', 'POST', '/signalen', { buurt: 'BU99010303', thema: 'afval', zin, zeker: 'gehoord' });
  const picture = (page, name) => page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });

  return [
    ['moderation: a director takes a sentence away with the keyboard; its maker objects on a phone; another director decides', async () => {
      const made = await place('De ganzen van de overkant zijn een plaag.');
      await as('regie', { width: 1280 }, async (page, tab) => {
        await tab.go('/signalen/gegeven');
        const item = page.locator(`[data-signaal="${made.id}"]`);
        await item.locator('.take').focus();
        await page.keyboard.press('Enter');
        await page.waitForSelector('dialog.ask[open] .reason');
        await page.keyboard.press('Escape');
        await page.waitForFunction(() => !document.querySelector('dialog.ask'));
        expect(await item.locator('.take').evaluate((b) => b === document.activeElement), 'the focus is back on the button');
        await page.keyboard.press('Enter');
        await page.waitForSelector('dialog.ask[open] .reason');
        same((await violations(page, axe, 'dialog.ask')).join('; '), '', 'axe in the dialog');
        await page.locator('dialog.ask button[type=submit]').focus();
        await page.keyboard.press('Enter');
        await page.waitForSelector('dialog.ask .mention');
        await page.locator('dialog.ask input[value=persoonsgegevens]').focus();
        await page.keyboard.press('ArrowDown'); // kwetsend
        await picture(page, 'moderatie-venster-1280');
        await page.keyboard.press('Enter');
        await item.locator('.gone').waitFor();
        expect((await item.textContent()).includes('kwetsend') && !(await item.textContent()).includes('ganzen'), 'the reason stands in the place of the text');
        await picture(page, 'moderatie-weg-1280');
      });
      await as('prof', { width: 360, touch: true }, async (page, tab) => {
        await tab.go('/mijn-wijk');
        await page.waitForSelector('.top .waits');
        same(await page.textContent('.top .waits'), '1', 'what waits, in the bar');
        await page.waitForSelector('.questions li');
        await picture(page, 'moderatie-vragen-360');
        expect(!(await sideways(page)), 'no scrolling sideways');
        await page.tap('.questions a');
        await page.waitForSelector('#van-mij .gonelist li');
        await page.tap('#van-mij .gonelist button');
        await page.fill('#van-mij textarea', 'Het gaat over vogels.');
        await page.tap('#van-mij button[type=submit]');
        await page.waitForSelector('#van-mij .chip:has-text("bezwaar")');
        await picture(page, 'moderatie-bezwaar-360');
      });
      await as('regie2', { width: 360, lang: 'en' }, async (page, tab) => {
        await tab.go('/voorstellen');
        const item = page.locator('.proposals li').filter({ hasText: 'ganzen' });
        await item.waitFor();
        await picture(page, 'moderatie-besluit-360-en');
        await item.locator('button', { hasText: /agree/i }).first().click();
        await item.waitFor({ state: 'detached' });
      });
      const now = await api('prof', 'GET', `/signalen/${made.id}`);
      same(now.zin, 'De ganzen van de overkant zijn een plaag.', 'the sentence is back');
      await as('prof', { width: 1280, lang: 'en' }, async (page, tab) => {
        await tab.go('/mijn-wijk');
        await page.waitForSelector('.questions li');
        await picture(page, 'moderatie-vragen-1280-en');
        await page.locator('.questions button').first().click();
        await page.waitForFunction(() => !document.querySelector('.top .waits'));
      });
    }],
    ['moderation: personal data are gone from the page, and cannot be put back', async () => {
      const made = await place('Daar stond iemand die wij kennen.');
      await as('regie', { width: 360, touch: true }, async (page, tab) => {
        await tab.go('/signalen/gegeven');
        const item = page.locator(`[data-signaal="${made.id}"]`);
        await item.locator('.take').tap();
        await page.waitForSelector('dialog.ask[open] .reason');
        await page.locator('dialog.ask input[value=persoonsgegevens]').check();
        await picture(page, 'moderatie-venster-360');
        expect(!(await sideways(page)), 'no scrolling sideways');
        await page.locator('dialog.ask button[type=submit]').tap();
        await item.locator('.gone').waitFor();
        await tab.go('/moderatie');
        const row = page.locator('#alles li').filter({ hasText: 'persoonsgegevens' }).first();
        await row.waitFor();
        same(await row.locator('button').count(), 0, 'no way back');
      });
    }],
    ['moderation: anyone reads the rules and the counts, in both languages and on a phone', async () => {
      for (const [width, lang] of [[360, 'nl'], [1280, 'en']]) await on({ width, lang }, async (page, tab) => {
        await tab.go('/moderatie');
        await settle(page);
        await page.waitForSelector('.moderate table');
        expect((await page.textContent('main')).includes(lang === 'nl' ? 'minder dan 5' : 'fewer than 5') || (await page.textContent('main')).includes('less than 5'), 'small numbers about signals are not told');
        same((await violations(page, axe)).join('; '), '', 'axe');
        expect(!(await sideways(page)), 'no scrolling sideways');
        await picture(page, `moderatie-${width}-${lang}`);
      });
    }],
    ['moderation: the statements have the same sections in both languages', async () => {
      for (const which of ['privacy', 'toegankelijkheid']) {
        const heads = {};
        for (const lang of ['nl', 'en']) await on({ width: 360, lang }, async (page, tab) => {
          await tab.go(`/${which}`);
          await settle(page);
          await page.waitForSelector('.prose h2');
          heads[lang] = await page.locator('.prose h2').allTextContents();
          same((await violations(page, axe)).join('; '), '', 'axe');
          await picture(page, `${which}-360-${lang}`);
        });
        same(heads.nl.length, heads.en.length, 'sections');
        expect(heads.nl.every((h, k) => h !== heads.en[k]), 'each in its own language');
      }
    }],
  ];
}
