/** Lights of the strip as word, colour and icon. */
import type { Light } from '../generated/Light';
import type { StripGateway } from '../generated/StripGateway';
import { m } from '../paraglide/messages.js';
import type { IconName } from './icons';

export interface Lamp {
  readonly tone: 'ok' | 'slow' | 'down' | '';
  readonly icon: IconName;
  readonly word: string;
}

export function internetLight(light: Light): Lamp {
  switch (light) {
    case 'ready':
      return { tone: 'ok', icon: 'wifi', word: m.internet_ready() };
    case 'slow':
      return { tone: 'slow', icon: 'wifi-low', word: m.internet_slow() };
    case 'down':
      return { tone: 'down', icon: 'wifi-off', word: m.internet_down() };
    case 'unknown':
      return { tone: '', icon: 'wifi', word: m.internet_unknown() };
  }
}

export function gatewayLight(gateway: StripGateway): Lamp {
  const name = gateway.title;
  switch (gateway.light) {
    case 'ready':
      return { tone: 'ok', icon: 'circle-check', word: m.gateway_is_ready({ name }) };
    case 'slow':
      return { tone: 'slow', icon: 'triangle-alert', word: m.gateway_is_slow({ name }) };
    case 'down':
      return { tone: 'down', icon: 'cloud-off', word: m.gateway_is_down({ name }) };
    case 'unknown':
      return { tone: '', icon: 'circle-question-mark', word: m.gateway_is_unknown({ name }) };
  }
}

/** All gateways in one word, for narrow screens. */
export function gatewaysLight(gateways: readonly StripGateway[]): Lamp | null {
  if (gateways.length === 0) return null;
  const ready = gateways.filter((gateway) => gateway.light === 'ready').length;
  const word = m.gateways_ready({ ready, all: gateways.length });
  if (ready === gateways.length) return { tone: 'ok', icon: 'circle-check', word };
  if (gateways.every((gateway) => gateway.light === 'down')) return { tone: 'down', icon: 'cloud-off', word };
  if (gateways.every((gateway) => gateway.light === 'unknown' || gateway.light === 'ready')) {
    return { tone: '', icon: 'circle-question-mark', word };
  }
  return { tone: 'slow', icon: 'triangle-alert', word };
}
