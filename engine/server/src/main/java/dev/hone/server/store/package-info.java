/** The tables of the service, beside those of the ledger and in the same database. */
@NullMarked
package dev.hone.server.store;

import org.jspecify.annotations.NullMarked;
