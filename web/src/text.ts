// SPDX-License-Identifier: EUPL-1.2
// Every word of the app that does not come from the API, in both languages. `t` takes its form from the Dutch list.
type Lang = 'nl' | 'en';

const nl = {
  skip: 'Naar de inhoud', fictional: 'fictieve gemeente', find: 'Postcode, buurt of project', findLabel: 'Zoek een postcode, buurt of project',
  language: 'Taal', menu: 'Hoofdmenu', home: 'Mijn buurt', map: 'Kaart', data: 'Open gegevens', dataUntil: 'Gegevens t/m', version: 'versie',
  check: 'controleer dit zelf', loading: 'Bezig met laden…', slow: 'Dit duurt langer dan normaal.', stop: 'Stop', stopped: 'U hebt het laden gestopt.',
  again: 'Opnieuw proberen', failed: 'Dit deel is niet geladen. De andere pagina’s werken gewoon.', noServer: 'De server geeft geen antwoord. Wat u al zag, blijft staan.',
  code: 'code', offline: 'U bent offline. U ziet de gegevens die al geladen waren.', notFound: 'Deze pagina kennen we niet.', toHome: 'Naar Mijn buurt',
  noHits: 'Niets gevonden. Probeer een naam of alleen de cijfers van de postcode.', hits: (n: number) => (n === 1 ? '1 gebied gevonden' : `${n} gebieden gevonden`),
  inside: 'in', chart: 'Grafiek', table: 'Tabel', wheel: 'Wiel', level: 'Stand', change: 'Verandering', view: 'Weergave', measure: 'Stand of verandering',
  homeTitle: 'Hoe gaat het in uw buurt?', homeLead: 'Vul uw postcode of de naam van uw buurt in. U ziet hoe het er gaat, wat verandert en waar dat uit blijkt.',
  homeBox: 'Uw postcode of buurt', pick: 'Of kies uit de lijst', yourArea: (l: string) => `Uw ${l} en wat ernaast ligt.`, onMap: 'Bekijk op de kaart', allAbout: (n: string) => `Alles over ${n}`,
  howGoes: 'Hoe gaat het', good: 'Wat gaat goed', care: 'Wat vraagt aandacht', noneGood: 'Geen onderdeel ligt boven het landelijk gemiddelde.', noneCare: 'Geen onderdeel ligt onder het landelijk gemiddelde.',
  since: (y: string) => `sinds ${y}`, changed: 'Wat is veranderd', unknownPostcode: 'Deze postcode of naam kennen we niet. Kies uw buurt in de lijst.',
  what: 'Wat laat de kaart zien?', total: 'Leefbaarheid, totaal', searchAll: (n: number) => `Zoek in alle ${n} indicatoren`, indicatorName: 'Naam van een indicator', close: 'Sluit',
  perLevel: 'Per', division: 'indeling', countOf: (what: string, year: string, areas: string) => `${what} ${year} en aantal ${areas}`, changeOf: (from: string, to: string, areas: string) => `Verandering ${from}-${to}, aantal ${areas}`,
  lower: 'lager', higher: 'hoger', less: 'minder', more: 'meer', backward: 'achteruit', forward: 'vooruit', uncertain: 'onzeker', hidden: 'te klein om te tonen', missing: 'geen gegevens',
  classCount: (c: string, n: number) => `${c}: ${n}`, showClass: 'omlijn deze gebieden op de kaart', year: 'Jaar', play: 'Speel de jaren af', pause: 'Pauze', compareWith: 'Vergeleken met',
  tapArea: (l: string) => `Kies een ${l} op de kaart voor de cijfers.`, toArea: 'Naar de pagina', zoomIn: 'Zoom in', zoomOut: 'Zoom uit', wholeMap: 'Hele kaart', mapOf: (what: string) => `Kaart: ${what}. De tabel toont dezelfde cijfers.`,
  noMap: 'Uw browser kan de kaart niet tekenen. De tabel toont dezelfde cijfers.', noBorders: (l: string) => `Van ${l} zijn geen grenzen geladen. Daarom ziet u een tabel en geen kaart.`, noLayer: (l: string) => `Deze laag is er niet voor ${l}. Kies een andere laag of een ander gebied.`,
  medianTitle: (name: string, n: number, areas: string, v: string) => `${name}: in de helft van de ${n} ${areas} hoger dan ${v}.`, nothingKnown: 'Voor deze laag en dit jaar zijn geen cijfers bekend.',
  changeUp: (y: string, a: string, up: number, down: number) => `Sinds ${y} ging het in ${up} ${a} vooruit en in ${down} achteruit.`, changeNeutral: (y: string, a: string, up: number, down: number) => `Sinds ${y} steeg dit in ${up} ${a} en daalde het in ${down}.`,
  changeSame: (n: number, a: string) => `In ${n} ${a} is het verschil te klein om te noemen.`, higherThan: (v: string, y: string) => `${v} hoger dan in ${y}`, lowerThan: (v: string, y: string) => `${v} lager dan in ${y}`, same: (y: string) => `ongeveer gelijk aan ${y}`,
  area: 'Gebied', parent: 'Ligt in', classWord: 'Klasse', deviation: 'Afwijking', difference: 'Verschil', value: 'Waarde', sortBy: (c: string) => `Sorteer op ${c}`, showMore: (n: number) => `Toon nog ${n}`, rows: 'rijen',
  notKnown: 'geen gegevens voor dit jaar', tooSmall: 'te klein om te tonen', notApply: 'niet van toepassing', provisional: 'voorlopig', lastKnown: (y: string) => `laatst bekend: ${y}`, estimate: 'geschat',
  trace: 'Waar komt dit getal vandaan?', tWhat: 'Wat', tHow: 'Hoe', tSource: 'Bron', tRow: 'Regel', tCaution: 'Let op', row: 'regel', showSource: 'Toon de bron', showMethod: 'Toon de methode', noSource: 'Voor dit gebied is niets geleverd.', computed: 'Berekend uit de onderliggende cijfers.',
  soortGeschat: 'Dit is een schatting met een model. Het is geen meting in de buurt zelf.', soortGezegd: 'Dit is wat bewoners zelf zeggen in een enquête.', soortGemeten: 'Dit is geteld of gemeten.',
  livability: (a: string, b: string) => `Leefbaarheid van ${a} tot ${b}`, livabilityYear: (y: string) => `Leefbaarheid ${y}`, chartNote: 'Afwijking van het landelijk gemiddelde. De vlakken zijn de klassen van de methode.', thinLine: (n: string) => ` Dunne lijn: ${n}.`, openDots: ' Open punt: bij het laden gemarkeerd.', aboveAverage: (v: string) => `${v} boven het landelijk gemiddelde`, belowAverage: (v: string) => `${v} onder het landelijk gemiddelde`,
  onAverage: 'gelijk aan het landelijk gemiddelde', average: 'landelijk gemiddelde', madeOf: 'Waar de score uit bestaat', wheelNote: 'Stippellijn: het landelijk gemiddelde. Voorbij de stippellijn is beter. Donkerder is hoger.', part: 'Onderdeel', comesFrom: (a: string, b: string) => `Waar de verandering vandaan komt, ${a} tot ${b}`, comesNote: 'Rechts van de lijn ging het vooruit, links achteruit. Samen geven de delen de hele verandering.', rest: 'overig', whole: 'samen', showYears: 'Toon de jaren',
  indicators: 'Alle cijfers', theme: 'Thema', period: 'Jaar', inArea: (n: string) => `Gebieden in ${n}`, noScore: 'Voor dit gebied is geen score. Vaak wonen er te weinig mensen. Hieronder staat wat wel bekend is.', noValues: 'Voor dit gebied zijn geen losse cijfers geladen.', inhabitants: 'inwoners', whereIs: 'Waar ligt het', composed: 'Gemiddelde van de buurten, gewogen naar inwoners.', covered: (p: string) => `Geldt voor ${p} van de inwoners.`, derivedClass: 'klasse door ons afgeleid', methods: 'Methode', far: 'ruim boven gemiddeld', above: 'iets boven gemiddeld', around: 'rond gemiddeld', below: 'iets onder gemiddeld', farBelow: 'ruim onder gemiddeld',
  dataTitle: 'Alle cijfers, met bron en bestand.', dataLead: 'U mag alles gebruiken onder de licentie die erbij staat. Elk bestand heeft een controlegetal (sha256). Daarmee ziet u of u hetzelfde bestand hebt.', sources: 'Bronnen', files: 'Bestanden', file: 'Bestand', loadedOn: 'Geladen op', taken: 'Overgenomen', refused: 'Geweigerd', flagged: 'Gemarkeerd', licence: 'Licentie', publisher: 'Uitgever', findings: 'Bevindingen', showFindings: 'Toon bevindingen', hideFindings: 'Verberg bevindingen', noFindings: 'Geen bevindingen bij dit bestand.', line: 'Regel', column: 'Kolom', reason: 'Reden', cure: 'Oplossing', noLoads: 'Van deze bron is nog geen bestand geladen.', forMachines: 'Voor programma’s', apiText: 'Alles op deze site komt uit een open API, zonder sleutel.', apiStart: 'Begin van de API', openapi: 'Beschrijving (OpenAPI)', unit: 'Eenheid', kind: 'Soort', years: 'Jaren', definition: 'Definitie', indicator: 'Indicator', searchIndicator: 'Zoek in de indicatoren', noIndicators: 'Er zijn nog geen indicatoren met cijfers.',
  methodNot: 'Wat de methode niet zegt', methodTitle: (n: string) => `Zo werkt de ${n}.`, methodLead: 'De score vergelijkt elk gebied met het gemiddelde van Nederland. Het is een schatting met een model, geen meting in de straat.',
  methodHow: 'Hoe het werkt', methodHowText: (n: number) => `Het model telt kenmerken van woningen, mensen en omgeving op in ${n} onderdelen. Elk onderdeel is een afwijking: boven nul is beter dan gemiddeld in Nederland, onder nul is minder. De onderdelen samen geven het totaal. Het totaal valt in een van negen klassen.`,
  methodNots: ['De score zegt niets over één straat, huis of bewoner.', 'De score zegt niet waarom iets zo is. Samenhang is geen oorzaak.', 'Kleine verschillen tussen gebieden of jaren kunnen toeval zijn.', 'Wat bewoners zelf vinden, staat er maar voor een deel in.', 'In een gebied met weinig inwoners is er geen score.'],
  limits: 'Grenzen van de klassen', from: 'vanaf', upTo: 'tot', parts: 'Onderdelen', colour: 'Kleur op de kaart', noLimits: 'De grenzen van de klassen zijn voor dit jaar niet bekend.', pageOf: 'Pagina', sep: ',',
  grades: ['ruim onvoldoende', 'onvoldoende', 'net onder voldoende', 'voldoende', 'ruim voldoende', 'goed', 'zeer goed'],
  levels: { buurt: 'buurt', wijk: 'wijk', gemeente: 'gemeente', pc4: 'postcodegebied', raster: 'vak van 100 meter' } as Record<string, string>, breaksNote: (y: string) => `Klassen met elk ongeveer evenveel gebieden, afgerond, naar de cijfers van ${y}. Voor alle jaren dezelfde.`,
};
type Words = typeof nl;

const en: Words = {
  skip: 'To the content', fictional: 'fictional municipality', find: 'Postcode, neighbourhood or project', findLabel: 'Search a postcode, neighbourhood or project',
  language: 'Language', menu: 'Main menu', home: 'My area', map: 'Map', data: 'Open data', dataUntil: 'Data up to', version: 'version',
  check: 'check this yourself', loading: 'Loading…', slow: 'This takes longer than usual.', stop: 'Stop', stopped: 'You stopped the loading.',
  again: 'Try again', failed: 'This part did not load. The other pages still work.', noServer: 'The server does not answer. What you saw stays on screen.',
  code: 'code', offline: 'You are offline. You see the data that had been loaded.', notFound: 'We do not know this page.', toHome: 'To My area',
  noHits: 'Nothing found. Try a name, or only the digits of the postcode.', hits: (n) => (n === 1 ? '1 area found' : `${n} areas found`),
  inside: 'in', chart: 'Chart', table: 'Table', wheel: 'Wheel', level: 'Level', change: 'Change', view: 'View', measure: 'Level or change',
  homeTitle: 'How is your neighbourhood doing?', homeLead: 'Enter your postcode or the name of your neighbourhood. You see how it is doing, what changes and what that rests on.',
  homeBox: 'Your postcode or area', pick: 'Or choose from the list', yourArea: (l) => `Your ${l} and what lies beside it.`, onMap: 'View on the map', allAbout: (n) => `All about ${n}`,
  howGoes: 'How is it going', good: 'What goes well', care: 'What needs attention', noneGood: 'No part lies above the national average.', noneCare: 'No part lies below the national average.',
  since: (y) => `since ${y}`, changed: 'What changed', unknownPostcode: 'We do not know this postcode or name. Choose your area from the list.',
  what: 'What does the map show?', total: 'Liveability, total', searchAll: (n) => `Search all ${n} indicators`, indicatorName: 'Name of an indicator', close: 'Close',
  perLevel: 'Per', division: 'division', countOf: (what, year, areas) => `${what} ${year} and number of ${areas}`, changeOf: (from, to, areas) => `Change ${from}-${to}, number of ${areas}`,
  lower: 'lower', higher: 'higher', less: 'less', more: 'more', backward: 'worse', forward: 'better', uncertain: 'uncertain', hidden: 'too small to show', missing: 'no data',
  classCount: (c, n) => `${c}: ${n}`, showClass: 'outline these areas on the map', year: 'Year', play: 'Play the years', pause: 'Pause', compareWith: 'Compared with',
  tapArea: (l) => `Choose a ${l} on the map for its figures.`, toArea: 'To its page', zoomIn: 'Zoom in', zoomOut: 'Zoom out', wholeMap: 'Whole map', mapOf: (what) => `Map: ${what}. The table shows the same figures.`,
  noMap: 'Your browser cannot draw the map. The table shows the same figures.', noBorders: (l) => `No borders are loaded for ${l}. So you see a table and no map.`, noLayer: (l) => `This layer does not exist for ${l}. Choose another layer or another area.`,
  medianTitle: (name, n, areas, v) => `${name}: in half of the ${n} ${areas} higher than ${v}.`, nothingKnown: 'No figures are known for this layer and year.',
  changeUp: (y, a, up, down) => `Since ${y} things got better in ${up} ${a} and worse in ${down}.`, changeNeutral: (y, a, up, down) => `Since ${y} this rose in ${up} ${a} and fell in ${down}.`,
  changeSame: (n, a) => `In ${n} ${a} the difference is too small to mention.`, higherThan: (v, y) => `${v} higher than in ${y}`, lowerThan: (v, y) => `${v} lower than in ${y}`, same: (y) => `about the same as ${y}`,
  area: 'Area', parent: 'Lies in', classWord: 'Class', deviation: 'Deviation', difference: 'Difference', value: 'Value', sortBy: (c) => `Sort by ${c}`, showMore: (n) => `Show ${n} more`, rows: 'rows',
  notKnown: 'no data for this year', tooSmall: 'too small to show', notApply: 'does not apply', provisional: 'provisional', lastKnown: (y) => `last known: ${y}`, estimate: 'estimated',
  trace: 'Where does this figure come from?', tWhat: 'What', tHow: 'How', tSource: 'Source', tRow: 'Row', tCaution: 'Mind', row: 'row', showSource: 'Show the source', showMethod: 'Show the method', noSource: 'Nothing was delivered for this area.', computed: 'Computed from the underlying figures.',
  soortGeschat: 'This is an estimate by a model. It is not a measurement in the area itself.', soortGezegd: 'This is what residents say in a survey.', soortGemeten: 'This was counted or measured.',
  livability: (a, b) => `Liveability from ${a} to ${b}`, livabilityYear: (y) => `Liveability ${y}`, chartNote: 'Deviation from the national average. The fields are the classes of the method.', thinLine: (n) => ` Thin line: ${n}.`, openDots: ' Open dot: flagged when it was loaded.', aboveAverage: (v) => `${v} above the national average`, belowAverage: (v) => `${v} below the national average`,
  onAverage: 'equal to the national average', average: 'national average', madeOf: 'What the score consists of', wheelNote: 'Dotted line: the national average. Beyond the dotted line is better. Darker is higher.', part: 'Part', comesFrom: (a, b) => `Where the change comes from, ${a} to ${b}`, comesNote: 'Right of the line it got better, left of it worse. The parts add up to the whole change.', rest: 'other', whole: 'together', showYears: 'Show the years',
  indicators: 'All figures', theme: 'Theme', period: 'Year', inArea: (n) => `Areas in ${n}`, noScore: 'There is no score for this area. Often too few people live there. Below is what is known.', noValues: 'No separate figures are loaded for this area.', inhabitants: 'inhabitants', whereIs: 'Where it lies', composed: 'Mean of the neighbourhoods, weighted by inhabitants.', covered: (p) => `Holds for ${p} of the inhabitants.`, derivedClass: 'class derived by us', methods: 'Method', far: 'well above average', above: 'slightly above average', around: 'about average', below: 'slightly below average', farBelow: 'well below average',
  dataTitle: 'All figures, with source and file.', dataLead: 'You may use everything under the licence that stands with it. Each file has a check number (sha256), so that you can see whether you hold the same file.', sources: 'Sources', files: 'Files', file: 'File', loadedOn: 'Loaded on', taken: 'Taken', refused: 'Refused', flagged: 'Flagged', licence: 'Licence', publisher: 'Publisher', findings: 'Findings', showFindings: 'Show findings', hideFindings: 'Hide findings', noFindings: 'No findings for this file.', line: 'Line', column: 'Column', reason: 'Reason', cure: 'Cure', noLoads: 'No file of this source has been loaded yet.', forMachines: 'For programs', apiText: 'Everything on this site comes from an open API, without a key.', apiStart: 'Start of the API', openapi: 'Description (OpenAPI)', unit: 'Unit', kind: 'Kind', years: 'Years', definition: 'Definition', indicator: 'Indicator', searchIndicator: 'Search the indicators', noIndicators: 'There are no indicators with figures yet.',
  methodNot: 'What the method does not say', methodTitle: (n) => `How the ${n} works.`, methodLead: 'The score compares each area with the average of the Netherlands. It is an estimate by a model, not a measurement in the street.',
  methodHow: 'How it works', methodHowText: (n) => `The model adds up features of homes, people and surroundings in ${n} parts. Each part is a deviation: above zero is better than average in the Netherlands, below zero is less. The parts together give the total. The total falls in one of nine classes.`,
  methodNots: ['The score says nothing about one street, house or resident.', 'The score does not say why. Going together is not a cause.', 'Small differences between areas or years may be chance.', 'What residents think themselves is in it only in part.', 'An area with few inhabitants has no score.'],
  limits: 'Limits of the classes', from: 'from', upTo: 'to', parts: 'Parts', colour: 'Colour on the map', noLimits: 'The limits of the classes are not known for this year.', pageOf: 'Page', sep: ',',
  grades: ['well below sufficient', 'insufficient', 'just below sufficient', 'sufficient', 'amply sufficient', 'good', 'very good'],
  levels: { buurt: 'neighbourhood', wijk: 'district', gemeente: 'municipality', pc4: 'postcode area', raster: 'square of 100 metres' }, breaksNote: (y) => `Classes with about as many areas each, rounded, by the figures of ${y}. The same for all years.`,
};

function stored(): Lang {
  try { return localStorage.getItem('taal') === 'en' ? 'en' : 'nl'; } catch { return 'nl'; }
}
let now: Lang = stored();
export let t: Words = now === 'en' ? en : nl;
export const lang = (): Lang => now;
export function speak(next: Lang): void {
  now = next;
  t = next === 'en' ? en : nl;
  document.documentElement.lang = next;
  try { localStorage.setItem('taal', next); } catch { /* a browser may forbid storage; the choice then lasts for this page */ }
}
document.documentElement.lang = now;
