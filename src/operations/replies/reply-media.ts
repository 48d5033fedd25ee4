import { channelAccess } from '../../core/company/channel-access';
import type { Conversation } from '../../core/lifecycle/conversation';
import { parseConversationId } from '../../core/lifecycle/conversation-id';
import { threadIdOf } from '../../core/lifecycle/thread';
import type { ListedMedia, OpenedMedium } from '../../core/ports/media';
import type { OperationPorts } from '../ports';

/** A medium of a conversation, by the number under which a person asks for it: 1 is the oldest. */
export interface ReplyMedium {
  readonly number: number;
  /** When its message came in. */
  readonly at: string;
  readonly type: string;
  /** False for a type that is not handed out. */
  readonly isShown: boolean;
}

type Ports = Pick<OperationPorts, 'directory' | 'media' | 'secrets' | 'threads'>;
type Failure = Exclude<ListedMedia, { outcome: 'listed' }> | { readonly outcome: 'no_access'; readonly detail: string };

/** Messages of a chat among which media are looked for, the newest. */
const LINES = 200;

/** Bytes of a medium at most: the largest that WhatsApp takes are 16 MB, and carriers take less. */
export const LARGEST_MEDIUM = 20 * 1024 * 1024;

/** What telephones send. Anything else may be there to harm whoever opens it. */
const SHOWN =
  /^(?:image\/(?:jpeg|png|gif|webp|heic|heif)|audio\/[a-z0-9.+-]+|video\/(?:mp4|3gpp|quicktime)|application\/pdf|text\/(?:plain|x-?vcard|vcard))$/;

interface FoundMedium extends ReplyMedium {
  readonly message: string;
  readonly id: string;
}

/** What the recipient sent beside words, without a look at it. */
export async function listReplyMedia(
  ports: Ports, conversation: Conversation,
): Promise<{ readonly outcome: 'listed'; readonly media: readonly ReplyMedium[] } | Failure> {
  const found = await findMedia(ports, conversation);
  if (found.outcome !== 'listed') return found;
  return { outcome: 'listed', media: found.media.map(({ message: _message, id: _id, ...shown }) => shown) };
}

/**
 * A medium as the vendor streams it; nothing of it is kept, and no model reads it. Whoever opens it says so in the
 * audit first.
 */
export async function openReplyMedium(
  ports: Ports, conversation: Conversation, number: number,
): Promise<
  | Extract<OpenedMedium, { outcome: 'open' }>
  | { readonly outcome: 'no_such_medium'; readonly count: number }
  | { readonly outcome: 'not_shown'; readonly type: string }
  | { readonly outcome: 'too_large' }
  | Failure
  > {
  const found = await findMedia(ports, conversation);
  if (found.outcome !== 'listed') return found;
  const medium = found.media.find((one) => one.number === number);
  if (!medium) return { outcome: 'no_such_medium', count: found.media.length };
  if (!medium.isShown) return { outcome: 'not_shown', type: medium.type };
  const { message, id } = medium;
  const opened = await ports.media.open(conversation.channel_method, { message, id, credentials: found.credentials });
  if (opened.outcome !== 'open') return opened;
  // The vendor's list and its answer are two things: what comes is what counts.
  if (!isShown(opened.type)) return { outcome: 'not_shown', type: opened.type };
  if ((opened.bytes ?? 0) > LARGEST_MEDIUM) return { outcome: 'too_large' };
  return { ...opened, content: bounded(opened.content) };
}

async function findMedia(
  { directory, media, secrets, threads }: Ports,
  conversation: Conversation,
): Promise<
  | {
    readonly outcome: 'listed';
    readonly media: readonly FoundMedium[];
    readonly credentials: Readonly<Record<string, string>>;
  }
  | Failure
  > {
  const { channel_method: channel, conversation_id: id } = conversation;
  const lines = (await threads.newest(threadIdOf(conversation), LINES)).filter(({ role, attachments = 0, ...line }) => (
    role === 'user' && attachments > 0 && line.conversation === id && line.vendorMessageId !== undefined
  ));
  if (lines.length === 0) return { outcome: 'listed', media: [], credentials: {} };
  const identity = parseConversationId(id);
  const company = identity && (await directory.findCompany(identity));
  const name = company && channelAccess(company, channel)?.credentialsId;
  if (name === undefined) return { outcome: 'no_access', detail: `channel_config.${channel} is not complete` };
  const secret = await secrets.read(name);
  if (secret.state !== 'found') return { outcome: 'no_access', detail: `${name} is ${secret.state.replaceAll('_', ' ')}` };
  const found: Array<Omit<FoundMedium, 'number'>> = [];
  for (const { vendorMessageId: message = '', timestamp: at } of lines) {
    const listed = await media.list(channel, { message, credentials: secret.fields });
    if (listed.outcome === 'unavailable') return listed;
    if (listed.outcome === 'gone') continue;
    found.push(...listed.media.map((one) => (
      { at, type: one.type, isShown: isShown(one.type), message, id: one.id }
    )));
  }
  return {
    outcome: 'listed',
    media: found.map((medium, index) => ({ number: index + 1, ...medium })),
    credentials: secret.fields,
  };
}

function isShown(type: string): boolean {
  return SHOWN.test((type.split(';')[0] ?? '').trim().toLowerCase());
}

/** Ends with an error where more comes than was said or is taken. */
async function* bounded(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  let bytes = 0;
  for await (const part of content) {
    bytes += part.byteLength;
    if (bytes > LARGEST_MEDIUM) throw new Error(`it is larger than ${LARGEST_MEDIUM} bytes`);
    yield part;
  }
}
