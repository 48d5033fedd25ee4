import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';

/** Where Debian's package puts it; the variable names another one. */
const USUAL = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser that is installed on this machine; undefined where there is none. */
export function chromiumPath(): string | undefined {
  return [process.env.CHROMIUM, ...USUAL].find((path) => path !== undefined && existsSync(path));
}

export async function openChromium(path: string): Promise<Browser> {
  // A container's own sandbox is all that it has.
  return chromium.launch({ executablePath: path, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}
