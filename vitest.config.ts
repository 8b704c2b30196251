import { defineConfig } from "vitest/config";

export default defineConfig({
	// Apollo Server loads graphql as CommonJS; Vite would take its ES modules, and two copies do not know each other.
	resolve: { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] },
	test: {
		include: ["test/**/*.test.ts"],
		// Tests that use the runtime by itself report nothing to its maker either.
		env: { ORT_DISABLE_TELEMETRY: "1" },
		pool: "forks",
		maxWorkers: 2,
		testTimeout: 60_000,
		hookTimeout: 120_000,
		reporters: ["default", "./test/support/reporter.ts"],
	},
});
