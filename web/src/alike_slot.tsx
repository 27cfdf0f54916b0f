// SPDX-License-Identifier: EUPL-1.2
// Where similar areas, expected beside seen, and facts beside perception come on the page of an area; fetched when one is opened.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

type Block = ComponentType<{ code: string; name: string; level: string; division: number; method: string }>;
let known: Block | null = null;
export function AlikeSlot(p: { code: string; name: string; level: string; division: number; method: string }) {
  const [Now, set] = useState<Block | null>(() => known);
  useEffect(() => { if (!Now) import('./alike').then((m) => { known = m.default; set(() => m.default); }, () => undefined); }, []);
  return Now ? <Now {...p} /> : null;
}
