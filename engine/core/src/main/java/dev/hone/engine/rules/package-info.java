/**
 * Facts in, one {@link dev.hone.engine.rules.Decision} from the closed set of effects out, with its explanation.
 *
 * <p>The only package that knows Drools. The rule base is built from Drools' executable model: no DRL text is compiled, no
 * class is generated, and a rule cannot run code.
 */
@NullMarked
package dev.hone.engine.rules;

import org.jspecify.annotations.NullMarked;
