// SPDX-License-Identifier: EUPL-1.2
// What a part shows while it loads, when it fails and when it is empty; and the tabs that part picture and table.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Failure, getContact, type Reading } from './api';
import { t } from './text';

export function Loading({ stop, lines = 3 }: { stop: () => void; lines?: number }) {
  const [slow, set] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => set(true), 5000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="loading" role="status">
      <span class="sr">{t.loading}</span>
      {Array.from({ length: lines }, (_, k) => <i key={k} class={`bar b${k % 3}`} />)}
      {slow && <p class="small">{t.slow} <button type="button" class="plain" onClick={stop}>{t.stop}</button></p>}
    </div>
  );
}
export function Failed({ failure, retry }: { failure: Failure; retry: () => void }) {
  const why = failure.code === 'S-0' ? t.stopped : failure.code === 'N-0' ? t.noServer : failure.sentence || t.failed;
  const unknown = failure.code === 'H-404' || failure.code === 'H-400';
  return (
    <div class="failed" role="alert">
      {unknown ? <h1>{failure.code === 'H-404' ? t.unknownArea : t.notFound}</h1> : null}
      <p>{why}</p>
      {unknown ? <p><a class="utrecht-button utrecht-button--secondary-action aslink" href="/">{t.toHome}</a></p>
        : <button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={retry}>{t.again}</button>}
      <p class="small">{t.code} {failure.code}</p>
    </div>
  );
}
/** A store without areas: what there is to do, and where one reads more. */
export function Empty() {
  return (
    <>
      <h1>{t.emptyTitle}</h1>
      <p class="lead">{t.emptyLead}</p>
      <pre class="commands" tabIndex={0} role="region" aria-label={t.emptyCommands}><code>{'wijk sources\nwijk import gemeente.gpkg cbs-wijkbuurtkaart buurten.zip wijken.zip\nwijk serve gemeente.gpkg'}</code></pre>
      <p>{t.emptyAfter}</p>
    </>
  );
}
export function Part<T>({ of, lines, children }: { of: Reading<T>; lines?: number; children: (data: T) => ComponentChildren }) {
  if (of.failure) return <Failed failure={of.failure} retry={of.retry} />;
  if (of.data === null) return <Loading stop={of.stop} lines={lines} />;
  return <>{children(of.data)}</>;
}
/** Tabs by the book: arrows move, only the chosen one is in the tab order. */
export function Tabs({ label, options, value, choose, panel }: { label: string; options: [string, string][]; value: string; choose: (v: string) => void; panel: string }) {
  const box = useRef<HTMLDivElement>(null);
  const key = (e: KeyboardEvent) => {
    const step = e.key === 'ArrowRight' ? 1 : e.key === 'ArrowLeft' ? -1 : 0;
    if (!step) return;
    const k = (options.findIndex((o) => o[0] === value) + step + options.length) % options.length;
    choose(options[k]![0]);
    (box.current?.children[k] as HTMLElement | undefined)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={label} ref={box} onKeyDown={key}>
      {options.map(([id, name]) => (
        <button type="button" role="tab" key={id} aria-selected={id === value} aria-controls={panel} tabIndex={id === value ? 0 : -1} onClick={() => choose(id)}>{name}</button>
      ))}
    </div>
  );
}
export function Offline() {
  const [contact, set] = useState(getContact());
  useEffect(() => {
    const f = () => set(getContact());
    document.addEventListener('wijk-contact', f);
    return () => { document.removeEventListener('wijk-contact', f); };
  }, []);
  return (
    <div role="status">
      {contact === 'gone' && <p class="offline">{navigator.onLine ? t.serverGone : t.offline}</p>}
      {contact === 'renewed' && <p class="offline">{t.renewed} <button type="button" class="plain" onClick={() => location.reload()}>{t.reload}</button></p>}
    </div>
  );
}
