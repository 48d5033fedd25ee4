import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { ProvedValue } from '../proof/proved-values';
import { ProvedValues } from '../proof/proved-values';
import type { DryRun } from '../shared/api';
import { moment } from '../shared/moments';
import { visibleText } from '../shared/visible-text';
import { ReplyResult } from './reply-result';
import { curlOf, typescriptOf } from './request-of';

interface DryRunResultProps {
  readonly run: DryRun;
  readonly request: Readonly<Record<string, unknown>>;
}

/** What would become of the request. */
export function DryRunResult({ run, request }: DryRunResultProps) {
  const { outcome, message, detail, texts, values, facts, cost, template, model, segments, releaseAt, reply } = run;
  const isGood = outcome === 'would_send';
  return (
    <div role="status" aria-live="polite">
      <Container header={<Header variant="h2">Result</Header>}>
        <SpaceBetween size="m">
          <StatusIndicator type={isGood ? 'success' : outcome === 'would_wait_for_a_person' ? 'warning' : 'error'}>
            {`${message}${detail === undefined ? '' : ` (${visibleText(detail)})`}`}
          </StatusIndicator>
          {texts.length > 0 && (
            <div className="bubble">
              {texts.map(({ name, text }) => (
                <div key={name} className={`text text-${name}`} dir="auto">
                  {visibleText(text)}
                </div>
              ))}
            </div>
          )}
          <KeyValuePairs
            columns={2}
            items={[
              { label: 'Template', value: template ?? '–' },
              { label: 'Model', value: model ?? 'none was asked' },
              {
                label: 'Cost if it is sent',
                value: cost?.amount === undefined ? '–' : `${cost.amount.toFixed(4)} ${cost.currency}`,
              },
              {
                label: 'Held back from the budget until it has ended',
                value: cost === undefined ? '–' : `${cost.reserved.toFixed(4)} ${cost.currency}`,
              },
              ...(segments === undefined ? [] : [{ label: 'SMS segments', value: String(segments) }]),
              { label: 'Leaves', value: releaseOf(outcome, releaseAt) },
            ]}
          />
          {values.length > 0 && <Box variant="h3">What proves each value</Box>}
          <ProvedValues values={values.map(judgedValue)} facts={facts} />
          {reply && <ReplyResult reply={reply} />}
          <SpaceBetween direction="horizontal" size="xs">
            <CopyToClipboard
              copyButtonText="Copy as curl"
              textToCopy={curlOf(request)}
              copySuccessText="Copied"
              copyErrorText="Copying failed."
            />
            <CopyToClipboard
              copyButtonText="Copy as TypeScript"
              textToCopy={typescriptOf(request)}
              copySuccessText="Copied"
              copyErrorText="Copying failed."
            />
          </SpaceBetween>
        </SpaceBetween>
      </Container>
    </div>
  );
}

/** Where the model's words were refused they are what was judged; what goes instead stands above them. */
function judgedValue({ variable, verdict, value, refused, judged, isRefused, claims }: DryRun['values'][number]): ProvedValue {
  return { variable, verdict, value: judged, claims, ...(isRefused ? { instead: value ?? '' } : { refused }) };
}

function releaseOf(outcome: string, releaseAt: string | undefined): string {
  if (outcome === 'would_fail') return 'never';
  const when = releaseAt === undefined ? 'at once' : `at ${moment(releaseAt)}`;
  return outcome === 'would_wait_for_a_person' ? `${when}, once a reviewer approves it` : when;
}
