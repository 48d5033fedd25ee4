import * as z from 'zod/mini';
import type { Channel } from '../../core/channel';
import type { Finding } from '../../core/ports/vendor-accounts';
import { remedyOf } from '../../operations/companies/remedy';
import { showVerification } from '../../operations/companies/show-verification';
import { foundRecord, projectQuery } from './companies';
import { route } from './route';
import type { Route } from './route';

const finding = z.object({
  subject: z.string(),
  verdict: z.enum(['ok', 'warning', 'fault', 'skipped']),
  words: z.string(),
  /** The command that mends it. */
  command: z.optional(z.string()),
});

const verification = route({
  method: 'GET',
  path: '/companies/verification',
  name: 'showVerification',
  scope: 'company',
  anyOf: ['configure'],
  summary: 'What the vendors said of each channel when the project was last verified, and its answer cards as of now',
  query: projectQuery,
  answer: z.object({
    /** The command that verifies again. */
    command: z.string(),
    channels: z.array(
      z.object({
        channel: z.string(),
        /** Absent where it was never verified. */
        verified: z.optional(
          z.object({ at: z.string(), by: z.string(), isOutdated: z.boolean(), findings: z.array(finding) }),
        ),
      }),
    ),
    answers: z.array(finding),
  }),
  handle: async ({ company, query: { project }, ports }) => {
    const { channels, answers } = await showVerification(ports, await foundRecord(company, project, ports));
    const command = (words: readonly string[]) => ['engine', ...words, '--stage', ports.stage].join(' ');
    const shown = ({ remedy, verdict, ...rest }: Finding, channel?: Channel) => {
      const mends = remedy === undefined || verdict === 'ok' ? undefined : remedyOf(remedy, { company, project, channel });
      return { ...rest, verdict, command: mends && command(mends) };
    };
    return {
      command: command(['company', 'verify', company, project]),
      channels: channels.map(({ channel, verified }) => ({
        channel,
        verified: verified && { ...verified, findings: verified.findings.map((one) => shown(one, channel)) },
      })),
      answers: answers.map((one) => shown(one)),
    };
  },
});

export const VERIFICATION_ROUTES: readonly Route[] = [verification];
