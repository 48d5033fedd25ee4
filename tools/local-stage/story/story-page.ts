import type { Palette, Print } from '../terminal';
import { wrap } from '../terminal';

const WIDTH = 100;

/** Where one conversation of the story is printed. */
export interface StoryPage {
  /** Who or what, and the words. */
  readonly say: (what: string, words: string) => void;
  readonly expect: (holds: boolean, difference: string) => void;
}

/** `channel`: several conversations are told at once, so each line says whose it is. */
export function storyPage(
  { channel, print, colours, expect }: {
    readonly channel?: string;
    readonly print: Print;
    readonly colours: Palette;
    readonly expect: StoryPage['expect'];
  },
): StoryPage {
  const whose = channel === undefined ? '' : `${channel.padEnd(9)} `;
  return {
    expect,
    say: (what, words) => {
      const label = `  ${colours.cyan(whose)}${colours.dim(what.padEnd(10))} `;
      const space = ' '.repeat(2 + whose.length + 11);
      wrap(words, WIDTH - space.length).forEach((line, index) => { print(`${index === 0 ? label : space}${line}`); });
    },
  };
}
