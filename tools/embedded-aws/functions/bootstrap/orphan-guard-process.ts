/** The first file of the process that ends orphans. */
import { watchForOrphans } from './orphan-watch';

watchForOrphans(process);
