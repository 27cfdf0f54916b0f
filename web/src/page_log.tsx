// SPDX-License-Identifier: EUPL-1.2
// /logboek: what people did, row by row, for the auditor; filtered, page by page, and as a file.
import { Button, clock, Gate } from './people_parts';
import { go } from './route';
import { type Session, useRead } from './session';
import { Part } from './states';
import { a } from './text_people';

interface Row { nr: number; op: string; account: number | null; langs: string | null; gedaan: string; gedaanNaam: string; soort: string | null; object: string | null; waarom: string | null; was: string | null; werd: string | null; vingerafdruk: string }
/** Who stands behind a row without an account. */
const nobody = (via: string | null): string => { const w = a(); return via === 'web' || via === 'api' ? w.nobody : via === 'eerste-keer' ? w.firstTime : via === 'sso' ? w.provider : w.machine; };
const NONE = 'geen', KINDS = ['account', 'rol', 'sessie', 'sleutel', 'voorstel', 'partner', 'aanbod', 'signaal', 'terugkoppeling', 'logboek'];

export function LogPage({ place }: { place: URL }) {
  const w = a();
  return <Gate title={w.logTitle} roles={['rekenkamer']} no={w.logNo} second>{(s) => <Log s={s} place={place} />}</Gate>;
}

/** «stand: gestopt, account: 3» out of {"stand":"gestopt","account":3}. */
function plain(json: string | null): string {
  if (!json) return '';
  try {
    const v = JSON.parse(json) as Record<string, unknown>;
    return Object.entries(v).filter(([, x]) => x !== '').map(([k, x]) => `${k}: ${Array.isArray(x) ? x.join(' ') : String(x)}`).join(', ');
  } catch {
    return json;
  }
}

function Log({ s, place }: { s: Session; place: URL }) {
  const w = a(), q = place.searchParams, mine = [...new Set((s.rollen ?? []).filter((r) => r.rol === 'rekenkamer').map((r) => r.gemeente))], kind = q.get('soort') ?? '', account = q.get('account') ?? '', before = q.get('voor') ?? '';
  const gemeente = [...mine, NONE].find((g) => g === q.get('gemeente')) ?? mine[0] ?? '';
  const ask = new URLSearchParams({ gemeente, ...(kind ? { soort: kind } : {}), ...(account ? { account } : {}), ...(before ? { voor: before } : {}) }).toString();
  const list = useRead<{ regels: Row[]; volgende: number | null }>(`/logboek?${ask}`);
  /** The same with another choice; a choice begins at the newest rows. */
  const to = (next: Record<string, string>) => { const n = new URLSearchParams({ ...(gemeente === mine[0] ? {} : { gemeente }), ...(kind ? { soort: kind } : {}), ...(account ? { account } : {}) }); for (const [k, v] of Object.entries(next)) { if (v) n.set(k, v); else n.delete(k); } return `/logboek${n.size ? '?' : ''}${n.toString()}`; };
  return (
    <>
      <h1>{w.logTitle}</h1><p class="lead">{w.logLead} <a href="/methode/logboek">{w.logHow}</a></p>
      <p class="filters"><label for="van">{w.of}</label> <select id="van" class="utrecht-textbox" value={gemeente} onChange={(e) => go(to({ gemeente: e.currentTarget.value === mine[0] ? '' : e.currentTarget.value }))}>{mine.map((g) => <option key={g} value={g}>{g}</option>)}<option value={NONE}>{w.noMunicipality}</option></select>
        <label for="soort">{w.kind}</label> <select id="soort" class="utrecht-textbox" value={kind} onChange={(e) => go(to({ soort: e.currentTarget.value }))}><option value="">{w.all}</option>{KINDS.map((k) => <option key={k} value={k}>{w.kinds[k] ?? k}</option>)}</select>
        {account && <a href={to({ account: '' })}>{w.onlyAccount(Number(account))}</a>}</p>
      <Part of={list} lines={8}>{(l) => (l.regels.length === 0 ? <p>{w.empty}</p> : (
        <>
          <div class="scroll" tabIndex={0} role="region" aria-label={w.logTitle}><table class="twin cards">
            <thead><tr><th scope="col">{w.nr}</th><th scope="col">{w.when}</th><th scope="col">{w.by}</th><th scope="col">{w.did}</th><th scope="col">{w.object}</th><th scope="col">{w.why}</th></tr></thead>
            <tbody>{l.regels.map((r) => (
              <tr key={r.nr}><th scope="row">{r.nr}</th><td data-is={w.when}>{clock(r.op)}</td><td data-is={w.by}><span>{r.account ? <a href={to({ account: String(r.account) })}>{w.acc(r.account)}</a> : nobody(r.langs)}<span class="small quiet"> {w.via} {r.langs}</span></span></td>
                <td data-is={w.did}>{r.gedaanNaam}</td><td data-is={w.object}><span>{r.soort && (w.kinds[r.soort] ?? r.soort)} {r.object}{(r.was || r.werd) && <span class="small quiet"> {r.was && <>{w.was} <span lang="nl">{plain(r.was)}</span>; </>}{r.werd && <>{w.became} <span lang="nl">{plain(r.werd)}</span></>}</span>}</span></td><td data-is={w.why}><span lang="nl">{r.waarom}</span></td></tr>
            ))}</tbody></table></div>
          <p class="acts">{before && <Button press={() => go(to({}))}>{w.newest}</Button>}{l.volgende !== null && <Button press={() => go(to({ voor: String(l.volgende) }))}>{w.older}</Button>}</p>
        </>
      ))}</Part>
      <section class="rule second"><h2>{w.file}</h2><p>{w.fileNote}</p><p class="row"><a href={`/sessie/api/v1/logboek/csv?${ask}`} download="logboek.csv">CSV</a><a href={`/sessie/api/v1/logboek/json?${ask}`} download="logboek.json">JSON</a></p></section>
    </>
  );
}
