// SPDX-License-Identifier: EUPL-1.2
// Starts the program on a fresh demo store and a browser beside it; counts what passed. Nothing may leave loopback, and a
// word on the browser's error console is a failure of the journey that caused it.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';

const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');
export const pictures = join(root, 'build/e2e');
const freePort = () => new Promise((done) => {
  const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); });
});

const demo = (wijk, store) => wijk('demo', store);
/** Serves the store that make() fills with the program's own commands. rest() stops the server and keeps the store; wake() serves it again.
 * With --import among `more`, key() is the key that the server showed. */
export async function startServer(make = demo, ...more) {
  if (process.env.WIJK_E2E_URL && make === demo && !more.length) return { base: process.env.WIJK_E2E_URL, stop: async () => undefined };
  const program = ['build/release/wijk', 'build/release/src/cli/wijk'].map((p) => join(root, p)).find(existsSync);
  if (!program) throw new Error('build/release holds no program wijk');
  const folder = mkdtempSync(join(tmpdir(), 'wijk-e2e-')), store = join(folder, 'lindewaard.gpkg'), port = await freePort(), base = `http://127.0.0.1:${port}`;
  make((...words) => {
    const made = spawnSync(program, words, { encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`wijk ${words[0]}: ${made.stderr}`);
  }, store, folder);
  let server = null, said = '', shown = '';
  const rest = () => new Promise((done) => {
    if (server.exitCode !== null) return done();
    server.once('exit', () => done());
    server.kill('SIGTERM');
  });
  const stop = async () => { await rest(); rmSync(folder, { recursive: true, force: true }); };
  const wake = async () => {
    server = spawn(program, ['serve', store, '--listen', `127.0.0.1:${port}`, ...more], { stdio: ['ignore', 'pipe', 'pipe'] });
    shown = '';
    server.stdout.on('data', (d) => { shown += d; });
    server.stderr.on('data', (d) => { said += d; });
    for (let k = 0; k < 100; k++) {
      if (server.exitCode !== null) throw new Error(`wijk serve ended: ${said}`);
      if (await fetch(`${base}/gezond`).then((r) => r.ok, () => false)) return;
      await new Promise((f) => setTimeout(f, 100));
    }
    await stop();
    throw new Error(`wijk serve does not answer: ${said}`);
  };
  await wake();
  return { base, stop, rest, wake, program, store, key: () => /#sleutel=([\w-]+)/.exec(shown)?.[1] };
}

export const openBrowser = () => chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--enable-unsafe-swiftshader'] });

/** How many times slower the browser is to be: a page that needs luck on a fast machine shows it on a slow one. */
const SLOW = Number(process.env.WIJK_E2E_SLOW ?? 1);
/** A page with its own watch: errors, and requests to any other host. */
export async function openPage(browser, base, { width = 1280, touch = false, lang = 'nl' } = {}) {
  const context = await browser.newContext({ viewport: { width, height: width < 720 ? 740 : 800 }, hasTouch: touch, reducedMotion: 'reduce' });
  const page = await context.newPage(), faults = [];
  if (SLOW > 1) await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: SLOW });
  await page.addInitScript((l) => { try { localStorage.setItem('taal', l); } catch { /* no storage */ } }, lang);
  page.on('console', (m) => { if (m.type() === 'error') faults.push(`console: ${m.text()}`); });
  page.on('pageerror', (e) => faults.push(`error: ${e.message}`));
  page.on('request', (r) => { if (!/^(data|blob):/.test(r.url()) && new URL(r.url()).hostname !== new URL(base).hostname) faults.push(`off loopback: ${r.url()}`); });
  return { page, faults, go: (path) => page.goto(base + path, { waitUntil: 'load' }), close: () => context.close() };
}
export const settle = async (page) => {
  await page.waitForSelector('main h1');
  await page.waitForFunction(() => !document.querySelector('.loading') && [...document.querySelectorAll('.gl')].every((g) => g.dataset.stil === 'ja'), null, { timeout: 20000 });
};
/** What axe finds wrong in a part of the page (a selector), or in all of it. */
export async function violations(page, axe, part = 'html') {
  await page.evaluate(axe);
  return page.evaluate((where) => window.axe.run(document.querySelector(where), { resultTypes: ['violations'] }).then((r) => r.violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 140)}`)), part);
}
export function expect(truth, what) { if (!truth) throw new Error(what); }
export const same = (a, b, what) => expect(a === b, `${what}: «${a}» is not «${b}»`);

export async function walk(journeys, words) {
  let passed = 0, failed = 0;
  for (const [name, f] of journeys) {
    if (words.length && !words.some((w) => name.includes(w))) continue;
    // A browser on a machine that others use misses a moment now and then: what fails once is walked once more, and both are said.
    const why = (e) => String(e.message).split('\n').slice(0, 6).join('\n  ');
    try {
      await f().catch((e) => { console.log(`again ${name}\n  ${why(e)}`); return f(); });
      passed++;
      console.log(`ok ${name}`);
    } catch (e) {
      failed++;
      console.log(`not ok ${name}\n  ${why(e)}`);
    }
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0;
}
