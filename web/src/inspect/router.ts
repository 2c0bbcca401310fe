// The pages of the inspector, and who may see them.
import { nextTick } from 'vue';
import { createRouter, createWebHistory } from 'vue-router';
import type { Core } from './core/contract.ts';
import FindPage from './pages/FindPage.vue';
import LoginPage from './pages/LoginPage.vue';
import OrdersPage from './pages/OrdersPage.vue';
import OutboxPage from './pages/OutboxPage.vue';
import ScanPage from './pages/ScanPage.vue';
import ShopPage from './pages/ShopPage.vue';
import SweepPage from './pages/SweepPage.vue';
import SweepsPage from './pages/SweepsPage.vue';
import TodayPage from './pages/TodayPage.vue';
import VisitPage from './pages/VisitPage.vue';

export function routerFor(core: Core) {
  const router = createRouter({
    history: createWebHistory('/inspect'),
    scrollBehavior: (_to, _from, before) => before ?? { top: 0 },
    // All in the first load: a page that is loaded later may be missing in a street without a network.
    routes: [
      { path: '/', name: 'today', component: TodayPage },
      { path: '/login', name: 'login', component: LoginPage },
      { path: '/find', name: 'find', component: FindPage },
      { path: '/scan', name: 'scan', component: ScanPage },
      { path: '/outbox', name: 'outbox', component: OutboxPage },
      { path: '/orders', name: 'orders', component: OrdersPage },
      { path: '/shops/:id', name: 'shop', component: ShopPage, props: true },
      { path: '/sweeps', name: 'sweeps', component: SweepsPage },
      { path: '/sweeps/:kind(site|street)/:place', name: 'sweep', component: SweepPage, props: true },
      { path: '/visits/:id', name: 'visit', component: VisitPage, props: true },
      { path: '/:rest(.*)*', redirect: { name: 'today' } },
    ],
  });
  router.beforeEach((to) => {
    if (core.user() || to.name === 'login') return true;
    return { name: 'login', query: to.fullPath === '/' ? {} : { next: to.fullPath } };
  });
  let begun = false;
  router.afterEach((to, from, failure) => {
    if (failure || (begun && to.path === from.path)) return;
    // Not at the start: nobody has navigated yet.
    if (begun) void nextTick(() => document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true }));
    begun = true;
  });
  return router;
}
