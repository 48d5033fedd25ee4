import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import type { ReplyView } from '../shared/api';
import { moment } from '../shared/moments';
import { visibleText } from '../shared/visible-text';
import { reasonWords } from './reason-words';
import { ownerWords, silenceWords, writerWords } from './reply-state';
import type { Thread } from './use-reply';

interface OwnerPanelProps {
  readonly view: ReplyView;
  readonly isBusy: boolean;
  /** `from`: the person who has it and from whom it is taken. */
  readonly onTake: (from?: string) => void;
  readonly onReturn: () => void;
}

/** Who has the chat, what the engine may still send, and the steps that change it. */
export function OwnerPanel({ view, isBusy, onTake, onReturn }: OwnerPanelProps) {
  const { thread, since, waiting, writeUntil } = view;
  const silence = thread && silenceWords(thread);
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={thread && <Step thread={thread} isBusy={isBusy} onTake={onTake} onReturn={onReturn} />}
        >
          Who has the chat
        </Header>
      }
    >
      <div role="status" aria-live="polite">
        <KeyValuePairs
          columns={3}
          items={[
            {
              label: 'It is with',
              value: (
                <StatusIndicator type={kindOf(thread)}>
                  {visibleText(thread ? ownerWords(thread) : 'Nothing was written yet')}
                </StatusIndicator>
              ),
            },
            ...(silence === undefined
              ? []
              : [
                {
                  label: 'The engine',
                  value: (
                    <StatusIndicator type={thread?.leaving === undefined ? 'success' : 'in-progress'}>
                      {silence}
                    </StatusIndicator>
                  ),
                },
              ]),
            {
              label: 'Replies that wait',
              value: since === undefined ? 'none' : `${waiting}, since ${moment(since)}`,
            },
            { label: 'Why a person', value: whyOf(thread) },
            ...(writeUntil === undefined ? [] : [{ label: 'Free words until', value: untilOf(writeUntil) }]),
          ]}
        />
      </div>
    </Container>
  );
}

function Step({
  thread, isBusy, onTake, onReturn,
}: Omit<OwnerPanelProps, 'view'> & { readonly thread: Thread }) {
  const [isAsking, setAsking] = useState(false);
  const { owner, takenBy, mine } = thread;
  if (owner === 'nobody') return null;
  if (mine) {
    return (
      <Button loading={isBusy} onClick={onReturn}>
        Return it to the engine
      </Button>
    );
  }
  if (owner === 'engine' || takenBy === undefined) {
    return (
      <Button
        variant="primary"
        loading={isBusy}
        onClick={() => {
          onTake();
        }}
      >
        Take over
      </Button>
    );
  }
  return (
    <>
      <Button
        loading={isBusy}
        onClick={() => {
          setAsking(true);
        }}
      >
        Take it from them
      </Button>
      {isAsking && (
        <TakeFrom
          holder={takenBy}
          onClose={() => {
            setAsking(false);
          }}
          onTake={() => {
            setAsking(false);
            onTake(takenBy);
          }}
        />
      )}
    </>
  );
}

interface TakeFromProps {
  readonly holder: string;
  readonly onClose: () => void;
  readonly onTake: () => void;
}

function TakeFrom({ holder, onClose, onTake }: TakeFromProps) {
  return (
    <Modal
      visible
      header="Take the chat over"
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" onClick={onTake}>
              Take it
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <bdi>{visibleText(writerWords(holder))}</bdi> has the chat and may be writing. What they send from
      now on does not leave.
    </Modal>
  );
}

function kindOf(thread: Thread | undefined) {
  if (thread?.mine) return 'success';
  return thread?.owner === 'person' ? 'pending' : thread?.owner === 'nobody' ? 'stopped' : 'info';
}

function whyOf(thread: Thread | undefined): string {
  const { reason } = thread?.history.findLast(({ event }) => event === 'handed_off') ?? {};
  return reason === undefined ? '–' : visibleText(reasonWords(reason));
}

function untilOf(writeUntil: string): string {
  return Date.parse(writeUntil) <= Date.now() ? 'the 24 hours are over' : moment(writeUntil);
}
