import { Readable } from 'node:stream';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchAlarms } from '../../../../src/stage-probe/cloudwatch-alarms';
import type { StackTemplate } from '../../../../tools/embedded-aws/template/stack-template';
import { cloudWatch, StackAlarms } from '../../../../tools/embedded-aws/services/alarms';

const PLACE = { account: '000000000000', region: 'eu-west-1' };

const alarm = (name: string, words: string) => ({
  name, arn: `arn:aws:cloudwatch:eu-west-1:000000000000:alarm:${name}`, properties: { AlarmDescription: words },
});

/** The vendor's own client before the backend. */
function alarmsOf(...names: readonly string[]) {
  const template = { ofType: () => names.map((name) => alarm(name, `critical: ${name}`)) } as unknown as StackTemplate;
  const alarms = new StackAlarms(template, () => Date.parse('2026-11-30T09:00:00.000Z'));
  const backend = cloudWatch(alarms, PLACE);
  const client = new CloudWatchClient({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestHandler: {
      handle: async ({ headers, body }: { headers: Record<string, string>; body: Uint8Array }) => {
        const operation = headers['x-amz-target']?.split('.')[1] ?? '';
        const input: Readonly<Record<string, unknown>> = JSON.parse(new TextDecoder().decode(body));
        const { signal } = new AbortController();
        const answer = await backend.perform({ operation, input, headers, method: 'POST', path: '/', signal });
        const sent = Readable.from([Buffer.from(String(answer.body))]);
        return { response: { statusCode: answer.status, headers: { ...answer.headers }, body: sent } };
      },
    } as never,
  });
  return { alarms, backend, client };
}

test('what is raised is told by the client of the vendor, and of one stage alone', async () => {
  const names = ['ai-multi-comms-dead-letters-dev', 'ai-multi-comms-dead-letters-test', 'another-dev'];
  const { alarms, client } = alarmsOf(...names);
  const engine = new CloudWatchAlarms(client, 'dev');
  expect(await engine.raised()).toEqual([]);
  for (const name of names) alarms.set(name, 'ALARM');
  expect(await engine.raised()).toEqual([{
    name: 'ai-multi-comms-dead-letters-dev', description: 'critical: ai-multi-comms-dead-letters-dev',
    since: '2026-11-30T09:00:00.000Z',
  }]);
  const all = await client.send(new DescribeAlarmsCommand({}));
  expect(all.MetricAlarms?.map(({ StateValue: state }) => state)).toEqual(['ALARM', 'ALARM', 'ALARM']);
});

test('an alarm that the stack does not have cannot be raised, and no other operation is known', () => {
  const { alarms, backend } = alarmsOf('one');
  expect(() => { alarms.set('two', 'ALARM'); }).toThrow('The alarm two is not in the stack');
  expect(backend.needs({ operation: 'PutMetricAlarm' } as never)).toBeUndefined();
  expect(backend.needs({ operation: 'DescribeAlarms' } as never)).toEqual([
    { action: 'cloudwatch:DescribeAlarms', resource: 'arn:aws:cloudwatch:eu-west-1:000000000000:alarm:*' },
  ]);
  expect(backend.fault({ kind: 'access-denied', message: 'no' }).status).toBe(403);
});
