import { monthCosts } from '../../../src/operations/health/month-costs';
import { FakeClock } from '../../support/fake-clock';

const BUDGET = { currency: 'GBP', monthly_limit: 100 };

const project = (id: string, budget?: typeof BUDGET) => ({
  company_id: 'acme', project_id: id, company_name: 'Acme', project_name: id, project_status: 'active',
  allowed_channels: [], budget,
});

function world(count: number) {
  const asked: string[] = [];
  const projects = [project('free'), ...Array.from({ length: count }, (_none, place) => project(`p${place}`, BUDGET))];
  const refused = async (): Promise<never> => Promise.reject(new Error('out of reach'));
  return {
    asked,
    ports: {
      clock: new FakeClock(),
      companies: { find: refused, create: refused, change: refused, list: async () => Promise.resolve(projects) },
      usage: {
        usageOf: async ({ project: id }: { readonly project: string }) => {
          asked.push(id);
          return Promise.resolve({
            requests_this_minute: 0, requests_today: 0, open_conversations: 0,
            committed_this_month: Number(id.slice(1)),
          });
        },
      },
    },
  };
}

test('projects with a budget are listed, nearest to its limit first, and the others counted', async () => {
  const { ports, asked } = world(3);
  expect(await monthCosts(ports)).toEqual({
    costs: [2, 1, 0].map((place) => ({
      company: 'acme', companyName: 'Acme', project: `p${place}`, projectName: `p${place}`, currency: 'GBP',
      committed: place, limit: 100,
    })),
    withoutBudget: 1,
    more: false,
  });
  expect(asked).not.toContain('free');
});

test('no more than 200 counters are read', async () => {
  const { ports, asked } = world(201);
  expect((await monthCosts(ports)).more).toBe(true);
  expect(asked).toHaveLength(200);
});
