/**
 * One job in, one outcome out. A worker reads what it needs from the ledger, performs one step, writes what came of it to the
 * ledger and tells Zeebe one thing: done, again later, or a BPMN error that moves the flow. A job that is delivered twice
 * finds its own events and does nothing twice.
 */
@NullMarked
package dev.hone.engine.work;

import org.jspecify.annotations.NullMarked;
