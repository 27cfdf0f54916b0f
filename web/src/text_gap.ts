// SPDX-License-Identifier: EUPL-1.2
// The words of the gap and of how many residents, apart from text.ts so that they come with those parts alone.
import { lang } from './text';

const levels: Record<string, [string, string]> = { buurt: ['buurten', 'neighbourhoods'], pc4: ['postcodegebieden', 'postcode areas'], raster: ['vakken van 100 meter', 'squares of 100 metres'], wijk: ['wijken', 'districts'] };
type Pair = [string, string];
const nl = {
  areas: (l: string) => levels[l]?.[0] ?? l,
  title: 'Hoeveel inwoners, en hoe ver liggen gebieden uit elkaar?', titleAll: 'De kloof tussen gebieden, alle gemeenten',
  people: (year: string, who: string, share: string, where: string): Pair => [`In ${year} wonen `, ` ${who} (${share}) ${where}.`],
  ofPeople: (all: string) => `van de ${all} inwoners`, inCells: 'in een vak van klasse 1 tot en met 3', inAreas: (l: string) => `in ${l} met gemiddeld klasse 1 tot en met 3`,
  bounds: (low: string, high: string) => `Ligt de grens van die klassen iets anders, dan zijn het er ${low} tot ${high}.`,
  before: (year: string): Pair => [`In ${year} waren het er `, '.'],
  buurten: (n: number): Pair => [`In `, n === 1 ? ' buurt wonen er ten minste 100.' : ' buurten wonen er ten minste 100.'],
  tooLow: 'Dit zijn gemiddelden van hele gebieden: dat telt te laag.',
  gap: (l: string, year: string): Pair => [`De kloof tussen ${l} is in ${year} `, ' punten'], band: (low: string, high: string) => ` (tussen ${low} en ${high}).`,
  verdict: { groeit: 'De kloof groeit', stabiel: 'De kloof is stabiel', krimpt: 'De kloof krimpt', onzeker: 'Of de kloof groeit of krimpt, is onzeker' } as Record<string, string>,
  since: (van: string, tot: string) => `van ${van} tot ${tot}`, perYear: 'punten per jaar',
  what: (l: string) => `De kloof is het verschil tussen twee grenzen: tien procent van de inwoners woont in ${l} op of onder de ene, tien procent in ${l} boven de andere. Een kleine kloof zegt niet dat het goed gaat, alleen dat ${l} op elkaar lijken.`,
  unsure: (n: string) => `De band komt van ${n} keer opnieuw trekken van gebieden. De fout van de Leefbaarometer zelf zit er niet in.`,
  from: (text: string) => `Inwoners: ${text}.`, other: (n: number) => `Van een andere uitgave zijn er nog ${n} jaren; die staan er niet naast.`,
  picture: 'Grafiek', table: 'Tabel', view: 'Beeld of tabel', year: 'Jaar', inClass: 'Inwoners in klasse 1–3', share: 'Aandeel', buurtenHead: 'Buurten met 100 of meer', gapHead: 'Kloof', bandHead: 'Band', notCounted: 'niet geteld',
  image: (name: string, l: string) => `De kloof tussen ${l} in ${name} door de jaren, met band`,
  none: 'Over de kloof zijn hier geen cijfers.', api: 'Deze cijfers met hun versie (JSON)', all: 'Alle gemeenten', gemeente: 'Gemeente', verdictHead: 'Sinds het eerste jaar', find: 'Zoek een gemeente', noHit: 'Niets gevonden.',
  words: { groeit: 'groeit', stabiel: 'stabiel', krimpt: 'krimpt', onzeker: 'onzeker' } as Record<string, string>, more: (n: number) => `Toon nog ${n}`,
};
type Words = typeof nl;
const en: Words = {
  areas: (l) => levels[l]?.[1] ?? l,
  title: 'How many residents, and how far do areas lie apart?', titleAll: 'The gap between areas, all municipalities',
  people: (year, who, share, where) => [`In ${year} `, ` ${who} (${share}) live ${where}.`],
  ofPeople: (all) => `of the ${all} residents`, inCells: 'in a square of class 1 to 3', inAreas: (l) => `in ${l} of class 1 to 3 on average`,
  bounds: (low, high) => `If the limit of those classes lies a little elsewhere, they are ${low} to ${high}.`,
  before: (year) => [`In ${year} they were `, '.'],
  buurten: (n) => ['At least 100 of them live in ', n === 1 ? ' neighbourhood.' : ' neighbourhoods.'],
  tooLow: 'These are averages of whole areas: that counts too few.',
  gap: (l, year) => [`The gap between ${l} in ${year} is `, ' points'], band: (low, high) => ` (between ${low} and ${high}).`,
  verdict: { groeit: 'The gap grows', stabiel: 'The gap is stable', krimpt: 'The gap shrinks', onzeker: 'Whether the gap grows or shrinks is uncertain' },
  since: (van, tot) => `from ${van} to ${tot}`, perYear: 'points a year',
  what: (l) => `The gap is the difference between two limits: ten per cent of residents live in ${l} at or below the one, ten per cent in ${l} above the other. A small gap does not say that things are good, only that ${l} are alike.`,
  unsure: (n) => `The band comes from drawing areas anew ${n} times. The error of the Leefbaarometer itself is not in it.`,
  from: (text) => `Residents: ${text}.`, other: (n) => `Another release has ${n} more years; they do not stand beside these.`,
  picture: 'Chart', table: 'Table', view: 'Picture or table', year: 'Year', inClass: 'Residents in class 1–3', share: 'Share', buurtenHead: 'Neighbourhoods with 100 or more', gapHead: 'Gap', bandHead: 'Band', notCounted: 'not counted',
  image: (name, l) => `The gap between ${l} in ${name} through the years, with its band`,
  none: 'There are no figures of the gap here.', api: 'These figures with their version (JSON)', all: 'All municipalities', gemeente: 'Municipality', verdictHead: 'Since the first year', find: 'Find a municipality', noHit: 'Nothing found.',
  words: { groeit: 'grows', stabiel: 'stable', krimpt: 'shrinks', onzeker: 'uncertain' }, more: (n) => `Show ${n} more`,
};
export const g = (): Words => (lang() === 'en' ? en : nl);
