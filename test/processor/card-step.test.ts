import type { Channel } from '../../src/core/channel';
import { readCompanySettings } from '../../src/core/company/company-settings';
import { composeCard } from '../../src/processor/card-step';
import { ANSWERS } from '../support/answering-world';
import { FakeClock } from '../support/fake-clock';
import { ProcessorWorld } from '../support/processor-world';
import { sampleCompany, sampleConversation } from '../support/sample-message';

const HOURS = 'from Monday to Friday, 9 am to 5 pm';
const CHOSEN = { card_id: 'opening_hours', version: 2, language: 'en-GB', values: { hours: HOURS }, echoes: {} };

/** What the processor makes of a card that a turn has chosen. */
function compose(channel: Channel, changes: Readonly<Record<string, unknown>> = {}, card = CHOSEN, subject?: string) {
  const company = sampleCompany({ ...ANSWERS, ...changes });
  const settings = readCompanySettings(company, channel);
  if (!settings.complete) throw new Error(settings.faults.map(({ path }) => path).join(', '));
  const clock = new FakeClock();
  const conversation = sampleConversation({
    now: clock.now(), channel,
    changes: { reply: { owner: 'engine', epoch: 0, sequence: 1, thread: 't', in_reply_to: 'c', card, subject } },
  });
  return composeCard({ company, ports: { ...new ProcessorWorld().ports, clock } }, conversation, settings);
}

test('a card goes by SMS with its segments, and by WhatsApp as words of the open chat', () => {
  expect(compose('sms')).toMatchObject({
    outcome: 'composed',
    composition: {
      filled: { channel: 'sms', text: `We are there ${HOURS}.`, segments: 1 },
      template_name: 'opening_hours', template_version: 2, values: { hours: HOURS }, verdicts: { hours: 'proved' },
    },
  });
  expect(compose('whatsapp')).toMatchObject({ composition: { filled: { channel: 'whatsapp', session: true, variables: {} } } });
});

test('a mail has the card\'s subject, or that of the mail which it answers', () => {
  expect(compose('email')).toMatchObject({ composition: { filled: { subject: 'Opening hours' } } });
  const again = { ...CHOSEN, card_id: 'ask_again', version: 1, values: {} } as unknown as typeof CHOSEN;
  expect(compose('email', {}, again, 'Re: Your CV')).toMatchObject({ composition: { filled: { subject: 'Re: Your CV' } } });
});

test.each<readonly [string, Readonly<Record<string, unknown>>, Partial<typeof CHOSEN>, string]>([
  ['of a project that answers no more', { replies: 'keep' }, {}, 'the project does not answer any more'],
  ['of a project whose answers nobody can read', { assistant: 'none' }, {}, 'the project does not answer any more'],
  ['that was changed', {}, { version: 1 }, 'it was changed or removed'],
  ['that was removed', {}, { card_id: 'gone' }, 'it was changed or removed'],
  ['in a language that it lost', {}, { language: 'fr' }, 'no words for this language'],
  ['whose fact says something else by now', { knowledge: [{ name: 'opening_hours', value: 'never' }] }, {}, 'hours: '],
  ['whose fact is true no more', { knowledge: [{ name: 'opening_hours', value: HOURS, valid_until: '2020-01-01' }] }, {}, 'hours: '],
])('a card %s does not go, and nothing of its values is told', (_name, changes, chosen, detail) => {
  const result = compose('sms', changes, { ...CHOSEN, ...chosen });
  expect(result).toMatchObject({ outcome: 'unprovable', detail: expect.stringContaining(detail) });
  expect(JSON.stringify(result)).not.toContain('Monday');
});
