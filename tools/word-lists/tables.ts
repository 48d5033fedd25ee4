import type { Tables } from '../../src/proof/words/tables';
import { CAPITALISED } from './tables/capitalised';
import { CLOCKS, ORDINAL_HOURS } from './tables/clocks';
import { CONCEPTS, PERIODS } from './tables/concepts';
import { NEGATIONS, OUTCOMES } from './tables/denials';
import { FLOORS } from './tables/floors';
import { LITTLE_WORDS } from './tables/little-words';
import { PARTS_OF_AN_HOUR } from './tables/parts-of-an-hour';
import { PROMISES, SAME_IN_LANGUAGES } from './tables/promises';
import { REGIONS } from './tables/regions';
import { MORE } from './tables/relative-words';
import { WORDS_OF_UNITS } from './tables/units';

/** The tables that are written by hand; `npx projen word-lists` packs them after every change. */
export const TABLES: Omit<Tables, 'numberWords'> = {
  promises: PROMISES,
  sameInLanguages: SAME_IN_LANGUAGES,
  clocks: CLOCKS,
  ordinalHours: ORDINAL_HOURS,
  units: WORDS_OF_UNITS,
  concepts: CONCEPTS,
  periods: PERIODS,
  relativeWords: MORE,
  capitalised: CAPITALISED,
  littleWords: LITTLE_WORDS,
  floors: FLOORS,
  partsOfAnHour: PARTS_OF_AN_HOUR,
  negations: NEGATIONS,
  outcomes: OUTCOMES,
  regions: REGIONS,
};
