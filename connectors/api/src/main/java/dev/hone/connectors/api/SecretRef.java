package dev.hone.connectors.api;

/**
 * A secret by reference: {@code env:NAME} is the environment variable {@code NAME}. The value is read when it is needed
 * and is never part of a workflow, an event or a log.
 */
public record SecretRef(String text) {

    private static final String ENV = "env:";

    public SecretRef {
        if (!text.matches("env:[A-Za-z_][A-Za-z0-9_]*")) {
            throw new IllegalArgumentException(
                    "a secret is given by reference, as env:NAME_OF_AN_ENVIRONMENT_VARIABLE");
        }
    }

    /** @throws ConnectorException of kind DENIED when the variable is not set */
    public String resolve() throws ConnectorException {
        String name = text.substring(ENV.length());
        String value = System.getenv(name);
        if (value == null || value.isBlank()) {
            throw new ConnectorException(
                    ConnectorException.Kind.DENIED,
                    "the environment variable " + name + ", which should hold the key, is not set",
                    "export " + name + " before starting, or name another variable in the slot's key");
        }
        return value;
    }
}
