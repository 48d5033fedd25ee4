export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** When people of a company are there. */
export interface OpeningHours {
  readonly time_zone: string;
  readonly hours?: Readonly<Partial<Record<(typeof WEEKDAYS)[number], string | undefined>>> | undefined;
  readonly closed_on?: readonly string[] | undefined;
}

/** A moment by the clocks of a time zone: `2026-12-31` and `23:59`. */
export interface LocalTime {
  readonly date: string;
  readonly time: string;
}

/** Days that are looked ahead: longer than any holiday. */
const DAYS_AHEAD = 60;

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** What the clocks of a time zone show at `now`, in milliseconds since 1970. */
export function localTime(timeZone: string, now: number): LocalTime {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  }).formatToParts(now);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? '';
  return { date: `${part('year')}-${part('month')}-${part('day')}`, time: `${part('hour')}:${part('minute')}` };
}

/** When a person is back; undefined while one is there, and where no day of the next two months is open. */
export function backAt(opening: OpeningHours, now: number): LocalTime | undefined {
  const here = localTime(opening.time_zone, now);
  if (isOpen(opening, here)) return undefined;
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead += 1) {
    const date = dayAfter(here.date, ahead);
    const [opens] = hoursOf(opening, date) ?? [];
    if (opens !== undefined && (ahead > 0 || opens > here.time)) return { date, time: opens };
  }
  return undefined;
}

/** Whether people of the company are there; without hours they always are. */
export function isStaffed(opening: OpeningHours, now: number): boolean {
  return isOpen(opening, localTime(opening.time_zone, now));
}

function isOpen(opening: OpeningHours, { date, time }: LocalTime): boolean {
  const [opens = '', closes = ''] = hoursOf(opening, date) ?? [];
  return opens <= time && time < closes;
}

/** From and to, as texts that sort by time; undefined where the day is closed. */
function hoursOf({ hours, closed_on: closed = [] }: OpeningHours, date: string): readonly string[] | undefined {
  if (closed.includes(date)) return undefined;
  if (!hours) return ['00:00', '24:00'];
  const weekday = WEEKDAYS[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7];
  return weekday && hours[weekday]?.split('-');
}

function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
