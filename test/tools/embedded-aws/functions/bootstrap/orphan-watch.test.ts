import { EventEmitter } from 'node:events';
import { watchForOrphans } from '../../../../../tools/embedded-aws/functions/bootstrap/orphan-watch';

class FakeProcess extends EventEmitter {
  readonly killed: number[] = [];
  readonly exits: number[] = [];

  kill(processId: number): void {
    this.killed.push(processId);
    if (processId === 2) throw new Error('no such process');
  }

  exit(code: number): void {
    this.exits.push(code);
  }
}

test('the guard ends every process that has not ended when the embedded cloud is gone', () => {
  const host = new FakeProcess();
  watchForOrphans(host);
  for (const started of [1, 2, 3]) host.emit('message', { started });
  host.emit('message', { ended: 1 });
  expect(host.emit('SIGINT')).toBe(true);
  expect(host.killed).toEqual([]);
  host.emit('disconnect');
  expect(host.killed).toEqual([2, 3]);
  expect(host.exits).toEqual([0]);
});
