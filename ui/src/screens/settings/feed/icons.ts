/** What a row of the feed is about, as an icon. */
import type { IconName } from '../../../components/icons';

const ICONS: Record<string, IconName> = {
  drawer_opened: 'archive',
  cash_moved: 'banknote',
  shift_opened: 'calculator',
  shift_counted: 'calculator',
  shift_closed: 'calculator',
  receipt_copied: 'receipt-text',
  sale_voided: 'circle-x',
  sale_refunded: 'undo-2',
  payment_confirmed: 'user-check',
  shop_set: 'store',
  limits_set: 'settings',
  book_rules_set: 'settings',
  own_qris_set: 'qr-code',
  gateway_set: 'link',
  gateway_removed: 'link',
  gateway_pinned: 'link',
  person_set: 'users',
  person_removed: 'users',
  pin_set: 'key-round',
  pin_cleared: 'key-round',
  pin_failed: 'circle-alert',
  signed_in: 'log-in',
  recovery_set: 'shield-check',
  recovery_used: 'shield-check',
  recovery_failed: 'circle-alert',
  door_unguarded: 'lock',
  link_ready: 'link',
  link_failed: 'circle-alert',
  restored: 'rotate-ccw-clock',
  clock_back: 'timer',
  clock_right: 'timer',
};

export function feedIcon(kind: string): IconName {
  return ICONS[kind] ?? 'info';
}
