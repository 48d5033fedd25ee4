import Box from '@cloudscape-design/components/box';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { DryRun } from '../shared/api';
import { visibleText } from '../shared/visible-text';

interface ReplyResultProps {
  readonly reply: NonNullable<DryRun['reply']>;
}

/** What would become of a reply: which card, which proof, which limits, and what it costs. */
export function ReplyResult({ reply }: ReplyResultProps) {
  const { outcome, message, reason, refused, answers, card, says, limits, cost } = reply;
  return (
    <SpaceBetween size="xs">
      <Box variant="h3">Reply</Box>
      <StatusIndicator type={outcome === 'would_wait_for_a_person' ? 'warning' : 'info'}>
        {`${message}${reason === undefined ? '' : ` (${visibleText(reason)})`}`}
      </StatusIndicator>
      {says !== undefined && (
        <div className="bubble">
          <div className="text" dir="auto">
            {visibleText(says)}
          </div>
        </div>
      )}
      {refused !== undefined && <Box color="text-status-warning">{`Refused: ${visibleText(refused)}`}</Box>}
      <ul className="claims">
        {answers.map(({ name, value, quote }) => (
          <li key={name}>{visibleText(`${name} = ${value}, from "${quote}"`)}</li>
        ))}
        {(card?.values ?? []).map(({ name, value, verdict }) => (
          <li key={name}>{visibleText(`${name} (${verdict}): ${value}`)}</li>
        ))}
      </ul>
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'Card', value: card ? visibleText(`${card.card_id} version ${card.version}, ${card.language}`) : '–' },
          {
            label: 'Replies at most',
            value: limits ? `${limits.perHour} an hour, ${limits.perDay} a day, ${limits.inARow} in a row` : '–',
          },
          {
            label: 'Cost of reading and answering',
            value: cost ? `${(cost.reading + cost.answer).toFixed(4)} ${cost.currency}` : '–',
          },
        ]}
      />
    </SpaceBetween>
  );
}
