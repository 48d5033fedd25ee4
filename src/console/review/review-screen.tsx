import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { useSession } from '../session/me';
import type { Held } from '../shared/api';
import { api, read } from '../shared/api';
import { channelName } from '../shared/channel-name';
import { FaultAlert } from '../shared/fault-alert';
import { Empty } from '../shared/loading';
import { duration, fromNow, moment } from '../shared/moments';
import { POLL } from '../shared/poll';
import { visibleText } from '../shared/visible-text';
import { useDecisions } from './decision-queue';
import { ReviewPanes } from './review-panes';

/** What waits for a decision in the chosen company, and one message of it. */
export function ReviewScreen({ openKey }: { readonly openKey?: string }) {
  const { company } = useSession();
  const [, navigate] = useLocation();
  const { hasDecided } = useDecisions();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['reviews', company?.id],
    queryFn: async () => read(api.GET('/console/api/reviews', { params: { query: { company: company?.id ?? '' } } })),
    ...POLL,
  });
  const waiting = (data?.waiting ?? []).filter((held) => !hasDecided(held));
  if (openKey !== undefined) return <ReviewPanes key={openKey} openKey={openKey} waiting={waiting} />;
  const open = (held: Held | undefined) => {
    if (held) navigate(`/review/${held.key}`);
  };
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          counter={data ? `(${waiting.length}${data.more ? '+' : ''})` : ''}
          description="What has to go soonest comes first."
          actions={
            <Button
              variant="primary"
              disabled={waiting.length === 0}
              onClick={() => {
                open(waiting[0]);
              }}
            >
              Begin
            </Button>
          }
        >
          Review
        </Header>
      }
    >
      {error && <FaultAlert error={error} onRetry={() => void refetch()} />}
      <Table
        items={[...waiting]}
        trackBy="key"
        loading={isPending}
        loadingText="Loading what waits"
        empty={<Empty>Nothing waits for a decision.</Empty>}
        ariaLabels={{ tableLabel: 'Messages that wait for a decision' }}
        wrapLines
        columnDefinitions={[
          {
            id: 'recipient',
            minWidth: 160,
            header: 'Message',
            isRowHeader: true,
            cell: (held) => (
              <Link
                href={`/review/${held.key}`}
                onFollow={(event) => {
                  event.preventDefault();
                  open(held);
                }}
                ariaLabel={`${channelName(held.channel)} to ${held.recipient}: review it`}
              >
                {`${channelName(held.channel)} to ${held.recipient}`}
              </Link>
            ),
          },
          { id: 'why', header: 'Why it waits', cell: ({ words }) => visibleText(words) },
          {
            id: 'waited',
            minWidth: 120,
            header: 'Waits',
            cell: ({ waitedSeconds, overdue }) => (
              <StatusIndicator type={overdue ? 'warning' : 'pending'}>
                {`${duration(waitedSeconds)}${overdue ? ', overdue' : ''}`}
              </StatusIndicator>
            ),
          },
          {
            id: 'before',
            minWidth: 190,
            header: 'Of use until',
            cell: ({ sendBefore }) => (
              <>
                {fromNow(sendBefore, Date.now())}
                <Box variant="small" display="block">
                  {moment(sendBefore)}
                </Box>
              </>
            ),
          },
          { id: 'project', header: 'Project', cell: ({ projectName }) => <bdi>{visibleText(projectName)}</bdi> },
        ]}
      />
    </ContentLayout>
  );
}
