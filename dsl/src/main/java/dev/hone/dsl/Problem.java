package dev.hone.dsl;

import java.util.Optional;

/**
 * The one shape of everything that can go wrong, from the editor to the ledger.
 *
 * @param where in the source, or empty when no line is to blame
 * @param what one sentence: what happens, naming the value concerned
 * @param fix one sentence: what to do
 */
public record Problem(ProblemCode code, Optional<Where> where, String what, String fix) {

    public static Problem at(Where where, ProblemCode code, String what, String fix) {
        return new Problem(code, Optional.of(where), what, fix);
    }

    public static Problem of(ProblemCode code, String what, String fix) {
        return new Problem(code, Optional.empty(), what, fix);
    }

    /** One line as compilers print it: {@code file:line:column: CODE what fix}. */
    @Override
    public String toString() {
        return where.map(w -> w + ": ").orElse("") + code + ": " + what + " " + fix;
    }
}
