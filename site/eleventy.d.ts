/** Eleventy has no types of its own: the part of it that the site uses. */
declare module "@11ty/eleventy" {
	export default class Eleventy {
		constructor(
			input: string,
			output: string,
			options: {
				readonly configPath: null;
				readonly quietMode: boolean;
				readonly source: "script";
				readonly config: (configuration: EleventyConfiguration) => void;
			},
		);
		disableLogger(): void;
		/** @throws where a template fails */
		write(): Promise<unknown>;
	}

	export interface EleventyConfiguration {
		setTemplateFormats(formats: readonly string[]): void;
		setUseGitIgnore(enabled: boolean): void;
		addGlobalData(name: string, data: unknown): void;
		addPlugin(plugin: unknown): void;
		/** A template that is no file; the name's ending says its language. */
		addTemplate(name: string, template: VirtualTemplate): void;
	}

	export interface VirtualTemplate {
		readonly data: Readonly<Record<string, unknown>>;
		// biome-ignore lint/suspicious/noExplicitAny: what a template is given depends on its own data.
		render(this: EleventyFilters, data: any): string | Promise<string>;
	}

	export interface EleventyFilters {
		/** Of EleventyRenderPlugin. */
		renderContent(content: string, language: "md"): Promise<string>;
	}

	export const EleventyRenderPlugin: unknown;
}
