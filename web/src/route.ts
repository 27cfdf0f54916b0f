// SPDX-License-Identifier: EUPL-1.2
// The address is the saved view: one small router over the browser's own history.
import { useEffect, useState } from 'preact/hooks';

const heard = new Set<() => void>();
const tell = () => heard.forEach((f) => f());
/** A page with work in hand asks before it is left: it gets what to do when the visitor leaves all the same. */
let hold: ((leave: () => void) => void) | null = null, held = '';
export function holdPage(ask: typeof hold): void {
  hold = ask;
  held = location.pathname + location.search;
}
addEventListener('popstate', () => {
  const ask = hold, to = location.pathname + location.search;
  if (!ask || location.pathname === held.split('?')[0]) return tell();
  history.pushState(null, '', held);
  ask(() => { hold = null; go(to); });
});

export function go(to: string, replace = false): void {
  if (to === location.pathname + location.search) return;
  const page = to.split('?')[0] !== location.pathname, ask = hold;
  if (page && ask) return ask(() => { hold = null; go(to, replace); });
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  tell();
  if (page) {
    scrollTo(0, 0);
    entering = true;
    (document.activeElement as HTMLElement | null)?.blur();
    arrive();
  }
}
/** After a link the focus goes into the page, also when that is only drawn a while later; until the visitor does something. */
let entering = false;
export function arrive(): void {
  if (entering && document.activeElement === document.body) document.getElementById('inhoud')?.focus({ preventScroll: true });
}
for (const act of ['pointerdown', 'keydown']) addEventListener(act, () => { entering = false; }, true);
export function usePlace(): URL {
  const [href, set] = useState(location.href);
  useEffect(() => {
    const f = () => set(location.href);
    heard.add(f);
    f();
    return () => { heard.delete(f); };
  }, []);
  return new URL(href);
}
/** Follows links within the app without loading the page anew. */
document.addEventListener('click', (e) => {
  const a = (e.target as Element).closest?.('a');
  if (!a || e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || a.target || a.origin !== location.origin) return;
  if (/^\/(api|sessie|ogc|tegels|gezond|metrics|volg\/gebied)/.test(a.pathname) || (a.hash && a.pathname === location.pathname)) return;
  e.preventDefault();
  go(a.pathname + a.search);
});
export const hasPage = (niveau: string) => ['buurt', 'wijk', 'gemeente', 'pc4'].includes(niveau);
export const pageOf = (niveau: string, code: string) => `/${niveau}/${code}`;
/** What the page of an address is about: «BU…» in /buurt/BU…. */
export const idOf = (place: URL) => decodeURIComponent(place.pathname.split('/')[2] ?? '');
