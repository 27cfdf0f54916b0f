// SPDX-License-Identifier: EUPL-1.2
// The words of where an area goes, in both languages.
import { lang } from './text';

const nl = {
  title: 'Waar gaat het heen?', view: 'Beeld of tabel', chart: 'Beeld', table: 'Tabel', trend: 'De trend', course: 'Het verloop', since: 'Sinds', baseYear: 'Basisjaar',
  note: 'De gekleurde band is waar de trend met 95% zekerheid loopt.', bend: (y: string) => `De stippellijn staat in ${y}: daar verandert de richting.`, city: (n: string) => `De dunne lijn is ${n}.`,
  slope: 'Per jaar', between: 'tussen', and: 'en', smoothed: 'Gladgestreken', own: (p: string) => `waarvan ${p} eigen cijfers; de rest is wat alle gebieden samen hebben`,
  method: 'Hoe wij dit berekenen', typeMethod: 'Hoe wij de typen bepalen', year: 'Jaar', value: 'Cijfer', line: 'Trend', low: 'Van', high: 'Tot', none: 'geen cijfer', made: 'Waar het uit bestaat', development: (k: number) => ['sterk achteruit', 'ruim achteruit', 'achteruit', 'iets achteruit', 'ongeveer gelijk', 'iets vooruit', 'vooruit', 'ruim vooruit', 'sterk vooruit'][k - 1] ?? '',
  developmentIs: 'Ontwikkeling sinds het basisjaar', sure: 'zeker', unsure: 'kan veranderen', estimate: 'Een trend zegt waar het heen ging, niet waarom.', part: 'Deel', level: (y: string) => `Stand ${y}`.trim(), change: 'Verandering', rest: 'Rest', whole: 'Samen',
  typeText: 'Terugval: sinds 2012 een landelijke standaardafwijking of meer omlaag. Succes: sinds het basisjaar zoveel omhoog, en nu voldoende of beter. Gestaag herstel: zoveel omhoog, maar nog niet voldoende. Vroegsignalering: voldoende, maar onder het gemiddelde en niet vooruit. De typen zijn van RIGO, de grenzen van ons. Kiest u zelf een basisjaar, dan geldt dat ook voor terugval.',
  trendText: 'De lijn is die van de kleinste kwadraten. De band volgt uit hoe ver de cijfers ervan af liggen en uit hoeveel het er zijn: weinig metingen geven een brede band. Een knik tonen wij alleen als toeval hem niet goed verklaart, over alle gebieden samen. Er loopt geen lijn door een gewijzigde grens.',
  moves: 'Wie ging waarheen?', movesLead: (from: string, to: string, n: string) => `Van ${n} gebieden weten wij de klasse in ${from} en in ${to}.`, movesSame: (n: string) => `${n} bleven in hun klasse.`, movesUp: (n: string) => `${n} gingen omhoog.`, movesDown: (n: string) => `${n} gingen omlaag.`, movesTable: 'Aantal gebieden per klasse toen (rijen) en nu (kolommen)', then: 'Toen', now: 'Nu', noMoves: 'geen',
};
type Words = typeof nl;
const en: Words = {
  title: 'Where is it going?', view: 'Picture or table', chart: 'Picture', table: 'Table', trend: 'The trend', course: 'The course', since: 'Since', baseYear: 'Base year',
  note: 'The coloured band is where the trend runs with 95% certainty.', bend: (y) => `The dotted line stands in ${y}: there the direction changes.`, city: (n) => `The thin line is ${n}.`,
  slope: 'Per year', between: 'between', and: 'and', smoothed: 'Smoothed', own: (p) => `of which ${p} is its own figures; the rest is what all areas have in common`,
  method: 'How we calculate this', typeMethod: 'How we choose the types', year: 'Year', value: 'Figure', line: 'Trend', low: 'From', high: 'To', none: 'no figure', made: 'What it consists of', development: (k) => ['strongly down', 'clearly down', 'down', 'slightly down', 'about the same', 'slightly up', 'up', 'clearly up', 'strongly up'][k - 1] ?? '',
  developmentIs: 'Development since the base year', sure: 'sure', unsure: 'may change', estimate: 'A trend says where it went, not why.', part: 'Part', level: (y) => `Level ${y}`.trim(), change: 'Change', rest: 'Rest', whole: 'Together',
  typeText: 'Relapse: since 2012 down by a national standard deviation or more. Success: since the base year up by as much, and now sufficient or better. Steady recovery: up by as much, but not yet sufficient. Early signal: sufficient, but below average and not rising. The types are by RIGO, the limits are ours. If you choose a base year, it holds for relapse too.',
  trendText: 'The line is that of least squares. The band follows from how far the figures lie from it and from how many there are: few measurements give a wide band. We only show a bend when chance does not explain it well, over all areas together. No line runs through a changed border.',
  moves: 'Who went where?', movesLead: (from, to, n) => `Of ${n} areas we know the class in ${from} and in ${to}.`, movesSame: (n) => `${n} stayed in their class.`, movesUp: (n) => `${n} went up.`, movesDown: (n) => `${n} went down.`, movesTable: 'Number of areas by class then (rows) and now (columns)', then: 'Then', now: 'Now', noMoves: 'none',
};
export const words = (): Words => (lang() === 'en' ? en : nl);
