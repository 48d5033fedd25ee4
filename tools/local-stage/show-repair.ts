import { randomUUID } from 'node:crypto';
import { timestamp } from '../../src/core/ports/clock';
import { isJsonRecord, parseJson } from '../vendor-simulators/json-record';
import { postRequest } from './api-client';
import { awaitOutcome } from './await-status';
import type { LocalStage } from './local-stage';
import { sampleRequest } from './sample/requests';
import type { Palette, Print } from './terminal';

/** Sends a message whose model first names another firm than the facts do, and shows how it is refused and repaired. */
export async function showRepair(
  stage: LocalStage,
  print: Print,
  colours: Palette,
  expect: (holds: boolean, difference: string) => void,
): Promise<void> {
  const requestId = randomUUID();
  const request = sampleRequest('whatsapp', requestId, timestamp(Date.now()));
  const facts = { ...request.project_data, note: 'simulate:swaps-name-once' };
  print(`\n${colours.bold('A model that names another firm at first')}`);
  await postRequest(stage.url, stage.apiKey, { ...request, project_data: facts });
  const record = await awaitOutcome(stage, requestId);
  const composition = isJsonRecord(record.composition) ? record.composition : {};
  const refused = refusedIn(stage);
  const values = isJsonRecord(composition.values) ? composition.values : {};
  const evidence = isJsonRecord(composition.evidence) ? composition.evidence : {};
  for (const [name, { value, reason }] of Object.entries(refused)) {
    print(`  first answer:  ${value}`);
    print(`  refused:       ${reason}`);
    print(`  second answer: ${String(values[name])}`);
    print(`  proved by:     ${pathsIn(evidence[name])}`);
  }
  const verdicts = isJsonRecord(composition.verdicts) ? composition.verdicts : {};
  expect(
    Object.values(verdicts).includes('repaired') && Object.keys(refused).length > 0,
    `The message whose first answer swaps a name has the verdicts ${JSON.stringify(verdicts)} instead of a repaired `
      + 'one.',
  );
}

interface Refused {
  readonly value: string;
  readonly reason: string;
}

/** What the model was told of its first answer, by the last repair that it was asked for. */
function refusedIn({ vendors }: LocalStage): Readonly<Record<string, Refused>> {
  const repairs = vendors.openai.received().map(({ input }) => parseJson(input.split('\n').at(-1) ?? ''));
  const last = repairs.findLast((repair) => isJsonRecord(repair) && Object.values(repair).some(isRefused));
  const entries = Object.entries(isJsonRecord(last) ? last : {});
  return Object.fromEntries(entries.flatMap(([name, entry]) => (isRefused(entry) ? [[name, entry] as const] : [])));
}

function isRefused(entry: unknown): entry is Refused {
  return isJsonRecord(entry) && typeof entry.value === 'string' && typeof entry.reason === 'string';
}

function pathsIn(citations: unknown): string {
  const paths = Array.isArray(citations)
    ? citations.map((entry: unknown) => (isJsonRecord(entry) ? entry.path : ''))
    : [];
  return paths.join(', ');
}
