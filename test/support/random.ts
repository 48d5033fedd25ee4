/** Lehmer's generator with the constants of Park, Miller and Stockmeyer (1993). */
const MULTIPLIER = 48_271;
const MODULUS = 2_147_483_647;

/** Repeatable random choices: the same seed, a positive integer, makes the same run. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed % MODULUS;
    // The first values of small seeds are alike.
    for (let step = 0; step < 5; step += 1) this.next();
  }

  /** From above 0 to below 1. */
  next(): number {
    this.state = (this.state * MULTIPLIER) % MODULUS;
    return this.state / MODULUS;
  }

  /** An integer from 0 to below `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<Value>(values: readonly Value[]): Value {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new Error('There is nothing to pick from.');
    return value;
  }
}
