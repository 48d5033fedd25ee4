import { formatConversationId, parseConversationId, senderIdentity } from '../../../src/core/lifecycle/conversation-id';
import { DUE_SHARDS, dueShard } from '../../../src/core/lifecycle/work-due-index';

describe('a conversation\'s identifier', () => {
  const identity = {
    companyId: 'firm',
    projectId: 'nurses',
    requestId: '5b0e8d5c-6f0a-4f6e-9a55-0c3f6b7c1a01',
    sender: '447700900100',
  };

  test('reads back what was written', () => {
    expect(parseConversationId(formatConversationId(identity))).toEqual(identity);
  });

  test('a sender\'s address may hold the separator', () => {
    expect(parseConversationId('a#b#c#odd#address@example.com')).toMatchObject({ sender: 'odd#address@example.com' });
  });

  test.each(['', 'a', 'a#b', 'a#b#c', 'a#b#c#', '#b#c#d', 'a##c#d', 'a#b##d'])('%p is none', (text) => {
    expect(parseConversationId(text)).toBeUndefined();
  });

  const key = (part: string) => formatConversationId({ ...identity, requestId: part });
  const rest = Buffer.byteLength(key(''));

  test('is at most as long as a sort key of the table, in bytes', () => {
    expect(parseConversationId(key('x'.repeat(1024 - rest)))).toBeDefined();
    expect(parseConversationId(key('x'.repeat(1025 - rest)))).toBeUndefined();
    expect(parseConversationId(key('é'.repeat(1024 - rest)))).toBeUndefined();
  });

  test('a number stands without its plus, an address as it is', () => {
    expect(senderIdentity('+447700900100')).toBe('447700900100');
    expect(senderIdentity('careers+jobs@example.com')).toBe('careers+jobs@example.com');
  });

  test('every request falls into one of the attention index\'s shards', () => {
    for (const digit of '0123456789abcdefABCDEF') {
      expect(DUE_SHARDS.map((shard) => `stuck#${shard}`)).toContain(dueShard(`${digit}123`));
    }
  });
});
