// SPDX-License-Identifier: EUPL-1.2
// The words around the pages about methods, in both languages. The pages themselves are Dutch.
import { lang } from './text';

const nl = {
  all: 'Hoe wij rekenen', allLead: 'Achter elk cijfer staat een methode. Hier leest u per methode wat zij doet, wat zij niet zegt en waar zij vandaan komt.', back: 'Alle methoden', onlyDutch: '', about: 'Meer over deze score',
  groups: { score: 'Hoe gaat het hier?', course: 'Waar gaat het heen?', compare: 'Vergeleken met wie?', data: 'Waar komen de cijfers vandaan, en wat blijft verborgen?' },
};
type Words = typeof nl;
const en: Words = {
  all: 'How we calculate', allLead: 'Behind each figure stands a method. Here you read of each method what it does, what it does not say and where it comes from.', back: 'All methods', onlyDutch: 'This explanation is in Dutch.', about: 'More about this score',
  groups: { score: 'How is it here?', course: 'Where is it going?', compare: 'Compared with whom?', data: 'Where do the figures come from, and what stays hidden?' },
};
export const words = (): Words => (lang() === 'en' ? en : nl);
