import type { FaultMode } from '../vendor-simulators/fault-mode';
import { BEHAVIOURS } from '../vendor-simulators/openai-responses/behaviours';
import type { AddressBehaviour } from '../vendor-simulators/sendgrid-mail/magic-addresses';
import { MAGIC_ADDRESSES } from '../vendor-simulators/sendgrid-mail/magic-addresses';
import type { MagicBehaviour } from '../vendor-simulators/twilio-messages/magic-numbers';
import { MAGIC_RECIPIENTS } from '../vendor-simulators/twilio-messages/magic-numbers';

/** What a client sees of each fault between the engine and a vendor. */
const FAULTS: Readonly<Record<FaultMode, string>> = {
  'rate-limit': 'asks to send later (429); the message waits',
  'server-error': 'answers with a server error; whether it has the message is unknown',
  'html-page': 'answers with a page of HTML; whether it has the message is unknown',
  'silence': 'never answers; whether it has the message is unknown',
  'reset': 'closes the connection; whether it has the message is unknown',
  'accepted-then-silence': 'takes the message and never answers; its receipt shows that it went',
  'accepted-then-reset': 'takes the message and closes the connection; its receipt shows that it went',
  'accepted-then-cut': 'takes the message and cuts its answer off; its receipt shows that it went',
  'accepted-then-html': 'takes the message and answers with HTML; its receipt shows that it went',
  'accepted-then-server-error': 'takes the message and answers with a server error; its receipt shows that it went',
};

const RECEIPTS: Readonly<Record<string, string>> = {
  'none': 'delivers, and reports nothing',
  'doubled': 'delivers, and reports everything twice',
  'reversed': 'delivers, and reports in the wrong order',
  'stop-at-sent': 'delivers, and reports no more than that it was sent',
};

/** The simulators' numbers, addresses and words with what each does, as a page's tables. */
export function behaviourTables(): string {
  return [
    table('A phone number, on WhatsApp as by SMS', 'Twilio', Object.entries(MAGIC_RECIPIENTS).map(
      ([number, behaviour]) => [number, ofNumber(behaviour)],
    )),
    table('An e-mail address', 'SendGrid', Object.entries(MAGIC_ADDRESSES).map(
      ([address, behaviour]) => [address, ofAddress(behaviour)],
    )),
    table('A fact, as its whole text', 'the language model', BEHAVIOURS.map(
      (word) => [`simulate:${word}`, `${word.replaceAll('-', ' ')}; \`simulate:${word}-once\`: every other time only`],
    )),
  ].join('\n\n');
}

function ofNumber(behaviour: MagicBehaviour): string {
  switch (behaviour.kind) {
    case 'refused':
      return `refuses it with ${behaviour.refusal.code}: ${behaviour.refusal.message}`;
    case 'fault':
      return FAULTS[behaviour.mode];
    case 'fault-once':
      return `the first time only: ${FAULTS[behaviour.mode]}`;
    case 'fails-later':
      return `takes it, and later reports ${behaviour.status} with ${behaviour.code}`;
    case 'receipts':
      return RECEIPTS[behaviour.receipts] ?? behaviour.receipts;
  }
}

function ofAddress(behaviour: AddressBehaviour): string {
  switch (behaviour.kind) {
    case 'refused':
      return `refuses it with HTTP ${behaviour.status}: ${behaviour.message}`;
    case 'fault':
      return FAULTS[behaviour.mode];
    case 'fault-once':
      return `the first time only: ${FAULTS[behaviour.mode]}`;
    case 'events':
      return `takes it, and reports ${behaviour.events.map(({ event }) => event).join(', ')}`;
    case 'receipts':
      return RECEIPTS[behaviour.receipts] ?? behaviour.receipts;
  }
}

function table(what: string, who: string, rows: ReadonlyArray<readonly [string, string]>): string {
  const body = rows.map(([name, words]) => `| \`${name}\` | ${words.replaceAll('|', '\\|')} |`);
  return [`| ${what} | What ${who} does |`, '| --- | --- |', ...body].join('\n');
}
