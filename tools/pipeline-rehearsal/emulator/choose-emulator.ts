import type { Emulator } from './emulator';
import type { GivenEndpoint } from './given-endpoint';
import { givenEndpoint } from './given-endpoint';
import type { PythonEnvironment } from './python-environment';

export interface EmulatorSources {
  /** AWS_ENDPOINT_URL and its keys, where the shell has them. */
  readonly given: GivenEndpoint | undefined;
  preparePython(): Promise<PythonEnvironment>;
  /** `programs` is where MiniStack's program lies. */
  start(programs: string): Promise<Emulator>;
}

/** What can be had here: an emulator, or the end of the sentence that says why there is none. */
export type EmulatorChoice =
  | { readonly kind: 'emulator'; readonly emulator: Emulator }
  | { readonly kind: 'none'; readonly why: string };

/** An endpoint that is given comes first; otherwise MiniStack, where Python's packages can be had. An emulator that does not start is an error. */
export async function chooseEmulator({ given, preparePython, start }: EmulatorSources): Promise<EmulatorChoice> {
  if (given) return { kind: 'emulator', emulator: givenEndpoint(given) };
  const python = await preparePython();
  if (python.kind === 'missing') return { kind: 'none', why: `${python.why}, or give an emulator that runs by AWS_ENDPOINT_URL.` };
  return { kind: 'emulator', emulator: await start(python.programs) };
}
