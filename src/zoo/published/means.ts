/** The means and deviations that published models were normalised with, of red, green and blue in 0..1. */

/** Of ImageNet's training images. */
export const imagenet = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] } as const;

/** "ImageNet standard" in transformers, "Inception" in timm: values from -1 to 1. */
export const halves = { mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] } as const;

/** Of the images that CLIP was trained on. */
export const clip = {
	mean: [0.48145466, 0.4578275, 0.40821073],
	deviation: [0.26862954, 0.26130258, 0.27577711],
} as const;
