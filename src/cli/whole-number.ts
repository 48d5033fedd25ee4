import { InvalidArgumentError } from 'commander';

/** For a flag that takes a whole number from 1, up to a limit. */
export function wholeNumberTo(largest: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < 1 || value > largest) {
      throw new InvalidArgumentError(`Give a whole number from 1${Number.isFinite(largest) ? ` to ${largest}` : ''}.`);
    }
    return value;
  };
}
