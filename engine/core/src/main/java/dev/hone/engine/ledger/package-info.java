/** The truth about runs: append-only events, the programs they belong to, and what they spent. The only JDBC code. */
@NullMarked
package dev.hone.engine.ledger;

import org.jspecify.annotations.NullMarked;
