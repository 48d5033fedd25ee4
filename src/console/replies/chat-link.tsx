import { channelName } from '../shared/channel-name';
import { PageLink } from '../shared/page-link';

interface ChatLinkProps {
  readonly chat: { readonly key: string; readonly channel: string; readonly recipient: string };
}

export function ChatLink({ chat: { key, channel, recipient } }: ChatLinkProps) {
  return (
    <PageLink to={`/replies/${key}`}>
      {`${channelName(channel)} with ${recipient}`}
    </PageLink>
  );
}
