import Alert from '@cloudscape-design/components/alert';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { api, faultOf, read } from '../shared/api';
import { Empty } from '../shared/loading';
import { moment } from '../shared/moments';
import { POLL } from '../shared/poll';
import { visibleText } from '../shared/visible-text';
import { alarmWords } from './alarm-words';

/** What is in alarm now, each with the place where the runbook says what to do. */
export function Alarms() {
  const { data, error, isPending } = useQuery({
    queryKey: ['alarms'],
    queryFn: async () => read(api.GET('/console/api/health/alarms')),
    ...POLL,
    refetchInterval: 60_000,
  });
  // The rest of the screen is read from the records, and stands without it.
  if (error && !data) return <Alert type="warning">{faultOf(error).message}</Alert>;
  const alarms = (data?.alarms ?? []).map(alarmWords);
  return (
    <Table
      items={alarms}
      trackBy="name"
      loading={isPending}
      loadingText="Loading the alarms"
      header={
        <Header variant="h2" counter={data ? `(${alarms.length})` : ''}>
          In alarm
        </Header>
      }
      empty={<Empty>No alarm of this stage is active.</Empty>}
      ariaLabels={{ tableLabel: 'Alarms that are in alarm' }}
      wrapLines
      columnDefinitions={[
        { id: 'says', header: 'What it says', isRowHeader: true, cell: ({ says }) => visibleText(says) },
        { id: 'severity', header: 'Severity', cell: ({ severity }) => severity },
        { id: 'since', header: 'Since', cell: ({ since }) => moment(since) },
        {
          id: 'todo',
          header: 'What to do',
          cell: ({ runbook, name }) =>
            runbook === undefined ? (
              visibleText(name)
            ) : (
              <Link external href={runbook} externalIconAriaLabel="opens in a new tab">
                Runbook
              </Link>
            ),
        },
      ]}
    />
  );
}
