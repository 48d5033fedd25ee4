import type { FoundOf, Kind } from '../found-resource';
import type { StageScope } from '../stage-scope';

/** How one kind of resource is listed and taken away. */
export interface ResourceAdapter<K extends Kind> {
  list(scope: StageScope): Promise<ReadonlyArray<FoundOf<K>>>;
  remove(found: FoundOf<K>, options: { readonly discardMessages: boolean }): Promise<void>;
}

/** Every element of all pages of a list. */
export async function allOf<Page, Element>(
  pages: AsyncIterable<Page>, elementsOf: (page: Page) => readonly Element[] | undefined,
): Promise<readonly Element[]> {
  const found: Element[] = [];
  for await (const page of pages) found.push(...elementsOf(page) ?? []);
  return found;
}

/** How the services call what is not there (any more). */
const GONE = [
  'ResourceNotFoundException', 'NotFoundException', 'NoSuchEntity', 'NoSuchEntityException', 'QueueDoesNotExist',
  'AWS.SimpleQueueService.NonExistentQueue',
  'ResourceNotFound', 'DashboardNotFoundError', 'NotFound', 'TableNotFoundException',
];

export function isGone(error: unknown): boolean {
  return error instanceof Error && GONE.includes(error.name);
}

/** Undefined if the resource was deleted in between. */
export async function unlessGone<Answer>(call: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** Undefined if the stack does not exist, for which CloudFormation has no error of its own. */
export async function unlessNoStack<Answer>(call: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError'
      && error.message.includes('does not exist')) return undefined;
    throw error;
  }
}

/** Leaves out what is undefined. */
export function present<Element>(elements: ReadonlyArray<Element | undefined>): readonly Element[] {
  return elements.filter((element) => element !== undefined);
}
