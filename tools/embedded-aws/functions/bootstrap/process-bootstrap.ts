/** The first file of a function's own process. */
import { runConnected } from './connected-runtime';

void runConnected(process, console);
