package dev.hone.connectors.external;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.api.SecretRef;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where a training runs, as the operator says it in {@code HONE_TRAINER_NAME}: a JSON object with either a {@code command}
 * or a {@code url}.
 *
 * @param command a program and its arguments; no shell reads it
 * @param environment the names of the variables that the program is given beside {@code PATH}, {@code HOME} and {@code LANG}
 * @param url where jobs are posted
 * @param key where the key that is sent along is found, as {@code env:NAME}
 * @param heartbeat how many seconds it may be silent; 60 when absent
 * @param poll how many seconds pass between two looks at a job behind a {@code url}; 1 when absent
 */
record Site(
        Optional<List<String>> command,
        Optional<List<String>> environment,
        Optional<String> url,
        Optional<String> key,
        Optional<Double> heartbeat,
        Optional<Double> poll) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final double LONGEST = 86_400;

    /** @throws ConnectorException of kind BAD_INPUT or UNKNOWN when there is none of this name, BROKEN when it is not one */
    static Site of(String name, UnaryOperator<String> variables) throws ConnectorException {
        if (name == null || !name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*") || name.length() > 60) {
            throw new ConnectorException(
                    Kind.BAD_INPUT,
                    "the trainer is called '" + shortened(String.valueOf(name)) + "'",
                    "write its name in lower case, words joined by -");
        }
        String variable = "HONE_TRAINER_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
        String text = variables.apply(variable);
        if (text == null || text.isBlank()) {
            throw new ConnectorException(
                    Kind.UNKNOWN,
                    "there is no trainer '" + name + "' here: " + variable + " is not set",
                    "the operator names it, for example with " + variable
                            + "='{\"command\": [\"python3\", \"/opt/train.py\"]}'");
        }
        Site site;
        try {
            site = JSON.readValue(text, Site.class);
        } catch (JsonProcessingException e) {
            throw broken(variable, "is no JSON object of command, environment, url, key, heartbeat and poll");
        }
        if (site == null || site.command.isPresent() == site.url.isPresent()) {
            throw broken(variable, "needs a command or a url, and not both");
        }
        if (site.command
                .filter(words -> words.isEmpty() || words.stream().anyMatch(word -> word == null || word.isEmpty()))
                .isPresent()) {
            throw broken(variable, "has an empty command");
        }
        if (site.url.isPresent()) {
            site.address(variable);
        }
        for (Optional<Double> seconds : List.of(site.heartbeat, site.poll)) {
            if (!(seconds.orElse(1.0) > 0 && seconds.orElse(1.0) <= LONGEST)) {
                throw broken(variable, "has " + seconds.get() + " seconds, which must be above 0 and at most a day");
            }
        }
        return site;
    }

    /** Of a site with a {@code url}, without a slash at its end. */
    URI address(String variable) throws ConnectorException {
        URI address;
        try {
            address = URI.create(url.orElseThrow().strip().replaceAll("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw broken(variable, "has a url that is none");
        }
        boolean secure = "https".equals(address.getScheme());
        if (!secure && !"http".equals(address.getScheme()) || address.getHost() == null) {
            throw broken(variable, "has a url that is no http address");
        }
        if (address.getRawUserInfo() != null || address.getRawQuery() != null || address.getRawFragment() != null) {
            throw broken(variable, "has a url with a user, a query or a fragment, which are not sent");
        }
        if (key.isPresent() && !secure && !address.getHost().matches("localhost|127\\..*|\\[::1\\]")) {
            throw broken(variable, "would send a key over http to another machine");
        }
        return address;
    }

    /** The key's value, to be used and forgotten. */
    Optional<String> secret(String variable) throws ConnectorException {
        if (key.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SecretRef(key.get()).resolve().strip());
        } catch (IllegalArgumentException e) {
            throw broken(variable, "has a key that is no reference, like env:NAME");
        }
    }

    Duration silence() {
        return seconds(heartbeat.orElse(60.0));
    }

    Duration between() {
        return seconds(poll.orElse(1.0));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) Math.ceil(seconds * 1000));
    }

    /** The value may hold what nobody should see, so it is not repeated. */
    private static ConnectorException broken(String variable, String what) {
        return new ConnectorException(Kind.BROKEN, variable + " " + what, "the operator has to change it");
    }

    static String shortened(String text) {
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() <= 200 ? line : line.substring(0, 200) + "...";
    }
}
