import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { State } from '../conversations/state';
import type { ReplyView } from '../shared/api';
import { visibleText } from '../shared/visible-text';
import { gapsIn, withCard } from './card-draft';
import { CardStart } from './card-start';
import type { Writable } from './reply-state';
import { writable } from './reply-state';
import type { SentReply } from './use-reply';

/** Why nothing can be written, and what to do. */
const CLOSED: Readonly<Record<Exclude<Writable, 'yes'>, string>> = {
  no_chat: 'Nothing was written in this chat yet. See what became of the message under "The whole conversation".',
  opted_out: 'The recipient has opted out, so nobody may write to them. Mark the replies as done.',
  window_closed:
    'WhatsApp takes free words for 24 hours after the recipient has written, and those are over. Have your system ask ' +
    'with an approved template, then mark the replies as done.',
  not_taken: 'Take the chat over to write in it.',
};

interface AnswerFormProps {
  readonly view: ReplyView;
  readonly text: string;
  readonly isSending: boolean;
  readonly onText: (text: string) => void;
  readonly onSend: () => void;
}

/** An answer in the person's own words. */
export function AnswerForm({ view, text, isSending, onText, onSend }: AnswerFormProps) {
  const state = writable(view, Date.now());
  const { length } = text.normalize('NFC').trim();
  const isTooLong = length > view.longest;
  const gaps = gapsIn(text);
  const isReady = state === 'yes' && length > 0 && !isTooLong && gaps.length === 0;
  if (state === 'opted_out' || state === 'window_closed') return <Alert type="warning">{CLOSED[state]}</Alert>;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) onSend();
      }}
    >
      <SpaceBetween size="s">
        {state === 'yes' && (
          <CardStart
            openKey={view.key}
            onInsert={(card) => {
              onText(withCard(text, card.text));
            }}
          />
        )}
        <FormField
          stretch
          label="Your answer"
          description={state === 'yes' ? 'It goes as you write it, from the company.' : CLOSED[state]}
          constraintText={`${length} of ${view.longest} characters`}
          errorText={faultIn(isTooLong, gaps)}
        >
          <Textarea
            value={text}
            rows={4}
            disabled={state !== 'yes'}
            onChange={({ detail }) => {
              onText(detail.value);
            }}
          />
        </FormField>
        <Button
          variant="primary"
          formAction="submit"
          loading={isSending}
          disabled={!isReady}
        >
          Send
        </Button>
      </SpaceBetween>
    </form>
  );
}

/** What keeps the words from going, and what to do. */
function faultIn(isTooLong: boolean, gaps: readonly string[]): string | undefined {
  if (isTooLong) return 'It is too long for this channel. Shorten it.';
  return gaps.length === 0 ? undefined : `Put your own words in the place of ${gaps.map((name) => `{{${name}}}`).join(', ')}.`;
}

/** What became of each answer that was sent from this page. */
export function SentReplies({ sent }: { readonly sent: readonly SentReply[] }) {
  return (
    <div role="status" aria-live="polite">
      <SpaceBetween size="xs">
        {sent.map(({ key, text, status, reason }) => (
          <div key={key} className="value">
            <State status={status} />
            {reason !== undefined && <Box variant="small">{visibleText(reason)}</Box>}
            <div className="text" dir="auto">
              {visibleText(text)}
            </div>
          </div>
        ))}
      </SpaceBetween>
    </div>
  );
}
