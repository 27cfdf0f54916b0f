// SPDX-License-Identifier: EUPL-1.2
// How many residents live where livability is insufficient, and the gap between areas: as the API tells them, with their traces.
import { expect, same, settle, violations } from './lib.mjs';

const last = (list) => list.map((v, k) => (v === null ? -1 : k)).reduce((a, b) => Math.max(a, b), -1);

export function gapJourneys({ on, api, axe, sideways }) {
  const open = async (page, tab, path) => { await tab.go(path); await settle(page); await page.waitForSelector('#kloof svg', { timeout: 20000 }); };
  return [
    ['gap: residents, gap and verdict as the API tells them; each leads to what it is made of', () => on({}, async (page, tab) => {
      const gap = (await api('/api/v1/kloof?binnen=GM9901')).gemeenten[0].maten.find((m) => m.id === 'kloof'), people = (await api('/api/v1/onvoldoende?binnen=GM9901')).gemeenten[0];
      await open(page, tab, '/gemeente/GM9901');
      const text = await page.textContent('#kloof');
      for (const v of [gap.waarden[last(gap.waarden)].toLocaleString('nl-NL', { minimumFractionDigits: 3, maximumFractionDigits: 3 }), people.inwoners[last(people.inwoners)].toLocaleString('nl-NL')]) expect(text.includes(v), `«${v}» is missing`);
      expect(/kloof (groeit|is stabiel|krimpt)|groeit of krimpt, is onzeker/.test(text), 'a verdict in words');
      await page.locator('#kloof .num').first().click();
      await page.waitForFunction(() => /klasse 1 tot en met 3/.test(document.querySelector('.source')?.textContent ?? ''), null, { timeout: 10000 });
      await page.keyboard.press('Escape');
    })],
    ['gap: the table has a row a year, reached by keyboard', () => on({}, async (page, tab) => {
      const told = await api('/api/v1/kloof?binnen=GM9901');
      await open(page, tab, '/gemeente/GM9901');
      await page.focus('#kloof [role=tab][aria-selected=true]');
      await page.keyboard.press('ArrowRight');
      await page.waitForSelector('#kloof table.twin');
      same(await page.locator('#kloof table.twin tbody tr').count(), told.perioden.length, 'years');
    })],
    ...['nl', 'en'].flatMap((lang) => [360, 1280].map((width) => [`gap: no findings, ${lang}, ${width} px`, () => on({ width, lang }, async (page, tab) => {
      for (const path of ['/gemeente/GM9901', '/kloof']) {
        await open(page, tab, path);
        const found = await violations(page, axe, '#kloof');
        same(found.join('\n'), '', path);
        const over = await sideways(page);
        expect(over <= 0, `${path} is ${over} px too wide`);
      }
    })])),
  ];
}
