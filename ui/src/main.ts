/** One build, two windows: the hash says which one this is. */
import { mount } from 'svelte';
import './styles/tokens.css';
import './styles/app.css';
import App from './App.svelte';
import { call, onPush } from './lib/ipc';
import { Till } from './lib/till.svelte';
import { Customer } from './screens';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');

if (window.location.hash === '#customer') {
  mount(Customer, { target, props: { call, onPush } });
} else {
  const till = new Till(call);
  void onPush((push) => till.hear(push));
  mount(App, { target, props: { till } });
}
