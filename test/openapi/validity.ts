import { spawnSync } from 'node:child_process';

const PROGRAM = `
  import { readFileSync } from 'node:fs';
  import { Validator } from '@seriousme/openapi-schema-validator';
  const result = await new Validator().validate(JSON.parse(readFileSync(0, 'utf8')));
  process.stdout.write(JSON.stringify(result));
`;

/** What the validator says of a document, in a process of its own: it is an ES module, which Jest does not load. */
export function validity(document: object): { readonly valid: boolean; readonly errors?: unknown } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', PROGRAM], {
    input: JSON.stringify(document),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`Validating the document failed: ${stderr}`);
  const said: { readonly valid: boolean; readonly errors?: unknown } = JSON.parse(stdout);
  return said;
}
