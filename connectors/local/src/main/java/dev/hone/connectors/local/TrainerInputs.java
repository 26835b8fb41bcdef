package dev.hone.connectors.local;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.local.ListprogAdapter.Example;
import dev.hone.connectors.local.transformer.FineTuning.Taught;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the trainers of the local generators are given, checked. */
public final class TrainerInputs {

    private static final String BASE = "base";
    private static final String PRESENT = "present";

    private TrainerInputs() {}

    /**
     * The programs to be taught; what has no weight above 0 is left out.
     *
     * @throws ConnectorException of kind BAD_INPUT, naming the example that is none
     */
    public static List<Taught> taught(List<Example> data) throws ConnectorException {
        within("the number of examples", data.size(), 0, ListprogTask.MOST);
        List<Taught> taught = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            Example one = data.get(i);
            if (one == null || one.example() == null || one.example().task() == null) {
                throw ListprogTask.bad("data[" + i + "].example is no {task, program}");
            }
            if (!Double.isFinite(one.weight())) {
                throw ListprogTask.bad("data[" + i + "].weight is " + one.weight());
            }
            if (one.weight() > 0) {
                String where = "data[" + i + "].example";
                taught.add(new Taught(
                        one.example().task().visible(where + ".task"),
                        ListprogTask.program(one.example().program(), where + ".program"),
                        one.weight()));
            }
        }
        return taught;
    }

    /**
     * Whether the training goes on with the version of the slot, {@code present}, or begins with the shipped model, {@code
     * base}, as when nothing is said.
     *
     * @throws ConnectorException of kind BAD_INPUT for another word
     */
    public static boolean goesOn(Optional<String> from) throws ConnectorException {
        return switch (from.orElse(BASE)) {
            case BASE -> false;
            case PRESENT -> true;
            default ->
                throw new ConnectorException(
                        Kind.BAD_INPUT, "'from' is '" + from.get() + "'", "write '" + BASE + "' or '" + PRESENT + "'");
        };
    }

    /** @throws ConnectorException of kind BAD_INPUT when the number is not between the two, or is none */
    public static void within(String what, double value, double least, double most) throws ConnectorException {
        if (!(value >= least && value <= most)) {
            throw new ConnectorException(
                    Kind.BAD_INPUT,
                    what + " is " + value + ", which has to be from " + least + " to " + most,
                    "correct it in the step's 'with'");
        }
    }
}
