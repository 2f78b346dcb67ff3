/** A ledger that cannot be opened, and the way back: what is shown, what is asked of Rust, what can be stopped. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import App from '../src/App.svelte';
import type { BackupFacts } from '../src/generated/BackupFacts';
import { Till } from '../src/lib/till.svelte';
import { boot, done, engine, refused, strip } from './fixtures';

const text = (testid: string): string => screen.getByTestId(testid).textContent?.replace(/\s+/g, ' ').trim() ?? '';
const notice = { code: 'integrity_broken', message: 'Buku ini berhenti di catatan 14.' };
const broken = boot({ stage: { stage: 'refused', notice, recover: true }, shop: null, has_pin: false });
const file = {
  file: '/media/flashdisk/laci-1f3a09bc-2026-11-21-183000-e1-10422.laci',
  date: '2026-11-21',
  time: '18:30',
  epoch: 1,
  entries: 10_422,
  bytes: 9,
};
const found = { files: [file], current: '/data/laci.db' };
const facts: BackupFacts = {
  shop: 'Toko Contoh',
  entries: 10_422,
  head: '1a2b3c4d',
  last_at: Date.UTC(2026, 10, 21, 11, 29),
  epoch: 1,
  bytes: 9,
  other: null,
  lost: 7,
};

async function open(outputs: Parameters<typeof engine>[0]) {
  const { call, asked } = engine({ strip: () => done(strip()), boot: () => done(broken), ...outputs });
  const till = new Till(call, async () => true);
  render(App, { till });
  await vi.waitFor(() => expect(till.boot).not.toBeNull());
  return { till, asked, names: () => asked.map((one) => one.name) };
}

describe('a ledger whose file is damaged or too old', () => {
  it('says so, changes nothing by itself, and is checked when asked', async () => {
    const problems = [{ code: 'tail_cut', message: 'Catatan 15 sampai 21 hilang.' }];
    const { names } = await open({
      ledger_verify: () => done({ entries: 14, ok: false, head: '1a2b3c4d', problems }),
    });
    await vi.waitFor(() => expect(text('recovery')).toContain(notice.message));
    expect(names()).toEqual(['boot']);
    await fireEvent.click(screen.getByTestId('recovery-check'));
    await vi.waitFor(() => expect(text('verdict-problem')).toBe('Catatan 15 sampai 21 hilang.'));
  });

  it('that cannot be mended by a backup is only told of', async () => {
    const newer = boot({ stage: { stage: 'refused', notice, recover: false }, shop: null });
    await open({ boot: () => done(newer) });
    await vi.waitFor(() => expect(screen.queryByTestId('refused')).not.toBeNull());
    expect(screen.queryByTestId('recovery-choose')).toBeNull();
  });

  it('is restored from a backup that was read first, and the end says what is lost', async () => {
    const { till, asked } = await open({
      backups_find: () => done(found),
      backup_look: () => done(facts),
      ledger_restore: () => done({ boot: boot(), entries: 10_423, epoch: 2, lost: 7, replaced: '/data/replaced/x' }),
    });
    await vi.waitFor(() => screen.getByTestId('recovery-choose'));
    await fireEvent.click(screen.getByTestId('recovery-choose'));
    await vi.waitFor(() => expect(text('restore-file')).toContain('21 Nov 2026 18.30'));
    expect((screen.getByTestId('restore-run') as HTMLButtonElement).disabled, 'nothing was read yet').toBe(true);
    await fireEvent.click(screen.getByTestId('restore-file'));
    await vi.waitFor(() => expect(text('restore-lost')).toContain('7 catatan'));
    expect(text('restore-facts')).toContain('21 Nov 2026 18.29 WIB');
    await fireEvent.click(screen.getByTestId('restore-run'));
    await vi.waitFor(() => expect(text('restored')).toContain('(.2)'));
    expect(text('restored-replaced')).toContain('/data/replaced/x');
    expect(asked.find((one) => one.name === 'ledger_restore')?.input).toEqual({ file: file.file, other: false });
    await fireEvent.click(screen.getByTestId('restored-ok'));
    await vi.waitFor(() => expect(screen.queryByTestId('pay-qris')).not.toBeNull());
    expect(till.restoring).toBe(false);
  });

  it('shows how far it is, and stops when told to', async () => {
    let end: (answer: ReturnType<typeof refused>) => void = () => {};
    const { till, names } = await open({
      backups_find: () => done(found),
      backup_look: () => new Promise((on) => (end = on)) as never,
      work_stop: () => {
        end(refused('cancelled_by_caller', 'Dihentikan. Tidak ada yang diubah.'));
        return done({});
      },
    });
    till.restoring = true;
    await vi.waitFor(() => screen.getByTestId('restore-file'));
    await fireEvent.click(screen.getByTestId('restore-file'));
    till.hear({ event: 'progress', done: 300, of: 1200 });
    await vi.waitFor(() => expect(text('work-bar')).toContain('25%'));
    await fireEvent.click(screen.getByTestId('work-stop'));
    await vi.waitFor(() => expect(text('restore-problem')).toContain('Dihentikan'));
    expect(names()).toContain('work_stop');
    expect(screen.queryByTestId('work-bar')).toBeNull();
  });

  it('where a sound ledger stands, only the owner replaces it', async () => {
    const { till, asked } = await open({
      boot: () => done(boot()),
      backups_find: () => done({ files: [file], current: null }),
      backup_look: () => done({ ...facts, lost: 0 }),
      ledger_restore: () => refused('pin_wrong', 'PIN salah.'),
    });
    till.restoring = true;
    await vi.waitFor(() => screen.getByTestId('restore-file'));
    await fireEvent.click(screen.getByTestId('restore-file'));
    await vi.waitFor(() => screen.getByTestId('restore-nothing-lost'));
    await fireEvent.click(screen.getByTestId('restore-run'));
    expect(asked.map((one) => one.name)).not.toContain('ledger_restore');
    await fireEvent.input(screen.getByTestId('confirm-pin'), { target: { value: '000000' } });
    await fireEvent.click(screen.getByTestId('confirm-ok'));
    await vi.waitFor(() => expect(text('restore-problem')).toBe('PIN salah.'));
  });
});

describe('a ledger without its secrets', () => {
  it('gets a new PIN, typed twice', async () => {
    const lost = boot({ stage: { stage: 'new_pin', needs_passphrase: false } });
    const { asked } = await open({ boot: () => done(lost), pin_new: () => done(boot()) });
    await vi.waitFor(() => screen.getByTestId('new-pin'));
    const save = (): HTMLButtonElement => screen.getByTestId('new-pin-save') as HTMLButtonElement;
    await fireEvent.input(screen.getByTestId('pin'), { target: { value: '314159' } });
    expect(save().disabled).toBe(true);
    await fireEvent.input(screen.getByTestId('pin-again'), { target: { value: '314159' } });
    await fireEvent.click(save());
    await vi.waitFor(() => expect(screen.queryByTestId('pay-qris')).not.toBeNull());
    expect(asked.find((one) => one.name === 'pin_new')?.input).toEqual({ pin: '314159', passphrase: null });
  });
});
