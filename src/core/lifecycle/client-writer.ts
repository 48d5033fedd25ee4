const PREFIX = 'client:';

/**
 * Whom records name where a client takes a thread over and answers in it: the project, since its keys change. Another
 * project of the company is somebody else.
 */
export function clientOf(projectId: string): string {
  return `${PREFIX}${projectId}`;
}

export function isClient(writer: string): boolean {
  return writer.startsWith(PREFIX);
}
