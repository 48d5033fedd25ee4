import type { Query } from '@tanstack/react-query';

const USUAL = 15_000;
const LONGEST = 120_000;

/** Only the tab that is looked at asks again; the longer nothing answers, the more rarely. */
export const POLL = {
  refetchInterval: ({ state: { fetchFailureCount } }: Pick<Query, 'state'>) =>
    Math.min(LONGEST, USUAL * 2 ** Math.min(fetchFailureCount, 3)),
  refetchIntervalInBackground: false,
} as const;
