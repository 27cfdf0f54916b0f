// SPDX-License-Identifier: EUPL-1.2
// The words of the line through the years and of what happened, in both languages.
import { lang } from './text';

const MANY: Record<string, [string, string]> = { buurt: ['buurten', 'neighbourhoods'], wijk: ['wijken', 'districts'], gemeente: ['gemeenten', 'municipalities'], pc4: ['postcodegebieden', 'postcode areas'] };
const many = (level: string, k: 0 | 1) => (MANY[level] ?? ['gebieden', 'areas'])[k];
const ONE: Record<string, [string, string]> = { buurt: ['buurt', 'neighbourhood'], wijk: ['wijk', 'district'], gemeente: ['gemeente', 'municipality'], pc4: ['postcodegebied', 'postcode area'] };
const one = (level: string, k: 0 | 1) => (ONE[level] ?? ['gebied', 'area'])[k];
const nl = {
  peersShort: 'vergelijkbaar', peers: (level: string) => `vergelijkbare ${many(level, 0)}`, peersNote: (n: string, level: string) => `Lichte lijnen: de ${n} ${many(level, 0)} die er het meest op lijken. Streepjes: hun gemiddelde.`, whose: (level: string) => `Welke lichte lijn is welke ${one(level, 0)}?`, thinAre: (names: string) => `Lichte lijnen: ${names}.`,
  eachOf: (n: string, level: string) => `De ${n} vergelijkbare ${many(level, 0)} apart`, eachOrder: 'Wat er het meest op lijkt, staat vooraan. Dat zegt niets over beter of minder.', which: 'Welke zijn dat?',
  title: 'Wat er gebeurde', note: 'Het staat naast de lijn. Het zegt niet dat de lijn daardoor verandert.', when: 'Wanneer', what: 'Wat', source: 'Bron', until: (p: string) => `tot ${p}`, inArea: (n: string) => `in ${n}`, line: (n: number) => `regel ${n}`,
  mark: (n: number, when: string, what: string) => `Gebeurtenis ${n}, ${when}: ${what}`, before: 'voor de eerste meting', after: 'na de laatste meting', numbers: 'De cijfers onder de jaren horen bij de lijst. De streep loopt zo lang als het duurde.',
};
type Words = typeof nl;
const en: Words = {
  peersShort: 'similar areas', peers: (level) => `similar ${many(level, 1)}`, peersNote: (n, level) => `Light lines: the ${n} ${many(level, 1)} most like it. Dashes: their mean.`, whose: (level) => `Which light line is which ${one(level, 1)}?`, thinAre: (names) => `Light lines: ${names}.`,
  eachOf: (n, level) => `The ${n} similar ${many(level, 1)} one by one`, eachOrder: 'The most alike comes first. That says nothing about better or worse.', which: 'Which are those?',
  title: 'What happened', note: 'It stands beside the line. It does not say that the line moves because of it.', when: 'When', what: 'What', source: 'Source', until: (p) => `until ${p}`, inArea: (n) => `in ${n}`, line: (n) => `line ${n}`,
  mark: (n, when, what) => `Event ${n}, ${when}: ${what}`, before: 'before the first measurement', after: 'after the last measurement', numbers: 'The numbers below the years belong to the list. The bar is as long as it took.',
};
export const words = (): Words => (lang() === 'en' ? en : nl);
