// SPDX-License-Identifier: EUPL-1.2
// Stores other than the demo: empty, without borders, of many gemeenten and years; and a server that goes away and comes back.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, openPage, pictures, same, settle, startServer, violations } from './lib.mjs';

const two = (n) => String(n).padStart(2, '0'), GEMEENTEN = 160, BUURTEN = 9;
const gemeente = (g) => `GM${String(7000 + g)}`, name = (g) => `${'ABDEGHKLMNOPRSTVWZ'[g % 18]}${'aeiou'[g % 5]}rdam ${g}`;
/** Figures by place as StatLine gives them, no borders: 160 gemeenten, each a wijk and nine buurten, of 2019. */
function tables(folder) {
  const rows = ['"Perioden";"Wijken en buurten";"Regiocode (gemeente, wijk, buurt) (code)";"Particuliere huishoudens (Aantal)";"SES-WOA/Totaalscore/Gemiddelde score (Getal)"'];
  for (let g = 0; g < GEMEENTEN; g++) {
    rows.push(`"2019";"${name(g)}";"${gemeente(g)}    ";"${4711 + 13 * g}";"   0,${two(g % 100)}3"`, `"2019";"Wijk ${g}";"WK${7000 + g}01  ";"4711";"  -0,113"`);
    for (let b = 1; b <= BUURTEN; b++) rows.push(`"2019";"Buurt ${g}-${b}";"BU${7000 + g}01${two(b)}";"${101 + 7 * b}";"${b === 4 ? '       .' : `   0,${two((g * b) % 97)}7`}"`);
  }
  const file = join(folder, 'ses.csv');
  writeFileSync(file, rows.join('\r\n') + '\r\n');
  return file;
}
/** Nine square buurten of two of those gemeenten in 2024, with borders; of each the fourth is secret. */
function shapes(folder) {
  const features = [0, 1].flatMap((g) => Array.from({ length: BUURTEN }, (_, k) => {
    const x = 5.2 + g * 0.06 + (k % 3) * 0.013, y = 52.1 + Math.floor(k / 3) * 0.009, ring = [[x, y], [x + 0.013, y], [x + 0.013, y + 0.009], [x, y + 0.009], [x, y]];
    return { type: 'Feature', properties: { buurtcode: `BU${7000 + g}01${two(k + 1)}`, buurtnaam: `Buurt ${g}-${k + 1}`, wijkcode: `WK${7000 + g}01`, water: 'NEE', jaar: 2024, aantal_inwoners: k === 3 ? -99997 : 131 + 37 * k + 11 * g }, geometry: { type: 'Polygon', coordinates: [ring] } };
  }));
  const file = join(folder, 'buurten.geojson');
  writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features }));
  return file;
}
const makes = {
  empty: (wijk, store) => wijk('new', store),
  tables: (wijk, store, folder) => { wijk('new', store); wijk('import', store, 'statline-csv', tables(folder)); },
  both: (wijk, store, folder) => { makes.tables(wijk, store, folder); wijk('import', store, 'pdok-buurten', shapes(folder), '--year', '2024'); },
};

export function storeJourneys({ browser, axe }) {
  const at = (make, f) => async () => {
    const server = await startServer(makes[make]);
    const on = async (opt, g) => {
      const tab = await openPage(browser, server.base, opt);
      try { await g(tab.page, tab); expect(tab.faults.length === 0, tab.faults.slice(0, 3).join('\n')); } finally { await tab.close(); }
    };
    try { await f(on, server); } finally { await server.stop(); }
  };
  const everywhere = async (on, paths, shot) => {
    for (const lang of ['nl', 'en']) for (const width of [360, 1280]) await on({ lang, width }, async (page, tab) => {
      for (const [k, p] of paths.entries()) {
        await tab.go(p);
        await settle(page);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(over <= 0, `${p} is ${over} px too wide at ${width}`);
        const found = await violations(page, axe);
        expect(found.length === 0, `${p}, ${lang}, ${width}: ${found.join('\n')}`);
        await page.screenshot({ path: join(pictures, `${shot}-${k}-${lang}-${width}.png`) });
      }
    });
  };
  return [
    ['store, empty: every page says what to do', at('empty', async (on) => {
      await on({}, async (page, tab) => {
        for (const p of ['/', '/kaart', '/gegevens']) {
          await tab.go(p);
          await settle(page);
          expect((await page.textContent('main')).includes('wijk import'), `${p} names the command`);
          same(await page.locator('main h1').count(), 1, `headings on ${p}`);
        }
      });
      await everywhere(on, ['/', '/kaart', '/gegevens'], 'leeg');
    })],
    ['store, no borders: the map page says so and gives the table', at('tables', async (on) => {
      await on({}, async (page, tab) => {
        await tab.go('/kaart');
        await settle(page);
        expect((await page.textContent('.no-borders')).includes('geen grenzen'), 'it is said');
        expect(await page.locator('tr[data-code]').count() > 100, 'the table is there');
        same(await page.locator('.gl').count(), 0, 'maps');
      });
      await everywhere(on, ['/', '/kaart', '/?in=GM7003'], 'tabellen');
    })],
    ['store, many gemeenten: a letter, a gemeente, a buurt', at('tables', (on) => on({}, async (page, tab) => {
      await tab.go('/');
      await settle(page);
      await page.click('.letters button:has-text("K")');
      same(await page.evaluate(() => document.activeElement.id), 'letter-K', 'focus is at the letter');
      await page.click(`.letter a:has-text("${name(6)}")`);
      await page.waitForURL(/in=GM7006/);
      await page.click('main a:has-text("Buurt 6-2")');
      await page.waitForURL(/gebied=BU70060102/);
      await settle(page);
    }))],
    ['store, several gemeenten and years: the map says which, and shows one gemeente by keyboard', at('both', async (on) => {
      await on({}, async (page, tab) => {
        await tab.go('/kaart?laag=residents');
        await settle(page);
        const sub = () => page.textContent('.panel .sub'), title = () => page.textContent('.panel h1');
        expect((await sub()).includes('Indeling van 2024'), `the division is said: ${await sub()}`);
        expect((await page.textContent('.timebar')).includes('één meting'), 'one measurement, in words');
        expect((await page.textContent('.states')).includes('(2)'), 'two are too small to show');
        await page.focus('#op-kaart');
        await page.keyboard.type(name(1));
        await page.waitForSelector('#op-kaart-lijst [role=option]');
        await page.keyboard.press('Enter');
        await page.waitForURL(/binnen=GM7001/);
        await page.waitForFunction((n) => document.querySelector('.panel h1').textContent.includes(n), name(1));
        expect((await title()).includes('8 buurten'), `of nine one is secret: ${await title()}`);
        await page.keyboard.type('Buurt 1-5');
        await page.waitForSelector('#op-kaart-lijst [role=option]');
        await page.keyboard.press('Enter');
        await page.waitForSelector('.card:not(.strip)');
        expect((await page.textContent('.card')).includes('Buurt 1-5'), 'the card of the buurt');
        await page.click('.panel button:has-text("Toon alle")');
        await page.waitForFunction(() => document.querySelector('.panel h1').textContent.includes('16 buurten'));
        await tab.go('/kaart?laag=ses_woa');
        await settle(page);
        expect((await sub()).includes('Indeling van 2019'), `the other division: ${await sub()}`);
      });
      await everywhere(on, ['/kaart?laag=residents', '/kaart?laag=residents&binnen=GM7001', '/kaart?laag=residents&niveau=buurt&indelingsjaar=2019&beeld=tabel'], 'samen');
    })],
    ['server gone: a bar says so, and the page goes on when it is back', at('both', async (on, server) => {
      const tab = await openPage(browser, server.base), { page } = tab;
      await tab.go('/kaart?laag=residents');
      await settle(page);
      const start = Date.now();
      await server.rest();
      expect(Date.now() - start < 5000, `the server took ${Date.now() - start} ms to stop`);
      await page.click('.top nav a[href="/gegevens"]');
      await page.waitForSelector('.offline', { timeout: 8000 });
      await page.screenshot({ path: join(pictures, 'server-weg-1280.png') });
      expect((await page.textContent('.failed')).includes('geen antwoord'), 'the part says it too');
      await server.wake();
      await page.waitForSelector('.offline', { state: 'detached', timeout: 15000 });
      await page.waitForSelector('.onesource', { timeout: 8000 });
      same(await page.locator('.failed').count(), 0, 'parts that still fail');
      await tab.close();
    })],
    ['server busy: its own sentence, and trying again draws the map', at('both', (on) => on({}, async (page, tab) => {
      await page.route('**/waarden*', (r) => r.fulfill({ status: 503, contentType: 'application/problem+json', headers: { 'Retry-After': '5' }, body: JSON.stringify({ status: 503, title: 'Druk', detail: 'Er zijn te veel vragen tegelijk.' }) }));
      await tab.go('/kaart?laag=residents');
      await page.waitForSelector('.failed');
      expect((await page.textContent('.failed')).includes('te veel vragen tegelijk'), 'the sentence of the server');
      same(await page.locator('main h1').count(), 1, 'headings');
      await page.unroute('**/waarden*');
      await page.click('.failed button');
      await page.waitForSelector('.legend .hist');
      tab.faults.splice(0, tab.faults.length, ...tab.faults.filter((f) => !/503/.test(f)));
    }))],
    ['slow network: places are kept while it loads, and nothing jumps', at('both', (on) => on({}, async (page, tab) => {
      await page.route('**/api/v1/**', async (r) => { await new Promise((f) => setTimeout(f, 700)); await r.continue(); });
      await page.addInitScript(() => { window.jumped = 0; new PerformanceObserver((l) => { for (const e of l.getEntries()) if (!e.hadRecentInput) window.jumped += e.value; }).observe({ type: 'layout-shift', buffered: true }); });
      await tab.go('/kaart?laag=residents');
      await page.waitForSelector('.loading');
      await settle(page);
      const jumped = await page.evaluate(() => window.jumped);
      expect(jumped < 0.1, `the page shifted by ${jumped}`);
    }))],
  ];
}
