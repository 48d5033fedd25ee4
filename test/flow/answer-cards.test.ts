import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeAccessFile } from '../../tools/local-stage/access-file';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { startStage } from './local-stage-of-tests';
import type { Part } from './transcript';
import { pageOf, partsOf, runLine, steady } from './transcript';

const PAGE = join(__dirname, '../../docs/answer-cards.md');

/** The files that the page shows: one in YAML names itself in its first line, the one in JSON by its card. */
function filesOf(page: string): ReadonlyArray<readonly [string, string]> {
  const yaml = [...page.matchAll(/^```yaml\n# (\S+)\n([^]*?)^```$/gm)].map(([, name = '', text = '']) => [name, text] as const);
  const json = [...page.matchAll(/^```json\n([^]*?)^```$/gm)].map(([, text = '']) => {
    const card = JSON.parse(text) as { readonly card_id: string };
    return [`${card.card_id}.json`, text] as const;
  });
  return [...yaml, ...json];
}

describe('the page on answer cards', () => {
  let stage: LocalStage;
  const folder = mkdtempSync(join(tmpdir(), 'cards-page-'));

  beforeAll(async () => {
    stage = await startStage('answer-cards', undefined, { runsSchedules: false });
    writeAccessFile(folder, stage);
  });
  afterAll(async () => {
    await stage.stop();
    rmSync(folder, { recursive: true });
  });

  test('prints what the commands print, line by line', async () => {
    const page = readFileSync(PAGE, 'utf8');
    for (const [name, text] of filesOf(page)) writeFileSync(join(folder, name), text);
    const played: Part[] = [];
    for (const part of partsOf(page)) {
      played.push(part.kind === 'command' ? { ...part, printed: steady(await runLine(part.line, folder)) } : part);
    }
    // To write the page anew after a change of words: WRITE_TRANSCRIPT=1. Read it then before it is committed.
    if (process.env.WRITE_TRANSCRIPT) writeFileSync(PAGE, pageOf(played));
    else expect(pageOf(played)).toBe(page);
  });
});
