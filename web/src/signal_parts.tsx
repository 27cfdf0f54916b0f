// SPDX-License-Identifier: EUPL-1.2
// What the pages about signals have alike: their look, who may read a signal, and for whom a page is.
import { mayPlace, type Session } from './signal_api';
import { g } from './text_signal';

declare const SIGNAL_STYLE: string;
export const ready = new Promise<void>((done) => {
  const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: SIGNAL_STYLE, onload: () => done(), onerror: () => done() });
  document.head.append(link);
});
/** Keeps these pages open without a connection. */
export function watchOver(): void {
  if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/sw.js').catch(() => undefined);
}

/** Who may read it: words, never colour alone. */
export const Sharing = ({ id, words }: { id: string; words: string }) => <span class={`share share-${id}`}><span class="sr">{g().shared} </span>{words}</span>;

/** Why one may not, or not yet; nothing when all is well. */
export function Gate({ session }: { session: Session | null | undefined }) {
  const w = g();
  if (session === undefined) return null;
  if (session === null) return <p class="mention" role="status">{navigator.onLine ? `${w.silent} ${w.offline}` : w.offline}</p>;
  if (!session.aangemeld) return <p class="mention">{w.loginWhy} <a href="/aanmelden?terug=/signaal">{w.login}</a></p>;
  if (!mayPlace(session)) return <p class="mention">{w.notYours}</p>;
  if (session.tweedeFactor === false) return <p class="mention">{w.second}</p>;
  return null;
}
