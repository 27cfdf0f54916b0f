// SPDX-License-Identifier: EUPL-1.2
// The local norms that hold in an area, beside the figure of now and the national value: never one instead of the other. On the page
// of an area, which asks for them once, for its charts as well.
import { amount, day, moment } from './format';
import { type NormHere, type NormsHere, pageOfNorm, said, unitOf } from './norm_api';
import { Figure } from './number';
import { n } from './text_norm';

export default function NormsOfArea({ here }: { here: NormsHere }) {
  const w = n(), code = here.code;
  return (
    <section class="rule second" id="normen"><h2>{w.title}</h2>
      {here.normen.length === 0 ? <p>{w.none}</p> : <><p class="small">{w.hereLead}</p>
        <table class="twin cards"><caption class="sr">{w.title}</caption>
          <thead><tr><th scope="col">{w.figure}</th><th scope="col" class="r">{w.now}</th><th scope="col">{w.norm}</th><th scope="col" class="r">{w.national}</th><th scope="col" class="r">{w.target}</th><th scope="col">{w.from}</th></tr></thead>
          <tbody>{here.normen.map((x) => <Row key={x.indicator} x={x} code={code} />)}</tbody></table></>}
      <p class="small"><a href="/methode/normen">{w.method}</a> · <a href="/normen">{w.all}</a>{here.magVoorstellen && <> · <a href={`/normen?nieuw=${code}`}>{w.propose}</a></>}</p>
    </section>
  );
}

function Row({ x, code }: { x: NormHere; code: string }) {
  const w = n(), unit = unitOf(x);
  return (
    <tr>
      <th scope="row">{x.indicatorNaam}<span class="small block">{x.zin}</span></th>
      <td class="r" data-is={w.now}><span>{x.nu && x.nu.waarde !== null ? <Figure code={code} indicator={x.indicator} period={x.nu.periode} id={x.nu.spoor}>{amount(x.nu.waarde, unit, x.decimalen)}</Figure> : x.nu ? w.notShown : w.notKnown}{x.nu && <span class="small block">{moment(x.nu.periode)}</span>}</span></td>
      <td class="said" data-is={w.norm}><span><a href={pageOfNorm(x)}>{said(x.norm, unit)}</a><span class="small block">{x.eigen ? w.own : w.of(x.gebiedNaam, x.niveau)}</span></span></td>
      <td class="r" data-is={w.national} title={x.landelijkZin}>{x.landelijk === null ? w.notKnown : amount(x.landelijk, unit, x.decimalen)}<span class="sr"> {x.landelijkZin}</span></td>
      <td class="r" data-is={w.target}>{x.norm.doeljaar ?? w.noTarget}</td>
      <td class="said" data-is={w.from}>{day(x.norm.geldtVanaf)}</td>
    </tr>
  );
}
