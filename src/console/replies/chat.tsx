import Box from '@cloudscape-design/components/box';
import { useEffect, useRef } from 'react';
import { moment } from '../shared/moments';
import { visibleText } from '../shared/visible-text';
import { AnswerReason } from './answer-reason';
import { chatRows } from './chat-rows';
import { reasonWords } from './reason-words';
import { writerWords } from './reply-state';
import type { Thread } from './use-reply';

interface ChatProps {
  readonly openKey: string;
  readonly thread: Thread;
  readonly recipient: string;
}

/** What was written and what became of it, oldest first; a line that comes is read out. */
export function Chat({ openKey, thread, recipient }: ChatProps) {
  const log = useRef<HTMLDivElement>(null);
  const { lines } = thread;
  const newest = lines.at(-1)?.sequence;
  useEffect(() => {
    log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [newest]);
  if (lines.length === 0) return <Box>Nothing was written yet.</Box>;
  return (
    <div ref={log} role="log" aria-label="What was written" className="chat-log" tabIndex={0}>
      {chatRows(thread).map((row) =>
        row.kind === 'step' ? (
          <div key={row.key} className="chat-step">
            {visibleText(row.words)}
            <Box variant="small" display="block">{moment(row.at)}</Box>
          </div>
        ) : (
          <Line key={row.key} openKey={openKey} line={row.line} recipient={recipient} />
        ),
      )}
    </div>
  );
}

interface LineProps {
  readonly openKey: string;
  readonly line: Thread['lines'][number];
  readonly recipient: string;
}

function Line({ openKey, recipient, line: { sequence, at, from, text, by, card, unread } }: LineProps) {
  const author = from === 'recipient' ? recipient : by === undefined ? 'The engine' : writerWords(by);
  return (
    <div className={from === 'recipient' ? 'chat chat-theirs' : 'chat chat-ours'}>
      <Box variant="small">
        <bdi>{visibleText(author)}</bdi>
        {card === undefined ? '' : `, with card ${card}`}
        {`, ${moment(at)}${unread === undefined ? '' : `, not read by a model: ${reasonWords(unread)}`}`}
      </Box>
      <div className="bubble text" dir="auto">
        {visibleText(text)}
      </div>
      {card !== undefined && <AnswerReason openKey={openKey} line={sequence} />}
    </div>
  );
}
