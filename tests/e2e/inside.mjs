// SPDX-License-Identifier: EUPL-1.2
// On the page of an area: its line beside gemeente and similar areas, what happened, the wheel and the 100 m map. Every figure is compared with
// what the API says, and all of it is reached without a mouse.
import { join } from 'node:path';
import { expect, pictures, same, settle, violations } from './lib.mjs';

const CODE = 'BU99011004', WIJK = 'WK990110';
export function insideJourneys({ on, api, axe, dutch, sideways }) {
  const open = async (page, tab, path, wait) => { await tab.go(path); await settle(page); await page.waitForSelector(wait); };
  const rowsOf = (page, where) => page.$$eval(`${where} tbody tr`, (all) => all.map((r) => [...r.cells].map((c) => c.querySelector('.num')?.textContent ?? c.textContent)));
  return [
    ['line: what happened is on the axis and in the list, the same as the API says', () => on({}, async (page, tab) => {
      const told = (await api(`/api/v1/gebieden/${CODE}/gebeurtenissen`)).gebeurtenissen;
      expect(told.length >= 3 && told.every((h, k) => k === 0 || told[k - 1].van <= h.van), 'three or more, oldest first');
      same([...new Set(told.map((h) => h.gebied))].sort().join(' '), [CODE, 'GM9901', WIJK].join(' '), 'of the buurt, its wijk and its gemeente');
      await open(page, tab, `/buurt/${CODE}`, 'button.pin');
      same(await page.locator('button.pin').count(), told.length, 'pins');
      const rows = await page.$$eval('.happened tbody tr', (all) => all.map((r) => r.cells[1].firstChild.textContent));
      same(rows.join('|'), told.map((h) => h.woorden).join('|'), 'the list');
      expect((await page.textContent('.happened')).includes(`${told[1].bestand}, regel ${told[1].regel}`), 'file and line');
      const apart = await page.$$eval('button.pin', (all) => all.map((b) => b.getBoundingClientRect()).every((b, k, v) => b.width >= 24 && b.height >= 24 && (k === 0 || b.x >= v[k - 1].x + v[k - 1].width)));
      expect(apart, 'pins of 24 px that do not overlap');
    })],
    ['line: a mark by keyboard alone says what happened', () => on({}, async (page, tab) => {
      await open(page, tab, `/buurt/${CODE}`, 'button.pin');
      await page.focus('[aria-controls=verloop][aria-selected=true]');
      for (let k = 0; k < 12 && !(await page.evaluate(() => document.activeElement.matches('button.pin'))); k++) await page.keyboard.press('Tab');
      const name = await page.evaluate(() => document.activeElement.getAttribute('aria-label'));
      await page.keyboard.press('Enter');
      same(await page.locator('.happened tr.on').count(), 1, 'rows that are lit');
      expect(name.includes(await page.$eval('.happened tr.on', (r) => r.cells[1].firstChild.textContent)), `the mark says «${name}»`);
      expect((await page.textContent('.happened [role=status]')).length > 10, 'a screen reader hears it');
      await page.keyboard.press('Enter');
      same(await page.locator('.happened tr.on').count(), 0, 'and it goes out again');
    })],
    ['line: the table holds the area, its gemeente and similar areas, each figure with its source', () => on({}, async (page, tab) => {
      const d = await api(`/api/v1/gebieden/${CODE}`), s = d.scores[0], city = d.gemeente.scores.find((m) => m.methode === s.methode);
      const alike = (await api(`/api/v1/gebieden/${CODE}/vergelijkbaar?methode=${s.methode}`)).verloop;
      await open(page, tab, `/buurt/${CODE}`, '.linechart svg');
      await page.waitForFunction(() => [...document.querySelectorAll('.linechart .end')].some((e) => e.textContent === 'vergelijkbaar'));
      same(await page.locator('.through .line').count(), 3, 'lines');
      await page.focus('[aria-controls=verloop][aria-selected=true]');
      await page.keyboard.press('ArrowRight');
      await page.waitForSelector('#verloop table');
      const rows = await rowsOf(page, '#verloop table:not(.each)');
      same(rows.map((r) => r.slice(2).join(' ')).join('\n'), s.perioden.map((p, k) => [s.totaal[k], city.totaal[city.perioden.indexOf(p)], alike.totaal[alike.perioden.indexOf(p)]].map(dutch).join(' ')).join('\n'), 'the table');
      await page.locator('#verloop table:not(.each) tbody tr:nth-child(3) td:last-child .num').click();
      await page.waitForSelector('.source dl');
      const source = await page.textContent('.source');
      expect(source.includes(s.perioden[2]) && source.includes(dutch(alike.totaal[2])), `the mean of similar areas in an earlier year: «${source.slice(0, 200)}»`);
      expect((await page.locator('.source .inputs button').count()) >= 4, 'its inputs');
    })],
    ['line: each similar area is a thin line, by name on the keyboard, in the table and on paper', () => on({ width: 360 }, async (page, tab) => {
      const told = await api(`/api/v1/gebieden/${CODE}/vergelijkbaar?methode=lbm3`), names = told.gebieden.map((g) => g.naam);
      await open(page, tab, `/buurt/${CODE}`, '.peer');
      same(await page.locator('.through .peer').count(), names.length, 'thin lines');
      same(await page.locator('.peer-name').count(), 0, 'names before one is asked for');
      await page.focus('.which summary');
      await page.keyboard.press('Enter');
      for (const name of names.slice(0, 3)) {
        await page.keyboard.press('Tab');
        await page.waitForFunction((n) => document.querySelector('.peer-name')?.textContent === n, name);
        same(await page.locator('.peer.on').count(), 1, `only the line of ${name} is lit`);
      }
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      await page.waitForFunction((n) => document.querySelector('.peer-name')?.textContent === n, names[3]);
      await page.focus('.which summary');
      await page.waitForFunction((n) => document.querySelector('.peer-name')?.textContent === n, names[2]);
      same((await violations(page, axe)).join('\n'), '', 'with a line lit');
      await page.emulateMedia({ media: 'print' });
      expect((await page.locator('.on-paper').innerText()).includes(names[9]), 'names on paper');
      await page.emulateMedia({ media: 'screen' });
      await page.focus('[aria-controls=verloop][aria-selected=true]');
      await page.keyboard.press('ArrowRight');
      await page.waitForSelector('.each');
      same((await page.$$eval('.each thead th a', (all) => all.map((a) => a.textContent))).join('|'), names.join('|'), 'names in the table');
      same((await rowsOf(page, '.each')).map((r) => r.slice(1).join(' ')).join('\n'), told.verloop.perioden.map((_, k) => told.gebieden.map((g) => dutch(g.verloop[k])).join(' ')).join('\n'), 'their figures');
      expect((await sideways(page)) <= 0, 'nothing too wide');
    })],
    ['wheel: the outer ring holds figures beside each part, facts and what people say apart', () => on({}, async (page, tab) => {
      const d = await api(`/api/v1/gebieden/${CODE}`), s = d.scores[0], v = (await api(`/api/v1/gebieden/${CODE}/wiel?methode=${s.methode}`)).cijfers;
      expect(v.some((c) => c.soort === 'gezegd') && v.some((c) => c.soort === 'gemeten') && v.every((c) => c.gebieden >= 8), 'both kinds');
      await open(page, tab, `/buurt/${CODE}`, '.wheel .fact');
      same(await page.locator('.wheel .fact').count(), v.filter((c) => c.soort !== 'gezegd').length, 'surfaces');
      same(await page.locator('.wheel .felt').count(), v.filter((c) => c.soort === 'gezegd').length, 'rings');
      for (const [i, p] of s.dimensies.entries()) {
        await page.locator('.parts .chip').nth(i).focus();
        await page.keyboard.press('Enter');
        const of = v.filter((c) => c.onderdeel === p.id);
        same(await page.locator('.part-says .list li').count(), of.length, `figures at ${p.naam}`);
        if (!of.length) expect((await page.textContent('.part-says')).includes('geen losse cijfers'), `${p.naam} says that it has none`);
        for (const [n, c] of of.entries()) {
          const says = await page.locator('.part-says .list li').nth(n).textContent();
          expect(says.includes(c.naam) && says.includes(c.waarde.toLocaleString('nl-NL')), `«${says}» holds ${c.naam} ${c.waarde}`);
          const word = Math.abs(c.afstand) < 0.5 ? 'ongeveer als' : c.afstand > 0 ? 'hoger' : 'lager';
          expect(says.includes(word), `«${says}»: ${c.afstand} is ${word}`);
        }
      }
      await page.locator('.wheel .slice').first().click({ position: { x: 5, y: 5 }, force: true });
      await page.click('.outer .chip:nth-of-type(2)');
      same(await page.locator('.wheel .fact').count(), 0, 'figures when the years are asked for');
      expect((await page.locator('.wheel .slice path.now').count()) > 0, 'a bar a year');
    })],
    ['wheel: its table by keyboard holds the same figures, each with its source', () => on({ width: 360 }, async (page, tab) => {
      const v = (await api(`/api/v1/gebieden/${CODE}/wiel`)).cijfers;
      await open(page, tab, `/buurt/${CODE}`, '.wheel .fact');
      await page.focus('[aria-controls=delen][aria-selected=true]');
      await page.keyboard.press('ArrowRight');
      const rows = await page.$$eval('#naast tbody tr', (all) => all.map((r) => [r.cells[0].textContent, r.cells[3].textContent, r.cells[4].querySelector('.num').textContent.replace(/[^\d.,−-]/g, '')].join(' ')));
      same(rows.length, v.length, 'rows');
      for (const [k, c] of v.entries()) expect(rows[k].startsWith(`${c.naam} ${c.periode}`), `row ${k}: ${rows[k]}`);
      await page.locator('#naast .num').last().focus();
      await page.keyboard.press('Enter');
      await page.waitForSelector('.source dl');
      expect((await page.textContent('.source')).includes(v.at(-1).naam), 'the source is that of the figure');
    })],
    ['cells: map, sentence, legend and table hold what the API says', () => on({}, async (page, tab) => {
      const a = await api(`/api/v1/gebieden/${CODE}/vakken`);
      expect(a.vakken.length > 10 && a.omtrek.length > 0, 'cells and an outline');
      await open(page, tab, `/buurt/${CODE}`, '.cells-map');
      same(await page.locator('.cells-map g').count(), a.vakken.length, 'squares');
      same(await page.textContent('.cells > p'), a.zin, 'the sentence');
      const well = a.vakken.filter((c) => c.klasse >= 6).length, known = a.vakken.filter((c) => c.klasse !== null).length;
      expect(a.zin.startsWith(`In ${well} van de ${known} `), `counted ${well} of ${known}: ${a.zin}`);
      const key = await page.textContent('.cells-key');
      for (const [k, name] of a.klassen.entries()) { const n = a.vakken.filter((c) => c.klasse === k + 1).length; expect(n === 0 || key.includes(n === 1 ? `${name}: 1 vak` : `${name}: ${n} vakken`), `${name}: ${n} in «${key}»`); }
      const one = a.vakken.find((c) => c.klasse !== null);
      await page.click(`.cells-map g[data-code=${one.code}] rect`);
      const says = await page.textContent('.cells [role=status]');
      expect(says.includes(one.klasseNaam) && says.includes(dutch(one.totaal)), `pressing says «${says}»`);
      await page.focus('[aria-controls=vakken][aria-selected=true]');
      await page.keyboard.press('ArrowRight');
      const rows = await rowsOf(page, '#vakken');
      same(rows.map((r) => `${r[0]} ${r[2]} ${r[3]}`).join('\n'), [...a.vakken].sort((p, q) => p.code.localeCompare(q.code)).map((c) => `${c.code} ${c.klasseNaam} ${dutch(c.totaal)}`).join('\n'), 'the table');
      await page.locator('#vakken tbody tr .num').first().focus();
      await page.keyboard.press('Enter');
      await page.waitForSelector('.source dl');
      expect((await page.textContent('.source')).includes(rows[0][0]), 'the source is that of the cell');
    })],
    ['cells: what is too small to show has dots and no figure', () => on({}, async (page, tab) => {
      await page.route(`**/api/v1/gebieden/${CODE}/vakken*`, async (r) => {
        const answer = await r.fetch(), d = await answer.json();
        Object.assign(d.vakken[2], { klasse: null, klasseNaam: null, totaal: null, status: 'suppressed', statusTekst: 'te klein om te tonen' });
        Object.assign(d.vakken[3], { klasse: null, klasseNaam: null, totaal: null, status: 'missing', statusTekst: 'geen gegevens' });
        await r.fulfill({ response: answer, json: d });
      });
      await open(page, tab, `/buurt/${CODE}`, '.cells-map');
      same(await page.locator('.cells-map g:has(circle)').count(), 1, 'squares with dots');
      const key = await page.textContent('.cells-key');
      expect(/te klein om te tonen: 1 vak/.test(key) && /geen gegevens: 1 vak/.test(key), key);
      await page.click('[aria-controls=vakken]:not([aria-selected=true])');
      same(await page.locator('#vakken .why').count(), 2, 'rows that say why');
    })],
    ...['nl', 'en'].flatMap((lang) => [360, 1280].map((width) => [`inside: sound in ${lang} at ${width} px, as pictures and as tables`, () => on({ lang, width }, async (page, tab) => {
      for (const path of [`/buurt/${CODE}`, `/wijk/${WIJK}`]) {
        await open(page, tab, path, '.cells-map');
        await page.waitForSelector('button.pin');
        await page.waitForSelector('.wheel');
        same(await sideways(page), 0, `${path} scrolls sideways`);
        for (const part of ['.through', '.made-of', '.cells']) same((await violations(page, axe, part)).join('; '), '', `${path} ${part}`);
        if (path.startsWith('/buurt')) for (const part of ['through', 'made-of', 'cells']) await page.locator(`.${part}`).screenshot({ path: join(pictures, `${part}-${lang}-${width}.png`) });
        for (const panel of ['verloop', 'delen', 'vakken']) await page.click(`[aria-controls=${panel}]:not([aria-selected=true])`);
        for (const part of ['.through', '.made-of', '.cells']) same((await violations(page, axe, part)).join('; '), '', `${path} ${part} as a table`);
        same(await sideways(page), 0, `${path} as tables scrolls sideways`);
      }
    })])),
  ];
}
