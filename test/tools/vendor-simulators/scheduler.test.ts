import { heldScheduler, timerScheduler } from '../../../tools/vendor-simulators/scheduler';

describe('the timer scheduler', () => {
  beforeEach(() => { jest.useFakeTimers(); });
  afterEach(() => { jest.useRealTimers(); });

  it('runs a task when its time has come', () => {
    const ran: string[] = [];
    timerScheduler().schedule(50, async () => { ran.push('task'); return Promise.resolve(); });
    jest.advanceTimersByTime(49);
    expect(ran).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(ran).toEqual(['task']);
  });

  it('forgets its tasks when it stops', () => {
    const ran: string[] = [];
    const scheduler = timerScheduler();
    scheduler.schedule(50, async () => { ran.push('task'); return Promise.resolve(); });
    scheduler.stop();
    jest.advanceTimersByTime(100);
    expect(ran).toEqual([]);
  });
});

describe('the held scheduler', () => {
  const fill = () => {
    const ran: string[] = [];
    const scheduler = heldScheduler();
    const add = (name: string, delay: number) => {
      scheduler.schedule(delay, async () => {
        ran.push(name);
        return Promise.resolve();
      });
    };
    add('later', 20);
    add('sooner', 10);
    return { ran, scheduler, add };
  };

  it('runs nothing by itself', () => {
    const { ran, scheduler } = fill();
    expect(scheduler.pending()).toBe(2);
    expect(ran).toEqual([]);
  });

  it('runs everything in order of time', async () => {
    const { ran, scheduler } = fill();
    await scheduler.runAll();
    expect(ran).toEqual(['sooner', 'later']);
    expect(scheduler.pending()).toBe(0);
  });

  it('runs what the test chooses first', async () => {
    const { ran, scheduler } = fill();
    await scheduler.run(1);
    await scheduler.run();
    expect(ran).toEqual(['later', 'sooner']);
  });

  it('counts a later delay from the task that ran last', async () => {
    const { ran, scheduler, add } = fill();
    await scheduler.run();
    add('in between', 5);
    await scheduler.runAll();
    expect(ran).toEqual(['sooner', 'in between', 'later']);
  });

  it('says so when there is nothing to run', async () => {
    await expect(heldScheduler().run()).rejects.toThrow('0 are pending');
  });

  it('forgets its tasks when it stops', () => {
    const { scheduler } = fill();
    scheduler.stop();
    expect(scheduler.pending()).toBe(0);
  });
});
