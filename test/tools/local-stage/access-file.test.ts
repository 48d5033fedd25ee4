import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stageClients } from '../../../src/cli/stage-clients';
import { LOCAL_ACCESS_FILE } from '../../../src/core/local-access';
import { VENDOR_URLS } from '../../../src/providers/vendors';
import { listenOnLoopback } from '../../../tools/embedded-aws/loopback-listener';
import { refuseSecondStage, writeAccessFile } from '../../../tools/local-stage/access-file';

const STAGE = {
  url: 'http://127.0.0.1:4000/dev',
  vendorUrls: VENDOR_URLS,
  cloud: {
    awsEndpoint: 'http://127.0.0.1:4566',
    template: { region: 'eu-west-2' },
    services: { administratorCredentials: { accessKeyId: 'key', secretAccessKey: 'secret' } },
  },
};

describe('the file that lets the operators\' commands into the local stage', () => {
  let folder: string;
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'access-')); });
  afterEach(() => { rmSync(folder, { recursive: true }); });

  it('is the owner\'s alone, even where an older one was not, and goes when the stage stops', () => {
    writeAccessFile(folder, STAGE);
    rmSync(join(folder, LOCAL_ACCESS_FILE));
    writeFileSync(join(folder, LOCAL_ACCESS_FILE), '{}', { mode: 0o644 });
    const remove = writeAccessFile(folder, STAGE);
    expect(statSync(join(folder, LOCAL_ACCESS_FILE)).mode & 0o777).toBe(0o600);
    remove();
    expect(existsSync(join(folder, LOCAL_ACCESS_FILE))).toBe(false);
  });

  it('leads the commands to the stage', async () => {
    writeAccessFile(folder, STAGE);
    const { queues, names, apiUrl, vendors, close } = stageClients('local', folder);
    expect(await apiUrl()).toBe('http://127.0.0.1:4000/dev');
    expect(vendors).toEqual(VENDOR_URLS);
    expect(await queues.config.region()).toBe('eu-west-2');
    expect(names.stack).toBe('ai-multi-comms-dev');
    close();
  });

  it('that a killed stage left behind leads nowhere', () => {
    writeAccessFile(folder, STAGE);
    const file = join(folder, LOCAL_ACCESS_FILE);
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), processId: 2 ** 30 }));
    expect(() => stageClients('local', folder)).toThrow('none is running');
  });

  describe('of a stage that', () => {
    const written = (change: object) => {
      writeAccessFile(folder, STAGE);
      const file = join(folder, LOCAL_ACCESS_FILE);
      writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...change }));
    };

    it('runs keeps a second one from starting, with the address of the first', async () => {
      const { url, stop } = await listenOnLoopback(0, async (_incoming, outgoing) => {
        outgoing.writeHead(403).end();
        return Promise.resolve();
      });
      written({ apiUrl: url });
      await expect(refuseSecondStage(folder)).rejects.toThrow(
        `one runs already in this folder at ${url} (process ${process.pid})`,
      );
      await stop();
    });

    it.each([
      ['has never run', undefined],
      ['was killed', { processId: 2 ** 30 }],
      ['was killed, and whose process number another program has', { apiUrl: 'http://127.0.0.1:9' }],
      ['wrote something else', { apiUrl: 7 }],
    ])('%s keeps none from starting', async (_stage, change) => {
      if (change) written(change);
      await expect(refuseSecondStage(folder)).resolves.toBeUndefined();
    });
  });
});
