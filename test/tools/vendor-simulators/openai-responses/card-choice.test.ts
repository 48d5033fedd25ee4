import { chooseCard } from '../../../../tools/vendor-simulators/openai-responses/card-choice';

const question = {
  cards: [
    { id: 'ask_start', when: 'The candidate does not say from which day.', text: 'From which day could you start?' },
    { id: 'pay', when: 'The candidate asks what the job pays.', text: 'It is {{pay}}.', variables: { pay: { description: 'Pay per hour' } } },
    {
      id: 'ring', when: 'The candidate asks for a call.', text: 'We ring you "{{wish}}".',
      variables: { wish: { description: 'When', from: 'recipient' } },
    },
  ],
  facts: { knowledge: { hourly_pay: { amount: 21.5 }, place: 'Norwich' } },
};

test('a question gets the card whose condition it meets, with values of the facts or of its own words', () => {
  const asking = (text: string) => chooseCard(question, { texts: [text], isQuestion: true, open: ['From which day?'] });
  expect(asking('How much does it pay?')).toEqual({ card: 'pay', values: { pay: '21.5' } });
  expect(asking('Could you call me after six today please?')).toEqual({
    card: 'ring', values: { wish: 'Could you call me after' },
  });
  expect(asking('May I bring my dog?')).toEqual({ card: null, values: {} });
});

test('what leaves an answer open gets the card that asks for it', () => {
  const found = { texts: ['I was on leave.'], isQuestion: false };
  expect(chooseCard(question, { ...found, open: ['From which day could you start?'] })).toEqual({
    card: 'ask_start', values: {},
  });
  expect(chooseCard(question, { ...found, open: [] })).toEqual({ card: null, values: {} });
  expect(chooseCard({}, { ...found, open: ['From which day?'] })).toEqual({ card: null, values: {} });
});
