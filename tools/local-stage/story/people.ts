import type { SampleChannel } from '../sample/requests';

/** Whom the story asks on a channel, and what they write. */
export interface StoryPerson {
  readonly first: string;
  readonly last: string;
  /** Phone number or mailbox. */
  readonly address: string;
  /** Messages that are written one after the other, and what follows after a while. */
  readonly bursts: readonly [readonly string[], readonly string[]];
  /** What the engine is to find in them. */
  readonly answers: { readonly explanation: string; readonly start_date: string };
}

export const STORY_PEOPLE: Readonly<Record<SampleChannel, StoryPerson>> = {
  whatsapp: {
    first: 'Leila',
    last: 'Haddad',
    address: '+447700900240',
    bursts: [
      ['Hello, sorry for the delay!', 'I was on holiday until August and paid for it.'],
      ['I could start on 1 February 2027.'],
    ],
    answers: { explanation: 'I was on holiday until August and paid for it', start_date: '2027-02-01' },
  },
  sms: {
    first: 'Owen',
    last: 'Price',
    address: '+447700900241',
    bursts: [['Hi!', 'I was looking after my mother.'], ['I could start on 15 March 2027.']],
    answers: { explanation: 'I was looking after my mother', start_date: '2027-03-15' },
  },
  email: {
    first: 'Marta',
    last: 'Silva',
    address: 'marta.silva@example.com',
    bursts: [
      ['Thank you for asking.', 'I studied at Thornbury College until 2019.'],
      ['I could start on 1 March 2027.'],
    ],
    answers: { explanation: 'I studied at Thornbury College until 2019', start_date: '2027-03-01' },
  },
};

export const WISH_FOR_PERSON = 'Can I talk to somebody?';
export const STOP_WORD = 'STOP';
/** Who answers for the company. */
export const COLLEAGUE = 'Sam Reyes';
export const ANSWER_OF_COLLEAGUE = 'Of course. I will ring you this afternoon. Kind regards, Sam Reyes';
