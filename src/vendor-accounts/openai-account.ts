import * as z from 'zod/mini';
import type { ChannelSettings } from '../core/company/company';
import { modelSecretId } from '../core/company/company';
import type { Finding } from '../core/ports/vendor-accounts';
import type { VendorUrls } from '../core/vendor-urls';
import { askVendor, bearer, fault, ok, read, unanswered } from './ask-vendor';

type Secret = Readonly<Record<string, string>>;

const modelsShape = z.object({ data: z.array(z.object({ id: z.string() })) });

/** The key and the model of a channel at OpenAI. */
export async function verifyOpenAi(
  { model }: ChannelSettings,
  secret: Secret,
  { openai }: VendorUrls,
): Promise<Finding> {
  const subject = `model ${model.model}`;
  const answer = await askVendor(`${openai}/models`, bearer(secret.ai_api_key));
  const listed = read(answer, modelsShape);
  if (!listed) {
    return unanswered(
      subject,
      answer,
      `store a working key in ${modelSecretId(model) ?? 'the secret'}`,
      'store_model_key',
    );
  }
  if (listed.data.some(({ id }) => id === model.model)) return ok(subject, 'the key works and may use it');
  const todo = "name another in ai_config, or have the key's project allow it";
  return fault(subject, `the vendor does not offer this key such a model: ${todo}`);
}
