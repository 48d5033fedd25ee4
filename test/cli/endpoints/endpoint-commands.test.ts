import type { Endpoint } from '../../../src/core/events/endpoint';
import { MOST_ENDPOINTS } from '../../../src/core/events/endpoint';
import type { DeliveryNote } from '../../../src/core/ports/events';
import { unseal } from '../../../src/events/seal';
import { NOW } from '../../support/operators-world';
import { onStage } from '../stage-run';
import { endpointWorld, KEY, NOTE, SECRET } from './endpoint-world';

describe('add', () => {
  const ADD = ['add', 'acme', '--url', 'https://example.com/in'] as const;

  test('keeps what was asked for, with who asked, and shows the secret alone on standard output', async () => {
    const { run, endpoints } = endpointWorld();
    const { code, output, errors, audited } = await run(...ADD, '--project', 'hiring', '--text');
    const [added] = endpoints.all();
    expect(audited).toMatchObject([{ action: 'add_endpoint', company: 'acme', person: 'sam', fields: [added?.id] }]);
    expect(JSON.stringify(audited)).not.toContain(output);
    expect(added).toMatchObject({
      company_id: 'acme', project_ids: ['hiring'], url: 'https://example.com/in', include: ['text'], created_by: 'sam',
    });
    expect(code).toBe(0);
    expect(output).toMatch(new RegExp(`^${SECRET.source}$`));
    expect(added?.secrets.map(({ sealed }) => unseal(sealed, added, KEY))).toEqual([output]);
    expect(errors).toBe(`${added?.id ?? ''}: added. Its signing secret, shown only once. Store it now:`);
  });

  test('takes every project, under the name of whoever is said to add it, and tells it as JSON', async () => {
    const { run, endpoints } = endpointWorld();
    const { output, errors } = await run(...ADD, '--all-projects', '--by', 'Robin', '--json');
    expect(errors).toBe('');
    expect(JSON.parse(output)).toMatchObject({
      id: endpoints.all()[0]?.id, project_ids: ['*'], include: [], created_by: 'Robin', condition: 'working',
      failures: 0, secrets: [{ created_at: '2026-11-02T09:30:00.000Z', expires_at: null }],
      secret: expect.stringMatching(SECRET),
    });
    expect(output).not.toContain('sealed');
  });

  test.each([
    ['neither', []],
    ['both', ['--all-projects', '--project', 'hiring']],
  ])('is refused as a usage where the projects are said %s way', async (_what, flags) => {
    const { run, endpoints } = endpointWorld();
    expect(await run(...ADD, ...flags)).toMatchObject({
      code: 2, errors: 'error: it is not said which projects; give --project <id> or --all-projects',
    });
    expect(endpoints.all()).toEqual([]);
  });

  test.each([
    ['an unknown company', ['add', 'other', '--url', 'https://example.com/', '--all-projects'], 'no company other'],
    ['an unknown project', [...ADD, '--project', 'hiring', 'sales'], 'no project sales of acme'],
  ])('refuses %s', async (_what, words, missing) => {
    const { run, endpoints } = endpointWorld();
    const { code, errors } = await run(...words);
    expect(code).toBe(1);
    expect(errors).toMatch(/^Adding the endpoint failed: the stage has .*; see .* company list\.$/);
    expect(errors).toContain(missing);
    expect(endpoints.all()).toEqual([]);
  });

  test('refuses an address that is not public, and says why', async () => {
    const { run } = endpointWorld();
    expect(await run('add', 'acme', '--url', 'http://example.com/', '--all-projects')).toEqual({
      code: 1, output: '', errors: 'Adding the endpoint failed: --url must begin with https://.',
    });
  });

  test('refuses one more than a company may have, and says how to make room', async () => {
    const { run, has } = endpointWorld();
    for (let made = 0; made < MOST_ENDPOINTS; made += 1) await has(`ep_${made}`);
    const { code, errors } = await run(...ADD, '--all-projects', '--stage', 'prod');
    expect(code).toBe(1);
    expect(errors).toContain(`acme has ${MOST_ENDPOINTS} already; remove one with `);
    expect(errors).toMatch(/endpoint remove acme '<id>' --stage prod\.$/);
  });

  test('refuses where nobody is named', async () => {
    const { stage } = endpointWorld();
    expect(await onStage(stage, ['endpoint', ...ADD, '--all-projects'])).toMatchObject({
      code: 1, errors: expect.stringContaining('give --by <name>'),
    });
  });
});

describe('list', () => {
  test('says how to add the first one', async () => {
    const { code, output } = await endpointWorld().run('list', 'acme');
    expect(code).toBe(0);
    expect(output).toMatch(/^acme has no endpoints; add one: .*endpoint add acme --url '<url>' --all-projects$/);
  });

  const state = { cursor: '0', epoch: 0, wanted: 0 };
  const since = '2026-11-02T09:20:00.000Z';
  const HELD = [
    { record: 'r1', positions: ['p1', 'p2'], failures: 1, next_attempt_at: '2026-11-02T09:40:00.000Z', epoch: 0 },
    { record: 'r2', positions: ['p3'], failures: 3, next_attempt_at: '2026-11-02T10:40:00.000Z', epoch: 0 },
  ];
  test.each<[string, Partial<Endpoint>, string]>([
    ['is new', {}, 'all projects; has taken nothing yet'],
    [
      'works', { project_ids: ['hiring', 'sales'], include: ['text'], state: { ...state, last_success_at: since } },
      'hiring, sales, with what recipients write; works; last took an event 2026-11-02 09:20:00Z, 10 min ago',
    ],
    [
      'fails',
      { state: { ...state, failures: 2, failing_since: since, next_attempt_at: '2026-11-02T09:40:00.000Z' } },
      'paused: failing since 2026-11-02 09:20:00Z, 10 min ago; tried again 2026-11-02 09:40:00Z, in 10 min',
    ],
    [
      'works but for some events', { state: { ...state, last_success_at: since, held: HELD } },
      '10 min ago; events not taken yet: 3, tried again 2026-11-02 09:40:00Z, in 10 min',
    ],
    [
      'is gone while events wait',
      { state: { ...state, disabled_at: since, disabled_reason: 'gone', held: HELD } },
      'puts it to work again; events not taken yet: 3',
    ],
    [
      'is gone', { state: { ...state, disabled_at: since, disabled_reason: 'gone' } },
      'disabled: it answered 410; a test that it takes puts it to work again',
    ],
    [
      'failed for long', { state: { ...state, disabled_at: since, disabled_reason: 'failed_for_days' } },
      'disabled: it failed for three days;',
    ],
    ['was disabled without a reason', { state: { ...state, disabled_at: since } }, 'disabled: unknown;'],
  ])('an endpoint that %s', async (_what, change, words) => {
    const { run, has } = endpointWorld();
    await has('ep_1', change);
    const { output } = await run('list', 'acme');
    expect(output.split('\n')[0]).toBe('ep_1  https://example.com/ep_1');
    expect(output).toContain(words);
  });
});

describe('test', () => {
  const told = (note: Partial<DeliveryNote>): DeliveryNote => (
    { ...NOTE, event_id: 'test-1', type: 'test', cause: 'test', ...note }
  );

  test('calls for a test event and waits for what the endpoint answers', async () => {
    const { run, has, endpoints, calls, clock } = endpointWorld();
    await has('ep_1a');
    jest.spyOn(endpoints, 'notes')
      .mockResolvedValueOnce([NOTE])
      .mockResolvedValueOnce([NOTE, told({ outcome: 'taken', answer: '204' })]);
    expect(await run('test', 'acme', 'ep_1')).toMatchObject({
      audited: [{ action: 'test_endpoint', fields: ['ep_1a'] }],
      code: 0, output: 'ep_1a: took the test event (204)', errors: '',
    });
    expect(calls).toEqual([{ company: 'acme', endpoint: 'ep_1a', test: 'test-1' }]);
    expect(clock.slept).toEqual([500]);
  });

  test('fails with the answer where the endpoint does not take it', async () => {
    const { run, has, endpoints } = endpointWorld();
    await has('ep_1a');
    jest.spyOn(endpoints, 'notes').mockResolvedValue([told({ answer: '500' })]);
    expect(await run('test', 'acme', 'ep_1a')).toMatchObject({
      code: 1, output: '',
      errors: 'Testing the endpoint failed: it answered 500; it must answer with 2xx within 10 s.',
    });
  });

  test('gives up after 25 s and says where to look', async () => {
    const { run, has, clock } = endpointWorld();
    await has('ep_1a');
    const { code, errors } = await run('test', 'acme', 'ep_1a');
    expect(code).toBe(1);
    expect(errors).toMatch(/the engine has not delivered the event yet; see .*endpoint deliveries acme ep_1a\.$/);
    expect(clock.now() - NOW).toBe(25_000);
  });
});

describe('rotate', () => {
  test('shows the new secret, and the one before signs for seven days more', async () => {
    const { run, has, endpoints } = endpointWorld();
    const { secrets: [before] } = await has('ep_1');
    const { code, output, errors, audited } = await run('rotate', 'acme', 'ep_1');
    expect(audited).toMatchObject([{ action: 'rotate_secret', fields: ['ep_1'] }]);
    expect(code).toBe(0);
    expect(output).toMatch(new RegExp(`^${SECRET.source}$`));
    expect(errors).toContain('ep_1: the secret before signs until 2026-11-09T09:30:00.000Z.');
    const changed = await endpoints.find('acme', 'ep_1');
    expect(changed?.secrets).toEqual([
      { sealed: expect.any(String), created_at: '2026-11-02T09:30:00.000Z' },
      { ...before, expires_at: '2026-11-09T09:30:00.000Z' },
    ]);
    expect(changed && unseal(changed.secrets[0]?.sealed ?? '', changed, KEY)).toBe(output);
  });

  test('makes no secret where another rotation came in between', async () => {
    const { run, has, endpoints } = endpointWorld();
    await has('ep_1');
    jest.spyOn(endpoints, 'replaceSecrets').mockResolvedValue(false);
    expect(await run('rotate', 'acme', 'ep_1')).toMatchObject({
      code: 1, output: '', errors: expect.stringContaining('it was rotated just now by another call'),
    });
  });
});

describe('remove', () => {
  test('asks first, and a no keeps the endpoint', async () => {
    const { asked, has, endpoints } = endpointWorld();
    await has('ep_1');
    const refused = await asked(false, 'remove', 'acme', 'ep_1');
    expect(refused).toMatchObject({ code: 1, output: '' });
    expect(refused).not.toHaveProperty('audited');
    expect(endpoints.all()).toHaveLength(1);
    expect(await asked(true, 'remove', 'acme', 'ep_1')).toMatchObject({
      code: 0, output: 'ep_1: removed', audited: [{ action: 'remove_endpoint', fields: ['ep_1'] }],
    });
    expect(endpoints.all()).toEqual([]);
  });

  test('does nothing without a terminal unless --yes says that it is meant', async () => {
    const { run, has, endpoints } = endpointWorld();
    await has('ep_1');
    expect(await run('remove', 'acme', 'ep_1')).toMatchObject({ code: 1, errors: expect.stringContaining('Give --yes') });
    expect(endpoints.all()).toHaveLength(1);
    const { output } = await run('remove', 'acme', 'ep_1', '--yes', '--json');
    expect(JSON.parse(output)).toEqual({ id: 'ep_1', outcome: 'removed' });
  });

  test.each([
    ['none', 'ep_2', /acme has no endpoint that begins with ep_2; see .*endpoint list acme\.$/],
    ['two', 'ep_1', /more than one endpoint of acme begins with ep_1; see .*endpoint list acme\.$/],
  ])('removes nothing where the identifier fits %s', async (_what, id, words) => {
    const { run, has, endpoints } = endpointWorld();
    await has('ep_1a');
    await has('ep_1b');
    expect(await run('remove', 'acme', id, '--yes')).toMatchObject({ code: 1, errors: expect.stringMatching(words) });
    expect(endpoints.all()).toHaveLength(2);
  });
});
