import type { StoredRecord } from '../../core/ports/company-records';
import type { GivenCards } from '../../operations/companies/check-cards';
import { checkGiven } from '../../operations/companies/check-cards';
import { isFields } from '../../operations/companies/known-fields';
import type { RecordFinding } from '../../operations/companies/record-faults';
import { placed, readDocument, readText } from '../companies/document';
import type { CheckedFile } from '../companies/record-file';
import { rulesOf } from '../companies/record-file';
import type { Stage } from '../stage';

export interface CheckedCards extends CheckedFile {
  readonly given: GivenCards;
}

const NOTHING: GivenCards = { cards: [], knowledge: [] };

/**
 * Reads one card, or `answer_cards` and `knowledge` as a company's file has them, and judges them within the record:
 * every rule of it counts. Positions are those of the file.
 */
export function checkCardFile(file: string, record: StoredRecord, { names }: Pick<Stage, 'names'>): CheckedCards {
  const read = readDocument(file, readText(file));
  if (!read.readable) return { findings: read.findings, given: NOTHING };
  const { document } = read;
  const { value } = document;
  if (value.answer_cards === undefined && value.knowledge === undefined) {
    const given = { cards: [value], knowledge: [] };
    const found = checkGiven(record, given, rulesOf(names));
    const ofCard = found.map((one) => ({ ...one, path: one.path.replace(/^answer_cards\.0\.?/, '') }));
    return { document, given, findings: placed(document, ofCard) };
  }
  const given = { cards: listed(value.answer_cards), knowledge: listed(value.knowledge) };
  const shape = shapeFaults(value);
  const found = shape.length > 0 ? shape : checkGiven(record, given, rulesOf(names));
  return { document, given, findings: placed(document, found) };
}

function listed(value: unknown): readonly StoredRecord[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return list.filter(isFields);
}

/** Nothing of a file is left out unseen. */
function shapeFaults(value: StoredRecord): readonly RecordFinding[] {
  const fault = (path: string, message: string): RecordFinding => ({ severity: 'fault', path, message });
  return Object.entries(value).flatMap(([name, held]) => {
    if (name !== 'answer_cards' && name !== 'knowledge') {
      return [fault(name, 'is not set by this command: apply the whole file with company apply')];
    }
    if (!Array.isArray(held)) return [fault(name, 'must be a list')];
    const entries: readonly unknown[] = held;
    return entries.flatMap((entry, index) => (isFields(entry) ? [] : [fault(`${name}.${index}`, 'must hold fields')]));
  });
}
