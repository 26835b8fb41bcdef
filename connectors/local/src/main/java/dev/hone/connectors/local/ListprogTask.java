package dev.hone.connectors.local;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.local.listprog.Digits;
import dev.hone.connectors.local.listprog.Example;
import dev.hone.connectors.local.listprog.Program;
import dev.hone.connectors.local.listprog.Task;
import java.util.ArrayList;
import java.util.List;

/** A task as workflows carry it: its visible examples. */
public record ListprogTask(List<ListprogRun.Case> examples) {

    /** The most tasks that a tool takes or a model is asked at once. */
    static final int MOST = 5_000;

    static ListprogTask of(Task task) {
        return new ListprogTask(task.examples().stream()
                .map(one -> new ListprogRun.Case(Digits.toList(one.in()), Digits.toList(one.out())))
                .toList());
    }

    /** @param where as messages name it */
    List<Example> visible(String where) throws ConnectorException {
        if (examples == null || examples.size() != Task.VISIBLE) {
            throw bad(where + " has " + (examples == null ? "no" : examples.size()) + " examples, not " + Task.VISIBLE);
        }
        return cases(examples, where);
    }

    static List<Example> cases(List<ListprogRun.Case> cases, String where) throws ConnectorException {
        List<Example> read = new ArrayList<>();
        for (ListprogRun.Case one : cases) {
            if (one == null || one.in() == null || one.out() == null) {
                throw bad(where + " has an example without 'in' or 'out'");
            }
            try {
                read.add(new Example(Digits.of(one.in()), Digits.of(one.out())));
            } catch (IllegalArgumentException e) {
                throw bad(where + ": " + e.getMessage());
            }
        }
        return read;
    }

    static Program program(String text, String where) throws ConnectorException {
        if (text == null) {
            throw bad(where + " is absent");
        }
        try {
            return Program.parse(text);
        } catch (IllegalArgumentException e) {
            throw bad(where + " is no program: " + e.getMessage());
        }
    }

    static ConnectorException bad(String what) {
        return new ConnectorException(
                Kind.BAD_INPUT,
                what,
                "give tasks as listprog-tasks does, {\"examples\": [{\"in\": [1], \"out\": [1]}, ...]}");
    }
}
