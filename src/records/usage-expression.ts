import type { RequestLimits } from '../core/request-limits';
import type { Item } from './failed-condition';

type Limits = Parameters<RequestLimits['take']>[0]['limits'];

/** Days after which a day's counts are removed: long enough to look at them. */
const KEPT_DAYS = 40;

/** What a project's item of one day says. */
export interface Usage {
  /** The latest minute with a request, in minutes since 1970; -1 before the first. */
  readonly minute: number;
  readonly ofMinute: number;
  readonly ofDay: number;
}

export function readUsage(item: Item | undefined): Usage {
  const number = (value: unknown, otherwise: number) => (typeof value === 'number' ? value : otherwise);
  return { minute: number(item?.latest_minute, -1), ofMinute: number(item?.minute_count, 0), ofDay: number(item?.day_count, 0) };
}

/** The write for a minute that has begun. */
export function countInMinute(minute: number, limits: Limits) {
  const { requests_per_minute: perMinute, requests_per_day: perDay } = limits;
  return {
    UpdateExpression: 'SET minute_count = minute_count + :one, day_count = day_count + :one',
    ConditionExpression: ['latest_minute = :minute', ...(perMinute ? ['minute_count < :perMinute'] : []), ...(perDay ? ['day_count < :perDay'] : [])].join(
      ' AND ',
    ),
    ExpressionAttributeValues: { ':one': 1, ':minute': minute, ...(perMinute && { ':perMinute': perMinute }), ...(perDay && { ':perDay': perDay }) },
  };
}

/** The write for the first request of a minute; a limit of requests a minute is at least one. */
export function countInNewMinute(minute: number, { requests_per_day: perDay }: Limits, now: number) {
  const isNew = '(attribute_not_exists(latest_minute) OR latest_minute < :minute)';
  return {
    UpdateExpression: 'SET latest_minute = :minute, minute_count = :one, day_count = if_not_exists(day_count, :zero) + :one, time_to_live = :removal',
    ConditionExpression: perDay ? `${isNew} AND (attribute_not_exists(day_count) OR day_count < :perDay)` : isNew,
    ExpressionAttributeValues: {
      ':one': 1,
      ':zero': 0,
      ':minute': minute,
      ':removal': Math.floor(now / 1000) + KEPT_DAYS * 24 * 60 * 60,
      ...(perDay && { ':perDay': perDay }),
    },
  };
}
