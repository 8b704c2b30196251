/**
 * Ends a run with two plain lines that any CI can read: which tests were skipped and why, then "N passed, N failed".
 *
 * Outside CI a test is skipped where the machine lacks what it needs. In CI a skipped test is a failure: the machine has
 * to have a browser, Vulkan and, where SIGHTLINE_TEST_DATA is set, the real models. Only what a CI machine cannot be
 * asked for is excused: the real models where the variable is not set, tests that say they need a GPU, and the training,
 * which needs Python with PyTorch.
 */
import type { Reporter, TestCase, TestModule } from "vitest/node";

/** A test that did not run: its name, and the reason it gave. */
export interface SkippedTest {
	readonly name: string;
	readonly reason: string | undefined;
}

export default class SummaryReporter implements Reporter {
	onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
		const tests = modules.flatMap((module) => [...module.children.allTests()]);
		const skipped = tests.filter((test) => test.result().state === "skipped").map(skippedTest);
		const required = skipped.filter((test) => isRequired(test, process.env));
		const count = (state: "passed" | "failed") => tests.filter((test) => test.result().state === state).length;
		// A file that cannot be loaded has no tests to count, but it has failed.
		const brokenFiles = modules.filter((module) => module.errors().length > 0).length;
		const failed = count("failed") + brokenFiles + unhandledErrors.length + required.length;
		if (failed > 0) process.exitCode = 1;
		for (const { name } of required) process.stdout.write(`required in CI, but skipped: ${name}\n`);
		process.stdout.write(`skipped: ${skipped.map(inWords).join("; ") || "none"}\n`);
		process.stdout.write(`${count("passed")} passed, ${failed} failed\n`);
	}
}

/** Whether skipping this test is a failure in this environment. */
export function isRequired(test: SkippedTest, environment: NodeJS.ProcessEnv): boolean {
	if (!environment.CI) return false;
	const words = inWords(test);
	if (/\b(?:GPU|CUDA)\b|needs Python with PyTorch/.test(words)) return false;
	return environment.SIGHTLINE_TEST_DATA !== undefined || !/SIGHTLINE_TEST_DATA|real models?/i.test(words);
}

function skippedTest(test: TestCase): SkippedTest {
	const result = test.result();
	return { name: test.fullName, reason: result.state === "skipped" ? result.note : undefined };
}

function inWords({ name, reason }: SkippedTest): string {
	return reason === undefined ? name : `${name} (${reason})`;
}
