package dev.hone.connectors.env.player;

import dev.hone.connectors.api.ConnectorException;
import java.util.SplittableRandom;

/**
 * A program in the role of a model. It reads the inputs of a call, not its prompt, keeps nothing between calls, and says in its
 * documentation how it decides and how often it errs.
 *
 * @param <I> what it reads; of the call's inputs, those that it does not name are not read, and what is not Optional must be there
 */
interface Player<I extends Record> {

    /** The part of the model's name after {@code player/}. */
    String name();

    Class<I> input();

    /**
     * The reply.
     *
     * @param chance of this call, the same in every repetition of it
     * @return a text, or a record, which is written as JSON
     * @throws ConnectorException of kind BAD_INPUT when the inputs make no sense
     */
    Object answer(I input, SplittableRandom chance) throws ConnectorException;

    /** That the inputs make no sense. */
    static ConnectorException bad(String what, String fix) {
        return new ConnectorException(ConnectorException.Kind.BAD_INPUT, what, fix);
    }
}
