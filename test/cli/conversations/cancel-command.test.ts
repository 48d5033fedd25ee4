import type { Conversation } from '../../../src/core/lifecycle/conversation';
import type { Arranged } from '../../support/operators-world';
import { operatorsWorld } from '../../support/operators-world';
import { onStage } from '../stage-run';

/** One message of the stage, and the command that cancels it. */
function world(arranged: Arranged = {}) {
  const { add, companies, conversations, clock } = operatorsWorld();
  const id = add(arranged);
  const requests = {
    beginning: async ({ beginning }: { readonly beginning: string }) => Promise.resolve(
      conversations.all().filter(({ request_id: one }) => one.startsWith(beginning)).map((conversation) => ({
        company_id: conversation.company_id,
        project_id: conversation.project_id,
        request_id: conversation.request_id,
        body_hash: 'hash',
        time_to_live: 0,
        accepted_at: conversation.created_at,
        conversation,
      })),
    ),
  };
  const stage = { companies, conversations, clock, requests };
  const found = (): Conversation => {
    const [only] = conversations.all();
    if (!only) throw new Error('The record is gone.');
    return only;
  };
  return {
    id, conversations, found,
    cancels: async (flags: readonly string[] = ['--yes'], confirm?: () => Promise<boolean>, named = id) => (
      onStage(stage, ['conversation', 'cancel', named, ...flags], { operator: 'sam', ...(confirm && { confirm }) })
    ),
  };
}

test('a message that is not sent yet ends, under the name of who decides it', async () => {
  const { cancels, found } = world();
  const { code, output, errors, audited } = await cancels(['--yes', '--by', 'Robin Reyes']);
  expect(audited).toMatchObject([{ action: 'cancel', person: 'sam', fields: ['conversation_status'] }]);
  const { conversation_id: id, conversation_status: status, history, failure_reason: reason, ...rest } = found();
  expect({ code, output, errors }).toEqual({ code: 0, output: `${id}: cancelled by Robin Reyes`, errors: '' });
  expect({ status, reason }).toEqual({ status: 'cancelled', reason: 'cancelled' });
  expect(history.at(-1)).toMatchObject({ status: 'cancelled', by: 'Robin Reyes' });
  expect(rest).not.toHaveProperty('due_at');
});

test('it is found by the beginning of its request_id, and told as JSON with the next step', async () => {
  const { id, cancels } = world({ conversation_status: 'awaiting_review', failure_reason: 'proof_failed' });
  const { output } = await cancels(['--yes', '--json'], undefined, id.slice(0, 8));
  expect(JSON.parse(output)).toMatchObject({ status: 'cancelled', next: expect.any(String), nextCommands: [] });
});

test('it is asked first, and a no or no terminal leaves the message as it is', async () => {
  const { cancels, found } = world();
  const questions = jest.fn().mockResolvedValueOnce(false).mockResolvedValueOnce(true);
  expect(await cancels([], questions)).toMatchObject({ code: 1, errors: 'Nothing was done, as was answered.' });
  expect(await cancels([])).toMatchObject({ code: 1, errors: expect.stringContaining('Give --yes') });
  expect(found().conversation_status).toBe('initiated');
  expect(await cancels([], questions)).toMatchObject({ code: 0 });
  expect(questions).toHaveBeenCalledWith('Cancel the message? It cannot be sent again under its request_id.');
  expect(found().conversation_status).toBe('cancelled');
});

test('a second time is harmless, says so, and keeps who decided it first', async () => {
  const { cancels, found } = world();
  await cancels(['--yes', '--by', 'Robin']);
  const { code, output } = await cancels();
  expect({ code, output }).toEqual({ code: 0, output: `${found().conversation_id}: was cancelled before` });
  expect(found().history.filter(({ status }) => status === 'cancelled')).toMatchObject([{ by: 'Robin' }]);
});

test.each<[NonNullable<Arranged['conversation_status']>, string]>([
  ['initial_message_sent', 'it was sent, and cannot be taken back.'],
  ['sending', 'it is being sent, or may have been sent, and cannot be taken back.'],
  ['send_unknown', 'it is being sent, or may have been sent, and cannot be taken back.'],
  ['failed_unknown', 'it has ended already (failed_unknown), and does not go.'],
])('a message that is %s is refused, and stays so', async (status, why) => {
  const { cancels, found } = world({ conversation_status: status });
  expect(await cancels()).toEqual({
    code: 1, output: '', errors: `Cancelling ${found().conversation_id} failed: ${why}`,
  });
  expect(found().conversation_status).toBe(status);
});

test('a record that is erased while the question stands is told', async () => {
  const { cancels, conversations, found } = world();
  const erases = async () => {
    conversations.remove(found());
    return Promise.resolve(true);
  };
  expect(await cancels([], erases)).toMatchObject({
    code: 1, errors: expect.stringMatching(/failed: its record is gone; it was erased, or its retention time is over\.$/),
  });
});

test('an identifier of no message is told, and so is what is none', async () => {
  const { cancels } = world();
  expect(await cancels(['--yes'], undefined, 'ffffffff')).toMatchObject({
    code: 1, errors: expect.stringMatching(/^Cancelling the conversation failed: this stage holds no conversation ffff/),
  });
  expect(await cancels(['--yes'], undefined, 'nonsense')).toMatchObject({
    code: 1, errors: expect.stringContaining('"nonsense" is not a conversation\'s identifier'),
  });
});
