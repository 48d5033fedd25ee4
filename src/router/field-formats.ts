/**
 * E.164: plus sign, country code, at most 15 digits (ITU-T E.164, 6.2.1); no country's numbers are shorter than seven.
 */
export const TELEPHONE_NUMBER = /^\+[1-9]\d{6,14}$/;

/**
 * What mail programs accept and every vendor delivers: the ASCII dot-atom of RFC 5322 at a domain of at least two
 * labels. Without flags, since the API's document gives it to clients as it stands.
 */
export const EMAIL_ADDRESS =
  /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/;

/** A name for the API's document: not blank, no control characters; in one expression that needs no flag. */
export const PERSON_NAME =
  /^[^\S\u0000-\u001f\u007f-\u009f]*[^\s\u0000-\u001f\u007f-\u009f][^\u0000-\u001f\u007f-\u009f]*$/;

/** RFC 5321, 4.5.3.1: characters of an address, and of its part before the `@`. */
export const EMAIL_LENGTH = 254;
export const EMAIL_LOCAL_LENGTH = 64;

/** RFC 9562: lower case is the canonical spelling. */
export const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Months of 31 and of 30 days, and February without its last day, of any year. */
const EVERY_YEAR =
  /\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))/;
/** Of a year that four divides, unless a hundred does and four hundred does not. */
const LEAP_DAY = /(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29/;
const TIME = /T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d{1,9})?)?/;
const OFFSET = /(?:Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?/;

/**
 * An ISO 8601 date, with or without a time of day, all of which exist; without an offset it is taken as UTC. The API's
 * document gives it to clients as it stands, so what it takes is what is taken.
 */
export const DATE_TIME = new RegExp(
  `^(?:${EVERY_YEAR.source}|${LEAP_DAY.source})(?:${TIME.source}${OFFSET.source})?$`,
);

const TIME_WITH_OFFSET = /T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)/;

/** The same with a time of day and an offset: a moment that no one reads in two ways, and every program parses. */
export const MOMENT = new RegExp(`^(?:${EVERY_YEAR.source}|${LEAP_DAY.source})${TIME_WITH_OFFSET.source}$`);

/** What `isEmailAddress` takes, beside the whole length, in one expression. */
export const EMAIL_PATTERN = `^(?=[^@]{1,${EMAIL_LOCAL_LENGTH}}@)${EMAIL_ADDRESS.source.slice(1)}`;

export function isEmailAddress(text: string): boolean {
  return text.length <= EMAIL_LENGTH && text.indexOf('@') <= EMAIL_LOCAL_LENGTH && EMAIL_ADDRESS.test(text);
}

/** Whether day and time exist. */
export function isTimestamp(text: string): boolean {
  return DATE_TIME.test(text);
}
