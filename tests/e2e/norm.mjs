// SPDX-License-Identifier: EUPL-1.2
// Local norms: what a resident reads, one who proposes and cannot decide, another who decides, two who were at it at once, and all of
// it by keyboard.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, openPage, same, settle, startServer, violations } from './lib.mjs';

const people = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../http/people.py');
const PEOPLE = { regie: 'gebiedsregisseur', normen: 'normsteller', normen2: 'normsteller' };

export function normJourneys({ browser, axe, sideways }) {
  let server = null;
  const cookies = {};
  const up = async () => {
    if (server) return;
    server = await startServer((wijk, store) => {
      wijk('demo', store);
      for (const [name, role] of Object.entries(PEOPLE)) {
        const made = spawnSync('python3', [people, store, name, 'GM9901', role, ''], { encoding: 'utf8' });
        if (made.status !== 0) throw new Error(made.stderr);
        cookies[name] = made.stdout.trim();
      }
    });
  };
  const as = async (who, opt, f) => {
    await up();
    const tab = await openPage(browser, server.base, opt);
    if (who) await tab.page.context().addCookies([{ name: '__Host-wijk', value: cookies[who], url: server.base.replace('http:', 'https:'), secure: true, httpOnly: true, sameSite: 'Strict' }]);
    try {
      await f(tab.page, tab);
      expect(tab.faults.filter((x) => !/status of 40[0149]/.test(x)).length === 0, tab.faults.slice(0, 4).join('\n'));
    } finally { await tab.close(); }
  };
  const fill = async (page, value, why) => { await page.selectOption('#soort', 'hoogstens'); await page.fill('#waarde', value); await page.fill('#doeljaar', '2030'); await page.fill('#waarom', why); };
  return [
    ['norms: a resident reads them beside the figure and the national value, also on a phone', async () => {
      await as(null, {}, async (page, tab) => {
        await tab.go('/buurt/BU99010602');
        await settle(page);
        await page.waitForSelector('#normen tbody tr');
        same(await page.locator('#normen tbody tr').count(), 4, 'norms that hold here');
        await page.waitForSelector('#verloop .linechart path.norm', { state: 'attached' });
        expect(/lokale norm: ten minste 0/.test(await page.textContent('#verloop .linechart')) && /Streepjeslijn: de lokale norm,.*van de gemeente Lindewaard/.test(await page.textContent('#verloop')), 'a dashed line with its name');
        await page.locator('.through').getByRole('tab', { name: 'Tabel' }).click();
        expect(/Lokale norm.*ten minste 0.*Landelijk/.test(await page.locator('#verloop tfoot').first().textContent()), 'and in the table');
        const row = page.locator('#normen tbody tr', { hasText: 'energielabel' });
        expect(/ten hoogste 50,5%/.test(await row.textContent()) && /van dit gebied zelf/.test(await row.textContent()) && /Nog 7,9 procentpunt omlaag/.test(await row.textContent()), await row.textContent());
        expect(/van de gemeente Lindewaard/.test(await page.locator('#normen tbody tr', { hasText: 'Gasverbruik' }).textContent()), 'that of the gemeente');
        await row.locator('button.num').click();
        await page.waitForSelector('[role=dialog]');
        await page.keyboard.press('Escape');
        await row.getByRole('link', { name: 'ten hoogste 50,5%' }).click();
        await page.waitForFunction(() => location.pathname === '/normen/BU99010602/energy_label_efg_pct');
        await tab.go('/normen/GM9901/gas_m3');
        await settle(page);
        same(await page.locator('tbody tr').count(), 2, 'versions');
        expect(/900/.test(await page.textContent('tbody')), 'the old one can be read');
        same((await violations(page, axe)).join('\n'), '', 'accessibility');
        expect((await page.getByRole('button', { name: 'Stel een wijziging voor' }).count()) === 0, 'a resident proposes nothing');
      });
      await as(null, { width: 360, height: 780 }, async (page, tab) => {
        for (const path of ['/normen', '/normen/GM9901/gas_m3', '/buurt/BU99010602']) {
          await tab.go(path);
          await settle(page);
          await page.waitForSelector('table.cards');
          same(await sideways(page), 0, `${path} is not wider than a phone`);
        }
      });
    }],
    ['norms: one proposes by keyboard and cannot decide, another decides, a resident sees it', async () => {
      await as('normen', {}, async (page, tab) => {
        await tab.go('/normen?nieuw=BU99010303');
        await settle(page);
        await page.waitForSelector('#indicator option[value=feels_unsafe_pct]', { state: 'attached' });
        await page.selectOption('#indicator', 'feels_unsafe_pct');
        await fill(page, '15', 'Vraag het mevrouw Jansen, 06-12345678.');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await page.waitForSelector('[role=alert]');
        same(await page.inputValue('#waarde'), '15', 'nothing typed is lost');
        await page.fill('#waarom', 'Bewoners vragen om meer licht op straat.');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await page.waitForSelector('main p[role=status] a[href="/voorstellen"]');
        await tab.go('/voorstellen');
        await settle(page);
        await page.waitForSelector('.proposals li');
        expect(/Lokale norm voor Pannenhof/.test(await page.textContent('.proposals')) && (await page.getByRole('button', { name: 'Akkoord' }).count()) === 0, 'its own proposal is not for itself to decide');
      });
      await as('normen2', {}, async (page, tab) => {
        await tab.go('/voorstellen');
        await settle(page);
        await page.getByRole('button', { name: 'Akkoord' }).focus();
        await page.keyboard.press('Enter');
        await page.waitForFunction(() => document.querySelectorAll('.proposals li').length === 0);
      });
      await as(null, {}, async (page, tab) => {
        await tab.go('/buurt/BU99010303');
        await settle(page);
        await page.waitForSelector('#normen tbody tr');
        expect(/ten hoogste 15%.*Nog|Nog 3 procentpunt omlaag/.test(await page.textContent('#normen')), await page.textContent('#normen'));
      });
    }],
    ['norms: who was later sees both sides, and goes on with what was typed', async () => {
      await as('regie', {}, async (page, tab) => {
        await tab.go('/normen/WK990106/energy_label_efg_pct');
        await settle(page);
        await page.getByRole('button', { name: 'Stel een wijziging voor' }).click();
        await fill(page, '30,5', 'Er is meer geld dan gedacht.');
        await as('normen', {}, async (other, tab2) => { // meanwhile somebody else proposes
          await tab2.go('/normen/WK990106/energy_label_efg_pct');
          await settle(other);
          await other.getByRole('button', { name: 'Stel een wijziging voor' }).click();
          await fill(other, '35', 'Het gaat sneller dan verwacht.');
          await other.getByRole('button', { name: 'Stuur voorstel' }).click();
          await other.waitForSelector('main .mention a[href="/voorstellen"]');
        });
        await page.getByRole('button', { name: 'Stuur voorstel' }).click();
        await page.waitForSelector('.clash');
        expect(/30,5/.test(await page.textContent('.clash')) && /35%/.test(await page.textContent('.clash')), await page.textContent('.clash'));
        await as('normen2', {}, async (third, tab3) => {
          await tab3.go('/voorstellen');
          await settle(third);
          await third.getByRole('button', { name: 'Akkoord' }).click();
          await third.waitForFunction(() => document.querySelectorAll('.proposals li').length === 0);
        });
        await page.getByRole('button', { name: 'Sluit' }).click();
        await page.getByRole('button', { name: 'Stuur voorstel' }).click();
        await page.waitForSelector('.clash');
        same((await violations(page, axe)).join('\n'), '', 'accessibility');
        await page.getByRole('button', { name: 'Stel het mijne voor' }).click();
        same(await page.inputValue('#waarde'), '30,5', 'what was typed');
        await page.getByRole('button', { name: 'Stuur voorstel' }).click();
        await page.waitForSelector('main .mention a[href="/voorstellen"]');
      });
      await server.stop();
      server = null;
    }],
  ];
}
