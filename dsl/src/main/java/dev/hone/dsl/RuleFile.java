package dev.hone.dsl;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

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

    /** The problem that it is not there. */
    default Problem unknown() {
        return Problem.at(
                path().where(),
                ProblemCode.UNKNOWN_FILE,
                "There is no file '" + path().name() + "' beside the workflow.",
                "Save it there, or correct the path, which begins in the workflow's folder; a program that gives the"
                        + " workflow as a text gives the file with it.");
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

    /**
     * Rules in Drools' own language, which are Java and so can do anything: only an engine that trusts them takes them.
     *
     * @param may what they may do; of all else they can only flag, pause and quarantine
     * @param text of the file; empty until it is opened, and when it is not there
     */
    record Drl(Workflow.Name path, List<May> may, int salience, int at, Optional<String> text) implements RuleFile {
        @Override
        public RuleFile at(int place) {
            return new Drl(path, may, salience, place, text);
        }

        public Drl with(String content) {
            return new Drl(path, may, salience, at, Optional.of(content));
        }
    }

    /**
     * What rules that cannot be looked into may do when a fact of a kind comes up.
     *
     * @param id the path of their file
     */
    record May(String id, Rule.FactKind fact, List<Rule.Effect> then, Where where) implements Reaction {

        /** The word for the kind: they may speak of whatever comes up. */
        @Override
        public Set<String> names() {
            return Set.of(fact.name().toLowerCase(Locale.ROOT));
        }

        @Override
        public String scope() {
            return "";
        }
    }
}
