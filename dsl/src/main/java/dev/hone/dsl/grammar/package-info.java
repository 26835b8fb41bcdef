/**
 * The grammar of the language as tables: {@link dev.hone.dsl.grammar.WorkflowGrammar} is the root,
 * {@link dev.hone.dsl.grammar.Verbs} lists the verbs. The reader checks a file against the tables and the JSON Schema is
 * printed from them, so the two cannot differ.
 */
@NullMarked
package dev.hone.dsl.grammar;

import org.jspecify.annotations.NullMarked;
