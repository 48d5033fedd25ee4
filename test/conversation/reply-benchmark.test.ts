import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerFindings } from '../../src/operations/companies/answer-findings';
import { isBesideThePoint, languageOf } from '../bench/replies/bench-replies';
import { companyOf } from '../bench/replies/case-records';
import type { JudgedCase } from '../bench/replies/judge-case';
import { isHandOff, judgeCases } from '../bench/replies/judge-case';
import { HONEST, readReplyCases } from '../bench/replies/reply-cases';

/**
 * What was reached, written anew by hand when the engine gets better: right decisions by language, hand-offs at most,
 * and by error of a model the answers that end as they should or before a person.
 */
const RECORDED: {
  readonly right: Readonly<Record<string, number>>;
  readonly handOffs: number;
  readonly safe: Readonly<Record<string, number>>;
} = JSON.parse(readFileSync(join(__dirname, '../bench/replies/recorded.json'), 'utf8'));

const cases = readReplyCases();
const turns = cases.filter(({ errs }) => errs === HONEST);
let honest: readonly JudgedCase[] = [];
let erring: readonly JudgedCase[] = [];
beforeAll(async () => {
  const judged = await judgeCases(cases);
  honest = judged.filter(({ errs }) => errs === HONEST);
  erring = judged.filter(({ errs }) => errs !== HONEST);
});

const each = (named: readonly string[]) => [...new Set(named)].sort();

test('there are at least 150 turns in eight languages and five domains, and 200 answers of models that err', () => {
  expect(turns.length).toBeGreaterThanOrEqual(150);
  expect(new Set(turns.map(({ turn }) => turn.turn)).size).toBe(turns.length);
  expect(new Set(turns.map(languageOf)).size).toBeGreaterThanOrEqual(8);
  expect(new Set(turns.map(({ scenario }) => scenario.domain)).size).toBeGreaterThanOrEqual(5);
  expect(cases.length - turns.length).toBeGreaterThanOrEqual(200);
});

test.each(each(turns.map(({ scenario }) => scenario.scenario)))('the record of %s has no fault', (name) => {
  const scenario = turns.find((one) => one.scenario.scenario === name)?.scenario;
  const record: Readonly<Record<string, unknown>> = scenario ? companyOf(scenario) : {};
  const found = answerFindings(record, Date.parse(scenario?.received ?? ''));
  expect(found.filter(({ severity }) => severity === 'fault')).toEqual([]);
});

test('every quote that was recorded as right is a part of what the recipient wrote', () => {
  for (const { turn } of turns) {
    const quotes = Object.values(turn.right.answers).map(([, quote]) => quote);
    expect(quotes.filter((quote) => !turn.wrote.some((text) => text.includes(quote)))).toEqual([]);
  }
});

test('not a word is sent that nothing proves, whatever a model answers', () => {
  const unproved = [...honest, ...erring].filter((one) => one.unproved !== undefined);
  expect(unproved.map(({ turn, errs, unproved: said }) => [turn.turn, errs, said])).toEqual([]);
});

test('no answer is kept that is no part of what the recipient wrote', () => {
  const invented = [...honest, ...erring].flatMap(({ turn, decided }) => (
    Object.values(decided.answers).filter(({ quote }) => !turn.wrote.some((text) => text.includes(quote)))
  ));
  expect(invented).toEqual([]);
});

test.each(each(turns.map(languageOf)))('%s: no right decision is lost', (language) => {
  const right = honest.filter((one) => languageOf(one) === language && one.isRight);
  expect(right.length).toBeGreaterThanOrEqual(RECORDED.right[language] ?? Infinity);
});

test('no more turns go to a person than before', () => {
  expect(honest.filter(({ decided }) => isHandOff(decided)).length).toBeLessThanOrEqual(RECORDED.handOffs);
});

test.each(each(cases.map(({ errs }) => errs)).filter((errs) => errs !== HONEST))(
  'a model whose error is "%s" is caught no less than before', (errs) => {
    const safe = erring.filter((one) => (
      one.errs === errs && one.wrongAnswers.length === 0 && !isBesideThePoint(one)
    ));
    expect(safe.length).toBeGreaterThanOrEqual(RECORDED.safe[errs] ?? Infinity);
  },
);
