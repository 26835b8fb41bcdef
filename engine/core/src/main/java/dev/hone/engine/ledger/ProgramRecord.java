package dev.hone.engine.ledger;

import java.util.Map;

/**
 * The texts from which a program is compiled again, byte for byte.
 *
 * @param name of the workflow, or of the control derived from it
 * @param file the name that problems show
 * @param companions the texts of the files that the workflow has rules in, by the path from its folder
 */
public record ProgramRecord(String hash, String name, String file, String text, Map<String, String> companions) {}
