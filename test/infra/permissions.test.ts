import type { Channel } from '../../src/core/channel';
import { CHANNELS } from '../../src/core/channel';
import { resourceNames } from '../../src/core/names';
import { SAMPLE_STAGES } from './sample-stages';
import { namesOf, resourcesOf, templateOf } from './template';
import { arnOf, may, statementsOf } from './role-policy';
import type { Call } from './role-policy';

const names = resourceNames('dev');
const template = templateOf('dev');
const router = statementsOf(template, names.router);
const processor = (channel: Channel) => statementsOf(template, names.processor(channel));
const others = (channel: Channel) => CHANNELS.filter((other) => other !== channel);

const queue = (channel: Channel) => arnOf('sqs', names.queue(channel));
const companies = arnOf('dynamodb', `table/${names.companyTable}`);
const conversations = arnOf('dynamodb', `table/${names.conversationTable}`);
/** As Secrets Manager makes an ARN of a name. */
const secret = (name: string) => arnOf('secretsmanager', `secret:${name}-a1B2c3`);
const readSecret = (name: string): Call => ({ action: 'secretsmanager:GetSecretValue', resource: secret(name) });
const item = (action: string, table: string, leadingKey: string): Call => ({
  action: `dynamodb:${action}`,
  resource: table,
  leadingKey,
});

const RECIPIENT: Readonly<Record<Channel, string>> = {
  whatsapp: '+447700900123',
  sms: '+447700900123',
  email: 'jo@example.com',
};
const FOREIGN: Readonly<Record<Channel, string>> = {
  whatsapp: 'jo@example.com',
  sms: 'jo@example.com',
  email: '+447700900123',
};
const REQUEST = 'request#acme#hiring';
const API_KEY = 'api-key#0f1e2d';
const ALIASES = 'address#+447700900123';
const IDENTIFIER = 'address#GB.13491208655302741918';

/** A scan under these reads nothing that anybody wrote. */
const KEYS_AND_MOMENTS = {
  'ForAllValues:StringEquals': {
    'dynamodb:Attributes': ['primary_channel', 'conversation_id', 'updated_at', 'timestamp'],
  },
  'StringEquals': { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
};

describe.each(SAMPLE_STAGES.map(({ name }) => name))('every role of %s', (stage) => {
  const stack = templateOf(stage);
  const functions = namesOf(stack, 'AWS::Lambda::Function', 'FunctionName');

  test.each(functions)('%s: grants exact actions only', (name) => {
    expect(
      statementsOf(stack, name)
        .flatMap(({ actions }) => actions)
        .filter((action) => action.includes('*')),
    ).toEqual([]);
  });

  test.each(functions)('%s: grants named resources only, but for tracing', (name) => {
    const unnamed = statementsOf(stack, name).filter(({ resources }) =>
      resources.some((resource) => /^\*|:\*$|\/\*$/.test(resource)),
    );
    expect(unnamed.map(({ sid, resources }) => [sid, ...resources])).toEqual([
      ['WriteOwnLogs', arnOf('logs', `log-group:/aws/lambda/${name}:*`)],
      ['WriteTraces', '*'],
      // It knows no narrower resource.
      ...(name === resourceNames(stage).eventPublisher ? [['ListStreams', '*']] : []),
    ]);
  });

  test.each(functions)('%s: never deletes, scans keys and moments at most, and queries only an index or given partitions', (name) => {
    const unfit = statementsOf(stack, name).flatMap(({ actions, resources, conditions }) => {
      const bounded =
        resources.every((resource) => /\/index\/[\w-]+$/.test(resource)) ||
        ['ForAllValues:StringLike', 'ForAllValues:StringNotLike'].some((operator) => operator in conditions);
      const streams = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'];
      const isOfKeys = JSON.stringify(conditions) === JSON.stringify(KEYS_AND_MOMENTS);
      const fit = [
        'BatchGetItem', 'GetItem', 'PutItem', 'UpdateItem', ...(bounded ? ['Query'] : []), ...(isOfKeys ? ['Scan'] : []),
        ...streams,
      ].map((action) => `dynamodb:${action}`);
      return actions.filter((action) => action.startsWith('dynamodb:') && !fit.includes(action));
    });
    expect(unfit).toEqual([]);
  });

  test('belongs to one function, to API Gateway or to CodeDeploy, and nothing adds to it afterwards', () => {
    const lambdas = Object.values(resourcesOf(stack, 'AWS::Lambda::Function'));
    const used = lambdas.map(({ Properties }) => Properties.Role['Fn::GetAtt'][0]);
    const roles = resourcesOf(stack, 'AWS::IAM::Role');
    const foreign = Object.entries(roles)
      .filter(([logicalId]) => !used.includes(logicalId))
      .map(([, { Properties }]) => Properties);
    expect(new Set(used).size).toBe(lambdas.length);
    expect(
      foreign.map(
        ({
          AssumeRolePolicyDocument: {
            Statement: [statement],
          },
        }) => statement.Principal,
      ),
    ).toEqual([{ Service: 'apigateway.amazonaws.com' }, { Service: 'codedeploy.amazonaws.com' }]);
    expect(resourcesOf(stack, 'AWS::IAM::Policy')).toEqual({});
    expect(
      Object.keys(roles).filter(
        (logicalId) => used.includes(logicalId) && roles[logicalId]?.Properties.ManagedPolicyArns,
      ),
    ).toEqual([]);
  });
});

describe('the router', () => {
  test('reads companies, keys, idempotency records and opt-outs, and makes records', () => {
    const calls = [
      item('GetItem', companies, API_KEY),
      item('BatchGetItem', companies, 'acme'),
      item('BatchGetItem', conversations, REQUEST),
      item('GetItem', conversations, '+447700900123'),
      item('PutItem', conversations, REQUEST),
      item('PutItem', conversations, 'jo@example.com'),
      item('UpdateItem', conversations, 'usage#acme#hiring'),
      item('BatchGetItem', conversations, ALIASES),
      item('BatchGetItem', conversations, IDENTIFIER),
    ];
    expect(calls.filter((call) => !may(router, call))).toEqual([]);
  });

  test('reaches no key beside those, in either table', () => {
    const foreign = ['', 'now', 'backup', 'template#acme#hiring#sms', 'api-key', 'review', 'addresses'];
    const reads = ['BatchGetItem', 'GetItem'].flatMap((action) =>
      foreign.map((key) => item(action, conversations, key)),
    );
    const puts = [...foreign, 'usage#acme#hiring', ALIASES].map((key) => item('PutItem', conversations, key));
    const histories = ['BatchGetItem', 'GetItem'].flatMap((action) => [
      item(action, companies, 'template#acme#hiring#sms'), item(action, companies, 'card#acme#hiring#pay'),
    ]);
    expect([...reads, ...puts, ...histories].filter((call) => may(router, call))).toEqual([]);
  });

  test('changes no conversation and no company', () => {
    expect(may(router, item('UpdateItem', conversations, '+447700900123'))).toBe(false);
    expect(may(router, item('UpdateItem', conversations, REQUEST))).toBe(false);
    expect(may(router, item('PutItem', companies, 'acme'))).toBe(false);
    expect(may(router, item('UpdateItem', companies, 'acme'))).toBe(false);
  });

  test('sends to every channel, takes from none, hands nothing to people', () => {
    expect(
      CHANNELS.filter((channel) => !may(router, { action: 'sqs:SendMessage', resource: queue(channel) })),
    ).toEqual([]);
    expect(
      CHANNELS.filter((channel) => may(router, { action: 'sqs:ReceiveMessage', resource: queue(channel) })),
    ).toEqual([]);
    expect(may(router, { action: 'sqs:SendMessage', resource: arnOf('sqs', names.handoffQueue) })).toBe(false);
  });

  test('reads no secret', () => {
    expect(router.flatMap(({ actions }) => actions).filter((action) => action.startsWith('secretsmanager:'))).toEqual(
      [],
    );
  });
});

describe('the reader', () => {
  const role = statementsOf(template, names.reader);

  test('reads keys, idempotency records and conversations, and of a company no more than its projects', () => {
    expect(may(role, item('Query', companies, 'acme'))).toBe(true);
    expect(may(role, item('Query', companies, 'api-key#0a1b'))).toBe(false);
    expect(may(role, item('Query', companies, 'template#acme#hiring#sms'))).toBe(false);
    expect(may(role, item('Query', companies, 'card#acme#hiring#pay'))).toBe(false);
    expect(may(role, item('Query', conversations, '+447700900123'))).toBe(false);
    expect(may(role, item('GetItem', companies, 'api-key#0a1b'))).toBe(true);
    expect(may(role, item('BatchGetItem', companies, 'acme'))).toBe(false);
    expect(may(role, item('BatchGetItem', conversations, REQUEST))).toBe(true);
    expect(may(role, item('GetItem', conversations, '+447700900123'))).toBe(true);
    expect(may(role, item('GetItem', conversations, 'usage#acme#hiring'))).toBe(false);
  });

  test('lists the keys of a project and of what is open, and nothing else that an index has', () => {
    const index = (name: string, partition: string) => item('Query', `${conversations}/index/${name}`, partition);
    expect(may(role, index('project-index', 'acme#hiring'))).toBe(true);
    expect(may(role, index('attention-index', 'review'))).toBe(true);
    expect(may(role, index('attention-index', 'stuck#a'))).toBe(true);
    expect(may(role, index('attention-index', 'turn#0'))).toBe(false);
    expect(may(role, index('reply-index', 'reply'))).toBe(false);
    expect(may(role, item('Query', conversations, 'stuck#a'))).toBe(false);
  });

  test('changes nothing, queues nothing and knows no secret', () => {
    const actions = role.flatMap((statement) => statement.actions).filter((action) => !/^(logs|xray):/.test(action));
    expect(new Set(actions)).toEqual(new Set(['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query']));
  });
});

describe('the canceller', () => {
  const role = statementsOf(template, names.canceller);

  test('changes conversations and threads and settles their usage, and makes, queues and removes nothing', () => {
    expect(may(role, item('UpdateItem', conversations, '+447700900123'))).toBe(true);
    expect(may(role, item('UpdateItem', conversations, 'usage#acme#hiring'))).toBe(true);
    expect(may(role, item('UpdateItem', conversations, 'thread#0a1b'))).toBe(true);
    expect(may(role, item('UpdateItem', conversations, REQUEST))).toBe(false);
    expect(may(role, item('BatchGetItem', companies, 'api-key#0a1b'))).toBe(true);
    expect(may(role, item('GetItem', companies, 'acme'))).toBe(false);
    const actions = role.flatMap((statement) => statement.actions).filter((action) => !/^(logs|xray):/.test(action));
    expect(new Set(actions)).toEqual(
      new Set(['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:UpdateItem']),
    );
  });
});

describe('the function by which clients answer', () => {
  const role = statementsOf(template, names.clientReplies);

  test('makes messages, takes threads over and acknowledges replies, and changes nothing else', () => {
    for (const key of ['+447700900123', REQUEST]) expect(may(role, item('PutItem', conversations, key))).toBe(true);
    expect(may(role, item('UpdateItem', conversations, '+447700900123'))).toBe(true);
    expect(may(role, item('UpdateItem', conversations, REQUEST))).toBe(false);
    for (const key of ['thread#0a1b', 'usage#acme#hiring']) {
      expect(may(role, item('UpdateItem', conversations, key))).toBe(true);
      expect(may(role, item('PutItem', conversations, key))).toBe(false);
    }
    for (const key of ['audit#acme', 'session#0a1b', 'address#+447700900123']) {
      expect(may(role, item('PutItem', conversations, key))).toBe(false);
      expect(may(role, item('UpdateItem', conversations, key))).toBe(false);
    }
  });

  test('reads keys, companies, opt-outs and threads, queues to channels, and knows no secret', () => {
    expect(may(role, item('BatchGetItem', companies, 'api-key#0a1b'))).toBe(true);
    expect(may(role, item('BatchGetItem', companies, 'acme'))).toBe(true);
    expect(may(role, item('Query', companies, 'acme'))).toBe(false);
    expect(may(role, item('BatchGetItem', conversations, 'address#+447700900123'))).toBe(true);
    expect(may(role, item('Query', conversations, 'thread#0a1b'))).toBe(true);
    expect(may(role, item('Query', conversations, REQUEST))).toBe(false);
    expect(may(role, item('GetItem', conversations, 'session#0a1b'))).toBe(false);
    const actions = role.flatMap((statement) => statement.actions).filter((action) => !/^(logs|xray):/.test(action));
    expect(new Set(actions)).toEqual(new Set([
      'dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem',
      'sqs:SendMessage',
    ]));
  });
});

describe('the function of endpoints and events', () => {
  const role = statementsOf(template, names.eventApi);
  const events = arnOf('dynamodb', `table/${names.eventTable}`);

  test('changes endpoints alone, and publishes nothing', () => {
    for (const action of ['PutItem', 'UpdateItem'] as const) {
      expect(may(role, item(action, events, 'endpoints#acme'))).toBe(true);
      for (const other of ['events#acme', 'deliveries#acme#ep_1', 'published#0a', 'left-out']) {
        expect(may(role, item(action, events, other))).toBe(false);
      }
      expect(may(role, item(action, conversations, '+447700900123'))).toBe(false);
      expect(may(role, item(action, companies, 'acme'))).toBe(false);
    }
  });

  test('reads keys, events and what recipients wrote, and of secrets the sealing key alone', () => {
    expect(may(role, item('GetItem', companies, 'api-key#0a1b'))).toBe(true);
    expect(may(role, item('GetItem', companies, 'acme'))).toBe(false);
    expect(may(role, item('Query', events, 'events#acme'))).toBe(true);
    expect(may(role, item('GetItem', conversations, 'thread#0a1b'))).toBe(true);
    expect(may(role, item('GetItem', conversations, 'usage#acme#hiring'))).toBe(false);
    expect(may(role, readSecret(names.endpointKeySecret))).toBe(true);
    expect(may(role, readSecret(names.modelSecret('sms')))).toBe(false);
    expect(may(role, readSecret(names.credentialSecret('sms', 'acme', 'hiring')))).toBe(false);
  });
});

describe('the dry run', () => {
  const role = statementsOf(template, names.dryRun);

  test('reads companies, keys, opt-outs and idempotency records, and no conversation by its key alone', () => {
    expect(may(role, item('BatchGetItem', companies, 'acme'))).toBe(true);
    expect(may(role, item('GetItem', companies, 'api-key#0a1b'))).toBe(true);
    expect(may(role, item('BatchGetItem', companies, 'template#acme#hiring#sms'))).toBe(false);
    expect(may(role, item('BatchGetItem', companies, 'card#acme#hiring#pay'))).toBe(false);
    expect(may(role, item('BatchGetItem', conversations, REQUEST))).toBe(true);
    expect(may(role, item('GetItem', conversations, '+447700900123'))).toBe(false);
  });

  test('changes what it counts, and nothing else', () => {
    expect(may(role, item('UpdateItem', conversations, 'usage#acme#hiring'))).toBe(true);
    expect(may(role, item('UpdateItem', conversations, '+447700900123'))).toBe(false);
    expect(may(role, item('PutItem', conversations, 'usage#acme#hiring'))).toBe(false);
    expect(may(role, item('UpdateItem', companies, 'acme'))).toBe(false);
  });

  test('knows the keys of the models, and no vendor\'s credentials; it queues nothing', () => {
    const secrets = role.filter(({ actions }) => actions.some((action) => action.startsWith('secretsmanager:')));
    expect(secrets.flatMap(({ resources }) => resources).map((arn) => arn.replace(/.*:secret:/, ''))).toEqual(
      CHANNELS.map((channel) => `${names.modelSecret(channel)}-??????`),
    );
    expect(role.flatMap(({ actions }) => actions).filter((action) => action.startsWith('sqs:'))).toEqual([]);
  });
});

describe.each(CHANNELS)('the processor of %s', (channel) => {
  const role = processor(channel);
  const recipient = RECIPIENT[channel];

  test('takes from its own queue and from no other', () => {
    const take = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'];
    const reached = CHANNELS.filter((any) => take.every((action) => may(role, { action, resource: queue(any) })));
    const touched = CHANNELS.filter((any) => take.some((action) => may(role, { action, resource: queue(any) })));
    expect([reached, touched]).toEqual([[channel], [channel]]);
  });

  test('sends to its own queue and to people, not to other channels or the dead letters', () => {
    const sends = (name: string) => may(role, { action: 'sqs:SendMessage', resource: arnOf('sqs', name) });
    expect([names.queue(channel), names.handoffQueue].filter((name) => !sends(name))).toEqual([]);
    expect([...others(channel).map(names.queue), ...CHANNELS.map(names.deadLetterQueue)].filter(sends)).toEqual([]);
  });

  test('reads its own model key and the credentials of every company on its channel', () => {
    expect(may(role, readSecret(names.modelSecret(channel)))).toBe(true);
    expect(may(role, readSecret(names.credentialSecret(channel, 'acme', 'hiring')))).toBe(true);
  });

  test('reads no secret of another channel or stage, and none beside', () => {
    const prod = resourceNames('prod');
    const foreign = [
      ...others(channel).flatMap((other) => [
        names.modelSecret(other),
        names.credentialSecret(other, 'acme', 'hiring'),
      ]),
      prod.modelSecret(channel),
      prod.credentialSecret(channel, 'acme', 'hiring'),
      'database-password',
    ];
    expect(foreign.filter((name) => may(role, readSecret(name)))).toEqual([]);
  });

  test('reads companies but no API keys', () => {
    expect(may(role, item('BatchGetItem', companies, 'acme'))).toBe(true);
    expect(['BatchGetItem', 'GetItem'].filter((action) => may(role, item(action, companies, API_KEY)))).toEqual([]);
  });

  test('reads idempotency records, and the conversations and opt-outs of recipients that its channel can reach', () => {
    expect(may(role, item('BatchGetItem', conversations, REQUEST))).toBe(true);
    expect(may(role, item('GetItem', conversations, recipient))).toBe(true);
    expect(may(role, item('BatchGetItem', conversations, recipient))).toBe(true);
    expect(may(role, item('BatchGetItem', conversations, ALIASES))).toBe(true);
    expect(may(role, item('BatchGetItem', conversations, IDENTIFIER))).toBe(true);
    expect(may(role, item('GetItem', conversations, FOREIGN[channel]))).toBe(false);
    expect(may(role, item('BatchGetItem', conversations, 'usage#acme#hiring'))).toBe(false);
  });

  test('changes such conversations, and makes none', () => {
    expect(may(role, item('UpdateItem', conversations, recipient))).toBe(true);
    expect(
      [FOREIGN[channel], REQUEST, ALIASES, IDENTIFIER].filter((key) =>
        may(role, item('UpdateItem', conversations, key)),
      ),
    ).toEqual([]);
    // What has come to rest is counted as open no longer.
    expect(may(role, item('UpdateItem', conversations, 'usage#acme#hiring'))).toBe(true);
    expect(may(role, item('GetItem', conversations, 'usage#acme#hiring'))).toBe(false);
    expect(may(role, item('PutItem', conversations, recipient))).toBe(false);
    expect(may(role, item('UpdateItem', companies, 'acme'))).toBe(false);
  });
});

describe('the lease of the reconciler', () => {
  const reconciler = statementsOf(template, names.reconciler);

  test('is written by the reconciler, and is no way to other records', () => {
    expect(may(reconciler, item('UpdateItem', conversations, 'lease#reconciler'))).toBe(true);
    expect(may(reconciler, item('PutItem', conversations, 'lease#reconciler'))).toBe(false);
  });

  test.each(CHANNELS)('is out of the reach of the processor of %s', (channel) => {
    expect(may(processor(channel), item('UpdateItem', conversations, 'lease#reconciler'))).toBe(false);
  });
});

describe('whether a company exists', () => {
  test.each(CHANNELS)('is asked by the processor of %s, who reads neither keys nor old templates so', (channel) => {
    expect(may(processor(channel), item('Query', companies, 'northwind'))).toBe(true);
    for (const key of ['api-key#0123', 'template#brightpath#cv-review#sms', 'card#brightpath#cv-review#pay']) {
      expect(may(processor(channel), item('Query', companies, key))).toBe(false);
    }
  });
});
