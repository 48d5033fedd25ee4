import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runConformance } from '../../../tools/conformance/conformance-program';
import type { Order } from '../../../tools/conformance/orders';
import { ORDERS } from '../../../tools/conformance/orders';
import { startRecorder } from '../../../tools/conformance/recorder';
import { FORM_API, MAIL_API } from './sample-documents';

const SENDS = ORDERS.filter(({ purpose }) => /^sending (?:an SMS with|a mail)/.test(purpose));
const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
const path = (name: string) => join(folder, name);

beforeAll(() => {
  mkdirSync(path('twilio'));
  writeFileSync(path('twilio/messages.json'), JSON.stringify(FORM_API));
  writeFileSync(path('twilio/README.md'), '# not a document');
  writeFileSync(path('mail.json'), JSON.stringify(MAIL_API));
  // YAML is a superset of JSON; a flow of its own shows that it is read as YAML.
  const yaml = JSON.stringify(MAIL_API).replace('"openapi":"3.1.0"', "'openapi': '3.1.0' # comment\n");
  writeFileSync(path('mail.yaml'), yaml);
  writeFileSync(path('broken.json'), '{"openapi": "3.1.0"');
  writeFileSync(path('other.json'), '{"swagger": "2.0", "paths": {}}');
});

afterAll(() => { rmSync(folder, { recursive: true }); });

async function run(words: readonly string[], orders: readonly Order[] = SENDS) {
  const [printed, errors]: [string[], string[]] = [[], []];
  const code = await runConformance(words, {
    print: (text) => { printed.push(text); },
    printError: (text) => { errors.push(text); },
    environment: {},
    fetch: async () => Promise.reject(new Error('A call left without credentials.')),
    orders,
  });
  return { code, printed: printed.join('\n'), errors: errors.join('\n') };
}

test('right requests pass, by a file, a folder and YAML, and what was not judged or run is said', async () => {
  const { code, printed, errors } = await run(['--twilio', path('twilio'), '--sendgrid', path('mail.yaml')]);
  expect(errors).toBe('');
  expect(code).toBe(0);
  expect(printed).toMatch(/^twilio: 2 requests, 17 parameters, no fault$/m);
  expect(printed).toMatch(/^sendgrid: 2 requests, \d+ parameters, no fault$/m);
  expect(printed).toMatch(/ok {4}sending an SMS with receipts: POST api\.twilio\.com.*Messages\.json \(9\)$/m);
  expect(printed).toMatch(/^openai: not judged\. Give its documents by --openai\.$/m);
  for (const vendor of ['twilio', 'sendgrid', 'openai']) {
    expect(printed).toMatch(new RegExp(`^${vendor} itself: NOT RUN\\. Set ENGINE_LIVE_${vendor.toUpperCase()}_`, 'm'));
  }
});

/** An adapter that is wrong in one parameter. */
function wrong(name: string, value?: string): Order {
  const [right] = SENDS;
  const order = async (send: typeof fetch) => right?.run(async (url, init) => {
    const form = new URLSearchParams(String(init?.body));
    if (value === undefined) form.delete(name);
    else form.set(name, value);
    return send(url, { ...init, body: form.toString() });
  });
  return { purpose: 'sending wrongly', run: order };
}

test.each([
  ['misspelt', ['Statuscallback', 'x'], 'form Statuscallback: is not documented'],
  ['left out', ['To'], 'form To: is required, and missing'],
  ['too long', ['Body', 'x'.repeat(70)], 'form Body: must NOT have more than 60 characters'],
  ['no number', ['ValidityPeriod', '10m'], 'form ValidityPeriod: must be integer'],
])('a planted parameter that is %s is found', async (_what, [name = '', value], fault) => {
  const orders = [...SENDS, wrong(name, value)];
  const { code, printed, errors } = await run(['--twilio', path('twilio/messages.json')], orders);
  expect(code).toBe(1);
  expect(printed).toMatch(/^twilio: 3 requests, \d+ parameters, 1 faults$/m);
  expect(printed).toMatch(/^ {2}FAULT sending wrongly: POST .*\n {8}/m);
  expect(printed).toContain(`        ${fault}`);
  expect(errors).toMatch(/^The adapters break a vendor's document .*mend the adapter\.$/);
});

test('with --json every parameter is listed, and no value', async () => {
  const { code, printed } = await run(['--twilio', path('twilio'), '--json']);
  expect(code).toBe(0);
  const { judged } = JSON.parse(printed) as { readonly judged: ReadonlyArray<Readonly<Record<string, unknown>>> };
  expect(judged[0]).toMatchObject({
    vendor: 'twilio', requests: [
      { purpose: SENDS[0]?.purpose, method: 'POST', parameters: expect.arrayContaining([{ parameter: 'form To' }]) },
      {},
    ],
  });
  expect(judged[1]).toEqual({ vendor: 'sendgrid', notJudged: 'Give its documents by --sendgrid.' });
  expect(printed).not.toMatch(/\+447700900200|sample-token|Basic /);
});

test.each([
  ['nothing.json', /there is no such file; give the path/],
  ['broken.json', /cannot be read as JSON; fetch it again/],
  ['other.json', /is no OpenAPI document of version 3\.0 or 3\.1/],
])('the document %s makes its vendor not judged, and the others are', async (name, words) => {
  const { code, printed, errors } = await run(['--twilio', path('twilio'), '--sendgrid', path(name)]);
  expect(code).toBe(1);
  const line = printed.split('\n').find((one) => one.startsWith('sendgrid: ')) ?? '';
  expect(line).toMatch(/^sendgrid: not judged\. Reading the document /);
  expect(line).toMatch(words);
  expect(printed).toMatch(/^twilio: 2 requests, \d+ parameters, no fault$/m);
  expect(errors).toBe('Judging sendgrid failed: a document cannot be read; see above.');
});

test('a folder without documents, a wrong flag and an order that sends nothing are said', async () => {
  mkdirSync(path('empty'));
  expect((await run(['--openai', path('empty')])).printed).toContain('it holds no .json or .yaml file');
  expect((await run(['--twillio', 'x'])).code).toBe(2);
  const idle = { purpose: 'nothing', run: async () => Promise.resolve() };
  expect((await run([], [idle])).errors).toMatch(/^Recording the requests failed: "nothing" sent none/);
});

test('each order of the engine sends to a vendor\'s own host, and recording leads nowhere else', async () => {
  const recorder = await startRecorder();
  try {
    await expect(recorder.record('elsewhere', async () => fetch('https://example.com/'))).rejects.toThrow(
      'Recording a request failed: https://example.com is no host of a vendor.',
    );
    expect(await recorder.record('none', async () => Promise.resolve())).toEqual([]);
  } finally {
    await recorder.stop();
  }
  const { code, printed } = await run(['--json'], ORDERS);
  expect(code).toBe(0);
  const judged = ['twilio', 'sendgrid', 'openai'].map((vendor) => ({ vendor }));
  expect(JSON.parse(printed)).toMatchObject({ judged });
});
