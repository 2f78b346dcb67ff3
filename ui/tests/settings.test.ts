/** What an owner changes about the shop. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import { Till } from '../src/lib/till.svelte';
import { Settings } from '../src/screens';
import { boot, done, engine, refused, RULES, strip } from './fixtures';

const text = (testid: string): string => screen.getByTestId(testid).textContent?.replace(/\s+/g, ' ').trim() ?? '';

describe('the limit per payment', () => {
  async function open(limitSet: Parameters<typeof engine>[0]['limit_set']) {
    const { call, asked } = engine({
      strip: () => done(strip()),
      boot: () => done(boot()),
      book_rules: () => done(RULES),
      limit_set: limitSet,
    });
    const till = new Till(call, async () => true);
    till.settingsTab = 'shop';
    await till.readBoot();
    render(Settings, { till });
    return asked;
  }

  async function type(limit: string): Promise<void> {
    await fireEvent.input(screen.getByTestId('limit'), { target: { value: limit } });
  }

  async function confirm(pin: string): Promise<void> {
    await fireEvent.click(screen.getByTestId('limit-save'));
    await fireEvent.input(screen.getByTestId('confirm-pin'), { target: { value: pin } });
    await fireEvent.click(screen.getByTestId('confirm-ok'));
    await tick();
  }

  it('is changed by the owner, and holds at once', async () => {
    const asked = await open((input) => done(boot({ max_amount: input.max_amount })));
    expect(text('limit-now')).toBe('Rp 10.000.000');
    await type('2.500.000');
    await confirm('123456');
    await vi.waitFor(() => expect(text('limit-now')).toBe('Rp 2.500.000'));
    expect(asked.find((one) => one.name === 'limit_set')).toMatchObject({
      input: { max_amount: 2_500_000 },
      word: { pin: '123456' },
    });
    expect(text('limit-saved')).toContain('Batas tersimpan');
  });

  it('stays when the PIN is wrong, and the sentence is shown', async () => {
    await open(() => refused('pin_wrong', 'PIN salah. Belum ada yang diubah.'));
    await type('5000000');
    await confirm('000000');
    await vi.waitFor(() => expect(text('notice')).toBe('PIN salah. Belum ada yang diubah.'));
    expect(text('limit-now')).toBe('Rp 10.000.000');
  });

  it.each(['', '10.000.000', 'banyak'])('is not asked for with %s', async (typed) => {
    await open(() => done(boot()));
    await type(typed);
    expect((screen.getByTestId('limit-save') as HTMLButtonElement).disabled).toBe(true);
  });
});

describe('backups', () => {
  const none = { folder: '/data/toko-cadangan', chosen: false, files: [] };
  const file = { file: '/d/a.laci', date: '2026-11-21', time: '18:30', epoch: 1, entries: 10_422, bytes: 9 };

  async function open(outputs: Parameters<typeof engine>[0]) {
    const { call, asked } = engine({ strip: () => done(strip()), boot: () => done(boot()), ...outputs });
    const till = new Till(call, async () => true);
    till.settingsTab = 'backup';
    await till.readBoot();
    render(Settings, { till });
    await vi.waitFor(() => expect(text('backup-folder')).not.toBe(''));
    return asked;
  }

  it('warn while they lie on the ledger’s own disk, and one can be made now', async () => {
    await open({ backups: () => done(none), backup_now: () => done({ ...none, files: [file] }) });
    expect(screen.queryByTestId('backup-beside')).not.toBeNull();
    expect(text('backup-latest')).toContain('Belum ada cadangan');
    await fireEvent.click(screen.getByTestId('backup-now'));
    await vi.waitFor(() => expect(text('backup-latest')).toBe('21 Nov 2026 18.30 WIB'));
    expect(text('backup-files')).toContain('10.422 catatan');
    expect(screen.queryByTestId('backup-made')).not.toBeNull();
  });

  it('go to another drive by the owner’s PIN', async () => {
    const asked = await open({
      backups: () => done(none),
      backup_folder_set: (input) => done({ folder: input.folder, chosen: true, files: [] }),
    });
    await fireEvent.input(screen.getByTestId('backup-folder-new'), { target: { value: ' /media/drive ' } });
    await fireEvent.click(screen.getByTestId('backup-folder-set'));
    await fireEvent.input(screen.getByTestId('confirm-pin'), { target: { value: '123456' } });
    await fireEvent.click(screen.getByTestId('confirm-ok'));
    await vi.waitFor(() => expect(text('backup-folder')).toBe('/media/drive'));
    expect(asked.at(-1)).toMatchObject({ input: { folder: '/media/drive' }, word: { pin: '123456' } });
    expect(screen.queryByTestId('backup-beside')).toBeNull();
  });
});
