import { PassThrough } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { LineReader } from '../../../../tools/embedded-aws/functions/line-reader';
import { endOfLines } from '../../../../tools/embedded-aws/functions/runtime-protocol';

function reader() {
  const stream = new PassThrough();
  const lines: string[] = [];
  return { stream, lines, reader: new LineReader(stream, (line) => lines.push(line)) };
}

/** Whether a promise is settled by the next turn of the event loop. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  void promise.then(() => { settled = true; });
  await nextTurn();
  return settled;
}

describe('the output of a process', () => {
  test('is cut into lines wherever its chunks end', async () => {
    const { stream, lines } = reader();
    stream.write('one\ntw');
    stream.write('o\n');
    await nextTurn();
    expect(lines).toEqual(['one', 'two']);
  });

  test('of an invocation is complete at its mark, an unfinished line included', async () => {
    const { stream, lines, reader: read } = reader();
    const complete = read.allOf('request-1');
    stream.write('unfinished');
    expect(await isSettled(complete)).toBe(false);
    stream.write(`${endOfLines('request-1')}\n`);
    expect(await isSettled(complete)).toBe(true);
    expect(lines).toEqual(['unfinished']);
  });

  test('keeps the mark of another invocation as a line', async () => {
    const { stream, lines, reader: read } = reader();
    const complete = read.allOf('request-2');
    stream.write(`${endOfLines('request-1')}\n`);
    expect(await isSettled(complete)).toBe(false);
    expect(lines).toHaveLength(1);
  });

  test('is complete when the process has ended', async () => {
    const { stream, lines, reader: read } = reader();
    const complete = read.allOf('request-1');
    stream.write('last words');
    await nextTurn();
    stream.destroy();
    await Promise.all([complete, read.ended]);
    expect(lines).toEqual(['last words']);
  });

  test('is complete at once when the process had ended before', async () => {
    const { stream, reader: read } = reader();
    stream.destroy();
    await read.ended;
    expect(await isSettled(read.allOf('request-1'))).toBe(true);
  });
});
