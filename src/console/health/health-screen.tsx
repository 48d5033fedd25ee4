import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { kindOf, wordsOf } from '../conversations/states';
import type { Health } from '../shared/api';
import { api, read } from '../shared/api';
import { FaultAlert } from '../shared/fault-alert';
import { Empty, Loading } from '../shared/loading';
import { fromNow, moment } from '../shared/moments';
import { POLL } from '../shared/poll';
import { changeSettings } from '../shared/settings';
import { visibleText } from '../shared/visible-text';
import { Speed } from './speed';
import { Costs } from './costs';
import { Alarms } from './alarms';

/** Whether messages flow, and what is wrong, in ten seconds. */
export function HealthScreen() {
  const { data, error, refetch } = useQuery({
    queryKey: ['health'],
    queryFn: async () => read(api.GET('/console/api/health')),
    ...POLL,
    // It is read from the records themselves, which costs.
    refetchInterval: 60_000,
  });
  if (error && !data) return <FaultAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading what="the health of the stage" />;
  const letters = data.deadLetters.reduce((total, { count }) => total + count, 0);
  const isWell = data.groups.length === 0 && letters === 0;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={`As of ${moment(data.at)}; messages of the last 24 hours, and all that are open.`}
        >
          Health
        </Header>
      }
    >
      <SpaceBetween size="l">
        {error && <FaultAlert error={error} onRetry={() => void refetch()} />}
        <Container>
          <ColumnLayout columns={4} variant="text-grid">
            <Figure label="Stage">
              <StatusIndicator type={isWell ? 'success' : 'warning'}>
                {isWell ? 'Messages flow' : 'Needs someone'}
              </StatusIndicator>
            </Figure>
            <Figure label="Sent">{String(data.states.initial_message_sent ?? 0)}</Figure>
            <Figure label="Dead letters">
              <StatusIndicator type={letters === 0 ? 'success' : 'error'}>{String(letters)}</StatusIndicator>
            </Figure>
            <Figure label="Replies that wait">{`${data.replies.count}${data.replies.atLeast ? ' or more' : ''}`}</Figure>
          </ColumnLayout>
        </Container>
        <Alarms />
        <Trouble groups={data.groups} />
        <Speed speed={data.speed} />
        <Costs spent={data.spent} />
        <Container header={<Header variant="h2">States</Header>}>
          <KeyValuePairs
            columns={4}
            items={Object.entries(data.states).map(([status, count]) => ({
              label: status.split(', ').map(wordsOf).join(', '),
              value: (
                <StatusIndicator type={kindOf(status.endsWith(', undelivered') ? 'failed' : status)}>
                  {String(count)}
                </StatusIndicator>
              ),
            }))}
          />
        </Container>
        <Container
          header={
            <Header variant="h2" description="Messages that a processor received and never finished.">
              Dead letters
            </Header>
          }
        >
          <KeyValuePairs
            columns={3}
            items={data.deadLetters.map(({ channel, count }) => ({ label: channel, value: String(count) }))}
          />
        </Container>
      </SpaceBetween>
    </ContentLayout>
  );
}

function Figure({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return <KeyValuePairs items={[{ label, value: children }]} />;
}

function Trouble({ groups }: Pick<Health, 'groups'>) {
  const [, navigate] = useLocation();
  const open = (group: Health['groups'][number]) => {
    changeSettings({ company: group.company });
    navigate(addressOf(group));
  };
  return (
    <Table
      items={groups}
      header={
        <Header variant="h2" counter={`(${groups.length})`}>
          What needs someone
        </Header>
      }
      empty={<Empty>Nothing is stuck and nothing fails.</Empty>}
      ariaLabels={{ tableLabel: 'Messages that need someone' }}
      wrapLines
      columnDefinitions={[
        {
          id: 'state',
          header: 'State',
          isRowHeader: true,
          cell: (group) => (
            <Link
              href={addressOf(group)}
              onFollow={(event) => {
                event.preventDefault();
                open(group);
              }}
            >
              {`${wordsOf(group.state)}${group.delivery === undefined ? '' : `, ${group.delivery}`}`}
            </Link>
          ),
        },
        { id: 'count', header: 'Messages', cell: ({ count }) => count },
        { id: 'reason', header: 'Reason', cell: ({ reason }) => (reason === undefined ? '–' : wordsOf(reason)) },
        { id: 'since', header: 'Oldest', minWidth: 120, cell: ({ oldestSince }) => fromNow(oldestSince, Date.now()) },
        { id: 'next', header: 'Next', cell: ({ step }) => visibleText(step.words) },
        {
          id: 'company',
          header: 'Company',
          cell: ({ company, project }) => <bdi>{visibleText(`${company}, ${project}`)}</bdi>,
        },
      ]}
    />
  );
}

function addressOf({ state, reason, project }: Health['groups'][number]): string {
  const query = new URLSearchParams({ state, project, ...(reason !== undefined && { reason }) });
  return `/conversations?${query.toString()}`;
}
