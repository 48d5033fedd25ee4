import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
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

test('the packed client verifies an event that a library of the standard signed, and lists events', () => {
  const secret = `whsec_${Buffer.from('a secret of this test').toString('base64')}`;
  const body = JSON.stringify({ id: 'event-1', type: 'message.sent', data: { request_id: 'r' } });
  const at = new Date();
  const headers = {
    'webhook-id': 'event-1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign('event-1', at, body),
  };
  const folder = installedProject({
    'main.mjs': `import { createEngineClient, UnverifiedEvent, verifyEvent } from '${NAME}';
const [body, headers, secret] = ${JSON.stringify([body, headers, secret])};
const event = verifyEvent(body, headers, [secret]);
let why = '';
try { verifyEvent(body + ' ', headers, [secret]); } catch (error) { why = error instanceof UnverifiedEvent ? error.name : ''; }
const client = createEngineClient({ url: 'http://127.0.0.1:9', apiKey: 'sample', retry: { attempts: 1 } });
const listed = await client.listEvents({ after: '1' });
console.log(event.type, event.data.request_id, why, listed.outcome);`,
  });
  expect(execFileSync(process.execPath, ['main.mjs'], { cwd: folder, encoding: 'utf8' }))
    .toBe('message.sent r UnverifiedEvent unanswered\n');
});

test.each([
  ['main.mts', 'nodenext', 'nodenext'],
  ['main.cts', 'nodenext', 'nodenext'],
  ['main.ts', 'esnext', 'bundler'],
])('its types serve %s with module %s', (file, module, moduleResolution) => {
  const right = `import { createEngineClient, type EngineClient, type EngineEvent, type MessageRequest } from '${NAME}';
const request: MessageRequest = {
  company_data: { company_id: 'a', project_id: 'b' },
  recipient_data: { recipient_first_name: 'Amara', recipient_last_name: 'Okafor', comms_consent: true },
  request_data: { channel_method: 'sms' },
};
export const read = (event: EngineEvent): string => (
  event.type === 'conversation.answered' ? String(event.data.request_id) : event.type
);
export const endpoints = async (client: EngineClient): Promise<string> => {
  const added = await client.addEndpoint({ url: 'https://example.com/in', include: ['text'] });
  const page = await client.listEvents();
  return added.outcome === 'added' && page.outcome === 'listed' ? added.secret + page.events.map(read).join() : '';
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
