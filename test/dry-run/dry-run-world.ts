import { sha256 } from '../../src/core/sha256';
import type { DryRunAnswer } from '../../src/dry-run/dry-run-answer';
import type { DryRunPorts } from '../../src/dry-run/dry-run-ports';
import { answerDryRun } from '../../src/dry-run/dry-run';
import { API_KEY } from '../router/router-world';
import { FakeClock } from '../support/fake-clock';
import { FakeModel } from '../support/fake-model';
import { FakeObserver } from '../support/fake-observer';
import { FakeSecrets } from '../support/fake-secrets';
import { MemoryDirectory } from '../support/memory-directory';
import { MemoryRequestLimits } from '../support/memory-request-limits';
import { SAMPLE_MODEL_SECRET, SAMPLE_VALUES, sampleCompany } from '../support/sample-message';

type Settled = Parameters<DryRunPorts['usage']['releaseReservation']>[0];

/** A dry run over ports in memory, with one company and its key. */
export class DryRunWorld {
  readonly clock = new FakeClock();
  readonly observer = new FakeObserver();
  readonly directory = new MemoryDirectory();
  readonly model = new FakeModel(SAMPLE_VALUES);
  readonly secrets = new FakeSecrets();
  readonly limits = new MemoryRequestLimits();
  readonly settled: Settled[] = [];
  private identifiers = 0;

  readonly ports: DryRunPorts = {
    directory: this.directory,
    observer: this.observer,
    clock: this.clock,
    model: this.model,
    secrets: this.secrets,
    limits: this.limits,
    usage: {
      releaseReservation: (settled) => {
        this.settled.push(settled);
        return Promise.resolve(true);
      },
    },
    newIdentifier: () => `dry-run-${(this.identifiers += 1)}`,
  };

  constructor(company: Parameters<MemoryDirectory['seedCompany']>[0] = sampleCompany()) {
    const created_at = '2026-01-01T00:00:00.000Z';
    this.directory.seedCompany(company);
    this.directory.seedKey(sha256(API_KEY), { company_id: 'brightpath', project_ids: ['cv-review'], created_at });
    this.secrets.put(SAMPLE_MODEL_SECRET, { outcome: 'found', fields: { ai_api_key: 'sample-model-key' } });
  }

  async post(body: unknown, ports: Partial<DryRunPorts> = {}, apiKey: string | undefined = API_KEY) {
    const call = { body: JSON.stringify(body), isBase64: false, apiKey };
    const { status, headers, body: answer } = await answerDryRun(call, { ...this.ports, ...ports }, ['*']);
    return { status, headers, text: answer, json: JSON.parse(answer) as DryRunAnswer & Record<string, unknown> };
  }
}
