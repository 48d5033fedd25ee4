import { readdirSync, readFileSync } from 'node:fs';

const files = readdirSync('docs/decisions').sort();

test('decisions are numbered from 1 without a gap', () => {
  expect(files.map((file) => file.slice(0, 5))).toEqual(
    files.map((_, index) => `${String(index + 1).padStart(4, '0')}-`),
  );
});

test.each(files)('%s has its number, its date and its status', (file) => {
  const [title = '', , status = ''] = readFileSync(`docs/decisions/${file}`, 'utf8').split('\n');
  expect(title).toMatch(new RegExp(`^# ${Number(file.slice(0, 4))}\\. \\S`));
  expect(status).toMatch(/^Date: \d{4}-\d{2}-\d{2}\. Status: (accepted|superseded by \d+|withdrawn)\./);
});
