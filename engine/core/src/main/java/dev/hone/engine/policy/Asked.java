package dev.hone.engine.policy;

/** An ask's trial, and the play that knows of it. */
public record Asked<S extends Record>(Trial trial, Play<S> after) {}
