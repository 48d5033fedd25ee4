import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { sharedJobNames } from '../../../projenrc/delivery-pipeline/unique-job-names';

const workflow = z.object({ jobs: z.record(z.string(), z.object({ name: z.string().optional() })) });

test('no two workflows of the repository, whoever wrote them, have a job of one name', () => {
  const folder = resolve('.github/workflows');
  const all = readdirSync(folder).map((file) => {
    const { jobs } = workflow.parse(parse(readFileSync(join(folder, file), 'utf8')));
    return { workflow: basename(file), names: Object.entries(jobs).map(([id, { name = id }]) => name) };
  });
  expect(all.length).toBeGreaterThan(4);
  expect(sharedJobNames(all)).toEqual([]);
});

test('a name of two workflows is found, and one of two jobs by a given name', () => {
  expect(sharedJobNames([
    { workflow: 'ci', names: ['build', 'difference'] },
    { workflow: 'deliver', names: ['build', 'tested'] },
    { workflow: 'nightly', names: ['report'] },
  ])).toEqual([{ name: 'build', workflows: ['ci', 'deliver'] }]);
});
