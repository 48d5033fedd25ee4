import { z } from 'zod';
import { readProperties } from '../functions/resource-properties';
import type { StackResource } from '../template/stack-template';
import type { MethodDefinition } from './method-definition';

/** A resource of the API with its methods. */
export interface Route {
  /** API Gateway's id of the resource. */
  readonly resourceId: string;
  /** With its parameters' names, for example `/conversations/{conversation_id}`. */
  readonly resourcePath: string;
  readonly methods: ReadonlyMap<string, MethodDefinition>;
}

export interface MatchedRoute {
  readonly route: Route;
  /** As the client wrote them: API Gateway does not decode them. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

const shape = z.strictObject({ ParentId: z.string(), PathPart: z.string(), RestApiId: z.string() });

/** Every resource of an API with its full path, the root included. */
export function routes(
  resources: readonly StackResource[],
  methods: readonly MethodDefinition[],
  rootId: string,
): readonly Route[] {
  const parts = new Map(resources.map((resource) => [resource.reference, readProperties(resource, shape)]));
  const pathOf = (resourceId: string): string => {
    if (resourceId === rootId) return '';
    const part = parts.get(resourceId);
    if (!part) {
      throw new Error(
        `Reading the API's resources failed: the resource ${resourceId} does not exist. Add it to the stack.`,
      );
    }
    return `${pathOf(part.ParentId)}/${part.PathPart}`;
  };
  return [rootId, ...parts.keys()].map((resourceId) => ({
    resourceId,
    resourcePath: pathOf(resourceId) || '/',
    methods: new Map(
      methods.filter((method) => method.resourceId === resourceId).map((method) => [method.httpMethod, method]),
    ),
  }));
}

/**
 * The most specific resource for a path: at each place a literal part stands above a parameter, and that above
 * `{proxy+}`.
 */
export function matchRoute(table: readonly Route[], path: string): MatchedRoute | undefined {
  const parts = partsOf(path);
  const [best] = table
    .map((route) => ({ route, written: partsOf(route.resourcePath) }))
    .filter(({ written }) => fits(written, parts))
    .sort((left, right) => rank(left.written).localeCompare(rank(right.written)));
  if (!best) return undefined;
  const pathParameters = best.written.flatMap((written, place) => {
    const [, name, isGreedy] = /^\{([^+}]+)(\+?)\}$/.exec(written) ?? [];
    if (name === undefined) return [];
    return [[name, isGreedy ? parts.slice(place).join('/') : parts[place] ?? '']];
  });
  return { route: best.route, pathParameters: Object.fromEntries(pathParameters) };
}

function partsOf(path: string): readonly string[] {
  // A slash at the end makes no difference to API Gateway.
  return path.replace(/\/$/, '').split('/').slice(1);
}

function fits(written: readonly string[], parts: readonly string[]): boolean {
  const isGreedy = written.at(-1)?.endsWith('+}') ?? false;
  if (isGreedy ? parts.length < written.length : parts.length !== written.length) return false;
  return written.every((part, place) => part.startsWith('{') ? parts[place] !== '' : part === parts[place]);
}

/** Sorts as text: a literal part before a parameter, a parameter before a greedy one. */
function rank(written: readonly string[]): string {
  return written.map((part) => part.endsWith('+}') ? '3' : part.startsWith('{') ? '2' : '1').join('');
}
