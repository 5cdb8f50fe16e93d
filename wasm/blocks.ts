// Reading in two workers: one turns the bytes of a file into blocks of rows (core/intake/block.hpp), the other takes
// the blocks in, at the same time. In: a Blob, and the answers by which both come to the same mapping. Out: blocks in
// the order of the file, each with the bytes that it was made of; never more than a few on the way.
import { PIECE_BYTES, bytesOfBlob, eachPiece } from './pieces';

/** A worker, or inside of one its own end. */
export interface Line {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

/** What the worker that makes blocks can do; throws when the core refuses. */
export interface BlockMaker {
  begin(job: Job, head: Uint8Array): void;
  /** The block of the next bytes; of none, the last one. */
  make(stretch: Uint8Array): Uint8Array<ArrayBuffer>;
  end(): void;
}

export interface Job {
  name: string;
  blob: Blob;
  /** How much of its beginning is looked at to recognise it. */
  head: number;
  answers: string;
}

/** A block, the bytes that it was made of, and how far the file is read with it. */
export interface Made {
  block: Uint8Array<ArrayBuffer>;
  stretch: Uint8Array<ArrayBuffer>;
  done: number;
  last: boolean;
}

type Ask =
  'hello' | { id: number; begin: Job } | { id: number; more: ArrayBuffer } | { id: number; stop: true };
type Answer = { id: number } & (Made | { failed: string });

/** Blocks on the way at once: enough that neither worker waits, little enough for memory. */
const ON_THE_WAY = 4;

/** Milliseconds that a file waits for a worker that is being started. */
const PATIENCE = 500;

/** Answers the other worker for as long as this one lives. */
export function serve(line: Line, makeMaker: () => Promise<BlockMaker>): void {
  let made: Promise<BlockMaker> | undefined;
  const maker = (): Promise<BlockMaker> => (made ??= makeMaker());
  const buffers: ArrayBuffer[] = []; // that came back
  let current = 0;
  let allowed = 0;
  let wake: (() => void) | undefined;
  const allowance = async (id: number): Promise<void> => {
    while (allowed === 0 && id === current) await new Promise<void>((resolve) => (wake = resolve));
    if (id !== current) throw new Error('stopped');
    allowed -= 1;
  };
  const work = async (id: number, job: Job): Promise<void> => {
    const blocks = await maker();
    const send = (stretch: Uint8Array<ArrayBuffer>, done: number, last: boolean): void => {
      const block = blocks.make(stretch);
      const made: Answer = { id, block, stretch, done, last };
      line.postMessage(made, [block.buffer, stretch.buffer]);
    };
    blocks.begin(job, new Uint8Array(await job.blob.slice(0, job.head).arrayBuffer()));
    try {
      await eachPiece(
        bytesOfBlob(job.name, job.blob),
        (piece, done) => send(piece as Uint8Array<ArrayBuffer>, done, false), // of a Blob
        () => allowance(id),
        () => buffers.pop() ?? new ArrayBuffer(PIECE_BYTES),
      );
      send(new Uint8Array(), job.blob.size, true);
    } finally {
      blocks.end();
    }
  };
  line.addEventListener('message', ({ data }: MessageEvent<Ask>) => {
    if (data === 'hello') {
      void maker().then(() => {
        line.postMessage('ready', []);
      });
    } else if ('begin' in data) {
      current = data.id;
      allowed = ON_THE_WAY;
      work(data.id, data.begin).catch((error: unknown) => {
        const failed: Answer = { id: data.id, failed: String(error) };
        line.postMessage(failed, []);
      });
    } else if (data.id === current) {
      if ('more' in data) {
        allowed += 1;
        if (data.more.byteLength === PIECE_BYTES) buffers.push(data.more);
      } else {
        current = 0;
      }
      wake?.();
    }
  });
}

/** The other end: a worker that makes blocks. */
export class BlockSource {
  private state: 'starting' | 'ready' | 'busy' | 'broken' = 'starting';
  private id = 0;
  private start: () => void = () => undefined;
  private readonly started = new Promise<void>((resolve) => (this.start = resolve));
  private hear: ((answer: Answer) => void) | undefined;
  private fail: ((error: Error) => void) | undefined;

  constructor(private readonly worker: Worker) {
    worker.addEventListener('message', ({ data }: MessageEvent<Answer | 'ready'>) => {
      if (data === 'ready') this.settle('ready');
      else if (data.id === this.id) this.hear?.(data);
    });
    worker.addEventListener('error', () => {
      this.settle('broken');
      this.fail?.(new BrokenSource());
    });
    worker.postMessage('hello'); // waits for it while it is being started
  }

  /** Waits a moment for a worker that is being started; false: it is busy or broken, or takes too long. */
  async isReady(): Promise<boolean> {
    if (this.state === 'starting')
      await Promise.race([this.started, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
    return this.state === 'ready';
  }

  private settle(state: 'ready' | 'broken'): void {
    this.state = state;
    this.start();
  }

  /** Calls `take` with each block. What it throws stops the reading. Throws BrokenSource when the worker fails. */
  async eachBlock(job: Job, take: (made: Made) => void): Promise<void> {
    this.state = 'busy';
    const id = (this.id += 1);
    const ask = (message: Ask, transfer: Transferable[] = []): void =>
      this.worker.postMessage(message, transfer);
    try {
      await new Promise<void>((resolve, reject) => {
        this.fail = reject;
        this.hear = (answer) => {
          if ('failed' in answer) {
            reject(new BrokenSource());
            return;
          }
          try {
            take(answer);
            if (answer.last) resolve();
            else ask({ id, more: answer.stretch.buffer }, [answer.stretch.buffer]);
          } catch (error) {
            ask({ id, stop: true });
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        };
        ask({ id, begin: job });
      });
      this.state = 'ready';
    } catch (error) {
      this.state = error instanceof BrokenSource ? 'broken' : 'ready';
      throw error;
    } finally {
      this.hear = this.fail = undefined;
    }
  }
}

/** The worker that makes blocks cannot go on; whoever asked reads alone. */
export class BrokenSource extends Error {}
