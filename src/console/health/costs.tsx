import Header from '@cloudscape-design/components/header';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import type { Health } from '../shared/api';
import { api, read } from '../shared/api';
import { FaultAlert } from '../shared/fault-alert';
import { Empty } from '../shared/loading';
import { visibleText } from '../shared/visible-text';

/** Counters are read one a project, so they are asked for rarely. */
const AGAIN = 5 * 60_000;

/** What messages of the last day have cost, and what each project has spent and reserved in this month. */
export function Costs({ spent }: Pick<Health, 'spent'>) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['costs'],
    queryFn: async () => read(api.GET('/console/api/health/costs')),
    refetchInterval: AGAIN,
    refetchIntervalInBackground: false,
  });
  if (error && !data) return <FaultAlert error={error} onRetry={() => void refetch()} />;
  const day = spent.map(({ amount, currency }) => `${amount.toFixed(2)} ${currency}`).join(', ');
  const without = data && data.withoutBudget > 0 ? ` ${data.withoutBudget} projects have no budget.` : '';
  return (
    <Table
      items={data?.costs ?? []}
      loading={isPending}
      loadingText="Loading the costs"
      header={
        <Header
          variant="h2"
          description={
            `Messages that ended in the last 24 hours: ${day === '' ? 'nothing' : day}. Below, this month (UTC), spent ` +
            `and reserved; nearest to its limit first.${without}`
          }
        >
          Cost
        </Header>
      }
      empty={<Empty>No project has a budget.</Empty>}
      ariaLabels={{ tableLabel: 'Cost of the month by project' }}
      columnDefinitions={[
        {
          id: 'project',
          header: 'Project',
          isRowHeader: true,
          cell: ({ companyName, projectName }) => <bdi>{visibleText(`${companyName}, ${projectName}`)}</bdi>,
        },
        {
          id: 'committed',
          header: 'This month',
          cell: ({ committed, currency }) => `${committed.toFixed(2)} ${currency}`,
        },
        { id: 'limit', header: 'Limit', cell: ({ limit, currency }) => `${limit.toFixed(2)} ${currency}` },
        {
          id: 'share',
          header: 'Used',
          minWidth: 180,
          cell: ({ committed, limit, projectName }) => (
            <ProgressBar
              value={Math.min(100, Math.round((committed / limit) * 100))}
              ariaLabel={`Used by ${visibleText(projectName)}`}
            />
          ),
        },
      ]}
    />
  );
}
