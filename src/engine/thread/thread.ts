/**
 * A worker thread that answers calls, one after the other. Inference and image decoding run in such threads, so that the
 * one that serves requests stays free: onnxruntime-node computes synchronously on whichever thread calls it.
 */
import { type TransferListItem, Worker } from "node:worker_threads";
import { SightlineError } from "../../errors.ts";
import type { CallMessage, Calls, ReplyMessage, ThreadData } from "./calls.ts";

export interface Thread<C extends Calls> {
	/** @param transfer buffers that move to the thread; this side can no longer read them */
	call<Name extends keyof C & string>(
		name: Name,
		argument: C[Name]["argument"],
		transfer?: readonly TransferListItem[],
	): Promise<C[Name]["reply"]>;
	/** Ends the thread after the call it is in; calls that wait are rejected. */
	close(): Promise<void>;
	/** It was closed, or died: every call is rejected. */
	readonly ended: boolean;
}

/** A thread that is started at its first call, and again at the first call after it died. */
export function restartedThread<C extends Calls>(entry: URL): Thread<C> {
	let thread: Thread<C> | undefined;
	return {
		get ended() {
			return thread?.ended ?? false;
		},
		call(name, argument, transfer) {
			if (thread === undefined || thread.ended) thread = startThread(entry);
			return thread.call(name, argument, transfer);
		},
		async close() {
			await thread?.close();
		},
	};
}

interface Pending {
	resolve(value: unknown): void;
	reject(error: Error): void;
}

/** @param entry the module that the thread runs: `new URL("./x.ts", import.meta.url)`; it ends in serveCalls() */
export function startThread<C extends Calls>(entry: URL): Thread<C> {
	const closing = new Int32Array(new SharedArrayBuffer(4));
	const worker = new Worker(...workerArguments(entry, { closing }));
	const exited = new Promise((resolve) => worker.once("exit", resolve));
	const pending = new Map<number, Pending>();
	let lastCall = 0;
	let ended: Error | undefined;

	worker.on("message", (reply: ReplyMessage) => {
		const waiting = pending.get(reply.call);
		pending.delete(reply.call);
		// Of one that was closed the last reply still comes, and the end is waited for.
		if (pending.size === 0 && ended === undefined) worker.unref();
		if (reply.ok) waiting?.resolve(reply.value);
		else waiting?.reject(revived(reply.error));
	});
	const end = (error: Error) => {
		ended ??= error;
		for (const waiting of pending.values()) waiting.reject(ended);
		pending.clear();
	};
	worker.on("error", end);
	worker.on("exit", () => end(new SightlineError("CANCELLED", "the worker thread was closed")));
	// A thread without work does not keep the process alive.
	worker.unref();

	return {
		call(name, argument, transfer = []) {
			if (ended !== undefined) return Promise.reject(ended);
			const call = ++lastCall;
			return new Promise((resolve, reject) => {
				// The reply's type is what `Calls` says of this name; the serving side is held to the same.
				pending.set(call, { resolve: resolve as (value: unknown) => void, reject });
				worker.ref();
				worker.postMessage({ call, name, argument } satisfies CallMessage, transfer);
			});
		},
		get ended() {
			return ended !== undefined;
		},
		async close() {
			end(new SightlineError("CANCELLED", "the worker thread was closed"));
			// Not by terminate(): onnxruntime-node, interrupted within a run, takes the whole process down.
			Atomics.store(closing, 0, 1);
			worker.ref();
			worker.postMessage(null); // wakes it, so that it looks
			await exited;
		},
	};
}

/**
 * Compiled, a thread runs the file beside this one. From source it first needs the loader of the main thread:
 * `execArgv: ["--import", "tsx"]` does nothing in a worker, registering from within it does.
 */
function workerArguments(entry: URL, workerData: ThreadData): ConstructorParameters<typeof Worker> {
	if (!import.meta.url.endsWith(".ts")) return [new URL(entry.href.replace(/\.ts$/, ".js")), { workerData }];
	const loader = JSON.stringify(import.meta.resolve("tsx/esm/api"));
	const start = `import { register } from ${loader}; register(); await import(${JSON.stringify(entry.href)});`;
	return [new URL(`data:text/javascript,${encodeURIComponent(start)}`), { workerData }];
}

function revived({ message, code, hint }: Extract<ReplyMessage, { ok: false }>["error"]): Error {
	if (code === undefined) return new Error(message);
	return new SightlineError(code, message, hint === undefined ? {} : { hint });
}
