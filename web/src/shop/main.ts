// The merchant's home: my shops, what is to be fixed, and a look for oneself.
import '../shared/tokens.css';
import '../shared/base.css';
import './shop.css';
import { VueQueryPlugin } from '@tanstack/vue-query';
import { createApp } from 'vue';
import { createRouter, createWebHistory } from 'vue-router';
import App from './App.vue';
import HomePage from './HomePage.vue';
import LoginPage from './LoginPage.vue';
import { queries, resume, user } from './session.ts';

const router = createRouter({
  history: createWebHistory('/shop'),
  routes: [
    { path: '/', component: HomePage },
    { path: '/login', component: LoginPage },
    { path: '/orders/:id', component: () => import('./OrderPage.vue'), props: true },
    { path: '/object/:id', component: () => import('./ObjectPage.vue'), props: true },
    { path: '/check/:id', component: () => import('./CheckPage.vue'), props: true },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
});
router.beforeEach((to) => to.path === '/login' || user.value?.role === 'merchant' || '/login');

await resume();
createApp(App).use(VueQueryPlugin, { queryClient: queries }).use(router).mount('#app');
