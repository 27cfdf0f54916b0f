// SPDX-License-Identifier: EUPL-1.2
// A municipality's own weighing: the switch on the page of an area, who decided and how firm it is, other weights, the layer of the map.
import { expect, same, settle, violations } from './lib.mjs';

export function weighingJourneys({ on, api, axe, areas, sideways }) {
  const open = async (page, tab, path) => { await tab.go(path); await settle(page); };
  const findings = async (page, where) => {
    const found = await violations(page, axe);
    same(found.join('\n'), '', where);
    const over = await sideways(page);
    expect(over <= 0, `${where} is ${over} px too wide`);
  };
  return [
    ['weighing: the switch says three scores in words, and each figure leads to its inputs', () => on({}, async (page, tab) => {
      const told = await api('/api/v1/gebieden/BU99010103/wegingen');
      await open(page, tab, '/buurt/BU99010103');
      await page.waitForSelector('.weighing .big');
      expect((await page.textContent('.weighing')).includes(told.wegingen[0].woorden), 'the difference is said in words');
      await page.click('.weighing .big .num');
      await page.waitForSelector('.source dl');
      expect((await page.textContent('.source')).includes('Lokale weging Lindewaard'), 'the class tells where it comes from');
      await page.keyboard.press('Escape');
      await page.focus('.weighing [role=tab][aria-selected=true]');
      await page.keyboard.press('ArrowLeft');
      same(await page.textContent('.weighing .big'), told.landelijk.klasseNaam, 'national class');
      await page.keyboard.press('ArrowLeft');
      const before = told.landelijk.vorige[0];
      same(await page.textContent('.weighing .big'), before.klasseNaam, 'class in the release before');
      expect((await page.textContent('.weighing')).includes(before.woorden), 'why it differs is said');
    })],
    ['weighing: the release before stands beside today\'s, and leads to its own file and to the newer figure', () => on({ width: 360 }, async (page, tab) => {
      const before = (await api('/api/v1/gebieden/BU99011301/wegingen')).landelijk.vorige[0];
      await open(page, tab, '/buurt/BU99011301');
      await page.click('.weighing [role=tab]:has-text("Vorige versie")');
      const says = await page.textContent('.weighing');
      for (const word of ['december-2024', 'over 2023', '0,121 hoger', 'niet door wat er in het gebied gebeurde', before.klasseNaamNu]) expect(says.includes(word), `«${word}» is missing: ${says}`);
      await page.click('.weighing .twin .num >> nth=0');
      await page.waitForSelector('.source dl');
      expect((await page.textContent('.source')).includes('lindewaard-buurten-december-2024.csv'), 'its own file');
      await page.click('.source button:has-text("nieuwere uitgave")');
      await page.waitForFunction(() => /lindewaard-buurten\.csv/.test(document.querySelector('.source')?.textContent ?? ''), null, { timeout: 8000 });
      await page.keyboard.press('Escape');
      await findings(page, 'the release before');
      await open(page, tab, '/wijk/WK990101');
      same(await page.locator('.weighing').count(), 0, 'no switch where there is nothing to choose');
    })],
    ['weighing: who decided and how firm stand on one page; other weights change nothing but the answer', () => on({}, async (page, tab) => {
      await open(page, tab, '/weging/lindewaard');
      const text = await page.textContent('main');
      for (const word of ['Gemeenteraad van Lindewaard', '12 juni 2027', '59 van de 70', 'Probeer andere gewichten']) expect(text.includes(word), `«${word}» is missing`);
      const slider = page.locator('input[type=range]').first();
      await slider.focus();
      for (let k = 0; k < 30; k++) await page.keyboard.press('ArrowRight');
      await page.waitForFunction(() => /Met deze gewichten krijgen/.test(document.querySelector('main [role=status]').textContent), null, { timeout: 10000 });
      const changed = Number(/krijgen ([\d.]+) van/.exec(await page.textContent('main [role=status]'))[1]);
      const answer = await api('/api/v1/wegingen/lindewaard/scores?gewichten=lbm3.housing:9');
      same(changed, answer.anders, 'areas with another class');
      await page.click('text=Terug naar de weging');
      same(await page.inputValue('input[type=range] >> nth=0'), '3', 'back');
    })],
    ['weighing: the map shows it as a layer, its table has the same figures', () => on({}, async (page, tab) => {
      const told = await api('/api/v1/wegingen/lindewaard/scores');
      await open(page, tab, '/kaart?laag=weging%3Alindewaard&niveau=buurt&beeld=tabel');
      await page.waitForSelector('tr[data-code=BU99010103] .num');
      const nr = areas.find((a) => a.code === 'BU99010103').nr;
      same(await page.textContent('tr[data-code=BU99010103] .num'), told.waarden[nr].toFixed(1).replace('.', ','), 'figure');
      await page.click('tr[data-code=BU99010103] .num');
      await page.waitForFunction(() => /Fysieke omgeving/.test(document.querySelector('.source')?.textContent ?? ''), null, { timeout: 10000 });
    })],
    ...['nl', 'en'].flatMap((lang) => [360, 1280].map((width) => [`weighing: no findings, ${lang}, ${width} px`, () => on({ width, lang }, async (page, tab) => {
      for (const path of ['/weging/lindewaard', '/buurt/BU99010103']) {
        await open(page, tab, path);
        await page.waitForSelector(path.includes('weging') ? 'input[type=range]' : '.weighing .big');
        await findings(page, `${path} ${lang} ${width}`);
        if (lang === 'en') expect(!/\b(het|een|van|niet|welke|wie|hoe|gewicht|onderdeel)\b/i.test(await page.evaluate(() => [...document.querySelectorAll('.weighing h2, .weighing h3, .method h2, .method h3, .method th')].map((e) => e.textContent).join(' '))), 'no Dutch in English');
      }
    })])),
  ];
}
