// For tools that do not read Vue's files: what such a file gives. vue-tsc knows better.
declare module '*.vue' {
  import type { Component } from 'vue';
  const component: Component;
  export default component;
}
