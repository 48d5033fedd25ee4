import { resourceNames } from '../../../src/core/names';
import { verifyAnswers } from '../../../src/operations/companies/verify-answers';
import { SAMPLE_KNOWLEDGE } from '../../../tools/local-stage/sample/answers';
import { sampleCompany } from '../../../tools/local-stage/sample/company';
import { FakeClock } from '../../support/fake-clock';

const NAMES = resourceNames('dev');
const NOW = '2026-11-30T12:00:00.000Z';

function verified(change: Readonly<Record<string, unknown>> = {}) {
  const ports = { names: NAMES, clock: new FakeClock(Date.parse(NOW)) };
  return verifyAnswers(ports, { ...sampleCompany(NAMES, NOW), ...change });
}

test('sound answers are counted, and whether they are sent is told', () => {
  expect(verified()).toEqual([{
    subject: 'answers', verdict: 'ok',
    words: '6 cards in en-GB, de, 4 facts; none is sent: the project does not say replies: answer',
  }]);
});

test('a project without cards that does not answer has nothing to verify', () => {
  expect(verified({ answer_cards: undefined, knowledge: undefined, assistant: undefined })).toEqual([]);
});

test('a project that wants to answer and cannot is at fault', () => {
  expect(verified({ replies: 'answer', answer_cards: undefined, assistant: undefined })).toMatchObject([
    { subject: 'assistant', verdict: 'fault', remedy: 'show_cards' },
    { subject: 'answer_cards', verdict: 'fault', words: 'is empty: replies: answer needs one card at least' },
    { subject: 'channel_config.whatsapp.reopen_template', verdict: 'warning' },
  ]);
});

test('facts that ran out are told of by the names of their cards', () => {
  const knowledge = SAMPLE_KNOWLEDGE.map((fact) => (
    fact.name === 'hourly_pay' ? { ...fact, valid_until: '2026-11-29' } : fact
  ));
  expect(verified({ knowledge }).map(({ subject, verdict }) => `${verdict}: ${subject}`)).toEqual([
    'warning: answer_cards.pay.needs.0', 'warning: knowledge.hourly_pay.valid_until',
  ]);
});
