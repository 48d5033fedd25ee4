import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

const report = z.object({
  title: z.string().min(1),
  /** `unknown` where the check could not look: what was known before stays as it is. */
  state: z.enum(['clean', 'found', 'unknown']),
  body: z.string(),
});

/** What a nightly check hands to the job that may write issues. */
export type CheckReport = z.infer<typeof report>;

export async function writeReport(file: string, content: CheckReport): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(content, undefined, 2));
}

/** Undefined where the check left no report. */
export async function readReport(file: string): Promise<CheckReport | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : report.parse(JSON.parse(text));
}
