import { existsSync } from 'node:fs';
import { loadStack } from '../../../src/local/template/load-stack';
import { RESOURCE_TYPES } from '../../../src/local/template/resource-types';
import type { StackTemplate } from '../../../src/local/template/stack-template';
import { synthesiseSample } from './sample-assembly';
import { PLACE } from './written-assembly';

describe('the table of resource types', () => {
  it('says of each type what runs it or why it needs no effect', () => {
    for (const [name, type] of Object.entries(RESOURCE_TYPES)) {
      expect(name).toMatch(/^AWS::\w+::\w+$/);
      expect(type.reason.length).toBeGreaterThan(10);
      expect(type.reference).not.toBe('');
    }
  });

  it('forms attributes only from known placeholders', () => {
    const known = /^(name|unslashedName|suffix|arn|reference|id|rootId|uuid|path|functionName|account|region|partition|endpoint|property:\w+)$/;
    const patterns = Object.values(RESOURCE_TYPES).flatMap(({ arn = '', reference, attributes = {} }) => [arn, reference, ...Object.values(attributes)]);
    const placeholders = patterns.flatMap((pattern) => [...pattern.matchAll(/\{([^}]+)\}/g)].map(([, placeholder]) => placeholder));
    expect(placeholders.filter((placeholder) => !known.test(placeholder ?? ''))).toEqual([]);
  });
});

describe('a stack as CDK synthesises it', () => {
  let template: StackTemplate;

  beforeAll(() => {
    template = loadStack(synthesiseSample(), 'sample-dev', PLACE);
  });

  it('is resolved to the last value', () => {
    expect(template.resources.length).toBeGreaterThan(50);
    const unresolved = JSON.stringify(template.resources.map(({ properties }) => properties)).match(/"(Ref|Fn::\w+)":|\$\{AWS::/g);
    expect(unresolved).toBeNull();
  });

  it('gives functions the values that their environment names', () => {
    const [router] = template.ofType('AWS::Lambda::Function');
    expect(router?.properties.Environment).toEqual({
      Variables: { TABLE_NAME: 'sample-table-dev', QUEUE_URL: `${PLACE.endpoint}/111122223333/sample-queue-dev` },
    });
    expect(template.ofType('AWS::IAM::Role').map(({ arn }) => arn)).toContain(router?.properties.Role);
    expect(router ? existsSync(`${template.codeFolder(router)}/index.js`) : false).toBe(true);
  });

  it('ties methods to the functions and resources of the API', () => {
    const method = template.ofType('AWS::ApiGateway::Method').find(({ properties }) => properties.HttpMethod === 'POST');
    const [resource] = template.ofType('AWS::ApiGateway::Resource');
    const [api] = template.ofType('AWS::ApiGateway::RestApi');
    expect(method?.properties).toMatchObject({
      ResourceId: resource?.reference, RestApiId: api?.reference,
      Integration: { Uri: expect.stringContaining('function:sample-router-dev/invocations') },
    });
    expect(template.outputs).toEqual({ ApiEndpoint4F160690: `https://${api?.reference}.execute-api.eu-west-1.amazonaws.com/dev/` });
  });
});
