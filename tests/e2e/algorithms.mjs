// SPDX-License-Identifier: EUPL-1.2
// The register of algorithms: reached from the foot and from every score, whole in both languages; and a store of which the record of the score is overdue.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, openPage, pictures, same, settle, startServer, violations } from './lib.mjs';

const late = 'de herziening had uiterlijk op 24 november 2026 moeten gebeuren';
/** The demo with a record of the national score that should have been reviewed on a day long past. */
async function overdue(f) {
  const defs = mkdtempSync(join(tmpdir(), 'wijk-e2e-defs-')), before = process.env.WIJK_DEFS;
  mkdirSync(join(defs, 'algorithms'));
  writeFileSync(join(defs, 'algorithms/lbm3.yaml'), readFileSync('defs/algorithms/lbm3.yaml', 'utf8').replace(/^record:\n/m, 'record:\n  review_on: "2026-11-24"\n'));
  process.env.WIJK_DEFS = defs;
  const server = await startServer((wijk, store) => wijk('demo', store), '--no-drawn').finally(() => { if (before === undefined) delete process.env.WIJK_DEFS; else process.env.WIJK_DEFS = before; });
  try { await f(server); } finally { await server.stop(); rmSync(defs, { recursive: true, force: true }); }
}

export function algorithmJourneys({ on, api, axe, browser, sideways }) {
  const open = async (page, tab, path) => { await tab.go(path); await settle(page); await page.waitForSelector('main.method h1', { timeout: 20000 }); };
  return [
    ['algorithms: from the foot to the list, each with its review, to one record', () => on({}, async (page, tab) => {
      const all = (await api('/api/v1/algoritmen')).algoritmen;
      await tab.go('/');
      await settle(page);
      await page.click('footer a[href="/algoritmen"]');
      await page.waitForSelector('main.method table tbody tr');
      same(await page.locator('main.method tbody tr').count(), all.length, 'algorithms');
      expect(all.every((a) => a.openbaar), 'all are shown');
      await page.click('main.method a[href="/algoritmen/lindewaard"]');
      await page.waitForSelector('dl.facts');
      const one = await api('/api/v1/algoritmen/lindewaard'), text = await page.textContent('main');
      for (const want of [one.doel, one.formule, one.grenzen, one.menselijkeTussenkomst, one.besluit.door, one.besluit.waarom, one.besluit.stop]) expect(text.includes(want), `«${want}» is missing`);
      const weights = await page.locator('main.method table tbody td.r').allTextContents();
      same(weights.map((w) => w.replace(/\s/g, '')).join(' '), one.invoer.map((i) => `${(100 * i.deel).toFixed(1).replace('.', ',')}%`).join(' '), 'weights');
    })],
    ['algorithms: every score leads from its figure to who decided', () => on({}, async (page, tab) => {
      await tab.go('/buurt/BU99010103');
      await settle(page);
      await page.locator('main .num').first().click();
      await page.waitForSelector('.source a[href^="/algoritmen/"]', { timeout: 10000 });
      await page.click('.source a[href^="/algoritmen/"]');
      await page.waitForSelector('dl.facts');
      expect(/Leefbaarometer 3\.0/.test(await page.textContent('h1')), 'the record of the score');
    })],
    ['algorithms: an overdue score is nowhere, and every page says why', () => overdue(async (server) => {
      const tab = await openPage(browser, server.base, {}), { page } = tab;
      try {
        for (const path of ['/buurt/BU99010103', '/gemeente/GM9901', '/kaart', '/algoritmen/lbm3', '/algoritmen']) {
          await tab.go(path);
          await settle(page);
          await page.waitForFunction((want) => document.querySelector('main')?.textContent.includes(want), late, { timeout: 15000 });
          expect(!/(ruim |zeer )?(on)?voldoende|leefbaarheid gaat/.test(path.startsWith('/algoritmen') ? '' : await page.textContent('main')), `${path} still tells a class`);
          const found = await violations(page, axe);
          same(found.join('\n'), '', path);
          await page.screenshot({ path: join(pictures, `overdue${path.replaceAll('/', '-')}.png`) });
        }
        expect(tab.faults.length === 0, tab.faults.slice(0, 3).join('\n'));
      } finally { await tab.close(); }
    })],
    ['algorithms: the statements are reached from the foot, and mark what is not filled in', () => on({}, async (page, tab) => {
      for (const which of ['toegankelijkheid', 'privacy']) {
        const doc = await api(`/api/v1/verklaringen/${which}`), open = doc.regels.filter((r) => r.soort === 'open');
        await tab.go('/');
        await settle(page);
        await page.click(`footer a[href="/${which}"]`);
        await page.waitForSelector('main .prose h2');
        same(await page.textContent('main h1'), doc.titel, 'title');
        same(await page.locator('main .prose .open').count(), open.length, 'what is to be filled in');
        const text = await page.textContent('main');
        for (const r of doc.regels) expect(text.includes(r.tekst), `«${r.tekst}» is missing`);
      }
    })],
    ...['nl', 'en'].flatMap((lang) => [360, 1280].map((width) => [`algorithms: no findings, ${lang}, ${width} px`, () => on({ width, lang }, async (page, tab) => {
      for (const path of ['/algoritmen', '/algoritmen/lbm3', '/algoritmen/lindewaard', '/algoritmen/kloof', '/toegankelijkheid', '/privacy']) {
        await open(page, tab, path);
        await page.waitForSelector('table, dl.facts, .prose');
        const found = await violations(page, axe);
        same(found.join('\n'), '', path);
        const over = await sideways(page);
        expect(over <= 0, `${path} is ${over} px too wide`);
        if (lang === 'en') expect(!/\b(het|een|van|niet|welke|wie|gewicht|onderdeel)\b/i.test(await page.evaluate(() => [...document.querySelectorAll('main h2, main th[scope=col], main dt')].filter((e) => !e.closest('[lang=nl]')).map((e) => e.textContent).join(' '))), 'no Dutch in English');
      }
    })])),
  ];
}
