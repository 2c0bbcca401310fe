// The bureau's desk: whoever is signed in already goes on, then the pages.
import '../shared/tokens.css';
import '../shared/base.css';
import './styles/frame.css';
import './styles/forms.css';
import './styles/parts.css';
import './styles/tables.css';
import { VueQueryPlugin } from '@tanstack/vue-query';
import { createApp } from 'vue';
import { addIcons } from '../shared/icons.ts';
import { moreIcons } from '../shared/more-icons.ts';
import App from './App.vue';
import { queries } from './queries.ts';
import { router } from './router.ts';
import { resume } from './server.ts';

addIcons(moreIcons);
await resume();
createApp(App).use(VueQueryPlugin, { queryClient: queries }).use(router).mount('#app');
