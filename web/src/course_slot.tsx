// SPDX-License-Identifier: EUPL-1.2
// Where the trend and the course come on the page of an area; their code is fetched when such a page is opened.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { AreaPage } from './api';
import type { NormHere } from './norm_api';

interface Given { d: AreaPage; method: string; norm: NormHere | null }
type Block = ComponentType<Given>;
let known: Block | null = null;
export function CourseSlot(p: Given) {
  const [Now, set] = useState<Block | null>(() => known);
  useEffect(() => { if (!Now) import('./course').then((m) => { known = m.default; set(() => m.default); }, () => undefined); }, []);
  return Now ? <Now {...p} /> : null;
}
