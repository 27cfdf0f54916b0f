// SPDX-License-Identifier: EUPL-1.2
// The gap on the page of a gemeente, fetched when such a page is opened: other areas do not pay for it.
import { useEffect, useState } from 'preact/hooks';
import type { Root } from './api';

type Section = typeof import('./gap').GapSection;
let section: Section | null = null;
export function Gap(p: { root: Root; code: string; naam: string }) {
  const [Now, set] = useState<Section | null>(() => section);
  useEffect(() => {
    if (!Now) void import('./gap').then((m) => { section = m.GapSection; set(() => m.GapSection); }, () => undefined);
  }, []);
  return Now ? <Now {...p} /> : null;
}
