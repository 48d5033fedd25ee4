import type { ListedMedia, MediaSource, Medium, OpenedMedium } from '../../src/core/ports/media';

/** Media at a vendor, in memory. */
export class MemoryMedia {
  /** By message. */
  readonly listed = new Map<string, ListedMedia>();
  /** By medium. */
  readonly opened = new Map<string, () => OpenedMedium>();
  readonly credentials: unknown[] = [];
  readonly source: MediaSource = {
    list: async (_channel, { message, credentials }) => {
      this.credentials.push(credentials);
      return Promise.resolve(this.listed.get(message) ?? { outcome: 'gone' });
    },
    open: async (_channel, { id }) => Promise.resolve(this.opened.get(id)?.() ?? { outcome: 'gone' }),
  };

  put(message: string, ...media: readonly Medium[]): void {
    this.listed.set(message, { outcome: 'listed', media });
  }

  /** `bytes` as the vendor says them. */
  fill(id: string, type: string, parts: readonly Uint8Array[], bytes?: number): void {
    this.opened.set(id, () => ({
      outcome: 'open', type, ...(bytes === undefined ? {} : { bytes }), content: streamed(parts),
    }));
  }
}

async function* streamed(parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void> {
  for (const part of parts) yield await Promise.resolve(part);
}
