import { awsFailure } from '../command-error';
import type { Cloud, Ownership } from './cloud';
import type { Found, FoundOf, Kind, Owner } from './found-resource';
import { KINDS } from './found-resource';
import type { StageScope } from './stage-scope';

/** A kind that these credentials may not look at. */
export interface NotSeen {
  readonly kind: Kind;
  /** The permission that is missing, as `service:Action`. */
  readonly action: string;
}

export interface Sighting {
  readonly found: Found;
  readonly owner: Owner | undefined;
}

export interface Survey {
  readonly sightings: readonly Sighting[];
  readonly notSeen: readonly NotSeen[];
}

/** Looks at everything of the stage's names. A service that refuses leaves a gap that is told; any other failure ends the survey. */
export async function survey(cloud: Cloud, scope: StageScope, kinds: readonly Kind[] = KINDS): Promise<Survey> {
  const ownership = cloud.ownership();
  const parts = await Promise.all(kinds.map(async (kind) => surveyKind(cloud, scope, kind, ownership)));
  return { sightings: parts.flatMap(({ sightings }) => sightings), notSeen: parts.flatMap(({ notSeen }) => notSeen) };
}

async function surveyKind<K extends Kind>(cloud: Cloud, scope: StageScope, kind: K, ownership: Ownership): Promise<Survey> {
  try {
    const found: ReadonlyArray<FoundOf<K>> = await cloud.list(kind, scope);
    return { sightings: await Promise.all(found.map(async (one) => ({ found: one, owner: await ownership.ownerOf(one) }))), notSeen: [] };
  } catch (error) {
    const action = refusedAction(error);
    if (action === undefined) throw awsFailure(`Looking for each ${kind} of the stage ${scope.stage}`, error);
    return { sightings: [], notSeen: [{ kind, action }] };
  }
}

/** The permission that was missing; undefined for any other failure. */
function refusedAction(error: unknown): string | undefined {
  if (!(error instanceof Error) || !/AccessDenied|NotAuthorized|UnauthorizedOperation|AuthorizationError/.test(error.name)) return undefined;
  return /not authorized to perform: ([\w:-]+)/.exec(error.message)?.[1] ?? 'its list';
}
