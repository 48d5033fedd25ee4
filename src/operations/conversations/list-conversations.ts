import type { Page } from '../../core/listing/read-page';
import { readPage } from '../../core/listing/read-page';
import type { Conversation } from '../../core/lifecycle/conversation';
import { timestamp } from '../../core/ports/clock';
import type { OperationPorts } from '../ports';
import type { ProjectPorts, Selection } from './selection';
import { isSelected, sourceOf } from './selection';

/** Records that one page reads at most, however few of them are meant. */
const READ_AT_MOST = 1000;

/** Operators may change the selection between two pages, such as a moment that is so long ago. */
const OWNER = 'operators';

type Ports = Pick<OperationPorts, 'clock' | 'index'> & ProjectPorts;

/** One page of conversations, the newest first. */
export async function listConversations(
  ports: Ports, selection: Selection, { limit, after }: { readonly limit: number; readonly after?: string },
): Promise<Page> {
  const now = ports.clock.now();
  const { parts, byAcceptance, from } = await sourceOf(ports, selection, timestamp(now));
  return readPage(ports, {
    parts,
    from,
    since: byAcceptance ? selection.since : undefined,
    isMeant: (conversation) => isSelected(conversation, selection, now),
    limit,
    readAtMost: READ_AT_MOST,
    after,
    owner: OWNER,
  });
}

/** Conversations that a collection takes from one page. */
const A_PAGE = 100;

/** The conversations of a selection, page by page, to the end or until there are so many. `isMeant` leaves some out. */
export async function collectConversations(
  ports: Ports, selection: Selection, atMost: number, isMeant: (conversation: Conversation) => boolean = () => true,
): Promise<{ readonly found: readonly Conversation[]; readonly complete: boolean }> {
  const found: Conversation[] = [];
  let after: string | undefined;
  do {
    const page = await listConversations(ports, selection, { limit: A_PAGE, after });
    if (page.outcome !== 'read') break;
    found.push(...page.found.filter(isMeant));
    after = page.next;
  } while (after !== undefined && found.length < atMost);
  return { found, complete: after === undefined };
}
