import { isDeepStrictEqual } from 'node:util';
import type { CardOwner, CardVersion, StoredRecord } from '../../core/ports/company-records';
import type { OperationPorts } from '../ports';
import { isFields } from './known-fields';
import { contentOf } from './template-findings';

type Ports = Pick<OperationPorts, 'cardHistory'>;

/** The cards of a record by their identifiers, as they are stored. */
export function cardsOf({ answer_cards: listed }: StoredRecord): ReadonlyMap<string, StoredRecord> {
  const cards: readonly unknown[] = Array.isArray(listed) ? listed : [];
  return new Map(cards.filter(isFields).flatMap((card) => (
    typeof card.card_id === 'string' ? [[card.card_id, card] as const] : []
  )));
}

/** The record with these cards in the place of its own of the same names; new ones come last. */
export function withCards(record: StoredRecord, cards: readonly StoredRecord[]): StoredRecord {
  const given = new Map(cards.map((card) => [card.card_id, card]));
  const stored: readonly unknown[] = Array.isArray(record.answer_cards) ? record.answer_cards : [];
  const kept = stored.map((card) => (isFields(card) ? given.get(card.card_id) ?? card : card));
  const known = cardsOf(record);
  return { ...record, answer_cards: [...kept, ...cards.filter(({ card_id: id }) => !known.has(String(id)))] };
}

/** A changed card gets the next number, whatever number was given; one that stays as it is keeps its own. */
export async function withCardVersions(
  ports: Ports, before: StoredRecord | undefined, after: StoredRecord,
): Promise<StoredRecord> {
  if (!Array.isArray(after.answer_cards)) return after;
  const stored = cardsOf(before ?? {});
  const listed: readonly unknown[] = after.answer_cards;
  const counted = await Promise.all(listed.map(async (card) => {
    if (!isFields(card) || typeof card.card_id !== 'string') return card;
    const known = stored.get(card.card_id);
    if (known && isDeepStrictEqual(contentOf(known), contentOf(card))) return known;
    return { ...card, version: await nextVersion(ports, cardOwner(after, card.card_id), known, card) };
  }));
  return { ...after, answer_cards: counted };
}

async function nextVersion(
  { cardHistory }: Ports, owner: CardOwner, stored: StoredRecord | undefined, next: StoredRecord,
): Promise<number> {
  const kept = await cardHistory.list(owner);
  const last = Math.max(numberOf(stored?.version), ...kept.map(({ version }) => version));
  return Math.max(last + 1, numberOf(next.version));
}

/** The cards that are not the same in both records. */
export function changedCards(before: StoredRecord | undefined, after: StoredRecord): readonly string[] {
  const [stored, next] = [cardsOf(before ?? {}), cardsOf(after)];
  const ids = [...new Set([...stored.keys(), ...next.keys()])];
  return ids.filter((id) => !isDeepStrictEqual(stored.get(id), next.get(id)));
}

/** Keeps the versions of these cards that stand in a record. */
export async function keepCards(
  { cardHistory }: Ports,
  record: StoredRecord,
  ids: readonly string[],
  origin: Pick<CardVersion, 'written_at' | 'written_by'>,
): Promise<void> {
  const cards = cardsOf(record);
  await Promise.all(ids.map(async (id) => {
    const card = cards.get(id);
    if (card) await cardHistory.keep(cardOwner(record, id), { version: numberOf(card.version), card, ...origin });
  }));
}

export interface ListedCardVersion extends CardVersion {
  readonly current: boolean;
}

/** Every version of a project's card that was kept, newest first. */
export async function listCardVersions(
  { cardHistory }: Ports, record: StoredRecord, cardId: string,
): Promise<readonly ListedCardVersion[]> {
  const current = cardsOf(record).get(cardId)?.version;
  const kept = await cardHistory.list(cardOwner(record, cardId));
  return kept.map((version) => ({ ...version, current: version.version === current })).reverse();
}

/** The content of one version; undefined where none of this number is in use or was kept. */
export async function findCardVersion(
  ports: Ports, record: StoredRecord, cardId: string, version: number,
): Promise<StoredRecord | undefined> {
  const current = cardsOf(record).get(cardId);
  if (current?.version === version) return current;
  return (await listCardVersions(ports, record, cardId)).find((kept) => kept.version === version)?.card;
}

function cardOwner(record: StoredRecord, cardId: string): CardOwner {
  return { companyId: String(record.company_id), projectId: String(record.project_id), cardId };
}

function numberOf(version: unknown): number {
  return typeof version === 'number' ? version : 0;
}
