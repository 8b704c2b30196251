/** Passes on stderr while they run: a bar each on a terminal, a line every few seconds otherwise. */
import { MultiBar, Presets, type SingleBar } from "cli-progress";
import type { Engine, PassState } from "../engine/engine.ts";
import { formatBytes } from "./bytes.ts";

/** Milliseconds between lines where stderr is a file or a pipe. */
const lineEveryMs = 5000;

/** Shows every pass of the engine until the returned function is called. */
export function showPasses(engine: Engine, stream: NodeJS.WriteStream = process.stderr): () => void {
	return stream.isTTY ? showBars(engine, stream) : showLines(engine, stream);
}

function showBars(engine: Engine, stream: NodeJS.WriteStream): () => void {
	const barsize = 24;
	const format = "{model} {bar} {value}/{total} images, {left}  {what}";
	const bars = new MultiBar({ stream, format, barsize, hideCursor: true, clearOnComplete: false }, Presets.rect);
	const shown = new Map<string, SingleBar>();
	const stopWatching = engine.watch((pass) => {
		const words = { model: pass.model.padEnd(12), what: inWords(pass), left: timeLeft(pass) };
		const bar = shown.get(pass.id) ?? bars.create(pass.total, pass.done, words);
		shown.set(pass.id, bar);
		bar.update(pass.done, words);
		if (isOver(pass)) bar.stop();
	});
	return () => {
		stopWatching();
		bars.stop();
	};
}

function showLines(engine: Engine, stream: NodeJS.WriteStream): () => void {
	const printedAt = new Map<string, number>();
	return engine.watch((pass) => {
		const before = printedAt.get(pass.id);
		if (before !== undefined && !isOver(pass) && Date.now() - before < lineEveryMs) return;
		printedAt.set(pass.id, Date.now());
		stream.write(`${pass.model}: ${pass.done} of ${pass.total} images, ${timeLeft(pass)} (${inWords(pass)})\n`);
	});
}

/** What is measured, and what that will add to the store. */
function inWords({ metrics, bytesToWrite }: PassState): string {
	const size = bytesToWrite === undefined ? "" : `; writes ${formatBytes(bytesToWrite)}`;
	return `${metrics.join(", ")}${size}`;
}

function timeLeft(pass: PassState): string {
	if (pass.note !== null) return pass.note;
	if (isOver(pass)) return pass.state;
	if (pass.secondsLeft === null) return pass.state;
	return `${Math.ceil(pass.secondsLeft)} s left`;
}

function isOver(pass: PassState): boolean {
	return pass.state === "done" || pass.state === "failed" || pass.state === "cancelled";
}
