import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { useSession } from '../session/me';
import type { ConversationRow } from '../shared/api';
import { api, read } from '../shared/api';
import { channelName } from '../shared/channel-name';
import { FaultAlert } from '../shared/fault-alert';
import { Empty } from '../shared/loading';
import { moment } from '../shared/moments';
import { PageLink } from '../shared/page-link';
import { Pager } from '../shared/pager';
import { POLL } from '../shared/poll';
import { visibleText } from '../shared/visible-text';
import { State } from './state';
import { LISTED, wordsOf } from './states';

const ANY = { value: '', label: 'Any' };
const HOURS = [
  ANY,
  { value: '1', label: 'Last hour' },
  { value: '24', label: 'Last 24 hours' },
  { value: '168', label: 'Last 7 days' },
];

/** A company's conversations, by project, state and time; never by a person's name or words. */
export function ConversationsScreen() {
  const { company } = useSession();
  const [search, setSearch] = useSearchParams();
  const [pages, setPages] = useState<readonly string[]>([]);
  const filter = (name: string) => search.get(name) ?? '';
  const [state, project, reason, hours] = [filter('state'), filter('project'), filter('reason'), filter('hours')];
  const after = pages.at(-1);
  const query = useQuery({
    queryKey: ['conversations', company?.id, state, project, reason, hours, after],
    queryFn: async () =>
      read(
        api.GET('/console/api/conversations', {
          params: {
            query: {
              company: company?.id ?? '',
              state: state || undefined,
              project: project || undefined,
              reason: reason || undefined,
              since: hours === '' ? undefined : new Date(Date.now() - Number(hours) * 3_600_000).toISOString(),
              after,
            },
          },
        }),
      ),
    ...(pages.length === 0 ? POLL : {}),
  });
  const choose = (name: string, value: string) => {
    setPages([]);
    setSearch((before) => {
      const next = new URLSearchParams(before);
      if (value === '') next.delete(name);
      else next.set(name, value);
      return next;
    });
  };
  const projects = [ANY, ...(company?.projects ?? []).map(({ id, name }) => ({ value: id, label: name }))];
  const states = [ANY, ...LISTED.map((value) => ({ value, label: wordsOf(value) }))];
  const { data, error, isPending, refetch } = query;
  return (
    <ContentLayout
      header={
        <Header variant="h1" description="The newest first, 50 a page.">
          Conversations
        </Header>
      }
    >
      <SpaceBetween size="m">
        {error && <FaultAlert error={error} onRetry={() => void refetch()} />}
        <Table
          items={data?.found ?? []}
          trackBy="key"
          loading={isPending}
          loadingText="Loading the conversations"
          wrapLines
          empty={<Empty>No conversation fits. Choose another state, project or time.</Empty>}
          ariaLabels={{ tableLabel: 'Conversations' }}
          filter={
            <div className="filters">
              <Choice
                label="State"
                options={states}
                value={state}
                onChoose={(value) => {
                  choose('state', value);
                }}
              />
              <Choice
                label="Project"
                options={projects}
                value={project}
                onChoose={(value) => {
                  choose('project', value);
                }}
              />
              <Choice
                label="Accepted"
                options={HOURS}
                value={hours}
                onChoose={(value) => {
                  choose('hours', value);
                }}
              />
              {reason !== '' && (
                <Button
                  iconName="close"
                  iconAlign="right"
                  onClick={() => {
                    choose('reason', '');
                  }}
                >{`Reason: ${wordsOf(reason)}`}</Button>
              )}
            </div>
          }
          footer={<Pager pages={pages} next={data?.next} onPages={setPages} />}
          columnDefinitions={COLUMNS}
        />
      </SpaceBetween>
    </ContentLayout>
  );
}

const COLUMNS: ReadonlyArray<TableProps.ColumnDefinition<ConversationRow>> = [
  {
    id: 'which',
    header: 'Conversation',
    isRowHeader: true,
    minWidth: 150,
    cell: ({ key, channel, recipient }) => (
      <PageLink to={`/conversations/${key}`}>
        {`${channelName(channel)} to ${recipient}`}
      </PageLink>
    ),
  },
  {
    id: 'state',
    header: 'State',
    minWidth: 180,
    cell: ({ status, delivery }) => <State status={status} delivery={delivery} />,
  },
  { id: 'reason', header: 'Reason', cell: ({ reason }) => (reason === undefined ? '–' : wordsOf(reason)) },
  { id: 'next', header: 'Next', cell: ({ step }) => visibleText(step.words) },
  { id: 'at', header: 'Accepted', minWidth: 150, cell: ({ acceptedAt }) => moment(acceptedAt) },
  { id: 'project', header: 'Project', cell: ({ projectName }) => <bdi>{visibleText(projectName)}</bdi> },
];

interface ChoiceProps {
  readonly label: string;
  readonly options: ReadonlyArray<{ readonly value: string; readonly label: string }>;
  readonly value: string;
  readonly onChoose: (value: string) => void;
}

function Choice({ label, options, value, onChoose }: ChoiceProps) {
  return (
    <FormField label={label}>
      <Select
        options={options}
        selectedOption={options.find((option) => option.value === value) ?? options[0] ?? null}
        onChange={({ detail }) => {
          onChoose(detail.selectedOption.value ?? '');
        }}
      />
    </FormField>
  );
}
