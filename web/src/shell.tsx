// SPDX-License-Identifier: EUPL-1.2
// What stands around every page: the bar with search and language, the navigation and the foot.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { get, type Hit, type Root } from './api';
import { moment } from './format';
import { go, pageOf } from './route';
import { Offline } from './states';
import { lang, speak, t } from './text';

export const Mark = () => (
  <svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true"><path d="M1 8 9 1l5 6-4 7-9-1z" fill="#15325a" /><path d="M15.5 7 11 14l3 5 10-3 1-8-6-3z" fill="#587593" /><path d="M1 15l8 1 4 5-2 4H4z" fill="#b4b2a3" /><path d="M15 20.5 25 17l-2 7-9 1z" fill="#d9cdac" /></svg>
);
const Glass = () => <svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="#47525d" stroke-width="1.6" aria-hidden="true"><circle cx="7" cy="7" r="5" /><path d="m11 11 4 4" /></svg>;

/** A search box by the combobox pattern: arrows walk the list, Enter takes the marked or first hit, Esc closes. */
export function Search({ id, label, hint, take, none }: { id: string; label: string; hint: string; take: (h: Hit) => void; none?: (text: string) => void }) {
  const [text, setText] = useState('');
  const [hits, setHits] = useState<Hit[] | null>(null);
  const [at, setAt] = useState(-1);
  const asked = useRef(0);
  useEffect(() => {
    const q = text.trim(), me = ++asked.current;
    setAt(-1);
    if (q.length < 2) { setHits(null); return; }
    const timer = setTimeout(() => {
      get<{ gebieden: Hit[] }>(`/zoek?q=${encodeURIComponent(q)}`).then((a) => { if (me === asked.current) setHits(a.gebieden); }, () => { if (me === asked.current) setHits([]); });
    }, 120);
    return () => clearTimeout(timer);
  }, [text]);
  const pick = (h: Hit) => { asked.current++; setHits(null); setText(''); take(h); };
  const enter = () => {
    const q = text.trim();
    const chosen = hits?.[at < 0 ? 0 : at];
    if (chosen) return pick(chosen);
    if (q.length < 2) return;
    get<{ gebieden: Hit[] }>(`/zoek?q=${encodeURIComponent(q)}`).then((a) => (a.gebieden[0] ? pick(a.gebieden[0]) : (setHits([]), none?.(q))), () => setHits([]));
  };
  const key = (e: KeyboardEvent) => {
    const n = hits?.length ?? 0;
    if (e.key === 'ArrowDown' && n) { e.preventDefault(); setAt((at + 1) % n); }
    else if (e.key === 'ArrowUp' && n) { e.preventDefault(); setAt((at - 1 + n) % n); }
    else if (e.key === 'Enter') { e.preventDefault(); enter(); }
    else if (e.key === 'Escape') { setHits(null); setAt(-1); }
  };
  const open = hits !== null;
  return (
    <div class="find" onFocusOut={(e) => { if (!(e.currentTarget as HTMLElement).contains(e.relatedTarget as Node)) setHits(null); }}>
      <Glass />
      <input id={id} class="utrecht-textbox" type="text" role="combobox" autocomplete="off" spellcheck={false} placeholder={hint} aria-label={label} aria-autocomplete="list"
        aria-expanded={open && hits.length > 0} aria-controls={`${id}-lijst`} aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
        value={text} onInput={(e) => setText(e.currentTarget.value)} onKeyDown={key} />
      <ul id={`${id}-lijst`} role="listbox" aria-label={label} hidden={!open || hits.length === 0} tabIndex={-1}>
        {(hits ?? []).map((h, k) => (
          <li key={h.niveau + h.code} id={`${id}-${k}`} role="option" aria-selected={k === at} onPointerDown={(e) => { e.preventDefault(); }} onClick={() => pick(h)}>
            <b>{h.naam}</b> <span>{h.niveauNaam}{h.inNaam ? ` ${t.inside} ${h.inNaam}` : ''}</span>
          </li>
        ))}
      </ul>
      {open && hits.length === 0 && <p class="none">{t.noHits}</p>}
      <span class="sr" role="status">{open ? t.hits(hits.length) : ''}</span>
    </div>
  );
}

/** «Aanmelden», or the name of who is signed in. The server is asked only where someone signed in before. */
function SignIn({ here }: { here: string }) {
  const [name, set] = useState(''), [waits, count] = useState(0);
  useEffect(() => {
    const hear = () => void import('./session').then((m) => m.me().then((s) => { set(s.naam ?? ''); if (!s.aangemeld) return count(0); return m.send<{ aantal: number }>('GET', '/vragen').then((q) => count(q.aantal)); })).catch(() => undefined);
    let known = false;
    try { known = localStorage.getItem('wijk-aangemeld') !== null; } catch { /* then nobody is known */ }
    if (known) hear();
    document.addEventListener('wijk-sessie', hear);
    document.addEventListener('wijk-vragen', hear);
    return () => { document.removeEventListener('wijk-sessie', hear); document.removeEventListener('wijk-vragen', hear); };
  }, []);
  const to = name ? '/account' : '/aanmelden';
  return <>{waits > 0 && <a class="waits" href="/mijn-wijk#vragen" aria-label={t.questions(waits)} title={t.questions(waits)}>{waits > 99 ? '99+' : waits}</a>}<a class="me" href={to} aria-current={here === to ? 'page' : undefined}>{name || t.signIn}</a></>;
}

const icons = {
  home: <path d="M4 11 12 4l8 7v9h-5v-6H9v6H4z" />,
  map: <path d="m3 6 6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14" />,
  data: <path d="M4 5h16M4 10h16M4 15h16M4 20h10" />,
};
export function Shell({ root, page, children }: { root: Root | null; page: string; children: ComponentChildren }) {
  const [, redraw] = useState(0);
  const say = (l: 'nl' | 'en') => void speak(l).then(() => { redraw(1); document.dispatchEvent(new Event('wijk-taal')); }, () => undefined);
  const links: [string, string, keyof typeof icons][] = [['/', t.home, 'home'], ['/kaart', t.map, 'map'], ['/gegevens', t.data, 'data']];
  const here = (to: string) => (page === to || (to === '/gegevens' && page === '/methode') ? 'page' as const : undefined);
  return (
    <>
      <a class="utrecht-skip-link skip" href="#inhoud" onClick={(e) => { e.preventDefault(); document.getElementById('inhoud')?.focus(); }}>{t.skip}</a>
      <header class="top">
        <div>
          <a class="mark" href="/"><Mark />Wijkregie</a>
          {root && <span class="place">{root.titel}{root.fictief && <em>{t.fictional}</em>}</span>}
          <Search id="zoek" label={t.findLabel} hint={t.find} take={(h) => go(pageOf(h.niveau, h.code))} />
          <span class="lang" role="group" aria-label={t.language}>
            <button type="button" lang="nl" title="Nederlands" aria-pressed={lang() === 'nl'} onClick={() => say('nl')}>NL</button>|<button type="button" lang="en" title="English" aria-pressed={lang() === 'en'} onClick={() => say('en')}>EN</button>
          </span>
          <SignIn here={page} />
        </div>
        <div><nav aria-label={t.menu}>{links.map(([to, name]) => <a key={to} href={to} aria-current={here(to)}>{name}</a>)}</nav></div>
      </header>
      <Offline />
      {children}
      <footer class={page === '/kaart' && root?.indelingen.length ? 'foot of-map' : 'foot'}>
        <div>
          {root && <>{root.gegevensTot && <span>{t.dataUntil} {moment(root.gegevensTot)}</span>}<span>{t.version} {root.gegevensversie.slice(0, 8)}</span></>}
          <a href="/wie-doet-wat">{t.whoDoes}</a><a href="/mijn-wijk">{t.forWorkers}</a><a href="/methoden">{t.howWeCount}</a><a href="/moderatie">{t.moderation}</a><a href="/algoritmen">{t.algorithms}</a><a href="/toegankelijkheid">{t.accessibility}</a><a href="/privacy">{t.privacy}</a><a href="/gegevens">{t.check}</a>
        </div>
      </footer>
      <nav class="bottom" aria-label={t.menu}>
        {links.map(([to, name, icon]) => (
          <a key={to} href={to} aria-current={here(to)}><svg width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linejoin="round" aria-hidden="true">{icons[icon]}</svg>{name}</a>
        ))}
      </nav>
    </>
  );
}
