// SPDX-License-Identifier: EUPL-1.2
// Map scales: the same in every municipality. Darker is more of what the title names; no red, no green.
export const LEVEL = ['#efe6cf', '#d9cdac', '#b4b2a3', '#86949d', '#587593', '#2f557b', '#15325a'];
export const CHANGE = ['#8a4a08', '#c0802f', '#e6c693', '#ecebe5', '#bfb7dc', '#8071b5', '#4b3a8c'];
export const COMPOSITION = ['#e6eff6', '#bdd4e7', '#8db4d5', '#558dbb', '#245f91'];
export const LEVEL5 = [LEVEL[0]!, LEVEL[2]!, LEVEL[3]!, LEVEL[4]!, LEVEL[6]!];
export const MISSING = '#d3d3d0';
/** Class of an area: 0.. in its scale, or one of these. */
export const NO_DATA = -1, SUPPRESSED = -2, OUTSIDE = -3;
/** What lies outside the chosen gemeente: hardly more than the ground. */
export const BESIDE = '#eae7de';

/** Nine classes of the method on seven colours: the outer two share one at each end. */
export const grade = (klasse: number) => Math.max(0, Math.min(6, klasse - 2));
export const classOf = (v: number, breaks: number[]) => {
  let k = 0;
  while (k < breaks.length && v >= breaks[k]!) k++;
  return k;
};

export function quantile(sorted: number[], p: number): number {
  const at = (sorted.length - 1) * p, low = Math.floor(at);
  return sorted[low]! + (at - low) * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!);
}
const nice = (v: number) => {
  const unit = 10 ** Math.floor(Math.log10(v)), m = v / unit;
  return (m < 1.5 ? 1 : m < 3.5 ? 2 : m < 7.5 ? 5 : 10) * unit;
};
const known = (values: (number | null)[]) => values.filter((v): v is number => v !== null).sort((a, b) => a - b);

/** Quantile breaks, rounded to a step that fits the spread; equal breaks fall together. */
export function levelBreaks(values: (number | null)[], classes: number, decimals: number): number[] {
  const v = known(values);
  if (v.length < 2 || v[0] === v[v.length - 1]) return [];
  const spread = quantile(v, 0.9) - quantile(v, 0.1) || v[v.length - 1]! - v[0]!;
  const step = Math.max(nice(spread / 40), 10 ** -decimals);
  const out: number[] = [];
  for (let k = 1; k < classes; k++) {
    const b = Number((Math.round(quantile(v, k / classes) / step) * step).toPrecision(10));
    if (b > (out[out.length - 1] ?? -Infinity) && b > v[0]!) out.push(b);
  }
  return out;
}
/** Six breaks around an undecided middle; the step follows the usual size of a difference. */
export function changeBreaks(differences: (number | null)[]): number[] {
  const size = known(differences.map((d) => (d === null ? null : Math.abs(d))));
  const usual = size.length ? quantile(size, 0.6) : 0;
  const s = usual > 0 ? nice(usual) : 1;
  return [-3, -2, -1, 1, 2, 3].map((k) => Number((k * s).toPrecision(10)));
}
export const median = (values: (number | null)[]) => { const v = known(values); return v.length ? quantile(v, 0.5) : null; };
export const decimalsOf = (breaks: number[]) => Math.min(4, Math.max(0, ...breaks.map((b) => (String(Math.abs(b)).split('.')[1] ?? '').length)));
export const coloursFor = (n: number) => (n >= 7 ? LEVEL : n === 6 ? LEVEL.slice(0, 6) : n === 5 ? LEVEL5 : n === 4 ? [LEVEL[0]!, LEVEL[2]!, LEVEL[4]!, LEVEL[6]!] : n === 3 ? [LEVEL[0]!, LEVEL[3]!, LEVEL[6]!] : n === 2 ? [LEVEL[1]!, LEVEL[5]!] : [LEVEL[3]!]);
