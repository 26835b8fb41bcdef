package dev.hone.connectors.local.transformer;

import dev.hone.connectors.local.listprog.Op;
import dev.hone.connectors.local.listprog.Program;

/**
 * The vocabulary: token {@code i} below {@link #END} is operation {@code i}; then come the marks and the critiques. The
 * numbers are part of the weights format.
 */
public final class Token {

    /** Ends a program. */
    public static final int END = Op.all().size();

    /** Begins what the model writes. */
    public static final int START = END + 1;

    /** The critique "the operation at position p alone is wrong" is token {@code FIRST_POSITION + p}, p from 0. */
    public static final int FIRST_POSITION = START + 1;

    /** The critique "no single substitution repairs the draft". */
    public static final int REWRITE = FIRST_POSITION + Program.MAX_LENGTH;

    /** The critique "the draft passes". */
    public static final int NO_ISSUE = REWRITE + 1;

    /** Stands where a draft has no more operations, or where no critique is given. */
    public static final int NOTHING = NO_ISSUE + 1;

    public static final int COUNT = NOTHING + 1;

    private Token() {}
}
