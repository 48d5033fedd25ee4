import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { demonstrate } from '../../../tools/local-stage/demonstration';
import { importFresh } from '../../../tools/local-stage/fresh-import';
import type { LocalStage } from '../../../tools/local-stage/local-stage';
import { palette } from '../../../tools/local-stage/terminal';
import { startStage } from '../../flow/local-stage-of-tests';

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

  test('measures the import of every bundle with the variables that Lambda gives it', () => {
    const bundles = readdirSync('assets/handlers').map((name) => join('assets/handlers', name, 'index.js'));
    expect(bundles.map((file) => importFresh(join(process.cwd(), file)).residentBytes > 0)).toEqual(
      bundles.map(() => true),
    );
  });
});
