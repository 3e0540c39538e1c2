/*
 * A record as plain text for a report or a message: its sentence, who claims and who disputes it,
 * where and when, and its sources with their addresses.
 */
/** @import { Claim, MapRecord, Model, Place, Source } from '../core/types.js' */

/** @param {string[]} texts */
const joined = (texts) => texts.map((text) => text.trim()).filter(Boolean).join(' · ');

/** The speakers of some claims, each once. @param {Claim[]} claims */
const speakersOf = (claims) => [...new Set(claims.map(({ who }) => who))].join(', ');

/** Nobody makes such a claim; that is true of this dossier only. */
const NO_ONE = 'no one in this dossier';

/**
 * The claims of a record by whether they are for or against it, with a heading that names the speakers.
 * @param {MapRecord} record
 * @returns {{title: string, claims: Claim[]}[]}
 */
export function sidesOf({ claims }) {
  /** @param {string[]} stances */
  const of = (...stances) => claims.filter(({ stance }) => stances.includes(stance));
  const [contesting, withdrawn] = [of('contests'), of('withdrawn')];
  const against = contesting.length || !withdrawn.length ? 'Disputed by ' + (speakersOf(contesting) || NO_ONE) : 'No longer disputed by ' + speakersOf(withdrawn);
  return [{ title: 'Claimed by ' + (speakersOf(of('asserts')) || NO_ONE), claims: of('asserts') }, { title: against, claims: contesting.concat(withdrawn) }];
}

/** @param {Model} model @param {Place} place */
function placeText(model, place) {
  const said = place.text.trim() ? '“' + place.text + '”: ' : '';
  return 'Place: ' + said + place.label + ' (' + model.precisions[place.precision].label.toLowerCase() + ')';
}

/** @param {Source} source @param {number} number */
const sourceText = ({ title, publisher, author, published, url, grade, gradeText }, number) =>
  '[' + number + '] ' + joined([title, publisher, author, published, url ?? '', grade + ' ' + gradeText]);

/**
 * @param {Model} model
 * @param {MapRecord} record
 * @param {Map<number, number>} numbers of the sources, by their position
 */
export function cardText(model, record, numbers) {
  /** @param {Claim} one */
  const claimText = (one) => '- ' + joined([one.who + (one.role ? ' (' + one.role + ')' : ''), one.stance === 'withdrawn' ? 'denial withdrawn' : '',
    one.text, one.figures, one.date, one.credibility]) + ' [' + numbers.get(one.source) + ']';
  const blocks = [
    [record.title, record.sentence],
    ...sidesOf(record).map(({ title, claims }) => [title, ...claims.map(claimText)]),
    [...record.places.map((place) => placeText(model, place)), 'When: ' + record.dateText, 'Verification status: ' + model.statuses[record.status].label],
    ['Sources', ...[...numbers].map(([at, number]) => sourceText(model.sources[at], number))],
    [model.title + ', data ' + model.dataVersion],
  ];
  return blocks.map((lines) => lines.join('\n')).join('\n\n');
}
