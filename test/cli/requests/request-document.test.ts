import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRequestDocument } from '../../../src/cli/requests/request-document';
import type { RequestOptions } from '../../../src/cli/requests/request-document';

const NOW = Date.parse('2026-11-22T10:00:00.000Z');
const UUID = '5b0e8d5c-6f0a-4f6e-9a55-0c3f6b7c1a01';
const FLAGS: RequestOptions = {
  company: 'acme',
  project: 'hiring',
  channel: 'sms',
  to: '+447700900210',
  firstName: 'Amara',
  lastName: 'Okafor',
  consent: true,
  fact: { job_title: 'Nurse' },
};
const folder = mkdtempSync(join(tmpdir(), 'request-'));
afterAll(() => { rmSync(folder, { recursive: true }); });

const read = (options: Partial<RequestOptions>) => readRequestDocument({ fact: {}, ...options }, NOW);
function inFile(content: unknown): string {
  const file = join(folder, `${Math.random()}.json`);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

test('flags alone make a request, with an identifier and a time of its own', () => {
  expect(read(FLAGS)).toEqual({
    company_data: { company_id: 'acme', project_id: 'hiring' },
    recipient_data: {
      recipient_first_name: 'Amara',
      recipient_last_name: 'Okafor',
      recipient_tel: '+447700900210',
      comms_consent: true,
    },
    project_data: { job_title: 'Nurse' },
    request_data: {
      request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      channel_method: 'sms',
      initial_request_timestamp: '2026-11-22T10:00:00.000Z',
    },
  });
  expect(read(FLAGS).request_data.request_id).not.toBe(read(FLAGS).request_data.request_id);
});

test('a file is taken as a client would post it', () => {
  const document = read({ ...FLAGS, requestId: UUID });
  expect(read({ file: inFile(document) })).toEqual(document);
});

test('flags go over a file, and leave the rest of it', () => {
  const file = inFile({ ...read(FLAGS), project_data: { job_title: 'Nurse', ward: 'A' } });
  const changed = read({
    file,
    channel: 'email',
    to: 'amara@example.com',
    fact: { job_title: 'Porter' },
    requestId: UUID,
  });
  expect(changed).toMatchObject({
    project_data: { job_title: 'Porter', ward: 'A' },
    recipient_data: { recipient_first_name: 'Amara', recipient_email: 'amara@example.com' },
    request_data: { request_id: UUID, channel_method: 'email' },
  });
});

test('every fault is named at once, and where to put it right', () => {
  expect(() => read({ company: 'acme', channel: 'sms' })).toThrow(
    /nothing was sent: company_data\.project_id is missing; recipient_data is missing\. Put it right in the flags\.$/,
  );
  const file = inFile({ company_data: 7 });
  expect(() => read({ file })).toThrow(`Put it right in ${file}.`);
});

test.each([
  ['a file that is not there', join(folder, 'nowhere.json'), /there is no file .*nowhere\.json; check --file/],
  ['a folder', folder, /cannot be read \(EISDIR\)/],
  ['no JSON', inFile('{\n"a": 1,\n}'), /is no JSON \(line 3\); put it right/],
  ['a list', inFile([]), /holds no JSON object/],
])('%s is told', (_what, file, sentence) => {
  expect(() => read({ file })).toThrow(sentence);
});

test('what a faulty file holds is not repeated', () => {
  expect(() => read({ file: inFile('{"name": Quillfeather}') })).toThrow(expect.not.stringContaining('Quillfeather'));
});
