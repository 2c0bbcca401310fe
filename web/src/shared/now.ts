// The present moment, for pages whose words depend on it: moves on twice a minute, and when the page is looked at again.
import { readonly, ref } from 'vue';

const moment = ref(new Date());
const move = () => {
  moment.value = new Date();
};
setInterval(move, 30_000);
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) move();
});

export const now = readonly(moment);
