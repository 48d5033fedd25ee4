import type { Machine, Process } from '../machine';

/** A port in memory as a process reaches it: every call of it may be slow, fail, or be the process's last. */
export function remote<Port extends object>(machine: Machine, process: Process, name: string, port: Port): Port {
  return new Proxy(port, {
    get: (target, property): unknown => {
      const method: unknown = Reflect.get(target, property);
      if (typeof method !== 'function') return method;
      return async (...given: readonly unknown[]) => machine.call(process, `${name}.${String(property)}`, () => {
        const answer: unknown = Reflect.apply(method, target, given);
        return answer;
      });
    },
  });
}
