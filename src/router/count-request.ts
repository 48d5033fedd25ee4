import type { ChannelSettings, Project } from '../core/company/company';
import type { Refusal } from '../core/contract/refusal';
import type { ConversationRequest } from '../core/contract/request';
import { countedMessage } from '../core/usage/counted-message';
import type { LimitDecision } from '../core/usage/request-limits';
import type { CountedRequest, UsageLimit } from '../core/usage/usage';
import { factsOf } from './conversation-record';
import { scheduleOf } from './schedule';

interface Countable {
  readonly request: ConversationRequest;
  readonly project: Project;
  readonly settings: ChannelSettings;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What an admitted request counts against: its project's limits, and what it may cost. */
export function countedRequest({ request, project, settings, now }: Countable): CountedRequest {
  const { sendBefore } = scheduleOf(request, settings, now);
  const requestId = request.request_data.request_id;
  return countedMessage({ requestId, project, settings, facts: factsOf(request), sendBefore, now });
}

const USED_UP: Readonly<Record<UsageLimit, string>> = {
  requests_per_minute: "The project's requests of this minute are used up",
  requests_per_day: "The project's requests of this day are used up",
  concurrent_conversations: "As many of the project's conversations are open as may be at once",
  monthly_budget: "The project's budget of this month is used up",
};

export function limitRefusal(
  { limit, retryAfterSeconds }: Pick<Extract<LimitDecision, { allowed: false }>, 'limit' | 'retryAfterSeconds'>,
): Refusal {
  const message = `${USED_UP[limit]}: send the request again after ${retryAfterSeconds} seconds.`;
  return { code: 'RATE_LIMIT_EXCEEDED', message, retryAfterSeconds };
}
