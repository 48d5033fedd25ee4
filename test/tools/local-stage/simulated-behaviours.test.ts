import { readFileSync, writeFileSync } from 'node:fs';
import { behaviourTables } from '../../../tools/local-stage/simulated-behaviours';
import { BEHAVIOURS } from '../../../tools/vendor-simulators/openai-responses/behaviours';
import { MAGIC_ADDRESSES } from '../../../tools/vendor-simulators/sendgrid-mail/magic-addresses';
import { MAGIC_RECIPIENTS } from '../../../tools/vendor-simulators/twilio-messages/magic-numbers';

const PAGE = 'docs/simulated-vendors.md';
const MARK = '<!-- tables: written by the test of this page with WRITE_PAGE=1 -->';

test('the page lists every number, address and word that the simulators know, with what it does', () => {
  const tables = behaviourTables();
  const names = [
    ...Object.keys(MAGIC_RECIPIENTS),
    ...Object.keys(MAGIC_ADDRESSES),
    ...BEHAVIOURS.map((word) => `simulate:${word}`),
  ];
  for (const name of names) {expect(tables).toMatch(new RegExp(`^\\| \`${name.replace(/[+.]/g, '\\$&')}\` \\| \\w.+ \\|$`, 'm'));}
  expect(tables).not.toContain('undefined');
  const [before = ''] = readFileSync(PAGE, 'utf8').split(MARK);
  const page = `${before}${MARK}\n\n${tables}\n`;
  // To write the page anew after a change of the simulators: WRITE_PAGE=1.
  if (process.env.WRITE_PAGE) writeFileSync(PAGE, page);
  else expect(readFileSync(PAGE, 'utf8')).toBe(page);
});
