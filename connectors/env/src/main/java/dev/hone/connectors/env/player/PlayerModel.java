package dev.hone.connectors.env.player;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelReply;
import dev.hone.connectors.api.ModelReply.Finish;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.Usage;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** A player as a model. It costs nothing; a token is counted for every four characters that it reads or writes. */
final class PlayerModel<I extends Record> implements Model {

    /** The most characters of inputs that are read. */
    private static final int LONGEST = 1_000_000;

    private static final int CHARACTERS_A_TOKEN = 4;

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .build();

    private final Player<I> player;

    PlayerModel(Player<I> player) {
        this.player = player;
    }

    @Override
    public Usage atMost(ModelRequest request) {
        return new Usage(1, tokens(request.inputs()), request.maxTokens(), 0);
    }

    @Override
    public ModelReply generate(ModelRequest request, CallContext context) throws ConnectorException {
        if (context.cancellation().cancelled()) {
            throw new ConnectorException(Kind.CANCELLED, "the run was cancelled", "start it again");
        }
        if (!context.timeout().isPositive()) {
            throw new ConnectorException(Kind.TIMEOUT, "no time was left for the call", "give the step more time");
        }
        request.refuseImages("player/" + player.name());
        double temperature = request.temperature().orElse(1.0);
        if (!Double.isFinite(temperature) || temperature < 0) {
            throw Player.bad("the temperature is " + temperature, "give a temperature of 0 or more, or none");
        }
        String said = written(player.answer(read(request.inputs()), new SplittableRandom(context.seed())));
        int most = (int) Math.min(said.length(), (long) request.maxTokens() * CHARACTERS_A_TOKEN);
        String reply = said.substring(0, most);
        return new ModelReply(
                reply,
                most < said.length() ? Finish.LENGTH : Finish.STOP,
                new Usage(1, tokens(request.inputs()), tokens(reply), 0),
                player.name() + "-" + context.seed());
    }

    @Override
    public boolean inProcess() {
        return true;
    }

    private static long tokens(String text) {
        return Math.ceilDiv(text.length(), CHARACTERS_A_TOKEN);
    }

    private I read(String inputs) throws ConnectorException {
        if (inputs.length() > LONGEST) {
            throw Player.bad(
                    "player/" + player.name() + " is asked with " + inputs.length() + " characters",
                    "give it at most " + LONGEST);
        }
        try {
            return Optional.ofNullable(JSON.readValue(inputs, player.input()))
                    .orElseThrow(() -> Player.bad("player/" + player.name() + " is asked with nothing", expected()));
        } catch (JsonMappingException e) {
            String place = e.getPath().stream()
                    .map(part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : "." + part.getFieldName())
                    .collect(Collectors.joining());
            throw Player.bad(
                    "the inputs of player/" + player.name() + " do not fit"
                            + (place.isEmpty() ? "" : " at '" + place.substring(1) + "'"),
                    expected());
        } catch (JsonProcessingException e) {
            throw Player.bad("the inputs of player/" + player.name() + " are no JSON object", expected());
        }
    }

    /** Which inputs there are, those in brackets may be absent. */
    private String expected() {
        return "give 'in' of the call "
                + Arrays.stream(player.input().getRecordComponents())
                        .map(PlayerModel::named)
                        .collect(Collectors.joining(", "));
    }

    private static String named(RecordComponent component) {
        return component.getType() == Optional.class ? "[" + component.getName() + "]" : component.getName();
    }

    private String written(Object answer) throws ConnectorException {
        if (answer instanceof String text) {
            return text;
        }
        try {
            return JSON.writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new ConnectorException(
                    Kind.BROKEN,
                    "the reply of player/" + player.name() + " could not be written as JSON",
                    "report this defect",
                    null,
                    e);
        }
    }
}
