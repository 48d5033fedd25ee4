import type { FillRequest, FillResult } from '../../src/core/ports/language-model';

/** Answers as an adapter does that makes one request for it: the request is counted, and so is what it cost. */
export async function metered(request: FillRequest, ask: () => FillResult | Promise<FillResult>): Promise<FillResult> {
  if (!(await request.calls.take())) return { outcome: 'not_allowed' };
  const result = await ask();
  if (!('usage' in result)) request.calls.giveBack();
  else if (result.usage.total_tokens > 0) request.calls.answered(result.usage);
  return result;
}
