/** Environment variables that the infrastructure sets and the handlers read: one home for each name. */
export const ENV_VARS = {
  stage: 'STAGE',
  companyTable: 'COMPANY_TABLE',
  conversationTable: 'CONVERSATION_TABLE',
  /** JSON object: channel → queue URL. */
  queueUrls: 'QUEUE_URLS',
  handoffQueueUrl: 'HANDOFF_QUEUE_URL',
  /** Read by the `openai` library itself. */
  openaiUrl: 'OPENAI_BASE_URL',
  /** Comma-separated origins, or `*`. */
  allowedOrigins: 'ALLOWED_ORIGINS',
  /** Days after which idempotency records and conversations are removed by TTL. */
  retentionDays: 'RETENTION_DAYS',
  /** Public base URL of the API, for the vendors' receipts; empty: no receipts are asked for. */
  receiptsUrl: 'RECEIPTS_URL',
  logLevel: 'POWERTOOLS_LOG_LEVEL',
  serviceName: 'POWERTOOLS_SERVICE_NAME',
  metricsNamespace: 'POWERTOOLS_METRICS_NAMESPACE',
} as const;
