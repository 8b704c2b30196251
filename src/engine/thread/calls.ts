/** What passes between the main thread and a worker thread: a call with a number, and the reply to it. */
import type { ErrorCode } from "../../errors.ts";

/** The calls that a thread answers, by name. */
export type Calls = { readonly [name: string]: { readonly argument: unknown; readonly reply: unknown } };

export interface CallMessage {
	readonly call: number;
	readonly name: string;
	readonly argument: unknown;
}

export type ReplyMessage =
	| { readonly call: number; readonly ok: true; readonly value: unknown }
	| {
			readonly call: number;
			readonly ok: false;
			/** Classes do not survive between threads: `code` marks a SightlineError. */
			readonly error: { readonly message: string; readonly code?: ErrorCode; readonly hint?: string };
	  };

/** What a thread is started with. */
export interface ThreadData {
	/** One number on shared memory: no longer 0 when the thread shall end instead of taking its next call. */
	readonly closing: Int32Array;
}
