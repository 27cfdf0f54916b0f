// SPDX-License-Identifier: EUPL-1.2
// A small still map of one area and what lies beside it.
import { useEffect, useRef, useState } from 'preact/hooks';
import { type AreaPage, type Areas, get, type Root } from './api';
import type { MapHandle } from './map';
import { t } from './text';

export function MiniMap({ root, area }: { root: Root; area: AreaPage }) {
  const box = useRef<HTMLDivElement>(null), names = useRef<HTMLDivElement>(null);
  const [dead, kill] = useState(false);
  const level = root.indelingen.find((d) => d.niveau === area.niveau && d.indelingsjaar === area.indelingsjaar);
  const tiles = level?.tegels ?? null, extent = area.omvang;
  useEffect(() => {
    if (!tiles || !extent || !box.current || !names.current) return;
    let handle: MapHandle | null = null, gone = false;
    const room = area.niveau === 'gemeente' ? 0.1 : 0.75, wide = (extent[2] - extent[0]) * room, high = (extent[3] - extent[1]) * room;
    const same = (n: string) => root.indelingen.find((d) => d.niveau === n && d.indelingsjaar === area.indelingsjaar)?.tegels ?? null;
    void Promise.all([import('./map'), get<Areas>(`/gebieden?niveau=${area.niveau}&indelingsjaar=${area.indelingsjaar}`)]).then(async ([m, all]) => {
      if (gone || !box.current || !names.current) return;
      handle = await m.makeMap(box.current, names.current, {
        tiles, wijkTiles: area.niveau === 'buurt' ? same('wijk') : null, outerTiles: same('gemeente'), water: root.water,
        box: [extent[0] - wide, extent[1] - high, extent[2] + wide, extent[3] + high], padding: { top: 0, right: 0, bottom: 0, left: 0 }, title: t.whereIs, still: true,
      });
      if (gone) return handle.end();
      handle.select(area.nr);
      handle.labels([...(area.punt ? [{ text: area.naam, at: area.punt, kind: 'own' as const }] : []),
        ...all.gebieden.filter((g) => g.punt && g.nr !== area.nr).map((g) => ({ text: g.naam, at: g.punt!, kind: 'buurt' as const }))]);
    }).catch(() => { if (!gone) kill(true); });
    return () => { gone = true; handle?.end(); };
  }, [area.code, area.indelingsjaar, tiles]);
  if (!tiles || !extent) return <p class="small">{t.noOutline(area.naam)}</p>;
  return (
    <figure class="mini">
      <div class="mini-box">{dead ? <p class="small">{t.noMap}</p> : <><div class="gl" ref={box} /><div class="namen" ref={names} aria-hidden="true" /></>}</div>
      <figcaption class="small">{area.niveau === 'gemeente' ? t.here(area.naam) : t.yourArea(area.niveauNaam)} <a href={`/kaart?niveau=${area.niveau}&gebied=${area.code}`}>{t.onMap}</a></figcaption>
    </figure>
  );
}
