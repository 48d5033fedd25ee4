import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../session/me';
import { api, read } from '../shared/api';
import { FaultAlert } from '../shared/fault-alert';
import { Empty } from '../shared/loading';
import { moment } from '../shared/moments';
import { Pager } from '../shared/pager';
import { POLL } from '../shared/poll';
import { visibleText } from '../shared/visible-text';
import { ChatLink } from './chat-link';
import { writerWords } from './reply-state';

export type ChatsList = 'mine' | 'taken' | 'returned';

type Words = Readonly<Record<'label' | 'empty' | 'who' | 'when', string>>;

const WORDS: Readonly<Record<ChatsList, Words>> = {
  mine: {
    label: 'Chats that you have', empty: 'You have no chat. Take one over from those that wait.', who: 'With', when: 'Since',
  },
  taken: { label: 'Chats that a person has', empty: 'No person has a chat.', who: 'With', when: 'Since' },
  returned: {
    label: 'Chats that were returned to the engine', empty: 'No chat was returned to the engine in the last 30 days.',
    who: 'Returned by', when: 'Returned',
  },
};

/** Chats by who has them, or who returned them; a page by cursor. */
export function ChatsTable({ list }: { readonly list: ChatsList }) {
  const { company, me } = useSession();
  const [pages, setPages] = useState<readonly string[]>([]);
  const after = pages.at(-1);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['replies', company?.id, list, after],
    queryFn: async () =>
      read(
        api.GET('/console/api/replies/chats', {
          params: { query: { company: company?.id ?? '', list, ...(after !== undefined && { after }) } },
        }),
      ),
    ...POLL,
  });
  const { label, empty, who, when } = WORDS[list];
  const projects = new Map((company?.projects ?? []).map(({ id, name }) => [id, name]));
  return (
    <>
      {error && <FaultAlert error={error} onRetry={() => void refetch()} />}
      <Table
        items={data?.chats ?? []}
        loading={isPending}
        loadingText="Loading the chats"
        footer={(pages.length > 0 || data?.next !== undefined) && (
          <Pager pages={pages} next={data?.next} onPages={setPages} />
        )}
        empty={<Empty>{empty}</Empty>}
        ariaLabels={{ tableLabel: label }}
        columnDefinitions={[
          { id: 'who', header: 'Conversation', isRowHeader: true, cell: (row) => <ChatLink chat={row} /> },
          { id: 'by', header: who, cell: ({ by }) => <bdi>{by === me.name ? 'you' : visibleText(writerWords(by))}</bdi> },
          { id: 'at', header: when, cell: ({ at }) => moment(at) },
          {
            id: 'project',
            header: 'Project',
            cell: ({ projectId }) => <bdi>{visibleText(projects.get(projectId) ?? projectId)}</bdi>,
          },
        ]}
      />
    </>
  );
}
