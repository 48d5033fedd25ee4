import { StageScope } from '../../../tools/adoption/stage-scope';
import { unownedIn } from '../../../tools/adoption/unowned';
import { MemoryCloud } from './memory-cloud';
import { NAMES, sample } from './sample-findings';

const scope = new StageScope('dev', ['dev', 'prod']);

function denied(action: string): Error {
  return Object.assign(
    new Error(`User: arn:aws:iam::123456789012:user/a is not authorized to perform: ${action} on resource: *`),
    { name: 'AccessDeniedException' });
}

describe('before a deployment', () => {
  test('what nobody owns under the stage\'s names is listed, with the place that was looked at', async () => {
    const cloud = new MemoryCloud(sample('function'), sample('queue', { messages: 3 }), sample('table'));
    expect(await unownedIn(cloud, scope)).toEqual({
      account: '123456789012',
      region: 'eu-west-1',
      unowned: [{ kind: 'function', name: NAMES.router }, { kind: 'queue', name: NAMES.queue('sms') },
        { kind: 'table', name: NAMES.conversationTable }],
      unreadable: [],
    });
  });

  test('what a stack owns is nobody\'s blocker', async () => {
    const cloud = new MemoryCloud(sample('function'), sample('table'));
    cloud.owners.set(NAMES.router, 'ai-multi-comms-dev');
    cloud.owners.set(NAMES.conversationTable, 'another-stack');
    expect((await unownedIn(cloud, scope)).unowned).toEqual([]);
  });

  test('neither clients\' keys and plans nor secrets, roles and lookalikes stand in its way', async () => {
    const cloud = new MemoryCloud(
      sample('usage plan'), sample('API key'), sample('secret'), sample('role'), sample('policy'),
      sample('queue', { name: 'ai-multi-comms-report-queue-dev' }),
    );
    expect((await unownedIn(cloud, scope)).unowned).toEqual([]);
  });

  test('an API that a domain leads to is left, and no blocker', async () => {
    expect((await unownedIn(
      new MemoryCloud(sample('REST API', { domains: ['api.example.com'] })), scope)).unowned).toEqual([]);
  });

  test('what may not be looked at is told with the missing permission', async () => {
    const cloud = new MemoryCloud(sample('function'));
    cloud.refusals.set('queue', denied('sqs:ListQueues'));
    expect(await unownedIn(cloud, scope)).toMatchObject(
      { unowned: [{ kind: 'function' }], unreadable: [{ kind: 'queue', action: 'sqs:ListQueues' }] });
  });

  test('without credentials one sentence says so', async () => {
    const cloud = new MemoryCloud();
    cloud.account = async () =>
      Promise.reject(Object.assign(new Error('Could not load credentials'), { name: 'CredentialsProviderError' }));
    await expect(unownedIn(cloud, scope)).rejects.toThrow(
      'Asking AWS whose credentials these are failed: no AWS credentials were found; sign in, or set AWS_PROFILE.');
  });

  test('any other failure ends the look instead of making a list with holes', async () => {
    const cloud = new MemoryCloud();
    cloud.refusals.set(
      'table', Object.assign(
        new Error('The security token included in the request is expired'), { name: 'ExpiredTokenException' }));
    await expect(unownedIn(cloud, scope)).rejects.toThrow(
      /^Looking for each table of the stage dev failed: .*sign in again/);
  });
});
