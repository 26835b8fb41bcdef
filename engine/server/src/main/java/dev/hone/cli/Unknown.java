package dev.hone.cli;

import dev.hone.dsl.Nearest;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import java.util.Collection;
import java.util.List;

/** What to say of a word that is none of those that a command knows. */
final class Unknown {

    private Unknown() {}

    /** @param lister the command that lists the known words */
    static EngineException of(String kind, String word, Collection<String> known, String lister) {
        String fix = Nearest.to(word, known)
                .map(near -> "Did you mean '" + near + "'?")
                .orElse("'" + lister + "' lists those there are.");
        return new EngineException(
                List.of(Problem.of(ProblemCode.NOT_FOUND, "there is no " + kind + " '" + word + "'.", fix)));
    }
}
