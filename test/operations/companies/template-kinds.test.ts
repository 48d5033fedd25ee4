import type { StoredRecord, TemplateHistory, TemplateOwner, TemplateVersion } from '../../../src/core/ports/company-records';
import { resourceNames } from '../../../src/core/names';
import { planChange, writePlan } from '../../../src/operations/companies/change-record';
import { templateOf, withTemplate } from '../../../src/operations/companies/complete-record';
import { findVersion, listVersions } from '../../../src/operations/companies/template-versions';
import { sampleCompany, WHATSAPP_TEMPLATE } from '../../../tools/local-stage/sample/company';
import { FakeClock } from '../../support/fake-clock';

const CLOCK = new FakeClock(Date.parse('2026-11-30T12:00:00.000Z'));
const { answers: _asked, ...UNASKED } = WHATSAPP_TEMPLATE;
const SAM = { id: 'Sam Reyes', roles: [] };

/** A company record that is changed as the commands change it. */
class Company {
  private readonly kept = new Map<string, TemplateVersion[]>();
  readonly templateHistory: TemplateHistory = {
    keep: async (owner, version) => Promise.resolve(void this.versionsOf(owner).push(version)),
    list: async (owner) => Promise.resolve(this.versionsOf(owner)),
  };
  record: StoredRecord = sampleCompany(resourceNames('local'), '2026-11-01T09:00:00.000Z');

  private versionsOf(owner: TemplateOwner): TemplateVersion[] {
    const key = JSON.stringify(owner);
    const found = this.kept.get(key) ?? [];
    this.kept.set(key, found);
    return found;
  }

  get ports() {
    return {
      clock: CLOCK,
      templateHistory: this.templateHistory,
      cardHistory: { keep: async () => Promise.resolve(), list: async () => Promise.resolve([]) },
      companies: {
        find: async () => Promise.resolve(this.record), list: async () => Promise.resolve([]),
        create: async () => Promise.resolve(false),
        change: async (_before: StoredRecord, after: StoredRecord) => {
          this.record = after;
          return Promise.resolve(true);
        },
      },
    };
  }

  async set(kind: 'template' | 'reminder_template' | 'reopen_template', body: string): Promise<void> {
    const template = { ...(kind === 'template' ? WHATSAPP_TEMPLATE : UNASKED), version: 1, body };
    const after = withTemplate(this.record, 'whatsapp', template, kind);
    expect(await writePlan(this.ports, await planChange(this.ports, this.record, after), SAM)).toBe('written');
  }

  versions(kind: 'template' | 'reminder_template' | 'reopen_template') {
    return templateOf(this.record, 'whatsapp', kind)?.version;
  }
}

test.each(['reminder_template', 'reopen_template'] as const)(
  'a changed %s gets the next number, whatever its file says, and what it was is kept',
  async (kind) => {
    const company = new Company();
    await company.set(kind, 'May we go on here, {{1}}?');
    await company.set(kind, 'May we go on here, {{1}}?');
    expect(company.versions(kind)).toBe(1);
    await company.set(kind, 'Shall we go on here, {{1}}?');
    expect(company.versions(kind)).toBe(2);
    expect(company.versions('template')).toBe(WHATSAPP_TEMPLATE.version);
    const listed = await listVersions(company.ports, company.record, 'whatsapp', kind);
    expect(listed.map(({ version, current }) => [version, current])).toContainEqual([2, true]);
    expect(await findVersion(company.ports, company.record, ['whatsapp', kind], 1))
      .toMatchObject({ body: 'May we go on here, {{1}}?' });
    expect(await listVersions(company.ports, company.record, 'whatsapp')).toEqual([]);
  },
);
