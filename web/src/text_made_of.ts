// SPDX-License-Identifier: EUPL-1.2
// The words of the wheel, in both languages.
import { lang } from './text';

const MANY: Record<string, [string, string]> = { buurt: ['buurten', 'neighbourhoods'], wijk: ['wijken', 'districts'], gemeente: ['gemeenten', 'municipalities'], pc4: ['postcodegebieden', 'postcode areas'] };
const many = (level: string, k: 0 | 1) => (MANY[level] ?? ['gebieden', 'areas'])[k];
const nl = {
  outer: 'Buitenring', figures: 'Cijfers', years: 'Jaren', figuresNote: 'De cijfers in de buitenring zijn los van de score gemeten en tellen er niet in mee.', circle: (level: string, where: string) => `Stippellijn: het midden van de ${many(level, 0)}${where ? ` van ${where}` : ''}.`,
  shape: 'Vlak: geteld of gemeten. Rondje: wat bewoners zeggen. Blauw: meer of minder, zonder dat een van de twee beter is; de andere kleuren: verder naar buiten is beter.',
  most: (level: string, where: string) => `de meeste ${many(level, 0)}${where ? ` van ${where}` : ''}`, as: (than: string) => `ongeveer als in ${than}`, higher: (than: string) => `hoger dan in ${than}`, muchHigher: (than: string) => `veel hoger dan in ${than}`, lower: (than: string) => `lager dan in ${than}`, muchLower: (than: string) => `veel lager dan in ${than}`,
  alone: 'niet te vergelijken: van te weinig gebieden is dit cijfer bekend, of het is overal gelijk', upIsBetter: 'hoger is beter', downIsBetter: 'lager is beter', said: 'zeggen bewoners', none: (part: string) => `Bij ${part.toLowerCase()} zijn hier geen losse cijfers geladen.`,
  table: 'Cijfers naast de onderdelen', figure: 'Cijfer', year: 'Jaar', value: 'Waarde', against: 'Naast andere gebieden', told: 'Gemeten of gezegd', counted: 'gemeten', estimated: 'geschat',
};
type Words = typeof nl;
const en: Words = {
  outer: 'Outer ring', figures: 'Figures', years: 'Years', figuresNote: 'The figures in the outer ring were measured apart from the score and do not count in it.', circle: (level, where) => `Dotted line: the middle of the ${many(level, 1)}${where ? ` of ${where}` : ''}.`,
  shape: 'Surface: counted or measured. Ring: what residents say. Blue: more or less, neither being better; the other colours: further out is better.',
  most: (level, where) => `most ${many(level, 1)}${where ? ` of ${where}` : ''}`, as: (than) => `about as in ${than}`, higher: (than) => `higher than in ${than}`, muchHigher: (than) => `much higher than in ${than}`, lower: (than) => `lower than in ${than}`, muchLower: (than) => `much lower than in ${than}`,
  alone: 'cannot be compared: the figure is known of too few areas, or is the same everywhere', upIsBetter: 'higher is better', downIsBetter: 'lower is better', said: 'residents say', none: (part) => `No separate figures are loaded here for ${part.toLowerCase()}.`,
  table: 'Figures beside the parts', figure: 'Figure', year: 'Year', value: 'Value', against: 'Beside other areas', told: 'Measured or said', counted: 'measured', estimated: 'estimated',
};
export const words = (): Words => (lang() === 'en' ? en : nl);
