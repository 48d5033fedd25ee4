import Box from '@cloudscape-design/components/box';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../shared/api';
import { channelName } from '../shared/channel-name';
import { FaultAlert } from '../shared/fault-alert';
import { Empty } from '../shared/loading';
import { moment } from '../shared/moments';
import { visibleText } from '../shared/visible-text';
import type { CheckRow } from './verification-rows';
import { checkRows } from './verification-rows';

const VERDICTS = {
  ok: { type: 'success', text: 'holds' },
  warning: { type: 'warning', text: 'holds, but look at it' },
  fault: { type: 'error', text: 'does not hold' },
  skipped: { type: 'stopped', text: 'not checked' },
} as const;

interface VerificationProps {
  readonly company: string;
  readonly project: string;
}

/** What the vendors said of the project when it was last verified, check by check, and the command that mends each. */
export function Verification({ company, project }: VerificationProps) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['verification', company, project],
    queryFn: async () =>
      read(api.GET('/console/api/companies/verification', { params: { query: { company, project } } })),
  });
  return (
    <SpaceBetween size="s">
      {error && <FaultAlert error={error} onRetry={() => void refetch()} />}
      <Table<CheckRow>
        items={data ? [...checkRows(data)] : []}
        trackBy="id"
        loading={isPending}
        loadingText="Loading the verification"
        wrapLines
        header={
          <Header
            variant="h2"
            description="The command asks the vendors with the company's own credentials, which this page does not have."
          >
            Verification
          </Header>
        }
        footer={data && <Command label="To verify again" command={data.command} />}
        empty={<Empty>The project has no channel.</Empty>}
        ariaLabels={{ tableLabel: 'Checks of the project' }}
        columnDefinitions={[
          {
            id: 'part',
            header: 'Of',
            minWidth: 150,
            cell: ({ part, asked }) => (
              <>
                {part === 'answers' ? 'Answer cards' : channelName(part)}
                {part === 'answers' && <Box variant="small" display="block">as of now</Box>}
                {asked && <Box variant="small" display="block">{`${moment(asked.at)}, by ${visibleText(asked.by)}`}</Box>}
                {asked?.isOutdated === true && (
                  <StatusIndicator type="warning">the record was changed since: verify again</StatusIndicator>
                )}
              </>
            ),
          },
          {
            id: 'check',
            header: 'Check',
            isRowHeader: true,
            minWidth: 220,
            cell: ({ finding }) => <bdi>{visibleText(finding?.subject ?? 'vendors')}</bdi>,
          },
          {
            id: 'verdict',
            header: 'Result',
            minWidth: 150,
            cell: ({ finding }) =>
              finding ? (
                <StatusIndicator type={VERDICTS[finding.verdict].type}>
                  {VERDICTS[finding.verdict].text}
                </StatusIndicator>
              ) : (
                <StatusIndicator type="pending">not verified yet</StatusIndicator>
              ),
          },
          {
            id: 'words',
            header: 'What was found, and what to do',
            minWidth: 260,
            cell: ({ finding }) => (
              <>
                <span className="long">{visibleText(finding?.words ?? 'Nobody has asked the vendors yet.')}</span>
                {finding?.command !== undefined && <Command command={finding.command} />}
              </>
            ),
          },
        ]}
      />
    </SpaceBetween>
  );
}

function Command({ label, command }: { readonly label?: string; readonly command: string }) {
  return (
    <div className="command">
      {label !== undefined && `${label}: `}
      <CopyToClipboard
        variant="inline"
        textToCopy={command}
        textToDisplay={visibleText(command)}
        copyButtonAriaLabel={`Copy the command ${command}`}
        copySuccessText="Copied"
        copyErrorText="Copying failed: select it and copy it by hand."
      />
    </div>
  );
}
