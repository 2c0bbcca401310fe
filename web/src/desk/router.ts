// The addresses of the desk. Each page is loaded when it is first opened; its filters live in its query, so that links and the back button hold.
import { nextTick } from 'vue';
import { announce } from '../shared/announce.ts';
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router';
import { type PageName, pagesOf } from './pages.ts';
import { user } from './server.ts';
import AbsentPage from './AbsentPage.vue';
import LoginPage from './LoginPage.vue';
import { words } from './words.ts';

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'start', component: AbsentPage },
  { path: '/login', name: 'login', component: LoginPage },
  {
    path: '/today',
    name: 'today',
    component: () => import('./today/TodayPage.vue'),
    meta: { page: 'today' },
  },
  {
    path: '/orders',
    name: 'orders',
    component: () => import('./orders/OrdersPage.vue'),
    meta: { page: 'orders' },
  },
  {
    path: '/visits',
    name: 'visits',
    component: () => import('./visits/VisitsPage.vue'),
    meta: { page: 'visits' },
  },
  {
    path: '/visits/:id',
    name: 'visit',
    component: () => import('./visits/VisitPage.vue'),
    props: true,
    meta: { page: 'visits' },
  },
  {
    path: '/overview',
    name: 'overview',
    component: () => import('./overview/OverviewPage.vue'),
    meta: { page: 'overview' },
  },
  {
    path: '/adjustments',
    name: 'adjustments',
    component: () => import('./adjustments/AdjustmentsPage.vue'),
    meta: { page: 'adjustments' },
  },
  {
    path: '/adjustments/new',
    name: 'new-adjustment',
    component: () => import('./adjustments/NewPage.vue'),
    meta: { page: 'adjustments' },
  },
  {
    path: '/adjustments/:id',
    name: 'adjustment',
    component: () => import('./adjustments/AdjustmentPage.vue'),
    props: true,
    meta: { page: 'adjustments' },
  },
  {
    path: '/objections',
    name: 'objections',
    component: () => import('./objections/ObjectionsPage.vue'),
    meta: { page: 'objections' },
  },
  {
    path: '/objections/:id',
    name: 'objection',
    component: () => import('./objections/ObjectionPage.vue'),
    meta: { page: 'objections' },
  },
  {
    path: '/users',
    name: 'users',
    component: () => import('./users/UsersPage.vue'),
    meta: { page: 'users' },
  },
  {
    path: '/users/new',
    name: 'new-user',
    component: () => import('./users/UserPage.vue'),
    meta: { page: 'users' },
  },
  {
    path: '/users/:id',
    name: 'user',
    component: () => import('./users/UserPage.vue'),
    props: true,
    meta: { page: 'users' },
  },
  {
    path: '/audit',
    name: 'audit',
    component: () => import('./audit/AuditPage.vue'),
    meta: { page: 'audit' },
  },
  {
    path: '/checklists',
    name: 'checklists',
    component: () => import('./checklists/ChecklistsPage.vue'),
    meta: { page: 'checklists' },
  },
  {
    path: '/checklists/new',
    name: 'new-checklist',
    component: () => import('./checklists/EditorPage.vue'),
    meta: { page: 'checklists' },
  },
  {
    path: '/checklists/:listKey/edit',
    name: 'next-checklist',
    component: () => import('./checklists/EditorPage.vue'),
    props: true,
    meta: { page: 'checklists' },
  },
  {
    path: '/checklists/:listKey/:version',
    name: 'checklist',
    component: () => import('./checklists/ChecklistPage.vue'),
    props: true,
    meta: { page: 'checklists' },
  },
  {
    path: '/settings',
    name: 'settings',
    component: () => import('./settings/LimitsPage.vue'),
    meta: { page: 'settings' },
  },
  {
    path: '/settings/calendar',
    name: 'calendar',
    component: () => import('./settings/CalendarPage.vue'),
    meta: { page: 'settings' },
  },
  {
    path: '/settings/:kind(taskforces|categories|sites|areas)',
    name: 'reference',
    component: () => import('./settings/ReferencePage.vue'),
    props: true,
    meta: { page: 'settings' },
  },
  {
    path: '/settings/zones',
    name: 'zones',
    component: () => import('./settings/ZonesPage.vue'),
    meta: { page: 'settings' },
  },
  {
    path: '/settings/zones/:id',
    name: 'zone',
    component: () => import('./settings/ZonePage.vue'),
    props: true,
    meta: { page: 'settings' },
  },
  {
    path: '/settings/webhooks',
    name: 'webhooks',
    component: () => import('./settings/WebhooksPage.vue'),
    meta: { page: 'settings' },
  },
  {
    path: '/settings/webhooks/:id',
    name: 'webhook',
    component: () => import('./settings/WebhookPage.vue'),
    props: true,
    meta: { page: 'settings' },
  },
  { path: '/account', name: 'account', component: () => import('./account/AccountPage.vue') },
  {
    path: '/list',
    name: 'list',
    component: () => import('./list/ListPage.vue'),
    meta: { page: 'list' },
  },
  {
    path: '/list/diff',
    name: 'list-diff',
    component: () => import('./list/DiffPage.vue'),
    meta: { page: 'list' },
  },
  {
    path: '/list/new',
    name: 'merchant-new',
    component: () => import('./merchant/ApplyPage.vue'),
    meta: { page: 'list' },
  },
  {
    path: '/imports',
    name: 'imports',
    component: () => import('./imports/ImportsPage.vue'),
    meta: { page: 'imports' },
  },
  {
    path: '/imports/:id',
    name: 'import',
    component: () => import('./imports/ImportPage.vue'),
    props: true,
    meta: { page: 'imports' },
  },
  {
    path: '/merchants/:id',
    name: 'merchant',
    component: () => import('./merchant/MerchantPage.vue'),
    props: true,
    meta: { page: 'list' },
  },
  {
    path: '/merchants/:id/edit',
    name: 'merchant-edit',
    component: () => import('./merchant/EditPage.vue'),
    props: true,
    meta: { page: 'list' },
  },
  {
    path: '/merchants/:id/handover',
    name: 'merchant-handover',
    component: () => import('./merchant/HandoverPage.vue'),
    props: true,
    meta: { page: 'list' },
  },
  {
    path: '/merchants/:id/merge',
    name: 'merchant-merge',
    component: () => import('./merchant/MergePage.vue'),
    props: true,
    meta: { page: 'list' },
  },
  { path: '/:rest(.*)*', name: 'absent', component: AbsentPage },
];

declare module 'vue-router' {
  interface RouteMeta {
    /** Which of the rail's pages it belongs to, and so who may open it. */
    page?: PageName;
  }
}

export const router = createRouter({
  history: createWebHistory('/desk'),
  routes,
});

router.beforeEach((to) => {
  const role = user.value?.role;
  if (to.name === 'login') return role === undefined || pagesOf(role).length === 0 ? true : '/';
  if (role === undefined || pagesOf(role).length === 0)
    return { name: 'login', query: to.fullPath === '/' ? {} : { next: to.fullPath } };
  const [first] = pagesOf(role);
  if (to.name === 'start') return first?.path ?? true;
  return true;
});

// A page that cannot be loaded, without a network or after a new version: the one before stays, and says so.
router.onError(() => {
  announce(words.value.state.noPage);
});

let begun = false;
router.afterEach((to, from, failure) => {
  if (failure || (begun && to.path === from.path)) return;
  // Not at the start: nobody has navigated yet.
  if (begun) void nextTick(() => document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true }));
  begun = true;
});
