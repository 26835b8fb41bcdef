package dev.hone.engine.work;

import dev.hone.engine.ledger.RunEvent;

/** Where in a run something happens: the BPMN element, and the maps' elements and loops' rounds around it. */
record Place(String element, String iteration) {

    static Place of(Site site) {
        return new Place(site.element(), site.iteration().toString());
    }

    static Place of(RunEvent event) {
        return new Place(event.element(), event.iteration());
    }
}
