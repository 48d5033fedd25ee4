import type { VendorName } from './channel';

/** Base URLs of the vendors' APIs. */
export type VendorUrls = Readonly<Record<VendorName | 'openai', string>>;

export const OPENAI_URL = 'https://api.openai.com/v1';
