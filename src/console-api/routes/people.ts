import * as z from 'zod/mini';
import { ACTIONS, actionsOf, ALL, companiesOf } from '../people/may';
import { signOut } from '../session/session';
import { ApiError } from '../http/page-call';
import type { Person } from '../people/may';
import { route } from './route';
import type { ConsolePorts, Route } from './route';

const companySchema = z.object({
  id: z.string(),
  name: z.string(),
  projects: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      status: z.string(),
      channels: z.array(z.string()),
    }),
  ),
  may: z.array(z.enum(ACTIONS)),
});

const me = route({
  method: 'GET',
  path: '/me',
  name: 'showMe',
  scope: 'person',
  summary: 'Who is signed in, the companies that the person has a role in, and what may be done there',
  answer: z.object({
    id: z.string(),
    name: z.string(),
    stage: z.string(),
    version: z.string(),
    endsAt: z.string(),
    companies: z.array(companySchema),
    everywhere: z.array(z.enum(ACTIONS)),
  }),
  handle: async ({ person, who, ports }) => ({
    id: person.id,
    name: person.name,
    stage: ports.stage,
    version: ports.version,
    endsAt: who.session.endsAt,
    companies: await companies(person, ports),
    everywhere: actionsOf(person, ALL),
  }),
});

const sessions = route({
  method: 'GET',
  path: '/sessions',
  name: 'listSessions',
  scope: 'person',
  summary: "The person's own sessions",
  answer: z.object({
    sessions: z.array(z.object({ key: z.string(), startedAt: z.string(), current: z.boolean() })),
  }),
  handle: async ({ who: { session }, ports }) => {
    const found = await ports.sessions.ofPerson(session.personId);
    return {
      sessions: found.map(({ hash, startedAt }) => ({ key: hash, startedAt, current: hash === session.hash })),
    };
  },
});

const endSession = route({
  method: 'DELETE',
  path: '/sessions/{key}',
  name: 'endSession',
  scope: 'person',
  summary: 'Ends one of the own sessions at once',
  answer: z.object({ ended: z.boolean() }),
  handle: async ({ who: { session }, key, ports, audit }) => {
    const own = await ports.sessions.ofPerson(session.personId);
    if (!own.some(({ hash }) => hash === key)) {
      throw new ApiError({
        status: 404,
        code: 'NOT_FOUND',
        message: 'Ending the session failed: it is not yours, or it has ended already.',
      });
    }
    await ports.sessions.end({ hash: key, personId: session.personId });
    await audit('end_session', ['session']);
    return { ended: true };
  },
});

const leave = route({
  method: 'POST',
  path: '/sign-out',
  name: 'signOut',
  scope: 'person',
  summary: 'Ends this session here and at the provider; `location` is where the browser goes next',
  answer: z.object({ location: z.string() }),
  handle: async ({ who: { session }, page, ports, audit }) => {
    await audit('sign_out', ['session']);
    return { location: await signOut(page, session, ports) };
  },
});

export const PEOPLE_ROUTES: readonly Route[] = [me, sessions, endSession, leave];

type Listed = Awaited<ReturnType<ConsolePorts['companies']['list']>>;

async function companies(person: Person, ports: ConsolePorts) {
  const { all, named } = companiesOf(person);
  const projects = all
    ? await ports.companies.list()
    : (await Promise.all(named.map(async (company) => projectsOf(company, ports)))).flat();
  const ids = [...new Set([...named, ...projects.map(({ company_id: id }) => id)])];
  return ids.map((id) => {
    const own = projects.filter((project) => project.company_id === id);
    return {
      id,
      name: own[0]?.company_name ?? id,
      projects: own.map((project) => ({
        id: project.project_id,
        name: project.project_name,
        status: project.project_status,
        channels: [...project.allowed_channels],
      })),
      may: actionsOf(person, id),
    };
  });
}

/** By a query of the company's own records. */
async function projectsOf(company: string, { directory }: ConsolePorts): Promise<Listed> {
  return (await directory.projectsOf(company)).map(summaryOf);
}

function summaryOf(record: Readonly<Record<string, unknown>>): Listed[number] {
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const { allowed_channels: allowed } = record;
  const channels: readonly unknown[] = allowed instanceof Set ? [...allowed] : Array.isArray(allowed) ? allowed : [];
  return {
    company_id: text(record.company_id),
    project_id: text(record.project_id),
    company_name: text(record.company_name),
    project_name: text(record.project_name),
    project_status: text(record.project_status),
    allowed_channels: channels.map(String),
  };
}
