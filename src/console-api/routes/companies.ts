import * as z from 'zod/mini';
import { CHANNELS } from '../../core/channel';
import { parseAssistant } from '../../core/company/assistant';
import { parseProject } from '../../core/company/company';
import { plainRecord } from '../../operations/companies/readiness';
import { listVersions } from '../../operations/companies/template-versions';
import { templateOf } from '../../operations/companies/complete-record';
import { ApiError } from '../http/page-call';
import { route } from './route';
import type { ConsolePorts, Route } from './route';
import { companyQuery } from './schemas';

export const projectQuery = z.object({
  ...companyQuery.shape,
  project: z.string().check(z.minLength(1), z.maxLength(100)),
});

const record = route({
  method: 'GET',
  path: '/companies/record',
  name: 'showCompany',
  scope: 'company',
  anyOf: ['configure'],
  summary:
    "A project's record as it is stored, its limits and budget with what is used, and each template's versions",
  query: projectQuery,
  answer: z.object({
    record: z.record(z.string(), z.unknown()),
    faults: z.array(z.object({ path: z.string(), message: z.string() })),
    used: z.object({
      requestsThisMinute: z.number(),
      requestsToday: z.number(),
      openConversations: z.number(),
      committedThisMonth: z.number(),
    }),
    templates: z.array(
      z.object({
        channel: z.string(),
        name: z.string(),
        version: z.number(),
        versions: z.array(
          z.object({
            version: z.number(),
            current: z.boolean(),
            writtenAt: z.string(),
            writtenBy: z.optional(z.string()),
          }),
        ),
      }),
    ),
  }),
  handle: async ({ company, query: { project }, ports }) => {
    const stored = await foundRecord(company, project, ports);
    const faults = [parseProject(stored), parseAssistant(stored)].flatMap((one) => (one.valid ? [] : one.faults));
    const used = await ports.usage.usageOf({ company, project, now: ports.clock.now() });
    const templates = await Promise.all(
      CHANNELS.map(async (channel) => {
        const template = templateOf(stored, channel);
        if (!template) return [];
        const versions = await listVersions(ports, stored, channel);
        return [
          {
            channel,
            name: typeof template.name === 'string' ? template.name : '',
            version: typeof template.version === 'number' ? template.version : 0,
            versions: versions.map(({ version, current, written_at: writtenAt, written_by: writtenBy }) => ({
              version,
              current,
              writtenAt,
              writtenBy,
            })),
          },
        ];
      }),
    );
    return {
      record: plainRecord(stored),
      faults: faults.map(({ path, message }) => ({ path, message })),
      used: {
        requestsThisMinute: used.requests_this_minute,
        requestsToday: used.requests_today,
        openConversations: used.open_conversations,
        committedThisMonth: used.committed_this_month,
      },
      templates: templates.flat(),
    };
  },
});

const templates = route({
  method: 'GET',
  path: '/companies/templates',
  name: 'listTemplates',
  scope: 'company',
  anyOf: ['configure', 'try'],
  summary: 'The templates of a project, with each variable and where its value comes from',
  query: projectQuery,
  answer: z.object({
    templates: z.array(
      z.object({
        channel: z.string(),
        name: z.string(),
        version: z.number(),
        variables: z.array(
          z.object({
            name: z.string(),
            description: z.string(),
            copyOf: z.optional(z.string()),
            facts: z.array(z.string()),
          }),
        ),
      }),
    ),
  }),
  handle: async ({ company, query: { project }, ports }) => {
    const stored = await foundRecord(company, project, ports);
    return {
      templates: CHANNELS.flatMap((channel) => {
        const read = templateShape.safeParse(templateOf(stored, channel));
        return read.success ? [{ channel, ...shownTemplate(read.data) }] : [];
      }),
    };
  },
});

export const COMPANY_ROUTES: readonly Route[] = [record, templates];

const templateShape = z.object({
  name: z.string(),
  version: z.number(),
  variables: z.record(
    z.string(),
    z.object({
      description: z.optional(z.string()),
      copy_of: z.optional(z.string()),
      facts: z.optional(z.array(z.string())),
    }),
  ),
});

function shownTemplate({ name, version, variables }: z.infer<typeof templateShape>) {
  return {
    name,
    version,
    variables: Object.entries(variables).map(([variable, { description = '', copy_of: copyOf, facts = [] }]) => ({
      name: variable,
      description,
      copyOf,
      facts,
    })),
  };
}

/** The record as it is stored; a fault where there is none. */
export async function foundRecord(company: string, project: string, { companies }: ConsolePorts) {
  const stored = await companies.find(company, project);
  if (stored) return stored;
  throw new ApiError({
    status: 404,
    code: 'NOT_FOUND',
    message: 'Showing the record failed: the company has no such project. Choose one of the list.',
  });
}
