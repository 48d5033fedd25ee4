import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { Text } from '../conversations/text-panel';
import type { WaitingReply } from '../shared/api';
import { api, read } from '../shared/api';
import { channelName } from '../shared/channel-name';
import { FaultAlert } from '../shared/fault-alert';
import { Loading } from '../shared/loading';

interface ReplyScreenProps {
  readonly openKey: string;
  /** As the list shows it; absent once it does not wait any more. */
  readonly waiting: WaitingReply | undefined;
}

/** What the recipient wrote, and the mark that a person has looked after it. */
export function ReplyScreen({ openKey, waiting }: ReplyScreenProps) {
  const [, navigate] = useLocation();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: ['reply', openKey],
    queryFn: async () => {
      const text = await read(
        api.POST('/console/api/conversations/{id}/text', { params: { path: { id: openKey } }, body: {} }),
      );
      // What is marked as done is what was read, and not what came since.
      return { text, seen: text.messages.filter(({ role }) => role === 'user').length };
    },
    staleTime: Infinity,
    gcTime: 0,
  });
  const done = useMutation({
    mutationFn: async (seen: number) =>
      read(
        api.POST('/console/api/replies/{id}/acknowledge', {
          params: { path: { id: openKey } },
          body: { seen },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['replies'] });
      navigate('/replies');
    },
  });
  if (error) return <FaultAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading what="the replies" />;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button
                onClick={() => {
                  navigate(`/conversations/${openKey}`);
                }}
              >
                The whole conversation
              </Button>
              <Button
                variant="primary"
                loading={done.isPending}
                disabled={!waiting}
                onClick={() => {
                  done.mutate(data.seen);
                }}
              >
                Mark as done
              </Button>
            </SpaceBetween>
          }
        >
          {waiting ? `${channelName(waiting.channel)} with ${waiting.recipient}` : 'Replies'}
        </Header>
      }
    >
      <SpaceBetween size="m">
        {done.error && <FaultAlert error={done.error} onRetry={() => void refetch()} />}
        <Alert type="info">
          Answer from the company's own number or mailbox for now, then mark it as done: the engine does not send an
          answer of yours yet.
        </Alert>
        <Container header={<Header variant="h2">What was written</Header>}>
          <Text text={data.text} />
        </Container>
      </SpaceBetween>
    </ContentLayout>
  );
}
