import { randomUUID } from 'node:crypto';
import { timestamp } from '../../src/core/ports/clock';
import type { LocalStage } from '../local-stage/local-stage';
import { REVIEWED_PROJECT } from '../local-stage/sample/fill-sample';
import { sampleRequest } from '../local-stage/sample/requests';
import { postOnceLetIn } from '../local-stage/sample/send-sample';

/** Sends requests whose messages wait for a reviewer, no faster than the rate of the key lets them in. */
export async function sendToReview(stage: LocalStage, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent += 1) {
    const request = sampleRequest('sms', randomUUID(), timestamp(Date.now()));
    const body = { ...request, company_data: { ...request.company_data, project_id: REVIEWED_PROJECT } };
    const answer = await postOnceLetIn(stage, body);
    if (answer.status !== 200) {
      throw new Error(`Request ${sent + 1} got ${answer.status}: ${JSON.stringify(answer.body)}`);
    }
  }
}
