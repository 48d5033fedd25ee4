import { repliesWorld } from '../../support/replies-world';

const ID = '3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90';

async function takenWorld() {
  const world = await repliesWorld();
  await world.hear();
  await world.run('reply', 'take', ID);
  return world;
}

test('who has which chat is listed with since when, masked, and how it is looked at', async () => {
  const { run } = await takenWorld();
  const { output } = await run('reply', 'chats', 'brightpath');
  expect(output).toMatch(/^Sam Reyes, since 2026-11-02 09:00:00Z {2}sms {2}with …23, cv-review$/m);
  expect(output).toContain(`reply show ${ID} --text`);
  expect(output).not.toContain('+4477009');
  expect((await run('reply', 'chats', 'brightpath', '--by', 'Noor Haddad')).output).toBe('no person has a chat');
  expect((await run('reply', 'chats', 'another')).output).toBe('no person has a chat');
  expect(JSON.parse((await run('reply', 'chats', 'brightpath', '--by', 'Sam Reyes', '--json')).output)).toMatchObject({
    chats: [{ by: 'Sam Reyes', channel: 'sms' }], more: false,
  });
});

test('what was returned is another list, of everyone or of one person', async () => {
  const { run } = await takenWorld();
  expect((await run('reply', 'chats', 'brightpath', '--returned')).output).toBe('no chat was returned');
  await run('reply', 'return', ID);
  expect((await run('reply', 'chats', 'brightpath')).output).toBe('no person has a chat');
  expect((await run('reply', 'chats', 'brightpath', '--returned', '--by', 'Sam Reyes')).output)
    .toMatch(/^returned by Sam Reyes, 2026-11-02 09:00:00Z/);
  expect((await run('reply', 'chats', 'brightpath', '--returned', '--by', 'Noor Haddad')).output).toBe('no chat was returned');
});
