import type { ChannelSettings, Project } from '../company/company';
import type { MessagePrices } from '../lifecycle/conversation';
import type { MessageFacts } from './cost';
import { monthlyMicros, reservationFor } from './cost';
import type { CountedRequest } from './usage';

/** Milliseconds after its last useful moment by which a message is terminal, whatever happened. */
const SETTLED_WITHIN = 60 * 60_000;

/** What decides what a message may cost. */
export interface PricedMessage {
  readonly project: Project;
  readonly settings: ChannelSettings;
  readonly facts: MessageFacts;
}

/** Undefined where the project has no budget. */
export function pricesOfMessage({ project, settings, facts }: PricedMessage): MessagePrices | undefined {
  return project.budget && reservationFor(project.budget, project, settings, facts).prices;
}

/** What a message counts against: its project's limits, and what it may cost. */
export function countedMessage({ requestId, project, settings, facts, sendBefore, now }: PricedMessage & {
  readonly requestId: string;
  /** The message's last useful moment: milliseconds since 1970. */
  readonly sendBefore: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}): CountedRequest {
  const { budget } = project;
  return {
    company: project.company_id,
    project: project.project_id,
    requestId,
    limits: project.rate_limits,
    budget: budget && {
      monthly: monthlyMicros(budget),
      reserved: reservationFor(budget, project, settings, facts).reserved,
    },
    openUntil: sendBefore + SETTLED_WITHIN,
    now,
  };
}
