import { readFileSync } from 'node:fs';
import { recorded, RECORDS } from './recorded-template';
import { templateOf } from './template';

describe.each(RECORDS)('$variant', ({ variant, file }) => {
  const now = JSON.stringify(recorded(templateOf(variant)), undefined, 1);

  test('is synthesised as it was reviewed; npx projen record-templates makes a change of it a reviewed one', () => {
    expect(now.split('\n')).toEqual(readFileSync(file, 'utf8').trimEnd().split('\n'));
  });

  test('is recorded without what each build changes', () => {
    expect(now).not.toMatch(/[0-9a-f]{32}|Metadata/);
  });
});
