import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useLocation, useSearch } from 'wouter';
import { useSession } from '../session/me';
import { ChatsTable } from './chats-table';
import { ReplyScreen } from './reply-screen';
import { WaitingTable } from './waiting-table';

const LISTS = [
  { id: 'waiting', text: 'Waiting', description: 'Who has waited longest comes first.' },
  { id: 'mine', text: 'Mine', description: 'Chats that you have: the engine is silent in them until you return them.' },
  { id: 'taken', text: 'With a person', description: 'Who has which chat, and since when.' },
  { id: 'returned', text: 'Returned', description: 'Chats that were returned to the engine in the last 30 days.' },
] as const;

/** Recipients who wait for a person's answer, and chats by who has them. The address names the list. */
export function RepliesScreen({ openKey }: { readonly openKey?: string }) {
  const { company } = useSession();
  const [, navigate] = useLocation();
  const wanted = new URLSearchParams(useSearch()).get('list');
  const list = LISTS.find(({ id }) => id === wanted) ?? LISTS[0];
  if (openKey !== undefined) return <ReplyScreen key={openKey} openKey={openKey} />;
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={list.description}>
          Replies
        </Header>
      }
    >
      <SpaceBetween size="m">
        <SegmentedControl
          label="Which chats"
          options={[...LISTS]}
          selectedId={list.id}
          onChange={({ detail }) => {
            navigate(`/replies?list=${detail.selectedId}`, { replace: true });
          }}
        />
        {list.id === 'waiting' ? <WaitingTable /> : <ChatsTable key={`${list.id} ${company?.id ?? ''}`} list={list.id} />}
      </SpaceBetween>
    </ContentLayout>
  );
}
