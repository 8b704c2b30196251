import { expect, test } from "vitest";
import { storePlace } from "../../src/store/place.ts";

const linux = { platform: "linux", environment: {}, home: "/home/ada" };

test.each([
	["Linux", linux, "/home/ada/.cache/sightline"],
	["Linux with caches elsewhere", { ...linux, environment: { XDG_CACHE_HOME: "/fast" } }, "/fast/sightline"],
	["a relative XDG_CACHE_HOME", { ...linux, environment: { XDG_CACHE_HOME: "fast" } }, "/home/ada/.cache/sightline"],
	["macOS", { platform: "darwin", environment: {}, home: "/Users/ada" }, "/Users/ada/Library/Caches/sightline"],
	[
		"Windows",
		{ platform: "win32", environment: { LOCALAPPDATA: "C:\\Users\\ada\\AppData\\Local" }, home: "C:\\Users\\ada" },
		"C:\\Users\\ada\\AppData\\Local\\sightline\\store",
	],
	["SIGHTLINE_STORE", { ...linux, environment: { SIGHTLINE_STORE: "/results" } }, "/results"],
])("on %s results are kept in the caches", (_name, system, expected) => {
	expect(storePlace(undefined, system)).toBe(expected);
});

test("what was asked for goes before SIGHTLINE_STORE", () => {
	expect(storePlace("here", { ...linux, environment: { SIGHTLINE_STORE: "/results" } })).toBe("here");
});
