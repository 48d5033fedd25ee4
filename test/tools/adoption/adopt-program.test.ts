import { join } from 'node:path';
import { runAdopt } from '../../../tools/adoption/adopt-program';
import { NAMES, sample, sampleTable } from './sample-findings';
import { MemoryCloud } from './memory-cloud';
import { MemoryJournal, MemoryTakeover } from './takeover/memory-takeover';

/** The assembly of an earlier release, without the properties that adoption does not read. */
const EARLIER = join(process.cwd(), 'test/tools/deployment/earlier-assembly');

/** Runs a command line over an account; the stack is the one that this project synthesises. */
async function adopt(cloud: MemoryCloud, words: readonly string[], typed?: string) {
  const output: string[] = [];
  const complaints: string[] = [];
  const questions: string[] = [];
  const journal = new MemoryJournal();
  let closed = 0;
  let synthesised = 0;
  let region: string | undefined;
  const code = await runAdopt(words, {
    projectFolder: process.cwd(),
    synthesise: async () => {
      synthesised += 1;
      return Promise.resolve(EARLIER);
    },
    print: (line) => { output.push(line); },
    printError: (line) => { complaints.push(line); },
    ask: typed === undefined ? undefined : async (question) => {
      questions.push(question);
      return Promise.resolve(typed);
    },
    openCloud: (given) => {
      region = given;
      return {
        cloud, close: () => { closed += 1; },
        takeover: () => ({ operations: new MemoryTakeover(), journal, owner: 'ada' }),
      };
    },
  });
  return { code, output: output.join('\n'), complaints: complaints.join('\n'), questions, closed, region, synthesised };
}

const APPLY = ['--stage', 'dev', '--apply', '--confirm', 'dev'];

function handMade() {
  return new MemoryCloud(
    sample('event source mapping'), sample('REST API'), sample('usage plan'), sample('API key'), sample('function'),
    sample('role'), sample('policy'), sample('queue'),
    sample('alarm'), sample('topic'), sample('dashboard'), sample('log group'), sampleTable({
      name: NAMES.companyTable, id: NAMES.companyTable, keys: [
        { attribute: 'company_id', type: 'S' }, { attribute: 'project_id', type: 'S' },
      ],
    }), sample('secret'),
  );
}

function denied(action: string): Error {
  return Object.assign(new Error(`User is not authorized to perform: ${action}`), { name: 'AccessDeniedException' });
}

describe('the plan', () => {
  test('is shown as a table with the place, the groups and the next command, and nothing is changed', async () => {
    const cloud = handMade();
    const { code, output, complaints, closed, region } = await adopt(cloud, ['--', '--stage', 'dev']);
    expect({ code, complaints, closed, done: cloud.done }).toEqual({ code: 0, complaints: '', closed: 1, done: [] });
    // The stage's, as a deployment would take it.
    expect(region).toBe('eu-west-2');
    expect(output).toMatch(/^Stage dev in account 123456789012, region eu-west-1: 14 resources of its names\n/);
    expect(output).toMatch(
      /\nBACK UP AND IMPORT into the stage's stack \(1\)\n {2}table {2}ai-multi-comms-company-data-dev {2}no stack {2}about 3 items {2}holds items/,
    );
    expect(output).toMatch(/\nDELETE \(10\)\n/);
    expect(output).toMatch(/\nKEEP \(3\)\n/);
    expect(output).toMatch(/\nNext: npx projen adopt --stage dev --apply$/);
  });

  test('is JSON alone on standard output where that is asked for', async () => {
    const cloud = handMade();
    cloud.owners.set(NAMES.router, 'another-stack');
    const { output, complaints } = await adopt(cloud, ['--stage', 'dev', '--json']);
    const report = JSON.parse(output);
    expect(report).toMatchObject({ stage: 'dev', account: '123456789012', region: 'eu-west-1', notSeen: [] });
    expect(report.resources).toContainEqual(
      expect.objectContaining(
        { kind: 'function', name: NAMES.router, stack: 'another-stack', plan: 'keep', holds: '-' }));
    expect(report.resources).toContainEqual(
      expect.objectContaining({ kind: 'queue', stack: null, plan: 'delete', holds: 'no messages' }));
    expect(complaints).toContain('Next: ');
  });

  test('names what calls the stage from elsewhere', async () => {
    const cloud = handMade();
    const source = 'arn:aws:sns:eu-west-1:123456789012:orders';
    cloud.callers = [{ source, target: NAMES.queue('sms') }];
    const { output } = await adopt(cloud, ['--stage', 'dev']);
    expect(output).toContain(`CALLED FROM ELSEWHERE (1): let each go on to the new engine`);
    expect(output).toContain(`${source}  reaches ${NAMES.queue('sms')}`);
    cloud.callers = denied('sns:ListSubscriptions');
    expect((await adopt(cloud, ['--stage', 'dev'])).output).toMatch(
      /NOT SEEN\n {2}caller {2}these credentials lack sns:ListSubscriptions/);
  });

  test('tells what a stack owns in one line', async () => {
    const cloud = new MemoryCloud(sample('function'), sample('queue'));
    for (const { id } of cloud.found) cloud.owners.set(id, 'ai-multi-comms-dev');
    expect((await adopt(cloud, ['--stage', 'dev'])).output).toMatch(
      /KEEP \(2\)\n {2}2 resources that the stack ai-multi-comms-dev owns\n/);
  });

  test('shows the rest where a service may not be looked at', async () => {
    const cloud = handMade();
    cloud.refusals.set('queue', denied('sqs:ListQueues'));
    const { code, output } = await adopt(cloud, ['--stage', 'dev']);
    expect(code).toBe(0);
    expect(output).toMatch(/NOT SEEN\n {2}queue {2}these credentials lack sqs:ListQueues\n/);
    expect(output).toContain(NAMES.router);
    expect(output).toMatch(/Next: sign in with a role that may read everything/);
  });

  test('decides nothing about a resource whose stack it may not ask for', async () => {
    const cloud = new MemoryCloud(sample('function'), sample('queue'));
    cloud.stackLists = () => ({ ownerOf: async () => Promise.reject(denied('cloudformation:DescribeStackResources')) });
    const { output } = await adopt(cloud, ['--stage', 'dev']);
    expect(output).toMatch(/NEEDS YOU FIRST \(2\)\n {2}function .* unseen .*its owner could not be read/);
    expect(output.match(/cloudformation:DescribeStackResources/g)).toHaveLength(1);
  });

  test('says that nothing is in the way where nothing is', async () => {
    expect((await adopt(new MemoryCloud(), ['--stage', 'dev'])).output).toBe(
      [
        'Stage dev in account 123456789012, region eu-west-1: 0 resources of its names',
        '',
        'The stage has no resources in this region. If that is not what you expect, check AWS_PROFILE and the '
          + 'region of the stage in .projenrc.ts. Next: npx projen deploy',
      ].join('\n'),
    );
    expect((await adopt(
      new MemoryCloud(sample('API key', { name: 'ai-multi-comms-api-key-prod' })),
      ['--stage', 'prod'])).output).toMatch(
      /Nothing blocks a deployment any more\. Next: npx projen deploy --stage prod$/,
    );
  });

  test('reminds of clients\' keys, which move after the deployment', async () => {
    const { output } = await adopt(new MemoryCloud(sample('usage plan'), sample('API key')), ['--stage', 'dev']);
    expect(output).toMatch(
      /After the deployment: npx projen adopt --stage dev --apply, which moves clients' keys/);
  });

  test('ends where the stage is deployed and nothing is left', async () => {
    const cloud = new MemoryCloud(sample('secret'));
    cloud.stack = { status: 'UPDATE_COMPLETE', template: '{}', parameters: [], usagePlanId: 'plan-2' };
    expect((await adopt(cloud, ['--stage', 'dev'])).output).toMatch(/Nothing is left to adopt/);
  });
});

describe('carrying it out', () => {
  test('secures the tables first, then takes away callers before what they call, and tells each step', async () => {
    const cloud = handMade();
    const { code, output } = await adopt(cloud, APPLY);
    expect(code).toBe(0);
    expect(cloud.done).toEqual([
      `back up ${NAMES.companyTable}`, 'import into ai-multi-comms-dev',
      'remove event source mapping mapping-1', 'remove REST API api-1', `remove function ${NAMES.router}`,
      `remove role ${sample('role').id}`,
      `remove policy ${sample('policy').id}`, `remove queue ${sample('queue').id}`,
      `remove alarm ${sample('alarm').id}`, `remove topic ${sample('topic').id}`,
      `remove dashboard ${NAMES.dashboard}`, `remove log group ${sample('log group').id}`,
    ]);
    expect(output).toContain(`table ${NAMES.companyTable}: backed up (backup-of-${NAMES.companyTable})`);
    expect(output).toContain(`function ${NAMES.router}: deleted`);
    expect(output).toMatch(
      /KEEP \(4\)\n[\s\S]*Nothing blocks a deployment any more\. Next: npx projen deploy\n/);
  });

  test('asks at a terminal for the stage\'s name, and names the account', async () => {
    const cloud = handMade();
    const { code, questions } = await adopt(cloud, ['--stage', 'dev', '--apply'], 'dev');
    expect({ code, questions }).toEqual(
      {
        code: 0, questions: [
          'This changes account 123456789012, region eu-west-1. Type the stage\'s name to go on:',
        ],
      });
  });

  test.each([
    ['another name was typed', ['--stage', 'prod', '--apply'], 'yes', '"yes" is not its name; type prod to confirm.'],
    ['another name was given', ['--stage', 'dev', '--apply', '--confirm', 'prod'], undefined,
      '"prod" is not its name; type dev to confirm.'],
    ['nobody is there to type it', ['--stage', 'dev', '--apply'], undefined,
      'it was not confirmed; give --confirm dev, or run it in a terminal.'],
  ])('does nothing where %s', async (_what, words, typed, sentence) => {
    const stage = words[1] ?? '';
    const cloud = new MemoryCloud(sample('function', { name: `ai-multi-comms-channel-router-${stage}` }));
    const { code, complaints } = await adopt(cloud, words, typed);
    expect({ code, complaints, done: cloud.done }).toEqual(
      { code: 1, complaints: `Adopting the stage ${stage} failed before anything was changed: ${sentence}`, done: [] });
  });

  test('does nothing where not everything can be seen', async () => {
    const cloud = handMade();
    cloud.refusals.set('table', denied('dynamodb:ListTables'));
    cloud.refusals.set('secret', denied('secretsmanager:ListSecrets'));
    const { code, complaints, output } = await adopt(cloud, APPLY);
    expect({ code, done: cloud.done }).toEqual({ code: 1, done: [] });
    expect(complaints).toBe(
      'Adopting the stage dev failed before anything was changed: these credentials may not look at everything '
        + '(dynamodb:ListTables, secretsmanager:ListSecrets); use a role that may.',
    );
    expect(output).toContain('NOT SEEN');
  });

  test('does nothing where a queue holds messages, until they are given up', async () => {
    const cloud = new MemoryCloud(sample('function'), sample('queue', { messages: 3 }));
    expect(await adopt(cloud, APPLY)).toMatchObject({
      code: 1,
      complaints: `Adopting the stage dev failed before anything was changed: the queue ${NAMES.queue(
        'sms',
      )} holds 3 messages: wait until the functions have processed them, or give --discard-messages.`,
    });
    expect(cloud.done).toEqual([]);
    expect((await adopt(cloud, [...APPLY, '--discard-messages'])).code).toBe(0);
    expect(cloud.done).toHaveLength(2);
  });

  test('asks nobody where nothing is to be done', async () => {
    const cloud = new MemoryCloud(sample('secret'));
    expect(await adopt(cloud, ['--stage', 'dev', '--apply'])).toMatchObject({ code: 0 });
    expect(cloud.done).toEqual([]);
  });

  test('keeps standard output to JSON', async () => {
    const { output, complaints } = await adopt(handMade(), [...APPLY, '--json']);
    expect(JSON.parse(output).resources.every(({ plan }: { plan: string }) => plan === 'keep')).toBe(true);
    expect(complaints).toContain(`function ${NAMES.router}: deleted`);
  });

  test('carries clients\' keys into the stage\'s plan before the old one goes', async () => {
    const cloud = new MemoryCloud(sample('usage plan', { apiStages: [] }), sample('API key'));
    cloud.stack = { status: 'UPDATE_COMPLETE', template: '{}', parameters: [], usagePlanId: 'plan-2' };
    expect((await adopt(cloud, APPLY)).code).toBe(0);
    expect(cloud.done).toEqual(['add key-1, key-2 to plan-2', 'remove usage plan plan-1']);
  });

  test('leaves the old plan to the other APIs that it serves', async () => {
    const cloud = new MemoryCloud(sample('usage plan', { apiStages: [{ apiId: 'foreign', stage: 'live' }] }));
    cloud.stack = { status: 'UPDATE_COMPLETE', template: '{}', parameters: [], usagePlanId: 'plan-2' };
    await adopt(cloud, APPLY);
    expect(cloud.done).toEqual(['add key-1, key-2 to plan-2']);
  });
});

describe('what goes wrong', () => {
  test.each([
    ['no such stage', ['--stage', 'staging'], 'There is no stage "staging": take one of dev, prod'],
    ['no assembly', ['--stage', 'dev', '--app', 'nowhere'],
      'holds none; run npx projen synth:silent, or name its folder with --app.'],
  ])('%s is one sentence', async (_what, words, sentence) => {
    const { code, complaints } = await adopt(handMade(), words);
    expect(code).toBe(1);
    expect(complaints).toContain(sentence);
    expect(complaints).not.toContain('\n');
  });

  test('is found before the stacks are synthesised, which takes long', async () => {
    expect((await adopt(handMade(), ['--stage', 'staging'])).synthesised).toBe(0);
    const cloud = handMade();
    cloud.account = async () => Promise.reject(denied('sts:GetCallerIdentity'));
    expect((await adopt(cloud, ['--stage', 'dev'])).synthesised).toBe(0);
    expect((await adopt(handMade(), ['--stage', 'dev'])).synthesised).toBe(1);
    expect((await adopt(handMade(), ['--stage', 'dev', '--app', EARLIER])).synthesised).toBe(0);
  });

  test.each([
    ['no credentials', 'CredentialsProviderError', 'Could not load',
      'no AWS credentials were found; sign in, or set AWS_PROFILE.'],
    ['expired credentials', 'ExpiredTokenException', 'The security token is expired',
      'the AWS credentials have expired; sign in again.'],
  ])('%s are one sentence', async (_what, name, message, sentence) => {
    const cloud = handMade();
    cloud.account = async () => Promise.reject(Object.assign(new Error(message), { name }));
    expect(await adopt(cloud, APPLY)).toMatchObject(
      { code: 1, closed: 1, complaints: `Asking AWS whose credentials these are failed: ${sentence}` });
  });

  test('words that it does not know are told, with exit code 2', async () => {
    expect(await adopt(handMade(), ['--stage', 'dev', '--force'])).toMatchObject(
      { code: 2, complaints: expect.stringContaining('--force') });
    expect(await adopt(handMade(), [])).toMatchObject({ code: 2, complaints: expect.stringContaining('--stage') });
    expect(await adopt(handMade(), ['--help'])).toMatchObject(
      { code: 0, output: expect.stringContaining('--discard-messages') });
  });

  test('a fault that nobody foresaw is a sentence as well', async () => {
    const cloud = handMade();
    cloud.stackLists = () => { throw new Error('odd'); };
    expect(await adopt(cloud, ['--stage', 'dev'])).toMatchObject(
      { code: 1, complaints: 'Adopting the stage failed: odd (Error).' });
  });
});
