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
  // eslint-disable-line no-control-regex
  /^[^\S\u0000-\u001f\u007f-\u009f]*[^\s\u0000-\u001f\u007f-\u009f][^\u0000-\u001f\u007f-\u009f]*$/;

/** RFC 5321, 4.5.3.1: characters of an address, and of its part before the `@`. */
export const EMAIL_LENGTH = 254;
export const EMAIL_LOCAL_LENGTH = 64;

/** RFC 9562: lower case is the canonical spelling. */
export const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const DATE = /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})/;
const TIME = /T(?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,]\d{1,9})?)?/;
const OFFSET = /(?:Z|[+-](?<offsetHour>\d{2}):?(?<offsetMinute>\d{2}))?/;
/** The form alone; `isTimestamp` says whether day and time exist. */
export const DATE_TIME = new RegExp(`${DATE.source}(?:${TIME.source}${OFFSET.source})?$`);

export function isEmailAddress(text: string): boolean {
  return text.length <= EMAIL_LENGTH && text.indexOf('@') <= EMAIL_LOCAL_LENGTH && EMAIL_ADDRESS.test(text);
}

/** An ISO 8601 date, with or without a time of day, all of which exist; without an offset it is taken as UTC. */
export function isTimestamp(text: string): boolean {
  const parts = DATE_TIME.exec(text)?.groups;
  if (!parts) return false;
  const { year, month, day, hour, minute, second, offsetHour, offsetMinute } = parts;
  return (
    inRange(month, 1, 12) &&
    inRange(day, 1, daysInMonth(Number(year), Number(month))) &&
    inRange(hour, 0, 23) &&
    inRange(minute, 0, 59) &&
    inRange(second, 0, 59) &&
    inRange(offsetHour, 0, 23) &&
    inRange(offsetMinute, 0, 59)
  );
}

function inRange(digits: string | undefined, least: number, most: number): boolean {
  return digits === undefined || (Number(digits) >= least && Number(digits) <= most);
}

function daysInMonth(year: number, month: number): number {
  // The calendar repeats every 400 years; so mapped, no year falls under JavaScript's rule for those below 100.
  return new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}
