import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildClientPackage } from '../../../tools/client-package/build-client-package';

const PROJECT = process.cwd();
const NAME = 'ai-multi-comms-engine-client';
const USE = `const result = createEngineClient({ url: 'http://127.0.0.1:9', apiKey: 'sample', retry: { attempts: 1 } })
  .getConversation('a#b#c#d');
result.then((read) => { console.log(read.outcome, read.attempts); });`;

/** A project of a client team that has installed what `npm pack` makes of the package. */
function installedProject(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'client-project-'));
  const built = join(folder, 'built');
  cpSync(PACKAGE, built, { recursive: true });
  const packed = execFileSync('npm', ['pack', built, '--silent', '--pack-destination', folder], {
    encoding: 'utf8',
    cwd: folder,
  }).trim();
  execFileSync('tar', ['-xzf', packed], { cwd: folder });
  mkdirSync(join(folder, 'node_modules'));
  cpSync(join(folder, 'package'), join(folder, 'node_modules', NAME), { recursive: true });
  for (const dependency of ['openapi-fetch', 'openapi-typescript-helpers']) {
    symlinkSync(join(PROJECT, 'node_modules', dependency), join(folder, 'node_modules', dependency));
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  folders.push(folder);
  return folder;
}

const folders: string[] = [];
const PACKAGE = mkdtempSync(join(tmpdir(), 'client-package-'));
beforeAll(async () => buildClientPackage(PROJECT, PACKAGE));
afterAll(() => { for (const folder of [PACKAGE, ...folders]) rmSync(folder, { recursive: true, force: true }); });

test.each([
  ['an ECMAScript module', 'main.mjs', `import { createEngineClient } from '${NAME}';\n${USE}`],
  ['a CommonJS module', 'main.cjs', `const { createEngineClient } = require('${NAME}');\n${USE}`],
])('the packed client runs in %s', (_kind, file, text) => {
  const folder = installedProject({ [file]: text });
  expect(execFileSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' })).toBe('unanswered 1\n');
});

test.each([
  ['main.mts', 'nodenext', 'nodenext'],
  ['main.cts', 'nodenext', 'nodenext'],
  ['main.ts', 'esnext', 'bundler'],
])('its types serve %s with module %s', (file, module, moduleResolution) => {
  const right = `import { createEngineClient, type MessageRequest } from '${NAME}';
const request: MessageRequest = {
  company_data: { company_id: 'a', project_id: 'b' },
  recipient_data: { recipient_first_name: 'Amara', recipient_last_name: 'Okafor', comms_consent: true },
  request_data: { channel_method: 'sms' },
};
export const outcome = createEngineClient({ url: '', apiKey: '' }).initiateConversation(request).then((result) => result.outcome);`;
  const folder = installedProject({
    [file]: right,
    [`wrong-${file}`]: right.replace("'sms'", "'fax'"),
    'tsconfig.json': JSON.stringify({
      compilerOptions: { module, moduleResolution, strict: true, noEmit: true, lib: ['ES2022', 'DOM'], types: [] },
    }),
  });
  const compile = () =>
    execFileSync(process.execPath, [join(PROJECT, 'node_modules/typescript/bin/tsc'), '-p', '.'], {
      cwd: folder,
      encoding: 'utf8',
    });
  const said = ((): string => {
    try {
      return compile();
    } catch (error) {
      return String((error as { stdout: unknown }).stdout);
    }
  })();
  const faults = said.split('\n').filter((line) => line.includes('error'));
  expect(faults).toEqual([expect.stringMatching(`wrong-${file}.*"fax"`)]);
});
