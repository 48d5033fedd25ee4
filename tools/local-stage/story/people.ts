import type { SampleChannel } from '../sample/requests';

/** Whom the story asks. */
export interface StoryRecipient {
  readonly first: string;
  readonly last: string;
  /** Phone number or mailbox. */
  readonly address: string;
}

/** Whom the story asks on a channel, and what they write. */
export interface StoryPerson extends StoryRecipient {
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

/** Who asks back, and what the company's engine may say: it is compared word by word. */
export const CARDS_STORY = {
  recipient: { first: 'Nadia', last: 'Petrov', address: '+447700900242' },
  asksForPay: 'Before I answer: what does the job pay?',
  pay: {
    card: 'pay',
    text: 'This is the automatic assistant of Harbour & Pine. Write PERSON to reach a person.\n\nThe pay for Staff Nurse, '
      + 'Intensive Care is £21.50 per hour. Could you please answer our question, too?',
    values: { job_title: 'Staff Nurse, Intensive Care', hourly_pay: '£21.50' },
    isFirstOfTheDay: true,
  },
  asksWhatNoCardAnswers: 'And may I bring my dog?',
  handOff: 'Thank you. A colleague will read your message and reply to you here.',
  asksThePerson: 'Is anybody there? I asked what the job pays, and about my dog. May I?',
  answer: 'Dogs may come to the garden, not to the wards. Kind regards, Sam Reyes',
  asksForPlace: 'Thank you! And where is the work?',
  place: {
    card: 'place_and_shifts',
    text: 'You would work at Northfield General Hospital. There are these shifts: 07:00-15:00, 14:30-22:30 and 22:00-07:30.',
    values: { place: 'Northfield General Hospital', shifts: '07:00-15:00, 14:30-22:30 and 22:00-07:30' },
    isFirstOfTheDay: false,
  },
  bursts: [['I was on leave from June to August 2023.', 'I could start on 1 April 2027.']],
  answers: { explanation: 'I was on leave from June to August 2023', start_date: '2027-04-01' },
} as const;
