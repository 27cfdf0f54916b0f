// SPDX-License-Identifier: EUPL-1.2
// What is to be sent, in the browser's own database: it survives closing. A signal stands here before it is sent and leaves only
// when the server has it. Each has its own key, so that one sent twice is kept once.
import { useEffect, useState } from 'preact/hooks';
import { Failure } from './api';
import { accountHere } from './session';
import { call, type SignalAlone, who } from './signal_api';

export interface Body { buurt: string; x?: number; y?: number; straal?: number; thema: string; zin: string; zeker: string; gedeeld: string }
/** account: whose it is; null when nobody was signed in: whoever is then says whether it is his. refused: what the server said. */
export interface Waiting { key: string; at: number; account: number | null; body: Body; themaNaam: string; buurtNaam: string; refused?: string }

const TABLE = 'signalen';
function open(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const r = indexedDB.open('wijkregie', 1);
    r.onupgradeneeded = () => { r.result.createObjectStore(TABLE, { keyPath: 'key' }); };
    r.onsuccess = () => done(r.result);
    r.onerror = () => fail(r.error ?? new Error('IndexedDB'));
  });
}
async function run<T>(mode: IDBTransactionMode, f: (s: IDBObjectStore) => IDBRequest): Promise<T> {
  const db = await open();
  try {
    return await new Promise<T>((done, fail) => {
      const tx = db.transaction(TABLE, mode), r = f(tx.objectStore(TABLE));
      tx.oncomplete = () => done(r.result as T);
      tx.onerror = tx.onabort = () => fail(tx.error ?? new Error('IndexedDB'));
    });
  } finally { db.close(); }
}
const changed = () => document.dispatchEvent(new Event('wijk-wachtrij'));
export const put = async (w: Waiting) => { await run('readwrite', (s) => s.put(w)); changed(); };
export const drop = async (key: string) => { await run('readwrite', (s) => s.delete(key)); changed(); };
export const waiting = async (): Promise<Waiting[]> => (await run<Waiting[]>('readonly', (s) => s.getAll())).sort((a, b) => a.at - b.at);

/** What waits here: of who is signed in, of nobody yet, and how many of others, whose words nobody else reads. */
export interface Shared { own: Waiting[]; nobody: Waiting[]; others: number }
export function useWaiting(): Shared {
  const [list, set] = useState<Shared>({ own: [], nobody: [], others: 0 });
  useEffect(() => {
    const f = () => void waiting().then((all) => {
      const me = accountHere(), own = all.filter((w) => w.account !== null && w.account === me), nobody = all.filter((w) => w.account === null);
      set({ own, nobody, others: all.length - own.length - nobody.length });
    }, () => undefined);
    f();
    const heard = ['wijk-wachtrij', 'wijk-sessie'];
    heard.forEach((name) => document.addEventListener(name, f));
    return () => heard.forEach((name) => document.removeEventListener(name, f));
  }, []);
  return list;
}
/** «Van u? Ja»: from here on it is of who is signed in, and sent. */
export async function claim(w: Waiting): Promise<number> {
  const account = accountHere();
  if (account === null) return 0;
  await put({ ...w, account });
  return flush();
}

/** Sends one. Gone from the queue when the server has it; refused for what it says: kept with the reason. Throws what stopped it. */
export async function send(w: Waiting): Promise<SignalAlone> {
  try {
    const made = await call<SignalAlone>('POST', '/signalen', w.body, w.key);
    if (!made?.id) throw new Failure('', 'N-0'); // half an answer is none: it is asked for again under the same key
    await drop(w.key);
    return made;
  } catch (e) {
    if (e instanceof Failure && e.code === 'H-400') await put({ ...w, refused: e.sentence });
    if (e instanceof Failure && e.code === 'H-410') await drop(w.key); // it was received, and taken back or away since
    throw e;
  }
}
let busy: Promise<number> | null = null;
/** Sends what waits of who is signed in, one by one, in one page at a time; gives how many were sent. */
export function flush(): Promise<number> {
  return (busy ??= all().finally(() => { busy = null; }));
}
async function all(): Promise<number> {
  const work = async () => {
    let sent = 0;
    const list = (await waiting()).filter((w) => !w.refused), me = list.length ? await who() : null;
    if (!me?.aangemeld) return 0;
    for (const w of list) {
      if (w.account === null || w.account !== me.account) continue; // of somebody else, or of nobody yet
      try { await send(w); sent++; } catch (e) { if (!(e instanceof Failure) || !['H-400', 'H-410'].includes(e.code)) break; }
    }
    return sent;
  };
  return navigator.locks ? ((await navigator.locks.request('wijk-wachtrij', work)) as number) : work();
}
