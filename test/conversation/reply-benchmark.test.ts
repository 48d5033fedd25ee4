import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerFindings } from '../../src/operations/companies/answer-findings';
import { isBesideThePoint, languageOf } from '../bench/replies/bench-replies';
import { companyOf } from '../bench/replies/decide-case';
import { isHandOff, judgeCases } from '../bench/replies/judge-case';
import { grouped, HONEST, readReplyCases } from '../bench/replies/reply-cases';

/**
 * What was reached, written anew by hand when the engine gets better: right decisions by language, hand-offs at most,
 * and by error of a model the answers that end as they should or before a person.
 */
const RECORDED: {
  readonly right: Readonly<Record<string, number>>;
  readonly handOffs: number;
  readonly safe: Readonly<Record<string, number>>;
} = JSON.parse(readFileSync(join(__dirname, '../bench/replies/recorded.json'), 'utf8'));

const judged = judgeCases(readReplyCases());
const honest = judged.filter(({ errs }) => errs === HONEST);
const erring = judged.filter(({ errs }) => errs !== HONEST);

test('there are at least 150 turns in eight languages and five domains, and 200 answers of models that err', () => {
  expect(honest.length).toBeGreaterThanOrEqual(150);
  expect(new Set(honest.map(({ turn }) => turn.turn)).size).toBe(honest.length);
  expect(new Set(honest.map(languageOf)).size).toBeGreaterThanOrEqual(8);
  expect(new Set(honest.map(({ scenario }) => scenario.domain)).size).toBeGreaterThanOrEqual(5);
  expect(erring.length).toBeGreaterThanOrEqual(200);
});

test.each([...grouped(honest, ({ scenario }) => scenario.scenario)])('the record of %s has no fault', (_name, [first]) => {
  const record: Record<string, unknown> = first ? companyOf(first.scenario) : {};
  const found = answerFindings(record, Date.parse(first?.scenario.received ?? ''));
  expect(found.filter(({ severity }) => severity === 'fault')).toEqual([]);
});

test('every quote that was recorded as right is a part of what the recipient wrote', () => {
  for (const { turn } of honest) {
    const quotes = Object.values(turn.right.answers).map(([, quote]) => quote);
    expect(quotes.filter((quote) => !turn.wrote.some((text) => text.includes(quote)))).toEqual([]);
  }
});

test('not a word is sent that nothing proves, whatever a model answers', () => {
  const unproved = judged.filter((one) => one.unproved !== undefined);
  expect(unproved.map(({ turn, errs, unproved: said }) => [turn.turn, errs, said])).toEqual([]);
});

test('no answer is kept that is no part of what the recipient wrote', () => {
  const invented = judged.flatMap(({ turn, decided }) => (
    Object.values(decided.answers).filter(({ quote }) => !turn.wrote.some((text) => text.includes(quote)))
  ));
  expect(invented).toEqual([]);
});

test.each([...grouped(honest, languageOf)])('%s: no right decision is lost', (language, turns) => {
  const right = turns.filter(({ isRight }) => isRight).length;
  expect(right).toBeGreaterThanOrEqual(RECORDED.right[language] ?? Infinity);
});

test('no more turns go to a person than before', () => {
  expect(honest.filter(({ decided }) => isHandOff(decided)).length).toBeLessThanOrEqual(RECORDED.handOffs);
});

test.each([...grouped(erring, ({ errs }) => errs)])('a model whose error is "%s" is caught no less than before', (errs, all) => {
  const safe = all.filter((one) => one.wrongAnswers.length === 0 && !isBesideThePoint(one)).length;
  expect(safe).toBeGreaterThanOrEqual(RECORDED.safe[errs] ?? Infinity);
});
