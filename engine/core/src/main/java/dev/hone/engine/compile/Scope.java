package dev.hone.engine.compile;

/**
 * A map or a loop around a step.
 *
 * @param id the step's id
 * @param counter the process variable that holds the element's index or the round, from 1
 * @param list whether what is defined inside is a list outside: true for maps
 */
public record Scope(String id, String counter, boolean list) {}
