// SPDX-License-Identifier: EUPL-1.2
// How we calculate: the list of methods, one method as docs/methods tells it, and of a score what it cannot say and where its classes begin.
import { useEffect, useState } from 'preact/hooks';
import pages from 'methods:list';
import { type Root, type Scores, useApi } from './api';
import { dev } from './format';
import { idOf } from './route';
import { grade, LEVEL } from './scale';
import { Loading, Part } from './states';
import { lang, t } from './text';
import { words } from './text_method';

export function MethodView({ root, place }: { root: Root; place: URL }) {
  const id = idOf(place);
  return place.pathname.startsWith('/methoden') ? <Methods /> : pages.some((p) => p.id === id) ? <Method key={id} id={id} /> : <Score key={id} root={root} id={id} />;
}
/** Dutch text in an English page says that it is Dutch, to a screen reader too. */
const dutch = () => (lang() === 'nl' ? {} : { lang: 'nl' });

function Methods() {
  const w = words(), groups = ['score', 'course', 'compare', 'data'] as const;
  return (
    <main id="inhoud" tabIndex={-1} class="method">
      <h1>{w.all}</h1><p class="lead">{w.allLead} {w.onlyDutch}</p>
      <div class="grid second">{groups.map((g) => <section class="rule span6" key={g}><h2>{w.groups[g]}</h2>
        <ul class="methods">{pages.filter((p) => p.group === g).map((p) => <li key={p.id} {...dutch()}><a href={`/methode/${p.id}`}>{p.title}</a><p class="small">{p.lead}</p></li>)}</ul></section>)}</div>
    </main>
  );
}

/** One page of docs/methods. Its HTML is made when the app is built, from our own text. */
function Method({ id }: { id: string }) {
  const w = words(), page = pages.find((p) => p.id === id)!, [html, set] = useState<string | null>(null), [lost, lose] = useState(false);
  useEffect(() => { page.load().then(set, () => lose(true)); }, [id]);
  return (
    <main id="inhoud" tabIndex={-1} class="method">
      <p class="path"><a href="/methoden">{w.back}</a> /</p>
      <h1 {...dutch()}>{page.title}</h1>
      {w.onlyDutch && <p class="small">{w.onlyDutch}</p>}
      {html !== null ? <div class="prose" {...dutch()} dangerouslySetInnerHTML={{ __html: html }} /> : lost ? <p>{t.notFound}</p> : <Loading stop={() => lose(true)} />}
    </main>
  );
}

function Score({ root, id }: { root: Root; id: string }) {
  const m = root.methoden.find((x) => x.id === id);
  const at = m?.beschikbaar.find((b) => b.niveau === 'gemeente') ?? m?.beschikbaar[0];
  const last = at?.perioden[at.perioden.length - 1];
  const scores = useApi<Scores>(m && at && last ? `/scores?methode=${m.id}&niveau=${at.niveau}&periode=${last}&indelingsjaar=${at.indelingsjaar}` : null);
  if (!m) return <main id="inhoud" tabIndex={-1}><h1>{t.notFound}</h1><p class="lead"><a href="/gegevens">{t.data}</a></p></main>;
  return (
    <main id="inhoud" tabIndex={-1} class="method">
      <h1>{t.methodTitle(m.naam)}</h1>
      <p class="lead">{t.methodLead}</p>
      <p><a href="/methode/leefbaarometer">{words().about}</a> · <a href={`/algoritmen/${m.id}`}>{t.showRecord}</a> · <a href="/methoden">{words().back}</a></p>
      <div class="grid second">
        <div class="span6 strong">
          <section class="rule"><h2>{t.methodHow}</h2><p>{t.methodHowText(m.dimensies.length)}</p></section>
          <section class="rule"><h2>{t.methodNot}</h2><ul class="dashes">{t.methodNots.map((x) => <li key={x}>{x}</li>)}</ul></section>
          <section class="rule"><h2>{t.parts}</h2><ul class="list">{m.dimensies.map((d) => <li key={d.id}><span><a href={`/kaart?laag=${encodeURIComponent(d.indicator)}`}>{d.naam}</a></span></li>)}</ul></section>
        </div>
        <section class="rule span6"><h2>{t.limits}</h2>
          {at && last ? <Part of={scores}>{(d) => (d.grenzen === null ? <p>{t.noLimits}</p> : (
            <table class="twin"><thead><tr><th scope="col">{t.colour}</th><th scope="col">{t.classWord}</th><th scope="col" class="r">{t.from}</th><th scope="col" class="r">{t.upTo}</th></tr></thead>
              <tbody>{m.klassen.map((c, k) => <tr key={c}><td><svg class="swatch" width="22" height="14" aria-hidden="true"><rect width="22" height="14" fill={LEVEL[grade(k + 1)]!} /></svg></td><th scope="row">{c}</th><td class="r">{k > 0 ? dev(d.grenzen![k - 1]!) : ''}</td><td class="r">{k < d.grenzen!.length ? dev(d.grenzen![k]!) : ''}</td></tr>)}</tbody></table>
          ))}</Part> : <p>{t.noLimits}</p>}
        </section>
      </div>
    </main>
  );
}
