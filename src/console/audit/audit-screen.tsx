import ContentLayout from '@cloudscape-design/components/content-layout';
import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { wordsOf } from '../conversations/states';
import { useSession } from '../session/me';
import { api, read } from '../shared/api';
import { FaultAlert } from '../shared/fault-alert';
import { Empty } from '../shared/loading';
import { moment } from '../shared/moments';
import { PageLink } from '../shared/page-link';
import { Pager } from '../shared/pager';

/** Who read or changed what, a day at a time. */
export function AuditScreen() {
  const { company } = useSession();
  const [day, setDay] = useState(() => new Date().toISOString().slice(0, 10));
  const [pages, setPages] = useState<readonly string[]>([]);
  const after = pages.at(-1);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['audit', company?.id, day, after],
    queryFn: async () =>
      read(api.GET('/console/api/audit', { params: { query: { company: company?.id ?? '', day, after } } })),
    enabled: /^\d{4}-\d{2}-\d{2}$/.test(day),
  });
  return (
    <ContentLayout
      header={
        <Header variant="h1" description="Each read of text and each change: who, what and when. It holds no text.">
          Audit
        </Header>
      }
    >
      {error && <FaultAlert error={error} onRetry={() => void refetch()} />}
      <Table
        items={data?.items ?? []}
        trackBy="id"
        loading={isPending}
        loadingText="Loading the audit"
        wrapLines
        empty={<Empty>Nothing was read or changed on this day.</Empty>}
        ariaLabels={{ tableLabel: 'Audit items' }}
        filter={
          <FormField label="Day (UTC)">
            <DatePicker
              value={day}
              onChange={({ detail }) => {
                setPages([]);
                setDay(detail.value);
              }}
              placeholder="YYYY/MM/DD"
              openCalendarAriaLabel={(selected) =>
                selected ? `Choose a day, ${selected} is chosen` : 'Choose a day'
              }
            />
          </FormField>
        }
        footer={<Pager pages={pages} next={data?.next} onPages={setPages} />}
        columnDefinitions={[
          { id: 'at', header: 'When', cell: ({ at }) => moment(at) },
          {
            id: 'who',
            header: 'Who',
            isRowHeader: true,
            cell: ({ person, by }) => `${person}${by === 'command' ? ', by the command' : ''}`,
          },
          {
            id: 'what',
            header: 'What',
            cell: ({ action, reason }) => wordsOf(action) + (reason === undefined ? '' : `: ${wordsOf(reason)}`),
          },
          { id: 'fields', header: 'Fields', cell: ({ fields }) => fields.join(', ') },
          {
            id: 'record',
            header: 'Record',
            cell: ({ key, conversationId }) =>
              key === undefined ? (
                '–'
              ) : (
                <PageLink to={`/conversations/${key}`}>
                  {conversationId?.split('#')[2]?.slice(0, 8) ?? 'open'}
                </PageLink>
              ),
          },
        ]}
      />
    </ContentLayout>
  );
}
