// SPDX-License-Identifier: EUPL-1.2
// A straight scale for our charts: numbers of a domain to pixels, with round ticks. Our own few lines, because the usual library
// brings colours, dates and interpolation along that no chart here asks for (ten kB on every page).

/** pixels of a value; ticks and nice ask for about `count` steps, each 1, 2 or 5 times a power of ten. */
export interface Straight { (value: number): number; domain(): [number, number]; ticks(count: number): number[]; nice(count: number): Straight }

/** Ticks are kept as whole multiples of a step, or whole parts of one, so that 0,3 does not become 0,30000000000000004. */
function step(low: number, high: number, count: number): { size: number; whole: boolean } {
  const rough = (high - low) / Math.max(1, count), power = Math.floor(Math.log10(rough)), over = rough / 10 ** power;
  const times = over >= Math.sqrt(50) ? 10 : over >= Math.sqrt(10) ? 5 : over >= Math.SQRT2 ? 2 : 1;
  return power < 0 ? { size: 10 ** -power / times, whole: false } : { size: times * 10 ** power, whole: true };
}

export function scaleLinear([low, high]: [number, number], [from, to]: [number, number]): Straight {
  const scale = (v: number) => from + (high === low ? 0.5 : (v - low) / (high - low)) * (to - from);
  return Object.assign(scale, {
    domain: (): [number, number] => [low, high],
    ticks(count: number): number[] {
      if (!(high > low)) return [low];
      const { size, whole } = step(low, high, count), at = (k: number) => (whole ? k * size : k / size), near = (v: number) => Math.round(whole ? v / size : v * size), out: number[] = [];
      for (let k = near(low), last = near(high); k <= last; k++) if (at(k) >= low && at(k) <= high) out.push(at(k) || 0);
      return out;
    },
    nice(count: number): Straight {
      let [a, b] = [low, high], before = '';
      for (let k = 0; k < 10 && b > a; k++) { // rounding outwards may make the step larger: until it stays
        const { size, whole } = step(a, b, count), now = `${size} ${whole}`;
        if (now === before) break;
        before = now;
        [a, b] = whole ? [Math.floor(a / size) * size, Math.ceil(b / size) * size] : [Math.floor(a * size) / size, Math.ceil(b * size) / size];
      }
      return scaleLinear([a, b], [from, to]);
    },
  });
}
