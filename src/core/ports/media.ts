import type { Channel } from '../channel';

/** A picture, recording or file that a recipient sent, as its vendor lists it. */
export interface Medium {
  /** The vendor's identifier. */
  readonly id: string;
  /** Media type, as the vendor says it. */
  readonly type: string;
}

/** The message that it came with. */
export interface MediaQuery {
  /** The vendor's identifier of the message. */
  readonly message: string;
  /** The channel's secret: its fields are the vendor adapter's business. */
  readonly credentials: Readonly<Record<string, string>>;
}

/** `gone`: the vendor has it no more. `unavailable`: it could not be had now. */
export type MediaFailure = { readonly outcome: 'gone' } | { readonly outcome: 'unavailable'; readonly detail: string };

export type ListedMedia = { readonly outcome: 'listed'; readonly media: readonly Medium[] } | MediaFailure;

/** `content` is read once, and ends with an error if it breaks off. */
export type OpenedMedium =
  | {
    readonly outcome: 'open';
    readonly type: string;
    /** Absent if the vendor does not say. */
    readonly bytes?: number;
    readonly content: AsyncIterable<Uint8Array>;
  }
  | MediaFailure;

/** The port to what recipients sent beside words. It stays with the vendor. */
export interface MediaSource {
  list(channel: Channel, query: MediaQuery): Promise<ListedMedia>;
  open(channel: Channel, query: MediaQuery & { readonly id: string }): Promise<OpenedMedium>;
}
