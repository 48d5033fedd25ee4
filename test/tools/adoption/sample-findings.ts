import type { FoundOf, FoundTable, Kind } from '../../../tools/adoption/found-resource';
import type { StageTemplate } from '../../../tools/adoption/stage-template';
import type { WantedTable } from '../../../tools/adoption/table-differences';
import { resourceNames } from '../../../src/core/names';

export const NAMES = resourceNames('dev');

const key = (attribute: string) => ({ attribute, type: 'S' });

/** Findings of the stage dev as a hand-made environment has them. */
const SAMPLES: { readonly [K in Kind]: FoundOf<K> } = {
  'event source mapping': {
    kind: 'event source mapping', name: `${NAMES.queue('sms')} → ${NAMES.processor('sms')}`, id: 'mapping-1',
    revision: '1',
    functionName: NAMES.processor('sms'), source: NAMES.queue('sms'),
  },
  'REST API': { kind: 'REST API', name: NAMES.api, id: 'api-1', revision: '1', domains: [] },
  'usage plan': {
    kind: 'usage plan', name: NAMES.usagePlan, id: 'plan-1', revision: '1',
    apiStages: [{ apiId: 'api-1', stage: 'dev' }], keyIds: ['key-1', 'key-2'],
  },
  'API key': { kind: 'API key', name: 'harbour-and-pine', id: 'key-1', revision: '1', plans: [NAMES.usagePlan] },
  'function': { kind: 'function', name: NAMES.router, id: NAMES.router, revision: '1' },
  'role': {
    kind: 'role', name: 'ai-multi-comms-processor-role-dev', id: 'ai-multi-comms-processor-role-dev', revision: '1',
    usedBy: [NAMES.processor('sms')],
    instanceProfiles: [], trusts: ['lambda.amazonaws.com'], taggedStack: undefined, lastUsedRegion: 'eu-west-1',
    writesApiLogs: false,
  },
  'policy': {
    kind: 'policy', name: 'ai-multi-comms-processor-policy-dev',
    id: 'arn:aws:iam::123456789012:policy/ai-multi-comms-processor-policy-dev', revision: '1',
    attachedTo: ['ai-multi-comms-processor-role-dev'],
  },
  'queue': {
    kind: 'queue', name: NAMES.queue('sms'),
    id: `https://sqs.eu-west-1.amazonaws.com/123456789012/${NAMES.queue('sms')}`, revision: '1', messages: 0,
  },
  'alarm': {
    kind: 'alarm', name: 'ai-multi-comms-sms-dlq-not-empty-dev', id: 'ai-multi-comms-sms-dlq-not-empty-dev',
    revision: '1', watches: [NAMES.deadLetterQueue('sms')],
  },
  'topic': {
    kind: 'topic', name: NAMES.alertsTopic, id: `arn:aws:sns:eu-west-1:123456789012:${NAMES.alertsTopic}`,
    revision: '1', subscriptions: 0,
  },
  'dashboard': { kind: 'dashboard', name: NAMES.dashboard, id: NAMES.dashboard, revision: '1' },
  'log group': {
    kind: 'log group', name: `/aws/lambda/${NAMES.router}`, id: `/aws/lambda/${NAMES.router}`,
    revision: '1', bytes: 2048,
  },
  'table': {
    kind: 'table', name: NAMES.conversationTable, id: NAMES.conversationTable, revision: '1', status: 'ACTIVE',
    hasItems: true, countedItems: 3,
    keys: [key('primary_channel'), key('conversation_id')], indexes: [], localIndexes: [], replicas: [],
    throughput: undefined, timeToLive: undefined,
    stream: undefined, encryptionKey: undefined, isProtected: false, hasRecovery: true, tableClass: undefined,
  },
  'secret': {
    kind: 'secret', name: NAMES.modelSecret('sms'), id: `arn:${NAMES.modelSecret('sms')}-AbCdEf`,
    revision: '',
  },
};

/** A finding of a kind; `change` says what is different about it. */
export function sample<K extends Kind>(kind: K, change: Partial<FoundOf<K>> = {}): FoundOf<K> {
  return { ...SAMPLES[kind], ...change };
}

export function sampleTable(change: Partial<FoundTable> = {}): FoundTable {
  return sample('table', change);
}

export const WANTED_CONVERSATIONS: WantedTable = {
  name: NAMES.conversationTable,
  logicalId: 'RecordsConversations1',
  keys: [key('primary_channel'), key('conversation_id')],
  indexes: [],
  localIndexes: [],
  timeToLive: 'time_to_live',
  isProtected: false,
  isRetained: false,
};

export const WANTED_COMPANIES: WantedTable = {
  name: NAMES.companyTable,
  logicalId: 'RecordsCompanies1',
  keys: [key('company_id'), key('project_id')],
  indexes: [],
  localIndexes: [],
  timeToLive: undefined,
  isProtected: false,
  isRetained: true,
};

export const TEMPLATE: StageTemplate = {
  stages: ['dev', 'prod'],
  region: 'eu-west-1',
  tables: [WANTED_COMPANIES, WANTED_CONVERSATIONS],
  alarms: ['ai-multi-comms-api-errors-dev'],
  named: [],
};
