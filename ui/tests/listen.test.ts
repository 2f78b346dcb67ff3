/** The receiver of what is told from outside, and the phone's token. */
import { fireEvent, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import type { ListenerView } from '../src/generated/ListenerView';
import { baseOf, callbackOf, portOf } from '../src/screens/settings/listen/address';
import { boot, done, engine, refused, SVG } from './fixtures';
import { gateway } from './gateway-fixtures';
import { field, pin, press, show, text } from './shift-fixtures';

const OFF: ListenerView = { on: false, lan: false, port: 8787, has_token: false };
const TOKEN = { address: 'http://192.168.1.7:8787/relay', token: 'ab12', svg: SVG };

async function open(outputs: Parameters<typeof engine>[0] = {}, now: ListenerView = OFF) {
  const shown = await show(
    { listener: () => done(now), gateway_list: () => done([gateway('kropay'), gateway('bayargg')]), ...outputs },
    'sell',
  );
  shown.till.settingsTab = 'listen';
  shown.till.screen = 'settings';
  await vi.waitFor(() => screen.getByTestId('listen-panel'));
  await vi.waitFor(() => screen.getByTestId('callback-panel'));
  return shown;
}

const off = (testid: string) => (screen.getByTestId(testid) as HTMLButtonElement).disabled;
const type = (testid: string, value: string) => fireEvent.input(field(testid), { target: { value } });

describe('the receiver', () => {
  it('is off until the owner switches it on, for this computer or the shop’s network', async () => {
    const { of } = await open({
      listener_set: (input, word) =>
        word === undefined ? refused('pin_required', 'Perlu PIN pemilik.') : done({ ...input, has_token: false }),
    });
    expect(text('listen-state')).toBe('Mati');
    expect(screen.queryByTestId('listen-address')).toBeNull();
    expect(off('listen-save')).toBe(true);
    await press('listen-on');
    await press('listen-lan');
    await Promise.all([press('listen-save'), press('listen-save')]);
    await vi.waitFor(() => expect(text('pin-dialog')).toContain('Perlu PIN pemilik.'));
    await pin('123456');
    await vi.waitFor(() => expect(text('listen-state')).toBe('Dinyalakan'));
    const input = { on: true, lan: true, port: 8787 };
    expect(of('listener_set').map((one) => one.input)).toEqual([input, input]);
    expect(text('listen-saved')).toContain('Tersimpan');
    expect(off('listen-save')).toBe(true);
  });

  it('takes no port that cannot be used, and can be switched off whatever stands there', async () => {
    const { of } = await open(
      { listener_set: (input) => done({ ...input, has_token: true }) },
      { on: true, lan: false, port: 8787, has_token: true },
    );
    expect(text('listen-address')).toBe('http://127.0.0.1:8787');
    for (const wrong of ['', '80', '65536', '8a', '-1']) {
      await type('listen-port', wrong);
      expect(off('listen-save'), wrong).toBe(true);
    }
    await type('listen-port', '9000');
    expect(off('listen-save')).toBe(false);
    await type('listen-port', '80');
    await press('listen-off');
    await press('listen-save');
    await vi.waitFor(() => expect(text('listen-state')).toBe('Mati'));
    expect(of('listener_set').map((one) => one.input)).toEqual([{ on: false, lan: false, port: 8787 }]);
  });

  it('refused says why and stays as it was', async () => {
    await open({ listener_set: () => refused('port_out_of_range', 'Pilih porta lain.') });
    await press('listen-on');
    await press('listen-save');
    await vi.waitFor(() => expect(text('listen-save-problem')).toBe('Pilih porta lain.'));
    expect(text('listen-state')).toBe('Mati');
  });

  it('says in practice that the shop’s own stays as it is', async () => {
    await open({ boot: () => done(boot({ practice: true })) });
    expect(text('listen-practice')).toContain('Mode latihan');
  });

  it('names an address for each gateway, and none of the network that it cannot know', async () => {
    await open();
    expect(text('callback-kropay')).toBe('http://127.0.0.1:8787/callback/kropay');
    expect(callbackOf({ ...OFF, lan: true }, 'a b')).toBe('http://ALAMAT-KOMPUTER-INI:8787/callback/a%20b');
    expect(baseOf(OFF)).toBe('http://127.0.0.1:8787');
    expect([portOf('1024'), portOf(' 65535 '), portOf('1023')]).toEqual([1024, 65535, null]);
  });
});

describe('the phone', () => {
  it('is told what to send', async () => {
    await open();
    expect(text('phone-request')).toContain('POST http://127.0.0.1:8787/relay');
    expect(text('phone-request')).toContain('Authorization: Bearer');
    expect(Object.keys(JSON.parse(text('phone-body')) as object)).toEqual(['at', 'title', 'text', 'app']);
  });

  it('gets a token by the owner’s PIN, shown once as a symbol and in letters', async () => {
    let now = OFF;
    const { of } = await open({
      listener: () => done(now),
      relay_token: (_, word) => {
        if (word === undefined) return refused('pin_required', 'Perlu PIN pemilik.');
        now = { ...OFF, has_token: true };
        return done(TOKEN);
      },
    });
    expect(text('relay-state')).toContain('Belum ada token');
    await Promise.all([press('relay-make'), press('relay-make')]);
    await vi.waitFor(() => expect(text('pin-dialog')).toContain('Perlu PIN pemilik.'));
    await pin('123456');
    await vi.waitFor(() => screen.getByTestId('relay-qr'));
    expect(screen.getByTestId('relay-qr').getAttribute('data-modules')).toBe('57');
    expect(text('relay-address')).toBe('http://192.168.1.7:8787/relay');
    expect(text('relay-token-text')).toBe('ab12');
    await fireEvent.click(screen.getByLabelText('Tutup'));
    expect(text('relay-once')).toContain('tidak bisa dilihat lagi');
    await press('relay-done');
    expect(screen.queryByTestId('relay-token')).toBeNull();
    await vi.waitFor(() => expect(text('relay-state')).toContain('Token sudah dibuat'));
    expect(of('relay_token')).toHaveLength(2);
  });

  it('with a token already is asked about before that one is good for nothing', async () => {
    const { of } = await open({ relay_token: () => done(TOKEN) }, { on: true, lan: true, port: 8787, has_token: true });
    await press('relay-make');
    expect(text('relay-replace')).toContain('langsung tidak berlaku');
    expect(of('relay_token')).toEqual([]);
    await press('relay-replace-ok');
    await vi.waitFor(() => screen.getByTestId('relay-token'));
    await tick();
    expect(screen.queryByTestId('relay-replace')).toBeNull();
  });

  it.each([
    [OFF, 'relay-off'],
    [{ ...OFF, on: true }, 'relay-not-reachable'],
    [{ ...OFF, on: true, lan: true }, null],
  ])('is said not to reach a receiver that is off, or for this computer only', async (now, said) => {
    await open({}, now);
    const shown = ['relay-off', 'relay-not-reachable'].filter((one) => screen.queryByTestId(one) !== null);
    expect(shown).toEqual(said === null ? [] : [said]);
  });
});
