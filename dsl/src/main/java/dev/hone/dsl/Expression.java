package dev.hone.dsl;

import dev.hone.dsl.feel.Feel;

/**
 * A FEEL expression of the author.
 *
 * @param text as written, without the leading {@code =}
 * @param feel what it says
 */
public record Expression(String text, Feel feel, Where where) {}
