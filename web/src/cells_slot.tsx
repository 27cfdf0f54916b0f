// SPDX-License-Identifier: EUPL-1.2
// Where the 100 m map comes on the page of a buurt or wijk; its code is fetched when such a page is opened.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { AreaPage } from './api';

type Block = ComponentType<{ d: AreaPage; method: string }>;
let known: Block | null = null;
export function CellsSlot(p: { d: AreaPage; method: string }) {
  const [Now, set] = useState<Block | null>(() => known);
  useEffect(() => { if (!Now) import('./cells').then((m) => { known = m.default; set(() => m.default); }, () => undefined); }, []);
  return Now ? <Now {...p} /> : null;
}
