import { findConversationById } from '../../../src/core/lifecycle/find-conversation';
import type { Conversation } from '../../../src/core/lifecycle/conversation';
import { reviewItem } from '../../../src/operations/handoffs/review-item';
import { INVENTED_LINK, ReviewWorld } from '../../review/review-world';
import { sampleCompany, sampleCompanyWithTemplate } from '../../support/sample-message';

async function itemOf(world: ReviewWorld, held: Conversation, edited: Readonly<Record<string, string>> = {}) {
  const found = await findConversationById(held.conversation_id, world.reviewPorts);
  if (!found) throw new Error('nothing was found');
  return reviewItem(found, edited, world.clock.now());
}

describe('a message that waits for a review alone', () => {
  test('is proved as it is, and each of its values says what proves it', async () => {
    const world = new ReviewWorld();
    const item = await itemOf(world, await world.heldByFlag());
    expect(item.proof).toEqual({ outcome: 'proved', faults: [] });
    expect(item.variables.filter(({ flagged }) => flagged)).toEqual([]);
    const claims = item.variables.flatMap(({ claims: found }) => found);
    expect(claims.length).toBeGreaterThan(0);
    // Each fact that a claim names is among those that are shown.
    for (const { fact } of claims) {
      if (fact && fact.path !== 'template') expect(item.facts.map(({ path }) => path)).toContain(fact.path);
    }
  });

  test('is shown as its recipient reads it', async () => {
    const world = new ReviewWorld();
    const held = await world.heldByFlag();
    const item = await itemOf(world, held);
    const text = item.texts.map(({ segments }) => segments.map((segment) => segment.text).join('')).join('\n');
    expect(text).toBe(held.composition?.filled.text);
  });
});

describe('a message whose words were refused', () => {
  test('is flagged with the rule in plain words, and may not go', async () => {
    const world = new ReviewWorld();
    const item = await itemOf(world, await world.heldByProof());
    expect(item.proof.outcome).not.toBe('proved');
    expect(item.variables.some(({ flagged }) => flagged)).toBe(true);
  });

  test('may go with values that the facts prove; nothing of the record changes by looking', async () => {
    const world = new ReviewWorld();
    const held = await world.heldByProof();
    const before = await itemOf(world, held);
    const open = before.variables.filter(({ editable }) => editable).map(({ name }) => name);
    const good = Object.fromEntries(open.map((name) => [name, 'some dates do not match.']));
    expect((await itemOf(world, held, good)).proof.outcome).toBe('proved');
    const bad = Object.fromEntries(open.map((name) => [name, INVENTED_LINK]));
    const refused = await itemOf(world, held, bad);
    expect(refused.proof.outcome).toBe('unproved');
    expect(refused.proof.faults[0]?.words[0]).toMatch(/^[A-Z].*\.$/);
    expect(refused.variables.some(({ claims }) => claims.some(({ why }) => why !== undefined))).toBe(true);
    expect(await world.record(held)).toEqual(held);
  });
});

describe('what was shown', () => {
  test('has one hash as long as words and facts are the same, whatever is edited', async () => {
    const world = new ReviewWorld();
    const held = await world.heldByFlag();
    const { shown } = await itemOf(world, held);
    const [first = ''] = Object.keys(held.composition?.values ?? {});
    expect((await itemOf(world, held, { [first]: 'other' })).shown).toBe(shown);
    world.clock.advance(60_000);
    expect((await itemOf(world, held)).shown).toBe(shown);
  });

  test.each([
    ['the wait', (held: Conversation) => ({ ...held, due_at: '2026-11-02T10:00:00.000Z' })],
    ['a fact', (held: Conversation) => ({ ...held, project_data: { ...held.project_data, more: 'fact' } })],
    [
      'a word',
      ({ composition, ...held }: Conversation) => ({
        ...held,
        ...(composition && { composition: { ...composition, values: { ...composition.values, x: 'y' } } }),
      }),
    ],
  ])('has another once %s is another', async (_what, change) => {
    const world = new ReviewWorld();
    const held = await world.heldByFlag();
    const found = await findConversationById(held.conversation_id, world.reviewPorts);
    if (!found) throw new Error('nothing was found');
    const now = world.clock.now();
    const other = reviewItem({ ...found, conversation: change(found.conversation) }, {}, now);
    expect(other.shown).not.toBe(reviewItem(found, {}, now).shown);
  });
});

test('a broken template is said to be so, and what there is is shown', async () => {
  const world = new ReviewWorld();
  const item = await itemOf(world, await world.heldByTemplate());
  expect(item.proof.outcome).not.toBe('proved');
  expect(item.facts.length).toBeGreaterThan(0);
});

describe('a message whose company record changed since it was composed', () => {
  const changed = async (company: Readonly<Record<string, unknown>> | undefined) => {
    const world = new ReviewWorld();
    const held = await world.heldByFlag();
    const shownWith = (edited: Readonly<Record<string, string>>) =>
      reviewItem({ conversation: held, ...(company && { company }) }, edited, world.clock.now());
    return { held, item: shownWith({}), edited: shownWith({ question: 'did you use a message queue?' }) };
  };

  test.each([
    ['is gone', undefined],
    ['lacks the channel', sampleCompany({ channel_config: {} })],
  ])('so that it %s is shown as it was composed, with every value flagged and none editable', async (_how, company) => {
    const { held, item, edited } = await changed(company);
    expect(item.texts).toEqual([{ name: 'text', segments: [{ text: held.composition?.filled.text }] }]);
    expect(item.variables.map(({ name, flagged, editable }) => [name, flagged, editable])).toEqual([
      ['first_name', true, false],
      ['question', true, false],
    ]);
    expect(item.facts.map(({ path }) => path)).toContain('project_data.position');
    // What was proved may go as it is; other words cannot be proved without the record.
    expect(item.proof).toEqual({ outcome: 'proved', faults: [] });
    expect(edited.proof.outcome).toBe('company_record_incomplete');
    expect(edited.proof.faults[0]?.words[0]).toMatch(/^\S+: /);
  });

  test('so that its template is another version shows the words that were composed, not the new template', async () => {
    const body = 'Dear {{first_name}}, {{question}}';
    const { held, item } = await changed(sampleCompanyWithTemplate({ version: 4, body }));
    expect(item.texts).toEqual([{ name: 'text', segments: [{ text: held.composition?.filled.text }] }]);
  });
});

test('a copied value is the client\'s own: it is shown and not editable', async () => {
  const world = new ReviewWorld();
  const item = await itemOf(world, await world.heldByFlag());
  expect(item.variables).toMatchObject([
    { name: 'first_name', value: 'Ada', verdict: 'copied', editable: false, longest: 40 },
    { name: 'question', editable: true, longest: 120 },
  ]);
});

test.each([
  [
    'as the reminder that it is',
    { name: 'cv_reminder', version: 1, body: 'Hello again {{first_name}}, {{question}}' },
    'Hello again Ada, ',
  ],
  ['by no other template, where the company has none for reminders', undefined, undefined],
])('a reminder without words is shown %s', async (_how, reminder, text) => {
  const world = new ReviewWorld();
  const { composition: _none, ...held } = await world.heldByTemplate();
  const company = sampleCompany();
  const { sms } = company.channel_config;
  const reminder_template = reminder && { ...sms.template, ...reminder };
  const changed = { ...company, channel_config: { ...company.channel_config, sms: { ...sms, reminder_template } } };
  const reminding = { ...held, reminder_of: 'brightpath#cv-review#original#447700900002' };
  const { texts } = reviewItem({ conversation: reminding, company: changed }, {}, world.clock.now());
  expect(texts[0]?.segments.map((segment) => segment.text).join('')).toBe(text);
});
