import { applyPlan } from '../../../tools/adoption/apply';
import type { Found } from '../../../tools/adoption/found-resource';
import { StageScope } from '../../../tools/adoption/stage-scope';
import { survey } from '../../../tools/adoption/survey';
import { MemoryCloud } from './memory-cloud';
import { NAMES, sample, sampleTable, TEMPLATE, WANTED_CONVERSATIONS } from './sample-findings';

const scope = new StageScope('dev', TEMPLATE.stages);
const INDEX = { name: 'project-index', keys: [{ attribute: 'company_project', type: 'S' }], projection: 'KEYS_ONLY' };

async function apply(cloud: MemoryCloud, waitsForNames = true) {
  const said: string[] = [];
  const { discovered, stack } = await survey(cloud, scope);
  const template = {
    ...TEMPLATE, tables: [
      ...TEMPLATE.tables.filter(({ name }) => name !== NAMES.conversationTable),
      { ...WANTED_CONVERSATIONS, indexes: [INDEX] },
    ],
  };
  await applyPlan(
    cloud, {
      context: { scope, account: cloud.where, template, stack }, discovered, waitsForNames,
      log: (line) => { said.push(line); },
    });
  return said;
}

/** From the second look at a kind on, the account is another one. */
function changing(cloud: MemoryCloud, kind: Found['kind'], change: () => void): MemoryCloud {
  cloud.beforeList = (listed, time) => { if (listed === kind && time === 2) change(); };
  return cloud;
}

describe('tables', () => {
  test('are backed up, get the template\'s indexes one by one, and are imported as they are', async () => {
    const cloud = new MemoryCloud(
      sampleTable({ indexes: [{ ...INDEX, name: 'old-index' }], throughput: { read: 5, write: 5 } }));
    const said = await apply(cloud);
    expect(cloud.done).toEqual([
      `back up ${NAMES.conversationTable}`, `drop old-index of ${NAMES.conversationTable}`,
      `add project-index to ${NAMES.conversationTable}`, 'import into ai-multi-comms-dev',
    ]);
    expect(said.at(-1)).toBe(`table ${NAMES.conversationTable}: imported into the stack ai-multi-comms-dev`);
    expect(cloud.imported?.resources).toEqual(
      [{
        type: 'AWS::DynamoDB::Table', logicalId: 'RecordsConversations1',
        identifier: { TableName: NAMES.conversationTable },
      }]);
  });

  test('are not imported where the backup failed, and nothing else is touched', async () => {
    const cloud = new MemoryCloud(sample('function'), sampleTable({ indexes: [INDEX] }));
    cloud.failures.set(`back up ${NAMES.conversationTable}`, new Error('no room'));
    await expect(apply(cloud)).rejects.toThrow(
      `Preparing the table ${
        NAMES.conversationTable
      } failed: no room (Error). What was done before stays done: run the command again to go on.`,
    );
    expect(cloud.done).toEqual([]);
  });

  test('that cannot be imported keep the whole environment as it is', async () => {
    const cloud = new MemoryCloud(sample('function'), sample('queue'), sampleTable({ indexes: [INDEX] }));
    cloud.failures.set('import into ai-multi-comms-dev', new Error('CloudFormation refused the import: because'));
    await expect(apply(cloud)).rejects.toThrow(
      /^Importing the tables into the stack ai-multi-comms-dev failed: CloudFormation refused the import: because/);
    expect(cloud.done).toEqual([`back up ${NAMES.conversationTable}`]);
  });

  test('that somebody else took into a stack meanwhile stop the run before anything is done', async () => {
    const cloud = new MemoryCloud(sampleTable({ indexes: [INDEX] }));
    changing(cloud, 'table', () => cloud.owners.set(NAMES.conversationTable, 'another-stack'));
    await expect(apply(cloud)).rejects.toThrow(
      /it changed after the plan was made \(the stack another-stack owns it\); run the command again for a new plan\.$/,
    );
    expect(cloud.done).toEqual([]);
  });

  test('that got items meanwhile are not deleted', async () => {
    const cloud = new MemoryCloud(sampleTable({ hasItems: false }));
    changing(cloud, 'table', () => cloud.found.splice(0, 1, sampleTable({ indexes: [INDEX] })));
    await expect(apply(cloud)).rejects.toThrow(/changed after the plan was made \(holds items/);
    expect(cloud.done).toEqual([]);
  });
});

describe('the rest', () => {
  test('what was replaced after the plan was made stops the run', async () => {
    const cloud = new MemoryCloud(sample('function'));
    changing(cloud, 'function', () => cloud.found.splice(0, 1, sample('function', { revision: '2' })));
    await expect(apply(cloud)).rejects.toThrow(
      `Adopting stopped before the function ${
        NAMES.router}: it changed after the plan was made; run the command again for a new plan.`);
    expect(cloud.done).toEqual([]);
  });

  test('what is gone already is not a fault', async () => {
    const cloud = new MemoryCloud(sample('function'), sample('topic'));
    changing(cloud, 'function', () => cloud.found.splice(0, 1));
    expect(await apply(cloud)).toEqual(
      [`function ${NAMES.router}: gone already`, `topic ${NAMES.alertsTopic}: deleted`]);
  });

  test('a permission that is taken away meanwhile stops the run', async () => {
    const cloud = new MemoryCloud(sample('function'));
    changing(cloud, 'function',
      () => cloud.refusals.set(
        'function', Object.assign(
          new Error('not authorized to perform: lambda:ListFunctions'), { name: 'AccessDenied' })));
    await expect(apply(cloud)).rejects.toThrow(/may not do it any more \(lambda:ListFunctions\)/);
  });

  test('a run that failed in the middle goes on where it stopped', async () => {
    const cloud = new MemoryCloud(sample('event source mapping'), sample('function'), sample('queue'));
    cloud.failures.set(
      `remove function ${NAMES.router}`,
      Object.assign(new Error('Rate exceeded'), { name: 'TooManyRequestsException' }));
    await expect(apply(cloud)).rejects.toThrow(
      `Deleting the function ${
        NAMES.router
      } failed: Rate exceeded (TooManyRequestsException). What was done before stays done: run the command again to go on.`,
    );
    expect(cloud.done).toEqual(['remove event source mapping mapping-1']);
    cloud.failures.clear();
    await apply(cloud);
    expect(cloud.done).toEqual(
      ['remove event source mapping mapping-1', `remove function ${NAMES.router}`,
        `remove queue ${sample('queue').id}`]);
  });

  test('it ends once the names of deleted queues can be used again, or at once if that is wished', async () => {
    const cloud = new MemoryCloud(sample('queue'));
    const started = cloud.time;
    expect((await apply(cloud)).at(-1)).toMatch(/^waiting 60 s/);
    expect(cloud.time - started).toBe(60_000);
    const hasty = new MemoryCloud(sample('queue'));
    await apply(hasty, false);
    expect(hasty.time).toBe(started);
  });
});
