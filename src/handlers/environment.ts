import type { Channel, VendorName } from '../core/channel';
import { CHANNELS } from '../core/channel';
import { ENV_VARS } from '../core/env-vars';
import { vendorUrlVariable } from '../core/ports/vendor';

/** Reads a variable that the infrastructure must have set. */
export function required(name: keyof typeof ENV_VARS): string {
  const value = optional(name);
  if (value === undefined) throw unset(ENV_VARS[name]);
  return value;
}

/** Reads a variable that may be empty. */
export function optional(name: keyof typeof ENV_VARS): string | undefined {
  return process.env[ENV_VARS[name]] || undefined;
}

/** The queues that the function may send to, by channel, out of one variable. */
export function queueUrls(): Readonly<Partial<Record<Channel, string>>> {
  const urls: Readonly<Record<string, unknown>> = JSON.parse(required('queueUrls'));
  return Object.fromEntries(
    CHANNELS.flatMap((channel) => (typeof urls[channel] === 'string' ? [[channel, urls[channel]]] : [])),
  );
}

/** Where the stage reaches a vendor. */
export function vendorUrl(name: VendorName): string {
  const variable = vendorUrlVariable(name);
  const url = process.env[variable];
  if (!url) throw unset(variable);
  return url;
}

function unset(what: string): Error {
  return new Error(
    `The function could not start: its environment lacks ${what}. Deploy the stack again, which sets it.`,
  );
}
