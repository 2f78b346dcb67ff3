/** Gateways in the settings: the form of each kind, and what is sent of it. */
import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import type { GatewayView } from '../src/generated/GatewayView';
import { Till } from '../src/lib/till.svelte';
import { Settings } from '../src/screens';
import { boot, done, engine, refused, strip } from './fixtures';
import { BAYARGG, gateway, KINDS } from './gateway-fixtures';
import { field, pin, press, text } from './shift-fixtures';

async function open(list: GatewayView[], outputs: Parameters<typeof engine>[0] = {}) {
  const { call, asked } = engine({
    strip: () => done(strip()),
    boot: () => done(boot()),
    gateway_kinds: () => done(KINDS),
    gateway_list: () => done(list),
    gateway_add: (input) => done(gateway(input.name, { kind: input.kind })),
    ...outputs,
  });
  const till = new Till(call, async () => true);
  till.settingsTab = 'gateway';
  await till.readBoot();
  render(Settings, { till });
  await vi.waitFor(() => screen.getByTestId(list.length === 0 ? 'gateway-form' : 'gateway-panel'));
  return { till, asked, added: () => asked.filter((one) => one.name === 'gateway_add') };
}

const type = (name: string, value: string) => fireEvent.input(field(name), { target: { value } });
const savable = () => !(screen.getByTestId('gateway-save') as HTMLButtonElement).disabled;
const pressed = (testid: string) => screen.getByTestId(testid).getAttribute('aria-pressed') === 'true';

describe('a new gateway', () => {
  it('needs what its kind requires, and sends only what was filled in', async () => {
    const { added } = await open([]);
    expect(pressed('field-auth-bearer'), 'the default holds while nothing is chosen').toBe(true);
    expect(screen.getByText('ID toko (store_id), wajib')).toBeTruthy();
    expect(screen.queryByText('Kunci dikirim (auth)')).toBeTruthy();
    expect(savable()).toBe(false);
    await type('field-api_key', ' kunci-rahasia ');
    expect(savable()).toBe(false);
    await type('field-store_id', '42');
    expect(savable()).toBe(true);
    await press('field-auth-form');
    await press('gateway-save');
    await pin('123456');
    await vi.waitFor(() => expect(added()).toHaveLength(1));
    expect(added()[0]).toMatchObject({
      input: {
        kind: 'paydigital',
        name: 'paydigital',
        base_url: null,
        options: { store_id: '42', auth: 'form' },
        secrets: { api_key: 'kunci-rahasia' },
      },
      word: { pin: '123456' },
    });
  });

  it('a default that is chosen back is not sent', async () => {
    const { added } = await open([]);
    await type('field-api_key', 'kunci-rahasia');
    await type('field-store_id', '42');
    await press('field-auth-form');
    await press('field-auth-bearer');
    expect(pressed('field-auth-bearer')).toBe(true);
    await press('gateway-save');
    await pin('123456');
    await vi.waitFor(() => expect(added()).toHaveLength(1));
    expect(added()[0]?.input).toMatchObject({ options: { store_id: '42' } });
    expect((added()[0]?.input as { options: object }).options).not.toHaveProperty('auth');
  });

  it('a second press on save is one', async () => {
    const { added } = await open([], { gateway_add: () => new Promise(() => {}) });
    await type('field-api_key', 'kunci-rahasia');
    await type('field-store_id', '42');
    await press('gateway-save');
    await fireEvent.input(screen.getByTestId('confirm-pin'), { target: { value: '123456' } });
    await Promise.all([press('confirm-ok'), press('confirm-ok')]);
    expect(added()).toHaveLength(1);
  });

  it('keeps what is common and the paths folded, and says how much of it is filled in', async () => {
    const { added } = await open([]);
    expect(screen.queryByTestId('field-timeout_ms')).toBeNull();
    await press('gateway-advanced-open');
    for (const name of ['timeout_ms', 'connect_timeout_ms', 'min_recheck_ms', 'expected_nmid', 'path.create']) {
      expect(screen.queryByTestId(`field-${name}`), name).not.toBeNull();
    }
    expect(field('field-timeout_ms').inputMode).toBe('numeric');
    expect(field('field-timeout_ms').placeholder).toBe('15000');
    expect(field('field-path.create').placeholder).toBe('/create');
    expect(screen.getByText('Jalur create')).toBeTruthy();
    expect(pressed('field-zone-WIB')).toBe(true);
    await press('field-zone-WITA');
    await type('field-path.create', '/v2/create');
    await press('gateway-advanced-open');
    expect(screen.queryByTestId('field-zone-WITA')).toBeNull();
    expect(text('gateway-advanced')).toContain('2 diisi');
    await type('field-api_key', 'kunci-rahasia');
    await type('field-store_id', '42');
    await press('gateway-save');
    await pin('123456');
    await vi.waitFor(() => expect(added()).toHaveLength(1));
    const options = { store_id: '42', zone: 'WITA', 'path.create': '/v2/create' };
    expect(added()[0]?.input).toMatchObject({ options });
  });

  it('takes a static QRIS in a text area, and a secret that is not required may stay empty', async () => {
    const { added } = await open([]);
    await press('kind-bayargg');
    const area = screen.getByTestId('field-own_qris.qris_user');
    expect(area.tagName).toBe('TEXTAREA');
    expect(screen.getByText('QRIS statis untuk qris_user')).toBeTruthy();
    expect(field('field-ovo_number').inputMode).toBe('numeric');
    await fireEvent.input(area, { target: { value: '000201010211X' } });
    await type('field-api_key', 'kunci-rahasia');
    expect(savable()).toBe(true);
    await press('gateway-save');
    await pin('123456');
    await vi.waitFor(() => expect(added()).toHaveLength(1));
    expect(added()[0]?.input).toMatchObject({
      options: { 'own_qris.qris_user': '000201010211X' },
      secrets: { api_key: 'kunci-rahasia' },
    });
  });

  it('of a middleware needs an address, and http is warned of at once', async () => {
    await open([]);
    await press('kind-midtrans');
    expect(screen.getByText('Alamat middleware Midtrans, wajib')).toBeTruthy();
    await type('field-api_key', 'kunci-rahasia');
    await type('field-app_code', 'LACI-A01');
    expect(savable(), 'there is no address to fall back to').toBe(false);
    expect(screen.queryByTestId('gateway-http')).toBeNull();
    await type('gateway-address', 'http://192.168.1.7:5000');
    expect(text('gateway-http')).toContain('tanpa enkripsi');
    expect(savable()).toBe(true);
    await type('gateway-address', 'https://bayar.example');
    expect(screen.queryByTestId('gateway-http')).toBeNull();
    await press('kind-paydigital');
    expect(field('gateway-address').value, 'one kind’s address is not another’s').toBe('');
  });

  it('that pays bills says what it does with the shop’s money', async () => {
    await open([]);
    await press('kind-digiswitch');
    expect(text('gateway-bills')).toContain('dari deposit toko');
    expect(text('field-testing-true')).toBe('Ya');
    expect(pressed('field-testing-false')).toBe(true);
  });
});

describe('a new key', () => {
  const set = gateway('paydigital', { options: { store_id: '42', auth: 'form', zone: 'WIT', brand_new: 'x' } });

  it('keeps every option, also one that the form does not know, and a key that is not typed', async () => {
    const { added } = await open([set]);
    await press('gateway-replace');
    expect(field('field-api_key').placeholder).toBe('kunci …4f1c');
    expect(field('field-store_id').value).toBe('42');
    expect(pressed('field-auth-form')).toBe(true);
    await type('field-store_id', '43');
    await press('gateway-save');
    await pin('123456');
    await vi.waitFor(() => expect(added()).toHaveLength(1));
    expect(added()[0]?.input).toEqual({
      kind: 'paydigital',
      name: 'paydigital',
      base_url: null,
      options: { store_id: '43', auth: 'form', zone: 'WIT', brand_new: 'x' },
      secrets: {},
    });
  });

  it('refused says why in the dialog', async () => {
    await open([set], { gateway_add: () => refused('option_invalid', 'Opsi zone tidak benar.') });
    await press('gateway-replace');
    await press('gateway-save');
    await pin('123456');
    await vi.waitFor(() => expect(text('pin-dialog')).toContain('Opsi zone tidak benar.'));
  });
});

describe('the list', () => {
  const sticker = `00020101${'1'.repeat(150)}E0E3`;
  const OPTIONS = { zone: 'WITA', 'path.create': '/v2', odd: '1', 'own_qris.qris_user': sticker };
  const bills = gateway('digiswitch', { pays_bills: true, methods: [] });

  it('counts the places of those that collect; one that pays bills has a bolt', async () => {
    await open([gateway('kropay'), bills, BAYARGG]);
    const cards = screen.getAllByTestId('gateway-card').map((card) => within(card));
    const told = cards.map((card) => card.getByTestId('gateway-role').textContent);
    expect(told).toEqual(['kropay · utama', 'digiswitch · Tagihan', 'bayargg · cadangan 1']);
    expect(cards.map((card) => card.getByTestId('gateway-place').textContent)).toEqual(['1', '', '2']);
  });

  it('beside it says what each way takes, options in words, and that http is plain', async () => {
    const { asked } = await open([
      { ...BAYARGG, plain_http: true, options: OPTIONS },
    ]);
    const panel = text('gateway-panel');
    expect(text('method-qris')).toBe('Rp 1.000 sampai Rp 500.000');
    expect(text('method-ovo')).toBe('mulai Rp 1.000');
    for (const word of ['Zona waktu (zone)', 'Jalur create', 'odd', 'https://bayargg.example']) {
      expect(panel).toContain(word);
    }
    expect(text('gateway-http')).toContain('tanpa enkripsi');
    expect(text('option-own_qris.qris_user')).toBe('00020101…E0E3');
    expect(asked.some((one) => one.name === 'gateway_check')).toBe(false);
  });

  it('a test of the connection pressed twice is one', async () => {
    const { asked } = await open([gateway('kropay')], { gateway_check: () => new Promise(() => {}) });
    await Promise.all([press('gateway-check'), press('gateway-check')]);
    expect(asked.filter((one) => one.name === 'gateway_check')).toHaveLength(1);
  });

  it('one that pays bills names no limits', async () => {
    await open([bills]);
    expect(text('gateway-bills')).toContain('dari deposit toko');
    expect(text('gateway-panel')).not.toContain('Batas nominal');
  });
});
