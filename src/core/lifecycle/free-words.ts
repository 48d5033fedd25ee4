import { FREE_TEXT } from '../channels/free-text';
import type { FilledMessage } from '../company/template';
import type { NewIdentifier } from '../identity';
import { sha256 } from '../sha256';
import type { Conversation } from './conversation';

const NO_TOKENS = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 } as const;

/** What a record holds of words that no model wrote and no template holds: a person's, or a company's sentence. */
export function freeWords(
  filled: FilledMessage,
  at: string,
  newIdentifier: NewIdentifier,
): Required<Pick<Conversation, 'composition' | 'messages'>> {
  return {
    composition: {
      filled,
      values: {},
      template_name: FREE_TEXT,
      template_version: 1,
      instructions_version: sha256('').slice(0, 16),
      facts_hash: sha256(''),
      verdicts: {},
      usage: NO_TOKENS,
    },
    messages: [{ message_id: newIdentifier(), timestamp: at, role: 'assistant', content: filled.text, ...NO_TOKENS }],
  };
}
