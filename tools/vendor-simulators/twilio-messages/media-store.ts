import { createHash } from 'node:crypto';
import type { VendorAnswer } from '../loopback-server';
import { jsonAnswer } from '../loopback-server';
import { notFound } from './errors';

/** A medium that a person sent. */
export interface SentMedium {
  readonly contentType: string;
  /** Absent: a picture of one point. */
  readonly content?: Buffer;
}

interface StoredMedium extends SentMedium {
  readonly sid: string;
  readonly accountSid: string;
  readonly messageSid: string;
}

/** A PNG of one point. */
const ONE_POINT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64',
);

/** Where the bytes lie, which Twilio serves from another host and without a password. */
const CONTENT_PATH = '/simulated-media/';

/** Media of messages that came in, as Twilio lists and hands them out. */
export class MediaStore {
  private readonly media: StoredMedium[] = [];

  /** The address of each, as the webhook names it. A message that is reported again keeps its media. */
  add(accountSid: string, messageSid: string, sent: readonly SentMedium[]): readonly StoredMedium[] {
    const known = this.of(accountSid, messageSid);
    if (known.length > 0) return known;
    const added = sent.map((medium, index) => {
      const sid = `ME${createHash('sha256').update(`${messageSid}#${index}`).digest('hex').slice(0, 32)}`;
      return { ...medium, sid, accountSid, messageSid };
    });
    this.media.push(...added);
    return added;
  }

  /** Undefined for a path of another resource. */
  respond(accountSid: string, path: string): VendorAnswer | undefined {
    const [, messageSid = '', rest = ''] = /\/Messages\/(\w+)\/Media(\.json|\/\w+)$/.exec(path) ?? [];
    if (rest === '') return undefined;
    const media = this.of(accountSid, messageSid);
    if (rest === '.json') {
      const list = media.map(({ sid, contentType }) => ({
        sid, account_sid: accountSid, parent_sid: messageSid, content_type: contentType, uri: `${path.slice(0, -5)}/${sid}.json`,
      }));
      return jsonAnswer(200, { media_list: list, page: 0, page_size: 50, uri: path });
    }
    const found = media.find(({ sid }) => `/${sid}` === rest);
    return found
      ? { kind: 'answer', status: 307, headers: { location: `${CONTENT_PATH}${found.sid}` }, body: '' }
      : notFound(path);
  }

  /** Undefined for any other path. */
  content(path: string): VendorAnswer | undefined {
    const found = this.media.find(({ sid }) => path === `${CONTENT_PATH}${sid}`);
    if (!found) return undefined;
    const bytes = found.content ?? ONE_POINT;
    const headers = { 'content-type': found.contentType, 'content-length': String(bytes.length) };
    return { kind: 'answer', status: 200, headers, body: '', bytes };
  }

  private of(accountSid: string, messageSid: string): readonly StoredMedium[] {
    return this.media.filter((one) => one.accountSid === accountSid && one.messageSid === messageSid);
  }
}
