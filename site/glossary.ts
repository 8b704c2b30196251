/** The words of the field in plain ones, and which of them a text uses. */

export interface GlossaryEntry {
	/** Of its place in the page. */
	readonly id: string;
	readonly term: string;
	/** One or two sentences. */
	readonly text: string;
	/** How texts name it. */
	readonly found: RegExp;
	/** Id of the part of the method page that has its formula. */
	readonly method?: string;
}

export const glossary: readonly GlossaryEntry[] = [
	{
		id: "accuracy",
		term: "accuracy, top-1",
		text: "The share of images for which the class that a model or a probe finds likeliest is the right one.",
		found: /\baccurac(?:y|ies)\b|\btop-1\b/i,
		method: "accuracy",
	},
	{
		id: "attention",
		term: "attention, self-attention",
		text: "The part of a transformer's block in which every token gathers from all others what it needs. How much it takes from each is an attention weight; the weights of one token add up to 1.",
		found: /\b(?:self-)?attentions?\b(?! (?:distance|head))/i,
	},
	{
		id: "attention-distance",
		term: "attention distance",
		text: "How far away, in pixels, the patches lie that a head takes from, on the average of its weights. A small one is local, one near that of even attention global.",
		found: /\battention distances?\b|how far, in pixels/i,
		method: "attention-distance",
	},
	{
		id: "attention-entropy",
		term: "attention entropy",
		text: "How widely a head spreads its weights, wherever they fall: 0 where it takes from one token alone, and the logarithm of the number of tokens where it takes from all alike.",
		found: /\battention entropy\b/i,
		method: "attention-entropy",
	},
	{
		id: "attention-head",
		term: "attention head",
		text: "One of several attentions that work side by side in a block, each with weights of its own, so that one may look close by while another looks far.",
		found: /\bheads?\b(?! of a)/i,
	},
	{
		id: "batch",
		term: "batch",
		text: "A group of images that is measured together. Similarities are estimated batch by batch, and the spread between batches tells how sure a value is.",
		found: /\bbatch(?:es)?\b/i,
	},
	{
		id: "block",
		term: "block, unit",
		text: "A piece of a network that is repeated many times: in a ViT attention and an MLP, in a ResNet a few convolutions, called a unit here.",
		found: /\b(?:blocks?|units?)\b/i,
	},
	{
		id: "branch",
		term: "branch",
		text: "What a block computes and adds to what it was given: its attention, its MLP, or the convolutions of a unit.",
		found: /\bbranch(?:es)?\b/i,
		method: "residual-norms",
	},
	{
		id: "cka",
		term: "CKA (centred kernel alignment)",
		text: "A number that tells how alike two layers sort the same images, whatever their widths: 1 where one is the other turned and scaled, 0 where they have nothing in common. Linear CKA compares which pairs of images each finds alike.",
		found: /\bCKA\b/,
		method: "cka",
	},
	{
		id: "class-token",
		term: "class token (CLS)",
		text: "A token that stands for no patch: it is added to the others at the start, gathers what it needs, and the model's answer is read from it at the end.",
		found: /\bclass tokens?\b|\bCLS\b/,
	},
	{
		id: "cosine",
		term: "cosine similarity",
		text: "How nearly two vectors point the same way: 1 for the same direction, 0 at a right angle, −1 for opposite ones.",
		found: /\bcosines?\b/i,
		method: "residual-norms",
	},
	{
		id: "effective-receptive-field",
		term: "effective receptive field",
		text: "The pixels that a place in a layer really depends on, found by asking how much it would change if a pixel did.",
		found: /\breceptive fields?\b|gradient of the centre cell/i,
		method: "receptive-field",
	},
	{
		id: "fine-tuning",
		term: "fine-tuning",
		text: "To train a trained model a little further, on other images.",
		found: /\bfine-tun(?:ing|ed|es)\b/i,
	},
	{
		id: "gap",
		term: "GAP (global average pooling)",
		text: "To read a model's answer from the mean over all places of its last layer, in place of a class token.",
		found: /\bGAP\b|\bglobal average pooling\b/,
	},
	{
		id: "hsic",
		term: "HSIC (Hilbert-Schmidt independence criterion)",
		text: "How much two layers vary together over the images; CKA is HSIC brought to a scale that ends at 1.",
		found: /\bHSIC\b/,
		method: "cka",
	},
	{
		id: "interval",
		term: "interval, 95 %",
		text: "The range in which the true value of a statistic lies with a probability of .95, as far as the choice of images goes.",
		found: /\bintervals?\b/i,
		method: "intervals",
	},
	{
		id: "jackknife",
		term: "jackknife",
		text: "A way to tell how sure a value is: it is computed again without each batch of images in turn, and the more it moves, the less sure it is.",
		found: /\bjackknife\b/i,
		method: "intervals",
	},
	{
		id: "layer",
		term: "layer, representation",
		text: "A place in the network where its numbers for an image can be read; these numbers are the layer's representation of that image.",
		found: /\b(?:layers?|representations?)\b/i,
	},
	{
		id: "linear-probe",
		term: "linear probe",
		text: "A simple classifier that is fitted to one layer of a finished model, to see how well the classes can be read there.",
		found: /\bprobes?\b|\blinear classifier\b/i,
		method: "probe",
	},
	{
		id: "localisation",
		term: "localisation",
		text: "Whether a token of a late layer still tells which patch of the image it came from.",
		found: /\blocali[sz]ation\b|\bown patch\b/i,
		method: "localisation",
	},
	{
		id: "mixer",
		term: "MLP-Mixer",
		text: "A network of patches like a ViT, in which an MLP over places does what attention does there.",
		found: /\bMixers?\b/,
	},
	{
		id: "mlp",
		term: "MLP (multilayer perceptron)",
		text: "Two layers of neurons that work on each token by itself; every block of a ViT has one behind its attention.",
		found: /\bMLPs?\b(?!-Mixer)/,
	},
	{
		id: "norm",
		term: "norm of a vector",
		text: "Its length: the root of the sum of its squares.",
		found: /\bnorm of\b|\bnorms of\b|\btimes longer\b/i,
		method: "residual-norms",
	},
	{
		id: "patch",
		term: "patch",
		text: "A small square of the image. A ViT cuts its input into patches and makes a token of each.",
		found: /\bpatch(?:es)?\b/i,
	},
	{
		id: "residual-stream",
		term: "residual stream, skip",
		text: "The path on which a token travels past every block, while each block adds its part to it. The way around one block is a skip.",
		found: /\bskips?\b|\bresidual (?:stream|addition)s?\b/i,
		method: "residual-norms",
	},
	{
		id: "resnet",
		term: "ResNet (residual network)",
		text: "A network of convolutions with skips: each place of a layer sees a small neighbourhood of the layer before.",
		found: /\bResNets?\b/,
	},
	{
		id: "ridge-regression",
		term: "ridge regression",
		text: "To fit a linear formula while keeping its weights small, so that it does not learn a few examples by heart; the ridge tells how small.",
		found: /\bridge\b/i,
		method: "probe",
	},
	{
		id: "seed",
		term: "seed",
		text: "The number that a chain of random choices starts from: the same seed gives the same choices.",
		found: /\bseeds?\b/i,
	},
	{
		id: "stage",
		term: "stage",
		text: "The units of a ResNet that work at one size of map; from stage to stage the map gets coarser.",
		found: /\bstages?\b/i,
	},
	{
		id: "standard-error",
		term: "standard error",
		text: "How far a value would typically move if other images of the same kind were taken.",
		found: /\bstandard errors?\b/i,
		method: "intervals",
	},
	{
		id: "token",
		term: "token",
		text: "The vector that stands for one patch (or for the whole image: the class token) on its way through a transformer.",
		found: /\btokens?\b/i,
	},
	{
		id: "unbiased-estimator",
		term: "unbiased estimator",
		text: "A way to compute a value from a few images that is neither too high nor too low on average. The plain estimate of CKA is too high, and nears 1 for any two wide layers.",
		found: /\bunbiased\b/i,
		method: "cka",
	},
	{
		id: "vision-transformer",
		term: "ViT (vision transformer)",
		text: "A network that cuts an image into patches and lets them exchange what they hold by attention, from the first block on.",
		found: /\bViTs?\b|\bvision transformers?\b/,
	},
];

/** What a text names, in the glossary's order. */
export function wordsOf(text: string): GlossaryEntry[] {
	return glossary.filter(({ found }) => found.test(text));
}
