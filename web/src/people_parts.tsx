// SPDX-License-Identifier: EUPL-1.2
// What the pages about accounts have alike: a field, one act with its refusal in words, reading as who is signed in, and the gate before a page.
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { me, newKey, Refusal, type Session, useMe } from './session';
import { Loading } from './states';
import { lang } from './text';
import { a } from './text_people';

declare const PEOPLE_STYLE: string;
export const ready = new Promise<void>((done) => {
  document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: PEOPLE_STYLE, onload: () => done(), onerror: () => done() }));
});

/** «25 november 2026 om 18:04», by the clock of who reads. */
export const clock = (iso: string) => new Date(iso).toLocaleString(lang() === 'en' ? 'en-GB' : 'nl-NL', { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' });

/** What was typed outlives another language, which builds the page anew. Not for passwords. */
const held = new Map<string, string>();
export function useHeld(name: string, first = ''): [string, (v: string) => void] {
  const [v, set] = useState(held.get(name) || first);
  return [v, (to) => { held.set(name, to); set(to); }];
}

// ---- one act

export interface Act {
  busy: boolean; fault: string; wait: number; said: string;
  of: (name: string) => string;
  run: (work: (key: string) => Promise<string | void>) => Promise<void>;
  say: (text: string) => void;
}
/** Runs one thing at a time. The key stays the same until the server answered, so that pressing again after a silence does it once. */
export function useAct(): Act {
  const w = a(), key = useRef(''), going = useRef(false);
  const [state, set] = useState({ busy: false, fault: '', said: '', faults: [] as { naam: string; reden: string }[] }), [wait, setWait] = useState(0);
  useEffect(() => {
    if (!wait) return;
    const timer = setTimeout(() => { setWait(wait - 1); if (wait === 1) set((v) => ({ ...v, fault: '' })); }, 1000); // counted beside the button; the alert is said once
    return () => clearTimeout(timer);
  }, [wait]);
  return {
    ...state, wait,
    of: (name) => state.faults.filter((f) => f.naam === name).map((f) => f.reden).join(' '),
    say: (said) => set({ busy: false, fault: '', said, faults: [] }),
    run: async (work) => {
      if (going.current || wait) return;
      going.current = true;
      set({ busy: true, fault: '', said: '', faults: [] });
      key.current ||= newKey();
      try {
        const said = await work(key.current);
        key.current = '';
        set({ busy: false, fault: '', said: said ?? '', faults: [] });
      } catch (e) {
        if (!(e instanceof Refusal)) throw e;
        if (e.why !== 'gone') key.current = '';
        if (e.why === 'wait') setWait(Math.min(e.seconds || 5, 3600));
        const known = e.faults.length && e.why === 'wrong';
        set({ busy: false, said: '', faults: e.faults, fault: e.why === 'gone' ? w.silent : e.why === 'wait' ? e.sentence || w.waitFor(e.seconds || 5) : known ? [...new Set(e.faults.map((f) => f.reden))].join(' ') : e.sentence || w.silent });
      } finally {
        going.current = false;
      }
    },
  };
}
export const Told = ({ act }: { act: Act }) => (
  <div class="told">{act.fault && <p class="mention" role="alert">{act.fault}</p>}<p role="status">{act.busy ? a().busy : act.said}</p></div>
);
/** What cannot be pressed says why, below itself. */
export function Button({ act, why, primary, press, children, label }: { act?: Act; why?: string | null; primary?: boolean; press?: () => void; children: ComponentChildren; label?: string }) {
  const id = useId(), off = Boolean(why);
  return (
    <span class="press"><button type={press ? 'button' : 'submit'} class={`utrecht-button utrecht-button--${primary ? 'primary' : 'secondary'}-action${off ? ' off' : ''}`} aria-disabled={off || act?.busy || undefined} aria-describedby={off ? id : undefined}
      aria-label={label} onClick={(e) => { if (off || act?.busy) e.preventDefault(); else press?.(); }}>{children}</button>{off && <small id={id}>{why}</small>}</span>
  );
}
type FieldProps = { label: string; value: string; type: (v: string) => void; hint?: string; fault?: string; kind?: 'text' | 'password'; auto?: string; max?: number; needed?: boolean; focus?: boolean; mode?: 'numeric' | 'text'; fixed?: boolean; name?: string };
export function Field({ label, value, type, hint, fault, kind = 'text', auto = 'off', max = 200, needed = true, focus, mode, fixed, name }: FieldProps) {
  const id = useId(), box = useRef<HTMLInputElement>(null), [open, show] = useState(false), w = a(), secret = kind === 'password';
  useEffect(() => { if (focus) box.current?.focus(); }, []);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && <small id={`${id}h`}>{hint}</small>}
      {fault && <small id={`${id}f`} class="wrong">{fault}</small>}
      <span class={secret ? 'with' : undefined}>
        <input ref={box} id={id} name={name} class="utrecht-textbox" type={(secret && open ? 'text' : kind) as 'text'} value={value} autocomplete={auto as 'on'} maxLength={max} required={needed} readOnly={fixed} inputMode={mode} spellcheck={false} autocapitalize="none"
          aria-invalid={fault ? true : undefined} aria-describedby={[hint && `${id}h`, fault && `${id}f`].filter(Boolean).join(' ') || undefined} onInput={(e) => type(e.currentTarget.value)} />
        {secret && <button type="button" class="plain" aria-pressed={open} onClick={() => show(!open)}>{open ? w.hide : w.show}</button>}
      </span>
    </div>
  );
}
export function Copy({ text, label }: { text: string; label: string }) {
  const w = a(), [done, set] = useState(false);
  return <p class="secret"><code tabIndex={0} aria-label={label}>{text}</code> <button type="button" class="plain" onClick={() => void navigator.clipboard.writeText(text).then(() => set(true), () => undefined)}>{w.copy}</button> <span role="status">{done ? w.copied : ''}</span></p>;
}

/** A page for who is signed in, with one of some roles; else it says for whom it is and what to do. */
export function Gate({ title, roles, no, second, children }: { title: string; roles?: string[]; no?: string; second?: boolean; children: (s: Session) => ComponentChildren }) {
  const w = a(), s = useMe(), back = encodeURIComponent(location.pathname);
  let body: ComponentChildren;
  if (!s) body = <><h1>{title}</h1><Loading stop={() => void me(true)} /></>;
  else if (!s.aangemeld) body = <><h1>{title}</h1><p class="lead">{w.signFirst}</p><p><a class="utrecht-button utrecht-button--primary-action aslink" href={`/aanmelden?terug=${back}`}>{w.signIn}</a></p></>;
  else if (roles && !s.rollen?.some((r) => roles.includes(r.rol))) body = <><h1>{title}</h1><p class="lead">{no}</p><p><a href="/account">{w.toAccount}</a></p></>;
  else if (second && !s.tweedeFactor) body = <><h1>{title}</h1><p class="lead">{w.needSecond}</p><p><a class="utrecht-button utrecht-button--primary-action aslink" href={`/aanmelden?stap=2&terug=${back}`}>{w.toSecond}</a></p></>;
  else body = children(s);
  return <main id="inhoud" tabIndex={-1} class="people">{body}</main>;
}
