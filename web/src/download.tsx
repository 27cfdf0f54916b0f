// SPDX-License-Identifier: EUPL-1.2
// «Download ▾»: everything, or one area, as a file. A plain disclosure with plain links, so it works by keyboard and is said as what it is.
import { t } from './text';

const FORMS = [['csv', 'CSV'], ['xlsx', 'Excel'], ['gpkg', 'GeoPackage'], ['geojson', 'GeoJSON']] as const;

export function Download() {
  return (
    <details class="download"><summary class="utrecht-button utrecht-button--secondary-action">{t.download}</summary>
      <ul>{FORMS.map(([id, name]) => <li key={id}><a href={`/api/v1/uitvoer/${id}`} download><b>{name}</b> <span class="small">{t.forms[id]}</span></a></li>)}</ul>
    </details>
  );
}

/** All figures of one area and what lies in it. */
export const DownloadArea = ({ code }: { code: string }) => <a href={`/api/v1/uitvoer/csv?binnen=${encodeURIComponent(code)}`} download>{t.downloadArea}</a>;
