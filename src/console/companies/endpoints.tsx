import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Endpoint } from '../shared/api';
import { api, read } from '../shared/api';
import { FaultAlert } from '../shared/fault-alert';
import { Empty } from '../shared/loading';
import { moment } from '../shared/moments';
import { POLL } from '../shared/poll';
import { visibleText } from '../shared/visible-text';
import { projectWords } from './keys';

const KINDS = { working: 'success', paused: 'warning', disabled: 'error' } as const;

/** Where the company's events go, whether they arrive, a test, and a new signing secret. */
export function Endpoints({ company }: { readonly company: string }) {
  const query = { company };
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['endpoints', company],
    queryFn: async () => read(api.GET('/console/api/companies/endpoints', { params: { query } })),
    ...POLL,
  });
  const test = useMutation({
    mutationFn: async (id: string) =>
      read(api.POST('/console/api/companies/endpoints/test', { params: { query }, body: { id } })),
  });
  const rotate = useMutation({
    mutationFn: async (id: string) =>
      read(api.POST('/console/api/companies/endpoints/rotate', { params: { query }, body: { id } })),
    onSettled: async () => refetch(),
  });
  const [asked, setAsked] = useState<string>();
  const failed = error ?? test.error ?? rotate.error;
  return (
    <SpaceBetween size="s">
      {failed && <FaultAlert error={failed} onRetry={() => void refetch()} />}
      {test.data && <Alert type="info">{test.data.message}</Alert>}
      {rotate.data && <NewSecret {...rotate.data} />}
      {asked !== undefined && (
        <ConfirmSecret
          onClose={() => {
            setAsked(undefined);
          }}
          onMake={() => {
            setAsked(undefined);
            rotate.mutate(asked);
          }}
        />
      )}
      <Table
        items={data?.endpoints ?? []}
        trackBy="id"
        loading={isPending}
        loadingText="Loading the endpoints"
        wrapLines
        header={
          <Header variant="h2" description="Added and removed by engine endpoint, or by the company's own key.">
            Endpoints for events
          </Header>
        }
        empty={<Empty>The company has no endpoint.</Empty>}
        ariaLabels={{ tableLabel: 'Endpoints for events' }}
        columnDefinitions={[
          {
            id: 'url',
            header: 'Address',
            isRowHeader: true,
            cell: ({ url, projects, takesText }) => (
              <>
                <span className="long">{visibleText(url)}</span>
                <Box variant="small" display="block">
                  {`${projectWords(projects)}${takesText ? ', with what recipients write' : ''}`}
                </Box>
              </>
            ),
          },
          { id: 'state', header: 'State', minWidth: 180, cell: (endpoint) => <State endpoint={endpoint} /> },
          {
            id: 'latest',
            header: 'Failures, tests, repetitions',
            minWidth: 220,
            cell: ({ deliveries }) =>
              deliveries.length === 0
                ? 'none'
                : deliveries.slice(0, 3).map(({ at, outcome, answer, cause }, index) => (
                  <div key={index}>{`${moment(at)}: ${cause} ${outcome} (${visibleText(answer)})`}</div>
                )),
          },
          {
            id: 'do',
            header: 'Do',
            cell: ({ id }) => (
              <SpaceBetween size="xs">
                <Button
                  ariaLabel={`Send a test event to ${id}`}
                  loading={test.isPending}
                  onClick={() => {
                    test.mutate(id);
                  }}
                >
                  Test
                </Button>
                <Button
                  ariaLabel={`Make a new signing secret for ${id}`}
                  loading={rotate.isPending}
                  onClick={() => {
                    setAsked(id);
                  }}
                >
                  New secret
                </Button>
              </SpaceBetween>
            ),
          },
        ]}
      />
    </SpaceBetween>
  );
}

function State({ endpoint }: { readonly endpoint: Endpoint }) {
  const { condition, failingSince, nextAttemptAt, lastSuccessAt, heldEvents, heldNextAttemptAt } = endpoint;
  const words =
    condition === 'working'
      ? lastSuccessAt === undefined
        ? 'has taken nothing yet'
        : `works; last took an event ${moment(lastSuccessAt)}`
      : `${condition}${failingSince === undefined ? '' : `, failing since ${moment(failingSince)}`}` +
        (condition === 'paused' && nextAttemptAt !== undefined ? `; tried again ${moment(nextAttemptAt)}` : '');
  const again = heldNextAttemptAt === undefined ? '' : `, tried again ${moment(heldNextAttemptAt)}`;
  return (
    <>
      <StatusIndicator type={KINDS[condition]}>{words}</StatusIndicator>
      {heldEvents > 0 && <Box variant="small" display="block">{`events not taken yet: ${heldEvents}${again}`}</Box>}
    </>
  );
}

function NewSecret({ secret, oldUntil }: { readonly secret: string; readonly oldUntil: string }) {
  return (
    <Alert type="warning" header="Shown only once. Store it now">
      <SpaceBetween size="xs">
        <CopyToClipboard
          variant="inline"
          textToCopy={secret}
          copyButtonAriaLabel="Copy the secret"
          copySuccessText="Copied"
          copyErrorText="Copying failed: select it and copy it by hand."
        />
        <Box>{`The secret before signs beside it until ${moment(oldUntil)}.`}</Box>
      </SpaceBetween>
    </Alert>
  );
}

function ConfirmSecret({ onClose, onMake }: { readonly onClose: () => void; readonly onMake: () => void }) {
  return (
    <Modal
      visible
      header="Make a new signing secret"
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={onMake}>
            Make it
          </Button>
        </Box>
      }
    >
      The secret before goes on signing beside it for some days; the one before that signs no more. Have the new one
      stored where events are received.
    </Modal>
  );
}
