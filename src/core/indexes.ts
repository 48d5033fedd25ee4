/** Indexes of the table conversations, shared by the stack that makes them and the code that asks them. They hold keys only. */
export const INDEXES = {
  /** The conversations of a recipient, newest last. */
  recipient: { name: 'recipient-index', partitionKey: 'primary_channel', sortKey: 'created_at' },
  /** The conversations of a company's project, newest last. */
  project: { name: 'project-index', partitionKey: 'company_project', sortKey: 'created_at' },
  /** Sparse: what is stuck or waits for a person, by when it is due. */
  attention: { name: 'attention-index', partitionKey: 'attention', sortKey: 'due_at' },
} as const;
