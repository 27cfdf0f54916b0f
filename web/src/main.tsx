// SPDX-License-Identifier: EUPL-1.2
// Starts the app: reads what the store holds and shows the page of the address.
import { type ComponentChildren, render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ask, Failure, getContact, type Root, useApi, useVersion } from './api';
import { TraceHost } from './number';
import { arrive, hasPage, usePlace } from './route';
import { Shell } from './shell';
import { Empty, Failed, Loading, Part } from './states';
import { speakAgain, t } from './text';

type View = (p: { root: Root; place: URL }) => ComponentChildren;
interface Later { (p: { root: Root; place: URL }): ComponentChildren; fetch: () => void }
/** A page is fetched when it is asked for, once: who looks up a buurt does not wait for the import. */
function later(load: () => Promise<View>): Later {
  let page: View | null = null, coming: Promise<View> | null = null;
  const fetched = () => (coming ??= load().then((v) => (page = v), (e: unknown) => { coming = null; throw e; }));
  const Page: Later = (p) => {
    const [Now, set] = useState<View | null>(() => page), [lost, lose] = useState(false);
    useEffect(() => {
      if (!Now) fetched().then((v) => set(() => v), () => { lose(true); void ask(); });
    }, []);
    // a script that did not come is not asked for twice by a browser: when the server is back the page begins anew
    useEffect(() => {
      if (!lost) return;
      const back = () => { if (getContact() !== 'gone') location.reload(); };
      document.addEventListener('wijk-contact', back);
      return () => { document.removeEventListener('wijk-contact', back); };
    }, [lost]);
    if (Now) return <Now {...p} />;
    return <main id="inhoud" tabIndex={-1}>{lost ? <Failed failure={new Failure('', 'N-0')} retry={() => location.reload()} /> : <Loading stop={() => lose(true)} />}</main>;
  };
  Page.fetch = () => void fetched().catch(() => undefined);
  return Page;
}
const Begin = later(() => import('./page_home').then((m) => m.HomeView));
const Gebied = later(() => import('./page_area').then((m) => m.AreaView));
const Kaart = later(() => import('./page_map').then(async (m) => { await m.ready; return m.MapView; }));
const Kloof = later(() => import('./gap').then((m) => m.GapView));
const Gegevens = later(() => import('./page_data').then((m) => m.DataView));
const Methode = later(() => import('./page_method').then((m) => m.MethodView));
const Importeer = later(() => import('./page_import').then(async (m) => { await m.ready; return m.ImportView; }));
const Algoritmen = later(() => import('./page_algorithm').then((m) => m.AlgorithmView));
const Wie = later(() => import('./page_partners').then(async (m) => { await m.ready; return m.PartnersView; }));
const Verklaring = later(() => import('./page_statement').then((m) => m.StatementView));
const Signaal = later(() => import('./page_signal').then(async (m) => { await m.ready; return m.SignalView; }));
const MijnWijk = later(() => import('./page_mine').then(async (m) => { await m.ready; return m.MineView; }));
const Gegeven = later(() => import('./page_given').then(async (m) => { await m.ready; return m.GivenView; }));
const Moderatie = later(() => import('./page_moderation').then((m) => m.ModerationView));
const Volg = later(() => import('./page_follow').then(async (m) => { await m.ready; return m.FollowView; }));
const Mensen = later(() => import('./page_people').then(async (m) => { await m.ready; return m.PeopleView; }));
const Normen = later(() => import('./page_norms').then(async (m) => { await m.ready; return m.NormsView; }));
const Weging = later(() => import('./page_weighing').then((m) => m.WeighingView));

/** The page of an address, whatever the store holds; none for an address we do not know. */
function pageAt(place: URL): Later | null {
  const [, kind = '', id = ''] = place.pathname.split('/');
  if (kind === '') return Begin;
  if (kind === 'kaart') return Kaart;
  if (kind === 'gegevens') return id === 'import' ? Importeer : Gegevens;
  if (kind === 'weging' && id) return Weging;
  if (kind === 'kloof') return Kloof;
  if (kind === 'algoritmen') return Algoritmen;
  if (kind === 'wie-doet-wat' || kind === 'voorstellen') return Wie;
  if (kind === 'normen') return Normen;
  if (kind === 'toegankelijkheid' || kind === 'privacy') return Verklaring;
  if (['aanmelden', 'account', 'beheer', 'logboek'].includes(kind)) return Mensen;
  if (kind === 'signaal') return Signaal;
  if (kind === 'mijn-wijk') return MijnWijk;
  if (kind === 'signalen' && id === 'gegeven') return Gegeven;
  if (kind === 'volg') return Volg;
  if (kind === 'moderatie') return Moderatie;
  if (kind === 'methode' || kind === 'methoden') return Methode;
  return id && hasPage(kind) ? Gebied : null;
}
pageAt(new URL(location.href))?.fetch(); // on its way while the store is asked what it holds

function Page({ root, place }: { root: Root; place: URL }) {
  const At = pageAt(place);
  if (At === Kaart && root.indelingen.length === 0) return <main id="inhoud" tabIndex={-1}><Empty /></main>;
  if (At) return <At key={At === Weging || At === Verklaring ? place.pathname : ''} root={root} place={place} />;
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
  // what a page is about stands in its title too, for who hears the page or has many open
  useEffect(() => {
    const name = () => { const of = document.querySelector('main h1')?.textContent?.trim(); document.title = of ? `${of} \u00b7 Wijkregie` : 'Wijkregie'; arrive(); };
    const watch = new MutationObserver(name);
    watch.observe(document.getElementById('app')!, { subtree: true, childList: true, characterData: true });
    name();
    return () => watch.disconnect();
  }, []);
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
void speakAgain().then(() => render(<App />, document.getElementById('app')!));
