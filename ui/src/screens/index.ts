/** The screens, one line each. */
export { default as Customer } from './customer/Customer.svelte';
export { default as History } from './history/History.svelte';
export { default as Inbox } from './inbox/Inbox.svelte';
export { default as Lock } from './lock/Lock.svelte';
export { default as NewPin } from './newpin/NewPin.svelte';
export { default as Orders } from './orders/Orders.svelte';
export { default as Qris } from './qris/Qris.svelte';
export { default as Recovery } from './recovery/Recovery.svelte';
export { default as Refused } from './refused/Refused.svelte';
export { default as Restore } from './restore/Restore.svelte';
export { default as Sell } from './sell/Sell.svelte';
export { default as Settings } from './settings/Settings.svelte';
export { default as Shift } from './shift/Shift.svelte';
export { default as Start } from './start/Start.svelte';
