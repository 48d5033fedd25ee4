import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LOCAL_ACCESS_FILE } from '../../../src/core/local-access';
import { demonstrate } from '../../../tools/local-stage/demonstration';
import { importFresh } from '../../../tools/local-stage/fresh-import';
import type { LocalStage } from '../../../tools/local-stage/local-stage';
import { tellStory } from '../../../tools/local-stage/story/tell-story';
import { palette } from '../../../tools/local-stage/terminal';
import { startStage } from '../../flow/local-stage-of-tests';

const FOLDER = join(process.cwd(), '.local', 'test-demonstration');

describe('the demonstration', () => {
  let stage: LocalStage;
  const pages: string[] = [];
  beforeAll(async () => { stage = await startStage('demonstration'); });
  afterAll(async () => { await stage.stop(); });
  beforeEach(() => { pages.length = 0; });

  const show = async () => demonstrate(stage, (line) => pages.push(line), palette(false));

  test('shows a message a channel as its recipient reads it, its way through the states, and three refusals', async () => {
    expect(await show()).toEqual([]);
    const page = pages.join('\n');
    for (const words of [
      'Hello Amara, this is Morgan Blake',
      'Hello Jonas, Harbour & Pine',
      'Dear Priya,',
      'Subject: Your application',
    ]) {
      expect(page).toContain(words);
    }
    expect(page.match(/initiated \+0 ms → processing .* → initial_message_sent/g)).toHaveLength(3);
    expect(page.match(/the vendor's receipts: (read|delivered)/g)).toHaveLength(3);
    for (const code of ['403 FORBIDDEN', '403 CONSENT_REQUIRED', '400 INVALID_REQUEST_ID']) {
      expect(page).toContain(code);
    }
    expect(page).toMatch(
      /first answer: .*Southmere Lodge.*\n.*refused: .*names a person.*\n.*second answer: .*Northfield Care Home/,
    );
    expect(page).toContain('proved by:     project_data.unclear_point');
    expect(page).not.toContain('{{');
  });

  test('reports what differed from what was announced', async () => {
    stage.vendors.twilio.next({ kind: 'fault', mode: 'server-error' });
    expect(await show()).toEqual([
      'The message by whatsapp ended as send_unknown (answer_lost) instead of initial_message_sent.',
      'The vendor\'s simulator holds no message by whatsapp under the identifier in the record.',
    ]);
  });

  test('tells a conversation on each channel, to the answers, the person who answers, and STOP', async () => {
    const tell = async () => tellStory(stage, FOLDER, (line) => pages.push(line), palette(false));
    expect(await tell()).toEqual([]);
    for (const channel of ['whatsapp', 'sms', 'email']) {
      const told = pages.filter((line) => line.startsWith(`  ${channel.padEnd(9)} client`)).join('\n');
      expect(told).toMatch(/explanation = "I .*\n.*start_date = "2027-0\d-\d\d".*\n.*handed_off.*\n.*opted_out; .* 403/);
    }
    expect(pages.filter((line) => / Sam Reyes {2}Of course\./.test(line))).toHaveLength(3);
    expect(existsSync(join(FOLDER, LOCAL_ACCESS_FILE))).toBe(false);
    const cards = pages.slice(pages.findIndex((line) => line.includes('from approved cards'))).join(' ').replaceAll(/\s+/g, ' ');
    expect(cards).toMatch(new RegExp([
      'Nadia Before I answer: what does the job pay', 'engine This is the automatic assistant of .* £21.50 per hour',
      'why a model chose card pay, version 1', 'proved hourly_pay “£21.50” is copied from .*knowledge.hourly_pay',
      'Nadia And may I bring my dog', 'engine Thank you. A colleague will read', 'client conversation.handed_off: question',
      'Sam Reyes .takes the thread over', 'the engine read it for answers and said nothing', 'Sam Reyes Dogs may come',
      'Sam Reyes .returns the thread', 'engine You would work at Northfield', 'client explanation = "I was on leave from June',
      'proved Nadia got these 5 messages and no other one',
    ].join('.*')));
    // Whoever has opted out is asked nothing again, and who writes is said once a day: the story says so.
    expect([...(await tell())].sort()).toEqual([
      'The question by email to Marta was answered with 403 RECIPIENT_OPTED_OUT.',
      'The question by sms to Owen was answered with 403 RECIPIENT_OPTED_OUT.',
      'The question by whatsapp to Leila was answered with 403 RECIPIENT_OPTED_OUT.',
      expect.stringMatching(/^“Before I answer: what does the job pay\?” of Nadia was answered with "The pay for /),
    ]);
  });

  test('measures the import of every bundle with the variables that Lambda gives it', () => {
    const bundles = readdirSync('assets/handlers').map((name) => join('assets/handlers', name, 'index.js'));
    expect(bundles.map((file) => importFresh(join(process.cwd(), file)).residentBytes > 0)).toEqual(
      bundles.map(() => true),
    );
  });
});
