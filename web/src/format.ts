// SPDX-License-Identifier: EUPL-1.2
// Figures as people read them: decimal comma in Dutch, a real minus sign, a hard space between figure and unit.
import { lang } from './text';

const MINUS = '\u2212';
export function num(v: number, decimals = 0, sign = false): string {
  const size = Math.abs(v).toLocaleString(lang() === 'en' ? 'en-GB' : 'nl-NL', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  const zero = !/[1-9]/.test(size);
  return (v < 0 && !zero ? MINUS : sign && !zero ? '+' : '') + size;
}
export function amount(v: number, unit: string, decimals: number): string {
  const n = num(v, decimals);
  if (unit === '%') return n + '%';
  if (unit === '€' || unit === 'euro') return (v < 0 ? MINUS : '') + '€\u00a0' + num(Math.abs(v), decimals);
  if (/^x 1[.,]000 euro/i.test(unit)) return (v < 0 ? MINUS : '') + '€\u00a0' + num(Math.abs(v) * 1000);
  const scale = /^(klasse|class) (.+)$/.exec(unit);
  if (scale) return `${scale[1]} ${n} (${scale[2]})`;
  const quiet = unit === '' || /^(aantal|getal|number|count|score|punten?|afwijking)$/i.test(unit);
  return quiet ? n : `${n}\u00a0${unit}`;
}
/** Deviations are small: three decimals keep two figures apart that the source keeps apart. */
export const dev = (v: number, sign = true) => num(v, 3, sign);
export const percent = (v: number) => num(v * 100) + '%';
export const short = (sha: string) => (sha.length > 12 ? `${sha.slice(0, 6)}…${sha.slice(-4)}` : sha);
export function day(iso: string): string {
  const d = new Date(/^\d+$/.test(iso) ? Number(iso) * 1000 : iso);
  return isNaN(d.getTime()) ? iso : d.toLocaleDateString(lang() === 'en' ? 'en-GB' : 'nl-NL', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'Europe/Amsterdam' });
}
/** «2025-12» as «december 2025»; a year stays a year. */
export function moment(period: string): string {
  const m = /^(\d{4})-(\d\d)$/.exec(period);
  return m ? new Date(Date.UTC(Number(m[1]), Number(m[2]) - 1, 1)).toLocaleDateString(lang() === 'en' ? 'en-GB' : 'nl-NL', { month: 'long', year: 'numeric', timeZone: 'UTC' }) : period;
}
/** A unit that the name already says is left out. */
export const unitBeside = (name: string, unit: string) => (unit !== '%' && name.toLowerCase().includes(unit.toLowerCase()) ? '' : unit);
export const year = (period: string) => Number(period.slice(0, 4)) + (/Q([1-4])/i.test(period) ? (Number(/Q([1-4])/i.exec(period)![1]) - 1) / 4 : /^\d{4}-(\d\d)/.test(period) ? (Number(period.slice(5, 7)) - 1) / 12 : 0);
/** The first sentence carries the page, the rest follows it as running text. */
export function sentences(text: string): [string, string] {
  const end = text.search(/[.!?]\s+[A-Z‘'0-9]/);
  return end < 0 ? [text, ''] : [text.slice(0, end + 1), text.slice(end + 1).trim()];
}
