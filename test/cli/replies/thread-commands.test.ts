import { ownerWords, shownLine } from '../../../src/cli/replies/thread-page';
import { timestamp } from '../../../src/core/ports/clock';
import { ANSWERS } from '../../support/answering-world';
import { sampleCompany } from '../../support/sample-message';
import { repliesWorld, TEXT } from '../../support/replies-world';

const ID = '3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90';

describe('thread show', () => {
  test('says where nothing was written yet', async () => {
    const { run } = await repliesWorld();
    expect(await run('thread', 'show', ID)).toMatchObject({
      code: 1, output: '', errors: expect.stringContaining('Showing the thread failed: nothing was written in it yet'),
    });
  });

  test('shows who has it and each line; words only where they are asked for', async () => {
    const { run, hear, threadId, audited } = await repliesWorld();
    await hear();
    const hidden = (await run('thread', 'show', ID)).output;
    expect(hidden).toContain(threadId);
    expect(hidden).toMatch(/^Owner {5}the engine reads it$/m);
    expect(hidden).toMatch(/^Heard {5}2026-11-02 09:00:00Z/m);
    expect(hidden).toContain('from the recipient');
    expect(hidden).not.toContain(TEXT);
    expect(audited).toEqual([]);
    expect((await run('thread', 'show', ID, '--text')).output).toContain(TEXT);
    expect(audited).toMatchObject([{ action: 'read_text', person: 'Sam Reyes', fields: ['text'] }]);
  });

  test('offers to take it where a person is to answer, and to answer where they have it', async () => {
    const { run, hear, arrange } = await repliesWorld();
    await hear();
    await arrange({ owner: 'person' });
    const waiting = (await run('reply', 'show', ID)).output;
    expect(waiting).toMatch(/^Owner {5}a person is to answer$/m);
    expect(waiting).toContain(`reply take ${ID}`);
    await run('reply', 'take', ID);
    await run('reply', 'send', ID, '--text', 'Friday is fine.');
    const own = (await run('thread', 'show', ID)).output;
    expect(own).toMatch(/^Owner {5}Sam Reyes has taken it over$/m);
    expect(own).toMatch(/^Way {7}.* taken over by Sam Reyes/m);
    expect(own).toContain(`reply send ${ID} --text`);
    expect(JSON.parse((await run('thread', 'show', ID, '--json')).output)).toMatchObject({
      owner: 'person', takenBy: 'Sam Reyes', epoch: 1, next: expect.stringContaining('reply send'),
    });
  });

  test('explains each answer of the engine by its card and the facts that prove it, where that is asked for', async () => {
    const { run, world, conversation, threadId, audited } = await repliesWorld();
    world.directory.seedCompany(sampleCompany(ANSWERS));
    const at = timestamp(world.clock.now());
    const values = { hours: 'from Monday to Friday, 9 am to 5 pm' };
    const card = { card_id: 'opening_hours', version: 2, language: 'en-GB', values, echoes: {} };
    const answer = await world.accept({
      conversation_status: 'initial_message_sent', sent_at: at,
      reply: { thread: threadId, in_reply_to: conversation.conversation_id, owner: 'engine', epoch: 0, sequence: 1, card },
    }, '9b0e8d5c-0000-4000-8000-000000000000');
    await world.threads.join({ conversation: answer, vendorMessageId: 'SM-9', at, expects: false });
    const { output } = await run('thread', 'show', ID, '--explain');
    expect(output).toMatch(/^Card {6}opening_hours version 2, en-GB$/m);
    expect(output).toMatch(/^Value {5}hours \(chosen\): from Monday to Friday, 9 am to 5 pm$/m);
    expect(output).toMatch(/^ {10}"9 am" \(time\): proved by knowledge\.opening_hours \("9 am"\)$/m);
    expect(audited).toMatchObject([{ action: 'read_text', fields: ['text', 'facts'] }]);
    expect(JSON.parse((await run('thread', 'show', ID, '--explain', '--json')).output)).toMatchObject({
      answers: [{ card_id: 'opening_hours', isCurrent: true, stale: false }],
    });
    expect((await run('thread', 'show', ID, '--text')).output).not.toContain('proved by');
  });

  test('says why the engine said nothing', async () => {
    const { run, hear, arrange, world } = await repliesWorld();
    await hear();
    await arrange({ last_silence: { at: timestamp(world.clock.now()), reason: 'nothing_asked', sequence: 1 } });
    expect((await run('thread', 'show', ID)).output).toMatch(/^Silent {4}2026-11-02 09:00:00Z nothing_asked$/m);
  });

  test('shows when the engine reads what was written', async () => {
    const { run, hear, arrange, world } = await repliesWorld();
    await hear();
    await arrange({ answer_due_at: timestamp(world.clock.now() + 20_000) });
    expect((await run('thread', 'show', ID)).output).toMatch(/^Read {6}2026-11-02 09:00:20Z.*, unless more is written$/m);
  });
});

describe('thread watch', () => {
  test('prints what is written and who takes it, each once, until its time is over', async () => {
    const { run, hear, world } = await repliesWorld();
    await hear();
    const events = [
      async () => hear('SM-inbound-2'),
      async () => run('reply', 'take', ID),
      async () => Promise.resolve(),
    ];
    jest.spyOn(world.clock, 'sleep').mockImplementation(async (milliseconds) => {
      world.clock.advance(milliseconds);
      await events.shift()?.();
    });
    const { code, output, errors } = await run('thread', 'watch', ID, '--text', '--timeout', '4');
    expect([code, output]).toEqual([0, 'watched for 4 seconds']);
    expect(errors.split(TEXT)).toHaveLength(3);
    expect(errors.match(/^Owner: .*$/gm)).toEqual(['Owner: Sam Reyes has taken it over']);
  });

  test('says nothing but the result where it is read by a program', async () => {
    const { run, hear } = await repliesWorld();
    await hear();
    const { output, errors } = await run('thread', 'watch', ID, '--timeout', '1', '--json');
    expect([JSON.parse(output), errors]).toEqual([{ outcome: 'timed_out', lines: 1 }, '']);
  });
});

test('a line says who wrote it, and why no model has read it', () => {
  const line = { sequence: 1, at: '2026-11-02T09:00:00.000Z', conversationId: 'c', text: 'Words.' };
  expect(shownLine({ ...line, from: 'company', by: 'Sam Reyes' })[1]).toBe('2026-11-02 09:00:00Z  to the recipient, by Sam Reyes');
  expect(shownLine({ ...line, from: 'company' })[1]).toMatch(/to the recipient$/);
  expect(shownLine({ ...line, from: 'recipient', unread: 'attachment' })[1]).toMatch(/\(not read by a model: attachment\)$/);
});

test('an opted-out recipient\'s thread is nobody\'s', () => {
  expect(ownerWords({ owner: 'nobody' })).toBe('nobody: the recipient has opted out');
});
