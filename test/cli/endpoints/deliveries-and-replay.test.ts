import type { DeliveryNote } from '../../../src/core/ports/events';
import { NOW } from '../../support/operators-world';
import { endpointWorld, NOTE } from './endpoint-world';

describe('deliveries', () => {
  test('tells what failed and what was tested, as many as are asked for', async () => {
    const { run, has, endpoints } = endpointWorld();
    const endpoint = await has('ep_1');
    const taken: DeliveryNote = { ...NOTE, outcome: 'taken', answer: '200', cause: 'replay' };
    const notes = jest.spyOn(endpoints, 'notes').mockResolvedValue([NOTE, taken]);
    const { output } = await run('deliveries', 'acme', 'ep_1', '--limit', '2');
    expect(output.split('\n').slice(2)).toEqual([
      '2026-11-02 09:20:00Z, 10 min ago  not taken (503)  message.sent  event  event-1',
      '2026-11-02 09:20:00Z, 10 min ago  taken  message.sent  replay  event-1',
    ]);
    expect(notes).toHaveBeenCalledWith(endpoint, 2);
  });

  test('says so where there are none', async () => {
    const { run, has } = endpointWorld();
    await has('ep_1');
    expect((await run('deliveries', 'acme', 'ep_1')).output).toMatch(/\nnothing failed, and nothing was tested$/);
  });
});

describe('replay', () => {
  const event = {
    id: 'event-1', type: 'message.sent', at: '2026-11-02T09:00:00.000Z', company_id: 'acme', project_id: 'hiring',
    sequence: 1, data: { conversation_id: 'c' }, time_to_live: 0,
  } as const;

  test('calls for one event once more', async () => {
    const { run, has, calls, events } = endpointWorld();
    await has('ep_1');
    await events.append({ position: '1', event });
    expect(await run('replay', 'acme', 'ep_1', '--event', 'event-1')).toMatchObject({
      code: 0, output: 'ep_1: the events are being delivered again', errors: '', audited: [{ action: 'replay_events' }],
    });
    expect(calls).toEqual([{ company: 'acme', endpoint: 'ep_1', replay: 'event-1' }]);
  });

  test('fails where the company has no such event', async () => {
    const { run, has, calls } = endpointWorld();
    await has('ep_1');
    expect(await run('replay', 'acme', 'ep_1', '--event', 'event-2')).toEqual({
      code: 1, output: '', errors: 'Replaying failed: acme has no event event-2; events are kept for 30 days.',
    });
    expect(calls).toEqual([]);
  });

  test('begins again at a moment before now, and calls for it', async () => {
    const { run, has, calls, endpoints } = endpointWorld();
    await has('ep_1');
    expect(await run('replay', 'acme', 'ep_1', '--since', '24h')).toMatchObject({ code: 0 });
    expect((await endpoints.find('acme', 'ep_1'))?.state).toEqual({
      cursor: String(NOW - 24 * 60 * 60_000), epoch: 1, wanted: 0,
    });
    expect(calls).toEqual([{ company: 'acme', endpoint: 'ep_1' }]);
  });

  test('fails where the endpoint was removed meanwhile', async () => {
    const { run, has, calls, endpoints } = endpointWorld();
    await has('ep_1');
    jest.spyOn(endpoints, 'rewind').mockResolvedValue(false);
    expect(await run('replay', 'acme', 'ep_1', '--since', '24h')).toEqual({
      code: 1, output: '', errors: 'Replaying failed: the endpoint ep_1 of acme was removed meanwhile; nothing is replayed.',
    });
    expect(calls).toEqual([]);
  });

  test.each([
    ['neither', []],
    ['both', ['--event', 'event-1', '--since', '24h']],
    ['a time that is none', ['--since', 'yesterday']],
  ])('is refused as a usage with %s', async (_what, flags) => {
    const { run, has, calls } = endpointWorld();
    await has('ep_1');
    expect(await run('replay', 'acme', 'ep_1', ...flags)).toMatchObject({
      code: 2, errors: expect.stringMatching(/it is not said what to replay|Give a time such as 30m/),
    });
    expect(calls).toEqual([]);
  });
});
