import { createHmac } from 'node:crypto';

/** `X-Twilio-Signature` of a form-encoded webhook: the URL without its fragment, then each parameter's name and value, sorted by name. */
export function twilioSignature(authToken: string, url: string, parameters: Readonly<Record<string, string>>): string {
  const [signedUrl = ''] = url.split('#');
  const signed = Object.keys(parameters).sort().reduce((text, name) => `${text}${name}${parameters[name] ?? ''}`, signedUrl);
  return createHmac('sha1', authToken).update(signed, 'utf8').digest('base64');
}
