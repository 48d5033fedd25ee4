/** Environment variables that the infrastructure sets and the handlers read: one home for each name. */
export const ENV_VARS = {
  stage: 'STAGE',
  companyTable: 'COMPANY_TABLE',
  conversationTable: 'CONVERSATION_TABLE',
  /** JSON object: channel → queue URL. */
  queueUrls: 'QUEUE_URLS',
  handoffQueueUrl: 'HANDOFF_QUEUE_URL',
  turnQueueUrl: 'TURN_QUEUE_URL',
  /** Read by the `openai` library itself. */
  openaiUrl: 'OPENAI_BASE_URL',
  /** Comma-separated origins, or `*`. */
  allowedOrigins: 'ALLOWED_ORIGINS',
  /** Days after which idempotency records and conversations are removed by TTL. */
  retentionDays: 'RETENTION_DAYS',
  /** Public base URL of the API, for the vendors' receipts; empty: no receipts are asked for. */
  receiptsUrl: 'RECEIPTS_URL',
  /** Address of the OpenID provider with which people sign in to the console. */
  consoleIssuer: 'CONSOLE_ISSUER',
  consoleClientId: 'CONSOLE_CLIENT_ID',
  /** Name of the secret that holds `client_secret`; empty for a public client. */
  consoleClientSecret: 'CONSOLE_CLIENT_SECRET',
  /** The claim of a token that lists groups. */
  consoleRolesClaim: 'CONSOLE_ROLES_CLAIM',
  /** JSON object: group of the provider → `role:company`; a group that is not in it counts as it is. */
  consoleRoleMap: 'CONSOLE_ROLE_MAP',
  /** `loopback`: provider and page are on this machine and may be called by http. Empty otherwise. */
  consoleHttp: 'CONSOLE_HTTP',
  /** Folder of the page's files, where they do not lie beside the function's code: on the local stage. */
  consolePage: 'CONSOLE_PAGE',
  eventTable: 'EVENT_TABLE',
  deliveryQueueUrl: 'DELIVERY_QUEUE_URL',
  /** `true` on a developer's machine alone: endpoints may be on this machine. */
  endpointsOnLoopback: 'ENDPOINTS_ON_LOOPBACK',
  logLevel: 'POWERTOOLS_LOG_LEVEL',
  serviceName: 'POWERTOOLS_SERVICE_NAME',
  metricsNamespace: 'POWERTOOLS_METRICS_NAMESPACE',
} as const;
