package dev.hone.engine.ledger;

/**
 * The name that a caller has given a request, so that it can be made again without a second run.
 *
 * @param key of the caller's choice, up to 200 characters
 * @param request the hash of what is asked for
 */
public record RequestKey(String key, String request) {}
