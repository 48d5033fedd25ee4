import { RULES } from '../../../src/proof/rules/rules';
import { ANSWERS } from '../../support/answering-world';
import { FakeClock } from '../../support/fake-clock';
import { FakeModel } from '../../support/fake-model';
import { MemoryDirectory } from '../../support/memory-directory';
import { sampleCompany } from '../../support/sample-message';
import { onStage } from '../stage-run';

const FLAGS = [
  '--company', 'brightpath', '--project', 'cv-review', '--channel', 'sms', '--to', '+447700900123', '--consent',
  '--first-name', 'Ada', '--last-name', 'Sample', '--fact', 'position=Backend engineer',
  '--fact', 'open_point=projects with a message queue',
] as const;
const GOOD = 'which of your projects used a message queue?';

/** The sample company's stage, with a model that writes well unless a test says otherwise. */
function world(company: ReturnType<typeof sampleCompany> | undefined = sampleCompany()) {
  const model = new FakeModel({ question: GOOD });
  const directory = new MemoryDirectory();
  directory.seedCompany(company);
  const read = jest.fn().mockResolvedValue({ state: 'found', fields: { ai_api_key: 'key' } });
  const stage = {
    clock: new FakeClock(), directory, model, secrets: { read, store: jest.fn(), list: jest.fn() },
  };
  return {
    directory, model, read,
    run: async (...more: readonly string[]) => onStage(stage, ['dry-run', ...FLAGS, ...more]),
  };
}

test('what would be sent is told, from the flags alone', async () => {
  const { code, output, errors } = await world().run();
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  expect(output.split('\n')).toEqual(expect.arrayContaining([
    'This message would be sent.', 'Value     first_name (copied): Ada', `Hello Ada, ${GOOD}`,
  ]));
  expect(output).not.toContain('proved by');
});

test('with --explain, each claim of a value is told with what proves it', async () => {
  const { run, model } = world();
  model.arrangeValues({ question: 'have you used a message queue as a Backend engineer?' });
  const { output } = await run('--explain');
  expect(output.split('\n')).toEqual(expect.arrayContaining([
    '          the whole value: copied from recipient_data.recipient_first_name',
    '          "Backend" (name): proved by project_data.position ("Backend")',
  ]));
});

test('with --reply, what would become of an answer is told instead', async () => {
  const { run, model } = world({ ...sampleCompany(), ...ANSWERS });
  const { code, output } = await run('--reply', 'Hello', '--reply', 'I want to speak to a person');
  expect(code).toBe(0);
  expect(output).toContain('This reply would wait for a person: asked_for_person');
  expect(output).toContain('A colleague will answer you.');
  expect(model.requests).toEqual([]);
});

test('words that are refused are told with the rule in plain words', async () => {
  const { model, run } = world();
  model.arrangeValues({ question: 'see https://evil.example.org now' }, 9);
  const { code, output } = await run();
  expect(code).toBe(0);
  const [, words, rule] = /the model's words were refused: (.+?) \(([a-z_]+)\)/.exec(output) ?? [];
  expect(Object.entries(RULES)).toContainEqual([rule, words]);
  expect(output).not.toContain('(proved): see https');
});

describe('nothing is composed, and one sentence says why', () => {
  const failed = 'The dry run failed: ';

  test('where there is no such project', async () => {
    const { directory, run, model } = world();
    directory.removeCompany('brightpath', 'cv-review');
    expect(await run()).toEqual({
      code: 1, output: '',
      errors: `${failed}the stage has no such project of such a company; check --company, --project and --stage.`,
    });
    expect(model.requests).toEqual([]);
  });

  test('where the record is incomplete', async () => {
    const { directory, run } = world();
    directory.seedCompany({ company_id: 'brightpath', project_id: 'cv-review' });
    const { code, errors } = await run();
    expect(code).toBe(1);
    expect(errors).toMatch(/^The dry run failed: the company record is incomplete \(.+\); see company show\.$/);
  });

  test('where the project does not allow the channel', async () => {
    const { run } = world({ ...sampleCompany(), allowed_channels: ['email'] });
    expect(await run()).toMatchObject({
      code: 1, errors: `${failed}the project does not allow the channel; add it to allowed_channels.`,
    });
  });

  test('where the key cannot be used, which is never told', async () => {
    const { read, run } = world();
    read.mockResolvedValue({ state: 'found', fields: { other: 'hidden' } });
    const { code, errors } = await run();
    expect(code).toBe(1);
    expect(errors).toMatch(/the secret \S+ holds no ai_api_key that can be used; store it with secret set model\.$/);
    expect(errors).not.toContain('hidden');
  });

  test('where the model does not answer', async () => {
    const { model, run } = world();
    model.arrange({ outcome: 'unavailable' }, 9);
    expect(await run()).toMatchObject({
      code: 1, errors: `${failed}the language model did not answer; try again, or check its vendor's status page.`,
    });
  });

  test('where the model refuses the call', async () => {
    const { model, run } = world();
    model.arrange({ outcome: 'misconfigured', code: 'invalid_api_key' }, 9);
    const { code, errors } = await run();
    expect(code).toBe(1);
    expect(errors).toMatch(
      /the language model refused the call \(invalid_api_key\); check the key in \S+, its budget and the model \S+\.$/,
    );
  });

  test('where the flags make no request', async () => {
    const { model, run } = world();
    expect(await run('--to', 'nobody')).toMatchObject({
      code: 1, output: '', errors: expect.stringMatching(/^Reading the request failed, and nothing was sent: .* in the flags\.$/),
    });
    expect(model.requests).toEqual([]);
  });
});
