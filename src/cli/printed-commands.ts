/**
 * A line for people whose commands (`engine reply done …`) name the stage that it is about. Without it they would go to the default one, the local
 * stage, when they are copied. `groups` are the program's own commands, so that prose about the engine stays as it is.
 */
export function withStageNamed(line: string, stage: string, groups: readonly string[]): string {
  if (groups.length === 0 || line.includes('--stage')) return line;
  const command = new RegExp(`\\bengine (?:${groups.join('|')})\\b(?: [a-z]+(?:-[a-z]+)*)?`, 'g');
  return line.replace(command, (words) => `${words} --stage ${stage}`);
}
