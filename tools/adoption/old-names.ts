import { CommandError } from '../../src/cli/command-error';
import { resourceNames } from '../../src/core/names';

/** Names of an environment that the engine's predecessor lives in, beside those that it shares with the engine. */
export interface OldNames {
  readonly functions: readonly string[];
  readonly apis: readonly string[];
  readonly topics: readonly string[];
  readonly roles: readonly string[];
  readonly companyTables: readonly string[];
  readonly conversationTables: readonly string[];
}

/** The names that its hand-made environment has; queues and secrets have the engine's. */
export function knownOldNames(stage: string): OldNames {
  return {
    functions: ['channel-router', 'whatsapp-channel-processor', 'sms-channel-processor', 'email-channel-processor']
      .map((name) => `${name}-${stage}`),
    apis: [`ai-multi-comms-${stage}-api`],
    topics: [`ai-comms-critical-alerts-${stage}`],
    roles: ['channel-router', 'whatsapp-channel-processor', 'sms-channel-processor', 'email-channel-processor']
      .map((name) => `ai-multi-comms-${name}-${stage}-role`),
    companyTables: [`company-data-${stage}`],
    conversationTables: [`conversations-${stage}`],
  };
}

const OPTIONS = {
  'function': 'functions', 'api': 'apis', 'topic': 'topics', 'role': 'roles',
  'company-table': 'companyTables', 'conversation-table': 'conversationTables',
} as const;

/** Adds what `--old-name kind=name` says; the kinds are those of `OPTIONS`. */
export function withOldNames(known: OldNames, given: readonly string[]): OldNames {
  return given.reduce((names, pair): OldNames => {
    const [kind = '', name = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
    const [, key] = Object.entries(OPTIONS).find(([option]) => option === kind) ?? [];
    if (key === undefined || name === '') {
      throw new CommandError(`Reading the old name "${pair}" failed: it is not of the form kind=name; `
        + `write one of ${Object.keys(OPTIONS).join(', ')}, an equals sign, and the name.`);
    }
    return { ...names, [key]: [...names[key], name] };
  }, known);
}

/** The new engine's table for the items of an old one. */
export function targetTable(names: OldNames, stage: string, table: string): string {
  const { companyTable, conversationTable } = resourceNames(stage);
  if (names.companyTables.includes(table)) return companyTable;
  return names.conversationTables.includes(table) ? conversationTable : table;
}
