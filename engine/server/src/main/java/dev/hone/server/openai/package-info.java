/** A workflow is a model: OpenAI's chat completions and list of models. */
@NullMarked
package dev.hone.server.openai;

import org.jspecify.annotations.NullMarked;
