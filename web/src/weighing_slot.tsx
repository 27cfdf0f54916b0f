// SPDX-License-Identifier: EUPL-1.2
// Where the switch between scores comes on the page of an area; its code is fetched when such a page is opened.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

type Block = ComponentType<{ code: string; division: number }>;
let known: Block | null = null;
export function WeighingSlot(p: { code: string; division: number }) {
  const [Now, set] = useState<Block | null>(() => known);
  useEffect(() => { if (!Now) import('./weighing').then((m) => { known = m.default; set(() => m.default); }, () => undefined); }, []);
  return Now ? <Now {...p} /> : null;
}
