// The worker that does half of the reading for ours.
import { serveBlocks } from '/dist/preempt.js';

serveBlocks();
