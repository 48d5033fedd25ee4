import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Held, ReviewItem } from '../shared/api';
import { duration, fromNow } from '../shared/moments';
import { channelName } from '../shared/channel-name';
import { visibleText } from '../shared/visible-text';
import { keyOf } from './keys';
import type { Blocked } from './review-state';

interface DecisionBarProps {
  readonly held: Held;
  readonly place: string;
  readonly blocked: Blocked | undefined;
  readonly proof: ReviewItem['proof'];
  readonly onApprove: () => void;
  readonly onReject: () => void;
  readonly onSkip: () => void;
  readonly onSheet: () => void;
  readonly onFlagged: () => void;
}

const WHY: Readonly<Record<Blocked, string>> = {
  proving: 'The values are being proved.',
  unproved: 'It cannot go as it is: edit the values that are refused, or reject it.',
  unvisited: 'Look at each claim that is flagged first.',
};

/** Why the message waits, and the decision. */
export function DecisionBar(props: DecisionBarProps) {
  const { held, place, blocked, proof, onApprove, onReject, onSkip, onSheet, onFlagged } = props;
  return (
    <div className="decision">
      <Header
        variant="h1"
        counter={place && `(${place})`}
        description={<Why held={held} />}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button iconName="keyboard" ariaLabel={`Keys (${keyOf('sheet')})`} onClick={onSheet} />
            <Button onClick={onSkip}>{`Skip (${keyOf('skip')})`}</Button>
            <Button onClick={onReject}>{`Reject (${keyOf('reject')})`}</Button>
            <Button
              variant="primary"
              disabled={blocked !== undefined}
              disabledReason={blocked && WHY[blocked]}
              onClick={onApprove}
            >
              {`Approve (${keyOf('approve')})`}
            </Button>
          </SpaceBetween>
        }
      >
        {`${channelName(held.channel)} to ${held.recipient}`}
      </Header>
      <div role="status" aria-live="polite" className="proof-line">
        {blocked === undefined && (
          <StatusIndicator type="success">
            {proof.outcome === 'unwritten' ? 'May go: the rest is composed once you approve' : 'Proved: it may go'}
          </StatusIndicator>
        )}
        {blocked === 'proving' && <StatusIndicator type="in-progress">{WHY.proving}</StatusIndicator>}
        {blocked === 'unproved' && <StatusIndicator type="error">{WHY.unproved}</StatusIndicator>}
        {blocked === 'unvisited' && (
          <SpaceBetween direction="horizontal" size="xs" alignItems="center">
            <StatusIndicator type="warning">{WHY.unvisited}</StatusIndicator>
            <Button variant="inline-link" onClick={onFlagged}>{`Next flagged (${keyOf('next_claim')})`}</Button>
          </SpaceBetween>
        )}
      </div>
    </div>
  );
}

function Why({ held: { words, detail, waitedSeconds, sendBefore, projectName } }: Pick<DecisionBarProps, 'held'>) {
  return (
    <Box variant="span" color="inherit">
      {visibleText(words)}
      {detail !== undefined && <span className="detail">{` ${visibleText(detail)}.`}</span>}
      {` Waits for ${duration(waitedSeconds)}; of use until ${fromNow(sendBefore, Date.now())}; project `}
      <bdi>{visibleText(projectName)}</bdi>.
    </Box>
  );
}
