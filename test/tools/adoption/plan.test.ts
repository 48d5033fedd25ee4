import type { StageStack } from '../../../tools/adoption/cloud';
import type { Found, Ownership } from '../../../tools/adoption/found-resource';
import type { PlanContext } from '../../../tools/adoption/decision';
import { plan } from '../../../tools/adoption/plan';
import { StageScope } from '../../../tools/adoption/stage-scope';
import { NAMES, sample, sampleTable, TEMPLATE, WANTED_CONVERSATIONS } from './sample-findings';

const scope = new StageScope('dev', ['dev', 'prod', 'eu-dev']);
const account = { account: '123456789012', region: 'eu-west-1' };
const deployed: StageStack = {
  status: 'UPDATE_COMPLETE',
  template: '{"Resources":{}}',
  parameters: [],
  usagePlanId: 'plan-2',
};

function planOf(found: readonly Found[], change: Partial<PlanContext> = {}, owner?: Ownership) {
  return plan(found.map((one) => ({ found: one, owner })), { scope, account, template: TEMPLATE, ...change });
}

function decisionOf(found: Found, change: Partial<PlanContext> = {}, owner?: Ownership) {
  const [planned] = planOf([found], change, owner);
  return `${planned?.decision ?? 'nothing'}: ${planned?.reason ?? ''}`;
}

describe('what adoption plans', () => {
  test('what a stack owns is kept, whatever it is', () => {
    for (const found of [sampleTable(), sample('queue', { messages: 7 }), sample('function'), sample('role')]) {
      expect(decisionOf(found, {}, { stack: 'another-stack' })).toBe('keep: the stack another-stack owns it');
    }
  });

  test('where owners cannot be seen nothing is decided', () => {
    expect(decisionOf(sample('function'), {}, 'unseen')).toBe('blocked: its owner could not be read');
  });

  test.each([
    sample('function', { name: 'ai-multi-comms-report-worker-dev' }),
    sample('queue', { name: 'ai-multi-comms-sms-queue-eu-dev' }),
    sample('REST API', { name: 'ai-multi-comms-report-api-dev' }),
    sampleTable({ name: 'ai-multi-comms-company-data-eu-dev' }),
    sample('topic', { name: 'ai-multi-comms-report-dev' }),
    sample('usage plan', { name: 'ai-multi-comms-partner-plan-dev' }),
  ])('what only has the prefix is another owner\'s: $name', (found) => {
    expect(decisionOf(found)).toMatch(/^keep: .*another owner's$/);
  });

  test('functions, dashboards, topics and log groups go, and the plan says what is lost with them', () => {
    expect(decisionOf(sample('function'))).toMatch(/^delete/);
    expect(decisionOf(sample('dashboard'))).toMatch(/^delete/);
    expect(decisionOf(sample('topic'))).toBe('delete: it has no subscriber');
    expect(decisionOf(sample('topic', { subscriptions: 2 }))).toMatch(/^delete: its 2 subscriptions end/);
    expect(decisionOf(sample('log group'))).toMatch(/^delete: its lines are deleted too/);
    expect(decisionOf(sample('log group', { bytes: 0 }))).toBe('delete: empty');
  });

  test('secrets are always kept', () => {
    expect(decisionOf(sample('secret'))).toMatch(/^keep/);
  });

  test('callers go before what they call, and a queue before its dead letters', () => {
    const order = planOf([
      sampleTable({ hasItems: false }), sample('queue', { name: NAMES.deadLetterQueue('sms') }), sample('queue'),
      sample('role'), sample('function'),
      sample('REST API'), sample('event source mapping'),
    ]).map(({ found }) => found.name);
    expect(order).toEqual([
      sample('event source mapping').name, NAMES.api, NAMES.router, sample('role').name, NAMES.queue('sms'),
      NAMES.deadLetterQueue('sms'), NAMES.conversationTable,
    ]);
  });
});

describe('queues', () => {
  test('an empty one goes', () => {
    expect(decisionOf(sample('queue'))).toBe('delete: empty');
  });

  test('one that holds messages waits for a person, who may give them up', () => {
    expect(decisionOf(sample('queue', { messages: 2 }))).toBe(
      'blocked: holds 2 messages: wait until the functions have processed them, or give --discard-messages');
    expect(decisionOf(sample('queue', { messages: 2 }), { discardMessages: true })).toBe(
      'delete: its 2 messages are discarded');
  });

  test('a mapping goes with the stage\'s function; another owner\'s has to leave the queue first', () => {
    expect(decisionOf(sample('event source mapping'))).toMatch(/^delete/);
    expect(decisionOf(sample('event source mapping', { functionName: 'ai-multi-comms-report-worker-dev' }))).toMatch(
      /^blocked: another owner's function takes messages .* aws lambda delete-event-source-mapping --uuid mapping-1$/);
    expect(decisionOf(sample('event source mapping', { functionName: 'whatsapp-channel-processor-dev' }))).toMatch(
      /^blocked: the old engine's function takes this queue's messages: .* npx projen adopt --stage dev$/);
    expect(decisionOf(sample('event source mapping', { functionName: 'reports', source: 'elsewhere' }))).toMatch(
      /^keep/);
  });
});

describe('the API, its plan and its clients\' keys', () => {
  test('the API goes, and its clients need the new URL', () => {
    expect(decisionOf(sample('REST API'))).toMatch(/^delete: the new API has another URL/);
  });

  test('an API that a domain leads to stays until the domain leads elsewhere', () => {
    expect(decisionOf(sample('REST API', { domains: ['api.example.com'] }))).toMatch(
      /^keep: clients reach it by api\.example\.com/);
  });

  test('keys are never deleted', () => {
    expect(decisionOf(sample('API key'))).toBe(
      'keep: a client has it: bind it to its company with engine key adopt <company> --project <project> '
        + '--api-key-id key-1 --stage dev',
    );
    expect(decisionOf(sample('API key', { plans: [] }))).toMatch(/^keep: in no plan/);
    expect(decisionOf(sample('API key'), { stack: deployed })).toMatch(/^keep/);
  });

  test('before the deployment a plan with keys waits; after it its keys move', () => {
    expect(planOf([sample('usage plan'), sample('REST API')]).map(({ decision }) => decision)).toEqual(
      ['delete', 'keep']);
    const moved = sample('usage plan', { apiStages: [] });
    expect(decisionOf(moved, { stack: deployed })).toBe(
      'carry: its 2 keys move to the stage\'s own plan, then this one is deleted');
    expect(decisionOf({ ...moved, keyIds: ['key-1'] }, { stack: deployed })).toMatch(/^carry: its key moves/);
  });

  test('a plan that serves other APIs too stays, also once its keys have moved', () => {
    const shared = sample(
      'usage plan', { apiStages: [{ apiId: 'api-1', stage: 'dev' }, { apiId: 'foreign', stage: 'live' }] });
    expect(planOf([sample('REST API'), shared], { stack: deployed })[1]).toMatchObject(
      { decision: 'carry', reason: expect.stringContaining('this one stays') });
    expect(planOf([sample('REST API'), { ...shared, keyIds: [] }])[1]).toMatchObject(
      { decision: 'keep', reason: 'it serves other APIs too' });
  });

  test('a plan without keys goes', () => {
    expect(planOf([sample('REST API'), sample('usage plan', { keyIds: [] })])[1]).toMatchObject({ decision: 'delete' });
  });
});

describe('roles and policies', () => {
  test('a role of the stage\'s functions goes, also one that the console named', () => {
    expect(decisionOf(sample('role'))).toMatch(/^delete/);
    expect(decisionOf(sample('role', { name: `${NAMES.router}-role-a1b2c3d4`, usedBy: [NAMES.router] }))).toMatch(
      /^delete/);
  });

  test.each([
    ['another function runs with it', { usedBy: [NAMES.router, 'payroll'] }, 'payroll runs with it too'],
    ['EC2 instances may run with it', { instanceProfiles: ['workers'] }, 'instance profile workers'],
    ['API Gateway writes logs with it', { writesApiLogs: true }, 'logs of all APIs of the account'],
    ['a schedule may use it', { trusts: ['scheduler.amazonaws.com'] }, '(scheduler.amazonaws.com)'],
    ['people may take it on', { trusts: ['lambda.amazonaws.com', 'others'] }, '(others)'],
    ['it was used in another region', { lastUsedRegion: 'us-east-1' }, 'last used in us-east-1'],
    ['a stack of another region made it',
      { taggedStack: 'arn:aws:cloudformation:us-east-1:123456789012:stack/ai-multi-comms-dev/1' },
      'a stack of us-east-1 made it (ai-multi-comms-dev)'],
    ['its name does not say whose it is', { name: 'lambda-basic', usedBy: [NAMES.router] },
      'its name does not show its owner'],
  ])('it stays where %s', (_what, change, words) => {
    expect(decisionOf(sample('role', change))).toMatch(/^keep/);
    expect(decisionOf(sample('role', change))).toContain(words);
  });

  test('a role that a stack of this region gave up goes', () => {
    expect(decisionOf(
      sample('role', { taggedStack: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/old/1' }))).toMatch(/^delete/);
  });

  test('a policy goes with the last role that has it', () => {
    expect(planOf([sample('role'), sample('policy')]).map(({ decision }) => decision)).toEqual(['delete', 'delete']);
    expect(decisionOf(sample('policy'))).toMatch(/^keep: ai-multi-comms-processor-role-dev has it too/);
    expect(decisionOf(sample('policy', { attachedTo: [] }))).toMatch(/^delete/);
  });
});

describe('alarms', () => {
  test.each([
    ['delete', 'ai-multi-comms-old-alarm-dev', [NAMES.router]],
    ['delete', 'ai-multi-comms-api-errors-dev', []],
    ['keep', 'ai-multi-comms-report-errors-dev', ['ai-multi-comms-report-worker-dev']],
    ['keep', 'my own watch', [NAMES.router]],
  ])('%s: %s', (decision, name, watches) => {
    expect(decisionOf(sample('alarm', { name, watches }))).toMatch(new RegExp(`^${decision}`));
  });
});

describe('tables', () => {
  test('one with items is backed up and imported; an empty one goes, unless it is protected', () => {
    expect(decisionOf(sampleTable())).toMatch(/^import: holds items/);
    expect(decisionOf(sampleTable({ hasItems: false }))).toMatch(/^delete: empty/);
    expect(decisionOf(sampleTable({ hasItems: false, isProtected: true }))).toMatch(/^import: empty, but protected/);
  });

  test('the plan tells what becomes of its indexes and what the deployment changes', () => {
    const index = {
      name: 'project-index', keys: [{ attribute: 'company_project', type: 'S' }],
      projection: 'KEYS_ONLY',
    };
    const template = { ...TEMPLATE, tables: [{ ...WANTED_CONVERSATIONS, indexes: [index] }] };
    const found = sampleTable({ indexes: [{ ...index, name: 'old-index' }], throughput: { read: 5, write: 5 } });
    expect(decisionOf(found, { template })).toMatch(
      /drops the index old-index; adds the index project-index; the deployment then changes: is billed per request/);
  });

  test.each(['CREATING', 'DELETING', 'ARCHIVED'])('one that is %s is waited for', (status) => {
    expect(decisionOf(sampleTable({ status }))).toBe(`blocked: it is ${status}: wait until DynamoDB is done`);
  });

  test('what keeps it out of the stack is said, with what to do', () => {
    expect(decisionOf(sampleTable({ keys: [{ attribute: 'phone', type: 'N' }] }))).toMatch(
      /^blocked: holds items, but its key is phone \(N\)/);
  });

  test('without a template, as the deployment asks, it is in the way all the same', () => {
    const [planned] = plan([{ found: sampleTable(), owner: undefined }], { scope });
    expect(planned?.decision).toBe('import');
  });

  test.each([
    ['UPDATE_IN_PROGRESS', '{}', 'is being changed (UPDATE_IN_PROGRESS)'],
    ['ROLLBACK_COMPLETE', '{}', 'aws cloudformation delete-stack --stack-name ai-multi-comms-dev'],
    ['UPDATE_ROLLBACK_FAILED', '{}', 'continue-update-rollback'],
    ['UPDATE_COMPLETE', 'Resources: {}', 'is not JSON'],
    ['UPDATE_COMPLETE', JSON.stringify({ Resources: { a: 'x'.repeat(60_000) } }), 'npx cdk import ai-multi-comms-dev'],
  ])('a stack in the state %s cannot take it over', (status, template, words) => {
    const decision = decisionOf(sampleTable(), { stack: { ...deployed, status, template } });
    expect(decision).toMatch(/^blocked/);
    expect(decision).toContain(words);
  });

  test.each([undefined, { ...deployed, status: 'REVIEW_IN_PROGRESS', template: undefined }, deployed])(
    'a stack that is absent, announced or well can: %#', (stack) => {
      expect(decisionOf(sampleTable(), { stack })).toMatch(/^import/);
    });
});
