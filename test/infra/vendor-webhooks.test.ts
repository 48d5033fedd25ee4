import { CHANNELS } from '../../src/core/channel';
import { INDEXES } from '../../src/core/indexes';
import { resourceNames } from '../../src/core/names';
import { WEBHOOK_PATHS, WEBHOOKS } from '../../src/providers/vendors';
import type { Call } from './role-policy';
import { arnOf, may, statementsOf } from './role-policy';
import { SAMPLE_STAGES, sampleStage } from './sample-stages';
import { functionBehind, resourceNamed, resourcesOf, templateOf } from './template';

const names = resourceNames('dev');
const template = templateOf('dev');
const role = statementsOf(template, names.vendorWebhooks);
const companies = arnOf('dynamodb', `table/${names.companyTable}`);
const conversations = arnOf('dynamodb', `table/${names.conversationTable}`);
const index = (name: string) => `${conversations}/index/${name}`;
const item = (action: string, resource: string, leadingKey: string): Call => ({
  action: `dynamodb:${action}`,
  resource,
  leadingKey,
});
const readSecret = (name: string): Call => ({
  action: 'secretsmanager:GetSecretValue',
  resource: arnOf('secretsmanager', `secret:${name}-a1B2c3`),
});
const variablesOf = (name: string) =>
  resourceNamed(template, 'AWS::Lambda::Function', 'FunctionName', name).Properties.Environment.Variables;

describe('the function behind the vendors\' webhooks', () => {
  test('finds, reads and changes conversations and opt-outs of every channel', () => {
    const calls = [
      item('BatchGetItem', companies, 'acme'),
      item('BatchGetItem', conversations, 'request#acme#hiring'),
      item('GetItem', conversations, '+447700900123'),
      item('GetItem', conversations, 'jo@example.com'),
      item('UpdateItem', conversations, '+447700900123'),
      item('UpdateItem', conversations, 'jo@example.com'),
      // A reply, and a mail that comes back, name nothing but the recipient.
      item('Query', conversations, '+447700900123'),
      item('Query', conversations, 'jo@example.com'),
      // A receipt brings a message to rest, which its project's counters have to hear.
      item('UpdateItem', conversations, 'usage#acme#hiring'),
      // Whoever writes may have no number.
      item('GetItem', conversations, 'address#GB.13491208655302741918'),
      item('UpdateItem', conversations, 'address#GB.13491208655302741918'),
      item('UpdateItem', conversations, 'address#12345'),
    ];
    expect(calls.filter((call) => !may(role, call))).toEqual([]);
  });

  test('reads no API key, makes nothing, asks no index and lists no requests', () => {
    const calls = [
      item('BatchGetItem', companies, 'api-key#0f1e2d'),
      item('GetItem', companies, 'acme'),
      item('UpdateItem', companies, 'acme'),
      item('PutItem', conversations, '+447700900123'),
      item('UpdateItem', conversations, 'request#acme#hiring'),
      item('Query', conversations, 'request#acme#hiring'),
      item('Query', index(INDEXES.attention.name), 'stuck#0'),
      item('Query', index(INDEXES.project.name), 'acme#hiring'),
      item('Query', index(INDEXES.reply.name), 'reply'),
    ];
    expect(calls.filter((call) => may(role, call))).toEqual([]);
  });

  test('reads what companies share with vendors, and no key of a model', () => {
    expect(
      CHANNELS.filter((channel) => !may(role, readSecret(names.credentialSecret(channel, 'acme', 'hiring')))),
    ).toEqual([]);
    expect(CHANNELS.filter((channel) => may(role, readSecret(names.modelSecret(channel))))).toEqual([]);
    expect(
      CHANNELS.filter((channel) =>
        may(role, readSecret(resourceNames('prod').credentialSecret(channel, 'acme', 'hiring'))),
      ),
    ).toEqual([]);
  });

  test('rings for people, and sends to no channel', () => {
    const sends = (name: string) => may(role, { action: 'sqs:SendMessage', resource: arnOf('sqs', name) });
    expect(sends(names.handoffQueue)).toBe(true);
    expect(CHANNELS.filter((channel) => sends(names.queue(channel)))).toEqual([]);
  });

  test('answers before Twilio gives up', () => {
    expect(
      resourceNamed(template, 'AWS::Lambda::Function', 'FunctionName', names.vendorWebhooks).Properties.Timeout,
    ).toBeLessThan(15);
  });

  test('knows the very address that the senders tell the vendors', () => {
    const address = variablesOf(names.vendorWebhooks).RECEIPTS_URL;
    expect(JSON.stringify(address)).toMatch(/^\{"Fn::Join":\["",\["https:\/\/",\{"Ref":"\w+"\},".*\/dev"\]\]\}$/);
    expect(CHANNELS.map((channel) => variablesOf(names.processor(channel)).RECEIPTS_URL)).toEqual(
      CHANNELS.map(() => address),
    );
  });
});

describe.each(WEBHOOK_PATHS)('POST %s', (path) => {
  test('is open and leads to that function, which it alone may call so', () => {
    const permissions = Object.values(resourcesOf(template, 'AWS::Lambda::Permission'))
      .map(({ Properties }) => Properties)
      .filter(({ SourceArn }) => JSON.stringify(SourceArn).includes(`/POST${path}"`));
    expect(
      permissions.map(({ Principal, FunctionName }) => [Principal, functionBehind(template, FunctionName)]),
    ).toEqual([['apigateway.amazonaws.com', names.vendorWebhooks]]);
    expect(JSON.stringify(permissions[0]?.SourceArn)).not.toMatch(/test-invoke|\*/);
    const open = Object.values(resourcesOf(template, 'AWS::ApiGateway::Method')).map(({ Properties }) => Properties)
      .filter(({ HttpMethod, ApiKeyRequired }) => HttpMethod === 'POST' && !ApiKeyRequired);
    // One more: recipients opt out by it.
    expect(open).toHaveLength(WEBHOOK_PATHS.length + 1);
    expect(open.map(({ Integration }) => functionBehind(template, Integration.Uri))).toEqual(
      open.map(() => names.vendorWebhooks),
    );
  });

  test.each(SAMPLE_STAGES.map(({ name }) => name))(
    'has a rate of its own in %s, so that receipts take nothing from the clients',
    (stage) => {
      const [deployed] = Object.values(resourcesOf(templateOf(stage), 'AWS::ApiGateway::Stage')).map(
        ({ Properties }) => Properties,
      );
      const { webhooks, mail } = sampleStage(stage).throttle;
      const isRare = WEBHOOKS.some(({ webhook }) => webhook.isRare && webhook.path === path);
      const { rate, burst } = isRare ? mail : webhooks;
      const own = deployed?.MethodSettings.filter(
        ({ ResourcePath }: { readonly ResourcePath: string }) => ResourcePath === `/${path.replaceAll('/', '~1')}`,
      );
      expect(own).toMatchObject([
        {
          HttpMethod: 'POST',
          ThrottlingRateLimit: rate,
          ThrottlingBurstLimit: burst,
          LoggingLevel: 'ERROR',
          DataTraceEnabled: false,
        },
      ]);
    },
  );
});
