import { parseJson } from './json-record';
import type { VendorAnswer, VendorRequest } from './loopback-server';
import { jsonAnswer } from './loopback-server';

/** Below a simulator's own address, where no vendor has anything: what an operator would do in the vendor's console. */
export const CONTROL_PATH = '/simulator/';

/**
 * What can be done, by its word in the path; answers what the console would show. Throws where the body is not what it
 * takes.
 */
export type ControlOperations = Readonly<Record<string, (body: unknown) => unknown>>;

/**
 * Lets another process set a simulator up: `PUT /simulator/<word>` with JSON. It listens on loopback alone, so who can
 * call it runs it.
 */
export function controlled(operations: ControlOperations, respond: (request: VendorRequest) => Promise<VendorAnswer>) {
  return async (request: VendorRequest): Promise<VendorAnswer> => {
    const { pathname } = request.url;
    if (request.method !== 'PUT' || !pathname.startsWith(CONTROL_PATH)) return respond(request);
    const operation = operations[pathname.slice(CONTROL_PATH.length)];
    if (!operation) return jsonAnswer(404, { error: `The simulator knows ${Object.keys(operations).join(', ')}.` });
    try {
      return jsonAnswer(200, (await operation(parseJson(request.body))) ?? {});
    } catch (fault) {
      return jsonAnswer(400, { error: fault instanceof Error ? fault.message : String(fault) });
    }
  };
}
