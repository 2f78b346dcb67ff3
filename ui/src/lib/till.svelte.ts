/** What the main window knows: where it stands, the strip, the clock, the look, and what Rust pushed. */
import type { Answer } from '../generated/Answer';
import type { Boot } from '../generated/Boot';
import type { Commands } from '../generated/commands';
import type { GatewayView } from '../generated/GatewayView';
import type { LangPref } from '../generated/LangPref';
import type { OwnQrisView } from '../generated/OwnQrisView';
import type { PaymentView } from '../generated/PaymentView';
import type { Prefs } from '../generated/Prefs';
import type { Push } from '../generated/Push';
import type { Sound } from '../generated/Sound';
import type { Strip } from '../generated/Strip';
import type { WordInput } from '../generated/WordInput';
import { Checkout } from './checkout.svelte';
import { Draft } from './draft.svelte';
import { Clock } from './clock.svelte';
import { door } from './door.svelte';
import { Gate } from './gate.svelte';
import type { Call, Name, Problem } from './ipc';
import { showLook } from './look';
import { faceOf } from './payments';
import { Shift } from './shift.svelte';
import { play } from './sound';

export type Screen = 'sell' | 'orders' | 'history' | 'inbox' | 'shift' | 'settings';
export type SettingsTab = 'gateway' | 'listen' | 'shop' | 'people' | 'feed' | 'backup' | 'look' | 'customer' | 'practice';

const STRIP_EVERY_MS = 5000;
const TOAST_MS = 6000;
const PREFS: Prefs = { lang: 'id', theme: 'auto', text_size: 100, volume: 80, lock_minutes: 5 };

function namesIn(strip: Strip): string {
  return strip.gateways.map((gateway) => gateway.name).join();
}

export class Till {
  boot = $state.raw<Boot | null>(null);
  bootProblem = $state.raw<Problem | null>(null);
  strip = $state.raw<Strip | null>(null);
  screen = $state<Screen>('sell');
  settingsTab = $state<SettingsTab>('gateway');
  /** Grows with every change of a payment, so that lists know to read again. */
  changes = $state(0);
  /** A payment that turned paid while another screen was shown. */
  toast = $state.raw<PaymentView | null>(null);
  /** How many QRs were on offer when the window was to be closed; null while nobody asks. */
  closing = $state<number | null>(null);
  /** Whether a backup is being chosen or put in the ledger's place; it stays until its end was read. */
  restoring = $state(false);
  /** How far the one long piece of work is, from 0 to 1; null before its first word. */
  progress = $state<number | null>(null);
  soundOff = $state(false);
  /** Whether a gateway has a shop of its own: only then its orders have a place in the rail. */
  hasOrders = $state(false);
  /** How much money waits without a sale: the rail counts it. */
  unmatched = $state(0);
  /** Grows when Rust says that something beside the payments changed, so that the inbox knows to read again. */
  told = $state(0);
  unlockSkipped = $state(false);
  /** The sale that the history opens with; null for the newest. */
  wantedSale = $state<string | null>(null);

  draft = $state.raw(new Draft());
  /** The shift's screen; replaced with the folder, so that a late answer of the other folder is not shown. */
  shift = $state.raw() as Shift;
  readonly clock = new Clock();
  readonly checkout: Checkout;
  readonly gate: Gate;
  readonly call: Call;
  #toastTimer: ReturnType<typeof setTimeout> | undefined;
  #play: typeof play;
  #locking = false;
  /** The strip's gateways when all of them were last read. */
  #listed = '';

  constructor(call: Call, sound: typeof play = play) {
    this.call = call;
    this.#play = sound;
    this.gate = new Gate(call);
    this.checkout = new Checkout(call, undefined, this.gate);
    this.shift = new Shift(call, this.gate);
  }

  get prefs(): Prefs {
    return this.boot?.prefs ?? PREFS;
  }

  get lang(): LangPref {
    return this.prefs.lang;
  }

  get zone(): string {
    return this.boot?.shop?.zone ?? 'WIB';
  }

  /** Reads where to begin, then keeps the strip fresh. Answers the function that stops it. */
  start(): () => void {
    const stopClock = this.clock.start();
    void this.readBoot();
    const timer = setInterval(() => void this.readStrip(), STRIP_EVERY_MS);
    return () => {
      stopClock();
      clearInterval(timer);
      clearTimeout(this.#toastTimer);
    };
  }

  async readBoot(): Promise<void> {
    const answer = await this.call('boot', {});
    if (answer.kind === 'done') this.begin(answer.value);
    else this.bootProblem = answer;
  }

  /** Every command that answers a `Boot` puts the window where it says. */
  begin(boot: Boot): void {
    this.bootProblem = null;
    this.boot = boot;
    door.view = boot.door;
    if (boot.door.locked) this.#shut();
    // The PIN and the passphrase leave the window with the draft.
    if (boot.stage.stage === 'ready') this.draft = new Draft();
    showLook(boot.prefs);
    void this.readStrip();
    void this.readInbox();
  }

  async readStrip(): Promise<void> {
    if (this.boot?.stage.stage !== 'ready') return;
    const answer = await this.call('strip', {});
    // A strip that cannot be read is asked again in five seconds; the old one stays with its clock.
    if (answer.kind === 'done') this.takeStrip(answer.value);
  }

  async readInbox(): Promise<void> {
    const boot = this.boot;
    if (boot?.stage.stage !== 'ready' || boot.door.locked) return;
    const answer = await this.call('inbox', { all: false });
    // Without an answer the last count stays; the screen itself says why it cannot be read.
    if (answer.kind === 'done' && this.boot?.practice === boot.practice) this.unmatched = answer.value.waiting;
  }

  takeStrip(strip: Strip): void {
    this.strip = strip;
    this.clock.correct(strip.now);
    if (namesIn(strip) !== this.#listed) void this.#readGateways(strip);
  }

  takeGateways(gateways: readonly GatewayView[]): void {
    this.hasOrders = gateways.some((gateway) => gateway.has_orders);
    if (!this.hasOrders && this.screen === 'orders') this.screen = 'sell';
  }

  /** The strip names gateways, not what they can do; so they are read whenever its names change. */
  async #readGateways(strip: Strip): Promise<void> {
    const names = namesIn(strip);
    if (strip.gateways.length > 0) {
      const answer = await this.call('gateway_list', {});
      // Asked again with the next strip.
      if (answer.kind !== 'done' || this.strip === null || namesIn(this.strip) !== names) return;
      this.takeGateways(answer.value);
    } else {
      this.takeGateways([]);
    }
    this.#listed = names;
  }

  async setPrefs(prefs: Prefs): Promise<Problem | null> {
    this.#showPrefs(prefs);
    const answer = await this.call('prefs_set', prefs);
    if (answer.kind !== 'done') return answer;
    this.#showPrefs(answer.value);
    return null;
  }

  #showPrefs(prefs: Prefs): void {
    showLook(prefs);
    if (this.boot !== null) this.boot = { ...this.boot, prefs };
  }

  ownQrisIs(own: OwnQrisView): void {
    if (this.boot !== null) this.boot = { ...this.boot, own_qris: own };
  }

  hear(push: Push): void {
    switch (push.event) {
      case 'payment_changed':
        this.#hearPayment(push.payment);
        break;
      case 'strip_changed':
        this.told += 1;
        void this.readStrip();
        void this.readInbox();
        break;
      case 'sound':
        void this.sound(push.sound);
        break;
      case 'close_asked':
        this.closing = push.on_offer;
        break;
      case 'progress':
        this.progress = push.of > 0 ? Math.min(push.done / push.of, 1) : null;
        break;
      case 'boot_changed':
        this.#clear();
        void this.readBoot();
        break;
      case 'door_changed':
        void this.readBoot();
        break;
      case 'customer_changed':
        // Only the customer's window draws that.
        break;
    }
  }

  #hearPayment(payment: PaymentView): void {
    this.changes += 1;
    const onSheet = this.checkout.hear(payment);
    if (onSheet || faceOf(payment) !== 'paid' || this.checkout.sheet?.step === 'starting') return;
    // Whoever took the cash stands before the sheet that says so.
    if (payment.cash !== null) return;
    this.toast = payment;
    clearTimeout(this.#toastTimer);
    this.#toastTimer = setTimeout(() => this.dropToast(), TOAST_MS);
  }

  dropToast(): void {
    this.toast = null;
  }

  async sound(sound: Sound): Promise<void> {
    this.soundOff = !(await this.#play(sound, this.prefs.volume));
  }

  async enterPractice(): Promise<Problem | null> {
    return this.#move('practice_enter');
  }

  async leavePractice(): Promise<Problem | null> {
    return this.#move('practice_leave');
  }

  /** Asks for work that reads a whole ledger; `progress` tells how far it is meanwhile. */
  async long<K extends Name>(
    name: K,
    input: Commands[K]['input'],
    word?: WordInput,
  ): Promise<Answer<Commands[K]['output']>> {
    this.progress = null;
    return this.call(name, input, word);
  }

  /** Practice has a folder of its own: nothing of the other folder may stay on the screen. */
  async #move(name: 'practice_enter' | 'practice_leave'): Promise<Problem | null> {
    const answer = await this.call(name, {});
    if (answer.kind !== 'done') return answer;
    this.#clear();
    this.begin(answer.value);
    return null;
  }

  /** Locks the window. What was paid or is being paid goes on in Rust, and the cart stays. */
  async lock(): Promise<void> {
    if (this.#locking) return;
    this.#locking = true;
    const answer = await this.call('lock', {});
    this.#locking = false;
    if (answer.kind === 'done') this.begin(answer.value);
    else this.checkout.problem = answer;
  }

  openSale(saleId: string): void {
    this.wantedSale = saleId;
    this.screen = 'history';
  }

  /** Whoever signs in next may be somebody else: they begin at selling, and answer no question of another. */
  #shut(): void {
    this.gate.question?.giveUp();
    this.wantedSale = null;
    this.screen = 'sell';
  }

  #clear(): void {
    this.checkout.reset();
    this.shift = new Shift(this.call, this.gate);
    this.strip = null;
    this.#listed = '';
    this.hasOrders = false;
    this.unmatched = 0;
    this.toast = null;
    this.screen = 'sell';
  }
}
