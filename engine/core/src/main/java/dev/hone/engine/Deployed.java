package dev.hone.engine;

import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.Deployment;

/** A version of a tenant's workflow, ready to be started, with the text that it was compiled from. */
public record Deployed(Deployment deployment, Program program, Source source) {}
