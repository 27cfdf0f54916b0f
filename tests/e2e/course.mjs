// SPDX-License-Identifier: EUPL-1.2
// Where an area goes: the type and the trend in words, the same figures as the API, the table, another base year, who went where.
import { expect, same, settle, violations } from './lib.mjs';

export function courseJourneys({ on, api, axe, sideways }) {
  const open = async (page, tab, path) => { await tab.go(path); await settle(page); await page.waitForSelector('.course', { timeout: 15000 }); };
  return [
    ['course: type, trend and parts as the API tells them; each leads to its inputs', () => on({}, async (page, tab) => {
      const told = await api('/api/v1/gebieden/BU99010703/verloop');
      await open(page, tab, '/buurt/BU99010703');
      const text = await page.textContent('.course');
      for (const part of [told.verloop.zin, told.trend.zin, told.ontleding.zinStand, told.ontleding.zinVerandering]) expect(text.includes(part), `«${part}» is missing`);
      await page.click('.course .kind .num');
      await page.waitForFunction(() => /Type van het verloop/.test(document.querySelector('.source')?.textContent ?? ''), null, { timeout: 10000 });
      await page.keyboard.press('Escape');
    })],
    ['course: the table has a row a year, and another base year another answer', () => on({}, async (page, tab) => {
      await open(page, tab, '/buurt/BU99010703');
      await page.focus('.course [role=tab][aria-selected=true]');
      await page.keyboard.press('ArrowRight');
      await page.waitForSelector('#trend table.twin');
      same(await page.locator('#trend table.twin tbody tr').count(), 14, 'years');
      const told = await api('/api/v1/gebieden/BU99010703/verloop?methode=lbm3&basisjaar=2021&recentJaar=2021');
      await page.selectOption('#basisjaar', '2021');
      await page.waitForFunction((zin) => document.querySelector('.course').textContent.includes(zin), told.verloop.zin, { timeout: 10000 });
    })],
    ['course: a gemeente shows who went where, without names', () => on({}, async (page, tab) => {
      const told = await api('/api/v1/overgangen?niveau=buurt&methode=lbm3&binnen=GM9901');
      await open(page, tab, '/gemeente/GM9901');
      await page.waitForSelector('.course caption');
      const cells = await page.locator('.course table:has(caption) tbody td').allTextContents();
      same(cells.reduce((n, c) => n + (Number(c) || 0), 0), told.gebieden, 'areas in the table');
    })],
    ...['nl', 'en'].flatMap((lang) => [360, 1280].map((width) => [`course: no findings, ${lang}, ${width} px`, () => on({ width, lang }, async (page, tab) => {
      for (const path of ['/buurt/BU99010703', '/gemeente/GM9901']) {
        await open(page, tab, path);
        const found = await violations(page, axe, '.course');
        same(found.join('\n'), '', path);
        const over = await sideways(page);
        expect(over <= 0, `${path} is ${over} px too wide`);
      }
    })])),
  ];
}
