import { accept } from './accept';
import type { RequestCall } from './admit-call';
import { admitCall, explainFailure } from './admit-call';
import type { InitiateAnswer, Outcome } from './answer';
import { answer } from './answer';
import type { RouterPorts, RouterSettings } from './router-ports';

/** A request becomes an accepted conversation, queued. Answers every failure, and never throws. */
export async function initiateConversation(
  call: RequestCall,
  ports: RouterPorts,
  settings: RouterSettings,
): Promise<InitiateAnswer> {
  const started = ports.clock.now();
  const outcome = await decide(call, ports, settings, started);
  report(outcome, ports);
  ports.observer.duration('RequestTime', ports.clock.now() - started);
  return answer(outcome, call.origin, settings.allowedOrigins);
}

async function decide(call: RequestCall, ports: RouterPorts, settings: RouterSettings, now: number): Promise<Outcome> {
  const admitted = await admitCall(call, ports, now);
  if (!admitted.admitted) return { accepted: false, requestId: admitted.requestId, refusal: admitted.refusal };
  try {
    return await accept({ ...admitted, now }, ports, settings);
  } catch (error) {
    const { request_id: requestId } = admitted.request.request_data;
    return { accepted: false, requestId, refusal: explainFailure(error, ports) };
  }
}

function report(outcome: Outcome, { observer }: RouterPorts): void {
  if (!outcome.accepted) {
    const { code } = outcome.refusal;
    observer.info('request refused', { code });
    observer.count('RequestRefused', { code });
    return;
  }
  observer.info(outcome.replayed ? 'request replayed' : 'request accepted', {
    conversation_id: outcome.conversationId,
  });
  observer.count(outcome.replayed ? 'RequestReplayed' : 'RequestAccepted');
}
