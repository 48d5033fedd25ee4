import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { SecretsManagerClient, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { resourceNames } from '../../src/core/names';
import { writeAccessFile } from '../../tools/local-stage/access-file';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { postRequest } from '../../tools/local-stage/api-client';
import { SAMPLE } from '../../tools/local-stage/sample/company';
import { request, startStage } from '../flow/local-stage-of-tests';
import type { EngineRun } from './engine-run';
import { engine, engineWith } from './engine-run';

const TWILIO = {
  twilio_account_sid: SAMPLE.accountSid,
  twilio_auth_token: 'sample-twilio-token',
  twilio_template_sid: SAMPLE.contentSid,
};
const ME = { operator: 'ada' };

describe('onboarding a company on a running stage', () => {
  let stage: LocalStage;
  const folder = mkdtempSync(join(tmpdir(), 'onboarding-'));
  const names = resourceNames(LOCAL_STAGE);

  beforeAll(async () => {
    stage = await startStage('onboarding');
    writeAccessFile(folder, stage);
  });
  afterAll(async () => {
    await stage.stop();
    rmSync(folder, { recursive: true });
  });

  const run = async (...words: string[]): Promise<EngineRun> => engineWith(ME, folder, ...words);
  const piped = async (input: string, ...words: string[]): Promise<EngineRun> =>
    engineWith({ ...ME, readInput: async () => input }, folder, ...words);
  const file = (name: string) => join(folder, name);
  /** Writes the file of a company of its own and applies it. */
  const onboard = async (company: string, channel = 'sms'): Promise<string> => {
    const path = file(`${company}.yaml`);
    expect(await run('company', 'init', company, 'nurses', '--channel', channel, '--out', path)).toMatchObject({
      code: 0,
    });
    expect(await run('company', 'apply', path, '--yes')).toMatchObject({
      code: 0,
      output: expect.stringContaining('created'),
    });
    return path;
  };
  const edit = (path: string, from: string | RegExp, to: string) => {
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
  };
  const recordOf = async (company: string) =>
    (
      await stage.tables.send(
        new GetCommand({
          TableName: names.companyTable,
          Key: { company_id: company, project_id: 'nurses' },
          ConsistentRead: true,
        }),
      )
    ).Item;
  const post = async (company: string, key: string) =>
    postRequest(stage.url, key, request('sms', { company_data: { company_id: company, project_id: 'nurses' } }).body);

  test('goes from an empty file to a message that is sent', async () => {
    await onboard('seaside');
    const created = await run('key', 'create', 'seaside', '--project', 'nurses', '--label', 'backend');
    expect(created).toMatchObject({ code: 0, output: expect.stringMatching(/^[\w-]{40}$/) });
    expect(await piped(JSON.stringify(TWILIO), 'secret', 'set', 'credentials', 'seaside', 'nurses', '--channel', 'sms'))
      .toMatchObject({ code: 0, output: expect.stringContaining('created') });
    const shown = await run('company', 'show', 'seaside', 'nurses');
    expect(shown.output).toContain('sms: ready');
    expect(shown.output).not.toContain(TWILIO.twilio_auth_token);
    expect((await post('seaside', created.output)).status).toBe(200);
    while (!stage.vendors.deliveries().some(({ text }) => text.includes('one question about your application'))) {
      await setTimeout(20);
    }
    expect(JSON.parse((await run('company', 'show', 'seaside', 'nurses', '--json')).output)).toMatchObject({
      usage: { requestsToday: 1 }, channels: [{ channel: 'sms', ready: true }], keys: [{ state: 'working' }],
    });
    expect((await run('company', 'list')).output).toMatch(/^seaside +nurses +active +sms +Seaside: Nurses$/m);
    const text = (await run('company', 'list')).output;
    expect(text).not.toContain('api-key#');
  });

  describe('company apply', () => {
    test('shows the difference, keeps what other tools wrote, and counts a changed template up', async () => {
      const path = await onboard('differs');
      await stage.tables.send(new UpdateCommand({
        TableName: names.companyTable, Key: { company_id: 'differs', project_id: 'nurses' },
        UpdateExpression: 'SET crm_id = :crm, channel_config.sms.legacy = :legacy, allowed_channels = :set',
        ExpressionAttributeValues: { ':crm': 7, ':legacy': { a: [1] }, ':set': new Set(['sms']) },
      }));
      edit(path, 'Reply STOP', 'Answer STOP');
      edit(path, 'requests_per_minute: 60', 'requests_per_minute: 90');
      const applied = await run('company', 'apply', path, '--yes');
      expect(applied.errors.split('\n')).toEqual([
        expect.stringMatching(/^ {2}~ channel_config\.sms\.template\.body: .*Reply STOP.* → .*Answer STOP/),
        '  ~ channel_config.sms.template.version: 1 → 2',
        '  ~ rate_limits.requests_per_minute: 60 → 90',
      ]);
      expect(await recordOf('differs')).toMatchObject({
        crm_id: 7,
        channel_config: { sms: { legacy: { a: [1] }, template: { version: 2 } } },
        allowed_channels: new Set(['sms']),
        rate_limits: { requests_per_minute: 90 },
      });
      expect(await run('company', 'apply', path, '--yes')).toMatchObject({
        code: 0,
        output: 'differs nurses: nothing differs',
      });
    });

    test('asks on a terminal, and without one needs --yes', async () => {
      const path = await onboard('asks');
      edit(path, 'project_status: active  ', 'project_status: inactive');
      const before = await recordOf('asks');
      expect(await run('company', 'apply', path)).toMatchObject({ code: 1, errors: expect.stringContaining('--yes') });
      const answered = async (answer: boolean) =>
        engineWith({ ...ME, confirm: async () => answer }, folder, 'company', 'apply', path);
      expect(await answered(false)).toMatchObject({ code: 1, errors: expect.stringContaining('Nothing was done') });
      expect(await run('company', 'apply', path, '--dry-run')).toMatchObject({
        code: 0,
        output: expect.stringContaining('project_status: "active" → "inactive"'),
      });
      expect(await recordOf('asks')).toEqual(before);
      expect(await answered(true)).toMatchObject({ code: 0 });
      expect(await recordOf('asks')).toMatchObject({ project_status: 'inactive', created_at: before?.created_at });
    });

    test('writes nothing over a record that was changed in between', async () => {
      const path = await onboard('races');
      edit(path, 'max_segments: 3 ', 'max_segments: 2 ');
      const interfering = async () => {
        const record = await recordOf('races');
        await stage.tables.send(
          new PutCommand({ TableName: names.companyTable, Item: { ...record, rate_limits: { requests_per_day: 1 } } }),
        );
        return true;
      };
      const applied = await engineWith({ ...ME, confirm: interfering }, folder, 'company', 'apply', path);
      expect(applied).toMatchObject({ code: 1, errors: expect.stringContaining('the record was changed in between') });
      expect(await recordOf('races')).toMatchObject({
        rate_limits: { requests_per_day: 1 },
        channel_config: { sms: { template: { max_segments: 3, version: 1 } } },
      });
    });

    test('writes nothing of a file with faults, and names each with its line', async () => {
      const path = await onboard('faulty');
      const before = await recordOf('faulty');
      edit(path, 'Reply STOP', '{{nobody}} Reply STOP');
      edit(path, 'project_status: active', 'project_status: asleep');
      const applied = await run('company', 'apply', path, '--yes');
      expect(applied.errors).toMatch(/faulty\.yaml:6:1: project_status must be one of active, inactive/);
      expect(applied.errors).toMatch(/faulty\.yaml:\d+:7: channel_config\.sms\.template\.body uses \{\{nobody\}\}/);
      expect(applied).toMatchObject({ code: 1, output: '', errors: expect.stringContaining('2 faults') });
      expect(await recordOf('faulty')).toEqual(before);
      expect(await run('company', 'apply', file('nowhere.yaml'))).toMatchObject({
        code: 1,
        errors: expect.stringContaining('there is no such file'),
      });
    });

    test('takes back what company show gave', async () => {
      await onboard('round');
      writeFileSync(file('round-back.yaml'), (await run('company', 'show', 'round', 'nurses', '--yaml')).output);
      expect(await run('company', 'apply', file('round-back.yaml'))).toMatchObject({
        code: 0,
        output: 'round nurses: nothing differs',
      });
    });
  });

  describe('keys', () => {
    const list = async (company: string) =>
      JSON.parse((await run('key', 'list', company, '--json')).output) as Array<{
        hash: string;
        state: string;
        expires?: string;
      }>;

    test('are refused for projects that are not there', async () => {
      await onboard('projects');
      expect(await run('key', 'create', 'projects', '--project', 'doctors')).toMatchObject({
        code: 1,
        output: '',
        errors: expect.stringContaining('it has nurses'),
      });
      expect(await run('key', 'create', 'nobody', '--all-projects')).toMatchObject({
        code: 1,
        errors: expect.stringContaining('no company nobody'),
      });
      expect(await run('key', 'create', 'projects')).toMatchObject({
        code: 2,
        errors: expect.stringContaining('--all-projects'),
      });
      expect(await list('projects')).toEqual([]);
    });

    test('rotate with an overlap in which both work, and end at once when revoked', async () => {
      await onboard('turns');
      await onboard('others');
      const first = (await run('key', 'create', 'turns', '--all-projects')).output;
      const [old] = await list('turns');
      expect((await post('others', first)).status).toBe(404);
      const rotated = JSON.parse(
        (await run('key', 'rotate', 'turns', old?.hash ?? '', '--overlap', '1h', '--json')).output,
      );
      expect(rotated).toMatchObject({ replaces: old?.hash, oldEnds: expect.any(String), projects: ['*'] });
      expect((await post('turns', first)).status).toBe(200);
      expect((await post('turns', rotated.key)).status).toBe(200);
      expect(await run('key', 'rotate', 'turns', old?.hash ?? '')).toMatchObject({
        code: 1,
        errors: expect.stringContaining('follows it already'),
      });
      expect(await run('key', 'revoke', 'turns', old?.hash ?? '')).toMatchObject({
        code: 1,
        errors: expect.stringContaining('--yes'),
      });
      expect(await run('key', 'revoke', 'turns', old?.hash ?? '', '--yes')).toMatchObject({ code: 0 });
      expect((await post('turns', first)).status).toBe(403);
      expect((await list('turns')).map(({ state }) => state)).toEqual(['revoked', 'working']);
      expect(await run('key', 'revoke', 'others', old?.hash ?? '', '--yes')).toMatchObject({
        code: 1,
        errors: expect.stringContaining('no such key'),
      });
    });

    test('of the old engine are bound to a company and to no other', async () => {
      await onboard('adopts');
      await onboard('covets');
      const { id, value } = stage.cloud.createApiKey({ name: 'old' });
      expect((await post('adopts', value)).status).toBe(403);
      const adopted = await run('key', 'adopt', 'adopts', '--project', 'nurses', '--api-key-id', id);
      expect(adopted.code).toBe(0);
      expect(adopted.output).not.toContain(value);
      expect((await post('adopts', value)).status).toBe(200);
      expect(await run('key', 'adopt', 'covets', '--all-projects', '--api-key-id', id)).toMatchObject({
        code: 1,
        errors: expect.stringContaining('bound to another company'),
      });
      expect(await run('key', 'adopt', 'covets', '--all-projects', '--api-key-id', 'nokey')).toMatchObject({
        code: 1,
        errors: expect.stringContaining('no key of this id'),
      });
    });
  });

  describe('secrets', () => {
    const valueOf = async (name: string) => {
      const { cloud } = stage;
      const client = new SecretsManagerClient({
        endpoint: cloud.awsEndpoint,
        region: cloud.template.region,
        credentials: cloud.services.administratorCredentials,
      });
      const { SecretString: text } = await client.send(new GetSecretValueCommand({ SecretId: name }));
      client.destroy();
      return JSON.parse(text ?? '');
    };
    const set = ['secret', 'set', 'credentials', 'quiet', 'nurses', '--channel', 'sms'];

    test('are stored whole or not at all, and never shown', async () => {
      const wrong = await piped(
        JSON.stringify({ ...TWILIO, twilio_account_sid: 'AC-secret-typo', extra: 'x' }),
        ...set,
      );
      expect(wrong).toMatchObject({
        code: 1,
        output: '',
        errors: expect.stringMatching(
          /extra is not a field of it.*twilio_account_sid must be AC and 32 hexadecimal digits/,
        ),
      });
      expect(wrong.errors).not.toContain('secret-typo');
      expect((await run('secret', 'list')).output).not.toContain('/quiet/');
      expect(await piped('not json', ...set)).toMatchObject({
        code: 1,
        errors: expect.stringContaining('not a JSON object'),
      });
      expect(await run(...set)).toMatchObject({ code: 1, errors: expect.stringContaining('standard input is empty') });
      expect(await piped(JSON.stringify(TWILIO), ...set)).toMatchObject({ code: 0 });
      const changed = await piped('another-token\n', ...set, '--field', 'twilio_auth_token');
      expect(changed.output).toContain('keeps it for at most 5 minutes');
      expect(await valueOf(names.credentialSecret('sms', 'quiet', 'nurses'))).toEqual({
        ...TWILIO,
        twilio_auth_token: 'another-token',
      });
      const listed = await run('secret', 'list', '--json');
      expect(JSON.parse(listed.output)).toContainEqual(
        expect.objectContaining({ companyId: 'quiet', channel: 'sms', complete: true }),
      );
      expect(listed.output).not.toContain('another-token');
    });

    test('are asked for on a terminal, and an empty answer keeps what is there', async () => {
      const questions: string[] = [];
      const asked = async (answers: string[]) => engineWith({
        ...ME, askHidden: async (question) => {
          questions.push(question);
          return answers.shift() ?? '';
        },
      }, folder, 'secret', 'set', 'model', '--channel', 'email');
      expect(await asked(['a-new-model-key'])).toMatchObject({ code: 0 });
      expect(await asked([])).toMatchObject({ code: 0 });
      expect(questions[0]).toContain('ai_api_key');
      expect(await valueOf(names.modelSecret('email'))).toEqual({ ai_api_key: 'a-new-model-key' });
    });

    test('are named by words that fit', async () => {
      expect(await run('secret', 'set', 'credentials', '--channel', 'sms')).toMatchObject({ code: 2 });
      expect(await run('secret', 'set', 'model', 'seaside', 'nurses', '--channel', 'sms')).toMatchObject({ code: 2 });
      expect(await run('secret', 'set', 'password', '--channel', 'sms')).toMatchObject({ code: 2 });
      expect(await piped('x', ...set, '--field', 'password')).toMatchObject({
        code: 1,
        errors: expect.stringContaining('its fields are'),
      });
    });
  });

  describe('templates', () => {
    const of = (company: string) => [company, 'nurses', '--channel', 'sms'];
    const history = async (company: string) =>
      JSON.parse((await run('template', 'history', ...of(company), '--json')).output) as Array<Record<string, unknown>>;

    test('are set from what was shown, kept with who and when, and rolled back as a new version', async () => {
      await onboard('words');
      const path = file('words-sms.yaml');
      writeFileSync(path, (await run('template', 'show', ...of('words'))).output);
      const first = (await recordOf('words'))?.channel_config.sms.template.body;
      edit(path, 'one question', 'a small question');
      expect(await run('template', 'set', ...of('words'), '--file', path)).toMatchObject({
        code: 1,
        errors: expect.stringContaining('--yes'),
      });
      expect(await run('template', 'set', ...of('words'), '--file', path, '--yes')).toMatchObject({
        code: 0,
        output: expect.stringContaining('version 2'),
      });
      expect(await run('template', 'set', ...of('words'), '--file', path, '--yes')).toMatchObject({
        code: 0,
        output: expect.stringContaining('nothing differs'),
      });
      expect(await run('template', 'rollback', ...of('words'), '--to', '1', '--yes')).toMatchObject({
        code: 0,
        output: expect.stringContaining('version 3'),
      });
      expect((await recordOf('words'))?.channel_config.sms.template).toMatchObject({ version: 3, body: first });
      expect(await history('words')).toEqual(
        [3, 2, 1].map((version) =>
          expect.objectContaining({
            version,
            written_by: 'ada',
            written_at: expect.any(String),
            current: version === 3,
          }),
        ),
      );
      expect((await run('template', 'show', ...of('words'), '--number', '2')).output).toContain('a small question');
      expect(await run('template', 'rollback', ...of('words'), '--to', '9', '--yes')).toMatchObject({
        code: 1,
        errors: expect.stringContaining('no such version'),
      });
    });

    test('that another tool wrote are kept before they go', async () => {
      await onboard('foreign');
      const record = await recordOf('foreign');
      const template = {
        ...record?.channel_config.sms.template,
        body: 'Hello {{first_name}}: {{point}} STOP',
        version: 1,
      };
      await stage.tables.send(
        new PutCommand({
          TableName: names.companyTable,
          Item: { ...record, channel_config: { sms: { ...record?.channel_config.sms, template } } },
        }),
      );
      writeFileSync(file('foreign.json'), JSON.stringify({ ...template, body: 'Hi {{first_name}}: {{point}} STOP' }));
      expect(await run('template', 'set', ...of('foreign'), '--file', file('foreign.json'), '--yes')).toMatchObject({
        code: 0,
        output: expect.stringContaining('version 2'),
      });
      expect((await history('foreign')).map((kept) => [kept.version, kept.written_by])).toEqual(
        expect.arrayContaining([
          [2, 'ada'],
          [1, 'ada'],
          [1, undefined],
        ]),
      );
    });

    test('with faults are refused with the line in their own file', async () => {
      await onboard('typo');
      writeFileSync(
        file('typo.yaml'),
        'name: a\nlanguage: en-GB\nbody: Hello {{first_nam}}\nvariables:\n  first_name:\n    description: x\n    '
          + 'max_length: 5\n',
      );
      const set = await run('template', 'set', ...of('typo'), '--file', file('typo.yaml'), '--yes');
      expect(set.errors).toMatch(/typo\.yaml:3:1: body uses \{\{first_nam\}\}/);
      expect(set.errors).toMatch(/typo\.yaml:5:3: variables\.first_name is declared, but no text uses it/);
      expect(set.code).toBe(1);
      expect(await history('typo')).toHaveLength(1);
    });
  });

  describe('company verify', () => {
    const verify = async (company: string, ...more: string[]) => {
      const { code, output } = await run('company', 'verify', company, 'nurses', '--json', ...more);
      return {
        code,
        found: JSON.parse(output) as Array<{ channel: string; subject: string; verdict: string; words: string }>,
      };
    };
    const faultsOf = (found: Awaited<ReturnType<typeof verify>>['found']) =>
      found.filter(({ verdict }) => verdict === 'fault').map(({ subject, words }) => `${subject}: ${words}`);

    test('finds nothing to do for the sample company, and sends nothing', async () => {
      const before = stage.vendors.deliveries().length;
      const { code, output } = await run(
        'company',
        'verify',
        SAMPLE.companyId,
        SAMPLE.projectId,
        '--channel',
        'whatsapp',
      );
      expect(output.split('\n')).toEqual([
        expect.stringMatching(/^ok .*Twilio account AC/),
        expect.stringMatching(/^ok .*sender whatsapp:\+447700900100: is online/),
        expect.stringMatching(/^ok .*incoming messages: the WhatsApp sender .*posts to this engine/),
        expect.stringMatching(/^ok .*incoming messages, fallback/),
        expect.stringMatching(/^ok .*is approved by WhatsApp/),
        expect.stringMatching(/^ok .*has the record's text and variables/),
        expect.stringMatching(/^ok .*lives 1440 minutes at WhatsApp/),
        expect.stringMatching(/^ok .*model gpt-6-luna/),
        expect.stringMatching(/^ok .*webhook: answers/),
        expect.stringMatching(/^ok .*dry run/),
      ]);
      expect(code).toBe(0);
      expect(stage.vendors.deliveries()).toHaveLength(before);
    });

    test('names each fault at the vendors with what to do', async () => {
      const path = await onboard('strange', 'whatsapp');
      expect(faultsOf((await verify('strange')).found)).toEqual([
        expect.stringMatching(/^secret .*there is no such secret/),
      ]);
      const set = ['secret', 'set', 'credentials', 'strange', 'nurses', '--channel', 'whatsapp'];
      await piped(JSON.stringify({ ...TWILIO, twilio_auth_token: 'wrong' }), ...set);
      expect(faultsOf((await verify('strange')).found)).toEqual([
        expect.stringMatching(/^Twilio account .*refuses the credentials \(HTTP 401\)/),
      ]);
      await piped(JSON.stringify(TWILIO), ...set);
      edit(path, '"+447700900100"', '"+447700900150"');
      edit(path, 'model: gpt-6-luna', 'model: gpt-0');
      await run('company', 'apply', path, '--yes');
      expect(faultsOf((await verify('strange')).found)).toEqual([
        expect.stringMatching(/^sender .*no such WhatsApp sender/),
        expect.stringMatching(/^template .*has other variables at Twilio/),
        expect.stringMatching(/^model gpt-0: .*does not offer this key such a model/),
      ]);
      const pending = `HX${'b'.repeat(32)}`;
      stage.vendors.twilio.registerTemplate({
        contentSid: pending,
        body: 'Hello {{1}}, we have another question: {{2}} Please reply here.',
        sampleValues: {},
        approval: 'pending',
      });
      edit(path, '# content_sid: HX…', `content_sid: ${pending}`);
      await run('company', 'apply', path, '--yes');
      expect(faultsOf((await verify('strange', '--no-dry-run')).found)).toEqual(
        expect.arrayContaining([
          expect.stringMatching(/is not approved by WhatsApp but pending: wait/),
          expect.stringMatching(/has another text at Twilio/),
        ]),
      );
    });

    test('knows senders of SMS and e-mail', async () => {
      await onboard('texts');
      edit(file('texts.yaml'), '"+447700900101"', '"+447700900151"');
      await run('company', 'apply', file('texts.yaml'), '--yes');
      await piped(JSON.stringify(TWILIO), 'secret', 'set', 'credentials', 'texts', 'nurses', '--channel', 'sms');
      expect(faultsOf((await verify('texts')).found)).toEqual([
        expect.stringMatching(/^sender \+447700900151: the account has no such number/),
      ]);
      const path = await onboard('mails', 'email');
      await piped(
        '{"sendgrid_api_key":"SG.sample-sendgrid-key"}',
        'secret',
        'set',
        'credentials',
        'mails',
        'nurses',
        '--channel',
        'email',
      );
      expect((await verify('mails', '--no-dry-run')).found).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ subject: 'sender careers@example.com', verdict: 'ok' }),
          expect.objectContaining({ subject: 'SendGrid event webhook', verdict: 'warning' }),
        ]),
      );
      edit(path, 'careers@example.com  ', 'nobody@example.org  ');
      await run('company', 'apply', path, '--yes');
      expect(faultsOf((await verify('mails', '--no-dry-run')).found)).toContainEqual(
        expect.stringMatching(/^sender nobody@example\.org: is not verified/),
      );
      expect(await run('company', 'verify', 'mails', 'nurses', '--channel', 'sms')).toMatchObject({
        code: 1,
        errors: expect.stringContaining('does not allow sms'),
      });
    });
  });

  test('company migrate drafts a file from a stored record, or from one in a file', async () => {
    const old = {
      company_id: 'ancient',
      project_id: 'nurses',
      project_status: 'active',
      allowed_channels: ['sms'],
      ai_config: { openai_config: { sms: { assistant_id_1: 'asst_1' } } },
    };
    await stage.tables.send(new PutCommand({ TableName: names.companyTable, Item: old }));
    const drafted = await run('company', 'migrate', 'ancient', 'nurses', '--out', file('ancient.yaml'));
    expect(drafted).toMatchObject({
      code: 0,
      output: '',
      errors: expect.stringContaining('dead: ai_config.openai_config.sms.assistant_id_1'),
    });
    expect((await run('company', 'validate', file('ancient.yaml'))).code).toBe(1);
    expect(await run('company', 'migrate', 'ancient', 'nurses', '--out', file('ancient.yaml'))).toMatchObject({
      code: 1,
      errors: expect.stringContaining('such a file already'),
    });
    writeFileSync(file('ancient.json'), JSON.stringify(old));
    expect(
      JSON.parse((await run('company', 'migrate', '--file', file('ancient.json'), '--json')).output),
    ).toMatchObject({ dead: ['ai_config.openai_config.sms.assistant_id_1'] });
    writeFileSync(file('broken.json'), '{"a":');
    expect(await run('company', 'migrate', '--file', file('broken.json'))).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/line \d+, column \d+/),
    });
    expect((await run('company', 'migrate')).code).toBe(2);
    expect(await run('company', 'migrate', 'nobody', 'nurses')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('no project nurses'),
    });
  });

  test('opt-outs are recorded, heeded and lifted', async () => {
    await onboard('stops');
    const sender = ['--company', 'stops', '--project', 'nurses', '--channel', 'sms'];
    expect((await run('optout', 'list', '+447700900211')).output).toContain('opted out of nothing');
    expect(await run('optout', 'add', '+447700900211', ...sender)).toMatchObject({
      code: 0,
      output: expect.not.stringContaining('900211'),
    });
    expect(JSON.parse((await run('optout', 'list', '+447700900211', '--json')).output)).toEqual([
      { sender: '447700900101', at: expect.any(String), source: 'operator' },
    ]);
    const key = (await run('key', 'create', 'stops', '--all-projects')).output;
    expect((await post('stops', key)).status).toBe(403);
    expect(await run('optout', 'remove', '+447700900211', ...sender)).toMatchObject({
      code: 1,
      errors: expect.stringContaining('--yes'),
    });
    expect(await run('optout', 'remove', '+447700900211', ...sender, '--yes')).toMatchObject({ code: 0 });
    expect((await post('stops', key)).status).toBe(200);
    expect(await run('optout', 'remove', '+447700900211', '--sender', '+447700900101', '--yes')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('has none from'),
    });
    expect(await run('optout', 'add', 'nobody', ...sender)).toMatchObject({
      code: 1,
      errors: expect.stringContaining('E.164'),
    });
    expect(await run('optout', 'add', '+447700900211', '--company', 'stops')).toMatchObject({ code: 2 });
  });

  test('the doctor tells what a stage has and lacks', async () => {
    await onboard('patient');
    // A key that the model's vendor does not know: only asking shows it.
    const store = async (...answers: string[]) =>
      engineWith(
        { ...ME, askHidden: async () => Promise.resolve(answers.shift() ?? '') },
        folder, 'secret', 'set', 'model', '--channel', 'email',
      );
    await store('a-key-of-nobody');
    const { code, output, errors } = await run('doctor');
    expect(output).toMatch(/^ok {7}table ai-multi-comms-company-data-dev: is there$/m);
    // It sends as the sample company's number, whose replies go to that company: all else of it is well.
    const shared = /^warning {2}company seaside nurses, sms, incoming messages: .*harbour-and-pine: stops count/;
    // Another test onboards it, before this one or behind it.
    const isThere = (await run('company', 'list')).output.includes('seaside');
    expect(output.match(/^\w+ +company seaside nurses, .*$/gm)).toEqual(
      isThere ? [expect.stringMatching(shared)] : null,
    );
    const refused = /^fault {4}company harbour-and-pine nurse-recruitment, email, model .*: the vendor refuses/m;
    expect(output).toMatch(refused);
    const unasked = (await run('doctor', '--no-verify')).output;
    expect(unasked).not.toMatch(refused);
    expect(unasked).toMatch(/^ok {7}company harbour-and-pine nurse-recruitment: whatsapp, sms, email ready$/m);
    expect(output).toMatch(
      /^fault {4}company patient nurses, sms, secret .*there is no such secret\n {9}npx projen engine -- secret set credentials patient nurses --channel sms$/m,
    );
    expect({ code, errors }).toEqual({ code: 1, errors: expect.stringMatching(/has \d+ faults?:/) });
    expect(JSON.parse((await run('doctor', '--json')).output)).toContainEqual(
      expect.objectContaining({ subject: expect.stringContaining('usage plan'), verdict: 'ok' }),
    );
  });

  test('without a stage the commands say how to start one', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'onboarding-'));
    for (const words of [['company', 'list'], ['key', 'list', 'x'], ['secret', 'list']]) {
      expect(await engine(elsewhere, ...words)).toMatchObject({
        code: 1,
        errors: expect.stringContaining('npx projen local'),
      });
    }
    rmSync(elsewhere, { recursive: true });
  });
});
