package dev.hone.engine.policy;

/**
 * A number that an author may set.
 *
 * @param standard its value when the author does not
 */
public record Setting(String name, double standard, double least, double most, String says) {}
