// SPDX-License-Identifier: EUPL-1.2
// Starts the app: reads what the store holds and shows the page of the address.
import { type ComponentChildren, render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Failure, type Root, useApi, useVersion } from './api';
import { TraceHost } from './number';
import { AreaView } from './page_area';
import { DataView } from './page_data';
import { HomeView } from './page_home';
import { MethodView } from './page_method';
import { hasPage, usePlace } from './route';
import { Shell } from './shell';
import { Empty, Failed, Loading, Part } from './states';
import { t } from './text';

type View = (p: { root: Root; place: URL }) => ComponentChildren;
/** A page that weighs too much to send to who only looks up a buurt: fetched when it is asked for, once. */
function later(load: () => Promise<View>): View {
  let page: View | null = null;
  return function Later(p) {
    const [Now, set] = useState<View | null>(() => page), [lost, lose] = useState(false);
    useEffect(() => {
      if (!Now) load().then((v) => { page = v; set(() => v); }, () => lose(true));
    }, []);
    if (Now) return <Now {...p} />;
    return <main id="inhoud" tabIndex={-1}>{lost ? <Failed failure={new Failure('', 'N-0')} retry={() => location.reload()} /> : <Loading stop={() => lose(true)} />}</main>;
  };
}
const Kaart = later(() => import('./page_map').then(async (m) => { await m.ready; return m.MapView; }));
const Kloof = later(() => import('./gap').then((m) => m.GapView));
const Importeer = later(() => import('./page_import').then(async (m) => { await m.ready; return m.ImportView; }));
const Weging = later(() => import('./page_weighing').then((m) => m.WeighingView));

function Page({ root, place }: { root: Root; place: URL }) {
  const [, kind = '', id = ''] = place.pathname.split('/').map(decodeURIComponent);
  if (kind === '') return <HomeView root={root} place={place} />;
  if (kind === 'kaart' && root.indelingen.length === 0) return <main id="inhoud" tabIndex={-1}><Empty /></main>;
  if (kind === 'kaart') return <Kaart root={root} place={place} />;
  if (kind === 'gegevens' && id === 'import') return <Importeer root={root} place={place} />;
  if (kind === 'gegevens') return <DataView root={root} />;
  if (kind === 'weging' && id) return <Weging key={id} root={root} place={place} />;
  if (kind === 'kloof') return <Kloof root={root} place={place} />;
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
  useEffect(() => {
    document.addEventListener('wijk-vernieuwd', root.retry);
    return () => { document.removeEventListener('wijk-vernieuwd', root.retry); };
  });
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
