@NullMarked
package dev.hone.engine.ledger;

import org.jspecify.annotations.NullMarked;
