// SPDX-License-Identifier: EUPL-1.2
// A QR code (ISO/IEC 18004) of a short text: bytes, correction level M, versions 1 to 12. Gives rows of dark and light; drawn as one SVG path.

// By version, level M: correction codewords of a block, and blocks.
const ECC = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22], BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8];
/** Places for bits beside all patterns. */
const room = (v: number) => {
  let n = (16 * v + 128) * v + 64;
  if (v >= 2) {
    const a = Math.floor(v / 7) + 2;
    n -= (25 * a - 10) * a - 55;
    if (v >= 7) n -= 36;
  }
  return n;
};
const dataBytes = (v: number) => Math.floor(room(v) / 8) - ECC[v - 1]! * BLOCKS[v - 1]!;

/** Product in GF(256) by 0x11D. */
function times(x: number, y: number): number {
  let z = 0;
  for (let i = 7; i >= 0; i--) z = ((z << 1) ^ ((z >>> 7) * 0x11d)) ^ (((y >>> i) & 1) * x);
  return z;
}
function divisor(degree: number): number[] {
  const d = new Array<number>(degree).fill(0);
  d[degree - 1] = 1;
  for (let i = 0, root = 1; i < degree; i++, root = times(root, 2))
    for (let j = 0; j < degree; j++) d[j] = times(d[j]!, root) ^ (j + 1 < degree ? d[j + 1]! : 0);
  return d;
}
function remainder(data: number[], by: number[]): number[] {
  const r = by.map(() => 0);
  for (const b of data) {
    const f = b ^ r.shift()!;
    r.push(0);
    by.forEach((c, i) => { r[i]! ^= times(c, f); });
  }
  return r;
}

function codewords(text: string): { version: number; words: number[] } {
  const bytes = [...new TextEncoder().encode(text)];
  let version = 1;
  const head = () => 4 + (version < 10 ? 8 : 16);
  while (version <= 12 && head() + 8 * bytes.length > 8 * dataBytes(version)) version++;
  if (version > 12) throw new Error('too long for a QR code');
  const bits: number[] = [], put = (v: number, n: number) => { for (let i = n - 1; i >= 0; i--) bits.push((v >>> i) & 1); };
  put(4, 4);
  put(bytes.length, version < 10 ? 8 : 16);
  bytes.forEach((b) => put(b, 8));
  const full = 8 * dataBytes(version);
  put(0, Math.min(4, full - bits.length));
  put(0, (8 - (bits.length % 8)) % 8);
  for (let pad = 0xec; bits.length < full; pad ^= 0xec ^ 0x11) put(pad, 8);
  const data = Array.from({ length: bits.length / 8 }, (_, i) => parseInt(bits.slice(8 * i, 8 * i + 8).join(''), 2));
  const n = BLOCKS[version - 1]!, ecc = ECC[version - 1]!, by = divisor(ecc), short = Math.floor(data.length / n), long = data.length % n;
  const parts: number[][] = [], checks: number[][] = [];
  for (let k = 0, at = 0; k < n; k++) {
    const part = data.slice(at, (at += short + (k >= n - long ? 1 : 0)));
    parts.push(part);
    checks.push(remainder(part, by));
  }
  const words: number[] = [];
  for (let i = 0; i <= short; i++) parts.forEach((p) => { if (i < p.length) words.push(p[i]!); });
  for (let i = 0; i < ecc; i++) checks.forEach((c) => words.push(c[i]!));
  return { version, words };
}

const MASK: ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0, (_, y) => y % 2 === 0, (x) => x % 3 === 0, (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0, (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0, (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];
/** Fewer long runs and filled squares read more easily. */
function roughness(m: boolean[][]): number {
  let sum = 0;
  const n = m.length, at = (a: number, b: number, turn: boolean) => (turn ? m[b]![a]! : m[a]![b]!);
  for (const turn of [false, true])
    for (let a = 0; a < n; a++)
      for (let b = 1, run = 1; b < n; b++) {
        run = at(a, b, turn) === at(a, b - 1, turn) ? run + 1 : 1;
        if (run === 5) sum += 3;
        else if (run > 5) sum++;
      }
  for (let y = 1; y < n; y++) for (let x = 1; x < n; x++) if (m[y]![x] === m[y - 1]![x] && m[y]![x] === m[y]![x - 1] && m[y]![x] === m[y - 1]![x - 1]) sum += 3;
  return sum;
}

export function qr(text: string): boolean[][] {
  const { version, words } = codewords(text), n = 4 * version + 17;
  const m = Array.from({ length: n }, () => new Array<boolean>(n).fill(false)), fixed = m.map((r) => r.slice());
  const set = (x: number, y: number, dark: boolean) => { if (x >= 0 && y >= 0 && x < n && y < n) { m[y]![x] = dark; fixed[y]![x] = true; } };
  for (let i = 0; i < n; i++) { set(6, i, i % 2 === 0); set(i, 6, i % 2 === 0); }
  for (const [cx, cy] of [[3, 3], [n - 4, 3], [3, n - 4]] as const)
    for (let dy = -4; dy <= 4; dy++) for (let dx = -4; dx <= 4; dx++) { const d = Math.max(Math.abs(dx), Math.abs(dy)); set(cx + dx, cy + dy, d !== 2 && d !== 4); }
  if (version > 1) {
    const count = Math.floor(version / 7) + 2, step = Math.floor((version * 8 + count * 3 + 5) / (count * 4 - 4)) * 2, at = [6];
    for (let p = n - 7; at.length < count; p -= step) at.splice(1, 0, p);
    at.forEach((y, j) => at.forEach((x, i) => {
      if ((i === 0 && j === 0) || (i === 0 && j === count - 1) || (i === count - 1 && j === 0)) return;
      for (let dy = -2; dy <= 2; dy++) for (let dx = -2; dx <= 2; dx++) set(x + dx, y + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
    }));
  }
  if (version >= 7) {
    let r = version;
    for (let i = 0; i < 12; i++) r = (r << 1) ^ ((r >>> 11) * 0x1f25);
    const bits = (version << 12) | r;
    for (let i = 0; i < 18; i++) { const dark = ((bits >>> i) & 1) === 1, a = n - 11 + (i % 3), b = Math.floor(i / 3); set(a, b, dark); set(b, a, dark); }
  }
  const format = (mask: number) => { // level M is 0
    let r = mask;
    for (let i = 0; i < 10; i++) r = (r << 1) ^ ((r >>> 9) * 0x537);
    const bits = ((mask << 10) | r) ^ 0x5412, bit = (i: number) => ((bits >>> i) & 1) === 1;
    for (let i = 0; i <= 5; i++) set(8, i, bit(i));
    set(8, 7, bit(6)); set(8, 8, bit(7)); set(7, 8, bit(8));
    for (let i = 9; i < 15; i++) set(14 - i, 8, bit(i));
    for (let i = 0; i < 8; i++) set(n - 1 - i, 8, bit(i));
    for (let i = 8; i < 15; i++) set(8, n - 15 + i, bit(i));
    set(8, n - 8, true);
  };
  format(0);
  let k = 0;
  for (let right = n - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let v = 0; v < n; v++)
      for (let j = 0; j < 2; j++) {
        const x = right - j, y = ((right + 1) & 2) === 0 ? n - 1 - v : v;
        if (!fixed[y]![x] && k < 8 * words.length) { m[y]![x] = ((words[k >>> 3]! >>> (7 - (k & 7))) & 1) === 1; k++; }
      }
  }
  const turn = (f: (x: number, y: number) => boolean) => m.forEach((row, y) => row.forEach((d, x) => { if (!fixed[y]![x]) row[x] = d !== f(x, y); }));
  let best = 0, least = Infinity;
  MASK.forEach((f, i) => { format(i); turn(f); const r = roughness(m); if (r < least) { least = r; best = i; } turn(f); });
  format(best);
  turn(MASK[best]!);
  return m;
}
/** One path, a module a unit, with the quiet zone of four around it. */
export const qrPath = (m: boolean[][]) => m.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + 4} ${y + 4}h1v1h-1z` : ''))).join('');
