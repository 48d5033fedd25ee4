import { judgeWith } from './mutated-proof';
import type { ShownMutation } from './mutations';
import { RULE_MUTATIONS } from './mutations';
import { judgeCase } from './truth-cases';

const caseOf = ({ name, label, value, facts, language = 'en-GB' }: ShownMutation) => ({
  scenario: {
    scenario: name, language, domain: 'mutations', channel: 'sms', template: 'Hello: {{text}}', variable: 'text',
    company: 'Alder', recipient: 'Rosa Lind', facts, right: [], wrong: [],
  },
  label, kind: 'mutation', value,
});

test.each(RULE_MUTATIONS)('$name: $value', async (mutation) => {
  const judged = judgeCase(caseOf(mutation));
  expect({ rules: judged.rules, isAsItShouldBe: judged.isAsItShouldBe }).toMatchObject({ isAsItShouldBe: true });
  const judge = await judgeWith(mutation);
  expect(judge(caseOf(mutation)).isAsItShouldBe).toBe(false);
});
