#!/usr/bin/env node
/** The command `sightline`: results on stdout, progress and messages on stderr, exit codes 0, 1, 2 and 130. */
import { Command } from "@commander-js/extra-typings";
import { version } from "../engine/version.ts";
import { addCommand } from "./add.ts";
import { addImagesCommand } from "./addImages.ts";
import { doctorCommand } from "./doctor.ts";
import { failureOf } from "./failure.ts";
import { imagesCommand } from "./images.ts";
import { inspectCommand } from "./inspect.ts";
import { modelsCommand } from "./models.ts";
import { queryCommand } from "./query.ts";
import { reportCommand } from "./report.ts";
import { serveCommand } from "./serve.ts";
import { storeCommand } from "./store.ts";
import { verifyCommand } from "./verify.ts";

const program = new Command("sightline")
	.description("Shows how a vision model sees, layer by layer, and how two models differ.")
	.version(version, "-V, --version", "print the version")
	.helpOption("-h, --help", "print help for a command")
	.helpCommand(false)
	.addHelpText(
		"after",
		`
Examples:
  sightline serve                        measure, build the report, serve it with the playground
  sightline inspect model.onnx           what is found in a model file
  echo '{ models { id } }' | sightline query -
  sightline report raghu-2021 --out site --count 2560

Results are kept by what determined them and are never measured twice; --store or SIGHTLINE_STORE says where.
Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted. SIGHTLINE_DEBUG=1 prints stack traces.`,
	)
	.showHelpAfterError("(sightline --help lists the commands)");

for (const make of [
	serveCommand,
	reportCommand,
	queryCommand,
	inspectCommand,
	modelsCommand,
	imagesCommand,
	addCommand,
	addImagesCommand,
	verifyCommand,
	storeCommand,
	doctorCommand,
]) {
	program.addCommand(make().exitOverride());
}
program.exitOverride();

// `sightline models | head` closes the pipe early; that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
	if (error.code === "EPIPE") process.exit(0);
	throw error;
});

try {
	await program.parseAsync();
} catch (error) {
	const { text, exitCode } = failureOf(error, process.env.SIGHTLINE_DEBUG === "1");
	process.stderr.write(text);
	process.exitCode = exitCode;
}
