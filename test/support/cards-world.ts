import { isDeepStrictEqual } from 'node:util';
import { runEngine } from '../../src/cli/engine-program';
import type { Stage } from '../../src/cli/stage';
import type { CardHistory, CardVersion, CompanyRecords, StoredRecord } from '../../src/core/ports/company-records';
import type { AuditItem } from '../../src/core/ports/audit';
import { resourceNames } from '../../src/core/names';
import { SAMPLE, sampleCompany } from '../../tools/local-stage/sample/company';
import { FakeClock } from './fake-clock';

const PROJECT = [SAMPLE.companyId, SAMPLE.projectId] as const;

/** As a table would give it back. */
function copyOf(record: StoredRecord): StoredRecord {
  return JSON.parse(JSON.stringify(record)) as StoredRecord;
}

/** The sample company's record and its versions in memory, and the operators' program on that stage. */
export function cardsWorld(change: StoredRecord = {}) {
  const clock = new FakeClock(Date.parse('2026-11-30T12:00:00.000Z'));
  const names = resourceNames('local');
  let record = copyOf({ ...sampleCompany(names, '2026-11-01T09:00:00.000Z'), ...change });
  let meanwhile: StoredRecord | undefined;
  const companies: CompanyRecords = {
    find: async (company, project) => {
      const isThere = company === PROJECT[0] && project === PROJECT[1];
      return Promise.resolve(isThere ? copyOf(record) : undefined);
    },
    list: async () => Promise.resolve([]),
    create: async () => Promise.resolve(false),
    change: async (before, after) => {
      if (meanwhile) record = meanwhile;
      if (!isDeepStrictEqual(copyOf(before), record)) return Promise.resolve(false);
      record = copyOf(after);
      return Promise.resolve(true);
    },
  };
  const versions = new Map<string, CardVersion>();
  const cardHistory: CardHistory = {
    keep: async ({ cardId }, version) => {
      const key = `${cardId} ${version.version} ${JSON.stringify(version.card)}`;
      if (!versions.has(key)) versions.set(key, version);
      return Promise.resolve();
    },
    list: async ({ cardId }) => Promise.resolve([...versions.values()]
      .filter(({ card }) => card.card_id === cardId)
      .sort((one, other) => one.version - other.version)),
  };
  const audited: AuditItem[] = [];
  const stage = {
    name: 'local', names, clock, companies, cardHistory,
    templateHistory: { keep: async () => Promise.resolve(), list: async () => Promise.resolve([]) },
    audit: { add: async (item: AuditItem) => Promise.resolve(void audited.push(item)) },
    probe: { kind: 'local' },
    newIdentifier: () => 'audit-item',
    close: () => undefined,
  };
  const run = async (...words: readonly string[]) => {
    const output: string[] = [];
    const errors: string[] = [];
    const code = await runEngine(words, {
      projectFolder: process.cwd(), operator: 'Sam Reyes', columns: 1_000,
      print: (text) => { output.push(text); },
      printError: (text) => { errors.push(text); },
      openStage: () => stage as unknown as Stage,
    });
    return { code, output: output.join('\n'), errors: errors.join('\n') };
  };
  return {
    audited,
    run,
    /** Runs `card <word> <company> <project> <more>`. */
    card: async (word: string, ...more: readonly string[]) => run('card', word, ...PROJECT, ...more),
    stored: (): StoredRecord => record,
    /** Another writer is first. */
    changeMeanwhile: (next: StoredRecord) => { meanwhile = { ...record, ...next }; },
  };
}
