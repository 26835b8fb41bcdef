package dev.hone.connectors.local.listprog;

/**
 * What a program makes of one list.
 *
 * @param in a packed list (see {@link Digits})
 * @param out the packed list expected
 */
public record Example(int in, int out) {

    public boolean solvedBy(Program program) {
        return program.run(in) == out;
    }
}
