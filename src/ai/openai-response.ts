import * as z from 'zod/mini';
import type { FillResult, TokenUsage } from '../core/ports/language-model';
import type { CallFailure } from './openai-failure';

/** What is read of a response; OpenAI adds item types and fields at any time, so all else is let through unread. */
const contentPart = z.object({ type: z.string(), text: z.nullish(z.string()) });
const responseShape = z.object({
  status: z.string(),
  error: z.nullish(z.object({ code: z.nullish(z.string()) })),
  incomplete_details: z.nullish(z.object({ reason: z.nullish(z.string()) })),
  output: z.array(z.object({
    phase: z.catch(z.nullish(z.string()), null),
    content: z.catch(z.nullish(z.array(contentPart)), null),
  })),
  usage: z.nullish(z.object({ input_tokens: z.number(), output_tokens: z.number(), total_tokens: z.number() })),
});

type ReadableResponse = z.infer<typeof responseShape>;

const anyObject = z.record(z.string(), z.unknown());

/**
 * Separates values from refusals, truncated, filtered and unreadable answers: OpenAI answers all of these with HTTP
 * 200.
 * The body is read here, since the library (6.49) takes a page for a response and fails on it.
 */
export async function readResponse(response: Response): Promise<FillResult | CallFailure> {
  const parsed = responseShape.safeParse(await readBody(response));
  // Broken off, or a page of something between us and OpenAI.
  if (!parsed.success) return { outcome: 'try_again' };
  const { status, error, incomplete_details: incomplete, output } = parsed.data;
  const usage = usageOf(parsed.data);
  if (status === 'failed') return failedResponse(error?.code ?? '', usage);
  if (status === 'incomplete') {
    return { outcome: incomplete?.reason === 'content_filter' ? 'filtered' : 'truncated', usage };
  }
  // A model that thinks aloud comments first (`commentary`): only what it means as its answer counts.
  const parts = output
    .filter(({ phase }) => phase == null || phase === 'final_answer')
    .flatMap((item) => item.content ?? []);
  if (parts.some((part) => part.type === 'refusal')) return { outcome: 'refused', usage };
  const text = parts.filter((part) => part.type === 'output_text').map((part) => part.text ?? '').join('');
  const values = readObject(text);
  return values ? { outcome: 'values', values, usage } : { outcome: 'unreadable', usage };
}

/** A code that is not here says that the model would not answer this prompt. */
function failedResponse(code: string, usage: TokenUsage): FillResult | CallFailure {
  switch (code) {
    case 'server_error':
    case 'rate_limit_exceeded':
      return { outcome: 'try_again', usage };
    case 'data_residency_mismatch':
      return { outcome: 'misconfigured', code };
    default:
      return { outcome: 'refused', usage };
  }
}

async function readBody(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

function readObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed = anyObject.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function usageOf({ usage }: ReadableResponse): TokenUsage {
  return {
    prompt_tokens: usage?.input_tokens ?? 0,
    completion_tokens: usage?.output_tokens ?? 0,
    total_tokens: usage?.total_tokens ?? 0,
  };
}
