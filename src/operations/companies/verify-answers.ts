import type { StoredRecord } from '../../core/ports/company-records';
import type { Finding } from '../../core/ports/vendor-accounts';
import type { OperationPorts } from '../ports';
import { answerFindings } from './answer-findings';
import { cardsOf } from './card-versions';
import { factsOf, placeByName } from './check-cards';
import { completeRecord } from './complete-record';
import { isFields } from './known-fields';
import type { RecordFinding } from './record-faults';

type Ports = Pick<OperationPorts, 'clock' | 'names'>;

/** Whether a project can answer as of now: nothing is found where it has no cards and does not want to. */
export function verifyAnswers({ clock, names }: Ports, record: StoredRecord): readonly Finding[] {
  const cards = [...cardsOf(record).values()];
  if (cards.length === 0 && record.replies !== 'answer') return [];
  const found = answerFindings(completeRecord(record, names), clock.now()).map((one) => findingOf(record, one));
  if (found.length > 0) return found;
  const languages = new Set(cards.flatMap(({ languages: texts }) => (isFields(texts) ? Object.keys(texts) : [])));
  const amounts = `${cards.length} cards in ${[...languages].join(', ')}, ${factsOf(record).length} facts`;
  const isOff = record.replies === 'answer' ? '' : '; none is sent: the project does not say replies: answer';
  return [{ subject: 'answers', verdict: 'ok', words: `${amounts}${isOff}` }];
}

function findingOf(record: StoredRecord, { severity, path, message }: RecordFinding): Finding {
  return { subject: placeByName(record, path), verdict: severity, words: message, remedy: 'show_cards' };
}
