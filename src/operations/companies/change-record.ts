import { isDeepStrictEqual } from 'node:util';
import type { Channel } from '../../core/channel';
import { CHANNELS } from '../../core/channel';
import { channelAccess } from '../../core/company/channel-access';
import { parseCredentialName } from '../../core/company/credential-name';
import { timestamp } from '../../core/ports/clock';
import type { StoredRecord, TemplateKind, TemplateOwner, TemplateVersion } from '../../core/ports/company-records';
import { TEMPLATE_KINDS } from '../../core/ports/company-records';
import type { Actor } from '../actor';
import type { OperationPorts } from '../ports';
import { changedCards, keepCards, withCardVersions } from './card-versions';
import { completeRecord, templateOf, withTemplate } from './complete-record';
import type { FieldChange } from './difference';
import { differences } from './difference';
import { mergeRecord } from './merge-record';
import { contentOf } from './template-findings';

type Ports = Pick<OperationPorts, 'cardHistory' | 'companies' | 'templateHistory'>;

/** Where a record has a template. */
type TemplatePlace = readonly [channel: Channel, kind: TemplateKind];

const PLACES: readonly TemplatePlace[] = CHANNELS.flatMap((channel) => (
  TEMPLATE_KINDS.map((kind) => [channel, kind] as const)
));

/** What is to be written, decided before a person is asked. */
export interface PlannedChange {
  /** As it was read; absent where the project is new. */
  readonly before?: StoredRecord;
  readonly after: StoredRecord;
  readonly changes: readonly FieldChange[];
}

/** A secret of a project that was made for another company. */
export interface ForeignSecret {
  readonly channel: Channel;
  readonly secret: string;
  readonly company: string;
}

export type PlanResult =
  | { readonly outcome: 'planned'; readonly plan: PlannedChange }
  | { readonly outcome: 'foreign_secrets'; readonly found: readonly ForeignSecret[] };

/** What applying a whole record would change. The fields that other tools wrote stay. */
export async function planRecord(
  ports: Ports & Pick<OperationPorts, 'names'>,
  given: StoredRecord,
): Promise<PlanResult> {
  const complete = completeRecord(given, ports.names);
  const company = String(complete.company_id);
  const [before, listed] = await Promise.all([
    ports.companies.find(company, String(complete.project_id)),
    ports.companies.list(),
  ]);
  const others = new Set(listed.map(({ company_id: id }) => id).filter((id) => id !== company));
  const found = foreignSecrets(complete, ports.names).filter((secret) => others.has(secret.company));
  if (found.length > 0) return { outcome: 'foreign_secrets', found };
  return {
    outcome: 'planned',
    plan: await planChange(ports, before, before ? mergeRecord(before, complete) : complete),
  };
}

/** Secrets whose names are of another company than the record's, should there be one of that name. */
function foreignSecrets(record: StoredRecord, names: OperationPorts['names']): readonly ForeignSecret[] {
  return CHANNELS.flatMap((channel) => {
    const secret = channelAccess(record, channel)?.credentialsId;
    if (secret === undefined) return [];
    const name = parseCredentialName(names, channel, secret);
    return name.readable && name.company !== record.company_id ? [{ channel, secret, company: name.company }] : [];
  });
}

/** What writing a record would change, each changed template with its next version. */
export async function planChange(
  ports: Ports, before: StoredRecord | undefined, after: StoredRecord,
): Promise<PlannedChange> {
  const counted = await withCardVersions(ports, before, await withVersions(ports, before, after));
  return { before, after: counted, changes: differences(before ?? {}, counted) };
}

/** A changed template gets the next number, whatever number was given; one that stays as it is keeps its own. */
async function withVersions(
  ports: Ports,
  before: StoredRecord | undefined,
  after: StoredRecord,
): Promise<StoredRecord> {
  let counted = after;
  for (const place of PLACES) {
    const next = templateOf(after, ...place);
    if (!next) continue;
    const stored = before && templateOf(before, ...place);
    const isSame = stored !== undefined && isDeepStrictEqual(contentOf(stored), contentOf(next));
    const version = isSame ? numberOf(stored.version) : await nextVersion(ports, after, place, stored, next);
    const [channel, kind] = place;
    counted = withTemplate(counted, channel, { ...next, version }, kind);
  }
  return counted;
}

async function nextVersion(
  { templateHistory }: Ports,
  record: StoredRecord,
  place: TemplatePlace,
  stored: StoredRecord | undefined,
  next: StoredRecord,
): Promise<number> {
  const kept = await templateHistory.list(templateOwner(record, ...place));
  const last = Math.max(numberOf(stored?.version), ...kept.map(({ version }) => version));
  return Math.max(last + 1, numberOf(next.version));
}

/** `changed_meanwhile`, `created_meanwhile`: another writer was first, and nothing was written. */
export type WriteResult = 'written' | 'changed_meanwhile' | 'created_meanwhile';

/**
 * Writes what was planned, unless the record has changed since it was read. What a template or card was is kept before
 * it goes, and what it becomes once it is there: a stop between the two leaves a version that the next write finds and
 * keeps.
 */
export async function writePlan(
  ports: Ports & Pick<OperationPorts, 'clock'>, { before, after }: PlannedChange, actor: Actor,
): Promise<WriteResult> {
  const now = timestamp(ports.clock.now());
  const dated = { ...after, created_at: before?.created_at ?? now, updated_at: now };
  const changed = PLACES.filter((place) => (
    !isDeepStrictEqual(before && templateOf(before, ...place), templateOf(after, ...place))
  ));
  const cards = changedCards(before, after);
  if (before) {
    await keepAll(ports, before, changed, { written_at: now });
    await keepCards(ports, before, cards, { written_at: now });
  }
  const isWritten = await (before ? ports.companies.change(before, dated) : ports.companies.create(dated));
  if (!isWritten) return before ? 'changed_meanwhile' : 'created_meanwhile';
  await keepAll(ports, dated, changed, { written_at: now, written_by: actor.id });
  await keepCards(ports, dated, cards, { written_at: now, written_by: actor.id });
  return 'written';
}

async function keepAll(
  { templateHistory }: Ports,
  record: StoredRecord,
  places: readonly TemplatePlace[],
  origin: Pick<TemplateVersion, 'written_at' | 'written_by'>,
): Promise<void> {
  for (const place of places) {
    const template = templateOf(record, ...place);
    if (!template) continue;
    await templateHistory.keep(templateOwner(record, ...place), {
      version: numberOf(template.version),
      template,
      ...origin,
    });
  }
}

export function templateOwner(record: StoredRecord, channel: Channel, kind: TemplateKind): TemplateOwner {
  return { companyId: String(record.company_id), projectId: String(record.project_id), channel, kind };
}

function numberOf(version: unknown): number {
  return typeof version === 'number' ? version : 0;
}
