package dev.hone.connectors.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.local.listprog.Program;
import dev.hone.connectors.local.transformer.Reading;
import dev.hone.connectors.local.transformer.Sampler;
import dev.hone.connectors.local.transformer.Sampler.Sample;
import dev.hone.connectors.local.transformer.Transformer;
import java.util.List;
import java.util.Optional;

/** What a network is used for: which inputs it reads and what its reply says. */
enum ListprogRole {
    /** Reads the task, replies a program. */
    GENERATOR(1) {
        @Override
        Answer answer(ListprogInputs inputs, Transformer network, Sampler sampler) throws ConnectorException {
            Reading reading = network.read(inputs.observations(MissingNode.getInstance()), Optional.empty());
            return Answer.of(sampler.program(reading, List.of()));
        }
    },
    /**
     * Reads the task, a draft and its trace, replies a {@link Critique}. Of the draft's operations it blames none that an
     * earlier critique of the same draft blamed, and none that another program, held against it, has at the same place.
     */
    CRITIC(0) {
        @Override
        Answer answer(ListprogInputs inputs, Transformer network, Sampler sampler) throws ConnectorException {
            Program draft = inputs.draft();
            JsonNode trace = inputs.trace();
            Reading reading = network.read(inputs.observations(trace), Optional.of(draft));
            int token = sampler.critique(reading, inputs.suspects(draft));
            return new Answer(text(Critique.of(token, draft, trace)), reading.tokens() + 1, 1, true);
        }
    },
    /** Reads the task, a draft and the critic's reply, and nothing else; replies a program. */
    EDITOR(1) {
        @Override
        Answer answer(ListprogInputs inputs, Transformer network, Sampler sampler) throws ConnectorException {
            JsonNode feedback = inputs.feedback();
            Reading reading = network.read(inputs.observations(feedback.path("trace")), Optional.of(inputs.draft()));
            return Answer.of(sampler.edit(reading, ListprogInputs.critique(feedback)));
        }
    };

    private final double usualTemperature;

    ListprogRole(double usualTemperature) {
        this.usualTemperature = usualTemperature;
    }

    /**
     * A reply and what it took.
     *
     * @param read tokens processed before the first was drawn
     * @param written tokens drawn
     */
    record Answer(String text, int read, int written, boolean finished) {
        static Answer of(Sample sample) {
            return new Answer(sample.program().text(), sample.read(), sample.written(), sample.finished());
        }
    }

    abstract Answer answer(ListprogInputs inputs, Transformer network, Sampler sampler) throws ConnectorException;

    /** The temperature when a request names none. */
    double usualTemperature() {
        return usualTemperature;
    }

    private static String text(Critique critique) throws ConnectorException {
        try {
            return ListprogInputs.JSON.writeValueAsString(critique);
        } catch (JsonProcessingException e) {
            throw new ConnectorException(
                    Kind.BROKEN, "the critique could not be written as JSON", "report this defect", null, e);
        }
    }
}
