/** What the first run has collected so far. It outlives a change of language. */
import type { QrisView } from '../generated/QrisView';
import type { SetupFinish } from '../generated/SetupFinish';
import { zoneOfComputer } from './time';

export type Step = 1 | 2 | 3;

export class Draft {
  step = $state<Step>(1);
  name = $state('');
  address = $state('');
  phone = $state('');
  zone = $state<'WIB' | 'WITA' | 'WIT'>(zoneOfComputer(new Date().getTimezoneOffset()));
  /** `HH:MM`; the shop that closes before midnight has `00:00`. */
  cutOff = $state('00:00');
  qrisText = $state('');
  qris = $state.raw<QrisView | null>(null);
  pin = $state('');
  pinAgain = $state('');
  passphrase = $state('');

  get shopReady(): boolean {
    return this.name.trim() !== '';
  }

  get qrisReady(): boolean {
    return this.qris?.kind === 'static';
  }

  get pinsDiffer(): boolean {
    return this.pinAgain.length === 6 && this.pin !== this.pinAgain;
  }

  pinReady(needsPassphrase: boolean): boolean {
    const same = this.pin.length === 6 && this.pin === this.pinAgain;
    return same && (!needsPassphrase || this.passphrase !== '');
  }

  skipQris(): void {
    this.qris = null;
    this.qrisText = '';
  }

  toFinish(needsPassphrase: boolean): SetupFinish {
    return {
      shop: {
        name: this.name.trim(),
        address: this.address.trim(),
        phone: this.phone.trim(),
        zone: this.zone,
        cut_off: this.cutOff,
      },
      own_qris: this.qris?.payload ?? null,
      pin: this.pin,
      passphrase: needsPassphrase ? this.passphrase : null,
    };
  }
}
