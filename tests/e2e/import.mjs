// SPDX-License-Identifier: EUPL-1.2
// The import page, step by step: what a visitor sees, hears and does with a file, in both languages and at both widths. States
// that need a slow, full or absent server come from replay.mjs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, openPage, pictures, same, settle, startServer, violations } from './lib.mjs';
import { replay } from './replay.mjs';

const PAGE = '/gegevens/import', PRIMARY = 'main > section .utrecht-button--primary-action, .now .utrecht-button--primary-action';
const csv = (name, ...lines) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(lines.join('\r\n') + '\r\n') });
const small = (name = 'telling 2024.csv') => csv(name, 'gwb_code;aantal mensen', 'BU99010101;1204');
const heading = (page, word) => page.waitForFunction((w) => new RegExp(w).test(document.querySelector('main h1')?.textContent ?? ''), word, { timeout: 20000 });
const names = [
  { naam: 'Weversveen-Oost', code: 'BU99010102', codeNaam: 'Weversveen', zekerheid: 0.88 }, { naam: 'Weversveen-Oost', code: 'BU99010112', codeNaam: 'Weverswijk', zekerheid: 0.71 },
  { naam: 'De Spoelhof e.o.', code: 'BU99010101', codeNaam: 'Spoelhof', zekerheid: 0.96 }];
const known = [
  { bron: 'kwb-selectie-csv', titel: 'Kerncijfers wijken en buurten', zeker: true, waarom: 'De kolom gwb_code en 12 andere horen bij deze bron.' },
  { bron: 'statline-csv', titel: 'StatLine-tabel (CSV)', zeker: false, waarom: 'Het bestand heeft puntkomma’s en een kolom met een regiocode.' }];

export function importJourneys({ browser, base, axe }) {
  const on = (opt, how, f) => async () => {
    const tab = await openPage(browser, base, opt), { page } = tab, r = await replay(page, { ...how });
    if (!how.noKey) await page.addInitScript((k) => { if (!sessionStorage.getItem('wijk-sleutel')) sessionStorage.setItem('wijk-sleutel', k); }, r.key);
    try {
      await f(page, tab, r);
      const faults = tab.faults.filter((x) => !/status of [45]\d\d|ERR_FAILED/.test(x));
      expect(faults.length === 0, faults.slice(0, 3).join('\n'));
    } finally {
      await tab.close();
    }
  };
  const give = (page, ...files) => page.setInputFiles('.drop input[type=file]', files);
  const begin = async (page, tab, ...files) => {
    await tab.go(PAGE);
    await page.waitForSelector('.drop');
    if (files.length) await give(page, ...files);
  };
  /** No sideways scroll, nothing for axe, one heading; and a picture. */
  const sound = async (page, name, opt) => {
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over <= 0, `${name} is ${over} px too wide`);
    same(await page.locator('main h1').count(), 1, `headings in ${name}`);
    const found = await violations(page, axe);
    expect(found.length === 0, `${name}: ${found.join('\n')}`);
    if (opt) await page.screenshot({ path: join(pictures, `import-${name}-${opt.lang}-${opt.width}.png`), fullPage: true });
  };
  const every = ['nl', 'en'].flatMap((lang) => [360, 1280].map((width) => ({ lang, width })));
  const walkThrough = async (page, tab, r, check) => {
    const { how } = r;
    await begin(page, tab);
    await check('1-begin');
    await give(page, small(), small('tweede bestand met een lange naam over de buurten van 2023.csv'));
    await page.waitForSelector('.columns-of .pick');
    await check('2-indeling');
    await page.click('#kolom-3');
    await page.keyboard.type('woz');
    await page.waitForSelector('#kolom-3-lijst [role=option]');
    await check('3-zoek');
    await page.keyboard.press('Enter');
    Object.assign(how, { ms: 6500, voorstellen: names });
    await page.click(PRIMARY);
    await page.waitForSelector('.progress');
    await check('4-lezen');
    await page.waitForFunction(() => /langer dan|longer than/.test(document.querySelector('.progress')?.textContent ?? ''), null, { timeout: 8000 });
    await check('5-traag');
    await page.waitForSelector('.found', { timeout: 15000 });
    how.ms = 200;
    await page.click('summary:has(h2)');
    await page.click('details .act button');
    await check('6-proef');
    await page.click('.now .utrecht-button--primary-action');
    await heading(page, 'geladen\\.|been loaded');
    await check('7-geladen');
    Object.assign(how, { herkend: known, fout: 'In kolom «bsn» staan burgerservicenummers. Gegevens van personen laden wij niet.' });
    await begin(page, tab, small('kwb.csv'));
    await page.waitForSelector('.sources');
    await check('8-herkend');
    await page.click(PRIMARY);
    await page.waitForSelector('main .failed');
    await check('9-geweigerd');
    Object.assign(how, { fout: null, refuse: { 'POST lijst': [413, ''] } });
    await begin(page, tab, small('groot.csv'), { name: 'leeg.csv', mimeType: 'text/csv', buffer: Buffer.alloc(0) });
    await page.waitForFunction(() => document.querySelectorAll('.files li').length >= 4);
    await check('10-niet-gestuurd');
    how.closed = true;
    await tab.go(PAGE);
    await page.waitForSelector('.drop .dashed');
    await check('11-geen-recht');
    how.closed = false;
    await page.evaluate(() => sessionStorage.setItem('wijk-sleutel', 'oude-sleutel'));
    await tab.go(PAGE);
    await page.waitForSelector('#sleutel');
    await check('12-sleutel');
  };
  return [
    ...every.map((opt) => [`import: every step is sound, ${opt.lang}, ${opt.width} px`, on(opt, {}, (page, tab, r) => walkThrough(page, tab, r, (name) => sound(page, name, opt)))]),
    ['import: every step at 200% text', on({ width: 640 }, {}, async (page, tab, r) => {
      await walkThrough(page, tab, r, async (name) => {
        await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(over <= 0, `${name} is ${over} px too wide`);
      });
    })],
    ['import: by keyboard alone, and each step takes the focus', on({}, {}, async (page, tab, r) => {
      const at = () => page.evaluate(() => ({ tag: document.activeElement.tagName, text: document.activeElement.textContent, id: document.activeElement.id }));
      const tabTo = async (what, most = 60) => {
        for (let k = 0; k < most; k++) {
          await page.keyboard.press('Tab');
          const now = await at();
          if (now.id === what || now.text === what) return;
        }
        throw new Error(`Tab does not reach «${what}»`);
      };
      await tab.go('/gegevens');
      await page.waitForSelector('.onesource');
      await tabTo('Importeer een bestand');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.drop');
      const chooser = page.waitForEvent('filechooser'); // asked for in time: the browser takes a moment to hand it over
      chooser.catch(() => undefined); // told by the await below
      await tabTo('Kies bestanden');
      await page.keyboard.press('Enter');
      await (await chooser).setFiles([small()]);
      await page.waitForSelector('.columns-of .pick');
      same((await at()).tag, 'H1', 'focus after sending');
      await tabTo('kolom-3');
      await page.keyboard.type('WOZ waarde');
      await page.waitForSelector('#kolom-3-lijst [role=option]');
      expect(await page.getAttribute('#kolom-3', 'aria-activedescendant'), 'the marked hit is told');
      await page.keyboard.press('Enter');
      same(await page.inputValue('#kolom-3'), 'Gemiddelde WOZ-waarde', 'what was chosen');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Escape');
      same(await page.inputValue('#kolom-3'), 'Gemiddelde WOZ-waarde', 'Esc leaves it');
      await tabTo('Controleer het bestand');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.found');
      same((await at()).tag, 'H1', 'focus on the counts');
      same(await page.textContent('main h1'), '1.204 van 1.208 regels zijn goed. 4 regels gaan niet mee.', 'the sentence');
      await tabTo('Laad alles');
      await page.keyboard.press('Enter');
      expect(!r.calls.some((c) => c.path.endsWith('/laden')), 'a dashed button does nothing');
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Enter');
      await heading(page, 'geladen\\.');
      same(r.calls.filter((c) => c.path.endsWith('/laden')).map((c) => c.body.keuze).join(), 'goedeRegels', 'what was asked');
      expect(r.calls.filter((c) => c.method === 'POST').every((c) => /^[0-9a-f]{32}$/.test(c.once)), 'each act has its own mark');
    })],
    ['import: the first rows change with the mapping', on({}, {}, async (page, tab, r) => {
      await begin(page, tab, small());
      await page.waitForSelector('.columns-of .pick');
      const read = async (name) => (await page.locator('.reads > div', { hasText: name }).locator('li').allTextContents()).join(' · ');
      same(await read('Inwoners'), '«1.204» wordt 1.204 · «873» wordt 873 · «-» ontbreekt · «2.051» wordt 2.051 · «377» wordt 377', 'thousands, since another column has decimal commas');
      await page.click('input[name=decimaal][value=punt]');
      same(await read('Inwoners'), '«1.204» wordt 1,204 · «873» wordt 873 · «-» ontbreekt · «2.051» wordt 2,051 · «377» wordt 377', 'as decimals');
      expect((await page.textContent('.mention')).includes('duizendtal'), 'the doubt is said');
      await page.click('input[name=decimaal][value=komma]');
      await page.click('#kolom-3');
      await page.keyboard.type('gemiddelde woz');
      await page.keyboard.press('Enter');
      same(await read('WOZ-waarde'), '«213,5» wordt 213,5 · «187,2» wordt 187,2 · «-99997» wordt \u221299.997 · leeg ontbreekt · «301» wordt 301', 'before the sign for secret');
      await page.fill('#geheim', '-99997');
      expect((await read('WOZ-waarde')).includes('«-99997» geheim'), 'after it');
      same(await page.locator('.reads .odd').count(), 1, 'the code that does not fit is marked');
      await page.reload();
      await page.waitForSelector('.columns-of .pick');
      same(await page.inputValue('#geheim'), '-99997', 'a reload keeps what was typed');
      await page.fill('#jaar', '');
      await page.click(PRIMARY);
      expect((await page.textContent('.still')).includes('het jaar'), 'it says what is missing');
      expect(!r.calls.some((c) => c.path.endsWith('/proef')), 'and asks nothing');
      await page.fill('#jaar', '2024');
      await page.click(PRIMARY);
      await page.waitForSelector('.found');
      const { velden, ...rest } = r.calls.find((c) => c.path.endsWith('/proef')).body.indeling;
      same(JSON.stringify(rest), JSON.stringify({ niveau: 'buurt', gebied: { kolom: 'gwb_code', soort: 'code' }, periode: { jaar: 2024 }, decimaal: 'komma', ontbrekend: ['-'], geheim: ['-99997'] }), 'what was asked');
      same(velden.map((v) => v.kolom).join(), 'aantal mensen,gem. WOZ', 'of which columns');
    })],
    ['import: the list of refused rows as CSV, safe in a spreadsheet', on({}, {}, async (page, tab) => {
      await begin(page, tab, small());
      await page.waitForSelector('.columns-of .pick');
      await page.click(PRIMARY);
      await page.waitForSelector('.found');
      const [file] = await Promise.all([page.waitForEvent('download'), page.click('button:has-text("Download de lijst")')]);
      const text = readFileSync(await file.path(), 'utf8');
      same(file.suggestedFilename(), 'bevindingen-telling 2024.csv', 'its name');
      expect(text.includes('"14";"gwb_code";"«BU9901010X» is geen code van een buurt.";"Bedoelt u BU99010104?"'), 'line, column, reason and cure');
      expect(text.includes(`"'=1+1"`) && !text.includes(';"=1+1"'), 'no formula');
      same(text.trim().split('\r\n').length, 7, 'lines');
    })],
    ['import: names are joined only after a yes to each', on({}, { voorstellen: names }, async (page, tab, r) => {
      await begin(page, tab, small());
      await page.waitForSelector('.columns-of .pick');
      await page.click(PRIMARY);
      await page.waitForSelector('.names');
      same(await page.locator('.names input:checked').count(), 0, 'nothing is chosen beforehand');
      await page.click('.names button');
      same(r.calls.filter((c) => c.path.endsWith('/proef')).length, 1, 'not before all are answered');
      await page.click('.names input[value=BU99010112]');
      await page.locator('.names fieldset').nth(1).locator('input[value=""]').click();
      await page.click('.names button');
      await page.waitForFunction(() => !document.querySelector('.names') && document.querySelector('.found'));
      same(JSON.stringify(r.calls.filter((c) => c.path.endsWith('/proef'))[1].body.koppelingen), '[{"naam":"Weversveen-Oost","code":"BU99010112"}]', 'what was joined');
    })],
    ['import: leaving while it runs asks first; a reload finds it again', on({}, { ms: 60000 }, async (page, tab, r) => {
      // Who is as quick as can be: the turn after the progress stands there.
      const quick = (f, arg) => page.evaluate(([f, arg]) => {
        const act = new Function('arg', f), seen = new MutationObserver(() => { if (document.querySelector('.progress')) { seen.disconnect(); setTimeout(() => act(arg), 0); } });
        seen.observe(document.body, { childList: true, subtree: true });
      }, [f, arg]);
      await begin(page, tab, small());
      await page.waitForSelector('.columns-of .pick');
      await quick('document.querySelector(arg).click()', '.top nav a[href="/kaart"]');
      await page.click(PRIMARY);
      await page.waitForSelector('dialog[open]');
      await sound(page, 'weggaan', { lang: 'nl', width: 1280 });
      await page.keyboard.press('Escape');
      expect(page.url().includes(PAGE), 'still here');
      page.on('dialog', (d) => void d.accept());
      await page.reload();
      await page.waitForSelector('.progress');
      expect((await page.textContent('main h1')).includes('Wij lezen telling 2024.csv'), 'the same import');
      await page.click('.path a[href="/gegevens/import"]');
      await page.waitForSelector('.files a');
      expect((await page.textContent('.files')).includes('wordt gelezen'), 'it stands in the list');
      await page.click('.files a');
      await page.waitForSelector('.progress');
      await page.click('.top nav a[href="/gegevens"]');
      await page.waitForSelector('dialog[open]');
      await page.click('dialog button:has-text("Ga weg")');
      await page.waitForSelector('.onesource');
      same(r.calls.filter((c) => c.method === 'DELETE').length, 0, 'leaving stops nothing');
      await page.evaluate((to) => { document.querySelector('main').append(Object.assign(document.createElement('a'), { href: to, id: 'terug', textContent: 'terug' })); }, `${PAGE}?id=i1`);
      await quick('history.back()');
      await page.click('#terug');
      await page.waitForSelector('dialog[open]');
      expect(page.url().endsWith(`${PAGE}?id=i1`), `the back button asks too: ${page.url()}`);
      await page.click('dialog button:has-text("Ga weg")');
      await page.waitForSelector('.onesource');
    })],
    ['import: Stop stops, Laad niets loads nothing', on({}, { ms: 60000 }, async (page, tab, r) => {
      await begin(page, tab, small());
      await page.waitForSelector('.columns-of .pick');
      await page.click(PRIMARY);
      await page.waitForSelector('.progress');
      await page.click('.progress button');
      await heading(page, 'Gestopt');
      same(r.now.size, 0, 'imports left');
      await page.waitForTimeout(1500); // longer than it is asked again how far the server is
      same(await page.textContent('main h1').then((t) => t.includes('Gestopt')), true, 'it goes on saying so');
      await page.click('main a:has-text("Kies een ander bestand")');
      await page.waitForSelector('.drop');
      await give(page, small());
      await page.waitForSelector('.columns-of .pick');
      await page.click('button:has-text("Laad niets")');
      await heading(page, 'niets geladen');
      same(r.now.size, 0, 'imports left');
    })],
    ['import: the server goes away while it runs and comes back', on({}, { ms: 12000 }, async (page, tab, r) => {
      await begin(page, tab, small());
      await page.waitForSelector('.columns-of .pick');
      r.how.refuse = { 'GET lijst': [503, ''] };
      const listed = page.waitForResponse((a) => a.status() === 503);
      await page.click(PRIMARY);
      await page.waitForSelector('.progress');
      await listed;
      r.how.gone = true;
      await page.waitForFunction(() => document.querySelector('main .mention')?.textContent.includes('Geen verbinding'), null, { timeout: 10000 });
      r.how.gone = false;
      await page.waitForSelector('.found', { timeout: 30000 });
    })],
    ['import: refused with 409, the way on is to check again', on({}, { refuse: { 'POST laden': [409, 'Intussen is een ander bestand geladen.'] } }, async (page, tab) => {
      await begin(page, tab, small());
      await page.waitForSelector('.columns-of .pick');
      await page.click(PRIMARY);
      await page.waitForSelector('.found');
      await page.click('.now .utrecht-button--primary-action');
      await page.waitForSelector('.now .failed');
      expect((await page.textContent('.now .failed')).includes('een ander bestand geladen'), 'the sentence of the server');
      await page.click('.now .failed button');
      await page.waitForSelector('.columns-of .pick');
    })],
    ['import: the key leaves the address bar; a wrong one can be mended', on({}, { noKey: true }, async (page, tab, r) => {
      await tab.go(PAGE);
      await page.waitForSelector('#sleutel');
      expect((await page.textContent('main h1')).includes('sleutel nodig'), 'a key is asked for');
      await page.evaluate(() => { location.hash = '#sleutel=verkeerd'; });
      await heading(page, 'klopt niet');
      expect(!page.url().includes('verkeerd'), `the address keeps the key: ${page.url()}`);
      await page.fill('#sleutel', `http://127.0.0.1:8080/gegevens/import#sleutel=${r.key}`);
      await page.keyboard.press('Enter');
      await page.waitForSelector('.drop');
      await page.reload();
      await page.waitForSelector('.drop');
      await page.evaluate(() => sessionStorage.clear());
      await page.goto(`${base}${PAGE}#sleutel=${r.key}`);
      await page.reload();
      await page.waitForSelector('.drop');
      expect(!page.url().includes('#'), `the address keeps the key: ${page.url()}`);
    })],
    ['import: a dropped file, and more than one after another', on({}, {}, async (page, tab, r) => {
      await begin(page, tab);
      const drop = (type) => page.evaluate((kind) => {
        const t = new DataTransfer();
        for (const n of ['een.csv', 'twee.csv', 'drie.csv']) t.items.add(new File(['a;b\n1;2\n'], n, { type: 'text/csv' }));
        document.querySelector('.drop').dispatchEvent(new DragEvent(kind, { dataTransfer: t, bubbles: true, cancelable: true }));
      }, type);
      await drop('dragover');
      await page.waitForSelector('.drop.over');
      await drop('drop');
      await page.waitForSelector('.columns-of .pick');
      await page.waitForFunction(() => document.querySelectorAll('.files a').length === 2);
      same([...r.now.values()].map((i) => i.naam).join(), 'een.csv,twee.csv,drie.csv', 'in order');
      await page.click('.files a');
      await page.waitForFunction(() => document.querySelector('main .lead')?.textContent === 'twee.csv');
    })],
  ];
}

/** The same page against the server itself, from the key it shows to the number on the page of a buurt. */
export function importServerJourneys({ browser, axe }) {
  const at = (f) => async () => {
    const server = await startServer(undefined, '--import'), tab = await openPage(browser, server.base);
    try {
      const api = (path) => fetch(server.base + path).then((r) => r.json()), level = (await api('/api/v1')).indelingen.find((d) => d.niveau === 'buurt');
      const areas = (await api(`/api/v1/gebieden?niveau=buurt&indelingsjaar=${level.indelingsjaar}`)).gebieden;
      await f({ server, page: tab.page, tab, api, areas, year: level.indelingsjaar, start: async () => { await tab.go(`${PAGE}#sleutel=${server.key()}`); await tab.page.waitForSelector('.drop'); } });
      const faults = tab.faults.filter((x) => !/status of 4\d\d/.test(x));
      expect(faults.length === 0, faults.slice(0, 3).join('\n'));
    } finally {
      await tab.close();
      await server.stop();
    }
  };
  const give = (page, ...files) => page.setInputFiles('.drop input[type=file]', files);
  const noneLeft = async (server) => {
    const left = await fetch(`${server.base}/api/v1/importen`, { headers: { Authorization: `Bearer ${server.key()}` } }).then((r) => r.json());
    same(left.importen.length, 0, 'files left on the server');
  };
  const sound = async (page, name) => {
    const found = await violations(page, axe);
    expect(found.length === 0, `${name}: ${found.join('\n')}`);
    await page.screenshot({ path: join(pictures, `import-server-${name}.png`), fullPage: true });
  };
  return [
    ['import, server: a recognised file is loaded whole', at(async ({ page, areas, start }) => {
      await start();
      await give(page, csv('ses.csv', '"Perioden";"Wijken en buurten";"Regiocode (gemeente, wijk, buurt) (code)";"Particuliere huishoudens (Aantal)";"SES-WOA/Totaalscore/Gemiddelde score (Getal)"',
        ...areas.slice(0, 37).map((a, k) => `"2019";"${a.naam}";"${a.code}";"${201 + 3 * k}";"  0,${100 + 7 * k}"`)));
      await heading(page, 'Dit bestand is');
      await sound(page, 'herkend');
      await page.click(PRIMARY);
      await heading(page, 'goed');
      await sound(page, 'alles-goed');
      same(await page.textContent('main h1'), 'Alle 37 regels zijn goed.', 'the sentence');
      await page.click('.now .utrecht-button--primary-action');
      await heading(page, 'zijn geladen');
      await page.waitForSelector('main .num');
      await page.click('main .num');
      await page.waitForSelector('.source dl');
      expect((await page.textContent('.source')).includes('ses.csv'), 'the trace names the file');
    })],
    ['import, server: a wrong header and three bad codes, then the number on the page of the buurt', at(async ({ page, areas, start, api, year }) => {
      const wrong = (code) => code.slice(0, -1) + 'X', good = areas.slice(0, 41), own = good[4];
      await start();
      await give(page, csv('eigen telling 2023.csv', 'buurtje;hoeveel mensen;toelichting', ...good.map((a, k) => `${a.code};${1237 + 11 * k};ja`), ...areas.slice(41, 43).map((a) => `${wrong(a.code)};77;ja`), `${own.code.slice(0, 6)}9999;81;ja`));
      await heading(page, 'Wijst u de kolommen aan|niet zeker');
      await page.selectOption('#gebied', 'buurtje');
      await page.fill('#jaar', '2023');
      await page.focus('#kolom-1');
      await page.keyboard.type('vrouwen');
      await page.waitForSelector('#kolom-1-lijst [role=option]');
      await page.keyboard.press('Enter');
      await sound(page, 'indeling');
      await page.click(PRIMARY);
      await heading(page, 'gaan niet mee');
      same(await page.textContent('main h1'), '41 van 44 regels zijn goed. 3 regels gaan niet mee.', 'the sentence');
      await page.waitForSelector('.found tbody tr');
      await sound(page, 'drie-fout');
      same(await page.locator('.found tbody tr:has-text("gaat niet mee")').count(), 3, 'refused rows');
      expect((await page.textContent('.found')).match(/edoelt u/), `no cure: ${await page.textContent('.found')}`);
      expect((await page.textContent('main')).includes('toelichting'), 'the unknown column is listed');
      await page.click('.now button:has-text("Laad 41 van 44 regels")');
      await heading(page, 'zijn geladen');
      await page.waitForSelector('main .num');
      await sound(page, 'geladen');
      await page.goto(`${page.url().split('/gegevens')[0]}/buurt/${own.code}`);
      await settle(page);
      const told = await api(`/api/v1/herkomst/${own.code}/women/2023?indelingsjaar=${year}`);
      same(told.lading.bestand, 'eigen telling 2023.csv', 'the file');
      same(told.lading.rij, 6, 'the row');
      const row = page.locator('.themes li', { hasText: 'Vrouwen' });
      same((await row.locator('.num').textContent()).replace(/\D/g, ''), String(told.waarde), 'the number on the page');
      expect(Math.abs(told.waarde - (1237 + 11 * 4)) < 5, `${told.waarde} is not that of the row`);
      await row.locator('.num').click();
      await page.waitForSelector('.source dl');
      expect((await page.textContent('.source')).includes('eigen telling 2023.csv'), 'the trace names the file');
      await page.screenshot({ path: join(pictures, 'import-server-buurt.png') });
    })],
    ['import, server: names instead of codes are confirmed one by one', at(async ({ page, areas, start }) => {
      const plain = areas.filter((a) => areas.filter((b) => b.naam === a.naam).length === 1).slice(0, 9);
      await start();
      await give(page, csv('namen 2023.csv', 'naam;mensen', ...plain.map((a, k) => `${k === 3 ? `${a.naam}e` : a.naam};${311 + 7 * k}`)));
      await page.waitForSelector('#gebied');
      await page.selectOption('#gebied', 'naam');
      await page.click('input[name=soort][value=naam]');
      await page.fill('#jaar', '2023');
      await page.focus('#kolom-1');
      await page.keyboard.type('inwoners');
      await page.waitForSelector('#kolom-1-lijst [role=option]');
      await page.keyboard.press('Enter');
      await page.click(PRIMARY);
      await page.waitForSelector('.names');
      await sound(page, 'namen');
      await page.click(`.names input[value=${plain[3].code}]`);
      await page.click('.names button');
      await heading(page, 'Alle 9 regels zijn goed');
      await page.click('.now .utrecht-button--primary-action');
      await heading(page, 'zijn geladen');
    })],
    ['import, server: personal data is refused, the column named', at(async ({ page, areas, start }) => {
      await start();
      await give(page, csv('lijst.csv', 'code;bsn;aantal', ...areas.slice(0, 20).map((a, k) => `${a.code};${['111222333', '123456782', '999999990', '100000009'][k % 4]};${k}`)));
      await heading(page, 'niets geladen');
      expect((await page.textContent('main .failed')).includes('bsn'), `the column: ${await page.textContent('main .failed')}`);
      same(await page.locator('main button:has-text("Pas de indeling aan")').count(), 0, 'no way on with this file');
      await sound(page, 'personen');
    })],
    ['import, server: a trial that runs is stopped, and nothing is left of it', at(async ({ page, areas, start, server }) => {
      await start();
      const version = (await fetch(`${server.base}/api/v1`).then((r) => r.json())).gegevensversie;
      await give(page, { name: 'groot 2024.csv', mimeType: 'text/csv', buffer: Buffer.from(`code;vrouwen\n${areas.map((a) => `${a.code};1237\n`).join('').repeat(28000)}`) });
      await page.waitForSelector('#kolom-1');
      await page.selectOption('#gebied', 'code');
      await page.focus('#kolom-1');
      await page.keyboard.type('vrouwen');
      await page.waitForSelector('#kolom-1-lijst [role=option]');
      await page.keyboard.press('Enter');
      await page.click(PRIMARY);
      await page.click('.progress button');
      await heading(page, 'Gestopt');
      await noneLeft(server);
      same((await fetch(`${server.base}/api/v1`).then((r) => r.json())).gegevensversie, version, 'the data');
    })],
    ['import, server: a mapping is kept as a source, and the next file is recognised by it', at(async ({ page, areas, start }) => {
      const file = (name, plus) => csv(name, 'plek;dames in het gebied', ...areas.slice(0, 23).map((a, k) => `${a.code};${413 + plus + 7 * k}`));
      await start();
      await give(page, file('dames 2023.csv', 0));
      await page.waitForSelector('#gebied');
      await page.selectOption('#gebied', 'plek');
      await page.focus('#kolom-1');
      await page.keyboard.type('vrouwen');
      await page.waitForSelector('#kolom-1-lijst [role=option]');
      await page.keyboard.press('Enter');
      await page.click(PRIMARY);
      await heading(page, 'Alle 23 regels zijn goed');
      await page.click('summary:has(h2)');
      await page.fill('#bron-id', 'eigen-dames');
      await page.fill('#bron-titel', 'Eigen telling dames');
      await page.fill('#bron-uitgever', 'Gemeente Lindewaard');
      await page.fill('#bron-licentie', 'CC BY 4.0');
      await page.click('details .act button');
      await page.waitForFunction(() => /Bewaard als bron eigen-dames/.test(document.querySelector('main').textContent));
      await page.click('.now .utrecht-button--primary-action');
      await heading(page, 'zijn geladen');
      await page.click('main a:has-text("Laad nog een bestand")');
      await page.waitForSelector('.drop');
      await give(page, file('dames 2024.csv', 5));
      await heading(page, 'Dit bestand is Eigen telling dames');
    })],
    ['import, server: without --import nobody may load', async () => {
      const server = await startServer(undefined, '--workers', '2'), tab = await openPage(browser, server.base);
      try {
        await tab.go(PAGE);
        await heading(tab.page, 'mag op deze server niet');
        expect((await tab.page.textContent('main')).includes('wijk serve gemeente.gpkg --import'), 'how to start it');
        await sound(tab.page, 'geen-recht');
      } finally {
        await tab.close();
        await server.stop();
      }
    }],
    ['import, server: reload, load nothing, wrong key', at(async ({ page, tab, areas, start, server }) => {
      await start();
      await give(page, csv('telling 2022.csv', 'code;aantal', ...areas.map((a, k) => `${a.code};${k}`)));
      await page.waitForSelector('#gebied');
      const id = page.url();
      await page.reload();
      await page.waitForSelector('#gebied');
      same(page.url(), id, 'the same import after a reload');
      await tab.go(PAGE);
      await page.waitForSelector('.files a');
      expect((await page.textContent('.files')).includes('telling 2022.csv'), 'it stands in the list');
      await page.click('.files a');
      await page.waitForSelector('#gebied');
      await page.click('button:has-text("Laad niets")');
      await heading(page, 'niets geladen');
      await tab.go(PAGE);
      await page.waitForSelector('.drop');
      same(await page.locator('.files a').count(), 0, 'files left');
      await page.evaluate(() => sessionStorage.setItem('wijk-sleutel', 'x'.repeat(32)));
      await tab.go(PAGE);
      await heading(page, 'sleutel klopt niet');
      await sound(page, 'sleutel');
      await page.fill('#sleutel', server.key());
      await page.keyboard.press('Enter');
      await page.waitForSelector('.drop');
    })],
  ];
}
