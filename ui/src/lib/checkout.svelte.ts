/**
 * The cart and the payment sheet: from the first digit to LUNAS and back. One sheet at a time; while one is open or
 * being made no second payment can start, which is half of why a double F9 is one payment (the order id is the other).
 */
import type { WordInput } from '../generated/WordInput';
import type { CashOffer } from '../generated/CashOffer';
import type { PaymentView } from '../generated/PaymentView';
import type { Via } from '../generated/Via';
import { m } from '../paraglide/messages.js';
import { emptyCart, forCharge, lineInputs, type Cart } from './cart';
import { Gate } from './gate.svelte';
import type { Call, Problem } from './ipc';
import { canCancel, faceOf, newer } from './payments';

export type Sheet =
  | { readonly step: 'starting'; readonly via: Via }
  | {
      readonly step: 'show';
      readonly payment: PaymentView;
      /** It collects for the cart that lies on the sell screen (not opened from the tray). */
      readonly ofCart: boolean;
    };

export type Busy = 'check' | 'cancel' | 'pay' | 'cash' | 'leave' | null;

export class Checkout {
  cart = $state.raw<Cart>(emptyCart(crypto.randomUUID()));
  sheet = $state.raw<Sheet | null>(null);
  busy = $state<Busy>(null);
  problem = $state.raw<Problem | null>(null);

  #call: Call;
  #freshOrder: () => string;
  /** Pushes heard while an answer is under way. */
  #heard: PaymentView | null = null;
  /** How the cart was charged last. */
  #via: Via = { by: 'auto' };

  /** A second QR of one sale takes a PIN. */
  readonly #gate: Gate;

  constructor(call: Call, freshOrder: () => string = () => crypto.randomUUID(), gate = new Gate(call)) {
    this.#call = call;
    this.#freshOrder = freshOrder;
    this.#gate = gate;
  }

  edit(move: (cart: Cart) => Cart): void {
    this.problem = null;
    this.cart = move(this.cart);
  }

  /** Another data folder: nothing of the old one stays. */
  reset(): void {
    this.sheet = null;
    this.problem = null;
    this.cart = emptyCart(this.#freshOrder());
  }

  /** F9. A second press while the first is under way, or while a sheet is open, does nothing. */
  async charge(via: Via = { by: 'auto' }): Promise<void> {
    if (this.sheet !== null) return;
    this.problem = null;
    const cart = forCharge(this.cart, this.#freshOrder);
    this.cart = cart;
    await this.#start(cart, via);
  }

  /** F8: what the cart costs in notes and coins; null when it cannot be charged, and `problem` says why. */
  async cashOffer(): Promise<CashOffer | null> {
    const cart = forCharge(this.cart, this.#freshOrder);
    this.cart = cart;
    const answer = await this.#call('cash_offer', { lines: lineInputs(cart, m.line_word()) });
    this.problem = answer.kind === 'done' ? null : answer;
    return answer.kind === 'done' ? answer.value : null;
  }

  /** Takes the money. Answers whether it was taken; a second press while the first is under way does nothing. */
  async payCash(tendered: number): Promise<boolean> {
    if (this.sheet !== null || this.busy !== null) return false;
    this.busy = 'cash';
    const lines = lineInputs(this.cart, m.line_word());
    const answer = await this.#call('cash_pay', { lines, tendered, order: this.cart.order });
    this.busy = null;
    this.problem = answer.kind === 'done' ? null : answer;
    if (answer.kind !== 'done') return false;
    this.sheet = { step: 'show', payment: answer.value, ofCart: true };
    return true;
  }

  /** From a sheet that could show no QR: the same order by another way. */
  async chargeAgain(via: Via): Promise<void> {
    if (this.sheet?.step !== 'show' || !this.sheet.ofCart) return;
    await this.#start(this.cart, via);
  }

  /** The way that a person chose, once more; else whichever gateway answers. */
  async tryAgain(): Promise<void> {
    await this.chargeAgain(this.#via.by === 'gateway' || this.#via.by === 'later' ? this.#via : { by: 'auto' });
  }

  async #start(cart: Cart, via: Via): Promise<void> {
    this.#via = via;
    this.sheet = { step: 'starting', via };
    this.problem = null;
    this.#heard = null;
    const lines = lineInputs(cart, m.line_word());
    const answer = await this.#gate.ask('payment_start', { lines, via, order: cart.order }, m.second_qr());
    if (answer === null) {
      this.sheet = null;
      return;
    }
    if (answer.kind !== 'done') {
      this.sheet = null;
      this.problem = answer;
      return;
    }
    const heard = this.#heard as PaymentView | null;
    const payment = heard?.id === answer.value.id ? newer(answer.value, heard) : answer.value;
    this.sheet = { step: 'show', payment, ofCart: true };
  }

  /** Opens a payment of the tray or the history. */
  async open(id: string): Promise<void> {
    const answer = await this.#call('payment_show', { id });
    if (answer.kind !== 'done') {
      this.problem = answer;
      return;
    }
    this.problem = null;
    this.sheet = { step: 'show', payment: answer.value, ofCart: false };
  }

  /** What Rust pushed. Answers whether it belongs to the sheet that is open. */
  hear(payment: PaymentView): boolean {
    const sheet = this.sheet;
    if (sheet?.step === 'starting') {
      this.#heard = payment;
      return false;
    }
    if (sheet === null) return false;
    if (sheet.payment.id === payment.id) {
      this.#replace(newer(sheet.payment, payment));
      return true;
    }
    if (sheet.payment.sale_id !== payment.sale_id || faceOf(payment) !== 'paid' || faceOf(sheet.payment) === 'paid') {
      return false;
    }
    // The customer paid an earlier QR of this sale: the sale is LUNAS, and this sheet's QR must go.
    this.sheet = { ...sheet, payment };
    return true;
  }

  async check(): Promise<void> {
    await this.#act('check', (id) => this.#call('payment_check', { id }));
  }

  async payAsCustomer(): Promise<void> {
    await this.#act('pay', (id) => this.#call('practice_pay', { id }));
  }

  /** Esc: one step back. A payment that still stands is taken back (and watched); the cart stays. */
  async back(): Promise<void> {
    const sheet = this.sheet;
    if (sheet?.step !== 'show') return;
    switch (faceOf(sheet.payment)) {
      case 'paid':
        return this.leave(true);
      case 'blocked':
        // Never shown, so it cannot be paid: nothing to take back, but for a create that still waits to leave.
        return sheet.ofCart && sheet.payment.later?.waiting === true ? this.cancel() : this.leave(false);
      case 'waiting':
      case 'unverified':
      case 'over':
        return sheet.ofCart && canCancel(sheet.payment) ? this.cancel() : this.leave(false);
    }
  }

  async cancel(): Promise<void> {
    const done = await this.#act('cancel', (id) => this.#call('payment_cancel', { id }));
    if (!done || this.sheet?.step !== 'show') return;
    // Money can arrive in the same moment: then the sheet says so instead of closing.
    if (faceOf(this.sheet.payment) === 'paid') return;
    await this.leave(false);
  }

  /** F4 and "next sale": the sheet closes, the payment stays watched. `next`: the cart begins anew. */
  async leave(next: boolean): Promise<void> {
    const sheet = this.sheet;
    if (sheet?.step !== 'show' || this.busy === 'leave') return;
    this.busy = 'leave';
    const answer = await this.#call('payment_leave', { id: sheet.payment.id });
    this.busy = null;
    this.sheet = null;
    this.problem = answer.kind === 'done' ? null : answer;
    if (next && sheet.ofCart) this.cart = emptyCart(this.#freshOrder());
  }

  /** Confirmed by a person; the caller shows a wrong PIN inside its dialog. */
  async confirm(word: WordInput, reason: string): Promise<Problem | null> {
    if (this.sheet?.step !== 'show') return null;
    const answer = await this.#call('payment_confirm', { id: this.sheet.payment.id, reason }, word);
    if (answer.kind !== 'done') return answer;
    this.#replace(answer.value);
    return null;
  }

  async #act(busy: Busy, ask: (id: string) => ReturnType<Call>): Promise<boolean> {
    const sheet = this.sheet;
    if (sheet?.step !== 'show' || this.busy !== null) return false;
    this.busy = busy;
    this.problem = null;
    const answer = await ask(sheet.payment.id);
    this.busy = null;
    if (answer.kind !== 'done') {
      this.problem = answer;
      return false;
    }
    this.#replace(newer(this.#shown() ?? sheet.payment, answer.value as PaymentView));
    return true;
  }

  #shown(): PaymentView | null {
    return this.sheet?.step === 'show' ? this.sheet.payment : null;
  }

  #replace(payment: PaymentView): void {
    if (this.sheet?.step === 'show' && this.sheet.payment.id === payment.id) {
      this.sheet = { ...this.sheet, payment };
    }
  }
}
