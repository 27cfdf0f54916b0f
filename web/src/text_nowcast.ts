// SPDX-License-Identifier: EUPL-1.2
// The words of the estimate between two releases, in both languages.
import { lang } from './text';

const nl = {
  title: 'Tussen twee uitgaven', estimated: 'geschat', isIn: (year: string) => `In ${year} is de afwijking ongeveer`, between: (a: string, b: string) => `tussen ${a} en ${b}`,
  lastKnown: (year: string) => `De laatst bekende score is van ${year}.`, error: (own: string, still: string) => `Getoetst op jaren die al bekend zijn zit een schatting er gewoonlijk ${own} naast; de laatst bekende score laten staan ${still}.`,
  inside: (p: string) => `Van de proeven viel ${p} binnen de marge.`, notKnown: 'Dit is geen uitgegeven score. Zij verdwijnt als de uitgever de score van dat jaar bekendmaakt. Een schatting is geen aanleiding voor een besluit over een gebied.',
  known: (year: string) => `De score van ${year} is bekend.`, notYet: (year: string, last: string) => `De score van ${year} is nog niet bekend; de laatste is van ${last}.`,
  lastBetter: 'Wij geven geen schatting voor een jaar dat nog niet bekend is: die doet het hier niet duidelijk beter dan de laatst bekende score laten staan.', untested: 'Wij geven geen schatting voor een jaar dat nog niet bekend is: er zijn te weinig metingen om haar op te toetsen.', used: 'Komt er een jaar bij met kenmerken maar zonder score, dan staat hier een schatting.',
  notHere: (year: string) => `Voor ${year} is hier geen schatting: van dit gebied zijn te weinig kenmerken bekend.`, how: 'Hoe wij een tussenschatting toetsen',
};
type Words = typeof nl;
const en: Words = {
  title: 'Between two releases', estimated: 'estimated', isIn: (year) => `In ${year} the deviation is about`, between: (a, b) => `between ${a} and ${b}`,
  lastKnown: (year) => `The last known score is of ${year}.`, error: (own, still) => `Tested on years that are known, an estimate is usually off by ${own}; leaving the last known score as it is, by ${still}.`,
  inside: (p) => `Of the trials ${p} fell within the band.`, notKnown: 'This is not a published score. It disappears when the publisher makes the score of that year known. An estimate is no ground for a decision about an area.',
  known: (year) => `The score of ${year} is known.`, notYet: (year, last) => `The score of ${year} is not known yet; the last one is of ${last}.`,
  lastBetter: 'We give no estimate for a year that is not known yet: here it does not do clearly better than leaving the last known score as it is.', untested: 'We give no estimate for a year that is not known yet: there are too few measurements to test it on.', used: 'When a year comes with characteristics but without a score, an estimate stands here.',
  notHere: (year) => `For ${year} there is no estimate here: too few characteristics of this area are known.`, how: 'How we test an estimate (in Dutch)',
};
export const words = (): Words => (lang() === 'en' ? en : nl);
