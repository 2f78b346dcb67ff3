/** The ways by which the cart can be charged, each with why it cannot where it cannot. */
import { limitsWord, outside } from '../../components/limits';
import type { GatewayView } from '../../generated/GatewayView';
import type { OwnQrisView } from '../../generated/OwnQrisView';
import type { Via } from '../../generated/Via';
import { m } from '../../paraglide/messages.js';

export interface Way {
  /** Stable while the list is read again. */
  readonly key: string;
  /** Null for the shop's own QRIS. */
  readonly gateway: GatewayView | null;
  readonly method: string | null;
  readonly label: string;
  readonly about: string;
  /** Why it cannot be chosen. */
  readonly reason: string | null;
}

export interface WayGroup {
  readonly gateway: GatewayView | null;
  readonly ways: readonly Way[];
}

function waysOf(gateway: GatewayView, total: number): Way[] {
  return gateway.methods.map((method) => ({
    key: `${gateway.name}/${method.code}`,
    gateway,
    method: method.code,
    label: method.label,
    about: limitsWord(method),
    reason: outside(method, total),
  }));
}

/** In the gateways' order, the shop's own QRIS last. One that pays bills collects nothing. */
export function wayGroups(gateways: readonly GatewayView[], own: OwnQrisView | null, total: number): WayGroup[] {
  const collecting = gateways.filter((gateway) => !gateway.pays_bills);
  const groups: WayGroup[] = collecting.map((gateway) => ({ gateway, ways: waysOf(gateway, total) }));
  if (own === null) return groups;
  const way = { key: 'own', gateway: null, method: null, label: m.own_qris(), about: own.merchant, reason: null };
  return [...groups, { gateway: null, ways: [way] }];
}

/** The create's own fields go along only where something stands in them. */
export function viaOf(way: Way, extra: Record<string, string>, later = false): Via {
  if (way.gateway === null) return { by: 'own_qris' };
  return { by: later ? 'later' : 'gateway', name: way.gateway.name, method: way.method, extra };
}
