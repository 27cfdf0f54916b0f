// SPDX-License-Identifier: EUPL-1.2
// The words of the map's patterns and of the double map. The type checker sees to it that both lists are complete.
import { num } from './format';
import { lang } from './text';

const nl = {
  pattern: 'Patroon', double: 'Dubbele kaart', back: 'Terug naar de kaart',
  legend: (what: string, when: string) => `Patroon van ${what}, ${when}`, count: (word: string, n: string) => `${word}: ${n} gebieden`,
  whole: (i: string, p: string) => ['Morans I is ', i, ' (kans op toeval: ', p, ').'],
  about: (n: number) => `Hoog en laag zijn boven en onder het gemiddelde van deze gebieden. Wat hier «patroon» heet, zou bij ${num(n)} keer loten bijna nooit vanzelf ontstaan. Het zegt niet waardoor het komt.`,
  composition: 'Dit gaat over wie er wonen. Dat is achtergrond, geen oordeel.',
  showDouble: 'Toon corporatiewoningen en laag inkomen samen', none: 'Er is hier geen patroon te berekenen.', asking: 'Wij berekenen het patroon.',
  own: 'Cijfer', around: 'Buren samen', word: 'Patroon', chance: 'Kans op toeval', table: 'Patroon per gebied', neighbours: (n: number) => (n === 1 ? '1 buur' : `${n} buren`),
  doubleLegend: 'Twee cijfers samen', together: (homes: string) => `Samen met ${homes}, in één kaart.`, thirds: ['laag', 'midden', 'hoog'], homes: 'corporatiewoningen', moreHomes: 'meer corporatiewoningen', moreOf: (g: string) => `meer: ${g.toLowerCase()}`,
  cell: (g: string, a: string, h: string) => `${g}: ${a}; corporatiewoningen: ${h}`, thirdsNote: 'Elk cijfer is verdeeld in drie groepen met ongeveer evenveel gebieden.',
  corporatie: (n: number) => (n === 1 ? 'Eén gebied is een corporatiebuurt: meer dan twee derde van de woningen is van een corporatie.' : `${num(n)} gebieden zijn een corporatiebuurt: meer dan twee derde van de woningen is van een corporatie.`),
  corporatieUnknown: 'Hoeveel gebieden een corporatiebuurt zijn, is niet bekend.',
  uneven: 'Ongelijke verdeling', chanceSpread: 'bij toeval ongeveer', inCorporatie: 'In een corporatiebuurt', ofAll: 'van allen', ratio: 'Verhouding tot de gemeente', share: 'Aandeel', doubleTable: 'Twee cijfers per gebied', isCorporatie: 'corporatiebuurt', lots: 'Van deze gebieden zijn de twee cijfers er niet samen.',
};
type Words = typeof nl;
const en: Words = {
  pattern: 'Pattern', double: 'Double map', back: 'Back to the map',
  legend: (what, when) => `Pattern of ${what}, ${when}`, count: (word, n) => `${word}: ${n} areas`,
  whole: (i, p) => ["Moran's I is ", i, ' (chance that it is chance: ', p, ').'],
  about: (n) => `High and low are above and below the mean of these areas. What is called a pattern here would hardly ever come about by itself in ${num(n)} random draws. It does not say what causes it.`,
  composition: 'This is about who lives there. That is background, no judgement.',
  showDouble: 'Show association homes and low income together', none: 'No pattern can be worked out here.', asking: 'We are working out the pattern.',
  own: 'Figure', around: 'Neighbours together', word: 'Pattern', chance: 'Chance that it is chance', table: 'Pattern by area', neighbours: (n) => (n === 1 ? '1 neighbour' : `${n} neighbours`),
  doubleLegend: 'Two figures together', together: (homes) => `Together with ${homes}, in one map.`, thirds: ['low', 'middle', 'high'], homes: 'association homes', moreHomes: 'more association homes', moreOf: (g) => `more: ${g.toLowerCase()}`,
  cell: (g, a, h) => `${g}: ${a}; association homes: ${h}`, thirdsNote: 'Each figure is divided into three groups with about as many areas.',
  corporatie: (n) => (n === 1 ? 'One area is an association neighbourhood: more than two thirds of its homes belong to housing associations.' : `${num(n)} areas are association neighbourhoods: more than two thirds of their homes belong to housing associations.`),
  corporatieUnknown: 'How many areas are association neighbourhoods is not known.',
  uneven: 'Uneven spread', chanceSpread: 'by chance about', inCorporatie: 'In an association neighbourhood', ofAll: 'of all', ratio: 'Ratio to the municipality', share: 'Share', doubleTable: 'Two figures by area', isCorporatie: 'association neighbourhood', lots: 'Of these areas the two figures are not there together.',
};
/** The words in the language of this moment. */
export const spaceWords = (): Words => (lang() === 'en' ? en : nl);
