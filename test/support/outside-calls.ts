import type { ProcessorPorts } from '../../src/processor/processing';

/** Stands around one call to the outside; `name` is port and method. */
export type Around = <Value>(name: string, call: () => Promise<Value>) => Promise<Value>;

/** The ports with something around every call to the outside: for crashes, interleavings and invariants. */
export function aroundOutsideCalls(ports: ProcessorPorts, around: Around): ProcessorPorts {
  const { directory, conversations, queue, handoff, secrets, model, provider, clock, threads } = ports;
  return {
    ...ports,
    directory: {
      loadForProcessing: (query) => around('directory.loadForProcessing', () => directory.loadForProcessing(query)),
      optedOutOf: (recipient) => around('directory.optedOutOf', () => directory.optedOutOf(recipient)),
      addOptOut: (optOut) => around('directory.addOptOut', () => directory.addOptOut(optOut)),
    },
    conversations: {
      find: (key) => around('conversations.find', () => conversations.find(key)),
      change: (key, change) => around(`conversations.change ${change.name}`, () => conversations.change(key, change)),
    },
    threads: {
      find: (threadId) => around('threads.find', () => threads.find(threadId)),
      change: (threadId, change) => around(`threads.change ${change.name}`, () => threads.change(threadId, change)),
      join: (sent) => around('threads.join', () => threads.join(sent)),
    },
    queue: { enqueue: (message) => around('queue.enqueue', () => queue.enqueue(message)) },
    handoff: { handOff: (item) => around('handoff.handOff', () => handoff.handOff(item)) },
    secrets: { read: (secretId, use) => around('secrets.read', () => secrets.read(secretId, use)) },
    model: { fill: (request) => around('model.fill', () => model.fill(request)) },
    provider: { send: (message) => around('provider.send', () => provider.send(message)) },
    clock: { now: () => clock.now(), sleep: (milliseconds) => around('clock.sleep', () => clock.sleep(milliseconds)) },
  };
}
