import { KEPT_MILLISECONDS, KeptCompanyList } from '../../src/records/kept-company-list';
import type { TableClient } from '../../src/records/table-client';
import { FakeClock } from '../support/fake-clock';

type Page = () => readonly object[];

/** Scans are answered by these in turn. */
function listOf(answers: readonly Page[]) {
  const clock = new FakeClock();
  let scans = 0;
  const tables = {
    async* scan() {
      const answer = answers[scans];
      scans += 1;
      yield await Promise.resolve(answer?.());
    },
  } as unknown as TableClient;
  return { clock, companies: new KeptCompanyList(tables, 'companies', clock), scans: () => scans };
}

const found = (...ids: readonly string[]): Page => () =>
  ids.map((company_id) => ({ company_id, project_id: 'p', company_name: company_id, project_status: 'active' }));

test('the table is read once in ten minutes, however many look, and a new company is listed by then', async () => {
  const { clock, companies, scans } = listOf([found('acme'), found('acme', 'zenith')]);
  const looks = await Promise.all([companies.list(), companies.list(), companies.list()]);
  expect(looks.map((list) => list.map(({ company_id: id }) => id))).toEqual([['acme'], ['acme'], ['acme']]);
  clock.advance(KEPT_MILLISECONDS - 1);
  expect(await companies.list()).toHaveLength(1);
  expect(scans()).toBe(1);
  clock.advance(1);
  expect((await companies.list()).map(({ company_id: id }) => id)).toEqual(['acme', 'zenith']);
  expect(scans()).toBe(2);
});

test('a failure is not kept', async () => {
  const { companies, scans } = listOf([() => { throw new Error('throttled'); }, found('acme')]);
  await expect(companies.list()).rejects.toThrow('throttled');
  expect(await companies.list()).toHaveLength(1);
  expect(scans()).toBe(2);
});
