import type { CountedRequest, Periods } from '../core/usage/usage';
import { countsOpen, entryName, newEntry, openAtMost } from '../core/usage/usage';
import type { Item } from './item';

/** Days after a month's first request after which a project's counts are removed: beyond the month itself. */
const KEPT_DAYS = 40;

/** What a project's item says. */
export interface UsageItem {
  /** The latest with a request; -1 before the first. */
  readonly latest: Periods;
  readonly ofMinute: number;
  readonly ofDay: number;
  /** Millionths of the currency, spent and reserved in the latest month. */
  readonly committed: number;
  /** By name; absent where none was ever counted. */
  readonly open?: Readonly<Record<string, string>>;
}

/** What a function knows of the item before it writes. */
export interface Seen extends Periods {
  readonly hasOpen: boolean;
}

export function readUsage(item: Item | undefined): UsageItem {
  const number = (value: unknown, otherwise: number) => (typeof value === 'number' ? value : otherwise);
  return {
    latest: {
      minute: number(item?.latest_minute, -1),
      day: number(item?.latest_day, -1),
      month: number(item?.latest_month, -1),
    },
    ofMinute: number(item?.minute_count, 0),
    ofDay: number(item?.day_count, 0),
    committed: number(item?.committed, 0),
    ...(isTexts(item?.open) ? { open: item.open } : {}),
  };
}

interface Part {
  readonly set: readonly string[];
  readonly when: readonly string[];
  readonly values?: Readonly<Record<string, unknown>>;
  readonly names?: Readonly<Record<string, string>>;
}

/**
 * The one write that counts a request: a new period needs another one than one that has begun, and an item without
 * open conversations its first.
 */
export function countWrite(request: CountedRequest, seen: Seen, at: Periods) {
  const { limits } = request;
  const parts = [
    counted('minute', seen.minute === at.minute, limits.requests_per_minute),
    counted('day', seen.day === at.day, limits.requests_per_day),
    commit(request, seen.month === at.month),
    ...(countsOpen(request) ? [open(request, seen.hasOpen, at)] : []),
  ];
  const names = Object.assign({}, ...parts.map((part) => part.names ?? {})) as Record<string, string>;
  const values = Object.assign(
    { ':one': 1, ':minute': at.minute, ':day': at.day, ':month': at.month },
    ...parts.map((part) => part.values ?? {}),
  ) as Record<string, unknown>;
  return {
    UpdateExpression: `SET ${parts.flatMap(({ set }) => set).join(', ')}`,
    ConditionExpression: parts.flatMap(({ when }) => when).join(' AND '),
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ExpressionAttributeValues: values,
  };
}

function counted(period: 'minute' | 'day', hasBegun: boolean, limit: number | null | undefined): Part {
  const [latest, count, now, most] = [`latest_${period}`, `${period}_count`, `:${period}`, `:${period}_limit`];
  if (!hasBegun) return { set: [`${latest} = ${now}`, `${count} = :one`], when: [isNew(latest, now)] };
  return {
    set: [`${count} = ${count} + :one`],
    when: [`${latest} = ${now}`, ...(limit ? [`${count} < ${most}`] : [])],
    ...(limit ? { values: { [most]: limit } } : {}),
  };
}

function commit({ budget, now }: CountedRequest, hasBegun: boolean): Part {
  const reserved = budget?.reserved ?? 0;
  if (!hasBegun) {
    const removal = Math.floor(now / 1000) + KEPT_DAYS * 24 * 60 * 60;
    return {
      set: ['latest_month = :month', 'committed = :reserved', 'time_to_live = :removal'],
      when: [isNew('latest_month', ':month')],
      values: { ':reserved': reserved, ':removal': removal },
    };
  }
  return {
    set: budget ? ['committed = committed + :reserved'] : [],
    when: ['latest_month = :month', ...(budget ? ['committed <= :left'] : [])],
    ...(budget ? { values: { ':reserved': reserved, ':left': budget.monthly - reserved } } : {}),
  };
}

function open(request: CountedRequest, hasOpen: boolean, at: Periods): Part {
  const [name, entry] = [entryName(request.requestId), newEntry(request, at)];
  if (!hasOpen) {
    return {
      set: ['#open = :open'],
      when: ['attribute_not_exists(#open)'],
      names: { '#open': 'open' },
      values: { ':open': { [name]: entry } },
    };
  }
  return {
    set: ['#open.#entry = :entry'],
    when: ['attribute_exists(#open)', 'attribute_not_exists(#open.#entry)', 'size(#open) < :most'],
    names: { '#open': 'open', '#entry': name },
    values: { ':entry': entry, ':most': openAtMost(request) },
  };
}

function isNew(attribute: string, value: string): string {
  return `(attribute_not_exists(${attribute}) OR ${attribute} < ${value})`;
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return typeof value === 'object' && value !== null;
}
