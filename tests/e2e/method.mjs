// SPDX-License-Identifier: EUPL-1.2
// How we calculate: every page of docs/methods that people read, from the list, from a figure, and in both languages.
import { expect, same, settle, violations } from './lib.mjs';

export function methodJourneys({ on, axe, sideways }) {
  const open = async (page, tab, path) => { await tab.go(path); await settle(page); };
  const pages = async (page) => page.$$eval('.methods a', (list) => list.map((a) => a.getAttribute('href')));
  return [
    ['method: a figure leads to how it is calculated, and from there to all methods', () => on({}, async (page, tab) => {
      await open(page, tab, '/buurt/BU99010103');
      await page.click('.state .num');
      await page.click('.source a[href="/methode/leefbaarometer"]');
      await page.waitForSelector('.prose h2');
      same(await page.locator('.source').count(), 0, 'the panel closes');
      same(await page.textContent('main h1'), 'De Leefbaarometer', 'title');
      await page.click('.path a');
      await page.waitForSelector('.methods');
      expect((await pages(page)).length >= 18, 'the pages are there');
      await page.click('.foot a[href="/gegevens"]');
      await page.click('.foot a[href="/methoden"]');
      await page.waitForSelector('.methods');
    })],
    ['method: each page can be read, leads only to pages that are there, and says nothing of the machine room in its title', () => on({ width: 360 }, async (page, tab) => {
      await open(page, tab, '/methoden');
      const all = await pages(page);
      for (const path of all) {
        await open(page, tab, path);
        await page.waitForSelector('.prose p');
        const text = await page.textContent('.prose');
        expect(text.length > 600, `${path} has text`);
        expect(!/\]\(|\*\*|^\s*\|/m.test(text), `${path} shows the signs of its source: ${/.{20}(\]\(|\*\*).{20}/.exec(text)?.[0]}`);
        for (const to of await page.$$eval('.prose a[href^="/"]', (l) => l.map((a) => a.getAttribute('href')))) expect(all.includes(to), `${path} leads to ${to}`);
        expect(await sideways(page) <= 0, `${path} is too wide`);
      }
    })],
    ...['nl', 'en'].flatMap((lang) => [360, 1280].map((width) => [`method: no findings, ${lang}, ${width} px`, () => on({ lang, width }, async (page, tab) => {
      for (const path of ['/methoden', '/methode/kloof', '/methode/ontleding', '/methode/lbm3']) {
        await open(page, tab, path);
        if (!path.endsWith('n') && !path.endsWith('3')) await page.waitForSelector('.prose p');
        const found = await violations(page, axe);
        same(found.join('\n'), '', path);
        expect(await sideways(page) <= 0, `${path} is too wide`);
        same(await page.locator('main [lang=nl]').count() > 0, lang === 'en' && path !== '/methode/lbm3', `Dutch is marked on ${path}`);
      }
    })])),
    ['method: an address that is no method says so', () => on({}, async (page, tab) => {
      await open(page, tab, '/methode/maanlicht');
      same(await page.locator('main h1').count(), 1, 'headings');
    })],
  ];
}
