import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiKey } from '../shared/api';
import { api, read } from '../shared/api';
import { FaultAlert } from '../shared/fault-alert';
import { Empty } from '../shared/loading';
import { moment } from '../shared/moments';
import { visibleText } from '../shared/visible-text';

const KINDS = { working: 'success', expired: 'stopped', revoked: 'stopped', unfinished: 'warning' } as const;

/** The company's API keys. The whole table is read for them, so they are listed when they are asked for. */
export function Keys({ company }: { readonly company: string }) {
  const [isAsked, setAsked] = useState(false);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['keys', company],
    queryFn: async () => read(api.GET('/console/api/companies/keys', { params: { query: { company } } })),
    enabled: isAsked,
    staleTime: Infinity,
  });
  const list = (
    <Button
      loading={isFetching}
      onClick={() => {
        if (isAsked) void refetch();
        setAsked(true);
      }}
    >
      List the keys
    </Button>
  );
  return (
    <>
      {error && <FaultAlert error={error} onRetry={() => void refetch()} />}
      <Table<ApiKey>
        items={data?.keys ?? []}
        trackBy="hash"
        header={
          <Header variant="h2" actions={list} description="Made, rotated and revoked by engine key.">
            API keys
          </Header>
        }
        empty={<Empty>{isAsked && data ? 'The company has no key.' : 'List the keys to see them.'}</Empty>}
        ariaLabels={{ tableLabel: 'API keys' }}
        columnDefinitions={[
          { id: 'hash', header: 'Hash begins with', isRowHeader: true, cell: ({ hash }) => hash },
          {
            id: 'state',
            header: 'State',
            cell: ({ state, isTest }) => (
              <StatusIndicator type={KINDS[state]}>{`${state}${isTest ? ', for tests' : ''}`}</StatusIndicator>
            ),
          },
          { id: 'projects', header: 'Opens', cell: ({ projects }) => projectWords(projects) },
          { id: 'label', header: 'Label', cell: ({ label }) => (label === undefined ? '–' : visibleText(label)) },
          { id: 'made', header: 'Made', cell: ({ createdAt }) => moment(createdAt) },
          { id: 'ends', header: 'Ends', cell: ({ endsAt }) => (endsAt === undefined ? '–' : moment(endsAt)) },
        ]}
      />
    </>
  );
}

export function projectWords(projects: readonly string[]): string {
  return projects.includes('*') ? 'all projects' : visibleText(projects.join(', '));
}
