import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ConversationView, ReadText } from '../shared/api';
import { api, read } from '../shared/api';
import { FactPath } from '../shared/fact-path';
import { FaultAlert } from '../shared/fault-alert';
import { moment } from '../shared/moments';
import { visibleText } from '../shared/visible-text';

type Reason = 'delivery_fault' | 'complaint' | 'request_of_recipient' | 'legal_duty';

const REASONS: ReadonlyArray<{ readonly value: Reason; readonly label: string }> = [
  { value: 'delivery_fault', label: 'A fault of the delivery' },
  { value: 'complaint', label: 'A complaint' },
  { value: 'request_of_recipient', label: 'The recipient asked' },
  { value: 'legal_duty', label: 'A legal duty' },
];

interface TextPanelProps {
  readonly openKey: string;
  readonly mayRead: ConversationView['mayRead'];
}

/** What was written and what it was about: shown when it is asked for, and recorded. */
export function TextPanel({ openKey, mayRead }: TextPanelProps) {
  const [reason, setReason] = useState<Reason>();
  const show = useMutation({
    mutationFn: async () =>
      read(
        api.POST('/console/api/conversations/{id}/text', {
          params: { path: { id: openKey } },
          body: mayRead === 'with_reason' ? { reason } : {},
        }),
      ),
  });
  return (
    <Container
      header={
        <Header variant="h2" description="Each look is recorded with your name.">
          Words and facts
        </Header>
      }
    >
      {mayRead === 'no' && (
        <Box>Your role shows states and times here, and no text. A reviewer or a company admin reads it.</Box>
      )}
      {mayRead !== 'no' && !show.data && (
        <SpaceBetween size="s">
          {mayRead === 'with_reason' && (
            <FormField label="Why do you need it?">
              <Select
                options={REASONS}
                selectedOption={REASONS.find(({ value }) => value === reason) ?? null}
                placeholder="Choose a reason"
                onChange={({ detail }) => {
                  setReason(REASONS.find(({ value }) => value === detail.selectedOption.value)?.value);
                }}
              />
            </FormField>
          )}
          <Button
            loading={show.isPending}
            disabled={mayRead === 'with_reason' && reason === undefined}
            onClick={() => {
              show.mutate();
            }}
          >
            Show the words and facts
          </Button>
          {show.error && <FaultAlert error={show.error} />}
        </SpaceBetween>
      )}
      {show.data && <Text text={show.data} />}
    </Container>
  );
}

function Text({ text: { recipient, recipientName, messages, facts } }: { readonly text: ReadText }) {
  return (
    <SpaceBetween size="m">
      <Box>
        To <bdi>{visibleText(recipientName)}</bdi>
        {`, ${recipient}`}
      </Box>
      {messages.map(({ timestamp, role, content }, index) => (
        <div key={index} className={role === 'user' ? 'chat chat-theirs' : 'chat chat-ours'}>
          <Box variant="small">{`${role === 'user' ? 'The recipient' : 'The engine'}, ${moment(timestamp)}`}</Box>
          <div className="bubble text" dir="auto">
            {visibleText(content)}
          </div>
        </div>
      ))}
      {messages.length === 0 && <Box>Nothing was written yet.</Box>}
      <Box variant="h3">Facts</Box>
      <Facts facts={facts} />
    </SpaceBetween>
  );
}

/** Facts that are shown at once. */
const SHOWN = 200;

/** What the client sent, a fact a line; of many the first, until all are asked for. */
export function Facts({ facts }: Pick<ReadText, 'facts'>) {
  const [isAll, setAll] = useState(false);
  return (
    <div className="facts" role="region" aria-label="Facts" tabIndex={0}>
      <dl>
        {facts.slice(0, isAll ? undefined : SHOWN).map(({ path, value }) => (
          <div key={path} className="fact">
            <dt><FactPath path={path} /></dt>
            <dd dir="auto">{visibleText(value)}</dd>
          </div>
        ))}
      </dl>
      {!isAll && facts.length > SHOWN && (
        <Button
          onClick={() => {
            setAll(true);
          }}
        >
          {`Show ${facts.length - SHOWN} more`}
        </Button>
      )}
    </div>
  );
}
