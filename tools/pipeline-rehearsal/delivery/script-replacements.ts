/** What a job's script is replaced by in this rehearsal, and why. */
export interface Replacement {
  readonly pattern: RegExp;
  /** The text that runs instead, given what the pattern caught. */
  readonly script: (caught: readonly string[]) => string;
  readonly instead: string;
}

/** What is done of the build's command, which takes minutes: all of it, or what the rehearsed fault needs. */
export type BuildMode = 'whole' | 'checked-before' | 'type-check' | 'generated-files' | 'none';

const BUILD: Readonly<Record<Exclude<BuildMode, 'whole'>, { readonly script: string; readonly instead: string }>> = {
  'checked-before': {
    script: 'npx projen default',
    instead: 'of the build only the generation of files: --checked says that lint and tests of this very tree have run',
  },
  'type-check': {
    script: 'npx tsc --project tsconfig.dev.json --noEmit',
    instead: 'of the build only the type check, which must find the injected fault',
  },
  'generated-files': { script: 'npx projen default', instead: 'of the build only the generation of files' },
  'none': { script: 'true', instead: 'not built again: but for the injected lines the tree was built before' },
};

/** Where the emulator's copy of the assembly lies in a job's workspace; git ignores the folder. */
export const EMULATOR_COPY = '.local/emulator-assembly';

/** The scripts that cannot run as they are; all others run unchanged. */
export function replacements(options: {
  readonly projectFolder: string;
  readonly build: BuildMode;
}): readonly Replacement[] {
  const { projectFolder, build } = options;
  const quoted = `'${projectFolder.replaceAll("'", "'\\''")}'`;
  return [
    {
      pattern: /^npm ci --ignore-scripts --no-audit --no-fund$/,
      // Hard links, and never one link to the folder: Projen itself may run npm in a job, which empties the folder
      // first.
      script: () =>
        `cp -al ${quoted}/node_modules node_modules 2>/dev/null || { rm -rf node_modules && cp -a `
          + `${quoted}/node_modules node_modules; }`,
      instead: 'the packages that are installed in the project, each file a hard link',
    },
    ...(build === 'whole'
      ? []
      : [{ pattern: /^npx projen build$/, script: () => BUILD[build].script, instead: BUILD[build].instead }]),
    {
      pattern: /^npx cdk deploy --app (\S+) (.+)$/,
      script: ([assembly = '', rest = '']) =>
        `${quoted}/node_modules/.bin/tsx ${quoted}/tools/pipeline-rehearsal/emulator-copy/copy-for-emulator.ts `
          + `${assembly} ${EMULATOR_COPY} && npx cdk deploy --app ${EMULATOR_COPY} ${rest}`,
      instead: "the same command with the emulator's copy of that assembly",
    },
  ];
}

/** The script that runs in the place of one, and what the report says of it; undefined where it runs as it is. */
export function replace(
  script: string,
  rules: readonly Replacement[],
): { readonly script: string; readonly instead: string } | undefined {
  for (const { pattern, script: make, instead } of rules) {
    const caught = pattern.exec(script);
    if (caught) return { script: make(caught.slice(1)), instead };
  }
  return undefined;
}
