package dev.hone.connectors.local.game24;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelReply;
import dev.hone.connectors.api.ModelReply.Finish;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.ModelRequest.Speaker;
import dev.hone.connectors.api.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A player of the Game of 24 that was not trained: it draws steps at random, whole numbers more often than fractions and
 * positive ones more often than others, and only its last step looks at 24, which the nearest result is likeliest to end in.
 * Given an {@code attempt}, it keeps the first step, the first two or none, as chance has it, and plays on from there.
 *
 * <p>It reads {@code {"numbers": [4, 6, 7, 9], "attempt": "9 - 7 = 2"}} from the inputs or the last user message. A number
 * or sign is a token.
 */
public final class Game24Player implements Model {

    public static final String NAME = "game24-player";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TOKENS_A_STEP = 3;
    private static final int STEPS = Game.NUMBERS - 1;
    private static final double ODD = 0.1;

    @Override
    public Usage atMost(ModelRequest request) {
        return new Usage(1, Game.NUMBERS + STEPS * TOKENS_A_STEP, Math.min(request.maxTokens(), written(STEPS)), 0);
    }

    @Override
    public ModelReply generate(ModelRequest request, CallContext context) throws ConnectorException {
        if (context.cancellation().cancelled()) {
            throw new ConnectorException(Kind.CANCELLED, "the run was cancelled", "start it again");
        }
        if (!context.timeout().isPositive()) {
            throw new ConnectorException(Kind.TIMEOUT, "no time was left for the call", "give the step more time");
        }
        request.refuseImages(NAME);
        double temperature = request.temperature().orElse(1.0);
        if (!Double.isFinite(temperature) || temperature < 0) {
            throw new ConnectorException(
                    Kind.BAD_INPUT, "the temperature is " + temperature, "give a temperature of 0 or more");
        }
        SplittableRandom random = new SplittableRandom(context.seed());
        Game kept = kept(inputs(request), random);
        Game game = kept;
        int drawn = 0;
        while (game.now().size() > 1 && written(drawn + 1) <= request.maxTokens()) {
            game = game.then(draw(game, temperature, random));
            drawn++;
        }
        return new ModelReply(
                game.text(),
                game.now().size() == 1 ? Finish.STOP : Finish.LENGTH,
                new Usage(1, Game.NUMBERS + kept.moves().size() * TOKENS_A_STEP, written(drawn), 0),
                NAME + "-" + context.seed());
    }

    private static int written(int steps) {
        return steps * TOKENS_A_STEP;
    }

    @Override
    public boolean inProcess() {
        return true;
    }

    private static JsonNode inputs(ModelRequest request) throws ConnectorException {
        return Stream.concat(
                        Stream.of(request.inputs()),
                        request.messages().reversed().stream()
                                .filter(message -> message.speaker() == Speaker.USER)
                                .limit(1)
                                .map(ModelRequest.Message::text))
                .map(Game24Player::parsed)
                .filter(json -> json.has("numbers"))
                .findFirst()
                .orElseThrow(() -> new ConnectorException(
                        Kind.BAD_INPUT,
                        "there are no 'numbers', neither in the inputs nor as JSON in the last user message",
                        "give the inputs as {\"numbers\": [4, 6, 7, 9]}, and an \"attempt\" if there is one"));
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException prose) {
            return MissingNode.getInstance();
        }
    }

    /** What is kept of the attempt, if there is one. */
    private static Game kept(JsonNode inputs, SplittableRandom random) throws ConnectorException {
        List<Integer> numbers = new ArrayList<>();
        inputs.path("numbers").forEach(number -> numbers.add(number.isInt() ? number.asInt() : 0));
        Game game =
                Game.played(Game24Check.numbers(numbers), inputs.path("attempt").asText(""));
        return game.upTo(random.nextInt(Math.min(game.moves().size(), STEPS - 1) + 1));
    }

    private static Move draw(Game game, double temperature, SplittableRandom random) {
        List<Move> moves = Moves.of(game.now());
        double[] weights =
                moves.stream().mapToDouble(move -> weight(game, move)).toArray();
        int likeliest = 0;
        for (int i = 1; i < weights.length; i++) {
            likeliest = weights[i] > weights[likeliest] ? i : likeliest;
        }
        if (temperature == 0) {
            return moves.get(likeliest);
        }
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.pow(weights[i] / weights[likeliest], 1 / temperature);
            sum += weights[i];
        }
        double rest = random.nextDouble() * sum;
        for (int i = 0; i < weights.length; i++) {
            rest -= weights[i];
            if (rest < 0) {
                return moves.get(i);
            }
        }
        return moves.get(likeliest);
    }

    private static double weight(Game game, Move move) {
        Fraction value = move.value();
        double plain = (value.whole() ? 1 : ODD) * (value.over() >= 0 ? 1 : ODD);
        if (game.now().size() > 2) {
            return plain;
        }
        double distance = Math.abs(value.value() - Game.GOAL.value());
        return plain / ((1 + distance) * (1 + distance));
    }
}
