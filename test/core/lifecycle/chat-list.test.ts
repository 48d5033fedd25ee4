import type { ChatEntry } from '../../../src/core/lifecycle/chat-list';
import { CHAT_LISTS, placeInList, readPlace, stretchOf } from '../../../src/core/lifecycle/chat-list';
import { endEngine, finishTurn } from '../../../src/core/lifecycle/thread-transitions';
import { giveToEngine, takeOver } from '../../../src/core/lifecycle/takeover-transitions';
import type { Thread } from '../../../src/core/lifecycle/thread-record';
import { NEW_THREAD } from '../../../src/core/lifecycle/thread-record';

const AT = '2026-11-02T09:00:00.000Z';
const NOW = Date.parse(AT);
const ABOUT = 'acme#sales#5b0e8d5c-0000-4000-8000-000000000000#447700900100';
const entry = (by: string, conversationId = ABOUT): ChatEntry => ({ by, at: AT, channel: 'sms', conversationId });
const placeOf = (list: 'taken' | 'returned', one: ChatEntry) => placeInList(list, 'acme', one)?.reply_since ?? '';

describe.each(CHAT_LISTS)('a place among the chats that are %s', (list) => {
  test.each(['avery@example.com', 'a#b % c', 'Zoë Ünal', '{"x":1}'])('gives back who, when and which: %s', (by) => {
    const { reply_attention: partition, reply_since: place = '' } = placeInList(list, 'acme', entry(by)) ?? {};
    expect(partition).toBe(`${list}#acme`);
    expect(readPlace(list, place)).toEqual(entry(by));
    const { from, to } = stretchOf(list, { by, now: NOW });
    expect(place >= from && place <= to).toBe(true);
  });

  test('shortens a name that no key has room for, and never throws', () => {
    const read = readPlace(list, placeOf(list, entry('日本'.repeat(200))));
    expect(read?.by).toBe(`${'日本'.repeat(15)}…`);
    expect(readPlace(list, placeOf(list, entry('half \ud800')))?.by).toBe('half \ufffd');
    expect(placeInList(list, 'acme', entry('a', `acme#sales#1#${'s'.repeat(1_000)}`))).toBeUndefined();
  });

  test('is none for keys of other things', () => {
    expect(readPlace(list, AT)).toBeUndefined();
    expect(readPlace(list, `a#${AT}#fax#${ABOUT}`)).toBeUndefined();
  });
});

test("one person's stretch leaves out those whose names begin alike, and what was returned long ago", () => {
  const { from, to } = stretchOf('taken', { by: 'avery', now: NOW });
  for (const other of ['avery2', 'avery#', 'aver', 'Avery']) {
    const place = placeOf('taken', entry(other));
    expect([other, place >= from && place <= to]).toEqual([other, false]);
  }
  const month = stretchOf('returned', { now: NOW + 31 * 24 * 60 * 60_000 });
  expect(placeOf('returned', entry('avery')) >= month.from).toBe(false);
});

describe('a thread', () => {
  const seen = {
    ...NEW_THREAD, company_id: 'acme', channel_method: 'sms', message_sequence: 1, time_to_live: 1, last_change: 'a',
  } as const satisfies Thread;
  const step = { seen, by: 'avery', now: NOW, about: ABOUT };

  test('enters the list by the very write that changes who has it', () => {
    expect(takeOver(step).set).toMatchObject({ reply_attention: 'taken#acme', reply_since: `avery#${AT}#sms#${ABOUT}` });
    expect(giveToEngine(step).set).toMatchObject({ reply_attention: 'returned#acme', reply_since: `${AT}#avery#sms#${ABOUT}` });
  });

  test('is taken over where it has no place, and leaves its old one', () => {
    const change = takeOver({ seen, by: 'avery', now: NOW });
    expect(change.set).toMatchObject({ owner: 'person' });
    expect(change.remove).toEqual(['reply_attention', 'reply_since', 'answered_until', 'answered_with']);
    expect(giveToEngine({ seen, by: 'avery', now: NOW }).remove).toEqual(expect.arrayContaining(['reply_since', 'taken_by']));
  });

  test('that is closed stands in no list, and one that is handed over stays where it is', () => {
    const closed = { at: AT, event: 'closed', reason: 'opted_out' } as const;
    const left = ['reply_attention', 'reply_since'];
    expect(endEngine({ seen, entry: closed }).remove).toEqual(expect.arrayContaining(left));
    expect(finishTurn({ seen, until: 0, read: [], entry: closed }).remove).toEqual(expect.arrayContaining(left));
    const handed = { at: AT, event: 'handed_off', reason: 'law' } as const;
    expect(endEngine({ seen, entry: handed }).remove ?? []).toEqual([]);
    expect(finishTurn({ seen, until: 0, read: [], entry: handed }).remove).toEqual(expect.not.arrayContaining(left));
  });
});
