package dev.hone.connectors.common;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.api.SecretRef;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What the operator says in an environment variable: a JSON object, read strictly.
 *
 * @param variable where it stands
 */
public record Setting<T extends Record>(String variable, T value) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final int LONGEST_NAME = 60;

    /**
     * Of the thing that a workflow calls {@code name}, in {@code HONE_KIND_NAME}.
     *
     * @param kind what it is, one word in lower case
     * @param example a value, to be shown where there is none
     * @throws ConnectorException of kind BAD_INPUT for what is no name, UNKNOWN without one, BROKEN when it cannot be read
     */
    public static <T extends Record> Setting<T> named(
            String kind, String name, Class<T> type, String example, UnaryOperator<String> variables)
            throws ConnectorException {
        if (name == null || !name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*") || name.length() > LONGEST_NAME) {
            throw new ConnectorException(
                    Kind.BAD_INPUT,
                    "the " + kind + " is called '" + Shown.line(String.valueOf(name)) + "'",
                    "write its name in lower case, words joined by -");
        }
        String variable = "HONE_" + (kind + "_" + name).toUpperCase(Locale.ROOT).replace('-', '_');
        String text = variables.apply(variable);
        if (text == null || text.isBlank()) {
            throw new ConnectorException(
                    Kind.UNKNOWN,
                    "there is no " + kind + " '" + name + "' here: " + variable + " is not set",
                    "the operator names it, for example with " + variable + "='" + example + "'");
        }
        return read(variable, text, type);
    }

    /**
     * Of what there is one of; without the variable everything has its default.
     *
     * @throws ConnectorException of kind BROKEN when it cannot be read
     */
    public static <T extends Record> Setting<T> of(String variable, Class<T> type, UnaryOperator<String> variables)
            throws ConnectorException {
        String text = variables.apply(variable);
        return read(variable, text == null || text.isBlank() ? "{}" : text, type);
    }

    private static <T extends Record> Setting<T> read(String variable, String text, Class<T> type)
            throws ConnectorException {
        T value;
        try {
            value = JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            value = null;
        }
        if (value == null) {
            throw broken(
                    variable,
                    "is no JSON object of "
                            + Arrays.stream(type.getRecordComponents())
                                    .map(RecordComponent::getName)
                                    .collect(Collectors.joining(", ")));
        }
        return new Setting<>(variable, value);
    }

    /** That the value is wrong. It may hold what nobody should see, so it is not repeated. */
    public ConnectorException broken(String what) {
        return broken(variable, what);
    }

    private static ConnectorException broken(String variable, String what) {
        return new ConnectorException(Kind.BROKEN, variable + " " + what, "the operator has to change it");
    }

    /** A number that has to be above 0 and at most {@code most}. */
    public void within(String what, double value, double most) throws ConnectorException {
        if (!(value > 0 && value <= most)) {
            throw broken("has " + what + " " + value + ", which has to be above 0 and at most " + most);
        }
    }

    /**
     * What a reference refers to, to be used and forgotten.
     *
     * @throws ConnectorException of kind DENIED when the variable is not set, BROKEN for what is no reference
     */
    public Optional<String> secret(Optional<String> reference) throws ConnectorException {
        if (reference.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SecretRef(reference.get()).resolve().strip());
        } catch (IllegalArgumentException e) {
            throw broken("has a key or a password that is no reference, like env:NAME");
        }
    }
}
