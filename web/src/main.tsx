// SPDX-License-Identifier: EUPL-1.2
// Starts the app: reads what the store holds and shows the page of the address.
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type Root, useApi, useVersion } from './api';
import { TraceHost } from './number';
import { AreaView } from './page_area';
import { DataView } from './page_data';
import { HomeView } from './page_home';
import { MapView } from './page_map';
import { MethodView } from './page_method';
import { hasPage, usePlace } from './route';
import { Shell } from './shell';
import { Part } from './states';
import { t } from './text';

function Page({ root, place }: { root: Root; place: URL }) {
  const [, kind = '', id = ''] = place.pathname.split('/').map(decodeURIComponent);
  if (kind === '') return <HomeView root={root} place={place} />;
  if (kind === 'kaart') return <MapView root={root} place={place} />;
  if (kind === 'gegevens') return <DataView root={root} />;
  if (kind === 'methode') return <MethodView root={root} id={id} />;
  if (id && hasPage(kind)) return <AreaView root={root} code={id} niveau={kind} />;
  return <main id="inhoud" tabIndex={-1}><h1>{t.notFound}</h1><p class="lead"><a href="/">{t.toHome}</a></p></main>;
}

function App() {
  const [, redraw] = useState(0);
  useEffect(() => {
    let n = 0;
    const f = () => redraw(++n);
    document.addEventListener('wijk-taal', f);
    return () => { document.removeEventListener('wijk-taal', f); };
  }, []);
  const place = usePlace();
  const root = useApi<Root>('');
  if (root.data) useVersion(root.data.gegevensversie);
  const known = root.data;
  return (
    <>
      <Shell root={known} page={'/' + (place.pathname.split('/')[1] ?? '')}>
        {known ? <Page root={known} place={place} /> : <main id="inhoud" tabIndex={-1}><Part of={root} lines={4}>{() => null}</Part></main>}
      </Shell>
      <TraceHost />
    </>
  );
}
render(<App />, document.getElementById('app')!);
