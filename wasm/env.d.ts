// The module that the build makes from build/wasm/preempt_wasm.js and .wasm (web/build/plugins.mjs).

declare module 'virtual:preempt-wasm' {
  /** A fresh instance of the core; `Module` is the shape of what wasm/bindings.cpp exports. Each call makes its own memory. */
  export function instantiate<Module = unknown>(): Promise<Module>;
  /** The bytes of the wasm file, unpacked from the script that carries them. */
  export function wasmBytes(): Promise<Uint8Array<ArrayBuffer>>;
}
