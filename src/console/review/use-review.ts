import { useQueries, useQuery } from '@tanstack/react-query';
import type { Held } from '../shared/api';
import { api, read } from '../shared/api';

/** Messages that are loaded ahead of the one that is looked at. */
const AHEAD = 2;

/** What was loaded ahead is loaded again once it is this old, and forgotten soon after it was looked at. */
const FRESH_MILLISECONDS = 60_000;

function reviewQuery(key: string) {
  return {
    queryKey: ['review', key],
    queryFn: async () => read(api.GET('/console/api/reviews/{id}', { params: { path: { id: key } } })),
    staleTime: Infinity,
    gcTime: FRESH_MILLISECONDS,
    refetchOnWindowFocus: false,
  };
}

/**
 * One message that waits. What is being decided about must not change under the person's eyes; the decision says if it
 * did.
 */
export function useReview(openKey: string) {
  return useQuery(reviewQuery(openKey));
}

/** Loads what comes next while this message is looked at, so that nobody waits between two. */
export function useReviewsAhead(next: readonly Held[]): void {
  useQueries({
    queries: next
      .slice(0, AHEAD)
      .map(({ key }) => ({ ...reviewQuery(key), refetchInterval: FRESH_MILLISECONDS, retry: false })),
  });
}
