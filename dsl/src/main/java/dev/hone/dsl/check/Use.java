package dev.hone.dsl.check;

import dev.hone.dsl.Expression;
import dev.hone.dsl.Type;
import java.util.Map;

/**
 * An expression of the file.
 *
 * @param place as an error message names it: "a rule about the budget"
 * @param scope the names it may read
 */
public record Use(Expression expression, String place, Map<String, Type> scope, boolean inMeasure) {}
