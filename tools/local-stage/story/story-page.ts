import type { Palette, Print } from '../terminal';
import { wrap } from '../terminal';

const WIDTH = 100;

/** Where one channel's part of the story is printed: three are told at once, so each line says whose it is. */
export interface StoryPage {
  /** Who or what, and the words. */
  readonly say: (what: string, words: string) => void;
  readonly expect: (holds: boolean, difference: string) => void;
}

export function storyPage(
  channel: string,
  { print, colours, expect }: {
    readonly print: Print;
    readonly colours: Palette;
    readonly expect: StoryPage['expect'];
  },
): StoryPage {
  return {
    expect,
    say: (what, words) => {
      const label = `  ${colours.cyan(channel.padEnd(9))} ${colours.dim(what.padEnd(10))} `;
      const space = ' '.repeat(23);
      wrap(words, WIDTH - space.length).forEach((line, index) => { print(`${index === 0 ? label : space}${line}`); });
    },
  };
}
