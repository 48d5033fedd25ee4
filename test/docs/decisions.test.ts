import { readdirSync, readFileSync } from 'node:fs';

const files = readdirSync('docs/decisions').sort();

test('each decision has a number of its own', () => {
  const numbers = files.map((file) => file.slice(0, 5));
  expect(numbers).toEqual([...new Set(numbers)]);
  for (const number of numbers) expect(number).toMatch(/^\d{4}-$/);
});

test.each(files)('%s has its number, its date and its status', (file) => {
  const [title = '', , status = ''] = readFileSync(`docs/decisions/${file}`, 'utf8').split('\n');
  expect(title).toMatch(new RegExp(`^# ${Number(file.slice(0, 4))}\\. \\S`));
  expect(status).toMatch(/^Date: \d{4}-\d{2}-\d{2}\. Status: (accepted|superseded by \d+|withdrawn)\./);
});
