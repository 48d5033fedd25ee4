import { join } from 'node:path';
import { compareAssemblies } from '../../../../tools/delivery-steps/difference/compare-assemblies';
import { describeDifference } from '../../../../tools/delivery-steps/difference/describe-difference';
import { sampleAssembly } from '../assembly/sample-assembly';
import { temporaryFolder } from '../temporary-folder';

const TABLE = {
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    TableName: 'one',
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  },
};
const RETAINED_TABLE = { ...TABLE, DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
const QUEUE = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'one', VisibilityTimeout: 30 } };
const FUNCTION = {
  Type: 'AWS::Lambda::Function',
  Properties: { MemorySize: 256, Role: 'arn', Code: { S3Key: 'a.zip' } },
};
const ROLE = {
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
    },
  },
};

type Resources = Readonly<Record<string, unknown>>;

function assembly(resources: Resources, stack = 'ai-multi-comms-dev'): string {
  return temporaryFolder(sampleAssembly({ template: { Resources: resources }, stack }));
}

async function textOf(before: Resources, after: Resources): Promise<string> {
  return describeDifference(await compareAssemblies(assembly(before), assembly(after)));
}

describe('the infrastructure\'s difference', () => {
  test('shows a replaced table first, and says that data is lost', async () => {
    const text = await textOf(
      { Function: FUNCTION, Table: TABLE, Old: QUEUE },
      {
        Function: { ...FUNCTION, Properties: { ...FUNCTION.Properties, MemorySize: 512 } },
        Table: { ...TABLE, Properties: { ...TABLE.Properties, TableName: 'two' } },
        Old: QUEUE,
        Added: QUEUE,
      },
    );
    expect(text).toBe([
      '## Infrastructure difference', '', '### `ai-multi-comms-dev`', '',
      '**1 resource deleted or replaced; data is lost with `Table`.**', '',
      '| becomes | resource | type | because of |', '| --- | --- | --- | --- |',
      '| **replaced** (**holds data**) | `Table` | `AWS::DynamoDB::Table` | `TableName`: `one` → `two` |', '',
      '| becomes | resource | type | because of |', '| --- | --- | --- | --- |',
      '| changed | `Function` | `AWS::Lambda::Function` | `MemorySize`: `256` → `512` |',
      '| new | `Added` | `AWS::SQS::Queue` |  |',
    ].join('\n'));
  });

  test('puts what is deleted before what is replaced, and what holds data before what does not', async () => {
    const [stack] = await compareAssemblies(
      assembly({ Function: FUNCTION, Queue: QUEUE, Table: TABLE }),
      assembly({ Table: { ...TABLE, Properties: { ...TABLE.Properties, TableName: 'two' } } }),
    );
    expect(stack?.changes.map(({ logicalId, fate }) => [logicalId, fate])).toEqual([
      ['Queue', 'deleted'],
      ['Function', 'deleted'],
      ['Table', 'replaced'],
    ]);
  });

  test('says where the old resource stays outside the stack', async () => {
    const text = await textOf(
      { Table: RETAINED_TABLE, Other: RETAINED_TABLE },
      { Table: { ...RETAINED_TABLE, Properties: { ...TABLE.Properties, TableName: 'two' } } },
    );
    expect(text).toContain('**1 resource deleted or replaced.**');
    expect(text).toContain('| **replaced** (the old one is kept outside the stack) | `Table` |');
    expect(text).toContain('| left behind | `Other` |');
  });

  test('says that nothing is lost where that is so', async () => {
    expect(
      await textOf(
        { Queue: QUEUE },
        { Queue: { ...QUEUE, Properties: { ...QUEUE.Properties, VisibilityTimeout: 60 } } },
      ),
    ).toContain('Nothing is deleted or replaced.');
  });

  test('does not let new versions of functions bury the rest', async () => {
    const version = { Type: 'AWS::Lambda::Version', Properties: { FunctionName: 'f' } };
    const text = await textOf({ VersionA: version }, { VersionB: version });
    expect(text).toContain('Nothing is deleted or replaced.');
    expect(text).toContain('Besides, 2 function versions, as with every release.');
  });

  test('points to broader permissions', async () => {
    const policy = {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: 'p',
        Roles: [{ Ref: 'Role' }],
        PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }] },
      },
    };
    expect(await textOf({ Role: ROLE }, { Role: ROLE, Policy: policy })).toContain('**Permissions become broader**');
    expect(await textOf({ Role: ROLE, Policy: policy }, { Role: ROLE })).not.toContain('broader');
  });

  test('is none for the same templates', async () => {
    expect(await textOf({ Queue: QUEUE }, { Queue: QUEUE })).toBe(
      '## Infrastructure difference\n\n### `ai-multi-comms-dev`\n\nNo difference.',
    );
  });

  test('of a first release says that all is new', async () => {
    const text = describeDifference(
      await compareAssemblies(join(temporaryFolder(), 'none'), assembly({ Queue: QUEUE, Table: TABLE })),
    );
    expect(text).toContain('The stack is new: 2 resources.');
  });

  test('a stack that is gone from the app is reported as kept', async () => {
    const text = describeDifference(
      await compareAssemblies(assembly({ Queue: QUEUE }, 'ai-multi-comms-old'), assembly({}, 'ai-multi-comms-dev')),
    );
    expect(text).toContain(
      '### `ai-multi-comms-old`\n\n**The stack is no longer part of the app.** No deployment deletes it: its 1 '
        + 'resource stay',
    );
  });

  test('of one stage leaves the others out, and names the stacks where there is none of the stage', async () => {
    const both = temporaryFolder({
      ...sampleAssembly({ stack: 'ai-multi-comms-dev', template: { Resources: { Queue: QUEUE } } }),
      'manifest.json': {
        artifacts: {
          dev: {
            type: 'aws:cloudformation:stack',
            properties: { templateFile: 'ai-multi-comms-dev.template.json', stackName: 'ai-multi-comms-dev' },
          },
        },
      },
    });
    expect((await compareAssemblies(both, both, 'ai-multi-comms-dev')).map(({ stack }) => stack)).toEqual([
      'ai-multi-comms-dev',
    ]);
    await expect(compareAssemblies(both, both, 'ai-multi-comms-prod')).rejects.toThrow(
      'the assembly has no stack ai-multi-comms-prod, only ai-multi-comms-dev',
    );
  });

  test('lets no name of the change mention people or break the table', async () => {
    const text = await textOf({}, { 'Queue`|@everyone': QUEUE, 'Other': QUEUE });
    expect(
      describeDifference([{ stack: 'x`|\n@all', kind: 'same', changes: [], broadensPermissions: false }]),
    ).toContain('### `x@all`');
    expect(text).not.toContain('`|@everyone');
  });

  test('shows sixty harmless changes and counts the others', async () => {
    const many = Object.fromEntries(Array.from({ length: 70 }, (_nothing, index) => [`Queue${index}`, QUEUE]));
    const text = await textOf({ First: QUEUE }, { First: QUEUE, ...many });
    expect(text.match(/\| new \|/g)).toHaveLength(60);
    expect(text).toContain('… and 10 more resources.');
  });
});
