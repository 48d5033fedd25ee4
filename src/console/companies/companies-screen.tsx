import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../session/me';
import { api, read } from '../shared/api';
import { channelName } from '../shared/channel-name';
import { FaultAlert } from '../shared/fault-alert';
import { Empty, Loading } from '../shared/loading';
import { moment } from '../shared/moments';
import { visibleText } from '../shared/visible-text';
import { Keys } from './keys';
import { Endpoints } from './endpoints';
import { Verification } from './verification';

/** A project's record as it is stored; it is changed by the command. */
export function CompaniesScreen() {
  const { company } = useSession();
  const [chosen, setChosen] = useState<string>();
  const project = company?.projects.find(({ id }) => id === chosen) ?? company?.projects[0];
  const { data, error, refetch } = useQuery({
    queryKey: ['company', company?.id, project?.id],
    queryFn: async () =>
      read(
        api.GET('/console/api/companies/record', {
          params: { query: { company: company?.id ?? '', project: project?.id ?? '' } },
        }),
      ),
    enabled: company !== undefined && project !== undefined,
  });
  const options = (company?.projects ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <ContentLayout
      header={
        <Header variant="h1" description="The record is changed by engine company and engine template; endpoints are tested here.">
          <bdi>{visibleText(company?.name ?? 'Companies')}</bdi>
        </Header>
      }
    >
      <SpaceBetween size="l">
        <FormField label="Project">
          <Select
            options={options}
            selectedOption={options.find(({ value }) => value === project?.id) ?? null}
            onChange={({ detail }) => { setChosen(detail.selectedOption.value); }}
          />
        </FormField>
        {error && <FaultAlert error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Loading what="the record" />}
        {data && data.faults.length > 0 && (
          <Alert type="error" header="The record is incomplete, so nothing can be sent">
            <ul>
              {data.faults.map(({ path, message }) => (
                <li key={path}>{visibleText(`${path}: ${message}`)}</li>
              ))}
            </ul>
          </Alert>
        )}
        {data && (
          <Container header={<Header variant="h2">Limits and state</Header>}>
            <KeyValuePairs
              columns={3}
              items={[
                {
                  label: 'State',
                  value: (
                    <StatusIndicator type={data.record.project_status === 'active' ? 'success' : 'stopped'}>
                      {visibleText(String(data.record.project_status ?? 'unknown'))}
                    </StatusIndicator>
                  ),
                },
                { label: 'Channels', value: visibleText(project?.channels.map(channelName).join(', ') ?? '') },
                { label: 'Requests today', value: plainValue(data.used.requestsToday) },
                { label: 'Open conversations', value: plainValue(data.used.openConversations) },
                {
                  label: 'Spent and reserved this month',
                  value: `${data.used.committedThisMonth.toFixed(2)} ${currencyOf(data.record.budget)}`,
                },
                ...pairsOf(data.record.rate_limits),
                ...pairsOf(data.record.budget),
              ]}
            />
          </Container>
        )}
        {company && project && <Verification company={company.id} project={project.id} />}
        {data && (
          <Table
            items={data.templates.flatMap(({ channel, name, version, versions }) =>
              versions.length > 0
                ? versions.map((one) => ({ channel, name, ...one }))
                : [{ channel, name, version, current: true, writtenAt: '', writtenBy: undefined }],
            )}
            header={<Header variant="h2">Templates</Header>}
            empty={<Empty>No channel has a template.</Empty>}
            ariaLabels={{ tableLabel: 'Templates and their versions' }}
            columnDefinitions={[
              {
                id: 'name',
                header: 'Template',
                isRowHeader: true,
                cell: ({ name }) => <bdi>{visibleText(name)}</bdi>,
              },
              { id: 'channel', header: 'Channel', cell: ({ channel }) => channelName(channel) },
              {
                id: 'version', header: 'Version', cell: ({ version, current }) => `${version}${current ? ', in use' : ''}`,
              },
              {
                id: 'at',
                header: 'Written',
                cell: ({ writtenAt }) => (writtenAt === '' ? 'with the record' : moment(writtenAt)),
              },
              { id: 'by', header: 'By', cell: ({ writtenBy }) => writtenBy ?? '–' },
            ]}
          />
        )}
        {company && <Endpoints company={company.id} />}
        {company && <Keys company={company.id} />}
        {data && <StoredRecord record={data.record} />}
      </SpaceBetween>
    </ContentLayout>
  );
}

function currencyOf(budget: unknown): string {
  return typeof budget === 'object' && budget !== null && 'currency' in budget ? String(budget.currency) : '';
}

function plainValue(value: string | number): string {
  return typeof value === 'number' ? value.toLocaleString('en-GB') : value;
}

function sentenceCase(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** The plain fields of a part of the record. */
function pairsOf(part: unknown) {
  const fields = typeof part === 'object' && part !== null ? Object.entries(part) : [];
  return fields.flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'string' || typeof value === 'number'
      ? [{ label: visibleText(sentenceCase(name)), value: visibleText(plainValue(value)) }]
      : [],
  );
}

function StoredRecord({ record }: { readonly record: Readonly<Record<string, unknown>> }) {
  return (
    <ExpandableSection headerText="The record as it is stored">
      <pre className="record" tabIndex={0}>
        {visibleText(JSON.stringify(record, undefined, 2))}
      </pre>
    </ExpandableSection>
  );
}
