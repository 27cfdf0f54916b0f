// SPDX-License-Identifier: EUPL-1.2
// Keeps the pages of a professional open without a connection. It holds the app's own files (their names tell their content) and
// the last public answers those pages ask for, and never anything of who is signed in: /sessie is not its business.
declare const KEEP: string[]; // filled in when the app is bundled: the page, the scripts, the styles and the letters
declare const NAME: string;
interface Life extends Event { waitUntil(p: Promise<unknown>): void }
interface Asked extends Life { request: Request; respondWith(r: Promise<Response>): void }
const self_ = self as unknown as { skipWaiting(): Promise<void>; clients: { claim(): Promise<void> }; addEventListener(n: string, f: (e: never) => void): void; location: Location };

const PAGES = /^\/(signaal|mijn-wijk)$/, READS = /^\/api\/v1(\/themas|\/gebieden|\/gebieden\/[A-Z0-9]+\/signalen)?$/, SHAPES = /^\/ogc\/collections\/buurt-\d{4}\/items\/BU\w+$/, MOST = 60;

self_.addEventListener('install', (e: Life) => e.waitUntil(caches.open(NAME).then((c) => c.addAll(KEEP)).then(() => self_.skipWaiting())));
self_.addEventListener('activate', (e: Life) => e.waitUntil(caches.keys().then((all) => Promise.all(all.filter((n) => n !== NAME).map((n) => caches.delete(n)))).then(() => self_.clients.claim())));

/** The same question in another language has another answer. */
const named = (r: Request) => `${r.url}${r.url.includes('?') ? '&' : '?'}taal=${(r.headers.get('Accept-Language') ?? 'nl').slice(0, 2)}`;
async function fresh(r: Request, key: string): Promise<Response> {
  const c = await caches.open(NAME);
  try {
    const answer = await fetch(r);
    if (answer.ok && answer.type === 'basic') {
      const copy = answer.clone();
      void c.put(key, copy).then(async () => { const keys = await c.keys(), extra = keys.filter((k) => k.url.includes('taal=')); for (const k of extra.slice(0, Math.max(0, extra.length - MOST))) await c.delete(k); });
    }
    return answer;
  } catch (why) {
    const kept = await c.match(key, { ignoreVary: true });
    if (kept) return kept;
    throw why;
  }
}
async function page(r: Request): Promise<Response> {
  try { return await fetch(r); } catch (why) {
    const kept = await caches.match('/signaal', { ignoreVary: true });
    if (kept) return kept;
    throw why;
  }
}
self_.addEventListener('fetch', (e: Asked) => {
  const r = e.request, at = new URL(r.url);
  if (r.method !== 'GET' || at.origin !== self_.location.origin || r.headers.has('Authorization')) return;
  if (r.mode === 'navigate') { if (PAGES.test(at.pathname)) e.respondWith(page(r)); return; }
  if (at.pathname.startsWith('/assets/')) { e.respondWith(caches.match(r, { ignoreVary: true }).then((kept) => kept ?? fetch(r))); return; }
  if (READS.test(at.pathname) || SHAPES.test(at.pathname)) e.respondWith(fresh(r, named(r)));
});
