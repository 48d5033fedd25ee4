import { shownLines } from '../../../src/cli/conversations/conversation-page';
import { VENDOR_DATA } from '../../../src/cli/vendor-data';
import { viewOf } from '../../../src/operations/conversations/conversation-view';
import { sampleConversation } from '../../support/sample-message';

const NOW = Date.parse('2026-11-02T09:00:00.000Z');

/** The page of a conversation that ended with this code, without the breaks of its lines. */
function page(channel: 'whatsapp' | 'sms' | 'email', code: string): string {
  const changes = { conversation_status: 'initiated', failure_reason: 'vendor_refused', failure_detail: code } as const;
  const view = viewOf(sampleConversation({ now: NOW, changes }), { reveal: false, text: false }, NOW);
  const vendor = VENDOR_DATA.codeMeaning(channel, code);
  const setting = { command: (...words: readonly string[]) => words.join(' '), now: NOW };
  return shownLines({ ...view, vendor }, setting).join(' ').replace(/\s+/g, ' ');
}

test.each([
  ['whatsapp', '63062', /this sender until its set-up is put right\. Compare the sender's state/],
  ['whatsapp', '63051', /has locked the business account\. Resolve the lock in Meta Business Manager\./],
  ['whatsapp', '63112', /has disabled the sender's business account\. Appeal/],
  ['sms', '30034', /not registered for business messages in the United States/],
  ['email', '404', /Check the SendGrid base URL/],
] as const)('%s, %s: the vendor\'s own cause and what to do about it reach the operator', (channel, code, words) => {
  expect(page(channel, code)).toMatch(words);
});

test.each(['63060', '63061', '63063', '999999'])('%s is in no table: the page shows it and where to look it up', (code) => {
  expect(page('whatsapp', code)).toContain(`(vendor_refused: ${code})`);
  expect(page('whatsapp', code)).toContain(`Look the code up at twilio.com/docs/api/errors/${code}.`);
});

test.each(['HTTP 500', 'never_confirmed', '', 'constructor', '__proto__', '63062; 63051', 'ai-multi-comms/x'])(
  'nothing is said of "%s", which is no vendor\'s code', (detail) => {
    for (const channel of ['whatsapp', 'sms', 'email'] as const) {
      expect(VENDOR_DATA.codeMeaning(channel, detail)).toBeUndefined();
    }
  });
