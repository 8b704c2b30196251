/** `sightline query [file|-]`: a GraphQL query answered in this process, without a server. */
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { Command, InvalidArgumentError } from "@commander-js/extra-typings";
import { SightlineError } from "../errors.ts";
import { exitCodes } from "./failure.ts";
import { onInterrupt } from "./interrupt.ts";
import { deviceOption, jsonOption, storeOption } from "./options.ts";
import { showPasses } from "./progress.ts";

export function queryCommand() {
	return new Command("query")
		.summary("answer a GraphQL query, here and now")
		.description(
			"Answers a GraphQL query from a file, or from stdin with -, measuring what is not kept yet: one pass per model\n" +
				"for all that the query asks. The result is printed as JSON on stdout, progress on stderr. A model is named by\n" +
				"its id or by the path of an .onnx file.",
		)
		.argument("[file]", "file with the query, or - for stdin", "-")
		.option("--variables <json>", "values of the query's variables", parseVariables, {})
		.option("--operation <name>", "which operation, where the file has several")
		.addOption(deviceOption())
		.addOption(storeOption())
		.addOption(jsonOption().hideHelp())
		.addHelpText(
			"after",
			`
Examples:
  sightline query figure.graphql --variables '{"images": {"count": 2560}}'
  echo '{ model(id: "vit-s") { heads { block index attentionDistance { meanPx } } } }' | sightline query -
  echo '{ model(id: "./model.onnx") { family layers { name shape } } }' | sightline query -`,
		)
		.action(async (file, options) => {
			const query = await readQuery(file);
			const { openServices } = await import("./services.ts");
			const services = await openServices(options);
			const hidePasses = showPasses(services.engine);
			try {
				const request = { query, variables: options.variables };
				const operation = options.operation === undefined ? {} : { operationName: options.operation };
				const result = await services.execute({ ...request, ...operation }, onInterrupt());
				process.stdout.write(`${JSON.stringify(result, null, "\t")}\n`);
				const codes = (result.errors ?? []).map((error) => error.extensions?.code);
				if (codes.includes("CANCELLED")) process.exitCode = exitCodes.interrupted;
				else if (codes.length > 0) process.exitCode = exitCodes.failure;
			} finally {
				hidePasses();
				await services.close();
			}
		});
}

async function readQuery(file: string): Promise<string> {
	if (file !== "-") return readFile(file, "utf8");
	if (process.stdin.isTTY) {
		throw new SightlineError("BAD_INPUT", "there is no query: no file was named and nothing is piped in", {
			hint: "sightline query figure.graphql, or echo '{ models { id } }' | sightline query -",
		});
	}
	return text(process.stdin);
}

function parseVariables(json: string): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(json);
		if (value !== null && typeof value === "object" && !Array.isArray(value)) return { ...value };
	} catch {
		// Refused below, with what was expected.
	}
	throw new InvalidArgumentError(`expected a JSON object, such as '{"images": {"count": 2560}}'.`);
}
