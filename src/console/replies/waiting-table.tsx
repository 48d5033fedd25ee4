import Box from '@cloudscape-design/components/box';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { useSession } from '../session/me';
import { api, read } from '../shared/api';
import { FaultAlert } from '../shared/fault-alert';
import { Empty } from '../shared/loading';
import { duration, moment } from '../shared/moments';
import { POLL } from '../shared/poll';
import { visibleText } from '../shared/visible-text';
import { ChatLink } from './chat-link';
import { holderWords } from './reply-state';

/** Recipients who wait for a person's answer, longest first, with who has the chat. */
export function WaitingTable() {
  const { company, me } = useSession();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['replies', company?.id],
    queryFn: async () => read(api.GET('/console/api/replies', { params: { query: { company: company?.id ?? '' } } })),
    ...POLL,
  });
  return (
    <>
      {error && <FaultAlert error={error} onRetry={() => void refetch()} />}
      <Table
        items={data?.waiting ?? []}
        trackBy="key"
        loading={isPending}
        loadingText="Loading the replies"
        footer={data?.more === true && 'More wait than are shown: answer the longest first.'}
        empty={<Empty>Nobody waits for an answer.</Empty>}
        ariaLabels={{ tableLabel: 'Replies that wait for a person' }}
        columnDefinitions={[
          { id: 'who', header: 'Conversation', isRowHeader: true, cell: (row) => <ChatLink chat={row} /> },
          { id: 'waits', header: 'Waits', cell: ({ waitedSeconds }) => duration(waitedSeconds) },
          { id: 'count', header: 'Replies not done', cell: ({ waiting }) => waiting },
          {
            id: 'holder',
            header: 'With',
            cell: ({ holder }) => (
              <>
                <bdi>{visibleText(holderWords(holder?.by, me.name, data?.knowsHolders ?? false))}</bdi>
                {holder && <Box variant="small" display="block">{`since ${moment(holder.at)}`}</Box>}
              </>
            ),
          },
          { id: 'project', header: 'Project', cell: ({ projectName }) => <bdi>{visibleText(projectName)}</bdi> },
        ]}
      />
    </>
  );
}
