// SPDX-License-Identifier: EUPL-1.2
// Where the wheel comes on the page of an area; its code is fetched when such a page is opened, and its place is kept.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { AreaPage, AreaScores } from './api';

interface Asked { d: AreaPage; s: AreaScores; wider: AreaScores | null; widerName: string }
let known: ComponentType<Asked> | null = null;
export function MadeOfSlot(p: Asked) {
  const [Now, set] = useState<ComponentType<Asked> | null>(() => known);
  useEffect(() => { if (!Now) import('./made_of').then((m) => { known = m.default; set(() => m.default); }, () => undefined); }, []);
  return Now ? <Now {...p} /> : <section class="rule span7 wheel-room" />;
}
