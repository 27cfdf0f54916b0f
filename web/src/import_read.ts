// SPDX-License-Identifier: EUPL-1.2
// How a mapping reads: a first guess from the columns, the same reading of a cell as the server's, and the list of refused rows
// as CSV. Only values in, values out.
import type { Finding } from './api';
import type { Column, Import, Mapping } from './import_api';

/** What the visitor has set so far; texts as typed. */
export interface Draft {
  level: string; area: string; by: 'code' | 'naam'; periodFrom: 'kolom' | 'jaar'; periodColumn: string; year: string; division: string; decimal: 'punt' | 'komma' | 'beide';
  missing: string; secret: string; fields: Record<string, string>;
}
export const LEVELS = ['buurt', 'wijk', 'gemeente', 'pc4'];
const CODES: [string, RegExp][] = [['buurt', /^BU\d{8}$/i], ['wijk', /^WK\d{6}$/i], ['gemeente', /^GM\d{4}$/i], ['pc4', /^[1-9]\d{3}$/]];
const YEAR = /(?:^|\D)((?:19|20)\d\d)(?:\D|$)/;
const all = (text: string) => text.split(/\s+/).filter((w) => w !== '');

export const levelOf = (code: string) => CODES.find(([, form]) => form.test(code.trim()))?.[0] ?? null;
/** The year that the name of a file tells, when it tells one. */
export const yearIn = (name: string) => YEAR.exec(name)?.[1] ?? '';

/** 1.204 is a thousand to some and little more than one to others. */
const thousands = (v: string) => /^[+-]?\d{1,3}(\.\d{3})+(,\d+)?$/.test(v.trim());
export const doubtful = (columns: Column[], d: Draft) =>
  d.decimal === 'komma' ? null : (columns.filter((c) => c.naam in d.fields).flatMap((c) => c.voorbeelden).find((v) => thousands(v) && !v.includes(',')) ?? null);
export function firstDraft(i: Import): Draft {
  const with_ = (role: string) => i.kolommen.find((c) => c.voorstel?.rol === role);
  const code = with_('gebied'), name = with_('naam'), period = with_('periode');
  const cells = i.kolommen.filter((c) => c.soort === 'getal').flatMap((c) => c.voorbeelden);
  const comma = cells.some((v) => /\d,\d/.test(v)), point = cells.some((v) => /\d\.\d/.test(v) && !thousands(v));
  const year = yearIn(i.naam);
  return {
    level: code?.voorbeelden.map(levelOf).find((l) => l !== null) ?? 'buurt', area: (code ?? name)?.naam ?? '', by: code || !name ? 'code' : 'naam',
    periodFrom: period ? 'kolom' : 'jaar', periodColumn: period?.naam ?? '', year, division: '', decimal: comma ? (point ? 'beide' : 'komma') : 'punt',
    missing: [...new Set(cells.filter((v) => v !== '' && !/\d/.test(v)))].join(' ') || '. - ?', secret: '',
    fields: Object.fromEntries(i.kolommen.flatMap((c) => (c.voorstel?.rol === 'indicator' && c.voorstel.indicator ? [[c.naam, c.voorstel.indicator]] : []))),
  };
}
/** The years of division that the codes may be of: those that are loaded, newest first, and the year of the figures itself. */
export function divisionsOf(d: Draft, loaded: { niveau: string; indelingsjaar: number }[]): string[] {
  const known = loaded.filter((l) => l.niveau === d.level).map((l) => String(l.indelingsjaar)).sort().reverse(), own = d.periodFrom === 'jaar' && yearFits(d.year) ? [d.year.trim()] : [];
  return [...new Set([...known, ...own])];
}
/** The one chosen; else that of the year of the figures when it is loaded, else the newest. */
export function divisionOf(d: Draft, loaded: { niveau: string; indelingsjaar: number }[]): string {
  const all = divisionsOf(d, loaded), same = loaded.some((l) => l.niveau === d.level && String(l.indelingsjaar) === d.year.trim());
  return all.includes(d.division) ? d.division : same && d.periodFrom === 'jaar' ? d.year.trim() : (all[0] ?? '');
}
/** The columns with figures; the one with the area or the period is none. */
export const fieldsOf = (d: Draft) => Object.entries(d.fields).filter(([c]) => c !== d.area && (d.periodFrom === 'jaar' || c !== d.periodColumn));
export const yearFits = (text: string) => /^(19|20)\d\d$/.test(text.trim());
export type Lack = 'gemeente' | 'area' | 'period' | 'year' | 'fields' | 'twice';
/** What is still missing before this mapping can be tried. */
export function lacks(d: Draft): Lack[] {
  const chosen = fieldsOf(d).map(([, id]) => id);
  return [
    ...(d.area ? [] : ['area' as const]), ...(d.periodFrom === 'kolom' && !d.periodColumn ? ['period' as const] : []), ...(d.periodFrom === 'jaar' && !yearFits(d.year) ? ['year' as const] : []),
    ...(chosen.length ? [] : ['fields' as const]), ...(new Set(chosen).size < chosen.length ? ['twice' as const] : []),
  ];
}
export const mappingOf = (d: Draft): Mapping => ({
  niveau: d.level, gebied: { kolom: d.area, soort: d.by }, periode: d.periodFrom === 'kolom' ? { kolom: d.periodColumn } : { jaar: Number(d.year) }, decimaal: d.decimal,
  ontbrekend: all(d.missing), geheim: all(d.secret), velden: fieldsOf(d).map(([kolom, indicator]) => ({ kolom, indicator })),
});

/** A number as the server reads it: the whole text or nothing; with a comma as decimal sign a point parts thousands. */
export function numberOf(text: string, decimal: Draft['decimal']): number | null {
  let s = text.trim();
  if (decimal === 'komma') {
    if (/^[+-]?\d{1,3}(\.\d{3})+(,\d*)?$/.test(s)) s = s.replace(/\./g, '');
    if (s.includes('.')) return null;
  } else if (decimal === 'punt' && s.includes(',')) return null;
  s = s.replace(',', '.');
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,4})?$/i.test(s) && Number.isFinite(Number(s)) ? Number(s) : null;
}
export type Cell = { kind: 'number'; value: number } | { kind: 'missing' | 'secret' | 'odd' };
export function cellOf(text: string, d: Draft): Cell {
  const s = text.trim(), v = numberOf(s, d.decimal);
  const marks = (list: string) => all(list).some((m) => { const n = numberOf(m, d.decimal === 'komma' ? 'komma' : 'beide'); return m === s || (v !== null && n !== null && n === v); });
  if (marks(d.secret)) return { kind: 'secret' };
  if (s === '' || marks(d.missing)) return { kind: 'missing' };
  return v === null ? { kind: 'odd' } : { kind: 'number', value: v };
}
export type Reading = { text: string; cell: Cell } | { text: string; fits: boolean };
export interface Read { column: string; as: 'area' | 'period' | 'figure'; indicator: string; cells: Reading[] }
/** The examples of each chosen column as this mapping reads them. */
export function readings(columns: Column[], d: Draft): Read[] {
  const of = (name: string) => columns.find((c) => c.naam === name)?.voorbeelden ?? [];
  const area = (text: string) => d.by === 'naam' || levelOf(text) === d.level || /^\d{1,8}$/.test(text.trim());
  return [
    ...(d.area ? [{ column: d.area, as: 'area' as const, indicator: '', cells: of(d.area).map((text) => ({ text, fits: area(text) })) }] : []),
    ...(d.periodFrom === 'kolom' && d.periodColumn ? [{ column: d.periodColumn, as: 'period' as const, indicator: '', cells: of(d.periodColumn).map((text) => ({ text, fits: YEAR.test(text) })) }] : []),
    ...fieldsOf(d).map(([column, indicator]) => ({ column, as: 'figure' as const, indicator, cells: of(column).map((text) => ({ text, cell: cellOf(text, d) })) })),
  ];
}

/** A cell for a spreadsheet: quoted, and nothing in it is taken for a formula. */
const cell = (v: string | number | null) => { const s = String(v ?? ''); return `"${(/^[=+\-@\t\r]/.test(s) && !/^-?\d+([.,]\d+)?$/.test(s) ? `'${s}` : s).replace(/"/g, '""')}"`; };
export const findingsCsv = (head: string[], list: Finding[]) =>
  '\ufeff' + [head, ...list.map((f) => [f.soort, f.regel || '', f.kolom, f.reden, f.oplossing])].map((r) => r.map(cell).join(';')).join('\r\n') + '\r\n';
