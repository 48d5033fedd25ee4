/** Source of unique identifiers (UUID v4), injected so that tests and the simulation repeat. */
export type NewIdentifier = () => string;
