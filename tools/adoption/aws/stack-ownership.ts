import type { CloudFormationClient, StackResource } from '@aws-sdk/client-cloudformation';
import {
  DescribeStackResourcesCommand, paginateListStackResources,
  paginateListStacks,
} from '@aws-sdk/client-cloudformation';
import { PRODUCT } from '../../../src/core/names';
import type { Found, Owner } from '../found-resource';
import { RESOURCE_TYPES } from '../found-resource';
import { allOf, unlessNoStack } from './resource-adapter';

interface Holding {
  readonly stack: string;
  readonly resources: ReadonlySet<string>;
}

/** A resource that the stack has given up, or never made, is listed by it all the same. */
const RELEASED_STATES = [
  'DELETE_COMPLETE', 'DELETE_SKIPPED', 'CREATE_FAILED', 'IMPORT_ROLLBACK_COMPLETE', 'IMPORT_FAILED',
];

/**
 * Which stack owns a resource, by the stacks' own lists of what they hold. The tag `aws:cloudformation:stack-name` is
 * no proof: it stays on what a
 * stack gave up, and some kinds bear none.
 *
 * The stacks of this product are read whole. Any other stack is found by asking whose a physical identifier is, and
 * believed if its own list has it:
 * the answer includes deleted stacks, has no types, and stops at 100 resources.
 */
export class StackOwnership {
  private readonly holdings = new Map<string, Promise<Holding>>();
  private product: Promise<readonly Holding[]> | undefined;
  private asked: Promise<unknown> = Promise.resolve();

  constructor(private readonly client: CloudFormationClient) {}

  async ownerOf(found: Found): Promise<Owner | undefined> {
    this.product ??= this.holdingsOfProduct();
    const owner = (await this.product).find((holding) => holds(holding, found)) ?? await this.elsewhere(found);
    return owner && { stack: owner.stack };
  }

  private async holdingsOfProduct(): Promise<readonly Holding[]> {
    const stacks = await allOf(paginateListStacks({ client: this.client }, {}), (page) => page.StackSummaries);
    const living = stacks.filter(
      ({ StackName: name = '', StackStatus: status }) => name.startsWith(PRODUCT) && status !== 'DELETE_COMPLETE');
    return Promise.all(living.map(async ({ StackName: name = '', StackId: id = name }) => this.holding(id, name)));
  }

  private async elsewhere(found: Found): Promise<Holding | undefined> {
    const resources = await this.inTurn(async () => this.resourcesBeside(found.id));
    const candidates = new Map(resources.map(({ StackId: id = '', StackName: name = '' }) => [id, name]));
    const holdings = await Promise.all([...candidates].map(async ([id, name]) => this.holding(id, name)));
    return holdings.find((holding) => holds(holding, found));
  }

  /** What is in the stack that has the physical identifier. */
  private async resourcesBeside(id: string): Promise<readonly StackResource[]> {
    const answer = await unlessNoStack(this.client.send(new DescribeStackResourcesCommand({ PhysicalResourceId: id })));
    return answer?.StackResources ?? [];
  }

  /** One question at a time: CloudFormation takes few a second, and an account has many resources to ask about. */
  private async inTurn<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    const turn = this.asked.then(ask);
    this.asked = turn.catch(() => undefined);
    return turn;
  }

  private async holding(id: string, name: string): Promise<Holding> {
    const known = this.holdings.get(id) ?? this.readHolding(id, name);
    this.holdings.set(id, known);
    return known;
  }

  private async readHolding(id: string, stack: string): Promise<Holding> {
    const pages = paginateListStackResources({ client: this.client }, { StackName: id });
    const resources = await unlessNoStack(allOf(pages, (page) => page.StackResourceSummaries)) ?? [];
    return {
      stack,
      resources: new Set(
        resources.flatMap(
          ({ ResourceType: type = '', PhysicalResourceId: physical = '', ResourceStatus: status = '' }) =>
            (RELEASED_STATES.includes(status) ? [] : [key(type, physical)]))),
    };
  }
}

function holds({ resources }: Holding, { kind, id }: Found): boolean {
  return resources.has(key(RESOURCE_TYPES[kind], id));
}

/** The host of a queue's URL differs by how it was asked for; account and name do not. */
function key(type: string, id: string): string {
  return `${type} ${type === 'AWS::SQS::Queue' ? id.split('/').slice(-2).join('/') : id}`;
}
