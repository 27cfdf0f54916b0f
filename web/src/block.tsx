// SPDX-License-Identifier: EUPL-1.2
// A block of a page that is fetched when the page is open: who looks something up does not wait for it.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

export function block<P extends object>(load: () => Promise<{ default: ComponentType<P> }>): ComponentType<P> {
  let known: ComponentType<P> | null = null;
  return function Block(p: P) {
    const [Now, set] = useState<ComponentType<P> | null>(() => known);
    useEffect(() => { if (!Now) load().then((m) => { known = m.default; set(() => m.default); }, () => undefined); }, []);
    return Now ? <Now {...p} /> : null;
  };
}
