import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { Facts } from '../conversations/text-panel';
import type { ReplyView } from '../shared/api';
import { channelName } from '../shared/channel-name';
import { FaultAlert } from '../shared/fault-alert';
import { Loading } from '../shared/loading';
import { visibleText } from '../shared/visible-text';
import { AnswerForm, SentReplies } from './answer-form';
import { Chat } from './chat';
import { OwnerPanel } from './owner-panel';
import type { SentReply } from './use-reply';
import { useReplySteps, useReplyView, useSeen, useSentReplies } from './use-reply';

/** One chat: what was written, who has it, an answer in own words, and the mark that it is done. */
export function ReplyScreen({ openKey }: { readonly openKey: string }) {
  const { data, error, refetch } = useReplyView(openKey);
  if (error && !data) return <FaultAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading what="the chat" />;
  return <OpenChat view={data} pollError={error} onAgain={() => void refetch()} />;
}

/** What went is a line of the chat. */
function isShown({ status, text }: SentReply, thread: ReplyView['thread']): boolean {
  const words = text.normalize('NFC').trim();
  return status === 'initial_message_sent' && (thread?.lines.some((line) => line.text === words) ?? false);
}

interface OpenChatProps {
  readonly view: ReplyView;
  readonly pollError: unknown;
  readonly onAgain: () => void;
}

function OpenChat({ view, pollError, onAgain }: OpenChatProps) {
  const { key, thread } = view;
  const steps = useReplySteps(key);
  const { take, giveBack, done, send } = steps;
  const seen = useSeen(view.replies);
  const [text, setText] = useState('');
  const [sent, setSent] = useState<readonly SentReply[]>([]);
  const states = useSentReplies(key, sent);
  const [, navigate] = useLocation();
  const all = [take, giveBack, done, send];
  /** What an earlier step said is over once another one begins. */
  const clear = () => {
    for (const step of all) step.reset();
  };
  const failed = all.find(({ error }) => error !== null);
  const said = all.find(({ data }) => data !== undefined)?.data?.message;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={<bdi>{visibleText(`${view.companyName}, ${view.projectName}`)}</bdi>}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button
                onClick={() => {
                  navigate(`/conversations/${key}`);
                }}
              >
                The whole conversation
              </Button>
              <Button
                loading={done.isPending}
                disabled={view.since === undefined || seen === undefined}
                onClick={() => {
                  clear();
                  if (seen !== undefined) done.mutate(seen);
                }}
              >
                Mark as done
              </Button>
            </SpaceBetween>
          }
        >
          {`${channelName(view.channel)} with ${view.recipient}`}
        </Header>
      }
    >
      <SpaceBetween size="m">
        {pollError !== null && <FaultAlert error={pollError} onRetry={onAgain} />}
        {failed && <FaultAlert error={failed.error} onRetry={onAgain} />}
        {!failed && said !== undefined && <Alert type="success">{said}</Alert>}
        <OwnerPanel
          view={view}
          isBusy={take.isPending || giveBack.isPending}
          onTake={(from) => {
            clear();
            take.mutate(from);
          }}
          onReturn={() => {
            clear();
            giveBack.mutate();
          }}
        />
        <Container header={<Header variant="h2">What was written</Header>}>
          <SpaceBetween size="m">
            {view.shows && !thread && 'Nothing was written yet.'}
            {view.shows && thread && <Chat openKey={key} thread={thread} recipient={view.recipientName} />}
            {!view.shows && (
              <Alert type="info">
                Words are shown while replies wait for a person, or once you have taken the chat over.
              </Alert>
            )}
            <SentReplies sent={states.filter((one) => !isShown(one, thread))} />
            <AnswerForm
              view={view}
              text={text}
              isSending={send.isPending}
              onText={setText}
              onSend={() => {
                clear();
                send.mutate(text, {
                  onSuccess: ({ key: own, status }) => {
                    setSent((before) => [...before.filter((one) => one.key !== own), { key: own, text, status }]);
                    setText('');
                  },
                });
              }}
            />
          </SpaceBetween>
        </Container>
        {view.facts.length > 0 && (
          <ExpandableSection headerText="Facts that the client sent">
            <Facts facts={view.facts} />
          </ExpandableSection>
        )}
      </SpaceBetween>
    </ContentLayout>
  );
}
