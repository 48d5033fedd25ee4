/**
 * Keeps the AWS SDK's note on old versions of Node.js out of a process's output: it is about the Node.js of this machine, while Lambda runs the
 * one that the template names. (Node.js's own `--disable-warning` knows warnings by name, and this one has none.)
 */
export function silenceAgeWarning(host: { emitWarning: NodeJS.Process['emitWarning'] }): void {
  const emitWarning: unknown = host.emitWarning;
  Reflect.set(host, 'emitWarning', (warning: unknown, ...rest: readonly unknown[]) => {
    const isAboutAge = String(warning).startsWith('NodeVersionSupportWarning');
    if (!isAboutAge && typeof emitWarning === 'function') emitWarning.call(host, warning, ...rest);
  });
}
