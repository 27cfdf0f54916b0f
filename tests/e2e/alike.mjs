// SPDX-License-Identifier: EUPL-1.2
// Similar areas, what was expected, and facts beside perception on the page of an area: in words, equal to the API, each figure traced.
import { expect, same, settle, violations } from './lib.mjs';

export function alikeJourneys({ on, api, axe, sideways }) {
  const open = async (page, tab, path) => { await tab.go(path); await settle(page); await page.waitForSelector('.alike table'); await page.waitForSelector('.expected table'); };
  const findings = async (page, where) => {
    const found = await violations(page, axe);
    same(found.join('\n'), '', where);
    const over = await sideways(page);
    expect(over <= 0, `${where} is ${over} px too wide`);
  };
  return [
    ['alike: similar areas as the API tells them, what was expected in words, and a figure leads to its inputs', () => on({}, async (page, tab) => {
      const told = await api('/api/v1/gebieden/BU99011002/vergelijkbaar');
      await open(page, tab, '/buurt/BU99011002');
      same((await page.locator('.alike tbody th').allTextContents()).join(';'), told.gebieden.map((g) => g.naam).join(';'), 'similar areas');
      const text = await page.textContent('.expected');
      expect(text.includes('lager dan u zou verwachten'), 'the word of the method');
      expect(text.includes('niet waardoor'), 'it is no cause');
      await page.locator('.expected tbody .num').nth(2).click();
      await page.waitForSelector('.source dl');
      expect((await page.textContent('.source')).includes('vergelijkbare gebieden'), 'the mean of similar areas tells where it comes from');
      await page.keyboard.press('Escape');
      await findings(page, 'area page with similar areas');
    })],
    ['alike: more is felt than facts go with, on a phone, in Dutch', () => on({ width: 360, height: 740 }, async (page, tab) => {
      await open(page, tab, '/buurt/BU99010604');
      expect((await page.textContent('section.felt')).includes('meer onveiligheid dan gebruikelijk'), 'the gap in words');
      await findings(page, 'area page on a phone');
    })],
  ];
}
