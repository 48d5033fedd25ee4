import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { timestamp } from '../../../src/core/ports/clock';
import { sampleCompany } from '../../support/sample-message';
import { repliesWorld } from '../../support/replies-world';

const ID = '3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90';
const WORDS = 'Friday at ten is fine.';
const HOUR = 60 * 60_000;

const folder = mkdtempSync(join(tmpdir(), 'reply-'));
afterAll(() => { rmSync(folder, { recursive: true }); });

/** A thread in which the recipient has written. */
async function heard(...channel: Parameters<typeof repliesWorld>) {
  const setting = await repliesWorld(...channel);
  await setting.hear();
  return setting;
}

/** One that Sam Reyes has taken over. */
async function taken(...channel: Parameters<typeof repliesWorld>) {
  const setting = await heard(...channel);
  expect(await setting.run('reply', 'take', ID)).toMatchObject({ code: 0 });
  return setting;
}

describe('reply take', () => {
  test('gives the thread to the person, says what comes next, and may be repeated', async () => {
    const { run, thread } = await heard();
    const { output } = await run('reply', 'take', ID);
    expect(output.split('\n')[0]).toBe('taken over by Sam Reyes: the engine is silent');
    expect(output).toContain(`reply send ${ID} --text`);
    expect(await thread()).toMatchObject({ owner: 'person', taken_by: 'Sam Reyes', epoch: 1 });
    expect((await run('reply', 'take', ID)).output).toContain('taken over before by Sam Reyes');
    expect(JSON.parse((await run('reply', 'take', ID, '--json')).output)).toEqual({
      outcome: 'taken_before', epoch: 1, takenBy: 'Sam Reyes',
    });
  });

  test('names the one reply that is leaving already', async () => {
    const { run, arrange, world } = await heard();
    await arrange({ ticket: 'reply-1', ticket_until: timestamp(world.clock.now() + 10_000) });
    expect((await run('reply', 'take', ID)).output).toContain(
      'taken over by Sam Reyes: one reply is already leaving (reply-1); nothing of the engine follows it',
    );
  });

  test('is refused where another person has it, unless it is taken from them by name', async () => {
    const { run, thread } = await taken();
    expect(await run('reply', 'take', ID, '--by', 'Noor Haddad')).toEqual({
      code: 1, output: '', errors: 'Taking over the thread failed: Sam Reyes has it; ask them to return it, or take it '
        + "from them with --from 'Sam Reyes'.",
    });
    expect((await run('reply', 'take', ID, '--by', 'Noor Haddad', '--from', 'Sam Reyes')).code).toBe(0);
    expect(await thread()).toMatchObject({ taken_by: 'Noor Haddad' });
  });
});

test('each step is recorded with who took it, and no word of what was written', async () => {
  const { run, audited } = await heard();
  await run('reply', 'take', ID);
  await run('reply', 'send', ID, '--text', WORDS);
  await run('reply', 'return', ID);
  await run('reply', 'send', ID, '--text', 'Refused, so it is not recorded.');
  expect(audited).toMatchObject([
    { action: 'take_over', by: 'command', person: 'Sam Reyes', fields: ['thread.owner'] },
    { action: 'send_reply', fields: ['text'] },
    { action: 'return_thread', fields: ['thread.owner'] },
  ]);
  expect(JSON.stringify(audited)).not.toContain(WORDS);
});

describe('reply return', () => {
  test('gives the thread back, and says where the engine has it already', async () => {
    const { run, thread } = await taken();
    expect((await run('reply', 'return', ID)).output).toBe('returned by Sam Reyes: the engine reads it again');
    expect(await thread()).toMatchObject({ owner: 'engine', epoch: 2 });
    expect((await run('reply', 'return', ID)).output).toBe('the engine has it already');
  });

  test('is refused for another person\'s thread', async () => {
    const { run, thread } = await taken();
    expect((await run('reply', 'return', ID, '--by', 'Noor Haddad')).errors).toContain('Sam Reyes has it');
    expect(await thread()).toMatchObject({ owner: 'person' });
  });
});

test.each(['take', 'return'])('reply %s is refused without a thread, after an opt-out, and amid changes', async (word) => {
  const { run, hear, arrange, world, threadId } = await repliesWorld();
  expect((await run('reply', word, ID)).errors).toMatch(
    /failed: nothing was written in it yet; see what became of the message: .* conversation show 3f0c8a52/,
  );
  await hear();
  await arrange({ owner: 'person' });
  const seen = await world.threads.find(threadId);
  if (!seen) throw new Error('The thread is gone.');
  const change = jest.spyOn(world.threads, 'change').mockResolvedValue({ applied: false, thread: seen });
  expect((await run('reply', word, ID)).errors).toMatch(/failed: it changes at this very moment; give the command again\.$/);
  change.mockRestore();
  await arrange({ owner: 'nobody' });
  expect((await run('reply', word, ID)).errors).toMatch(/the recipient has opted out, so nothing may be sent to them\.$/);
});

describe('reply send', () => {
  test('queues the words as one message, however often they are given', async () => {
    const { run, world } = await taken();
    const { output, code } = await run('reply', 'send', ID, '--text', WORDS);
    expect([code, output]).toEqual([0, expect.stringMatching(/^queued: [0-9a-f-]{36}\n {2}.*conversation watch [0-9a-f-]{36}/)]);
    expect((await run('reply', 'send', ID, '--text', WORDS)).output).toMatch(
      /^these words were sent before: [0-9a-f-]{36}, composed; nothing was sent again/,
    );
    const replies = world.conversations.all().filter(({ reply }) => reply !== undefined);
    expect(replies.map(({ messages, reply }) => [messages[0]?.content, reply?.by])).toEqual([[WORDS, 'Sam Reyes']]);
  });

  test('reads the words from a file', async () => {
    const { run, world } = await taken();
    const file = join(folder, 'answer.txt');
    writeFileSync(file, `${WORDS}\n`);
    expect((await run('reply', 'send', ID, '--file', file)).code).toBe(0);
    expect(world.conversations.all().find(({ reply }) => reply)?.messages[0]?.content).toBe(WORDS);
  });

  test.each([
    [[], 1, 'it has no words; give --text or --file.'],
    [['--file', join(folder, 'nowhere')], 1, 'there is no such file'],
    [['--file', 'a', '--text', 'b'], 2, 'cannot be used with'],
    [['--text', ' '], 1, 'it has no words; write between 1 and 1600 readable characters.'],
    [['--text', 'a'.repeat(1_601)], 1, 'it is too long; write between'],
    [['--text', 'a\u202eb'], 1, 'it holds signs that cannot be seen'],
  ] as const)('with %j is refused, and nothing is queued', async (words, code, sentence) => {
    const { run, world } = await taken();
    expect(await run('reply', 'send', ID, ...words)).toEqual({
      code, output: '', errors: expect.stringContaining(sentence),
    });
    expect(world.queue.enqueued).toEqual([]);
  });

  test('is refused to whoever has not taken the thread, with who has it', async () => {
    const { run } = await heard();
    expect((await run('reply', 'send', ID, '--text', WORDS)).errors).toMatch(
      /failed: you have not taken the thread over; take it over first: .* reply take 3f0c8a52/,
    );
    await run('reply', 'take', ID, '--by', 'Noor Haddad');
    expect((await run('reply', 'send', ID, '--text', WORDS)).errors).toContain('Noor Haddad has the thread; take it over first');
  });

  test('is refused without a thread and after an opt-out', async () => {
    const { run, hear, arrange } = await repliesWorld();
    expect((await run('reply', 'send', ID, '--text', WORDS)).errors).toContain('nothing was written in it yet');
    await hear();
    await arrange({ owner: 'nobody' });
    expect((await run('reply', 'send', ID, '--text', WORDS)).errors).toContain('the recipient has opted out');
  });

  test('is refused on WhatsApp once 24 hours are over, with when the recipient wrote', async () => {
    const { run, world } = await taken('whatsapp');
    world.clock.advance(24 * HOUR);
    expect((await run('reply', 'send', ID, '--text', WORDS)).errors).toMatch(
      /WhatsApp takes free words for 24 hours after the recipient has written, and they wrote last at 2026-11-02 09:00:00Z/,
    );
  });

  test('is refused where the company may not send, and where the project\'s limit is used up', async () => {
    const { run, world } = await taken();
    world.directory.seedCompany(sampleCompany({ project_status: 'inactive' }));
    expect((await run('reply', 'send', ID, '--text', WORDS)).errors).toContain('record does not allow a send on this channel');
    world.directory.seedCompany(sampleCompany({ rate_limits: { requests_per_minute: 1 } }));
    await run('reply', 'send', ID, '--text', 'One.');
    expect((await run('reply', 'send', ID, '--text', 'Two.')).errors).toMatch(
      /failed: the project's limit \(\w+\) is used up; try again in \d+ seconds, or raise it\.$/,
    );
  });
});
