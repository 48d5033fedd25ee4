import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { Held } from '../shared/api';
import { api, read } from '../shared/api';
import { FaultAlert } from '../shared/fault-alert';
import { Loading } from '../shared/loading';
import { ReviewOne } from './review-one';

interface ReviewPanesProps {
  readonly openKey: string;
  readonly waiting: readonly Held[];
}

/** Loads one message; what follows it is taken from the list as it was when this one was opened. */
export function ReviewPanes({ openKey, waiting }: ReviewPanesProps) {
  const [, navigate] = useLocation();
  const { data, error, refetch } = useQuery({
    queryKey: ['review', openKey],
    queryFn: async () => read(api.GET('/console/api/reviews/{id}', { params: { path: { id: openKey } } })),
    // What is being decided about must not change under the person's eyes; the decision says if it did.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const position = waiting.findIndex(({ key }) => key === openKey);
  const next = waiting[position + 1] ?? waiting.find(({ key }) => key !== openKey);
  const goOn = () => {
    navigate(next ? `/review/${next.key}` : '/review');
  };
  if (error) {
    return (
      <SpaceBetween size="m">
        <FaultAlert error={error} onRetry={() => void refetch()} />
        <SpaceBetween size="xs" direction="horizontal">
          <Button variant="primary" onClick={goOn}>
            {next ? 'Next message' : 'Back to the list'}
          </Button>
          {next && (
            <Button
              onClick={() => {
                navigate('/review');
              }}
            >
              Back to the list
            </Button>
          )}
        </SpaceBetween>
      </SpaceBetween>
    );
  }
  if (!data) return <Loading what="the message" />;
  const place = position < 0 ? '' : `${position + 1} of ${waiting.length}`;
  return <ReviewOne item={data} place={place} onNext={goOn} />;
}
