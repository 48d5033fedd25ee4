/**
 * Indexes of the table conversations, shared by the stack that makes them and the code that asks them. They hold keys
 * only. A recipient's conversations need none: the table's own key finds them.
 */
export const INDEXES = {
  /** The conversations of a company's project, newest last. */
  project: { name: 'project-index', partitionKey: 'company_project', sortKey: 'created_at' },
  /** Sparse: what is stuck or waits for a person, by when it is due. */
  attention: { name: 'attention-index', partitionKey: 'attention', sortKey: 'due_at' },
  /** Sparse: conversations with replies that wait for a person, by the first of them. */
  reply: { name: 'reply-index', partitionKey: 'reply_attention', sortKey: 'reply_since' },
} as const;

/** Sparse: endpoints that are paused and records whose events could not be published, by when they are tried again. */
export const DUE_INDEX = { name: 'due-index', partitionKey: 'due_group', sortKey: 'due_at' } as const;

/** Finds an event by its identifier; keys only. */
export const EVENT_INDEX = { name: 'event-index', partitionKey: 'event_id' } as const;
