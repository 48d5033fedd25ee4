import { readAmounts, readPercentages } from './amounts';
import type { ClaimBody, Reading } from './claim';
import { readContacts } from './contacts';
import { readDates } from './dates';
import type { SpannedText } from './folded-text';
import { writeNumbersAsDigits } from './number-words';
import { readHyphenatedCodes, readKnownCodes } from './known-codes';
import { readMarkedNumbers, readPlainNumbers } from './numbers';
import { readTelephones } from './telephone';
import { readTimes } from './times';

/** A claim of a text. */
export interface FoundClaim extends ClaimBody {
  /** The variables whose words it touches. */
  readonly variables: readonly string[];
  /** It is all that the text says. */
  readonly isWhole: boolean;
  /** Where it stands in the text that was read, number words being digits. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const NO_CODES: ReadonlySet<string> = new Set();

/**
 * Everything in a folded text that a fact has to prove. The order matters: a date is not a telephone number, a link's
 * digits are not numbers. `codes`
 * are those of the facts, without separators.
 */
export function extractClaims(folded: SpannedText, language: string, codes = NO_CODES): readonly FoundClaim[] {
  const contacts: Reading = { text: folded.text, claims: [] };
  if (MAY_LEAD_SOMEWHERE.test(folded.text)) readContacts(contacts);
  if (ANY_DIGIT.test(contacts.text)) {
    readKnownCodes(contacts, codes);
    readHyphenatedCodes(contacts);
  }
  const inDigits = writeNumbersAsDigits({ text: contacts.text, spans: folded.spans }, language);
  const rest: Reading = { text: inDigits.text, claims: [] };
  readNumbers(rest, language, ANY_DIGIT.test(inDigits.text));
  return [...locate(contacts, folded), ...locate(rest, inDigits)];
}

/**
 * What a link or an address cannot do without; most texts hold none of it, and looking for it is cheaper than looking
 * for links.
 */
const MAY_LEAD_SOMEWHERE = /[.@:/\\[(<{]|dot|punkt|punto|point|ponto|period|full stop|https?|hxxp|www/i;
const ANY_DIGIT = /\p{N}/u;

/** A text without digits needs the readers of words only. */
function readNumbers(reading: Reading, language: string, hasDigits: boolean): void {
  readDates(reading, language, hasDigits);
  if (hasDigits) readPercentages(reading, language);
  readAmounts(reading, language, hasDigits);
  readTimes(reading, language, hasDigits);
  if (!hasDigits) return;
  readMarkedNumbers(reading, language);
  readTelephones(reading);
  readPlainNumbers(reading, language);
}

/** Only the links, addresses and mentions. */
export function extractContacts(text: SpannedText): readonly FoundClaim[] {
  const reading: Reading = { text: text.text, claims: [] };
  readContacts(reading);
  return locate(reading, text);
}

function locate({ claims }: Reading, { text, spans }: SpannedText): readonly FoundClaim[] {
  return claims.map(({ kind, needs, offers, start, end }) => ({
    kind,
    needs,
    offers,
    variables: spans.filter((span) => span.start < end && span.end > start).map((span) => span.variable),
    isWhole: start === 0 && end === text.length,
    start,
    end,
    text,
  }));
}
