import { RehearsedDelivery, release } from './rehearsed-delivery';

/** Milliseconds: each run starts a process a step, and machines are busy. */
jest.setTimeout(180_000);

let delivery: RehearsedDelivery;

beforeEach(async () => {
  delivery = await RehearsedDelivery.start();
});

afterEach(async () => delivery.stop());

/** Brings a release to dev. */
async function deliver(mark: string) {
  delivery.change('develop', release(mark));
  return delivery.run('deliver', 'develop');
}

/** Brings a release to dev and, merged, to prod. */
async function deliverAndPromote(mark: string) {
  await deliver(mark);
  delivery.merge('develop', 'main');
  return delivery.run('promote', 'main');
}

test('a change goes to dev by itself and the same bytes to prod after one approval; what fails there goes back, what went well can come back', async () => {
  const delivered = await deliver('first');
  expect(delivered.results).toEqual({ 'build': 'success', 'deploy-dev': 'success', 'integration-dev': 'success', 'tested': 'success' });
  expect([delivery.deployed('dev'), delivery.deployed('prod')]).toEqual(['first', undefined]);

  delivery.merge('develop', 'main');
  const promoted = await delivery.run('promote', 'main');
  expect(promoted.results).toEqual({ 'find': 'success', 'guard-prod': 'success', 'difference-prod': 'success', 'deploy-prod': 'success' });
  expect(promoted.asked).toEqual(['prod deploy-prod']);
  expect(promoted.jobs.get('difference-prod')?.summary).toContain('The stack is new: 1 resource.');
  expect(delivery.deployed('prod')).toBe('first');

  const broken = await deliverAndPromote('second, fails smoke');
  expect(broken.results['deploy-prod']).toBe('failure');
  expect(broken.asked).toEqual(['prod deploy-prod']);
  expect([delivery.deployed('dev'), delivery.deployed('prod')]).toEqual(['second, fails smoke', 'first']);

  await deliverAndPromote('third');
  expect(delivery.deployed('prod')).toBe('third');
  const rolledBack = await delivery.run('rollback', 'main', { inputs: { stage: 'prod', run: promoted.id } });
  expect(rolledBack.asked).toEqual(['prod deploy-prod']);
  expect(delivery.deployed('prod')).toBe('first');
});

describe('a planted fault stops it:', () => {
  test('a type error, before anything is deployed', async () => {
    delivery.change('develop', { ...release('second'), 'code.ts': 'type error' });
    const { results } = await delivery.run('deliver', 'develop');
    expect(results).toEqual({ 'build': 'failure', 'deploy-dev': 'skipped', 'integration-dev': 'skipped', 'tested': 'skipped' });
    expect(delivery.deployed('dev')).toBeUndefined();
  });

  test('an edited generated file', async () => {
    delivery.change('develop', { ...release('second'), 'generated.yml': 'edited by hand\n' });
    const { results, log } = await delivery.run('deliver', 'develop');
    expect(results.build).toBe('failure');
    expect(log).toContain('the build changed generated.yml. Run npx projen build');
  });

  test('an assembly that is tampered with between build and deployment', async () => {
    delivery.change('develop', release('second'));
    const { results, log } = await delivery.run('deliver', 'develop', {
      approve: async (_environment, run) => {
        await delivery.tamper(run, 'assembly');
        return true;
      },
    });
    expect(results['deploy-dev']).toBe('failure');
    expect(log).toContain('so that it is not what was built and tested');
    expect(delivery.deployed('dev')).toBeUndefined();
  });

  test('a failing integration test: nothing is kept as tested, so nothing can be promoted', async () => {
    const promoted = await deliverAndPromote('second, fails e2e');
    expect(await delivery.state.artifacts.list('1')).toEqual([expect.objectContaining({ name: 'assembly' })]);
    expect(promoted.results.find).toBe('failure');
    expect(promoted.log).toContain('the run 1 of deliver.yml ended as failure. Mend it on develop first.');
    expect(delivery.deployed('prod')).toBeUndefined();
  });

  test('a missing assembly: a change that came to main past develop', async () => {
    delivery.change('main', release('hotfix'));
    const { results, log } = await delivery.run('promote', 'main');
    expect(results).toEqual({ 'find': 'failure', 'guard-prod': 'skipped', 'difference-prod': 'skipped', 'deploy-prod': 'skipped' });
    expect(log).toContain('Merge this branch into develop, let it be tested there');
  });

  test('a rollback to something that is no run', async () => {
    const { results, log } = await delivery.run('rollback', 'main', { inputs: { stage: 'prod', run: '1; echo $GITHUB_TOKEN' } });
    expect(results).toMatchObject({ 'find': 'failure', 'deploy-prod': 'skipped' });
    expect(log).toContain('that is no number of a run');
  });

  test('an open gate, reviewers who say no, and a tested assembly that was tampered with: each leaves prod as it was', async () => {
    const { id } = await deliver('second');
    delivery.merge('develop', 'main');

    delivery.state.environments.set('prod', { reviewers: [], branches: 'any' });
    const unguarded = await delivery.run('promote', 'main');
    expect(unguarded.results).toEqual({ 'find': 'success', 'guard-prod': 'failure', 'difference-prod': 'skipped', 'deploy-prod': 'skipped' });
    expect(unguarded.log).toContain('Nobody has to approve a job of the environment prod');
    expect(unguarded.asked).toEqual([]);

    delivery.guard();
    const refused = await delivery.run('promote', 'main', { approve: async () => Promise.resolve(false) });
    expect([refused.results['deploy-prod'], refused.asked]).toEqual(['failure', ['prod deploy-prod']]);

    await delivery.tamper(id, 'tested-');
    const tampered = await delivery.run('promote', 'main');
    expect(tampered.results).toMatchObject({ 'find': 'success', 'difference-prod': 'failure', 'deploy-prod': 'skipped' });
    expect(tampered.log).toContain('Do not deploy it');
    expect(delivery.deployed('prod')).toBeUndefined();
  });
});
