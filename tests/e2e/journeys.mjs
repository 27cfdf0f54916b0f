// SPDX-License-Identifier: EUPL-1.2
// What a resident does, step by step, against the real server and the demo gemeente.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { accountJourneys } from './accounts.mjs';
import { alikeJourneys } from './alike.mjs';
import { areaJourneys } from './area.mjs';
import { importJourneys, importServerJourneys } from './import.mjs';
import { expect, openBrowser, openPage, pictures, same, settle, startServer, walk } from './lib.mjs';
import { mapJourneys } from './map.mjs';
import { courseJourneys } from './course.mjs';
import { algorithmJourneys } from './algorithms.mjs';
import { gapJourneys } from './gap.mjs';
import { estimateJourneys } from './estimate.mjs';
import { methodJourneys } from './method.mjs';
import { moderationJourneys } from './moderation.mjs';
import { insideJourneys } from './inside.mjs';
import { signalJourneys } from './signal.mjs';
import { normJourneys } from './norm.mjs';
import { partnerJourneys } from './partner.mjs';
import { peoplePageJourneys } from './people_pages.mjs';
import { spaceJourneys } from './space.mjs';
import { weighingJourneys } from './weighing.mjs';
import { storeJourneys } from './stores.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const server = await startServer(), { base } = server;
const browser = await openBrowser();
for (const end of ['SIGINT', 'SIGTERM']) process.once(end, () => { void server.stop().then(() => process.exit(1)); });
process.once('uncaughtException', (e) => { console.error(e); void server.stop().then(() => process.exit(1)); });
const api = (path, lang = 'nl') => fetch(base + path, { headers: { 'Accept-Language': lang } }).then((r) => r.json());
const top = await api('/api/v1'), method = top.methoden.find((m) => m.beschikbaar.some((b) => b.niveau === 'buurt'));
const level = top.indelingen.find((d) => d.niveau === 'buurt');
const areas = (await api(`/api/v1/gebieden?niveau=buurt&indelingsjaar=${level.indelingsjaar}`)).gebieden;
const years = method.beschikbaar.find((b) => b.niveau === 'buurt' && b.indelingsjaar === level.indelingsjaar).perioden;
const scores = (period) => api(`/api/v1/scores?methode=${method.id}&niveau=buurt&periode=${period}&indelingsjaar=${level.indelingsjaar}`);
const newest = years[years.length - 1], last = await scores(newest);
const own = areas.find((a) => last.totaal[a.nr] !== null && a.punt), wijk = (await api('/api/v1/gebieden?niveau=wijk')).gebieden[0];
const size = new Intl.NumberFormat('nl-NL', { minimumFractionDigits: 3, maximumFractionDigits: 3 });
const dutch = (v) => (size.format(Math.abs(v)) === '0,000' ? '' : v < 0 ? '\u2212' : '+') + size.format(Math.abs(v));
const pages = ['/', `/?gebied=${own.code}`, '/kaart', '/kaart?beeld=tabel', '/kaart?soort=verandering', `/buurt/${own.code}`, `/wijk/${wijk.code}`, '/gegevens', `/methode/${method.id}`];

async function on(opt, f) {
  const tab = await openPage(browser, base, opt);
  try {
    await f(tab.page, tab);
    expect(tab.faults.length === 0, tab.faults.slice(0, 4).join('\n'));
  } finally {
    await tab.close();
  }
}
const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
async function pressArea(page) {
  const box = await page.locator('.map-box').boundingBox();
  for (const [fx, fy] of [[0.5, 0.5], [0.45, 0.4], [0.55, 0.6], [0.4, 0.55], [0.6, 0.4]]) {
    const x = box.x + box.width * fx, y = box.y + box.height * fy;
    await page.mouse.click(x, y);
    const found = await page.waitForSelector('.card:not(.strip)', { timeout: 1500 }).catch(() => null);
    if (found) return;
  }
  throw new Error('no area under five places of the map');
}

const journeys = [
  ['data: everything comes along as a file, in four forms', () => on({}, async (page, tab) => {
    await tab.go('/gegevens');
    await settle(page);
    const menu = page.locator('.download > summary');
    await menu.focus();
    await page.keyboard.press('Enter');
    for (const [form, starts] of [['csv', 'code,name'], ['xlsx', 'PK'], ['gpkg', 'SQLite format 3'], ['geojson', '{"type":"FeatureCollection"']]) {
      const link = page.locator(`.download a[href="/api/v1/uitvoer/${form}"]`);
      const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
      expect(new RegExp(`^lindewaard-[0-9a-f]{12}\\.${form}$`).test(file.suggestedFilename()), `name of the file: ${file.suggestedFilename()}`);
      expect(readFileSync(await file.path()).subarray(0, 40).toString('latin1').startsWith(starts), `${form} does not start with ${starts}`);
    }
    await page.screenshot({ path: join(pictures, 'download.png') });
    await tab.go(`/buurt/${own.code}`);
    await settle(page);
    const [one] = await Promise.all([page.waitForEvent('download'), page.click(`a[href="/api/v1/uitvoer/csv?binnen=${own.code}"]`)]);
    const lines = readFileSync(await one.path(), 'utf8').trim().split('\n').slice(1);
    expect(lines.length > 20 && lines.every((l) => l.startsWith(own.code)), 'the figures of one area');
  })],
  ['map: press an area, read its page', () => on({}, async (page, tab) => {
    await tab.go('/kaart');
    await settle(page);
    await pressArea(page);
    const code = new URL(page.url()).searchParams.get('gebied'), a = areas.find((x) => x.code === code);
    expect(a, `the address names no area: ${page.url()}`);
    same((await page.textContent('.card b')).trim(), a.naam, 'name on the card');
    await page.click('.card a');
    await page.waitForURL(new RegExp(`/buurt/${code}`));
    await settle(page);
    const d = await api(`/api/v1/gebieden/${code}`), h1 = await page.textContent('h1');
    expect(d.zin.startsWith(h1.trim()), `heading «${h1}» is not the sentence «${d.zin}»`);
  })],
  ['home: a name in the box gives the area in two actions', () => on({}, async (page, tab) => {
    await tab.go('/');
    await settle(page);
    await page.fill('#postcode', own.naam);
    await page.waitForSelector('#postcode-lijst [role=option]');
    await page.keyboard.press('Enter');
    await page.waitForURL(/gebied=/);
    await settle(page);
    expect((await page.textContent('main')).includes(own.naam), 'the area is named');
  })],
  ['trace: by mouse, Esc closes and focus returns', () => on({}, async (page, tab) => {
    await tab.go(`/buurt/${own.code}`);
    await settle(page);
    await page.locator('.state .num').first().click();
    await page.waitForSelector('.source dl');
    const text = await page.textContent('.source'), told = await api(`/api/v1/herkomst/${own.code}/${method.totaal}/${newest}`);
    if (told.lading) expect(text.includes(told.lading.sha256.slice(0, 6)), 'the hash of the file is shown');
    await page.keyboard.press('Escape');
    same(await page.locator('.source').count(), 0, 'panels left');
    expect(await page.evaluate(() => document.activeElement.classList.contains('num')), 'focus is back on the figure');
  })],
  ['trace: by touch, as a sheet at the foot', () => on({ width: 360, touch: true }, async (page, tab) => {
    await tab.go(`/buurt/${own.code}`);
    await settle(page);
    await page.locator('.state .num').first().tap();
    await page.waitForSelector('.source dl');
    const b = await page.locator('.source').boundingBox();
    expect(b.x === 0 && b.width >= 359 && Math.abs(b.y + b.height - 740) < 2, `the sheet lies at ${JSON.stringify(b)}`);
    await page.screenshot({ path: join(pictures, 'herkomst-360.png') });
  })],
  ['trace: a mean shows its formula and inputs; each opens its own panel, down to row and column, by keyboard', () => on({}, async (page, tab) => {
    const wijken = (await api('/api/v1/gebieden?niveau=wijk')).gebieden, at = wijken[wijken.length - 1];
    const told = await api(`/api/v1/herkomst/${at.code}/${method.totaal}/${newest}`), first = told.invoer[0];
    await tab.go(`/wijk/${at.code}`);
    await settle(page);
    await page.locator('.state .num').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('.source .inputs');
    const text = await page.textContent('.source');
    for (const part of [told.formule.woorden, told.formule.symbolen, first.naam]) expect(text.includes(part), `the panel says «${part}»`);
    await page.evaluate(axe);
    same((await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations.map((v) => v.id)))).join(), '', 'axe');
    await page.screenshot({ path: join(pictures, 'herkomst-gemiddelde.png') });
    for (let k = 0; k < 6 && !(await page.evaluate(() => document.activeElement.closest('.inputs'))); k++) await page.keyboard.press('Tab');
    expect((await page.evaluate(() => document.activeElement.textContent)).startsWith(first.naam), 'the first input has the focus');
    await page.keyboard.press('Enter');
    await page.waitForFunction((n) => document.querySelector('.source dl')?.textContent.includes(n), first.lading.kolom);
    const own = await page.textContent('.source');
    expect(own.includes(`${first.lading.rijSoort} ${first.lading.rij}`) && own.includes(`kolom ${first.lading.kolom}`), 'row and column of the input');
    expect(await page.evaluate(() => document.activeElement.classList.contains('source')), 'the focus stays in the panel');
    await page.screenshot({ path: join(pictures, 'herkomst-invoer.png') });
    for (let k = 0; k < 6 && !(await page.evaluate(() => document.activeElement.textContent === 'Terug naar het vorige getal')); k++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.source .inputs');
    await page.keyboard.press('Escape');
    same(await page.locator('.source').count(), 0, 'panels left');
  })],
  ['trace: in English', () => on({ lang: 'en' }, async (page, tab) => {
    await tab.go(`/buurt/${own.code}`);
    await settle(page);
    await page.locator('.state .num').first().click();
    await page.waitForSelector('.source dl');
    const text = await page.textContent('.source');
    for (const part of ['Formula', 'As delivered: the number in this field of the file.', 'column']) expect(text.includes(part), `the panel says «${part}»`);
    expect(!/Zoals geleverd|kolom/.test(text), 'no Dutch is left');
  })],
  ['keyboard alone: from search to figure to source', () => on({}, async (page, tab) => {
    await tab.go('/kaart?beeld=tabel');
    await settle(page);
    await page.keyboard.press('Tab');
    same(await page.evaluate(() => document.activeElement.className.includes('skip')), true, 'the skip link comes first');
    for (let k = 0; k < 4; k++) await page.keyboard.press('Tab');
    for (let k = 0; k < 8 && !(await page.evaluate(() => document.activeElement.id === 'zoek')); k++) await page.keyboard.press(k < 4 ? 'Shift+Tab' : 'Tab');
    await page.focus('#zoek');
    await page.keyboard.type(own.naam.slice(0, 5));
    await page.waitForSelector('#zoek-lijst [role=option]');
    await page.keyboard.press('ArrowDown');
    expect(await page.getAttribute('#zoek', 'aria-activedescendant'), 'the marked hit is told');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/(buurt|wijk|gemeente|pc4)\//);
    await settle(page);
    for (let k = 0; k < 40; k++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement.classList.contains('num'))) break;
    }
    await page.keyboard.press('Enter');
    await page.waitForSelector('.source dl');
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement.classList.contains('num')), 'focus is back on the figure');
  })],
  ['year: the slider by keyboard, the address follows and a reload keeps it', () => on({}, async (page, tab) => {
    await tab.go('/kaart?beeld=tabel');
    await settle(page);
    await page.focus('.rail');
    await page.keyboard.press('ArrowLeft');
    const year = years[years.length - 2];
    await page.waitForURL(new RegExp(`jaar=${year}`));
    const then = await scores(year);
    const cell = () => page.locator(`tr[data-code="${own.code}"] .num`).textContent({ timeout: 5000 });
    await page.waitForFunction((y) => document.querySelector('.big-table th:last-child')?.textContent.includes(y), year);
    same(await cell(), dutch(then.totaal[own.nr]), `${own.naam} in ${year}`);
    await page.reload();
    await settle(page);
    same(await cell(), dutch(then.totaal[own.nr]), 'after a reload');
  })],
  ['language: the switch turns everything to English and back', () => on({}, async (page, tab) => {
    await tab.go(`/buurt/${own.code}`);
    await settle(page);
    await page.click('.lang [lang=en]');
    const d = await api(`/api/v1/gebieden/${own.code}`, 'en');
    await page.waitForFunction((z) => z.startsWith(document.querySelector('h1')?.textContent ?? '?'), d.zin);
    same(await page.getAttribute('html', 'lang'), 'en', 'language of the page');
    expect((await page.textContent('.top nav')).includes('My area'), 'the menu is English');
    await page.click('.lang [lang=nl]');
    await page.waitForFunction(() => document.documentElement.lang === 'nl');
  })],
  ['table twin: the same values as the API, area by area', () => on({}, async (page, tab) => {
    await tab.go('/kaart?beeld=tabel');
    await settle(page);
    const rows = await page.$$eval('tr[data-code]', (all) => all.map((r) => [r.dataset.code, r.querySelector('.num')?.textContent ?? null]));
    expect(rows.length === Math.min(200, areas.length), `${rows.length} rows`);
    for (const [code, shown] of rows) {
      const a = areas.find((x) => x.code === code), v = last.totaal[a.nr];
      same(shown, v === null ? null : dutch(v), a.naam);
    }
    const names = await page.$$eval('tr[data-code] th', (all) => all.map((r) => r.textContent));
    expect(names.every((n, k) => k === 0 || names[k - 1].localeCompare(n, 'nl') <= 0), 'alphabetical at first');
    await page.click('thead th:last-child button');
    same(await page.getAttribute('thead th:last-child', 'aria-sort'), 'ascending', 'aria-sort');
  })],
  ['legend: its counts are those of the API, the three states always stand in it', () => on({}, async (page, tab) => {
    await tab.go('/kaart');
    await settle(page);
    const counts = Array(7).fill(0);
    last.klasse.forEach((k) => { if (k) counts[Math.max(0, Math.min(6, k - 2))]++; });
    same((await page.$$eval('.hist span', (s) => s.map((x) => x.textContent))).join(' '), counts.join(' '), 'counts');
    same(await page.locator('.states li').count(), 3, 'states in the legend');
    await page.locator('.hist button').nth(counts.findIndex((c) => c > 0)).click();
    await page.waitForSelector('.legend .chosen');
  })],
  ['map: the water bears its name, and no two names overlap', () => on({}, async (page, tab) => {
    await tab.go('/kaart');
    await settle(page);
    await page.waitForSelector('.naam.water');
    const boxes = await page.$$eval('.naam', (all) => all.map((n) => { const b = n.getBoundingClientRect(); return { word: n.textContent, x0: b.left, x1: b.right, y0: b.top + 3, y1: b.bottom - 3 }; }));
    expect(boxes.some((b) => b.word === 'Linde') && boxes.length > 5, `names: ${boxes.map((b) => b.word).join(', ')}`);
    for (const [k, a] of boxes.entries()) for (const b of boxes.slice(k + 1)) expect(a.x0 >= b.x1 || b.x0 >= a.x1 || a.y0 >= b.y1 || b.y0 >= a.y1, `«${a.word}» lies over «${b.word}»`);
  })],
  ['layers: every part of the score colours the map', () => on({}, async (page, tab) => {
    await tab.go('/kaart');
    await settle(page);
    for (const d of method.dimensies) {
      await page.locator('.choice label', { hasText: d.naam }).click();
      await page.waitForURL(new RegExp(`laag=${d.indicator.replace('.', '\\.')}`));
      await page.waitForFunction((n) => document.querySelector('.legend h2')?.textContent.includes(n), d.naam);
    }
  })],
  ['the server gone: the page says so, and trying again works', () => on({}, async (page, tab) => {
    await page.route('**/api/v1/gebieden/*', (r) => r.abort());
    await tab.go(`/buurt/${own.code}`);
    await page.waitForSelector('.failed');
    await page.unroute('**/api/v1/gebieden/*');
    await page.click('.failed button');
    await settle(page);
    tab.faults.splice(0, tab.faults.length, ...tab.faults.filter((f) => !/ERR_FAILED/.test(f)));
  })],
  ['unknown area: a sentence and no crash', () => on({}, async (page, tab) => {
    await tab.go('/buurt/BU00000000');
    await page.waitForSelector('.failed');
    tab.faults.splice(0, tab.faults.length, ...tab.faults.filter((f) => !/40[04]/.test(f)));
  })],
  ...[320, 360, 768, 1280].map((width) => [`width ${width}: no sideways scroll on any page`, () => on({ width }, async (page, tab) => {
    for (const p of pages) {
      await tab.go(p);
      await settle(page);
      const over = await sideways(page);
      expect(over <= 0, `${p} is ${over} px too wide`);
      if (width === 360 || width === 1280) await page.screenshot({ path: join(pictures, `${(p.replace(/\W+/g, '-').replace(/^-|-$/g, '') || 'start')}-${width}.png`), fullPage: !p.startsWith('/kaart') });
    }
  })]),
  ['text at 200%: no sideways scroll', () => on({ width: 640 }, async (page, tab) => {
    for (const p of pages) {
      await tab.go(p);
      await page.addStyleTag({ content: 'html{font-size:200%}' }).catch(() => page.evaluate(() => { document.documentElement.style.fontSize = '200%'; }));
      await settle(page);
      const over = await sideways(page);
      expect(over <= 0, `${p} is ${over} px too wide`);
    }
    tab.faults.splice(0, tab.faults.length, ...tab.faults.filter((f) => !/Content Security Policy/.test(f)));
  })],
  ...['nl', 'en'].flatMap((lang) => [360, 1280].map((width) => [`axe: no findings, ${lang}, ${width} px`, () => on({ width, lang }, async (page, tab) => {
    for (const p of pages) {
      await tab.go(p);
      await settle(page);
      await page.evaluate(axe);
      const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 2).map((n) => n.html.slice(0, 120)).join(' | ')}`)));
      expect(found.length === 0, `${p}\n${found.join('\n')}`);
    }
  })])),
  // what comes before a page stands; the blocks under it and what draws its map are fetched after it
  ...['/', '/gegevens', `/methode/${method.id}`, '/kloof'].flatMap((path) => ['nl', 'en'].map((lang) => [`budget: ${path} in ${lang} weighs at most 60 kB`, () => on({ lang }, async (page, tab) => {
    const bodies = [];
    page.on('response', (r) => { if (/\.(js|css)$/.test(r.url())) bodies.push(r.body()); });
    await tab.go(path);
    await settle(page);
    await page.waitForLoadState('networkidle');
    const total = (await Promise.all(bodies)).reduce((sum, b) => sum + gzipSync(b, { level: 9 }).length, 0);
    expect(total > 20 * 1024 && total <= 60 * 1024, `${total} bytes`);
  })])),
  ...areaJourneys({ on, api, axe, areas, own, last, method, newest, dutch, sideways }),
  ...mapJourneys({ on, api, axe, areas, years, scores, dutch, sideways, browser }),
  ...alikeJourneys({ on, api, axe, sideways }),
  ...courseJourneys({ on, api, axe, sideways }),
  ...insideJourneys({ on, api, axe, dutch, sideways }),
  ...algorithmJourneys({ on, api, axe, browser, sideways }),
  ...gapJourneys({ on, api, axe, sideways }),
  ...(server.store ? signalJourneys({ on, base, store: server.store, axe, sideways }) : []),
  ...(server.store ? moderationJourneys({ on, base, store: server.store, axe, sideways }) : []),
  ...spaceJourneys({ on, api, axe, sideways }),
  ...estimateJourneys({ on, api, browser, axe, sideways }),
  ...methodJourneys({ on, axe, sideways }),
  ...weighingJourneys({ on, api, axe, areas, sideways }),
  ...partnerJourneys({ browser, axe, sideways }),
  ...normJourneys({ browser, axe, sideways }),
  ...peoplePageJourneys({ browser, axe, sideways }),
  ...accountJourneys({ browser, axe, sideways }),
  ...storeJourneys({ browser, axe }),
  ...importJourneys({ browser, base, axe }),
  ...importServerJourneys({ browser, axe }),
];

const fine = await walk(journeys, process.argv.slice(2)).finally(async () => { await browser.close(); await server.stop(); });
process.exitCode = fine ? 0 : 1;
