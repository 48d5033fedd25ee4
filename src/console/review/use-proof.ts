import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ReviewItem } from '../shared/api';
import { api, read } from '../shared/api';

/** A value is proved when nothing was typed for this long. */
const PAUSE_MILLISECONDS = 300;

type Values = Readonly<Record<string, string>>;

/** The message with the person's values, proved; `isCurrent` once the proof is of what stands there now. */
export function useProof(
  key: string,
  edits: Values,
): {
    readonly proved: ReviewItem | undefined;
    readonly isCurrent: boolean;
    readonly error: unknown;
  } {
  const [asked, setAsked] = useState<Values>(edits);
  useEffect(() => {
    const timer = setTimeout(() => {
      setAsked(edits);
    }, PAUSE_MILLISECONDS);
    return () => {
      clearTimeout(timer);
    };
  }, [edits]);
  const isEdited = Object.keys(asked).length > 0;
  const { data, error, isFetching } = useQuery({
    queryKey: ['proof', key, asked],
    queryFn: async () =>
      read(
        api.POST('/console/api/reviews/{id}/proof', {
          params: { path: { id: key } },
          body: { values: { ...asked } },
        }),
      ),
    enabled: isEdited,
    placeholderData: (before) => before,
    retry: false,
    gcTime: 30_000,
  });
  const isAsked = JSON.stringify(asked) === JSON.stringify(edits);
  return {
    proved: isEdited ? data : undefined,
    isCurrent: isAsked && (!isEdited || (data !== undefined && !isFetching && !error)),
    error: isEdited ? error : null,
  };
}
