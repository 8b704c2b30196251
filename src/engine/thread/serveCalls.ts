/** The worker thread's side of thread.ts. */
import { parentPort, type TransferListItem, workerData } from "node:worker_threads";
import { SightlineError } from "../../errors.ts";
import type { CallMessage, Calls, ReplyMessage, ThreadData } from "./calls.ts";

/** An answer, and the buffers that move with it. */
export interface Answer<Value> {
	readonly value: Value;
	readonly transfer?: readonly TransferListItem[];
}

export type Handlers<C extends Calls> = {
	readonly [Name in keyof C]: (argument: C[Name]["argument"]) => Promise<Answer<C[Name]["reply"]>>;
};

/** Answers calls in the order they come, one at a time, until the thread is ended. */
export function serveCalls<C extends Calls>(handlers: Handlers<C>): void {
	const port = parentPort;
	if (port === null) throw new Error("serveCalls belongs in a worker thread");
	const { closing } = workerData as ThreadData; // what startThread passes
	const endIfClosed = () => {
		if (Atomics.load(closing, 0) !== 0) process.exit(); // of this thread
	};
	let before: Promise<void> = Promise.resolve();
	port.on("message", (message: CallMessage | null) => {
		endIfClosed();
		if (message === null) return;
		before = before.then(async () => {
			endIfClosed();
			const { reply, transfer } = await answer(handlers, message);
			port.postMessage(reply, transfer);
		});
	});
}

async function answer<C extends Calls>(
	handlers: Handlers<C>,
	{ call, name, argument }: CallMessage,
): Promise<{ reply: ReplyMessage; transfer: readonly TransferListItem[] }> {
	try {
		const handler = handlers[name];
		if (handler === undefined) throw new Error(`no call "${name}"`);
		const { value, transfer = [] } = await handler(argument);
		return { reply: { call, ok: true, value }, transfer };
	} catch (error) {
		return { reply: { call, ok: false, error: plain(error) }, transfer: [] };
	}
}

function plain(error: unknown): Extract<ReplyMessage, { ok: false }>["error"] {
	if (!(error instanceof SightlineError)) return { message: error instanceof Error ? error.message : String(error) };
	const { message, code, hint } = error;
	return hint === undefined ? { message, code } : { message, code, hint };
}
