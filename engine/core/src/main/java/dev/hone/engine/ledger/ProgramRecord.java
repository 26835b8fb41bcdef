package dev.hone.engine.ledger;

/**
 * The text from which a program is compiled again, byte for byte.
 *
 * @param name of the workflow, or of the control derived from it
 * @param file the name that problems show
 */
public record ProgramRecord(String hash, String name, String file, String text) {}
