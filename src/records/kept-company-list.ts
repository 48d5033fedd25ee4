import type { Clock } from '../core/ports/clock';
import type { CompanySummary } from '../core/ports/company-records';
import { DynamoDbCompanies } from './dynamodb-companies';
import type { TableClient } from './table-client';

/** Milliseconds for which a process keeps the list; a new company is listed by then. */
export const KEPT_MILLISECONDS = 10 * 60_000;

/** Company records for those who look at the list of all again and again: it is read from the table now and then. */
export class KeptCompanyList extends DynamoDbCompanies {
  private kept: { readonly until: number; readonly list: Promise<readonly CompanySummary[]> } | undefined;

  constructor(
    client: TableClient,
    table: string,
    private readonly clock: Pick<Clock, 'now'>,
  ) {
    super(client, table);
  }

  override async list(): Promise<readonly CompanySummary[]> {
    const now = this.clock.now();
    if (this.kept && this.kept.until > now) return this.kept.list;
    const list = super.list();
    this.kept = { until: now + KEPT_MILLISECONDS, list };
    // What failed once is asked for again.
    return list.catch((fault: unknown) => {
      this.kept = undefined;
      throw fault;
    });
  }
}
