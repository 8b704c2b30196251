import { defineConfig } from "vitest/config";

export default defineConfig({
	// Apollo Server loads graphql as CommonJS; Vite would take its ES modules, and two copies do not know each other.
	resolve: { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] },
	test: {
		include: ["test/**/*.test.ts"],
		pool: "forks",
		maxWorkers: 2,
		testTimeout: 60_000,
		hookTimeout: 120_000,
		reporters: ["default", "./test/support/reporter.ts"],
	},
});
