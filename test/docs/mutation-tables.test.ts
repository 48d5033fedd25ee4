import { readFileSync } from 'node:fs';
import { MUTATIONS } from '../simulation/mutations';
import { REPLY_MUTATIONS } from '../simulation/replies/reply-mutations';

const page = readFileSync('docs/reliability.md', 'utf8');
const section = page.slice(page.indexOf('## Mutations'), page.indexOf('## Real processes killed'));

/** The rows of both tables, in their order. */
const shown = section.split('\n').filter((line) => /^\| .* \| \d+ \|$/.test(line));

test('the page names each mutation of the simulation with the seed that finds it', () => {
  expect(shown).toEqual([...MUTATIONS, ...REPLY_MUTATIONS].map(({ name, killedBy }) => `| ${name} | ${killedBy} |`));
});
