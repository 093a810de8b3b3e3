import { Bubble } from '@sahay/react/bubble';
import { Chat } from '@sahay/react/chat';
import { createElement, type ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import type { AppPage } from './app-site.ts';

const define = `import '@sahay/elements/define/bubble';`;

const svelteApp = `<script>
  let { server } = $props();
  let route = $state(0);
  globalThis.navigate = () => route++;
</script>
<p>Route {route}</p>
{#key route}<sahay-bubble {server}></sahay-bubble>{/key}`;

const bubble = (server: string): string => `<sahay-bubble server="${server}"></sahay-bubble>`;
const scriptTag = (server: string): string => `<script type="module" src="${server}/sahay.js"></script>`;

const turbo = `import { visit } from '@hotwired/turbo';
  let route = 0;
  globalThis.navigate = () => visit('?route=' + ++route);`;

/**
 * The ways in which applications take a view away and put it, or another, in its place. On each page `navigate()` does it once, and
 * the page then says "Route 1", and so on.
 */
export const routedPages: Record<string, AppPage> = {
  'React 19 in StrictMode': {
    body: () => '<div id="root"></div>',
    script: `${define}
      import { createElement as h, StrictMode, useState } from 'react';
      import { createRoot } from 'react-dom/client';
      function App() {
        const [route, setRoute] = useState(0);
        globalThis.navigate = () => setRoute(route + 1);
        return h('main', null, h('p', null, 'Route ' + route), h('sahay-bubble', { key: route, server }));
      }
      createRoot(document.getElementById('root')).render(h(StrictMode, null, h(App)));`,
  },
  'Vue 3': {
    body: () => '<div id="root"></div>',
    script: `${define}
      import { createApp, h, ref } from 'vue';
      const route = ref(0);
      globalThis.navigate = () => route.value++;
      const render = () => [h('p', 'Route ' + route.value), h('sahay-bubble', { key: route.value, server })];
      createApp({ render }).mount('#root');`,
  },
  'Svelte 5': {
    script: `${define}
      import { mount } from 'svelte';
      import App from 'svelte:${encodeURIComponent(svelteApp)}';
      mount(App, { target: document.body, props: { server } });`,
  },
  'Turbo, with the tag in the page': {
    body: (server, route) => `<p>Route ${route}</p>${bubble(server)}`,
    script: `${define} ${turbo}`,
  },
  'Turbo, where the script tag has placed it': {
    head: scriptTag,
    body: (_server, route) => `<p>Route ${route}</p>`,
    script: turbo,
  },
  'a router of the History API': {
    body: () => '<main></main>',
    script: `${define}
      let shown;
      const render = () => {
        const route = Number(new URLSearchParams(location.search).get('route'));
        if (route === shown) return;
        shown = route;
        const words = document.createElement('p');
        words.textContent = 'Route ' + route;
        const bubble = document.createElement('sahay-bubble');
        bubble.setAttribute('server', server);
        document.querySelector('main').replaceChildren(words, bubble);
      };
      globalThis.navigate = () => {
        history.pushState({ scroll: scrollY }, '', '?route=' + (shown + 1));
        render();
      };
      addEventListener('popstate', render);
      render();`,
  },
  'a page that moves the element': {
    body: (server) => `<p>Route 0</p><div id="a">${bubble(server)}</div><div id="b"></div>`,
    script: `${define}
      let route = 0;
      globalThis.navigate = () => {
        document.querySelector('p').textContent = 'Route ' + ++route;
        document.getElementById(route % 2 ? 'b' : 'a').append(document.querySelector('sahay-bubble'));
      };`,
  },
};

const policy = (server: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' ${server}`,
    "style-src 'self'",
    `img-src data: blob: ${server}`,
    `connect-src ${server} ${server.replace('http', 'ws')}`,
    "require-trusted-types-for 'script'",
    "trusted-types lit-html 'allow-duplicates'",
  ].join('; ');

/** A page as strict as a page can be, with a Lit of its own: two copies, and elements of both side by side. */
export const strictPage: AppPage = {
  headers: (server) => ({
    'content-security-policy': policy(server),
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-opener-policy': 'same-origin',
  }),
  body: (server) => `<lamp-card></lamp-card>${bubble(server)}${scriptTag(server)}`,
  script: `import { html, LitElement } from 'lit';
    customElements.define('lamp-card', class extends LitElement {
      static properties = { lit: { type: Boolean } };
      toggle = () => (this.lit = !this.lit);
      render() {
        return html\`<button @click=\${this.toggle}>\${this.lit ? 'The lamp is lit' : 'Light the lamp'}</button>\`;
      }
    });`,
};

/** The components of React with what only they do: `open` as a prop, and a hook that follows the conversation. */
export const reactPage: AppPage = {
  body: () => '<div id="root"></div>',
  script: `import { createElement as h, StrictMode, useRef, useState } from 'react';
    import { createRoot } from 'react-dom/client';
    import { createSupportClient } from '@sahay/client';
    import { SupportProvider, useConversation } from '@sahay/react';
    import { Bubble } from '@sahay/react/bubble';
    const client = createSupportClient({ url: server });
    function Count() {
      return h('output', null, 'Messages: ' + (useConversation()?.messages.length ?? 0));
    }
    function App() {
      const [open, setOpen] = useState(false);
      const [heard, setHeard] = useState('nothing');
      const bubble = useRef(null);
      const hear = (event) => setHeard(event.type);
      return h('main', null,
        h('p', null, 'Heard: ' + heard), h(Count),
        h('button', { onClick: () => setOpen(!open) }, 'Switch'),
        h('button', { onClick: () => bubble.current.close() }, 'Close by method'),
        h(Bubble, { ref: bubble, client, open, onOpen: hear, onClose: hear }));
    }
    createRoot(document.getElementById('root')).render(h(StrictMode, null, h(SupportProvider, { client }, h(App))));`,
};

/** What both sides draw; it goes to the browser as text. */
const served = (
  h: typeof createElement,
  bubble: typeof Bubble,
  chat: typeof Chat,
  server: string,
): ReactNode => h('main', null, h(bubble, { server }), h(chat, { server, heading: 'Lamp help' }));

/** A page that React has drawn on a server, and takes over once the elements have drawn themselves. */
export const hydratedPage: AppPage = {
  body: (server) => `<div id="root">${renderToString(served(createElement, Bubble, Chat, server))}</div>`,
  script: `import { createElement } from 'react';
    import { hydrateRoot } from 'react-dom/client';
    import { Bubble } from '@sahay/react/bubble';
    import { Chat } from '@sahay/react/chat';
    const chat = document.querySelector('sahay-chat');
    await chat.updateComplete;
    document.querySelector('sahay-bubble').open();
    hydrateRoot(document.getElementById('root'), (${served.toString()})(createElement, Bubble, Chat, server));`,
};

/** A page that mounts and removes the bubble again and again: `mount()` puts one in and opens it, `unmount()` takes it out. */
export const mountingPage: AppPage = {
  script: `${define}
    globalThis.mount = async () => {
      const bubble = document.createElement('sahay-bubble');
      bubble.setAttribute('server', server);
      const ready = new Promise((done) => bubble.addEventListener('sahay-ready', done, { once: true }));
      document.body.append(bubble);
      bubble.open();
      await ready;
    };
    globalThis.unmount = () => document.querySelector('sahay-bubble').remove();`,
};
