import type { Command, Option } from 'commander';

export const SHELLS = ['bash', 'zsh'] as const;
export type Shell = (typeof SHELLS)[number];

/** A command by its words, with what may follow them. */
interface Place {
  readonly path: string;
  readonly offered: readonly string[];
  /** By option: the words that it takes. */
  readonly choices: ReadonlyArray<readonly [option: string, words: readonly string[]]>;
}

/** zsh runs completions of bash; the names `path` and `words` are its own, so the script uses neither. */
const PREPARATION: Readonly<Record<Shell, readonly string[]>> = {
  bash: [],
  zsh: ['autoload -U +X compinit && compinit', 'autoload -U +X bashcompinit && bashcompinit'],
};

/**
 * A script that completes commands, options and their words in a shell. It holds all of them, so that a key press
 * starts
 * no program.
 */
export function completionScript(program: Command, shell: Shell): string {
  const name = program.name();
  const places = placesOf(program, name, program.options);
  const paths = places.slice(1).map(({ path }) => `'${path}'`).join('|');
  return [
    `# Completion of ${name} for ${shell}: source <(${name} completion ${shell})`,
    ...PREPARATION[shell],
    `_${name}() {`,
    `  local place=${name} offered= word`,
    '  local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}"',
    '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
    `    case "$place $word" in ${paths}) place="$place $word" ;; esac`,
    '  done',
    '  case "$place $previous" in',
    ...places.flatMap(({ path, choices }) => choices.map(([option, words]) => line(`${path} ${option}`, words))),
    '  esac',
    '  [ -n "$offered" ] || case "$place" in',
    ...places.map(({ path, offered }) => line(path, offered)),
    '  esac',
    '  COMPREPLY=($(compgen -W "$offered" -- "$current"))',
    '}',
    `complete -o default -F _${name} ${name}`,
  ].join('\n');
}

function line(pattern: string, words: readonly string[]): string {
  return `    '${pattern}') offered='${words.join(' ')}' ;;`;
}

/** The program's own options are taken by every command. */
function placesOf(command: Command, path: string, shared: readonly Option[]): readonly Place[] {
  const options = [...new Set([...command.options, ...shared])].flatMap(({ argChoices, hidden, long }) => (
    hidden || !long ? [] : [{ long, words: argChoices ?? [] }]
  ));
  const children = command.commands.map((child) => child.name());
  return [
    {
      path,
      offered: [...children, ...options.map(({ long }) => long), '--help'],
      choices: options.flatMap(({ long, words }) => (words.length === 0 ? [] : [[long, words] as const])),
    },
    ...command.commands.flatMap((child) => placesOf(child, `${path} ${child.name()}`, shared)),
  ];
}
