import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { secretsManagerNeeds } from '../permissions/secrets-manager-access';
import { isJsonObject } from '../template/json-object';
import type { StackTemplate } from '../template/stack-template';
import type { CallAnswer } from './call';
import { SECRET_OPERATIONS, SecretError } from './secret-operations';
import { SecretStore, addVersion } from './secret-store';
import type { FaultWords } from './service-answers';
import { jsonAnswer, jsonFault } from './service-answers';
import type { ServiceBackend, ServiceRequest } from './service-backend';

const FAULTS: FaultWords = {
  'access-denied': { status: 400, code: 'AccessDeniedException' },
  'unknown-key': { status: 400, code: 'UnrecognizedClientException' },
  'wrong-region': { status: 400, code: 'InvalidSignatureException' },
  'internal': { status: 500, code: 'InternalServiceError' },
  'unknown-operation': { status: 400, code: 'UnknownOperationException' },
  'malformed': { status: 400, code: 'SerializationException' },
};

/** Secrets Manager with the template's secrets; those that the template lets AWS generate get a random value. */
export function secretsManager(template: StackTemplate): ServiceBackend {
  const store = new SecretStore(template);
  for (const { name, properties } of template.ofType('AWS::SecretsManager::Secret')) {
    const secret = store.create(name, typeof properties.Description === 'string' ? properties.Description : undefined);
    const value =
      typeof properties.SecretString === 'string'
        ? properties.SecretString
        : generatedValue(properties.GenerateSecretString);
    if (value !== undefined) addVersion(secret, { SecretString: value });
  }
  return {
    service: 'secretsmanager',
    protocol: 'json',
    needs: ({ operation, input }) => secretsManagerNeeds(operation, input, (secretId) => store.arnOf(secretId)),
    perform: async (request) => perform(store, request),
    fault: (fault) => jsonFault('1.1', FAULTS, fault),
  };
}

function perform(store: SecretStore, { operation, input }: ServiceRequest): CallAnswer {
  try {
    return jsonAnswer('1.1', SECRET_OPERATIONS[operation]?.(store, input));
  } catch (error) {
    if (error instanceof SecretError) return jsonAnswer('1.1', { __type: error.code, Message: error.message }, 400);
    if (error instanceof z.ZodError) {
      return jsonAnswer('1.1', { __type: 'ValidationException', Message: z.prettifyError(error) }, 400);
    }
    throw error;
  }
}

function generatedValue(generate: unknown): string | undefined {
  if (!isJsonObject(generate)) return undefined;
  const password = randomBytes(24).toString('base64url').slice(0, Number(generate.PasswordLength ?? 32));
  if (typeof generate.SecretStringTemplate !== 'string') return password;
  return JSON.stringify({
    ...JSON.parse(generate.SecretStringTemplate),
    [String(generate.GenerateStringKey)]: password,
  });
}
