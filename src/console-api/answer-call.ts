import { sanitizeError } from '../core/sanitize-error';
import type { Observer } from '../core/ports/observer';
import { PortFailure } from '../core/ports/port-failure';
import { timestamp } from '../core/ports/clock';
import { sha256 } from '../core/sha256';
import type { AuditedAction } from '../core/ports/audit';
import type { ApiFault, PageAnswer, PageCall } from './http/page-call';
import { ApiError, json, redirect } from './http/page-call';
import type { PageFiles } from './page/page-files';
import { ALL, may } from './people/may';
import { readRecordKey } from './routes/record-key';
import type { ConsolePorts, Route } from './routes/route';
import { API_BASE, findRoute } from './routes/table';
import { beginSignIn, finishSignIn, signedIn } from './session/session';
import type { SignedIn } from './session/session';

const MINUTE = 60_000;

/** A header that no form and no link of another page can send. */
export const OWN_HEADER = 'x-console';

/** Answers a call of the page, of its files, of the sign-in or of the API. Never throws. */
export async function answerCall(
  call: PageCall,
  rawQuery: string,
  ports: ConsolePorts,
  files: PageFiles,
  observer: Observer,
): Promise<PageAnswer> {
  try {
    if (call.path === API_BASE || call.path.startsWith(`${API_BASE}/`)) return await answerApi(call, ports);
    if (call.method !== 'GET' && call.method !== 'HEAD') return fault(NOT_ALLOWED);
    if (call.path === '/sign-in') return await beginSignIn(call, ports);
    if (call.path === '/sign-in/callback') return await answerCallback(call, rawQuery, ports, observer);
    return files.answer(call);
  } catch (error) {
    if (error instanceof ApiError) return fault(error.fault);
    observer.error('a call of the console failed', error instanceof PortFailure ? error : sanitizeError(error));
    return fault({
      status: 500,
      code: 'INTERNAL_ERROR',
      message: 'The engine met a fault of its own, and nothing was decided: look again, then repeat what you did.',
    });
  }
}

async function answerCallback(
  call: PageCall,
  rawQuery: string,
  ports: ConsolePorts,
  observer: Observer,
): Promise<PageAnswer> {
  const finished = await finishSignIn(call, rawQuery, ports);
  if (finished.outcome === 'signed_in') {
    await audited(finished.session, ports, { action: 'sign_in', company: ALL, fields: ['session'] });
    return finished.answer;
  }
  if (finished.outcome === 'refused') observer.warn('a sign-in was refused', { cause: nameOf(finished.cause) });
  // The page says it: it has the words, and a way to begin again.
  return redirect(`/?sign_in=${finished.outcome}`);
}

async function answerApi(call: PageCall, ports: ConsolePorts): Promise<PageAnswer> {
  const found = findRoute(call.method, call.path.slice(API_BASE.length));
  if (found.outcome === 'no_route') return fault(NO_ROUTE);
  if (found.outcome === 'other_method') return fault(NOT_ALLOWED);
  const isWrite = call.method !== 'GET';
  if (isWrite && (call.headers.origin !== call.origin || call.headers[OWN_HEADER] !== 'page')) {return fault(FOREIGN_PAGE);}
  const who = await signedIn(call, ports);
  if (!who) return fault(SIGNED_OUT);
  return json(200, await runRoute(found, call, who, ports));
}

async function runRoute(
  { route, parameter }: { readonly route: Route; readonly parameter: string },
  call: PageCall,
  who: SignedIn,
  ports: ConsolePorts,
): Promise<object> {
  const { person } = who;
  const { company, conversationId } = subjectOf(route, parameter, call);
  const isAllowed = route.anyOf === undefined || route.anyOf.some((action) => may(person, action, company));
  if (!isAllowed) throw new ApiError(FORBIDDEN);
  const prepared = route.prepare(call.query, parseBody(call.body));
  if (!prepared.valid) {
    throw new ApiError({
      status: 400,
      code: 'INVALID_REQUEST',
      message: `Reading the call failed: ${prepared.where} is not as the API's document says. Load the page again.`,
    });
  }
  return prepared.run({
    who,
    person,
    company,
    conversationId,
    ports,
    page: call,
    key: parameter,
    audit: async (action, fields, reason) =>
      audited(who.session, ports, { action, company, conversationId: conversationId || undefined, fields, reason }),
  });
}

/** Whose record the call is about; nothing is read to learn it. */
function subjectOf({ scope }: Route, parameter: string, { query }: PageCall) {
  switch (scope) {
    case 'person':
    case 'stage':
      return { company: ALL, conversationId: '' };
    case 'company':
      return { company: query.company ?? '', conversationId: '' };
    case 'conversation': {
      const read = readRecordKey(parameter);
      if (!read) throw new ApiError(NO_ROUTE);
      return read;
    }
  }
}

async function audited(
  { personId, person }: SignedIn['session'],
  { audit, clock, newIdentifier }: ConsolePorts,
  item: {
    readonly action: AuditedAction;
    readonly company: string;
    readonly conversationId?: string;
    readonly fields: readonly string[];
    readonly reason?: string;
  },
): Promise<void> {
  const now = clock.now();
  // Whoever looks at one record several times in a minute, as each proof while typing does, has looked once.
  const isLook = item.action === 'read_text' && item.conversationId !== undefined;
  const at = timestamp(isLook ? now - (now % MINUTE) : now);
  const looked = JSON.stringify([personId, item.conversationId, item.fields]);
  const id = isLook ? sha256(looked).slice(0, 32) : newIdentifier();
  await audit.add({ ...item, id, at, personId, person, by: 'console' });
}

function parseBody(text: string | undefined): unknown {
  if (text === undefined || text === '') return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed;
  } catch {
    return undefined;
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}

function fault({ status, code, message }: ApiFault): PageAnswer {
  return json(status, { status: 'error', code, message });
}

const NO_ROUTE: ApiFault = {
  status: 404,
  code: 'NOT_FOUND',
  message: 'There is nothing under this address. Load the page again.',
};
const NOT_ALLOWED: ApiFault = {
  status: 405,
  code: 'METHOD_NOT_ALLOWED',
  message: 'This address does not take such a call. Load the page again.',
};
const SIGNED_OUT: ApiFault = {
  status: 401,
  code: 'SIGNED_OUT',
  message: 'You are signed out, and nothing was decided. Sign in again.',
};
const FORBIDDEN: ApiFault = {
  status: 403,
  code: 'FORBIDDEN',
  message: 'Your roles do not allow this for the company. Ask whoever gives out the roles of your organisation.',
};
const FOREIGN_PAGE: ApiFault = {
  status: 403,
  code: 'FOREIGN_PAGE',
  message: 'The call did not come from this page, and nothing was done.',
};
