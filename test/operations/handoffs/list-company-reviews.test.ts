import { REVIEW_SHARD } from '../../../src/core/lifecycle/work-due-index';
import { timestamp } from '../../../src/core/ports/clock';
import { listCompanyReviews } from '../../../src/operations/handoffs/list-company-reviews';
import type { Arranged } from '../../support/operators-world';
import { NOW, operatorsWorld } from '../../support/operators-world';

function heldWorld() {
  const world = operatorsWorld();
  const asked: Array<{ readonly shard: string; readonly limit: number }> = [];
  const hold = (changes: Arranged = {}) =>
    world.add({ conversation_status: 'awaiting_review', attention: REVIEW_SHARD, due_at: timestamp(NOW), ...changes });
  const reviewsDue = {
    due: async (query: { readonly shard: string; readonly limit: number }) => {
      asked.push(query);
      const keys = world.conversations.all().slice(0, query.limit);
      return Promise.resolve(
        keys.map(({ primary_channel, conversation_id }) => ({
          key: { primary_channel, conversation_id },
          dueAt: timestamp(NOW),
        })),
      );
    },
  };
  const list = async (limit = 10) => listCompanyReviews({ ...world, reviewsDue }, 'acme', limit);
  return { world, asked, hold, list };
}

test("a company's own are listed, what has to go soonest first, and masked", async () => {
  const { hold, list, asked } = heldWorld();
  const late = hold({ send_before: timestamp(NOW + 9_000_000) });
  const soon = hold({ send_before: timestamp(NOW + 1_000_000) });
  hold({ company: 'zenith' });
  const { waiting, more } = await list();
  expect(waiting.map(({ conversationId }) => conversationId.split('#')[2])).toEqual([soon, late]);
  expect(more).toBe(false);
  expect(JSON.stringify(waiting)).not.toContain('+447700900123');
  expect(asked).toEqual([expect.objectContaining({ shard: REVIEW_SHARD })]);
});

test('no record of another company is read', async () => {
  const { world, hold, list } = heldWorld();
  hold({ company: 'zenith' });
  const read = jest.spyOn(world.index, 'records');
  expect(await list()).toEqual({ waiting: [], more: false });
  expect(read).toHaveBeenCalledWith([]);
});

test('what the index still names and was decided or removed since is left out', async () => {
  const { world, hold, list } = heldWorld();
  hold({ conversation_status: 'composed' });
  const kept = hold();
  expect((await list()).waiting.map(({ conversationId }) => conversationId.split('#')[2])).toEqual([kept]);
  jest.spyOn(world.index, 'records').mockResolvedValue([undefined]);
  expect((await list()).waiting).toEqual([]);
});

test('more than are listed are told', async () => {
  const { hold, list } = heldWorld();
  for (let done = 0; done < 3; done += 1) hold();
  expect(await list(2)).toMatchObject({ more: true, waiting: [{}, {}] });
  expect((await list(3)).more).toBe(false);
});
