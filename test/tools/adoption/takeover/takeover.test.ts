import { resourceNames } from '../../../../src/core/names';
import type { OldEnvironment } from '../../../../tools/adoption/takeover/old-environment';
import { progressOf, runSteps, undoLastStep } from '../../../../tools/adoption/takeover/run-takeover';
import type { TakeoverPlan } from '../../../../tools/adoption/takeover/takeover-plan';
import { takeoverSteps } from '../../../../tools/adoption/takeover/steps';
import { sampleTable, TEMPLATE } from '../sample-findings';
import { MemoryJournal, MemoryTakeover } from './memory-takeover';

const NAMES = resourceNames('dev');
const INDEX = { name: 'project-index', keys: [{ attribute: 'company_project', type: 'S' }], projection: 'KEYS_ONLY' };
const [companies, conversations] = TEMPLATE.tables;
const template = {
  ...TEMPLATE,
  tables: [companies, conversations].flatMap((table) => (table ? [{ ...table, indexes: [INDEX] }] : [])),
  named: [{ kind: 'queue' as const, name: NAMES.queue('whatsapp'), logicalId: 'Queue1' }],
};
const OLD_TEMPLATE = JSON.stringify({
  Resources: {
    Companies: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: NAMES.companyTable } },
    Conversations: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: NAMES.conversationTable } },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: NAMES.queue('whatsapp') } },
    Api: { Type: 'AWS::ApiGateway::RestApi' },
    Router: { Type: 'AWS::Lambda::Function' },
  },
});

interface Old {
  readonly account: MemoryTakeover;
  readonly journal: MemoryJournal;
  readonly environment: OldEnvironment;
  readonly lines: string[];
  isDeployed: boolean;
}

function old(way: OldEnvironment['way']): Old {
  const account = new MemoryTakeover();
  const isInPlace = way === 'in-place';
  const tables = [
    { name: isInPlace ? NAMES.companyTable : 'company-data-dev', target: NAMES.companyTable },
    { name: isInPlace ? NAMES.conversationTable : 'conversations-dev', target: NAMES.conversationTable },
  ];
  for (const [position, { name, target }] of tables.entries()) {
    const keys = template.tables[position]?.keys ?? [];
    account.tables.set(name, sampleTable({ name, keys, hasRecovery: false }));
    account.items.set(name, [`${target} 1`, `${target} 2`]);
  }
  if (isInPlace) account.stacks.set(NAMES.stack, { template: OLD_TEMPLATE, status: 'UPDATE_COMPLETE' });
  const whatsapp = NAMES.queue('whatsapp');
  account.messages.set(whatsapp, ['m1', 'm2', 'm3']);
  account.messages.set(NAMES.deadLetterQueue('whatsapp'), ['dead']);
  account.mappings.set('mapping-1', {
    functionName: 'old', sourceArn: whatsapp, batchSize: 1, batchingSeconds: 0, responseTypes: [], isEnabled: true,
    state: 'Enabled',
  });
  const environment: OldEnvironment = {
    way, ...(isInPlace && { stack: NAMES.stack }), tables,
    apis: [{ id: 'api-1', name: 'old-api' }], functions: ['old'],
    mappings: [{ id: 'mapping-1', functionName: 'old', source: whatsapp }],
    queues: [whatsapp, NAMES.deadLetterQueue('whatsapp')].map((name) => ({ id: name, name })),
    logGroups: [], usagePlans: [{ id: 'plan-1', name: 'old-plan', keyIds: ['key-1'] }], roles: [], topics: [],
  };
  return { account, journal: new MemoryJournal(), environment, lines: [], isDeployed: false };
}

function stepsOf(world: Old, change: Partial<TakeoverPlan> = {}) {
  const { account, journal, environment, lines } = world;
  return takeoverSteps({
    stage: 'dev', environment, template, operations: account, archivesMessages: true, drainPause: 1000, drainMinutes: 5,
    finishAfterDays: undefined, log: (line) => { lines.push(line); }, renew: async () => Promise.resolve(),
    deleteOldEnvironment: async () => Promise.resolve('deleted it'),
    notesOf: async (id) => (await journal.records()).get(id)?.notes ?? {},
    stageStack: async () => {
      const stack = account.stacks.get(NAMES.stack);
      return Promise.resolve(stack && {
        status: world.isDeployed ? 'UPDATE_COMPLETE' : stack.status, template: stack.template, parameters: [],
        usagePlanId: world.isDeployed ? 'plan-2' : undefined,
      });
    },
    ...change,
  });
}

async function run(world: Old, change: Partial<TakeoverPlan> = {}, owner = 'ada') {
  const log = (line: string) => { world.lines.push(line); };
  return runSteps(stepsOf(world, change), { stage: 'dev', journal: world.journal, owner, log });
}

async function undo(world: Old) {
  await undoLastStep(stepsOf(world), { stage: 'dev', journal: world.journal, owner: 'ada', log: () => undefined });
}

/** To the deployment, the deployment, and on to the step that waits for clients. */
async function runThrough(world: Old): Promise<string | undefined> {
  if (!world.isDeployed) {
    const reason = await run(world);
    if (!reason?.startsWith('Deploy the new engine')) return reason;
    world.isDeployed = true;
  }
  return run(world);
}

/** Every accepted message ended once, every item is where the new engine reads it, clients reach it as before. */
function expectTakenOver({ account }: Old): void {
  expect([...account.processed].sort()).toEqual(['m1', 'm2', 'm3']);
  expect(account.kept).toEqual([[NAMES.deadLetterQueue('whatsapp'), 'dead']]);
  for (const name of [NAMES.companyTable, NAMES.conversationTable]) {
    expect([...account.items.get(name) ?? []].sort()).toEqual([`${name} 1`, `${name} 2`]);
  }
  expect(account.intakeState).toBe('new');
  expect(account.keys.get('plan-2')).toEqual(new Set(['key-1']));
  expect([...account.mappings.values()].filter(({ state }) => state === 'Enabled')).toEqual([]);
}

describe.each(['in-place', 'side-by-side'] as const)('a takeover %s', (way) => {
  test('runs to the deployment, then to the step that waits for clients, and loses nothing', async () => {
    const world = old(way);
    expect(await run(world)).toBe(
      'Deploy the new engine (npx projen deploy): run `npx projen deploy` now, then this command again');
    expect(world.account.intakeState).toBe('closed');
    world.isDeployed = true;
    expect(await run(world)).toMatch(/^Delete what is left .* --finish-after-days 14$/);
    expectTakenOver(world);
    expect(world.journal.holder).toBeUndefined();
  });

  test('goes on after a failure at any change, before or after its effect', async () => {
    const whole = old(way);
    await runThrough(whole);
    expect(whole.account.changes).toBeGreaterThan(10);
    for (let change = 1; change <= whole.account.changes; change += 1) {
      for (const when of ['before', 'after'] as const) {
        const world = old(way);
        world.account.failAt = { change, when };
        await expect(runThrough(world)).rejects.toThrow(/have expired; sign in again\. Done steps stay done/);
        await runThrough(world);
        expectTakenOver(world);
      }
    }
  });

  test('is undone step by step before the deployment, and then runs again', async () => {
    const world = old(way);
    const before = JSON.stringify([...world.account.tables]);
    await run(world, { archivesMessages: true });
    for (let left = world.journal.stored.size; left > 0; left -= 1) await undo(world);
    expect(world.account.intakeState).toBe('old');
    expect(JSON.stringify([...world.account.tables])).toBe(before);
    expect(world.account.messages.get(NAMES.deadLetterQueue('whatsapp'))).toEqual(['dead']);
    await expect(undo(world)).rejects.toThrow('no step of the takeover of dev was started');
    if (way === 'side-by-side') expect([...world.account.mappings.values()]).toMatchObject([{ state: 'Enabled' }]);
  });
});

describe('an old stack that was released', () => {
  test('is made again around the tables and queues as they are, by an update that only adds', async () => {
    const world = old('in-place');
    await run(world);
    while (world.journal.stored.has('release')) await undo(world);
    const { Resources: resources } = JSON.parse(world.account.stacks.get(NAMES.stack)?.template ?? '{}');
    expect(Object.keys(resources).sort()).toEqual(['Companies', 'Conversations', 'Queue', 'Router']);
    expect(resources.Companies).toMatchObject({ DeletionPolicy: 'Retain', Properties: { TableName: NAMES.companyTable } });
    // As the account has it, not as the old template describes it.
    expect(Object.keys(resources.Companies.Properties)).toContain('KeySchema');
    expect(resources.Queue.Properties).toMatchObject({ VisibilityTimeout: 30 });
    expect(world.account.items.get(NAMES.companyTable)).toHaveLength(2);
  });

  test('keeps on retaining when the step before is undone too, and makes no second API', async () => {
    const world = old('in-place');
    await run(world);
    while (world.journal.stored.has('retain')) await undo(world);
    const { Resources: resources } = JSON.parse(world.account.stacks.get(NAMES.stack)?.template ?? '{}');
    expect(Object.keys(resources)).not.toContain('Api');
    expect(resources.Companies.DeletionPolicy).toBe('Retain');
  });
});

describe('a takeover stops before', () => {
  test('messages that no function will process, until the operator decides', async () => {
    const world = old('side-by-side');
    expect(await run(world, { archivesMessages: false })).toMatch(
      /dlq-dev holds 1, and no old function will process them/);
    expect(world.account.kept).toEqual([]);
  });

  test('a queue that does not become empty, and says how many messages are left', async () => {
    const world = old('side-by-side');
    world.account.messages.set(NAMES.queue('whatsapp'), Array.from({ length: 5000 }, (_none, index) => `m${index}`));
    await expect(run(world)).rejects.toThrow(
      /after 5 minutes ai-multi-comms-whatsapp-queue-dev holds \d+: look at the old/);
    expect(world.account.mappings.get('mapping-1')?.state).toBe('Enabled');
  });

  test('a table whose local index the stage does not keep, before anything is changed', async () => {
    const world = old('in-place');
    const local = {
      name: 'created-at-index',
      keys: [{ attribute: 'primary_channel', type: 'S' }, { attribute: 'created_at', type: 'S' }], projection: 'ALL',
    };
    const table = world.account.tables.get(NAMES.conversationTable);
    world.account.tables.set(NAMES.conversationTable, sampleTable({ ...table, localIndexes: [local] }));
    expect(await run(world)).toContain(
      "oldIndexes: [{ name: 'created-at-index', sortKey: 'created_at', type: 'S', projection: 'ALL' }]");
    expect(world.account.changes).toBe(0);
  });

  test('a stack that was changed so that it would delete data', async () => {
    const world = old('in-place');
    const steps = stepsOf(world);
    await run(world,
      { operations: Object.assign(world.account, { backUp: async () => Promise.reject(new Error('stop here')) }) })
      .catch(() => undefined);
    expect((await progressOf(steps, world.journal)).next?.id).toBe('back-up');
    Object.assign(world.account, { backUp: async () => Promise.resolve('backup') });
    world.account.stacks.set(NAMES.stack, { template: OLD_TEMPLATE, status: 'UPDATE_COMPLETE' });
    expect(await run(world)).toMatch(/it would delete Companies, Conversations, Queue, Api: it was changed meanwhile/);
    world.account.stacks.set(NAMES.stack, { template: OLD_TEMPLATE, status: 'UPDATE_COMPLETE', isProtected: true });
    expect(await run(world)).toContain(
      '--no-enable-termination-protection --stack-name ai-multi-comms-dev --region eu-west-2');
  });

  test('items that changed between the deletion of the old stack and the comparison', async () => {
    const world = old('in-place');
    await run(world);
    world.isDeployed = true;
    world.account.items.set(NAMES.companyTable, ['other']);
    await expect(run(world)).rejects.toThrow(/had 2 items and has 1, or their content differs/);
    expect(world.account.intakeState).toBe('closed');
  });

  test('an old API that clients still call, and deletes it once they do not', async () => {
    const world = old('side-by-side');
    await runThrough(world);
    world.account.calls = 7;
    expect(await run(world, { finishAfterDays: 14 })).toMatch(/old-api had 7 calls in the last 14 days/);
    world.account.calls = 0;
    expect(await run(world, { finishAfterDays: 14 })).toBeUndefined();
    await expect(undo(world)).rejects.toThrow('what it deleted is gone');
  });

  test('a takeover that another person runs', async () => {
    const world = old('in-place');
    world.journal.holder = { owner: 'grace@desk, process 7', until: '2026-11-30T12:00:00.000Z' };
    await expect(run(world)).rejects.toThrow(
      'Taking over dev failed: grace@desk, process 7 is taking it over now; wait until that has ended, or until '
        + '2026-11-30T12:00:00.000Z',
    );
    expect(world.account.changes).toBe(0);
  });
});
