// SPDX-License-Identifier: EUPL-1.2
// The page of an area, looked at closely: no word of a chart touches a line, figures are written as people write them, and
// each figure tells where it comes from without being covered.
import { expect, same, settle, violations } from './lib.mjs';

/** Words of the chart that touch a line or each other. A box of text is taller than its letters; 3 px go off. */
function touching() {
  const svg = document.querySelector('.linechart svg'), faults = [];
  const texts = [...svg.querySelectorAll('text')].map((el) => { const b = el.getBBox(); return { word: el.textContent, x0: b.x, x1: b.x + b.width, y0: b.y + 3, y1: b.y + b.height - 3 }; });
  for (const [k, a] of texts.entries())
    for (const b of texts.slice(k + 1)) if (a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1) faults.push(`«${a.word}» lies over «${b.word}»`);
  for (const way of svg.querySelectorAll('.line path'))
    for (let at = 0; at <= way.getTotalLength(); at += 2) {
      const p = way.getPointAtLength(at), hit = texts.find((t) => p.x > t.x0 && p.x < t.x1 && p.y > t.y0 && p.y < t.y1);
      if (hit) { faults.push(`a line runs through «${hit.word}»`); break; }
    }
  const wide = svg.clientWidth;
  return [...faults, ...texts.filter((t) => t.x0 < -0.5 || t.x1 > wide + 0.5).map((t) => `«${t.word}» is cut off`)];
}
/** What can be pressed and is smaller than 24 px, links within a sentence apart. */
function small() {
  return [...document.querySelectorAll('main button, main a')].filter((el) => !el.closest('p, td, figcaption') || el.matches('button.chip')).map((el) => [el, el.getBoundingClientRect()])
    .filter(([, b]) => b.width > 0 && (b.height < 23.5 || b.width < 23.5)).map(([el, b]) => `${el.textContent} ${Math.round(b.width)}x${Math.round(b.height)}`);
}
const dutchWords = /\b(het|een|van|niet|jaar|boven|onder|gemiddeld|gemiddelde|inwoners|geen|sinds|bevolking|wonen|huishoudens|inkomen|veiligheid|energie)\b/i;

export function areaJourneys({ on, api, axe, areas, own, last, method, newest, dutch, sideways }) {
  const named = (id) => areas.find((a) => a.code === id);
  const some = [...areas.filter((_, k) => k % 14 === 0), ...['BU99011002', 'BU99010902', 'BU99010403'].map(named)].filter((a) => a && last.totaal[a.nr] !== null);
  const pageOf = (code) => api(`/api/v1/gebieden/${code}`);
  const open = async (page, tab, path) => { await tab.go(path); await settle(page); };
  return [
    ...[320, 360, 1280].map((width) => [`area: at ${width} px no word of the chart touches a line or another word`, () => on({ width }, async (page, tab) => {
      for (const a of some) {
        await open(page, tab, `/buurt/${a.code}`);
        await page.waitForSelector('.linechart .line.own path');
        await page.evaluate(() => document.fonts.ready);
        const faults = await page.evaluate(touching);
        expect(faults.length === 0, `${a.naam}: ${faults.join('; ')}`);
      }
    })]),
    ['area: the chart stops at a year without data and at another release, and says so', () => on({}, async (page, tab) => {
      await page.route(`**/api/v1/gebieden/${own.code}*`, async (r) => {
        const answer = await r.fetch(), d = await answer.json(), s = d.scores[0];
        s.uitgaven = s.perioden.map((p) => (p < '2019' ? '2022' : '2024'));
        s.totaal[3] = s.klasse[3] = s.klasseNaam[3] = null;
        d.waarden.find((w) => w.indicator === method.totaal).reeks.at(-1).status = 'provisional';
        await r.fulfill({ response: answer, json: d });
      });
      await open(page, tab, `/buurt/${own.code}`);
      same(await page.locator('.line.own path').count(), 3, 'stretches of the line');
      expect((await page.textContent('.joint text')).includes('2024'), 'the new release is named');
      const across = await page.evaluate(() => {
        const at = document.querySelector('.joint path').getBBox().x;
        return [...document.querySelectorAll('.line.own path')].filter((w) => { const b = w.getBBox(); return b.x < at && b.x + b.width > at; }).length;
      });
      same(across, 0, 'stretches over the dotted line');
      same(await page.locator('.provisional').count(), 1, 'hollow dots');
      const note = await page.textContent('#verloop p');
      expect(note.includes('2015') && note.includes('Open rondje') && note.includes('stippellijn'), `the note says «${note}»`);
      same((await page.evaluate(touching)).join('; '), '', 'words that touch');
      await page.click('[aria-controls=verloop]:not([aria-selected=true])');
      expect((await page.textContent('#verloop tbody tr:nth-child(4)')).includes('geen gegevens'), 'the table says why a year is empty');
    })],
    ['area: without a band no hatch stands in a legend', () => on({}, async (page, tab) => {
      await open(page, tab, `/buurt/${own.code}`);
      const drawn = (await page.locator('main .grid:has(.linechart), main .grid:has(.wheel)').allTextContents()).join(' ');
      expect(drawn.length > 100 && !/onzeker/.test(drawn), 'no word of a band that is not drawn');
    })],
    ['area: the wheel says in words what it shows, its table holds the same figures', () => on({}, async (page, tab) => {
      await open(page, tab, `/buurt/${own.code}`);
      const s = (await pageOf(own.code)).scores[0], k = s.perioden.indexOf(newest);
      const label = await page.getAttribute('.wheel', 'aria-label');
      for (const p of s.dimensies) expect(label.includes(`${p.naam} `) && label.includes(dutch(p.waarden[k])), `${p.naam} is not told: ${label}`);
      same(await page.locator('.wheel-says').count(), s.dimensies.length, 'words around the wheel');
      for (const [i, p] of s.dimensies.entries()) {
        await page.locator('.parts .chip').nth(i).click();
        const says = await page.textContent('.part-says');
        expect(says.includes(p.naam) && says.includes(dutch(p.waarden[k])), `pressing ${p.naam} says «${says}»`);
      }
      await page.click('[aria-controls=delen]:not([aria-selected=true])');
      const rows = await page.$$eval('#delen > .scroll:first-child tbody tr:not(.sum)', (all) => all.map((r) => [...r.querySelectorAll('.num')].map((c) => c.textContent).join(' ')));
      same(rows.join('\n'), s.perioden.map((_, i) => s.dimensies.map((p) => dutch(p.waarden[i])).join(' ')).join('\n'), 'the table of the parts');
    })],
    ['area: every figure by theme, its years at a press, each with its source', () => on({}, async (page, tab) => {
      await open(page, tab, `/buurt/${own.code}`);
      const d = await pageOf(own.code), people = d.waarden.find((w) => w.indicator === 'residents');
      same(await page.textContent('.themes h3 >> nth=0'), 'Bevolking', 'the first theme');
      await page.locator('.opens', { hasText: people.naam }).first().click();
      const shown = await page.$$eval('#jaren-residents .num', (all) => all.map((c) => c.textContent));
      same(shown.join(' '), [...people.reeks].reverse().map((r) => r.waarde.toLocaleString('nl-NL')).join(' '), 'inhabitants through the years');
      await page.locator('#jaren-residents .num').nth(2).click();
      await page.waitForSelector('.source dl');
      expect((await page.textContent('.source')).includes(people.reeks.at(-3).periode), 'the source is that of the year pressed');
    })],
    ...[['BU99010501', 'Deze buurt heeft te weinig inwoners voor een score. Bekijk de wijk'], ['BU99011102', 'niet gemeten']].filter(([code]) => named(code)).map(([code, why]) => [`area: without a score the page says why (${why})`, () => on({ width: 360 }, async (page, tab) => {
      await open(page, tab, `/buurt/${code}`);
      const lead = await page.textContent('.lead');
      expect(lead.includes(why), `the page says «${lead}»`);
      same(await page.locator('.wheel, .top-row .linechart').count(), 0, 'empty pictures');
      await page.waitForSelector('.course select');
      await page.selectOption('#welkcijfer', 'residents');
      await page.waitForFunction(() => /^Inwoners: sinds 2012 /.test(document.querySelector('#cijferverloop p')?.textContent ?? ''), null, { timeout: 8000 });
      await page.click('.course [role=tab]:has-text("Tabel")');
      const people = (await pageOf(code)).waarden.find((w) => w.indicator === 'residents').reeks.filter((r) => r.waarde !== null);
      same(await page.locator('#cijferverloop tbody tr').count(), people.length, 'years in the table');
      same(await page.textContent('#cijferverloop tbody tr >> nth=-1 >> .num'), people.at(-1).waarde.toLocaleString('nl-NL'), 'newest figure');
      same((await violations(page, axe, '.course')).join('\n'), '', 'findings');
      expect(await sideways(page) <= 0, 'no scrolling sideways');
      await page.click('.lead a');
      await page.waitForURL(/\/wijk\//);
    })]),
    ['area: figures above a thousand are parted, in each language its own way', () => on({}, async (page, tab) => {
      const gm = (await pageOf(own.code)).pad[0];
      for (const [lang, mark] of [['nl', '.'], ['en', ',']]) {
        await open(page, tab, `/gemeente/${gm.code}`);
        await page.click(`.lang [lang=${lang}]`);
        await page.waitForFunction((l) => document.documentElement.lang === l && !document.querySelector('.loading'), lang);
        await settle(page);
        const text = await page.evaluate(() => [...document.querySelectorAll('h1, .lead, .num, .state p')].map((e) => e.textContent).join(' | '));
        expect(text.includes(mark === '.' ? '109.985' : '109,985'), `the inhabitants of ${gm.naam}: ${text.slice(0, 200)}`);
        const raw = (text.match(/(?<![.,\d])\d{4,}/g) ?? []).filter((n) => !/^(19|20)\d\d$/.test(n));
        same(raw.join(' '), '', `figures without a mark in ${lang}`);
        const wrong = lang === 'nl' ? /\d\.\d\b(?!\d)/ : /\d,\d\b(?!\d)/;
        expect(!wrong.test(text.replace(/Leefbaarometer \d\.\d/g, '')), `a decimal sign of the other language: ${wrong.exec(text)}`);
      }
    })],
    ['area: nothing Dutch is left in English', () => on({ lang: 'en' }, async (page, tab) => {
      for (const path of [`/buurt/${own.code}`, '/buurt/BU99010501', '/buurt/BU99011102', '/wijk/WK990110']) {
        await open(page, tab, path);
        const left = (await page.evaluate(() => document.querySelector('main').innerText.split('\n'))).filter((l) => dutchWords.test(l));
        same(left.join(' | '), '', path);
      }
    })],
    ...[320, 1280].map((width) => [`source: at ${width} px the panel never covers its figure, Esc gives the focus back`, () => on({ width, touch: width < 720 }, async (page, tab) => {
      await open(page, tab, `/buurt/${own.code}`);
      await page.waitForLoadState('networkidle');
      const figures = await page.locator('main .num:visible').elementHandles(); // not those in what is folded up
      expect(figures.length > 10, `${figures.length} figures`);
      for (let k = 0; k < figures.length; k += 3) {
        const figure = figures[k];
        if (width < 720) await figure.tap(); else await figure.click();
        await page.waitForSelector('.source dl');
        const at = await figure.evaluate((el) => {
          const a = el.getBoundingClientRect(), b = document.querySelector('.source').getBoundingClientRect();
          return { figure: [a.left, a.top, a.right, a.bottom], panel: [b.left, b.top, b.right, b.bottom], wide: document.documentElement.clientWidth, tall: innerHeight };
        });
        const [l, t, r, b] = at.figure, [pl, pt, pr, pb] = at.panel;
        expect(pl >= r || pr <= l || pt >= b || pb <= t, `figure ${k} is covered: ${JSON.stringify(at)}`);
        expect(t > -1 && b < at.tall + 1, `figure ${k} is out of sight: ${JSON.stringify(at)}`);
        expect(pl >= 0 && pr <= at.wide, `the panel sticks out: ${JSON.stringify(at)}`);
        if (width < 720) expect(Math.abs(pb - at.tall) < 2, `the sheet hangs: ${JSON.stringify(at)}`);
        expect((await sideways(page)) <= 0, 'no sideways scroll with the panel open');
        await page.keyboard.press('Escape');
        same(await page.locator('.source').count(), 0, 'panels left');
        expect(await figure.evaluate((el) => el === document.activeElement), `focus is back on figure ${k}`);
      }
    })]),
    ['source: a mean of buurten says how many, an empty figure says why', () => on({}, async (page, tab) => {
      const gm = (await pageOf(own.code)).pad[0], known = last.totaal.filter((v) => v !== null).length;
      await open(page, tab, `/gemeente/${gm.code}`);
      await page.locator('.state .num').first().click();
      await page.waitForSelector('.source dl');
      const made = await page.textContent('.source');
      expect(made.includes(`${known} buurten`) && made.includes('gewogen naar inwoners'), `the panel says «${made}»`);
      await page.keyboard.press('Escape');
      await open(page, tab, '/buurt/BU99010501');
      await page.locator('.num.quiet').first().click();
      await page.waitForSelector('.source dl');
      expect((await page.textContent('.source')).includes('te klein om te tonen'), 'the panel of a hidden figure says so');
    })],
    ['source: Tab stays in the panel, a press elsewhere closes it, its link leaves it behind', () => on({}, async (page, tab) => {
      await open(page, tab, `/buurt/${own.code}`);
      const figure = page.locator('.state .num').first();
      await figure.focus();
      await page.keyboard.press('Enter');
      await page.waitForSelector('.source dl');
      for (let k = 0; k < 5; k++) {
        await page.keyboard.press('Tab');
        expect(await page.evaluate(() => document.querySelector('.source').contains(document.activeElement)), `after ${k + 1} Tabs the focus is inside`);
      }
      await page.mouse.click(20, 300);
      same(await page.locator('.source').count(), 0, 'panels after a press elsewhere');
      await figure.click();
      await page.click('.source a[href="/gegevens"]');
      await page.waitForURL(/\/gegevens/);
      same(await page.locator('.source').count(), 0, 'panels on the next page');
    })],
    ...[360, 1280].map((width) => [`area: what can be pressed is at least 24 px, at ${width} px`, () => on({ width }, async (page, tab) => {
      for (const path of [`/buurt/${own.code}`, '/buurt/BU99010501', '/wijk/WK990110']) {
        await open(page, tab, path);
        same((await page.evaluate(small)).join('; '), '', path);
      }
    })]),
    ['axe: the area page with its tables, its years and a panel open', () => on({}, async (page, tab) => {
      await open(page, tab, `/buurt/${own.code}`);
      for (const other of await page.locator('.tabs [aria-selected=false]').all()) await other.click();
      await page.locator('.opens').first().click();
      await page.locator('.years-of .num').first().click();
      await page.waitForSelector('.source dl');
      await page.waitForTimeout(300); // colours take 150 ms to change
      const found = await violations(page, axe);
      same(found.join('\n'), '', 'findings');
    })],
    ['area: on paper no buttons stand, and the pictures do', () => on({}, async (page, tab) => {
      await open(page, tab, `/buurt/${own.code}`);
      await page.emulateMedia({ media: 'print' });
      for (const gone of ['.tabs', '.chips', '.find', '.lang', '.top nav', '.bottom']) expect(!(await page.locator(gone).first().isVisible()), `${gone} is printed`);
      for (const there of ['h1', '.linechart svg', '.wheel', '.themes']) expect(await page.locator(there).first().isVisible(), `${there} is not printed`);
    })],
  ];
}
