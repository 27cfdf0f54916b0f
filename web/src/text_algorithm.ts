// SPDX-License-Identifier: EUPL-1.2
// The words of the register of algorithms, in both languages; they come with its pages.
import { lang } from './text';

const nl = {
  title: 'Algoritmes', lead: 'Dit zijn alle scores en berekeningen op deze site. Van elk leest u wat het doet, wie besloot, wat het niet zegt en wanneer het wordt herzien. Is de herziening te laat, dan tonen we de uitkomst niet.',
  groups: { score: 'Landelijke scores', berekening: 'Berekeningen', weging: 'Lokale wegingen' } as Record<string, string>,
  shown: 'wordt getoond', notShown: 'wordt niet getoond', review: 'Herziening', version: (v: string) => `versie ${v}`, name: 'Algoritme', status: 'Status', now: 'Op deze site',
  back: 'Alle algoritmes', take: 'Meenemen voor het Algoritmeregister', all: 'Alle algoritmes in een tabel',
  facts: 'In het kort', weights: 'Wat meetelt', part: 'Onderdeel', input: 'Cijfer', share: 'Gewicht', noInputs: 'Op welke cijfers dit werkt, staat bij «Welke gegevens».', equal: 'Deze cijfers tellen zoals de methode zegt; er zijn geen eigen gewichten.', toWeighing: 'Alle gewichten en hoe vast de uitkomst is', who: 'Wie besloot',
  texts: { doel: 'Waarvoor', formule: 'Hoe het wordt berekend', gegevens: 'Welke gegevens', grenzen: 'Wat het niet zegt', menselijkeTussenkomst: 'Wat een mens doet', afwegingen: 'Voor en tegen', risicobeheer: 'Risico’s', wettelijkeBasis: 'Wettelijke basis', toelichtingImpacttoetsen: 'Toetsen' },
  by: 'Vastgesteld door', on: 'Vastgesteld op', why: 'Waarom zo', register: 'Register', privacy: 'Privacy en AI-wet', equity: 'Gelijke behandeling', stop: 'Wanneer het stopt',
  laws: 'Wetten', sources: 'Bronnen', supplier: 'Leverancier', code: 'Broncode', category: 'Categorie', contact: 'Vragen?', none: 'niet opgegeven', since: 'In gebruik sinds', until: 'Buiten gebruik sinds', start: 'Een uitkomst begint nooit vanzelf iets. Daar besluit altijd een mens over.', onlyDutch: '', toMethod: 'De hele uitleg van de som',
};
type Words = typeof nl;
const en: Words = {
  title: 'Algorithms', lead: 'These are all scores and computations on this site. Of each you read what it does, who decided, what it does not say and when it is reviewed. When a review is late we do not show the outcome.',
  groups: { score: 'National scores', berekening: 'Computations', weging: 'Local weighings' },
  shown: 'is shown', notShown: 'is not shown', review: 'Review', version: (v) => `version ${v}`, name: 'Algorithm', status: 'Status', now: 'On this site',
  back: 'All algorithms', take: 'Take along for the Dutch Algorithm Register', all: 'All algorithms in a table',
  facts: 'In short', weights: 'What counts', part: 'Part', input: 'Figure', share: 'Weight', noInputs: 'On which figures this works stands under «Which data».', equal: 'These figures count as the method says; there are no weights of our own.', toWeighing: 'All weights and how firm the outcome is', who: 'Who decided',
  texts: { doel: 'What for', formule: 'How it is computed', gegevens: 'Which data', grenzen: 'What it does not say', menselijkeTussenkomst: 'What a person does', afwegingen: 'For and against', risicobeheer: 'Risks', wettelijkeBasis: 'Legal basis', toelichtingImpacttoetsen: 'Assessments' },
  by: 'Decided by', on: 'Decided on', why: 'Why so', register: 'Register', privacy: 'Privacy and AI law', equity: 'Equal treatment', stop: 'When it stops',
  laws: 'Laws', sources: 'Sources', supplier: 'Supplier', code: 'Source code', category: 'Category', contact: 'Questions?', none: 'not given', since: 'In use since', until: 'Out of use since', start: 'An outcome never starts anything by itself. A person always decides.', onlyDutch: 'These texts are in Dutch, as the municipality decided them.', toMethod: 'The whole explanation of the sum (Dutch)',
};
export const words = (): Words => (lang() === 'en' ? en : nl);
