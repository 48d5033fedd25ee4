import { readAmounts, readPercentages } from './amounts';
import type { ClaimBody, Reading } from './claim';
import { readContacts } from './contacts';
import { readDates } from './dates';
import type { SpannedText } from './folded-text';
import { writeNumbersAsDigits } from './number-words';
import { readMarkedNumbers, readPlainNumbers } from './numbers';
import { readTelephones } from './telephone';
import { readTimes } from './times';

/** A claim of a text. */
export interface FoundClaim extends ClaimBody {
  /** The variables whose words it touches. */
  readonly variables: readonly string[];
  /** It is all that the text says. */
  readonly isWhole: boolean;
}

/** Everything in a folded text that a fact has to prove. The order matters: a date is no telephone number, a link's digits are no number. */
export function extractClaims(folded: SpannedText, language: string): readonly FoundClaim[] {
  const contacts: Reading = { text: folded.text, claims: [] };
  readContacts(contacts);
  const inDigits = writeNumbersAsDigits({ text: contacts.text, spans: folded.spans });
  const rest: Reading = { text: inDigits.text, claims: [] };
  readDates(rest, language);
  readTimes(rest);
  readPercentages(rest, language);
  readAmounts(rest, language);
  readMarkedNumbers(rest, language);
  readTelephones(rest);
  readPlainNumbers(rest, language);
  return [...locate(contacts, folded), ...locate(rest, inDigits)];
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
  }));
}
