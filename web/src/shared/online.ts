// Whether this device has a network. That the server answers is another question, which only asking it tells.
import { readonly, ref } from 'vue';

const state = ref(navigator.onLine);
const look = () => {
  state.value = navigator.onLine;
};
addEventListener('online', look);
addEventListener('offline', look);

export const online = readonly(state);
