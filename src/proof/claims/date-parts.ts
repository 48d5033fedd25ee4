import type { ClaimBody } from './claim';

/** What a date says of itself; a whole date implies its weekday. */
export interface DateParts {
  readonly year?: number;
  readonly month?: number;
  readonly day?: number;
  readonly weekday?: number;
}

/** The year as it is written, `'98` included: 70 to 99 are of the last century. */
export function fourDigitYear(written: string | undefined): number | undefined {
  if (written === undefined) return undefined;
  const year = Number(written.replace('\'', ''));
  if (year >= 100) return year;
  return year >= 70 ? 1900 + year : 2000 + year;
}

/** The claim that a date has these parts; undefined where no date can. */
export function dateClaims(parts: DateParts): readonly ClaimBody[] | undefined {
  if (!isPossible(parts)) return undefined;
  return [{ kind: 'date', needs: [dateKey(parts)], offers: offeredParts(parts) }];
}

/** `the 30th`: the day of a date, or an ordinal. */
export function dayClaims(day: number): readonly ClaimBody[] | undefined {
  const ordinal = `number:ordinal ${day}`;
  return dateClaims({ day })?.map(({ needs, offers }) => ({
    kind: 'date',
    needs: [...needs, ordinal],
    offers: [...offers, ordinal],
  }));
}

/** A calendar has such a date. */
export function isPossible({ year, month, day }: DateParts): boolean {
  if (month !== undefined && (month < 1 || month > 12)) return false;
  if (day === undefined) return true;
  return day >= 1 && day <= new Date(Date.UTC(year ?? 2024, month ?? 1, 0)).getUTCDate();
}

function withWeekday(parts: DateParts): DateParts {
  const { year, month, day } = parts;
  if (parts.weekday !== undefined || year === undefined || month === undefined || day === undefined) return parts;
  const sundayFirst = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return { ...parts, weekday: sundayFirst === 0 ? 7 : sundayFirst };
}

/** Key of a date that says exactly these parts; readers of ordinals and years use it too. */
export function dateKey({ year, month, day, weekday }: DateParts): string {
  const parts = [
    year && `year ${year}`,
    month && `month ${month}`,
    day && `day ${day}`,
    weekday && `weekday ${weekday}`,
  ];
  return `date:${parts.filter(Boolean).join(' ')}`;
}

/**
 * A date proves every date that says less. A weekday that was calculated proves nothing on its own: the dates of a CV
 * have all seven.
 */
function offeredParts(written: DateParts): readonly string[] {
  const { year, month, day, weekday } = withWeekday(written);
  const keys = new Set<string>();
  for (const someYear of [year, undefined]) {
    for (const someMonth of [month, undefined]) {
      for (const someDay of [day, undefined]) {
        for (const someWeekday of [someDay === undefined ? written.weekday : weekday, undefined]) {
          keys.add(dateKey({ year: someYear, month: someMonth, day: someDay, weekday: someWeekday }));
        }
      }
    }
  }
  keys.delete(dateKey({}));
  return [...keys];
}
