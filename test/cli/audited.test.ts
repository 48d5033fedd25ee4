import { audited, shownFields } from '../../src/cli/audited';
import type { AuditItem } from '../../src/core/ports/audit';
import { FakeClock } from '../support/fake-clock';

const conversation = { company_id: 'acme', conversation_id: 'acme#sales#1#447700900100' };

async function written(kind: 'deployed' | 'local', caller: string | undefined): Promise<AuditItem | undefined> {
  const items: AuditItem[] = [];
  const stage = {
    clock: new FakeClock(),
    newIdentifier: () => 'id',
    audit: {
      add: async (item: AuditItem) => Promise.resolve(void items.push(item)),
      list: async () => Promise.resolve({ items: [] }),
    },
    probe: { kind, caller: async () => Promise.resolve(caller) },
  } as unknown as Parameters<typeof audited>[0];
  await audited(stage, { operator: 'robin' }, { action: 'read_text', conversation, fields: ['text'] });
  return items[0];
}

test('what a command reads is recorded with the caller that AWS names, and without a word of it', async () => {
  expect(await written('deployed', 'arn:aws:sts::1:assumed-role/operators/robin')).toEqual({
    id: 'id',
    at: '2026-11-02T09:00:00.000Z',
    by: 'command',
    action: 'read_text',
    company: 'acme',
    person: 'arn:aws:sts::1:assumed-role/operators/robin',
    personId: 'arn:aws:sts::1:assumed-role/operators/robin',
    conversationId: conversation.conversation_id,
    fields: ['text'],
  });
});

test("a local stage knows no callers: the shell's user is named", async () => {
  expect(await written('local', 'arn')).toMatchObject({ person: 'robin', by: 'command' });
});

test('fields are what was asked for', () => {
  expect(shownFields({ text: true })).toEqual(['text', 'values']);
  expect(shownFields({ reveal: true })).toEqual(['facts', 'recipient']);
  expect(shownFields({})).toEqual([]);
});
