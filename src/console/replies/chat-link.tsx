import Link from '@cloudscape-design/components/link';
import { useLocation } from 'wouter';
import { channelName } from '../shared/channel-name';

interface ChatLinkProps {
  readonly chat: { readonly key: string; readonly channel: string; readonly recipient: string };
}

export function ChatLink({ chat: { key, channel, recipient } }: ChatLinkProps) {
  const [, navigate] = useLocation();
  return (
    <Link
      href={`/replies/${key}`}
      onFollow={(event) => {
        event.preventDefault();
        navigate(`/replies/${key}`);
      }}
    >
      {`${channelName(channel)} with ${recipient}`}
    </Link>
  );
}
