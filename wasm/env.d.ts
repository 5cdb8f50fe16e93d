// The module that the build makes from build/wasm/preempt_wasm.js and .wasm (web/build/plugins.mjs).

declare module 'virtual:preempt-wasm' {
  /** A fresh instance of the core; `Module` is the shape of what wasm/bindings.cpp exports. Each call makes its own memory. */
  export function instantiate<Module = unknown>(): Promise<Module>;
  /** The bytes of the wasm file, unpacked from the script that carries them. */
  export function wasmBytes(): Promise<Uint8Array<ArrayBuffer>>;
}

declare module 'saxen' {
  /** A streaming XML parser; texts and attributes come as written, entities and all. */
  export class Parser {
    on(event: 'openTag', hook: (name: string, attributes: () => Record<string, string>) => void): this;
    on(event: 'closeTag' | 'text' | 'cdata', hook: (text: string) => void): this;
    on(event: 'error', hook: (error: Error) => void): this;
    write(piece: string): this;
    end(): Error | null;
  }
}
