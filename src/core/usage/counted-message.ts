import type { ChannelSettings, Project } from '../company/company';
import type { MessageFacts } from './cost';
import { monthlyMicros, reservationFor } from './cost';
import type { CountedRequest } from './usage';

/** Milliseconds after its last useful moment by which a message is terminal, whatever happened. */
const SETTLED_WITHIN = 60 * 60_000;

/** What a message counts against: its project's limits, and what it may cost. */
export function countedMessage({ requestId, project, settings, facts, sendBefore, now }: {
  readonly requestId: string;
  readonly project: Project;
  readonly settings: ChannelSettings;
  readonly facts: MessageFacts;
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
