import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freshAssembly } from '../local-stage/fresh-assembly';
import { startLocalStage } from '../local-stage/local-stage';
import { fillSample } from '../local-stage/sample/fill-sample';
import { verifySample } from '../local-stage/sample/verify-sample';
import { BAD_INPUT } from './bad-input-checks';
import { LOOKS } from './checks';
import { chromiumPath, openChromium } from './chromium';
import { figureLines, measureFigures } from './figures';
import { takePictures } from './pictures';
import { REPLIES } from './reply-checks';
import { REVIEWS } from './review-checks';

/** Milliseconds. A check that hangs fails, so that the others are still seen. */
const LONGEST_CHECK = 300_000;

const print = (line: string) => process.stdout.write(`${line}\n`);

/** The command behind `npx projen console:screens`: judges the screens in a browser; `--write` takes the pictures. */
async function main(words: readonly string[]): Promise<void> {
  const path = chromiumPath();
  if (path === undefined) {
    print(
      'SKIPPED: the screens were not looked at, since no Chromium is installed. Install it, or name it in CHROMIUM.',
    );
    return;
  }
  const projectFolder = process.cwd();
  const assemblyFolder = await freshAssembly(projectFolder, print);
  const stage = await startLocalStage({ projectFolder, assemblyFolder, name: 'console-screens' });
  try {
    await fillSample(stage);
    await verifySample(stage);
    const browser = await openChromium(path);
    try {
      if (words.includes('--write')) {
        await takePictures(stage, browser, join(projectFolder, 'docs/console'));
        print('The pictures are in docs/console.');
        return;
      }
      const wanted = words.filter((word) => !word.startsWith('--'));
      const checks = [...LOOKS, ...REVIEWS, ...REPLIES, ...BAD_INPUT].filter(
        ({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)),
      );
      let failed = 0;
      for (const check of checks) {
        const began = performance.now();
        const faults = await Promise.race([
          check.run(stage, browser).catch((fault: unknown) => [`it broke off: ${String(fault)}`]),
          pause(LONGEST_CHECK, ['it did not come to its end within five minutes'], { ref: false }),
        ]);
        const seconds = Math.round((performance.now() - began) / 1000);
        print(`${faults.length === 0 ? 'ok' : 'FAILED'}  ${check.name} (${seconds} s)`);
        for (const fault of faults) print(`  ${fault}`);
        if (faults.length > 0) failed += 1;
      }
      for (const figure of figureLines(await measureFigures(stage, browser))) print(figure);
      print(`${checks.length - failed} of ${checks.length} hold.`);
      if (failed > 0) process.exitCode = 1;
    } finally {
      await browser.close();
    }
  } finally {
    await stage.stop();
  }
}

main(process.argv.slice(2)).catch((fault: unknown) => {
  process.stderr.write(`Looking at the screens failed: ${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exitCode = 1;
});
