import { cancelWaitingPromotions } from '../../../../tools/delivery-steps/github/waiting-promotions';
import { addRun, localGitHub } from './local-github';

const WRITE = { actions: 'write' };
const PROMOTE = { path: '.github/workflows/promote.yml', branch: 'main', conclusion: null };
const job = (name: string, status: 'in_progress' | 'waiting' | 'queued') => ({ name, status, conclusion: null });

test('a promotion that waits for its approval is cancelled, and so is one that has not come to it yet', async () => {
  const { state, github } = await localGitHub(WRITE);
  const waiting = await addRun(state, { ...PROMOTE, status: 'waiting', jobs: [job('deploy-prod', 'waiting')] });
  const early = await addRun(state, { ...PROMOTE, status: 'in_progress', jobs: [job('guard-prod', 'in_progress')] });
  const done = await addRun(state, { ...PROMOTE, conclusion: 'success' });
  const elsewhere = await addRun(state, { ...PROMOTE, branch: 'staging', status: 'waiting' });
  const delivery = await addRun(state, { branch: 'main', conclusion: null, status: 'in_progress' });
  expect([...await cancelWaitingPromotions(github, 'main')].sort()).toEqual([waiting.id, early.id]);
  expect(state.runs.map(({ conclusion }) => conclusion)).toEqual(['cancelled', 'cancelled', 'success', null, null]);
  expect([done.conclusion, elsewhere.conclusion, delivery.conclusion]).toEqual(['success', null, null]);
});

test('while one deploys, nothing is cancelled and the rollback stops', async () => {
  const { state, github } = await localGitHub(WRITE);
  const waiting = await addRun(state, { ...PROMOTE, status: 'waiting', jobs: [job('deploy-prod', 'waiting')] });
  const { id } = await addRun(state, { ...PROMOTE, status: 'in_progress', jobs: [job('deploy-prod', 'in_progress')] });
  await expect(cancelWaitingPromotions(github, 'main')).rejects.toThrow(`the job deploy-prod of the run ${id} is deploying now`);
  expect(waiting.conclusion).toBeNull();
});

test('where nothing waits, nothing is done', async () => {
  const { github } = await localGitHub({ actions: 'read' });
  await expect(cancelWaitingPromotions(github, 'main')).resolves.toEqual([]);
});
