import Button from '@cloudscape-design/components/button';
import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { Fault, Held } from '../shared/api';
import { api, faultOf, read } from '../shared/api';
import { channelName } from '../shared/channel-name';

/** A decision as the person took it; it holds for what was shown alone. */
export type Decision = {
  readonly held: Held;
  readonly shown: string;
} & (
  | { readonly kind: 'approve'; readonly values: Readonly<Record<string, string>> }
  | { readonly kind: 'reject'; readonly note: string }
);

type Pending = Decision & {
  readonly id: number;
  readonly phase: 'held' | 'sending' | 'done' | 'failed';
  readonly said?: string;
  readonly fault?: Fault;
};

interface Queue {
  readonly pending: readonly Pending[];
  /** Whether the person has decided about it: a list may lag behind a decision. */
  hasDecided(held: Held): boolean;
  decide(decision: Decision): void;
  /** Takes the last decision back that has not been sent. */
  undo(): Held | undefined;
  dismiss(id: number): void;
}

const QueueContext = createContext<Queue | undefined>(undefined);

/** A decision waits for this long before it is sent: only the page knows of it until then. */
export const UNDO_MILLISECONDS = 5_000;
/** What went well is shown for this long. */
const SHOWN_MILLISECONDS = 4_000;

export function DecisionQueue({ children }: { readonly children: ReactNode }) {
  const [pending, setPending] = useState<readonly Pending[]>([]);
  const timers = useRef(new Map<number, ReturnType<typeof setTimeout>>());
  const next = useRef(1);
  const decided = useRef(new Set<string>());
  const queries = useQueryClient();
  const change = useCallback((id: number, part: Partial<Pick<Pending, 'phase' | 'said' | 'fault'>>) => {
    setPending((all) => all.map((one) => (one.id === id ? { ...one, ...part } : one)));
  }, []);
  const dismiss = useCallback((id: number) => {
    setPending((all) => all.filter((one) => one.id !== id));
  }, []);
  const send = useCallback(
    async (decision: Decision, id: number) => {
      timers.current.delete(id);
      change(id, { phase: 'sending' });
      try {
        const { message } = await post(decision);
        decided.current.add(waitOf(decision.held));
        change(id, { phase: 'done', said: message });
        setTimeout(() => {
          dismiss(id);
        }, SHOWN_MILLISECONDS);
      } catch (error) {
        change(id, { phase: 'failed', fault: faultOf(error) });
      }
      await queries.invalidateQueries({ queryKey: ['reviews'] });
    },
    [change, dismiss, queries],
  );
  const decide = useCallback(
    (decision: Decision) => {
      const id = next.current;
      next.current += 1;
      setPending((all) => [...all, { ...decision, id, phase: 'held' }]);
      timers.current.set(
        id,
        setTimeout(() => {
          void send(decision, id);
        }, UNDO_MILLISECONDS),
      );
    },
    [send],
  );
  const undo = useCallback(() => {
    const last = pending.findLast(({ phase, id }) => phase === 'held' && timers.current.has(id));
    if (!last) return undefined;
    clearTimeout(timers.current.get(last.id));
    timers.current.delete(last.id);
    dismiss(last.id);
    return last.held;
  }, [pending, dismiss]);
  useEffect(() => {
    const isOpen = pending.some(({ phase }) => phase === 'held' || phase === 'sending');
    if (!isOpen) return undefined;
    const warn = (event: BeforeUnloadEvent) => {
      event.preventDefault();
    };
    addEventListener('beforeunload', warn);
    return () => {
      removeEventListener('beforeunload', warn);
    };
  }, [pending]);
  const hasDecided = useCallback(
    (held: Held) =>
      decided.current.has(waitOf(held)) || pending.some(({ phase, held: { key } }) => phase !== 'failed' && key === held.key),
    [pending],
  );
  const queue = useMemo(
    () => ({ pending, hasDecided, decide, undo, dismiss }),
    [pending, hasDecided, decide, undo, dismiss],
  );
  return <QueueContext value={queue}>{children}</QueueContext>;
}

/** The same message may wait anew. */
function waitOf({ key, heldSince }: Held): string {
  return `${key} ${heldSince}`;
}

export function useDecisions(): Queue {
  const queue = useContext(QueueContext);
  if (!queue) throw new Error('A screen was shown outside the queue of decisions.');
  return queue;
}

/** Each decision that is on its way, and what became of it. */
export function useDecisionFlashes(): FlashbarProps.MessageDefinition[] {
  const { pending, undo, dismiss } = useDecisions();
  const [, navigate] = useLocation();
  return pending.map((one): FlashbarProps.MessageDefinition => {
    const { id, phase, held, kind, said, fault } = one;
    const words = kind === 'approve' ? 'Approved' : 'Rejected';
    const about = `${channelName(held.channel)} to ${held.recipient}`;
    if (phase === 'failed') {
      return {
        id: String(id),
        type: 'error',
        dismissible: true,
        content: `${about}: ${fault?.message ?? ''}`,
        onDismiss: () => {
          dismiss(id);
        },
        ariaRole: 'alert',
        action:
          fault?.code === 'DECIDED' ? undefined : (
            <Button
              onClick={() => {
                dismiss(id);
                navigate(`/review/${held.key}`);
              }}
            >
              Look again
            </Button>
          ),
      };
    }
    if (phase === 'done') {
      return {
        id: String(id),
        type: 'success',
        dismissible: true,
        content: `${about}: ${said ?? words}`,
        ariaRole: 'status',
        onDismiss: () => {
          dismiss(id);
        },
      };
    }
    return {
      id: String(id),
      type: 'in-progress',
      loading: true,
      ariaRole: 'status',
      content: phase === 'held' ? `${words}: ${about}. It is sent in five seconds.` : `${words}: ${about}. Sending.`,
      action:
        phase === 'held' ? (
          <Button
            onClick={() => {
              const back = undo();
              if (back) navigate(`/review/${back.key}`);
            }}
          >
            Undo
          </Button>
        ) : undefined,
    };
  });
}

async function post(decision: Decision) {
  const {
    held: { key, heldSince },
    shown,
  } = decision;
  const params = { path: { id: key } };
  if (decision.kind === 'approve') {
    const body = { heldSince, shown, values: { ...decision.values } };
    return read(api.POST('/console/api/reviews/{id}/approve', { params, body }));
  }
  return read(
    api.POST('/console/api/reviews/{id}/reject', { params, body: { heldSince, shown, note: decision.note } }),
  );
}
