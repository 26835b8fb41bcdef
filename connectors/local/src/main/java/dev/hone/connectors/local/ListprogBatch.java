package dev.hone.connectors.local;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.local.ListprogRole.Answer;
import dev.hone.connectors.local.listprog.Task;
import dev.hone.connectors.local.transformer.Reading;
import dev.hone.connectors.local.transformer.Sampler;
import dev.hone.connectors.local.transformer.Sampler.Sample;
import dev.hone.connectors.local.transformer.Token;
import dev.hone.connectors.local.transformer.Transformer;
import dev.hone.connectors.local.transformer.Writing;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Many tasks in one question to a generator, {@code {tasks: [{examples}, ...], samples: 4}}, answered with {@code {"programs":
 * [[...], ...]}}: of each task so many independent programs, in the order of the tasks. Every token counts as it would alone.
 *
 * @param tasks each with its examples
 * @param samples programs for each
 */
record ListprogBatch(List<ListprogInputs> tasks, int samples) {

    /** The most programs of one question: some seconds of work. */
    static final int MOST = 1_000;

    /** The most tokens that are read: of each task the examples and the start mark, once for all its programs. */
    long mostRead() {
        return (long) tasks.size() * (Task.VISIBLE + 1);
    }

    long mostWritten() {
        return (long) tasks.size() * samples * Sampler.LONGEST;
    }

    /**
     * Answers; when the tokens are used up, with fewer programs.
     *
     * @param stopped asked before each task; a batch that is stopped ends unfinished
     */
    Answer answer(Transformer network, double temperature, int maxTokens, long seed, BooleanSupplier stopped)
            throws ConnectorException {
        SplittableRandom random = new SplittableRandom(seed);
        ObjectNode reply = ListprogInputs.JSON.createObjectNode();
        ArrayNode programs = reply.putArray("programs");
        int read = 0;
        int written = 0;
        boolean finished = true;
        for (ListprogInputs task : tasks) {
            if (stopped.getAsBoolean()) {
                return new Answer(reply.toString(), read, written, false);
            }
            ArrayNode drawn = programs.addArray();
            Reading reading = network.read(task.observations(MissingNode.getInstance()), Optional.empty());
            read += reading.tokens() + 1;
            Writing started = reading.write(Sampler.PROGRAM_POSITION);
            float[] first = started.append(Token.START);
            for (int i = 0; i < samples && finished; i++) {
                if (written == maxTokens) {
                    finished = false;
                    break;
                }
                Sample sample = new Sampler(temperature, maxTokens - written, random.split()).program(started, first);
                written += sample.written();
                finished = sample.finished();
                if (finished) {
                    drawn.add(sample.program().text());
                }
            }
        }
        return new Answer(reply.toString(), read, written, finished);
    }
}
