/** Choosing by which gateway, and by which of its ways, a cart is charged. */
import { fireEvent, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import type { Answer } from '../src/generated/Answer';
import type { GatewayView } from '../src/generated/GatewayView';
import type { PaymentView } from '../src/generated/PaymentView';
import { done, engine, later, payment, refused, strip } from './fixtures';
import { BAYARGG, gateway, way } from './gateway-fixtures';
import { field, press, show, text } from './shift-fixtures';

const LIST = [
  gateway('kropay'),
  BAYARGG,
  gateway('digiswitch', { pays_bills: true, methods: [] }),
  gateway('midtrans', { methods: [way('snap', 'Halaman Midtrans')], light: 'slow' }),
];
const NAMES = LIST.map(({ name, title, light, pays_bills }) => ({ name, title, light, pays_bills }));

async function over(digits: string, outputs: Parameters<typeof engine>[0] = {}, list: GatewayView[] = LIST) {
  const slow = later<Answer<PaymentView>>();
  const shown = await show(
    {
      strip: () => done(strip({ gateways: NAMES })),
      gateway_list: () => done(list),
      payment_start: () => slow.promise,
      ...outputs,
    },
    'sell',
  );
  for (const key of digits) await fireEvent.keyDown(window, { key });
  return { ...shown, slow };
}

async function open(digits: string, outputs: Parameters<typeof engine>[0] = {}, list: GatewayView[] = LIST) {
  const shown = await over(digits, outputs, list);
  await press('pay-other');
  await vi.waitFor(() => expect(screen.queryAllByTestId('charge-group').length).toBeGreaterThan(0));
  return shown;
}

const button = (testid: string) => screen.getByTestId(testid) as HTMLButtonElement;
const chosen = (key: string) => screen.getByTestId(`way-${key}`).getAttribute('aria-checked') === 'true';
const start = (shown: Awaited<ReturnType<typeof open>>) => shown.of('payment_start').map((one) => one.input);

describe('another way', () => {
  it('needs an amount, by the button and by Shift+F9', async () => {
    await over('');
    expect(button('pay-other').disabled).toBe(true);
    await fireEvent.keyDown(window, { key: 'F9', shiftKey: true });
    expect(screen.queryByTestId('charge-dialog')).toBeNull();
    await fireEvent.keyDown(window, { key: '5' });
    await fireEvent.keyDown(window, { key: 'F9', shiftKey: true });
    expect(screen.queryByTestId('charge-dialog')).not.toBeNull();
  });

  it('lists whoever collects with its light and limits, and the shop’s own QRIS last', async () => {
    await open('50000');
    const groups = screen.getAllByTestId('charge-group').map((one) => one.querySelector('h3')?.textContent);
    expect(groups).toEqual(['kropay', 'Bayar.gg', 'Midtrans', 'Tanpa gateway']);
    expect(text('charge-dialog')).toContain('Tagih Rp 50.000 lewat');
    expect(text('way-bayargg/qris')).toBe('QRIS Bayar.gg Rp 1.000 sampai Rp 500.000');
    expect(screen.getAllByTestId('charge-group')[2]?.textContent).toContain('Lambat');
    expect(text('way-own')).toContain('TOKO CONTOH');
    expect(chosen('kropay/qris'), 'the first one, as F9 would').toBe(true);
  });

  it('outside a way’s limits says why and cannot be chosen', async () => {
    await open('600000');
    expect(button('way-bayargg/qris').disabled).toBe(true);
    expect(text('way-bayargg/qris')).toContain('paling banyak Rp 500.000');
    expect(button('way-bayargg/ovo').disabled).toBe(false);
  });

  it('below the least of all ways leaves the shop’s own QRIS', async () => {
    await open('500');
    expect(text('way-kropay/qris')).toContain('paling sedikit Rp 1.000');
    expect(chosen('own')).toBe(true);
  });

  it('is charged by name and method, once for two presses, and the sheet names it', async () => {
    const shown = await open('50000');
    await press('way-bayargg/ovo');
    await Promise.all([press('charge-ok'), press('charge-ok')]);
    await tick();
    expect(start(shown)).toMatchObject([
      { via: { by: 'gateway', name: 'bayargg', method: 'ovo', extra: {} }, lines: [{ unit_price: 50_000 }] },
    ]);
    expect(screen.queryByTestId('charge-dialog')).toBeNull();
    expect(text('starting-with')).toBe('Menghubungi Bayar.gg…');
    shown.slow.resolve(done(payment({ gateway_title: 'Bayar.gg' })));
    await vi.waitFor(() => expect(screen.queryByTestId('qr-total')).not.toBeNull());
  });

  it('takes the shop’s own QRIS too', async () => {
    const shown = await open('50000');
    await press('way-own');
    await press('charge-ok');
    expect(start(shown)).toMatchObject([{ via: { by: 'own_qris' } }]);
  });

  it('goes by keys: arrows over what cannot be chosen, Enter, and Esc takes nothing', async () => {
    const shown = await open('600000');
    const at = (): HTMLElement => document.activeElement as HTMLElement;
    await vi.waitFor(() => expect(at().dataset['testid']).toBe('way-kropay/qris'));
    await fireEvent.keyDown(at(), { key: 'ArrowDown' });
    await vi.waitFor(() => expect(at().dataset['testid']).toBe('way-bayargg/ovo'));
    await fireEvent.keyDown(at(), { key: 'ArrowRight' });
    await vi.waitFor(() => expect(at().dataset['testid']).toBe('way-midtrans/snap'));
    await fireEvent.keyDown(at(), { key: 'Enter', repeat: true });
    expect(start(shown)).toEqual([]);
    await fireEvent.keyDown(at(), { key: 'Enter' });
    expect(start(shown)).toMatchObject([{ via: { name: 'midtrans', method: 'snap' } }]);
  });

  it('Esc closes it and charges nothing', async () => {
    const shown = await open('50000');
    await fireEvent(screen.getByTestId('charge-dialog'), new Event('cancel', { cancelable: true }));
    expect(screen.queryByTestId('charge-dialog')).toBeNull();
    expect(start(shown)).toEqual([]);
  });

  it('without a list still offers the shop’s own QRIS, and says what happened', async () => {
    const shown = await open('50000', { gateway_list: () => refused('busy', 'Coba lagi sebentar.') });
    expect(text('charge-problem')).toBe('Coba lagi sebentar.');
    await press('charge-ok');
    expect(start(shown)).toMatchObject([{ via: { by: 'own_qris' } }]);
  });

  it('refused puts the sentence beside the cart, which is kept', async () => {
    const { till } = await open('50000', { payment_start: () => refused('gateway_unknown', 'Gateway itu tidak ada.') });
    await press('charge-ok');
    await vi.waitFor(() => expect(text('notice')).toBe('Gateway itu tidak ada.'));
    expect(till.checkout.cart.lines).toHaveLength(1);
  });

  it('that showed no QR is tried again by the same way', async () => {
    const blocked = payment({ state: 'rejected', presentment: null });
    const shown = await open('50000', { payment_start: () => done(blocked) });
    await press('way-bayargg/ovo');
    await press('charge-ok');
    await vi.waitFor(() => screen.getByTestId('try-again'));
    await press('try-again');
    const via = { by: 'gateway', name: 'bayargg', method: 'ovo' };
    expect(start(shown)).toMatchObject([{ via }, { via }]);
  });
});

describe('more fields', () => {
  const files = { fields: { file_id: [{ id: '7', name: 'Buku resep' }] } };

  it('stand folded; what can be sold is asked once and picked by name; only filled ones are sent', async () => {
    const shown = await open('50000', { charge_choices: () => done(files) });
    expect(screen.queryByTestId('extra'), 'Kropay has none here').toBeNull();
    await press('way-bayargg/qris');
    expect(screen.queryByTestId('field-file_id')).toBeNull();
    expect(shown.of('charge_choices')).toEqual([]);
    await press('extra-open');
    await vi.waitFor(() => expect(screen.getByTestId('field-file_id').tagName).toBe('SELECT'));
    await press('extra-open');
    await press('extra-open');
    expect(shown.of('charge_choices').map((one) => one.input)).toEqual([{ name: 'bayargg' }]);
    await fireEvent.change(screen.getByTestId('field-file_id'), { target: { value: '7' } });
    await press('field-use_qris_converter-true');
    await fireEvent.input(field('field-customer_email'), { target: { value: '  ' } });
    await press('charge-ok');
    expect(start(shown)).toMatchObject([{ via: { extra: { file_id: '7', use_qris_converter: 'true' } } }]);
    expect((start(shown)[0] as { via: { extra: object } }).via.extra).not.toHaveProperty('customer_email');
  });

  it('are numbers to type where the gateway lists nothing, and nothing of them goes to another gateway', async () => {
    const shown = await open('50000', { charge_choices: () => done({ fields: { file_id: [] } }) });
    await press('way-bayargg/qris');
    await press('extra-open');
    await fireEvent.input(field('field-file_id'), { target: { value: '12' } });
    expect(field('field-file_id').inputMode).toBe('numeric');
    await press('way-midtrans/snap');
    await press('charge-ok');
    expect(start(shown)).toMatchObject([{ via: { name: 'midtrans', extra: {} } }]);
    expect((start(shown)[0] as { via: { extra: object } }).via.extra).toEqual({});
  });

  it('can be typed when the gateway does not answer, and are asked again at the next opening', async () => {
    const shown = await open('50000', { charge_choices: () => refused('unreachable', 'Bayar.gg tidak menjawab.') });
    await press('way-bayargg/qris');
    await press('extra-open');
    await vi.waitFor(() => expect(text('extra-problem')).toBe('Bayar.gg tidak menjawab.'));
    expect(field('field-file_id').tagName).toBe('INPUT');
    await press('extra-open');
    await press('extra-open');
    expect(shown.of('charge_choices')).toHaveLength(2);
  });

  it('Enter in one of them charges', async () => {
    const shown = await open('50000', { charge_choices: () => done({ fields: {} }) });
    await press('way-bayargg/ovo');
    await press('extra-open');
    await fireEvent.input(field('field-customer_email'), { target: { value: 'a@b.example' } });
    await fireEvent.keyDown(field('field-customer_email'), { key: 'Enter' });
    expect(start(shown)).toMatchObject([{ via: { extra: { customer_email: 'a@b.example' } } }]);
  });
});
