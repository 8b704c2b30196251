/**
 * Colour maps of even lightness (magma and viridis by Smith and van der Walt, matplotlib, CC0): every fifth of the 256
 * colours, linear between, which is within 1 of 255 of the full table. Greys run from white to black.
 */
export type Colour = readonly [red: number, green: number, blue: number];

const tables = {
	magma: [
		"00000402020b0504160907200e0b2b140e361a104221114e29115a311165390f6e420f754a107952137c5a167e621980",
		"6a1c81721f81792282812581892881912b81992d80a1307eaa337db2357bba3878c23b75ca3e72d2426fd9466be04c67",
		"e75263ec5860f1605df4695cf7725cf97b5dfb8560fc8e64fd9869fea16efeaa74feb47bfebd82fec68afecf92fed89a",
		"fde2a3fdebacfcf4b6fcfdbf",
	],
	viridis: [
		"44015446085c471063481769481d6f482475472a7a46307e453781433d844142873f48893d4e8a3a538b38598c355e8d",
		"33638d31688e2e6d8e2c718e2a768e297b8e27808e25848e23898e218e8d20928c1f978b1e9c891fa18821a58524aa83",
		"28ae802eb37c35b7793dbc7446c06f50c46a5ac86465cb5e70cf577cd25089d54895d840a2da37b0dd2fbddf26cae11f",
		"d8e219e5e419f1e51dfde725",
	],
	greys: ["ffffff000000"],
} as const;

export type ColourMapName = keyof typeof tables;

const stops = { magma: parse(tables.magma), viridis: parse(tables.viridis), greys: parse(tables.greys) };

/** @param share 0 is the map's first colour (dark, for greys bright), 1 its last; beyond either, that end's colour */
export function colourAt(map: ColourMapName, share: number): Colour {
	const colours = stops[map];
	const place = Math.min(1, Math.max(0, share)) * (colours.length - 1);
	const below = Math.min(Math.floor(place), colours.length - 2);
	const [from, to] = [colours[below], colours[below + 1]];
	if (from === undefined || to === undefined) throw new RangeError(`colourAt: ${share} is no share`);
	const mix = (channel: 0 | 1 | 2) => Math.round(from[channel] + (to[channel] - from[channel]) * (place - below));
	return [mix(0), mix(1), mix(2)];
}

function parse(lines: readonly string[]): readonly Colour[] {
	const hex = lines.join("").match(/.{6}/g) ?? [];
	return hex.map((item) => [
		Number.parseInt(item.slice(0, 2), 16),
		Number.parseInt(item.slice(2, 4), 16),
		Number.parseInt(item.slice(4, 6), 16),
	]);
}
