import type { github } from 'projen';
import { actionStep } from './action-step';
import { pipelineStep } from './pipeline-step';

type JobStep = github.workflows.JobStep;

/** Where the CDK assembly of the job lies; `cdk deploy` takes it from here. */
export const ASSEMBLY = 'cdk.out';

/** Longest that GitHub keeps an artifact by default, in days. */
const LONGEST_RETENTION = 90;

/** How a sealed assembly is found and proved; `digest` and `run` are the content of an expression. */
export interface SealedAssembly {
  readonly artifact: string;
  readonly digest: string;
  /** The run that stored it; without it, this run. */
  readonly run?: string;
}

/** The assembly that `needs.<job>` or `steps.<id>` found in another run. */
export function foundBy(source: string): SealedAssembly {
  return {
    artifact: `\${{ ${source}.outputs.artifact }}`,
    digest: `${source}.outputs.digest`,
    run: `${source}.outputs.run`,
  };
}

/** What a search for an assembly puts out. */
export const FOUND = ['run', 'artifact', 'digest', 'tree'] as const;

/** Synthesises the assembly of all stages, refuses one that reaches outside itself, and stores it sealed. */
export function sealAssembly(artifact: string, retentionDays: number): JobStep[] {
  return [
    // Right before sealing: other commands of the CLI rewrite the folder with assets that are not bundled.
    { name: 'Synthesise the assembly', run: 'npx projen synth:silent' },
    pipelineStep('Seal the assembly', 'seal', {
      id: 'seal',
      flags: { assembly: ASSEMBLY, archive: archiveIn('sealed') },
    }),
    storeAssembly(artifact, 'sealed', retentionDays),
  ];
}

/** What lists the packages in the functions; kept as long as a release. */
export const BILL = { artifact: 'bill-of-materials', folder: 'dist/bill', file: 'bill-of-materials.cdx.json' } as const;

/** Lists what the functions of the assembly consist of, and stores the list. */
export function storeBill(): JobStep[] {
  return [
    pipelineStep('List what ships', 'bill-of-materials', {
      flags: { assembly: ASSEMBLY, output: `${BILL.folder}/${BILL.file}` },
    }),
    actionStep('Store the bill of materials', 'actions/upload-artifact', {
      with: {
        'name': BILL.artifact,
        'path': `${BILL.folder}/${BILL.file}`,
        'if-no-files-found': 'error',
        'overwrite': true,
        'retention-days': LONGEST_RETENTION,
      },
    }),
  ];
}

/** By which a stack of a deployed function is read; kept as long as a release. */
const SOURCE_MAPS = { artifact: 'source-maps', folder: 'dist/source-maps' } as const;

/** Makes the source maps of the assembly's functions, and stores them. */
export function storeSourceMaps(): JobStep[] {
  return [
    pipelineStep('Make the source maps', 'source-maps', {
      flags: { assembly: ASSEMBLY, output: SOURCE_MAPS.folder },
    }),
    actionStep('Store the source maps', 'actions/upload-artifact', {
      with: {
        'name': SOURCE_MAPS.artifact,
        'path': SOURCE_MAPS.folder,
        'if-no-files-found': 'error',
        'overwrite': true,
        'retention-days': LONGEST_RETENTION,
      },
    }),
  ];
}

/** Stores the sealed assembly of the folder `dist/<folder>`; the longest that GitHub allows unless set otherwise. */
export function storeAssembly(artifact: string, folder: string, retentionDays = LONGEST_RETENTION): JobStep {
  return actionStep('Store the sealed assembly', 'actions/upload-artifact', {
    with: {
      'name': artifact,
      'path': archiveIn(folder),
      'if-no-files-found': 'error',
      'overwrite': true,
      'retention-days': retentionDays,
    },
  });
}

interface OpenOptions {
  /** Says in the steps' names which assembly it is. */
  readonly title: string;
  /** Below `dist/`, where the archive is put. */
  readonly folder: string;
  readonly into: string;
  readonly if?: string;
}

/** Fetches a sealed assembly, and opens it only if it is the one that its digest names. */
export function openAssembly(sealed: SealedAssembly, options: OpenOptions): JobStep[] {
  const condition = options.if === undefined ? {} : { if: options.if };
  return [
    actionStep(`Fetch ${options.title}`, 'actions/download-artifact', {
      ...condition,
      with: {
        name: sealed.artifact,
        path: `dist/${options.folder}`,
        ...(sealed.run === undefined
          ? {}
          : { 'run-id': `\${{ ${sealed.run} }}`, 'github-token': '${{ github.token }}' }),
      },
    }),
    pipelineStep(`Verify ${options.title}`, 'verify', {
      ...condition,
      flags: { archive: archiveIn(options.folder), assembly: options.into },
      expressions: { digest: sealed.digest },
    }),
  ];
}

function archiveIn(folder: string): string {
  return `dist/${folder}/assembly.tar.gz`;
}
