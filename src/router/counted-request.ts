import { costAtMost, monthlyMicros, pricesOf } from '../core/usage/cost';
import type { CountedRequest } from '../core/usage/usage';
import type { AdmittedRequest } from './accept';
import { validity } from './conversation-record';

/** Milliseconds after its last useful moment by which a message has come to rest, whatever happened. */
const SETTLED_WITHIN = 60 * 60_000;

/** What an admitted request counts against: its project's limits, and what it may cost. */
export function countedRequest({ request, project, settings, now }: AdmittedRequest): CountedRequest {
  const { budget } = project;
  const atMost = (prices: ReturnType<typeof pricesOf>) => costAtMost(prices, settings, request.project_data);
  return {
    company: project.company_id,
    project: project.project_id,
    requestId: request.request_data.request_id,
    limits: project.rate_limits,
    ...(budget ? { budget: { monthly: monthlyMicros(budget), reserved: atMost(pricesOf(budget, settings.content.channel)) } } : {}),
    openUntil: now + validity(settings) + SETTLED_WITHIN,
    now,
  };
}
