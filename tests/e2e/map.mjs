// SPDX-License-Identifier: EUPL-1.2
// The map page's tools: drawing with mouse and finger, choosing on the map and from the list, two maps, links, paper, the table as a file.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, openPage, pictures, same, settle, startServer, violations } from './lib.mjs';

export function mapJourneys({ on, api, axe, areas, years, scores, dutch, sideways, browser }) {
  const open = async (page, tab, path) => { await tab.go(path); await settle(page); };
  const answered = async (page) => { await page.waitForFunction(() => document.querySelector('.own h2, .own .mention') && !document.querySelector('.own .loading'), null, { timeout: 30000 }); return page.textContent('.own'); };
  const spot = async (page, fx, fy) => { const b = await page.locator('.map-box').first().boundingBox(); return [b.x + b.width * fx, b.y + b.height * fy]; };
  const tool = (page, name) => page.click(`.tools button:has-text("${name}")`);
  const findings = async (page, where) => {
    await page.waitForTimeout(300);
    const found = await violations(page, axe);
    same(found.join('\n'), '', where);
    const over = await sideways(page);
    expect(over <= 0, `${where} is ${over} px too wide`);
  };
  const chosen = areas.filter((a) => a.code.startsWith('BU990101')).slice(0, 3);

  return [
    ['map: draw corner by corner; the answer says what it is about, and its address gives it again', () => on({}, async (page, tab) => {
      await open(page, tab, '/kaart');
      await tool(page, 'Tekenen');
      for (const [fx, fy] of [[0.42, 0.42], [0.58, 0.42], [0.58, 0.6], [0.42, 0.6]]) await page.mouse.click(...await spot(page, fx, fy));
      expect((await page.textContent('.sheet-says')).includes('4 punten'), 'it counts the corners');
      await page.mouse.click(...await spot(page, 0.42, 0.42)); // the first one closes
      const text = await answered(page);
      expect(/In uw gebied wonen [\d.]+ mensen, in \d+ vakken van 100 meter/.test(text), `it says «${text.slice(0, 120)}»`);
      expect(text.includes('midden in uw vorm'), 'the rule is told');
      const key = new URL(page.url()).searchParams.get('opmaat'), told = await api(`/api/v1/gebied-op-maat/${key}`);
      same((await page.textContent('[data-indicator=residents] .num')).replace(/\D/g, ''), String(told.inwoners), 'inhabitants');
      await page.click('[data-indicator=residents] .num');
      await page.click('.made .num >> nth=0');
      await page.waitForSelector('.source dl');
      expect((await page.textContent('.source')).includes('Inwoners'), 'a part tells where it comes from');
      await page.keyboard.press('Escape');
      await page.reload();
      await settle(page);
      await answered(page);
      same((await page.textContent('[data-indicator=residents] .num')).replace(/\D/g, ''), String(told.inwoners), 'after a reload');
      await page.screenshot({ path: join(pictures, 'kaart-getekend-1280.png') });
      await findings(page, 'an answer');
      await page.click('.own button:has-text("Wis")');
      same(new URL(page.url()).searchParams.get('opmaat'), null, 'the key is gone');
    })],
    ['map: draw with one finger, at 360 px', () => on({ width: 360, touch: true }, async (page, tab) => {
      await open(page, tab, '/kaart');
      await page.locator('.tools button:has-text("Tekenen")').tap();
      await page.locator('.map-box').scrollIntoViewIfNeeded();
      const ring = await Promise.all(Array.from({ length: 25 }, (_, k) => spot(page, 0.5 + 0.17 * Math.cos(k / 4), 0.5 + 0.17 * Math.sin(k / 4))));
      const line = await page.context().newCDPSession(page), send = (type, at) => line.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [{ x: at[0], y: at[1] }] : [] });
      await send('touchStart', ring[0]);
      for (const at of ring.slice(1)) await send('touchMove', at);
      await send('touchEnd');
      const text = await answered(page);
      expect(/In uw gebied wonen/.test(text), `it says «${text.slice(0, 120)}»`);
      await page.screenshot({ path: join(pictures, 'kaart-getekend-360.png'), fullPage: true });
      await findings(page, 'an answer at 360 px');
    })],
    ['map: a box, Enter closes a ring, Esc gives the map back, Backspace takes a corner back', () => on({}, async (page, tab) => {
      await open(page, tab, '/kaart');
      await tool(page, 'Tekenen');
      await page.mouse.click(...await spot(page, 0.5, 0.4));
      await page.mouse.click(...await spot(page, 0.6, 0.5));
      await page.keyboard.press('Backspace');
      expect((await page.textContent('.sheet-says')).includes('1 punt.'), 'one corner is left');
      await page.keyboard.press('Escape');
      same(await page.locator('.sheet').count(), 0, 'sheets left');
      await tool(page, 'Tekenen');
      for (const [fx, fy] of [[0.5, 0.5], [0.58, 0.5], [0.54, 0.58]]) await page.mouse.click(...await spot(page, fx, fy));
      await page.keyboard.press('Enter');
      expect(/In uw gebied wonen/.test(await answered(page)), 'Enter closes the ring');
      await tool(page, 'Vak');
      await page.mouse.move(...await spot(page, 0.48, 0.4));
      await page.mouse.down();
      await page.mouse.move(...await spot(page, 0.55, 0.5), { steps: 4 });
      await page.mouse.up();
      expect(/In uw gebied wonen/.test(await answered(page)), 'a box is answered');
    })],
    ['map: a handful of people is refused in words, and no key stands in the address', () => on({}, async (page, tab) => {
      await page.route('**/api/v1/gebied-op-maat', (r) => r.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify({ status: 409, title: 'Geen antwoord over dit gebied', detail: 'In dit gebied wonen minder dan 10 mensen.' }) }));
      await open(page, tab, `/kaart?keuze=${chosen[0].code}`);
      await page.click('.own button:has-text("Reken samen uit")');
      const text = await answered(page);
      expect(text.includes('geen antwoord') && text.includes('minder dan 10 mensen'), `it says «${text}»`);
      same(new URL(page.url()).searchParams.get('opmaat'), null, 'a key');
      await findings(page, 'a refusal');
      tab.faults.splice(0, tab.faults.length, ...tab.faults.filter((f) => !/409/.test(f)));
    })],
    ['map: by keyboard from the list, the figures of each and of all together', () => on({}, async (page, tab) => {
      await open(page, tab, '/kaart');
      await page.focus('.from-list > button');
      await page.keyboard.press('Enter');
      for (const a of chosen) {
        await page.fill('.from-list input:not([type=checkbox])', a.naam);
        await page.locator('.from-list li', { hasText: a.naam }).locator('input').focus();
        await page.keyboard.press('Space');
        await page.waitForURL(new RegExp(a.code));
      }
      same(await page.locator('.own tr[data-code]').count(), chosen.length, 'rows of the choice');
      const last = await scores(years[years.length - 1]);
      for (const a of chosen) if (last.totaal[a.nr] !== null) same(await page.textContent(`.own tr[data-code="${a.code}"] .num`), dutch(last.totaal[a.nr]), a.naam);
      await page.focus('.own button:has-text("Reken samen uit")');
      await page.keyboard.press('Enter');
      const text = await answered(page);
      expect(text.includes(`in ${chosen.length} buurten`), `it says «${text.slice(0, 120)}»`);
      same((await page.textContent('[data-indicator=residents] .num')).replace(/\D/g, ''), String(chosen.reduce((n, a) => n + a.inwoners, 0)), 'inhabitants together');
      await page.screenshot({ path: join(pictures, 'kaart-gekozen-1280.png') });
    })],
    ['map: several areas by pressing them, and letting go', () => on({}, async (page, tab) => {
      await open(page, tab, '/kaart');
      await tool(page, 'Meer gebieden');
      for (const [fx, fy] of [[0.5, 0.45], [0.4, 0.5], [0.6, 0.6]]) { await page.mouse.click(...await spot(page, fx, fy)); await page.waitForTimeout(150); }
      const codes = () => (new URL(page.url()).searchParams.get('keuze') ?? '').split(',').filter(Boolean);
      const n = codes().length;
      expect(n >= 2, `chosen: ${codes()}`);
      await findings(page, 'a choice');
      await page.click('.let-go >> nth=0');
      await page.waitForFunction((k) => document.querySelectorAll('.own tr[data-code]').length === k, n - 1);
      same(codes().length, n - 1, 'chosen after letting go');
    })],
    ['map: two maps move together; the table and the strip have both', () => on({}, async (page, tab) => {
      await open(page, tab, '/kaart');
      await page.click('.over [role=tab]:has-text("Twee kaarten")');
      await settle(page);
      const [, caption] = await page.$$eval('.pair figcaption', (all) => all.map((c) => c.textContent)), year = /\d{4}/.exec(caption)[0];
      expect(year < years[years.length - 1], `the right one is earlier: ${caption}`);
      const named = () => page.$$eval('.pair .namen', (all) => all.map((n) => [...n.querySelectorAll('.naam:not(.water)')].map((x) => x.textContent + x.style.transform).sort().join(' ')));
      const [x, y] = await spot(page, 0.5, 0.5);
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x - 60, y + 30, { steps: 5 });
      await page.mouse.up();
      await page.waitForTimeout(800);
      const [left, right] = await named();
      same(left, right, 'names left and right');
      await page.mouse.click(x - 60, y + 30);
      await page.waitForSelector('.pair-says');
      same(await page.locator('.pair-says .num').count(), 2, 'figures in the strip');
      await page.screenshot({ path: join(pictures, 'kaart-twee-1280.png') });
      await findings(page, 'two maps');
      await page.click('.over [role=tab]:has-text("Tabel")');
      await page.waitForSelector('.big-table');
      const then = await scores(year), a = areas.find((o) => then.totaal[o.nr] !== null);
      expect((await page.textContent(`tr[data-code="${a.code}"] td:last-child`)).includes(dutch(then.totaal[a.nr])), 'the right figure in the table');
      await page.selectOption('.beside select >> nth=0', { index: 2 });
      await page.waitForFunction(() => document.querySelectorAll('.legend').length === 2);
    })],
    ['map: the shared link holds the version; another version is said', () => on({}, async (page, tab) => {
      await open(page, tab, '/kaart?soort=verandering');
      await page.evaluate(() => { Object.defineProperty(navigator, 'clipboard', { value: undefined }); });
      await page.click('.take button:has-text("Deel")');
      const link = await page.inputValue('.take input'), v = new URL(link).searchParams.get('v');
      same(v, (await api('/api/v1')).gegevensversie, 'the version in the link');
      await open(page, tab, new URL(link).pathname + new URL(link).search);
      same(await page.locator('.other').count(), 0, 'nothing to say about the same version');
      await open(page, tab, '/kaart?v=0123456789ab');
      const said = await page.textContent('.other');
      expect(said.includes('01234567') && said.includes(v.slice(0, 8)), `it says «${said}»`);
      await findings(page, 'another version');
      await page.click('.other button');
      same(new URL(page.url()).searchParams.get('v'), null, 'version in the address');
      await open(page, tab, `/kaart?opmaat=${'0'.repeat(64)}`);
      expect((await answered(page)).includes('niet bewaard'), 'a key that was never given');
      tab.faults.splice(0, tab.faults.length, ...tab.faults.filter((f) => !/404/.test(f)));
    })],
    ['map: the table as a file has the figures of the screen', () => on({}, async (page, tab) => {
      await open(page, tab, '/kaart?beeld=tabel');
      const [file] = await Promise.all([page.waitForEvent('download'), page.click('.take button:has-text("CSV")')]);
      const lines = readFileSync(await file.path(), 'utf8').trim().split('\r\n'), last = await scores(years[years.length - 1]);
      same(lines.length - 1, areas.length, 'rows');
      for (const line of lines.slice(1)) {
        const [, code, , value] = line.split(','), a = areas.find((o) => o.code === code), v = last.totaal[a.nr];
        same(value, v === null ? '' : String(v), a.naam);
      }
    })],
    ['map: on paper stand sentence, map, legend and table, on A4 and A3', () => on({}, async (page, tab) => {
      await open(page, tab, '/kaart');
      for (const [size, wide] of [['A4', 595], ['A3', 1191]]) {
        // What stands on the page at the moment of printing.
        await page.evaluate(() => { window.print = () => { window.kept = { of: document.querySelector('.mapview').className, rows: document.querySelectorAll('.only-paper .big-table tbody tr').length }; }; });
        await page.click(`.take button:has-text("op ${size}")`);
        await page.waitForFunction((s) => window.kept?.of.includes(`paper-${s}`), size.toLowerCase());
        same((await page.evaluate(() => window.kept)).rows, areas.length, `rows on ${size}`);
        await page.waitForSelector('.paper-map', { state: 'attached' });
        const pdf = await page.pdf({ preferCSSPageSize: true, path: join(pictures, `kaart-${size}.pdf`), printBackground: true });
        const box = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf.toString('latin1'));
        expect(box && Math.abs(Number(box[1]) - wide) < 3, `${size} is ${box?.[0]}`);
      }
    })],
    ['map: a server that answers no questions says so at the tools', async () => {
      const server = await startServer(undefined, '--no-drawn');
      const tab = await openPage(browser, server.base), { page } = tab;
      try {
        await tab.go(`/kaart?keuze=${chosen[0].code}`);
        await settle(page);
        same(await page.getAttribute('.tools button:has-text("Tekenen")', 'aria-disabled'), 'true', 'the button');
        expect((await page.textContent('.own')).includes('beantwoordt geen vragen'), 'the reason is told');
        expect(tab.faults.length === 0, tab.faults.join('\n'));
      } finally { await tab.close(); await server.stop(); }
    }],
    ...[320, 360].map((width) => [`data: at ${width} px the tables are cards, and nothing scrolls sideways`, () => on({ width }, async (page, tab) => {
      await open(page, tab, '/gegevens');
      const wide = await page.$$eval('.scroll', (all) => all.filter((s) => s.scrollWidth > s.clientWidth + 1).map((s) => s.getAttribute('aria-label')));
      same(wide.join(', '), '', 'boxes that scroll sideways');
      const row = page.locator('.onesource tbody tr').first();
      expect((await row.locator('td[data-is]').first().evaluate((td) => getComputedStyle(td, '::before').content)).includes('sha256'), 'each cell says what it is');
      const show = page.locator('.cards button:has-text("Toon bevindingen")');
      if (await show.count()) { await show.first().click(); await page.waitForSelector('.cards .inner li, .cards .inner p'); }
      await page.locator('#zoek-indicator').fill('inwoners');
      await findings(page, 'the cards');
      await page.screenshot({ path: join(pictures, `gegevens-kaarten-${width}.png`), fullPage: true });
    })]),
    ...['nl', 'en'].flatMap((lang) => [360, 1280].map((width) => [`map: axe and width of two maps, a choice and an answer, ${lang}, ${width} px`, () => on({ width, lang }, async (page, tab) => {
      for (const path of ['/kaart?soort=naast', `/kaart?keuze=${chosen.map((a) => a.code).join(',')}`, '/kaart?soort=naast&beeld=tabel']) {
        await open(page, tab, path);
        await findings(page, path);
        await page.screenshot({ path: join(pictures, `${path.replace(/\W+/g, '-').slice(1, 40)}-${lang}-${width}.png`), fullPage: width < 720 });
      }
      if (lang === 'en') expect(!dutchLeft.test(await page.evaluate(() => document.querySelector('main .take').innerText)), 'no Dutch is left');
    })])),
  ];
}
const dutchLeft = /\b(Deel|Druk|weergave|Deze|Alle cijfers)\b/;
