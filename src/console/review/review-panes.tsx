import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useLocation } from 'wouter';
import type { Held } from '../shared/api';
import { FaultAlert } from '../shared/fault-alert';
import { Loading } from '../shared/loading';
import { ReviewOne } from './review-one';
import { useReview, useReviewsAhead } from './use-review';

interface ReviewPanesProps {
  readonly openKey: string;
  readonly waiting: readonly Held[];
}

/** Loads one message; what follows it is taken from the list as it was when this one was opened. */
export function ReviewPanes({ openKey, waiting }: ReviewPanesProps) {
  const [, navigate] = useLocation();
  const { data, error, refetch } = useReview(openKey);
  const position = waiting.findIndex(({ key }) => key === openKey);
  const after = [...waiting.slice(position + 1), ...waiting.slice(0, Math.max(0, position))];
  const [next] = after;
  useReviewsAhead(data || error ? after : []);
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
