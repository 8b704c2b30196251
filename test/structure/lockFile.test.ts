import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface LockedPackage {
	readonly resolved?: string;
	readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { packages } = JSON.parse(readFileSync(new URL("../../package-lock.json", import.meta.url), "utf8")) as {
	readonly packages: Readonly<Record<string, LockedPackage>>;
};

test("the lock file holds no addresses: any registry serves it", () => {
	expect(Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
});

/**
 * npm writes no entry for a binary package that the registry at hand does not serve, and `npm ci` then refuses the lock
 * file everywhere. Such an entry needs its version, os, cpu, libc, "optional" and "dev".
 */
test("the lock file names the binary packages of every platform, not only of the one it was written on", () => {
	const names = new Set(Object.keys(packages).map((path) => path.split("node_modules/").at(-1)));
	const wanted = Object.values(packages).flatMap((one) => Object.keys(one.optionalDependencies ?? {}));
	expect(wanted.filter((name) => !names.has(name))).toEqual([]);
});

test("every dependency is pinned to one version", () => {
	const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
		readonly dependencies: Readonly<Record<string, string>>;
		readonly devDependencies: Readonly<Record<string, string>>;
	};
	const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
	expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});
