/** The folder with real models and photographs, which only a developer's machine and CI have; null elsewhere. */
export const sharedData: string | null = process.env.SIGHTLINE_TEST_DATA ?? null;
