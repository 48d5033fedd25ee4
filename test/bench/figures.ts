/** Several measurements of one thing: the middle one, and the quarter below and above which the outer ones lie. */
export interface Spread {
  readonly median: number;
  readonly lower: number;
  readonly upper: number;
  readonly count: number;
}

export function spread(values: readonly number[]): Spread {
  return {
    median: quantile(values, 0.5),
    lower: quantile(values, 0.25),
    upper: quantile(values, 0.75),
    count: values.length,
  };
}

/** The value below which this share of all lies, between neighbours in proportion; 0 of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** A number as a person reads it: three digits that count, no more. */
export function readable(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const digits = Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(Math.abs(value)))));
  const rounded = value.toFixed(digits);
  return digits > 0 ? rounded.replace(/\.?0+$/, '') : Number(rounded).toLocaleString('en-GB');
}

/** Median with its quartiles. */
export function readableSpread({ median, lower, upper }: Spread, unit = ''): string {
  return `${readable(median)}${unit} (${readable(lower)}–${readable(upper)})`;
}
