// SPDX-License-Identifier: EUPL-1.2
// Local norms as the server tells them, and how a version is said to people.
import type { Num } from './api';
import { amount, unitBeside } from './format';
import type { Taken } from './moderation';
import { n } from './text_norm';

export interface Version { versie: number; ingetrokken: boolean; soort: 'minstens' | 'hoogstens'; waarde: Num; decimalen: number; doeljaar: number | null; geldtVanaf: string; woorden: string; waarom: string; waaromWeggehaald: Taken | null; voorstel: number; voorgesteldOp: string; beslotenOp: string }
export interface About { gemeente: string; gebied: string; gebiedNaam: string; niveau: string; niveauNaam: string; indicator: string; indicatorNaam: string; eenheid: string }
export interface Norm extends About { versie: number; geldt: Version | null; straks: Version | null }
export interface Norms { gemeente: string | null; magVoorstellen: boolean; normen: Norm[]; volgende: string | null }
export interface NormHistory extends Norm { versies: Version[]; magVoorstellen: boolean; magWeghalen: boolean; openVoorstel: number | null }
export interface NormHere extends About { eigen: boolean; decimalen: number; norm: Version; nu: { waarde: Num; status: string; periode: string; spoor: string } | null; landelijk: Num; landelijkZin: string; verschil: Num; stand: string; zin: string }
export interface NormsHere { code: string; naam: string; niveau: string; magVoorstellen: boolean; normen: NormHere[] }
export interface Clash { versie: number; norm: Version | null; voorstel: { nr: number; wat: string; waarom: string; gedaanOp: string } | null }

export const pageOfNorm = (a: { gebied: string; indicator: string }) => `/normen/${encodeURIComponent(a.gebied)}/${encodeURIComponent(a.indicator)}`;
/** «ten hoogste 50,5%»; the year it aims at stands by itself. */
export const said = (v: Version, unit: string) => (v.ingetrokken || v.waarde === null ? n().withdrawn : `${n().kinds[v.soort]} ${amount(v.waarde, unit, v.decimalen)}`);
/** What stands behind a figure: not what its name says already, and nothing for a difference from the mean. */
export const unitOf = (a: { indicatorNaam: string; eenheid: string }) => (/^(afwijking|deviation)/.test(a.eenheid) ? '' : unitBeside(a.indicatorNaam, a.eenheid));
