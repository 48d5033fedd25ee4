/** Written into every record that the engine touches, so that an operator can tell which code made it. */
export const ENGINE_VERSION = '1.0.0';
