import Box from '@cloudscape-design/components/box';
import { useEffect, useRef } from 'react';
import { wordsOf } from '../conversations/states';
import { moment } from '../shared/moments';
import { visibleText } from '../shared/visible-text';
import type { Thread } from './use-reply';

/** What was written, oldest first; a line that comes is read out. */
export function Chat({ lines, recipient }: { readonly lines: Thread['lines']; readonly recipient: string }) {
  const log = useRef<HTMLDivElement>(null);
  const newest = lines.at(-1)?.sequence;
  useEffect(() => {
    log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [newest]);
  if (lines.length === 0) return <Box>Nothing was written yet.</Box>;
  return (
    <div ref={log} role="log" aria-label="What was written" className="chat-log" tabIndex={0}>
      {lines.map(({ sequence, at, from, text, by, unread }) => (
        <div key={sequence} className={from === 'recipient' ? 'chat chat-theirs' : 'chat chat-ours'}>
          <Box variant="small">
            <bdi>{visibleText(from === 'recipient' ? recipient : (by ?? 'The engine'))}</bdi>
            {`, ${moment(at)}${unread === undefined ? '' : `, not read by a model: ${wordsOf(unread)}`}`}
          </Box>
          <div className="bubble text" dir="auto">
            {visibleText(text)}
          </div>
        </div>
      ))}
    </div>
  );
}
