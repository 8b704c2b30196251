/** Ctrl-C: the first asks the command to stop cleanly, the second ends the process at once. */
import { exitCodes } from "./failure.ts";

/** Aborts at the first SIGINT or SIGTERM. */
export function onInterrupt(): AbortSignal {
	const controller = new AbortController();
	const stop = () => {
		if (controller.signal.aborted) process.exit(exitCodes.interrupted);
		controller.abort();
	};
	process.on("SIGINT", stop);
	process.on("SIGTERM", stop);
	return controller.signal;
}
