import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import type { ConversationView } from '../shared/api';
import { api, read } from '../shared/api';
import { channelName } from '../shared/channel-name';
import { FaultAlert } from '../shared/fault-alert';
import { Loading } from '../shared/loading';
import { moment } from '../shared/moments';
import { PageLink } from '../shared/page-link';
import { POLL } from '../shared/poll';
import { visibleText } from '../shared/visible-text';
import { Lanes } from './lanes';
import { State } from './state';
import { wordsOf } from './states';
import { TextPanel } from './text-panel';

/** One conversation: what became of it, why, and what to do next. */
export function ConversationScreen({ openKey }: { readonly openKey: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['conversation', openKey],
    queryFn: async () => read(api.GET('/console/api/conversations/{id}', { params: { path: { id: openKey } } })),
    ...POLL,
  });
  if (error) return <FaultAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading what="the conversation" />;
  const isHeld = data.status === 'awaiting_review' && data.mayRead === 'yes';
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={<bdi>{visibleText(`${data.companyName}, ${data.projectName}`)}</bdi>}
          actions={
            isHeld && (
              <PageLink to={`/review/${data.key}`}>
                Review it
              </PageLink>
            )
          }
        >
          {`${channelName(data.channel)} to ${data.recipient}`}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Container header={<Header variant="h2">What became of it</Header>}>
          <KeyValuePairs
            columns={3}
            items={[
              { label: 'State', value: <State status={data.status} delivery={data.delivery} /> },
              { label: 'Why', value: whyOf(data) },
              { label: 'Next', value: visibleText(data.step.words) },
              { label: 'Accepted', value: moment(data.acceptedAt) },
              {
                label: data.sentAt === undefined ? 'Of use until' : 'Sent',
                value: moment(data.sentAt ?? data.sendBefore),
              },
              { label: 'Attempts', value: `${data.attempts.used} of ${data.attempts.allowed}` },
              {
                label: 'Cost',
                value: data.cost ? `${data.cost.amount.toFixed(4)} ${data.cost.currency}` : 'known once it has ended',
              },
              {
                label: 'Replies',
                value:
                  data.repliesWaitSince === undefined
                    ? String(data.replies)
                    : `${data.replies}, since ${moment(data.repliesWaitSince)} for a person`,
              },
              { label: "Vendor's identifier", value: data.vendorMessageId ?? '–' },
            ]}
          />
        </Container>
        <Container header={<Header variant="h2">States that it went through</Header>}>
          <Lanes way={data.way} />
        </Container>
        <Container header={<Header variant="h2">How it was composed</Header>}>
          <KeyValuePairs
            columns={3}
            items={[
              { label: 'Template', value: data.template ? visibleText(data.template) : 'not composed yet' },
              { label: 'Model', value: data.model ?? 'none was asked' },
              {
                label: 'Tokens',
                value: data.tokens ? `${data.tokens.prompt} in, ${data.tokens.completion} out` : '–',
              },
              ...Object.entries(data.verdicts ?? {}).map(([name, verdict]) => ({
                label: `Value ${visibleText(name)}`,
                value: verdict,
              })),
            ]}
          />
        </Container>
        <TextPanel openKey={openKey} mayRead={data.mayRead} />
        <Box variant="small">
          <CopyToClipboard
            variant="inline"
            textToCopy={data.conversationId}
            copyButtonAriaLabel="Copy the identifier"
            copySuccessText="Copied"
            copyErrorText="Copying failed: select it and copy it by hand."
          />
        </Box>
      </SpaceBetween>
    </ContentLayout>
  );
}

function whyOf({ reason, words, detail }: ConversationView): string {
  if (reason === undefined) return '–';
  return visibleText(`${words ?? wordsOf(reason)}${detail === undefined ? '' : ` (${detail})`}`);
}
