import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, read } from '../shared/api';
import { FaultAlert } from '../shared/fault-alert';
import { Empty } from '../shared/loading';
import { moment } from '../shared/moments';

/** Where the person is signed in; one that is not theirs any more is ended here. */
export function SessionsScreen() {
  const queries = useQueryClient();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['sessions'],
    queryFn: async () => read(api.GET('/console/api/sessions')),
  });
  const end = useMutation({
    mutationFn: async (key: string) => read(api.DELETE('/console/api/sessions/{key}', { params: { path: { key } } })),
    onSettled: async () => queries.invalidateQueries({ queryKey: ['sessions'] }),
  });
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="A session ends after 30 minutes without a call, and 12 hours after sign-in."
        >
          My sessions
        </Header>
      }
    >
      {(error ?? end.error) && <FaultAlert error={error ?? end.error} onRetry={() => void refetch()} />}
      <Table
        items={data?.sessions ?? []}
        loading={isPending}
        loadingText="Loading your sessions"
        empty={<Empty>No session.</Empty>}
        ariaLabels={{ tableLabel: 'Your sessions', selectionGroupLabel: 'Sessions' }}
        columnDefinitions={[
          { id: 'started', header: 'Signed in', cell: ({ startedAt }) => moment(startedAt), isRowHeader: true },
          {
            id: 'which',
            header: 'Which',
            cell: ({ current }) =>
              current ? <StatusIndicator type="success">This one</StatusIndicator> : 'Another browser',
          },
          {
            id: 'end',
            header: 'End it',
            cell: ({ key, current }) => (
              <Button
                disabled={current}
                disabledReason="Sign out above to end this one."
                ariaLabel={`End the session of ${key.slice(0, 6)}`}
                onClick={() => {
                  end.mutate(key);
                }}
              >
                End
              </Button>
            ),
          },
        ]}
      />
    </ContentLayout>
  );
}
