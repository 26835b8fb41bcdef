package dev.hone.connectors.local;

import java.util.List;

/**
 * What a draft made of one case.
 *
 * @param got the draft's output
 * @param ok whether it is the wanted one
 */
public record TraceLine(List<Integer> in, List<Integer> want, List<Integer> got, boolean ok) {}
