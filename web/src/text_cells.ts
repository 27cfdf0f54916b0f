// SPDX-License-Identifier: EUPL-1.2
// The words of the 100 m map inside an area, in both languages.
import { lang } from './text';

const nl = {
  title: (n: string) => `Binnen ${n}`, view: 'Kaart of tabel', map: 'Kaart', table: 'Tabel', lead: (y: string) => `Elk vak is 100 bij 100 meter. De kleur is de klasse in ${y}.`, picture: (zin: string) => `Kaart van vakken van 100 meter. ${zin} De tabel toont dezelfde cijfers.`,
  cell: 'Vak', where: 'Waar', classWord: 'Klasse', deviation: 'Afwijking', winds: ['noord', 'noordoost', 'oost', 'zuidoost', 'zuid', 'zuidwest', 'west', 'noordwest'], middle: 'midden', hidden: 'te klein om te tonen', missing: 'geen gegevens', uncertain: 'onzeker',
  count: (n: string) => `${n} vakken`, one: '1 vak', legend: 'Wat de kleuren zeggen', caution: 'Een vak zegt iets over de plek, niet over een huis of een bewoner. De cijfers zijn geschat.', press: 'Kies een vak voor zijn cijfers.', north: 'noord', uncountable: (n: string) => `${n} vakken zonder bekende plek staan alleen in de tabel.`,
};
type Words = typeof nl;
const en: Words = {
  title: (n) => `Inside ${n}`, view: 'Map or table', map: 'Map', table: 'Table', lead: (y) => `Each square is 100 by 100 metres. The colour is the class in ${y}.`, picture: (zin) => `Map of squares of 100 metres. ${zin} The table shows the same figures.`,
  cell: 'Square', where: 'Where', classWord: 'Class', deviation: 'Deviation', winds: ['north', 'north-east', 'east', 'south-east', 'south', 'south-west', 'west', 'north-west'], middle: 'middle', hidden: 'too small to show', missing: 'no data', uncertain: 'uncertain',
  count: (n) => `${n} squares`, one: '1 square', legend: 'What the colours say', caution: 'A square says something of the place, not of a home or a resident. The figures are estimates.', press: 'Choose a square for its figures.', north: 'north', uncountable: (n) => `${n} squares of which the place is not known stand in the table alone.`,
};
export const words = (): Words => (lang() === 'en' ? en : nl);
