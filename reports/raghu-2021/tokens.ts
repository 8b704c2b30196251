/** Which tokens the figures of localisation draw at first: the paper's, on the grids of these models. */
import type { TokenPlace } from "../../src/report/localizationMaps.ts";

/** Fig. 9 of ViT-B/32, whose grid is 7 x 7. */
export const tokensOfVit: readonly TokenPlace[] = [
	[0, 0],
	[2, 1],
	[4, 2],
	[4, 4],
];

/** Fig. 9 of ViT-L/16: (0, 0), (2, 3), (2, 7) and (4, 5) of 14 x 14, taken to 8 x 8. */
export const tokensOfLargeVit: readonly TokenPlace[] = [
	[0, 0],
	[1, 2],
	[1, 4],
	[2, 3],
];

/** Those of Fig. 9 that lie nearest on the smaller last map of a ResNet, 4 x 4. */
export const positionsOfResnet: readonly TokenPlace[] = [
	[0, 0],
	[1, 1],
	[2, 1],
	[2, 2],
];

/** Fig. D.1 of ViT-H/14: (0, 0), (2, 5), (5, 10) and (5, 11) of 16 x 16, taken to a grid of half that side. */
export const tokensOfLargestVit: readonly TokenPlace[] = [
	[0, 0],
	[1, 2],
	[2, 5],
	[3, 5],
];
