// SPDX-License-Identifier: EUPL-1.2
// The estimate between two releases: refused on the demo, in one sentence; given in a made-up town where a figure runs ahead of the score,
// and then only with «geschat», its band and its tested error.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, openPage, pictures, same, settle, startServer, violations } from './lib.mjs';

const WIJKEN = 12, BUURTEN = 12, YEARS = [2012, 2014, 2016, 2018, 2020], NEXT = 2022, GM = '7003';
const two = (n) => String(n).padStart(2, '0'), code = (w, b) => `BU${GM}${two(w)}${two(b)}`;
/** A number between -1 and 1 that is the same every time. */
const chance = (...of) => { const x = Math.sin(of.reduce((s, v, k) => s + v * (12.9898 + 57.233 * k), 1.7)) * 43758.5453; return 2 * (x - Math.floor(x)) - 1; };
const moved = (w, b, year) => chance(w, b, year);
function made(wijk, store, folder) {
  const defs = join(folder, 'defs', 'sources'), score = ['bu_code,bu_naam,jaar,lbm,afw,won,fys,vrz,soc,onv'], figures = ['code,jaar,woz,gas,koop'];
  for (let w = 1; w <= WIJKEN; w++) for (let b = 1; b <= BUURTEN; b++) for (const year of [...YEARS, NEXT]) {
    const ahead = moved(w, b, year), parts = [0.041 * ahead, 0.013 * chance(w, 3), -0.007, 0.021 * chance(b, 5), 0.029 * ahead].map((v) => Math.round(v * 1000) / 1000), total = parts.reduce((s, v) => s + v, 0);
    figures.push(`${code(w, b)},${year},${(231 + 57 * ahead + 2 * chance(w, b, year, 9)).toFixed(0)},${(1210 + 310 * chance(w, b, 7)).toFixed(0)},${(47 + 31 * chance(w, b, 8)).toFixed(0)}`);
    if (year !== NEXT) score.push(`${code(w, b)},Buurt ${w}-${b},${year},${(4.1 + total).toFixed(3)},${total.toFixed(3)},${parts.map((v) => v.toFixed(3)).join(',')}`);
  }
  mkdirSync(defs, { recursive: true });
  writeFileSync(join(defs, 'verzonnen.yaml'), `# SPDX-License-Identifier: EUPL-1.2
id: verzonnen
title: {nl: "Verzonnen kenmerken", en: "Made-up characteristics"}
publisher: "Verzonnen"
licence: "CC0"
homepage: "https://voorbeeld.nl"
attribution: "Bron: verzonnen"
precedence: 30
format: csv
separator: ","
number: point
files:
  - name: kenmerken
    level: buurt
    key: code
    period: {column: jaar}
    division_year: ${YEARS.at(-1)}
    defines_areas: true
    fields:
      - {column: woz, indicator: woz_value_keur}
      - {column: gas, indicator: gas_m3}
      - {column: koop, indicator: owner_occupied_pct}
`);
  writeFileSync(join(folder, 'Leefbaarometer-scores buurten 2002-2020.csv'), score.join('\n') + '\n');
  writeFileSync(join(folder, 'kenmerken.csv'), figures.join('\n') + '\n');
  process.env.WIJK_DEFS = join(folder, 'defs');
  wijk('new', store);
  wijk('import', store, 'leefbaarometer-3', join(folder, 'Leefbaarometer-scores buurten 2002-2020.csv'), '--year', String(YEARS.at(-1)));
  wijk('import', store, 'verzonnen', join(folder, 'kenmerken.csv'));
}

export function estimateJourneys({ on, api, browser, axe, sideways }) {
  const whole = async (page, where) => {
    same((await violations(page, axe, '.nowcast')).join('\n'), '', where);
    expect(await sideways(page) <= 0, `${where} is too wide`);
  };
  return [
    ['estimate: on the demo it is refused in one sentence, with the test', () => on({ width: 360 }, async (page, tab) => {
      const told = await api('/api/v1/tussenschattingen?niveau=buurt&gebied=BU99010103');
      same(`${told.geschat} ${told.oordeel}`, 'false last_better', 'the test');
      await tab.go('/buurt/BU99010103');
      await settle(page);
      await page.waitForSelector('.nowcast');
      const says = await page.textContent('.nowcast');
      for (const word of ['geen schatting', 'niet duidelijk beter dan de laatst bekende score laten staan', told.fout.toFixed(3).replace('.', ','), told.foutStilstaan.toFixed(3).replace('.', ',')]) expect(says.includes(word), `«${word}» is missing: ${says}`);
      same(await page.locator('.nowcast .num').count(), 0, 'figures that are not there');
      await whole(page, 'refused');
    })],
    ['estimate: where it does better it is given, as estimated, with band, tested error and trace', async () => {
      const before = process.env.WIJK_DEFS;
      let server = null;
      try {
        server = await startServer(made);
        for (const [lang, width] of [['nl', 1280], ['en', 360]]) {
          const tab = await openPage(browser, server.base, { lang, width }), { page } = tab;
          await tab.go(`/buurt/${code(3, 5)}`);
          await settle(page);
          await page.waitForSelector('.nowcast .num');
          const told = await fetch(`${server.base}/api/v1/tussenschattingen?niveau=buurt&gebied=${code(3, 5)}`).then((r) => r.json()), says = await page.textContent('.nowcast'), sign = lang === 'nl' ? ',' : '.';
          const word = (v) => (v < 0 ? '\u2212' : '+') + Math.abs(v).toFixed(3).replace('.', sign);
          same(`${told.geschat} ${told.jaar} ${told.waarde.length}`, `true ${NEXT} 1`, 'the answer');
          expect(told.fout < 0.8 * told.foutStilstaan, `it is better: ${told.fout} ${told.foutStilstaan}`);
          for (const part of [lang === 'nl' ? 'geschat' : 'estimated', String(NEXT), word(told.waarde[0]), word(told.laag[0]), word(told.hoog[0]), told.fout.toFixed(3).replace('.', sign), told.foutStilstaan.toFixed(3).replace('.', sign)]) expect(says.includes(part), `«${part}» is missing: ${says}`);
          expect(told.laag[0] < told.waarde[0] && told.waarde[0] < told.hoog[0], 'the band holds the estimate');
          await page.locator('.nowcast').screenshot({ path: join(pictures, `tussenschatting-${lang}-${width}.png`) });
          await whole(page, 'given');
          await page.click('.nowcast .num');
          await page.waitForSelector('.source dl');
          const source = await page.textContent('.source');
          expect(source.includes(lang === 'nl' ? 'geschat' : 'estimated'), source);
          expect(await page.locator('.source a[href="/methode/tussenschatting"]').count() === 1, 'the page about it');
          expect(tab.faults.length === 0, tab.faults.slice(0, 3).join('\n'));
          await tab.close();
        }
      } finally {
        if (before === undefined) delete process.env.WIJK_DEFS; else process.env.WIJK_DEFS = before;
        await server?.stop();
      }
    }],
  ];
}
