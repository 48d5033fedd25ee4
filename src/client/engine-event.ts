/** What every event has. */
interface Of<Type extends string, Data> {
  /** The same change always has the same one; it may be delivered more than once. */
  readonly id: string;
  readonly type: Type;
  readonly version: number;
  /** When the change happened, ISO 8601. */
  readonly timestamp: string;
  readonly company_id: string;
  readonly project_id: string | null;
  /** Grows with each change of the message, reply or thread: what has a lower one is older news. */
  readonly sequence: number;
  readonly data: Data;
}

interface About {
  readonly conversation_id: string;
  readonly request_id: string;
}

export interface MessageEventData extends About {
  readonly channel_method: string;
  readonly thread_id: string;
  /** The state that the message came into. */
  readonly state: string;
  readonly delivery_status: string | null;
  /** Why, in plain words, and what to do now. */
  readonly reason: { readonly code: string; readonly message: string; readonly next_action: string } | null;
}

export interface ReplyEventData extends About {
  readonly thread_id: string;
  readonly message_id: string;
  /** Only for an endpoint that asks for it; null once the person was erased. */
  readonly text?: string | null;
}

export interface AnswerEventData extends About {
  readonly channel_method: string;
  readonly thread_id: string;
  /** By name; `quote` is the recipient's own words. Null once the person was erased. */
  readonly answers: Readonly<Record<string, {
    readonly value: unknown;
    readonly quote: string | null;
    readonly at: string | null;
  }>> | null;
}

export interface ThreadEventData {
  readonly conversation_id: string | null;
  readonly request_id: string | null;
  readonly channel_method: string | null;
  readonly thread_id: string;
  readonly reason: string | null;
}

export interface OptOutEventData extends About {
  readonly sender: string;
  readonly source: string | null;
}

export interface EndpointEventData {
  readonly endpoint_id: string;
  readonly reason?: string;
  readonly taken_until?: string;
}

/** Every event; `type` tells which. A later version of the engine may send types that are not listed here. */
export type EngineEvent =
  | Of<
    | 'message.accepted' | 'message.sent' | 'message.delivered' | 'message.read' | 'message.failed' | 'message.expired'
    | 'message.suppressed' | 'message.unconfirmed' | 'message.held_for_review' | 'message.review_decided'
    | 'message.superseded' | 'message.cancelled',
    MessageEventData
  >
  | Of<'reply.received', ReplyEventData>
  | Of<'conversation.answered' | 'conversation.unanswered', AnswerEventData>
  | Of<
    'conversation.handed_off' | 'conversation.taken_over' | 'conversation.returned' | 'conversation.closed',
    ThreadEventData
  >
  | Of<'recipient.opted_out' | 'recipient.opted_in', OptOutEventData>
  | Of<'endpoint.disabled' | 'endpoint.test', EndpointEventData>;
