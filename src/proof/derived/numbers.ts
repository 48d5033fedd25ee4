import { exactNumberKey } from '../claims/number-literal';
import { durationKey } from '../claims/units';
import type { Leaf } from '../fact-places';
import type { DerivedOffer } from './derived-offer';
import { areAlike, groupBy, LARGEST_QUANTITY, MOST_FIGURES, QUANTITY, shapeOf } from './derived-offer';

/** Smaller differences and sums of plain numbers would prove any small number. */
const SMALLEST_NUMBER = 20;

/** How many there are in all, where each entry of one list has its quantity. */
export function* totals(leaves: readonly Leaf[]): Generator<DerivedOffer> {
  const lists = groupBy(leaves.filter(isCountOfEntry), shapeOf);
  for (const from of lists.values()) {
    const total = from.reduce((sum, { value }) => sum + Number(value), 0);
    if (from.length > 1 && from.length <= MOST_FIGURES) yield { key: `number:number:${total}`, from };
  }
}

function isCountOfEntry(leaf: Leaf): boolean {
  const { value, path } = leaf;
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= LARGEST_QUANTITY
    && /^\d+$/.test(path.at(-2) ?? '') && QUANTITY.test(path.at(-1) ?? '');
}

/** How much more or less of a thing, where two numbers of an object have the same unit or a word in common. */
function* differences(object: readonly Leaf[]): Generator<DerivedOffer> {
  const numbers = object.filter(({ value, units }) => typeof value === 'number' && units.currencies.length === 0);
  if (numbers.length > MOST_FIGURES) return;
  for (const [index, one] of numbers.entries()) {
    for (const other of numbers.slice(index + 1)) {
      const [left, right] = [Number(one.value), Number(other.value)];
      const isLarge = Math.max(Math.abs(left), Math.abs(right)) >= SMALLEST_NUMBER || !Number.isInteger(left + right);
      if (!isLarge || left === right || !areAlike(one, other)) continue;
      const difference = Math.round(Math.abs(left - right) * 1000) / 1000;
      const key = exactNumberKey(difference);
      if (key === undefined) continue;
      yield { key: `number:${key}`, from: [one, other] };
      const { unit } = one.units;
      if (unit !== undefined) yield { key: `number:${key} ${unit}`, from: [one, other] };
      if (one.units.percent) yield { key: `percentage:${key}`, from: [one, other] };
    }
  }
}

const CLOCK = /^(?:(\d{4}-\d{2}-\d{2})[T ])?(\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/;

/** Longer than any stay or delay that a message tells in days. */
const MOST_DAYS = 366;

/** The days from one date of an object to another. */
export function daysBetween(
  object: readonly Leaf[],
): ReadonlyArray<{ readonly count: number; readonly from: readonly Leaf[] }> {
  const dates = object.flatMap((leaf) => {
    const [, day] = typeof leaf.value === 'string' ? (DAY.exec(leaf.value) ?? []) : [];
    return day === undefined || Number.isNaN(Date.parse(day)) ? [] : [{ leaf, day: Date.parse(day) / 86_400_000 }];
  });
  if (dates.length > MOST_FIGURES) return [];
  return dates.flatMap((start) => dates.flatMap((end) => {
    const count = end.day - start.day;
    return count < 1 || count > MOST_DAYS ? [] : [{ count, from: [start.leaf, end.leaf] }];
  }));
}

/** Nights or days between two dates: a stay, or how much later something was. */
function* days(object: readonly Leaf[]): Generator<DerivedOffer> {
  for (const { count, from } of daysBetween(object)) {
    const key = durationKey(count, 'day');
    if (key !== undefined) yield { key, from };
    yield { key: `number:number:${count} night`, from };
  }
}

const DAY = /^(\d{4}-\d{2}-\d{2})(?:$|[T ]\d{2}:)/;

/** How long it is between two times of an object. An end is not offered: it would prove a wrong beginning. */
function* lengths(object: readonly Leaf[]): Generator<DerivedOffer> {
  const clocks = object.flatMap((leaf) => {
    const [, day, hour, minute] = typeof leaf.value === 'string' ? (CLOCK.exec(leaf.value) ?? []) : [];
    if (hour === undefined || minute === undefined) return [];
    const midnight = day === undefined ? 0 : Date.parse(day) / 60_000;
    return [{ leaf, day, minutes: midnight + Number(hour) * 60 + Number(minute) }];
  });
  if (clocks.length > MOST_FIGURES) return;
  for (const start of clocks) {
    for (const end of clocks) {
      const minutes = end.minutes - start.minutes;
      if (minutes <= 0 || (end.day === undefined) !== (start.day === undefined)) continue;
      const key = durationKey(minutes, 'minute');
      if (key !== undefined) yield { key, from: [start.leaf, end.leaf] };
    }
  }
}


/** What the numbers and times of one object prove with each other. */
export function* numbersWithin(object: readonly Leaf[]): Generator<DerivedOffer> {
  yield* differences(object);
  yield* lengths(object);
  yield* days(object);
}
