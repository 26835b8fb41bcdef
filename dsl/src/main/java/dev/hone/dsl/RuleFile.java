package dev.hone.dsl;

import java.util.Optional;

/**
 * A file beside the workflow that has rules of it. Reading a workflow does not open it; {@link dev.hone.dsl.use.Expansion}
 * does.
 */
public sealed interface RuleFile {

    /** From the folder of the workflow's file; it never leads out of that folder. */
    Workflow.Name path();

    int salience();

    /** How many of the workflow's own rules stand before it. */
    int at();

    RuleFile at(int at);

    /** The file's name in problems: the path from where the workflow's own file is named from. */
    default String shown() {
        String workflow = path().where().file();
        int end = Math.max(workflow.lastIndexOf('/'), workflow.lastIndexOf('\\'));
        return workflow.substring(0, end + 1) + path().name();
    }

    /**
     * A decision table: rows in the form of CSV (RFC 4180) or DMN (OMG DMN 1.3 or later).
     *
     * @param id names the table; its rows are ID-1, ID-2 ...
     * @param hit absent when the file does not say it; a DMN file says it itself
     */
    record Table(String id, Workflow.Name path, Rule.FactKind fact, Optional<Rule.Hit> hit, int salience, int at)
            implements RuleFile {
        @Override
        public RuleFile at(int place) {
            return new Table(id, path, fact, hit, salience, place);
        }
    }
}
