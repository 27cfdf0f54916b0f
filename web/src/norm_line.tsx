// SPDX-License-Identifier: EUPL-1.2
// A local norm in a line chart: what stands in the caption, at the line, and below the years in the table twin. The national value is
// told beside it, or that it is not known.
import { amount, day } from './format';
import { type NormHere, pageOfNorm, said, unitOf } from './norm_api';
import { n } from './text_norm';

/** The norm that holds here for this figure, if there is one. */
export const normOf = (norms: NormHere[], indicator: string): NormHere | null => norms.find((x) => x.indicator === indicator && x.norm.waarde !== null) ?? null;
/** What the chart draws: the height of the dashed line and the name above it. */
export const lineOf = (x: NormHere | null) => (x && x.norm.waarde !== null ? { value: x.norm.waarde, name: n().lineName(said(x.norm, unitOf(x))) } : undefined);

const whose = (x: NormHere) => (x.eigen ? n().own : n().of(x.gebiedNaam, x.niveau));
const nation = (x: NormHere) => (x.landelijk === null ? n().nationUnknown : `${n().nation}: ${amount(x.landelijk, unitOf(x), x.decimalen)}`);

export function NormNote({ x }: { x: NormHere | null }) {
  const w = n();
  if (!x) return null;
  return <p class="small">{w.dashed} <a href={pageOfNorm(x)}>{said(x.norm, unitOf(x))}</a>{x.norm.doeljaar ? ` ${w.inYear(String(x.norm.doeljaar))}` : ''}, {whose(x)}, {w.since(day(x.norm.geldtVanaf))}. <span title={x.landelijkZin}>{nation(x)}.</span></p>;
}

/** columns: of the table, the one with the years left out. */
export function NormFoot({ x, columns }: { x: NormHere | null; columns: number }) {
  const w = n();
  if (!x) return null;
  return (
    <tfoot>
      <tr><th scope="row">{w.norm}</th><td colSpan={columns}><a href={pageOfNorm(x)}>{said(x.norm, unitOf(x))}</a>{x.norm.doeljaar ? ` ${w.inYear(String(x.norm.doeljaar))}` : ''}, {whose(x)}, {w.since(day(x.norm.geldtVanaf))}</td></tr>
      <tr><th scope="row">{w.nation}</th><td colSpan={columns}>{x.landelijk === null ? w.notKnown : amount(x.landelijk, unitOf(x), x.decimalen)}<small> {x.landelijkZin}</small></td></tr>
    </tfoot>
  );
}
