// Modules that the build makes.

/** The worker's whole script (with the calculator inside) as text: it starts from a Blob, so the page's policy binds it. */
declare module 'virtual:preempt-worker' {
  const source: string;
  export default source;
}

declare module '*.css';
