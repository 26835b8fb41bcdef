package dev.hone.engine.ledger;

import org.jdbi.v3.core.Handle;

/** Tables that somebody keeps beside the ledger's, and that are written with the events of runs, all or nothing. */
public interface Companion {

    /** Brings its tables up to date, before any event is written. */
    void prepare(Database database);

    /**
     * What follows from an event.
     *
     * @param handle of the transaction that writes the event; it may be done again from its beginning
     */
    void happened(Handle handle, RunEvent event);
}
