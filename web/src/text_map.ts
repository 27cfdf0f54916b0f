// SPDX-License-Identifier: EUPL-1.2
// The words of the map page's tools, apart from text.ts so that they come with that page alone. The type checker sees to it that both lists are complete.
import { num } from './format';
import { lang } from './text';

const parts = (n: number, niveau: string) => `${num(n)} ${niveau === 'raster' ? (n === 1 ? 'vak van 100 meter' : 'vakken van 100 meter') : n === 1 ? 'buurt' : 'buurten'}`;
const pieces = (n: number, niveau: string) => `${num(n)} ${niveau === 'raster' ? (n === 1 ? 'square of 100 metres' : 'squares of 100 metres') : n === 1 ? 'neighbourhood' : 'neighbourhoods'}`;
const nl = {
  sideBySide: 'Twee kaarten', measure: 'Stand, verandering of twee kaarten', left: 'Links', right: 'Rechts', rightLayer: 'Laag rechts', rightYear: 'Jaar rechts', otherLegend: (n: string) => `Rechts: ${n}`, linked: 'De kaarten bewegen samen.', asLeft: 'zelfde laag',
  tools: 'Kiezen op de kaart', toolsOf: { een: 'Eén gebied', meer: 'Meer gebieden', vak: 'Vak', tekenen: 'Tekenen' } as Record<string, string>,
  noAsk: 'Deze server beantwoordt geen vragen over getekende gebieden. Kies wel meer gebieden en vergelijk ze.', noParts: 'Tekenen kan als er buurten of vakken van 100 meter met grenzen geladen zijn.',
  howMany: 'Druk op gebieden om ze te kiezen of weer los te laten.', howBox: 'Sleep een vak over de kaart.', howDraw: 'Druk op de hoeken van uw gebied, of teken in één beweging. Druk op het eerste punt of op Klaar om te sluiten.',
  done: 'Klaar', undo: 'Stap terug', cancel: 'Stop', points: (n: number) => `${n} ${n === 1 ? 'punt' : 'punten'}`, canvas: 'Tekenvel over de kaart. Met het toetsenbord kiest u buurten uit de lijst.',
  fromList: 'Kies uit de lijst', closeList: 'Sluit de lijst', filter: 'Zoek in de lijst', listNone: 'Niets gevonden.', listMore: (n: number) => `Nog ${num(n)} namen. Typ een deel van de naam.`, most: (n: number) => `U kunt hoogstens ${n} gebieden kiezen.`,
  chosen: (n: number, areas: string) => `U koos ${num(n)} ${areas}.`, chosenOne: (l: string) => `U koos één ${l}.`, drop: (n: string) => `Laat ${n} los`, together: 'Reken samen uit', onlyBuurten: 'Samen uitrekenen kan met buurten.', onlyNewest: 'Samen uitrekenen kan met de nieuwste indeling.', clear: 'Wis mijn keuze',
  asking: 'Wij rekenen uw gebied uit.', turn: 'Een ander gebied gaat net voor. Wij vragen het zo opnieuw.', refused: 'Over dit gebied komt geen antwoord.', failed: 'Het uitrekenen lukte niet.', keptGone: 'Deze link wijst naar een antwoord dat hier niet bewaard is.',
  own: (people: string, n: number, niveau: string) => `In uw gebied wonen ${people} mensen, in ${parts(n, niveau)}.`,
  ruleRaster: 'Het antwoord gaat over hele vakken waarvan het midden in uw vorm ligt. Die omlijnen wij. Het gaat nooit over de lijn zelf.', ruleBuurt: 'Het antwoord gaat over hele buurten die voor ten minste de helft in uw vorm liggen, of die u koos. Die omlijnen wij.',
  ruleMore: 'Aantallen tellen wij op. Percentages en gemiddelden wegen wij naar inwoners. Iedereen die dit gebied vraagt, krijgt hetzelfde antwoord.', asked: (d: string) => `Voor het eerst gevraagd op ${d}.`, before: 'Dit gebied is al eerder gevraagd; u krijgt het antwoord van toen.',
  older: (v: string) => `Dit antwoord is van een oudere versie van de gegevens (${v}). De cijfers zijn die van toen.`, noOutline: 'De grenzen van toen zijn er niet meer. Daarom staat het niet op de kaart.',
  figure: 'Cijfer', valueOf: 'Waarde', allFigures: (n: number) => `Toon alle ${n} cijfers`, fewer: 'Toon minder', ownTable: 'Cijfers van uw gebied', madeSum: (n: number, niveau: string) => `Som van ${parts(n, niveau)}.`, madeMean: (n: number, niveau: string) => `Gemiddelde van ${parts(n, niveau)}, gewogen naar inwoners.`, covers: (p: string) => `Er was een cijfer voor ${p} van de inwoners.`, each: 'Uit deze cijfers', eachMore: (n: number) => `en ${num(n)} andere`, where: 'Waar komt dit getal vandaan?', noTrace: 'Waar elk deel vandaan komt is bij oudere gegevens niet meer aan te wijzen.',
  share: 'Deel deze weergave', copied: 'De link staat op uw klembord.', copyThis: 'Kopieer deze link:', shareNote: 'In de link staat de versie van de gegevens. Zijn er later nieuwe gegevens, dan zegt de pagina dat.',
  gone: (asked: string, now: string) => `Deze link is gemaakt met versie ${asked} van de gegevens. Die is hier niet meer. U ziet versie ${now}; cijfers kunnen anders zijn dan toen.`, goneOk: 'Toon de link zonder versie',
  print: 'Druk af', paperA4: 'op A4', paperA3: 'op A3', printedFrom: (v: string) => `Versie van de gegevens: ${v}`, csv: 'Deze tabel (CSV)', csvAll: 'Alle cijfers (CSV)', take: 'Meenemen',
};
type Words = typeof nl;
const en: Words = {
  sideBySide: 'Two maps', measure: 'Level, change or two maps', left: 'Left', right: 'Right', rightLayer: 'Layer on the right', rightYear: 'Year on the right', otherLegend: (n) => `Right: ${n}`, linked: 'The maps move together.', asLeft: 'same layer',
  tools: 'Choose on the map', toolsOf: { een: 'One area', meer: 'More areas', vak: 'Box', tekenen: 'Draw' },
  noAsk: 'This server answers no questions about drawn areas. You can choose several areas and compare them.', noParts: 'Drawing needs neighbourhoods or squares of 100 metres with borders, and none are loaded.',
  howMany: 'Press areas to choose them or let them go.', howBox: 'Drag a box over the map.', howDraw: 'Press the corners of your area, or draw it in one movement. Press the first point or Done to close it.',
  done: 'Done', undo: 'Step back', cancel: 'Stop', points: (n) => `${n} ${n === 1 ? 'point' : 'points'}`, canvas: 'Drawing sheet over the map. By keyboard you choose neighbourhoods from the list.',
  fromList: 'Choose from the list', closeList: 'Close the list', filter: 'Search the list', listNone: 'Nothing found.', listMore: (n) => `${num(n)} more names. Type part of the name.`, most: (n) => `You can choose at most ${n} areas.`,
  chosen: (n, areas) => `You chose ${num(n)} ${areas}.`, chosenOne: (l) => `You chose one ${l}.`, drop: (n) => `Let ${n} go`, together: 'Work them out together', onlyBuurten: 'Only neighbourhoods can be worked out together.', onlyNewest: 'Only the newest division can be worked out together.', clear: 'Clear my choice',
  asking: 'We are working out your area.', turn: 'Another area goes first. We will ask again in a moment.', refused: 'There is no answer about this area.', failed: 'Working it out did not succeed.', keptGone: 'This link points to an answer that is not kept here.',
  own: (people, n, niveau) => `${people} people live in your area, in ${pieces(n, niveau)}.`,
  ruleRaster: 'The answer is about whole squares with their middle in your shape. We outline those. It is never about the line itself.', ruleBuurt: 'The answer is about whole neighbourhoods that lie in your shape for at least a half, or that you chose. We outline those.',
  ruleMore: 'We add up counts. Percentages and averages are weighted by inhabitants. Everybody who asks this area gets the same answer.', asked: (d) => `First asked on ${d}.`, before: 'This area was asked before; you get the answer given then.',
  older: (v) => `This answer is of an older version of the data (${v}). The figures are those of then.`, noOutline: 'The borders of then are not here any more, so it is not on the map.',
  figure: 'Figure', valueOf: 'Value', allFigures: (n) => `Show all ${n} figures`, fewer: 'Show fewer', ownTable: 'Figures of your area', madeSum: (n, niveau) => `Sum of ${pieces(n, niveau)}.`, madeMean: (n, niveau) => `Mean of ${pieces(n, niveau)}, weighted by inhabitants.`, covers: (p) => `There was a figure for ${p} of the inhabitants.`, each: 'Out of these figures', eachMore: (n) => `and ${num(n)} others`, where: 'Where does this figure come from?', noTrace: 'Of older data it cannot be shown any more where each part comes from.',
  share: 'Share this view', copied: 'The link is on your clipboard.', copyThis: 'Copy this link:', shareNote: 'The link holds the version of the data. If there are newer data later, the page says so.',
  gone: (asked, now) => `This link was made with version ${asked} of the data. That one is not here any more. You see version ${now}; figures may differ from then.`, goneOk: 'Show the link without version',
  print: 'Print', paperA4: 'on A4', paperA3: 'on A3', printedFrom: (v) => `Version of the data: ${v}`, csv: 'This table (CSV)', csvAll: 'All figures (CSV)', take: 'Take along',
};
/** The words in the language of this moment. */
export const words = (): Words => (lang() === 'en' ? en : nl);
