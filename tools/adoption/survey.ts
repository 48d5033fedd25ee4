import { awsFailure } from '../../src/cli/command-error';
import type { Cloud, StackLists, StageStack } from './cloud';
import type { Found, FoundOf, Kind, Ownership } from './found-resource';
import { KINDS } from './found-resource';
import type { StageScope } from './stage-scope';

/** What these credentials may not look at. */
export interface NotSeen {
  readonly kind: Kind | 'stack';
  /** The permission that is missing, as `service:Action`. */
  readonly action: string;
}

export interface Sighting {
  readonly found: Found;
  readonly owner: Ownership;
}

export interface Survey {
  readonly sightings: readonly Sighting[];
  readonly notSeen: readonly NotSeen[];
  readonly stack: StageStack | undefined;
}

/** Looks at everything of the stage's names. A service that refuses leaves a gap that is told; any other failure ends the survey. */
export async function survey(cloud: Cloud, scope: StageScope, kinds: readonly Kind[] = KINDS): Promise<Survey> {
  const lists = cloud.stackLists();
  const [stack, ...parts] = await Promise.all([surveyStack(cloud, scope), ...kinds.map(async (kind) => surveyKind(cloud, scope, kind, lists))]);
  const gaps = [stack, ...parts].flatMap(({ notSeen }) => notSeen);
  return {
    sightings: parts.flatMap(({ sightings }) => sightings),
    // Each resource asks for its owner: one gap is enough.
    notSeen: gaps.filter((gap, position) => gaps.findIndex(({ kind, action }) => kind === gap.kind && action === gap.action) === position),
    stack: stack.stack,
  };
}

async function surveyStack(cloud: Cloud, { names }: StageScope): Promise<Pick<Survey, 'stack' | 'notSeen'>> {
  try {
    return { stack: await cloud.stageStack(names.stack), notSeen: [] };
  } catch (error) {
    return { stack: undefined, notSeen: [gapOf('stack', `Looking at the stack ${names.stack}`, error)] };
  }
}

/** One kind again, with its owners as they are now. */
export async function surveyKind<K extends Kind>(
  cloud: Cloud, scope: StageScope, kind: K, lists: StackLists,
): Promise<Pick<Survey, 'sightings' | 'notSeen'>> {
  const attempted = `Looking for each ${kind} of the stage ${scope.stage}`;
  let found: ReadonlyArray<FoundOf<K>>;
  try {
    found = await cloud.list(kind, scope);
  } catch (error) {
    return { sightings: [], notSeen: [gapOf(kind, attempted, error)] };
  }
  const notSeen: NotSeen[] = [];
  const sightings = await Promise.all(found.map(async (one): Promise<Sighting> => {
    try {
      return { found: one, owner: await lists.ownerOf(one) };
    } catch (error) {
      notSeen.push(gapOf('stack', `Asking which stack owns the ${kind} ${one.name}`, error));
      return { found: one, owner: 'unseen' };
    }
  }));
  return { sightings, notSeen };
}

/** The permission that was missing; rethrows any other failure as a sentence. */
function gapOf(kind: NotSeen['kind'], attempted: string, error: unknown): NotSeen {
  if (!(error instanceof Error) || !/AccessDenied|NotAuthorized|UnauthorizedOperation|AuthorizationError/.test(error.name)) throw awsFailure(attempted, error);
  return { kind, action: /not authorized to perform: ([\w:-]+)/.exec(error.message)?.[1] ?? 'an action that AWS did not name' };
}
