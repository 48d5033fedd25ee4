import { timestamp } from '../../../src/core/ports/clock';
import { repliesWorld } from '../../support/replies-world';

const ID = '3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90';

describe('reply list', () => {
  test('says that nothing waits', async () => {
    const { run } = await repliesWorld();
    expect(await run('reply', 'list')).toEqual({ code: 0, output: 'no reply waits for a person', errors: '' });
  });

  test('shows who waits, masked unless addresses are asked for, with the commands that come next', async () => {
    const { run, wait, conversation } = await repliesWorld();
    await wait(2);
    const { output } = await run('reply', 'list');
    expect(output).toContain('2 replies from ');
    expect(output).not.toContain(conversation.primary_channel);
    for (const words of [`show ${ID} --text`, `take ${ID}`, `done ${ID} --seen 2`]) {
      expect(output).toContain(`reply ${words}`);
    }
    expect((await run('reply', 'list', '--reveal')).output).toContain(conversation.primary_channel);
  });

  test('says how many of the replies wait where some are done', async () => {
    const { run, wait } = await repliesWorld();
    await wait(1);
    await run('reply', 'done', ID, '--seen', '1');
    await wait(2);
    expect((await run('reply', 'list')).output).toContain('1 reply of 2 from ');
  });

  test('says that more wait than it shows', async () => {
    const { run, wait, world, conversation } = await repliesWorld();
    await wait(1);
    const first = await world.record(conversation);
    world.conversations.seed({
      ...first, conversation_id: `${first.conversation_id}0`, reply_since: timestamp(world.clock.now() - 1),
    });
    expect((await run('reply', 'list', '--limit', '1')).output).toContain('more than 1 wait; see the rest with --limit');
    expect(JSON.parse((await run('reply', 'list', '--limit', '1', '--json')).output)).toMatchObject({
      more: true, waiting: [{ conversationId: `${first.conversation_id}0`, waiting: 1 }],
    });
  });
});

describe('reply done', () => {
  test('marks what was read with who did it, once, and audits that', async () => {
    const { run, wait, audited, world, conversation } = await repliesWorld();
    await wait(2);
    expect((await run('reply', 'done', ID, '--seen', '2')).output).toBe(
      `${conversation.conversation_id}: its 2 replies are done, by Sam Reyes`,
    );
    expect(await run('reply', 'done', ID, '--seen', '2', '--by', 'Noor Haddad')).toMatchObject({
      code: 0, output: expect.stringMatching(/: done before, by Sam Reyes at .*; nothing was changed$/),
    });
    expect(audited).toMatchObject([{ action: 'acknowledge_replies', person: 'Sam Reyes', fields: ['replies_dealt_with'] }]);
    expect(await world.record(conversation)).not.toHaveProperty('reply_attention');
  });

  test('says one reply as one', async () => {
    const { run, wait } = await repliesWorld();
    await wait(1);
    expect((await run('reply', 'done', ID, '--seen', '1')).output).toMatch(/: its reply is done, by Sam Reyes$/);
  });

  test('is refused where nothing waits, and where more came than was read', async () => {
    const { run, wait, audited } = await repliesWorld();
    expect(await run('reply', 'done', ID, '--seen', '1')).toMatchObject({
      code: 1, output: '', errors: expect.stringMatching(/failed: none was handed to a person; see what waits: .*reply list$/),
    });
    await wait(2);
    expect(await run('reply', 'done', ID, '--seen', '1')).toMatchObject({
      code: 1, errors: expect.stringContaining('it has 2, 2 of them waiting, and --seen says 1; give --seen 2 once you'),
    });
    expect(audited).toEqual([]);
  });

  test('is refused where the record changes all the time, or is gone', async () => {
    const { run, wait, world, conversation } = await repliesWorld();
    await wait(1);
    const seen = await world.record(conversation);
    const change = jest.spyOn(world.conversations, 'change').mockResolvedValue({ applied: false, conversation: seen });
    expect((await run('reply', 'done', ID, '--seen', '1')).errors).toContain('changes at this very moment');
    change.mockResolvedValue({ applied: false });
    expect((await run('reply', 'done', ID, '--seen', '1')).errors).toContain('its record is gone; the person was erased');
  });

  test('needs to be told how many were read, and by whom in words of one line', async () => {
    const { run } = await repliesWorld();
    expect(await run('reply', 'done', ID)).toMatchObject({ code: 2, errors: expect.stringContaining('--seen') });
    expect(await run('reply', 'done', ID, '--seen', '1', '--by', 'a\nb')).toMatchObject({
      code: 1, errors: expect.stringContaining('--by must be one line'),
    });
  });
});

test.each(['take', 'return', 'show'])('reply %s names no conversation that is not there', async (word) => {
  const { run } = await repliesWorld();
  expect(await run('reply', word, 'ffff0000')).toMatchObject({
    code: 1, errors: expect.stringContaining('this stage holds no conversation ffff0000'),
  });
  expect((await run('reply', word, 'x')).errors).toContain('"x" is not a conversation\'s identifier');
});
