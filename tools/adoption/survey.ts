import { awsFailure } from '../../src/cli/command-error';
import type { Cloud, StackLists, StageStack } from './cloud';
import type { Found, FoundOf, Kind, Ownership } from './found-resource';
import { KINDS } from './found-resource';
import type { StageScope } from './stage-scope';

/** What these credentials may not look at. */
export interface Unreadable {
  readonly kind: Kind | 'stack' | 'caller';
  /** The permission that is missing, as `service:Action`. */
  readonly action: string;
}

export interface DiscoveredResource {
  readonly found: Found;
  readonly owner: Ownership;
}

export interface Survey {
  readonly discovered: readonly DiscoveredResource[];
  readonly unreadable: readonly Unreadable[];
  readonly stack: StageStack | undefined;
}

/**
 * Looks at everything of the stage's names. A service that refuses is listed as unreadable; any other failure ends
 * the survey.
 */
export async function survey(cloud: Cloud, scope: StageScope, kinds: readonly Kind[] = KINDS): Promise<Survey> {
  const lists = cloud.stackLists();
  const [stack, ...parts] = await Promise.all(
    [surveyStack(cloud, scope), ...kinds.map(async (kind) => surveyKind(cloud, scope, kind, lists))]);
  const gaps = [stack, ...parts].flatMap(({ unreadable }) => unreadable);
  return {
    discovered: parts.flatMap(({ discovered }) => discovered),
    // Each resource asks for its owner: one gap is enough.
    unreadable: gaps.filter(
      (gap, position) => gaps.findIndex(({ kind, action }) => kind === gap.kind && action === gap.action) === position),
    stack: stack.stack,
  };
}

async function surveyStack(cloud: Cloud, { names }: StageScope): Promise<Pick<Survey, 'stack' | 'unreadable'>> {
  try {
    return { stack: await cloud.stageStack(names.stack), unreadable: [] };
  } catch (error) {
    return { stack: undefined, unreadable: [unreadableOf('stack', `Looking at the stack ${names.stack}`, error)] };
  }
}

/** One kind again, with its owners as they are now. */
export async function surveyKind<K extends Kind>(
  cloud: Cloud, scope: StageScope, kind: K, lists: StackLists,
): Promise<Pick<Survey, 'discovered' | 'unreadable'>> {
  const attempted = `Looking for each ${kind} of the stage ${scope.stage}`;
  let found: ReadonlyArray<FoundOf<K>>;
  try {
    found = await cloud.list(kind, scope);
  } catch (error) {
    return { discovered: [], unreadable: [unreadableOf(kind, attempted, error)] };
  }
  const unreadable: Unreadable[] = [];
  const discovered = await Promise.all(found.map(async (one): Promise<DiscoveredResource> => {
    try {
      return { found: one, owner: await lists.ownerOf(one) };
    } catch (error) {
      unreadable.push(unreadableOf('stack', `Asking which stack owns the ${kind} ${one.name}`, error));
      return { found: one, owner: 'unseen' };
    }
  }));
  return { discovered, unreadable };
}

/** The permission that was missing; rethrows any other failure as a sentence. */
export function unreadableOf(kind: Unreadable['kind'], attempted: string, error: unknown): Unreadable {
  if (!(error instanceof Error)
    || !/AccessDenied|NotAuthorized|UnauthorizedOperation|AuthorizationError/.test(error.name)) {
    throw awsFailure(
      attempted, error);
  }
  return {
    kind, action: /not authorized to perform: ([\w:-]+)/.exec(error.message)?.[
      1] ?? 'an action that AWS did not name',
  };
}
