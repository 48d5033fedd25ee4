import type * as z from 'zod/mini';
import type { Alarms } from '../../core/ports/alarms';
import type { Audit, AuditedAction } from '../../core/ports/audit';
import type { OperationPorts } from '../../operations/ports';
import type { Action, Person } from '../people/may';
import type { PageCall } from '../http/page-call';
import type { SessionPorts, SignedIn } from '../session/session';

/** Everything that the console's routes touch. */
export interface ConsolePorts
  extends
  SessionPorts,
  Pick<
    OperationPorts,
      | 'cardHistory'
      | 'chatLists'
      | 'companies'
      | 'conversations'
      | 'deadLetters'
      | 'deliveries'
      | 'directory'
      | 'endpointKey'
      | 'endpoints'
      | 'grants'
      | 'index'
      | 'limits'
      | 'model'
      | 'names'
      | 'newIdentifier'
      | 'queue'
      | 'repliesDue'
      | 'requests'
      | 'reviewsDue'
      | 'secrets'
      | 'templateHistory'
      | 'threads'
      | 'usage'
      | 'verifications'
  > {
  readonly clock: OperationPorts['clock'];
  readonly audit: Audit;
  readonly alarms: Alarms;
  /** Name of the stage, as it stands in the header. */
  readonly stage: string;
  /** Of the page that belongs to this function. */
  readonly version: string;
}

/** Whose record a route is about, and so whose role it asks for. */
export type Scope =
  /** Any person who is signed in. */
  | 'person'
  /** The company that the query names. */
  | 'company'
  /** The company of the conversation that the path names. */
  | 'conversation'
  /** Every company. */
  | 'stage';

type Schema = z.ZodMiniType;
type Read<S extends Schema | undefined> = S extends Schema ? z.infer<S> : undefined;

/** What a route's handler gets once the person may do it. */
export interface RouteCall<Query, Body> {
  readonly who: SignedIn;
  readonly page: PageCall;
  readonly person: Person;
  /** `*` for the scopes `person` and `stage`. */
  readonly company: string;
  /** Of the scope `conversation`; empty otherwise. */
  readonly conversationId: string;
  /** Of a path that ends with a session's. */
  readonly key: string;
  readonly query: Query;
  readonly body: Body;
  readonly ports: ConsolePorts;
  /** Adds an audit item; a read of text is recorded before it is answered. */
  audit(action: AuditedAction, fields: readonly string[], reason?: string): Promise<void>;
}

/** A row of the table of routes, as its handler is written. */
export interface RouteDefinition<Query extends Schema | undefined, Body extends Schema | undefined> {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `/console/api`. */
  readonly path: string;
  readonly name: string;
  readonly summary: string;
  readonly scope: Scope;
  /** One of these has to be allowed; absent only where every signed-in person may. */
  readonly anyOf?: readonly Action[];
  readonly query?: Query;
  readonly body?: Body;
  readonly answer: Schema;
  handle(call: RouteCall<Read<Query>, Read<Body>>): Promise<object>;
}

/** A row of the table, whatever it takes. */
export interface Route extends Omit<RouteDefinition<Schema | undefined, Schema | undefined>, 'handle'> {
  /** Parses query and body; undefined where they are not what the route takes. */
  prepare(query: unknown, body: unknown): Prepared;
}

export type Prepared =
  | { readonly valid: true; run(call: Omit<RouteCall<unknown, unknown>, 'query' | 'body'>): Promise<object> }
  | { readonly valid: false; readonly where: string };

/** Makes a row of the table: what it takes is parsed at the door and trusted inside. */
export function route<Query extends Schema | undefined = undefined, Body extends Schema | undefined = undefined>(
  definition: RouteDefinition<Query, Body>,
): Route {
  const { handle, ...row } = definition;
  return {
    ...row,
    prepare: (query, body) => {
      const readQuery = read<Query>(definition.query, query);
      const readBody = read<Body>(definition.body, body);
      if (!readQuery.valid) return { valid: false, where: `the query's ${readQuery.where}` };
      if (!readBody.valid) return { valid: false, where: `the body's ${readBody.where}` };
      // Use cases answer more than a page may see: what the schema does not name is left out.
      const run = async (call: Parameters<typeof handle>[0]) => definition.answer.parse(await handle(call)) as object;
      return {
        valid: true,
        run: async (call) => run({ ...call, query: readQuery.value, body: readBody.value }),
      };
    },
  };
}

type ReadResult<S extends Schema | undefined> =
  { readonly valid: true; readonly value: Read<S> } | { readonly valid: false; readonly where: string };

function read<S extends Schema | undefined>(schema: S | undefined, value: unknown): ReadResult<S> {
  // What a route does not take is not looked at.
  if (schema === undefined) return { valid: true, value: undefined as Read<S> };
  const parsed = schema.safeParse(value);
  if (parsed.success) return { valid: true, value: parsed.data as Read<S> };
  const [issue] = parsed.error.issues;
  return { valid: false, where: issue?.path.join('.') || 'form' };
}
