import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SAMPLE_CARDS, SAMPLE_KNOWLEDGE } from '../../../tools/local-stage/sample/answers';
import { cardsWorld } from '../../support/cards-world';

const PARKING = `
card_id: parking
when: The candidate asks where to park.
languages:
  en-GB:
    text: Staff park for nothing behind {{place}}.
variables:
  place:
    description: Place of work
    max_length: 80
    copy_of: knowledge.place_of_work
needs: [knowledge.place_of_work]
`;

/** A few lines that would be a million entries. */
const BOMB = ['a', 'b', 'c', 'd', 'e', 'f'].map((name, index, names) => (
  `${name}: &${name} [${Array.from({ length: 9 }, () => (index === 0 ? 'x' : `*${names[index - 1]}`)).join(', ')}]\n`
)).join('');

const folder = mkdtempSync(join(tmpdir(), 'cards-'));
afterAll(() => { rmSync(folder, { recursive: true }); });

let count = 0;
function file(text: string): string {
  const path = join(folder, `cards-${(count += 1)}.yaml`);
  writeFileSync(path, text);
  return path;
}

const set = (text: string) => ['set', '--file', file(text), '--yes'] as const;

test('the cards of the sample company are listed, with what they are for and whether any is sent', async () => {
  const { card } = cardsWorld();
  const { code, output } = await card('list');
  expect(code).toBe(0);
  const lines = output.split('\n');
  expect(lines).toHaveLength(SAMPLE_CARDS.length + 1);
  expect(lines[2]).toBe('pay               1  en-GB de  every channel  The candidate asks what the job pays.');
  expect(lines.at(-1)).toBe('6 cards; none is sent: the project does not say replies: answer');
});

test('a project that answers says so, and one without cards says how to begin', async () => {
  const { card } = cardsWorld({ replies: 'answer' });
  expect((await card('list')).output).toContain('6 cards; the engine answers (replies: answer)');
  const none = cardsWorld({ answer_cards: [] });
  expect((await none.card('list')).output).toContain('no cards yet; set one: ');
});

test('a card whose facts ran out is listed with that', async () => {
  const knowledge = SAMPLE_KNOWLEDGE.map((fact) => (
    fact.name === 'hourly_pay' ? { ...fact, valid_until: '2020-01-31' } : fact
  ));
  const { card } = cardsWorld({ knowledge });
  const { cards } = JSON.parse((await card('list', '--json')).output) as {
    readonly cards: ReadonlyArray<{ readonly card_id: string; readonly problems: readonly string[] }>;
  };
  const problem = 'knowledge.hourly_pay ran out on 2020-01-31: the card is not sent until it is renewed';
  expect(cards.filter(({ problems }) => problems.length > 0)).toEqual([
    expect.objectContaining({ card_id: 'pay', problems: [problem] }),
  ]);
  expect(await card('validate')).toMatchObject({ code: 0 });
  expect(await card('validate', '--strict')).toMatchObject({
    code: 1, errors: expect.stringContaining('the cards have 2 faults: set them anew, then validate again.'),
  });
});

test('a card is added, changed and rolled back, each time with the next number', async () => {
  const { card, stored, audited } = cardsWorld();
  expect(await card(...set(PARKING))).toMatchObject({ code: 0, output: 'parking: version 1 counts from now on' });
  expect(await card(...set(PARKING))).toMatchObject({ code: 0, output: 'nothing differs from what is stored' });
  const changed = await card(...set(PARKING.replace('for nothing', 'free of charge')));
  expect(changed).toMatchObject({ code: 0, output: 'parking: version 2 counts from now on' });
  expect(changed.errors).toContain('~ answer_cards.parking.languages.en-GB.text: "Staff park for nothing behind');
  expect(await card('rollback', 'parking', '--to', '1', '--yes')).toMatchObject({
    code: 0, output: 'parking: version 3 counts from now on',
  });
  expect((await card('history', 'parking')).output.split('\n').map((line) => line.slice(0, 1))).toEqual([
    '3', '2', '1',
  ]);
  expect((await card('show', 'parking', '--number', '2')).output).toContain('free of charge');
  expect((await card('show', 'parking')).output).toContain('for nothing');
  expect(stored().answer_cards).toHaveLength(SAMPLE_CARDS.length + 1);
  expect(audited.map(({ action, person, fields }) => [action, person, fields.at(-1)])).toEqual(
    Array(3).fill(['change_card', 'Sam Reyes', 'parking']),
  );
});

test('who changed a card, and what another tool wrote before, stand in its history', async () => {
  const { card } = cardsWorld();
  const pay = (await card('show', 'pay')).output.replace('an hour', 'per hour');
  expect((await card('history', 'pay')).output).toBe(
    '1  current; written by another tool, kept with the next change',
  );
  expect(await card(...set(pay.replace('what the job pays', 'what they would earn')), '--by', 'Noor Haddad'))
    .toMatchObject({ code: 0, output: 'pay: version 2 counts from now on' });
  const versions = JSON.parse((await card('history', 'pay', '--json')).output) as unknown;
  expect(versions).toMatchObject([
    { version: 2, written_by: 'Noor Haddad', current: true }, { version: 1, current: false, card: { card_id: 'pay' } },
  ]);
});

test('a card that was removed can be taken back, and its number counts on', async () => {
  const { card, stored } = cardsWorld();
  expect(await card('remove', 'pay', '--yes')).toMatchObject({ code: 0, output: 'pay: removed' });
  expect(JSON.stringify(stored().answer_cards)).not.toContain('"pay"');
  expect(await card('rollback', 'pay', '--to', '1', '--yes')).toMatchObject({
    code: 0, output: 'pay: version 2 counts from now on',
  });
});

test('a fact is renewed, and the card that it had stopped is ready again', async () => {
  const knowledge = [{ ...SAMPLE_KNOWLEDGE[0], valid_until: '2020-01-31' }, ...SAMPLE_KNOWLEDGE.slice(1)];
  const { card, audited } = cardsWorld({ knowledge });
  const renewed = 'knowledge:\n  - name: hourly_pay\n    value: { amount: 22, currency: GBP }\n    valid_until: "2031-12-31"\n';
  const result = await card(...set(renewed));
  expect(result).toMatchObject({ code: 0, output: 'changed; it counts from now on' });
  expect(result.errors).toContain('~ knowledge.hourly_pay.value.amount: 21.5 → 22');
  expect(audited).toMatchObject([{ action: 'change_card', fields: ['nurse-recruitment', 'knowledge.hourly_pay'] }]);
  expect((await card('list')).output).not.toContain('ran out');
});

test('all cards are shown as a file that can be set as it is', async () => {
  const { card } = cardsWorld();
  const { output } = await card('show');
  expect(await card(...set(output))).toMatchObject({ code: 0, output: 'nothing differs from what is stored' });
  const path = file(output);
  expect(await card('validate', '--file', path)).toMatchObject({
    code: 0, output: `${path}: the cards are valid`,
  });
});

test('nothing is written without a yes', async () => {
  const { card, stored } = cardsWorld();
  const before = stored();
  expect(await card('set', '--file', file(PARKING))).toMatchObject({
    code: 1, errors: expect.stringMatching(/Give --yes if this is meant: Set 1 card of harbour-and-pine nurse-recruitment on local\?/),
  });
  expect(stored()).toEqual(before);
});

describe('a file is refused with its line', () => {
  test.each([
    ['a variable that is declared twice', `${PARKING}variables: {}\n`, /:13:1: it is not valid YAML: Map keys must be unique/],
    ['a language without disclosure', PARKING.replace('en-GB', 'pl'), /:5:3: languages.pl needs assistant.disclosure/],
    ['a variable that no text uses', PARKING.replace('{{place}}', 'the ward'), /:6:5: languages.en-GB.text does not use \{\{place\}\}/],
    ['a fact that nobody knows', PARKING.replaceAll('place_of_work', 'car_park'), /:12:9: needs.0 names car_park, which knowledge/],
    ['no name', PARKING.replace('card_id: parking', 'name: parking'), /:2:1: card_id is missing/],
    ['the same card twice', `answer_cards:\n  - ${PARKING.trim().replaceAll('\n', '\n    ')}\n`.repeat(1)
      + `  - ${PARKING.trim().replaceAll('\n', '\n    ')}\n`, /card_id is used twice: parking/],
    ['settings that it does not set', 'answer_cards: []\nreplies: answer\n', /:2:1: replies is not set by this command/],
    ['a list that is none', 'answer_cards: parking\n', /answer_cards must be a list/],
    ['a field that JSON gives twice', '{"card_id": "a", "card_id": "b"}', /:1:18: it is not valid YAML: Map keys must be unique/],
    ['an alias of nothing', 'card_id: parking\nwhen: *nothing\n', /:1:1: it is not valid YAML: Unresolved alias/],
    ['aliases without end', BOMB, /:1:1: it is not valid YAML: Excessive alias count/],
    ['an entry that is no card', 'answer_cards: [parking]\n', /answer_cards.0 must hold fields/],
    ['a terminal\'s commands', PARKING.replace('Staff', '"\\e[2J').replace('}}.', '}}."'), /text holds a sign that no program shows/],
  ])('%s', async (_what, text, message) => {
    const { card, stored } = cardsWorld();
    const before = stored();
    const { code, errors } = await card(...set(text));
    expect(errors).toMatch(message);
    expect(errors).toMatch(/nothing was written/);
    expect(code).toBe(1);
    expect(stored()).toEqual(before);
    // eslint-disable-next-line no-control-regex
    expect(errors).not.toMatch(/\u001b/);
  });

  test('sixty-one cards', async () => {
    const { card } = cardsWorld();
    const cards = Array.from({ length: 55 }, (_unused, index) => (
      `  - ${PARKING.trim().replace('parking', `parking_${index}`).replace('park.', `park, ${index}.`).replaceAll('\n', '\n    ')}\n`
    ));
    expect((await card(...set(`answer_cards:\n${cards.join('')}`))).errors).toContain('answer_cards must hold at most 60');
    expect(await card(...set(`answer_cards:\n${cards.slice(1).join('')}`))).toMatchObject({ code: 0 });
  });
});

test('a fact is not changed so that another card breaks', async () => {
  const { card } = cardsWorld();
  const { code, errors } = await card(...set('knowledge:\n  - { name: hourly_pay, value: a lot }\n'));
  expect(code).toBe(1);
  expect(errors).toContain('answer_cards.pay.variables.hourly_pay.copy_of knowledge.hourly_pay cannot be written as amount');
});

test('the last card of a project that answers is not removed', async () => {
  const { card } = cardsWorld({ replies: 'answer', answer_cards: [SAMPLE_CARDS[0]] });
  expect(await card('remove', 'ask_start_date', '--yes')).toMatchObject({
    code: 1, errors: 'Changing the cards failed, and nothing was written: answer_cards is empty: replies: answer needs one '
      + 'card at least. Mend it in a file, and set that.',
  });
});

test('what is wrong with one card keeps no other from being mended', async () => {
  const broken = SAMPLE_CARDS.map((one) => ({ ...one, when: '' }));
  const { card } = cardsWorld({ answer_cards: broken });
  expect(await card(...set(PARKING))).toMatchObject({ code: 0, output: 'parking: version 1 counts from now on' });
});

test('a record that was changed in between is not overwritten', async () => {
  const { card, changeMeanwhile } = cardsWorld();
  changeMeanwhile({ project_name: 'Another name' });
  expect(await card(...set(PARKING))).toMatchObject({
    code: 1, errors: expect.stringContaining('Changing the cards failed, and nothing was written: the record was changed'),
  });
});

test.each([
  [['show', 'parking'], /^Showing the card failed: harbour-and-pine nurse-recruitment has no card parking; see .*card list harbour-and-pine/],
  [['remove', 'parking', '--yes'], /^Removing the card failed: harbour-and-pine nurse-recruitment has no card parking/],
  [['history', 'parking'], /^Reading the history failed: harbour-and-pine nurse-recruitment has no card parking/],
  [['rollback', 'pay', '--to', '9', '--yes'], /^Finding version 9 failed: no such version of the card pay was kept; see .*card history/],
  [['show', 'pay', '--number', '9'], /^Showing the card failed: no version 9 of the card pay was kept; see /],
])('card %j says what is not there', async ([word = '', ...rest], message) => {
  const { card } = cardsWorld();
  expect(await card(word, ...rest)).toMatchObject({ code: 1, errors: expect.stringMatching(message) });
});

test('an earlier version is that of a card', async () => {
  const { card } = cardsWorld();
  expect(await card('show', '--number', '2')).toMatchObject({ code: 2 });
});
