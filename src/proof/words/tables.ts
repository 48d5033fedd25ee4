import { brotliDecompressSync } from 'node:zlib';
import { PACKED_TABLES } from './packed-tables';

/**
 * How one language says times of day. Patterns are read once number words are digits; `H` stands for an hour, `M` for
 * minutes.
 */
export interface ClockWords {
  /** Words behind an hour, in small letters: 午前 and the like stand before it. */
  readonly morning?: string;
  readonly afternoon?: string;
  readonly morningBefore?: string;
  readonly afternoonBefore?: string;
  /** The word for hours of the clock: `Uhr`, `uur`. */
  readonly hour?: string;
  /** Words before a bare hour: `alle 15`, `om 9`. */
  readonly lead?: string;
  /** Forms such as `halb H`, with the minutes that they mean; negative minutes are those of the hour before. */
  readonly forms?: ReadonlyArray<readonly [form: string, minutes: number]>;
  /** The language counts hours to 24, so that a bare hour is what it says. */
  readonly countsTo24?: boolean;
}

type ByName<Value = string> = Readonly<Record<string, Value>>;

/** Words of many languages. `tools/word-lists/tables` holds them in readable form and says what each is. */
export interface Tables {
  readonly numberWords: ByName<readonly string[]>;
  readonly promises: ByName;
  readonly sameInLanguages: readonly string[];
  readonly clocks: ByName<ClockWords>;
  readonly ordinalHours: ByName;
  readonly units: ByName;
  readonly concepts: ByName;
  readonly periods: ByName;
  readonly relativeWords: ByName;
  readonly capitalised: ByName;
  readonly littleWords: ByName;
  readonly floors: ByName<readonly [ordinals: string, floors: string]>;
  readonly partsOfAnHour: ByName<ReadonlyArray<readonly [minutes: number, words: string]>>;
  readonly negations: ByName;
  /** `ID Idaho|…`, by the two letters of an address. */
  readonly regions: string;
  readonly outcomes: ReadonlyArray<readonly [name: string, words: string]>;
}

let unpacked: Tables | undefined;

/** The words, unpacked when they are first asked for: packed they take half of the room and no time to load. */
export function tables(): Tables {
  return (unpacked ??= unpack());
}

function unpack(): Tables {
  const read: Tables = JSON.parse(brotliDecompressSync(Buffer.from(PACKED_TABLES, 'base64')).toString());
  return read;
}
