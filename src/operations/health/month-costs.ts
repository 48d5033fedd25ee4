import type { OperationPorts } from '../ports';

/** What a project has spent and reserved in this month (UTC), beside what it may. */
export interface MonthCost {
  readonly company: string;
  readonly companyName: string;
  readonly project: string;
  readonly projectName: string;
  readonly currency: string;
  readonly committed: number;
  readonly limit: number;
}

export interface MonthCosts {
  /** Those nearest to their limit come first. */
  readonly costs: readonly MonthCost[];
  /** Projects whose record names no budget, so that nothing is counted. */
  readonly withoutBudget: number;
  /** There are more projects with a budget than were read. */
  readonly more: boolean;
}

/** Projects whose counters are read. */
const READ_AT_MOST = 200;

type Ports = Pick<OperationPorts, 'clock' | 'companies' | 'usage'>;

/** The cost of the month by project: one small read for each that has a budget. */
export async function monthCosts({ clock, companies, usage }: Ports): Promise<MonthCosts> {
  const now = clock.now();
  const all = await companies.list();
  const budgeted = all.flatMap((project) => (project.budget ? [{ ...project, budget: project.budget }] : []));
  const costs = await Promise.all(budgeted.slice(0, READ_AT_MOST).map(async (one): Promise<MonthCost> => {
    const { company_id: company, project_id: project, budget } = one;
    const { committed_this_month: committed } = await usage.usageOf({ company, project, now });
    return {
      company, project, committed, companyName: one.company_name, projectName: one.project_name,
      currency: budget.currency, limit: budget.monthly_limit,
    };
  }));
  return {
    costs: costs.sort((one, other) => shareOf(other) - shareOf(one)),
    withoutBudget: all.length - budgeted.length,
    more: budgeted.length > READ_AT_MOST,
  };
}

function shareOf({ committed, limit }: MonthCost): number {
  return committed / limit;
}
