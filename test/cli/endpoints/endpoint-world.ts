import type { Endpoint } from '../../../src/core/events/endpoint';
import type { DeliveryCall, DeliveryNote } from '../../../src/core/ports/events';
import { seal } from '../../../src/events/seal';
import { MemoryEndpoints, MemoryEventLog } from '../../support/memory-events';
import { operatorsWorld } from '../../support/operators-world';
import { onStage } from '../stage-run';

export const KEY = 'the key of this test';
export const SECRET = /whsec_[A-Za-z0-9+/]{43}=/;
export const NOTE: DeliveryNote = {
  at: '2026-11-02T09:20:00.000Z', event_id: 'event-1', type: 'message.sent', outcome: 'failed', answer: '503',
  cause: 'event',
};

/** The endpoint commands over endpoints and events in memory; the company `acme` has the project `hiring`. */
export function endpointWorld() {
  const { companies, clock, add } = operatorsWorld();
  add({ company: 'acme', project: 'hiring' });
  const endpoints = new MemoryEndpoints();
  const calls: DeliveryCall[] = [];
  const stage = {
    companies, clock, endpoints,
    events: new MemoryEventLog(),
    deliveries: { call: async (call: DeliveryCall) => Promise.resolve(void calls.push(call)) },
    endpointKey: async () => Promise.resolve(KEY),
    allowsLoopback: false,
    newIdentifier: () => 'test-1',
  };
  return {
    ...stage, calls, stage,
    run: async (...words: readonly string[]) => onStage(stage, ['endpoint', ...words], { operator: 'sam' }),
    asked: async (answer: boolean, ...words: readonly string[]) => (
      onStage(stage, ['endpoint', ...words], { confirm: async () => Promise.resolve(answer) })
    ),
    /** Puts an endpoint of the company. */
    has: async (id: string, change: Partial<Endpoint> = {}): Promise<Endpoint> => {
      const owner = { company_id: 'acme', id };
      const created_at = '2026-11-01T09:00:00.000Z';
      const endpoint: Endpoint = {
        ...owner, project_ids: ['*'], url: `https://example.com/${id}`, include: [], created_at, created_by: 'sam',
        secrets: [{ sealed: seal('whsec_before', owner, KEY), created_at }],
        state: { cursor: '0', epoch: 0, wanted: 0 },
        ...change,
      };
      await endpoints.add(endpoint);
      return endpoint;
    },
  };
}
