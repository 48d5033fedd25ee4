import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { timestamp } from '../../src/core/ports/clock';
import { postRequest } from '../local-stage/api-client';
import type { LocalStage } from '../local-stage/local-stage';
import { REVIEWED_PROJECT } from '../local-stage/sample/fill-sample';
import { sampleRequest } from '../local-stage/sample/requests';

/** Milliseconds until a request is sent again that came too soon after the others. */
const TOO_MANY_PAUSE = 250;
/** Milliseconds that the key's rate may keep one request waiting. */
const LONGEST = 30_000;

/** Sends requests whose messages wait for a reviewer, no faster than the rate of the key lets them in. */
export async function sendToReview({ url, apiKey }: LocalStage, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent += 1) {
    const request = sampleRequest('sms', randomUUID(), timestamp(Date.now()));
    const body = { ...request, company_data: { ...request.company_data, project_id: REVIEWED_PROJECT } };
    let answer = await postRequest(url, apiKey, body);
    for (let waited = 0; answer.status === 429 && waited < LONGEST; waited += TOO_MANY_PAUSE) {
      await pause(TOO_MANY_PAUSE);
      answer = await postRequest(url, apiKey, body);
    }
    if (answer.status !== 200) {
      throw new Error(`Request ${sent + 1} got ${answer.status}: ${JSON.stringify(answer.body)}`);
    }
  }
}
