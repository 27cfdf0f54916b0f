// SPDX-License-Identifier: EUPL-1.2
// The words of the own weighing, in both languages.
import { lang } from './text';

const nl = {
  title: 'Welke score bekijkt u?', views: { landelijk: 'Landelijke score', lokaal: 'Lokale weging', vorige: 'Vorige versie van de score' },
  national: (name: string, year: string) => `${name}, ${year}`, local: (name: string, year: string) => `${name}, ${year}`, deviation: 'Afwijking van het landelijk gemiddelde', points: 'punten', middle: (m: string) => `Het midden is ${m}.`,
  band: (a: string, b: string) => `Door onzekerheid in de cijfers kan het ook ${a} tot ${b} zijn.`, firm: (p: string) => `Deze klasse blijft in ${p} van duizend proeven met iets andere gewichten gelijk.`, loose: 'De klasse hangt af van de gewichten.',
  good: 'Trekt de uitkomst omhoog', care: 'Trekt de uitkomst omlaag', none: 'Geen enkel onderdeel.', course: 'De uitkomst per jaar', year: 'Jaar', result: 'Uitkomst', noResult: 'geen uitkomst', more: 'Wat telt mee, wie besloot en hoe vast is dit?',
  notPublic: (name: string) => `${name} is nog niet openbaar. Dit ontbreekt:`, noLocal: 'Voor dit gebied is er geen lokale weging.', noBefore: 'Voor dit gebied is geen eerdere versie van deze score geladen. Zo’n versie verschijnt hier als de uitgever de score herrekent.',
  toldBefore: (name: string, year: string) => `${name}: zo stond het over ${year} in de uitgave ervoor`, toldByOther: (name: string, year: string) => `${name}: zo stond het over ${year} in de versie ervoor`, toldBy: (year: string) => `Wie zei wat over ${year}`, classWord: 'Klasse', deviationShort: 'Afwijking', noClass: 'geen klasse', noFigure: 'geen cijfer',
  before: (release: string) => `Uitgave ${release}`, differs: (v: string) => `De nieuwe uitgave is ${v} hoger.`, differsLess: (v: string) => `De nieuwe uitgave is ${v} lager.`, same: 'De nieuwe uitgave geeft hetzelfde getal.',
  // the page of a weighing
  whoDecided: 'Wie besloot dit?', by: 'Vastgesteld door', on: 'Op', why: 'Waarom zo', review: 'Wordt herzien op', register: 'Algoritmeregister', privacy: 'Privacy en AI-wet', equity: 'Gelijke behandeling', stop: 'Stopt wanneer',
  counts: 'Wat telt mee', part: 'Onderdeel', figure: 'Cijfer', share: 'Deel van het geheel', up: 'hoger is beter', down: 'lager is beter', weight: 'Gewicht', direction: 'Richting',
  how: 'Hoe het werkt', howText: (how: string, ref: string) => `Elk cijfer komt op één maat: ${how}${ref}. Per onderdeel nemen we het gemiddelde, met de gewichten. Van de onderdelen nemen we weer het gemiddelde.`, refYear: (y: string) => `. Het midden en de maat zijn die van ${y}`, classes: 'De klassen', upTo: 'tot en met', over: 'daarboven',
  firmTitle: 'Hoe vast is de uitkomst?', firmLead: (firm: string, all: string, areas: string, p: string) => `${firm} van de ${all} ${areas} houden hun klasse in minstens 95 van de 100 proeven waarin alle gewichten tegelijk tot ${p} verschuiven.`, moreCol: (p: string) => `${p} zwaarder`, lessCol: (p: string) => `${p} lichter`, without: 'weggelaten', changeCount: (areas: string) => `Aantal ${areas} met een andere klasse als alleen dit gewicht verandert`,
  tryTitle: 'Probeer andere gewichten', tryLead: 'Dit verandert niets aan de weging zelf. U ziet alleen wat er zou gebeuren.', tried: (n: string, all: string, areas: string) => `Met deze gewichten krijgen ${n} van de ${all} ${areas} een andere klasse.`, reset: 'Terug naar de weging', onMap: 'Bekijk op de kaart', national2: 'De landelijke score blijft staan. De lokale weging komt ernaast.', unknown: 'Deze weging kennen wij niet.',
};
type Words = typeof nl;
const en: Words = {
  title: 'Which score do you look at?', views: { landelijk: 'National score', lokaal: 'Local weighing', vorige: 'Earlier version of the score' },
  national: (name, year) => `${name}, ${year}`, local: (name, year) => `${name}, ${year}`, deviation: 'Deviation from the national average', points: 'points', middle: (m) => `The middle is ${m}.`,
  band: (a, b) => `Because figures are uncertain it may also be ${a} to ${b}.`, firm: (p) => `This class stays the same in ${p} of a thousand trials with slightly other weights.`, loose: 'The class depends on the weights.',
  good: 'Pulls the result up', care: 'Pulls the result down', none: 'No part at all.', course: 'The result by year', year: 'Year', result: 'Result', noResult: 'no result', more: 'What counts, who decided and how firm is this?',
  notPublic: (name) => `${name} is not public yet. Missing:`, noLocal: 'There is no local weighing for this area.', noBefore: 'For this area no earlier version of this score is loaded. One appears here when the publisher recalculates the score.',
  toldBefore: (name, year) => `${name}: what the release before said of ${year}`, toldByOther: (name, year) => `${name}: what the version before said of ${year}`, toldBy: (year) => `Who said what of ${year}`, classWord: 'Class', deviationShort: 'Deviation', noClass: 'no class', noFigure: 'no figure',
  before: (release) => `Release ${release}`, differs: (v) => `The new release is ${v} higher.`, differsLess: (v) => `The new release is ${v} lower.`, same: 'The new release gives the same figure.',
  whoDecided: 'Who decided this?', by: 'Decided by', on: 'On', why: 'Why so', review: 'To be reviewed on', register: 'Algorithm register', privacy: 'Privacy and AI law', equity: 'Equal treatment', stop: 'Stops when',
  counts: 'What counts', part: 'Part', figure: 'Figure', share: 'Share of the whole', up: 'higher is better', down: 'lower is better', weight: 'Weight', direction: 'Direction',
  how: 'How it works', howText: (how, ref) => `Each figure comes on one measure: ${how}${ref}. Per part we take the mean, by the weights. Of the parts we take the mean again.`, refYear: (y) => `. The middle and the measure are those of ${y}`, classes: 'The classes', upTo: 'up to', over: 'above that',
  firmTitle: 'How firm is the result?', firmLead: (firm, all, areas, p) => `${firm} of ${all} ${areas} keep their class in at least 95 of 100 trials in which all weights move by up to ${p} at once.`, moreCol: (p) => `${p} heavier`, lessCol: (p) => `${p} lighter`, without: 'left out', changeCount: (areas) => `Number of ${areas} with another class when only this weight changes`,
  tryTitle: 'Try other weights', tryLead: 'This changes nothing about the weighing itself. You only see what would happen.', tried: (n, all, areas) => `With these weights ${n} of ${all} ${areas} get another class.`, reset: 'Back to the weighing', onMap: 'See on the map', national2: 'The national score stays. The local weighing comes beside it.', unknown: 'We do not know this weighing.',
};
export const words = (): Words => (lang() === 'en' ? en : nl);
