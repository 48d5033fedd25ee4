import * as z from 'zod/mini';
import { monthCosts } from '../../operations/health/month-costs';
import { stageStatus } from '../../operations/health/stage-status';
import { withKey } from './record-key';
import { route } from './route';
import type { Route } from './route';
import { companyQuery } from './schemas';

const group = z.object({
  company: z.string(),
  project: z.string(),
  state: z.string(),
  delivery: z.optional(z.string()),
  reason: z.optional(z.string()),
  count: z.number(),
  oldestSince: z.string(),
  step: z.object({ position: z.string(), words: z.string() }),
});

const health = route({
  method: 'GET',
  path: '/health',
  name: 'showHealth',
  scope: 'stage',
  anyOf: ['operate'],
  summary: 'What flows, what is stuck or fails and why, in the last 24 hours',
  answer: z.object({
    at: z.string(),
    since: z.string(),
    states: z.record(z.string(), z.number()),
    groups: z.array(group),
    replies: z.object({ count: z.number(), atLeast: z.boolean(), oldestSince: z.optional(z.string()) }),
    deadLetters: z.array(z.object({ channel: z.string(), count: z.number() })),
    speed: z.array(
      z.object({ channel: z.string(), step: z.string(), count: z.number(), median: z.number(), most: z.number() }),
    ),
    spent: z.array(z.object({ currency: z.string(), amount: z.number() })),
    looked: z.object({ conversations: z.number(), complete: z.boolean() }),
  }),
  handle: async ({ ports }) => stageStatus(ports, { hours: 24 }),
});

const alarms = route({
  method: 'GET',
  path: '/health/alarms',
  name: 'listAlarms',
  scope: 'stage',
  anyOf: ['operate'],
  summary: 'The alarms of the stage that are in alarm now, with what the runbook says of each',
  answer: z.object({
    alarms: z.array(z.object({ name: z.string(), description: z.string(), since: z.string() })),
  }),
  handle: async ({ ports }) => ({ alarms: await ports.alarms.raised() }),
});

const costs = route({
  method: 'GET',
  path: '/health/costs',
  name: 'listCosts',
  scope: 'stage',
  anyOf: ['operate'],
  summary: 'What each project with a budget has spent and reserved in this month (UTC), nearest to its limit first',
  answer: z.object({
    costs: z.array(
      z.object({
        company: z.string(),
        companyName: z.string(),
        project: z.string(),
        projectName: z.string(),
        currency: z.string(),
        committed: z.number(),
        limit: z.number(),
      }),
    ),
    withoutBudget: z.number(),
    more: z.boolean(),
  }),
  handle: async ({ ports }) => monthCosts(ports),
});

const audit = route({
  method: 'GET',
  path: '/audit',
  name: 'listAudit',
  scope: 'company',
  anyOf: ['see_audit'],
  summary: 'Who read or changed what for a company on a day (UTC), the newest first',
  query: z.object({
    ...companyQuery.shape,
    day: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)),
    after: z.optional(z.string().check(z.maxLength(200))),
  }),
  answer: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        at: z.string(),
        person: z.string(),
        by: z.string(),
        action: z.string(),
        conversationId: z.optional(z.string()),
        key: z.optional(z.string()),
        fields: z.array(z.string()),
        reason: z.optional(z.string()),
      }),
    ),
    next: z.optional(z.string()),
  }),
  handle: async ({ company, query: { day, after }, ports }) => {
    const page = await ports.audit.list({ company, day, after, limit: 50 });
    const items = page.items.map(({ personId: _id, company: _company, ...item }) =>
      item.conversationId === undefined ? item : withKey({ ...item, conversationId: item.conversationId }),
    );
    return { items, next: page.next };
  },
});

export const STAGE_ROUTES: readonly Route[] = [health, alarms, costs, audit];
