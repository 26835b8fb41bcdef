package dev.hone.engine.work;

import dev.hone.connectors.api.ModelReply;

/**
 * A reply of a model.
 *
 * @param model who gave it, as {@code provider/model}
 * @param attempt the try that bought it
 * @param request the hash of what was asked
 */
record Bought(String model, ModelReply reply, int attempt, String request) {}
