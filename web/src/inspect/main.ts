// The inspector's phone: starts the core, then the pages.
import '../shared/tokens.css';
import '../shared/base.css';
import './styles/frame.css';
import './styles/lists.css';
import './styles/visit.css';
import './styles/camera.css';
import './styles/outbox.css';
import './styles/sweep.css';
import './styles/joint.css';
import { createApp } from 'vue';
import { acceptLanguage } from '../shared/language.ts';
import App from './App.vue';
import BootFailed from './BootFailed.vue';
import { createCore } from './core/create-core.ts';
import { provideCore } from './use-core.ts';
import { routerFor } from './router.ts';
import { fetchReaderAhead } from './scanner.ts';
import { watchForUpdates } from './updates.ts';

async function start(): Promise<void> {
  try {
    const core = await createCore({ language: acceptLanguage });
    const app = createApp(App);
    provideCore(app, core);
    app.use(routerFor(core)).mount('#app');
  } catch {
    createApp(BootFailed).mount('#app');
  }
}

void start();
// Also when nothing else works: a newer version may. Then what scanning needs where the browser cannot read codes.
watchForUpdates()
  .then(fetchReaderAhead)
  .catch(() => undefined);
