import type { Verification } from '../shared/api';

type Finding = Verification['answers'][number];

/** A check of a project, as a row of the table. */
export interface CheckRow {
  readonly id: string;
  /** A channel, or the answer cards. */
  readonly part: string;
  /** When its vendors were asked, and by whom; of its first row alone. */
  readonly asked?: { readonly at: string; readonly by: string; readonly isOutdated: boolean };
  /** Absent where the channel was never verified. */
  readonly finding?: Finding;
}

/** Each check of each channel, and those of the answer cards. */
export function checkRows({ channels, answers }: Verification): readonly CheckRow[] {
  return [
    ...channels.flatMap(({ channel, verified }): readonly CheckRow[] => {
      if (!verified || verified.findings.length === 0) return [{ id: channel, part: channel }];
      const { at, by, isOutdated, findings } = verified;
      return findings.map((finding, index) => ({
        id: `${channel} ${index}`, part: channel, finding, ...(index === 0 && { asked: { at, by, isOutdated } }),
      }));
    }),
    ...answers.map((finding, index) => ({ id: `answers ${index}`, part: 'answers', finding })),
  ];
}
