import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { State } from '../conversations/state';
import { useSession } from '../session/me';
import { api, read } from '../shared/api';
import { channelName } from '../shared/channel-name';
import { FaultAlert } from '../shared/fault-alert';
import { Empty } from '../shared/loading';
import { duration } from '../shared/moments';
import { POLL } from '../shared/poll';
import { visibleText } from '../shared/visible-text';
import { ReplyScreen } from './reply-screen';

/** Recipients who wait for a person's answer, longest first. */
export function RepliesScreen({ openKey }: { readonly openKey?: string }) {
  const { company } = useSession();
  const [, navigate] = useLocation();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['replies', company?.id],
    queryFn: async () => read(api.GET('/console/api/replies', { params: { query: { company: company?.id ?? '' } } })),
    ...POLL,
  });
  if (openKey !== undefined) {
    return <ReplyScreen key={openKey} openKey={openKey} />;
  }
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          counter={data ? `(${data.waiting.length}${data.more ? '+' : ''})` : ''}
          description="Who has waited longest comes first."
        >
          Replies
        </Header>
      }
    >
      {error && <FaultAlert error={error} onRetry={() => void refetch()} />}
      <Table
        items={data?.waiting ?? []}
        trackBy="key"
        loading={isPending}
        loadingText="Loading the replies"
        empty={<Empty>Nobody waits for an answer.</Empty>}
        ariaLabels={{ tableLabel: 'Replies that wait for a person' }}
        columnDefinitions={[
          {
            id: 'who',
            header: 'Conversation',
            isRowHeader: true,
            cell: (row) => (
              <Link
                href={`/replies/${row.key}`}
                onFollow={(event) => {
                  event.preventDefault();
                  navigate(`/replies/${row.key}`);
                }}
              >
                {`${channelName(row.channel)} with ${row.recipient}`}
              </Link>
            ),
          },
          { id: 'waits', header: 'Waits', cell: ({ waitedSeconds }) => duration(waitedSeconds) },
          { id: 'count', header: 'Replies not looked after', cell: ({ waiting }) => waiting },
          { id: 'state', header: 'State', minWidth: 150, cell: ({ status }) => <State status={status} /> },
          { id: 'project', header: 'Project', cell: ({ projectName }) => <bdi>{visibleText(projectName)}</bdi> },
        ]}
      />
    </ContentLayout>
  );
}
