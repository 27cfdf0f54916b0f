// SPDX-License-Identifier: EUPL-1.2
// Patterns and the double map: legend, table and picture say what the API says, and each number tells where it comes from.
import { join } from 'node:path';
import { expect, pictures, same, settle, violations } from './lib.mjs';

export function spaceJourneys({ on, api, axe, sideways }) {
  const shown = async (page, what) => {
    await page.waitForSelector('.space-legend');
    await settle(page);
    const found = await violations(page, axe);
    same(found.join('\n'), '', what);
    const over = await sideways(page);
    expect(over <= 0, `${what} is ${over} px too wide`);
  };
  const group = 'low_income_households_pct', asked = 'niveau=buurt&periode=2025&indelingsjaar=2025';
  return [1280, 360].map((width) => [`pattern: the map, its legend and its table say what the answer says, at ${width} px`, () => on({ width }, async (page, tab) => {
    const told = await api(`/api/v1/clusters?indicator=${group}&${asked}`), first = told.soort.findIndex((k) => k === 1);
    await tab.go(`/kaart?laag=${group}&soort=patroon`);
    await shown(page, 'a pattern');
    same(await page.textContent('.panel h1'), told.zin, 'the sentence');
    const counts = await page.$$eval('.kinds b', (all) => all.map((b) => Number(b.textContent)));
    same(counts.join(), told.soorten.map((_, k) => told.soort.filter((s) => s === k).length).join(), 'the counts of the legend');
    await page.screenshot({ path: join(pictures, `patroon-${width}.png`) });
    await tab.go(`/kaart?laag=${group}&soort=patroon&beeld=tabel`);
    await shown(page, 'the table of a pattern');
    const areas = (await api('/api/v1/gebieden?niveau=buurt&indelingsjaar=2025')).gebieden, row = `tr[data-code=${areas[told.nr[first]].code}]`;
    expect((await page.textContent(row)).includes('hoog, tussen hoge cijfers'), 'the word of the area');
    await page.click(`${row} td:last-child .num`);
    await page.waitForSelector('.source dl');
    expect((await page.textContent('.source')).includes('kans op toeval'), 'the number tells what it is');
    await page.keyboard.press('Escape');
    await page.click('.panel button:has-text("corporatiewoningen")');
    await page.waitForSelector('.nine');
    await shown(page, 'the double map');
    const both = await api(`/api/v1/concentratie?groep=${group}&${asked}`), cells = await page.$$eval('.nine button', (all) => all.map((b) => Number(b.textContent)));
    same([6, 7, 8, 3, 4, 5, 0, 1, 2].map((k) => both.kaart.aantallen[k]).join(), cells.join(), 'the counts of the nine cells');
    await page.screenshot({ path: join(pictures, `dubbel-${width}.png`) });
    // what is marked is what is drawn, also when another layer was looked at before; a figure that cannot be drawn so leaves this map
    await tab.go('/kaart?soort=dubbel');
    await page.waitForSelector('.nine');
    await shown(page, 'the double map from the score');
    const marked = () => page.$$eval('.choice input[name=laag]', (all) => all.filter((i) => i.checked).map((i) => i.parentElement.textContent).join());
    const usual = (await api(`/api/v1/concentratie?${asked}`)).indicator.naam;
    same(await marked(), usual, 'the layer that is marked');
    expect((await page.textContent('.choice')).includes('Samen met corporatiewoningen'), 'with what it is laid together');
    await page.click('.choice label:nth-of-type(2)');
    await page.waitForSelector('.nine', { state: 'detached' });
    same(new URL(page.url()).searchParams.get('soort'), null, 'a plain map');
    expect(await marked() !== usual && await marked() !== '', 'the layer pressed is marked');
  })]);
}
