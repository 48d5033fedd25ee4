import { isJsonObject } from '../template/json-object';
import type { Permissions } from '../permissions/permissions';
import type { AccessNeed } from '../permissions/access-need';
import type { AccessKeys } from './access-keys';
import type { Call, CallAnswer, Caller, CallHook } from './call';
import type { CallCounts } from './call-counts';
import type { ServiceBackend, ServiceFault, ServiceRequest } from './service-backend';
import { jsonAnswer } from './service-answers';
import type { SignedRequest } from './aws-endpoint';

export interface RequestAuthorizerParts {
  readonly region: string;
  readonly backends: readonly ServiceBackend[];
  readonly keys: AccessKeys;
  readonly counts: CallCounts;
  readonly permissions: Pick<Permissions, 'authorize'>;
}

/** Takes a signed request through key, permission and hooks to its service, and counts it. */
export class RequestAuthorizer {
  private readonly hooks: CallHook[] = [];
  private readonly underway = new Set<Call>();
  private sequence = 0;

  constructor(private readonly parts: RequestAuthorizerParts) {}

  intercept(hook: CallHook): () => void {
    this.hooks.push(hook);
    return () => {
      const index = this.hooks.indexOf(hook);
      if (index >= 0) this.hooks.splice(index, 1);
    };
  }

  inFlight(): readonly Call[] {
    return [...this.underway];
  }

  /** Undefined where a hook cuts the connection. */
  async pass(signed: SignedRequest, signal: AbortSignal): Promise<CallAnswer | undefined> {
    const backend = this.parts.backends.find(({ service }) => service === signed.service);
    if (!backend) return unknownService(signed.service, this.parts.backends);
    const caller = this.parts.keys.callerOf(signed.accessKeyId);
    if (!caller) {
      return backend.fault({ kind: 'unknown-key', message: 'The security token included in the request is invalid.' });
    }
    if (signed.region !== this.parts.region) {
      return backend.fault({
        kind: 'wrong-region',
        message: `Credential should be scoped to a valid region, not '${signed.region}': the stack is in `
          + `${this.parts.region}.`,
      });
    }
    const request = readRequest(backend, signed, signal);
    if ('kind' in request) return backend.fault(request);
    const needs = backend.needs(request);
    if (!needs) {
      return backend.fault({
        kind: 'unknown-operation',
        message: `The embedded cloud offers no operation ${request.operation} of ${signed.service}.`,
      });
    }
    this.sequence += 1;
    const { operation, input } = request;
    const call: Call = {
      sequence: this.sequence,
      caller,
      service: backend.service,
      operation,
      resources: needs.map((need) => need.resource),
      input,
    };
    this.underway.add(call);
    try {
      return await this.carryOut(call, backend, request, needs);
    } finally {
      this.underway.delete(call);
    }
  }

  private async carryOut(
    call: Call,
    backend: ServiceBackend,
    request: ServiceRequest,
    needs: readonly AccessNeed[],
  ): Promise<CallAnswer | undefined> {
    const refusal = this.refusalOf(call.caller, needs);
    if (refusal !== undefined) {
      const denied = backend.fault({ kind: 'access-denied', message: refusal });
      this.parts.counts.record(call, denied, true);
      return denied;
    }
    const injected = backend.fault({ kind: 'internal', message: 'The request failed on purpose: a test refused it.' });
    const before = await this.verdict((hook) => hook.beforeCall?.(call));
    if (before !== 'pass') {
      this.parts.counts.record(call, injected, false);
      return before === 'refuse' ? injected : undefined;
    }
    const answer = await backend.perform(request).catch((error: unknown) =>
      backend.fault({
        kind: 'internal',
        message: `The embedded cloud failed in ${call.service} ${call.operation}: `
          + `${error instanceof Error ? error.message : String(error)}`,
      }),
    );
    this.parts.counts.record(call, answer, false);
    const after = await this.verdict((hook) => hook.afterCall?.(call, answer));
    if (after === 'pass') return answer;
    return after === 'refuse' ? injected : undefined;
  }

  private refusalOf(caller: Caller, needs: readonly AccessNeed[]): string | undefined {
    if (caller.kind === 'administrator') return undefined;
    const authorization = this.parts.permissions.authorize(
      { roleArn: caller.roleArn, sessionName: caller.functionName },
      needs,
    );
    return authorization.allowed ? undefined : authorization.message;
  }

  private async verdict(
    ask: (hook: CallHook) => ReturnType<NonNullable<CallHook['beforeCall']>> | undefined,
  ): Promise<'pass' | 'drop-response' | 'refuse'> {
    for (const hook of [...this.hooks]) {
      const verdict = (await ask(hook)) ?? 'pass';
      if (verdict !== 'pass') return verdict;
    }
    return 'pass';
  }
}

function readRequest(
  backend: ServiceBackend,
  { method, path, headers, body }: SignedRequest,
  signal: AbortSignal,
): ServiceRequest | ServiceFault {
  const general = { method, path, headers, signal };
  if (backend.protocol === 'query') {
    const fields = Object.fromEntries(new URLSearchParams(body));
    return { ...general, operation: fields.Action ?? '', input: fields };
  }
  const parsed = parseJson(body);
  if (!isJsonObject(parsed)) return { kind: 'malformed', message: 'The request body is not a JSON object.' };
  const operation =
    backend.protocol === 'rest' ? backend.operationOf?.(method, path) : headers['x-amz-target']?.split('.').at(-1);
  return { ...general, operation: operation ?? '', input: parsed };
}

function parseJson(body: string): unknown {
  try {
    return body === '' ? {} : JSON.parse(body);
  } catch {
    return undefined;
  }
}

function unknownService(service: string, backends: readonly ServiceBackend[]): CallAnswer {
  const known = backends.map((backend) => backend.service).join(', ');
  return jsonAnswer(
    '1.0',
    { __type: 'ServiceNotOffered', message: `The embedded cloud offers no ${service}: it has ${known}.` },
    501,
  );
}
