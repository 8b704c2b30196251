import { describe, expect, it } from "vitest";
import { chooseImages } from "../../src/report/chooseImages.ts";

const set = (splits: Readonly<Record<string, number>>, classNames: readonly string[] = ["a", "b"]) => ({
	id: "mine",
	classNames,
	splits: Object.entries(splits).map(([name, count]) => ({ name, count })),
});
const split = (splits: Readonly<Record<string, number>>) => chooseImages({}, set(splits)).images.split;

describe("chooseImages", () => {
	it("takes the test images, else those of validation, else all", () => {
		expect(split({ all: 9, probe: 4, test: 5 })).toBe("test");
		expect(split({ train: 9, validation: 5, all: 14 })).toBe("validation");
		expect(split({ all: 9, train: 9 })).toBe("all");
		expect(split({ train: 9 })).toBe("train");
		expect(split({ test: 0, all: 9 })).toBe("all");
	});

	it("takes 2 560 images or what there is, in batches of 64 or of what gives four batches", () => {
		const images = (count: number) => chooseImages({}, set({ test: count })).images;
		expect(images(1e9)).toMatchObject({ count: 2560, batchSize: 64 });
		expect(images(256)).toMatchObject({ count: 256, batchSize: 64 });
		expect(images(200)).toMatchObject({ count: 200, batchSize: 32 });
		expect(images(19)).toMatchObject({ count: 19, batchSize: 4 });
		expect(images(3)).toMatchObject({ count: 3, batchSize: 4 });
	});

	it("takes what is told", () => {
		const asked = { split: "probe", count: 12, batchSize: 6 };
		expect(chooseImages(asked, set({ test: 99, probe: 20 })).images).toEqual({ set: "mine", ...asked });
	});

	it("fits probes on labelled images that are not tested on, or not at all", () => {
		const train = (splits: Readonly<Record<string, number>>, asked = {}, names = ["a"]) =>
			chooseImages(asked, set(splits, names)).train;
		expect(train({ test: 9, probe: 5000 })).toEqual({ set: "mine", split: "probe", count: 1024, batchSize: 64 });
		expect(train({ validation: 9, train: 50 })).toMatchObject({ split: "train", count: 50 });
		expect(train({ test: 9, probe: 0 })).toBeNull();
		expect(train({ test: 9, probe: 9 }, {}, [])).toBeNull();
		expect(train({ all: 18, test: 9, probe: 9 }, { split: "all" })).toBeNull();
		expect(train({ test: 9, probe: 9 }, { split: "probe" })).toBeNull();
	});

	it("refuses a split that is not there, and more images than there are", () => {
		expect(() => chooseImages({ split: "tes" }, set({ test: 9, probe: 9 }))).toThrow(
			expect.objectContaining({ hint: "Did you mean test?" }),
		);
		expect(() => chooseImages({ count: 10 }, set({ test: 9 }))).toThrow(
			expect.objectContaining({ message: "10 images are asked for; mine/test has 9" }),
		);
		expect(() => chooseImages({}, set({}))).toThrow(/no split of image set "mine"/);
	});
});
