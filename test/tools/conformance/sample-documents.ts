/** Small documents of the same make as the vendors': references, choices, forms, settings of several levels. */
export const FORM_API = {
  openapi: '3.0.1',
  servers: [{ url: 'https://api.twilio.com' }],
  security: [{ basic: [] }],
  components: {
    securitySchemes: { basic: { type: 'http', scheme: 'basic' } },
    schemas: { risk: { type: 'string', enum: ['enable', 'disable'] } },
  },
  paths: {
    '/2010-04-01/Accounts/{AccountSid}/Messages.json': {
      servers: [{ url: 'https://api.twilio.com' }],
      parameters: [
        {
          name: 'AccountSid', in: 'path', required: true,
          schema: { type: 'string', pattern: '^AC[0-9a-fA-F]{32}$' },
        },
      ],
      post: {
        requestBody: {
          content: {
            'application/x-www-form-urlencoded': {
              schema: {
                type: 'object',
                required: ['To'],
                properties: {
                  To: { type: 'string', format: 'phone-number' },
                  From: { type: 'string', format: 'phone-number' },
                  Body: { type: 'string', maxLength: 60 },
                  ValidityPeriod: { type: 'integer', minimum: 0, exclusiveMinimum: true },
                  StatusCallback: { type: 'string', format: 'uri' },
                  SmartEncoded: { type: 'boolean' },
                  MediaUrl: { type: 'array', maxItems: 2, items: { type: 'string', format: 'uri' } },
                  RiskCheck: { $ref: '#/components/schemas/risk' },
                  ContentSid: { type: 'string', minLength: 34, maxLength: 34, pattern: '^HX[0-9a-fA-F]{32}$' },
                  ContentVariables: { type: 'string' },
                },
              },
            },
          },
        },
      },
      get: {
        parameters: [
          { name: 'To', in: 'query', schema: { type: 'string', format: 'phone-number' } },
          { name: 'From', in: 'query', schema: { type: 'string' } },
          { name: 'PageSize', in: 'query', required: true, schema: { type: 'integer', maximum: 1000 } },
          { name: 'X-Region', in: 'header', schema: { type: 'string', enum: ['ie1'] } },
        ],
      },
    },
  },
};

const off = { type: 'object', properties: { enable: { type: 'boolean' }, enable_text: { type: 'boolean' } } };

export const MAIL_API = {
  openapi: '3.1.0',
  servers: [{ url: 'https://api.sendgrid.com' }],
  security: [{ bearer: [] }],
  components: {
    securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    requestBodies: {
      mail: {
        required: true,
        content: { 'application/json; charset=utf-8': { schema: { $ref: '#/components/schemas/mail' } } },
      },
    },
    schemas: {
      address: { type: 'object', required: ['email'], properties: { email: { type: 'string', format: 'email' } } },
      mail: {
        type: 'object',
        required: ['personalizations', 'from'],
        properties: {
          personalizations: {
            type: 'array',
            maxItems: 2,
            items: {
              type: 'object',
              required: ['to'],
              properties: {
                to: { type: 'array', items: { $ref: '#/components/schemas/address' } },
                custom_args: { type: 'object' },
              },
            },
          },
          from: { $ref: '#/components/schemas/address' },
          subject: { type: 'string', minLength: 1 },
          content: {
            type: 'array',
            items: { type: 'object', properties: { type: { type: 'string' }, value: { type: 'string' } } },
          },
          tracking_settings: {
            type: 'object',
            properties: {
              click_tracking: off, open_tracking: off, subscription_tracking: off, ganalytics: off,
            },
          },
          mail_settings: { allOf: [{ type: 'object', properties: { footer: off } }] },
        },
      },
    },
  },
  paths: { '/v3/mail/send': { post: { requestBody: { $ref: '#/components/requestBodies/mail' } } } },
};

export const CHOICE_API = {
  openapi: '3.1.0',
  servers: [{ url: 'https://api.openai.com/v1' }],
  components: {
    schemas: {
      message: {
        type: 'object',
        required: ['role', 'content'],
        properties: {
          role: { type: 'string', enum: ['user', 'system'] },
          content: { oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
        },
      },
      call: { type: 'object', required: ['name'], properties: { name: { type: 'string' }, id: { type: 'integer' } } },
    },
  },
  paths: {
    '/responses': {
      post: {
        requestBody: {
          content: {
            'application/json': {
              schema: {
                allOf: [
                  { type: 'object', required: ['model'], properties: { model: { anyOf: [{ type: 'string' }] } } },
                  {
                    type: 'object',
                    properties: {
                      input: {
                        oneOf: [
                          { type: 'string' },
                          {
                            type: 'array',
                            items: {
                              oneOf: [{ $ref: '#/components/schemas/message' }, { $ref: '#/components/schemas/call' }],
                            },
                          },
                        ],
                      },
                      store: { anyOf: [{ type: 'boolean' }, { type: 'null' }] },
                      schema: { type: 'object', additionalProperties: true },
                      labels: { type: 'object', additionalProperties: { type: 'string', maxLength: 3 } },
                      user: { type: 'string', nullable: true },
                    },
                  },
                ],
              },
            },
          },
        },
      },
    },
    '/responses/{id}': { get: {} },
    '/responses/mine': { get: { parameters: [{ name: 'after', in: 'query', schema: { type: 'string' } }] } },
  },
};
