/** Where the build leaves the console's page: beside its function's code. */
export const PAGE_FOLDER = 'assets/handlers/console.lambda/page';
