import { z } from 'zod';
import type { VendorName } from '../../core/channel';
import { CHANNEL_DEFINITIONS } from '../../core/channel';
import type { ChannelSettings } from '../../core/company/company';
import { modelSecretId } from '../../core/company/company';
import type { VendorUrls } from '../../core/vendor-urls';
import { askVendor, bearer } from './ask-vendor';
import { verifySendGrid } from './sendgrid-checks';
import { verifyTwilio } from './twilio-checks';
import type { Secret, Verified, VerifyVendor } from './vendor-answer';
import { read, unanswered } from './vendor-answer';

const CHECKS: Readonly<Partial<Record<VendorName, VerifyVendor>>> = { twilio: verifyTwilio, sendgrid: verifySendGrid };


export const verifyVendor: VerifyVendor = async (settings, secret, vendors) => {
  const name = CHANNEL_DEFINITIONS[settings.content.channel].vendor;
  const words = 'no checks are written for this vendor: look at its console';
  return CHECKS[name]?.(settings, secret, vendors) ?? [{ subject: name, verdict: 'warning', words }];
};

export async function verifyModel({ model }: ChannelSettings, secret: Secret, vendors: VendorUrls): Promise<Verified> {
  const subject = `model ${model.model}`;
  const answer = await askVendor(`${vendors.openai}/models`, bearer(secret.ai_api_key));
  const listed = read(answer, z.object({ data: z.array(z.object({ id: z.string() })) }));
  if (!listed) return unanswered(subject, answer, `store a working key in ${modelSecretId(model) ?? 'the secret'} (secret set model)`);
  return listed.data.some(({ id }) => id === model.model)
    ? { subject, verdict: 'ok', words: 'the key works and may use it' }
    : { subject, verdict: 'fault', words: 'the vendor offers this key no such model: name another in ai_config, or have the key\'s project allow it' };
}

