import { runAlone } from '../../src/reconciler/run-alone';
import { FakeObserver } from '../support/fake-observer';

const ORDER = { owner: 'run-1', now: 1_000, until: 56_000 };

function arranged(taken: boolean) {
  const lease = {
    take: jest.fn().mockResolvedValue(taken),
    release: jest.fn().mockResolvedValue(undefined),
  };
  const observer = new FakeObserver();
  return { lease, observer, run: jest.fn().mockResolvedValue({ requeued: 2 }) };
}

test('a run that gets the lease works, and gives it back', async () => {
  const { lease, observer, run } = arranged(true);
  expect(await runAlone(ORDER, { lease, observer }, run)).toEqual({ requeued: 2 });
  expect(lease.take.mock.calls).toEqual([[ORDER]]);
  expect(lease.release.mock.calls).toEqual([['run-1']]);
});

test('a run beside another does nothing', async () => {
  const { lease, observer, run } = arranged(false);
  expect(await runAlone(ORDER, { lease, observer }, run)).toEqual({});
  expect(run).not.toHaveBeenCalled();
  expect(lease.release).not.toHaveBeenCalled();
});

test('a run that fails gives the lease back, and a lease that cannot be given back hides no result', async () => {
  const { lease, observer, run } = arranged(true);
  run.mockRejectedValueOnce(new Error('out of reach'));
  await expect(runAlone(ORDER, { lease, observer }, run)).rejects.toThrow('out of reach');
  expect(lease.release).toHaveBeenCalledTimes(1);
  lease.release.mockRejectedValueOnce(new Error('out of reach'));
  expect(await runAlone(ORDER, { lease, observer }, run)).toEqual({ requeued: 2 });
  expect(observer.everything()).toContain('could not be released');
});
